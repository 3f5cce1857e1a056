"""What staff may tell the bot in a mail: a word on the first line of what they wrote. Quoted text never counts."""

import re
from dataclasses import dataclass
from enum import StrEnum

from parsers.text import ascii_digits

_ORNAMENT = re.compile(
    "[\"'“”‘’«»\u200b-\u200f\u2060\ufeff]|^\\s+|(?<!\\s)\\s+$"
)  # the draft prints the word in quotes
_POLITE = re.compile(r"(?:ครับ|ค่ะ|คะ|ค่า|นะ|ได้|เลย|[\s.!,])+$")
_LONGEST = 200  # characters of a line that may be a command


class Command(StrEnum):
    """What is asked."""

    APPROVE = "approve"
    ACCEPT = "accept"  # a held mail, this once
    ACCEPT_ALWAYS = "accept-always"  # and its address from now on
    REFUSE = "refuse"
    SENT = "sent"  # the report in doubt arrived
    AGAIN = "again"  # send it once more


@dataclass(frozen=True)
class Order:
    """A command with what it is about: the ``number`` of a held mail, and in ``whose`` name it is accepted."""

    command: Command
    number: int | None = None
    whose: str = ""


_WORDS = {
    "อนุมัติ": Command.APPROVE,
    "อนุมัติให้ส่ง": Command.APPROVE,
    "อนุมัติส่ง": Command.APPROVE,
    "อนุมัติแล้ว": Command.APPROVE,
    "เห็นชอบ": Command.APPROVE,
    "approve": Command.APPROVE,
    "approved": Command.APPROVE,
    "รับ": Command.ACCEPT,
    "รับเสมอ": Command.ACCEPT_ALWAYS,
    "ไม่รับ": Command.REFUSE,
    "ส่งแล้ว": Command.SENT,
    "ส่งถึงแล้ว": Command.SENT,
    "ส่งซ้ำ": Command.AGAIN,
    "ส่งอีกครั้ง": Command.AGAIN,
}
SETTLING = frozenset({Command.ACCEPT, Command.ACCEPT_ALWAYS, Command.REFUSE})
# Only a blank or a figure may follow, so that รับทราบ and รับรอง are none of these.
_ABOUT_A_MAIL = re.compile(r"(ไม่รับ|รับเสมอ|รับ)(?=[\s\d])\s*+(?:(\d{1,9})(?=\s|$))?\s*+(.*+)")


def command_in(text: str) -> Command | None:
    """The command in a mail's own text (without quoted mail), or None. Only the first line with content is looked at."""
    order = order_in(text)
    return order.command if order and not order.whose else None


def order_in(text: str) -> Order | None:
    """The command of the first line with its number and name: ``รับ``, ``รับ 17``, ``รับเสมอ อำเภอลอง``; or None.

    ``whose`` is whatever stands behind the word, so it may be no name at all: that is for the caller to find out.
    """
    line = ascii_digits(_first_line(text))
    command = _WORDS.get(re.sub(r"\s+", "", line))
    if command:
        return Order(command)
    match = _ABOUT_A_MAIL.fullmatch(line)
    if match is None:
        return None
    return Order(_WORDS[match[1]], int(match[2]) if match[2] else None, match[3].strip())


def plain(name: str) -> str:
    """A name as commands are compared: without blanks, quotes and words of politeness, figures in ASCII."""
    return re.sub(r"\s+", "", ascii_digits(_first_line(name)))


def _first_line(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")[:_LONGEST]
    return _POLITE.sub("", _ORNAMENT.sub("", first)).casefold()
