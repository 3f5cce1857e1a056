"""Answers that slipped by a row against the names: asked once, all rows that may have moved; a mere blank is a blank."""

from collections import Counter

import pytest

from parsers.doubts.slipped_rows import slipped_rows
from parsers.findings import Code
from parsers.form.form import Form
from parsers.form.question import Question
from parsers.grid import Cell, CellKind, Grid
from parsers.read import FileRequest, read_file
from parsers.tables.find import find_tables
from parsers.values.cells_read_once import Readings
from tests.forms.drawing import DENCHAI, ONE_ROW, marks, separated, table
from tests.forms.judging import corpus_bureau

BUREAU = corpus_bureau()
CATALOGUE = BUREAU.catalogue()
SHORT = {organisation.code: organisation.short_name for organisation in BUREAU.roster.organisations}
NAMES = list(DENCHAI)
GIVEN = [marks(said) for said in DENCHAI.values()]
BLANK = [None] * 4
COUNTS = ["5", "3", "4", "3"]
WORDS = ["ดำเนินการแล้ว", "ยังไม่ดำเนินการ", "ดำเนินการแล้ว", "ยังไม่ดำเนินการ"]
EVERY, NOBODY = set(NAMES), set()


def rows(answers, *, tail=(), head=(), names=NAMES):
    """The names with their answers, between further rows of (number, name, answers)."""
    named = [(number, name, given) for number, (name, given) in enumerate(zip(names, answers, strict=True), 1)]
    return [ONE_ROW, *([number, name, *given] for number, name, given in (*head, *named, *tail))]


def down(by=1, given=GIVEN):
    """The answers of the seven names when they stand so many rows too low, and those that fell off the end."""
    return [BLANK] * by + given[:-by], given[-by:]


def nameless(given, number=8, name=None):
    return [(number + at, name, each) for at, each in enumerate(given)]


BLANK_AT_3 = [*GIVEN[:2], BLANK, *GIVEN[3:]]
MIDDLE = [*GIVEN[:3], BLANK, *GIVEN[3:-1]]
SLIPPED = {
    "down, a number at the end": (rows(down()[0], tail=nameless(down()[1])), NOBODY),
    "down, no number at the end": (rows(down()[0], tail=[(None, None, GIVEN[-1])]), NOBODY),
    "down, a dotted line at the end": (rows(down()[0], tail=[(None, ".........", GIVEN[-1])]), NOBODY),
    "down into the total": (rows(down()[0], tail=[("รวม", None, GIVEN[-1])]), NOBODY),
    "down into the form's total": (rows(down()[0], tail=[("รวมดำเนินการแล้ว", None, GIVEN[-1])]), NOBODY),
    "down by two": (rows(down(2)[0], tail=nameless(down(2)[1])), NOBODY),
    "down by two, one in the total": (
        rows(down(2)[0], tail=[(8, None, GIVEN[-2]), ("รวม", None, GIVEN[-1])]),
        NOBODY,
    ),
    "down, one blank of its own": (rows([BLANK, *BLANK_AT_3[:-1]], tail=nameless([GIVEN[-1]])), NOBODY),
    "down, crosses only": (rows([BLANK, *[marks("NNNN")] * 6], tail=nameless([marks("NNNN")])), NOBODY),
    "down, in words": (rows([BLANK, *[WORDS] * 6], tail=nameless([WORDS])), NOBODY),
    "down, the last half filled": (rows(down()[0], tail=[(8, None, ["✓", None, "X", None])]), NOBODY),
    "down, an example above": (
        rows(down()[0], head=[(1, None, marks("YYYY"))], tail=nameless([GIVEN[-1]])),
        NOBODY,
    ),
    "down, two names only": (rows([BLANK, GIVEN[0]], names=NAMES[:2], tail=nameless([GIVEN[1]], 3)), NOBODY),
    "down from the middle": (rows(MIDDLE, tail=nameless([GIVEN[-1]])), set(NAMES[:3])),
    "up, a nameless row above": (rows([*GIVEN[1:], BLANK], head=[(None, None, GIVEN[1])]), NOBODY),
    "up to the middle": (
        rows([*GIVEN[1:4], BLANK, *GIVEN[4:]], head=[(None, None, marks("YNNY"))]),
        set(NAMES[4:]),
    ),
}
STAYS = {
    "nothing amiss": (rows(GIVEN), EVERY, {}),
    "the first is blank": (rows([BLANK, *GIVEN[1:]]), EVERY - {NAMES[0]}, {Code.ANSWER_MISSING: 4}),
    "the first two are blank": (rows([BLANK, BLANK, *GIVEN[2:]]), EVERY - set(NAMES[:2]), {Code.ANSWER_MISSING: 8}),
    "the last is blank": (rows([*GIVEN[:-1], BLANK]), EVERY - {NAMES[-1]}, {Code.ANSWER_MISSING: 4}),
    "one in the middle is blank": (rows(BLANK_AT_3), EVERY - {NAMES[2]}, {Code.ANSWER_MISSING: 4}),
    "a nameless row beside full ones": (
        rows(GIVEN, tail=nameless([GIVEN[0]])),
        EVERY,
        {Code.ORGANISATION_UNNAMED: 1},
    ),
    "the first blank, counts in the total": (
        rows([BLANK, *GIVEN[1:]], tail=[("รวม", None, ["4", "2", "4", "1"])]),
        EVERY - {NAMES[0]},
        {Code.ANSWER_MISSING: 4},
    ),
    "the first blank, counts without a word": (
        rows([BLANK, *GIVEN[1:]], tail=[(None, None, ["4", "2", "4", "1"])]),
        EVERY - {NAMES[0]},
        {Code.ANSWER_MISSING: 4},
    ),
    "an example above, the last blank": (
        rows([*GIVEN[:-1], BLANK], head=[(1, None, marks("YYYY"))]),
        EVERY - {NAMES[-1]},
        {Code.ANSWER_MISSING: 4},
    ),
    "an example without a number, the last blank": (
        rows([*GIVEN[:-1], BLANK], head=[(None, None, marks("YYYY"))]),
        EVERY - {NAMES[-1]},
        {Code.ANSWER_MISSING: 4},
    ),
    "an example that says so, the last blank": (
        rows([*GIVEN[:-1], BLANK], head=[("ตัวอย่าง", None, marks("YNYN"))]),
        EVERY - {NAMES[-1]},
        {Code.ANSWER_MISSING: 4},
    ),
    "nobody answered but a nameless row": (
        rows([BLANK] * 7, tail=nameless([GIVEN[0]])),
        NOBODY,
        {Code.ANSWER_MISSING: 28, Code.ORGANISATION_UNNAMED: 1},
    ),
    "the first blank, dotted lines to spare": (
        rows([BLANK, *GIVEN[1:]], tail=[(8, ".......", BLANK), (9, ".......", ["....", None, None, None])]),
        EVERY - {NAMES[0]},
        {Code.ANSWER_MISSING: 4},
    ),
    "the first blank, a name unknown at the end": (
        rows([BLANK, *GIVEN[1:]], tail=[(8, "อบต.ไม่มีจริง", GIVEN[0])]),
        EVERY - {NAMES[0]},
        {Code.ANSWER_MISSING: 4, Code.ORGANISATION_UNKNOWN: 1},
    ),
}


