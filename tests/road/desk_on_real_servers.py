"""An office at work on real Dovecot and Postfix, pass by pass, by a clock that the tests set; and people who write to it."""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from bot.cli.common import opened_house
from bot.config.load import load_config
from bot.post.transports import mailbox_of, outbox_of
from bot.service import single_pass
from bot.service.current_bureau import current
from tests.road.conftest import BANGKOK, ROOT, OfficeFolder, parse
from tests.setup.moved_clock import moved

OFFICE, STAFF, DEPARTMENT = "office@phrae.example", "somsri@phrae.example", "dla0810@dla.example"
LONG, SONG, DEN_CHAI = "long@amphoe.example", "song@amphoe.example", "den-chai@amphoe.example"
WANG_CHIN = "wang-chin@amphoe.example"  # has no mailbox at first
SECOND, NEW = "second@amphoe.example", "new.song@amphoe.example"  # two more mailboxes of districts
OUTSIDER = "saraban@muang.example"  # in nobody's roster, as are the next
ONCE, ALWAYS, NEVER = "once@muang.example", "always@muang.example", "never@muang.example"
REPORTERS = ("long", "song", "den-chai", "wang-chin")
SERVER = "mx.phrae.example"  # whose word on senders counts: what it writes is put on top of each mail
PASSED = f"{SERVER}; dmarc=pass"
FAILED = f"{SERVER}; spf=fail smtp.mailfrom=evil.example; dkim=none; dmarc=fail"
SLUG = "w5827"


@dataclass(frozen=True)
class Sent:
    """A mail as it was handed to Postfix."""

    sender: str
    to: str
    raw: bytes


class Came(dict[str, list[EmailMessage]]):
    """The letters of one pass by address, as its mailbox at Dovecot got them; ``outcomes`` of the mails that came in it, in the order in which they came."""

    outcomes: tuple[str, ...] = ()

    def texts(self, address: str) -> str:
        """Subject and text of all letters to an address."""
        return "\n".join(f"{one['Subject']}\n{text_of(one)}" for one in self.get(address, ()))


def text_of(letter: EmailMessage) -> str:
    return letter.get_body(("plain",)).get_content()


