"""The chain of rules: which rule answers for which mail, and that none of them leaves a known person unheard."""

import dataclasses

import pytest

from bot.office.decision import Decision, Facts
from bot.office.letters.letter import STAFF
from bot.office.model.effective import effective
from bot.office.model.outcomes import UNKNOWN
from bot.office.model.received_mail import Asker, KeptMail, MessageState, Stub, Talk, Verdict
from bot.office.model.recorded_answer import Recorded
from bot.office.model.round_change import ChangeKind, RoundChange
from bot.office.model.sent_letter import LetterFate, LetterState, SentLetter
from bot.office.model.started_circular import as_json
from bot.office.model.taken_roster import MailedRoster
from bot.office.new_circular.as_circular import tables
from bot.office.new_circular.completed import Desk, completed
from bot.office.plan.due import draft_due
from bot.office.plan.words_to_staff import NOTICE
from bot.office.rules.case import Case
from bot.office.rules.decide import CHAIN, decide
from bot.office.rules.duplicates_and_loops import QUICK, STAFF_QUICK
from bot.office.rules.mail_put_aside import TRIES
from bot.office.wishes.wish import Pending, Verb, Wish
from parsers.blank_form.as_record import as_record
from parsers.blank_form.proposal import NewForm, NewLetter, NewQuestion, Papers
from parsers.findings import Code, Place, finding
from parsers.form.form import Form
from parsers.form.question import Kind, Question
from parsers.reading import MailKind, Returned, Unreached

LONG, SOMSRI, STRANGER = "long@district.phrae.example", "somsri@phrae.example", "who@freemail.example"
NUMBER = "เลขที่ พร 0023.1/ว 4778 ลงวันที่ 19 พ.ย. 2567"
NO = False
QUESTION = "ส่งเป็นไฟล์ PDF ได้ไหมครับ"
# Rules that owe nobody a word: what programs sent, what is still to come, copies, calendars.
SILENT = {"placeholder", "own", "delivery_report", "by_machine", "by_list", "calendar_reply", "duplicate"}


