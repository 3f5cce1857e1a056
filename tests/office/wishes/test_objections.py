"""What a reporter says against what we hold or ask, and what is none of it."""

import pytest

from bot.office.wishes.objections import objects


@pytest.mark.parametrize(
    "line",
    [
        "ส่งไปตั้งแต่วันที่ 22 แล้วนะคะ ทำไมยังเตือนอีก",
        "ขอบคุณนะคะที่เตือนวันละสามรอบ ส่งไปตั้งแต่ศุกร์แล้วค่ะ",
        "ตัวเลขที่ตอบกลับมาไม่ตรงกับในไฟล์ที่เราส่งเลยครับ",
        "อบต.สะเอียบ ไม่ได้อยู่วังชิ้นค่ะ",
        "หนองม่วงไข่ไม่มีเรื่องค้างแล้วนี่คะ เช็คอีกทีสิ",
        "ในใบตอบรับมี ทม.แพร่ ติดมาด้วย ไม่เกี่ยวกับอำเภอครับ",
    ],
)
def test_an_objection(line):
    assert objects([line])


@pytest.mark.parametrize(
    "line",
    [
        "ขอบคุณค่ะ",
        "ขอแบบฟอร์มใหม่ค่ะ ไฟล์ไม่ตรงกับปีนี้",
        "ข้อมูลผิดอยู่ที่นึงครับ เดี๋ยวส่งไปใหม่",
        "ต้องส่งตัวจริงตามไปไหมคะ",
        "ส่งแล้วนะคะ",
        "น้ำท่วม ไม่ตรงเวลา " * 40,
    ],
)
def test_what_asks_thanks_or_tells_a_story_is_none(line):
    assert not objects([line])
