"""``ruam status``: who has reported and what is owed, and how the desk itself is doing."""

import datetime
import json
import sys
from typing import Annotated

import typer
from rich.table import Table

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, JsonOption, known, opened_books, standing_in, told
from bot.cli.console import console
from bot.config.load import load_bureau, load_config
from bot.office.letters.digest import progress
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.circular_standing import Standing
from bot.office.model.owed import owed_by
from bot.office.plan.outage import as_json, english_lines
from bot.office.rounds.history import state_of
from bot.service.context import bangkok_now
from bot.service.current_bureau import current_bureau
from parsers.thai.dates import thai_short_date, thai_short_moment

DATES = ("opens", "reporters", "cutoff", "department")


def status(
    circular: Annotated[str, typer.Argument(help="Slug of one circular; all when left out.")] = "",
    as_json_: JsonOption = False,  # noqa: FBT002 - a flag
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Show who has reported and what is still owed, and how the desk itself is doing.

    Example: ruam status w5827
    """
    with told():
        settings = load_config(config)
        bureau = load_bureau(settings)
        with opened_books(settings, bureau) as books:
            bureau = current_bureau(bureau, books, bangkok_now(), (circular,))
            known(bureau, circular)
            standings = [standing_in(books, one) for slug, one in bureau.circulars.items() if circular in {"", slug}]
            health = books.health()
    now = bangkok_now()
    if as_json_:
        found = {"health": as_json(health, now), "circulars": [_standing(bureau, one, now) for one in standings]}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    for standing in standings:
        console.print(_table(bureau, standing, now))
    for line in english_lines(health, now):
        console.print(line, highlight=False, markup=False)


def _standing(bureau: Bureau, standing: Standing, now: datetime.datetime) -> dict[str, object]:
    rows, deadlines = progress(bureau, standing), standing.circular.deadlines
    return {
        "circular": standing.circular.slug,
        "done": sum(row[1] for row in rows),
        "total": sum(row[2] for row in rows),
        "state": state_of(standing, now).value,
        "deadlines": {name: getattr(deadlines, name).isoformat() for name in DATES},
        "extended": {key: until.isoformat() for key, until in standing.circular.extended.items()},
        "exempt": dict(standing.circular.exempt),
        "drafts": len(standing.drafts),
        "dispatched_at": standing.dispatched.isoformat() if standing.dispatched else None,
        "reporters": [
            {"name": name, "done": done, "total": total, "last_mail_at": last.isoformat() if last else None}
            for name, done, total, last in rows
        ],
    }


def _table(bureau: Bureau, standing: Standing, now: datetime.datetime) -> Table:
    """Who has reported and what is owed, one line for each declared reporter."""
    dates = [(name, getattr(standing.circular.deadlines, name).astimezone(BANGKOK)) for name in DATES]
    caption = "  ".join((state_of(standing, now).value, *(f"{name} {thai_short_moment(at)}" for name, at in dates)))
    rows = progress(bureau, standing)
    done, total = sum(row[1] for row in rows), sum(row[2] for row in rows)
    table = Table(title=f"{standing.circular.slug}  {standing.circular.number}  {done}/{total}\n{caption}")
    for name in ("Reporter", "Done", "Last mail", "Owed"):
        table.add_column(name, overflow="fold")
    for contact, row in zip(bureau.roster.contacts, rows, strict=True):
        owed = owed_by(standing.circular, bureau.roster, standing.known, contact.reporter.organisations)
        names = ", ".join(bureau.roster.by_code[code].printed_short for code in owed)
        last = thai_short_date(row[3].astimezone(BANGKOK).date()) if row[3] else "-"
        name = row[0] if contact.reporter.addresses else f"{row[0]} (no address)"
        table.add_row(name, f"{row[1]}/{row[2]}", last, names or "-")
    return table
