"""Who is believed, on real books and the embedded servers: each forged case and what became of it, as a table (``-s``)."""

import datetime
import re
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.cli.common import opened_house
from bot.config.load import load_config
from bot.post.imap.mailbox import Mailbox
from bot.post.smtp.sending import Outbox
from bot.service import single_pass

ROOT = Path(__file__).parent.parent.parent
BANGKOK = datetime.timezone(datetime.timedelta(hours=7))
LONG, PAO, SONG, STAFF, DEPARTMENT = (
    "long@amphoe.example", "pao@phrae.example", "song@amphoe.example", "somsri@phrae.example", "dla0810@dla.example",
)  # fmt: skip
SERVER = "mx.phrae.example"
PASSED = f"Authentication-Results: {SERVER}; dmarc=pass"
FAILED = f"Authentication-Results: {SERVER}; spf=fail smtp.mailfrom=evil.example; dkim=none; dmarc=fail (p=none)"
STEP = datetime.timedelta(minutes=13)
APART = datetime.timedelta(hours=7)  # who is answered in vain too often in a day is not answered any more

pytestmark = pytest.mark.timeout(180)


@dataclass(frozen=True)
class Came:
    """What one mail brought about: its state and outcome in the books, and the letters that went out for it."""

    state: str
    outcome: str
    sender: int  # letters to its From address
    staff: tuple[str, ...]  # subjects
    department: int
    answers: int  # cells whose answer came in it

    def __str__(self) -> str:
        return f"{self.state}/{self.outcome}"


class Desk:
    """The office at work, one pass at a time; each mail is told of in a line of the table."""

    def __init__(self, post_office, house, mailbox, outbox, letters) -> None:
        self.post, self.house, self.mailbox, self.outbox, self.letters = post_office, house, mailbox, outbox, letters
        self.now = datetime.datetime(2024, 11, 20, 8, 30, tzinfo=BANGKOK)
        self.table: list[tuple[str, Came]] = []
        self.count = 0
        post_office.clock = lambda: self.now
        self.pass_once()

    def pass_once(self) -> None:
        single_pass.once(self.house, self.mailbox, self.outbox, self.now)

    def mail(self, *head: str, text: str = "ส่งรายงาน", form: bytes | None = None, **named: str) -> bytes:
        """A mail with these header lines on top, just as they are; ``answers`` and ``subject`` by name."""
        self.count += 1
        body = EmailMessage()
        body.set_content(text)
        if form:
            body.add_attachment(form, maintype="application", subtype="octet-stream", filename="แบบรายงาน.xlsx")
        lines = [*head, f"Message-ID: <{self.count}.{self.now.timestamp():.0f}@elsewhere.example>"]
        lines += [f"Subject: {named.get('subject', '[w5827] report')}", f"X-Automatic: {self.count}"]
        if named.get("answers"):
            lines.append(f"In-Reply-To: {named['answers']}")
        return "\r\n".join(lines).encode() + b"\r\n" + body.as_bytes()

    def send(self, label: str, raw: bytes, *, table: bool = True, pause: datetime.timedelta = STEP) -> Came:
        """Deliver one mail, let the office work, and see what came of it."""
        self.now += pause
        head = re.search(rb"(?mi)^From:.*?([^\s<>,]+@[^\s<>,]+?)>?\s*$", raw)
        sender = head[1].decode() if head else "nobody@nowhere.example"
        before = {address: len(self.post.inbox_of(address)) for address in (sender, STAFF, DEPARTMENT)}
        newest = self.newest()
        self.post.deliver(raw, "someone@evil.example", "office@phrae.example")
        self.pass_once()
        assert self.newest() == newest + 1
        kept = self.house.books.held_mail(newest + 1)
        new = {address: self.post.inbox_of(address)[count:] for address, count in before.items()}
        told = [self.letters.parse(each) for each in new[STAFF]]
        came = Came(
            state=kept.state.value,
            outcome=kept.outcome,
            sender=0 if sender in {STAFF, self.post.office_address} else len(new[sender]),
            staff=tuple(str(each["Subject"]) for each in told if each["X-Ruam-Kind"] != "digest"),
            department=len(new[DEPARTMENT]),
            answers=sum(answer.message == kept.id for answer in self.house.books.answers("w5827")),
        )
        if table:
            self.table.append((label, came))
        return came

    def lying(self, shelf: str) -> int:
        """How many mails lie in one of the mailbox's folders."""
        with Mailbox(self.mailbox.settings.model_copy(update={"folder": self.mailbox.shelves()[shelf]})) as folder:
            return len(folder.uids())

    def newest(self) -> int:
        number = 0
        while self.house.books.held_mail(number + 1):
            number += 1
        return number

    def letter(self, address: str, kind: str, *, word: str = "") -> EmailMessage:
        """The newest letter of a kind to an address."""
        found = [self.letters.parse(raw) for raw in self.post.inbox_of(address)]
        return next(m for m in reversed(found) if m["X-Ruam-Kind"] == kind and word in str(m["Subject"]))

    def form(self, address: str) -> bytes:
        request = next(raw for raw in self.post.inbox_of(address) if self.letters.kinds([raw]) == ["request"])
        return self.letters.enclosure(request)

    def show(self) -> None:
        print()
        for label, came in self.table:
            told = f"{len(came.staff)} to staff" if came.staff else "-"
            print(f"{label:<66} {came!s:<36} recorded {came.answers:>2}  sender got {came.sender}  {told}")


