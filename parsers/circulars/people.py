"""Which people a form is about by its title: the same columns may ask for the elderly, or for the disabled.

Owns the words for such groups of people. Only where a title names none of those the circular names is it about others.
"""

import re
from collections.abc import Iterable

from parsers.thai.text import normalise

_GROUPS = (
    "ผู้สูงอายุ|ผู้สูงวัย|คนชรา",
    "(?:ผู้|คน)พิการ|ความพิการ|ทุพพลภาพ",
    "เอดส์|เอชไอวี|hiv",
    "เด็กแรกเกิด|เด็กเล็ก|เด็กปฐมวัย|ศพด",
    "นักเรียน|นักศึกษา",
    "สตรี(?!ท)|หญิงตั้งครรภ์|มารดา",
    "ผู้ด้อยโอกาส|ผู้ยากไร้|ผู้มีรายได้น้อย|คนไร้ที่พึ่ง",
    "ผู้ป่วยติดเตียง|ผู้ป่วยติดบ้าน|ผู้มีภาวะพึ่งพิง",
    "ผู้เสพ|ผู้ติดยา",
    "เกษตรกร",
    "อสม|อาสาสมัคร",
)
# "ผู้พิการ", "เด็กแรกเกิด", "นักเรียน": any of the words of one group of people.
_EACH = tuple(re.compile(group, re.IGNORECASE) for group in _GROUPS)
# A title, or a sheet's name: "แบบรายงานการจ่ายเบี้ยความพิการ", "ผู้พิการ"; not the name of an office in a letter's head.
_TITLE = re.compile(
    rf"[\W\d]*+(?:แบบ|ราย(?:งาน|ชื่อ|ละเอียด)|สรุป|ตาราง|บัญชี|ข้อมูล|การ|ผล|สำรวจ|ทะเบียน|จำนวน|เบี้ย|{'|'.join(_GROUPS)})",
    re.IGNORECASE,
)


def other_people(titles: Iterable[str], asked: Iterable[str]) -> tuple[str, str] | None:
    """How titles name people whom a circular's words do not, and how these name those asked for; None where they agree."""
    said: dict[int, str] = {}
    for text in map(normalise, titles):
        if _TITLE.match(text):
            said |= {group: found for group, found in _named(text).items() if group not in said}
    wanted: dict[int, str] = {}
    for text in asked if said else ():
        wanted |= _named(normalise(text))
    if not said or not wanted or said.keys() & wanted.keys():
        return None
    return next(iter(said.values())), next(iter(wanted.values()))


def _named(text: str) -> dict[int, str]:
    return {at: found[0] for at, group in enumerate(_EACH) if (found := group.search(text))}
