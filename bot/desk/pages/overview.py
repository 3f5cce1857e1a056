"""The first page: what is to be done today, as the morning's digest would say it now; and the list of the circulars."""

import dataclasses
import datetime
from typing import Any

from bot.desk.look import Asked, Look, NotThere, Page
from bot.desk.standings import Known
from bot.office.letters.letter import Letter
from bot.office.model.circular_standing import Trouble
from bot.office.plan.due import DIGEST, digest_as_of, is_open, news_since
from bot.office.rounds.history import State, state_of

A_PAGE = 50  # circulars
STATES = {
    State.PLANNED: "ยังไม่เปิดรอบ",
    State.OPEN: "กำลังรวบรวม",
    State.CUT_OFF: "ครบเวลารวบรวม",
    State.DRAFTED: "ร่างรายงานรออนุมัติ",
    State.APPROVED: "อนุมัติแล้ว รอเลขที่",
    State.REPORTED: "ส่งรายงานแล้ว",
    State.CLOSED: "ปิดรอบแล้ว",
}


def today(look: Look, _asked: Asked) -> Page:
    """What waits, what changed, how all stand."""
    read = look.desk.standings.at_hand(look.house)
    running = [each for each in read.known.values() if is_open(each.standing, look.now)]
    cards = [card(look, each) for each in running[:A_PAGE]]
    letter = _digest(look, running)
    return Page("today", "วันนี้", {**letter.view, "cards": cards, "more": len(running[A_PAGE:]), "read": read})


def _digest(look: Look, open_now: list[Known]) -> Letter:
    """The digest as of this minute. Made anew only when something in it may be new."""
    since = news_since(look.books.last_step(DIGEST), look.now)
    troubles = look.books.troubles(since, [each.circular.slug for each in open_now])
    news = since, frozenset(look.books.bounced()), troubles
    mark = (*open_now, news, look.now.replace(second=0, microsecond=0))
    return look.desk.digest.of(mark, lambda: _made(look, open_now, news))


_News = tuple[datetime.datetime, frozenset[str], tuple[Trouble, ...]]  # since when, addresses that came back, troubles


def _made(look: Look, open_now: list[Known], news: _News) -> Letter:
    since, gone, troubles = news
    running = [dataclasses.replace(each.standing, unreachable=gone) for each in open_now]
    return digest_as_of(look.bureau, running, troubles, since, look.now)


def card(look: Look, known: Known) -> dict[str, Any]:
    """A circular in a line: circular, done, total, state (words), deadline, closed."""
    deadlines = known.circular.deadlines
    state = state_of(known.standing, look.now)
    return {
        "circular": known.circular,
        "done": known.done,
        "total": known.asked,
        "state": STATES[state],
        "reporters": deadlines.reporters,
        "department": deadlines.department,
        "late": look.now > deadlines.reporters and known.done < known.asked and not known.standing.dispatched,
    }


def circulars(look: Look, asked: Asked) -> Page:
    """All circulars of the office, those of the latest deadline first; ``after``: those behind this one in the list."""
    listed = sorted(look.bureau.circulars.values(), key=lambda one: (one.deadlines.department, one.slug), reverse=True)
    slugs = [one.slug for one in listed]
    if after := asked.get("after", ""):
        if after not in slugs:
            raise NotThere(after)
        slugs = slugs[slugs.index(after) + 1 :]
    size = A_PAGE if look.person else len(slugs)  # a copy has one page of it
    shown, more = slugs[:size], slugs[size:]
    read = look.desk.standings.at_hand(look.house, shown)
    cards = [card(look, read.known[slug]) for slug in shown if slug in read.known]
    return Page("circulars", "หนังสือเวียน", {"cards": cards, "after": shown[-1] if more else "", "read": read})
