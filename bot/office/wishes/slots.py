"""What a wish is about: whom, until when, which cell, which address, why; and what of it was not said."""

import dataclasses
import datetime
import re
from collections.abc import Sequence

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import LAST_MINUTE
from bot.office.wishes.cells_wished import about_one, cell_wished, without_others
from bot.office.wishes.circulars import circulars_in
from bot.office.wishes.conditions import parted, without_politeness
from bot.office.wishes.cues import unknown_in
from bot.office.wishes.days import day_asked_for, day_in, days_named
from bot.office.wishes.names import People, people_in
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loosened, plain
from bot.office.wishes.spoken_days import days_more, says_some_time
from bot.office.wishes.wish import Lack, Verb, Wish

# "somchai@district.phrae.example" within words.
_ADDRESS = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}")
# "จาก old@x.example เป็น new@x.example", "ใช้ new@x.example แทน": of two addresses the new one.
_TAKES_PLACE = re.compile(
    r"(?:เป็น|ใช้|ใหม่|คือ|to|ที่)\s?:?\s?([a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})"
)
_WHOM = {
    Verb.SEND_FORM,
    Verb.REMIND,
    Verb.NO_REMINDER,
    Verb.REMIND_AGAIN,
    Verb.EXTEND,
    Verb.STATUS,
    Verb.WHO_OWES,
    Verb.ADD_ADDRESS,
    Verb.REMOVE_ADDRESS,
}
_ONE = {Verb.EXEMPT, Verb.LIFT, Verb.CORRECT}
_DATED = {Verb.EXTEND: Lack.UNTIL, Verb.MORE_TIME: None, Verb.HOLIDAY: Lack.DAY, Verb.WORK_DAY: Lack.DAY}
_REASONED = {Verb.EXEMPT, Verb.DECLINE}
_ADDRESSED = {Verb.ADD_ADDRESS, Verb.REMOVE_ADDRESS}
_OWING = (
    "ยังไม่ส่ง",
    "ยังไม่รายงาน",
    "ยังค้าง",
    "ที่ค้าง",
    "ใครยัง",
    "คนที่ยัง",
    "พวกที่ยัง",
    "ที่เหลือ",
    "ยังเฉย",
    "ยังเงียบ",
    "ที่ยังไม่",
    "ยังขาด",
)  # who is reminded where nobody is named
_AT_ONCE = frozenset({Verb.REMIND, Verb.SEND_FORM})
# What these bring about has no end of its own, so a day or a stretch of time in the wish would be lost.
_LASTING = frozenset({Verb.NO_REMINDER, Verb.REMIND_AGAIN, Verb.CLOSE, Verb.REOPEN, Verb.EXEMPT, Verb.LIFT})
_UNLIMITED = _LASTING | _AT_ONCE | {Verb.REMOVE_ADDRESS, Verb.ADD_ADDRESS}
_THEIRS = (
    "จะส่ง",
    "ส่งมา",
    "ส่งให้",
    "มาส่ง",
    "เอามา",
    "เขาจะ",
    "เค้าจะ",
    "เขาว่าจะ",
)  # of what others do and when, which limits nothing: เขาจะส่งพรุ่งนี้
_NAME = 3  # letters that nothing explains from which on somebody may be named
_REASON = 6  # letters from which on words behind a refusal are its reason
_MUST_NAME = {Verb.SEND_FORM, Verb.REMIND, Verb.NO_REMINDER, Verb.REMIND_AGAIN, Verb.ADD_ADDRESS}


