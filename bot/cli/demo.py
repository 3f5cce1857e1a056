"""``ruam demo``: the whole life of two circulars played through."""

import logging
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import FINDINGS, WRONG_USE, console, stop
from bot.cli.log_lines import log_from


def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for everything it makes.")] = Path("demo-out"),
) -> None:
    """Play two circulars through on embedded servers, from 19 November to 6 December 2567.

    Example: ruam demo && less demo-out/story.md
    """
    try:
        from bot.demo.ending import BrokenPromiseError  # noqa: PLC0415 - as the next
        from bot.demo.run_demo import play  # noqa: PLC0415 - its servers are an extra that a deployment does not install
    except ImportError as error:
        stop(WRONG_USE, f"The demo's servers are not installed ({error.name}). Install with: pip install 'ruam[demo]'")
    log_from(logging.WARNING)
    try:
        play(output, console)
    except FileExistsError as error:
        stop(WRONG_USE, str(error))
    except BrokenPromiseError as error:
        stop(FINDINGS, str(error))
