"""``ruam mails``, ``replay`` and ``purge``: the received mails listed, one read anew, the bytes of old ones removed."""

import datetime
from collections.abc import Iterable
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, opened_books, opened_house, told
from bot.cli.console import WRONG_USE, console, plain, stop
from bot.config.load import load_bureau, load_config
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.received_mail import MessageState
from bot.service import replay_and_recover
from bot.service.context import bangkok_now
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
            found = books.clear(moment, bangkok_now()) if yes else books.clearing(moment)
    _listed(found.mails)
    verb = "removed" if yes else "would be removed; give --yes to do it"
    console.print(
        f"bytes of {len(found.mails)} mails and {found.letters} letters ({found.size:,} bytes) {verb}", highlight=False
    )
