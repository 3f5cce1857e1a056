"""Every mail ends in a decision: who is believed, what is recorded, who is answered."""

import dataclasses
import datetime

import pytest

from bot.office.model.received_mail import MessageState, Verdict
from bot.office.model.sent_letter import SentLetter
from bot.office.plan.due import draft_due
from bot.office.rules.case import Case
from bot.office.rules.decide import decide
from parsers.findings import Code, Place, finding
from parsers.reading import FileReading, MailKind, Outcome, Reading


@pytest.fixture
def staff(bureau):
    return bureau.office.staff[0]


@pytest.fixture
def run(desk, papers):
    """Decide one reading at noon of 21 November and keep the outcome."""

    def decided(reading, answered=(), now="2024-11-21 12:00", **message):
        return decide(Case(desk.bureau, reading, desk.facts(answered), papers.inboxed(**message), papers.moment(now)))

    return decided


def kinds(decision):
    return [letter.kind.value for letter in decision.letters]


def test_a_known_reporter_is_recorded_and_gets_a_receipt(run, papers, bureau):
    reporter = bureau.roster.by_key["pao"]
    decision = run(papers.reading_from(reporter.addresses[0], *reporter.organisations, reporter="pao"))
    assert (decision.state, decision.outcome, kinds(decision)) == (MessageState.DECIDED, "accepted", ["receipt"])
    assert len(decision.answers) == 4
    letter = decision.letters[0]
    assert (letter.to, letter.in_reply_to) == ((reporter.addresses[0],), "m1@x.example")
    assert letter.view["owed"] == []


def test_good_rows_stand_and_bad_cells_are_asked_again(run, papers, bureau):
    reporter = bureau.roster.by_key["long"]
    reading = papers.reading_from(reporter.addresses[0], *reporter.organisations, reporter="long")
    code = reporter.organisations[0]
    wrong = finding(
        Code.ANSWER_UNREADABLE,
        Place("f.xlsx", "s", "C4"),
        "?",
        about=(code, "s10_posted"),
        organisation="x",
        question="y",
        expected="z",
    )
    decision = run(dataclasses.replace(reading, findings=(wrong,), outcome=Outcome.PARTLY))
    assert kinds(decision) == ["correction"]
    assert len(decision.answers) == 4 * 11 - 1
    view = decision.letters[0].view
    assert [(name, len(keys)) for name, keys in view["owed"]] == [(bureau.roster.by_code[code].short_name, 1)]
    assert view["errors"][0][1] == [wrong]
    assert decision.letters[0].enclosures[0].reporter == "long"


def test_a_stranger_is_held_nothing_is_recorded_and_staff_are_told(run, papers, bureau):
    codes = bureau.roster.by_key["song"].organisations
    decision = run(papers.reading_from("who@freemail.example", *codes))
    assert (decision.state, decision.answers, kinds(decision)) == (MessageState.HELD, (), ["notice"])
    assert decision.letters[0].to == bureau.office.staff


def test_a_stranger_without_any_circular_is_held_quietly(run, papers):
    reading = Reading(mail=papers.mail("spam@freemail.example", "buy"))
    decision = run(reading)
    assert (decision.state, decision.letters) == (MessageState.HELD, ())


@pytest.mark.parametrize("kind", [MailKind.AUTO_REPLY, MailKind.BOUNCE, MailKind.OWN])
def test_machines_are_never_answered(run, papers, bureau, kind):
    address = bureau.roster.by_key["long"].addresses[0]
    reading = papers.reading_from(address, reporter="long")
    decision = run(dataclasses.replace(reading, mail=papers.mail(address, kind=kind)))
    assert (decision.state, decision.letters, decision.outcome) == (MessageState.DECIDED, (), kind.value)


def test_words_that_came_through_a_list_are_told_to_staff_and_never_answered(run, papers, bureau):
    address = bureau.roster.by_key["long"].addresses[0]
    said = papers.mail(address, text="ส่งเป็น PDF ได้ไหม", kind=MailKind.LIST)
    decision = run(papers.reading_from(address, reporter="long", mail=said))
    assert (decision.outcome, decision.letters, len(decision.ledger)) == ("words", (), 1)
    assert run(Reading(mail=dataclasses.replace(said, sender="news@shop.example"))).outcome == "list"


