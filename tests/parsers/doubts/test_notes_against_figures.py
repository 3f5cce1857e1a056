"""A note that says that figures are not those asked for has them asked; another note beside figures does not."""

import datetime
from dataclasses import replace

import pytest

from parsers.doubts.notes_against_figures import notes_against_figures
from parsers.form.form import Form
from parsers.tables.find import find_tables

PRINTED = {
    "title": "แบบสำรวจการคัดแยกขยะ ประจำปี พ.ศ. 2568",
    "question": [
        {"key": "houses", "kind": "integer", "label": "ครัวเรือนที่คัดแยก", "unit": "ครัวเรือน"},
        {"key": "tons", "kind": "decimal", "label": "ปริมาณขยะ (ตัน/วัน)", "unit": "ตัน/วัน"},
        {"key": "cost", "kind": "money", "label": "ค่าใช้จ่าย (บาท)", "unit": "บาท"},
    ],
}
FORM = Form.model_validate(PRINTED)
HEAD = ["ที่", "อปท.", "ครัวเรือนที่คัดแยก", "ปริมาณขยะ (ตัน/วัน)", "ค่าใช้จ่าย (บาท)", "หมายเหตุ"]
ALL = ["houses", "tons", "cost"]
NEAR = datetime.date(2025, 6, 16)


