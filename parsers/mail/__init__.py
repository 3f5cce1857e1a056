"""RFC 5322 bytes to a mail: what sort it is, what its sender wrote, its files."""
