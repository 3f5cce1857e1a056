"""Reads rosters from their folders. What is wrong is said at once, with its place."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bot.config.organisations_table import ORGANISATIONS_FILE, Name, OrganisationRow, read_organisations
from bot.config.problems import ConfigError, Problem, attempt, did_you_mean, near, validated
from bot.config.toml_files import read_toml
from bot.office.model.circular import Address, mail_address
from bot.office.model.roster import Contact, Roster
from parsers.form.naming import LOCAL, Naming, OrganisationType
from parsers.form.question_rules import Part
from parsers.organisations.type_words import OFFICIAL, naming_of
from parsers.reading import Organisation, Reporter, told_apart
from parsers.thai.text import comparison_key

ROSTER_FILE = "roster.toml"

NAMED_AT_ONCE = 3  # organisations named in one line

ReporterKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,40}$")]


def _maybe_address(value: str) -> str:
    return mail_address(value) if value else value


class ReporterEntry(Part):
    """One ``[[reporter]]`` of a roster: answers for a whole district, or for the organisations it names."""

    key: ReporterKey
    name: Name
    salutation: Name
    district: str = ""
    organisations: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()  # none yet: it can be asked nothing, and staff are told so
    chief: Annotated[str, AfterValidator(_maybe_address)] = ""
    phone: str = ""

    @model_validator(mode="after")
    def _answers_for_something(self) -> Self:
        if bool(self.district) == bool(self.organisations):
            raise ValueError('write either district = "..." or organisations = ["code", ...]')
        return self


class TypeEntry(Part):
    """One ``[[type]]`` of a roster: what its organisations are called, in the place of the local administrative ones."""

    short: Name
    words: str = ""
    spellings: tuple[Name, ...] = ()
    head: str = ""


class RosterFile(Part):
    """``roster.toml``."""

    province: Name
    type: tuple[TypeEntry, ...] = ()
    district_label: Name = LOCAL.district
    reporter: tuple[ReporterEntry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _types_differ(self) -> Self:
        """Each type has a short word of its own, and no two are written alike: a name would be of both."""
        written = Counter(
            key
            for each in self.type
            for key in {comparison_key(way) for way in (each.short, each.words, *each.spellings) if way}
        )
        twice = next((key for key, count in written.items() if count > 1), "")
        if twice:
            raise ValueError(f'type: two types are written "{twice}"; give each words of its own')
        return self

    @property
    def types(self) -> tuple[OrganisationType, ...]:
        """The declared types as names are read by them."""
        return tuple(OrganisationType(each.short, each.words, each.spellings, each.head) for each in self.type)


def load_roster(folder: Path) -> Roster:
    """The roster of a folder: ``roster.toml`` and ``organisations.csv``. Raises ConfigError."""
    return joined(*read_roster(folder), str(folder / ROSTER_FILE))


def read_roster(folder: Path) -> tuple[RosterFile, list[OrganisationRow]]:
    """The two files of a roster's folder, each right by itself. Raises ConfigError."""
    file = folder / ROSTER_FILE
    found: list[Problem] = []
    declared = attempt(found, lambda: validated(RosterFile, read_toml(file), str(file)))
    rows = attempt(found, lambda: read_organisations(folder / ORGANISATIONS_FILE, beginnings(declared)))
    if declared is None or rows is None:
        raise ConfigError(found)
    return declared, rows


def beginnings(declared: RosterFile | None) -> Mapping[str, str]:
    """What official names begin with, by type; empty while the types are not known."""
    return ({each.short: each.words for each in declared.type} or OFFICIAL) if declared else {}


def joined(declared: RosterFile, rows: list[OrganisationRow], file: str) -> Roster:
    """Reporters and organisations as one roster. Raises ConfigError, which names ``file``, where they do not fit."""
    shares = _shares(declared.reporter, rows)
    found = [Problem(file, key, hint) for key, hint in _reporter_problems(declared.reporter, rows, shares)]
    if found:
        raise ConfigError(found)
    own = {row.code: row.addresses for row in rows}
    return Roster(
        province=declared.province,
        organisations=told_apart(
            (
                Organisation(row.code, row.type, row.official_name, row.short_name, row.district, "", row.present_code)
                for row in rows
            ),
            declared.district_label,
        ),
        contacts=tuple(_contact(entry, shares[entry.key], own) for entry in declared.reporter),
        own_addresses={code: addresses for code, addresses in own.items() if addresses},
        naming=_naming(declared, rows),
    )


