"""``organisations.csv`` of a roster: one row for each organisation; every mistake with its row and column."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.config.problems import ConfigError, Problem, explain
from bot.config.toml_files import read_text
from bot.office.model.circular import Address
from parsers.form.question_rules import Part

ORGANISATIONS_FILE = "organisations.csv"
OPTIONAL = ("present_code",)

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


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
    present_code: Annotated[str, StringConstraints(strip_whitespace=True)] = ""  # where ``code`` is a former one

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


def read_organisations(file: Path, beginnings: Mapping[str, str]) -> list[OrganisationRow]:
    """The rows of the table, in order; blank rows are passed over. Raises ConfigError.

    ``beginnings``: what official names begin with, by type; empty while the types are not known.
    """
    try:
        table = list(csv.reader(io.StringIO(read_text(file), newline=""), strict=True))
    except csv.Error as error:
        raise ConfigError([Problem(str(file), "", f"this is no table of comma separated values: {error}")]) from None
    header = [name.strip() for name in table[0]] if table else []
    if sorted({*header, *OPTIONAL}) != sorted(OrganisationRow.model_fields) or len(set(header)) < len(header):
        wanted = [name for name in OrganisationRow.model_fields if name not in OPTIONAL]
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
        for column, code in (("code", row.code), ("present_code", row.present_code)):
            first = codes.setdefault(code, number) if code else number
            if first != number:
                yield number, column, f'"{code}" stands in row {first} too; give each organisation a code of its own'
        name = "".join(row.official_name.split())
        first = names.setdefault((name, row.district), number)
        if first != number:
            yield number, "official_name", f'"{row.official_name}" stands in row {first} too; remove one or mend it'
