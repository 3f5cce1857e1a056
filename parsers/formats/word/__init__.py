"""Word documents to grids."""
