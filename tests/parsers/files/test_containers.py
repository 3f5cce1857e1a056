"""A form is read alike wherever a sender put it: in an archive, an attached mail, Outlook's wrapping, or all of them."""

import dataclasses
import io
import struct
import zipfile
import zlib
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.files.containers import DEEP, MEMBERS_CAP, unpack
from parsers.files.cpu_budget import Terms
from parsers.findings import Code
from parsers.formats import tnef
from parsers.read import read_file, read_message
from parsers.reading import FileRequest, Outcome

NAME = "แบบรายงาน.xlsx"
SENDER = "denchai@district.example"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
ALL = ("✓", "✓", "X", "X")


@pytest.fixture(scope="module")
def book(build):
    """The filled form of the district เด่นชัย."""
    names = build.districts["เด่นชัย"]
    return build.workbook(build.page([*build.head(), *([n, name, *ALL] for n, name in enumerate(names, 1))]))


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def named(raw_name, data):
    """An archive whose one member has just these bytes for a name, and no word on what they mean."""
    return zipped(("x" * len(raw_name), data)).replace(b"x" * len(raw_name), raw_name)


def letter(*files, sender="someone@else.example", subject="w100", headers=()):
    """A mail with files, as bytes."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = sender, "x@y.example", subject, "<w100.a@b.example>"
    for name, value in headers:
        mail[name] = value
    mail.set_content("ดูไฟล์แนบ")
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def winmail(*files, codepage=874, title=None):
    """Files as Outlook wraps them."""

    def part(level, name, data, kind=6):
        return struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    out = struct.pack("<IH", 0x223E9F78, 1) + part(1, 0x9006, struct.pack("<I", 0x10000))
    out += part(1, 0x9007, struct.pack("<II", codepage, 0)) + part(1, 0x8004, "เรื่อง\0".encode("cp874"), 1)
    for name, data in files:
        out += part(2, 0x9002, b"\1\0" + b"\xff" * 4 + b"\0" * 8) + part(
            2, 0x8010, (title or name.encode("cp874")) + b"\0", 1
        )
        long = name.encode("utf-16-le") + b"\0\0"
        padded = long + b"\0" * (-len(long) % 4)
        properties = struct.pack("<IHHII", 1, 0x1F, 0x3707, 1, len(long)) + padded
        out += part(2, 0x800F, data) + part(2, 0x9005, properties)
    return out


def values(reading):
    return {(a.organisation, a.question): a.value for a in reading.answers}


def codes(reading):
    return [f.code.value for f in reading.findings]


WAYS = {
    "zip": lambda x: ("ส่งงาน.zip", zipped((NAME, x))),
    "zip without its ending": lambda x: ("ส่งงาน", zipped((NAME, x))),
    "zip in a folder": lambda x: ("ส่งงาน.zip", zipped(("เด่นชัย/", b""), (f"เด่นชัย/{NAME}", x))),
    "zip in zip": lambda x: ("ส่งงาน.zip", zipped(("ใน.zip", zipped((NAME, x))))),
    "stored zip": lambda x: ("ส่งงาน.zip", zipped((NAME, x), method=zipfile.ZIP_STORED)),
    "lzma zip": lambda x: ("ส่งงาน.zip", zipped((NAME, x), method=zipfile.ZIP_LZMA)),
    "eml": lambda x: ("ส่งต่อ.eml", letter((NAME, x))),
    "eml without its ending": lambda x: ("ส่งต่อ", letter((NAME, x))),
    "eml in eml": lambda x: ("ส่งต่อ", letter(("เดิม.msg", letter((NAME, x))))),
    "winmail.dat": lambda x: ("winmail.dat", winmail((NAME, x))),
    "winmail.dat of an unknown code page": lambda x: ("winmail.dat", winmail((NAME, x), codepage=31337)),
    "zip in winmail.dat": lambda x: ("winmail.dat", winmail(("ส่ง.zip", zipped((NAME, x))))),
    "eml in zip": lambda x: ("ส่งงาน.zip", zipped(("ส่งต่อ.eml", letter((NAME, x))))),
    "winmail.dat in eml in zip": lambda x: ("a.zip", zipped(("b", letter(("winmail.dat", winmail((NAME, x))))))),
    "beside litter": lambda x: (
        "a.zip",
        zipped(
            (NAME, x),
            (f"__MACOSX/._{NAME}", b"\0\5\x16\7"),
            (f"~${NAME}", b"x"),
            ("Thumbs.db", b"x"),
            (".DS_Store", b"x"),
        ),
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_form_in_a_container_reads_as_if_attached(way, build, catalogue, book):
    """And the container is no trouble of its own; circular and reporter are those of the outer mail."""
    plain = read_message(build.mail((NAME, book, build.xlsx), sender=SENDER), catalogue)
    wrapped = (*WAYS[way](book), "application/octet-stream")
    reading = read_message(build.mail(wrapped, sender=SENDER), catalogue)
    assert len(plain.answers) == 28
    assert values(reading) == values(plain)
    assert (reading.circular, reading.reporter, reading.known) == ("w5827", "denchai", True)
    assert (reading.outcome, reading.findings) == (Outcome.ACCEPTED, ())
    assert all(file.outcome is Outcome.ACCEPTED for file in reading.files)
    assert values(read_file(wrapped[0], wrapped[1], FileRequest(catalogue, None, "denchai"))) == values(plain)


def test_a_forwarded_mail_is_read_as_part_and_its_sender_counts_for_nothing(build, catalogue, book):
    """As message/rfc822, which is how mail programs forward "as attachment"."""
    outer = EmailMessage()
    outer["From"], outer["Subject"] = SENDER, "Fwd: w5827"
    outer.set_content("ส่งต่อครับ")
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "long@district.example", "[w100] งานอื่น"
    inner.set_content("ไม่มีข้อมูล")
    inner.add_attachment(book, maintype="application", subtype="octet-stream", filename=NAME)
    outer.add_attachment(inner)
    reading = read_message(outer.as_bytes(), catalogue)
    assert (reading.circular, reading.reporter, reading.outcome) == ("w5827", "denchai", Outcome.ACCEPTED)
    assert reading.mail.text == "ส่งต่อครับ"


def test_a_part_without_name_type_or_disposition_is_found_by_its_bytes(catalogue, book):
    """Some phones send a workbook so, within the text's own multipart."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = SENDER, "w5827"
    mail.set_content("ส่งครับ")
    mail.add_related(book, maintype="application", subtype="octet-stream", disposition="inline")
    raw = mail.as_bytes().replace(b"Content-Disposition: inline\n", b"")
    reading = read_message(raw, catalogue)
    assert (b"Disposition" not in raw, reading.outcome, len(reading.answers)) == (True, Outcome.ACCEPTED, 28)


