"""Who speaks, and from what his words are understood."""

import datetime
from dataclasses import dataclass

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau


@dataclass(frozen=True)
class Speaker:
    """Who speaks, and from what he is understood. ``circular``: slug of the one the mail is about, where it is known."""

    bureau: Bureau
    staff: bool
    now: datetime.datetime
    circular: str = ""
    own: tuple[str, ...] = ()  # codes of the organisations for which he reports
    names: tuple[str, ...] = ()  # what he may be called under a mail

    @property
    def today(self) -> datetime.date:
        """The day in Bangkok."""
        return self.now.astimezone(BANGKOK).date()
