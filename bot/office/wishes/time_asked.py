"""A reporter's wish for more time within a story: คนทำลาคลอดค่ะ ถ้าเป็นวันอังคารที่ 3 ธ.ค. ได้ไหมคะ. Staff read the whole and decide."""

import datetime
import re
from collections.abc import Sequence

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import LAST_MINUTE
from bot.office.wishes.days import Found, days_named
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import plain
from bot.office.wishes.spoken_days import is_another_weekday
from bot.office.wishes.wish import Verb, Wish

_DAY = "☼"  # stands for a day that is still to come
_MAY = r"(?:จะ)?(?:พอ)?(?:ได้|ว่า|ดี|โอเค)?\s?(?:ไหม(?!่)|มั้ย|มั๊ย|หรือไม่|หรือเปล่า|ก่อ(?!น)|บ่(?!าย)|ป่ะ|ปะ)"
# "ถ้าเป็น ☼ ได้ไหม", "ขอของ … แห่งเดียวเป็น ☼ ได้ไหมคะ", "ขอส่งเฉพาะ … ☼ นะคะ": a day is asked for.
_ASKS_DAY = re.compile(
    rf"(?:ถ้า|หาก)(?:จะ|ขอ)?(?:เป็น|เลื่อน|ส่ง)(?:ไป|ส่ง|เป็น)?[^{_DAY}]{{0,20}}{_DAY}[^{_DAY}]{{0,25}}?{_MAY}"
    rf"|(?<!ไม่)ขอ(?:อนุญาต)?(?:รอ|ส่ง|ของ|เป็น|เลื่อน|ไปส่ง)[^{_DAY}]{{0,45}}{_DAY}[^{_DAY}]{{0,25}}?(?:{_MAY}|นะ|ครับ|ค่ะ|ได้)"
)
# "ขอเลื่อนได้ไหมคะ", "ขอเลยไปอีกหน่อยได้ไหม", "ขอผ่อนผันไปก่อนนะครับ": more time, and no day.
_ASKS_TIME = re.compile(
    rf"(?<!ไม่)(?<!เคย)(?:ขอ|ถ้าจะ)(?:อนุญาต|ความกรุณา)?(?:ขอ)?(?:เลื่อน|ขยาย(?:เวลา|กำหนด)|ผ่อนผัน|เลยไป|ยืดเวลา|ต่อเวลา)[^{_DAY}]{{0,30}}?(?:{_MAY}|นะ|ครับ|ค่ะ|หน่อย)"
)
# "ที่ขอเลื่อนไปแล้ว", "จะโดนหักไหม", "ขอบคุณที่ให้เลื่อน": what was asked before, what others asked, what would follow, thanks.
_NOT_ASKED = re.compile(
    r"ที่(?:เคย)?ขอ(?:เลื่อน|ขยาย|ไว้|ไป)|(?:เลื่อน|ขยาย)\S{0,6}(?:ไปแล้ว|ให้แล้ว)|จะ(?:โดน|ถูก|มีผล|เป็นอะไร)|ขอบ(?:พระ)?คุณ\S{0,10}ที่\S{0,10}(?:เลื่อน|ขยาย)|ไม่ขอ|ไม่ต้องเลื่อน"
    r"|(?:เขา|เค้า|อบต\S{0,12}|เทศบาล\S{0,12})(?:ถาม|อยากรู้)|ไม่ได้\S{0,10}ขอ|ว่าขอ|ต้อง(?:ขอ|ทำหนังสือ)|กี่วัน|ขอเลื่อนกับ"
    r"|เลื่อน(?:ไป)?(?:วัน)?(?:ประชุม|อบรม|กำหนดการ|นัด|ตรวจ|งาน|ร่วม)|(?:ประชุม|อบรม|นัด)\S{0,12}ขอ"
)


def time_asked(lines: Sequence[str], speaker: Speaker) -> Wish | None:
    """The wish with its day, or without one; None where nothing of the kind is asked."""
    text = plain(" ".join(lines))
    if _NOT_ASKED.search(text):
        return None
    ahead = [one for one in days_named(text, speaker.today) if one[0] > speaker.today]
    if any(is_another_weekday(text[: span[0]], day) for day, span in ahead):
        return None
    marked = _marked(text, ahead)
    found = _ASKS_DAY.search(marked)
    if found is None:
        return Wish(Verb.MORE_TIME) if _ASKS_TIME.search(marked) else None
    day, _ = ahead[marked[: found.end()].count(_DAY) - 1]
    return Wish(Verb.MORE_TIME, until=datetime.datetime.combine(day, LAST_MINUTE, BANGKOK))


def _marked(text: str, days: Sequence[Found]) -> str:
    """The text with a sign in the place of each day."""
    for _, (start, end) in reversed(days):
        text = f"{text[:start]}{_DAY}{text[end:]}"
    return text