@pytest.fixture
def desk(post_office, office, letters, clerk):
    """The office with its requests sent; the mail server's word counts."""
    folder = office(
        f'host = "127.0.0.1"\nport = {post_office.imap_port}\nsecurity = "none"\nauthserv_id = "{SERVER}"\n'
        f'user = "{post_office.user}"\npassword = "{post_office.password}"',
        f'host = "127.0.0.1"\nport = {post_office.smtp_port}\nsecurity = "none"',
    )
    folder.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    settings = load_config(folder.config)
    with ExitStack() as stack:
        house = stack.enter_context(opened_house(settings))
        mailbox = stack.enter_context(Mailbox(settings.imap))
        mailbox.ensure_folders()
        made = Desk(post_office, house, mailbox, Outbox(settings.smtp), letters)
        yield made
        made.show()


@pytest.fixture
def filled(desk, clerk):
    """The form of an address, filled in."""
    return lambda address, mark="✓": clerk(address).filled(desk.form(address), mark)


def test_reports_of_people_who_are_somebody_else_are_held(desk, filled):
    """Nothing is recorded, the sender hears nothing, staff are asked once for each mail."""
    form = filled(LONG)
    own = f"From: {LONG}"
    forged = {
        "known address, server says dmarc=fail": [FAILED, own],
        "the same, with a forged pass of the same server below": [FAILED, own, PASSED],
        "the same, with a forged pass of another server on top": ["Authentication-Results: mx.evil.example; dmarc=pass", FAILED, own],
        "known address, sent from another domain, no DMARC": [f"Authentication-Results: {SERVER}; spf=pass smtp.mailfrom=evil.example", own],
        "known address, SPF softfail, unsigned": [f"Authentication-Results: {SERVER}; spf=softfail smtp.mailfrom={LONG}; dkim=none", own],
        "known address, the server's result made unreadable": [f"Authentication-Results: {SERVER}; dmarc=pass header.from=(", own],
        "unknown address": ["From: who@freemail.example"],
        "unknown address that passes all checks": [f"{PASSED} header.from=freemail.example", "From: who@freemail.example"],
        "known address as a display name, quoted": [f'From: "{LONG}" <x@evil.example>'],
        "known address as a display name, bare": [f"From: {LONG} <x@evil.example>"],
        "two From headers, the known one first": [own, "From: x@evil.example"],
        "two addresses in one From": [f"From: {LONG}, x@evil.example"],
        "look-alike domain": ["From: long@amph0e.example"],
        "look-alike letter in another script": ["From: long@аmphoe.example"],
        "plus-address of a known one": ["From: long+new@amphoe.example"],
        "stranger, known address as Sender": ["From: x@evil.example", f"Sender: {LONG}", f"Reply-To: {LONG}"],
        "staff address, server says dmarc=fail": [FAILED, f"From: {STAFF}"],
    }  # fmt: skip
    for label, head in forged.items():
        came = desk.send(label, desk.mail(*head, form=form))
        assert (came.state, came.answers, came.sender, len(came.staff)) == ("held", 0, 0, 1), label
    came = desk.send("stranger with a made-up reference of our kind", desk.mail(
        "From: x@evil.example", form=form, answers="<w5827.request.0123456789abcdef01234567@phrae.example>"
    ))  # fmt: skip
    assert (str(came), came.answers, came.sender) == ("held/unknown-sender", 0, 0)
    digest = desk.letter(STAFF, "digest")["Message-ID"]
    came = desk.send("stranger with the reference of a letter to staff", desk.mail(
        "From: x@evil.example", form=form, answers=digest
    ))  # fmt: skip
    assert (str(came), came.answers, came.sender) == ("held/unknown-sender", 0, 0)
    came = desk.send("the bot's own address", desk.mail("From: office@phrae.example", form=form))
    assert (str(came), came.answers, came.staff) == ("decided/own", 0, ())
    came = desk.send("empty From", desk.mail("From: <>", form=form))
    assert (str(came), came.answers) == ("unreadable/no-sender", 0)
    assert desk.house.books.answers("w5827") == ()


