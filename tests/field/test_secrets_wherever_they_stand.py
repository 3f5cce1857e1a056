"""Citizen numbers and log-in keys are hidden wherever they stand, the sender is warned, and nothing ordinary is taken for one.

Run with ``-s`` for the table of places and writings.
"""

import codecs
import io
import zipfile
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from bot.config.load import shipped_bureau
from parsers.files.hide_secrets import elsewhere
from parsers.findings import Code
from parsers.formats.sniff import sniff
from parsers.mail import message
from parsers.read import read_message
from parsers.secrets.mask import folded

NUMBER, KEY = "3540100123457", "Qz7Kx2Vb9Tn4Wd1"  # nobody's; the check digit fits
GROUPED = "3-5401-00123-45-7"
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
WIDE = {n: n + 0xFEE0 for n in (*range(48, 58), *range(65, 91), *range(97, 123))}
WRITINGS = {
    "beside Thai letters": f"นายก{NUMBER}ข",
    "Thai digits": f"เลข{NUMBER.translate(THAI)}ครับ",
    "full width": f"น{NUMBER.translate(WIDE)}",
    "groups and signs": f"_{GROUPED}-ก",
    "blanks": GROUPED.replace("-", " "),
    "key beside signs": f"ก_{KEY}-ข",
    "key named": f"token={KEY}",
    "key, full width": KEY.translate(WIDE),
}
ORDINARY = "0-5453-4119 มท ๐๘๑๐.๗ 12,345.6"
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
OTHER = ("application", "octet-stream")


@pytest.fixture(scope="module")
def catalogue():
    return shipped_bureau().catalogue()


# --- places -------------------------------------------------------------------------------------------------------------


def mail(*files, subject="ส่งรายงาน", name="อำเภอ", body="เรียน จังหวัด ขอส่งรายงานครับ", page="", policy=None):
    made = EmailMessage(policy=policy) if policy else EmailMessage()
    made["From"] = f'"{name}" <long@district.example>'
    made["To"], made["Subject"], made["Message-ID"] = "office@phrae.example", subject, "<one@district.example>"
    made.set_content(body)
    if page:
        made.add_alternative(page, subtype="html")
    for file, data, (kind, sub) in files:
        made.add_attachment(data, maintype=kind, subtype=sub, filename=file)
    return made.as_bytes()


def workbook(change):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ที่", "ชื่อ อปท.", "หมายเหตุ"])
    sheet.append([1, "อบต.แม่ยม", "-"])
    change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def in_workbook(change):
    return lambda said: mail(("แบบ.xlsx", workbook(lambda book, sheet: change(book, sheet, said)), XLSX))


def hidden_sheet(book, _sheet, said):
    other = book.create_sheet("อื่น")
    other["B2"], other.sheet_state = said, "veryHidden"


def validation(_book, sheet, said):
    rule = DataValidation(type="list", formula1=f'"{said},ไม่มี"')
    rule.add("C2:C9")
    sheet.add_data_validation(rule)


def prompt(_book, sheet, said):
    rule = DataValidation(type="whole", prompt=said, showInputMessage=True)
    rule.add("C2")
    sheet.add_data_validation(rule)


def packed(data, *parts):
    """A zip with further parts, or with others in the place of those it has."""
    names = {name for name, _ in parts}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename not in names:
                target.writestr(info, source.read(info))
        for name, content in parts:
            target.writestr(name, content)
    return out.getvalue()


