"""Forms with several rows for each organisation: however the rows stand, the same answers are read."""

import io
import itertools

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.documents.form.excel_form import blank_form
from bot.documents.form.word_form import blank_form_docx
from parsers.findings import Code, Place
from parsers.form.form import Form
from parsers.read import read_file
from parsers.reading import Answer, FileRequest, Outcome
from tests.parsers.streams import (
    CATALOGUE,
    CODES,
    HEAD,
    KEY,
    LABELS,
    NAMES,
    ROSTER,
    STREAMS,
    answers,
    cells,
    codes,
    expected,
    first_only,
    lines,
    read,
)

BLOCKS = st.permutations(range(len(CODES))).flatmap(
    lambda places: st.tuples(*(st.permutations(range(3)) for _ in places)).map(
        lambda within: [(place, row) for place, rows in zip(places, within, strict=True) for row in rows]
    )
)


@settings(max_examples=25, deadline=None)
@given(BLOCKS, st.permutations(range(len(HEAD))), st.booleans(), st.booleans())
def test_order_of_rows_blocks_and_columns_does_not_matter(order, columns, once, spaced):
    """Shuffled, the name in each row or in the first, blank rows between, columns moved: the same answers, no finding."""
    rows = first_only(lines(order)) if once else lines(order)
    moved = [[row[column] for column in columns] for row in rows]
    moved = [each for row in moved for each in ((row, [None]) if spaced else (row,))]
    reading = read(moved, head=[HEAD[column] for column in columns])
    assert answers(reading) == expected()
    assert codes(reading) == []
    assert reading.outcome is Outcome.ACCEPTED


def test_merged_names_and_numbers():
    merges = [f"{column}{2 + 3 * at}:{column}{4 + 3 * at}" for at in range(len(CODES)) for column in "AB"]
    reading = read(first_only(lines()), merges)
    assert answers(reading) == expected()
    assert codes(reading) == []


def test_a_name_alone_above_its_rows():
    rows = []
    for place, name in enumerate(NAMES):
        rows += [[place + 1, name], *([None, None, *line[2:]] for line in lines([(place, row) for row in range(3)]))]
    assert answers(read(rows)) == expected()


@pytest.mark.parametrize(
    "said", ["1. ขยะอินทรีย์", "ขยะ อินทรีย์", "อินทรีย์", "ขยะเปียก", "(๒) ขยะอินทรีย์", "ขยะอินทรี", "ขยะอินทรีย์ (ถ้ามี)"]
)
def test_labels_in_other_words(said):
    rows = lines()
    rows[1][2] = said
    assert answers(read(rows)) == expected()


@pytest.mark.parametrize("heading", ["ประเภท", "ชนิดขยะ", "ประเภท\nขยะ", "รายการ"])
def test_the_column_of_labels_headed_otherwise(heading):
    head = [heading if text == "ประเภทขยะ" else text for text in HEAD]
    assert answers(read(lines(), head=head)) == expected()


def test_a_label_of_no_row_is_said_and_its_row_asked():
    rows = lines()
    rows[1][2] = "ขยะติดเชื้อ"
    reading = read(rows)
    assert [(f.code, f.place.cell) for f in reading.findings] == [
        (Code.ANSWER_UNREADABLE, "C3"), (Code.ROW_MISSING, "B4"),
    ]  # fmt: skip
    assert "ช่อง “ประเภทขยะ” อ่านค่า “ขยะติดเชื้อ” ไม่ได้" in reading.findings[0].message
    assert "ขยะอินทรีย์" in reading.findings[1].message
    gone = {key for key in expected() if key[0] == CODES[0] and key[1].endswith("__organic")}
    assert answers(reading) == {key: value for key, value in expected().items() if key not in gone}
    assert len(reading.standing()) == len(answers(reading))


