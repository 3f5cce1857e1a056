"""A roster that staff mailed back: what it changes of the folder's, reporter by reporter, as the books hold it. Pure.

Only what differs is kept, so that what is mended in the folder later holds wherever the mailed roster says nothing of it.
"""

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.office.model.roster import Contact, Roster
from parsers.reading import Organisation, Reporter, told_apart
from parsers.rosters.entries import Mistake

Table = dict[str, dict[str, Any]]
Changed = dict[str, dict[str, Any] | None]  # the fields that differ; None for who is there no more


@dataclass(frozen=True)
class TakenRoster:
    """One that holds from ``at`` on. ``said`` is what ``differing`` wrote; "" where the folder's holds again."""

    said: str
    by: str  # the address on whose word, or "ruam roster import"
    at: datetime.datetime


@dataclass(frozen=True)
class MailedRoster:
    """The roster that a mail brings, read against the one that holds. ``after`` is None where something must be mended first."""

    names: tuple[str, ...]  # of the files that are rosters; the first was read
    mistakes: tuple[Mistake, ...] = ()
    after: Roster | None = None
    said: str = ""  # what it changes of the folder's, see ``differing``
    misfits: tuple[str, ...] = ()  # what does not fit between its tables, in sentences
    marked: bytes | None = field(default=None, repr=False)  # the copy with its mistakes, where one could be made


def differing(before: Roster, after: Roster) -> str:
    """What changes between two rosters, as JSON."""
    said = {
        name: _changed(was, now)
        for name, was, now in zip(("reporters", "organisations"), _tables(before), _tables(after), strict=True)
    }
    return json.dumps(said, ensure_ascii=False)


def with_taken(roster: Roster, said: str) -> Roster:
    """The roster with what ``differing`` wrote. Raises ValueError where it does not fit the roster any more."""
    if not said:
        return roster
    changes = json.loads(said)
    reporters, organisations = _tables(roster)
    reporters, organisations = _with(reporters, changes["reporters"]), _with(organisations, changes["organisations"])
    try:
        made = _roster(roster, reporters, organisations)
    except KeyError as error:
        raise ValueError(f"{error} is not in the roster any more") from None
    answered = Counter(code for contact in made.contacts for code in contact.reporter.organisations)
    wrong = {code for code in made.by_code if answered[code] != 1} | (answered.keys() - made.by_code.keys())
    if wrong:
        raise ValueError(f"not one reporter each: {', '.join(sorted(wrong))}")
    return made


def digest_of(roster: Roster) -> str:
    """A mark of all that a mailed roster may change."""
    return hashlib.sha256(json.dumps(_tables(roster)).encode()).hexdigest()[:32]


def _tables(roster: Roster) -> tuple[Table, Table]:
    """Reporters by key and organisations by code, each by the fields that may change."""
    own = roster.own_addresses
    return {each.reporter.key: _reporter(each, own) for each in roster.contacts}, {
        each.code: {
            "type": each.type,
            "official_name": each.official_name,
            "short_name": each.short_name,
            "district": each.district,
            "present_code": each.present_code,
            "addresses": list(own.get(each.code, ())),
        }
        for each in roster.organisations
    }


def _reporter(contact: Contact, own: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    theirs = addresses_beside(contact, own)
    one = contact.reporter
    return {
        "name": one.name,
        "salutation": contact.salutation,
        "organisations": list(one.organisations),
        "addresses": list(theirs),
        "chief": contact.chief,
        "phone": contact.phone,
    }


def addresses_beside(contact: Contact, own: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The addresses of a reporter without those of the one organisation that it is; ``own``: these by code."""
    codes = contact.reporter.organisations
    besides = own.get(codes[0], ()) if len(codes) == 1 else ()
    return tuple(address for address in contact.reporter.addresses if address not in besides)


def _changed(was: Table, now: Table) -> Changed:
    gone: Changed = {key: None for key in was if key not in now}
    for key, fields in now.items():
        before = was.get(key, {})
        if new := {name: value for name, value in fields.items() if before.get(name) != value or key not in was}:
            gone[key] = new
    return gone


def _with(table: Table, changes: Changed) -> Table:
    kept = {key: fields for key, fields in table.items() if changes.get(key, fields) is not None}
    return kept | {key: {**kept.get(key, {}), **new} for key, new in changes.items() if new is not None}


def _roster(before: Roster, reporters: Table, organisations: Table) -> Roster:
    own = {code: tuple(each["addresses"]) for code, each in organisations.items() if each["addresses"]}
    rows = (
        Organisation(
            code,
            each["type"],
            each["official_name"],
            each["short_name"],
            each["district"],
            present_code=each["present_code"],
        )
        for code, each in organisations.items()
    )
    return replace(
        before,
        organisations=told_apart(rows, before.naming.district),
        contacts=tuple(_contact(key, each, own) for key, each in reporters.items()),
        own_addresses=own,
    )


def _contact(key: str, said: Mapping[str, Any], own: Mapping[str, tuple[str, ...]]) -> Contact:
    codes = tuple(said["organisations"])
    # Who answers for one organisation alone is that organisation: see ``bot.config.roster_folder.joined``.
    addresses = (*said["addresses"], *(own.get(codes[0], ()) if len(codes) == 1 else ()))
    reporter = Reporter(key, said["name"], codes, tuple(dict.fromkeys(addresses)))
    return Contact(reporter, said["salutation"], said["chief"], said["phone"])
