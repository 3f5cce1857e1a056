"""A cell told in plain words: which column, to what value; and nothing where two can be meant."""

import datetime

import pytest

from bot.office.wishes.cells_told import told_question, told_value
from bot.office.wishes.names import people_in
from bot.office.wishes.spelling import loosened, plain
from tests.setup.shipped import bureau_at_work

BUREAU = bureau_at_work()
CIRCULAR = BUREAU.circulars["w5827"]
DAY = datetime.date(2024, 11, 21)


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
        ("ประกาศ ม.10 : มี คำสั่ง ม.16 : ยัง", None),
        ("อบต.ดอนมูล ทำแล้วนะคะ", None),
        ("อบต.ห้วยไร่ ทำครบแล้วทั้งสี่ช่องค่ะ เพิ่งส่งรูปคำสั่งมาให้ดู", None),  # one of them would be half
        ("อบต.ห้วยไร่ คำสั่งทำแล้วทุกช่อง", None),
    ],
)
def test_a_cell_is_known_by_the_words_of_its_label_and_its_section(line, cell):
    assert told(line) == cell
