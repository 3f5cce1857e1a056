"""Every regular expression of the code takes time as its text is long: not the square of it, whoever wrote the text.

The texts are made to be slow for all expressions and from the tree of each one. What is measured is the growth of the
processor's time, never seconds.
"""

import functools
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from parsers.form.naming import LOCAL, Naming, OrganisationType
from parsers.organisations.type_words import words_of
from tests.laws.expressions import WAYS, Expression, collected
from tests.laws.growth import LINEAR, PATIENCE, exponent, seconds
from tests.laws.hostile import Hostile, hostile

SCHOOLS = words_of(Naming((OrganisationType("รร.", "โรงเรียน", ("ร.ร.",), "ผู้อำนวยการ"),), frozenset({"บ้านปิน"})))
# What the local names of a function may hold where it builds an expression of them.
SAMPLES = {
    "parsers.mail.mime.boundary.rebuilt": {"found": b"boundary"},
    "parsers.mail.mime.header_fields.parameter": {"name": "boundary"},
    "parsers.answers.day_of_data.day_line": {"form": SimpleNamespace(as_of_label="ข้อมูล ณ วันที่")},
    "parsers.organisations.register.__init__": {"districts": "เมือง|ลอง", "words": words_of(LOCAL)},
    "parsers.organisations.register._patterns": {"typed": words_of(LOCAL).typed, "joins": "และ|กับ"},
    "parsers.mail.words.typed_line._patterns": {
        "name": words_of(LOCAL).typed,
        "owner": rf"(?:ของ|ข้อมูล)\s*+:?\s*+({words_of(LOCAL).typed})",
    },
    "parsers.organisations.type_words.__init__": {
        "self": SCHOOLS,
        "bare": "แพร่|น่าน",
        "kinds": "โรงเรียน|รร",
        "heads": "ผู้อำนวยการ",
    },
    **{
        f"parsers.organisations.type_words.{made}": {"self": SCHOOLS, "name": r"(?P<name>[^\s.…_/,():]{1,})"}
        for made in ("_head_of_office", "_goes_on", "_alone", "_says", "_named", "_within", "_typed_within")
    },
    "parsers.thai.written_form._pattern": {"pieces": ["", "number", "/", "year", ""]},
}
# Files whose expressions only ever see texts under a cap, which they themselves hold: (file, characters, where it is held).
CAPPED = {
    "parsers/thai/dates.py": (200, "read_date refuses a longer text"),
    "parsers/tables/denial.py": (240, "LONGEST_HEADING, before a heading is weighed"),
    "parsers/tables/wordings.py": (240, "LONGEST_HEADING, before a heading is weighed"),
    "parsers/mail/words/prose_corrections.py": (1_000, "LINE_CAP of a line, SUBJECT_CAP of a subject"),
    "parsers/values/tick_marks.py": (200, "tick takes a longer text for no mark"),
    "parsers/values/tick_words.py": (200, "the same; the words of a circular are not a stranger's"),
    "parsers/values/tick_particulars.py": (200, "as tick_words"),
    "parsers/values/evidence.py": (200, "the same"),
    "parsers/circulars/words_of_taking_back.py": (400, "LINE_CAP of a line, TITLE_CAP of a title"),
    "parsers/organisations/type_words.py": (1_000, "_LOOKED_AT of a text"),
    "parsers/organisations/register.py": (200, "resolve takes a longer text for no name"),
    "parsers/organisations/name_grammar.py": (200, "the same, and find_district"),
    "parsers/values/numbers.py": (200, "LONGEST, before a number is read"),
    "parsers/circulars/period.py": (400, "LONGEST of a title; the circular's own words are not a stranger's"),
    "parsers/tables/hint_rows.py": (120, "_LONGEST of a cell"),
    "parsers/mail/words/words_about_data.py": (400, "LONGEST of a line"),
    "parsers/values/colour_legend.py": (300, "LONGEST of a line"),
    "parsers/doubts/written_corrections.py": (200, "LONGEST of a line, before it is looked at"),
    "parsers/doubts/notes_against_figures.py": (200, "LONGEST of a note"),
    "parsers/values/units.py": (240, "four times _LONGEST"),
    "parsers/values/units_in_text.py": (240, "the same"),
    "parsers/values/several_choices.py": (200, "as choices"),
    "parsers/values/coded_choices.py": (400, "LONGEST of a line"),
    "parsers/tables/marks_for_other_cells.py": (200, "LONGEST of a cell or note"),
    "parsers/values/legend.py": (400, "LONGEST of a line that may explain marks"),
    "parsers/thai/written_form.py": (200, "LONGEST, before a text is held against a form"),
    "parsers/mail/words/typed_line.py": (300, "LINE_CAP of a line"),
    "parsers/doubts/withheld.py": (240, "LONGEST of a line, before it is looked at"),
    "parsers/values/breakdowns.py": (200, "LONGEST of numbers, before a number is read"),
    "parsers/values/choices.py": (200, "values hands over no more than LONGEST"),
    "parsers/formats/number_formats.py": (255, "_LONGEST of a number format"),
    "parsers/blank_form/questions.py": (1_000, "TEXT_CAP of joined"),
    "parsers/blank_form/around_table.py": (1_000, "the same"),
    "parsers/blank_form/rows_asked.py": (1_000, "the same"),
    "parsers/blank_form/letter.py": (1_000, "the same, for each line"),
    "parsers/blank_form/letter_days.py": (2_001, "two lines of a letter"),
    "parsers/blank_form/kinds.py": (4_000, "HINT_CAP of a hint; headings are shorter"),
    "parsers/blank_form/kind_words.py": (4_000, "the same"),
    "bot/office/new_circular/correction_words.py": (300, "_LONGEST of a line"),
    "bot/office/new_circular/question_words.py": (300, "the same"),
    "bot/office/wishes/cells.py": (
        500,
        "_END of a text; its start, where an expression has bounds; what was found in these",
    ),
    "bot/office/rules/commands.py": (200, "_LONGEST of a first line"),
    "bot/office/model/letter_number.py": (300, "_LONGEST_LINE"),
}
AT_THE_CAP = 0.05  # seconds that the slowest text takes an expression at its cap
SOON = 0.5  # seconds of patience with what is planted to be slow: three as slow ones took half of this file's time
FEWEST = 300  # expressions that there are at least; fewer means that the collecting fails


