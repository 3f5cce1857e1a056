"""The daily digest for staff: how every open circular stands, what waits for a person, what went wrong."""

import datetime
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.office.letters.district_letter import waits
from bot.office.letters.letter import STAFF, Letter, LetterKind
from bot.office.letters.morning import NOTHING_MORE, Morning, view_of
from bot.office.letters.round_letters import exempt_lines, extended_lines
from bot.office.letters.waiting_for_staff import Wait, first_line, subject_line, to_be_addressed, what_waits
from bot.office.model.asked_files import lacking_by_file
from bot.office.model.baseline import figures, named, then_and_now, values_of
from bot.office.model.bureau import Bureau
from bot.office.model.circular_standing import Standing, Trouble
from bot.office.model.progress import Progress, progress_of

PICTURED = 3  # circulars in the digest's picture
NAMED = 24  # organisations that it names of those that owe something
DETAILED = 8  # circulars that a digest tells in full
OF_MANY = 3  # those that it tells in full when more are open, the most pressing; of the others a line each
LINES = 50  # circulars that have such a line
LISTED = 40  # troubles that a digest lists, the newest, and numbers that it waits for; mail programs cut long letters


def progress(bureau: Bureau, standing: Standing) -> list[tuple[str, int, int, datetime.datetime | None]]:
    """For each declared reporter: name, organisations complete, organisations in all, arrival of the newest mail."""
    owed = standing.owed(bureau.roster)
    rows = []
    for contact in bureau.roster.contacts:
        reporter = contact.reporter
        asked = standing.circular.asks(reporter.organisations)
        done = sum(code not in owed for code in asked)
        rows.append((reporter.name, done, len(asked), standing.heard_from(reporter)))
    return rows


def digest(
    bureau: Bureau,
    standings: Sequence[Standing],
    troubles: Sequence[Trouble],
    now: datetime.datetime,
    morning: Morning = NOTHING_MORE,
) -> Letter:
    """The daily picture for staff: what to do, what changed, how every open circular stands. Sent on quiet days too.

    The most pressing circulars come first and in full. However many are open, the letter stays below 100 kB.
    """
    standings = sorted(standings, key=lambda one: _pressing(one, now))
    entries = [_counted(bureau, standing) for standing in standings]
    told = standings if len(standings) <= DETAILED else standings[:OF_MANY]
    full = [_in_full(bureau, standing, entry, now) for standing, entry in zip(told, entries, strict=False)]
    numbers = [(one.circular, what) for one in standings for what in waits_of(one)]
    conflicts, queried = (sum(len(entry[name]) for entry in entries) for name in ("conflicts", "queried"))
    waiting = what_waits(troubles, conflicts=conflicts, numbers=len(numbers), **_drafts(standings, now))
    waiting += (*morning.waits(queried), *_without_address(bureau, standings))
    urgent = _late(standings, now) or any(wait.urgent for wait in waiting)
    return Letter(
        kind=LetterKind.DIGEST,
        circular="",
        addressee=STAFF,
        occasion=now.date().isoformat(),
        to=bureau.office.staff,
        subject=subject_line(waiting, [(each["circular"].slug, each["done"], each["total"]) for each in entries]),
        view={
            "slugs": [standing.circular.slug for standing in standings[: len(full)]],
            "circulars": full,
            **_in_lines(entries[len(full) :]),
            "first": first_line(waiting, running=bool(standings)),
            "tone": "urgent" if urgent else "" if waiting else "done",
            "waits": numbers[:LISTED],
            **_newest(troubles),
            "now": now,
            **view_of(bureau, standings, entries, morning),
        },
        # Of many it would show a few alone, and be the larger part of the letter.
        picture=tuple(_pictures(bureau, standings[:PICTURED] if len(full) == len(entries) else (), now)),
    )


def _without_address(bureau: Bureau, standings: Iterable[Standing]) -> tuple[Wait, ...]:
    """The reporters that nobody can write to, as long as any circular still wants their answers."""
    return to_be_addressed(len(bureau.roster.unaddressed) if any(not one.dispatched for one in standings) else 0)


def _late(standings: Iterable[Standing], now: datetime.datetime) -> bool:
    """Whether a drafted report has not gone though the department's day is over."""
    return any(one.drafts and not one.dispatched and now > one.circular.deadlines.department for one in standings)


def _newest(troubles: Sequence[Trouble]) -> dict[str, Any]:
    """The troubles that are listed, and how many came earlier."""
    return {"troubles": list(troubles)[-LISTED:], "earlier": max(len(troubles) - LISTED, 0)}