def test_our_own_mail_come_back_is_never_answered(run, papers, bureau):
    local, _, domain = bureau.office.address.partition("@")
    decision = run(papers.reading_from(f"{local}+w5827@{domain}"))
    assert (decision.state, decision.letters) == (MessageState.DECIDED, ())


def test_the_same_bytes_again_change_nothing(desk, papers, bureau):
    reporter = bureau.roster.by_key["pao"]
    reading = papers.reading_from(reporter.addresses[0], *reporter.organisations, reporter="pao")
    facts = dataclasses.replace(desk.facts(), seen_before=True)
    decision = decide(Case(bureau, reading, facts, papers.inboxed(), papers.moment("2024-11-21 12:00")))
    assert (decision.outcome, decision.answers, decision.letters) == ("duplicate", (), ())


def test_a_file_that_cannot_be_opened_is_unreadable_and_the_sender_is_told(run, papers, bureau):
    address = bureau.roster.by_key["long"].addresses[0]
    bad = finding(Code.FILE_UNREADABLE, Place("scan.png"), why="เป็นรูปภาพ")
    reading = papers.reading_from(
        address, reporter="long", findings=(bad,), files=(FileReading("scan.png", "image", 9, Outcome.REJECTED),)
    )
    decision = run(reading)
    assert (decision.state, kinds(decision)) == (MessageState.UNREADABLE, ["correction", "notice"])
    assert "เป็นรูปภาพ" in decision.why


def test_a_picture_is_answered_and_staff_are_left_alone(run, papers, bureau):
    address = bureau.roster.by_key["long"].addresses[0]
    bad = finding(Code.FORM_NOT_FOUND, Place("scan.png"), where="ในรูปภาพ")
    files = (FileReading("scan.png", "image", 9, Outcome.REJECTED),)
    decision = run(papers.reading_from(address, reporter="long", findings=(bad,), files=files))
    assert (decision.state, kinds(decision)) == (MessageState.UNREADABLE, ["correction"])


def test_a_mail_of_which_parts_were_left_out_is_never_passed_over(run, papers, bureau):
    """It has no file that was read, yet it may hold the form: its sender is asked, staff are told."""
    address = bureau.roster.by_key["long"].addresses[0]
    cut = finding(Code.MAIL_INCOMPLETE, Place())
    decision = run(papers.reading_from(address, reporter="long", findings=(cut,)))
    assert (decision.state, kinds(decision)) == (MessageState.UNREADABLE, ["correction", "notice"])


def test_staff_hear_of_unreadable_mails_once_an_hour(run, papers, bureau):
    address = bureau.roster.by_key["long"].addresses[0]
    cut = finding(Code.MAIL_INCOMPLETE, Place())
    reading = papers.reading_from(address, reporter="long", findings=(cut,))
    told = [letter for letter in run(reading).letters + run(Reading()).letters if letter.kind == "notice"]
    assert len(told) == 2
    assert len({letter.occasion for letter in told}) == 1


def test_a_giant_mail_is_answered_without_its_body(run, papers, bureau):
    address = bureau.roster.by_key["long"].addresses[0]
    decision = run(papers.reading_from(address, reporter="long"), oversize=True)
    assert decision.state is MessageState.UNREADABLE
    assert decision.findings[0].code is Code.FILE_TOO_LARGE


def test_a_mail_without_sender_is_kept_as_unreadable(run, papers):
    assert run(Reading(mail=papers.mail(""))).state is MessageState.UNREADABLE
    assert run(Reading()).state is MessageState.UNREADABLE


@pytest.fixture
def drafted(desk, papers):
    """All answers in and the first draft made; the draft letter as a reply would refer to it."""
    desk.answer_all()
    desk.keep(draft_due(desk.bureau, desk.standing(), (), papers.moment("2024-11-25 10:00")))
    return SentLetter("draft", "w5827", "staff", "v1", "draft1@phrae.example", ("somsri@phrae.example",))


def approval(papers, sender, text="อนุมัติ", subject="Re: ร่าง"):
    return Reading(mail=papers.mail(sender, subject, text, ["draft1@phrae.example"]))


