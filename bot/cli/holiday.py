"""``ruam holiday``: days off and days worked that the list of national holidays does not know."""

import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, opened_books, told
from bot.cli.console import WRONG_USE, console, stop
from bot.config.load import load_bureau, load_config
from bot.office.model.holiday import Holiday
from bot.office.rules.holidays import changes_nothing, enter_holiday, moved_by
from bot.service.context import bangkok_now
from parsers.thai.dates import parse_date, thai_short_date

if TYPE_CHECKING:
    from bot.office.model.bureau import Bureau
    from bot.store.books import OfficeBooks


class What(StrEnum):
    """What is done."""

    ADD = "add"
    REMOVE = "remove"
    LIST = "list"


def holiday(
    what: Annotated[What, typer.Argument(help="add: the office is closed that day; remove: it works that day; list.")],
    day: Annotated[str, typer.Argument(help='Such as 2569-04-16, 16/4/2569 or "16 เม.ย. 69".')] = "",
    because: Annotated[str, typer.Option(help="Why, such as the cabinet's resolution.")] = "",
    by: Annotated[str, typer.Option(help="On whose word.")] = "",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Enter a day off (add) or a day on which the office works all the same (remove), or list what was entered.

    Nothing goes to reporters or staff on a day off, and working days are counted without it, from the next minute on.

    Example: ruam holiday add 2569-04-16 --because "มติ ครม." --by "หัวหน้าฝ่าย"
    """
    with told():
        settings = load_config(config)
        bureau = load_bureau(settings)
        with opened_books(settings, bureau) as books:
            if what is What.LIST:
                _list(books)
            else:
                _enter(bureau, books, Holiday(_day(day), what is What.ADD, because, by, bangkok_now()))


def _enter(bureau: "Bureau", books: "OfficeBooks", entry: Holiday) -> None:
    if not entry.because.strip() or not entry.by.strip():
        stop(WRONG_USE, "Say why and on whose word: --because ... --by ...")
    calendar = bureau.calendar.with_holidays(books.holidays())
    known = changes_nothing(calendar, entry)
    books.commit(enter_holiday(entry), [], message=None, now=entry.at)
    said = "is a day off" if entry.off else "is a working day"
    already = " (it was one already)" if known else ""
    console.print(f"{thai_short_date(entry.day)} {said}{already}.", highlight=False)
    for slug in moved_by(bureau, entry):
        console.print(f"A deadline of {slug} is on that day; it stays where it is.", highlight=False)


def _list(books: "OfficeBooks") -> None:
    for one in books.holidays():
        said = "off" if one.off else "worked"
        typer.echo(f"{one.day}\t{said}\t{one.because}\t{one.by}\t{one.at.astimezone():%Y-%m-%d %H:%M}")


def _day(written: str) -> datetime.date:
    """The day that the command names. Ends the command for what is none."""
    found = parse_date(written, bangkok_now().date()) if written else None
    if found is None:
        stop(WRONG_USE, f'"{written}" is no day; write it like 2569-04-16, 16/4/2569 or "16 เม.ย. 69"')
    return found
