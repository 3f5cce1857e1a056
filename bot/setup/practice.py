"""A practice circular: a short form that every district can answer in a minute, and a report that goes to the office's own staff."""

import datetime
from collections.abc import Sequence

from bot.config.roster_writing import listed, quoted
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar

DAYS = 5  # working days that reporters have
DEPARTMENT_DAYS = 7  # and until the report is due


def practice_circular(province: str, staff: Sequence[str], now: datetime.datetime) -> str:
    """The text of ``circular.toml``; it opens at once."""
    today = now.astimezone(BANGKOK).date()
    answer, report = _working_day(today, DAYS), _working_day(today, DEPARTMENT_DAYS)
    return f"""\
# A practice circular, made by `ruam init`: the report goes to your own staff. Take it out of [office] circulars when you are done.

slug = "practice"
number = "ซ้อม ๑"
dated = {today.isoformat()}
title = "การซ้อมรายงานทางอีเมลของจังหวัด{province}"

[department]
name = {quoted(f"สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด{province}")}
salutation = {quoted(f"ท้องถิ่นจังหวัด{province}")}
to = {listed(staff)}

[deadlines]
opens = {now.astimezone(BANGKOK):%Y-%m-%dT%H:%M:00}
reporters = {answer.isoformat()}T16:30:00
cutoff = {report.isoformat()}T10:00:00
department = {report.isoformat()}T16:30:00

[reminders]
working_days_before = [1]

[wording]
subject = "การซ้อมรายงานทางอีเมล"
opening = "ฉบับนี้เป็นการซ้อม ไม่มีผลทางราชการ ขอความร่วมมือกรอกแบบสั้น ๆ ที่แนบ แล้วตอบกลับอีเมลฉบับนี้พร้อมแนบไฟล์ เพื่อทดลองระบบรับรายงานทางอีเมลของจังหวัด{province}"

[form]
title = "แบบซ้อมรายงานทางอีเมล"
sheet = "แบบซ้อม"
organisation_label = "ชื่อ อปท."
blank = "missing"

[[form.question]]
key = "received"
kind = "tick"
label = "ได้รับหนังสือแจ้งทางอีเมล"

[[form.question]]
key = "people"
kind = "integer"
label = "จำนวนผู้ใช้อีเมลของหน่วยงาน (คน)"
unit = "คน"
minimum = 0

[[form.remark]]
key = "obstacles"
label = "ข้อเสนอแนะ"
"""


def _working_day(day: datetime.date, count: int) -> datetime.date:
    calendar = Calendar()
    while count:
        day += datetime.timedelta(days=1)
        count -= calendar.is_working(day)
    return day
