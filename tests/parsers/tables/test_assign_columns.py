"""Which column answers which question: by its own words first, then by the form's order, or not at all."""

import pytest

from parsers.form.form import Form
from parsers.tables.assign_columns import assign
from parsers.tables.wordings import Fit


def form(count):
    return Form.model_validate(
        {"title": "แบบ", "question": [{"key": f"q{n}", "kind": "integer", "label": f"ข้อ {n}"} for n in range(count)]}
    )


def alike(form, *keys, score=1.0, label=1.0):
    return {key: Fit(score, label) for key in keys or [question.key for question in form.question]}


@pytest.mark.parametrize(("count", "told"), [(1, True), (2, True), (12, True), (13, False), (60, False)])
def test_columns_alike_are_told_by_the_forms_order_while_that_can_be_looked_through(count, told):
    asked = form(count)
    found = assign({column: alike(asked) for column in range(1, count + 1)}, asked)
    assert found == ({f"q{n}": (n + 1,) for n in range(count)} if told else {})


def test_one_column_fewer_than_questions_leaves_several_orders_and_is_not_guessed():
    asked = form(3)
    assert assign({column: alike(asked) for column in (1, 2)}, asked) == {}
    assert assign({1: alike(asked, "q0", "q1"), 2: alike(asked, "q0")}, asked) == {"q0": (2,)}  # q1 would go before q0
    assert assign({1: alike(asked, "q0"), 2: alike(asked, "q0", "q1")}, asked) == {"q0": (1,), "q1": (2,)}


def test_a_column_of_its_own_words_goes_before_the_order():
    asked = form(3)
    fits = {1: alike(asked, "q2"), 2: alike(asked, "q0", "q1"), 3: alike(asked, "q0", "q1")}
    assert assign(fits, asked) == {"q2": (1,)}  # neither order rises behind it
    fits = {1: alike(asked, "q0", "q1"), 2: alike(asked, "q0", "q1"), 3: alike(asked, "q2")}
    assert assign(fits, asked) == {"q0": (1,), "q1": (2,), "q2": (3,)}


@pytest.mark.parametrize(("less", "kept"), [(0.0, (1, 2)), (0.04, (1, 2)), (0.06, (1,)), (0.4, (1,))])
def test_of_two_columns_for_one_question_the_clearly_weaker_is_dropped(less, kept):
    asked = form(2)
    fits = {1: alike(asked, "q0", score=1.5), 2: alike(asked, "q0", score=1.5 - less), 3: alike(asked, "q1")}
    assert assign(fits, asked) == {"q0": kept, "q1": (3,)}
    assert assign({4 - column: fit for column, fit in fits.items()}, asked)["q0"] == tuple(sorted(4 - c for c in kept))


@pytest.mark.parametrize(
    ("label", "apart", "sure"), [(1.0, 0.04, False), (1.0, 0.06, True), (0.8, 0.14, False), (0.8, 0.16, True)]
)
def test_questions_are_told_apart_by_little_where_the_words_are_their_own_and_by_more_where_only_alike(
    label, apart, sure
):
    asked = form(2)
    fits = {1: {"q0": Fit(1.5 - apart, label), "q1": Fit(1.5, label)}, 2: {}}
    assert assign(fits, asked) == ({"q1": (1,)} if sure else {})


@pytest.mark.parametrize(("label", "sure"), [(0.9, True), (0.89, False)])
def test_the_best_question_says_whether_the_words_are_its_own(label, sure):
    """And not the other one, whose words are only alike."""
    asked = form(2)
    fits = {1: {"q0": Fit(1.4, label), "q1": Fit(1.3, 0.7)}, 2: {"q1": Fit(1.4, 1.0)}}
    assert assign({1: fits[1]}, asked) == ({"q0": (1,)} if sure else {})
    assert assign(fits, asked) == {"q0": (1,), "q1": (2,)}
