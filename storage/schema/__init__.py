"""Every table as SQLModel classes: the schema that migrations are compared with."""
