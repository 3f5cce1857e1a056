"""A cell told in plain words: which column, to what value; and nothing where two can be meant."""

import datetime

import pytest

from bot.office.model.bangkok_time import BANGKOK
from bot.office.wishes.cells_told import told_question, told_value
from bot.office.wishes.grammar import understand
from bot.office.wishes.lines import own_lines
from bot.office.wishes.names import people_in
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loosened, plain
from bot.office.wishes.told_plainly import told_plainly
from bot.office.wishes.wish import Verb
from tests.setup.shipped import bureau_at_work

BUREAU = bureau_at_work()
CIRCULAR = BUREAU.circulars["w5827"]
DAY = datetime.date(2024, 11, 21)
STAFF = Speaker(BUREAU, staff=True, now=datetime.datetime(2024, 11, 21, 12, 0, tzinfo=BANGKOK), circular="w5827")


def told(line):
    spans = people_in(loosened(line), BUREAU.roster).spans
    question = told_question(plain(line), spans, (CIRCULAR, "อบต."))
    return question and (question.key, told_value(plain(line), spans, (CIRCULAR, question), DAY))


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("ทต.ห้วยหม้าย คำสั่ง ม.16 ใส่ผิดค่ะ จริง ๆ ทำแล้ว", ("s16_ordered", True)),
        ("อบต.ต้าผามอก info.go.th ม.10 ยังไม่ได้ลงครับ ติ๊กเกินไป", ("s10_posted", False)),
        ("ทต.สวนเขื่อน ลงอินโฟ ม.16 แล้วค่ะ", ("s16_posted", True)),
        ("อบต.สรอย ประกาศ ม.10 ✓", ("s10_announced", True)),
        ("ทต.ช่อแฮ ประกาศ ม.10 ทำแล้วนะคะ ในตารางยังเป็น X อยู่เลย", ("s10_announced", True)),
        ("อบต.หัวฝาย คำสั่ง ม.16 ไม่ใช่ยังไม่ทำนะครับ เขาทำแล้ว", ("s16_ordered", True)),
        ("5827 อบต.แดนชุมพล คำสั่งม.๑๖ เป็น X นะ ไม่ใช่ /", ("s16_ordered", False)),
        ("ทต.เวียงต้า ช่องประกาศ ม.10 ว่างไว้ ขอเติมว่า มี ครับ", ("s10_announced", True)),
        ("ตามที่แจ้งว่า อบต.แม่ทราย ยังไม่ได้จัดทำคำสั่งตามมาตรา 16 นั้น ขอทักท้วง", ("s16_ordered", None)),
        # Both words of a section's columns stand there; what is not done, or named as a column, is the site's.
        ("อบต.หัวฝาย คำสั่ง ม.16 ยังไม่ได้ขึ้นเว็บค่ะ", ("s16_posted", False)),
        ("อบต.หัวฝาย ประกาศยังไม่ได้ลง info", ("s10_posted", False)),
        ("อบต.หัวฝาย ช่องเผยแพร่ของ ม.16 เป็น x", ("s16_posted", False)),
        ("อบต.หัวฝาย ยังไม่ได้ลงเว็บ", None),
        ("ประกาศ ม.10 : มี คำสั่ง ม.16 : ยัง", None),
        ("อบต.ดอนมูล ทำแล้วนะคะ", None),
        ("อบต.ห้วยไร่ ทำครบแล้วทั้งสี่ช่องค่ะ เพิ่งส่งรูปคำสั่งมาให้ดู", None),  # one of them would be half
        ("อบต.ห้วยไร่ คำสั่งทำแล้วทุกช่อง", None),
    ],
)
def test_a_cell_is_known_by_the_words_of_its_label_and_its_section(line, cell):
    assert told(line) == cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        (
            "ปลัด อบต.หัวฝาย แวะมาบอกว่าคำสั่ง ม.16 ทำแล้วแต่ยังไม่ได้ลง info.go.th แต่อำเภอติ๊กถูกมาให้ ช่วยเปลี่ยนเป็น X ที",
            ("s16_posted", False),
        ),
        ("อบต.หัวฝาย พิมพ์ผิดค่ะ ประกาศออกแล้วแต่ยังไม่ขึ้นเว็บ ที่เหลือถูกหมดแล้ว", ("s10_posted", False)),
        (
            "ช่างของ อบต.หัวฝาย เล่าเรื่องถนนขาดยาวเลย สรุปว่าดูผิดแถว ช่วยแก้ช่องเผยแพร่ของ ม.16 เป็นกากบาทให้ด้วยค่ะ",
            ("s16_posted", False),
        ),
        ("อบต.หัวฝาย ช่องเผยแพร่ของ ม.16 เป็น X ใช่ไหมคะ", None),
        ("ถ้า อบต.หัวฝาย ยังไม่ได้ลงเว็บ ช่องเผยแพร่ของ ม.16 เป็น X", None),
    ],
)
def test_a_cell_told_in_a_story(text, cell):
    understood = understand(text, "", STAFF)
    found = told_plainly(understood, own_lines(text), STAFF, {Verb.CORRECT}) or understood
    whole = found.wish if found.wish and found.plain and not found.wish.lacks else None
    assert (whole and (whole.question, whole.value)) == cell
