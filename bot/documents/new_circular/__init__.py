"""What staff get of a new circular: the workbook to correct it in."""
