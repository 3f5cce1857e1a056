"""Free lists of rows: an organisation's projects are one answer, recorded whole or asked; its figures are added up."""

import datetime
import io
from pathlib import Path

import openpyxl
import pytest

from bot.config.load import ConfigError, load_circular, load_roster
from parsers.read import read_file
from parsers.reading import Catalogue, FileRequest, Outcome

ROOT = Path(__file__).parents[3]
PROJECTS = load_circular(ROOT / "tests" / "circulars" / "projects2569")
ROSTER = load_roster(ROOT / "templates" / "rosters" / "phrae")
CATALOGUE = Catalogue({PROJECTS.slug: PROJECTS.form}, ROSTER.organisations, ROSTER.reporters, PROJECTS.dated)
HEAD = ["ลำดับ", "ชื่อ อปท.", "ชื่อโครงการ", "จำนวนต้นไม้ (ต้น)", "งบประมาณ (บาท)", "ดำเนินการแล้วเสร็จ", "วันที่ปลูก"]
ROWS = [
    [1, "ทต.วังชิ้น", "ปลูกป่าริมน้ำ", 200, 15_000, "✓", "29 มี.ค. 2569"],
    [None, None, "ถนนร่มรื่น", "๑,๐๕๐", "8,500.50", "X", None],
    [2, "อบต.นาพูน", "ไม่มี", None, None, None, None],
    [3, "อบต.สรอย", "สวนหน้าที่ทำการ", 12, 0, "/", datetime.date(2026, 3, 1)],
]
LISTS = {
    "ทต.วังชิ้น": "ปลูกป่าริมน้ำ | 200 | 15,000.00 | ✓ | 29 มี.ค. 2569\nถนนร่มรื่น | 1,050 | 8,500.50 | X | -",
    "อบต.นาพูน": "ไม่มี",
    "อบต.สรอย": "สวนหน้าที่ทำการ | 12 | 0.00 | ✓ | 1 มี.ค. 2569",
}


def read(rows, head=HEAD, merges=()):
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(row)
    for area in merges:
        book.active.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return read_file("a.xlsx", out.getvalue(), FileRequest(CATALOGUE, reporter="wang-chin"))


def answers(reading, key="rows"):
    names = {o.code: o.short_name for o in ROSTER.organisations}
    return {names[a.organisation]: a.value for a in reading.standing() if a.question == key}


def said(reading):
    return [(str(f.code), f.place.cell) for f in reading.findings if str(f.code) != "organisation-missing"]


def changed(at, column, value):
    rows = [list(row) for row in ROWS]
    rows[at][column] = value
    return rows


def test_each_organisation_s_rows_are_one_answer_and_their_figures_sums():
    reading = read(ROWS)
    assert answers(reading) == LISTS
    assert answers(reading, "trees") == {"ทต.วังชิ้น": "1250", "อบต.นาพูน": "0", "อบต.สรอย": "12"}
    assert answers(reading, "budget") == {"ทต.วังชิ้น": "23500.50", "อบต.นาพูน": "0.00", "อบต.สรอย": "0.00"}
    assert said(reading) == []


def test_all_of_a_reporter_s_organisations_are_owed_a_list():
    own = ROSTER.by_key["wang-chin"].organisations
    names = [ROSTER.by_code[code].short_name for code in own]
    whole = read([[at, name, "ไม่มี", *[None] * 4] for at, name in enumerate(names, 1)])
    assert whole.outcome is Outcome.ACCEPTED
    assert read(ROWS).outcome is Outcome.PARTLY


@pytest.mark.parametrize(
    "rows",
    [
        [[1, "ทต.วังชิ้น", *ROWS[0][2:]], [1, "ทต.วังชิ้น", *ROWS[1][2:]], *ROWS[2:]],
        [ROWS[0], ROWS[2], [None, "เทศบาลตำบลวังชิ้น", None, *[None] * 4], ROWS[3], [None, "ทต.วังชิ้น", *ROWS[1][2:]]],
        [[1, "ทต.วังชิ้น", *[None] * 5], [None, None, *ROWS[0][2:]], *ROWS[1:]],
        [*ROWS, [None, None, *[None] * 5], ["รวม", None, None, 1262, 23_500.5, None, None]],
    ],
    ids=["name in each row", "name again below", "name in a line above", "total"],
)
def test_names_may_stand_in_every_way(rows):
    assert answers(read(rows)) == LISTS


