"""A circular's folder written: its tables as TOML that ``circular_folder`` reads back."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.config.circular_folder import CIRCULAR_FILE, load_circular
from bot.config.roster_writing import quoted
from bot.office.model.circular import Circular

HEAD = "# Made by `ruam circular new`. Every key is explained in docs/circulars.md. Years are common ones.\n\n"


def circular_text(given: Mapping[str, Any]) -> str:
    """The text of ``circular.toml``: plain keys first, then tables, then lists of tables."""
    return HEAD + "\n".join(_table(given, ())) + "\n"


def write_circular(folder: Path, given: Mapping[str, Any], enclosed: Mapping[str, bytes]) -> Circular:
    """Write a new folder and load it, which checks it. Raises FileExistsError, OSError, ConfigError."""
    folder.mkdir(parents=True)
    for name, data in enclosed.items():
        (folder / Path(name).name).write_bytes(data)
    (folder / CIRCULAR_FILE).write_text(circular_text(given), encoding="utf-8")
    return load_circular(folder)


def _table(given: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    for key, value in given.items():
        if not _is_table(value):
            yield f"{key} = {_value(value)}"
    for key, value in given.items():
        name = ".".join((*path, key))
        if isinstance(value, Mapping):
            yield f"\n[{name}]"
            yield from _table(value, (*path, key))
        elif _is_table(value):
            for each in value:
                yield f"\n[[{name}]]"
                yield from _table(each, (*path, key))


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and bool(value) and isinstance(value[0], Mapping))


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_value, value))}]"
    return quoted(value) if isinstance(value, str) else str(value)
