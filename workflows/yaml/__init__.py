"""The strict reader: plain values that know where they were written."""
