"""``ruam evidence``: all that stands behind a circular in one file."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, known, opened_house, told
from bot.cli.console import WRONG_USE, console, stop
from bot.config.load import load_config
from bot.service.evidence import write_evidence


def evidence(
    circular: Annotated[str, typer.Argument(help="Slug of the circular.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The archive to write (.zip).")],
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Write mails, files, answers with their cells, letters, approvals and reports of a circular into one archive.

    Example: ruam evidence w5827 -o w5827-evidence.zip
    """
    with told(), opened_house(load_config(config)) as house:
        known(house.bureau, circular)
        try:
            seal = write_evidence(house, house.bureau.circulars[circular], output)
        except OSError as error:
            stop(WRONG_USE, f"{output} cannot be written: {error}")
    console.print(f"{output}: {output.stat().st_size:,} bytes; check it with `ruam verify {output}`", highlight=False)
    typer.echo(f"seal {seal}")
