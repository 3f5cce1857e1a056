"""One decision, one transaction."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from bot.office.decision import Approval, Decision
from bot.office.letters.enclosures import ReadyFile
from bot.office.letters.letter import LetterKind
from bot.office.model.ledger import LedgerEntry
from bot.office.model.received_mail import MessageState
from bot.office.model.report_draft import Draft
from parsers.findings import Code, Place, finding
from parsers.reading import RemarkText
from tests.store.building import MINUTE, NOW, draft_letter, letter, receive, said
from tests.store.building import arrival as mail_of

DAY = datetime.date(2024, 11, 20)


def step(name="request"):
    return LedgerEntry("w5827", "long", name, DAY, "sent", "ยังไม่ส่ง")


def draft(version=1):
    return Draft("w5827", version, f"figures-{version}", f"w5827-r{version}", NOW)


def everything():
    """A decision that writes to every table."""
    return said(
        ("540101", "s10", True),
        ("540101", "note", "ข้อความ"),
        remarks=(RemarkText("obstacles", "ไม่มี", Place("form.xlsx", "แบบรายงาน", "A99")),),
        findings=(finding(Code.FILE_ENCRYPTED, Place("other.xlsx")),),
        ledger=(step(),),
        drafts=(draft(),),
        approval=Approval("w5827", 1, "staff@phrae.example"),
        as_of=DAY,
    )


def state_of(office):
    """All that an office's books say, as comparable values."""
    facts = (office.answers("w5827"), office.remarks("w5827"), office.ledger("w5827"), office.drafts("w5827"))
    return facts, office.letters(), office.counts(), office.pending(10)


@pytest.fixture
def mail(office):
    [number] = receive(office, [mail_of(1)])
    return number


def test_a_decision_is_written_whole(office, mail):
    queued = office.commit(everything(), [letter(), draft_letter(1)], message=mail, now=NOW)
    assert len(queued) == 2
    [note, tick] = office.answers("w5827")
    assert (note.value, tick.value) == ("ข้อความ", True)
    assert (tick.sender, tick.subject, tick.reporter, tick.message) == ("long@phrae.example", "w5827", "long", mail)
    assert str(tick.place) == "form.xlsx › แบบรายงาน!C7"
    [remark] = office.remarks("w5827")
    assert (remark.text, remark.place.cell) == ("ไม่มี", "A99")
    assert office.findings(mail) == everything().findings
    assert office.ledger("w5827") == (step(),)
    [report] = office.with_newest_file(office.drafts("w5827"))
    assert (report.name, report.content, report.fingerprint) == ("report.xlsx", b"PK figures", "figures-1")
    assert (report.approved_by, report.dispatched, report.made) == ("staff@phrae.example", NOW, NOW)
    assert office.counts()["decided"] == 1


@pytest.mark.parametrize(
    ("decision", "letters", "error"),
    [
        # Two letters with one Message-ID: refused by a unique key, after everything else was written.
        (everything(), [letter("a", identity="twin@x"), letter("b", identity="twin@x"), draft_letter(1)], sa.exc.IntegrityError),
        (everything(), [letter()], ValueError),  # a draft without its workbook
        (said(("540101", "s10", True), approval=Approval("w5827", 9, "x")), [letter()], LookupError),  # no such draft
    ],
)  # fmt: skip
def test_an_error_inside_leaves_nothing(office, mail, decision, letters, error):
    before = state_of(office)
    with pytest.raises(error):
        office.commit(decision, letters, message=mail, now=NOW)
    assert state_of(office) == before
    assert office.findings(mail) == ()


def test_repeating_a_commit_is_harmless(office, mail):
    letters = [letter(), draft_letter(1)]
    office.commit(everything(), letters, message=mail, now=NOW)
    once = state_of(office)
    assert office.commit(everything(), letters, message=mail, now=NOW + MINUTE) == ()
    assert state_of(office) == once


def test_a_mail_is_decided_once_whatever_the_second_decision_says(office, mail):
    office.commit(said(("540101", "s10", True)), [letter("one")], message=mail, now=NOW)
    second = said(("540101", "s10", False), ("540102", "s10", True), ledger=(step(),))
    assert office.commit(second, [letter("two")], message=mail, now=NOW) == ()
    assert [(a.organisation, a.value) for a in office.answers("w5827")] == [("540101", True)]
    assert office.ledger("w5827") == ()
    assert len(office.letters()) == 1


