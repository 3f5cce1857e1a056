"""``ruam calls``: whom to phone today."""

import dataclasses
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, known, opened_books, standing_in, told
from bot.cli.console import console
from bot.config.load import load_bureau, load_config
from bot.office.plan import calls as plan
from bot.office.plan.due import is_open
from bot.service.context import bangkok_now
from bot.service.current_bureau import current_bureau


def calls(
    circular: Annotated[str, typer.Argument(help="Slug of one circular; all when left out.")] = "",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """List whom to phone today, with the number, why, what is missing and when letters went.

    On the list is who is overdue after two letters without an answer, whom no letter reaches, and who was never heard from
    with one working day left.

    Example: ruam calls
    """
    now = bangkok_now()
    with told():
        settings = load_config(config)
        bureau = load_bureau(settings)
        with opened_books(settings, bureau) as books:
            bureau = current_bureau(bureau, books, now, (circular,))
            known(bureau, circular)
            wanted = [one for slug, one in bureau.circulars.items() if circular in {"", slug}]
            standings = [found for one in wanted if is_open(found := standing_in(books, one), now)]
            gone = frozenset(books.bounced())
            standings = [
                dataclasses.replace(one, ledger=books.ledger(one.circular.slug), unreachable=gone) for one in standings
            ]
            listed = plan.calls(bureau, standings, now)
    for call in listed:
        for line in plan.in_lines(bureau, call, len(call.matters)):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    if not listed:
        console.print("Nobody needs to be phoned today.", highlight=False)
