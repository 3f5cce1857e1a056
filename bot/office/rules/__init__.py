"""What to do about a received mail, one subject a file. Pure."""
