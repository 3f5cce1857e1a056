"""Which figures are asked after: the same ones whenever and in whatever order, and none of an ordinary spread."""

import dataclasses
import datetime
import random

import pytest

from bot.config.load import shipped
from bot.office.model.queries import FEWEST, queries_of
from bot.office.model.recorded_answer import Recorded
from parsers.findings import Code, Place
from parsers.form.form import Form
from parsers.form.question import Kind, Question

CIRCULARS, ROSTER = shipped()
ALIKE = [each.code for each in ROSTER.organisations if each.type == "อบต."]
OTHERS = [each.code for each in ROSTER.organisations if each.type == "ทต."]


def circular(kind=Kind.DECIMAL, **expected):
    question = Question(key="tons", kind=kind, label="ปริมาณขยะ", expected=expected or None)
    return CIRCULARS["w5827"].model_copy(update={"form": Form(title="แบบ", question=(question,))})


def recorded(figures, codes=ALIKE):
    """One answer each of so many organisations."""
    moment = datetime.datetime(2024, 11, 20, tzinfo=datetime.UTC)
    return tuple(
        Recorded(code, "tons", str(figure), 1, "x@a.example", moment, "", Place(), "long")
        for code, figure in zip(codes, figures, strict=False)
    )


def asked(known, one=None):
    return [(query.code, query.answer.value) for query in queries_of(one or circular(), ROSTER.organisations, known)]


USUAL = [8, 9, 9.5, 10, 10, 11, 12, 15, 4]


@pytest.mark.parametrize(
    ("figures", "far"),
    [
        ([*USUAL, 5_000_000], ["5000000"]),
        ([*USUAL, 0.5], ["0.5"]),  # a twentieth
        ([*USUAL, 100], []),  # ten times the median, and not beyond
        ([*USUAL, 101], ["101"]),
        ([*USUAL, 0], []),  # nothing at all is no slip
        ([0, 0, 0, 0, 0, 0, 1, 2, 500], []),  # most have none, so nothing is usual
        ([1, 20, 30, 60, 80, 100, 140, 180, 260, 400], []),  # less than a tenth, in a wide spread
        ([*USUAL[: FEWEST - 1], 5_000_000], []),  # beside seven others
        ([*USUAL[:FEWEST], 5_000_000], ["5000000"]),
        ([10, 10, 10, 10, 10, 10, 10, 10, 101], ["101"]),  # a spread of nothing
    ],
)
def test_a_figure_is_far_by_factor_and_by_spread(figures, far):
    assert asked(recorded(figures)) == [(Code.FIGURE_FAR, figure) for figure in far]


@pytest.mark.parametrize(
    ("before", "figure", "kind", "far"),
    [
        ("1.2", "12", Kind.DECIMAL, False),  # ten times, and not beyond
        ("1.2", "12.1", Kind.DECIMAL, True),
        ("12", "1.1", Kind.DECIMAL, True),
        ("1500000", "1500", Kind.MONEY, True),  # in thousands
        ("1", "12", Kind.INTEGER, False),  # so few move by chance
        ("19", "1", Kind.INTEGER, False),
        ("2", "21", Kind.INTEGER, True),
        ("12", "0", Kind.DECIMAL, False),  # nothing at all is no slip
        ("0", "12", Kind.DECIMAL, False),
        ("5", "95", Kind.PERCENT, False),
        (True, "12", Kind.DECIMAL, False),  # the question was of another kind then
        ("มาก", "12", Kind.DECIMAL, False),
    ],
)
def test_a_figure_is_far_from_the_time_before_by_factor(before, figure, kind, far):
    [only] = recorded([figure])
    known = (dataclasses.replace(only, before=before),)
    assert asked(known, circular(kind)) == [(Code.FIGURE_FAR, figure)] * far


def test_like_is_compared_with_like():
    """A town's figure is no query among the villages', nor a percentage anywhere."""
    known = recorded(USUAL) + recorded([400, 410], OTHERS)
    assert asked(known) == []
    assert asked(recorded([*USUAL, 95]), circular(Kind.PERCENT)) == []


def test_what_the_circular_expects_is_asked_of_one_alone_and_said_first():
    one = circular(at_least=5, at_most=20)
    assert asked(recorded([3, 5, 20, 21]), one) == [(Code.FIGURE_UNEXPECTED, "3"), (Code.FIGURE_UNEXPECTED, "21")]
    assert asked(recorded([*USUAL, 5_000_000]), one) == [
        (Code.FIGURE_UNEXPECTED, "4"),
        (Code.FIGURE_UNEXPECTED, "5000000"),
    ]


def test_asking_is_idempotent_and_free_of_order():
    """What is asked is a function of the figures: a reason changes whether a query is explained, not whether it is one."""
    known = list(recorded([*USUAL, 5_000_000, 0.25]))
    queries = queries_of(circular(), ROSTER.organisations, known)
    reasoned = [dataclasses.replace(each, explanation="เพราะ") for each in known]
    again = queries_of(circular(), ROSTER.organisations, reasoned)
    assert [query.about for query in again] == [query.about for query in queries]
    assert not any(query.explained for query in queries)
    assert all(query.explained for query in again)
    for _ in range(5):
        random.Random(1).shuffle(known)
        assert sorted(q.about for q in queries_of(circular(), ROSTER.organisations, known)) == sorted(
            q.about for q in queries
        )


def test_answers_of_former_organisations_and_questions_are_passed_over():
    gone = dataclasses.replace(recorded([5_000_000])[0], organisation="gone")
    other = dataclasses.replace(recorded([5_000_000])[0], question="gone")
    word = dataclasses.replace(recorded([1])[0], value="มาก")
    assert asked((gone, other, word, *recorded(USUAL, ALIKE[1:]))) == []
