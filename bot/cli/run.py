"""``ruam run`` and ``ruam once``: the desk at work, of one office or of many."""

import datetime
import functools
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, house_of, opened_books_and_sandbox, opened_house, told
from bot.cli.console import WRONG_USE, stop
from bot.cli.desk import OFF
from bot.config.load import Config, load_bureau, load_config
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.post.transports import mailbox_of, outbox_of
from bot.service import daemon, single_pass
from bot.service.context import bangkok_now, shared_now
from bot.service.offices import Offices
from bot.service.page_beside import PageBeside
from bot.store.books import Books
from bot.store.offices import Entered
from parsers.child_process.sandbox import Sandbox


def run(
    config: ConfigOption = DEFAULT_CONFIG,
    every_office: Annotated[  # noqa: FBT002 - a flag
        bool, typer.Option("--every-office", help="Run all offices that `ruam office add` entered into these books.")
    ] = False,
    desk: Annotated[  # noqa: FBT002 - a flag
        bool, typer.Option("--desk", help="Show the page in the browser as well, as `ruam desk` does.")
    ] = False,
) -> None:
    """Watch the mailbox, answer, remind and report until stopped (SIGTERM or Ctrl-C).

    Example: ruam run --config /etc/ruam/config.toml
    """
    with told():
        settings = load_config(config)
        if desk and not every_office and settings.desk is None:
            stop(WRONG_USE, OFF.format(file=config))
        bureau = load_bureau(settings)  # what is wrong in its files is said before the books are made
        with opened_books_and_sandbox(settings) as (books, sandbox):
            all_of_them = Offices(books, functools.partial(_opened, books, sandbox, desk=desk))
            page = _page(settings, config) if desk else None
            bot = all_of_them if every_office else _bot(settings, bureau, (books, sandbox), page)
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: bot.stop.set())
            bot.run()


def _opened(books: Books, sandbox: Sandbox, one: Entered, *, desk: bool) -> daemon.Daemon:
    """The daemon of an office that is entered, with its page where it has one. Raises ConfigError."""
    settings = load_config(Path(one.config))
    page = _page(settings, Path(one.config)) if desk else None
    return _bot(settings, load_bureau(settings), (books, sandbox), page)


def _bot(settings: Config, bureau: Bureau, shared: tuple[Books, Sandbox], page: PageBeside | None) -> daemon.Daemon:
    house = house_of(settings, bureau, *shared)
    running = functools.partial(shared_now, house)
    return daemon.Daemon(house, settings.imap, settings.smtp, shared=running, page=page)


def _page(settings: Config, file: Path) -> PageBeside | None:
    """The page of an office, where its configuration turns it on."""
    command = (sys.executable, "-m", "bot", "desk", "--config", str(file))
    return PageBeside(command, settings.office.slug) if settings.desk else None


def once(
    config: ConfigOption = DEFAULT_CONFIG,
    at: Annotated[
        datetime.datetime | None,
        typer.Option(help="Act as if it were this moment, Thai time.", formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    ] = None,
) -> None:
    """Do one full pass (collect, read, decide, tick, send) and exit.

    Example: ruam once --at 2024-11-22T09:00
    """
    now = at.replace(tzinfo=BANGKOK) if at else bangkok_now()
    with told():
        settings = load_config(config)
        with (
            opened_house(settings) as house,
            single_pass.alone(house, settings.imap.folder),
            mailbox_of(settings.imap) as mailbox,
        ):
            mailbox.ensure_folders()
            running = None if at else functools.partial(shared_now, house)
            single_pass.once(house, mailbox, outbox_of(settings.smtp), now, running)
