"""``ruam doctor``: what the bot needs, and what to mend."""

from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption
from bot.cli.console import FINDINGS, SERVER_AWAY, console
from bot.doctor.examine import examine
from bot.doctor.verdict import Check, Verdict
from bot.service.context import bangkok_now

LOOKS = {Verdict.OK: "green", Verdict.WARNING: "yellow", Verdict.WRONG: "red"}


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
