"""Twenty kinds of mail made to defeat a reader, and odd ones that only look so; all made here, none is anybody's."""

import base64
import io
import random
import struct
import zipfile
import zlib
from pathlib import Path

from bot.config.load import shipped_bureau

REPORTERS = [reporter.addresses[0] for reporter in shipped_bureau().roster.reporters]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def mail(number, body="", *, files=(), subject="w5827", extra="", raw_body=None):
    """A mail of one of the reporters with attachments (name, type, bytes)."""
    head = (
        f"From: {REPORTERS[number % len(REPORTERS)]}\r\nTo: office@phrae.example\r\n"
        f"Message-ID: <poison-{number}@district.example>\r\nMIME-Version: 1.0\r\nSubject: {subject}\r\n{extra}"
    )
    if raw_body is not None:
        return head.encode() + raw_body
    parts = [f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n".encode()]
    for name, kind, data in files:
        parts.append(
            f'--b\r\nContent-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
            f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'.encode()
            + base64.encodebytes(data).replace(b"\n", b"\r\n")
        )
    return head.encode() + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"".join(parts) + b"--b--\r\n"


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), data)
    return out.getvalue()


def workbook(sheet):
    """A workbook whose one sheet is the given XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return zipped(
        **{
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


OLD = (Path(__file__).parents[1] / "parsers" / "data" / "form.xls").read_bytes()
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def laughs():
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{("&" + before + ";") * 20}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return f'<?xml version="1.0"?><!DOCTYPE worksheet [{entities}]><worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row></sheetData></worksheet>'


def many_rows(count):
    row = '<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    return f"<worksheet {MAIN}><sheetData>{row * count}</sheetData></worksheet>"


def far_corner():
    cells = "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 1_048_576, 4_000))
    return f'<worksheet {MAIN}><dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData></worksheet>'


def deep_mime(depth):
    head = "".join(f'Content-Type: multipart/mixed; boundary="d{n}"\r\n\r\n--d{n}\r\n' for n in range(depth))
    return head.encode() + b"Content-Type: text/plain\r\n\r\nw5827\r\n"


def many_parts(count):
    return b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * count + b"--b--\r\n"


def zips_in_zips(depth):
    data = b"x" * 100_000
    for _ in range(depth):
        data = zipped(a_DOT_zip=data)
    return data


def deep_tables(depth):
    return ("<table><tr><td>" * depth + "w5827" + "</td></tr></table>" * depth).encode()


def pdf_bomb():
    stream = zlib.compress(b"BT /F1 1 Tf (x) Tj ET " * 3_000_000, 9)
    length = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(stream)
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    )
    return head + length + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def ole_loop():
    """A compound file whose allocation table points at itself."""
    head = bytearray(512)
    head[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIIII", head, 40, 0, 1, 0, 0, 0x1000, 0, 1, 0, 0, 0)
    return bytes(head) + struct.pack("<128I", *([0] * 128)) + bytes(random.Random(5).randbytes(4096))


def encrypted_zip():
    data = bytearray(zipped(form_DOT_xlsx=b"x" * 1000))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    return bytes(data)


def tnef_garbage():
    return (
        struct.pack("<IH", 0x223E9F78, 1) + b"\x01\x06\x90\x08\x00\xff\xff\xff\x7f" + random.Random(6).randbytes(9_000)
    )


def mails_in_mails(depth):
    return b"Content-Type: message/rfc822\r\n\r\n" * depth + b"Subject: w5827\r\n\r\nx"


def endless_sheet():
    """A sheet that says in one line that it is a million rows of a million cells."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    row = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000000"><text:p>x</text:p></table:table-cell></table:table-row>'
    content = f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="a">{row}</table:table></office:spreadsheet></office:body></office:document-content>'
    return zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_DOT_xml=content)


def noisy_xlsb():
    """A binary workbook in which only the names of the parts are right."""
    noise = random.Random(7).randbytes
    return zipped(
        **{
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": noise(50_000),
            "xl/worksheets/sheet1.bin": noise(50_000),
        }
    )


def oddities():
    """(name, raw) of mails that hold nothing but are no danger: read like any other mail without a form."""
    return [
        ("20,000 header lines", mail(31, extra="X-A: b\r\n" * 20_000)),
        ("a header of 5 MB", mail(32, extra="References: " + "<a@b> " * 800_000 + "\r\n")),
        ("a boundary that never comes", mail(33, raw_body=b'Content-Type: multipart/mixed; boundary="no"\r\n\r\nx')),
        ("a subject of 50,000 broken words", mail(34, "w5827", subject="=?utf-8?q?=F0?= " * 50_000)),
    ]


def kinds():
    """(name, raw) of each poison."""
    zeros = b"\0" * (200 << 20)
    control = "ปัญหา\x0b\x01อุปสรรค \ud83d".encode("utf-8", "surrogatepass")
    return [
        ("zip bomb", mail(1, files=[("form.zip", "application/zip", zipped(a_DOT_xlsx=zeros))])),
        ("workbook of 2 million rows", mail(2, files=[("form.xlsx", XLSX, workbook(many_rows(2_000_000)))])),
        ("a billion laughs in a sheet", mail(3, files=[("form.xlsx", XLSX, workbook(laughs()))])),
        ("cells in the farthest corner", mail(4, files=[("form.xlsx", XLSX, workbook(far_corner()))])),
        ("5,000 levels of MIME", mail(5, raw_body=deep_mime(5_000))),
        ("100,000 parts", mail(6, raw_body=many_parts(100_000))),
        ("forty mails in each other", mail(7, raw_body=mails_in_mails(40))),
        ("a sheet of endless repeats", mail(8, files=[("form.ods", "application/vnd.oasis.opendocument.spreadsheet", endless_sheet())])),
        ("broken base64", mail(9, raw_body=b"Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"=A=" * 99_999)),
        ("a binary workbook of noise", mail(10, files=[("form.xlsb", "application/vnd.ms-excel", noisy_xlsb())])),
        ("half a workbook", mail(11, files=[("form.xlsx", XLSX, workbook(many_rows(50))[:900])])),
        ("a looping compound file", mail(12, files=[("form.xls", "application/vnd.ms-excel", ole_loop())])),
        ("an encrypted archive", mail(13, files=[("form.zip", "application/zip", encrypted_zip())])),
        ("10,000 files with paths upwards", mail(14, files=[("f.zip", "application/zip", zipped(**{f"../../{n}.xlsx": b"" for n in range(10_000)}))])),
        ("forty archives in each other", mail(15, files=[("form.zip", "application/zip", zips_in_zips(40))])),
        ("30,000 tables in each other", mail(16, files=[("form.html", "text/html", deep_tables(30_000))])),
        ("a PDF that unfolds to 66 MB", mail(17, files=[("form.pdf", "application/pdf", pdf_bomb())])),
        ("half an old workbook", mail(18, files=[("form.xls", "application/vnd.ms-excel", OLD[: len(OLD) // 2])])),
        ("a winmail.dat of noise", mail(19, files=[("winmail.dat", "application/ms-tnef", tnef_garbage())])),
        ("control characters and half a pair", mail(20, files=[("form.csv", "text/csv", control * 500)])),
    ]  # fmt: skip