def _naming(declared: RosterFile, rows: Collection[OrganisationRow]) -> Naming:
    names = [(row.type, row.short_name, row.official_name) for row in rows]
    naming = naming_of(declared.types, names, declared.province) if declared.types else LOCAL
    return replace(naming, district=declared.district_label)


def _shares(entries: Collection[ReporterEntry], rows: Collection[OrganisationRow]) -> dict[str, tuple[str, ...]]:
    """Reporter key to the codes it answers for: those it names, or those of its district that no other reporter names."""
    named = {code for entry in entries for code in entry.organisations}
    return {
        entry.key: tuple(
            row.code
            for row in rows
            if row.code in entry.organisations or (row.district == entry.district and row.code not in named)
        )
        for entry in entries
    }


def _reporter_problems(
    entries: tuple[ReporterEntry, ...], rows: list[OrganisationRow], shares: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """(key, what to write instead) for whatever does not fit between reporters and organisations."""
    codes = {row.code: row for row in rows}
    districts = list(dict.fromkeys(row.district for row in rows))
    for key, count in Counter(entry.key for entry in entries).items():
        if count > 1 or key in codes:
            yield f"reporter[{key}].key", "is used twice; give each reporter a key of its own, and none that is a code"
    for entry in entries:
        if entry.district and entry.district not in districts:
            hint = did_you_mean(entry.district, districts)
            yield f"reporter[{entry.key}].district", f'no organisation lies in "{entry.district}"; {hint}'
        elif not entry.organisations and not shares[entry.key]:
            yield f"reporter[{entry.key}]", "all organisations of its district have other reporters; remove it"
        for code in entry.organisations:
            if code not in codes:
                yield (
                    f"reporter[{entry.key}].organisations",
                    f'no organisation has the code "{code}"; write one of {ORGANISATIONS_FILE}',
                )
    yield from _not_one_each(entries, rows, shares)


def _not_one_each(
    entries: tuple[ReporterEntry, ...], rows: list[OrganisationRow], shares: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    who: dict[str, list[str]] = {row.code: [] for row in rows}
    for entry in entries:
        for code in shares[entry.key]:
            who[code].append(entry.key)
    nobody: dict[str, list[OrganisationRow]] = {}
    for row in rows:
        if not who[row.code]:
            nobody.setdefault(row.district, []).append(row)
        elif len(who[row.code]) > 1:
            both = " and ".join(who[row.code])
            yield "reporter", f"{both} both answer for {row.official_name} ({row.code}); leave it to one"
    for district in _meant(entries, rows, nobody):
        del nobody[district]
    for district, left in nobody.items():
        codes = ", ".join(f'"{row.code}"' for row in left[:NAMED_AT_ONCE])
        more = f" and {len(left) - NAMED_AT_ONCE} more" if len(left) > NAMED_AT_ONCE else ""
        names = ", ".join(row.short_name for row in left[:NAMED_AT_ONCE]) + more
        hint = f'add {codes}{more} to the organisations of a reporter, or a reporter for district "{district}"'
        yield "reporter", f"nobody answers for {names}; {hint}"


def _meant(
    entries: Collection[ReporterEntry], rows: Collection[OrganisationRow], nobody: Mapping[str, Sequence[object]]
) -> list[str]:
    """The districts that nobody answers for because a reporter's is written wrong: that is one mistake, told already."""
    districts = {row.district for row in rows}
    wrong = [entry.district for entry in entries if entry.district and entry.district not in districts]
    meant = {nearest for each in wrong if (nearest := near(each, nobody))}
    others = [each for each in nobody if each not in meant]
    return [*meant, *others[: len(wrong) - len(meant)]]


def _contact(entry: ReporterEntry, codes: tuple[str, ...], own: Mapping[str, tuple[str, ...]]) -> Contact:
    # Who answers for one organisation alone is that organisation, so mail from its own addresses is the reporter's too.
    addresses = (*entry.addresses, *(own[codes[0]] if len(codes) == 1 else ()))
    reporter = Reporter(entry.key, entry.name, codes, tuple(dict.fromkeys(addresses)))
    return Contact(reporter, entry.salutation, entry.chief, entry.phone)
