"""The HTML part of a letter: its page, its styles, and how blocks become elements."""