def doubted(rows, build, form=FORM):
    (table,) = find_tables(build.page(rows).grid(), form, NEAR)
    return [(doubt.row, doubt.key) for doubt in notes_against_figures(table, table.readings)]


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("ใช้ข้อมูลปี 2567 แทน", ALL),
        ("จำนวนครัวเรือนที่คัดแยกนับตั้งแต่ก่อตั้ง ไม่ใช่เฉพาะปีนี้", ["houses"]),
        ("ยอดครัวเรือนที่คัดแยกเป็นของทั้งตำบล ยังไม่ได้แยกส่วนของ อบต.", ["houses"]),
        ("ข้อมูลของปีที่แล้ว", ALL),
        ("ใช้ยอดเดิม", ALL),
        ("ใช้ตัวเลขปี 67 เพราะยังสำรวจไม่เสร็จ", ALL),
        ("ตัวเลขโดยประมาณ", ALL),
        ("ประมาณการไว้ก่อน", ALL),
        ("รอยืนยันจากกองคลัง", ALL),
        ("ยอดเบิกจ่ายยังไม่ได้ตรวจสอบ", ["cost"]),
        ("เป็นข้อมูลปีงบประมาณ 2567", ALL),  # a year's name is no money
        ("จำนวนครัวเรือนที่คัดแยก อยู่ระหว่างตรวจสอบ ขอส่งให้ภายหลัง", ["houses"]),
        ("ตัวเลขนี้ยังไม่ถูกต้อง รอ อบต. ยืนยัน", ALL),
        ("ครัวเรือนที่คัดแยกยังไม่รวมหมู่ที่ 3 และ 5", ["houses"]),
        ("ปริมาณขยะเป็นตัวเลขปี 2566 ปีนี้ยังชั่งไม่เสร็จ", ["tons"]),
        ("ครัวเรือนยังสำรวจไม่ครบทุกหมู่บ้าน", ["houses"]),
        ("ข้อมูลยังไม่ครบ ขาดอีก 2 หมู่บ้าน", ALL),
        ("ครัวเรือนที่คัดแยกอยู่ระหว่างตรวจนับใหม่", ["houses"]),
        ("ไม่แน่ใจค่าใช้จ่าย (บาท) รอฎีกา", ["cost"]),
        # Another figure of the very same thing.
        ("ครัวเรือนที่คัดแยก 240 ครัวเรือน", ["houses"]),
        ("จำนวนครัวเรือนที่คัดแยก ๒๔๐", ["houses"]),
        ("ครัวเรือนที่คัดแยก 210 ครัวเรือน", []),
        ("ครัวเรือนที่คัดแยกเพิ่มขึ้น 30 ครัวเรือน", []),
        ("ปี 2567 มีครัวเรือนที่คัดแยก 180", []),
        ("ยังไม่รวม หมู่ 3", ALL),
        ("ค่าใช้จ่ายเป็นพันบาท", ["cost"]),
        ("หน่วยเป็นกิโลกรัมต่อวัน", ["tons"]),
        ("ตัวเลขเงินเป็นพันบาท", ["cost"]),
        ("ขยะรวมของ ทต.เด่นชัย ด้วย", ["tons"]),
        ("รวมข้อมูลของ อบต.ไทรย้อย", ALL),
        # What says that they are, or says something else.
        ("ใช้ข้อมูลปี 2568", []),
        ("ข้อมูล ณ วันที่ 30 มิ.ย. 2568", []),
        ("เพิ่มขึ้นจากปี 2567", []),
        ("ครัวเรือนเพิ่มจากปีก่อน 20 หลัง", []),
        ("งบประมาณการศึกษา", []),
        ("หน่วยเป็นตัน/วัน", []),
        ("โอนงบประมาณเพิ่มเติม", []),
        ("รวมค่าน้ำมันแล้ว", []),
        ("ใช้บ่อขยะร่วมกับ ทต.เด่นชัย", []),
        ("ตรวจสอบแล้ว", []),
        ("ค่าใช้จ่ายไม่รวมภาษี", []),
        ("ครบทุกหมู่บ้าน", []),
        ("ขาดแคลนถังขยะ 2 หมู่บ้าน", []),
        ("คัดแยกเป็นตัวอย่าง 3 ปี", []),
    ],
)
def test_a_note_beside_the_row(note, asked, build):
    rows = [HEAD, [1, "ทต.แม่จั๊วะ", 210, 3.4, 5000, note], [2, "ทต.เด่นชัย", 80, 1.2, 700]]
    assert doubted(rows, build) == [(2, key) for key in asked]


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("หมายเหตุ ช่องครัวเรือนที่คัดแยกนับรวมครัวเรือนที่ทำปุ๋ยไว้แล้ว", ["houses"]),
        ("หมายเหตุ ช่องค่าใช้จ่ายเป็นยอดรวม 3 ปี (2566-2568) แยกรายปีไม่ได้", ["cost"]),
        ("ปริมาณขยะเป็นยอดสะสมย้อนหลัง 2 ปี", ["tons"]),
        ("ครัวเรือนที่คัดแยกเป็นข้อมูลปี 2566", ["houses"]),
        ("หมายเหตุ จำนวนครัวเรือนที่คัดแยกเป็นเป้าหมาย ยังทำไม่ครบ", ["houses"]),
        ("ปริมาณขยะ ไม่ใช่ตัวเลขที่ชั่งจริง", ["tons"]),
        ("จำนวนครัวเรือนที่คัดแยกเป็นแผน", ["houses"]),
        ("หมายเหตุ ค่าใช้จ่ายเป็นงบที่ตั้งไว้ ยังไม่ได้เบิกจริง", ["cost"]),
        ("ครัวเรือนที่คัดแยกยังไม่ได้ทำอย่างจริงจัง", []),
        ("ค่าใช้จ่ายเป็นแผนงานสาธารณสุข", []),
        ("หมายเหตุ กรอกครัวเรือนที่คัดแยกกับค่าใช้จ่ายสลับช่องกัน", ["houses", "cost"]),
        ("ช่องปริมาณขยะ กับช่องค่าใช้จ่าย พิมพ์สลับกัน", ["tons", "cost"]),
        ("เวรเก็บปริมาณขยะสลับกันทุกวัน", []),
        ("ครัวเรือนที่เป็นเป้าหมาย 30 หลัง", []),
        ("ค่าใช้จ่ายรวมภาษีแล้ว", []),
        ("ข้อมูล ณ วันที่ 25 มิถุนายน 2568", []),
        ("หมายเหตุ ค่าใช้จ่ายเบิกจากข้อบัญญัติ", []),
    ],
)
def test_a_line_below_that_names_a_column_is_of_all_its_figures(line, asked, build):
    rows = [HEAD[:-1], [1, "ทต.แม่จั๊วะ", 210, 3.4, 5000], [2, "ทต.เด่นชัย", 80, 1.2, 700], [], [line]]
    assert doubted(rows, build) == [(row, key) for row in (2, 3) for key in asked]


