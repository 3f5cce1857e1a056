"""Pages saved as one file (.mht, .mhtml; RFC 2557) to grids: also a workbook that Excel saved as "single file web page".

Owns which parts are sheets, what they are called and which are hidden. The pages themselves are read as any page.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import Message
from email.parser import BytesParser

from parsers.findings import Code
from parsers.formats.office_zip.checked_package import SHEETS_CAP
from parsers.formats.sheets_read import Workbook, bound
from parsers.formats.unreadable import Unreadable, refusing, too_large
from parsers.formats.web import html
from parsers.grid import Grid
from parsers.thai import charsets

SIZE_CAP = 32 << 20  # bytes; pictures in Base64 stand beside the pages
PAGES_CAP = SHEETS_CAP + 50  # a workbook's frame and list of tabs are pages too
# `<x:Name>แบบรายงาน</x:Name> <x:WorksheetSource HRef="sheet001.htm">`: Excel's list of sheets.
_SHEET = re.compile(r"<x:Name>([^<]{1,100})</x:Name>\s{0,100}<x:WorksheetSource\s{1,20}HRef=[\"']([^\"'<>]{1,300})")
# "<x:Visible>SheetHidden", "<x:Visible>SheetVeryHidden".
_HIDDEN = re.compile(r"<x:Visible>\s{0,20}Sheet(?:Very)?Hidden")


def read(data: bytes) -> Workbook:
    """Read a page and the pages within it. Raises Unreadable and nothing else."""
    with refusing():
        if len(data) > SIZE_CAP:
            raise too_large(f"เกิน {SIZE_CAP >> 20} เมกะไบต์")
        pages = list(_pages(BytesParser(policy=policy.compat32).parsebytes(data)))
        if len(pages) > PAGES_CAP:
            raise too_large(f"มีแผ่นงานเกิน {SHEETS_CAP} แผ่น")
        names = {posixpath.basename(where): name for _, page in pages for name, where in _SHEET.findall(page)}
        grids = [grid for where, page in pages for grid in _grids(page, names.get(where, ""))]
        if not grids:
            raise Unreadable(Code.FILE_UNREADABLE, "ไม่พบตารางในไฟล์")
        return bound([replace(g, sheet=g.sheet or f"ตารางที่ {number}") for number, g in enumerate(grids, 1)])


def _pages(root: Message) -> Iterator[tuple[str, str]]:
    """Each page: the last word of its address, and its source."""
    for part in root.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(payload, bytes):
            where = str(part.get("Content-Location", "")).strip().replace("\\", "/")
            yield posixpath.basename(where), charsets.decode(payload, part.get_content_charset() or _declared(payload))


def _declared(page: bytes) -> str | None:
    said = html.CHARSET.search(page[:4096])
    return said[1].decode("ascii") if said else None


def _grids(page: str, sheet: str) -> Iterator[Grid]:
    hidden = bool(_HIDDEN.search(page))
    for grid in html.read_text(page).grids:
        yield replace(grid, sheet=sheet, hidden=hidden)