def test_an_approval_sends_exactly_what_was_drafted(run, papers, staff, drafted, desk):
    decision = run(approval(papers, staff), [drafted])
    assert (decision.outcome, kinds(decision)) == ("approved", ["report"])
    report = decision.letters[0]
    assert report.to == desk.circular.department.to
    assert report.enclosures[0].content == desk.drafts[0].content
    assert (decision.approval.version, decision.approval.by) == (1, staff)


def test_what_clearly_approves_needs_no_other_word(run, papers, staff, drafted):
    decision = run(approval(papers, staff, "ตรวจแล้วถูกต้องค่ะ ส่งกรมได้เลย"), [drafted])
    assert (decision.outcome, kinds(decision)) == ("approved", ["report"])


def test_other_words_approve_in_answer_to_the_draft_alone_and_of_staff_alone(run, papers, staff, drafted, desk):
    said = "ตรวจแล้วถูกต้องค่ะ ส่งกรมได้เลย"
    asked = SentLetter("notice", "w5827", "staff", "asked", "asked@phrae.example", ("somsri@phrae.example",))
    by_reference = Reading(mail=papers.mail(staff, f"Re: {desk.drafts[0].reference}", said))
    assert run(approval(papers, staff, said), [asked]).approval is None
    assert run(by_reference).approval is None
    assert run(approval(papers, "who@freemail.example", said), [drafted]).approval is None
    disowned = dataclasses.replace(desk.facts([drafted]), verdict=Verdict.FAIL)
    case = Case(
        desk.bureau, approval(papers, staff, said), disowned, papers.inboxed(), papers.moment("2024-11-21 12:00")
    )
    assert decide(case).approval is None


def test_the_answer_to_staffs_own_mail_goes_at_any_hour_and_a_letter_to_others_waits(run, papers, staff, desk):
    own = run(Reading(mail=papers.mail(staff, "", "ช่วยด้วย")))
    others = run(Reading(mail=papers.mail("long@district.phrae.example", "", "ถามหน่อย"), reporter="long", known=True))
    assert [letter.cannot_wait for letter in own.letters if letter.addressee == "staff"] == [True]
    assert not any(letter.cannot_wait for letter in others.letters if letter.addressee == "staff")


def test_the_reference_in_the_subject_is_enough(run, papers, staff, drafted, desk):
    reading = Reading(mail=papers.mail(staff, f"อนุมัติ {desk.drafts[0].reference}", "อนุมัติ"))
    assert run(reading).outcome == "approved"


def test_a_second_approval_sends_nothing(run, papers, staff, drafted, desk):
    desk.keep(run(approval(papers, staff), [drafted]))
    again = run(approval(papers, staff), [drafted])
    assert (again.outcome, kinds(again)) == ("already-dispatched", ["notice"])
    assert again.letters[0].to == (staff,)


def test_approving_figures_that_changed_since_gives_a_new_draft(run, papers, staff, drafted, desk):
    desk.answer(desk.bureau.roster.organisations[0].code, value=False)
    decision = run(approval(papers, staff), [drafted])
    assert (decision.outcome, kinds(decision)) == ("figures-changed", ["draft", "notice"])
    assert decision.drafts[0].version == 2
    desk.keep(decision)
    assert run(approval(papers, staff), [drafted]).outcome == "old-draft"


def test_an_approval_that_names_no_draft_is_asked_back(run, papers, staff, drafted):
    decision = run(Reading(mail=papers.mail(staff, "เรื่องอื่น", "อนุมัติ")))
    assert (decision.outcome, kinds(decision)) == ("approval-without-draft", ["notice"])


def test_only_staff_can_approve(run, papers, bureau, drafted):
    for sender in ("boss@freemail.example", bureau.roster.by_key["long"].addresses[0]):
        decision = run(approval(papers, sender), [drafted])
        assert decision.approval is None
        assert "report" not in kinds(decision)


def test_a_wholly_blank_row_is_said_once(run, papers, bureau, circular):
    reporter = bureau.roster.by_key["long"]
    first, *others = reporter.organisations
    reading = papers.reading_from(reporter.addresses[0], *others, reporter="long")
    blanks = tuple(
        finding(
            Code.ANSWER_MISSING,
            Place("f.xlsx", "s", f"{column}7"),
            about=(first, q.key),
            organisation="x",
            question="y",
        )
        for column, q in zip("CDEF", circular.form.asked, strict=True)
    )
    letter = run(dataclasses.replace(reading, findings=blanks, outcome=Outcome.PARTLY)).letters[0]
    ((name, (said,)),) = letter.view["errors"]
    assert (name, said.place.cell) == (bureau.roster.by_code[first].short_name, "C7:F7")


