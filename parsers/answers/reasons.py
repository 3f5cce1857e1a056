"""Reasons that people give for a figure: beside its row in the form, or in a line of the mail.

Owns the words by which a reason begins and those that take it back. A bare "correct" gives no reason. Knows nothing of
which figures were asked after.
"""

import re
from dataclasses import dataclass

from parsers.doubts.notes import words_beside
from parsers.grid import Cell
from parsers.organisations.type_words import TypeWords
from parsers.secrets.mask import mask_secrets
from parsers.tables.model import Table
from parsers.thai.text import ascii_digits, heading_key

LONGEST = 300  # characters of a reason that are kept
LINES_CAP = 60  # a mail beside a form has some ten lines; quoted mails were cut before

_BEGINS = r"(?:ถูกต้อง|ยืนยัน|เพราะ|เนื่อง(?:มา)?จาก)"
# "ถูกต้อง เพราะ …", "หมายเหตุ: เนื่องจาก …", "ขอยืนยัน …", "ข้อมูลถูกต้อง …".
_NOTE = re.compile(rf"\W*+(?:หมายเหตุ|ชี้แจง|คำชี้แจง|เหตุผล)?\W*+(?:ขอ|ข้อมูล|ตัวเลข|ค่านี้|ค่า|ยอด)?\s*+{_BEGINS}")
# "... ถูกต้อง เพราะ น้ำท่วม" anywhere in a line; not "ไม่ถูกต้อง".
_REASON = re.compile(rf"(?<!ไม่){_BEGINS}")
# "ไม่ถูกต้อง", "พิมพ์ผิด", "ขอแก้เป็น …", "ที่ถูกต้องคือ …": the figure does not stand. A question gives no reason.
_AGAINST = re.compile(
    r"ไม่\s*+ถูก|ผิด(?!ปกติ|ชอบ|ฤดู)|คลาดเคลื่อน|ขอแก้|แก้(?:ไข)?\s*+(?:เป็น|จาก|ใหม่|ให้)|(?:ที่ถูก(?:ต้อง)?|ถูกต้อง)\s*+(?:คือ|ควร|เป็น(?!เพราะ|ไป))|ควร(?:จะ)?เป็น|\?"
)
# What is said beside a reason and is none: "ยืนยันว่าข้อมูลถูกต้องแล้วค่ะ".
_NO_REASON = re.compile(
    rf"{_BEGINS}|ว่า|ข้อมูล|ตัวเลข|ค่า|ยอด|นี้|ตามที่|ตาม|แจ้ง|รายงาน|เดิม|จริง|แล้ว|ทุกประการ|ครบถ้วน|ครับ|ค่ะ|คะ|นะ|และ|เป็น|ด้วย|ขอ|ที่|ไว้|ส่ง"
)
_LETTERS = 4  # of a reason, at least: ฝนตก
# "ยืนยันตามเดิม": stands by the figure.
_CONFIRMS = re.compile(r"ถูกต้อง|ยืนยัน")
# "เนื่องจากฝนตก": goes on to say why.
_GOES_ON = re.compile(r"เพราะ|เนื่อง(?:มา)?จาก")
# "D7", "d 7" is none; a code such as "w5827" names no cell of any form and so explains nothing.
_CELL = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,3}[1-9][0-9]{0,5}(?![A-Za-z0-9])")


@dataclass(frozen=True)
class Explaining:
    """A line of a mail that gives a reason, and what it names before that."""

    reason: str
    cells: tuple[str, ...]  # addresses such as D7
    names: tuple[str, ...]  # of organisations, as written
    about: str  # heading key of all that stands before the reason
    confirms: bool  # it says that the figure is correct


def reason_beside(table: Table, row: int) -> str:
    """What stands in a row, in a column for notes or one without a heading, and begins as a reason; empty where nothing does."""
    return _kept(" / ".join(words_beside(table, row, _is_reason)))


def reason_on(table: Table, cell: Cell, beside: str) -> str:
    """The reason for one cell: in a comment on it, else the one ``beside`` its row."""
    comment = table.grid.comments.get((cell.row, cell.column), "")
    return _kept(comment) if _is_reason(comment) else beside


def _is_reason(text: str) -> bool:
    return bool(_NOTE.match(text)) and _says_why(text)


def said_lines(text: str, names: TypeWords) -> list[tuple[str, Explaining | None]]:
    """The lines of a mail's own text, each with the reason it gives; a line that begins with one goes on with the line above."""
    every = [line.strip() for line in text.split("\n") if line.strip()]
    lines: list[str] = []
    for line in every[:LINES_CAP]:
        if lines and _GOES_ON.match(line) and _CONFIRMS.search(lines[-1]):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return [*((line, _explains(line, names)) for line in lines), *((line, None) for line in every[LINES_CAP:])]


def _explains(line: str, names: TypeWords) -> Explaining | None:
    found = _REASON.search(line[:1000])
    if found is None or not _says_why(line[found.start() :]) or _AGAINST.search(line):
        return None
    before = ascii_digits(line[: found.start()])
    cells = tuple(dict.fromkeys(cell.upper() for cell in _CELL.findall(before)))
    reason = line[found.start() :]
    return Explaining(
        _kept(reason), cells, tuple(names.names_within(before)), heading_key(before), bool(_CONFIRMS.search(reason))
    )


def _says_why(text: str) -> bool:
    # "ฝนตก..." as ฝนตก: letters alone count.
    said = re.sub(r"[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", "", _NO_REASON.sub("", text))
    return len(said) >= _LETTERS and not _AGAINST.search(text)


def _kept(text: str) -> str:
    flat = " ".join(mask_secrets(text).split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1].rstrip()}…"
