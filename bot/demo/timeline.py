"""The stage of the demo: the people, the servers, the bot and the time of the play, and what happens told as a story."""

import datetime
import heapq
import smtplib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from bot.demo.mail_servers import LOOPBACK, PostOffice
from bot.demo.people import STRANGER
from bot.demo.robots import Planned, Robot
from bot.demo.story_page import Story
from bot.demo.telling import KINDS, Said, message_id, said_by, said_in_mail, taken
from bot.office.decision import Decision
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau

FIRST, LAST = datetime.date(2024, 11, 19), datetime.date(2024, 12, 6)
PASSES = (datetime.time(8, 30), datetime.time(9, 0), datetime.time(12, 0), datetime.time(16, 30))
CURTAIN = datetime.datetime.combine(FIRST, datetime.time(8, 0), BANGKOK)

ENGLISH = {"pao": "the Provincial Organisation", "town": "the Town of Phrae"}  # of reporters that are no districts


class Name(NamedTuple):
    """Who somebody is, in both languages."""

    english: str
    thai: str


@dataclass
class Stage:
    """Everything on stage: the people, the servers, the bot, and the time of the play."""

    bureau: Bureau
    folder: Path
    post: PostOffice
    robots: list[Robot]
    story: Story = field(default_factory=Story)
    now: datetime.datetime = CURTAIN
    planned: list[tuple[datetime.datetime, int, Planned]] = field(default_factory=list)
    saved: set[str] = field(default_factory=set)
    read: Counter[str] = field(default_factory=Counter)
    sent: list[tuple[datetime.datetime, Said]] = field(default_factory=list)  # the letters that went
    opened: bool = False  # whether the story has told of the monthly round

    @cached_property
    def names(self) -> dict[str, Name]:
        """Who everybody is, by address."""
        return names_in(self.bureau)

    def plan(self, mails: list[Planned]) -> None:
        """Put mails of robots into the time-table."""
        for mail in mails:
            heapq.heappush(self.planned, (mail.at, len(self.saved) + len(self.planned), mail))

    def timetable(self) -> Iterator[Planned | None]:
        """Set the clock to each moment of the play in turn: a robot's mail, or None for a plain pass."""
        passes = [
            datetime.datetime.combine(FIRST + datetime.timedelta(days=day), at, BANGKOK)
            for day in range((LAST - FIRST).days + 1)
            for at in PASSES
        ]
        for moment in passes:
            while self.planned and self.planned[0][0] <= moment:
                self.now, _, mail = heapq.heappop(self.planned)
                yield mail
            self.now = moment
            yield None

    def post_mail(self, mail: Planned) -> None:
        """A robot sends a mail to the office."""
        with smtplib.SMTP(LOOPBACK, self.post.smtp_port) as smtp:
            smtp.sendmail(mail.sender, [self.bureau.office.address], mail.raw)
        english, thai = said_in_mail(mail.raw)
        name = self.name_of(mail.sender)
        self.story.note(self.now, f"{name.english} {english}.", f"{name.thai} {thai}")
        self.save(mail.raw, "in", mail.sender.partition("@")[0])

    def name_of(self, address: str) -> Name:
        """Who an address is, for the story."""
        return self.names.get(address, Name(address, address))

    def save(self, raw: bytes, kind: str, who: str) -> None:
        """Keep a mail as .eml, in order."""
        name = f"{len(self.saved) + 1:03d}-{self.now:%m%d-%H%M}-{kind}-{who}.eml"
        self.saved.add(name)
        (self.folder / "mails" / name).write_bytes(raw)

    def deliver(self) -> None:
        """Let everybody read the letters that came."""
        readers: dict[Said, list[Name]] = {}
        told: dict[str, Said] = {}
        for address in self.post.addresses():
            mails = self.post.inbox_of(address)[self.read[address] :]
            self.read[address] += len(mails)
            if address == self.bureau.office.address:
                continue
            for raw in mails:
                number = message_id(raw)
                if number not in told:
                    told[number] = said_by(raw)
                    self.save(raw, told[number].kind, address.partition("@")[0])
                    self.sent.append((self.now, told[number]))
                readers.setdefault(told[number], []).append(self.name_of(address))
            for robot in self.robots:
                if robot.address == address:
                    self.plan(robot.read(mails, self.now))
        for said, names in readers.items():
            self._tell(said, names)

    def _tell(self, said: Said, names: list[Name]) -> None:
        """What a letter said, with all who got it."""
        english, thai = KINDS[said.kind]
        about = f" [{said.circulars}]" if said.circulars else ""
        who = [", ".join(dict.fromkeys(getattr(name, language) for name in names)) for language in Name._fields]
        self.story.note(
            self.now, f"Ruam {english} {who[0]}{about}: {said.english}", f"รวม{thai} {who[1]}{about}: {said.thai}"
        )

    def tell_decisions(self, decisions: list[Decision]) -> None:
        """Say how each mail was taken."""
        for decision in decisions:
            english, thai = taken(decision)
            self.story.note(self.now, f"Ruam reads it: {english}.", f"รวมอ่านแล้ว: {thai}")


def names_in(bureau: Bureau) -> dict[str, Name]:
    """Who everybody is, by address."""
    names: dict[str, Name] = {}
    for code, addresses in bureau.roster.own_addresses.items():
        own = bureau.roster.by_code[code].official_name
        names |= dict.fromkeys(addresses, Name(f"the organisation {own}", own))
    for contact in bureau.roster.contacts:
        english = ENGLISH.get(contact.reporter.key) or contact.reporter.key.replace("-", " ").title() + " District"
        names |= dict.fromkeys(contact.reporter.addresses, Name(english, contact.reporter.name))
        if contact.chief:
            names[contact.chief] = Name(f"the chief of {english}", contact.salutation)
    for circular in bureau.circulars.values():
        names |= dict.fromkeys(circular.department.to, Name("the department", circular.department.name))
    names |= dict.fromkeys(bureau.office.staff, Name("Somsri (staff)", "เจ้าหน้าที่"))
    names[STRANGER] = Name(f"a stranger ({STRANGER})", f"บุคคลภายนอก ({STRANGER})")
    return names