def test_of_racing_workers_one_decides(office):
    """Each mail gets one decision and one receipt although four workers hold each."""
    mails = receive(office, [mail_of(uid) for uid in range(1, 9)])
    jobs = [(mail, worker) for mail in mails for worker in range(4)]

    def work(job):
        mail, worker = job
        decision = said((f"5401{mail}", "s10", f"worker {worker}"))
        return office.commit(decision, [letter(f"{mail}-{worker}")], message=mail, now=NOW)

    with ThreadPoolExecutor(4) as pool:
        queued = [len(ids) for ids in pool.map(work, jobs)]
    assert sum(queued) == len(mails)
    for recorded in office.answers("w5827"):
        occasion = f"{recorded.message}-{recorded.value.removeprefix('worker ')}"
        assert [line.occasion for line in office.letters() if line.occasion.startswith(f"{recorded.message}-")] == [
            occasion
        ]


def test_the_clock_repeats_itself_harmlessly(office):
    """Two ticks, or two daemons, bring about one reminder, one ledger step, one draft."""
    decision = Decision(outcome="ticked", ledger=(step("before-5"),), drafts=(draft(),))
    reminder = letter("before-5", kind=LetterKind.REMINDER)
    assert len(office.commit(decision, [reminder, draft_letter(1)], message=None, now=NOW)) == 2
    once = state_of(office)
    again = letter("before-5", kind=LetterKind.REMINDER)
    assert office.commit(decision, [again, draft_letter(1, b"other")], message=None, now=NOW + MINUTE) == ()
    assert state_of(office) == once


def test_only_new_letters_are_queued_beside_old_ones(office):
    office.commit(Decision(), [letter("a")], message=None, now=NOW)
    [new] = office.commit(Decision(), [letter("a"), letter("b")], message=None, now=NOW)
    assert [line.id for line in office.letters() if line.occasion == "b"] == [new]


def test_a_draft_is_dispatched_once(office):
    office.commit(Decision(drafts=(draft(),)), [draft_letter(1)], message=None, now=NOW)
    for minute, by in enumerate(["first@phrae.example", "second@phrae.example"]):
        approval = Decision(approval=Approval("w5827", 1, by))
        report = letter("w5827", kind=LetterKind.REPORT, addressee="department")
        office.commit(approval, [report], message=None, now=NOW + minute * MINUTE)
    [report] = office.drafts("w5827")
    assert (report.approved_by, report.dispatched) == ("first@phrae.example", NOW)
    assert len([line for line in office.letters() if line.kind == "report"]) == 1


def test_a_report_that_goes_out_without_a_draft_letter_is_kept_as_it_went(office):
    automatic = Decision(drafts=(draft(),), approval=Approval("w5827", 1, "auto"))
    report = letter("w5827", kind=LetterKind.REPORT, files=draft_letter(1, b"PK sent").files)
    office.commit(automatic, [report], message=None, now=NOW)
    [kept] = office.with_newest_file(office.drafts("w5827"))
    assert (kept.content, kept.dispatched) == (b"PK sent", NOW)


def test_drafts_come_oldest_first(office):
    for version in (2, 1, 3):
        office.commit(Decision(drafts=(draft(version),)), [draft_letter(version)], message=None, now=NOW)
    assert [one.version for one in office.drafts("w5827")] == [1, 2, 3]


@pytest.mark.parametrize("decision", [said(), Decision(findings=(finding(Code.FILE_ENCRYPTED, Place()),))])
def test_what_a_mail_said_needs_the_mail(office, decision):
    with pytest.raises(ValueError, match="needs the mail"):
        office.commit(decision, [], message=None, now=NOW)


@pytest.mark.parametrize("state", [None, MessageState.RECEIVED])
def test_a_decision_about_a_mail_says_what_became_of_it(office, mail, state):
    with pytest.raises(ValueError, match="what became of it"):
        office.commit(Decision(state), [], message=mail, now=NOW)


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_letters_with_files_the_draft_is_kept_as_it_stood_in_its_own(office, turned):
    """Whatever their order: not the file of another kind of letter, and not that of another circular."""
    receipt = letter("r", files=(ReadyFile("marked.xlsx", b"PK marked"),))
    other = letter("v1", kind=LetterKind.DRAFT, circular="w9999", files=(ReadyFile("other.xlsx", b"PK other"),))
    report = letter("report", kind=LetterKind.REPORT, files=(ReadyFile("sent.xlsx", b"PK sent"),))
    letters = [receipt, other, report, draft_letter(1)]
    office.commit(Decision(drafts=(draft(),)), letters[::-1] if turned else letters, message=None, now=NOW)
    [kept] = office.with_newest_file(office.drafts("w5827"))
    assert (kept.name, kept.content) == ("report.xlsx", b"PK figures")
