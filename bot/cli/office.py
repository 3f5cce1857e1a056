"""``ruam office``: which offices of one deployment are run together, each with a configuration of its own."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, opened_database, told
from bot.cli.console import WRONG_USE, console, stop
from bot.config.load import load_bureau, load_config
from bot.office.model.bangkok_time import BANGKOK
from bot.service.context import bangkok_now
from bot.store.books import Books


class What(StrEnum):
    """What is done."""

    ADD = "add"
    LIST = "list"
    REMOVE = "remove"


def office(
    what: Annotated[What, typer.Argument(help="add: the office of this configuration; list; remove: the one named.")],
    slug: Annotated[str, typer.Argument(help="Slug of the office, to remove it.")] = "",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Enter an office among those that `ruam run --every-office` runs, list them, or take one out. Its rows stay.

    One that is added again starts again, with its configuration read anew.

    Example: ruam office add --config /etc/ruam/nan/config.toml
    """
    with told():
        settings = load_config(config)
        with opened_database(settings) as books:
            match what:
                case What.ADD:
                    mine = load_bureau(settings).office
                    books.office(mine.slug, mine.name)
                    books.enter(mine.slug, str(config.resolve()), bangkok_now())
                    console.print(f"{mine.slug}: run with {config.resolve()}", highlight=False, soft_wrap=True)
                case What.LIST:
                    for one in books.entered():
                        since = f"since {one.since.astimezone(BANGKOK):%Y-%m-%d %H:%M}"
                        typer.echo(f"{one.slug}\t{one.name}\t{one.config}\t{since}")
                case What.REMOVE:
                    _take_out(books, slug)


def _take_out(books: Books, slug: str) -> None:
    known = [one.slug for one in books.entered()]
    if slug not in known:
        stop(WRONG_USE, f'No office "{slug}" is entered; write one of: {", ".join(known) or "(none)"}')
    books.take_out(slug)
    console.print(f"{slug}: run no more; its books stay")
