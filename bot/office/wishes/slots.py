"""What a wish is about: whom, until when, which cell, which address, why; and what of it was not said."""

import dataclasses
import datetime
import re
from collections.abc import Sequence

from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.wishes.cells import questions_named, value_said
from bot.office.wishes.conditions import parted, without_politeness
from bot.office.wishes.days import day_in
from bot.office.wishes.names import People, circular_in, people_in
from bot.office.wishes.spelling import loosened
from bot.office.wishes.wish import Lack, Verb, Wish

# "somchai@district.phrae.example" within words.
_ADDRESS = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}")
# "… ช่อง จัดทำประกาศแล้ว (แก้)เป็น ✓": the column, and what it is to be.
_CELL = re.compile(
    r"(?:ช่อง|คอลัมน์|ข้อ)\s?(?P<column>.{1,200}?)\s?(?:ขอ)?(?:แก้ไข|แก้|เปลี่ยน)?(?:เป็น|ให้เป็น)\s?(?P<value>.{1,200})$"
)
_WHOM = {
    Verb.SEND_FORM,
    Verb.REMIND,
    Verb.NO_REMINDER,
    Verb.REMIND_AGAIN,
    Verb.EXTEND,
    Verb.STATUS,
    Verb.ADD_ADDRESS,
    Verb.REMOVE_ADDRESS,
}
_ONE = {Verb.EXEMPT, Verb.LIFT, Verb.CORRECT}
_DATED = {Verb.EXTEND: Lack.UNTIL, Verb.MORE_TIME: None, Verb.HOLIDAY: Lack.DAY, Verb.WORK_DAY: Lack.DAY}
_REASONED = {Verb.EXEMPT, Verb.DECLINE}
_ADDRESSED = {Verb.ADD_ADDRESS, Verb.REMOVE_ADDRESS}
_MUST_NAME = {Verb.SEND_FORM, Verb.REMIND, Verb.NO_REMINDER, Verb.REMIND_AGAIN, Verb.ADD_ADDRESS}


def with_slots(verb: Verb, lines: Sequence[str], bureau: Bureau, today: datetime.date, slug: str) -> Wish:
    """The wish of ``lines``, the first of which says the verb; the others are looked at for what it leaves out."""
    heads, reasons = zip(*map(parted, lines), strict=True)
    text = next(
        (" ".join(heads[:end]) for end in (1, len(heads)) if _says_enough(verb, " ".join(heads[:end]), today)),
        " ".join(heads),
    )
    wish = Wish(verb, circular_in(" ".join(lines), bureau), why=next(filter(None, reasons), ""))
    wish = _addressed(_dated(wish, text, today), text)
    people = people_in(loosened(text), bureau.roster)
    wish = _about_one(wish, people, bureau) if verb in _ONE else _about_whom(wish, people) if verb in _WHOM else wish
    if verb is Verb.CORRECT:
        wish = _cell(wish, text, bureau, bureau.circulars.get(wish.circular or slug), today)
    return _lacking(wish, people)


def _says_enough(verb: Verb, text: str, today: datetime.date) -> bool:
    return verb not in _DATED or day_in(text, today) is not None


def _dated(wish: Wish, text: str, today: datetime.date) -> Wish:
    named = day_in(text, today) if wish.verb in _DATED else None
    if named is None:
        return wish
    if wish.verb in {Verb.HOLIDAY, Verb.WORK_DAY}:
        return dataclasses.replace(wish, day=named.day)
    return dataclasses.replace(wish, until=named.moment())


def _addressed(wish: Wish, text: str) -> Wish:
    found = addresses_in(text) if wish.verb in _ADDRESSED | {Verb.NEW_ADDRESS} else ()
    return dataclasses.replace(wish, address=found[0]) if len(found) == 1 else wish


def addresses_in(text: str) -> tuple[str, ...]:
    """The mail addresses in a text, in lower case, each once."""
    return tuple(dict.fromkeys(_ADDRESS.findall(text.casefold())))


def _about_whom(wish: Wish, people: People) -> Wish:
    nobody = wish.verb is Verb.EXTEND and not people.reporters and not people.unknown
    everyone = people.everyone or nobody
    return dataclasses.replace(wish, reporters=() if everyone else people.reporters, everyone=everyone)


def _about_one(wish: Wish, people: People, bureau: Bureau) -> Wish:
    codes = people.organisations or tuple(key for key in people.reporters if key in bureau.roster.by_code)
    return dataclasses.replace(wish, organisation=codes[0]) if len(codes) == 1 and not people.unknown else wish


def _cell(wish: Wish, text: str, bureau: Bureau, circular: Circular | None, today: datetime.date) -> Wish:
    said = _CELL.search(text)
    kind = bureau.roster.by_code[wish.organisation].type if wish.organisation else ""
    if said is None or circular is None:
        return wish
    found = questions_named(circular, kind, said["column"])
    if len(found) != 1:
        return wish
    given = without_politeness(said["value"])
    return dataclasses.replace(wish, question=found[0].key, value=value_said(circular, found[0], given, today))


def _lacking(wish: Wish, people: People) -> Wish:
    """The wish with what must still be said, the first thing first."""
    dated = _DATED.get(wish.verb)
    named = wish.reporters or wish.everyone
    wanted = (
        (Lack.WHOM, (wish.verb in _MUST_NAME and not named) or (wish.verb in _WHOM and people.unknown)),
        (Lack.ORGANISATION, wish.verb in _ONE and not wish.organisation),
        (Lack.QUESTION, wish.verb is Verb.CORRECT and not wish.question),
        (Lack.VALUE, wish.verb is Verb.CORRECT and bool(wish.question) and wish.value is None),
        (Lack.UNTIL, dated is Lack.UNTIL and wish.until is None),
        (Lack.DAY, dated is Lack.DAY and wish.day is None),
        (Lack.ADDRESS, wish.verb in _ADDRESSED and not wish.address),
        (Lack.WHY, wish.verb in _REASONED and not wish.why),
    )
    return dataclasses.replace(wish, lacks=tuple(lack for lack, lacking in wanted if lacking))
