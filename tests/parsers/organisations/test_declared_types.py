"""Rosters of other kinds: schools and nurseries, health stations, villages, provinces, offices of districts."""

import pytest

from parsers.circulars.words_of_taking_back import taken_back_in_words
from parsers.form.naming import LOCAL, Naming, OrganisationType
from parsers.formats.text import typed_table
from parsers.grid import CellKind
from parsers.mail.words.prose_corrections import corrections
from parsers.organisations.register import Hints, Register
from parsers.organisations.type_words import naming_of, words_of
from parsers.reading import Organisation

SCHOOL = OrganisationType("รร.", "โรงเรียน", ("ร.ร.",), "ผู้อำนวยการ")
NURSERY = OrganisationType("ศพด.", "ศูนย์พัฒนาเด็กเล็ก", (), "หัวหน้า")
STATION = OrganisationType("รพ.สต.", "โรงพยาบาลส่งเสริมสุขภาพตำบล", ("สถานีอนามัย",))
VILLAGE = OrganisationType("ม.", "หมู่ที่", ("หมู่",))
PROVINCE = OrganisationType("จังหวัด", "", ("จ.", "จว."))
OFFICE = OrganisationType("กษอ.", "สำนักงานเกษตรอำเภอ", ("สนง.เกษตร อ.", "เกษตรอำเภอ"))


def roster(*named, district="ลอง"):
    """A register and its naming; each named is (type, short name, official name)."""
    organisations = [
        Organisation(str(at), type_.short, official, short, district)
        for at, (type_, short, official) in enumerate(named, 1)
    ]
    types = tuple(dict.fromkeys(type_ for type_, *_ in named))
    naming = naming_of(types, [(o.type, o.short_name, o.official_name) for o in organisations], "แพร่")
    return Register(organisations, naming), words_of(naming)


SCHOOLS = roster(
    (SCHOOL, "รร.บ้านปิน", "โรงเรียนบ้านปิน"),
    (SCHOOL, "รร.ห้วยอ้อวิทยาคม", "โรงเรียนห้วยอ้อวิทยาคม"),
    (NURSERY, "ศพด.บ้านปิน", "ศูนย์พัฒนาเด็กเล็กบ้านปิน"),
    (NURSERY, "ศพด.แม่ปาน", "ศูนย์พัฒนาเด็กเล็กแม่ปาน"),
)
STATIONS = roster(
    (STATION, "รพ.สต.ทุ่งแล้ง", "โรงพยาบาลส่งเสริมสุขภาพตำบลทุ่งแล้ง"),
    (STATION, "รพ.สต.ต้าผามอก", "โรงพยาบาลส่งเสริมสุขภาพตำบลต้าผามอก"),
)
VILLAGES = roster((VILLAGE, "ม.1", "หมู่ที่ 1"), (VILLAGE, "ม.12", "หมู่ที่ 12"))
PROVINCES = roster(
    *((PROVINCE, name, name) for name in ("แพร่", "น่าน", "จันทบุรี", "แม่ฮ่องสอน", "พระนครศรีอยุธยา")), district="ประเทศ"
)
OFFICES = roster((OFFICE, "กษอ.ลอง", "สำนักงานเกษตรอำเภอลอง"), (OFFICE, "กษอ.สอง", "สำนักงานเกษตรอำเภอสอง"))


