"""Other ways to do the work of a durable transition, each in a process of its own."""