def test_the_forms_own_note_below_speaks_of_nothing_new(build):
    note = "ครัวเรือนที่คัดแยกนับรวมครัวเรือนที่ทำปุ๋ยไว้แล้ว"
    form = Form.model_validate({**PRINTED, "note": [note]})
    assert doubted([HEAD[:-1], [1, "ทต.แม่จั๊วะ", 210, 3.4, 5000], [], [f"หมายเหตุ {note}"]], build, form) == []


def test_a_line_below_that_says_whose_figures_one_counts_too_is_of_both(build):
    line = "หมายเหตุ อบต.สรอย รวมครัวเรือนที่คัดแยกของ อบต.นาพูน 2 ครัวเรือน"
    rows = [HEAD[:-1], [1, "อบต.สรอย", 9, 2, 30], [2, "อบต.นาพูน", 8, 2, 30], [3, "อบต.ป่าสัก", 5, 1, 9], [line]]
    assert doubted(rows, build) == [(2, "houses"), (3, "houses")]


def test_a_note_of_an_asterisk_speaks_of_the_figures_that_bear_it(build):
    note = ["** ครัวเรือนที่คัดแยกยังไม่รวมหมู่ที่ 3"]
    marked = [HEAD, [1, "อบต.สรอย", "9**", 2, 30], [2, "อบต.นาพูน", 8, 2, 30], note]
    assert doubted(marked, build) == []  # 9** is no figure, and asked for that
    assert doubted([HEAD, [1, "อบต.สรอย", 9, 2, 30], [2, "อบต.นาพูน", 8, 2, 30], note], build) == [
        (2, "houses"),
        (3, "houses"),
    ]


def test_the_label_beside_a_figure_is_no_note(build):
    labels = ["จำนวนครัวเรือน", "ประมาณการรายรับ (บาท)"]
    form = Form.model_validate(
        {
            "title": "แบบติดตามงบประมาณ",
            "question": [
                {"key": "houses", "kind": "integer", "label": labels[0]},
                {"key": "income", "kind": "money", "label": labels[1]},
            ],
        }
    )
    rows = [["ชื่อ อปท.", "อบต.สรอย"], [labels[0], 12], [labels[1], "71,296.00"]]
    assert doubted(rows, build, form) == []


def test_a_line_below_that_names_an_organisation(build):
    rows = [HEAD[:-1], [1, "ทต.แม่จั๊วะ", 210, 3.4, 5000], [2, "อบต.ไทรย้อย", 80, 1.2, 0], [], ["อบต.ไทรย้อย ใช้ข้อมูลปี 2566"]]
    assert doubted(rows, build) == [(3, "houses"), (3, "tons")]  # none is none in any year


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("210 รวม ทต.เด่นชัยแล้ว", ["houses"]),
        ("210 (รวมของ อบต.ไทรย้อย)", ["houses"]),
        ("210 (รวมทั้งหมด)", []),
        ("รวม 210", []),
    ],
)
def test_a_figure_that_counts_another_organisation_in(said, asked, build):
    rows = [HEAD, [1, "ทต.แม่จั๊วะ", said, 3.4, 5000], [2, "ทต.เด่นชัย", 80, 1.2, 700]]
    assert doubted(rows, build) == [(2, key) for key in asked]


