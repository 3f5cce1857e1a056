"""How many letters may go within an hour, in all and to one address, and when the next one may."""

import datetime
from dataclasses import dataclass

from bot.office.letters.letter import ANSWERS, AWAITED
from bot.office.model.sent_letter import DueLetter
from bot.post.settings import SmtpSettings
from bot.service.context import House

HOUR = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Caps:
    """How many letters may go within an hour."""

    letters: int = 500  # in all
    answers: int = 10  # receipts and corrections to one address


CAPS = Caps()


def caps_of(smtp: SmtpSettings) -> Caps:
    """How many letters may go within an hour."""
    return Caps(smtp.letters_per_hour, smtp.answers_per_hour)


class Hour:
    """What went within the last hour, and whether one more letter may go."""

    def __init__(self, house: House, caps: Caps, now: datetime.datetime) -> None:
        self._caps = caps
        self._times: list[datetime.datetime] = []  # of all letters, rising
        self._answers: dict[str, list[datetime.datetime]] = {}  # by address, rising
        for past in house.books.sent_since(now - HOUR):
            if past.sent <= now:  # the others went when the clock was ahead
                self._add(past.kind, past.recipients, past.sent)

    def full(self, letter: DueLetter, now: datetime.datetime) -> datetime.datetime | None:
        """When the letter may go, if not now: an hour after the one that has to leave the count for it."""
        if letter.kind in AWAITED:  # counted, but never put off
            return None
        if until := _free(self._times, self._caps.letters, now):
            return until
        if letter.kind in ANSWERS:
            for address in map(str.lower, letter.recipients):
                if until := _free(self._answers.get(address, []), self._caps.answers, now):
                    return until
        return None

    def count(self, letter: DueLetter, now: datetime.datetime) -> None:
        """One more went."""
        self._add(letter.kind, letter.recipients, now)

    def _add(self, kind: str, recipients: tuple[str, ...], at: datetime.datetime) -> None:
        self._times.append(at)
        if kind in ANSWERS:
            for address in map(str.lower, recipients):
                self._answers.setdefault(address, []).append(at)


def _free(times: list[datetime.datetime], most: int, now: datetime.datetime) -> datetime.datetime | None:
    """When one more may follow on ``times`` (rising), of which ``most`` may lie within an hour; None: now."""
    if len(times) < most or times[-most] <= now - HOUR:
        return None
    return min(max(times[-most] + HOUR, now + datetime.timedelta(minutes=1)), now + HOUR)
