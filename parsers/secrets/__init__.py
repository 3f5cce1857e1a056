"""What must not be kept, found and hidden in texts: citizen numbers and log-in keys."""
