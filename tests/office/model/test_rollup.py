"""The laws of the roll-up: idempotent, free of order, the later mail wins, totals equal a plain count."""

import dataclasses
import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.load import load_circular, shipped
from bot.office.model.owed import NUMBER, owed_by
from bot.office.model.recorded_answer import Recorded, RecordedRemark
from bot.office.model.rollup import fingerprint, roll_up
from parsers.findings import Place
from parsers.form.form import Form
from parsers.form.question import LISTED, NUMERIC, Kind

CIRCULARS, ROSTER = shipped()
TICKS = CIRCULARS["w5827"]
FIGURES = load_circular(Path(__file__).parents[2] / "circulars" / "waste2568")
TODAY = datetime.date(2024, 12, 4)
YES, NO = True, False
START = datetime.datetime(2024, 11, 20, tzinfo=datetime.UTC)
CODES = [organisation.code for organisation in ROSTER.organisations]

VALUES = {
    Kind.TICK: st.booleans(),
    Kind.INTEGER: st.integers(0, 10**9).map(str),
    Kind.DECIMAL: st.decimals(0, 10**6, places=3).map(lambda d: format(d, "f")),
    Kind.MONEY: st.decimals(-(10**20), 10**20, places=2).map(lambda d: format(d, "f")),
    Kind.PERCENT: st.decimals(0, 100, places=1).map(lambda d: format(d, "f")),
    Kind.TEXT: st.text("กขค ab", min_size=1, max_size=5),
    Kind.CHOICE: st.sampled_from(["ฝังกลบ", "เตาเผา"]),
    Kind.DATE: st.dates().map(lambda d: d.isoformat()),
}


def recorded(organisation, question, value, message=1):
    received = START + datetime.timedelta(minutes=message)
    place = Place("reply.xlsx", "แบบรายงาน", "C7")
    return Recorded(organisation, question, value, message, "x@a.example", received, "", place, "long")


def remark(text, message=1, key="obstacles", reporter="long"):
    return RecordedRemark(key, text, reporter, message, START + datetime.timedelta(minutes=message), Place())


@st.composite
def answers(draw, circular):
    """Any answers of a few organisations, with revisions, at most one to a question in each mail."""
    asked = [question for question in circular.form.question if question.kind is not Kind.COMPUTED]
    places = st.tuples(st.integers(1, 9), st.sampled_from(CODES[::12]), st.sampled_from(asked))
    unique = draw(st.lists(places, max_size=40, unique_by=lambda place: (place[0], place[1], place[2].key)))
    return [recorded(code, question.key, draw(VALUES[question.kind]), mail) for mail, code, question in unique]


def table(circular, given_answers, remarks=()):
    return roll_up(circular, ROSTER, given_answers, remarks, TODAY)


EITHER = st.sampled_from([TICKS, FIGURES]).flatmap(lambda c: st.tuples(st.just(c), answers(c)))


@given(EITHER, st.randoms())
@settings(deadline=None, max_examples=60)
def test_rolling_up_twice_or_in_another_order_changes_nothing(case, random):
    circular, known = case
    shuffled = [*known, *known]
    random.shuffle(shuffled)
    assert table(circular, shuffled) == table(circular, known)


@given(EITHER)
@settings(deadline=None, max_examples=60)
def test_the_later_mail_wins_each_answer_by_itself(case):
    circular, known = case
    newest = {}
    for answer in sorted(known, key=lambda a: a.message):
        newest[answer.organisation, answer.question] = answer
    found = table(circular, known)
    assert {(line.organisation.code, key): a for line in found.lines for key, a in line.answers.items()} == newest


@given(EITHER)
@settings(deadline=None, max_examples=60)
def test_totals_equal_a_plain_count_in_the_province_and_in_every_district(case):
    circular, known = case
    found = table(circular, known)
    for part in (found, *found.sections):
        for question in circular.form.question:
            values = [v for line in part.lines if (v := line.values[question.key]) is not None]
            total = part.totals[question.key]
            assert total.reported == len(values)
            if question.kind is Kind.TICK:
                assert total.value == values.count(True)
            elif question.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.COMPUTED}:
                assert Fraction(total.value) == sum(map(Fraction, values))
            else:
                assert total.value is None


