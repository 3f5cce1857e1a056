"""A mail as a person is shown it: its text, its HTML as it came, its files, and the cells of their sheets. Never raises.

For looking, not for reading: nothing is understood here. Secrets are masked as everywhere; HTML in which one may stand is left out,
since a mask that knows no tags could miss it. Whoever shows the HTML makes it harmless first.
"""

import json
from collections.abc import Iterator
from typing import Any

from parsers.files.hide_secrets import Searched, warnings_of
from parsers.files.open_file import File, bodies, closed_all
from parsers.form.naming import Naming
from parsers.grid import Grid
from parsers.mail.message import Attachment, Message, parse_whole
from parsers.mail.mime.part_content import parsed
from parsers.mail.walk_parts import Body, Walk
from parsers.organisations.type_words import TypeWords, words_of
from parsers.secrets.mask import mask_secrets

TEXT = 20_000  # characters of the whole text
HTML = 200_000  # characters
SHEETS = 12
ROWS, COLUMNS = 400, 60  # of a sheet
CELL = 300  # characters of a cell


def mail_shown(raw: bytes, naming: Naming) -> bytes:
    """As JSON: own, text, html, secret, files (name, size, secret), sheets (file, sheet, cut, rows of (number, cells of (name, text))).

    ``naming``: by which names are known in what the mail brings.
    """
    message, written = parse_whole(raw)
    files, sheets = _inside(message, words_of(naming))
    shown: dict[str, Any] = {"own": message.mail.text, "text": _text(written), "secret": message.secret}
    shown |= {"html": "" if message.secret else "\n".join(written.html)[:HTML]}
    return json.dumps(shown | {"files": files, "sheets": sheets[:SHEETS]}).encode("ascii")


def letter_shown(raw: bytes) -> bytes:
    """Of a letter, none of whose files is opened, as JSON: text, files (name, size)."""
    walk = Walk()
    walk.take(parsed(raw)[0])
    files = [{"name": leaf.name, "size": len(leaf.data)} for leaf in walk.files()]
    return json.dumps({"text": _text(walk.bodies[0]), "files": files}).encode("ascii")


def _text(written: Body) -> str:
    return mask_secrets("\n".join(written.plain))[:TEXT]


def _inside(message: Message, names: TypeWords) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The files, each with whether a secret was found in it, and the sheets of all and of the mail's own text."""
    files: list[dict[str, Any]] = []
    sheets: list[dict[str, Any]] = []
    for attachment in message.attachments:
        inside = _opened(attachment, names)
        searched = [Searched(each.name, tuple(one.grid for one in each.sheets), each.secret) for each in inside]
        secret = bool(warnings_of(searched, None))
        files.append({"name": attachment.name, "size": len(attachment.data), "secret": secret})
        sheets += [sheet for each in inside for sheet in _sheets(each)]
    for body in bodies(message.html, message.plain, len(files), names):
        sheets += _sheets(body)
    return files, sheets


def _opened(attachment: Attachment, names: TypeWords) -> list[File]:
    return [closed.open(at) for at, closed in enumerate(closed_all(attachment.name, attachment.data, names))]


def _sheets(file: File) -> Iterator[dict[str, Any]]:
    for sheet in file.sheets:
        grid = sheet.grid
        cut = grid.last_row > ROWS or grid.last_column > COLUMNS
        yield {"file": file.name, "sheet": grid.sheet, "cut": cut, "rows": list(_rows(grid))}


def _rows(grid: Grid) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """The rows with content, each cell by its name as places give it; a merged range is shown once."""
    last = min(grid.last_column, COLUMNS)
    for row in range(1, min(grid.last_row, ROWS) + 1):
        cells = [grid.own(row, column) for column in range(1, last + 1)]
        if any(not cell.blank for cell in cells):
            yield row, [(grid.name_of(cell), cell.text[:CELL]) for cell in cells]
