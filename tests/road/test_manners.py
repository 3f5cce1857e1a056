"""Manners on the embedded servers: machines are not answered for ever, returned letters are followed up."""

import contextlib
import dataclasses
import datetime
import email
import email.policy
import email.utils
import io
from email.message import EmailMessage

import openpyxl
import pytest

from bot.config.load import shipped_bureau
from bot.demo.mail_servers import PostOffice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.rules.duplicates_and_loops import QUICK
from bot.post.imap.mailbox import Mailbox
from bot.post.settings import ImapSettings, SmtpSettings
from bot.post.smtp.sending import Outbox
from bot.service import single_pass
from bot.service.context import House
from bot.store.books import Books
from parsers.child_process.sandbox import Sandbox

pytestmark = pytest.mark.timeout(180)

OFFICE, STAFF = "office@phrae.example", "somsri@phrae.example"
LONG = "long@district.phrae.example"
SECOND = "long.palad@district.phrae.example"
ROUNDS = 12  # passes that a loop is given to go on


def parse(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


class Bot:
    """One Ruam with its mailbox, run pass by pass at the real time but as if the circular were open."""

    def __init__(self, house, post_office):
        self.house = house
        self.post_office = post_office
        self.now = datetime.datetime(2024, 11, 20, 9, 0, tzinfo=BANGKOK)
        where = {"host": "127.0.0.1", "security": "none"}
        self.imap = ImapSettings(
            **where, port=post_office.imap_port, user=post_office.user, password=post_office.password
        )
        self.smtp = SmtpSettings(**where, port=post_office.smtp_port)

    def turn(self, minutes=0):
        """One pass; the decisions' outcomes."""
        self.now += datetime.timedelta(minutes=minutes)
        with Mailbox(self.imap) as mailbox:
            mailbox.ensure_folders()
            return [decision.outcome for decision in single_pass.once(self.house, mailbox, Outbox(self.smtp), self.now)]

    def kinds_to(self, address):
        return [str(parse(raw)["X-Ruam-Kind"]) for raw in self.post_office.inbox_of(address)]


def bureau_of(address=OFFICE, *, second=False):
    shipped = shipped_bureau()
    office = dataclasses.replace(shipped.office, address=address, staff=(STAFF,))
    contacts = []
    for contact in shipped.roster.contacts:
        addresses = (LONG, SECOND)[: 1 + second] if LONG in contact.reporter.addresses else contact.reporter.addresses
        contacts.append(
            dataclasses.replace(contact, reporter=dataclasses.replace(contact.reporter, addresses=addresses))
        )
    roster = dataclasses.replace(shipped.roster, contacts=tuple(contacts))
    return dataclasses.replace(shipped, office=office, roster=roster)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as one:
        yield one


@pytest.fixture
def make(tmp_path, sandbox):
    """Starts a Ruam for a bureau on servers of its own."""
    with contextlib.ExitStack() as stack:

        def start(bureau=None, name="phrae"):
            bureau = bureau or bureau_of()
            books = Books.open(f"sqlite:///{tmp_path}/{name}.db")
            stack.callback(books.close)
            servers = stack.enter_context(PostOffice(bureau.office.address))
            return Bot(House(bureau, books.office("phrae", "x"), sandbox), servers)

        yield start


def person(sender, subject, text, *, answering=None, **headers):
    """A mail without any sign of a machine, unless given."""
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"] = sender
    mail["To"] = OFFICE
    mail["Subject"] = subject
    mail["Message-ID"] = email.utils.make_msgid(domain=sender.partition("@")[2])
    if answering is not None:
        mail["In-Reply-To"] = answering["Message-ID"]
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def test_a_responder_without_any_sign_gets_a_small_number_of_answers(make):
    """It answers every letter at once and for ever; Ruam stops after three fruitless answers and tells staff once."""
    bot = make()
    bot.turn()

    def respond(recipient, raw):
        if recipient == LONG:
            asked = parse(raw)
            answer = person(LONG, f"Re: {asked['Subject']}", "ได้รับอีเมลของท่านแล้ว จะติดต่อกลับโดยเร็ว", answering=asked)
            bot.post_office.deliver(answer, LONG, OFFICE)

    bot.post_office.on_delivery = respond
    asked = parse(bot.post_office.inbox_of(LONG)[0])
    bot.post_office.deliver(person(LONG, f"Re: {asked['Subject']}", "อำเภอกำลังรวบรวมอยู่", answering=asked), LONG, OFFICE)
    for _ in range(ROUNDS):
        bot.turn()
    answers = [kind for kind in bot.kinds_to(LONG) if kind in {"receipt", "correction"}]
    print(f"mails of ours to the responder until silence: {len(answers)}")
    assert len(answers) == QUICK
    assert bot.kinds_to(STAFF).count("notice") == 2  # what it said, and that it is not answered any more


def test_two_ruams_fall_silent_at_once(make):
    """Each knows the other's letters by their headers: one letter, no answer."""
    other_address = "office@nan.example"
    mine = make(bureau_of())
    roster = bureau_of().roster
    contacts = list(roster.contacts)
    contacts[0] = dataclasses.replace(
        contacts[0], reporter=dataclasses.replace(contacts[0].reporter, addresses=(other_address,))
    )
    shipped = bureau_of()
    mine = make(dataclasses.replace(shipped, roster=dataclasses.replace(roster, contacts=tuple(contacts))), "first")
    back = [dataclasses.replace(c, reporter=dataclasses.replace(c.reporter, addresses=(OFFICE,))) for c in contacts[:1]]
    theirs = make(
        dataclasses.replace(
            bureau_of(other_address), roster=dataclasses.replace(roster, contacts=(*back, *contacts[1:]))
        ),
        "second",
    )
    mine.post_office.on_delivery = lambda to, raw: (
        theirs.post_office.deliver(raw, OFFICE, to) if to.startswith("office") and "nan" in to else None
    )
    theirs.post_office.on_delivery = lambda to, raw: (
        mine.post_office.deliver(raw, other_address, to) if to.startswith("office") and "phrae" in to else None
    )
    for _ in range(4):
        mine.turn()
        theirs.turn()
    sent = mine.kinds_to(other_address), theirs.kinds_to(OFFICE)
    print(f"letters of two Ruams to each other until silence: {len(sent[0])} and {len(sent[1])}")
    assert sent == (["request"], ["request"])


def dsn(letter, address, action="failed", status="5.1.1", words="550 5.1.1 no such user", identity=None):
    """A delivery report as Postfix writes it."""
    returned = f"Message-ID: <{identity}>" if identity else f"Message-ID: {letter['Message-ID']}"
    return "\r\n".join(
        [
            "Return-Path: <>",
            "From: MAILER-DAEMON@mx.example (Mail Delivery System)",
            f"To: {OFFICE}",
            "Subject: Undelivered Mail Returned to Sender",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "",
            "--b",
            "",
            "I'm sorry to have to inform you that your message could not be delivered.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example",
            "",
            f"Final-Recipient: rfc822; {address}",
            f"Action: {action}",
            f"Status: {status}",
            f"Diagnostic-Code: smtp; {words}",
            "",
            "--b",
            "Content-Type: text/rfc822-headers",
            "",
            returned,
            f"To: {address}",
            "--b--",
            "",
        ]
    ).encode()


def last_notice(bot):
    return parse([raw for raw in bot.post_office.inbox_of(STAFF) if b"X-Ruam-Kind: notice" in raw][-1])


def test_a_returned_letter_goes_to_the_next_address_and_staff_hear_of_it(make):
    """An answer bounces: the reporter's other address gets it, later letters skip the dead one until a mail comes from it."""
    bot = make(bureau_of(second=True))
    bot.turn()
    assert bot.kinds_to(LONG) == bot.kinds_to(SECOND) == ["request"]
    asked = parse(bot.post_office.inbox_of(LONG)[0])
    bot.post_office.deliver(person(LONG, f"Re: {asked['Subject']}", "", answering=asked), LONG, OFFICE)
    bot.turn()
    answer = bot.post_office.inbox_of(LONG)[-1]
    for _ in range(2):  # some servers say it twice
        bot.post_office.deliver(dsn(parse(answer), LONG), "", OFFICE)
        bot.turn()
    assert bot.kinds_to(SECOND) == ["request", "receipt"]
    again = parse(bot.post_office.inbox_of(SECOND)[-1])
    assert again["To"] == SECOND
    assert again["Message-ID"] != parse(answer)["Message-ID"]
    assert again.get_body(("plain",)).get_content() == parse(answer).get_body(("plain",)).get_content()
    assert [one.get_payload(decode=True) for one in again.iter_attachments()] == [
        one.get_payload(decode=True) for one in parse(answer).iter_attachments()
    ]
    assert bot.kinds_to(STAFF).count("notice") == 1
    told = last_notice(bot).get_body(("plain",)).get_content()
    assert LONG in last_notice(bot)["Subject"]
    assert "ไม่มีที่อยู่อีเมลนี้" in told
    assert SECOND in told
    assert bot.house.books.counts()["bounced"] == 1
    bot.turn(minutes=5 * 24 * 60)  # a Monday, after the first reminder's day
    assert bot.kinds_to(LONG).count("reminder") == 0
    assert bot.kinds_to(SECOND).count("reminder") == 1
    bot.post_office.deliver(person(LONG, f"Re: {asked['Subject']}", "กลับมาใช้ได้แล้ว", answering=asked), LONG, OFFICE)
    bot.turn()
    assert bot.house.books.bounced() == {}


@pytest.mark.parametrize(
    ("forged", "outcome"),
    [
        ({"identity": "w5827.request.000000000000000000000000@phrae.example"}, "bounce-not-ours"),
        ({"identity": ""}, "bounce-taken"),
        ({"address": "song@district.phrae.example"}, "bounce-taken"),
        ({"action": "delayed", "status": "4.4.1", "words": "connection timed out"}, "bounce-delayed"),
    ],
    ids=["a guessed reference", "the true reference", "another's address", "a delay"],
)
def test_a_report_without_our_reference_disconnects_nobody(make, forged, outcome):
    """With the true reference only those are lost to whom that letter went, whatever address the report names."""
    bot = make()
    bot.turn()
    letter = parse(bot.post_office.inbox_of(LONG)[0])
    address = forged.pop("address", LONG)
    bot.post_office.deliver(dsn(letter, address, **forged), "", OFFICE)
    assert bot.turn() == [outcome]
    assert set(bot.house.books.bounced()) == ({LONG} if outcome == "bounce-taken" else set())
    bot.turn(minutes=5 * 24 * 60)
    assert "reminder" in bot.kinds_to(LONG)  # the only address is written to all the same
    assert bot.kinds_to(STAFF).count("notice") == (outcome == "bounce-taken")


def half_filled(form, marks):
    """The enclosed form with its first answer cells holding `marks`, and no more."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    cells = [
        cell
        for row in sheet.iter_rows(min_col=3)
        if str(sheet.cell(row[0].row, 2).value or "").startswith(("เทศบาล", "องค์การ"))
        for cell in row
        if not cell.protection.locked
    ]
    for cell, mark in zip(cells, marks, strict=False):
        cell.value = mark
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "tries",
    [
        [["✓"] * done for done in range(4, 28, 4)],
        [["✓"] * 3 + [wrong] for wrong in ("?", "ไม่แน่ใจ", "รอผล", "x?", "12", "ก")],
    ],
    ids=["a row more each time", "another mistake each time"],
)
def test_a_person_who_gets_on_slowly_is_answered_each_time(make, tries):
    """Six forms within minutes, none of them right: a clerk at work is no machine."""
    bot = make()
    bot.turn()
    asked = parse(bot.post_office.inbox_of(LONG)[0])
    form = next(part.get_payload(decode=True) for part in asked.iter_attachments())
    for marks in tries:
        mail = email.message_from_bytes(
            person(LONG, f"Re: {asked['Subject']}", "แก้ไขแล้ว", answering=asked), policy=email.policy.SMTP
        )
        mail.add_attachment(
            half_filled(form, marks), maintype="application", subtype="octet-stream", filename="form.xlsx"
        )
        bot.post_office.deliver(mail.as_bytes(), LONG, OFFICE)
        assert bot.turn(minutes=1) == ["partly"]
    assert bot.kinds_to(LONG).count("correction") == len(tries)