@pytest.mark.parametrize("line", ["หมายเหตุ ข้อมูลของอบต.ไทรย้อยเป็นตัวเลขปี 2566", "อบต.ไทรย้อยใช้ข้อมูลปี 2566"])
def test_a_sentence_may_go_on_behind_a_name_without_a_blank(line, build):
    rows = [HEAD[:-1], [1, "ทต.แม่จั๊วะ", 210, 3.4, 5000], [2, "อบต.ไทรย้อย", 80, 1.2, 9], [], [line]]
    assert doubted(rows, build) == [(3, key) for key in ALL]


@pytest.mark.parametrize(
    ("behind", "asked"),
    [("(ข้อมูลปี 67)", ALL), ("[ประมาณการ]", ALL), ("(รอยืนยัน)", ALL), ("(ข้อมูลปี 2568)", []), ("(อำเภอเด่นชัย)", [])],
)
def test_what_stands_in_brackets_behind_a_name_is_a_note(behind, asked, build):
    rows = [HEAD, [1, "ทต.แม่จั๊วะ", 210, 3.4, 5000], [2, f"อบต.ไทรย้อย {behind}", 80, 1.2, 9]]
    assert doubted(rows, build) == [(3, key) for key in asked]


def test_where_the_form_names_no_year_the_day_of_the_circular_does(build):
    form = FORM.model_copy(update={"title": "แบบสำรวจการคัดแยกขยะ"})
    rows = [HEAD, [1, "ทต.แม่จั๊วะ", 210, 3.4, 5000, "ใช้ข้อมูลปี 2568"], [2, "ทต.เด่นชัย", 8, 1.2, 700, "ใช้ข้อมูลปี 2566"]]
    assert doubted(rows, build, form) == [(3, key) for key in ALL]


def test_a_comment_on_a_cell_speaks_of_its_own_figure(build):
    grid = build.page([HEAD, [1, "ทต.แม่จั๊วะ", 5, 2, 900]]).grid()
    (table,) = find_tables(replace(grid, comments={(2, 4): "ตัวเลขประมาณการ", (2, 5): "ตรวจสอบแล้ว"}), FORM, NEAR)
    assert [(doubt.row, doubt.key) for doubt in notes_against_figures(table, table.readings)] == [(2, "tons")]


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("เป็นข้อมูลปี 2567", ["plan", "houses", "kind"]),
        ("ข้อมูลปี 2567 ยังไม่ได้รับข้อมูลปีปัจจุบัน", ["plan", "houses", "kind"]),
        ("ขอยกเลิกข้อมูล จะส่งใหม่", ["plan", "houses", "kind"]),
        ("ยังไม่ได้รายงาน", ["plan", "houses", "kind"]),
        ("เป็นเป้าหมายของปี 2570", ["plan", "houses", "kind"]),
        ("ใช้ตัวเลขปี 2567", ["houses"]),
        ("ยังไม่ได้รายงานผลต่อสภา", []),
        ("เป็นแผนที่ใหม่", []),
    ],
)
def test_a_note_on_all_of_a_row_asks_its_ticks_and_choices_too(note, asked, build):
    questions = [
        {"key": "plan", "kind": "tick", "label": "จัดทำแผนแล้ว"},
        {"key": "houses", "kind": "integer", "label": "ครัวเรือนที่คัดแยก"},
        {"key": "kind", "kind": "choice", "label": "วิธีกำจัด", "choices": ["ฝังกลบ", "เตาเผา"]},
    ]
    form = Form.model_validate({"title": "แบบสำรวจการคัดแยกขยะ ประจำปี พ.ศ. 2568", "question": questions})
    rows = [
        ["ที่", "อปท.", "จัดทำแผนแล้ว", "ครัวเรือนที่คัดแยก", "วิธีกำจัด", "หมายเหตุ"],
        [1, "ทต.สอง", "✓", 210, "ฝังกลบ", note],
        [2, "อบต.เตาปูน", "X", 80, "เตาเผา"],
    ]
    assert doubted(rows, build, form) == [(2, key) for key in asked]
