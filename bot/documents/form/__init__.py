"""The form that goes out to be filled in."""
