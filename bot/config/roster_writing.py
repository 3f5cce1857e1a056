"""A roster's two files, written: what ``bot.config.roster_folder`` reads comes out as it went in. Comments are not kept."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.config.organisations_table import OPTIONAL, ORGANISATIONS_FILE, OrganisationRow
from bot.config.roster_folder import ROSTER_FILE, RosterFile
from parsers.form.naming import LOCAL
from parsers.form.question_rules import Part

BEFORE = "~"  # behind the name of the file that was there


def write_roster(folder: Path, declared: RosterFile, rows: Sequence[OrganisationRow]) -> None:
    """Write both files, made if it is not there; what stood there before is kept under the same names with ``~``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ((ROSTER_FILE, as_toml(declared)), (ORGANISATIONS_FILE, as_csv(rows))):
        file, fresh = folder / name, folder / f"{name}.new"
        fresh.write_text(text, encoding="utf-8")
        if file.exists():
            file.replace(folder / f"{name}{BEFORE}")
        fresh.replace(file)


def as_toml(declared: RosterFile) -> str:
    """The text of ``roster.toml``."""
    head = [f"province = {quoted(declared.province)}"]
    if declared.district_label != LOCAL.district:
        head.append(f"district_label = {quoted(declared.district_label)}")
    tables = [
        *(_table("type", each) for each in declared.type),
        *(_table("reporter", each) for each in declared.reporter),
    ]
    return "\n".join([*head, "", *("\n".join(table) + "\n" for table in tables)])


def as_csv(rows: Sequence[OrganisationRow]) -> str:
    """The text of ``organisations.csv``; a column that is nobody's and may be left out is."""
    names = [
        name for name in OrganisationRow.model_fields if name not in OPTIONAL or any(getattr(r, name) for r in rows)
    ]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(names)
    table.writerows([_cell(getattr(row, name)) for name in names] for row in rows)
    return out.getvalue()


def quoted(text: str) -> str:
    """A text as TOML writes it: JSON's escapes are TOML's (TOML 1.0, basic strings), but DEL must be one too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(texts: Iterable[str]) -> str:
    """Texts as a TOML list."""
    return f"[{', '.join(map(quoted, texts))}]"


def _table(name: str, entry: Part) -> Iterator[str]:
    yield f"[[{name}]]"
    for key in type(entry).model_fields:
        value = getattr(entry, key)
        if value:
            yield f"{key} = {quoted(value) if isinstance(value, str) else listed(value)}"


def _cell(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else " ".join(value)
