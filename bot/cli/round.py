"""``ruam round``, ``extend``, ``exempt``, ``close`` and ``reopen``: what became of a circular's round, and a person's word on it."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.check_output import find_reporter
from bot.cli.common import DEFAULT_CONFIG, ConfigOption, known, opened_house, told
from bot.cli.console import WRONG_USE, console, stop
from bot.config.load import load_config
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.calendar import LAST_MINUTE
from bot.office.model.circular_standing import Standing
from bot.office.rounds import closing
from bot.office.rounds.exemption import ask_again
from bot.office.rounds.exemption import exempt as exempt_one
from bot.office.rounds.extension import NewDeadline
from bot.office.rounds.extension import extend as give
from bot.office.rounds.history import Event, history_of, state_of
from bot.office.rounds.instruction import Done, Instruction
from bot.service.clock_tick import standing_of
from bot.service.context import bangkok_now
from bot.service.record_decision import record
from parsers.thai.dates import parse_date, thai_short_date, thai_short_moment
from parsers.thai.text import ascii_digits, comparison_key

CircularArgument = Annotated[str, typer.Argument(help="Slug of the circular.")]
Because = Annotated[
    str, typer.Option("--because", help="The reason, as those concerned and the history shall read it.")
]
By = Annotated[str, typer.Option("--by", help="On whose word; your name or address.")]
# "T16:30", " 16.30 น.": the time behind a day.
_TIME = re.compile(r"[T\s]\s?([0-2]?[0-9])[:.]([0-5][0-9])(?:\s?น\.)?$")


def extend(  # noqa: PLR0913, PLR0917 - the options of a command
    circular: CircularArgument,
    reporter: Annotated[str, typer.Argument(help="Key or name of one reporter; all when left out.")] = "",
    until: Annotated[str, typer.Option(help='The new deadline: 2567-12-12, 2567-12-12T16:30 or "12 ธ.ค. 2567".')] = "",
    department: Annotated[str, typer.Option(help="The department's new deadline, where it gave one.")] = "",
    because: Because = "",
    by: By = "ruam extend",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Give all reporters or one of them a new deadline; those concerned get a letter, and the reminders are planned anew.

    Example: ruam extend w5827 อำเภอลอง --until 2567-12-12 --because น้ำท่วม --by นายดำ
    """
    now = bangkok_now()
    end, theirs = _moment(until, now), _moment(department, now) if department else None

    def verb(bureau: Bureau, standing: Standing, word: Instruction) -> Done:
        whom = _reporter(bureau, reporter) if reporter else ""
        return give(bureau, standing, NewDeadline(end, whom, theirs), word)

    _carry_out(config, circular, verb, _word("extend", by, because, now))