def test_people_are_told_in_which_file_of_the_archive(build, catalogue, book):
    """Archive and members are all listed, and places name both."""
    raw = build.mail(("งาน.zip", zipped(("a/แบบ.xlsx", book), ("a/ภาพ.png", PNG)), "application/zip"), sender=SENDER)
    reading = read_message(raw, catalogue)
    assert {a.place.file for a in reading.answers} == {"งาน.zip › a/แบบ.xlsx"}
    assert str(reading.answers[0].place).startswith("งาน.zip › a/แบบ.xlsx › แบบรายงาน!")
    assert [(f.name, f.format, f.outcome.value) for f in reading.files] == [
        ("งาน.zip", "zip", "accepted"),
        ("งาน.zip › a/แบบ.xlsx", "xlsx", "accepted"),
        ("งาน.zip › a/ภาพ.png", "image", "rejected"),
    ]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("แบบ ก.xlsx".encode("cp874"), "แบบ ก.xlsx"),
        ("แบบ ก.xlsx".encode(), "แบบ ก.xlsx"),
        ("rapport-é.xlsx".encode("cp437"), "rapport-é.xlsx"),
        (b"form.xlsx", "form.xlsx"),
        (b"..\\..\\C:/windows/../form.xlsx", "windows/form.xlsx"),
        (b"/etc/./passwd", "etc/passwd"),
        (b"a\nb.xlsx", "a b.xlsx"),
    ],
)
def test_names_are_read_by_their_bytes_and_never_as_paths(raw, shown):
    """Windows writes windows-874 without a word, others UTF-8; steps, drives and line ends are gone."""
    assert [m.name for m in unpack("z.zip", named(raw, b"x,y"))] == [f"z.zip › {shown}"]


