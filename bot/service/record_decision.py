"""The one way in which a decision gets into the books: its letters rendered to their final bytes, all of it in one transaction."""

import dataclasses
import datetime
from collections.abc import Container, Iterable, Iterator

import structlog

from bot.documents.mail.attachments import Desk, made
from bot.documents.mail.render import readdressed, render
from bot.documents.mail.too_large_letter import without
from bot.office.decision import Decision
from bot.office.letters.enclosures import DistrictLetter, Enclosure, EvidenceArchive, ReadyFile, SignedScan
from bot.office.letters.letter import Letter, LetterKind
from bot.service.context import House
from bot.service.evidence import evidence_file

log = structlog.get_logger()


def record(house: House, decision: Decision, message: int | None, now: datetime.datetime) -> None:
    """Render a decision's letters and write all of it in one transaction."""
    desk = Desk(house.bureau.office, house.bureau.roster, house.books.secret, now)
    bounced = house.books.bounced()
    to_somebody = [letter for letter in decision.letters if letter.to]  # a reporter may have no address yet
    letters = [render(reachable(letter, bounced), desk) for letter in with_shared(house, to_somebody, desk)]
    for one in decision.again:
        raw = house.books.raw_letter(one.of)
        again = readdressed(without(raw, one.without) if one.without else raw, one.letter, desk)
        letters.append(dataclasses.replace(again, instead_of=one.of))
    house.books.commit(decision, letters, message=message, now=now)
    for rendered in letters:
        log.info("queued", action="queue", kind=rendered.letter.kind, to=len(rendered.recipients))


def with_shared(house: House, letters: Iterable[Letter], desk: Desk) -> Iterator[Letter]:
    """The letters with what many of them carry: the letter to the districts, made once, and scans, fetched once.

    A scan that is gone is left out, and an archive of evidence that is too large for a mail.
    """
    found: list[tuple[Enclosure, ReadyFile | None]] = []

    def shared(one: Enclosure) -> Enclosure | None:
        if not isinstance(one, SignedScan | DistrictLetter | EvidenceArchive):
            return one
        if not any(one == known for known, _ in found):
            found.append((one, _fetched(house, one, desk)))
        return next(file for known, file in found if one == known)

    for letter in letters:
        yield dataclasses.replace(letter, enclosures=tuple(filter(None, map(shared, letter.enclosures))))


def _fetched(house: House, one: SignedScan | DistrictLetter | EvidenceArchive, desk: Desk) -> ReadyFile | None:
    if isinstance(one, SignedScan):
        return house.books.scan(one.circular, one.paper)
    return evidence_file(house, one.circular) if isinstance(one, EvidenceArchive) else made(one, desk)


def reachable(letter: Letter, bounced: Container[str]) -> Letter:
    """The letter without the addresses from which letters came back, as long as another is left; the report is left alone."""
    if letter.kind is LetterKind.REPORT:
        return letter
    to = tuple(address for address in letter.to if address.lower() not in bounced)
    cc = tuple(address for address in letter.cc if address.lower() not in bounced)
    return dataclasses.replace(letter, to=to, cc=cc) if to else letter