@given(EITHER)
@settings(deadline=None, max_examples=60)
def test_sections_hold_every_line_once_in_roster_order(case):
    circular, known = case
    found = table(circular, known)
    assert [line.organisation.code for line in found.lines] == CODES
    assert [line.number for line in found.lines] == list(range(1, 85))
    assert sorted(id(line) for section in found.sections for line in section.lines) == sorted(map(id, found.lines))
    for section in found.sections:
        assert section.lines == tuple(x for x in found.lines if x.organisation.district == section.district)
    for key, total in found.totals.items():
        assert total.reported == sum(section.totals[key].reported for section in found.sections)
        parts = [section.totals[key].value for section in found.sections]
        assert total.value is None or Fraction(total.value) == sum(map(Fraction, parts))
    assert [section.district for section in found.sections] == list(
        dict.fromkeys(organisation.district for organisation in ROSTER.organisations)
    )


@given(EITHER)
@settings(deadline=None, max_examples=60)
def test_what_is_owed_is_what_was_asked_without_what_was_answered(case):
    circular, known = case
    given_keys = {(answer.organisation, answer.question) for answer in known}
    found = owed_by(circular, ROSTER, known)
    expected = {code: tuple(q.key for q in circular.form.asked if (code, q.key) not in given_keys) for code in CODES}
    assert dict(found) == {code: keys for code, keys in expected.items() if keys}
    assert list(found) == [code for code in CODES if code in found]
    assert [organisation.code for organisation in table(circular, known).unreported] == list(found)


def test_a_computed_column_is_the_exact_sum_of_its_parts_once_all_are_there():
    parts = {
        "collect_own": "0.10",
        "collect_grant": "0.20",
        "dispose_own": "1234567890123456789.99",
        "dispose_grant": "0",
    }
    known = [recorded(CODES[0], key, value) for key, value in parts.items()]
    assert table(FIGURES, known).lines[0].values["budget_total"] == "1234567890123456790.29"
    assert table(FIGURES, known[:-1]).lines[0].values["budget_total"] is None
    assert table(FIGURES, known).totals["budget_total"].value == Decimal("1234567890123456790.29")


@given(st.lists(st.decimals(-(10**9), 10**9, places=40) | st.decimals(0, 1, places=7), min_size=4, max_size=4))
@settings(deadline=None, max_examples=60)
def test_a_computed_value_is_a_number_as_answers_hold_them_however_small(figures):
    keys = ("collect_own", "collect_grant", "dispose_own", "dispose_grant")
    known = [recorded(CODES[0], key, format(figure, "f")) for key, figure in zip(keys, figures, strict=True)]
    found = table(FIGURES, known).lines[0].values["budget_total"]
    assert NUMBER.fullmatch(found)
    assert Fraction(found) == sum(map(Fraction, figures))


RECORDED = [True, False, "", "ก", "ฝังกลบ", "12", "-0.5", "1e5", "๑๒", "NaN", "2025-07-01", "✓", "9" * 61, "9" * 60]
KEPT = {
    Kind.TICK: [True, False],
    Kind.COMPUTED: [],
    **{kind: ["12", "-0.5", "9" * 60] for kind in NUMERIC - {Kind.COMPUTED}},
    **{kind: [value for value in RECORDED if isinstance(value, str)] for kind in (Kind.TEXT, *LISTED, Kind.DATE)},
}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_that_became_another_kind_keeps_the_values_that_fit_it_and_none_other(kind):
    """The form may be mended in the middle of a round; what was recorded before is left as it was."""
    listed = {each: {"choices": ["ฝังกลบ", "เผา", "ไม่มี"]} for each in LISTED}
    own = {**listed, Kind.COMPUTED: {"sum_of": ["other"]}}.get(kind, {})
    questions = [{"key": "q", "kind": kind, "label": "ก", **own}, {"key": "other", "kind": "integer", "label": "ข"}]
    form = Form.model_validate({"title": "แบบ", "question": questions})
    circular = TICKS.model_copy(update={"form": form})
    for value in RECORDED:
        found = table(circular, [recorded(CODES[0], "q", value)])
        fits = value in KEPT[kind]
        assert found.lines[0].values["q"] == (value if fits else None), value
        assert found.totals["q"].reported == fits
        assert [a.value for a in found.lines[0].answers.values()] == [value] * fits


def test_what_a_clerk_wrote_into_a_computed_column_is_never_taken_for_its_value():
    assert table(FIGURES, [recorded(CODES[0], "budget_total", "7")]).lines[0].values["budget_total"] is None


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e5", "๑๒", "", "สิบ", True])
def test_a_value_that_is_no_number_counts_as_not_reported(value):
    found = table(FIGURES, [recorded(CODES[0], "population", value)])
    assert found.lines[0].values["population"] is None
    assert found.totals["population"].value == 0
    assert found.totals["population"].reported == 0


