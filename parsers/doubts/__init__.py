"""What makes a row, column or cell of a table unsafe to take as it stands."""