def test_those_who_hold_a_letter_of_ours_speak_for_its_reader_alone(desk, filled):
    """A forwarded request answered from an unknown address counts, for those to whom the request went."""
    asked = desk.letter(LONG, "request")["Message-ID"]
    came = desk.send("stranger who answers the letter to Long", desk.mail(
        "From: clerk@thesaban-new.example", form=filled(LONG), answers=asked
    ))  # fmt: skip
    assert (came.state, came.outcome, came.answers, came.sender) == ("decided", "accepted", 44, 1)
    came = desk.send("the same stranger, with Song's form", desk.mail(
        "From: clerk@thesaban-new.example", form=filled(SONG), answers=asked
    ))  # fmt: skip
    assert came.answers == 0
    assert {answer.reporter for answer in desk.house.books.answers("w5827")} == {"long"}
    came = desk.send("Long's own address, dmarc=fail, answers its letter", desk.mail(
        FAILED, f"From: {LONG}", form=filled(LONG, "/"), answers=asked
    ))  # fmt: skip
    assert (came.state, came.outcome, came.answers) == ("decided", "accepted", 44)
    came = desk.send("Pao's address, dmarc=fail, with Long's reference", desk.mail(
        FAILED, f"From: {PAO}", form=filled(PAO), answers=asked
    ))  # fmt: skip
    assert came.answers == 0
    for label, head in {
        "known address, the server says nothing": [f"From: {PAO}"],
        "known address, the server says pass": [f"{PASSED} header.from=phrae.example", f"From: {PAO}"],
    }.items():
        assert desk.send(label, desk.mail(*head, form=filled(PAO))).outcome == "accepted"


