"""A circular's folder named in the configuration, which starts it: the bot opens it on its day.

The file is the office's own, with its comments: one list in it is changed, and only if the file then says just that.
"""

import re
import tomllib
from pathlib import Path

# "circulars = [...]" of [office], over several lines or not; strings in it hold no bracket, as they name folders.
_LIST = re.compile(r"^(?P<head>[ \t]*circulars[ \t]*=[ \t]*\[)(?P<names>[^\[\]]*)\]", re.MULTILINE)


class NotNamedError(Exception):
    """The list could not be changed without changing more: the office writes it by hand."""


def named_in(config: Path, name: str) -> bool:
    """Put a circular's folder into ``[office] circulars``; False where it is there already. Raises NotNamedError, OSError."""
    text = config.read_text(encoding="utf-8")
    before = tomllib.loads(text)
    names = before.get("office", {}).get("circulars", [])
    if name in names:
        return False
    changed = _LIST.sub(lambda found: _with(found, name), text, count=1)
    try:
        after = tomllib.loads(changed)
    except tomllib.TOMLDecodeError as error:
        raise NotNamedError from error
    before.setdefault("office", {})["circulars"] = [*names, name]
    if after != before:
        raise NotNamedError
    config.write_text(changed, encoding="utf-8")
    return True


def _with(found: re.Match[str], name: str) -> str:
    names = found["names"].rstrip().rstrip(",")
    between = ", " if names.strip() else ""
    return f'{found["head"]}{names}{between}"{name}"]'
