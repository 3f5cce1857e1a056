"""What a mail only repeats: a wish in quotation marks, or another person's from a chat. It is none of the writer's own."""

import re
from collections.abc import Sequence

from bot.office.wishes.conditions import without_politeness
from bot.office.wishes.spelling import plain

# "\"เตือนวังชิ้นตอนนี้\"", "“ขอขยายเวลา”": a stretch in quotation marks.
_QUOTED = re.compile(r"[\"“”«][^\"“”«»]{1,300}[\"“”»]")
_SIGNS = " \"“”«»'‘’.,:;!()"
# "09:42 รัตนา ลอง: ขอ…", "คุณรัตนา: ขอ…", "พี่เอ๋ อ.ลอง : ขอ…": a line of a chat that says who wrote it; not "เวลา 09:42 น.".
_OF_CHAT = re.compile(
    r"^[\"“'‘\s]{0,3}(?:\d{1,2}[:.]\d{2}(?!\d)\s?(?!\s?น(?![ก-๙]))|(?:คุณ|พี่|น้อง|ผอ\.|ปลัด|นาย|นาง)[^:@\d]{1,40}:\s?\S)"
)
_REPORTS = ("ว่า", "ว่า:", "ว่า :")  # the end of a line under which another's words stand


def is_quoted(lines: Sequence[str], at: int, place: int) -> bool:
    """Whether the letter at ``place`` of a line (``plain``) stands in quotation marks and the mail says more than those."""
    line = plain(lines[at])
    span = next((found.span() for found in _QUOTED.finditer(line) if found.start() <= place < found.end()), None)
    if span is None:
        return False
    around = (line[: span[0]], line[span[1] :], *lines[:at], *lines[at + 1 :])
    return any(without_politeness(plain(said)).strip(_SIGNS) for said in around)


def is_of_chat(lines: Sequence[str], at: int) -> bool:
    """Whether a line is another person's words: from a chat, by its own head or the line above, or told by the line above."""
    above = plain(lines[at - 1]) if at else ""
    headed = bool(_OF_CHAT.match(above)) or above.endswith(_REPORTS)
    return headed or bool(_OF_CHAT.match(plain(lines[at])))


def repeats(lines: Sequence[str]) -> bool:
    """Whether any line is another person's words or holds some in quotation marks."""
    return any(is_of_chat(lines, at) or _QUOTED.search(plain(line)) for at, line in enumerate(lines))
