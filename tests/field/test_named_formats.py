"""What cannot be read is called what it is, with what to send instead: one file, one sentence."""

import io
import lzma
import tarfile

import pytest

from parsers.findings import CATALOGUE, Code
from parsers.formats.refused_formats import NAMED
from tests.field.office_files import codes, is_whole, read, read_mail, workbook, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(*streams):
    """An OLE file as far as its directory."""
    entries = (
        name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little") + b"\0" * 62
        for name in ("Root Entry", *streams)
    )
    return OLE.ljust(512, b"\0") + b"".join(entries)


def tar():
    out, data = io.BytesIO(), workbook()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo("form.xlsx")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


NUMBERS = (
    ("Index/Document.iwa", b"\0" * 90),
    ("Index/Tables/DataList.iwa", b"\0" * 90),
    ("preview.jpg", b"\xff\xd8\xff"),
)
OASIS = "application/vnd.oasis.opendocument."
KINDS = {
    "numbers": zipped(*NUMBERS),
    "old numbers": zipped(("Index.zip", zipped(*NUMBERS)), ("Metadata/Properties.plist", b"x")),
    "pages": zipped(
        ("Index/Document.iwa", b"x"), ("Index/DocumentStylesheet.iwa", b"x"), ("Metadata/Properties.plist", b"x")
    ),
    "keynote": zipped(("Index/Document.iwa", b"x"), ("Index/Slide-1.iwa", b"x")),
    "msg": ole("__nameid_version1.0", "__properties_version1.0", "__substg1.0_0037001F"),
    "rights": ole("\tDRMContent", "\x06DataSpaces"),
    "tar": tar(),
    "bz2": b"BZh91AY&SY" + b"x" * 40,
    "xz": lzma.compress(workbook()),
    "zst": b"\x28\xb5\x2f\xfd" + b"x" * 40,
    "rar": b"Rar!\x1a\x07\x01\0" + b"x" * 40,
    "7z": b"7z\xbc\xaf\x27\x1c\0\4" + b"x" * 40,
    "cab": b"MSCF\0\0\0\0" + b"x" * 40,
    "lzh": b"\x24\x1e-lh5-" + b"x" * 40,
    "doc": ole("WordDocument", "1Table"),
    "ppt": ole("PowerPoint Document"),
    "publisher": ole("Quill", "Escher"),
    "visio": ole("VisioDocument"),
    "works": ole("MatOST"),
    "hwp": ole("\x05HwpSummaryInformation", "BodyText"),
    "onenote": b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3" + b"x" * 40,
    "access": b"\0\1\0\0Standard ACE DB\0" + b"x" * 40,
    "old access": b"\0\1\0\0Standard Jet DB\0" + b"x" * 40,
    "odp": zipped(("mimetype", OASIS + "presentation"), ("content.xml", "<x/>")),
    "opendocument": zipped(("mimetype", OASIS + "graphics"), ("content.xml", "<x/>")),
    "sxc": zipped(("mimetype", "application/vnd.sun.xml.calc"), ("content.xml", "<x/>")),
    "sxw": zipped(("mimetype", "application/vnd.sun.xml.writer"), ("content.xml", "<x/>")),
    "epub": zipped(("mimetype", "application/epub+zip"), ("OEBPS/a.xhtml", "<x/>")),
    "word-xml": b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
    "program": b"MZ\x90\0" + b"\0" * 70 + b"This program cannot be run in DOS mode.",
    "media": b"\0\0\0\x18ftypmp42" + b"\0" * 40,
    "postscript": b"%!PS-Adobe-3.0\n",
}


@pytest.mark.parametrize("which", KINDS)
def test_each_format_has_a_sentence_of_its_own(which):
    """One file, one finding; nothing is taken apart into a dozen."""
    kind = which.rpartition(" ")[2]
    reading = read_mail(("รายงาน", KINDS[which]))
    assert codes(reading) == ["file-format"]
    assert (reading.findings[0].message, len(reading.files)) == (
        CATALOGUE[Code.FILE_FORMAT][1].format(what=NAMED[kind].what, instead=NAMED[kind].instead),
        1,
    )


def test_no_two_formats_share_their_name_and_each_says_what_to_do():
    assert len({each.what for each in NAMED.values()}) == len(NAMED)
    assert all("แนบ" in each.instead or "ส่ง" in each.instead for each in NAMED.values())


@pytest.mark.parametrize("kind", ["doc", "word-xml", "sxw", "pages"])
def test_who_wrote_in_a_word_processor_is_told_what_that_program_can_do(kind):
    """Word saves no Excel file."""
    assert ".docx" in NAMED[kind].instead
    assert ".xlsx" not in NAMED[kind].instead


def test_a_numbers_document_that_a_mac_packed_as_a_folder_is_one_file():
    """Mail programs of macOS send a bundle as an archive of its folder; a form beside it is read."""
    bundle = [(f"รายงาน.numbers/{name}", data) for name, data in NUMBERS]
    reading = read("รายงาน.numbers.zip", zipped(*bundle))
    assert codes(reading) == ["file-format"]
    assert "Numbers" in reading.findings[0].message
    beside = read("ส่ง.zip", zipped(*bundle, ("แบบ.xlsx", workbook())))
    assert len(beside.answers) == 28
    assert [(str(f.code), str(f.severity)) for f in beside.findings] == [("file-format", "warning")]


def test_what_systems_leave_in_archives_is_worth_no_word():
    litter = (
        "__MACOSX/._แบบ.xlsx",
        "ลอง/Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        "._แบบ.xlsx",
        "~$แบบ.xlsx",
        ".~lock.แบบ.xlsx#",
    )
    fork = ("แบบ (1).xlsx", b"\0\x05\x16\x07\0\2\0\0Mac OS X        " + b"\0" * 40)
    assert is_whole(read("ส่ง.zip", zipped(("แบบ.xlsx", workbook()), *((name, b"x") for name in litter), fork)))
