"""Which day each named date of a case falls on, and the paths that lead to it."""
