"""What goes on by itself: the sweep, composing, delivery, and their beats."""
