"""How definition files must be written, and the values built of them."""
