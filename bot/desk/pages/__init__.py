"""What stands on each page, as values for its template."""
