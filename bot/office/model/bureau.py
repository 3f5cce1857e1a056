"""The office with everything it works from: its roster, its circulars and its calendar."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.office.model.circular import Circular
from bot.office.model.office import Office
from bot.office.model.roster import Roster
from parsers.reading import About, Catalogue
from parsers.thai.dates import thai_moment

OPEN_AFTER = datetime.timedelta(days=60)  # so long after the department's deadline a circular is left to people


@dataclass(frozen=True)
class Bureau:
    """What decisions are taken from, beside the books. ``circulars`` by slug."""

    office: Office
    roster: Roster
    circulars: Mapping[str, Circular]
    calendar: Calendar

    def only_open(self, now: datetime.datetime) -> tuple[Circular, ...]:
        """The one circular that is open, or nothing when none or several are: what a mail without any sign may be about."""
        found = tuple(
            circular
            for circular in self.circulars.values()
            if circular.deadlines.opens <= now <= circular.deadlines.department + OPEN_AFTER and not circular.closed
        )
        return found if len(found) == 1 else ()

    def moment(self, at: datetime.datetime) -> str:
        """A moment in Bangkok as the office writes it: ๒๙ พฤศจิกายน ๒๕๖๗ เวลา ๑๖.๓๐ น."""
        return thai_moment(at.astimezone(BANGKOK), "thai" if self.office.thai_digits else "arabic")

    def catalogue(self) -> Catalogue:
        """What reading needs to know of all this; the same object each time, by which readers know it again."""
        return self._catalogue

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(
            forms={slug: circular.form for slug, circular in self.circulars.items()},
            organisations=self.roster.organisations,
            reporters=self.roster.reporters,
            as_of_near=max((circular.dated for circular in self.circulars.values()), default=None),
            about={slug: _about(circular) for slug, circular in self.circulars.items()},
            asked_files={slug: circular.attachment for slug, circular in self.circulars.items()},
            naming=self.roster.naming,
        )


def _about(circular: Circular) -> About:
    """The words of a circular in which its period may stand; those of its form are printed in every good answer."""
    wording, form = circular.wording, circular.form
    asked = [text for q in form.question for text in (q.group, q.label)]
    words = (circular.title, wording.subject, wording.opening, *wording.references, form.title, form.sheet, *form.note)
    return About(circular.number, circular.dated, (*words, *asked, *form.report_note))
