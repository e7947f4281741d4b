"""What is known of letters: the catalogue, and the open item that a letter speaks of."""
