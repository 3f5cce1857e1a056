"""What a workbook says of itself where no person looks: a sheet that no menu shows, one word and its value a row."""

from openpyxl import Workbook

META = "_meta"


def put_hidden(workbook: Workbook, **said: str) -> None:
    """Add the sheet; its first row says that it is ours."""
    meta = workbook.create_sheet(META)
    for row in {"ruam": "1", **said}.items():
        meta.append(row)
    meta.sheet_state = "veryHidden"
