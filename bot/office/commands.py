"""What staff may tell the bot in a mail: one word on the first line of what they wrote. Quoted text never counts."""

import re
from enum import StrEnum

_ORNAMENT = re.compile("[\"'“”‘’«»\u200b-\u200f\u2060\ufeff]|^\\s+|\\s+$")  # the draft prints the word in quotes
_POLITE = re.compile(r"(?:ครับ|ค่ะ|คะ|ค่า|นะ|ได้|เลย|[\s.!,])+$")


class Command(StrEnum):
    """What is asked."""

    APPROVE = "approve"


_WORDS = {
    "อนุมัติ": Command.APPROVE,
    "อนุมัติให้ส่ง": Command.APPROVE,
    "อนุมัติส่ง": Command.APPROVE,
    "อนุมัติแล้ว": Command.APPROVE,
    "เห็นชอบ": Command.APPROVE,
    "approve": Command.APPROVE,
    "approved": Command.APPROVE,
}


def command_in(text: str) -> Command | None:
    """The command in a mail's own text (without quoted mail), or None. Only the first line with content is looked at."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    word = _POLITE.sub("", _ORNAMENT.sub("", first)).casefold()
    return _WORDS.get(re.sub(r"\s+", "", word))
