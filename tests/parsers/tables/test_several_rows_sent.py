"""Forms with several rows for each organisation as they come back: a figure goes to its own row and name, or is asked for."""

import pytest

from parsers.findings import Code, Severity
from parsers.form.form import Form
from parsers.reading import Outcome
from parsers.tables.row_labels import Labels
from tests.parsers.streams import (
    CODES,
    HEAD,
    LABELS,
    NAMES,
    STREAMS,
    answers,
    cells,
    codes,
    expected,
    first_only,
    lines,
    read,
    read_sheets,
)

NO_LABELS = [text for text in HEAD if text != "ประเภทขยะ"]
BY_LABEL = [(place, row) for row in range(3) for place in range(len(CODES))]


def without(*gone):
    """All answers but those of the rows ``gone``, each a place and a row."""
    rows = {(CODES[place], STREAMS.form.row[row].key) for place, row in gone}
    return {about: value for about, value in expected().items() if (about[0], about[1].split("__")[1]) not in rows}


def unlabelled(row):
    return [*row[:2], *row[3:]]


# --- whose a row is ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_name_anywhere_in_its_block(at):
    """Centred by hand over three rows, or below them."""
    rows = [row if place % 3 == at else [None, None, *row[2:]] for place, row in enumerate(lines())]
    reading = read(rows)
    assert answers(reading) == expected()
    assert codes(reading) == []


def test_a_name_forgotten_below_a_block_that_lacks_a_row():
    """The rows carried down may be of either: only the row with the name itself is sure."""
    rows = first_only(lines())
    del rows[2]
    rows[2][0:2] = [None, None]
    reading = read(rows)
    assert answers(reading) == without((0, 1), (0, 2), (1, 0), (1, 1), (1, 2))
    assert Code.ORGANISATION_UNNAMED in codes(reading)


def test_a_block_that_lost_the_row_with_its_name():
    rows = first_only(lines())
    del rows[2:4]
    assert answers(read(rows)) == without((0, 1), (0, 2), (1, 0), (1, 1), (1, 2))


def test_a_number_begins_a_block_even_where_its_name_was_forgotten():
    rows = first_only(lines())
    rows[3][1] = None
    rows[1:6] = [rows[3][:2] + rows[5][2:], rows[4], [None, None, *rows[3][2:]]]
    assert answers(read(rows)) == without((0, 1), (0, 2), (1, 0), (1, 1), (1, 2))


def test_names_in_first_rows_only_and_sorted_by_label_afterwards():
    rows = sorted(first_only(lines()), key=lambda row: LABELS.index(row[2]))
    reading = read(rows)
    assert answers(reading) == expected(rows=[0])
    assert Code.ORGANISATION_UNNAMED in codes(reading)


@pytest.mark.parametrize("at", [6, 8])
def test_a_name_forgotten_among_names_in_every_row(at):
    rows = lines(BY_LABEL)
    rows[at][:2] = [None, None]
    found = answers(read(rows))
    assert found.items() <= without((at - 6, 1)).items()
    assert len(found) >= len(expected()) - 8


def test_one_label_written_for_another_is_asked_in_its_own_block():
    rows = first_only(lines())
    rows[4][2] = LABELS[0]
    reading = read(rows)
    assert without((1, 0), (1, 1)).items() <= answers(reading).items() <= without((1, 1)).items()
    assert Code.ORGANISATION_DUPLICATED in codes(reading)


@pytest.mark.parametrize("sign", ['"', "”", "-", "〃", "(ต่อ)"])
def test_signs_for_as_above_are_no_names(sign):
    rows = [row if at % 3 == 0 else [None, sign, *row[2:]] for at, row in enumerate(lines())]
    reading = read(rows)
    assert answers(reading) == expected()
    assert codes(reading) == []


