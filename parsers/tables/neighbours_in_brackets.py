"""Brackets of a heading that only name other columns: ใช้งานได้ (ไม่นับที่ชำรุด), รวม (ใช้งานได้+ชำรุด)."""

import re
from collections.abc import Collection

from parsers.tables.likeness import worded

# "(ไม่นับที่ชำรุด)", "(ใช้งานได้+ชำรุด)": what may name other columns.
_BRACKETS = re.compile(r"\(([^()]{3,60})\)")
# "ไม่รวมที่", "ไม่นับ" before what is not counted.
_LEFT_ASIDE = re.compile(r"^\s*ไม่(?:นับ|รวม|นับรวม)(?:ที่|ถึง)?")


def without_neighbours(text: str, labels: Collection[str]) -> str:
    """A heading without such brackets; ``labels`` are the form's, as keys. What no column counts stays: (ไม่รวมที่ยืมมา)."""
    if not _BRACKETS.search(text):
        return text
    return " ".join(_BRACKETS.sub(lambda found: "" if _are(labels, found[1]) else found[0], text).split())


def _are(labels: Collection[str], said: str) -> bool:
    """Whether words in brackets are labels: one that is left aside, or several added up."""
    aside = _LEFT_ASIDE.match(said)
    parts = [worded(part).key for part in re.split(r"\+|และ", _LEFT_ASIDE.sub("", said))]
    return bool(aside or len(parts) > 1) and all(part in labels for part in parts)
