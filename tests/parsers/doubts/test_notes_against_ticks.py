"""A note that says of a ticked thing that it is not done is asked; what agrees with the ticks, or says something else, is not."""

from dataclasses import replace

import pytest

from parsers.doubts.notes_against_ticks import notes_against_ticks
from parsers.form.form import Form
from parsers.tables.find import find_tables

HEAD = ["ที่", "อปท.", "ม.10 ประกาศ", "ม.10 ลงระบบ", "ม.16 คำสั่ง", "ม.16 ลงระบบ", "หมายเหตุ"]
ANN10, POST10, ORD16, POST16 = KEYS = ("s10_announced", "s10_posted", "s16_ordered", "s16_posted")
ALL = ["✓", "✓", "✓", "✓"]


def doubted(rows, build, form):
    (table,) = find_tables(build.page(rows).grid(), form)
    return [(doubt.row, doubt.key) for doubt in notes_against_ticks(table, table.readings)]


@pytest.mark.parametrize(
    ("ticks", "note", "asked"),
    [
        (ALL, "ยังไม่ได้ลงระบบ ม.16 รอรหัส", [POST16]),
        (ALL, "ยกเลิกประกาศแล้ว อยู่ระหว่างจัดทำใหม่", [ANN10]),
        (ALL, "คำสั่งอยู่ระหว่างเสนอนายกลงนาม", [ORD16]),
        (ALL, "ยังไม่ได้ดำเนินการ", KEYS),
        (ALL, "มาตรา 10 ยังไม่แล้วเสร็จ", [ANN10, POST10]),
        (ALL, "ยังไม่ได้ลงระบบทั้งสองมาตรา", [POST10, POST16]),
        (ALL, "ประกาศฉบับเดิมยกเลิกแล้ว กำลังจัดทำใหม่", [ANN10]),
        (ALL, "ม.10 ลงระบบแล้ว แต่ระบบแจ้งไม่อนุมัติ", [POST10]),
        (ALL, "คำสั่ง ม.16 ยังไม่ได้ลงระบบ", [POST16]),
        # What agrees with the ticks.
        (["✓", "✓", "✓", "X"], "ยังไม่ได้ลงระบบ ม.16 รอรหัส", []),
        (["✓", "X", "✓", "X"], "ยังไม่ได้ลงระบบ", []),
        (["✓", "✓", "X", "X"], "ยังไม่ได้ดำเนินการ", []),
        # What says something else.
        *((ALL, note, []) for note in ("อยู่ระหว่างปรับปรุงภูมิทัศน์", "กำลังทาสีรั้ว", "ยังไม่ได้แยกส่วนของ อบต.")),
        (ALL, "อยู่ระหว่างปรับปรุงคำสั่ง", [ORD16]),
        (ALL, "อยู่ระหว่างปรับปรุงภูมิทัศน์ ยังไม่ได้ลงระบบ ม.16", [POST16]),
        (ALL, "ไม่มีปัญหา", []),
        (ALL, "หากยังไม่ครบโปรดแจ้ง", []),
        (ALL, "ยกเลิกประกาศเดิม จัดทำใหม่แล้ว", []),
        (ALL, "เดิมอยู่ระหว่างเสนอ บัดนี้ลงนามครบ", []),
        (ALL, "ประกาศ ณ วันที่ 1 ต.ค. 67", []),
        (ALL, "ลงระบบเรียบร้อย", []),
    ],
)
def test_a_note_beside_the_row(ticks, note, asked, build, form):
    rows = [HEAD, [1, "ทต.แม่จั๊วะ", *ticks, note], [2, "ทต.เด่นชัย", *ALL, "ครบถ้วน"]]
    assert doubted(rows, build, form) == [(2, key) for key in asked]


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("หมายเหตุ อบต.ไทรย้อย ยังไม่ได้ลงระบบ มาตรา 16", [(3, POST16)]),
        ("องค์การบริหารส่วนตำบลไทรย้อย อยู่ระหว่างจัดทำคำสั่ง", [(3, ORD16)]),
        ("หมายเหตุ อบต.ห้วยไร่ ยังไม่ได้ลงระบบ", []),
        ("อบต.ไทรย้อย ดำเนินการครบถ้วน", []),
    ],
)
def test_a_line_below_that_names_an_organisation(line, asked, build, form):
    rows = [HEAD[:-1], [1, "ทต.แม่จั๊วะ", *ALL], [2, "อบต.ไทรย้อย", *ALL], [], [line]]
    assert doubted(rows, build, form) == asked


