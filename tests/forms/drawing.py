"""Draws the files of the corpus: workbooks as people make them, and the plain formats by hand, always the same bytes.

Owns how a page becomes a file. Knows the circulars' forms, so that headings are never typed twice. Nothing of the parsers
is used to draw, only the definition of a form.
"""

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from bot.config.circular_folder import load_circular
from parsers.form.form import Form

ROOT = Path(__file__).parents[2]
MOMENT = datetime.datetime(2024, 11, 27, 9, 0)  # noqa: DTZ001 - openpyxl stores a time without a zone
YES, NO = "✓", "X"
MARKS = {"Y": YES, "N": NO, "-": None}

W5827: Form = load_circular(ROOT / "templates/circulars/w5827").form
WASTE: Form = load_circular(ROOT / "tests/circulars/waste2568").form

# The seven organisations of อำเภอเด่นชัย, each pair of columns told apart by somebody's answers.
DENCHAI = {
    "ทต.แม่จั๊วะ": "YYYY",
    "ทต.เด่นชัย": "YNYN",
    "ทต.ปงป่าหวาย": "YYNN",
    "อบต.เด่นชัย": "NNYY",
    "อบต.แม่จั๊วะ": "YNNN",
    "อบต.ไทรย้อย": "NNYN",
    "อบต.ห้วยไร่": "YYYN",
}
FULL_WORDS = {"อบจ.": "องค์การบริหารส่วนจังหวัด", "ทม.": "เทศบาลเมือง", "ทต.": "เทศบาลตำบล", "อบต.": "องค์การบริหารส่วนตำบล"}


def full(short: str) -> str:
    """``เทศบาลตำบลสอง`` for ``ทต.สอง``."""
    kind, _, name = short.partition(".")
    return FULL_WORDS[f"{kind}."] + name


# --- special cells ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class In:
    """A text set in a font; several (text, font) for a cell of mixed fonts."""

    runs: tuple[tuple[str, str], ...]


def font(text: str, name: str) -> In:
    """A text in one font."""
    return In(((text, name),))


@dataclass(frozen=True)
class Formula:
    """A formula and what the program that saved it had worked out; None: nothing."""

    formula: str
    stored: bool | float | str | None = None


@dataclass(frozen=True)
class As:
    """A value under a number format."""

    value: Any
    shown: str


# --- a page ----------------------------------------------------------------------------------------------------------


@dataclass
class Page:
    """A sheet being drawn. Merges are (top, left, bottom, right) from 1 within ``rows``; ``at`` moves everything."""

    rows: list[Any]  # each a sequence of cells
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    name: str = "Sheet1"
    at: tuple[int, int] = (0, 0)
    state: Literal["visible", "hidden", "veryHidden"] = "visible"
    hidden_rows: tuple[int, ...] = ()
    touch: Callable[[Worksheet], None] | None = None


HEAD: list[list[Any]] = [
    [W5827.number_label, W5827.organisation_label, W5827.question[0].group, None, W5827.question[2].group, None],
    [None, None, *(question.label for question in W5827.question)],
]
HEAD_MERGES = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 1, 6)]
ONE_ROW: list[Any] = [
    "ที่",
    "ชื่อ อปท.",
    "ม.10 จัดทำประกาศแล้ว",
    "ม.10 ลงข้อมูลในระบบ",
    "ม.16 จัดทำคำสั่งแล้ว",
    "ม.16 ลงข้อมูลในระบบ",
]
TITLES: list[list[Any]] = [
    ["แบบฟอร์มรายงานสถานะการดำเนินการตามพระราชบัญญัติ"],
    ["การปฏิบัติราชการทางอิเล็กทรอนิกส์ พ.ศ. ๒๕๖๕"],
    [],
]
FOOT: list[list[Any]] = [
    [],
    ["ปัญหาอุปสรรคจากการตามพระราชบัญญัติฯ......................................"],
    ["........................................................................"],
    ["ข้อเสนอแนะในการดำเนินงาน..............................................."],
    [],
    [None, None, "ข้อมูล ณ วันที่....../......./๒๕๖๗"],
    [None, None, "ลงชื่อ................................ผู้รายงาน"],
    [None, None, "(..............................................)"],
    [None, None, "ท้องถิ่นจังหวัด...................................."],
    ["หมายเหตุ ๑. ใส่เครื่องหมาย ✓ กรณีดำเนินการแล้ว และใส่เครื่องหมาย X กรณีดำเนินการแล้ว"],
    ["๒. ขอให้รายงานผ่านช่องทางไปรษณีย์อิเล็กทรอนิกส์ dla0810_7@dla.go.th ภายในวันที่ ๖ ธันวาคม ๒๕๖๗"],
]
EXAMPLE = [1, None, YES, YES, YES, YES]
TOTAL = ["รวมดำเนินการแล้ว", None, "xx แห่ง", "xx แห่ง", "xx แห่ง", "xx แห่ง"]


