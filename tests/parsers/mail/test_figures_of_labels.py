"""Days, ages and spans in the words of a question are no answers to it."""

import pytest

from parsers.form.naming import LOCAL
from parsers.mail.words.typed_answers import typed_answers
from parsers.organisations.type_words import words_of


@pytest.mark.parametrize(
    ("line", "label", "answer"),
    [
        ("นักท่องเที่ยวสะสมตั้งแต่ 1 ม.ค. 2568 (คน) : 45", "นักท่องเที่ยวสะสมตั้งแต่ 1 ม.ค. 2568 (คน)", "45"),
        ("รายได้ตั้งแต่ ๑ มกราคม ๒๕๖๘ = ๓๐๐", "รายได้ตั้งแต่ ๑ มกราคม ๒๕๖๘", "๓๐๐"),
        ("งบซ่อมปีงบประมาณ 2568 (บาท) : 324,000", "งบซ่อมปีงบประมาณ 2568 (บาท)", "324,000"),
        ("3. เด็กแรกเกิด 0-5 ปี (คน): 34", "เด็กแรกเกิด 0-5 ปี (คน)", "34"),
        ("ผู้สูงอายุ 60 ปีขึ้นไป 120 คน", "ผู้สูงอายุ 60 ปีขึ้นไป", "120 คน"),
        # Figures that are answers.
        ("ตรวจสระเมื่อ 5 ม.ค. 2568", "ตรวจสระเมื่อ", "5 ม.ค. 2568"),
        ("วันที่ตรวจ : 5 ม.ค. 2568", "วันที่ตรวจ", "5 ม.ค. 2568"),
        ("ใช้เวลาซ่อม 60 ปี", "ใช้เวลาซ่อม", "60 ปี"),
        ("มีสระ 5 แห่ง", "สระ", "5 แห่ง"),
    ],
)
def test_what_is_label_and_what_is_answer(line, label, answer):
    grid = typed_answers(f"อบต.สรอย\n{line}", words_of(LOCAL))
    assert [cell.text for cell in grid.cells.values()][2:] == [label, answer]
