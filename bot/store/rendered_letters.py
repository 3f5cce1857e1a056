"""What the books keep of rendered letters: the columns of a letter's row, and the workbook of a draft that went with one."""

from collections.abc import Sequence
from typing import Any

from bot.office.letters.enclosures import ReadyFile
from bot.office.letters.letter import AWAITED, LetterKind, Rendered
from bot.office.model.report_draft import Draft
from bot.office.model.sent_letter import LetterState

_BEARERS = (LetterKind.DRAFT, LetterKind.REPORT)  # the letters that carry a drafted report, the better first


def file_of(draft: Draft, letters: Sequence[Rendered]) -> ReadyFile:
    """The workbook of a draft as it went into its letter. Raises ValueError where it came without."""
    for kind in _BEARERS:
        for rendered in letters:
            if rendered.letter.kind is kind and rendered.letter.circular == draft.circular and rendered.files:
                return rendered.files[0]
    raise ValueError(f"draft {draft.version} of {draft.circular} came without its workbook")


def letter_columns(rendered: Rendered) -> dict[str, Any]:
    """The columns of a letter that is queued, but for its office and its moments."""
    letter = rendered.letter
    return {
        "kind": letter.kind.value,
        "circular": letter.circular,
        "addressee": letter.addressee,
        "occasion": letter.occasion,
        "message_id": rendered.message_id,
        "sender": rendered.sender,
        "recipients": list(rendered.recipients),
        "remaining": list(rendered.recipients),
        "subject": letter.subject,
        "state": LetterState.QUEUED,
        "can_wait": letter.kind not in AWAITED,
        "any_hour": letter.any_hour,
        "about": " ".join(letter.about),
        "due_at": rendered.due,
        "refused": {},
    }
