"""Whom a line of words names: reporters, organisations, all of them, a circular."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.office.model.bureau import Bureau
from bot.office.model.roster import Roster
from bot.office.wishes.spelling import Loose, loose
from parsers.thai.text import ascii_digits

DISTRICT = "อำเภอ"
_ALL = ("ทุกอำเภอ", "ทุกแห่ง", "ทุกหน่วย", "ทั้งหมด", "ทั้งจังหวัด", "ทุกคน", "ทุกที่", "ทุกหน่วยงาน", "ทุก อปท")
# What may stand straight before and behind a district's bare name: ลอง and สอง are words of every day.
_BEFORE = ("ให้", "ของ", "กับ", "และ", "เตือน", "เลื่อน", "ทวง", "ถึง", "เมล", "เมล์", "อีเมล", "สถานะ", "เว้น", "อ.")
_BEHIND = (
    *("ถึง", "ตอนนี้", "เดี๋ยวนี้", "เลย", "ใหม่", "อีก", "กับ", "และ", "ให้", "หน่อย", "ด้วย", "เป็น", "ไม่ต้อง", "ครับ", "ค่ะ", "คะ"),
    *("ไป", "แล้ว", "ที", "ทันที", "วันนี้"),
)
_THAI = re.compile("[ก-๎]")  # a letter, vowel or mark
# "ว 5827", "ว5827", "ว. 5827": the running number by which people call a circular.
_CALLED = re.compile(r"(?<![ก-๙])ว\s?\.?\s?(\d{2,7})(?!\d)")
_TYPES = ("อบต", "ทต", "ทม", "ทน", "อบจ", "เทศบาล", "องค์การบริหาร")


@dataclass(frozen=True)
class People:
    """Who is named, in the order of the line, and where. ``unknown``: somebody is named whom the roster does not have."""

    reporters: tuple[str, ...] = ()  # keys; an organisation that answers for itself is one
    organisations: tuple[str, ...] = ()  # codes
    everyone: bool = False
    unknown: bool = False
    spans: tuple[tuple[int, int], ...] = ()


def people_in(line: Loose, roster: Roster) -> People:
    """Whom the line names."""
    found: list[tuple[int, int, str]] = []
    for name, key in _names(roster):
        found += ((start, end, key) for start, end in _stretches(line, name) if not _taken(found, start, end))
    found += _bare(line, roster, found)
    found.sort()
    whole = roster.by_key
    keys = tuple(dict.fromkeys(key for _, _, key in found if key))
    reporters = tuple(_reporter_of(roster, key) for key in keys)
    codes = tuple(code for key in reporters for code in whole[key].organisations if len(whole[key].organisations) == 1)
    everyone = any(loose(word) in line.key for word in _ALL)
    spans = tuple((start, end) for start, end, _ in found)
    return People(reporters, codes, everyone, _strange(line, spans) or any(not key for _, _, key in found), spans)


def _names(roster: Roster) -> list[tuple[str, str]]:
    """Every full name with whose it is, the longest first; a name of two belongs to nobody ("")."""
    whose: dict[str, str] = {}
    for organisation in roster.organisations:
        for name in {organisation.official_name, organisation.short_name}:
            whose[name] = "" if name in whose else organisation.code
        if organisation.place:
            whose[organisation.printed_name] = whose[organisation.printed_short] = organisation.code
    for contact in roster.contacts:
        whose[contact.reporter.name] = contact.reporter.key
        if contact.reporter.name.startswith(DISTRICT):
            whose[f"อ.{contact.reporter.name.removeprefix(DISTRICT)}"] = contact.reporter.key
    return sorted(whose.items(), key=lambda one: -len(loose(one[0])))


def _stretches(line: Loose, name: str) -> Iterator[tuple[int, int]]:
    """Where a name stands in the text. One that begins with a letter alone, อ.ลอง, begins no word's end: not ขอลอง."""
    key = loose(name)
    start = line.key.find(key)
    while start >= 0:
        span = line.span(start, start + len(key))
        if not name.startswith("อ.") or _is_abbreviated(line.text, span[0]):
            yield span
        start = line.key.find(key, start + len(key))


def _is_abbreviated(text: str, at: int) -> bool:
    begins = at == 0 or not _THAI.match(text[at - 1]) or text[:at].endswith(_BEFORE)
    return begins and text[at + 1 : at + 2] in {".", " "}


def _bare(line: Loose, roster: Roster, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Districts that are named without their type: อำเภอลอง as ลอง, with words around that leave no doubt."""
    more: list[tuple[int, int, str]] = []
    for contact in roster.contacts:
        name = contact.reporter.name.removeprefix(DISTRICT)
        if name == contact.reporter.name:
            continue
        for start, end in _stretches(line, name):
            before, behind = line.text[:start], line.text[end:]
            parted = not before or not _THAI.match(before[-1]) or before.endswith(_BEFORE)
            ended = not behind or not _THAI.match(behind[0]) or behind.startswith(_BEHIND)
            if parted and ended and not _taken([*found, *more], start, end):
                more.append((start, end, contact.reporter.key))
    return more


def _taken(found: Iterable[tuple[int, int, str]], start: int, end: int) -> bool:
    return any(start < there and end > here for here, there, _ in found)


def _reporter_of(roster: Roster, key: str) -> str:
    """The key of who reports for it alone: อบจ.แพร่ is the reporter ``pao``."""
    alone = (c.reporter.key for c in roster.contacts if c.reporter.organisations == (key,))
    return next(alone, key)


def _strange(line: Loose, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a type stands in the line whose name the roster does not have: somebody is meant, and it is not known who."""
    left = list(line.text)
    for start, end in spans:
        left[start:end] = " " * (end - start)
    rest = "".join(left)
    return any(_begins_name(rest, word) for word in _TYPES) or _begins_name(rest.replace("ทุกอำเภอ", ""), DISTRICT)


def _begins_name(text: str, word: str) -> bool:
    at = text.find(word)
    behind = text[at + len(word) :].lstrip(". ") if at >= 0 else ""
    own = at == 0 or (at > 0 and not _THAI.match(text[at - 1])) or text[:at].endswith(_BEFORE)
    return own and bool(_THAI.match(behind)) and not behind.startswith((*_BEHIND, "ไหน", "ใด", "ที่", "นี้", "เรา", "ครับ"))


def circular_in(text: str, bureau: Bureau) -> str:
    """Slug of the one circular that a text names by its token, its running number or its title; "" where none or several."""
    plain = ascii_digits(text).casefold()
    numbers = set(_CALLED.findall(plain))
    found = {
        slug
        for slug, circular in bureau.circulars.items()
        if slug in plain.replace("[", " ").replace("]", " ").split()
        or ascii_digits(circular.number).rpartition("/")[2].strip("ว .") in numbers
        or loose(circular.wording.subject) in loose(text)
    }
    return found.pop() if len(found) == 1 else ""
