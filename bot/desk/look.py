"""What a page is made from, and what it is: values for its template. Where each page lies is said here, once."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from bot.desk.desk import Desk, Person
from bot.office.model.bureau import Bureau
from bot.service.context import House
from bot.store.books import OfficeBooks

# By the name of a page, its path.
PATHS: Mapping[str, str] = {
    "today": "/",
    "circulars": "/circulars",
    "circular": "/circulars/{slug}",
    "owing": "/circulars/{slug}/owing",
    "report": "/circulars/{slug}/report",
    "queries": "/circulars/{slug}/queries",
    "plan": "/circulars/{slug}/plan",
    "cell": "/circulars/{slug}/cells/{organisation}/{question}",
    "reporters": "/reporters",
    "reporter": "/reporters/{key}",
    "calls": "/calls",
    "mails": "/mails",
    "mail": "/mails/{number}",
    "mail_html": "/mails/{number}/html",
    "mail_file": "/mails/{number}/files/{at}",
    "waiting": "/waiting",
    "letters": "/letters",
    "letter": "/letters/{number}",
    "report_file": "/circulars/{slug}/report/{version}.xlsx",
    "report_pdf": "/circulars/{slug}/report.pdf",
    "health": "/health",
    "search": "/search",
    "counts": "/counts",
    "do": "/do",
    "done": "/done",
    "css": "/static/desk.css",
    "script": "/static/desk.js",
    "sign_in": "/sign-in",
    "sign_out": "/sign-out",
}


class NotThere(LookupError):  # noqa: N818 - an answer to who asks, no fault
    """There is no such page, mail, circular or reporter in this office."""


class Link(Protocol):
    """How one page names another; "" where that one is not to be had from here."""

    def __call__(self, name: str, **params: object) -> str:
        """The address of a page with these parameters."""


def served(name: str, **params: object) -> str:
    """The address of a page on the server: what is no part of the path stands behind it."""
    path, rest = PATHS[name], {}
    for key, value in params.items():
        if f"{{{key}}}" in path:
            path = path.replace(f"{{{key}}}", quote(str(value), safe=""))
        elif value not in ("", None):
            rest[key] = value
    return f"{path}?{urlencode(rest)}" if rest else path


@dataclass(frozen=True)
class Look:
    """One look at a page: who looks, when, at what."""

    desk: Desk
    house: House
    now: datetime.datetime
    person: Person | None = None  # None: a copy on paper or in a folder
    link: Link = served

    @property
    def bureau(self) -> Bureau:
        """The office as it is now."""
        return self.house.bureau

    @property
    def books(self) -> OfficeBooks:
        """Its books."""
        return self.house.books


@dataclass(frozen=True)
class Page:
    """What is to be laid out: the template's name without its end, the title, and the names that it needs."""

    template: str
    title: str
    view: Mapping[str, Any] = field(default_factory=dict)


Asked = Mapping[str, str]  # the parameters of a page, as they came


def number_in(asked: Asked, name: str) -> int:
    """A row's number among the parameters; 0 where it is left out. Raises NotThere for anything else."""
    given = asked.get(name, "")
    if not given:
        return 0
    if not (given.isascii() and given.isdecimal() and len(given) < LONGEST_NUMBER):
        raise NotThere(given)
    return int(given)


LONGEST_NUMBER = 16  # digits; the books count no further