def with_slots(verb: Verb, lines: Sequence[str], speaker: Speaker) -> Wish:
    """The wish of ``lines``, the first of which says the verb; the others are looked at for what it leaves out."""
    bureau, today = speaker.bureau, speaker.today
    heads, reasons = zip(*map(parted, lines), strict=True)
    text = next(
        (" ".join(heads[:end]) for end in (1, len(heads)) if _says_enough(verb, " ".join(heads[:end]), today)),
        " ".join((*heads, *filter(None, reasons))) if verb in _DATED and not any(heads[1:]) else " ".join(heads),
    )
    text = without_others(text) if verb is Verb.CORRECT else text
    wish = Wish(verb, circulars_in(lines[0], bureau).only, why=next(filter(None, reasons), ""))
    wish = _addressed(wish, " ".join(map(plain, lines)))
    people = people_in(loosened(text), bureau.roster)
    if verb in _ONE and not people.reporters:
        people = people_in(loosened(lines[0]), bureau.roster)  # of whom the reason speaks
    wish = about_one(wish, people, speaker) if verb in _ONE else wish
    wish = _about_whom(wish, people, heads[0], speaker) if verb in _WHOM else wish
    wish = _dated(wish, text, speaker)
    if verb is Verb.CORRECT:
        wish = cell_wished(wish, text, people, speaker)
    if verb in _REASONED and not wish.why:
        why = _reason_behind(text) if verb is Verb.DECLINE else _reason_around(heads[0], speaker)
        wish = dataclasses.replace(wish, why=why)
    return _lacking(wish, people, _limits(wish, heads[0], speaker))


def _says_enough(verb: Verb, text: str, today: datetime.date) -> bool:
    return verb not in _DATED or day_in(text, today) is not None or days_more(text) is not None


def _dated(wish: Wish, text: str, speaker: Speaker) -> Wish:
    """With the day that the words name, or so many days after the deadline as they say."""
    if wish.verb not in _DATED:
        return wish
    named = (day_asked_for if wish.verb is Verb.MORE_TIME else day_in)(text, speaker.today)
    if wish.verb in {Verb.HOLIDAY, Verb.WORK_DAY}:
        return dataclasses.replace(wish, day=named.day) if named else wish
    if named is None:
        return dataclasses.replace(wish, until=_later(wish, text, speaker))
    return dataclasses.replace(wish, until=named.moment())


def _later(wish: Wish, text: str, speaker: Speaker) -> datetime.datetime | None:
    """The deadline put off by the days that the words say: อีกสามวัน; None where they say none."""
    more, deadline = days_more(text), _deadline(wish, speaker)
    if more is None or deadline is None or days_named(text, speaker.today):
        return None
    return datetime.datetime.combine(deadline + datetime.timedelta(days=more), LAST_MINUTE, BANGKOK)


def _deadline(wish: Wish, speaker: Speaker) -> datetime.date | None:
    """The day by which who is meant has to report, of the circular that is named or answered."""
    circular = speaker.bureau.circulars.get(wish.circular or speaker.circular)
    if circular is None:
        return None
    seen = circular.seen_by(wish.reporters[0]) if len(wish.reporters) == 1 else circular
    return seen.deadlines.reporters.astimezone(BANGKOK).date()


def _limits(wish: Wish, head: str, speaker: Speaker) -> Lack | None:
    """What of a day or a stretch of time in the wish would be lost, since what it brings about has none."""
    if wish.verb not in _UNLIMITED:
        return None
    head = " ".join(each for each in head.split() if not any(word in each for word in _THEIRS))
    deadline = _deadline(wish, speaker) if wish.verb in _AT_ONCE else None
    ahead = any(day > speaker.today and day != deadline for day, _ in days_named(head, speaker.today))
    if ahead and wish.verb is Verb.REMIND:
        return Lack.NOW
    return Lack.LIMIT if ahead or (wish.verb in _LASTING and says_some_time(head)) else None


def _addressed(wish: Wish, text: str) -> Wish:
    found = addresses_in(text) if wish.verb in _ADDRESSED | {Verb.NEW_ADDRESS} else ()
    if len(found) > 1 and wish.verb is Verb.NEW_ADDRESS:
        found = tuple(address.casefold() for address in _TAKES_PLACE.findall(text.casefold()))
    return dataclasses.replace(wish, address=found[0]) if len(found) == 1 else wish


def addresses_in(text: str) -> tuple[str, ...]:
    """The mail addresses in a text, in lower case, each once."""
    return tuple(dict.fromkeys(_ADDRESS.findall(text.casefold())))


