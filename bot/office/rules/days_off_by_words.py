"""Wishes about the office's calendar: a day off, or a day worked after all. Pure."""

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.holiday import Holiday
from bot.office.rounds.instruction import Done
from bot.office.rules.holidays import changes_nothing, enter_holiday, in_thai
from bot.office.rules.wish_asked import Asked

NO_REASON = "ตามคำสั่งเจ้าหน้าที่"  # where none was given


def day_off(asked: Asked) -> Done:
    """The office is closed on that day."""
    return _entered(asked, off=True)


def day_worked(asked: Asked) -> Done:
    """The office works on that day."""
    return _entered(asked, off=False)


def _entered(asked: Asked, *, off: bool) -> Done:
    day = asked.wish.day
    if day is None:
        raise ValueError("a wish about a day has its day")
    entry = Holiday(day, off, asked.wish.why or NO_REASON, asked.word.by, asked.now)
    said = in_thai(asked.bureau, entry)
    if off and day < asked.now.astimezone(BANGKOK).date():  # 29 พ.ย. 2566, said in 2567: the year is a slip
        return Done(f"{said}ไม่ได้ เพราะเป็นวันที่ผ่านไปแล้ว โปรดตรวจสอบวันที่และปี พ.ศ. แล้วสั่งใหม่")
    if changes_nothing(asked.bureau.calendar, entry):
        return Done(f"{said} อยู่แล้ว")
    return Done(f"บันทึกว่า{said}", enter_holiday(entry))
