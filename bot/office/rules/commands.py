"""What staff may tell the bot in a mail: a word on the first line of what they wrote. Quoted text never counts.

A line of address or greeting may stand above it. What cannot be taken back (the report goes) needs a word without any
condition: one that is said anywhere in the mail's own text makes it no command.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from parsers.thai.text import ascii_digits

_ORNAMENT = re.compile(
    "[\"'“”‘’«»\u200b-\u200f\u2060\ufeff]|^\\s+|(?<!\\s)\\s+$"
)  # the draft prints the word in quotes
# Words of politeness behind the command: "อนุมัติครับ", "รับได้เลยค่ะ".
_POLITE = re.compile(r"(?:ครับ|ค่ะ|คะ|ค่า|นะ|ได้|เลย|[\s.!,])+$")
_LONGEST = 200  # characters of a line that may be a command
_LOOKED_AT = 40  # lines of a mail in which a condition is looked for
# A line above the command that says nothing yet: address, reference, a rule of dashes. Staff write letters, not words.
_GREETING = re.compile(
    r"^(?:(?:กราบ)?เรียน|ถึง|สวัสดี|ขออนุญาต(?:ครับ|ค่ะ|คะ)?$|อ้างถึง|ตามที่|dear\b|hello\b|hi\b|to\b|[-–—_=*~.\s]+$)",
    re.IGNORECASE,
)
# Condition, exception or recall anywhere in the mail, as in "อนุมัติ แต่แก้หน้า ๒ ก่อน"; not ตั้งแต่, แต่ละ, แต่ง, รอง, รอบ.
_NO_PLAIN_WORD = re.compile(
    r"(?<!ตั้ง)แต่(?!ละ|ง)|ยกเว้น|หาก|ถ้า|หลังจาก|ภายหลัง|ต่อเมื่อ|เมื่อแก้|ก่อน|ไม่(?:เห็นชอบ|อนุมัติ|ให้ส่ง|ต้องส่ง)|ยังไม่|อย่า|ชะลอ|ระงับ|ยกเลิก|แก้|รอ(?!ง|บ)"
    r"|\b(?:but|except|unless|if|after|until|not|wait|don't|hold|stop|cancel|correct|change)\b",
    re.IGNORECASE,
)
# Lines in which such words set no condition: signatures, telephone numbers, notices of confidence.
_NO_CONDITION = re.compile(r"ติดต่อ|สอบถาม|โทร|ก่อนหน้า|แก้ว|รอบ|contact|confidential|ผู้รับ|intended", re.IGNORECASE)
# Speaks of approving without being the command: a refusal, a question.
_OF_APPROVAL = re.compile(r"อนุมัติ|เห็นชอบ|\bapprov", re.IGNORECASE)


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
# "ส่งซ้ำ 42 และ 43".
_AGAIN = re.compile(r"(?:ส่งซ้ำ|ส่งอีกครั้ง)(.*)")
# "เสร็จ 17", "เสร็จแล้ว", "ดำเนินการเสร็จแล้ว เรื่องที่ 17 และ 18".
_DONE = re.compile(r"(?:ดำเนินการ|ทำ)?เสร็จ(?:แล้ว|สิ้น|เรียบร้อย)*+(.*)")
# "จดหมายหมายเลข 42, 43 และ 44".
_BETWEEN = re.compile(r"จดหมาย|หมายเลข|เลขที่|ฉบับที่|ฉบับ|ที่|และ|กับ|[\s,;#]")
_LONGEST_NUMBER = 9  # digits
_MOST_NUMBERS = 100  # letters that one reply may send again
SETTLING = frozenset({Command.ACCEPT, Command.ACCEPT_ALWAYS, Command.REFUSE})
LASTING = frozenset({Command.APPROVE, Command.SENT, Command.AGAIN})  # nobody takes these back
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
    # "อนุมัติ แล้ว" is อนุมัติแล้ว.
    command = _WORDS.get(re.sub(r"\s+", "", line))
    if command:
        return None if command in LASTING and _conditional(text) else Order(command)
    match = _ABOUT_A_MAIL.fullmatch(line)
    if match is None:
        return None
    return Order(_WORDS[match[1]], int(match[2]) if match[2] else None, match[3].strip())


def again_in(text: str) -> tuple[int, ...] | None:
    """The numbers behind ``ส่งซ้ำ`` or ``ส่งอีกครั้ง`` on the first line (``ส่งซ้ำ ๔๒ และ ๔๓``), none where none stands; None: it is no such line.

    ``ส่งซ้ำทั้งหมด`` names none either: see ``all_in``.
    """
    match = _AGAIN.fullmatch(ascii_digits(_first_line(text)))
    if match is None:
        return None
    words = [word for word in _BETWEEN.split(match[1].replace("ทั้งหมด", " ")) if word]
    if not all(word.isascii() and word.isdigit() and len(word) <= _LONGEST_NUMBER for word in words):
        return None
    return tuple(dict.fromkeys(map(int, words)))[:_MOST_NUMBERS]


def done_in(text: str) -> tuple[int, ...] | None:
    """The numbers behind ``เสร็จ`` on the first line (``เสร็จ ๑๗``), none where none stands; None: it is no such line."""
    match = _DONE.fullmatch(ascii_digits(_first_line(text)))
    if match is None or _conditional(text):
        return None
    words = [word for word in _BETWEEN.split(match[1].replace("เรื่อง", " ")) if word]
    if not all(word.isascii() and word.isdigit() and len(word) <= _LONGEST_NUMBER for word in words):
        return None
    return tuple(dict.fromkeys(map(int, words)))[:_MOST_NUMBERS]


def plain_line(text: str) -> str:
    """The first line that is no greeting without blanks and politeness; "" where the mail sets a condition."""
    return "" if _conditional(text) else plain(_first_line(text))


def speaks_of_approval(text: str) -> bool:
    """Whether a mail that holds no command says something of approval: a refusal, a condition, a question."""
    return bool(_OF_APPROVAL.search(text))


def _conditional(text: str) -> bool:
    """Whether any line of the mail's own text, but those of a signature, may restrict or take back what the word says."""
    lines = [line[:_LONGEST] for line in text.splitlines() if line.strip()][:_LOOKED_AT]
    return any(_NO_PLAIN_WORD.search(line) and not _NO_CONDITION.search(line) for line in lines)


def all_in(text: str) -> bool:
    """Whether the first line says that all are meant."""
    return "ทั้งหมด" in _first_line(text)


def plain(name: str) -> str:
    """A name as commands are compared: without blanks, quotes and words of politeness, figures in ASCII."""
    # "อำเภอ ลอง" is อำเภอลอง.
    return re.sub(r"\s+", "", ascii_digits(_bare(name)))


def _first_line(text: str) -> str:
    """The first line that is no greeting, as ``_bare``; "" when there is none."""
    lines = (line.strip() for line in text.splitlines()[:_LOOKED_AT])
    return next((bare for line in lines if not _GREETING.match(line) and (bare := _bare(line))), "")


def _bare(line: str) -> str:
    """A line without quotes, blanks and words of politeness around it, in small letters."""
    return _POLITE.sub("", _ORNAMENT.sub("", line.strip()[:_LONGEST])).casefold()