@pytest.mark.parametrize("between", [[[], HEAD], [["แบบรายงาน (ต่อ)"], HEAD], [["ยอดยกไป", None, None, 1], HEAD]])
def test_a_page_may_begin_within_a_block(between):
    rows = first_only(lines())
    titled = [["อำเภอหนองม่วงไข่"], HEAD, *rows[:7], *between, *rows[7:]]
    assert answers(read(titled[1:], head=titled[0])) == expected()


@pytest.mark.parametrize("head", [HEAD, [*HEAD, "หมายเหตุ"]])
def test_all_rows_of_an_example_are_one(head):
    said = [[None, NAMES[0]], ["ตัวอย่าง", NAMES[0]]][len(head) == len(HEAD)]
    shown = [[*(said if not at else [None, None]), label, 9, 9, 9, 18, "เตาเผา"] for at, label in enumerate(LABELS)]
    shown[0].append("ตัวอย่าง" if len(head) > len(HEAD) else None)
    reading = read([*shown, *first_only(lines())], head=head)
    assert answers(reading) == expected()
    assert codes(reading) == []


@pytest.mark.parametrize("merge", ["", "A{0}:H{0}"])
def test_a_name_in_a_line_above_wherever_it_stands(merge):
    """In the column of numbers, or merged over the whole table."""
    rows = []
    for at, row in enumerate(lines()):
        rows += [[f"{row[0]}. {row[1]}"]] if at % 3 == 0 else []
        rows.append([None, None, *row[2:]])
    reading = read(rows, [merge.format(at) for at in range(2, 26, 4)] if merge else ())
    assert answers(reading) == expected()
    assert codes(reading) == []


def test_names_in_lines_above_without_a_column_of_names():
    rows = [each for at, row in enumerate(lines()) for each in ([row[1:2]] if at % 3 == 0 else []) + [row[2:]]]
    assert answers(read(rows, head=HEAD[2:])) == expected()


@pytest.mark.parametrize("where", ["one sheet", "titles", "sheets"])
def test_a_table_for_each_organisation(where):
    """Its name above it, or in the name of the sheet alone."""
    parts = [[HEAD[2:], *(row[2:] for row in lines()[at : at + 3])] for at in range(0, 18, 3)]
    titled = [[[name], *part] for name, part in zip(NAMES, parts, strict=True)]
    sheets = {
        "one sheet": {"Sheet": [row for part in titled for row in (*part, [])]},
        "titles": {str(at): part for at, part in enumerate(titled)},
        "sheets": dict(zip(NAMES, parts, strict=True)),
    }
    assert answers(read_sheets(sheets[where])) == expected()


# --- which row it is -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("๑) ขยะทั่วไป", "general"),
        ("1.1 ขยะทั่วไป", "general"),
        ("ก. ขยะทั่วไป", "general"),
        ("ปริมาณขยะทั่วไป (ตัน/วัน)", "general"),
        ("มูลฝอยอินทรีย์", "organic"),
        ("ขยะอินทรีย์/เปียก", "organic"),
        ("ขยะอินทรีย์ (ขยะเปียก)", "organic"),
        ("อันตราย", "hazardous"),
        ("ของเสียอันตรายชุมชน เช่น ถ่านไฟฉาย หลอดไฟ", "hazardous"),
        ("ขยะอันตราย (ชุมชน)", "hazardous"),
        ("ของเสียไม่อันตราย", None),
        ("ของเสียอันตรายจากโรงงาน", None),
        ("ของเสีย", None),
        ("ขยะมูลฝอย", None),
        ("ขยะรีไซเคิลทั่วไป", None),
        ("ขยะเปียกและแห้ง", None),
        ("ขยะทั่วไปและขยะอินทรีย์", None),
        ("ขยะทั่วไป (รวมขยะอินทรีย์)", None),
        ("ชุมชน", None),
    ],
)
def test_what_a_label_names(said, key):
    found = Labels(STREAMS.form).match(said)
    assert (found and found.key) == key


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("ไตรมาสที่ ๑", "ไตรมาส 1"),
        ("2. ไตรมาส 2", "ไตรมาส 2"),
        ("ไตรมาส 1-2", None),
        ("ไตรมาส 12", None),
        ("ไตรมาส 3", None),
        ("1", None),
    ],
)
def test_figures_tell_labels_apart(said, label):
    rows = [{"key": "first", "label": "ไตรมาส 1"}, {"key": "second", "label": "ไตรมาส 2"}]
    question = {"key": "a", "kind": "integer", "label": "จำนวน"}
    form = Form.model_validate({"title": "แบบ", "row_label": "ไตรมาส", "row": rows, "question": [question]})
    found = Labels(form).match(said)
    assert (found and found.label) == label


