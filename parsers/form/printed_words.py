"""What a form was sent out with: its title and notes, which are nobody's doubt about an answer, however they are set.

Owns when a text is such words. Their signs (✓, ✘) are for ``legend``, which compares them too.
"""

import re
from functools import lru_cache

from parsers.form.form import Form
from parsers.thai.text import heading_key

FORMS = 32  # whose words are kept; a desk has about that many circulars open
LEAST = 20  # letters of a part of a line; shorter words a clerk may write too
LINES = 12  # of a form's notes that may stand in one cell
# "หมายเหตุ :", "คำชี้แจง", "(1)", "2.", "- ", "* " before a line.
_LEADING = re.compile(r"\s*+(?:(?:หมายเหตุ|คำชี้แจง|คำอธิบาย)\s*+[:：]?+\s*+)?(?:\(?[\d๐-๙]{1,2}[.)]\s*+|[-–*•]\s*+)?")


def is_printed(text: str, form: Form) -> bool:
    """Whether a text is the form's title, a line of its notes, several of them, or half a line and more that was broken."""
    key = _key(text)
    if not key:
        return False
    whole, lines = _printed(form)
    broken = (line for line in lines if len(key) >= max(LEAST, len(line) / 2))
    return key in whole or any(line.startswith(key) or line.endswith(key) for line in broken)


def _key(text: str) -> str:
    return heading_key(_LEADING.sub("", text, count=1))


@lru_cache(maxsize=FORMS)
def _printed(form: Form) -> tuple[frozenset[str], tuple[str, ...]]:
    """The keys of what a form prints, in whole lines and as several lines in one; and those of its lines of notes."""
    notes = [notes[:LINES] for notes in (form.note, form.report_note)]
    runs = [run[first:last] for run in notes for first in range(len(run)) for last in range(first + 1, len(run) + 1)]
    several = {"".join(keys) for run in runs for keys in (map(_key, run), map(heading_key, run))}
    whole = several | {_key(run[0]) + "".join(map(heading_key, run[1:])) for run in runs}
    lines = tuple(dict.fromkeys(_key(note) for note in (*form.note, *form.report_note)))
    return frozenset({*whole, *lines, heading_key(form.title), heading_key(form.sheet)} - {""}), lines
