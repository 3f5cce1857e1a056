"""The office of paper made small, with a changed circular, from before the circular opens: quick to ask, to draft, to send."""

import dataclasses
import datetime
import email.policy
import functools
from email.message import EmailMessage
from typing import Any

from bot.config.load import shipped_bureau
from bot.office.model.bangkok_time import BANGKOK
from bot.service import clock_tick
from bot.service.context import House
from bot.store.books import Books
from tests.field.office_of_paper import OFFICE, STAFF, Office, Reader

KEYS = ("den-chai", "pao")


class Opening(Reader):
    """Fetches files from mails in this process."""

    def run(self, function, *args):
        try:
            return function(*args)
        except LookupError:
            return None


class SmallOffice(Office):
    """Two reporters; ``letter`` and ``department`` change these sections of w5827."""

    def __init__(self, folder, *, letter=None, department=None, at="2024-11-19 08:29") -> None:
        house = shipped()
        self.bureau = dataclasses.replace(
            house,
            office=dataclasses.replace(
                house.office, address=OFFICE, staff=(STAFF,), letter_number="พร ๐๐๒๓.๑/", phone="๐ ๕๔๐๐ ๐๐๐๐"
            ),
            roster=_of(house.roster),
            circulars={"w5827": changed(house.circulars["w5827"], letter or {}, department or {})},
        )
        self.books = Books.open(f"sqlite:///{folder}/books.db")
        self.house = House(self.bureau, self.books.office("phrae", "x"), Opening(), "")  # type: ignore[arg-type]  # a fake with the one verb that is used
        self.now = datetime.datetime.fromisoformat(at).replace(tzinfo=BANGKOK)
        self.uid = self._seen = 0

    def at(self, moment: str) -> list[EmailMessage]:
        """Let the clock tick at a moment; the letters that come of it."""
        self.now = datetime.datetime.fromisoformat(moment).replace(tzinfo=BANGKOK)
        clock_tick.tick(self.house, self.now)
        return self.letters()

    def all_in(self) -> list[EmailMessage]:
        """Every reporter sends its form; the letters that come of it, the draft among them."""
        for key in KEYS:
            assert self.send(self.bureau.roster.by_key[key].addresses[0], key) == "accepted"
        return self.letters()

    def send(self, address: str, key: str, mark: str = "✓") -> str:
        """A reporter sends its form; the outcome."""
        return self.take(mail_of(address, "ขอส่งแบบรายงาน", self.filled(key, mark), "form.xlsx"))

    def reply(self, letter: EmailMessage, text: str, *files: tuple[str, bytes], sender: str = STAFF) -> str:
        """Somebody answers a letter; the outcome."""
        return self.take(reply(letter, text, *files, sender=sender))


@functools.cache
def shipped():
    """The shipped office."""
    return shipped_bureau()


def changed(circular, letter, department):
    """A circular with some keys of two sections changed; it opens with the office's day."""
    opens = datetime.datetime(2024, 11, 20, 8, 30, tzinfo=BANGKOK)
    return circular.model_copy(
        update={
            "letter": circular.letter.model_copy(update=letter),
            "deadlines": circular.deadlines.model_copy(update={"opens": opens}),
            "department": circular.department.model_copy(update=department),
        }
    )


def _of(roster):
    contacts = tuple(contact for contact in roster.contacts if contact.reporter.key in KEYS)
    codes = {code for contact in contacts for code in contact.reporter.organisations}
    organisations = tuple(one for one in roster.organisations if one.code in codes)
    return dataclasses.replace(roster, contacts=contacts, organisations=organisations)


def reply(letter: EmailMessage, text: str, *files: tuple[str, bytes], sender: str = STAFF) -> bytes:
    """An answer to a letter, with files."""
    return mail_of(sender, text, *(part for file in files for part in reversed(file)), answers=letter)


_count = iter(range(1, 1_000_000))


def mail_of(sender, text, *files, answers=None) -> bytes:
    """A mail to the office, in answer to a letter or of its own; ``files`` are contents and names in turn."""
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"], made["To"] = sender, OFFICE
    made["Subject"] = f"Re: {answers['Subject']}" if answers else "[w5827]"
    made["Message-ID"] = f"<{next(_count)}@elsewhere.example>"
    if answers:
        made["In-Reply-To"] = answers["Message-ID"]
    made.set_content(text)
    for content, name in zip(files[::2], files[1::2], strict=True):
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def kinds(letters) -> list[str]:
    """What sort of letters these are."""
    return [str(one["X-Ruam-Kind"]) for one in letters]


def one(kind: str, letters) -> EmailMessage:
    """The only letter of a kind."""
    [found] = [each for each in letters if each["X-Ruam-Kind"] == kind]
    return found


def files_of(letter: EmailMessage) -> dict[str | None, Any]:
    """What goes with a letter, by name, in order."""
    return {part.get_filename(): part.get_payload(decode=True) for part in letter.iter_attachments()}