def text_box(said):
    half = len(said) // 2
    runs = "".join(f"<a:r><a:rPr lang='th'/><a:t>{piece}</a:t></a:r>" for piece in (said[:half], said[half:]))
    drawing = (
        f"<xdr:wsDr xmlns:xdr='x' xmlns:a='a'><xdr:sp><xdr:txBody><a:p>{runs}</a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    )
    data = packed(workbook(lambda *_: None), ("xl/drawings/drawing9.xml", drawing))
    return mail(("แบบ.xlsx", data, XLSX))


def document(change):
    def made(said):
        paper = docx.Document()
        paper.add_paragraph("แบบรายงาน")
        change(paper, said)
        out = io.BytesIO()
        paper.save(out)
        return mail(("แบบ.docx", out.getvalue(), OTHER))

    return made


def table_cell(paper, said):
    paper.add_table(1, 2).cell(0, 1).text = said


def word_link(paper, said):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    paper.part.relate_to(f"https://a.example/?x={said}", kind, is_external=True)


def spreadsheet(place):
    """An OpenDocument spreadsheet that says something in one place."""

    def made(said):
        names = ("office", "table", "text", "style", "meta")
        spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
        told = {name: said if name == place else "-" for name in ("cell", "note", "foot", "property")}
        note = f"<office:annotation><text:p>{told['note']}</text:p></office:annotation>"
        cell = f'<table:table-cell office:value-type="string">{note}<text:p>{told["cell"]}</text:p></table:table-cell>'
        content = (
            f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='S'>"
            f"<table:table-row>{cell}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
        )
        foot = f"<office:document-styles {spaces}><style:footer><text:p>{told['foot']}</text:p></style:footer></office:document-styles>"
        meta = f"<office:document-meta {spaces}><office:meta><meta:keyword>{told['property']}</meta:keyword></office:meta></office:document-meta>"
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            for name, part in (("content.xml", content), ("styles.xml", foot), ("meta.xml", meta)):
                target.writestr(name, part)
        return mail(("แบบ.ods", out.getvalue(), OTHER))

    return made


def paper(place):
    """A PDF by hand: its properties and a link."""

    def made(said):
        coded = (codecs.BOM_UTF16_BE + said.encode("utf-16-be")).hex()
        told = {name: f"<{coded}>" if name == place else "(-)" for name in ("title", "link")}
        words = b"BT /F 12 Tf 50 700 Td (Report of the office for the year) Tj ET"
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[6 0 R]/Resources<</Font<</F 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI %s>>>>" % told["link"].encode(),
            b"<</Title %s>>" % told["title"].encode(),
        ]
        out = bytearray(b"%PDF-1.4\n")
        starts = []
        for number, content in enumerate(objects, 1):
            starts.append(len(out))
            out += b"%d 0 obj%s endobj\n" % (number, content)
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        out += b"".join(b"%010d 00000 n \n" % start for start in starts)
        out += b"trailer<</Root 1 0 R/Info 7 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
        return mail(("แบบ.pdf", bytes(out), OTHER))

    return made


