"""The archive of all that stands behind a circular: its files with their hashes, the page that explains it."""
