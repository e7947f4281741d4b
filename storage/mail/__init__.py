"""Letters owed, messages frozen, claims on them, and their lists."""
