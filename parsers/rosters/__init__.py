"""A workbook or list in which an office wrote its roster: who there is, who reports, their addresses."""