@pytest.mark.parametrize(
    ("number", "name", "label"),
    [
        said
        for said in itertools.product(
            [2, None, "ก"], [NAMES[1], None, "อบต.ไม่มีจริง", "รายการอื่น"], [LABELS[0], "ของเสียอื่น", None]
        )
        if said[0] == 2 or any(said[1:])  # figures beside nothing at all are a sum
    ],
)
@pytest.mark.parametrize("at", [0, 6])
def test_a_row_with_answers_gives_answers_or_a_word(number, name, label, at):
    """Whatever stands in the columns before its figures, and wherever it stands among good rows."""
    good = lines([(place, row) for place in (0, 2) for row in range(3)])
    reading = read([*good[:at], [number, name, label, 1.25, 3, 4, 7, "ฝังกลบ"], *good[at:]])
    here = {str(at + 2), str(at - 1)}  # itself, or the beginning of the block that it spoils
    told = [answer.place for answer in reading.answers if answer.place.cell.lstrip("ABCDEFGH") == str(at + 2)]
    places = told or [found.place for found in reading.findings]
    assert any(place.cell.lstrip("ABCDEFGH") in here for place in places)


def test_a_missing_row_is_said_once():
    rows = lines()
    del rows[2]
    reading = read(rows)
    assert [(f.code, f.organisation, f.place.cell) for f in reading.findings] == [(Code.ROW_MISSING, CODES[0], "B3")]
    assert "“ของเสียอันตรายชุมชน”" in reading.findings[0].message
    assert len(answers(reading)) == len(expected()) - 4


def test_blank_rows_of_a_block_are_asked_at_their_own_cells():
    rows = first_only(lines())
    rows[1] = [None, None, LABELS[1]]
    reading = read(rows)
    assert [f.place.cell for f in reading.findings] == ["D3", "E3", "F3", "H3"]


def test_the_same_row_twice_that_disagrees():
    rows = lines()
    rows.insert(3, [1, NAMES[0], LABELS[1], 99, *cells(0, 1)[1:]])
    reading = read(rows)
    assert [(f.code, f.question) for f in reading.findings] == [(Code.ORGANISATION_DUPLICATED, "tons__organic")]
    assert (CODES[0], "tons__organic") not in answers(reading)


def test_a_block_without_its_name_is_nobodys():
    rows = lines()
    for row in rows[3:6]:
        row[0] = row[1] = None
    reading = read(rows)
    assert not any(code == CODES[1] for code, _ in answers(reading))
    assert answers(reading) == expected([0, *range(2, len(CODES))])
    assert Code.ORGANISATION_UNNAMED in {f.code for f in reading.findings}


def test_the_sum_column_is_checked_within_its_row():
    rows = lines()
    rows[4][6] += 5
    found = read(rows).findings
    assert [(f.code, f.question, f.place.cell) for f in found] == [(Code.SUM_MISMATCH, "spent__organic", "G6")]


@pytest.mark.parametrize("named", [True, False])
def test_totals_are_compared_label_by_label(named):
    rows = lines()
    sums = [[sum(line[column] for line in rows if line[2] == label) for column in range(3, 7)] for label in LABELS]
    right = [["รวม" if named or not at else None, None, LABELS[at], *each, None] for at, each in enumerate(sums)]
    whole = ["รวม" if named else None, None, "รวม", *map(sum, zip(*sums, strict=True)), None]
    assert codes(read([*rows, *right, whole])) == []
    right[1][3] += 1
    found = read([*rows, *right, whole]).findings
    assert [(f.code, f.question) for f in found] == [(Code.TOTAL_MISMATCH, "tons__organic")]


