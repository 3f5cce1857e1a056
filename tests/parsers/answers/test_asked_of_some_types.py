"""Questions for organisations of some types only: a blank is right for the others, and an answer of theirs is said."""

import pytest

from parsers.mail.words.nil_return import nil_answers
from tests.parsers.rules import CODE, catalogue, read, row, rules

FEW = {"key": "homes", "kind": "integer", "label": "ครัวเรือนในเขต", "only": "อบต."}
PAID = {"key": "paid", "kind": "integer", "label": "ครัวเรือนที่ชำระแล้ว", "only": ["อบต."], "at_most": "homes"}
ALL = {"key": "both", "kind": "computed", "label": "รวมงบและครัวเรือน", "sum_of": ["budget", "homes"]}
FORM = rules(FEW, PAID, ALL)


def said(kind, **cells):
    reading = read([row(**cells)], form=FORM, kind=kind)
    return {a.question: a.value for a in reading.answers}, [(f.code, f.question) for f in reading.findings], reading


@pytest.mark.parametrize("nothing", [None, "-", "ไม่ต้องตอบ", 0, "ไม่มี"])
def test_a_blank_is_right_for_those_who_are_not_asked(nothing):
    answers, findings, reading = said("ทต.", homes=nothing, paid=nothing)
    assert ("homes" in answers, findings, reading.outcome) == (False, [], "accepted")


def test_those_who_are_asked_owe_it():
    assert said("อบต.", homes=None, paid=3)[1] == [("answer-missing", "homes")]
    assert said("อบต.", homes=5, paid=3)[0].items() >= {"homes": "5", "paid": "3"}.items()
    assert said("อบต.", homes="ไม่ต้องตอบ", paid=3)[1] == [("answer-unreadable", "homes")]


def test_an_answer_of_those_who_are_not_asked_is_said_and_nothing_else_is_doubted():
    answers, findings, reading = said("ทต.", homes=5, paid=9)
    assert findings == [("answer-not-asked", "homes"), ("answer-not-asked", "paid")]
    assert "เป็น ทต. จึงไม่ต้องกรอกช่อง “ครัวเรือนในเขต”" in reading.findings[0].message
    assert "ช่องนี้ถามเฉพาะ อบต." in reading.findings[0].message
    assert answers.keys().isdisjoint({"homes", "paid"})
    assert answers["budget"] == "5000.00"


def test_a_sum_counts_what_is_asked():
    assert said("ทต.", both=5000)[1] == []
    assert said("ทต.", both=5010)[1] == [("sum-mismatch", "both")]
    assert ("sum-mismatch", "both") not in said("อบต.", homes=10, paid=1, both=5010)[1]


def test_a_column_that_nobody_in_the_table_is_asked_may_be_left_out():
    keys = [q.key for q in FORM.column if q.key not in ("homes", "paid")]
    assert [f.code for f in read([row()], keys, FORM, "ทต.").findings] == []
    asked = read([row()], keys, FORM, "อบต.").findings
    assert [(f.code, f.question) for f in asked] == [("column-missing", "homes"), ("column-missing", "paid")]


def test_nothing_to_report_answers_for_each_what_it_is_asked():
    given = {**rules(FEW).model_dump(by_alias=True), "nil": "allowed"}
    form = type(FORM).model_validate(
        {**given, "question": [q for q in given["question"] if q["key"] in ("made", "homes")]}
    )
    for kind, keys in (("ทต.", ["made"]), ("อบต.", ["made", "homes"])):
        assert [a.question for a in nil_answers(form, catalogue(form, kind).organisations)] == keys
    assert nil_answers(form, catalogue(form).organisations)[0].organisation == CODE


@pytest.mark.parametrize(
    ("only", "sentence"),
    [((), 'give "hangs" the same only'), (("ทต.",), 'give "hangs" the same only'), (("อบต.",), "")],
)
def test_what_hangs_on_a_question_of_some_is_asked_of_no_others(only, sentence):
    ready = {"key": "ready", "kind": "tick", "label": "ซ้อมแล้ว", "only": ["อบต."]}
    hangs = {
        "key": "hangs",
        "kind": "text",
        "label": "ที่ใด",
        "only": only,
        "asked_if": {"question": "ready", "is": True},
    }
    if not sentence:
        assert read([row(ready="-", hangs="-")], form=rules(ready, hangs), kind="ทต.").findings == ()
        return
    with pytest.raises(ValueError, match=sentence):
        rules(ready, hangs)
