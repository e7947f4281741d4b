"""The proof: entries chained by hash, replayed and compared with the rows."""
