"""What comes back by mail, read without doubt or handed to a person: nothing here is answered."""
