"""One verb a file, one transaction each."""
