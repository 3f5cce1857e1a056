"""How the commands speak: exit codes, the two consoles, the log, ending with a sentence. Loads nothing of the desk."""

import sys
from typing import NoReturn

import structlog
import typer
from rich.console import Console

DONE, FINDINGS, WRONG_USE, SERVER_AWAY = 0, 1, 2, 3

console = Console()
errors = Console(stderr=True)


def log_from(level: int) -> None:
    """Write the log to standard error, from this level on."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=False),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "action", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def plain(text: str) -> str:
    """Text of others at a terminal: without control characters."""
    return "".join(c if c.isprintable() else " " for c in text)


def stop(code: int, sentence: str) -> NoReturn:
    """End the command with a sentence on standard error."""
    errors.print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(code)
