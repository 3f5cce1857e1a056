"""A form that was drawn for a letter of one test is not drawn anew for the next: ten go out whenever a round begins.

``blank_form`` promises the same bytes for the same arguments, which ``tests/documents/form`` holds it to; they are compared
by value, so that another circular, roster or answer is another form.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from bot.documents.form.excel_form import Shown, blank_form
from bot.documents.mail import attachments
from bot.office.model.circular import Circular
from bot.office.model.roster import Roster

KEPT = 24  # for each reporter, the newest first

_drawn: dict[str, deque[tuple[object, bytes]]] = {}


def drawn_once(circular: Circular, roster: Roster, reporter: str, answers: tuple, shown: Shown) -> bytes:
    """``blank_form``, out of what is kept where it is there."""
    given = (circular, roster, tuple(answers), shown)
    kept = _drawn.setdefault(reporter, deque(maxlen=KEPT))
    for before, form in kept:
        if before == given:
            return form
    kept.appendleft((given, blank_form(circular, roster, reporter, given[2], shown)))
    return kept[0][1]


@contextmanager
def made_once() -> Iterator[None]:
    """Let letters within the block enclose forms that are drawn once."""
    vars(attachments)["blank_form"] = drawn_once
    try:
        yield
    finally:
        vars(attachments)["blank_form"] = blank_form