@functools.cache
def expressions() -> list[Expression]:
    """All of the code's; not while the tests are collected, which each worker does for itself."""
    return collected(SAMPLES)


def put(pattern: re.Pattern, way: str) -> Callable[[str], object]:
    """A pattern put to a text as the code does it."""
    method = getattr(pattern, way)

    def call(text: str) -> None:
        given = text.encode() if isinstance(pattern.pattern, bytes) else text
        if way in ("sub", "subn"):
            method(lambda found: found[0][:0], given)
        else:
            result = method(given)
            if way == "finditer":
                any(found is None for found in result)

    return call


def slow(expression: Expression, patience: float = PATIENCE) -> tuple[float, str, Hostile] | None:
    """The growth of an expression, the way it is used and the text for which it is worse than linear, if there is one."""
    for text in hostile(expression.pattern):
        for way in expression.ways:
            grows = exponent(put(expression.pattern, way), text.of, patience=patience)
            if grows > LINEAR:
                return grows, way, text
    return None


def cap_of(expression: Expression) -> int:
    """The cap of the texts that an expression sees; 0 where it has none."""
    files = {place.partition(":")[0] for place in expression.places}
    return max(CAPPED[file][0] for file in files) if files and files <= set(CAPPED) else 0


@pytest.mark.parametrize("part", range(4))
def test_every_expression_is_linear_in_its_text(part):
    uncapped = [each for each in expressions() if not cap_of(each)][part::4]
    print(f"{len(uncapped)} expressions of {len(expressions())}")
    worse = {each.places: found for each in uncapped if (found := slow(each))}
    assert worse == {}


def test_expressions_under_a_cap_are_quick_at_it():
    worse = []
    for each in expressions():
        if cap := cap_of(each):
            for text in hostile(each.pattern):
                for way in each.ways:
                    cost = put(each.pattern, way)
                    if min(seconds(cost, text.of(cap)) for _ in range(2)) > AT_THE_CAP:
                        worse.append((each.places, way, text))
    assert worse == []


def test_none_is_missed():
    found = expressions()
    assert len(found) >= FEWEST
    spoken = [each for each in found if each.places]
    assert [each.pattern.pattern for each in found if each not in spoken] == []
    assert {way for each in found for way in each.ways} <= WAYS


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"\s*$", "search"),
        (r"<\s*([^<>]+?)\s*>", "findall"),  # the identifiers of mails, once: the cube
        (r"\[[^\]]*\]", "sub"),
        (r"a*a*b", "search"),
        (r"(?:a|aa)+$", "search"),  # without measure
        (r"(?:ใน|ในระบบ|ระบบ)*แล้ว", "fullmatch"),  # the same
        (r",\s*(?:x)?\s*;", "search"),
        (rb"(?m)^[\s>]*(?:X-)?Message-ID:", "findall"),
    ],
)
def test_a_planted_one_is_caught(pattern, way):
    found = slow(Expression(re.compile(pattern), frozenset({way}), ()), SOON)
    assert found is not None
    print(f"{pattern!r}: {found[0]:.1f}, {found[2]}")


@pytest.mark.parametrize(
    "pattern", [r"(?<!\s)\s++$", r"<([^<>]+)>", r"[^\s@]{1,100}@[^\s@]{1,255}", r",\s*+(?:x)?\s*+y", r"(?<!b)(?:ab)*+c"]
)
def test_a_linear_one_passes(pattern):
    assert slow(Expression(re.compile(pattern), frozenset({"sub", "fullmatch"}), ())) is None
