"""The rounds of recurring circulars that are due to open: entered in the books with their dates, each once. Pure.

After a long pause every round that should have opened, opens. One that was over before it could is closed at once and told
to staff: a request that came after its deadline would only confuse.
"""

import datetime
from collections.abc import Callable

from bot.office.decision import Decision
from bot.office.letters.letter import Letter
from bot.office.letters.notice import Notice, notice
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.round_change import ChangeKind, RoundChange
from bot.office.model.rounds_of import Series

BY = "ruam"
OPENED, MISSED = "opened", "missed"  # occasions of the changes of a round
WHY_MISSED = "ระบบไม่ได้ทำงานในช่วงที่ต้องรวบรวม"
LISTED = 24  # rounds that the notice names


def openings_due(
    bureau: Bureau, series: Series, is_opened: Callable[[str], bool], now: datetime.datetime
) -> Decision | None:
    """The rounds of one series that should be open by now and are not in the books. ``is_opened`` asks these by slug."""
    newest = series.newest(now)
    due: list[Circular] = []
    while newest is not None and newest >= 0 and not is_opened(series.slug(newest)):
        due.append(series.round(newest))
        newest -= 1
    if not due:
        return None
    due.reverse()
    missed = [one for one in due if one.deadlines.department < now]
    changes = [_opened(one, now) for one in due]
    changes += [RoundChange(one.slug, ChangeKind.CLOSED, BY, now, MISSED, why=WHY_MISSED) for one in missed]
    return Decision(
        outcome="opened",
        letters=(_missed_notice(bureau, missed),) if missed else (),
        round_changes=tuple(changes),
    )


def _opened(one: Circular, now: datetime.datetime) -> RoundChange:
    dates = one.deadlines
    return RoundChange(
        circular=one.slug,
        kind=ChangeKind.OPENED,
        by=BY,
        at=now,
        occasion=OPENED,
        why=one.round.period,
        until=dates.reporters,
        opens=dates.opens,
        cutoff=dates.cutoff,
        department=dates.department,
    )


def _missed_notice(bureau: Bureau, missed: list[Circular]) -> Letter:
    names = tuple(f"{one.wording.subject} [{one.slug}]" for one in missed[-LISTED:])
    more = (f"และก่อนหน้านั้นอีก {len(missed) - LISTED} รอบ",) if len(missed) > LISTED else ()
    content = Notice(
        f"มีรอบการรายงานที่ไม่ได้เปิดตามกำหนด {len(missed)} รอบ",
        (
            f"{WHY_MISSED} รอบต่อไปนี้จึงไม่ได้ส่งคำขอ และปิดไว้",
            "หากยังต้องรวบรวม โปรดเปิดรอบและเลื่อนกำหนด ระบบจะส่งคำขอให้ทันที",
        ),
        (*names, *more),
        todo="โปรดพิจารณาว่ายังต้องรวบรวมรอบใด",
    )
    return notice(bureau, "", f"missed-{missed[0].slug}-{missed[-1].slug}", content)
