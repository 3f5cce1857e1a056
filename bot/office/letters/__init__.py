"""What each letter says, as values. Pure."""