def marks(said: str, of: dict[str, Any] | None = None) -> list[Any]:
    """``YN-`` as cells."""
    return [(of or MARKS)[letter] for letter in said]


def rows(answers: dict[str, str], *, start: int = 1, naming: Callable[[str], str] = full) -> list[list[Any]]:
    """Numbered rows of names and marks."""
    return [[n, naming(name), *marks(said)] for n, (name, said) in enumerate(answers.items(), start)]


def shifted(merges: Iterable[tuple[int, int, int, int]], down: int, right: int = 0) -> list[tuple[int, int, int, int]]:
    """Merges moved."""
    return [(top + down, left + right, bottom + down, far + right) for top, left, bottom, far in merges]


def official(body: Sequence[Sequence[Any]], *, foot: Sequence[Sequence[Any]] = FOOT, total: Any = TOTAL) -> Page:
    """The department's form around ``body``; the first data row is row 6."""
    whole = [*TITLES, *HEAD, *body, *([total] if total else []), *foot]
    merges = [(1, 1, 1, 6), (2, 1, 2, 6), *shifted(HEAD_MERGES, 3)]
    return Page(whole, merges, "แบบรายงาน")


def table(body: Sequence[Sequence[Any]], head: Sequence[Sequence[Any]] = (ONE_ROW,), **options: Any) -> Page:
    """A bare table: the first data row comes right after ``head``."""
    return Page([*head, *body], **options)


def changed(body: list[list[Any]], row: int, column: int, value: Any) -> list[list[Any]]:
    """``body`` with one cell changed, counted from 0."""
    copy = [list(each) for each in body]
    copy[row][column] = value
    return copy


# --- workbooks -------------------------------------------------------------------------------------------------------