def test_a_name_flagged_as_unicode_is_taken_as_it_is():
    assert [m.name for m in unpack("z.zip", zipped(("แบบ.csv", b"x")))] == ["z.zip › แบบ.csv"]


def test_a_name_written_beside_in_unicode_goes_first():
    """As WinRAR does."""
    info = zipfile.ZipInfo("????.csv")
    field = b"\1" + struct.pack("<I", zlib.crc32(b"????.csv")) + "แบบ.csv".encode()
    info.extra = struct.pack("<HH", 0x9999, 1) + b"x" + struct.pack("<HH", 0x7075, len(field)) + field
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, b"x")
    assert [m.name for m in unpack("z.zip", out.getvalue())] == ["z.zip › แบบ.csv"]


def test_names_in_winmail_are_read_by_its_code_page():
    """Where there is no long name; a code page the machine lacks costs nothing."""
    plain = winmail((NAME, b"x")).replace(struct.pack("<HH", 0x1F, 0x3707), struct.pack("<HH", 0x1F, 0x3710))
    assert tnef.attachments(plain) == [(NAME, b"x")]
    assert [name for name, _ in tnef.attachments(plain[:-20])] == [NAME]


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "properties",
    [
        struct.pack("<I", 0xFFFFFFFF),
        struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 3, 0x3705, 1) * 3,
        struct.pack("<IHHI", 1, 0x1003, 0x3705, 0xFFFFFFFF),
        struct.pack("<IHHI", 1, 0x101E, 0x3707, 0xFFFFFFFF) + bytes(40),
    ],
    ids=["four billion properties", "some of them there", "four billion values", "as many texts"],
)
def test_a_winmail_that_promises_more_than_it_holds_is_read_as_far_as_it_goes(properties):
    """The library alone would count to four billion, and keep what it counts."""

    def part(name, data):
        return b"\2" + struct.pack("<HHI", name, 6, len(data)) + data + bytes(2)

    parts = part(0x9002, bytes(14)) + part(0x800F, b"x") + part(0x9005, properties)
    assert [content for _, content in tnef.attachments(struct.pack("<IH", 0x223E9F78, 1) + parts)] == [b"x"]


def trouble(name, data):
    """What is wrong in a container: (name, code) of each member that could not be taken out."""
    return [(member.name, member.trouble.code) for member in unpack(name, data) if member.trouble]


def nested(levels, inner=b"a,b\n1,2\n"):
    data = zipped(("x.csv", inner))
    for level in range(levels):
        data = zipped((f"{level}.zip", data))
    return data


def test_too_much_is_refused_and_said():
    """Too many members, too much by the directory, too deep, too much in all over many small bombs."""
    zeros = b"\0" * (20 << 20)
    assert trouble("z.zip", zipped(*((f"{n}.csv", b"x") for n in range(MEMBERS_CAP + 1)))) == [
        ("z.zip", Code.FILE_TOO_LARGE)
    ]
    assert trouble("z.zip", zipped(("x", zeros))) == [("z.zip", Code.FILE_TOO_LARGE)]
    [(deep, code)] = trouble("z.zip", nested(DEEP))
    assert (deep.count(" › "), code) == (DEEP, Code.FILE_TOO_LARGE)
    assert trouble("z.zip", nested(DEEP - 1)) == []
    bombs = zipped(*((f"{n}.zip", zipped(("x", b"\0" * (9 << 20)))) for n in range(20)))
    assert {code for _, code in trouble("z.zip", bombs)} == {Code.FILE_TOO_LARGE}
    assert sum(len(member.data) for member in unpack("z.zip", bombs)) <= 100 << 20