def test_many_warnings_of_one_kind_are_summed_up(run, papers, bureau):
    reporter = bureau.roster.by_key["pao"]
    others = [
        finding(Code.ORGANISATION_NOT_YOURS, Place("f.xlsx", "s", f"B{row}"), organisation="x", reporter="y")
        for row in range(83)
    ]
    reading = papers.reading_from(
        reporter.addresses[0], *reporter.organisations, reporter="pao", findings=tuple(others)
    )
    warnings = run(reading).letters[0].view["warnings"]
    assert len(warnings) == 4
    assert "80" in warnings[-1].message


def test_staff_who_send_an_unreadable_form_are_answered(run, papers, staff):
    reading = Reading(
        mail=papers.mail(staff), files=(FileReading("scan.png", "image", 9, Outcome.REJECTED),), circular="w5827"
    )
    assert kinds(run(reading)) == ["correction"]


def test_a_word_of_thanks_from_who_owes_nothing_needs_no_answer(run, papers, bureau, desk):
    desk.answer_all()
    address = bureau.roster.by_key["long"].addresses[0]
    thanks = papers.mail(address, text="ขอบคุณครับ")
    decision = run(papers.reading_from(address, reporter="long", mail=thanks))
    assert (decision.outcome, decision.letters, decision.ledger) == ("thanks", (), ())


def test_words_of_whom_nothing_is_owed_are_acknowledged_and_wait_for_staff(run, papers, bureau, desk):
    desk.answer_all()
    address = bureau.roster.by_key["long"].addresses[0]
    said = "ขอยกเลิกรายงานเมื่อเช้าครับ"
    decision = run(papers.reading_from(address, reporter="long", mail=papers.mail(address, text=said)))
    assert (decision.outcome, kinds(decision), decision.why) == ("words", ["receipt"], said)
    assert decision.letters[0].template == "heard"
    assert [entry.step for entry in decision.ledger] == ["words-1"]


def test_who_changes_figures_after_dispatch_hears_that_the_department_does_not_have_them(
    run, papers, staff, bureau, drafted, desk
):
    desk.keep(run(approval(papers, staff), [drafted]))
    desk.answer("2540101", value=False)
    reporter = bureau.roster.by_key["pao"]
    said = papers.mail(reporter.addresses[0], text="แก้ไขเพราะนับผิดครับ")
    again = papers.reading_from(reporter.addresses[0], *reporter.organisations, reporter="pao", mail=said)
    decision = run(again)
    assert kinds(decision)[:1] == ["receipt"]
    assert decision.letters[0].view["late"] == "amends"
    assert decision.why == "แก้ไขเพราะนับผิดครับ"
    desk.answer("2540101", value=True)
    assert run(again).letters[0].view["late"] == ""  # the department has just that


def test_a_mail_marked_as_list_mail_counts_when_it_carries_a_known_reporters_form(run, papers, bureau):
    reporter = bureau.roster.by_key["pao"]
    reading = papers.reading_from(reporter.addresses[0], *reporter.organisations, reporter="pao")
    reading = dataclasses.replace(reading, mail=papers.mail(reporter.addresses[0], kind=MailKind.LIST))
    assert kinds(run(reading)) == ["receipt"]


NUMBERED = "อนุมัติ\n\nเลขที่ พร ๐๐๒๓.๑/๑๒๓๔ ลงวันที่ ๔ ธันวาคม ๒๕๖๗\n"


def test_number_and_day_given_with_the_approval_come_back_in_the_letter(run, papers, staff, drafted):
    decision = run(approval(papers, staff, NUMBERED), [drafted])
    assert (decision.outcome, kinds(decision)) == ("approved", ["report", "notice"])
    back = decision.letters[1]
    assert back.to == (staff,)
    assert [(e.editable, e.number, e.dated) for e in back.enclosures] == [
        (editable, "พร ๐๐๒๓.๑/๑๒๓๔", datetime.date(2024, 12, 4)) for editable in (True, False)
    ]


