"""The lines of a mail in which a wish may stand: without greeting above and signature below."""

import re

from parsers.thai.text import normalise

LOOKED_AT = 40  # lines of a mail
# "เรียน ผู้ดูแลระบบ", "สวัสดีค่ะ", "Dear team,": a line of address that asks for nothing.
_GREETING = re.compile(
    r"^(?:(?:กราบ)?เรียน\s?(?!ว่า)(?:\S+\s?){0,6}$|(?:สวัสดี|หวัดดี)(?:\S*\s?){0,3}$|dear\b|hello\b|hi\b|to\b)", re.IGNORECASE
)
# "--", "โทร. 054-…", "ส่งจาก iPhone ของฉัน", "ขอแสดงความนับถือ": here the signature begins.
_SIGNATURE = re.compile(
    r"^(?:[-–—_=*~.\s]{2,}$|โทร|tel\b|line\s?[:@]|ส่งจาก|sent from|ขอแสดงความนับถือ|ด้วยความเคารพ|จึงเรียนมา|get outlook)",
    re.IGNORECASE,
)
_GREETS = 60  # characters; a longer line that begins so says something
_ASKS = ("ขอ", "ช่วย", "รบกวน", "ทราบ", "แจ้ง")  # behind a greeting in the same line something is asked


def own_lines(text: str) -> tuple[str, ...]:
    """The lines that say something, in order, as they were written."""
    found: list[str] = []
    for line in (normalise(each).strip() for each in text.splitlines()[:LOOKED_AT]):
        if found and _SIGNATURE.match(line):
            break
        if line and not line.startswith(">") and not _SIGNATURE.match(line) and not _is_greeting(line):
            found.append(line)
    return tuple(found)


def _is_greeting(line: str) -> bool:
    return len(line) <= _GREETS and bool(_GREETING.match(line)) and not any(word in line[4:] for word in _ASKS)
