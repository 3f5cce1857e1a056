"""Questions asked only where another one says so: what is owed, what is right blank, what is doubted."""

import pytest

from parsers.read import read_message
from tests.parsers.rules import CODE, FORM, catalogue, read, row, rules


def said(**cells):
    """The answers and codes of a row in which these cells differ from a complete one."""
    reading = read([row(**cells)])
    return {a.question: a.value for a in reading.answers}, {(f.code.value, f.question) for f in reading.findings}


def test_a_blank_is_right_where_nothing_is_asked():
    answers, findings = said(made="X", villages=None, reason="ไม่มีงบประมาณ", partner="ไม่มี", partner_name=None)
    assert {key: answers.get(key) for key in ("made", "villages", "reason", "partner", "partner_name")} == {
        "made": False,
        "villages": None,
        "reason": "ไม่มีงบประมาณ",
        "partner": "ไม่มี",
        "partner_name": None,
    }
    assert findings == set()
    assert read([row(made="X", villages=None, reason="ไม่มีงบประมาณ")]).outcome == "accepted"


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"villages": None}, "villages"),
        ({"villages": "....."}, "villages"),
        ({"made": "X", "villages": None}, "reason"),
        ({"made": "X", "villages": None, "reason": "-"}, "reason"),
        ({"made": "อยู่ระหว่างดำเนินการ", "villages": None}, "reason"),
        ({"partner": "อุทยาน", "partner_name": None}, "partner_name"),
    ],
)
def test_a_blank_is_owed_once_it_is_asked(cells, key):
    """A no needs a reason, and a dash is none."""
    answers, findings = said(**cells)
    assert {each for each in findings if each[0] != "answer-guessed"} == {("answer-needed", key)}
    assert key not in answers
    message = next(f.message for f in read([row(**cells)]).findings if f.code == "answer-needed")
    assert "จึงต้องกรอกช่อง" in message


@pytest.mark.parametrize("nothing", [None, "-", 0, "๐", "ไม่มี", "....", "ไม่เกี่ยวข้อง"])
def test_what_says_nothing_beside_a_no_is_no_answer(nothing):
    answers, findings = said(made="X", reason="รองบประมาณ", villages=nothing)
    assert ("villages" in answers, "reason" in answers, findings) == (False, True, set())


@pytest.mark.parametrize("cells", [{"made": "X", "reason": "รองบประมาณ"}, {"reason": "รอนายกลงนาม"}])
def test_an_answer_beside_what_rules_it_out_is_asked_and_so_is_the_other(cells):
    key = "villages" if "made" in cells else "reason"
    answers, findings = said(**cells)
    assert findings == {("answer-not-asked", key)}
    assert answers.keys().isdisjoint({"made", key})


@pytest.mark.parametrize(("words", "told"), [("เรียบร้อยแล้ว", False), ("ดำเนินการแล้ว", False), ("ตามมติที่ประชุม", True)])
def test_words_that_deny_nothing_leave_the_tick_as_it_is(words, told):
    answers, findings = said(reason=words)
    assert answers["made"] is True
    assert "reason" not in answers
    assert findings == ({("answer-left-out", "reason")} if told else set())


def test_what_hangs_on_an_unanswered_question_is_not_asked_for():
    assert said(made=None, villages=None)[1] == {("answer-missing", "made")}
    assert said(made="?", villages=3)[0]["villages"] == "3"


def test_a_column_that_nobody_is_asked_may_be_left_out():
    keys = [q.key for q in FORM.column if q.key not in ("partner_name", "villages")]
    lacking = read([row(made="X", villages=None, reason="รอ")], keys)
    assert [f.code for f in lacking.findings] == []
    assert [(f.code, f.question) for f in read([row()], keys).findings] == [("column-missing", "villages")]


def test_a_condition_may_hang_on_a_condition():
    chain = {"key": "paid", "kind": "integer", "label": "งบที่ใช้", "asked_if": {"question": "ready", "is": True}}
    ready = {"key": "ready", "kind": "tick", "label": "ซ้อมแผนแล้ว", "asked_if": {"question": "made", "is": True}}
    form = rules(ready, chain)
    cells = {"made": "X", "reason": "รอ", "villages": None, "ready": None}
    assert [f.code for f in read([row(**cells, paid=None)], form=form).findings] == []
    (found,) = read([row(**cells, paid=5)], form=form).findings
    assert (found.code, found.question) == ("answer-not-asked", "paid")
    assert "“จัดทำแผนแล้ว”" in found.message
    asked = read([row(ready="✓", paid=None)], form=form).findings
    assert [(f.code, f.question) for f in asked] == [("answer-needed", "paid")]


def test_a_mail_of_nothing_answers_no_and_is_not_asked_what_hangs_on_yes():
    form = rules().model_copy(update={"nil": "allowed", "column": rules().column[:2]})
    form = type(form).model_validate(form.model_dump(by_alias=True))
    raw = "From: saraban@lao.example\r\nSubject: [rules]\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nไม่มีข้อมูล"
    reading = read_message(raw.encode(), catalogue(form))
    assert [(a.organisation, a.question, a.value) for a in reading.answers] == [(CODE, "made", False)]
