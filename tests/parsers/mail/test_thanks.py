"""Bare thanks are known for what they are; whatever says one thing more is somebody's word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.words.thanks import says_thanks

NAMES = ("สมศรี ใจดี", "อำเภอลอง")
BARE = [
    "ขอบคุณครับ",
    "ขอบคุณค่ะ",
    "ขอบคุณมาก ๆ ครับ 🙏",
    "รับทราบ",
    "รับทราบครับผม",
    "รับทราบค่ะ ขอบคุณค่ะ",
    "ทราบแล้วครับ ขอบคุณครับ",
    "ได้รับแล้วครับ",
    "ได้รับเรียบร้อยแล้วค่ะ",
    "ได้รับรายงานแล้วครับ ขอบคุณครับ",
    "ได้รับรายงานแก้ไขเพิ่มเติมแล้ว ขอบคุณครับ",
    "เรียน ท้องถิ่นจังหวัดแพร่\n\nรับทราบ\n\nขอแสดงความนับถือ\nสมศรี ใจดี\nนักวิชาการคอมพิวเตอร์\nโทร. 054-534119",
    "สวัสดีค่ะ\nขอบพระคุณเป็นอย่างสูงค่ะ",
    "ขอบคุณครับ\n\nส่งจาก iPhone ของฉัน",
    "Thank you very much.",
    "OK ครับ",
    "Noted, thanks",
    "ขอบคุณครับ\n----------\nนายสมชาย ใจดี\nปลัดอำเภอ",
    "ขอบคุณค่ะ\nสมศรี ใจดี",
    "ขอบคุณที่แจ้งให้ทราบครับ",
    "Noted with thanks krub.",
    "Thanks a lot",
    "ขอบคุณค่ะ\n\nที่ทำการปกครองอำเภอเด่นชัย",
    "ขอบคุณครับ\nกรมการปกครอง\nโทรศัพท์ ๐ ๕๔๕๑ ๑๑๑๑ ต่อ ๑๒",
    "รับทราบครับ\n\nFacebook | Line",
    "ครับผม",
    "ขอบคุณพี่ๆ จังหวัดมากนะคะ",
]
MORE = [
    "",
    "สวัสดีครับ",
    "ขอบคุณครับ แต่ อบต.ไทรย้อย ต้องเป็น ✗",
    "ขอบคุณครับ\nขอยกเลิกรายงานเมื่อเช้า",
    "รับทราบ จะส่งใหม่พรุ่งนี้",
    "ขอบคุณสำหรับคำถาม",
    "ได้รับแล้วหรือยังครับ",
    "ได้รับแล้วยัง",
    "ได้รับรายงานแล้ว ขอให้แก้ไข",
    "ยังไม่ได้รับรายงานแก้ไขเพิ่มเติม",
    "ยังไม่ได้รับครับ",
    "รับทราบครับ ส่งเป็น PDF ได้ไหม",
    "ไม่ทราบ",
    "ขอบคุณ\nสมหญิง ดีใจ ขอเปลี่ยนอีเมลเป็น new@x.example",
    "ขอบคุณครับ ขอขยายเวลา 3 วัน",
    "ขอบคุณครับ 12",
    "รบกวนด้วยครับ",
    "ขอบคุณครับ\nE-mail: new@x.example",
    "Thanks.\nWebsite shows error 500",
    "ขอบคุณ\nTelephone is out of order",
    "โอเคไหม",
    "ขอบคุณ?\nเรียบร้อยไหม",
    "somchai would like to recall the message",
    "รับทราบ\nเรื่อง ขอยกเลิกรายงาน",
    "สวัสดีครับ ขอยกเลิกรายงาน\nขอบคุณครับ",
    "เรียน ท้องถิ่นจังหวัด ขอยกเลิกรายงาน\nขอบคุณครับ",
    "อำเภอลอง ขอยกเลิกรายงาน\nขอบคุณครับ",
    "งานนี้ตัวเลขผิด\nขอบคุณ",
    "ขอบคุณครับ\n(ยังไม่ครบ)",
]


@pytest.mark.parametrize("text", BARE)
def test_bare_thanks_are_known(text):
    """With greeting, courtesy, signature and what a telephone adds."""
    assert says_thanks(text, NAMES)


@pytest.mark.parametrize("text", MORE)
def test_a_text_that_says_anything_else_is_none(text):
    assert not says_thanks(text, NAMES)


@given(
    st.sampled_from(BARE),
    st.sampled_from(["ขอยกเลิกรายงาน", "ทต.เด่นชัย ผิดครับ", "ส่งใหม่ได้ไหม", "แจ้งเปลี่ยนอีเมลค่ะ", "please recall", "?"]),
    st.booleans(),
)
def test_one_line_more_makes_it_none(text, line, before):
    assert not says_thanks(f"{line}\n{text}" if before else f"{text}\n{line}", NAMES)


@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text):
    assert says_thanks(text) in (True, False)


def test_words_in_endless_repetition_are_judged_at_once():
    began = time.process_time()
    for piece in ("ขอบคุณ", "นะ", "ok", " ", "(", "ทราบแล้ว"):
        says_thanks((piece * 600)[:600] + "ก", (piece,) * 50)
        says_thanks("\n".join([(piece * 20)[:150]] * 4) + "ก")
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("ขอบพระคุณมากค่ะ ที่ช่วยเตือน\nน.ส.รัตนา ปัญญาดี\n054-541-xxx ต่อ 12 / ไลน์ rattana.sm", True),
        ("รับทราบ จะดำเนินการให้ทันตามกำหนด\nโทรศัพท์ 0 5453 2321 โทรสาร 0 5453 2322", True),
        ("ขอบคุณมากครับ ที่ให้เวลาเพิ่ม", True),
        ("ได้รับไฟล์แล้วครับ ขอบคุนคับ", True),
        ("ขอบคุณครับ\n412", False),  # may be an answer
        ("รับทราบ\n12 / 34", False),
        ("รับทราบ แต่ขอเวลาเพิ่ม", False),
        ("ขอบคุณครับ\n054-541999 ต่อ 12 ส่งใหม่", False),
    ],
)
def test_thanks_with_what_they_are_for_and_how_the_writer_is_reached(text, thanks):
    assert says_thanks(text) is thanks
