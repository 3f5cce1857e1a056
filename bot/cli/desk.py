"""``ruam desk``: the page in the browser, or the same pages as files."""

import datetime
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, house_of, opened_books_and_sandbox, told
from bot.cli.console import WRONG_USE, console, stop
from bot.config.load import load_bureau, load_config
from bot.office.model.bangkok_time import BANGKOK
from bot.service.context import bangkok_now

if TYPE_CHECKING:
    from bot.desk.desk import Desk

OFF = """The page in the browser is off. To have one, write into {file}:

[desk]
address = "https://ruam.your-office.example"   # how browsers reach it; http://127.0.0.1:8480 for a look on this machine

Then see docs/desk.md: the office's own web server speaks TLS and passes on to 127.0.0.1:8480."""


def desk(
    write: Annotated[
        Path | None, typer.Option("--write", help="Write the pages into this folder, to look at, and end.")
    ] = None,
    link: Annotated[
        str,
        typer.Option(
            "--link", help="Print a link to sign in for this address of staff or viewers, as mail may be away."
        ),
    ] = "",
    at: Annotated[
        datetime.datetime | None,
        typer.Option(help="Begin as if it were this moment, Thai time.", formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Show the desk in the browser, to staff and to who may look, until stopped; or write the same pages into a folder.

    Example: ruam desk --write /srv/shared/ruam
    """
    try:
        from bot.desk import serve, sign_in, written  # noqa: PLC0415 - its libraries are an extra that few install
        from bot.desk.desk import Desk  # noqa: PLC0415 - as before
    except ImportError as error:
        stop(WRONG_USE, f"What the page needs is not installed ({error.name}). Install with: pip install 'ruam[desk]'")
    with told():
        settings = load_config(config)
        if settings.desk is None and write is None:
            stop(WRONG_USE, OFF.format(file=config))
        bureau = load_bureau(settings)
        with opened_books_and_sandbox(settings) as (books, sandbox):
            viewers = settings.desk.viewers if settings.desk else ()
            page = Desk(house_of(settings, bureau, books, sandbox), viewers, _clock(at))
            if write is not None:
                _write(written, page, write)
            elif settings.desk is not None:
                said = sign_in.link_at_hand(page, link.lower()) if link else page.origin
                if not said:
                    stop(WRONG_USE, f"{link} is neither among staff nor among [desk] viewers in {config}.")
                console.print(f"{said} is answered on 127.0.0.1:{settings.desk.port}", highlight=False, soft_wrap=True)
                serve.serve(page, settings.desk.port)


def _write(written: ModuleType, page: "Desk", folder: Path) -> None:
    """The pages into a folder, and how many."""
    try:
        console.print(f"{folder}: {written.write(page, folder)} pages", markup=False, highlight=False)
    except OSError as error:
        stop(WRONG_USE, str(error))


def _clock(at: datetime.datetime | None) -> Callable[[], datetime.datetime]:
    """The time; or as it goes on from ``at``."""
    if at is None:
        return bangkok_now
    ahead = at.replace(tzinfo=BANGKOK) - bangkok_now()
    return lambda: bangkok_now() + ahead