@pytest.fixture
def cases(desk, papers):
    """For each rule, in the order of the chain, a mail that it and no rule before it answers."""
    now = papers.moment("2024-11-25 12:00")

    def sent(kind="digest", occasion="2024-11-21", circular="w5827", addressee=STAFF):
        return SentLetter(kind, circular, addressee, occasion, "m@phrae.example", (SOMSRI,), 17)

    def case(sender=LONG, text=QUESTION, answered=(), facts=None, message=None, **mail):
        reporter = "long" if sender == LONG else None
        read = papers.mail(sender, "Re: [w5827] report", text, kind=mail.pop("kind", MailKind.OTHER))
        reading = papers.reading_from(sender, reporter=reporter, mail=dataclasses.replace(read, **mail))
        known = dataclasses.replace(facts or desk.facts(), answered=tuple(answered))
        return Case(desk.bureau, reading, known, message or papers.inboxed(), now)

    desk.answer_all()
    desk.keep(draft_due(desk.bureau, desk.standing(), (), now))
    facts = desk.facts()
    fate = LetterFate(
        *(3, "w5827", "report", "r@phrae.example", LetterState.UNKNOWN, 1, "", {}, now, False),
        *("report", "department", ("dla@dla.example",), "report"),
    )
    kept = KeptMail(17, MessageState.HELD, UNKNOWN, "", STRANGER, "", "long", "")
    asker = Asker(7, LONG, "ถาม", "q@x.example", "w5827", "long", QUESTION, "")
    one_cell = Wish(
        Verb.CORRECT, organisation=desk.bureau.roster.by_key["long"].organisations[0], question="s10_posted", value=NO
    )

    reported = Recorded(one_cell.organisation, "s10_posted", NO, 1, LONG, now, "", Place(), "long")

    def waiting(wish, by):
        said = Pending("ABCDEFGHIJ", wish, "เลื่อนกำหนด", "", by, now, "w5827")
        return dataclasses.replace(facts, wish=said, about="w5827")

    form = papers.reading_from(LONG, desk.bureau.roster.by_key["long"].organisations[0], reporter="long")
    theirs = finding(Code.ORGANISATION_NOT_YOURS, Place("f.xlsx", "s", "B7"), organisation="x", reporter="y")
    theirs = dataclasses.replace(theirs, organisation=desk.bureau.roster.by_key["song"].organisations[0])
    passed = papers.reading_from(
        LONG, reporter="long", findings=(theirs,), mail=papers.mail(LONG, text=QUESTION, kind=MailKind.REPORT)
    )
    return {
        "parked": case(message=dataclasses.replace(papers.inboxed(), failures=TRIES)),
        "placeholder": case(facts=Facts(stub=Stub(came=False, again_at=now))),
        "no_sender": case(""),
        "own": case("office@phrae.example"),
        "delivery_report": case(
            "mailer@mx.example", kind=MailKind.BOUNCE, returned=Returned((Unreached(LONG, ""),), ("x@y",))
        ),
        "by_machine": case(kind=MailKind.AUTO_REPLY),
        "by_list": dataclasses.replace(
            case(STRANGER, kind=MailKind.LIST),
            reading=papers.reading_from(STRANGER, circular=None, mail=papers.mail(STRANGER, kind=MailKind.LIST)),
        ),
        "calendar_reply": case(text="", kind=MailKind.INVITATION, reply_to_invitation=True),
        "settle_doubt": case(
            SOMSRI, "ส่งแล้ว", [sent("notice", "stuck-3-1-unknown")], dataclasses.replace(facts, fates=(fate,))
        ),
        "send_again": case(SOMSRI, "ส่งซ้ำ 3", [sent()], dataclasses.replace(facts, fates=(fate,))),
        "finish_task": case(SOMSRI, "เสร็จ 17", [sent()]),
        "give_letter": case(SOMSRI, NUMBER, [sent("signing", "draft")]),
        "impostor": case(STRANGER, "อนุมัติ", [sent()]),
        "settle_dispute": case(
            SOMSRI, "รับ", [sent()], dataclasses.replace(facts, kept=dataclasses.replace(kept, disputed=True))
        ),
        "settle": case(SOMSRI, "รับ", [sent()], dataclasses.replace(facts, kept=kept)),
        "approve": case(SOMSRI, "อนุมัติ", [sent("draft", "v1")]),
        "duplicate": case(facts=dataclasses.replace(facts, seen_before=True)),
        "give_number": case(SOMSRI, NUMBER, [sent("draft", "v1")]),
        "from_department": case("dla0810_7@dla.go.th"),
        "unbelieved": case(STRANGER, facts=dataclasses.replace(facts, verdict=Verdict.FAIL)),
        "only_checked": dataclasses.replace(
            case(),
            reading=dataclasses.replace(
                form, mail=dataclasses.replace(form.mail, recipients=("office+check@phrae.example",))
            ),
        ),
        "new_circular": case(SOMSRI, "หนังสือเวียนใหม่", facts=dataclasses.replace(facts, papers=NEW)),
        "correct_circular": case(
            SOMSRI,
            "ข้อ 1 เป็นจำนวนเงิน",
            facts=waiting(Wish(Verb.NEW_CIRCULAR, circular="w9", value="{}", papers=as_record(NEW)), SOMSRI),
        ),
        "start_circular": case(
            SOMSRI,
            "เริ่ม",
            facts=waiting(Wish(Verb.NEW_CIRCULAR, circular="w9", value=proposed(desk.bureau, now)), SOMSRI),
        ),
        "roster_returned": case(
            SOMSRI,
            "แก้แล้วค่ะ",
            facts=dataclasses.replace(facts, roster=MailedRoster(("r.xlsx",), after=desk.bureau.roster)),
        ),
        "roster_wanted": case(SOMSRI, "ขอทะเบียน"),
        "confirmed": case(SOMSRI, "ยืนยัน", facts=waiting(Wish(Verb.EXTEND, reporters=("long",), until=now), SOMSRI)),
        "granted": case(SOMSRI, "ไม่ให้", facts=waiting(Wish(Verb.MORE_TIME, reporters=("long",)), LONG)),
        "relayed": case(
            SOMSRI, "ส่งเป็น PDF ได้ค่ะ", [sent("notice", f"7{NOTICE}", "")], dataclasses.replace(facts, asker=asker)
        ),
        "staff_wish": case(SOMSRI, "สถานะ", facts=dataclasses.replace(facts, about="w5827")),
        "staff_words": case(SOMSRI, "ฝนตกหนักมากวันนี้"),
        "after_closing": dataclasses.replace(closed(case()), reading=form),
        "not_ours": case(text="ไม่ใช่ของเรา", answered=[sent("receipt", "ab", addressee="long")]),
        "cell_confirmed": case(text="ยืนยัน", facts=waiting(one_cell, LONG)),
        "withdrawal_confirmed": case(
            text="ยืนยัน", facts=waiting(Wish(Verb.WITHDRAW, "w5827", reporters=("long",), mail=1), LONG)
        ),
        "word_needed": case(text="โอเคค่ะ", facts=waiting(one_cell, LONG)),
        "explained": asked_after(case(text="ถูกต้อง เพราะรับขยะจากทั้งจังหวัด")),
        "withdrawal_wished": case(text="ขอยกเลิกรายงานที่ส่งไป", facts=dataclasses.replace(facts, answers=(reported,))),
        "reporter_wish": case(text="สถานะ"),
        "words": case(),
        "passed_on": dataclasses.replace(case(), reading=passed),
        "report": dataclasses.replace(case(), reading=form),
    }


