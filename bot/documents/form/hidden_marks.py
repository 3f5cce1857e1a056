"""The marks that a workbook bears so that it is known when it comes back: hidden sheet, property, name, corners of the page.

Several of them, because programs between here and there lose one or another.
"""

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.form.mark_and_qr import CORNER, mark_of
from bot.documents.typography.hidden_sheet import put_hidden

PROPERTY = "ruam-form"
NAME = "ruam_form"
CORNER_POINTS = 11  # some 4 mm in print


def put_corners(sheet: Worksheet, scale: float) -> None:
    """A square in each corner of every printed page, which is printed at ``scale``."""
    for lines in (sheet.oddHeader, sheet.oddFooter):
        for corner in (lines.left, lines.right) if lines is not None else ():
            corner.text, corner.size = CORNER, round(CORNER_POINTS / scale)


def put_marks(workbook: Workbook, slug: str, reporter: str) -> None:
    """Write whose form it is where no person reads it. The printed code is drawn with the form."""
    put_hidden(workbook, circular=slug, reporter=reporter)
    mark = StringProperty(name=PROPERTY, value=mark_of(slug, reporter))
    workbook.custom_doc_props.append(mark)  # type: ignore[attr-defined]  # the stubs lack it
    workbook.defined_names[NAME] = DefinedName(NAME, attr_text=f'"{mark_of(slug, reporter)}"')