@pytest.mark.parametrize(
    "text", ["อนุมัติ\nเลขที่ พร ๐๐๒๓.๑/๑๒๓๔", "อนุมัติ\nที่ พร 0023.1/1234 ลงวันที่ 31 พ.ย. 2567", "อนุมัติ\nเลขที่ - ลงวันที่ 4 ธ.ค. 2567"]
)
def test_a_number_or_day_that_cannot_be_read_lets_nothing_go(run, papers, staff, drafted, text):
    decision = run(approval(papers, staff, text), [drafted])
    assert (decision.outcome, kinds(decision)) == ("number-unread", ["notice"])
    assert decision.approval is None
    assert not decision.letters[0].enclosures
    assert "ยังไม่ได้ส่งรายงาน" in decision.letters[0].subject


@pytest.mark.parametrize("text", ["อนุมัติ\nขอบคุณครับ", "อนุมัติ\n\nสมศรี ใจดี\nโทร. 054-534119"])
def test_other_words_after_the_approval_are_no_number(run, papers, staff, drafted, text):
    assert kinds(run(approval(papers, staff, text), [drafted])) == ["report"]


@pytest.mark.parametrize(
    "below", ["เดี๋ยวๆ ขอดูอีกรอบ อย่าเพิ่งส่ง", "ที่ส่งมาถูกต้องแล้ว วันที่ 4 ธ.ค. ขอดูอีกครั้ง", "ตัวเลขเมืองแพร่ดูแปลกๆ"]
)
def test_an_approval_above_a_further_sentence_lets_nothing_go(run, papers, staff, drafted, below):
    decision = run(approval(papers, staff, f"อนุมัติครับ\n\n{below}"), [drafted])
    assert decision.approval is None
    assert kinds(decision) == ["notice"]
    assert "ยังไม่ได้ส่งรายงาน" in str(decision.letters[0].view)


@pytest.mark.parametrize("sender", ["staff", "reporter", "stranger", "department"])
@pytest.mark.parametrize("replies", [True, False])
@pytest.mark.parametrize("disowned", [True, False])
def test_a_command_of_who_has_no_say_is_refused_and_staff_alone_are_told(
    sender, replies, disowned, papers, bureau, staff, drafted, desk, circular
):
    """In answer to a letter to staff from anybody; out of the blue from whom nobody believes."""
    address = {
        "staff": staff,
        "reporter": bureau.roster.by_key["long"].addresses[0],
        "stranger": "boss@freemail.example",
        "department": circular.department.to[0],
    }[sender]
    known = sender == "reporter"
    mail = papers.mail(address, "เรื่อง", "อนุมัติ", ["draft1@phrae.example"])
    facts = desk.facts([drafted] if replies else ())
    facts = dataclasses.replace(facts, verdict=Verdict.FAIL if disowned else Verdict.NONE)
    reading = Reading(mail=mail, known=known, reporter="long" if known else None, circular="w5827")
    decision = decide(Case(bureau, reading, facts, papers.inboxed(), papers.moment("2024-11-25 12:00")))
    if sender == "staff":
        refused = disowned
    elif sender == "department":
        refused = replies
    else:
        refused = replies or sender == "stranger" or disowned
    assert (decision.outcome == "command-refused") is refused
    assert (decision.approval is not None) is (sender == "staff" and replies and not disowned)
    if refused:
        [notice] = decision.letters
        assert (notice.kind.value, notice.addressee, notice.to) == ("notice", "staff", tuple(bureau.office.staff))
        assert decision.state is MessageState.DECIDED
        seen = dataclasses.replace(facts, seen_before=True)
        again = decide(Case(bureau, reading, seen, papers.inboxed(), papers.moment("2024-11-25 12:00")))
        assert (again.outcome == "command-refused") is (sender == "staff")  # refused, and that is said again


@pytest.mark.parametrize("reporter", [None, "long"])
def test_words_of_a_staff_address_that_is_also_a_reporters_are_the_reporters(reporter, run, papers, staff):
    mail = papers.mail(staff, "Re: [w5827]", "อบต.หัวทุ่ง ขอเลื่อนส่งเป็นวันที่ 12 ธ.ค. 2567")
    decision = run(Reading(mail=mail, circular="w5827", known=reporter is not None, reporter=reporter))
    assert (decision.outcome == "put-to-staff") is (reporter is not None)