def test_labels_among_the_names():
    rows = []
    for row in lines():
        rows += [row[:2]] if row[2] == LABELS[0] else []
        rows.append([None, f"  {row[2]}", *row[3:]])
    assert answers(read(rows, head=NO_LABELS)) == expected()


@pytest.mark.parametrize("shape", ["{} ({})", "{} - {}", "{}/{}", "{} [{}]"])
def test_labels_behind_the_names(shape):
    rows = [[number, shape.format(name, label), *rest] for number, name, label, *rest in lines()]
    reading = read(rows, head=NO_LABELS)
    assert answers(reading) == expected()
    assert codes(reading) == []


def test_labels_in_lines_above_their_rows():
    rows = lines(BY_LABEL)
    parts = [[None, label] for label in LABELS]
    body = [each for at, part in enumerate(parts) for each in (part, *map(unlabelled, rows[6 * at : 6 * at + 6]))]
    assert answers(read(body, head=NO_LABELS)) == expected()


def test_a_small_table_for_each_label_which_stands_above_its_header():
    """Figures of up to four digits are no ordinals, so no row is a name alone in its line."""
    rows = [unlabelled(row) for row in lines(BY_LABEL)]
    parts = [[[label], NO_LABELS, *rows[6 * at : 6 * at + 6], []] for at, label in enumerate(LABELS)]
    assert answers(read([row for part in parts for row in part], head=[])) == expected()


@pytest.mark.parametrize("merges", [[], ["C1:G1", "H1:L1", "M1:Q1"]], ids=["unmerged", "merged"])
@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1]])
def test_labels_side_by_side_over_the_same_headings(merges, order):
    groups = [None, None, *(text for row in order for text in [LABELS[row], None, None, None, None])]
    heads = [*HEAD[:2], *HEAD[3:] * 3]
    body = [
        [place + 1, NAMES[place], *(value for row in order for value in cells(place, row))]
        for place in range(len(CODES))
    ]
    assert answers(read([heads, *body], merges, head=groups)) == expected()


def test_one_label_side_by_side_that_is_not_there_is_asked():
    groups = [None, None, LABELS[0], None, None, None, None, LABELS[2]]
    heads = [*HEAD[:2], *HEAD[3:] * 2]
    body = [[place + 1, NAMES[place], *cells(place, 0), *cells(place, 2)] for place in range(len(CODES))]
    reading = read([heads, *body], head=groups)
    assert answers(reading) == expected(rows=[0, 2])
    assert {f.organisation for f in reading.findings if f.code is Code.ROW_MISSING} == set(CODES)


def test_a_sheet_for_each_label():
    rows = [unlabelled(row) for row in lines(BY_LABEL)]
    sheets = {label: [NO_LABELS, *rows[6 * at : 6 * at + 6]] for at, label in enumerate(LABELS)}
    assert answers(read_sheets(sheets)) == expected()


def test_without_any_labels_the_column_is_asked_once():
    reading = read([unlabelled(row) for row in lines()], head=NO_LABELS)
    assert reading.answers == ()
    assert [f.code for f in reading.findings] == [Code.COLUMN_MISSING]
    assert "“ประเภทขยะ”" in reading.findings[0].message


