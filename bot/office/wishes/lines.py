"""The lines of a mail in which a wish may stand: without greeting above and signature below."""

import re

from bot.office.wishes.nothing_more import says_nothing_more
from parsers.thai.text import normalise

LOOKED_AT = 40  # lines of a mail
# "เรียน ผู้ดูแลระบบ", "สวัสดีค่ะ", "Dear team,": a line of address that asks for nothing.
_GREETING = re.compile(
    r"^(?:(?:กราบ)?เรียน\s?(?!ว่า)(?:\S+\s?){0,6}$|(?:สวัสดี|หวัดดี)(?:\S*\s?){0,3}$|dear\b|hello\b|hi\b|to\b)", re.IGNORECASE
)
# "--", "โทร. 054-…", "ส่งจาก iPhone ของฉัน", "ขอแสดงความนับถือ": here the signature begins.
_SIGNATURE = re.compile(
    r"^(?:[-–—_=*~.\s]{2,}$|โทร(?:ศัพท์|สาร)?[\s.:]{0,4}[\d๐-๙(+]|tel\b|line\s?[:@]|ส่งจาก|sent from|ขอแสดงความนับถือ|ด้วยความเคารพ|จึงเรียนมา|get outlook)",
    re.IGNORECASE,
)
# "1. ขยาย…", "2) ขอ…": a numbered thing, with a blank or a letter behind; not "12.30" or "ม.10".
_ITEM = re.compile(r"(?:^|(?<=\s))([1-9])[.)]\s?(?=[ก-๎a-zA-Z])", re.MULTILINE)
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


def items_in(text: str) -> int:
    """How many numbered things a text asks for: 1. … 2. …, each on its line or in a row; 0 where it numbers none."""
    numbers = [int(found[1]) for found in _ITEM.finditer(normalise(text))]
    return len(numbers) if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)) else 0


def parts_of(text: str) -> tuple[str, ...]:
    """The numbered things of a text, or else its lines that say something."""
    if not items_in(text):
        return own_lines(text)
    pieces = _ITEM.split(normalise(text))
    heads = own_lines(pieces[0])
    return tuple(" ".join(lines) for lines in (heads, *map(own_lines, pieces[2::2])) if lines)


def has_two_voices(text: str) -> bool:
    """Whether a text goes on below a rule: what stands above it may be another's words, passed on."""
    above, rule, below = normalise(text).partition("\n---\n")
    lines = [line.strip() for line in below.splitlines()]
    return bool(rule and above.strip()) and not says_nothing_more(lines)


def _is_greeting(line: str) -> bool:
    return len(line) <= _GREETS and bool(_GREETING.match(line)) and not any(word in line[4:] for word in _ASKS)
