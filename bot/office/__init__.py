"""What the office knows and decides. Pure: time is an argument."""
