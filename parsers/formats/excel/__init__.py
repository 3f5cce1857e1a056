"""Excel workbooks of every age to grids: .xlsx, .xls, .xlsb, XML Spreadsheet 2003."""