def test_names_may_be_merged():
    assert answers(read(ROWS, merges=["B2:B3", "A2:A3"])) == LISTS


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        (changed(1, 2, "ปลูกป่าริมน้ำ"), "C3"),  # one label twice
        (changed(1, 2, None), "C3"),
        (changed(1, 3, "หลายต้น"), "D3"),
        (changed(1, 3, 0), "D3"),  # less than the least
        (changed(1, 4, None), "E3"),
        (changed(1, 5, "รออนุมัติ?"), "F3"),
        (changed(1, 2, "ไม่มี"), "C3"),  # beside a project
    ],
)
def test_a_fault_in_a_row_keeps_the_list_from_being_recorded(rows, cell):
    reading = read(rows)
    assert answers(reading) == {name: value for name, value in LISTS.items() if name != "ทต.วังชิ้น"}
    assert "ทต.วังชิ้น" not in answers(reading, "trees")
    assert said(reading) == [("answer-unreadable", cell)]


def test_further_faults_of_a_list_are_named_with_the_first():
    (found,) = [f for f in read(changed(1, 3, "?"), HEAD).findings if str(f.code) == "answer-unreadable"]
    rows = changed(1, 3, "?")
    rows[0][4] = "แพง"
    (both,) = [f for f in read(rows).findings if str(f.code) == "answer-unreadable"]
    assert (found.place.cell, both.place.cell) == ("D3", "E2")
    assert "D3" in both.message


def test_nothing_beside_figures_is_no_list_of_nothing():
    assert "อบต.นาพูน" not in answers(read(changed(2, 3, 5)))


def test_a_name_without_rows_is_asked():
    reading = read(changed(2, 2, None))
    assert said(reading) == [("answer-missing", "C4")]


def test_rows_before_the_first_name_are_nobody_s():
    reading = read([[None, None, *ROWS[0][2:]], *ROWS[1:]])
    assert ("organisation-unnamed", "B2") in said(reading)
    assert "ทต.วังชิ้น" not in answers(reading)


def test_a_missing_column_keeps_all_lists_from_being_recorded():
    reading = read([row[:4] + row[5:] for row in ROWS], HEAD[:4] + HEAD[5:])
    assert answers(reading) == {}
    assert ("column-missing", "") in said(reading)


def test_a_note_beside_any_row_is_heeded():
    rows = [[*row, ("จำนวนต้นไม้เป็นตัวเลขประมาณการ" if at == 1 else None)] for at, row in enumerate(ROWS)]
    reading = read(rows, [*HEAD, "หมายเหตุ"])
    assert answers(reading) == {name: value for name, value in LISTS.items() if name != "ทต.วังชิ้น"}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('row_label = "ชื่อโครงการ"\n', "", "write row_label"),
        ('rows = "free"', 'rows = "any"', "rows"),
        ('key = "trees"', 'key = "rows"', 'key "rows" holds the list itself'),
        ('key = "done"', 'key = "done"\nexpected = { at_most = 3 }', "expected belongs to figures"),
        ('unit = "ต้น"', 'unit = "ต้น"\nexpected = { at_most = 3 }', '"trees": rows = "free" takes no expected'),
        (
            'key = "day"',
            'key = "day"\nasked_if = { question = "done", is = true }',
            '"day": rows = "free" takes no asked_if',
        ),
        ("[[form.question]]", '[[form.row]]\nkey = "a"\nlabel = "ก"\n\n[[form.question]]', "remove [[form.row]] or it"),
        ('kind = "integer"', 'kind = "integr"', "form.question[trees].kind"),
    ],
)
def test_what_a_free_list_cannot_be_is_said(tmp_path, old, new, problem):
    text = (ROOT / "tests" / "circulars" / "projects2569" / "circular.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "circular.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_circular(tmp_path)
    assert problem in str(caught.value)
