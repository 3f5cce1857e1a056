"""What staff may tell the bot in a mail: a word on the first line of what they wrote. Quoted text never counts.

A line of address or greeting may stand above it. What cannot be taken back (the report goes) needs a word without any
condition: one that is said anywhere in the mail's own text makes it no command.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.office.rules.held_words import Held, held_answer, whose_in
from bot.office.wishes.lines import own_lines
from bot.office.wishes.nothing_more import says_nothing_more
from parsers.thai.dates import parse_date
from parsers.thai.text import ascii_digits, normalise

_ORNAMENT = re.compile(
    "[\"'“”‘’«»\u200b-\u200f\u2060\ufeff]|^\\s+|(?<!\\s)\\s+$"
)  # the draft prints the word in quotes
# Words of politeness behind the command: "อนุมัติครับ", "รับได้เลยค่ะ".
_POLITE = re.compile(r"(?:ครับ|คับ|ค้าบ|ค่ะ|คะ|ค่า|จ้า|นะ|ได้|เลย|[\s.!,])+$")
_LONGEST = 200  # characters of a line that may be a command
_FEW = 3  # lines of an answer about a held mail
_LOOKED_AT = 40  # lines of a mail in which a condition is looked for
# A line above the command that says nothing yet: address, reference, a rule of dashes. Staff write letters, not words.
_GREETING = re.compile(
    r"^(?:(?:กราบ)?เรียน|ถึง|สวัสดี|ขออนุญาต(?:ครับ|ค่ะ|คะ)?$|(?:รับ)?ทราบ(?:แล้ว)?(?:ครับ|ค่ะ|คะ)?$|อ้างถึง|ตามที่|dear\b|hello\b|hi\b|to\b|[-–—_=*~.\s]+$)",
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
    bare: bool = False  # more than the word stands there, so it counts only in answer to the letter of a held mail


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
# "รับไว้ได้ค่ะ …", "เห็นควรให้รับรายงานฉบับนี้", "ไม่รับครับ ไม่รู้จัก": the word with what belongs to it, politeness, then a reason.
_WITH_REASON = re.compile(
    r"(?:พิจารณาแล้ว|เห็นควร|เห็นสมควร|โอเค|ok|ตกลง|อนุโลม|ขอ|ให้|\s){0,5}(?P<word>ไม่รับ|รับ)(?P<always>เสมอ|ทุกครั้ง|ตลอด)?"
    r"(?P<more>(?:ไว้|ได้|เลย|เข้าระบบ|รายงาน|อีเมล|เมล์|เมล|จดหมาย|ฉบับ|คน|อัน|นี้|ครับ|คับ|ค้าบ|ค่ะ|คะ|ค่า|จ้า|นะ){1,12})(?P<why>\s.*+)?"
)
_REFUSED = frozenset({"ปฏิเสธ", "ขอปฏิเสธ"})  # of a held mail only: a wish for more time is refused so too
# "จำเมลนี้ไว้เลยนะคะว่าเป็นของวังชิ้น", "ต่อไปรับได้เลย": from now on, and in whose name.
_REMEMBERED = re.compile(
    r"(?:จำ(?:ไว้|เมล|อีเมล|ที่อยู่|คนนี้)|(?:ต่อไป|ครั้งหน้า|ครั้งต่อไป)(?:นี้)?(?:ก็)?รับ)(?:[^\s]{0,60}?ว่าเป็นของ(?P<whose>[^\s]{2,60}))?"
)
_LATER = ("ต่อไป", "ครั้งหน้า", "คราวหน้า", "จำ")  # more is asked for than to let this one in
_IN_THE_NAME = re.compile(r"^(?:ใน)?(?:นาม|แทน|ของ|จาก)(?:ของ)?\s*+")  # "รับเสมอ ในนาม อบต.หัวทุ่ง"
# "อนุมัติครับ เลขที่ พร 0023.3/21456 ลงวันที่ 4 ธ.ค. 67": approval and number in one line.
_APPROVED_WITH_NUMBER = re.compile(
    r"(?:ผ่าน(?:เลย|แล้ว|ครับ|ค่ะ|\s){0,4})?(?P<word>อนุมัติ|เห็นชอบ)(?P<polite>(?:ครับ|คับ|ค่ะ|คะ|ค่า|จ้า|นะ|แล้ว|,|\s){0,6})"
    r"(?:(?:ธุรการ|สารบรรณ)?ออกเลข(?:หนังสือ)?(?:ให้|ด้วย|เลย|แล้ว|นะ|ครับ|ค่ะ|คะ|\s){0,8})?"
    r"(?:(?:ให้)?(?:ใช้|ออก)\s?)?(?:หนังสือเลขที่|เลขที่หนังสือ|เลขหนังสือ|หนังสือที่|เลขที่|ที่)\s?"
    r"(?P<number>(?:[ก-ฮ]{1,4}\s?)?\.?\s?[\d๐-๙][\d๐-๙.]{0,20}\s?(?:/\s?(?:ว\s?)?[\d๐-๙]{1,7})?"
    r"(?:\s?(?:ลงวันที่|ลว\.?|วันที่)\s?(?P<day>.{4,40}))?)(?:ครับ|คับ|ค่ะ|คะ|ค่า|จ้า|นะ|\s|\.){0,4}"
)


def command_in(text: str, names: Collection[str] = ()) -> Command | None:
    """The command in a mail's own text (without quoted mail), or None: a word on the first line with content."""
    order = order_in(text, names)
    return order.command if order and not order.whose else None