def test_a_word_of_staff_settles_a_held_mail_once(desk, filled):
    """Accepted once, always, or refused; by nobody else, never twice, and quoted words are none."""
    desk.send("unknown address", desk.mail("From: a@new.example", form=filled(LONG)), table=False)
    question = desk.letter(STAFF, "notice")["Message-ID"]
    mine = f"From: {STAFF}"
    refused = {
        "stranger answers the question to staff: รับ": ["From: a@new.example"],
        "reporter answers the question to staff: รับ": [f"From: {SONG}"],
        "staff address, dmarc=fail: รับ": [FAILED, mine],
    }
    for label, head in refused.items():
        came = desk.send(label, desk.mail(*head, text="รับ", answers=question))
        assert (str(came), came.sender, len(came.staff)) == ("decided/command-refused", 0, 1), label
    came = desk.send("staff: รับ, without the reference", desk.mail(mine, text="รับ"))
    assert (came.outcome, len(came.staff)) == ("settled-without-mail", 1)
    came = desk.send("staff: รับ only in quoted text", desk.mail(mine, text="ดูก่อน\n\n> รับ\n", answers=question))
    assert came.outcome == "not-understood"
    came = desk.send("staff: รับเสมอ for nobody we know", desk.mail(mine, text="รับเสมอ อำเภอไหน", answers=question))
    assert came.outcome == "which-reporter"
    assert desk.house.books.answers("w5827") == ()

    said = desk.mail(mine, text="รับครับ", answers=question)
    held = desk.lying("Held")
    assert desk.send("staff: รับ", said).outcome == "mail-accepted"
    assert len(desk.house.books.answers("w5827")) == 44
    assert desk.lying("Held") == held - 1  # it lies in Done now, like any mail that was recorded
    assert desk.letters.kinds(desk.post.inbox_of("a@new.example")) == ["receipt"]
    for label, raw in {
        "the same bytes again": said,
        "the same words again": desk.mail(mine, text="รับ", answers=question),
        "ไม่รับ after รับ": desk.mail(mine, text="ไม่รับ", answers=question),
    }.items():
        came = desk.send(label, raw)
        assert (came.outcome, came.answers) == ("already-settled", 0), label
    assert desk.letters.kinds(desk.post.inbox_of("a@new.example")) == ["receipt"]
    came = desk.send(
        "the address accepted once, another mail", desk.mail("From: a@new.example", form=filled(LONG, "/"))
    )
    assert str(came) == "held/unknown-sender"

    question = desk.letter(STAFF, "notice")["Message-ID"]
    assert desk.send("staff: รับเสมอ", desk.mail(mine, text="รับเสมอ", answers=question)).outcome == "address-accepted"
    came = desk.send("the address accepted for good, next mail", desk.mail("From: a@new.example", form=filled(LONG)))
    assert (came.outcome, came.staff) == ("accepted", ())
    came = desk.send("the same, server says dmarc=fail", desk.mail(FAILED, "From: a@new.example", form=filled(LONG)))
    assert str(came) == "held/not-vouched-for"

    desk.send("b", desk.mail("From: b@new.example", form=filled(SONG)), table=False)
    question = desk.letter(STAFF, "notice")["Message-ID"]
    assert desk.send("staff: ไม่รับ", desk.mail(mine, text="ไม่รับค่ะ", answers=question)).outcome == "mail-refused"
    came = desk.send("staff: รับ after ไม่รับ", desk.mail(mine, text="รับ", answers=question))
    assert came.outcome == "already-settled"
    came = desk.send("a refused address, next mail", desk.mail("From: b@new.example", form=filled(SONG, "/")))
    assert (str(came), came.staff) == ("held/refused-sender", ())
    assert desk.post.inbox_of("b@new.example") == []


def test_strangers_in_numbers_do_not_flood_staff(desk, filled):
    """Ten questions an hour, then one word that there are more; the digest has them all, and its numbers are enough."""
    form, minute = filled(LONG), datetime.timedelta(minutes=1)
    told = []
    for number in range(14):
        came = desk.send("", desk.mail(f"From: s{number}@evil.example", form=form), table=False, pause=minute)
        assert came.state == "held"
        told.append(len(came.staff))
    assert told == [1] * 10 + [1, 0, 0, 0]
    desk.table.append((f"14 strangers in 14 minutes: letters to staff {sum(told)}", came))
    desk.now = datetime.datetime(2024, 11, 21, 8, 31, tzinfo=BANGKOK)
    desk.pass_once()
    digest, number = desk.letter(STAFF, "digest"), desk.newest()
    assert "s13@evil.example" in digest.get_body(("plain",)).get_content()
    came = desk.send("staff answer the digest: รับ and a number", desk.mail(
        f"From: {STAFF}", text=f"รับ {number}", answers=digest["Message-ID"]
    ))  # fmt: skip
    assert came.outcome == "mail-accepted"
    assert len(desk.house.books.answers("w5827")) == 44


