"""Robots who read and answer mails as people do. How they answer is in ``reactions``, who is there in ``people``.

A robot sees only what a person would see, its mails, and answers only by mail. The same seed gives the same play.
"""

import datetime
import email
import email.policy
import email.utils
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

MARK = "-marked"  # in the name of a copy with red cells


@dataclass(frozen=True)
class Planned:
    """A mail that a robot will send."""

    at: datetime.datetime
    sender: str
    raw: bytes


@dataclass(frozen=True)
class Incoming:
    """A letter as its reader sees it; one about several circulars is read once for each."""

    kind: str
    circular: str  # slug; "" where it is about none alone
    subject: str
    message_id: str
    reply_to: str
    text: str
    form: bytes | None  # the enclosed workbook
    marked: bytes | None = None  # the copy of what the reader sent, with red cells

    @classmethod
    def parse(cls, raw: bytes) -> "tuple[Incoming, ...]":
        """Read a letter of the bot."""
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        body = mail.get_body(("plain",))
        files = {part.get_filename() or "": part.get_payload(decode=True) for part in mail.iter_attachments()}
        books = {
            name: content for name, content in files.items() if isinstance(content, bytes) and name.endswith(".xlsx")
        }
        return tuple(
            cls(
                mail["X-Ruam-Kind"] or "",
                slug,
                mail["Subject"],
                mail["Message-ID"],
                email.utils.parseaddr(mail["Reply-To"] or mail["From"])[1],
                body.get_content() if body else "",
                next((content for name, content in books.items() if name.startswith(slug) and MARK not in name), None),
                next((content for name, content in books.items() if MARK in name), None),
            )
            for slug in str(mail["X-Ruam-Circular"] or "").split(", ")
        )

    def says(self, words: str) -> bool:
        """Whether these words stand in it."""
        return words in f"{self.subject}\n{self.text}"


Reaction = Callable[["Robot", Incoming, datetime.datetime], Iterable[Planned]]
When = Callable[[datetime.datetime], datetime.datetime]  # when a letter was read -> when it is answered


@dataclass
class Robot:
    """One person at a desk. ``wants`` says to which letters it reacts and how, by circular ("" for any) and kind."""

    address: str
    name: str
    chance: random.Random
    wants: Mapping[tuple[str, str], Reaction]
    often: bool = False  # it reacts to each letter, not once to each kind
    forms: dict[str, bytes] = field(default_factory=dict)  # the last one it got, by circular
    done: set[tuple[str, str]] = field(default_factory=set)

    def read(self, raws: Iterable[bytes], now: datetime.datetime) -> list[Planned]:
        """React to new letters."""
        planned: list[Planned] = []
        for letter in (part for raw in raws for part in Incoming.parse(raw)):
            if letter.form:
                self.forms[letter.circular] = letter.form
            key = (letter.circular, letter.kind)
            reaction = self.wants.get(key) or self.wants.get(("", letter.kind))
            if reaction and (self.often or key not in self.done):
                mails = list(reaction(self, letter, now))
                planned += mails
                self.done |= {key} if mails else set()
        return planned
