"""A circular's round: what staff may do with it, the state it is in, its history. Pure."""
