"""One office's page at work: its house, who may look, its clock; and the seal on what is kept in browsers."""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from itsdangerous import BadSignature, Signer

from bot.desk.kept import Kept
from bot.desk.openings import Openings
from bot.desk.standings import Standings
from bot.office.model.sign_in import Role, role_of
from bot.service.context import House, bangkok_now
from bot.service.current_bureau import current


@dataclass(frozen=True)
class Person:
    """Who is signed in."""

    address: str
    role: Role

    @property
    def may_act(self) -> bool:
        """Whether he may do more than look."""
        return self.role is Role.STAFF


@dataclass(frozen=True)
class Desk:
    """The page of one office. ``clock`` gives the time; tests set it."""

    house: House
    viewers: tuple[str, ...] = ()
    clock: Callable[[], datetime.datetime] = bangkok_now
    standings: Standings = field(default_factory=Standings)
    digest: Kept = field(default_factory=Kept)
    openings: Openings = field(default_factory=Openings)

    @property
    def origin(self) -> str:
        """The address by which browsers reach it."""
        return self.house.bureau.office.desk

    @property
    def is_secret(self) -> bool:
        """Whether what browsers and the page say to each other is hidden on its way."""
        return self.origin.startswith("https://")

    def current(self, now: datetime.datetime) -> House:
        """The house as it is by now."""
        return current(self.house, now)

    def person(self, address: str) -> Person | None:
        """Whoever has this address, where he may come in. Asked each time: who is staff no more is out at once."""
        role = role_of(self.house.bureau.office, self.viewers, address)
        return Person(address, role) if role else None

    def cookie(self, what: str) -> str:
        """The name of a cookie. It holds the office, since browsers tell servers on one machine not apart by their ports."""
        name = f"ruam-{what}-{self.house.bureau.office.slug}"
        return f"__Host-{name}" if self.is_secret else name

    def sealed(self, what: str, value: str) -> str:
        """A value as it is given to browsers: nobody else can make one."""
        return self._signer(what).sign(value).decode("ascii")

    def unsealed(self, what: str, given: str) -> str:
        """The value that was sealed; "" for anything else."""
        try:
            return self._signer(what).unsign(given.encode("utf-8", "replace")).decode("ascii")
        except (BadSignature, UnicodeDecodeError):
            return ""

    def _signer(self, what: str) -> Signer:
        return Signer(self.house.books.secret, salt=f"ruam desk {what}", digest_method=hashlib.sha256)