@pytest.mark.parametrize(
    ("kind", "text", "how", "codes"),
    [
        *((SCHOOLS, text, "exact", "1") for text in ("โรงเรียนบ้านปิน", "รร.บ้านปิน", "ร.ร. บ้านปิน", "๑. โรงเรียน บ้านปิน", "ผู้อำนวยการโรงเรียนบ้านปิน")),
        *((SCHOOLS, text, "exact", "1") for text in ("โรงเรียนบ้านปิน อ.ลอง จ.แพร่", "บ้านปิน (โรงเรียน)", "โรงเรียนบ้านปิน โทร. 054 000 000")),
        (SCHOOLS, "ศพด.บ้านปิน", "exact", "3"),
        (SCHOOLS, "ศูนย์พัฒนาเด็กเล็กแม่ปาน", "exact", "4"),
        (SCHOOLS, "แม่ปาน", "exact", "4"),
        (SCHOOLS, "บ้านปิน", "ambiguous", "13"),
        (SCHOOLS, "โรงเรียนแม่ปาน", "unknown", ""),
        (SCHOOLS, "โรงเรียนห้วยอ้อวิทยา", "unknown", "2"),
        (SCHOOLS, "โรงเรียนบ้านปิน จังหวัดน่าน", "unknown", ""),
        (SCHOOLS, "โรงเรียน", "none", ""),
        (SCHOOLS, "อำเภอลอง", "none", ""),
        (SCHOOLS, "โรงเรียนบ้านปิน และ ศพด.แม่ปาน", "several", "14"),
        *((STATIONS, text, "exact", "1") for text in ("รพ.สต.ทุ่งแล้ง", "รพสต ทุ่งแล้ง", "รพ. สต. ทุ่งแล้ง", "สถานีอนามัยทุ่งแล้ง", "ทุ่งแล้ง")),
        (STATIONS, "โรงพยาบาลส่งเสริมสุขภาพตำบล ต้าผามอก ต.ต้าผามอก อ.ลอง", "exact", "2"),
        *((VILLAGES, text, "exact", "1") for text in ("หมู่ที่ 1", "หมู่ ๑", "ม.1", "ม. 1", "หมู่ที่1")),
        (VILLAGES, "หมู่ 12", "exact", "2"),
        (VILLAGES, "หมู่ที่ 2", "none", ""),
        *((PROVINCES, text, "exact", "1") for text in ("แพร่", "จังหวัดแพร่", "จ.แพร่", "จว.แพร่", "1. จังหวัด แพร่")),
        *((PROVINCES, text, "exact", "3") for text in ("จันทบุรี", "จ.จันทบุรี", "จังหวัดจันทบุรี")),
        (PROVINCES, "จังหวัดพระนครศรีอยุทธยา", "unknown", "5"),
        (PROVINCES, "จังหวัดเลย", "unknown", ""),
        *((PROVINCES, text, "guessed", "3") for text in ("จงั หวดั จนั ทบรุี", "จงหวดจนทบร")),  # a PDF moved or lost marks
        (PROVINCES, "จงหวดแพร", "guessed", "1"),
        (SCHOOLS, "โรงเรยี นบา้ นปิน", "guessed", "1"),
        *((OFFICES, text, "exact", "1") for text in ("สำนักงานเกษตรอำเภอลอง", "สนง.เกษตร อ.ลอง", "เกษตรอำเภอลอง", "กษอ.ลอง", "ลอง")),
    ],
)  # fmt: skip
def test_whom_a_name_means(kind, text, how, codes):
    match = kind[0].resolve(text)
    assert (match.how, "".join(match.codes)) == (how, codes)


def test_a_bare_name_of_two_is_the_sender_s_own():
    assert SCHOOLS[0].resolve("บ้านปิน", Hints(own=frozenset({"3", "4"}))).codes == ("3",)
    assert SCHOOLS[0].resolve("บ้านปิน", Hints(type="โรงเรียน")).codes == ("1",)


@pytest.mark.parametrize(
    ("kind", "text", "is_name"),
    [
        *((SCHOOLS, text, True) for text in ("รร.บ้านปิน", "2) โรงเรียนห้วยอ้อวิทยาคม", "ผู้อำนวยการโรงเรียนบ้านปิน")),
        *((SCHOOLS, text, False) for text in ("โรงเรียน", "โรงเรียนขนาดเล็ก", "โรงเรียนที่มีน้ำดื่มสะอาด", "รร. (แห่ง)", "บ้านปิน", "อบต.แม่ยม")),
        *((VILLAGES, text, True) for text in ("หมู่ที่ 1", "ม.12")),
        *((VILLAGES, text, False) for text in ("หมู่ที่", "หมู่บ้าน", "หมู่ที่ 15")),
        *((PROVINCES, text, True) for text in ("แพร่", "จังหวัดน่าน", "จ.น่าน", "3. แม่ฮ่องสอน")),
        *((PROVINCES, text, False) for text in ("จังหวัด", "จังหวัดละ", "แพร่หลาย", "รวม")),
    ],
)  # fmt: skip
def test_what_is_surely_a_name(kind, text, is_name):
    assert kind[1].named(text) is is_name