def _in_lines(others: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The circulars that have a line each, and how many are only counted."""
    return {"others": others[:LINES], "others_more": len(others[LINES:])}


def _pictures(bureau: Bureau, standings: Iterable[Standing], now: datetime.datetime) -> Iterator[Progress]:
    return (progress_of(each.circular, bureau.roster, each.known, now) for each in standings)


def _drafts(standings: Iterable[Standing], now: datetime.datetime) -> dict[str, int]:
    """How many drafts wait for an approval, and how many of them are late for the department; the others wait for a number."""
    waiting = [one for one in standings if one.pending and not one.pending.waits]
    late = sum(now > one.circular.deadlines.department and not one.dispatched for one in waiting)
    return {"drafts": len(waiting), "late": late}


def _pressing(standing: Standing, now: datetime.datetime) -> tuple[bool, datetime.datetime]:
    """By which circulars stand in a digest: what is dispatched last, else by the deadline that is next."""
    deadlines = standing.circular.deadlines
    drafted = standing.drafts or now > deadlines.reporters
    return bool(standing.dispatched), deadlines.department if drafted else deadlines.reporters


def _counted(bureau: Bureau, standing: Standing) -> dict[str, Any]:
    """What a digest says of a circular in a line, and what of it is asked after."""
    roster, owed, over = bureau.roster, standing.owed(bureau.roster), standing.dispatched
    asked = standing.circular.asks(code for contact in roster.contacts for code in contact.reporter.organisations)
    differing = {new.organisation for _, new in standing.disagreements if not over}
    queried = {query.answer.organisation for query in standing.queries(roster) if not query.explained and not over}
    return {
        "circular": standing.circular,
        "done": sum(code not in owed for code in asked),
        "total": len(asked),
        "conflicts": _named(bureau, differing),
        "queried": [
            *_named(bureau, queried),
            *(each.name for each in roster.reporters if each.key in queried - roster.by_code.keys()),
        ],
        "deadline": standing.circular.deadlines.reporters,
    }


def _named(bureau: Bureau, codes: Container[str]) -> list[str]:
    return [each.printed_short for each in bureau.roster.organisations if each.code in codes] if codes else []


def _in_full(bureau: Bureau, standing: Standing, entry: dict[str, Any], now: datetime.datetime) -> dict[str, Any]:
    """The entry of a circular that a digest tells in full."""
    circular, owed = standing.circular, standing.owed(bureau.roster)
    owing = _named(bureau, owed)
    return entry | {
        "owing": owing[:NAMED],
        "owing_more": len(owing[NAMED:]),
        "lacking": lacking_by_file(circular, bureau.roster, owed),
        "by_reporter": progress(bureau, standing),
        "exempt": exempt_lines(bureau, circular),
        "extended": extended_lines(bureau, circular),
        "department_deadline": circular.deadlines.department,
        "state_line": _state_line(standing, now, complete=entry["done"] == entry["total"]),
        "since": _since(bureau, standing),
    }


def waits_of(standing: Standing) -> tuple[str, ...]:
    """What of a circular does not go out before staff have given a number, and what to do."""
    found = []
    if not standing.dispatched and _letter_awaited(standing):
        found.append(
            "คำขอถึงผู้รายงานยังไม่ได้ส่ง รอหนังสือจังหวัดถึงอำเภอ โปรดตอบกลับอีเมลร่างหนังสือด้วยเลขที่และวันที่ หรือแนบสำเนาที่ลงนามแล้ว"
        )
    if standing.pending and standing.pending.waits:
        found.append("อนุมัติรายงานแล้วแต่ยังไม่ได้ส่ง รอเลขที่และวันที่ของหนังสือนำส่ง โปรดตอบกลับอีเมลร่างรายงานด้วยเลขที่และวันที่")
    return tuple(found)


def _letter_awaited(standing: Standing) -> bool:
    return not standing.requested and waits(standing.circular, standing.registered)


def _since(bureau: Bureau, standing: Standing) -> list[str]:
    """What has changed since the day of the list that was loaded, one line for each question."""
    worked = standing.worked
    now = worked.of(values_of, standing.known)
    found = worked.of(figures, standing.circular, bureau.roster.organisations, now, standing.stand)
    digits = bureau.office.digits
    return [named(figure, line, digits) for figure in found if (line := then_and_now(figure, digits))]


def _state_line(standing: Standing, now: datetime.datetime, *, complete: bool) -> str:
    deadlines, newest = standing.circular.deadlines, standing.drafts[-1] if standing.drafts else None
    late, over = now > deadlines.department, now > deadlines.reporters
    waits_on = [day for day in standing.circular.extended.values() if day >= now]
    states = (
        (
            standing.dispatched and standing.pending,
            "ส่งรายงานให้ส่วนกลางแล้ว มีข้อมูลเปลี่ยนแปลง ร่างรายงานแก้ไขเพิ่มเติมรอการอนุมัติ",
        ),
        (standing.dispatched, "ส่งรายงานให้ส่วนกลางแล้ว"),
        (newest and newest.waits, "อนุมัติร่างรายงานแล้ว ยังไม่ได้ส่ง รอเลขที่และวันที่ของหนังสือนำส่ง"),
        (newest and late, "เลยกำหนดของส่วนกลางแล้ว ยังไม่ได้อนุมัติร่างรายงาน โปรดดำเนินการโดยด่วน"),
        (newest, f"ร่างรายงานฉบับที่ {newest.version if newest else ''} รอการอนุมัติ"),
        (_letter_awaited(standing), "ยังไม่ได้ส่งคำขอ รอหนังสือจังหวัดถึงอำเภอ"),
        (complete, "ได้รับรายงานครบทุกแห่งแล้ว"),
        (over, "เลยกำหนดรายงานแล้ว กำลังติดตามหน่วยงานที่ค้าง" + (" ยกเว้นผู้ที่ได้รับการเลื่อนกำหนด" if waits_on else "")),
    )
    return next((said for holds, said in states if holds), "อยู่ระหว่างรับรายงาน")
