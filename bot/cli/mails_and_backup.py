"""``ruam mails``, ``replay``, ``backup``, ``restore`` and ``purge``: what an operator does with the books."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import (
    DEFAULT_CONFIG,
    WRONG_USE,
    ConfigOption,
    console,
    errors,
    opened_books,
    opened_house,
    plain,
    stop,
    told,
)
from bot.config.load import load_bureau, load_config
from bot.office.model.circular import BANGKOK
from bot.office.model.received_mail import MessageState
from bot.post.exceptions import PostError
from bot.service import replay_and_recover
from bot.service.context import bangkok_now
from bot.store import backup as copies
from bot.store.mails_replay_purge import MailLine


def mails(
    state: Annotated[
        MessageState | None, typer.Argument(help="Only mails in this state; all when left out.", case_sensitive=False)
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """List the received mails: number, when received, state, outcome, circular, sender, subject.

    Example: ruam mails held
    """
    with told():
        settings = load_config(config)
        with opened_books(settings, load_bureau(settings)) as books:
            _listed(books.mails(state))


def _listed(lines: Iterable[MailLine]) -> None:
    """One line for each mail, its columns apart by tabs."""
    for line in lines:
        when = f"{line.received.astimezone(BANGKOK):%Y-%m-%d %H:%M}"
        said = (str(line.id), when, line.state.value, line.outcome, line.circular, line.sender, line.subject)
        typer.echo("\t".join(map(plain, said)))


def replay(
    message: Annotated[int, typer.Argument(help="The mail's number, as `ruam mails` shows it.")],
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Read a mail anew after something was mended; its new reading takes the place of the old one.

    Example: ruam replay 17
    """
    with told(), opened_house(load_config(config)) as house:
        try:
            decision = replay_and_recover.replay(house, message, bangkok_now())
        except (LookupError, replay_and_recover.NotReplayableError) as error:
            stop(WRONG_USE, str(error.args[0]))
    if decision is None:
        console.print(f"mail {message} reads as before; nothing was changed and nobody is told")
    else:
        said = f"{decision.outcome}, {len(decision.answers)} answers; {len(decision.letters)} letters queued"
        console.print(f"mail {message}: {said}", highlight=False)


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


def purge(
    before: Annotated[datetime.datetime, typer.Option(help="The day before which mails go.", formats=["%Y-%m-%d"])],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, only show what would go.")] = False,  # noqa: FBT002 - a flag
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Remove the bytes of old mails and letters from the books. Answers and the trace of every mail stay.

    Example: ruam purge --before 2024-06-30
    """
    moment = before.replace(tzinfo=BANGKOK)
    with told():
        settings = load_config(config)
        with opened_books(settings, load_bureau(settings)) as books:
            found = books.clear(moment) if yes else books.clearing(moment)
    _listed(found.mails)
    verb = "removed" if yes else "would be removed; give --yes to do it"
    console.print(
        f"bytes of {len(found.mails)} mails and {found.letters} letters ({found.size:,} bytes) {verb}", highlight=False
    )
