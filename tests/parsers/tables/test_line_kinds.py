"""What a line outside the table is, to the last cell and letter that is looked at."""

import datetime

import pytest

from parsers.answers.day_of_data import day_line
from parsers.answers.remarks import remarks_in
from parsers.files.open_file import printed_code
from parsers.form.form import Form
from parsers.tables.find import find_tables
from parsers.tables.line_kinds import Line, Lines

DAY = datetime.date(2024, 11, 29)


@pytest.fixture
def lines(form):
    return Lines(form)


def remarks(lines, build, *rows, **places):
    return [(said.key, said.text) for said in remarks_in(lines, build.page(list(rows)).grid(), **places)]


@pytest.mark.parametrize("count", [1, 12, 13])
def test_a_remark_stands_in_the_twelve_cells_right_of_its_label(count, lines, build):
    beside = [f"คำ{number}" for number in range(count)]
    assert remarks(lines, build, ["ปัญหาอุปสรรค", *beside]) == [("obstacles", "\n".join(beside[:12]))]


@pytest.mark.parametrize("length", [1_999, 2_000, 2_001])
def test_a_remark_is_kept_up_to_its_cap(length, lines, build):
    text = "ก" * length
    assert remarks(lines, build, [f"ปัญหาอุปสรรค: {text}"]) == [("obstacles", text[:2_000])]
    below = [["ปัญหาอุปสรรค:"], ["ข" * 1_000], [text]]
    assert remarks(lines, build, *below) == [("obstacles", f"{'ข' * 1_000}\n{text}"[:2_000])]


@pytest.mark.parametrize(("length", "found"), [(160, "ระบบช้า"), (161, None)])
def test_a_label_may_go_on_before_its_colon_up_to_its_cap(length, found, lines, build):
    label = "ปัญหาอุปสรรค".ljust(length, "ก")
    assert remarks(lines, build, [f"{label}:ระบบช้า"]) == ([("obstacles", found)] if found else [])


@pytest.mark.parametrize("line", ["ปัญหา: อุปสรรค ระบบช้า", "ปัญหา:อุปสรรค... ระบบช้า", "ปัญหาอุปสรรค : ระบบช้า"])
def test_a_remark_follows_its_whole_label_though_a_colon_stands_within_it(line, lines, build):
    assert remarks(lines, build, [line]) == [("obstacles", "ระบบช้า")]


def test_a_remark_ends_before_the_next_label_a_row_of_the_table_and_the_end_of_the_form(lines, build):
    label, said = ["ปัญหาอุปสรรค:"], ["ระบบช้า"]
    for end in (["ข้อเสนอแนะ:"], ["ลงชื่อ....ผู้รายงาน"], ["ข้อมูล ณ วันที่ 29 พ.ย. 67"], ["หมายเหตุ"], ["รวมทั้งสิ้น", 5]):
        assert remarks(lines, build, label, said, end, ["ไม่ใช่"])[0] == ("obstacles", "ระบบช้า"), end
    assert remarks(lines, build, label, said, ["ต่อ"], inside=frozenset({3})) == [("obstacles", "ระบบช้า")]
    assert remarks(lines, build, label, said, ["ต่อ"], headers=frozenset({3})) == [("obstacles", "ระบบช้า")]
    assert remarks(lines, build, label, said, ["ต่อ"]) == [("obstacles", "ระบบช้า\nต่อ")]
    assert remarks(lines, build, label, said, headers=frozenset({1})) == []


@pytest.mark.parametrize(("steps", "found"), [(1, True), (11, True), (12, False)])
def test_code_and_day_are_looked_for_in_eleven_cells_right_of_their_label(steps, found, form, build):
    row = [None] * (steps - 1)
    code = build.page([["รหัสแบบ:", *row, "w5827:long"]]).grid()
    assert printed_code(code) == (("w5827", "long") if found else None)
    for value in ("29 พ.ย. 2567", DAY):
        read = day_line(build.page([["ข้อมูล ณ วันที่", *row, value]]).grid(), form, DAY)
        assert (read.date if read else None) == (DAY if found else None)
        assert read is None or read.cell.column == (1 if isinstance(value, str) else 1 + steps)


