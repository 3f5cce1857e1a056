"""How the commands speak: exit codes, the two consoles, ending with a sentence. Loads nothing of the desk."""

from typing import NoReturn

import typer
from rich.console import Console

DONE, FINDINGS, WRONG_USE, SERVER_AWAY = 0, 1, 2, 3

console = Console()
errors = Console(stderr=True)


def plain(text: str) -> str:
    """Text of others at a terminal: without control characters."""
    return "".join(c if c.isprintable() else " " for c in text)


def stop(code: int, sentence: str) -> NoReturn:
    """End the command with a sentence on standard error."""
    errors.print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(code)
