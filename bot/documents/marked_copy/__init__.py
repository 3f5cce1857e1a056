"""The sender's own workbook back, with what is wrong marked in it."""
