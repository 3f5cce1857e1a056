"""``ruam status`` and ``ruam doctor``: how the circulars stand, how the desk is doing, and what to mend."""

import json
import sys
from typing import Annotated

import typer

from bot.cli.common import (
    DEFAULT_CONFIG,
    FINDINGS,
    SERVER_AWAY,
    ConfigOption,
    JsonOption,
    console,
    known,
    opened_books,
    told,
)
from bot.cli.printed_tables import status_table
from bot.config.load import load_bureau, load_config
from bot.doctor.examine import examine
from bot.doctor.verdict import Check, Verdict
from bot.office.letters.digest import progress
from bot.office.model.bureau import Bureau
from bot.office.model.circular_standing import Standing
from bot.office.plan.outage import as_json, english_lines
from bot.service.context import bangkok_now

LOOKS = {Verdict.OK: "green", Verdict.WARNING: "yellow", Verdict.WRONG: "red"}


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
        known(bureau, circular)
        with opened_books(settings, bureau) as books:
            standings = [
                Standing(one, books.answers(slug), books.last_mail(slug), books.drafts(slug))
                for slug, one in bureau.circulars.items()
                if circular in {"", slug}
            ]
            health = books.health()
    now = bangkok_now()
    if as_json_:
        found = {"health": as_json(health, now), "circulars": [_standing(bureau, one) for one in standings]}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    for standing in standings:
        console.print(status_table(bureau, standing))
    for line in english_lines(health, now):
        console.print(line, highlight=False, markup=False)


def _standing(bureau: Bureau, standing: Standing) -> dict[str, object]:
    rows = progress(bureau, standing)
    return {
        "circular": standing.circular.slug,
        "done": sum(row[1] for row in rows),
        "total": sum(row[2] for row in rows),
        "drafts": len(standing.drafts),
        "dispatched_at": standing.dispatched.isoformat() if standing.dispatched else None,
        "reporters": [
            {"name": name, "done": done, "total": total, "last_mail_at": last.isoformat() if last else None}
            for name, done, total, last in rows
        ],
    }


def doctor(
    no_mail: Annotated[bool, typer.Option("--no-mail", help="Send no mail to itself.")] = False,  # noqa: FBT002 - a flag
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Check everything the bot needs, and say in plain words what to mend.

    Example: ruam doctor --no-mail
    """
    checks: list[Check] = []
    for check in examine(config, bangkok_now(), mail=not no_mail):
        checks.append(check)
        console.print(f"[{LOOKS[check.verdict]}]{check.verdict.value:8}[/] {check.about}: ", end="")
        console.print(check.words, markup=False, highlight=False, soft_wrap=True)
    if any(check.away for check in checks):
        raise typer.Exit(SERVER_AWAY)
    if any(check.verdict is Verdict.WRONG for check in checks):
        raise typer.Exit(FINDINGS)
