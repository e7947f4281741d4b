"""What a database knows beside cases: definitions, its clock, requests, incidents."""
