"""What is doubtful about days: a year whose days off are not all known, a deadline on a day off or without an hour, too short a time.

Pure. ``ruam doctor`` says it in English, the digest in Thai; neither stops anything, since the department sets the dates.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular

# A letter must get from the district to its organisations and back, and the reminders half-way, three and one working
# days before the deadline fall on each other in less than a week.
FEWEST_DAYS = 5
CABINET_DECIDES = 10  # from October on: the cabinet sets the next year's days in the last quarter (2568: on 2 December)
MIDNIGHT = datetime.time()
NAMES = {"reporters": "กำหนดผู้รายงาน", "cutoff": "วันจัดทำร่าง", "department": "กำหนดส่วนกลาง"}


@dataclass(frozen=True)
class Warned:
    """One warning in both languages; ``about`` is a slug, "" for the calendar itself."""

    about: str
    english: str
    thai: str

    def line(self, bureau: Bureau) -> str:
        """The Thai as a digest of several circulars tells it: with the one that it is about."""
        about = bureau.circulars.get(self.about)
        return f"{about.wording.subject} [{self.about}]: {self.thai}" if about else self.thai


def calendar_warnings(bureau: Bureau, now: datetime.datetime) -> tuple[Warned, ...]:
    """What staff should know, the calendar itself first. Only of circulars whose deadline is still to come."""
    coming = [one for one in bureau.circulars.values() if one.deadlines.department >= now]
    found = [*_unknown_years(bureau, coming, now)]
    for circular in coming:
        found += [*_of_deadlines(bureau, circular, now), *_too_short(bureau, circular, now)]
    return tuple(found)


def _unknown_years(bureau: Bureau, coming: list[Circular], now: datetime.datetime) -> Iterator[Warned]:
    wanted = {now.year} | {one.deadlines.department.year for one in coming}
    wanted |= {now.year + 1} if now.month >= CABINET_DECIDES else set()
    for year in sorted(wanted):
        if not bureau.calendar.knows(year):
            buddhist = year + 543
            yield Warned(
                "",
                f"the cabinet's days off of {year} ({buddhist}) are not known here yet; once they are announced, update "
                f"Ruam or enter each: ruam holiday add {buddhist}-MM-DD --because ... --by ...",
                f"ยังไม่ทราบวันหยุดตามมติคณะรัฐมนตรีของปี {buddhist} ครบถ้วน (รวมถึงวันพืชมงคล) เมื่อมีประกาศแล้วโปรดแจ้งผู้ดูแลระบบให้เพิ่มวันหยุด",
            )


def _of_deadlines(bureau: Bureau, circular: Circular, now: datetime.datetime) -> Iterator[Warned]:
    for key, name in NAMES.items():
        moment: datetime.datetime = getattr(circular.deadlines, key)
        if moment < now:
            continue
        if moment.timetz().replace(tzinfo=None) == MIDNIGHT:
            yield Warned(
                circular.slug,
                f"deadlines.{key} has no hour, so it is the first moment of {moment:%Y-%m-%d}; write T16:30",
                f"{name}ไม่ได้ระบุเวลา จึงครบกำหนดตั้งแต่เริ่มวันที่ {bureau.moment(moment)}",
            )
        if not bureau.calendar.is_working(moment.date()):
            yield Warned(
                circular.slug,
                f"deadlines.{key} {moment:%Y-%m-%d} is a day off; see whether the working day before is meant",
                f"{name} {bureau.moment(moment)} ตรงกับวันหยุด",
            )


def _too_short(bureau: Bureau, circular: Circular, now: datetime.datetime) -> Iterator[Warned]:
    deadlines = circular.deadlines
    days = bureau.calendar.working_days_between(deadlines.opens.date(), deadlines.reporters.date())
    if days < FEWEST_DAYS and now <= deadlines.reporters:
        yield Warned(
            circular.slug,
            f"{days} working days lie between opening and the reporters' deadline; districts need {FEWEST_DAYS} to ask "
            "their organisations, and reminders fall on each other in fewer",
            f"มีเวลารายงานเพียง {days} วันทำการ น้อยกว่า {FEWEST_DAYS} วันทำการที่อำเภอใช้แจ้งต่อและรวบรวม",
        )
