"""``ruam say``: what staff may write in a mail, at the shell: the same grammar, the same verbs."""

import dataclasses
import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, opened_house, told
from bot.cli.console import WRONG_USE, console, stop
from bot.config.load import load_config
from bot.office.decision import Facts
from bot.office.rounds.instruction import Instruction
from bot.office.rules.changing_wishes import CHANGES, outcome_of
from bot.office.rules.wish_asked import Asked
from bot.office.wishes.grammar import Speaker, understand
from bot.office.wishes.wish import Verb, Wish
from bot.service.context import bangkok_now
from bot.service.facts_of_circular import with_circular
from bot.service.record_decision import record

if TYPE_CHECKING:
    from bot.service.context import House

BY = "ruam say"


def say(
    words: Annotated[str, typer.Argument(help="As in a mail: เลื่อนอำเภอลองถึง 12 ธ.ค. 2567")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without it, only what would be done is shown.")] = False,  # noqa: FBT002 - a flag
    circular: Annotated[str, typer.Option(help="Slug, where several are open and the words name none.")] = "",
    by: Annotated[str, typer.Option("--by", help="On whose word; your name or address.")] = BY,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Show what a staff mail with these words would change, and do it with --yes.

    Example: ruam say "เพิ่มที่อยู่ long2@amphoe.example ให้อำเภอลอง" --yes --by นายดำ
    """
    now = bangkok_now()
    with told(), opened_house(load_config(config), circular) as house:
        asked = _asked(
            house, _wish(house, words, circular, now), circular, Instruction(by, now, f"{by}-{now.isoformat()}")
        )
        done = outcome_of(asked)
        if done.decision is None:
            stop(WRONG_USE, done.said)
        for line in (done.said, *done.cautions):
            console.print(line, markup=False, highlight=False)
        if yes:
            record(house, done.decision, None, now)
        console.print("Done." if yes else "Nothing is done yet; say --yes.")


def _wish(house: "House", words: str, circular: str, now: datetime.datetime) -> Wish:
    """The wish of the words. Ends the command where it is none that changes something, or not whole."""
    found = understand(words, "", Speaker(house.bureau, staff=True, now=now, circular=circular or _only(house, now)))
    wish = found.wish
    if wish is None or wish.verb not in CHANGES or not found.plain:
        known = ", ".join(verb.value for verb in CHANGES)
        stop(
            WRONG_USE,
            f"Not understood as one plain wish that changes something ({known}). `ruam status` tells how it stands.",
        )
    if wish.verb is Verb.CORRECT:
        stop(WRONG_USE, "Every answer stands on a mail: correct a cell by a mail of staff or with a form.")
    if wish.lacks:
        stop(WRONG_USE, f"It lacks: {', '.join(wish.lacks)}.")
    return wish


def _asked(house: "House", wish: Wish, circular: str, word: Instruction) -> Asked:
    closed = house.bureau.only_closed() if wish.verb is Verb.REOPEN else ""
    slug = circular or wish.circular or _only(house, word.now) or closed
    if slug not in house.bureau.circulars:
        stop(WRONG_USE, f"Say which circular: --circular {' | '.join(house.bureau.circulars)}")
    mark = house.books.standing_of([wish.address]).get(wish.address) if wish.address else None
    facts = with_circular(house, slug, dataclasses.replace(Facts(), about=slug, about_address=mark))
    return Asked(house.bureau, facts, house.bureau.circulars[slug], wish, dataclasses.replace(word, why=wish.why))


def _only(house: "House", now: datetime.datetime) -> str:
    return next((one.slug for one in house.bureau.only_open(now)), "")