def exempt(  # noqa: PLR0913, PLR0917 - the options of a command
    circular: CircularArgument,
    organisation: Annotated[str, typer.Argument(help="Name or code of the organisation.")],
    lift: Annotated[bool, typer.Option("--lift", help="It has to answer after all.")] = False,  # noqa: FBT002 - a flag
    because: Because = "",
    by: By = "ruam exempt",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Leave an organisation out of a round, with the reason; it counts nowhere, and its reporter is told. --lift asks it again.

    Example: ruam exempt w5827 อบต.ไทรย้อย --because ยุบรวมแล้ว --by นายดำ
    """

    def verb(bureau: Bureau, standing: Standing, word: Instruction) -> Done:
        return (ask_again if lift else exempt_one)(bureau, standing, _organisation(bureau, organisation), word)

    _carry_out(config, circular, verb, _word("exempt", by, because, bangkok_now()))


def close(
    circular: CircularArgument, because: Because = "", by: By = "ruam close", config: ConfigOption = DEFAULT_CONFIG
) -> None:
    """Close a round: nobody is reminded any more; what still comes is kept, answered as late and put before staff.

    Example: ruam close w5827 --by นายดำ
    """
    _carry_out(config, circular, closing.close, _word("close", by, because, bangkok_now()))


def reopen(
    circular: CircularArgument, because: Because = "", by: By = "ruam reopen", config: ConfigOption = DEFAULT_CONFIG
) -> None:
    """Open a closed round again.

    Example: ruam reopen w5827 --because "กรมฯ ขอตัวเลขใหม่" --by นายดำ
    """
    _carry_out(config, circular, closing.reopen, _word("reopen", by, because, bangkok_now()))


def round(circular: CircularArgument, config: ConfigOption = DEFAULT_CONFIG) -> None:  # noqa: A001 - the command's name
    """Show the state of a round, its dates, and how it got there: when, what, on whose word, why.

    Example: ruam round w5827
    """
    with told(), opened_house(load_config(config), circular) as house:
        known(house.bureau, circular)
        one, books = house.bureau.circulars[circular], house.books
        state = state_of(standing_of(house, one), bangkok_now())
        dates = one.deadlines
        console.print(f"{one.slug}  {one.number}  {state}", highlight=False, markup=False)
        for name in ("opens", "reporters", "cutoff", "department"):
            console.print(f"{name:<10}  {_short(getattr(dates, name))}", highlight=False, markup=False)
        for key, day in one.extended.items():
            if key in {contact.reporter.key for contact in house.bureau.roster.contacts}:
                whose = house.bureau.roster.by_key[key].name
                console.print(f"{'reporters':<10}  {_short(day)}  {whose}", highlight=False, markup=False)
        for code, why in one.exempt.items():
            name = house.bureau.roster.by_code[code].printed_short
            console.print(f"{'exempt':<10}  {name}: {why}", highlight=False, markup=False)
        changes, ledger = books.round_changes([circular]), books.ledger(circular)
        for event in history_of(house.bureau, changes, books.drafts(circular), ledger):
            console.print(_line(event), highlight=False, markup=False, soft_wrap=True)


def _line(event: Event) -> str:
    at = _short(event.at) if isinstance(event.at, datetime.datetime) else thai_short_date(event.at)
    return "  ".join(filter(None, (at, event.what, f"by {event.by}" if event.by else "", event.why)))


def _short(moment: datetime.datetime) -> str:
    return thai_short_moment(moment.astimezone(BANGKOK))


def _word(verb: str, by: str, because: str, now: datetime.datetime) -> Instruction:
    return Instruction(by, now, f"ruam-{verb}-{now.isoformat()}", because)


def _carry_out(
    config: Path, slug: str, verb: Callable[[Bureau, Standing, Instruction], Done], word: Instruction
) -> None:
    """Do what a person says of a round, or end the command with the reason why not."""
    with told(), opened_house(load_config(config), slug) as house:
        known(house.bureau, slug)
        done = verb(house.bureau, standing_of(house, house.bureau.circulars[slug]), word)
        if done.decision is None:
            stop(WRONG_USE, done.said)
        record(house, done.decision, None, word.now)
        for sentence in (f"{done.said}แล้ว" if done.said.endswith("ราย") else done.said, *done.cautions):
            console.print(sentence, highlight=False, markup=False, soft_wrap=True)
        letters = len(done.decision.letters)
        console.print(f"Recorded; {letters} letters go out with the next pass.", highlight=False)


def _moment(text: str, now: datetime.datetime) -> datetime.datetime:
    """A day that a person writes, at the time given or when the office closes. Ends the command for what is none."""
    plain = " ".join(ascii_digits(text).split())
    time = _TIME.search(plain)
    day = parse_date(plain[: time.start()] if time else plain, now.date())
    if day is None or (time and int(time[1]) > 23):  # noqa: PLR2004 - hours of a day
        stop(WRONG_USE, f'"{text}" is no day; write it like 2567-12-12, 2567-12-12T16:30 or "12 ธ.ค. 2567"')
    clock = datetime.time(int(time[1]), int(time[2])) if time else LAST_MINUTE
    return datetime.datetime.combine(day, clock, BANGKOK)


def _reporter(bureau: Bureau, name: str) -> str:
    try:
        return find_reporter(bureau, name).key
    except LookupError as error:
        stop(WRONG_USE, str(error))


def _organisation(bureau: Bureau, name: str) -> str:
    """The code of the organisation that a person means; also where a declared reporter is it alone."""
    codes = [
        each.code
        for each in bureau.roster.organisations
        if comparison_key(name) in {comparison_key(text) for text in (each.code, each.official_name, each.short_name)}
    ]
    if len(codes) != 1:
        stop(WRONG_USE, f'"{name}" is no organisation of this roster, or several; write its full name or its code')
    return codes[0]