NEW = Papers(
    NewLetter(number="มท ๐๘๑๐/ว ๙"), NewForm(title="แบบสำรวจ", questions=(NewQuestion("จำนวน (แห่ง)", Kind.INTEGER),))
)


def proposed(bureau, now):
    """What the books hold of a circular that was proposed."""
    types = frozenset(one.type for one in bureau.roster.organisations)
    return as_json(tables(completed(NEW, Desk(bureau.office, bureau.calendar, types), now)))


def closed(case):
    """The case where the round was closed."""
    change = RoundChange("w5827", ChangeKind.CLOSED, SOMSRI, case.now, "x")
    circular = effective(case.bureau.circulars["w5827"], case.bureau.roster, [change])
    return dataclasses.replace(case, bureau=dataclasses.replace(case.bureau, circulars={"w5827": circular}))


def asked_after(case):
    """The case where a reporter's one figure was asked after."""
    figures = Form(title="แบบ", question=(Question(key="tons", kind="decimal", label="ขยะ", expected={"at_most": 5}),))
    circular = case.bureau.circulars["w5827"].model_copy(update={"form": figures})
    code = case.bureau.roster.by_key["long"].organisations[0]
    known = Recorded(code, "tons", "500", 1, LONG, case.now, "", Place(), "long")
    return dataclasses.replace(
        case,
        bureau=dataclasses.replace(case.bureau, circulars={"w5827": circular}),
        facts=dataclasses.replace(case.facts, answers=(known,)),
    )


def rule_of(case):
    """The name of the rule that answers."""
    return next(rule.__name__ for rule in CHAIN if rule(case) is not None)


def is_heard(case, decision):
    """An answer to the mail, a step that it asked for, or a word to staff with its text."""
    if any(letter.addressee != STAFF or letter.in_reply_to for letter in decision.letters):
        return True
    text = case.mail.text
    quoted = any(text in quote.text for letter in decision.letters for quote in letter.view.get("quotes", ()))
    return quoted or (text in decision.why and bool(decision.ledger))


