"""What bytes are, by the bytes alone."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.formats.sniff import sniff


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def types(kind):
    return {"[Content_Types].xml": f'<Override PartName="/x" ContentType="application/{kind}+xml"/>'}


def ole(*streams):
    """An OLE file as far as its directory, which begins on a sector."""
    entries = [
        name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little") + b"\0" * 62
        for name in streams
    ]
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + b"".join(entries)


def workbook():
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


SPREADSHEET = "vnd.openxmlformats-officedocument.spreadsheetml"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (workbook(), "xlsx"),
        (workbook()[:-900], "xlsx"),
        (zipped(types(f"{SPREADSHEET}.sheet.main") | {"xl/vbaProject.bin": ""}), "xlsm"),
        (zipped(types("vnd.ms-excel.sheet.macroEnabled.main")), "xlsm"),
        (zipped(types("vnd.ms-excel.sheet.binary.macroEnabled.main")), "xlsb"),
        (zipped(types("vnd.openxmlformats-officedocument.wordprocessingml.document.main")), "docx"),
        (zipped(types("vnd.openxmlformats-officedocument.presentationml.presentation.main")), "pptx"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
        (zipped({"form.xlsx": workbook()}), "zip"),
        (b"PK\x03\x04", "zip"),
        (ole("Root Entry", "Workbook"), "xls"),
        (ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), "encrypted"),
        (ole("Root Entry", "WordDocument"), "doc"),
        (ole("Root Entry") + b"xWorkbook", "ole"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "xls"),
        (b"\x78\x9f\x3e\x22\x01\x00", "tnef"),
        (b"junk\n%PDF-1.4", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"\0\0\0\x18ftypheic", "image"),
        (b"{\\rtf1 x", "rtf"),
        (b"\xef\xbb\xbf <!DOCTYPE html><html>", "html"),
        (b"<table><tr>", "html"),
        (b"<?xml version='1.0'?><Workbook/>", "unknown"),
        (b"Received: x\r\nFrom: a@b.example\r\n\r\nhello", "eml"),
        ("ชื่อ,ตอบ\nก,ข\n".encode(), "csv"),
        ("ชื่อ\tตอบ\nก\tข\n".encode("utf-16"), "csv"),
        ("ชื่อ;ตอบ\nก;ข\n".encode("cp874"), "csv"),
        # Lines without a comma above and below the table say nothing of what its commas part.
        ("แบบ\nอำเภอ\nที่,ชื่อ,ก,ข\n1,ก,2,3\n2,ข,4,5\n3,ค,6,7\nหมายเหตุ\nใส่เลข\nลงชื่อ\n(นาย ก)\n".encode(), "csv"),
        ("เรียน ท้องถิ่นจังหวัด\n".encode("cp874"), "text"),
        (b" \r\n\0", "empty"),
        (b"", "empty"),
        (bytes(range(256)), "unknown"),
    ],
)
def test_each_kind_is_known_by_its_bytes(data, kind):
    """Whole or cut, in every spelling."""
    assert sniff(data) == kind


@given(
    st.sampled_from(
        [b"", b"PK\x03\x04", b"PK\x05\x06", workbook(), ole("Workbook"), b"\xff\xfe", b"<", b"From: a\nTo: "]
    ),
    st.binary(max_size=300),
)
def test_no_bytes_make_it_raise(start, rest):
    """Whatever follows a signature."""
    assert sniff(start + rest)
