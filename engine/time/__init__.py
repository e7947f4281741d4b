"""Which day: spans, working days, zones, date rules and windows."""
