"""Web pages, and pages saved as one file, to grids."""
