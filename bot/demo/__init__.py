"""A whole circular played through on embedded servers with robot reporters."""
