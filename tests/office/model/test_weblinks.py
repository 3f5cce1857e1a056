"""Addresses of the web: which open, what is wrong with the others, and what is proposed instead."""

import time

import pytest

from bot.office.model.weblinks import fault_of, faults_in, web_address

OPEN = [
    "https://bit.ly/4fHYxIQ",
    "http://opdc.link/MTA2YTY",
    "HTTPS://CITLY.ME/QWctx",
    "https://www.info.go.th",
    "https://th.wikipedia.org/wiki/ประเทศไทย",
    "https://ไทย.ไทย/ประกาศ",
    "https://files.phrae.example:8443/a-b_c/?x=1&y=%20#top",
]
# As written, what is said of it, and how it is meant; nothing where nobody can tell.
WRONG = [
    ("https://bit.ly/๔fHYxIQ", "Thai digits", "https://bit.ly/4fHYxIQ"),
    ("https://bit.ly/٤fHYxIQ", "digits", "https://bit.ly/4fHYxIQ"),
    ("https://ｂｉｔ．ｌｙ／４fHYxIQ", "full-width", "https://bit.ly/4fHYxIQ"),
    ("https://bit.ly/4fHYxIＱ", "full-width", "https://bit.ly/4fHYxIQ"),
    ("https://bіt.ly/4fHYxIQ", "look like Latin", "https://bit.ly/4fHYxIQ"),  # Cyrillic і
    ("https://bit.ly/4fΗΥxIQ", "look like Latin", "https://bit.ly/4fHYxIQ"),  # Greek Η and Υ
    ("https://a–b.example/x", "look like Latin", "https://a-b.example/x"),
    ("https://bit.ly/ 4fHYxIQ", "blank", "https://bit.ly/4fHYxIQ"),
    ("https://bit.ly/4fH\u200bYxIQ", "blank", "https://bit.ly/4fHYxIQ"),
    ("bit.ly/4fHYxIQ", "no https://", "https://bit.ly/4fHYxIQ"),
    ("https//bit.ly/4fHYxIQ", "no https://", "https://bit.ly/4fHYxIQ"),
    ("http:/opdc.link/MTA2YTY", "no https://", "http://opdc.link/MTA2YTY"),
    ("https://bit.ly/4fHYxIQ.", "not part of it", "https://bit.ly/4fHYxIQ"),
    ("https://bit.ly/4fHYxIQฯ", "not part of it", "https://bit.ly/4fHYxIQ"),
    ("https://bit.ly/4fHYxIQๆ", "not part of it", "https://bit.ly/4fHYxIQ"),
    ("https://bit.ly/4fHYxIQครับ", "Thai letters", "https://bit.ly/4fHYxIQ"),
    ("https://www.info.go.thให้แล้วเสร็จ", "Thai letters", "https://www.info.go.th"),
    ("https://bit.ly/4fHแxIQ", "Thai letters", ""),
    ("https://bit.ly/é", "é", ""),
    ("https://clerk@evil.example/x", "@", ""),
    ("ftp://bit.ly/4fHYxIQ", "no https://", ""),
    ("javascript:alert(1)", "no host", ""),
    ("https://", "no host", ""),
    ("https://bit", "no host", ""),
    ("https://-a.example/", "no host", ""),
]


@pytest.mark.parametrize("address", OPEN)
def test_an_address_that_opens_is_left_alone(address):
    assert fault_of(address) is None
    assert web_address(address) == address
    assert faults_in(f"ดู {address} และ ({address}).") == []


@pytest.mark.parametrize(("address", "said", "mended"), WRONG)
def test_what_is_wrong_is_said_with_the_mended_form(address, said, mended):
    fault = fault_of(address)
    assert said in str(fault)
    assert fault.mended == mended
    assert not mended or fault_of(mended) is None
    with pytest.raises(ValueError, match=f'write "{mended}"' if mended else "copy the address anew"):
        web_address(address)


def test_several_mistakes_of_one_address_are_said_together():
    fault = fault_of("bіt.ly/ ๔fHYxIQฯ")
    assert len(fault.reasons) == 5
    assert fault.mended == "https://bit.ly/4fHYxIQ"


@pytest.mark.parametrize(
    "text",
    [
        "เข้าสู่ระบบ www.info.go.th ให้แล้วเสร็จ (info.go.th)",
        "ส่งที่ dla0810_7@dla.go.th ภายในวันที่ ๒๙/๑๑/๒๕๖๗",
        "ที่ มท ๐๘๑๐.๗/ว ๕๘๒๗ และ พร ๐๐๒๓.๑/๑๒๓๔ พ.ศ. ๒๕๖๕ ม.๑๐/ม.๑๖ น.ส.๓/ก",
        "ตัน/วัน และ/หรือ 74.42/73.85 w5827/x v1.2/beta",
    ],
)
def test_what_is_no_link_is_none(text):
    assert faults_in(text) == []


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("รายชื่อ <https://bit.ly/๔fHYxIQ>", ["https://bit.ly/4fHYxIQ"]),
        (
            "พิมพ์ว่า “bit.ly/๔fHYxIQ” และ http://opdc.link/MTA๒YTY.",
            ["https://bit.ly/4fHYxIQ", "http://opdc.link/MTA2YTY"],
        ),
        ("ดูที่bit.ly/4fHYxIQได้", ["https://bit.ly/4fHYxIQ"]),
        ("เข้าระบบwww.info.go.thให้แล้วเสร็จ", ["https://www.info.go.th"]),
        ("ระบบ infо.go.th ของ ก.พ.ร.", ["https://info.go.th"]),  # Cyrillic о
        ("ดู https:// bit.ly", [""]),
    ],
)
def test_links_are_found_in_thai_texts(text, mended):
    assert [fault.mended for fault in faults_in(text)] == mended


def test_a_long_text_costs_time_in_proportion():
    def seconds(size):
        began = time.process_time()
        for piece in ("a.", "://", "www.", "ก/", "๔/a.", "https://bit.ly/๔ "):
            faults_in(piece * size)
        return time.process_time() - began

    seconds(500)
    small, large = min(seconds(500) for _ in range(3)), min(seconds(4_000) for _ in range(3))
    assert large < 30 * small  # eight times the text; 64 were the square
