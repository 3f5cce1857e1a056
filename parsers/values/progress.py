"""How far something is: done, under way or not done, in a circular's own words, with a mark, or as clerks say it."""

import re

from parsers.form.form import Form
from parsers.form.question import Question
from parsers.thai.text import ascii_digits, comparison_key
from parsers.values.choices import chosen
from parsers.values.not_reported import is_not_reported
from parsers.values.numbers import LONGEST
from parsers.values.tick_marks import Tick, tick
from parsers.values.tick_words import TURN, asked_by, is_unsure

# "อยู่ระหว่างดำเนินการ", "กำลังจัดทำ": begun and not at its end. "จะดำเนินการ" and "รอ" are not begun.
_UNDER_WAY = re.compile("(?:ขณะนี้|ปัจจุบัน)?(?:อยู่(?:ใน)?(?:ระหว่าง|ขั้นตอน)|(?:ใน)?ระหว่าง|กำลัง)(?!รอ|จะ)")
# "ยังไม่แล้วเสร็จ", "ใกล้แล้วเสร็จ", "คาดว่าจะแล้วเสร็จ มี.ค.", "จะดำเนินการให้แล้วเสร็จ": not at its end; whether it was begun is not said, but of "ใกล้".
_NOT_ENDED = re.compile("(?:ยังไม่|ไม่)(?:แล้ว)?เสร็จ|ใกล้|เกือบ|จวน|คาดว่า|จะ.{0,30}เสร็จ")
# "2 จาก 3 แห่ง", "4 ใน 5".
_PART = re.compile(r"(?<!\d)(\d{1,3})\s?(?:แห่ง|จุด|หลัง|หมู่บ้าน)?\s?(?:จาก|ใน)(?:ทั้งหมด|จำนวน)?\s?(\d{1,3})(?!\d)")
# Nothing but the doing itself behind it: no guess.
_PLAIN = re.compile("(?:การ|ดำเนินการ|จัดทำ|ดำเนินงาน|ปฏิบัติ|ทำ)*")
_MEANT = {Tick.YES: (0, False), Tick.GUESSED_YES: (0, True), Tick.NO: (2, False), Tick.GUESSED_NO: (2, True)}


def how_far(said: str, question: Question, form: Form) -> tuple[str | None, bool]:
    """The one of the question's three words that ``said`` (normalised) means, and whether it is a guess; None for none."""
    if (part := _PART.search(ascii_digits(said))) and int(part[1]) < int(part[2]):
        return None, False  # ซ่อมแล้ว 2 จาก 3 แห่ง
    named, guessed = chosen(said[:LONGEST], question.choices)
    if named is not None:
        return named, guessed
    key = comparison_key(said)
    if is_not_reported(key):
        return None, False
    begun = _UNDER_WAY.match(key)
    if begun and len(said) <= LONGEST and not TURN.search(key) and not is_unsure(said):
        return question.choices[1], not _PLAIN.fullmatch(key, begun.end())
    if _NOT_ENDED.search(key):
        return None, False
    place, guessed = _MEANT.get(tick(said, form.yes, form.no, asked_by(question)), (None, False))
    return (None if place is None else question.choices[place]), guessed