def test_every_rule_answers_for_its_mail_in_the_order_of_the_chain(cases):
    """A rule that is added, moved or taken away must be named here, with a mail of its own."""
    assert [rule_of(case) for case in cases.values()] == list(cases)
    assert list(cases) == [rule.__name__ for rule in CHAIN]


def test_what_is_the_staffs_to_say_is_heard_from_nobody_else(cases):
    """The same words in answer to the same letter, from another address, reach none of these rules."""
    of_words = (
        "new_circular",
        "start_circular",
        "roster_wanted",
        "confirmed",
        "granted",
        "relayed",
        "staff_wish",
        "staff_words",
    )
    for name in (*of_words, "settle_doubt", "send_again", "give_letter", "settle", "approve", "give_number"):
        case = cases[name]
        mail = dataclasses.replace(case.mail, sender=STRANGER)
        other = dataclasses.replace(case, reading=dataclasses.replace(case.reading, mail=mail))
        assert rule_of(other) in {"impostor", "unbelieved"}, name


def test_no_rule_leaves_a_known_person_unheard(cases):
    """Nor does any rule hide it when it is made to answer nobody."""
    for name, case in cases.items():
        if name in SILENT:
            continue
        decision = decide(case)
        assert is_heard(case, decision), name
        assert not is_heard(case, dataclasses.replace(decision, letters=(), ledger=())), name


@pytest.mark.parametrize("place", range(len(CHAIN)))
def test_a_planted_rule_that_answers_nobody_is_caught(cases, place):
    """Wherever it stands, since it takes the mail of the rule behind it."""

    def swallow(case):
        return Decision(MessageState.DECIDED, "swallowed")

    chain = (*CHAIN[:place], swallow, *CHAIN[place:])
    unheard = [name for name, case in cases.items() if name not in SILENT and not is_heard(case, decide(case, chain))]
    assert unheard == [name for name in list(cases)[place:] if name not in SILENT]


def test_what_a_rule_decides_is_what_is_decided(cases):
    """Nothing overrules the rule that answers: only what the books keep of every mail comes beside it."""
    for name, case in cases.items():
        said = next(rule for rule in CHAIN if rule.__name__ == name)(case)
        decided = decide(case)
        beside = {"verdict", "forget", "answering"}
        changed = {f.name for f in dataclasses.fields(said) if getattr(said, f.name) != getattr(decided, f.name)}
        assert changed <= beside, name


@pytest.mark.parametrize(("name", "often"), [("words", QUICK), ("staff_words", STAFF_QUICK)])
def test_who_was_answered_in_vain_often_enough_is_answered_no_more(cases, name, often):
    """The words go before staff all the same, or staff hear that nobody answers any more."""
    case = cases[name]

    def decided(quick):
        return decide(dataclasses.replace(case, facts=dataclasses.replace(case.facts, talk=Talk(quick, quick))))

    assert decided(often - 1).outcome == name.replace("staff_words", "not-understood")
    silent = decided(often)
    assert silent.outcome.endswith("-unanswered")
    assert [letter.occasion.split("-")[0] for letter in silent.letters] == ["silent"]
    assert silent.ledger == decided(0).ledger


def test_a_placeholder_whose_mail_never_came_is_decided_as_it_is_with_a_word_to_staff(cases):
    case = cases["words"]
    stub = dataclasses.replace(case.facts, stub=Stub(came=False, again_at=None))
    decision = decide(dataclasses.replace(case, facts=stub))
    assert decision.outcome == "words"
    assert [letter.kind.value for letter in decision.letters] == ["receipt", "notice"]


def test_a_mail_with_what_brings_something_is_no_loop(cases):
    """Another figure than the one held is new, however many mails came before it."""
    case = cases["report"]
    held = [
        Recorded(a.organisation, a.question, NO, 1, LONG, case.now, "", Place("f", "s", "C4"), "long")
        for a in case.reading.answers
    ]
    busy = dataclasses.replace(case.facts, talk=Talk(99, 99), answers=tuple(held))
    assert decide(dataclasses.replace(case, facts=busy)).outcome == "accepted"