def test_a_province_without_organisations_has_totals_of_nothing():
    empty = roll_up(
        FIGURES, dataclasses.replace(ROSTER, organisations=()), [recorded(CODES[0], "population", "5")], [], TODAY
    )
    assert (empty.lines, empty.sections, empty.unreported) == ((), (), ())
    assert {total.reported for total in empty.totals.values()} == {0}
    assert list(empty.totals) == [question.key for question in FIGURES.form.question]


def test_a_blank_is_not_a_no():
    found = table(TICKS, [recorded(CODES[0], "s10_announced", NO)])
    assert found.lines[0].values["s10_announced"] is False
    assert found.lines[0].values["s10_posted"] is None
    assert found.totals["s10_announced"].reported == 1
    assert found.totals["s10_announced"].value == 0


def test_answers_of_former_organisations_and_questions_are_left_aside():
    strangers = [recorded("9999999", "s10_announced", YES), recorded(CODES[0], "s99_gone", YES)]
    assert table(TICKS, strangers) == table(TICKS, [])


def test_an_optional_answer_is_never_owed():
    full = {
        "population": "1", "tons_per_day": "1.5", "sorted_share": "10", "collect_own": "0", "collect_grant": "0",
        "dispose_own": "0", "dispose_grant": "0", "method": "ฝังกลบ", "surveyed": "2025-07-01",
    }  # fmt: skip
    known = [recorded(CODES[0], key, value) for key, value in full.items()]
    assert CODES[0] not in owed_by(FIGURES, ROSTER, known)


def test_the_newest_remark_of_each_reporter_stands_in_roster_order_and_an_emptied_one_goes():
    said = [
        remark("ข", 2, reporter="song"), remark("เก่า", 1), remark("ใหม่", 3), remark("มี", 1, "suggestions"),
        remark("ลบ", 1, reporter="town"), remark(" ", 2, reporter="town"), remark("ต้น", 1, reporter="mueang-phrae"),
    ]  # fmt: skip
    assert [r.text for r in table(TICKS, [], said).remarks] == ["ต้น", "ใหม่", "ข", "มี"]
    assert table(TICKS, [], reversed(said)) == table(TICKS, [], said)


def test_of_two_remarks_the_one_received_later_stands_whatever_its_mail_is_numbered():
    older, newer = remark("เก่า", 1), remark("ใหม่", 3)
    said = [dataclasses.replace(older, message=newer.message + 1), newer]
    assert [r.text for r in table(TICKS, [], said).remarks] == ["ใหม่"]


@pytest.mark.parametrize("first", ["gone-a", "gone-b"])
def test_remarks_of_reporters_who_left_the_roster_stand_last_by_their_keys_whoever_wrote_first(first):
    second = "gone-b" if first == "gone-a" else "gone-a"
    said = [remark("ก", 1, reporter=first), remark("ข", 2, reporter=second), remark("ค", 3, reporter="song")]
    assert [r.reporter for r in table(TICKS, [], said).remarks] == ["song", "gone-a", "gone-b"]


@given(EITHER, st.integers(1, 500))
@settings(deadline=None, max_examples=40)
def test_the_fingerprint_is_of_the_figures_not_of_where_and_when_they_came(case, later):
    circular, known = case
    moved = [
        dataclasses.replace(
            answer,
            message=answer.message + later,
            received=answer.received + datetime.timedelta(minutes=later),
            sender="other@b.example",
            place=Place("other.ods", "Sheet1", "Z99"),
        )
        for answer in reversed(known)
    ]
    after = roll_up(circular, ROSTER, moved, [], TODAY + datetime.timedelta(1))
    assert fingerprint(after) == fingerprint(table(circular, known))


def test_the_fingerprint_changes_with_any_figure_and_any_remark():
    yes, no = recorded(CODES[3], "s16_ordered", YES), recorded(CODES[3], "s16_ordered", NO)
    prints = {
        fingerprint(table(TICKS, [])),
        fingerprint(table(TICKS, [yes])),
        fingerprint(table(TICKS, [no])),
        fingerprint(table(TICKS, [yes], [remark("ไม่มี")])),
        fingerprint(table(TICKS, [yes], [remark("ไม่มี", reporter="song")])),
        fingerprint(table(TICKS, [yes], [remark("ไม่มี", key="suggestions")])),
    }
    assert len(prints) == 6
