"""The outgoing server."""
