"""The office with everything it works from: its roster, its circulars and its calendar."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.office.calendar import Calendar
from bot.office.circular import Circular
from bot.office.office import Office
from bot.office.roster import Roster
from parsers.reading import Catalogue


@dataclass(frozen=True)
class Bureau:
    """What decisions are taken from, beside the books. ``circulars`` by slug."""

    office: Office
    roster: Roster
    circulars: Mapping[str, Circular]
    calendar: Calendar

    def catalogue(self) -> Catalogue:
        """What reading needs to know of all this."""
        return Catalogue(
            forms={slug: circular.form for slug, circular in self.circulars.items()},
            organisations=self.roster.organisations,
            reporters=self.roster.reporters,
            as_of_near=max((circular.dated for circular in self.circulars.values()), default=None),
        )
