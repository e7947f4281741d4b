"""What every command shares: its options, its programme, its answer and its exit code."""
