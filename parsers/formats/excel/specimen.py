"""A plain workbook of given texts, for what is read once so that reading is warm."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side


def workbook(lines: Sequence[Sequence[str]], properties: Mapping[str, str]) -> bytes:
    """An xlsx workbook with ``lines`` as rows; what is a figure is written as one. Its first line is merged over all."""
    book: Any = Workbook()  # the published types do not know all of it
    sheet = book.active
    thin = Side("thin")
    for row, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            cell = sheet.cell(row, column, float(text) if text.isdecimal() else text or None)
            cell.font, cell.border = Font("TH SarabunPSK", 16), Border(thin, thin, thin, thin)
            cell.alignment, cell.fill = Alignment("center", wrap_text=True), PatternFill("solid", "FFF2CC")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=max(map(len, lines), default=1))
    for name, value in properties.items():
        book.custom_doc_props.append(StringProperty(name=name, value=value))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
