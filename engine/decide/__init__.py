"""All that follows from an event, or everything that is missing."""
