"""PDF files with text to grids."""