def test_only_staff_who_answer_the_newest_draft_let_the_report_go(desk, filled):
    """Forged, replayed, guessed, quoted, automatic and outdated approvals are refused, and that is told to staff alone."""
    mine, yes = f"From: {STAFF}", "อนุมัติ"
    desk.now = datetime.datetime(2024, 12, 4, 16, 30, tzinfo=BANGKOK)
    desk.pass_once()
    old = desk.letter(STAFF, "draft")["Message-ID"]
    desk.now = datetime.datetime(2024, 12, 6, 9, 0, tzinfo=BANGKOK)
    desk.send("", desk.mail(f"From: {PAO}", form=filled(PAO)), table=False)
    draft = desk.letter(STAFF, "draft", word="2")
    newest, reference = draft["Message-ID"], re.search(r"\(([A-Z2-7]{10})\)", str(draft["Subject"]))[1]
    assert newest != old

    refused = {
        "stranger approves, with the reference": (["From: boss@freemail.example"], newest, yes),
        "reporter approves, with the reference": ([f"From: {LONG}"], newest, yes),
        "staff address as a display name approves": ([f'From: "{STAFF}" <x@evil.example>'], newest, yes),
        "staff address, dmarc=fail, with the reference": ([FAILED, mine], newest, yes),
        "two From headers, staff first": ([mine, "From: x@evil.example"], newest, yes),
        "stranger approves without any reference": (["From: boss@freemail.example"], "", yes),
    }
    for label, (head, answers, text) in refused.items():
        came = desk.send(label, desk.mail(*head, text=text, answers=answers))
        assert (str(came), came.department, len(came.staff)) == ("decided/command-refused", 0, 1), label
        assert came.sender == 0, label
    said = {
        "staff approve without any reference": ([mine], "", yes, "approval-without-draft"),
        "staff approve, a guessed Message-ID": ([mine], "<w5827.draft.0123456789abcdef01234567@phrae.example>", yes, "approval-without-draft"),
        "staff approve the old draft": ([mine], old, yes, "old-draft"),
        "อนุมัติ in quoted text": ([mine], newest, "ขอดูก่อน\n\n> อนุมัติ\n", "not-understood"),
        "อนุมัติ below a line of doubt": ([mine], newest, "ยังไม่แน่ใจ\nอนุมัติ", "not-understood"),
        "อนุมัติ in an automatic answer": ([mine, "Auto-Submitted: auto-replied"], newest, yes, "command-by-machine"),
        "another automatic answer": ([mine, "Auto-Submitted: auto-replied"], newest, yes, "command-by-machine"),
    }  # fmt: skip
    for label, (head, answers, text, outcome) in said.items():
        came = desk.send(label, desk.mail(*head, text=text, answers=answers), pause=APART)
        assert (came.state, came.outcome, came.department) == ("decided", outcome, 0), label
        assert len(came.staff) == (label != "another automatic answer"), label
    came = desk.send(
        "staff approve, a guessed reference in the subject",
        desk.mail(mine, text=yes, subject="Re: [w5827] (ABCDEFGHIJ)"),
        pause=APART,
    )
    assert (came.outcome, came.department) == ("approval-without-draft", 0)
    assert desk.post.inbox_of(DEPARTMENT) == []

    real = desk.mail(mine, text=f"{yes}ค่ะ", subject=f"Re: [w5827] ({reference})")
    came = desk.send("staff approve, the reference in the subject alone", real, pause=APART)
    assert (came.outcome, came.department) == ("approved", 1)
    for label, raw in {
        "the same approval again, same bytes": real,
        "the same approval again, new Message-ID": desk.mail(mine, text=yes, answers=newest),
        "the old draft approved after all": desk.mail(mine, text=yes, answers=old),
    }.items():
        came = desk.send(label, raw, pause=APART)
        assert (came.outcome, came.department, len(came.staff)) == ("already-dispatched", 0, 1), label
    assert desk.letters.kinds(desk.post.inbox_of(DEPARTMENT)) == ["report"]
