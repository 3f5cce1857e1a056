"""A gzip is opened; what zip methods Python does not know is named; names of parts have no case."""

import gzip
import struct

import pytest

from parsers.files.containers import UNZIPPED_CAP
from tests.field.office_files import codes, is_whole, read, read_mail, rewritten, workbook, zipped


def other_method(data, method):
    """The same zip, its members said to be packed by another method."""
    changed = bytearray(data)
    for signature, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = changed.find(signature)
        while start >= 0:
            struct.pack_into("<H", changed, start + at, method)
            start = changed.find(signature, start + 4)
    return bytes(changed)


def test_one_workbook_in_a_gzip_is_read():
    packed = gzip.compress(workbook())
    assert is_whole(read_mail(("แบบ.xlsx.gz", packed)))
    assert is_whole(read("ส่ง.zip", zipped(("แบบ.xlsx.gz", packed))))
    place = read("แบบ.xlsx.gz", packed).answers[0].place
    assert place.file == "แบบ.xlsx.gz › แบบ.xlsx"


def test_a_gzip_in_pieces_is_one_file():
    data = workbook()
    assert is_whole(read("แบบ.xlsx.gz", gzip.compress(data[:500]) + gzip.compress(data[500:])))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (gzip.compress(workbook())[:-300], "file-unreadable"),
        (b"\x1f\x8b\x08" + b"x" * 30, "file-unreadable"),
        (gzip.compress(b"\0" * (UNZIPPED_CAP + 1), 9), "file-too-large"),
        (gzip.compress(b"x" * 257 + b"ustar" + b"x" * 300), "file-format"),
    ],
    ids=["cut", "no gzip", "too large", "a tar"],
)
def test_a_gzip_that_is_cut_or_too_large_or_holds_a_tar_says_so(data, code):
    assert codes(read_mail(("แบบ.tar.gz", data))) == [code]


@pytest.mark.parametrize(("method", "named"), [(9, "Deflate64"), (93, "วิธีที่ไม่ใช่แบบทั่วไป"), (98, "วิธีที่ไม่ใช่แบบทั่วไป")])
def test_a_method_that_cannot_be_unpacked_is_named_once(method, named):
    packed = other_method(zipped(("ก.xlsx", workbook()), ("ข.xlsx", workbook())), method)
    for reading in (read_mail(("ส่ง.zip", packed)), read("แบบ.xlsx", other_method(workbook(), method))):
        assert codes(reading) == ["file-format"]
        assert named in reading.findings[0].message


def test_one_member_of_another_method_costs_only_itself():
    book = workbook()
    packed = zipped(("แบบ.xlsx", book), ("อื่น.xlsx", b"x" * 9))
    name = "อื่น.xlsx".encode()
    at, listed = packed.find(name) - 30, packed.rfind(name) - 46
    changed = bytearray(packed)
    struct.pack_into("<H", changed, at + 8, 9)
    struct.pack_into("<H", changed, listed + 10, 9)
    reading = read("ส่ง.zip", bytes(changed))
    assert len(reading.answers) == 28
    assert [(str(f.code), str(f.severity)) for f in reading.findings] == [("file-format", "warning")]


@pytest.mark.parametrize("spelled", ["[content_types].xml", "[CONTENT_TYPES].XML"])
def test_the_list_of_content_types_may_be_spelled_in_any_case(spelled):
    assert is_whole(read("แบบ.xlsx", rewritten(workbook(), "[Content_Types].xml", name=spelled)))


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("xl/worksheets/sheet1.xml", "xl/Worksheets/Sheet1.XML"),
        ("xl/workbook.xml", "xl/WorkBook.xml"),
        ("xl/styles.xml", "xl/Styles.xml"),
        ("xl/_rels/workbook.xml.rels", "xl/_Rels/workbook.xml.RELS"),
        ("_rels/.rels", "_RELS/.rels"),
    ],
)
def test_so_may_every_part(part, name):
    assert is_whole(read("แบบ.xlsx", rewritten(workbook(), part, name=name)))