def book(*pages: Page, touch: Callable[[Workbook], None] | None = None) -> bytes:
    """The pages as an xlsx file."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = "สำนักงานตัวอย่าง"
    workbook.properties.created = workbook.properties.modified = MOMENT
    stored: dict[tuple[int, str], bool | float | str | None] = {}
    for number, page in enumerate(pages, 1):
        sheet = workbook.create_sheet(page.name)
        _draw(sheet, page, number, stored)
    if touch:
        touch(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return settled(out.getvalue(), stored)


def _draw(sheet: Worksheet, page: Page, number: int, stored: dict[tuple[int, str], bool | float | str | None]) -> None:
    down, right = page.at
    for r, row in enumerate(page.rows, 1 + down):
        for c, value in enumerate(row, 1 + right):
            if value is None:
                continue
            _put(sheet.cell(r, c), value)
            if isinstance(value, Formula):
                stored[number, sheet.cell(r, c).coordinate] = value.stored
    for top, left, bottom, far in page.merges:
        sheet.merge_cells(
            start_row=top + down, start_column=left + right, end_row=bottom + down, end_column=far + right
        )
    for row_number in page.hidden_rows:
        sheet.row_dimensions[row_number + down].hidden = True
    sheet.sheet_state = page.state
    if page.touch:
        page.touch(sheet)


def _put(cell: Any, value: Any) -> None:
    """One cell: special ones by their sort, a text that looks like a formula as text."""
    if isinstance(value, Formula):
        cell.value = value.formula
    elif isinstance(value, As):
        cell.value, cell.number_format = value.value, value.shown
    elif isinstance(value, In) and len(value.runs) == 1:
        cell.value, cell.font = value.runs[0][0], Font(name=value.runs[0][1])
    elif isinstance(value, In):
        cell.value = CellRichText(*(TextBlock(InlineFont(rFont=name), text) for text, name in value.runs))
    else:
        cell.value = value
        if isinstance(value, str) and value.startswith("="):
            cell.data_type = "s"


def settled(data: bytes, stored: dict[tuple[int, str], Any] | None = None) -> bytes:
    """A package with its clock stopped and formulas given their stored values."""
    members = []
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2024-11-27T09:00:00Z", content)
            sheet = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", info.filename)
            if sheet and stored:
                content = _with_stored(content.decode(), int(sheet[1]), stored).encode()
            members.append((info.filename, content))
    return zipped(members)


def _with_stored(xml: str, number: int, stored: dict[tuple[int, str], Any]) -> str:
    for (sheet, address), value in stored.items():
        if sheet != number or value is None:
            continue
        kind = ' t="b"' if isinstance(value, bool) else ' t="str"' if isinstance(value, str) else ""
        if isinstance(value, str) and value.startswith("#"):
            kind = ' t="e"'
        shown = str(int(value)) if isinstance(value, bool) else escape(str(value))
        pattern = rf'<c r="{address}"([^>]*?)(?: t="\w+")?><f>(.*?)</f><v\s*/?>(?:</v>)?</c>'
        replaced, count = re.subn(pattern, rf'<c r="{address}"\1{kind}><f>\2</f><v>{shown}</v></c>', xml)
        if count != 1:
            raise ValueError(f"no formula at {address}")
        xml = replaced
    return xml


def zipped(members: Iterable[tuple[str, bytes]], *, stored_first: bool = False) -> bytes:
    """A zip file without a clock. ``stored_first`` leaves the first member uncompressed, as OpenDocument wants."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for at, (name, content) in enumerate(members):
            info = zipfile.ZipInfo(name, (2024, 11, 27, 9, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if stored_first and at == 0 else zipfile.ZIP_DEFLATED
            target.writestr(info, content, compresslevel=9)
    return out.getvalue()


# --- the plain formats, by hand --------------------------------------------------------------------------------------


def text_of(value: Any) -> str:
    """A cell as plain formats hold it."""
    return "" if value is None else str(value)


def separated(page: Page, separator: str = ",", codec: str = "utf-8") -> bytes:
    """Comma, semicolon or tab separated; Windows line ends."""
    out = io.StringIO()
    width = max(len(row) for row in page.rows)
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for row in page.rows:
        writer.writerow([text_of(value) for value in [*row, *[None] * (width - len(row))]])
    return out.getvalue().encode(codec)


def spans(page: Page) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Row and column spans by place (from 0), and the places they cover."""
    spanning, covered = {}, set()
    for top, left, bottom, far in page.merges:
        spanning[top - 1, left - 1] = (bottom - top + 1, far - left + 1)
        covered |= {(r, c) for r in range(top - 1, bottom) for c in range(left - 1, far)} - {(top - 1, left - 1)}
    return spanning, covered


def html_table(page: Page, attributes: str = 'border="1"') -> str:
    """An HTML table with its spans."""
    spanning, covered = spans(page)
    width = max(len(row) for row in page.rows)
    lines = []
    for r, row in enumerate(page.rows):
        cells = []
        for c in range(width):
            if (r, c) in covered:
                continue
            down, across = spanning.get((r, c), (1, 1))
            span = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
            value = escape(text_of(row[c] if c < len(row) else None)).replace("\n", "<br>")
            cells.append(f"<td{span}>{value or '&nbsp;'}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table {attributes}>\n" + "\n".join(lines) + "\n</table>"


ODS_TYPES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def ods(*pages: Page) -> bytes:
    """An OpenDocument spreadsheet."""
    return _opendocument(ODS, f"<office:spreadsheet>{''.join(map(_ods_sheet, pages))}</office:spreadsheet>")


def odt(*pages: Page) -> bytes:
    """An OpenDocument text of these tables."""
    return _opendocument(
        ODS.replace("spreadsheet", "text"), f"<office:text>{''.join(map(_ods_sheet, pages))}</office:text>"
    )


def _opendocument(kind: str, body: str) -> bytes:
    style = '<office:automatic-styles><style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_TYPES} office:version="1.3">{style}<office:body>'
        f"{body}</office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    members = [("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)]
    return zipped([(name, text.encode()) for name, text in members], stored_first=True)


def _ods_sheet(page: Page) -> str:
    spanning, covered = spans(page)
    lines = []
    for r, row in enumerate(page.rows):
        cells = "".join(
            _ods_cell(value, spanning.get((r, c)), covered=(r, c) in covered) for c, value in enumerate(row)
        )
        visible = ' table:visibility="collapse"' if r + 1 in page.hidden_rows else ""
        lines.append(f"<table:table-row{visible}>{cells or '<table:table-cell/>'}</table:table-row>")
    style = ' table:style-name="gone"' if page.state != "visible" else ""
    return f'<table:table table:name="{escape(page.name)}"{style}>{"".join(lines)}</table:table>'


def _ods_cell(value: Any, span: tuple[int, int] | None, *, covered: bool) -> str:
    if covered:
        return "<table:covered-table-cell/>"
    spanned = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    if value is None:
        return f"<table:table-cell{spanned}/>"
    kind = (
        f' office:value-type="float" office:value="{value}"'
        if isinstance(value, int | float)
        else ' office:value-type="string"'
    )
    if isinstance(value, bool):
        kind = f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text_of(value).split("\n"))
    return f"<table:table-cell{spanned}{kind}>{lines}</table:table-cell>"


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


@dataclass(frozen=True)
class Raw:
    """Word markup of one cell: whole paragraphs."""

    xml: str


def paragraph(text: str) -> str:
    """A Word paragraph."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def docx(*parts: Page | str) -> bytes:
    """A Word document of tables and paragraphs."""
    body = "".join(paragraph(part) if isinstance(part, str) else word_table(part) for part in parts)
    document = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>'
    types = (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    members = [("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", document)]
    return zipped([(name, text.encode()) for name, text in members])


def word_table(page: Page) -> str:
    """A Word table with its merges."""
    spanning, covered = spans(page)
    width = max(len(row) for row in page.rows)
    down = {(top - 1 + step, left - 1) for top, left, bottom, _ in page.merges for step in range(1, bottom - top + 1)}
    lines = []
    for r, row in enumerate(page.rows):
        cells = []
        for c in range(width):
            if (r, c) in covered and (r, c) not in down:
                continue
            rows_spanned, across = spanning.get((r, c), (1, 1))
            fit = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
            fit += '<w:vMerge w:val="restart"/>' if rows_spanned > 1 else "<w:vMerge/>" if (r, c) in down else ""
            value = row[c] if c < len(row) and (r, c) not in covered else None
            inside = value.xml if isinstance(value, Raw) else paragraph(text_of(value))
            cells.append(f"<w:tc><w:tcPr>{fit}</w:tcPr>{inside}</w:tc>")
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    grid = '<w:gridCol w:w="1500"/>' * width
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def mail(
    text: str,
    files: Sequence[tuple[str, bytes, str]] = (),
    *,
    headers: dict[str, str] | None = None,
    html: str = "",
) -> bytes:
    """A mail from อำเภอเด่นชัย with fixed boundaries; files are (name, bytes, type)."""
    from email.message import EmailMessage  # noqa: PLC0415 - the only user
    from email.policy import SMTP  # noqa: PLC0415

    message = EmailMessage(policy=SMTP)
    lines = {
        "From": "ท้องถิ่นอำเภอเด่นชัย <den-chai@district.phrae.example>",
        "To": "office@phrae.example",
        "Subject": "ส่งแบบรายงาน อ.เด่นชัย",
        "Date": "Wed, 27 Nov 2024 14:05:00 +0700",
        "Message-ID": "<case@district.phrae.example>",
        **(headers or {}),
    }
    for name, value in lines.items():
        message[name] = value
    message.set_content(text, cte="base64")
    if html:
        message.add_alternative(html, subtype="html", cte="base64")
    for name, data, kind in files:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_part_{number}")
    return message.as_bytes()