class Desk:
    """The office at work. A test lets people write, and sees what their mailboxes and the books have afterwards."""

    def __init__(self, mail, house, mailbox, outbox, folder) -> None:
        self.mail, self.house, self.mailbox, self.outbox, self.folder = mail, house, mailbox, outbox, folder
        self.now = datetime.datetime(2024, 11, 20, 8, 30, tzinfo=BANGKOK)
        self._numbers = itertools.count(1)
        self._seen: dict[str, int] = defaultdict(int)
        self._taken = 0  # mails that the books have
        self._others = itertools.cycle((LONG, SONG, DEN_CHAI))
        self.requests = {address: letters[0] for address, letters in self.turn().items()}
        self.returned = self.turn()[STAFF]  # what staff hear of the one that came back

    # -- people ----------------------------------------------------------------------------------------------------

    def other_than(self, *addresses: str) -> str:
        """A reporter who is none of these; not always the same."""
        return next(address for address in self._others if address not in addresses)

    def send(
        self, sender: str, text: str, *, subject: str = "เรียนระบบ", answering: EmailMessage | None = None,
        form: bytes | None = None, to: str = OFFICE, verdict: str = PASSED, files: tuple[tuple[str, bytes], ...] = (),
    ) -> Sent:  # fmt: skip
        """A mail of a person through Postfix, with what the receiving server found of its sender."""
        made = EmailMessage(policy=SMTP)
        made["Authentication-Results"], made["From"], made["To"] = verdict, sender, to
        made["Message-ID"] = f"<{next(self._numbers)}.{sender}>"
        made["Subject"] = f"Re: {answering['Subject']}" if answering else subject
        if answering:
            made["In-Reply-To"] = answering["Message-ID"]
        made.set_content(text)
        for name, data in (*files, *((("แบบรายงาน.xlsx", form),) if form else ())):
            made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        return self.post(Sent(sender, to, made.as_bytes()))

    def post(self, sent: Sent) -> Sent:
        """Hand a mail to Postfix, once more where it was sent before; it lies in the office's mailbox then, and came at this desk's hour."""
        self.mail.submit(sent.sender, sent.to, sent.raw)
        self.mail.settle()
        self.mail.came_at(OFFICE, self.now)
        return sent

    # -- the office ------------------------------------------------------------------------------------------------

    def turn(self, **later: float) -> Came:
        """One pass some minutes later; the letters that came of it."""
        self.now += datetime.timedelta(**(later or {"minutes": 2}))
        single_pass.once(self.house, self.mailbox, self.outbox, self.now)
        self.mail.settle()
        came, outcomes = Came(self._new()), []
        while kept := self.house.books.held_mail(self._taken + 1):
            self._taken += 1
            outcomes.append(kept.outcome)
        came.outcomes = tuple(outcomes)
        return came

    def another_hour(self) -> None:
        """Go on to another of the office's hours: who writes in vain too often within one is not answered any more."""
        calendar, half = self.bureau.calendar, datetime.timedelta(minutes=30)
        self.now += 2 * half
        if not calendar.is_open(self.now + half):
            self.now = self.now.replace(hour=9, minute=30) + datetime.timedelta(days=1)
        while not calendar.is_open(self.now):
            self.now += datetime.timedelta(days=1)
        self.turn()
        self.turn()  # what came back of the first's letters

    def at(self, day: int, hour: int) -> Came:
        """A pass at an hour of a day of December, or now where that is past."""
        self.now = max(self.now, datetime.datetime(2024, 12, day, hour, tzinfo=BANGKOK))
        return self.turn()

    def say(self, sender: str, text: str, **how) -> Came:
        """One mail, and what came of it."""
        self.last = self.send(sender, text, **how)
        return self.turn()

    @property
    def bureau(self):
        """The office as it is by now."""
        return current(self.house, self.now).bureau

    def box(self, address: str) -> list[EmailMessage]:
        """All that an address ever got."""
        return [parse(raw) for raw in self.mail.mails_of(address)]

    def letters_that_failed(self) -> list[int]:
        """Numbers of the letters that did not arrive, and wait for a person."""
        return [one.id for one in self.house.books.letters() if one.state in {"failed", "bounced", "unknown"}]

    def _new(self) -> Iterator[tuple[str, list[EmailMessage]]]:
        for box in sorted((self.mail.root / "accounts").iterdir()):
            if box.name == OFFICE:
                continue
            found = self.mail.mails_of(box.name)
            if new := found[self._seen[box.name] :]:
                self._seen[box.name] = len(found)
                yield box.name, [parse(raw) for raw in new]


@contextmanager
def opened_desk(mail, folder: Path) -> Iterator[Desk]:
    """The shipped circular on its first morning, asked of four districts of Phrae."""
    for address in (LONG, SONG, DEN_CHAI, OUTSIDER, ONCE, ALWAYS, NEVER, DEPARTMENT, SECOND, NEW):
        mail.add_user(address)
    for box in (mail.root / "accounts").iterdir():
        mail.empty(box.name)
    mail.remove_user(WANG_CHIN)
    ca = f'ca_file = "{mail.certificates.ca}"'
    office = OfficeFolder(
        folder,
        f'host = "127.0.0.1"\nport = {mail.imaps_port}\nsecurity = "tls"\n{ca}\nauthserv_id = "{SERVER}"\n'
        f'user = "{OFFICE}"\npassword = "{mail.password}"',
        f'host = "127.0.0.1"\nport = {mail.smtp_port}\nsecurity = "starttls"\n{ca}',
    )
    office.keep_only(*REPORTERS)
    office.add_circular(ROOT / "templates" / "circulars" / SLUG, {})
    settings = load_config(office.config)
    with ExitStack() as stack:
        stack.enter_context(moved())
        house = stack.enter_context(opened_house(settings))
        mailbox = stack.enter_context(mailbox_of(settings.imap))
        mailbox.ensure_folders()
        yield Desk(mail, house, mailbox, outbox_of(settings.smtp), office)
