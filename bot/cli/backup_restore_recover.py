"""``ruam backup``, ``restore`` and ``recover``: the books copied, put back, and filled up from the mailbox's folders."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, opened_house, told
from bot.cli.console import console, errors
from bot.config.load import load_config
from bot.post.exceptions import PostError
from bot.service import replay_and_recover
from bot.service.context import bangkok_now
from bot.store import backup as copies


def backup(
    file: Annotated[Path, typer.Argument(help="The new file; an existing one is never overwritten.")],
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Copy the books into a file while the bot works. The copy holds mails: keep it as safe as the books.

    Example: ruam backup /var/backups/ruam-2567-11-20.db
    """
    with told():
        size = copies.backup(load_config(config).books.url, file)
    console.print(f"{file}: {size:,} bytes, checked", highlight=False, soft_wrap=True)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `ruam backup` made.", exists=True, dir_okay=False)],
    force: Annotated[bool, typer.Option("--force", help="Even when the books hold newer things.")] = False,  # noqa: FBT002 - a flag
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Put a backup in the place of the books, and take in again what was filed away since. Stop the bot first.

    The old books stay beside the new ones. Nothing that may have been sent since the backup is sent again by itself.

    Example: ruam restore /var/backups/ruam-2567-11-20.db
    """
    now = bangkok_now()
    with told():
        settings = load_config(config)
        done = copies.restore(settings.books.url, file, now, force=force)
        if done.kept:
            console.print(f"the old books are now {done.kept}", highlight=False, soft_wrap=True)
        console.print(f"{done.letters} letters that waited are marked unknown: see the next digest", highlight=False)
        with opened_house(settings) as house:
            console.print(
                f"{replay_and_recover.skip_steps(house, now)} steps of the plan entered as skipped", highlight=False
            )
            try:
                found = replay_and_recover.recover(house, settings.imap, now)
            except PostError:
                errors.print("The mailbox is away; run `ruam recover` when it is back, before `ruam run`.")
                raise
        console.print(f"{found} mails taken in from the folders; `ruam run` decides them", highlight=False)


def recover(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Take in what lies in the bot's own folders and is not in the books. `ruam restore` does it by itself.

    Example: ruam recover
    """
    with told():
        settings = load_config(config)
        with opened_house(settings) as house:
            found = replay_and_recover.recover(house, settings.imap, bangkok_now())
    console.print(f"{found} mails taken in from the folders; `ruam run` decides them", highlight=False)