def read(page):
    return read_file(
        "แบบรายงาน.csv", separated(table(page[1:], head=page[:1])), FileRequest(CATALOGUE, "w5827", "den-chai")
    )


def recorded(reading):
    return {SHORT[answer.organisation] for answer in reading.standing()}


@pytest.mark.parametrize("case", SLIPPED)
def test_rows_that_may_have_slipped_are_asked_once(case):
    page, sure = SLIPPED[case]
    reading = read(page)
    assert recorded(reading) == sure
    assert [found.code for found in reading.findings if found.code != Code.ORGANISATION_MISSING] == [Code.ROWS_SLIPPED]


@pytest.mark.parametrize("case", STAYS)
def test_a_mere_blank_is_a_blank(case):
    page, sure, codes = STAYS[case]
    reading = read(page)
    assert recorded(reading) == sure
    assert Counter(found.code for found in reading.findings) == codes


FIGURES = Form(
    title="แบบรายงาน",
    question=(
        Question(key="persons", kind="integer", label="จำนวนผู้มีสิทธิ"),
        Question(key="budget", kind="money", label="งบประมาณ"),
    ),
)


@pytest.mark.parametrize(
    ("given", "nameless", "slipped"),
    [
        (["", "10 500", "20 700"], "30 900", True),
        (["", "10 500", "20 700"], "30 1,200.00", False),  # a total without its word
        (["5 100", "10 500", "20 700"], "30 900", False),
        (["", "10 500", "20 700"], "", False),
        (["", "10 500", "20 "], "30 1,200", True),
    ],
)
def test_figures_without_a_name_that_are_no_sums_may_have_slipped(given, nameless, slipped):
    lines = ["ชื่อ อปท.|จำนวนผู้มีสิทธิ|งบประมาณ"]
    lines += [f"{name}|{each.replace(' ', '|')}" for name, each in zip(NAMES, given, strict=False)]
    lines.append(f"|{nameless.replace(' ', '|')}")
    cells = {
        (r, c): Cell(r, c, CellKind.TEXT, text)
        for r, line in enumerate(lines, 1)
        for c, text in enumerate(line.split("|"), 1)
        if text
    }
    (found,) = find_tables(Grid("แบบ", cells), FIGURES)
    assert [doubt.rows for doubt in slipped_rows(found, Readings(FIGURES))] == ([(2, 3, 4, 5)] if slipped else [])
