"""The same seven answers in every kind of file, and files that cannot be read."""

import io
import struct
import zipfile
import zlib
from typing import Any

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.drawing import (
    DENCHAI,
    EXAMPLE,
    HEAD,
    HEAD_MERGES,
    ONE_ROW,
    Page,
    Raw,
    book,
    docx,
    full,
    html_table,
    marks,
    ods,
    official,
    paragraph,
    rows,
    separated,
    table,
    zipped,
)
from tests.forms.drawn.case import Drawn, drawn

BODY = rows(DENCHAI)
FORM = official([EXAMPLE, *rows(DENCHAI, start=2)])
PRINTED = official([EXAMPLE, *rows(DENCHAI, start=2)], foot=[], total=None)
BARE = table(BODY)
SLASHED = Page(
    [ONE_ROW, *[[n, full(org), *marks(said, {"Y": "/", "N": "-"})] for n, (org, said) in enumerate(DENCHAI.items(), 1)]]
)
REFUSED: dict[str, Any] = {"answers": {}, "circular": None}


def CASES() -> list[Drawn]:  # noqa: N802 - one word for all modules
    """All of them."""
    return [*_workbooks(), *_texts(), *_documents(), *_archives(), *_refused()]


def _workbooks() -> list[Drawn]:
    form = book(FORM)
    strict = _renamed_namespaces(form)
    macro = _with(
        form,
        "[Content_Types].xml",
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    hidden = Page([ONE_ROW, *rows(dict.fromkeys(DENCHAI, "NNNN"))], name="ของเดิม", state="hidden")
    saved: list[tuple[str, str, str]] = [
        ("xls-by-office", "xls", "xls"), ("ods-by-office", "ods", "ods"), ("pdf-by-office", "pdf", "pdf"), ("html-by-office", "html", "html"),
        ("xlsx-by-office", "xlsx", "xlsx:Calc MS Excel 2007 XML"), ("csv-by-office", "csv", "csv:Text - txt - csv (StarCalc):44,34,76,1"),
    ]  # fmt: skip
    return [
        *[drawn(name, book(_printed(PRINTED)), f"the form saved as {end} by an office program", extension=end, saved_as=how) for name, end, how in saved],
        drawn("xls-wingdings", book(_wingdings()), "an old workbook with Wingdings marks", extension="xls", saved_as="xls"),
        drawn("ods-wingdings", book(_wingdings()), "an OpenDocument workbook with Wingdings marks", extension="ods", saved_as="ods"),
        drawn("pdf-bare", book(_printed(table(BODY))), "a bare table as PDF", extension="pdf", saved_as="pdf"),
        drawn("strict", strict, "a workbook in the strict kind of Open XML"),
        drawn("macro", macro, "a workbook that may hold macros", extension="xlsm"),
        drawn("ods-by-hand", ods(FORM), "an OpenDocument workbook", extension="ods"),
        drawn("ods-hidden-sheet", ods(FORM, hidden), "an OpenDocument workbook with a hidden sheet", "hidden-sheet ของเดิม!", extension="ods"),
        drawn("xlsx-named-xls", form, "a new workbook under an old workbook's name", extension="xls", name_sent="แบบรายงาน.xls"),
        drawn("xlsx-named-pdf", form, "a workbook under a PDF's name", extension="pdf"),
        drawn("xlsx-without-ending", form, "a workbook without an ending in its name", name_sent="แบบรายงาน"),
        drawn("html-named-xls", f"<html><head><meta charset='utf-8'></head><body>{html_table(FORM)}</body></html>".encode(), "a web page under a workbook's name, as some systems export it", extension="xls"),
    ]  # fmt: skip


def _printed(page: Page) -> Page:
    """The page as people set it out for paper: borders, columns wide enough, one page wide."""

    def touch(sheet: Worksheet) -> None:
        line = Side(style="thin")
        for cells in sheet.iter_rows(max_col=6):
            for cell in cells:
                cell.font = Font(name="DejaVu Sans" if cell.value in ("✓", "X") else "Laksaman", size=14)
                cell.alignment = Alignment(
                    wrap_text=True, vertical="center", horizontal="center" if (cell.column or 0) > 2 else None
                )
                cell.border = (
                    Border(line, line, line, line)
                    if (cell.column or 0) <= 6 and _in_table(page, cell.row or 0)
                    else Border()
                )
        for letter, width in zip("ABCDEF", (8, 42, 16, 16, 16, 16), strict=True):
            sheet.column_dimensions[letter].width = width
        for row in (1, 4, 5):
            sheet.row_dimensions[row].height = 46
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

    below = [(n, 1, n, 6) for n, row in enumerate(page.rows, 1) if len(row) == 1 and n > 3]
    aside = [(n, 3, n, 6) for n, row in enumerate(page.rows, 1) if len(row) == 3 and row[0] is None]
    return Page(page.rows, [*page.merges, *below, *aside], page.name, touch=touch)


def _in_table(page: Page, row: int) -> bool:
    return row <= len(page.rows) and len(page.rows[row - 1]) == 6


def _wingdings() -> Page:
    from tests.forms.drawing import font  # noqa: PLC0415 - used here only

    body = [
        [n, full(org), *marks(said, {"Y": font("ü", "Wingdings"), "N": font("û", "Wingdings")})]
        for n, (org, said) in enumerate(DENCHAI.items(), 1)
    ]
    return table(body)


def _with(data: bytes, member: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return zipped(
            [
                (info.filename, source.read(info).replace(old, new) if info.filename == member else source.read(info))
                for info in source.infolist()
            ]
        )


def _renamed_namespaces(data: bytes) -> bytes:
    names = [
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        members = [(info.filename, source.read(info)) for info in source.infolist()]
    for old, new in names:
        members = [(name, content.replace(old, new)) for name, content in members]
    return zipped(members)


def _texts() -> list[Drawn]:
    titled = Page([["แบบรายงาน อำเภอเด่นชัย"], [], ONE_ROW, *BODY, [], ["ข้อมูล ณ วันที่ 29 พ.ย. 2567"]])
    return [
        drawn("csv-utf8", separated(BARE), "comma separated", extension="csv"),
        drawn("csv-utf8-bom", separated(BARE, codec="utf-8-sig"), "comma separated with a byte order mark", extension="csv"),
        drawn("csv-utf16", separated(BARE, "\t", "utf-16"), "tab separated in UTF-16, Excel's Unicode text", extension="txt"),
        drawn("csv-utf16-be", separated(BARE, "\t", "utf-16-be"), "tab separated in big-endian UTF-16 without its mark", extension="txt"),
        drawn("csv-windows-874", separated(SLASHED, codec="cp874"), "comma separated in windows-874 with slashes and dashes", extension="csv"),
        drawn("csv-semicolon", separated(BARE, ";"), "semicolon separated", extension="csv"),
        drawn("tsv", separated(BARE, "\t"), "tab separated", extension="tsv"),
        drawn("csv-two-header-rows", separated(FORM), "the whole form comma separated: merges are lost", extension="csv"),
        drawn("csv-titles", separated(titled), "titles above and the day below", extension="csv", as_of="2024-11-29"),
        drawn("csv-quoted-breaks", separated(Page([[h.replace(" ", "\n") for h in ONE_ROW], *BODY])), "line breaks inside quoted headings", extension="csv"),
        drawn("html", f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><p>แบบรายงาน</p>{html_table(FORM)}</body></html>".encode(), "a web page", extension="html"),
    ]  # fmt: skip


SYM = '<w:p><w:r><w:sym w:font="{font}" w:char="{code}"/></w:r></w:p>'
CHECKBOX = '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{on}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{shown}</w:t></w:r></w:sdtContent></w:sdt>'
INSERTED = '<w:p><w:del w:author="ก"><w:r><w:delText>X</w:delText></w:r></w:del><w:ins w:author="ก"><w:r><w:t>✓</w:t></w:r></w:ins></w:p>'


def _documents() -> list[Drawn]:
    def marked(yes: Raw, no: Raw | str) -> Page:
        body = [[n, full(org), *marks(said, {"Y": yes, "N": no})] for n, (org, said) in enumerate(DENCHAI.items(), 1)]
        return Page([*HEAD, *body], list(HEAD_MERGES))

    sym = marked(Raw(SYM.format(font="Wingdings", code="F0FC")), Raw(SYM.format(font="Wingdings", code="F0FB")))
    sym2 = marked(Raw(SYM.format(font="Wingdings 2", code="F050")), Raw(SYM.format(font="Wingdings 2", code="F04F")))
    yes = Raw(f"<w:p>{CHECKBOX.format(on=1, shown='☒')}</w:p>")
    boxes = marked(yes, Raw(f"<w:p>{CHECKBOX.format(on=0, shown='☐')}</w:p>"))
    tracked = marked(Raw(INSERTED), "X")
    nested = Raw(docx_table(Page([*HEAD, *BODY], list(HEAD_MERGES))) + paragraph(""))
    below = [
        "ปัญหาอุปสรรคจากการตามพระราชบัญญัติฯ: ระบบล่มบ่อย",
        "ข้อมูล ณ วันที่ ๒๙ พฤศจิกายน ๒๕๖๗",
        "ลงชื่อ..................ผู้รายงาน",
    ]
    listed = ["แบบฟอร์มรายงานสถานะการดำเนินการ"]
    for n, (org, said) in enumerate(DENCHAI.items(), 1):
        done = ["ดำเนินการแล้ว" if letter == "Y" else "ยังไม่ดำเนินการ" for letter in said]
        listed += [
            f"{n}. {org}",
            HEAD[0][2],
            *(f"   - {label} : {word}" for label, word in zip(HEAD[1][2:4], done, strict=False)),
        ]
        listed += [HEAD[0][4], *(f"   - {label} : {word}" for label, word in zip(HEAD[1][4:6], done[2:], strict=True))]
    return [
        drawn("docx", docx("แบบฟอร์มรายงาน", Page(FORM.rows[3:], HEAD_MERGES)), "the form in Word", extension="docx"),
        drawn("docx-below", docx("แบบฟอร์มรายงาน", Page([*HEAD, *BODY], list(HEAD_MERGES)), *below), "remark and day in paragraphs under the table", extension="docx", as_of="2024-11-29", remarks={"obstacles": "ระบบล่มบ่อย"}),
        drawn("docx-two-pages", docx(Page([ONE_ROW, *BODY[:4]]), "หน้า ๒", Page([ONE_ROW, *BODY[4:]])), "two tables in Word", extension="docx"),
        drawn("docx-lines", docx(*listed, *below[1:]), "a line for each answer below each name, no table", extension="docx", as_of="2024-11-29"),
        drawn("docx-lines-draft", docx("(ร่าง)", *listed), "the same under the word draft", "form-taken-back", extension="docx", answers={}),
        drawn("docx-sym", docx(sym), "ticks put in as symbols of Wingdings", extension="docx"),
        drawn("docx-sym-2", docx(sym2), "ticks put in as symbols of Wingdings 2", extension="docx"),
        drawn("docx-boxes", docx(boxes), "Word's check boxes: checked shows ☒, unchecked says nothing", "answer-missing x13", extension="docx", answers={n: s.replace("N", "-") for n, s in DENCHAI.items()}),
        drawn("docx-tracked", docx(tracked), "ticks as tracked changes over deleted crosses", extension="docx"),
        drawn("docx-nested", docx(Page([["กรอบนอก", nested]])), "the table inside another table's cell", extension="docx"),
        drawn("docx-letter-only", docx("เรียน ท้องถิ่นจังหวัดแพร่", "ขอส่งรายงานตามเอกสารแนบ"), "only a covering letter", "form-not-found", extension="docx", **REFUSED),
    ]  # fmt: skip


def docx_table(page: Page) -> str:
    """A Word table to be put into a cell."""
    from tests.forms.drawing import word_table  # noqa: PLC0415 - used here only

    return word_table(page)


def _archives() -> list[Drawn]:
    form = book(FORM)
    thai = zipped([("แบบรายงาน.xlsx", form)])
    return [
        drawn("zip", thai, "the form in a zip file", extension="zip"),
        drawn("zip-in-folders", zipped([("ส่งรายงาน/อำเภอเด่นชัย/แบบรายงาน.xlsx", form), ("__MACOSX/._แบบรายงาน.xlsx", b"\0\x05\x16\x07")]), "folders and a Mac's leavings in a zip file", extension="zip"),
        drawn("zip-in-zip", zipped([("ส่ง.zip", thai)]), "a zip file in a zip file", extension="zip"),
        drawn("zip-with-letter", zipped([("หนังสือนำส่ง.docx", docx("ขอส่งรายงาน")), ("แบบรายงาน.xlsx", form)]), "the form beside a covering letter", extension="zip"),
        drawn("zip-two-halves", zipped([("เทศบาล.xlsx", book(table(BODY[:3]))), ("อบต.xlsx", book(table(BODY[3:])))]), "the municipalities in one workbook, the others in another", extension="zip"),
        drawn("zip-locked", _locked(thai), "a zip file with a password", "file-encrypted", extension="zip", **REFUSED),
        drawn("zip-empty", zipped([]), "a zip file with nothing in it", "file-unreadable", extension="zip", **REFUSED),
    ]  # fmt: skip


def _locked(data: bytes) -> bytes:
    """The flag of encryption set in every header."""
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        data = data[: start + at] + bytes([data[start + at] | 1]) + data[start + at + 1 :]
    return data


def _refused() -> list[Drawn]:
    form = book(FORM)
    return [
        drawn("empty", b"", "an empty file", "file-unreadable", **REFUSED),
        drawn("truncated", form[: len(form) // 2], "half a workbook", "file-unreadable", **REFUSED),
        drawn("encrypted", _ole("EncryptedPackage"), "a workbook with a password", "file-encrypted", **REFUSED),
        drawn("photograph", _picture(), "a photograph of the form", "form-not-found", extension="png", **REFUSED),
        drawn("photograph-in-workbook", book(Page([], name="Sheet1")), "a workbook without anything in its cells", "form-not-found", **REFUSED),
        drawn("scan", _scan(), "a scan: a PDF that holds one picture", "form-not-found", extension="pdf", **REFUSED),
        drawn("noise", bytes((n * n * 7 + n // 3) % 256 for n in range(4000)), "bytes of no kind", "file-unreadable", extension="dat", **REFUSED),
        drawn("old-word", _ole("WordDocument"), "an old Word document", "file-format", extension="doc", **REFUSED),
        drawn("rich-text", rb"{\rtf1\ansi report}", "a rich text document", "form-not-found", extension="rtf", **REFUSED),
        drawn("other-form", book(Page([["ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง"], [1, "นายสมชาย ใจดี", "ปลัด อบต."]])), "some other table", "form-not-found", **REFUSED),
        drawn("web-page-of-login", b"<!DOCTYPE html><html><body><p>Sign in to continue</p></body></html>", "a log-in page saved under a workbook's name", "form-not-found", **REFUSED),
    ]  # fmt: skip


def _ole(stream: str) -> bytes:
    """A compound file of four sectors with one named stream."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 62, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * (4 * 108)
    fat = struct.pack("<III", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE) + b"\xff" * (512 - 12)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le")
        fields = struct.pack("<HBBIII", len(text) + 2 if text else 0, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return text.ljust(64, b"\0") + fields + bytes(36) + struct.pack("<IQ", start, size)

    entries = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(stream, 2, 0xFFFFFFFF, 2, 512)
    return head + fat + entries.ljust(512, b"\0") + bytes(512)


def _picture(width: int = 60, height: int = 40) -> bytes:
    """A grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = b"".join(b"\0" + bytes((r * 5 + c * 3) % 256 for c in range(width)) for r in range(height))
    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")


def _scan() -> bytes:
    """A PDF of one page that holds one grey picture."""
    pixels = zlib.compress(bytes(200 * 280), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</Im 4 0 R>>>>/Contents 5 0 R>>",
        b"<</Type/XObject/Subtype/Image/Width 200/Height 280/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(pixels), pixels),
        b"<</Length 32>>stream\nq 595 0 0 842 0 0 cm /Im Do Q   \nendstream",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table_at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table_at)
