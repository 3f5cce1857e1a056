"""The rows of the table of organisations: each to the one that it means, to a new one, or to why it is neither.

An organisation is known by its code, by a former code, else by its name. One that is new needs a code.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NoReturn

from parsers.findings import Place
from parsers.organisations.name_grammar import find_district
from parsers.organisations.register import Hints, Match, Register
from parsers.organisations.type_words import words_of
from parsers.reading import Organisation
from parsers.rosters.codes import code_in
from parsers.rosters.entries import Mistake, OrganisationLine, RosterRequest, Slip
from parsers.rosters.headings import Column
from parsers.rosters.official_names import OfficialNames
from parsers.rosters.reporter_rows import read_addresses
from parsers.rosters.rows import Row
from parsers.rosters.slips import mistake
from parsers.thai.text import comparison_key

NAMED_AT_ONCE = 4  # organisations named in one sentence


def read_organisations(
    rows: Iterable[Row], request: RosterRequest, reporters: Sequence[str]
) -> tuple[list[OrganisationLine], list[Mistake]]:
    """The organisations in order, and what is wrong with them. ``reporters`` are the names that may report for them."""
    reader = _Reader(request, reporters)
    found = []
    for row in rows:
        try:
            found.append(reader.line(row))
        except RefusedRow as refused:
            reader.mistakes.append(refused.mistake)
    return reader.with_former(found), reader.mistakes


class RefusedRow(Exception):  # noqa: N818 - no failure: a row that somebody must mend
    """A row that cannot be taken. ``mistake`` says why."""

    def __init__(self, why: Mistake) -> None:
        super().__init__(why.message)
        self.mistake = why


def _refuse(slip: Slip, place: Place, value: str = "", **fields: str) -> NoReturn:
    raise RefusedRow(mistake(slip, place, value, **fields))


class _Reader:
    def __init__(self, request: RosterRequest, reporters: Sequence[str]) -> None:
        self.mistakes: list[Mistake] = []
        self.register = Register(request.organisations, request.naming)
        self.words = words_of(request.naming)
        self.names = OfficialNames(request.naming)
        self.by_key = {each.code: each for each in request.organisations}
        self.by_code = self.by_key | {each.present_code: each for each in request.organisations if each.present_code}
        self.reporters = {comparison_key(name): name for name in reporters}
        self.seen: dict[str, Place] = {}  # codes, and names with districts

    def line(self, row: Row) -> OrganisationLine:
        """One row. Raises RefusedRow."""
        name, code, former = row.text(Column.NAME), self._code(row, Column.CODE), self._code(row, Column.FORMER)
        type_, district = self._type(row), self._district(row)
        match = self.register.resolve(name, Hints(type_, district)) if name else Match("none")
        known = self._known(row, match, code, former)
        kind = self._kind(row, type_, known)
        district = district or (known.district if known else "")
        if not district:
            _refuse(Slip.DISTRICT_MISSING, row.place(Column.DISTRICT), name)
        means = known is not None and (not name or match == Match("exact", (known.code,)))
        official = known.official_name if known and means and kind == known.type else self._named(row, kind, known)
        addresses, wrong = read_addresses(row, Column.ADDRESSES)
        self.mistakes += wrong
        key = known.code if known else code
        present = code or (known.present_code if known else "") or key
        line = OrganisationLine(
            key, present, kind, official, district, self._reporter(row), addresses, row.place(Column.NAME)
        )
        self._once(line, row)
        return line

    def _known(self, row: Row, match: Match, code: str, former: str) -> Organisation | None:
        """Whom a row means, None for somebody new. Raises RefusedRow."""
        if former:
            if former not in self.by_code:
                _refuse(Slip.FORMER_UNKNOWN, row.place(Column.FORMER), former)
            return self.by_code[former]
        if code:
            known = self.by_code.get(code)
            other = self.by_key[match.codes[0]] if match.how == "exact" else known
            if known and other and other != known:
                fields = {"organisation": known.printed_name, "other": other.printed_name}
                _refuse(Slip.CODE_OF_OTHER_NAME, row.place(Column.CODE), code, **fields)
            return known
        return self._by_name(row, match)

    def _by_name(self, row: Row, match: Match) -> Organisation:
        name, place = row.text(Column.NAME), row.place(Column.NAME)
        if match.how == "exact":
            return self.by_key[match.codes[0]]
        if not name:
            _refuse(Slip.NAME_MISSING, place)
        some = [self.by_key[code] for code in match.codes[:NAMED_AT_ONCE]]
        names = " หรือ ".join(f"{each.short_name} ({self.label}{each.district})" for each in some)
        if match.how in {"ambiguous", "several"}:
            _refuse(Slip.NAME_AMBIGUOUS, place, name, candidates=names)
        _refuse(Slip.NAME_UNKNOWN, place, name, hint=f" อาจหมายถึง {names}" if names else "")

    @property
    def label(self) -> str:
        """What stands before a district's name."""
        return self.words.naming.district

    def _kind(self, row: Row, type_: str, known: Organisation | None) -> str:
        """The type of a row: as its column says, as its name begins, as it was."""
        name = row.text(Column.NAME)
        stated = self.names.type_in(name)
        if type_ and stated and type_ != stated:
            _refuse(Slip.NAME_OF_OTHER_TYPE, row.place(Column.NAME), name, type=type_)
        kind = type_ or stated or (known.type if known else "")
        if not kind:
            _refuse(Slip.TYPE_MISSING, row.place(Column.TYPE), name, choices=self.names.choices)
        return kind

    def _named(self, row: Row, kind: str, known: Organisation | None) -> str:
        name = row.text(Column.NAME) or (self.names.without(known.official_name) if known else "")
        if not name:
            _refuse(Slip.NAME_MISSING, row.place(Column.NAME))
        return self.names.official(kind, name)

    def _once(self, line: OrganisationLine, row: Row) -> None:
        """Raises RefusedRow where somebody before has the same code, or the same name in the same district."""
        place = row.place(Column.CODE)
        for code in {line.key, line.code}:
            first = self.seen.setdefault(code, place)
            if first is not place:
                _refuse(Slip.CODE_DOUBLED, place, code, other=first.cell)
        first = self.seen.setdefault(f"{comparison_key(line.name)} {line.district}", line.place)
        if first is not line.place:
            _refuse(Slip.NAME_DOUBLED, line.place, line.name, other=first.cell)

    def _code(self, row: Row, column: Column) -> str:
        code = code_in(row.text(column))
        if code is None:
            _refuse(Slip.CODE_MALFORMED, row.place(column), row.text(column))
        return code

    def _type(self, row: Row) -> str:
        """The type that a row states in its column, empty where it states none."""
        text = row.text(Column.TYPE)
        if text in self.names.words:
            return text
        found = self.words.types_of(text) if text not in {"", "-"} else frozenset({""})
        if len(found) != 1:
            _refuse(Slip.TYPE_UNKNOWN, row.place(Column.TYPE), text, choices=self.names.choices)
        return next(iter(found))

    def _district(self, row: Row) -> str:
        """The district of a row, as the roster writes it; a new one as it stands there."""
        text = row.text(Column.DISTRICT) or row.district
        known = find_district(text, self.register.districts)
        return known or text.removeprefix(self.label).removeprefix("อ.").strip()

    def _reporter(self, row: Row) -> str | None:
        if not row.has(Column.REPORTER):
            return None
        said = row.text(Column.REPORTER)
        name = self.reporters.get(comparison_key(said), "") if said else ""
        if said and not name:
            self.mistakes.append(mistake(Slip.REPORTER_UNKNOWN, row.place(Column.REPORTER), said))
        return name

    def with_former(self, lines: Sequence[OrganisationLine]) -> list[OrganisationLine]:
        """The lines; one under a new code is put to whom it is the new status of: same bare name and district, there no more."""
        there = {line.key for line in lines}
        gone: dict[tuple[str, str], list[Organisation]] = {}
        for each in self.by_key.values():
            if each.code not in there:
                gone.setdefault((self.names.bare(each.official_name), each.district), []).append(each)
        found = []
        for line in lines:
            before = gone.get((self.names.bare(line.name), line.district), []) if line.key not in self.by_key else []
            if len(before) == 1:
                told = {"organisation": before[0].printed_name}
                self.mistakes.append(mistake(Slip.FORMER_ASSUMED, line.place, line.name, **told))
                found.append(replace(line, key=before[0].code))
            else:
                found.append(line)
        return found
