"""What a mail tells outright, where the grammar found no wish that stands by itself: a cell and its value, how to word a wish, whether a thing was done."""

import re
from collections.abc import Collection, Sequence

from bot.office.wishes.cells_wished import correction_told
from bot.office.wishes.conditions import is_conditional, is_denied
from bot.office.wishes.grammar import Understood, about
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import plain
from bot.office.wishes.wish import Verb, Wish

_CELL_WITHIN = 250  # characters of a mail that tells of one cell; a longer one tells a story
# "เราปิดเรื่องนมไปหรือยังครับ": whether it was done is asked, which the status tells.
_WHETHER_DONE = re.compile("หรือยัง|รึยัง|แล้วยัง|แล้วใช่|ไปแล้วหรือ|ใช่ไหม|ใช่มั้ย")
# "ต้องพิมพ์ว่ายังไง", "สั่งอย่างไร": how a wish is worded is asked.
_ASKS_HOW = re.compile(
    r"(?:พิมพ์|สั่ง|ใช้คำ|เขียน|ตอบกลับ|บอกระบบ)(?:ว่า|ระบบ|คำ|ใน|ไป|มา|\s){0,3}(?:ยังไง|อย่างไร|อะไร|ว่าไง|แบบไหน|คำไหน|ไหน)"
)
# "ไหม", "หรือ", "ทำไง": something is asked; not หรือไม่ of a column's name.
_ASKS = re.compile(r"ไหม(?!่)|มั้ย|มั๊ย|ทำไม|ยังไง|อย่างไร|หรือ(?!ไม่)|รึเปล่า|ใช่มะ")


def told_plainly(
    found: Understood, lines: Sequence[str], speaker: Speaker, expected: Collection[Verb]
) -> Understood | None:
    """What the lines tell outright, as likely as what they are like; None where they tell nothing of the kind.

    ``found``: by the grammar; ``expected``: the meanings that such a mail may have.
    """
    if (told := _correction(found, lines, speaker, expected)) is not None:
        return told
    if speaker.staff and Verb.HELP in expected and _ASKS_HOW.search(plain(" ".join(lines))):
        return Understood(Wish(Verb.HELP), verbs=(Verb.HELP,), likely=True)
    if Verb.STATUS in expected and _asks_whether_done(found, lines):
        return about(Understood(Wish(Verb.STATUS), verbs=(Verb.STATUS,), likely=True), lines, speaker)
    return None


def _asks_whether_done(found: Understood, lines: Sequence[str]) -> bool:
    """Whether a mail asks if a round was closed or opened."""
    verb = found.wish.verb if found.wish and not found.plain and not found.several else None
    return verb in {Verb.CLOSE, Verb.REOPEN} and bool(_WHETHER_DONE.search(plain(" ".join(lines))))


def _correction(
    found: Understood, lines: Sequence[str], speaker: Speaker, expected: Collection[Verb]
) -> Understood | None:
    """One cell and its value, told in plain words; None where another wish is meant, or something is asked or set as condition."""
    verb = found.wish.verb if found.wish else None
    whole = verb is Verb.CORRECT and found.wish is not None and not found.wish.lacks
    asks = "?" in "".join(lines) or any(is_denied(line, Verb.CORRECT, 0) or _ASKS.search(line) for line in lines)
    if {*expected} <= {Verb.CANCEL} or whole or verb not in {None, Verb.CORRECT, Verb.STATUS, Verb.FORM} or asks:
        return None
    if sum(map(len, lines)) > _CELL_WITHIN or is_conditional(lines, Verb.CORRECT):
        return None
    wish = correction_told(lines, speaker)
    return about(Understood(wish, verbs=(Verb.CORRECT,), likely=True), lines, speaker) if wish else None