def zipped(*members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, content in members:
            target.writestr(name, content)
    return out.getvalue()


def nested(**said):
    inner = message_of(**said)
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "long@district.example", "office@phrae.example", "ส่งต่อ"
    outer.set_content("ส่งต่อครับ")
    outer.add_attachment(inner)
    return outer.as_bytes()


def message_of(subject="เรื่อง", body="ข้อความ", name="ใคร"):
    inner = EmailMessage()
    inner["From"], inner["To"], inner["Subject"] = f'"{name}" <a@b.example>', "long@district.example", subject
    inner.set_content(body)
    return inner


def wrapped(said):
    """A body in quoted-printable, softly broken in the middle of what it says."""
    coded = "".join(f"={byte:02X}" for byte in said.encode())
    middle = len(coded) // 6 * 3
    head = "From: long@district.example\nTo: office@phrae.example\nSubject: x\nMIME-Version: 1.0\n"
    kind = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    return f"{head}{kind}{coded[:middle]}=\n{coded[middle:]}\n".encode()


PLACES = {
    "body": lambda said: mail(body=f"เรียน จังหวัด\n{said}\nขอบคุณครับ"),
    "body, far down": lambda said: mail(body="ขอส่งรายงานครับ\n" * 400 + said),
    "body, quoted": lambda said: mail(body=f"ขอส่งรายงานครับ\n> {said}\n"),
    "body, softly broken": wrapped,
    "subject": lambda said: mail(subject=f"รายงาน {said}"),
    "sender's name": lambda said: mail(name=said),
    "page": lambda said: mail(page=f"<p>ขอส่ง <b>{said[:6]}</b>{said[6:]}</p>"),
    "page, attribute": lambda said: mail(page=f'<p title="{said}">ขอส่ง</p>'),
    "page, address": lambda said: mail(page=f'<p><a href="https://a.example/x/{said}?y=1">ขอส่ง</a></p>'),
    "page, comment": lambda said: mail(page=f"<p>ขอส่ง<!-- {said} --></p>"),
    "mail within, body": lambda said: nested(body=said),
    "mail within, subject": lambda said: nested(subject=said),
    "mail within, name": lambda said: nested(name=said),
    "mail in an archive": lambda said: mail(("ก.zip", zipped(("ข.eml", message_of(body=said).as_bytes())), OTHER)),
    "file name": lambda said: mail((f"สำเนา_{said}.xlsx", workbook(lambda *_: None), XLSX)),
    "file name, picture": lambda said: mail((f"{said}.png", b"\x89PNG\r\n\x1a\n" + bytes(50), OTHER)),
    "name in an archive": lambda said: mail(("ก.zip", zipped((f"ข/{said}.csv", "ก,ข\n1,2\n")), OTHER)),
    "cell": in_workbook(lambda _b, sheet, said: sheet.cell(2, 3, said)),
    "hidden sheet": in_workbook(hidden_sheet),
    "sheet name": in_workbook(lambda _b, sheet, said: setattr(sheet, "title", said)),
    "comment": in_workbook(lambda _b, sheet, said: setattr(sheet["C2"], "comment", Comment(said, "ก"))),
    "comment's author": in_workbook(lambda _b, sheet, said: setattr(sheet["C2"], "comment", Comment("ก", said))),
    "page header": in_workbook(lambda _b, sheet, said: setattr(sheet.oddHeader.center, "text", said)),
    "page footer": in_workbook(lambda _b, sheet, said: setattr(sheet.evenFooter.right, "text", said)),
    "property": in_workbook(lambda book, _s, said: setattr(book.properties, "keywords", said)),
    "own property": in_workbook(
        lambda book, _s, said: book.custom_doc_props.append(StringProperty(name="x", value=said))
    ),
    "link": in_workbook(lambda _b, sheet, said: setattr(sheet["C2"], "hyperlink", f"https://a.example/?k={said}")),
    "defined name": in_workbook(
        lambda book, _s, said: book.defined_names.add(DefinedName("ก1", attr_text=f'"{said}"'))
    ),
    "list of choices": in_workbook(validation),
    "hint of a cell": in_workbook(prompt),
    "formula": in_workbook(lambda _b, sheet, said: sheet.cell(2, 3, f'=IF(A1=1,"{said}","")')),
    "text box": text_box,
    "Word, text": document(lambda made, said: made.add_paragraph(said)),
    "Word, cell": document(table_cell),
    "Word, header": document(lambda made, said: setattr(made.sections[0].header.paragraphs[0], "text", said)),
    "Word, footer": document(lambda made, said: setattr(made.sections[0].footer.paragraphs[0], "text", said)),
    "Word, property": document(lambda made, said: setattr(made.core_properties, "comments", said)),
    "Word, link": document(word_link),
    **{f"ODS, {place}": spreadsheet(place) for place in ("cell", "note", "foot", "property")},
    **{f"PDF, {place}": paper(place) for place in ("title", "link")},
    "CSV": lambda said: mail(("ก.csv", f"ชื่อ,ค่า\nก,{said}\nข,2\n".encode(), OTHER)),
    "text file": lambda said: mail(("ก.txt", f"ชื่อ {said}\nข".encode(), OTHER)),
    "HTML file": lambda said: mail(("ก.html", f"<html><table data-x='{said}'><tr><td>1<td>2</table>".encode(), OTHER)),
    "RTF": lambda said: mail(("ก.rtf", b"{\\rtf1 " + said.encode("cp874", "replace") + b"}", OTHER)),
}
IN_CP874 = ("RTF",)  # a format of one byte a letter: no full width


def warned(reading):
    return any(found.code is Code.KEY_HIDDEN for found in reading.findings)


def carried_on(reading):
    """Whether the secret stands anywhere in what reading hands on."""
    plain = "".join(character for character in folded(repr(reading)) if character.isalnum())
    return NUMBER in plain or KEY in plain


@pytest.mark.parametrize("place", PLACES)
def test_a_secret_is_hidden_in_every_writing(place, catalogue):
    writings = {name: said for name, said in WRITINGS.items() if place not in IN_CP874 or "width" not in name}
    missed = []
    for name, said in writings.items():
        reading = read_message(PLACES[place](said), catalogue)
        if not warned(reading) or carried_on(reading):
            missed.append(name)
    print(f"\n{place:24} hidden {len(writings) - len(missed)} of {len(writings)} {missed or ''}", end="")
    assert not missed


@pytest.mark.parametrize("place", PLACES)
def test_what_offices_write_is_taken_for_no_secret(place, catalogue):
    assert not warned(read_message(PLACES[place](ORDINARY), catalogue))


# --- several cells ------------------------------------------------------------------------------------------------------


def rows(*lines):
    return mail(("แบบ.xlsx", workbook(lambda _b, sheet: [sheet.append(list(line)) for line in lines]), XLSX))


BOXES = GROUPED.split("-")
SPLIT = {
    "13 cells": rows([], ["เลขประจำตัวประชาชน", *NUMBER], []),
    "13 cells of figures": rows([], ["เลขประจำตัวประชาชน", *map(int, NUMBER)], []),
    "13 cells without a label": rows([], [None, *NUMBER], []),
    "13 figures without a label": rows([], [None, *map(int, NUMBER)], []),
    "5 cells": rows(BOXES),
    "5 cells with dashes between": rows([piece for box in BOXES for piece in (box, "-")][:-1]),
    "5 cells in Thai digits": rows([box.translate(THAI) for box in BOXES]),
    "5 figures under a heading": rows(["เลขบัตรประชาชน"], list(map(int, BOXES))),
    "2 cells": rows(["เลขประจำตัวประชาชน", "3-5401", "00123-45-7"]),
    "a figure under a heading": rows(["ชื่อ", "เลขประจำตัวประชาชน"], ["นาย ก", int(NUMBER)]),
    "a figure beside a label": rows(["เลขบัตรประชาชน", int(NUMBER)]),
    "a text under a heading": rows(["ชื่อ", "เลขบัตรประชาชน"], ["นาย ก", NUMBER]),
    "a key in 2 cells": rows([KEY[:7], KEY[7:]]),
    "a key in 2 cells under a heading": rows(["Token Key"], ["ABCDEFGH", "IJKLMNO"]),
    "a key of letters under a heading": rows(["Token Key"], ["ABCDEFGHIJKLMNO"]),
}


@pytest.mark.parametrize("where", SPLIT)
def test_a_secret_in_several_cells_or_as_a_figure_is_hidden(where, catalogue):
    reading = read_message(SPLIT[where], catalogue)
    assert warned(reading)
    assert not carried_on(reading)


@pytest.mark.parametrize(
    "lines",
    [
        [[1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1]],
        [[f"เดือน {n}" for n in range(13)], [int(digit) for digit in NUMBER]],
        [[int(digit) for digit in NUMBER]] * 3,
        [["งบประมาณ"], [int(NUMBER)]],
        [["A1B2", "C3D4"], ["ประชาชน", 3, 5401, 123, 45, 2]],
    ],
)
def test_figures_of_a_table_are_answers(lines, catalogue):
    assert not warned(read_message(rows(*lines), catalogue))


# --- no false alarm -------------------------------------------------------------------------------------------------------

FORMS = Path(__file__).parents[1] / "forms"
MEANT = {"citizen-number-dashed.xlsx", "citizen-number.xlsx", "token-key.xlsx"}  # forms that were made to carry one


def test_no_form_is_said_to_carry_a_secret_outside_its_cells():
    counted: Counter[str] = Counter()
    alarms = set()
    for path in sorted(FORMS.rglob("*")):
        data = path.read_bytes() if path.is_file() and path.suffix not in (".py", ".json", ".toml", ".md") else b""
        if not data or "__pycache__" in path.parts:
            continue
        kind = sniff(data)
        counted[kind] += 1
        parsed = message.parse(data) if kind == "eml" else None
        parts = [(sniff(each.data), each.data) for each in parsed.attachments] if parsed else [(kind, data)]
        if (parsed and parsed.secret) or any(elsewhere(*part) for part in parts):
            alarms.add(path.name)
    print(f"\n{sum(counted.values())} forms, false alarms: {len(alarms - MEANT)}")
    assert sum(counted.values()) > 500
    assert alarms == MEANT
