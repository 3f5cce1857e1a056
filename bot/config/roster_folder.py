"""Reads rosters from their folders. What is wrong is said at once, with its place."""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.config.problems import ConfigError, Problem, attempt, did_you_mean, explain, validated
from bot.config.toml_files import read_text, read_toml
from bot.office.model.circular import Address, mail_address
from bot.office.model.roster import Contact, Roster
from parsers.form.naming import LOCAL, Naming, OrganisationType
from parsers.form.question_rules import Part
from parsers.organisations.type_words import OFFICIAL, naming_of
from parsers.reading import Organisation, Reporter, told_apart
from parsers.thai.text import comparison_key

ROSTER_FILE = "roster.toml"
ORGANISATIONS_FILE = "organisations.csv"

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
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
    addresses: tuple[Address, ...] = Field(min_length=1)
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


def _split(value: Any) -> Any:
    return value.replace(",", " ").replace(";", " ").split() if isinstance(value, str) else value


class OrganisationRow(Part):
    """One row of ``organisations.csv``. ``addresses`` are separated by blanks and may be empty."""

    district: Name
    type: Name
    official_name: Name
    short_name: Name
    code: Name
    addresses: Annotated[tuple[Address, ...], BeforeValidator(_split)]

    @field_validator("type")
    @classmethod
    def _known(cls, given: str, info: ValidationInfo) -> str:
        """``info.context`` are the words with which the names of each type begin; none while the types are not known."""
        if info.context and given not in info.context:
            raise ValueError(f'"{given}": write one of {", ".join(map(repr, info.context))}')
        return given

    @model_validator(mode="after")
    def _names_fit(self, info: ValidationInfo) -> Self:
        begins = info.context[self.type] if info.context else ""
        if not self.official_name.startswith(begins):
            raise ValueError(f"an official_name of type {self.type} begins with {begins}; mend either")
        if self.district.startswith("อำเภอ"):
            raise ValueError(f"write the district without อำเภอ: {self.district.removeprefix('อำเภอ')}")
        return self


def load_roster(folder: Path) -> Roster:
    """The roster of a folder: ``roster.toml`` and ``organisations.csv``. Raises ConfigError."""
    file = folder / ROSTER_FILE
    found: list[Problem] = []
    declared = attempt(found, lambda: validated(RosterFile, read_toml(file), str(file)))
    rows = attempt(found, lambda: _organisations(folder / ORGANISATIONS_FILE, declared))
    if declared is None or rows is None:
        raise ConfigError(found)
    shares = _shares(declared.reporter, rows)
    found = [Problem(str(file), key, hint) for key, hint in _reporter_problems(declared.reporter, rows, shares)]
    if found:
        raise ConfigError(found)
    own = {row.code: row.addresses for row in rows}
    return Roster(
        province=declared.province,
        organisations=told_apart(
            (Organisation(row.code, row.type, row.official_name, row.short_name, row.district) for row in rows),
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


def _organisations(file: Path, declared: RosterFile | None) -> list[OrganisationRow]:
    """The rows of the table, in order; blank rows are passed over. Raises ConfigError."""
    beginnings = {each.short: each.words for each in declared.type} or OFFICIAL if declared else {}
    try:
        table = list(csv.reader(io.StringIO(read_text(file), newline=""), strict=True))
    except csv.Error as error:
        raise ConfigError([Problem(str(file), "", f"this is no table of comma separated values: {error}")]) from None
    wanted = list(OrganisationRow.model_fields)
    header = [name.strip() for name in table[0]] if table else []
    if sorted(header) != sorted(wanted):
        hint = f"has the columns {', '.join(header) or '(none)'}; write {', '.join(wanted)}"
        raise ConfigError([Problem(str(file), "row 1", hint)])
    problems: list[Problem] = []
    rows: dict[int, OrganisationRow] = {}
    for number, cells in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in cells):
            try:
                rows[number] = _row(header, cells, beginnings)
            except ValidationError as error:
                found = explain(error, OrganisationRow, {})
                problems += [Problem(str(file), _at(number, column), hint) for column, hint in found]
            except ValueError as error:
                problems.append(Problem(str(file), _at(number), str(error)))
    problems += [Problem(str(file), _at(number, column), hint) for number, column, hint in _doubles(rows)]
    if not rows and not problems:
        problems.append(Problem(str(file), _at(2), "is missing; write one row for each organisation"))
    if problems:
        raise ConfigError(problems)
    return list(rows.values())


def _at(number: int, column: str = "") -> str:
    return f"row {number}, column {column}" if column else f"row {number}"


def _row(header: list[str], cells: list[str], beginnings: Mapping[str, str]) -> OrganisationRow:
    if len(cells) != len(header):
        raise ValueError(f"has {len(cells)} cells; write {len(header)}, and a text with a comma in quotes")
    return OrganisationRow.model_validate(dict(zip(header, cells, strict=True)), context=beginnings)


def _doubles(rows: Mapping[int, OrganisationRow]) -> Iterator[tuple[int, str, str]]:
    """(row, column, hint) for every code used twice and every name used twice in one district."""
    codes: dict[str, int] = {}
    names: dict[tuple[str, str], int] = {}
    for number, row in rows.items():
        first = codes.setdefault(row.code, number)
        if first != number:
            yield number, "code", f'"{row.code}" stands in row {first} too; give each organisation a code of its own'
        name = "".join(row.official_name.split())
        first = names.setdefault((name, row.district), number)
        if first != number:
            yield number, "official_name", f'"{row.official_name}" stands in row {first} too; remove one or mend it'


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
    for row in rows:
        who = [entry.key for entry in entries if row.code in shares[entry.key]]
        if not who:
            hint = f'add "{row.code}" to the organisations of a reporter, or a reporter for district "{row.district}"'
            yield "reporter", f"nobody answers for {row.official_name}; {hint}"
        elif len(who) > 1:
            yield "reporter", f"{' and '.join(who)} both answer for {row.official_name} ({row.code}); leave it to one"


def _contact(entry: ReporterEntry, codes: tuple[str, ...], own: Mapping[str, tuple[str, ...]]) -> Contact:
    # Who answers for one organisation alone is that organisation, so mail from its own addresses is the reporter's too.
    addresses = (*entry.addresses, *(own[codes[0]] if len(codes) == 1 else ()))
    reporter = Reporter(entry.key, entry.name, codes, tuple(dict.fromkeys(addresses)))
    return Contact(reporter, entry.salutation, entry.chief, entry.phone)
