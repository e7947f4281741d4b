"""Cases: their rows loaded and written, their timers, their lists."""
