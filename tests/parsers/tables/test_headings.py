"""How like a heading is to the words of a question, and what it denies."""

import pytest

from parsers.form.form import Form
from parsers.tables.denial import denied, half_of
from parsers.tables.find import find_tables
from parsers.tables.headings import PATHS, Headings
from parsers.tables.likeness import likeness, nearest
from parsers.tables.wordings import KEPT, wordings_of


@pytest.mark.parametrize(
    ("seen", "wanted", "least", "most"),
    [
        *(("จัดทำแล้ว", "จัดทำแล้ว", 1, 1), ("", "จัดทำ", 0, 0), ("จัดทำ", "", 0, 0)),
        *(("ได้จัดทำแล้วตามนี้", "จัดทำแล้ว", 0.9, 0.99), ("กขค", "ข", 0, 0), ("งกขง", "กข", 0, 0), ("งกขคง", "กขค", 0.9, 0.99)),
        *(("กขค", "กขคงจฉช", 0, 0), ("กขคง", "กขคงจฉช", 0.8, 0.9)),  # an abbreviation from four letters on
        *(("กขคง", "กขจคงฉชซ", 0, 0), ("กขคงจ", "กฉขชคซฌงฎจฏ", 0.7, 0.7)),  # words left out, from five letters on
        *(("ลงข้อมลในระบบ", "ลงข้อมูลในระบบ", 0.9, 0.95), ("ลงระบบ", "ประกาศแล้ว", 0, 0)),
        *(("จัดทำแล้วยังไม่จัดทำ", "จัดทำแล้ว", 1, 1), ("ยังไม่จัดทำ", "จัดทำ", 0, 0), ("อยู่ระหว่างจัดทำ", "จัดทำ", 0, 0)),
        *(("ยังไม่จัดทำ", "ยังไม่จัดทำ", 1, 1), ("จำนวนที่ยังไม่จัดทำ", "ยังไม่จัดทำ", 0.9, 0.99), ("ไม่น้อยกว่าสิบ", "ไม่น้อยกว่าสิบ", 1, 1)),
    ],
)  # fmt: skip
def test_a_heading_is_as_like_as_it_says_the_wanted_words_and_not_their_contrary(seen, wanted, least, most):
    assert least <= likeness(seen, wanted) <= most


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        *(("ยังไม่ได้ลงข้อมูลในระบบ", "ลงข้อมูลในระบบ"), ("ยังไม่ลงข้อมูล", "ลงข้อมูล"), ("ไม่ได้ประกาศ", "ประกาศ")),
        *(
            (text, "")
            for text in ("ยังไม่ได้ดำเนินการ", "ยังไม่ดำเนินการ", "ยัง", "ไม่มี", "ยังไม่แล้วเสร็จ", "ยังไม่มี", "อยู่ระหว่างดำเนินการ")
        ),
        *((text, "") for text in ("ยังไม่ทำ", "ยังไม่จัดทำ", "ยังไม่เสร็จ", "ยังไม่ดำเนินการแล้วเสร็จ", "ยังไม่ดำเนินการให้แล้วเสร็จ")),
        *((text, None) for text in ("ดำเนินการแล้ว", "ลงข้อมูล", "", "ไม่น้อยกว่า 5", "ไม่เกิน 5")),
    ],
)
def test_what_a_heading_denies_is_the_rest_of_its_words(text, rest):
    assert denied(text) == rest


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        *(("แล้ว", "ยัง"), ("ดำเนินการแล้ว", "ยังไม่ดำเนินการ"), ("ทำแล้ว", "ยังไม่ทำ"), ("มี", "ไม่มี"), ("ใช่", "ไม่ใช่")),
        *(
            ("มีแล้ว", "ยังไม่มี"),
            ("เสร็จแล้ว", "ยังไม่เสร็จ"),
            ("✓", "X"),
            ("ดำเนินการแล้ว", "ไม่ได้ดำเนินการ"),
            ("นายกลงนามแล้ว", "รอประกาศ"),
        ),
        *(("ทำแล้ว", "ยังไม่ได้ทำ"), ("/", "-"), ("ลงแล้ว", "ยกเลิก"), ("ครบถ้วน", "อยู่ระหว่างดำเนินการ"), ("1", "0")),
        *(("แล้ว (แห่ง)", "ยัง (แห่ง)"), ("จำนวนที่ทำแล้ว", "จำนวนที่ยังไม่ทำ")),
    ],
)
def test_the_halves_of_a_split_column_are_told_by_their_words(yes, no):
    assert (half_of(yes), half_of(no)) == ("yes", "no")
    assert half_of("หมายเหตุ") == half_of("") == ""


@pytest.mark.parametrize(
    ("best", "other", "both"),
    [
        (1.0, 0.95, True),
        (1.0, 0.94, False),
        (0.9, 0.86, True),
        (0.9, 0.84, False),
        (0.8, 0.66, True),
        (0.8, 0.64, False),
    ],
)
def test_what_is_only_like_tells_less_than_the_words_themselves(best, other, both):
    assert nearest({"a": other, "b": best}) == (["a", "b"] if both else ["b"])
    assert nearest({}) == []


def test_a_heading_is_weighed_once_for_all_grids_and_what_is_kept_is_bounded(build, form):
    grid = build.page([*build.head(), [1, "ทต.บ้านปิน", "✓", "✓", "x", "x"]]).grid()
    find_tables(grid, form)
    words = wordings_of(form.table)
    weighed = {
        cell.text: words.weighed(cell.text)
        for cell in grid.cells.values()
        if "label" in Headings(form.table).says(cell.text)
    }
    find_tables(grid, form)
    assert len(weighed) > 1
    assert all(words.weighed(text) is known for text, known in weighed.items())
    headings = Headings(form.table)
    for n in range(max(KEPT, PATHS) + 3):
        headings.fits([f"จัดทำประกาศแล้ว {n}"])
    assert len(words.fitted) <= PATHS
    assert headings.fits(["จัดทำประกาศแล้ว"]) == Headings(form.table).fits(["จัดทำประกาศแล้ว"]) != {}


