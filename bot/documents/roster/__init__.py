"""The roster as a workbook to fill in, and as a marked copy of what came back."""
