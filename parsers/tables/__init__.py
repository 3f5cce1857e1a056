"""A form's table in a grid: its headings, its columns by question, its rows."""
