"""Words of a heading that nobody explains are said, never dropped; words of every form are no news.

Which is which was written down before anything was run.
"""

import pytest

from parsers.answers.row_owners import Against, Names
from parsers.answers.rows import gather
from parsers.doubts.order_of_checks import Doubts
from parsers.findings import Code
from parsers.form.form import Form
from parsers.grid import Sheet
from parsers.tables.find import find_tables
from parsers.tables.model import Found

FIGURES = Form.model_validate(
    {
        "title": "แบบรายงานเบี้ยยังชีพผู้สูงอายุ ประจำปีงบประมาณ พ.ศ. 2568",
        "question": [
            {
                "key": "people",
                "kind": "integer",
                "label": "จำนวนประชากร (คน)",
                "aliases": ["จำนวนประชากร"],
                "unit": "คน",
            },
            {"key": "entitled", "kind": "integer", "label": "จำนวนผู้มีสิทธิ (คน)", "aliases": ["ผู้มีสิทธิ"]},
            {"key": "paid", "kind": "money", "label": "เบิกจ่ายแล้ว", "group": "งบประมาณ (บาท)"},
            {"key": "waste", "kind": "decimal", "label": "ปริมาณขยะ (ตัน/วัน)", "aliases": ["ปริมาณขยะ"], "unit": "ตัน/วัน"},
            {"key": "posted", "kind": "tick", "label": "ลงข้อมูลในระบบ"},
        ],
    }
)
PLAIN = {
    "people": "จำนวนประชากร (คน)",
    "entitled": "จำนวนผู้มีสิทธิ (คน)",
    "paid": "งบประมาณเบิกจ่ายแล้ว (บาท)",
    "waste": "ปริมาณขยะ (ตัน/วัน)",
    "posted": "ลงข้อมูลในระบบ",
}
SAID = {
    "people": ["จำนวนประชากรแฝง (คน)", "จำนวนประชากรชาย (คน)", "จำนวนประชากรต่างด้าว (คน)", "จำนวนประชากรวัยเรียน", "จำนวนประชากร (คน) หญิง"],
    "entitled": ["จำนวนผู้มีสิทธิรายใหม่ (คน)", "จำนวนผู้มีสิทธิเฉพาะผู้พิการ (คน)", "จำนวนผู้มีสิทธิที่เสียชีวิต (คน)", "จำนวนผู้มีสิทธิเพิ่มขึ้น (คน)"],
    "paid": ["งบประมาณเบิกจ่ายแล้วสะสม", "เบิกจ่ายแล้วจากเงินกู้"],
    "waste": ["ปริมาณขยะอินทรีย์ (ตัน/วัน)", "ปริมาณขยะติดเชื้อ (ตัน/วัน)"],
}  # fmt: skip
USUAL = {
    "people": [
        *("จำนวนประชากรทั้งหมด (คน)", "จำนวนประชากรในพื้นที่ (คน)", "จำนวนประชากร ณ ปัจจุบัน (คน)", "จำนวนประชากรตามทะเบียนราษฎร (คน)"),
        *("จำนวนประชากรทั้งสิ้นของ อปท. (คน)", "1. จำนวนประชากร (คน)", "จำนวนประชากรในเขตเทศบาล", "ข้อมูลจำนวนประชากรล่าสุด", "จำนวนประชากร"),
        *("โปรดระบุจำนวนประชากร (คน)", "จำนวนประชากรรวม (คน)", "จำนวนประชากร หน่วย : คน", "จำนวนประชากร (คน) ไม่ต้องใส่หน่วย", "จำนวนประชากรจริง"),
    ],
    "entitled": ["จำนวนผู้มีสิทธิ ปี 2568 (คน)", "จำนวนผู้มีสิทธิประจำเดือนตุลาคม 2567 (คน)", "จำนวนผู้มีสิทธิได้รับเบี้ยยังชีพ (คน)"],
    "paid": ["งบประมาณเบิกจ่ายแล้ว (บาท)", "เบิกจ่ายแล้วจำนวนเงิน", "จำนวนเงินที่เบิกจ่ายแล้วทั้งสิ้น"],
    "waste": ["ปริมาณขยะต่อวัน (ตัน)", "ปริมาณขยะทั้งหมดในแต่ละวัน", "ปริมาณขยะ (ตัน/วัน) ทศนิยม 2 ตำแหน่ง"],
    "posted": ["ลงข้อมูลในระบบสารสนเทศเรียบร้อยแล้ว", "ลงข้อมูลในระบบของกรม"],
}  # fmt: skip


def table_of(key, heading, build):
    heads = [heading if each == key else text for each, text in PLAIN.items()]
    rows = [["ที่", "อปท.", *heads], [1, "ทต.แม่จั๊วะ", 10, 20, 30, 4, "✓"]]
    return find_tables(build.page(rows).grid(), FIGURES)[0]


@pytest.mark.parametrize(("key", "heading"), [(key, each) for key, texts in SAID.items() for each in texts])
def test_words_that_nobody_explains_are_said(key, heading, build):
    table = table_of(key, heading, build)
    assert [(doubt.code, doubt.key, doubt.shown) for doubt in Doubts(table, table.readings).columns] == [
        (Code.COLUMN_GUESSED, key, heading)
    ]


@pytest.mark.parametrize(("key", "heading"), [(key, each) for key, texts in USUAL.items() for each in texts])
def test_words_of_every_form_are_not(key, heading, build):
    table = table_of(key, heading, build)
    assert key in table.columns
    assert Doubts(table, table.readings).columns == []


def test_a_guessed_column_is_recorded_and_said_once(build, catalogue):
    table = table_of("people", SAID["people"][0], build)
    sheet = Sheet("a.xlsx", (0, 0), table.grid)
    names = Names(catalogue)
    out = gather([Found(sheet, table)], names, Against(FIGURES, None, (), None))
    assert [(found.code, found.place.cell, found.question) for _, found in out.findings] == [
        ("column-guessed", "C1", "people")
    ]
    assert [entry.reading.value for entry in out.entries if entry.question.key == "people"] == ["10"]