def test_members_count_over_all_levels():
    inner = zipped(*((f"{n}.csv", b"x") for n in range(150)))
    found = unpack("z.zip", zipped(("a.zip", inner), ("b.zip", inner)))
    assert len([m for m in found if not m.trouble]) == 150
    assert [m.name for m in found if m.trouble] == ["z.zip › b.zip"]


def test_a_directory_that_lies_about_sizes_gains_nothing():
    """What is said to be small is not unpacked beyond what is said."""
    data = zipped(("x", b"\0" * 5_000_000))
    lying = data.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 50))
    assert lying != data
    [member] = unpack("z.zip", lying)
    assert len(member.data) <= 50
    assert member.trouble.code is Code.FILE_UNREADABLE


def encrypted(data, name):
    """The archive with the member's flag of encryption set in both its headers."""
    raw = name.encode()
    for mark, flags, at in ((b"PK\3\4", 6, 30), (b"PK\1\2", 8, 46)):
        start = next(n for n in range(len(data)) if data.startswith(mark, n) and data.startswith(raw, n + at))
        data = data[: start + flags] + bytes([data[start + flags] | 1]) + data[start + flags + 1 :]
    return data


def test_a_password_is_said_of_the_archive_or_of_the_member(build, catalogue, book):
    """And the other members are read."""
    alone = encrypted(zipped(("a.xlsx", book)), "a.xlsx")
    assert trouble("z.zip", alone) == [("z.zip", Code.FILE_ENCRYPTED)]
    mixed = encrypted(zipped(("a.xlsx", b"x"), ("b.xlsx", book)), "a.xlsx")
    reading = read_message(build.mail(("z.zip", mixed, "application/zip"), sender=SENDER), catalogue)
    assert [(f.code, f.place.file) for f in reading.findings] == [(Code.FILE_ENCRYPTED, "z.zip › a.xlsx")]
    assert len(reading.answers) == 28
    locked = read_message(build.mail(("z.zip", alone, "application/zip"), sender=SENDER), catalogue)
    assert (codes(locked), [f.format for f in locked.files]) == (["file-encrypted"], ["zip"])


def test_one_damaged_member_costs_only_itself(build, catalogue, book):
    data = zipped(("a.csv", b"damaged" * 9), (NAME, book), method=zipfile.ZIP_STORED).replace(
        b"damageddamaged", b"damagedDAMAGED", 1
    )
    reading = read_message(build.mail(("z.zip", data, "application/zip"), sender=SENDER), catalogue)
    assert [(f.code, f.place.file) for f in reading.findings] == [(Code.FILE_UNREADABLE, "z.zip › a.csv")]
    assert (reading.outcome, len(reading.answers)) == (Outcome.ACCEPTED, 28)


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("ว่าง.zip", zipped(), "ไม่มีไฟล์อยู่ข้างใน"),
        ("ว่าง.zip", zipped(("แฟ้ม/", b"")), "ไม่มีไฟล์อยู่ข้างใน"),
        ("เสีย.zip", zipped(("a.csv", b"x" * 99))[:-30], "เสียหาย"),
        ("winmail.dat", winmail(), "ไม่มีไฟล์แนบ"),
        ("เปล่า.eml", letter(), "อีเมลที่แนบมา"),
    ],
    # By name: a test called after bytes that hold the time is another one in each worker.
    ids=["empty zip", "folder", "broken zip", "winmail.dat", "empty mail"],
)
def test_a_container_without_anything_is_said_to_be_so(build, catalogue, name, data, word):
    reading = read_message(build.mail((name, data, "application/octet-stream"), sender=SENDER), catalogue)
    # An attached mail is called by its subject.
    said = [f for f in reading.findings if f.place.file in (name, "w100.eml")]
    assert [word in f.message for f in said] == [True] or not reading.files
    assert reading.findings