def order_in(text: str, names: Collection[str] = ()) -> Order | None:
    """The command of the first line with its number and name: ``รับ``, ``รับ 17``, ``รับเสมอ อำเภอลอง``; or None.

    A word that lets something happen counts only where the mail says nothing beside it but ``names`` of the sender.
    ``whose`` is whatever stands behind the word, so it may be no name at all: that is for the caller to find out.
    """
    text = in_two_lines(text)
    line = ascii_digits(_first_line(text))
    # "อนุมัติ แล้ว" is อนุมัติแล้ว.
    command = _WORDS.get(re.sub(r"\s+", "", line))
    if command:
        return None if command is not Command.REFUSE and _says_more(text, names) else Order(command)
    match = _ABOUT_A_MAIL.fullmatch(line)
    if match is None:
        found = _with_reason(text, line)
        more = found is not None and found.command is not Command.REFUSE and _says_more(text, names)
        return None if more else found or _in_other_words(text, names)
    if match[1] != "ไม่รับ" and _says_more(text, names):
        return None
    return Order(_WORDS[match[1]], int(match[2]) if match[2] else None, _IN_THE_NAME.sub("", match[3].strip()))


def _with_reason(text: str, line: str) -> Order | None:
    """A word about a held mail that a reason follows; none where anything in the mail sets a condition."""
    if _POLITE.sub("", line.partition(" ")[0]) in _REFUSED:
        return None if _conditional(text) else Order(Command.REFUSE, bare=True)
    match = _WITH_REASON.fullmatch(line)
    if match is None or _conditional(text):
        return None
    refused = match["word"] == "ไม่รับ"
    if refused:
        return None if match["always"] else Order(Command.REFUSE, bare=True)
    remembered = _REMEMBERED.search(match["why"] or "")
    if remembered:
        return Order(Command.ACCEPT_ALWAYS, whose=remembered["whose"] or "", bare=True)
    why = match["why"] or ""
    later = any(word in why for word in _LATER) and "ครั้งเดียว" not in why
    if later or "ไม่รับ" in why:
        return None  # an addition that is not understood
    return Order(Command.ACCEPT_ALWAYS if match["always"] else Command.ACCEPT, bare=True)


_HELD = {Held.ONCE: Command.ACCEPT, Held.ALWAYS: Command.ACCEPT_ALWAYS, Held.OUT: Command.REFUSE}


def _in_other_words(text: str, names: Collection[str]) -> Order | None:
    """What the mail answers about a held mail in other words; it counts only in answer to the letter of one."""
    lines = own_lines(text)[:_FEW]
    settled = held_answer(lines)
    if settled is None or (settled is not Held.OUT and _says_more(text, names)):
        return None
    return Order(_HELD[settled], whose=whose_in(lines) if settled is Held.ALWAYS else "", bare=True)


def in_two_lines(text: str) -> str:
    """A text whose first line of its own approves and gives a number, with the number in a line of its own; else as it is.

    Nothing else may stand in that line, and what follows ลงวันที่ must be a day.
    """
    lines = text.splitlines()
    for at, line in enumerate(lines[:_LOOKED_AT]):
        if _GREETING.match(line.strip()) or not _bare(line):
            continue
        said = _APPROVED_WITH_NUMBER.fullmatch(_ORNAMENT.sub("", line.strip()[:_LONGEST]))
        day = said["day"] if said else None
        if said is None or (day and parse_date(_POLITE.sub("", ascii_digits(day))) is None):
            return text
        return "\n".join((*lines[:at], said["word"], f"เลขที่ {said['number']}", *lines[at + 1 :]))
    return text


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


def _says_more(text: str, names: Collection[str]) -> bool:
    """Whether anything but the line of the command says something: a condition, a second thought, a further wish."""
    lines = text.splitlines()
    at = next((at for at, line in enumerate(lines) if not _GREETING.match(line.strip()) and _bare(line)), 0)
    return _conditional(text) or not says_nothing_more((*lines[:at], *lines[at + 1 :]), names)


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
    return _POLITE.sub("", _ORNAMENT.sub("", normalise(line).strip()[:_LONGEST])).casefold()