@pytest.mark.parametrize(
    ("before", "length", "counts"), [(80, 300, True), (81, 300, False), (81, 160, True), (81, 161, False)]
)
def test_words_for_the_day_far_into_a_long_text_belong_to_its_prose(before, length, counts, form, build):
    text = f"{'ก' * (before - 1)} ข้อมูล ณ วันที่ 29 พ.ย. 2567"
    grid = build.page([[text + " " + "." * (length - len(text) - 1)]]).grid()
    read = day_line(grid, form, DAY)
    assert (read is not None) is counts


def test_the_day_of_the_data_is_the_lowest_that_can_be_read_and_no_other_days(form, build):
    other, own = "ข้อมูล ณ วันที่ 1 พ.ย. 2567", "ข้อมูล ณ วันที่ 29 พ.ย. 2567"
    unread, bracketed = "ข้อมูล ณ วันที่ 99 พ.ย. 2567", "(ข้อมูล ณ วันที่ 5 พ.ย. 2567)"
    first = datetime.date(2024, 11, 1)

    def day(*texts, **more):
        read = day_line(build.page([[text] for text in texts]).grid(), form, DAY, **more)
        return read and (read.date, read.cell.row)

    assert day(other, own) == day(own, own) == (DAY, 2)
    assert day(own, unread) == day(own, bracketed) == (DAY, 1)
    assert day(unread, unread) == (None, 1)
    assert day(bracketed) == (datetime.date(2024, 11, 5), 1)
    assert day(bracketed, unread) == (None, 2)
    assert day(other, own, inside=frozenset({2})) == (first, 1)
    assert day(other, own, quoted=frozenset({DAY})) == (first, 1)
    assert day("ข้อมูล ณ วันที่ ....../........../2567") is None


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        *(
            (text, Line.TOTAL)
            for text in ("รวม", "รวมทั้งสิ้น", "ทั้งหมด", "ค่าเฉลี่ย", "ร้อยละ", "Grand total", "รวมดำเนินการแล้ว")
        ),
        *((text, Line.CARRIED) for text in ("ยอดยกมา", "ยอดยกไป")),
        *((text, Line.MEASURE) for text in ("สูงสุด", "ค่าต่ำสุด", "น้อยที่สุด", "Max")),
        ("หมายเหตุ", Line.NOTE),
        ("ลงชื่อ", Line.SIGNATURE),
        ("ปัญหาอุปสรรค: ก", Line.REMARK),
        *((text, Line.DAY) for text in ("ข้อมูล ณ วันที่", "(ข้อมูล ณ วันที่ 5)")),
        *((text, Line.OTHER) for text in ("", "ทต.บ้านปิน", "ทต.สูงสุด", "✓", "12")),
    ],
)
def test_a_line_is_of_the_sort_that_its_beginning_says(text, sort, lines):
    assert lines.sort_of(text) is sort


@pytest.mark.parametrize("text", ["รวมทงั้ ส้นิ", "รวมทงสน", "ยอดรวมทงั้ หมด", "รวมทั้งสิ้น"])
def test_a_total_is_known_without_the_marks_that_a_pdf_moves(text, lines):
    assert lines.sort_of(text) is Line.TOTAL


def test_a_total_with_its_figure_heads_no_question_of_the_same_word(build):
    """One question, "รวม": the line of totals below the header is no header."""
    form = Form.model_validate({"title": "ก", "question": [{"key": "total", "kind": "integer", "label": "รวม"}]})
    rows = [["อปท.", "รวม"], ["รวมทั้งสิ้น", 30_000], ["อบต.แม่ยม", 10_000], ["อบต.ป่าแดง", 20_000]]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert [row.name.text for row in table.rows] == ["อบต.แม่ยม", "อบต.ป่าแดง"]