def test_labels_of_one_block_left_out_are_asked_at_their_cells():
    rows = first_only(lines())
    for row in rows[3:6]:
        row[2] = None
    reading = read(rows)
    assert answers(reading) == without((1, 0), (1, 1), (1, 2))
    assert [f.place.cell for f in reading.findings if f.code is Code.ANSWER_MISSING] == ["C5", "C6", "C7"]


def test_a_summary_beside_all_rows_bars_nothing():
    summary = [HEAD[2:7], *([label, 1, 2, 3, 5] for label in LABELS)]
    reading = read_sheets({"แบบรายงาน": [HEAD, *lines()], "สรุป": summary})
    assert (answers(reading), reading.outcome) == (expected(), Outcome.ACCEPTED)
    assert [(f.code, f.severity) for f in reading.findings] == [(Code.COLUMN_MISSING, Severity.WARNING)]
    part = read_sheets({"แบบรายงาน": [HEAD, *lines()[3:]], "สรุป": summary})
    assert (Code.COLUMN_MISSING, Severity.ERROR) in {(f.code, f.severity) for f in part.findings}


@pytest.mark.parametrize("said", ["รวม", "รวมทั้ง 3 ประเภท"])
@pytest.mark.parametrize("first", [True, False])
def test_a_sum_within_each_block_is_no_row(said, first):
    rows = []
    for at in range(0, 18, 3):
        block = first_only(lines())[at : at + 3]
        added = [sum(row[column] for row in block) for column in range(3, 7)]
        name = block[0][:2] if first else [None, None]
        total = [*name, said, *added, None]
        rows += [total, *([None, None, *row[2:]] for row in block)] if first else [*block, total]
    reading = read(rows)
    assert answers(reading) == expected()
    assert codes(reading) == []


@pytest.mark.parametrize("whole", [True, False])
def test_figures_a_row_too_low_are_asked(whole):
    """Pasted a row too low, the last in a line without a label: in one block, or in all."""
    rows = first_only(lines())
    until = len(rows) if whole else 3
    figures = [row[3:] for row in rows[:until]]
    for row, moved in zip(rows, [[None] * 5, *figures], strict=False):
        row[3:] = moved if row in rows[:until] else row[3:]
    rows.insert(until, [None, None, None, *figures[-1]])
    reading = read(rows)
    assert answers(reading) == ({} if whole else without((0, 0), (0, 1), (0, 2)))
    assert set(codes(reading)) == {"label-unsure"}
    assert "เลื่อนไปอยู่ผิดแถว" in reading.findings[0].message


def test_two_rows_for_each_label_are_asked():
    """Last year above this one, the label in the first only: nobody knows which figure is asked for."""
    rows = [each for row in first_only(lines()) for each in (row, [None, None, None, *row[3:]])]
    reading = read(rows)
    assert reading.answers == ()
    assert set(codes(reading)) == {"label-unsure"}


@pytest.mark.parametrize("lost", [1, 2])
def test_names_that_stand_below_the_first_row_of_their_block(lost):
    """Names in the middle or below, and the rows above the first of them cut off: what stands under a name is not its own."""
    rows = [row if at % 3 == lost else [None, None, *row[2:]] for at, row in enumerate(lines())][lost:]
    reading = read(rows)
    assert reading.answers == ()
    assert {f.organisation for f in reading.findings if f.code is Code.NAMES_ASKEW} == set(CODES)


def test_a_table_cut_off_above_and_below():
    """Its first row with the name is lost, and its last: the rows fall into threes, but not under those names."""
    assert answers(read(first_only(lines())[1:-2])) == without((0, 0), (0, 1), (0, 2), (5, 1), (5, 2))


def test_name_lines_below_their_rows():
    rows = [
        each for at, row in enumerate(lines()) for each in ([None, None, *row[2:]], row[:2] if at % 3 == 2 else [None])
    ]
    reading = read(rows)
    assert reading.answers == ()
    assert Code.ORGANISATION_UNNAMED in codes(reading)


