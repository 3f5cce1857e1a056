"""Plain text to grids: delimited, or typed in columns."""
