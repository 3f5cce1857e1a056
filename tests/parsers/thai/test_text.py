"""Thai text: spelling, digits, decoding, secrets."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parsers.thai.charsets import decode
from parsers.thai.text import ascii_digits, comparison_key, normalise, thai_digits, thai_share
from tests.laws.growth import LINEAR, exponent

NAMES = Path(__file__).parents[1] / "data" / "national_names.csv"
THAI = st.text(st.sampled_from("กงจนบมยรลวสหอฯๆ ะัาํำิีึืุูเแโใไ็่้๊๋์ฺ \n\u200b\u00a0\uf70a\uf710.-/0๑a"), max_size=30)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("นํา", "นำ"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("เเม่", "แม่"),
        ("ท่ี", "ที่"),
        ("จ๊ัวะ", "จั๊วะ"),
        ("แม่่", "แม่"),
        ("แม่\u200bยม\ufeff\u00ad\u200d", "แม่ยม"),
        ("แม่\u00a0\u2009ยม", "แม่ ยม"),
        ("แม\uf70aยม", "แม่ยม"),
        ("ญ\uf710\uf70f", "ญัญ"),
        ("ถ ึง", "ถึง"),
        ("ต่างๆนานา", "ต่าง ๆ นานา"),
        ("สถานะ ฯ จำนวน ฯลฯ", "สถานะฯ จำนวน ฯลฯ"),
        ("  ก \t ข\r\n\r\n\r\n\r\nค ", "ก ข\n\nค"),
        ("ก\x00\x07ข\ud800", "กข"),
    ],
)
def test_each_known_trouble_of_thai_spelling_is_put_right(typed, right):
    assert normalise(typed) == right


def test_every_official_name_in_the_country_stays_as_it_is():
    with NAMES.open(encoding="utf-8", newline="") as rows:
        words = {word for row in csv.DictReader(rows) for word in row.values()}
    assert len(words) > 15000
    assert [word for word in words if normalise(word) != word] == []


@given(st.text() | THAI)
@example("ํํา่")
@example("่ิ่ิ่")
def test_normalising_twice_is_normalising_once(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text() | THAI)
def test_a_key_is_blind_to_spelling_spaces_and_kind_of_digit(text):
    key = comparison_key(text)
    assert comparison_key(normalise(text)) == key
    assert " " not in key
    assert "ๆ" not in key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("อ.บ.ต. แม่ยม", "อบต แม่ยม"),
        ("มาตรา ๑๐", "มาตรา 10"),
        ("“ลงข้อมูลในระบบ info.go.th”", "ลงข้อมูลในระบบ\nINFO.GO.TH"),
        ("ทต./อบต.", "ทต อบต"),
        ("แบบรายงานฯ", "แบบรายงาน"),
        ("จํานวน", "จำนวน"),
    ],
)
def test_two_writings_of_the_same_thing_have_one_key(one, other):
    assert comparison_key(one) == comparison_key(other) != ""


def test_a_key_tells_decimals_and_fractions_apart_from_whole_numbers():
    assert len({comparison_key(text) for text in ("1.5", "15", "1/5")}) == 3


@given(st.text())
def test_digits_come_back_from_thai(text):
    assert ascii_digits(thai_digits(text)) == ascii_digits(text)


def test_digits_of_addresses_files_and_codes_stay_ascii():
    text = "มาตรา 10 ที่ https://bit.ly/4fHYxIQ dla0810_7@dla.go.th w5827.xlsx C7 โทร. 0-5453-4119"
    assert thai_digits(text) == "มาตรา ๑๐ ที่ https://bit.ly/4fHYxIQ dla0810_7@dla.go.th w5827.xlsx C7 โทร. ๐-๕๔๕๓-๔๑๑๙"


def test_the_share_of_thai_counts_letters_only():
    assert thai_share("") == thai_share("12 / -") == 0
    assert thai_share("แม่ยม 123") == 1
    assert 0.4 < thai_share("กขคง abcd") < 0.6


REPORT = "รายงานของ อบต.แม่ยม ๒๕๖๗ (OK)"


@pytest.mark.parametrize(
    "charset", ["tis-620", "TIS620", "iso-8859-11", "windows-874", "x-windows-874", "ms874", "874", "dos-874", "cp874"]
)
def test_every_thai_character_set_is_read_as_windows_874(charset):
    text = f"{REPORT} … • –"
    assert decode(text.encode("cp874"), charset) == text


@pytest.mark.parametrize(
    "charset", [None, "", "us-ascii", "iso-8859-1", "utf-8", "windows-1252", "no-such", "hex", "x\0y"]
)
@pytest.mark.parametrize("real", ["utf-8", "cp874"])
def test_a_missing_or_wrong_character_set_is_found_by_the_thai_in_it(charset, real):
    assert decode(REPORT.encode(real), charset) == REPORT


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("แบบ".encode("cp874"), None, "แบบ"),  # also valid UTF-8
        (REPORT.encode(), "tis-620", REPORT),
        (b"\xef\xbb\xbf" + REPORT.encode(), "tis-620", REPORT),
        (b"\xff\xfe" + REPORT.encode("utf-16-le"), None, REPORT),
        ("café".encode("latin-1"), "iso-8859-1", "café"),
        ("café ✓".encode(), "utf-8", "café ✓"),
        (REPORT.encode().decode("latin-1").encode(), "utf-8", REPORT),  # read as Latin once on the way
        ("รายงาน".encode("cp874").decode("cp1252").encode(), "utf-8", "รายงาน"),
        ("漢字".encode("gbk"), "gbk", "漢字"),
    ],
)
def test_bytes_are_read_as_what_makes_sense(data, charset, text):
    assert decode(data, charset) == text


@given(
    st.binary(),
    st.none() | st.text(max_size=12) | st.sampled_from(["tis-620", "utf-8", "utf-16", "utf-7", "idna", "rot13"]),
)
def test_decoding_never_raises(data, charset):
    assert isinstance(decode(data, charset), str)


@pytest.mark.parametrize("act", [normalise, comparison_key, thai_digits])
@pytest.mark.parametrize("piece", [" ", "1", "ํ", "่ ", "\n ", "a1."])
def test_long_hostile_text_takes_time_as_it_is_long(act, piece):
    for end in ("x", "ั"):
        assert exponent(act, lambda size, end=end: piece * size + end) < LINEAR


def test_a_lone_tick_in_utf8_is_no_thai_of_one_byte_per_letter():
    assert decode("1,1,✓".encode(), None) == "1,1,✓"