def test_the_words_of_other_types_are_lines_as_those_of_our_own():
    words = SCHOOLS[1]
    assert words.sums_up("รวมโรงเรียน")
    assert words.sums_up("รวมโรงเรยีน")
    assert words.is_type_alone("โรงเรียน จำนวน 12 แห่ง")
    assert words.type_of("2. ศูนย์พัฒนาเด็กเล็ก") == "ศพด."
    assert words.is_head_of_office("ผู้อำนวยการโรงเรียนบ้านปิน")
    assert not words.is_head_of_office("นายก อบต.แม่ยม")
    assert words.names_within("แบบสำรวจของโรงเรียนบ้านปิน และโรงเรียนทุกแห่ง บรรทัดที่ 2") == ["โรงเรียนบ้านปิน"]
    assert "ชื่อโรงเรียน" in words.headings()


@pytest.mark.parametrize(
    ("kind", "line", "whom"),
    [
        (SCHOOLS, "ขอแก้ไข รร.บ้านปิน เป็น 12 คน", ("รร.บ้านปิน",)),
        (SCHOOLS, "โรงเรียนห้วยอ้อวิทยาคม ที่ถูกต้องคือ 40", ("โรงเรียนห้วยอ้อวิทยาคม",)),
        (PROVINCES, "แม่ฮ่องสอน ที่ถูกต้องคือ 40", ("แม่ฮ่องสอน",)),
        (SCHOOLS, "บรรทัดสุดท้ายกรอกตามที่โรงเรียนแจ้ง", None),
    ],
)
def test_words_that_correct_a_form_name_them_too(kind, line, whom):
    said = corrections(line, "", kind[1])
    assert [words.names for words in said] == ([whom] if whom else [])


def test_no_declared_type_is_the_country_s_own_words():
    assert words_of(Naming()) is words_of(LOCAL)


def test_a_note_about_one_school_takes_no_form_back():
    """As "ของ อบต.ห้วยไร่ ยังไม่ยืนยัน" speaks of one organisation alone, so does a school's."""
    _, names = SCHOOLS
    line = "ข้อมูลยังไม่ยืนยัน ของ โรงเรียนบ้านปิน"
    assert taken_back_in_words(line, names=names) == ""
    assert taken_back_in_words(line) == line
    assert taken_back_in_words("ข้อมูลยังไม่ได้รับการยืนยัน", names=names) == "ข้อมูลยังไม่ได้รับการยืนยัน"
    assert taken_back_in_words("ประกาศ ยังไม่ลงนาม", names=names) == ""
    assert taken_back_in_words("โรงเรียนบ้านปิน รอผู้อำนวยการลงนาม", names=names) == ""


def test_rows_of_a_typed_table_begin_with_the_first_name():
    """The heading is as wide as the lines above the first name, and a row that lost a part is in doubt."""
    _, names = SCHOOLS
    source = "โรงเรียน|นักเรียน|ครู|ห้อง\nโรงเรียนบ้านปิน|120|8\nโรงเรียนห้วยอ้อวิทยาคม|300|21"
    [grid] = typed_table.read_text(source, names).grids
    assert [grid.at(2, column).kind for column in (1, 2, 3)] == [CellKind.TEXT, CellKind.DOUBTFUL, CellKind.DOUBTFUL]
    [unknown] = typed_table.read_text(source).grids
    assert unknown.at(2, 2).kind is CellKind.TEXT
