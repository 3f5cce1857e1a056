"""The law of likeness: whatever a mail is like, nothing is changed by it before the word that lets it."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.office.model.sent_letter import SentLetter
from bot.office.rules.case import Case
from bot.office.rules.decide import decide
from bot.office.rules.held_words import Held, held_answer
from bot.office.wishes.sayings import of_reporters, of_staff
from parsers.reading import Reading

STAFF, LONG = "somsri@phrae.example", "long@district.phrae.example"
SLOTS = {"N": "อำเภอลอง", "D": "12 ธันวาคม 2567", "A": "new.long@office.example", "W": "ว 5827", "0": "12"}
# What a decision may hold that changes the books beside letters, the ledger of letters and what waits for a word.
CHANGES = ("answers", "round_changes", "marks", "settlements", "resolutions", "verdicts", "holidays", "explanations")
DRAFT = SentLetter("draft", "w5827", "staff", "v1", "draft1@phrae.example", (STAFF,))
HELD = SentLetter("notice", "w5827", "staff", "abc-held", "held1@phrae.example", (STAFF,), 7)
DIGEST = SentLetter("digest", "", "staff", "2024-11-21", "digest1@phrae.example", (STAFF,))
REQUEST = SentLetter("request", "w5827", "long", "request", "request1@phrae.example", (LONG,))


def sentences(sayings):
    return [" ".join(SLOTS.get(word, word) for word in saying.split()) for _, saying in sayings]


SAID_BY_STAFF, SAID_BY_REPORTERS = sentences(of_staff()), sentences(of_reporters())
TAILS = st.sampled_from(("", " ครับ", "ค่ะ", "\nขอบคุณค่ะ", "\nสมศรี ใจดี", " นะคะ ด่วนเลย", " ขอบคุณล่วงหน้า"))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SAID_BY_STAFF), TAILS, st.sampled_from([(), (DRAFT,), (HELD,), (DIGEST,)]))
def test_staff_words_of_any_kind_change_nothing_by_likeness(desk, papers, text, tail, answered):
    reading = Reading(mail=papers.mail(STAFF, "Re: งาน" if answered else "", text + tail))
    case = Case(desk.bureau, reading, desk.facts(answered), papers.inboxed(), papers.moment("2024-11-21 12:00"))
    decision = decide(case)
    if case.understood.likely or case.understood.says:
        assert not any(getattr(decision, name, ()) for name in CHANGES), decision.outcome
        assert decision.approval is None
        outside = [letter for letter in decision.letters if letter.addressee != "staff"]
        assert not outside, decision.outcome  # no reminder and no form by likeness


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SAID_BY_REPORTERS), TAILS, st.sampled_from([(), (REQUEST,)]))
def test_reporters_words_of_any_kind_change_nothing_by_likeness(desk, papers, text, tail, answered):
    mail = papers.mail(LONG, "Re: [w5827]" if answered else "", text + tail)
    reading = Reading(mail=mail, circular="w5827", reporter="long", known=True)
    case = Case(desk.bureau, reading, desk.facts(answered), papers.inboxed(), papers.moment("2024-11-21 12:00"))
    decision = decide(case)
    if case.understood.likely or case.understood.says:
        assert not any(getattr(decision, name, ()) for name in (*CHANGES, "disputes", "settled")), decision.outcome


def test_consent_that_is_only_likely_is_said_back_and_lets_nothing_go(desk, papers):
    reading = Reading(mail=papers.mail(STAFF, "Re: ร่าง", "ร่างได้คะแนนเต็มครับ ส่งกรมได้"))
    case = Case(desk.bureau, reading, desk.facts((DRAFT,)), papers.inboxed(), papers.moment("2024-11-21 12:00"))
    decision = decide(case)
    assert decision.approval is None
    assert "เข้าใจว่าท่านเห็นชอบ" in decision.letters[0].view["headline"]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("ฉบับนี้รับได้ครับ", Held.ONCE),
        ("ok รับเลยค่ะ", Held.ONCE),
        ("เจ้าหน้าที่อำเภอจริงค่ะ รับไว้ได้เลย", Held.ONCE),
        ("รับเฉพาะครั้งนี้นะคะ", Held.ONCE),
        ("ต่อไปรับเมลนี้ได้ตลอดเลยค่ะ", Held.ALWAYS),
        ("ถ้าส่งมาจากเมลนี้ให้รับทุกครั้ง", Held.ALWAYS),
        ("อย่ารับนะคะ", Held.OUT),
        ("ไม่รู้จักคนนี้ค่ะ ไม่ต้องรับ", Held.OUT),
        ("ลบทิ้งไปเลย", Held.OUT),
        ("รับค่ะ ต่อไปนี้ให้รับจากเมลนี้ได้ตลอดเลย เมลหลวงเขาไม่ค่อยจะเปิด", Held.ALWAYS),
        ("อย่ารับค่ะ เคยมีคนปลอมส่งมาแล้วรอบก่อน ให้ส่งจากเมลอำเภอ", Held.OUT),
        ("อย่ารับ จนกว่าเขาจะส่งจากเมลอำเภอ", None),
        ("รับฉบับนี้ฉบับเดียวนะคะ เน็ตเขาล่ม คราวหน้าค่อยว่ากัน", Held.ONCE),
        ("รับไว้ได้ค่ะ รอบหน้าบอกให้ส่งทางเมลราชการแล้ว", Held.ONCE),
        ("ไม่มีใครชื่อนี้ในอำเภอ เอาทิ้งไปเลย", Held.OUT),
        # Two answers, none, or one that is left open.
        ("รอบหน้าให้ใช้เมลราชการก่อนค่อยรับ", None),
        ("รับก็ได้ ไม่รับก็ได้", None),
        ("คุณกานดาอยู่อำเภอลองจริงค่ะ ใช้เมลส่วนตัวเพราะเมลหลวงเข้าไม่ได้ รับไว้เฉพาะฉบับนี้พอ", Held.ONCE),
        ("รับไว้เลย แล้วต่อไปเมลนี้ส่งมาก็รับทุกครั้ง ไม่ต้องมาถามพี่อีก", Held.ALWAYS),
        ("ทิ้งไปเลย เมลฟรีแบบนี้ไม่รับเด็ดขาด", Held.OUT),
        ("รับครั้งนี้ ต่อไปรับทุกครั้ง", None),
        ("รับฉบับนี้ ต่อไปไม่รับ", None),
        ("ไม่รับเสมอไปนะคะ", None),
        ("รับทราบค่ะ", None),
        ("รับดีไหมคะ", None),
        ("ขอเช็คก่อนแล้วค่อยรับ", None),
        ("รับครับ ถ้าเป็นเจ้าหน้าที่จริง", None),
        ("ผู้รับผิดชอบคือคุณสมชาย", None),
        ("ได้รับแล้วค่ะ", None),
        ("รับ แต่ให้ลงเป็นของ ทต.บ้านปิน", None),
    ],
)
def test_an_answer_about_a_held_mail_in_other_words(text, held):
    assert held_answer([text]) is held


def test_a_sentence_of_the_grammar_is_not_looked_at_twice(desk, papers):
    reading = Reading(mail=papers.mail(STAFF, "", "เลื่อนอำเภอลองถึง 12 ธันวาคม 2567"))
    case = Case(desk.bureau, reading, desk.facts(), papers.inboxed(), papers.moment("2024-11-21 12:00"))
    assert not case.understood.likely
    assert dataclasses.replace(case.understood, likely=False) == case.understood


@pytest.mark.parametrize(
    "text",
    [
        "Out of office: I am attending the seminar at Khon Kaen until 28 Nov.",
        "ตอบกลับอัตโนมัติ: ไม่อยู่ที่ทำงานถึง 6 ธ.ค. ขอเลื่อนทุกนัด",
    ],
)
def test_a_notice_that_somebody_is_away_wishes_nothing(desk, papers, text):
    """Whose headers do not say what wrote it; staff read it."""
    reading = Reading(mail=papers.mail(LONG, "Re: [w5827]", text), circular="w5827", reporter="long", known=True)
    case = Case(desk.bureau, reading, desk.facts((REQUEST,)), papers.inboxed(), papers.moment("2024-11-21 12:00"))
    assert case.understood.wish is None
    assert decide(case).outcome == "words"
