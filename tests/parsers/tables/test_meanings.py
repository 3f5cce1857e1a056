"""No word of a heading is dropped that makes its column another one: not done, planned, aimed at, expected, of before, a share."""

import pytest

from parsers.form.form import Form
from parsers.tables.find import find_tables
from parsers.tables.headings import Headings
from parsers.tables.meanings import Meaning, meanings_of, years_of
from parsers.tables.model import Split

FIGURES = Form.model_validate(
    {
        "title": "แบบรายงานเบี้ยยังชีพ ประจำปีงบประมาณ พ.ศ. 2568",
        "question": [
            {"key": "people", "kind": "integer", "label": "จำนวนผู้มีสิทธิ (คน)"},
            {"key": "paid", "kind": "integer", "label": "จำนวนที่จ่ายจริง (คน)"},
            {"key": "share", "kind": "percent", "label": "ร้อยละของครัวเรือนที่คัดแยกขยะ"},
            {"key": "money", "kind": "money", "group": "งบประมาณ", "label": "ที่ได้รับจัดสรร"},
            {"key": "left", "kind": "integer", "label": "จำนวนที่ยังไม่ได้รับ (คน)"},
            {"key": "day", "kind": "date", "label": "วันที่สำรวจ"},
            {"key": "way", "kind": "text", "label": "วิธีกำจัด"},
        ],
    }
)
HEADINGS = Headings(FIGURES)
ANOTHER = {
    "denial": ["จำนวนที่ยังไม่ได้จ่ายจริง (คน)", "ร้อยละของครัวเรือนที่ไม่คัดแยกขยะ", "จำนวนผู้ไม่มีสิทธิ (คน)"],
    "plan": ["แผนจำนวนที่จ่ายจริง (คน)", "จำนวนที่จ่ายจริงตามแผน (คน)"],
    "target": ["เป้าหมายร้อยละของครัวเรือนที่คัดแยกขยะ", "จำนวนผู้มีสิทธิ (เป้าหมาย)"],
    "expected": ["คาดว่าจำนวนที่จ่ายจริง (คน)", "วันที่จะสำรวจ"],
    "previous year": ["จำนวนผู้มีสิทธิ ปีก่อน (คน)", "จำนวนผู้มีสิทธิ ปี 2567 (คน)", "จำนวนผู้มีสิทธิปีที่แล้ว (คน)", "วิธีกำจัดเดิม"],
    "share of": ["ร้อยละของจำนวนผู้มีสิทธิ", "สัดส่วนจำนวนที่จ่ายจริง"],
    "mean": ["ที่ได้รับจัดสรร (เฉลี่ยต่อเดือน)"],
}
SAME = {
    "people": ["จำนวนผู้มีสิทธิ (คน)", "จำนวนผู้มีสิทธิ", "จำนวนผู้มีสิทธิ ปี 2568 (คน)", "จำนวนผู้มีสิทธิ (หากไม่มีให้ใส่ 0)", "จำนวนผู้มีสิทธิ (คน) ไม่ต้องใส่หน่วย"],
    "share": ["ร้อยละของครัวเรือนที่คัดแยกขยะ", "ร้อยละของครัวเรือนที่คัดแยกขยะ (ทศนิยมไม่เกิน 2 ตำแหน่ง)"],
    "left": ["จำนวนที่ยังไม่ได้รับ (คน)"],
    "day": ["วันที่สำรวจ"],
}  # fmt: skip


@pytest.mark.parametrize("heading", [each for headings in ANOTHER.values() for each in headings])
def test_a_heading_that_says_more_of_a_thing_is_another_column(heading):
    assert set(HEADINGS.fits([heading])) <= {"left"} if "ไม่ได้" in heading else not HEADINGS.fits([heading])


@pytest.mark.parametrize(("key", "heading"), [(key, each) for key, headings in SAME.items() for each in headings])
def test_a_heading_that_says_no_more_than_the_question_or_how_to_fill_it_in_is_its_own(key, heading):
    assert key in HEADINGS.fits([heading])


@pytest.mark.parametrize("group", ["แผนงบประมาณ", "งบประมาณปีก่อน", "ประมาณการงบประมาณ"])
def test_what_a_group_says_counts_for_every_column_under_it(group):
    assert not HEADINGS.fits([group, "ที่ได้รับจัดสรร"])


BLOCKS = ["ประกาศ ม.10", "ลงระบบ ม.10", "คำสั่ง ม.16", "ลงระบบ ม.16"]


@pytest.mark.parametrize(
    ("left", "right", "mine"),
    [
        ("ผลการดำเนินการ", "ผลปีก่อน", 0),
        ("แผนการดำเนินการ", "ผลการดำเนินการ", 1),
        ("เป้าหมาย", "ผลการดำเนินการ", 1),
    ],
)
@pytest.mark.parametrize("merged", [True, False])
def test_of_two_blocks_of_the_same_columns_the_one_that_is_asked_for_is_read(left, right, mine, merged, build, form):
    rows = [
        ["ที่", "อปท.", left, None, None, None, right],
        [None, None, *BLOCKS, *BLOCKS],
        [1, "ทต.บ้านปิน", "a", "b", "c", "d", "e", "f", "g", "h"],
    ]
    merges = [(1, 3, 1, 6), (1, 7, 1, 10)] if merged else []
    (table,) = find_tables(build.page(rows, merges).grid(), form)
    (row,) = table.rows
    read = "".join(cell.text for key, cell in row.cells.items() if row.split.get(key) is not Split.UNCLEAR)
    assert read == ("abcd", "efgh")[mine] if merged else set(read) <= set(("abcd", "efgh")[mine])


def test_meanings_are_told_from_words_that_hold_their_letters():
    for text in ("แผนที่", "แผนก", "เพิ่มเติม", "ไม่เกิน 5 คน", "หากไม่มีให้ใส่ 0", "ที่แล้วเสร็จ"):
        assert not meanings_of(text), text
    assert meanings_of("ร้อยละเฉลี่ยของปีก่อน") == {Meaning.SHARE, Meaning.MEAN, Meaning.BEFORE}
    assert years_of("ประจำปีงบประมาณ พ.ศ. ๒๕๖๗ มาตรา 2560") == {"2567"}
