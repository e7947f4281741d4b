"""The closed vocabulary: what is missing, whose turn it is, the remedy."""
