"""Citizen numbers and log-in keys are hidden in every writing, what only looks like one is left, and time is linear."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.secrets.citizen_numbers import fits
from parsers.secrets.mask import HIDDEN, has_secret, mask_secrets

NUMBER = "1101700203450"  # nobody's, but its check digit fits
KEY = "aB3dE5gH7jK9mN1"
GROUPS = ("1", "1017", "00203", "45", "0")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
FULL_WIDTH = {**{48 + n: 0xFF10 + n for n in range(10)}, **{n: n + 0xFEE0 for n in (*range(65, 91), *range(97, 123))}}

NUMBER_WRITINGS = [
    NUMBER,
    NUMBER.translate(THAI),
    NUMBER.translate(FULL_WIDTH),
    "-".join(GROUPS),
    "-".join(GROUPS).translate(THAI),
    "\u2013".join(GROUPS),
    " ".join(GROUPS),
    "\u00a0".join(GROUPS),
    "  ".join(GROUPS),
    " - ".join(GROUPS),
    ".".join(GROUPS),
    "_".join(GROUPS),
    "/".join(GROUPS),
    " ".join(NUMBER),
    "-".join(NUMBER),
    "1-1017-0020-3450",
    "1 1017 0020 3450",
    "110-1700-203-450",
    "1101.7002.03450",
    "1101 7002 03450",
    "1101700\n203450",
    "1-1017-\r\n00203-45-0",
    "11017\u200b00203\u00ad450",
    "1%2D1017%2D00203%2D45%2D0",
]
KEY_WRITINGS = [
    KEY,
    KEY.translate(THAI),
    KEY.translate(FULL_WIDTH),
    "A1B2C3D4E5F6G7H",
    "7f3a9c1e5b8d2a4",
    "aB3dE-5gH7j-K9mN1",
    "aB3.dE5.gH7.jK9.mN1",
    "aB3 dE5 gH7 jK9 mN1",
    "aB3d-E5gH-7jK9-mN1",
    "aB3dE5gH\n7jK9mN1",
    "aB3dE5\u200bgH7jK9mN1",
]
AROUND = [
    "{}", "ผู้รายงาน{}ครับ", "_{}_", "-{}-", ".{}.", "({})", "“{}”", "เลข:{}/2567", "x={}&y=1", "https://a.go.th/{}/b",
    "https://a.go.th/?q={}", 'data-x="{}"', "สำเนา_{}.xlsx", "ก,{},ข", "#{}", "→{}←", "\n{}\n", "<b>{}</b>",
]  # fmt: skip


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("said", [*NUMBER_WRITINGS, *KEY_WRITINGS])
def test_every_writing_is_hidden_whatever_stands_beside_it(said, around):
    masked = mask_secrets(around.format(said))
    assert HIDDEN in masked
    assert mask_secrets(masked) == masked
    kept = masked.replace(HIDDEN, "")
    assert sum(c.isdecimal() for c in kept) <= sum(c.isdecimal() for c in around)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("เลขประจำตัวประชาชน 1234567890123", "เลขประจำตัวประชาชน [ปกปิด]"),
        ("บัตรประชาชนเลขที่ 1 234 5678 90123", "บัตรประชาชนเลขที่ [ปกปิด]"),
        ("เลข 13 หลัก: 1 2345 67890 12 3", "เลข 13 หลัก: [ปกปิด]"),
        ("1-1017-00203-45-9 (พิมพ์ผิดหนึ่งหลัก)", "[ปกปิด] (พิมพ์ผิดหนึ่งหลัก)"),
        ("Token Key: ABCDEFGHIJKLMNO", "Token Key: [ปกปิด]"),
        ("token=123456789012345", "token=[ปกปิด]"),
        ("key: abcdefghijklmno", "key: [ปกปิด]"),
        ("รหัส aB3dE5g H7jK9mN1", "รหัส [ปกปิด]"),
        ("โทเค็น aB3dE5gH7jK9mN1 หมดอายุ", "โทเค็น [ปกปิด] หมดอายุ"),
    ],
)
def test_words_before_say_what_digits_and_letters_are(text, masked):
    assert mask_secrets(text) == masked


ORDINARY = [
    "โทร. ๐ ๒๒๔๑ ๙๐๐๐ ต่อ ๒๓๒๒, 0812345678, 0-5453-4119 ต่อ ๑๐๔, +66 5453 4119",
    "เลขที่ มท ๐๘๑๐.๗/ว ๕๘๒๗ ลงวันที่ ๑๒ พฤศจิกายน ๒๕๖๗, พร ๐๐๒๓.๑/ว ๓๘๓๙",
    "งบ 1,234,567,890,123 บาท 1234567890123.50 บาท 0.1101700203450",
    "responsibilities accomplishments report2567final 7440-001-0012/62 1234567890123",
    "saraban_02540101@dla.go.th 1101700203450@mail.example <aB3dE5gH7jK9mN1@mail.example>",
    "Form2567Phrae01 FORM2567PHRAE01 Report2567Final แบบรายงาน2567",
    "key accomplishments, keyword responsibilities",
    "FB_IMG_1732870000123.jpg Screenshot_1732870000123.png https://a.example/x?t=1732870000123",
    "ปี 2567 054 534119 โทรสาร 054 534120",
    "2567\n054534119",
    "1 12 3 45 6 7 8 90 1 2 3 4",
    "5 1200 4500 2567 10",
    "1 0 1 1 0 1 1 0 1 0 1 0 1",
    "5401001\n540020\n5401003\n540030",
    "a1b2c3d4e5f60718293a4b5c6d7e8f90 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "550e8400-e29b-41d4-a716-446655440000 GB29 NWBK 6016 1331 9268 19 978-616-123-456-7",
    "2024-11-29 16:30:00.123 20241129163000 1732870000.123 192.168.101.123",
    "https://click.example/ls/click?upn=u001.Xy3-aB3dE5gH7jK9mN1-Zq8wE2rT5yU7iO9pA3sD4fG6hJ&id=12345",
    "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNk/aB3dE5gH7jK9mN1/ZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3",
    "B28 IW28 SS28 ACO28 AMK28 AWG28 BGC28 BPY28",
    "LOS ANGELES CA11377HSM26000.00 WARRANT",
    "อบต.แม่ยม 5401 1200 350 2567 ราย",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_what_only_looks_like_one_stays(text):
    assert mask_secrets(text) == text
    assert not has_secret(text)


@given(st.integers(10**11, 9 * 10**11 - 1))
def test_every_number_with_its_check_digit_is_hidden_beside_thai_letters(twelve):
    number = next(f"{twelve}{digit}" for digit in range(10) if fits(f"{twelve}{digit}"))
    assert mask_secrets(f"นาย{number}ก") == f"นาย{HIDDEN}ก"


@given(st.text(alphabet="0123456789๐๑aBคก -._/@\n%31\u200b\u00ad=&:", max_size=200))
def test_hiding_twice_is_hiding_once_and_nothing_else_is_lost(text):
    masked = mask_secrets(text)
    assert mask_secrets(masked).count(HIDDEN) >= masked.count(HIDDEN)
    pieces = masked.split(HIDDEN)
    assert text.startswith(pieces[0])
    assert text.endswith(pieces[-1])


HOSTILE = [
    "1",
    "1 ",
    "1-",
    "\n1",
    "a1",
    "a1-",
    "aB3 ",
    " ",
    "-",
    "%31",
    "%",
    "@",
    "a@",
    "a.",
    "token ",
    "token:a ",
    "เลขบัตร1",
    "key=1.",
    "1234567\n",
    "\u200b",
    "A1B2C\n",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_cost_of_hostile_text_grows_with_its_length_alone(piece):
    def cost(size):
        text = piece * (size // len(piece))
        return min(_timed(text) for _ in range(3))

    assert cost(160_000) < 12 * max(cost(40_000), 0.002)  # four times the text; sixteen times would be its square


def _timed(text):
    begun = time.process_time()
    mask_secrets(text)
    return time.process_time() - begun
