"""The office with everything it works from: its roster, its circulars and its calendar."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.office.model.circular import Circular
from bot.office.model.office import Office
from bot.office.model.roster import Roster
from bot.office.model.rounds_of import series_of
from parsers.reading import About, Catalogue, Serial
from parsers.thai.dates import thai_moment

OPEN_AFTER = datetime.timedelta(days=60)  # so long after the department's deadline a circular is left to people


@dataclass(frozen=True)
class Bureau:
    """What decisions are taken from, beside the books. ``circulars`` by slug."""

    office: Office
    roster: Roster
    circulars: Mapping[str, Circular]
    calendar: Calendar
    templates: Mapping[str, Circular] = field(
        default_factory=dict
    )  # the recurring circulars whose rounds are among them
    unread: frozenset[str] = frozenset()  # slugs of rounds that are still to open: no mail is read by them

    def is_round(self, slug: str) -> bool:
        """Whether this may be the slug of a round of a recurring circular, however long ago it was."""
        return any(slug.startswith(f"{base}-") for base in self.templates)

    def past_round(self, slug: str) -> Circular | None:
        """A round that is over so long that no mail is read by it any more; None where the slug names none."""
        if slug in self.circulars or not self.is_round(slug):
            return None
        series = filter(None, (series_of(template, self.calendar) for template in self.templates.values()))
        found = ((each, number) for each in series if (number := each.numbered(slug)) is not None)
        return next((each.round(number) for each, number in found), None)

    def only_open(self, now: datetime.datetime) -> tuple[Circular, ...]:
        """The one circular that is open, or nothing when none or several are: what a mail without any sign may be about."""
        found = self.open_at(now)
        return found if len(found) == 1 else ()

    def only_closed(self) -> str:
        """Slug of the one circular whose round is closed; "" when none or several are."""
        closed = [slug for slug, circular in self.circulars.items() if circular.closed]
        return closed[0] if len(closed) == 1 else ""

    def open_at(self, now: datetime.datetime) -> tuple[Circular, ...]:
        """The circulars that are open."""
        return tuple(
            circular
            for circular in self.circulars.values()
            if circular.slug not in self.unread
            and circular.deadlines.opens <= now <= circular.deadlines.department + OPEN_AFTER
            and not circular.closed
        )

    def moment(self, at: datetime.datetime) -> str:
        """A moment in Bangkok as the office writes it: ๒๙ พฤศจิกายน ๒๕๖๗ เวลา ๑๖.๓๐ น."""
        return thai_moment(at.astimezone(BANGKOK), "thai" if self.office.thai_digits else "arabic")

    @cached_property
    def read(self) -> Mapping[str, Circular]:
        """The circulars by which mails are read, and that people can mean: those whose round has opened."""
        return {slug: circular for slug, circular in self.circulars.items() if slug not in self.unread}

    def catalogue(self) -> Catalogue:
        """What reading needs to know of all this; the same object each time, by which readers know it again."""
        return self._catalogue

    @cached_property
    def _catalogue(self) -> Catalogue:
        read = self.read
        return Catalogue(
            forms={slug: circular.form for slug, circular in read.items()},
            organisations=self.roster.organisations,
            reporters=self.roster.reporters,
            as_of_near=max((circular.dated for circular in read.values()), default=None),
            about={slug: _about(circular) for slug, circular in read.items()},
            asked_files={slug: circular.attachment for slug, circular in read.items()},
            naming=self.roster.naming,
        )


def _about(circular: Circular) -> About:
    """The words of a circular in which its period may stand; those of its form are printed in every good answer."""
    wording, form = circular.wording, circular.form
    asked = [text for q in form.question for text in (q.group, q.label)]
    words = (circular.title, wording.subject, wording.opening, *wording.references, form.title, form.sheet, *form.note)
    one = circular.round
    series = Serial(one.series, one.number, one.period) if one.series else None
    return About(circular.number, circular.dated, (*words, *asked, *form.report_note), series)