@pytest.mark.parametrize(("start", "ending"), [(b"Rar!\x1a\x07\x01\0", ".rar"), (b"7z\xbc\xaf\x27\x1c\0\4", ".7z")])
def test_archives_that_cannot_be_opened_are_called_by_their_name(build, catalogue, start, ending):
    reading = read_message(build.mail(("งาน", start + b"x" * 40, "application/x"), sender=SENDER), catalogue)
    assert codes(reading) == ["file-format"]
    assert ending in reading.findings[0].message


def test_a_letter_of_ours_coming_back_in_an_archive_is_nobodys_answer(build, catalogue, book):
    own = letter((NAME, book), headers=[("X-Ruam-Kind", "request")])
    reading = read_message(
        build.mail(("z.zip", zipped(("ของเดิม.eml", own)), "application/zip"), sender=SENDER), catalogue
    )
    assert (reading.answers, codes(reading)) == ((), ["form-not-found"])


def test_many_photographs_in_one_archive_are_one_thing_to_say(build, catalogue):
    album = zipped(*((f"{n}.png", PNG) for n in range(40)))
    reading = read_message(build.mail(("ภาพ.zip", album, "application/zip"), sender=SENDER), catalogue)
    assert codes(reading) == ["form-not-found"]
    assert len(reading.files) == 41


def test_an_archive_that_killed_a_process_is_barred_by_its_place(build, catalogue, book):
    """Among all files of the mail, those before it and in them included."""
    archive = ("z.zip", zipped(("a.png", PNG), ("b.png", PNG)), "application/zip")
    raw = build.mail(
        archive, ("ร้าย.zip", zipped(("x.xlsx", b"PK")), "application/zip"), (NAME, book, build.xlsx), sender=SENDER
    )
    reading = read_message(raw, catalogue, Terms(frozenset({3})))
    assert (len(reading.answers), codes(reading)) == (28, ["file-unreadable"])
    assert [f.name for f in reading.files if f.format == "unknown"] == ["ร้าย.zip"]


def test_several_forms_in_one_archive_add_up(build, catalogue):
    """One file for each organisation, all of the same name, each in its folder."""
    names = build.districts["เด่นชัย"]
    books = [(f"{n}/{NAME}", build.workbook(build.page([*build.head(), [1, n, *ALL]]))) for n in names]
    reading = read_message(build.mail(("z.zip", zipped(*books), "application/zip"), sender=SENDER), catalogue)
    assert (len(reading.answers), reading.outcome) == (28, Outcome.ACCEPTED)
    assert len({a.place.file for a in reading.answers}) == 7


def test_who_is_meant_can_be_said_from_outside(build, catalogue, book):
    """Circular and reporter given by whoever asks go before the mail's own signs."""
    raw = build.mail((NAME, book, build.xlsx), sender="who@freemail.example", subject="[w100]")
    reading = read_message(raw, catalogue, circular="w5827", reporter="denchai")
    assert (reading.circular, reading.reporter, reading.known, reading.outcome) == (
        "w5827",
        "denchai",
        True,
        Outcome.ACCEPTED,
    )


SEED = zipped(("a.csv", b"x,y\n1,2"), ("b.eml", letter((NAME, b"PK"))), ("winmail.dat", winmail((NAME, b"x"))))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([SEED, letter(("a.zip", SEED)), winmail(("a.zip", SEED))]),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=6)), max_size=8),
)
def test_unpacking_never_raises(data, changes):
    """Whatever the bytes; and there is always something to say something about."""
    for at, piece in changes:
        data = data[: at % len(data)] + piece + data[at % len(data) + len(piece) :]
    for member in unpack("x", data):
        assert dataclasses.astuple(member)[0].startswith("x")
    assert unpack("x", data)


def test_a_winmail_with_nothing_but_a_logo_is_no_file(build, catalogue):
    """Outlook wraps the picture of a signature, too; a file beside it is one all the same."""
    logo, form = ("image001.png", PNG), ("form.csv", b"a,b\n1,2\n")
    for files, told in (((logo,), []), ((logo, form), ["winmail.dat"])):
        raw = build.mail(("winmail.dat", winmail(*files), "application/ms-tnef"), sender=SENDER)
        assert [file.name for file in read_message(raw, catalogue).files][:1] == told
