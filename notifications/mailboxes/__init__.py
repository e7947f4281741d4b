"""Mailboxes that are read: what lies in them is handed out, and marked once it was taken in."""