@pytest.mark.parametrize("heading", ["สถานะเดิม 29 ต.ค. 2567 (ไม่ต้องกรอก)", "ผลของรอบก่อน"])
def test_how_it_was_before_is_no_note(heading, build, form):
    """Our own form has the baseline in such a column, which the clerk leaves as it is."""
    rows = [[*HEAD[:-1], heading], [1, "ทต.แม่จั๊วะ", *ALL, "ยังไม่ได้: ม.10 ลงข้อมูลในระบบ info.go.th"]]
    assert doubted(rows, build, form) == []


@pytest.mark.parametrize(
    ("column", "comment", "asked"),
    [
        (4, "ยังไม่ได้ลงจริง", [POST10]),
        (5, "เจ้าหน้าที่ว่าไม่ผ่าน ต้องจัดทำคำสั่งใหม่", [ORD16]),
        (2, "คำสั่งยังไม่ลงนาม", [ORD16]),
        (4, "ลงแล้วเมื่อ 5 พ.ย. 67", []),
    ],
)
def test_a_comment_on_a_cell_is_a_note_of_that_cell(column, comment, asked, build, form):
    grid = build.page([HEAD, [1, "ทต.แม่จั๊วะ", *ALL], [2, "ทต.เด่นชัย", *ALL]]).grid()
    (table,) = find_tables(replace(grid, comments={(3, column): comment}), form)
    doubts = notes_against_ticks(table, table.readings)
    assert [(doubt.row, doubt.key) for doubt in doubts] == [(3, key) for key in asked]


PROGRESS = Form.model_validate(
    {
        "title": "แบบรายงานงานก่อสร้าง",
        "question": [
            {"key": "state", "kind": "progress", "label": "สถานะ", "choices": ["แล้วเสร็จ", "กำลังทำ", "ยังไม่เริ่ม"]},
            {"key": "built", "kind": "tick", "label": "จัดทำสัญญาแล้ว"},
            {"key": "houses", "kind": "integer", "label": "จำนวนครัวเรือนที่ได้ประโยชน์"},
            {"key": "why", "kind": "text", "label": "ปัญหาอุปสรรค", "required": False},
        ],
    }
)


@pytest.mark.parametrize(
    ("state", "why", "asked"),
    [
        ("แล้วเสร็จ", "ผู้รับจ้างทิ้งงาน งานยังไม่แล้วเสร็จ", ["state"]),
        ("แล้วเสร็จ", "ส่งมอบงานล่าช้า", []),
        ("กำลังทำ", "งานยังไม่แล้วเสร็จ", []),
    ],
)
def test_what_is_said_to_be_done_is_asked_beside_words_that_it_is_not(state, why, asked, build):
    head = ["ที่", "อปท.", "สถานะ", "จัดทำสัญญาแล้ว", "จำนวนครัวเรือนที่ได้ประโยชน์", "ปัญหาอุปสรรค"]
    rows = [head, [1, "ทต.แม่จั๊วะ", state, "✓", 20, why], [2, "ทต.เด่นชัย", "แล้วเสร็จ", "✓", 30, None]]
    assert doubted(rows, build, PROGRESS) == [(2, key) for key in asked]


def test_a_note_about_a_figure_is_no_word_against_a_tick(build):
    head = ["ที่", "อปท.", "สถานะ", "จัดทำสัญญาแล้ว", "จำนวนครัวเรือนที่ได้ประโยชน์"]
    note = "จำนวนครัวเรือนที่ได้ประโยชน์ของ ทต.แม่จั๊วะ อยู่ระหว่างจัดทำสำรวจ"
    rows = [head, [1, "ทต.แม่จั๊วะ", "กำลังทำ", "✓", 20], [2, "ทต.เด่นชัย", "กำลังทำ", "✓", 30], [], [note]]
    assert doubted(rows, build, PROGRESS) == [(2, "houses")]