def test_what_was_allotted_may_be_headed_as_the_plan_of_the_money(build):
    questions = [
        {"key": "given", "kind": "money", "label": "งบที่ได้รับจัดสรร"},
        {"key": "spent", "kind": "money", "label": "งบที่ใช้จ่ายจริง"},
    ]
    form = Form.model_validate({"title": "แบบรายงานถนน", "question": questions})
    rows = [["อปท.", "แผน (งบที่ได้รับจัดสรร)", "ผล (งบที่ใช้จ่ายจริง)", "แผน (งบที่ใช้จ่ายจริง)"], ["ทต.สอง", 900, 700, 800]]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert table.columns == {"given": (2,), "spent": (3,)}
    blocks = [
        [None, "แผน", None, "ผล", None],
        ["อปท.", *["งบที่ได้รับจัดสรร", "งบที่ใช้จ่ายจริง"] * 2],
        ["ทต.สอง", 900, 800, 900, 700],
    ]
    (table,) = find_tables(build.page(blocks, merges=[(1, 2, 1, 3), (1, 4, 1, 5)]).grid(), form)
    assert table.columns == {"given": (4,), "spent": (5,)}


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        *(("งบซ่อม เงินรายได้", "mend"), ("งบสร้าง เงินรายได้", "build"), ("เงินรายได้ (ซ่อมถนน)", "mend")),
        *(("งบ เงินรายได้", ""), ("เงินรายได้", "")),
    ],
)
def test_words_of_a_group_beside_its_label_tell_the_group(heading, key):
    form = Form.model_validate(
        {
            "title": "แบบสำรวจถนน",
            "question": [
                {"key": "mend", "kind": "money", "group": "งบประมาณซ่อมถนน (บาท)", "label": "เงินรายได้"},
                {"key": "build", "kind": "money", "group": "งบประมาณก่อสร้างถนน (บาท)", "label": "เงินรายได้"},
            ],
        }
    )
    near = nearest({key: fit.score for key, fit in Headings(form).fits([heading]).items()}, 0)
    assert near == ([key] if key else ["mend", "build"])


@pytest.mark.parametrize(
    ("heading", "kept"),
    [
        ("ใช้งานได้ (ไม่นับที่ชำรุด) (ตัว)", "ใช้งานได้ (ตัว)"),
        ("ชำรุด (ไม่รวมที่ใช้งานได้)", "ชำรุด"),
        ("รวม (ใช้งานได้+ชำรุด)", "รวม"),
        ("ใช้งานได้ (ไม่รวมที่ยืมมา)", "ใช้งานได้ (ไม่รวมที่ยืมมา)"),  # what nobody else counts changes the meaning
        ("ใช้งานได้ (ตัว)", "ใช้งานได้ (ตัว)"),
    ],
)
def test_brackets_that_only_name_other_columns_are_no_words_of_a_heading(heading, kept):
    questions = [
        {"key": key, "kind": "integer", "label": label}
        for key, label in (("up", "ใช้งานได้ (ตัว)"), ("down", "ชำรุด (ตัว)"))
    ]
    words = wordings_of(Form.model_validate({"title": "แบบสำรวจกล้อง", "question": questions}))
    assert words.plain(heading) == kept


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        *((each, "bodies") for each in ("ศพที่เผา ปี 67 (ราย)", "ศพที่เผา ปี พ.ศ. 2567", "ศพที่เผา ปี ๖๗")),
        *((each, None) for each in ("ศพที่เผา ปี 66 (ราย)", "ศพที่เผา ปี 2566")),
    ],
)
def test_a_year_in_short_is_the_same_year(build, heading, found):
    asked = [
        {"key": "bodies", "kind": "integer", "label": "จำนวนศพที่เผา ปี พ.ศ. 2567 (ราย)"},
        {"key": "sites", "kind": "integer", "label": "ฌาปนสถานทั้งหมด (แห่ง)"},
        {"key": "clean", "kind": "integer", "label": "เตาเผาปลอดมลพิษ (แห่ง)"},
    ]
    form = Form.model_validate({"title": "แบบสำรวจฌาปนสถาน", "question": asked})
    rows = [["ที่", "อปท.", *(each["label"] for each in asked[1:]), heading]]
    rows += [[1, "อบต.สรอย", 3, 2, 5], [2, "อบต.นาพูน", 4, 1, 6]]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert {key for key, run in table.columns.items() if run == (5,)} == ({found} if found else set())


@pytest.mark.parametrize(
    ("heading", "fit"),
    [("จัดทำแผนแล้วเสร็จ", {"made"}), ("วันที่ที่จัดทำแผนแล้วเสร็จจริง", {"made", "day"}), ("จัดทำแผนแล้วเสร็จเมื่อ", {"made", "day"})],
)
def test_a_column_is_a_day_only_where_its_heading_says_so(heading, fit):
    """แล้วเสร็จ may head the tick or the day it was finished; what names a day may be both, and is weighed."""
    form = Form.model_validate(
        {
            "title": "แบบรายงาน",
            "question": [
                {"key": "made", "kind": "tick", "label": "จัดทำแผนแล้วเสร็จ"},
                {"key": "day", "kind": "date", "label": "วันที่จัดทำแผนแล้วเสร็จ"},
            ],
        }
    )
    assert set(Headings(form).fits([heading])) == fit