def spans_of_addresses(text: str) -> list[tuple[int, int]]:
    """Where mail addresses stand in a ``plain`` text."""
    return [found.span() for found in _ADDRESS.finditer(text)]


def _about_whom(wish: Wish, people: People, head: str, speaker: Speaker) -> Wish:
    """Everyone only where nobody is named and every word of the line is known: a name that is not found is none of all."""
    nobody = not people.reporters and not people.unknown
    owing = not people.reporters and wish.verb in _AT_ONCE and any(word in head for word in _OWING)
    strangers = unknown_in(loosened(head), wish.verb, speaker)
    all_meant = nobody and wish.verb is Verb.EXTEND and sum(map(len, strangers)) < _NAME
    everyone = people.everyone or all_meant or (owing and nobody)
    only_owing = everyone and owing and wish.verb is Verb.SEND_FORM  # a reminder goes to nobody else
    reporters = () if everyone else people.reporters
    return dataclasses.replace(wish, reporters=reporters, everyone=everyone, owing=only_owing)


def named_elsewhere(wish: Wish, lines: Sequence[str], speaker: Speaker) -> Wish:
    """The wish with the one whom the mail's other lines or its subject name, where its own line names nobody."""
    lack = next(iter(wish.lacks), None)
    if lack not in {Lack.WHOM, Lack.ORGANISATION} or wish.everyone or wish.reporters:
        return wish
    people = people_in(loosened(" ".join(lines)), speaker.bureau.roster)
    if lack is Lack.WHOM and len(people.reporters) == 1 and not people.unknown:
        wish = dataclasses.replace(wish, reporters=people.reporters)
    elif lack is Lack.ORGANISATION:
        wish = about_one(wish, people, speaker)
    found = bool(wish.reporters if lack is Lack.WHOM else wish.organisation)
    return dataclasses.replace(wish, lacks=wish.lacks[1:]) if found else wish


def says_twice(verb: Verb, line: str) -> bool:
    """Whether a correction names two values: … เป็น 86 … เป็น 152000."""
    return verb is Verb.CORRECT and parted(line)[0].count("เป็น") > 1


def _reason_behind(text: str) -> str:
    """What stands behind the first blank: ไม่อนุมัติครับ งบประมาณผิด."""
    reason = without_politeness(text.partition(" ")[2])
    return reason if len(reason) >= _REASON else ""


def _reason_around(head: str, speaker: Speaker) -> str:
    """What the line tells beside the exemption: อบต.ไทรย้อย ไม่มีเว็บไซต์ ไม่ต้องนับ."""
    text = head
    for start, end in reversed(people_in(loosened(head), speaker.bureau.roster).spans):
        text = text[:start] + " " + text[end:]
    told = [each for each in text.split() if sum(map(len, unknown_in(loosened(each), Verb.EXEMPT, speaker))) >= _NAME]
    reason = without_politeness(" ".join(told))
    return reason if len(reason) >= _REASON else ""


def _lacking(wish: Wish, people: People, limit: Lack | None) -> Wish:
    """The wish with what must still be said, the first thing first. ``limit``: of its words what would be lost."""
    dated = _DATED.get(wish.verb)
    named = wish.reporters or wish.everyone
    wanted = (
        *(((limit, True),) if limit else ()),
        (Lack.WHOM, (wish.verb in {*_MUST_NAME, Verb.EXTEND} and not named) or (wish.verb in _WHOM and people.unknown)),
        (Lack.ORGANISATION, wish.verb in _ONE and not wish.organisation),
        (Lack.QUESTION, wish.verb is Verb.CORRECT and not wish.question),
        (Lack.VALUE, wish.verb is Verb.CORRECT and bool(wish.question) and wish.value is None),
        (Lack.UNTIL, dated is Lack.UNTIL and wish.until is None),
        (Lack.DAY, dated is Lack.DAY and wish.day is None),
        (Lack.ADDRESS, wish.verb in _ADDRESSED and not wish.address),
        (Lack.WHY, wish.verb in _REASONED and not wish.why),
    )
    return dataclasses.replace(wish, lacks=tuple(lack for lack, lacking in wanted if lacking))
