"""``ruam run`` and ``ruam once``: the desk at work."""

import datetime
import functools
import signal
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, opened_house, told
from bot.config.load import load_config
from bot.office.model.bangkok_time import BANGKOK
from bot.post.imap.mailbox import Mailbox
from bot.post.smtp.sending import Outbox
from bot.service import daemon, single_pass
from bot.service.context import bangkok_now, shared_now


def run(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Watch the mailbox, answer, remind and report until stopped (SIGTERM or Ctrl-C).

    Example: ruam run --config /etc/ruam/config.toml
    """
    with told():
        settings = load_config(config)
        with opened_house(settings) as house:
            bot = daemon.Daemon(house, settings.imap, settings.smtp, shared=functools.partial(shared_now, house))
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: bot.stop.set())
            bot.run()


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
            Mailbox(settings.imap) as mailbox,
        ):
            mailbox.ensure_folders()
            running = None if at else functools.partial(shared_now, house)
            single_pass.once(house, mailbox, Outbox(settings.smtp), now, running)
