"""What an office wrote into its roster's workbook, joined with the roster as it stands: the files that result.

A file with both tables is the whole roster; a list with one of them changes those that it names. An organisation keeps its
key, and so its answers, whatever becomes of its name, type and code; a reporter keeps its own by key or name.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.config.national_roster import BY_DISTRICT
from bot.config.organisations_table import OrganisationRow
from bot.config.roster_folder import ReporterEntry, RosterFile, joined
from bot.office.model.roster import Roster, head_of
from parsers.form.naming import Naming
from parsers.reading import Organisation
from parsers.rosters.entries import OrganisationLine, ReporterLine, RosterReading, RosterRequest
from parsers.rosters.official_names import OfficialNames

Files = tuple[RosterFile, list[OrganisationRow]]


def request_of(roster: Roster) -> RosterRequest:
    """What a workbook is read against."""
    reporters = tuple(contact.reporter for contact in roster.contacts)
    return RosterRequest(roster.organisations, reporters, roster.naming)


def imported(present: Files, roster: Roster, reading: RosterReading) -> Files:
    """The files of the roster that a usable reading makes of the present one. Raises ConfigError where they do not fit."""
    declared, before = present
    rows = _rows(before, reading, roster.naming)
    keys = _keys(reading, roster)
    shares = _shares(rows, reading, roster, keys)
    entries = {entry.key: entry for entry in declared.reporter}
    lines = {keys[line.name]: line for line in reading.reporters}
    order = list(lines) if reading.whole else [*entries]
    reporters = [
        _entry(key, entries.get(key), lines.get(key), [row for row in rows if row.code in set(shares[key])], declared)
        for key in order
        if shares.get(key)
    ]
    made = declared.model_copy(update={"reporter": tuple(reporters)})
    joined(made, rows, "workbook")
    return made, rows


def _rows(before: Sequence[OrganisationRow], reading: RosterReading, naming: Naming) -> list[OrganisationRow]:
    known = {row.code: row for row in before}
    names = OfficialNames(naming)
    lines = {line.key: _row(line, known.get(line.key), names) for line in reading.organisations}
    if reading.whole:
        return list(lines.values())
    return [*(lines.pop(row.code, row) for row in before), *lines.values()]


def _row(line: OrganisationLine, known: OrganisationRow | None, names: OfficialNames) -> OrganisationRow:
    same = known is not None and known.official_name == line.name
    return OrganisationRow(
        district=line.district,
        type=line.type,
        official_name=line.name,
        short_name=known.short_name if known and same else names.short(line.type, line.name),
        code=line.key,
        addresses=line.addresses if line.addresses is not None else known.addresses if known else (),
        present_code=line.code if line.code != line.key else "",
    )


def _keys(reading: RosterReading, roster: Roster) -> dict[str, str]:
    """Name of each reporter to its key, a new one to a key that nobody has."""
    keys = {contact.reporter.name: contact.reporter.key for contact in roster.contacts} if not reading.whole else {}
    taken = {contact.reporter.key for contact in roster.contacts} | {row.key for row in reading.organisations}
    for line in reading.reporters:
        number = len(keys) + 1
        while not line.key and f"r{number}" in taken:
            number += 1
        keys[line.name] = line.key or f"r{number}"
        taken.add(keys[line.name])
    return keys


def _shares(
    rows: Sequence[OrganisationRow], reading: RosterReading, roster: Roster, keys: Mapping[str, str]
) -> dict[str, list[str]]:
    """Key of each reporter to the codes it answers for."""
    before = {code: each.reporter.key for each in roster.contacts for code in each.reporter.organisations}
    asked = {line.key: line.reporter for line in reading.organisations}
    label = roster.naming.district
    shares: dict[str, list[str]] = {key: [] for key in keys.values()}
    for row in rows:
        own = label + row.district if row.type in BY_DISTRICT else row.official_name
        said = asked.get(row.code)
        kept = before.get(row.code, "") if said is None or not reading.whole else ""
        key = keys.get(said or "") or kept or keys.get(own) or before.get(row.code, "")
        if key in shares:
            shares[key].append(row.code)
    return shares


def _entry(
    key: str,
    before: ReporterEntry | None,
    line: ReporterLine | None,
    rows: Sequence[OrganisationRow],
    declared: RosterFile,
) -> ReporterEntry:
    name = line.name if line else before.name if before else key
    districts = {row.district for row in rows}
    of_district = districts == {name.removeprefix(declared.district_label)} and name not in districts
    said = {
        "salutation": (line.salutation if line else "") or (before.salutation if before else _salutation(name, rows)),
        "addresses": _first(line.addresses if line else None, before.addresses if before else None, ()),
        "chief": _first(line.chief if line else None, before.chief if before else None, ""),
        "phone": _first(line.phone if line else None, before.phone if before else None, ""),
    }
    whom = {"district": rows[0].district} if of_district else {"organisations": tuple(row.code for row in rows)}
    return ReporterEntry.model_validate({"key": key, "name": name, **said, **whom})


def _first(*values: object) -> object:
    """The first that is not None."""
    return next(value for value in values if value is not None)


def _salutation(name: str, rows: Iterable[OrganisationRow]) -> str:
    """After เรียน, where the office wrote nothing: the head of an organisation, the chief of a district."""
    row = next((row for row in rows if row.official_name == name), None)
    if row is None:
        return f"นาย{name}" if name.startswith("อำเภอ") else name
    return head_of(Organisation(row.code, row.type, row.official_name, row.short_name, row.district))
