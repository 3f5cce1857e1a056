"""The craft: lines of Thai that break at words, pages, worksheets, styles."""
