"""One module for each file format: attachment bytes to grids."""
