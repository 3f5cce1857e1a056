"""The report that goes to the department: workbook, pages, cover letter."""
