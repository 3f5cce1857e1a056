"""Reads a file of the corpus and says how the reading differs from what a careful person reads.

Owns the compact writing of expected readings. A case is ``<trouble>/<case>.<ext>`` with ``<case>.json`` beside it:

- ``why``: what is in the file, in a sentence
- ``args``: ``circular`` and ``reporter`` as for ``ruam check``; ``name``: the file's name as sent, when it matters
- ``circular`` (``w5827`` when left out), ``outcome``, ``as_of``, ``remarks``, ``kind`` (of a mail) as ``ruam check --json`` has them
- ``answers``: organisation's short name to ``YN-`` for ticks in the form's order, or to a list of values
- ``findings``: ``code``, ``code C7``, ``code Sheet!C7`` or ``code x7`` for seven of them anywhere; nothing else may be found
- ``fault``: why the program is known to read this wrong; such a case counts as wrong and is expected to fail
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.cli.check_output import as_json, find_reporter
from bot.config.circular_folder import load_circular
from bot.config.load import shipped_bureau
from bot.office.model.bureau import Bureau
from parsers.read import read_file, read_message
from parsers.reading import FileRequest, Reading

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
TICKS = {True: "Y", False: "N", None: "-"}


@dataclass(frozen=True)
class Case:
    """One file of the corpus with its expected reading."""

    file: Path
    expected: Mapping[str, Any]

    @property
    def trouble(self) -> str:
        """The kind of trouble: the folder."""
        return self.file.parent.name

    @property
    def title(self) -> str:
        """``trouble/case``."""
        return f"{self.trouble}/{self.file.stem}"

    @property
    def args(self) -> Mapping[str, str]:
        """``circular`` and ``reporter``."""
        return self.expected.get("args", {})


def cases() -> list[Case]:
    """Every case of the corpus, in order. Raises ValueError for a file without its pair."""
    files: dict[Path, list[Path]] = {}
    for path in sorted(HERE.glob("*/*.*")):
        if path.parent.name not in ("drawn", "__pycache__"):
            files.setdefault(path.with_suffix(""), []).append(path)
    found = []
    for stem, pair in files.items():
        expected = stem.with_name(stem.name + ".json")
        others = [path for path in pair if path != expected]
        if len(others) != 1 or expected not in pair:
            raise ValueError(f"{stem} needs one file and its .json, it has {[path.name for path in pair]}")
        found.append(Case(others[0], json.loads(expected.read_text("utf-8"))))
    return found


def corpus_bureau() -> Bureau:
    """The shipped circulars and roster, and the circular of figures."""
    shipped = shipped_bureau()
    waste = load_circular(ROOT / "tests/circulars/waste2568")
    return replace(shipped, circulars={**shipped.circulars, waste.slug: waste})


def reading_of(bureau: Bureau, case: Case) -> Reading:
    """The case's file read in this process."""
    catalogue, data = bureau.catalogue(), case.file.read_bytes()
    if case.file.suffix == ".eml":
        return read_message(data, catalogue)
    name = case.expected.get("name", case.file.name)
    return read_file(name, data, request(bureau, case))


def request(bureau: Bureau, case: Case) -> FileRequest:
    """What the case's file is read against."""
    who = case.args.get("reporter")
    reporter = find_reporter(bureau, who).key if who else None
    return FileRequest(bureau.catalogue(), case.args.get("circular"), reporter)


def said_of(bureau: Bureau, reading: Reading) -> dict[str, Any]:
    """A reading in the compact writing, but for its findings, which stay as (code, sheet, cell)."""
    found = as_json(bureau, reading)
    short = {organisation.code: organisation.short_name for organisation in bureau.roster.organisations}
    answers = {short[answer["code"]]: compact(answer["values"]) for answer in found["answers"]}
    said = {
        "circular": found["circular"],
        "outcome": found["outcome"],
        "answers": {name: values for name, values in answers.items() if any(v not in ("-", None) for v in values)},
        "as_of": found["as_of"],
        "remarks": found["remarks"],
        "findings": [(finding["code"], finding["sheet"], finding["cell"]) for finding in found["findings"]],
    }
    return {**said, "kind": found["kind"]} if "kind" in found else said


def compact(values: Mapping[str, Any]) -> str | list[Any]:
    """Values of a row: letters for ticks, else a list."""
    if all(value is None or isinstance(value, bool) for value in values.values()):
        return "".join(TICKS[value] for value in values.values())
    return list(values.values())


def differences(expected: Mapping[str, Any], said: Mapping[str, Any]) -> list[str]:
    """How what was read differs from what is expected, in short lines; nothing when they agree."""
    usual: dict[str, Any] = {"circular": "w5827", "answers": {}, "as_of": None, "remarks": {}, "findings": []}
    wanted = {**usual, **{key: value for key, value in expected.items() if key not in ("args", "why", "fault", "name")}}
    lines = [
        f"{key}: expected {wanted[key]!r}, read {said.get(key)!r}"
        for key in wanted
        if key not in ("answers", "findings") and wanted[key] != said.get(key)
    ]
    lines += _answers(wanted["answers"], said["answers"])
    return lines + _findings(wanted["findings"], said["findings"])


def _answers(wanted: Mapping[str, Any], read: Mapping[str, Any]) -> list[str]:
    names = list(dict.fromkeys([*wanted, *read]))
    return [
        f"{name}: expected {wanted.get(name)!r}, read {read.get(name)!r}"
        for name in names
        if wanted.get(name) != read.get(name)
    ]


def _findings(wanted: Sequence[str], found: Sequence[tuple[str, str, str]]) -> list[str]:
    left = list(found)
    lines = []
    # Those with a cell first, so that a general one does not take theirs.
    for want in sorted(wanted, key=lambda each: " " not in each or " x" in each):
        code, _, where = want.partition(" ")
        count = int(where[1:]) if where[:1] == "x" and where[1:].isdigit() else 1
        cell = "" if count > 1 or where[:1] == "x" else where
        for _ in range(count):
            match = next(
                (each for each in left if each[0] == code and cell in ("", each[2], f"{each[1]}!{each[2]}")), None
            )
            if match is None:
                lines.append(f"missed: {want}")
                break
            left.remove(match)
    return lines + [f"not expected: {code} {sheet}!{cell}" for code, sheet, cell in left]