@pytest.mark.parametrize("line", ["- 2 -", "หน้า 2", "หน้าที่ ๒/๓", "(ต่อ)"])
def test_the_number_of_a_page_ends_no_block(line):
    rows = first_only(lines())
    assert answers(read([*rows[:7], [line], *rows[7:]])) == expected()


def test_a_sum_within_a_block_is_compared_and_an_average_is_not():
    rows = first_only(lines())
    added = [sum(row[column] for row in rows[3:6]) for column in range(3, 7)]
    rows[6:6] = [[None, None, "รวม", added[0] + 1, *added[1:]], [None, None, "เฉลี่ย", *(each / 3 for each in added)]]
    reading = read(rows)
    assert answers(reading) == expected()
    assert [(f.code, f.place.cell, f.question) for f in reading.findings] == [(Code.TOTAL_MISMATCH, "D8", "")]


def test_a_sum_that_names_its_organisation():
    rows = [
        each
        for at, row in enumerate(first_only(lines()))
        for each in ([row] if at % 3 < 2 else [row, [None, f"รวม {NAMES[at // 3]}"]])
    ]
    for at in range(3, 24, 4):
        rows[at] += [None, sum(row[3] for row in rows[at - 3 : at])]
    reading = read(rows)
    assert answers(reading) == expected()
    assert codes(reading) == []


def test_answers_of_nobody_known_are_said():
    """No label and a strange name: both are wrong, one is said."""
    rows = lines()
    rows.append([7, "อบต.ดาวอังคาร", None, 1, 2, 3, 5, "ฝังกลบ"])
    assert [(f.code, f.place.cell) for f in read(rows).findings] == [(Code.ORGANISATION_UNKNOWN, "B20")]


@pytest.mark.parametrize("column", [1, 2])
def test_a_total_that_names_its_label_itself(column):
    rows = lines(BY_LABEL)
    added = [sum(row[3] for row in rows[at : at + 6]) for at in range(0, 18, 6)]
    totals = [
        [None] * column + [f"รวม{label}"] + [None] * (2 - column) + [sum_]
        for label, sum_ in zip(LABELS, added, strict=True)
    ]
    body = [each for at, total in enumerate(totals) for each in (*rows[6 * at : 6 * at + 6], total)]
    assert answers(read(body)) == expected()
    assert codes(read(body)) == []
    totals[1][3] += 1
    assert [(f.code, f.question) for f in read(body).findings] == [(Code.TOTAL_MISMATCH, "tons__organic")]


# --- what its figures are ------------------------------------------------------------------------------------------------


def test_an_amount_merged_over_the_rows_of_a_block_is_asked():
    """One figure for three kinds of waste: no row's own. A word merged alike is each row's."""
    rows = first_only(lines())
    for row in (rows[4], rows[5]):
        row[3] = row[7] = None
    rows[3][7] = "ฝังกลบ"
    reading = read(rows, ["D5:D7", "H5:H7"])
    tons = {(CODES[1], f"tons__{row.key}") for row in STREAMS.form.row}
    assert answers(reading).keys() == expected().keys() - tons
    assert {answers(reading)[CODES[1], f"method__{row.key}"] for row in STREAMS.form.row} == {"ฝังกลบ"}
    assert {(f.code, f.organisation, f.question) for f in reading.findings} == {
        (Code.ANSWER_UNREADABLE, *each) for each in tons
    }


def test_a_label_with_a_foreign_unit():
    """Kilograms beside one label only: its tons are asked, its money is not."""
    rows = lines()
    rows[2][2] = "ขยะอันตราย (กก./วัน)"
    rows[5][2] = "ขยะอันตราย (ตัน/วัน)"
    rows[2][3] = 2
    reading = read(rows)
    gone = (CODES[0], "tons__hazardous")
    assert answers(reading) == {about: value for about, value in expected().items() if about != gone}
    assert [(f.code, f.place.cell, "กก./วัน" in f.message) for f in reading.findings] == [
        (Code.ANSWER_UNREADABLE, "D4", True)
    ]