def test_one_organisation_under_a_title():
    """No column of names: the rows are those of the one whom the title names."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in ([NAMES[0]], HEAD[2:], *(each[2:] for each in lines([(0, row) for row in range(3)]))):
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    assert answers(read_file("a.xlsx", out.getvalue(), FileRequest(CATALOGUE, reporter=KEY))) == expected([0])


@pytest.mark.parametrize("make", [blank_form, blank_form_docx])
def test_our_own_form_comes_back_exactly(make):
    known = [Answer(*about, str(value), Place()) for about, value in expected().items()]
    name = "a.xlsx" if make is blank_form else "a.docx"
    reading = read_file(name, make(STREAMS, ROSTER, KEY, known), FileRequest(CATALOGUE))
    assert reading.reporter == KEY or make is blank_form_docx
    assert answers(reading) == expected()
    blank = read_file(name, make(STREAMS, ROSTER, KEY), FileRequest(CATALOGUE, reporter=KEY))
    assert blank.answers == ()
    assert {(f.organisation, f.question) for f in blank.findings} == set(expected())


def form(**more) -> dict:
    question = {"key": "a", "kind": "integer", "label": "ก"}
    return {"title": "แบบ", "row_label": "ประเภท", "question": [question], **more}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, "row_label"),
        ({"row_label": "", "row": [{"key": "x", "label": "ข"}]}, "row_label"),
        ({"row": [{"key": "x", "label": "ข"}, {"key": "y", "label": "ข"}]}, "stands twice"),
        ({"row": [{"key": "x", "label": "ข"}, {"key": "x", "label": "ค"}]}, "stands twice"),
    ],
)
def test_mistakes_in_the_declaration_are_said(more, why):
    with pytest.raises(ValidationError, match=why):
        Form.model_validate(form(**more))


def test_questions_of_a_row_refer_to_each_other():
    spent = STREAMS.form.find("spent__organic")
    assert spent.sum_of == ("own__organic", "grant__organic")
    assert spent.label == "รวมค่าใช้จ่าย (บาท) (ขยะอินทรีย์)"
    assert STREAMS.form.column_of("spent__organic").key == "spent"
    assert len(STREAMS.form.question) == 3 * len(STREAMS.form.column)


def with_further(first: str, second: str, *, filled: str = "both", at: int = 1) -> list[list]:
    """The form with two rows for the second label of the first organisation, the later one with the usual figures."""
    rows = first_only(lines())
    other = [None, None, first, 77, 8, 8, 16, "เตาเผา"]
    rows[at][2] = second
    further = [other] if filled == "both" else []
    return [*rows[:at], *further, *rows[at:]]


@pytest.mark.parametrize(
    ("aim", "result"),
    [
        ("ขยะอินทรีย์ (เป้าหมาย)", "ขยะอินทรีย์ (ผลงาน)"),
        ("ขยะอินทรีย์ (แผน)", "ขยะอินทรีย์ (ผล)"),
        ("ขยะอินทรีย์ (ปีก่อน)", "ขยะอินทรีย์"),
    ],
)
def test_an_aim_gives_way_to_its_result(aim, result):
    reading = read(with_further(aim, result))
    assert answers(reading) == expected()
    assert codes(reading) == []


def test_an_aim_beside_the_name_leaves_the_name_to_its_result():
    rows = first_only(lines())
    rows[0][2] = f"{LABELS[0]} (ผล)"
    aim = [*rows[0][:2], f"{LABELS[0]} (เป้าหมาย)", 50, 1, 1, 2, "เตาเผา"]
    rows[0][:2] = [None, None]
    assert answers(read([aim, *rows])) == expected()


def test_an_aim_alone_is_no_answer():
    reading = read(with_further("", "ขยะอินทรีย์ (เป้าหมาย)", filled="one"))
    assert [(f.code, f.place.cell) for f in reading.findings] == [
        (Code.ROW_MISSING, "B2"), (Code.ANSWER_UNREADABLE, "C3"),
    ]  # fmt: skip
    assert len(answers(reading)) == len(expected()) - 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ขยะอินทรีย์ (ตลาด)", "ขยะอินทรีย์ (ครัวเรือน)"),
        ("ขยะอินทรีย์ (ไม่คัดแยก)", "ขยะอินทรีย์ (คัดแยก)"),
        ("ขยะอินทรีย์", "ขยะอินทรีย์ (ตลาด)"),
    ],
)
def test_sorts_of_one_row_are_parts_of_its_figure(one, other):
    """None of them alone is the answer; the rows around them are read."""
    reading = read(with_further(one, other))
    gone = {key for key in expected() if key[0] == CODES[0] and key[1].endswith("__organic")}
    assert answers(reading) == {key: value for key, value in expected().items() if key not in gone}
    assert f"กรุณารวมแถว {one} / {other} เป็นแถวเดียวตามแบบ" in reading.findings[1].message
    assert codes(reading) == ["row-missing", "answer-unreadable", "answer-unreadable"]


def test_small_tables_that_are_numbered_have_the_kind_in_their_title():
    head = [HEAD[0], HEAD[1], *HEAD[3:]]
    rows = []
    for row, label in enumerate(LABELS):
        rows += [[f"ตารางที่ {row + 1} {label}"], head]
        rows += [[at, name, *cells(at - 1, row)] for at, name in enumerate(NAMES, 1)]
        rows.append([])
    reading = read(rows[1:], head=rows[0])
    assert answers(reading) == expected()
