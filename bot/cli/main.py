"""The command ``ruam``: the way in, and where each command stands.

A command is loaded when it is called, so that ``ruam --help`` does not load the desk. Exit codes: 0 done, 1 findings of error
severity, 2 wrong use or configuration, 3 a server is away.
"""

import logging
import os
import pkgutil
import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot import __version__

# Nobody uses plug-ins of pydantic, for which it would read what every installed package says of itself.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# Each command with its module and the first sentence of its help.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": (
        "init",
        "Set up a new office: questions one after another, each answer tried at once, all files written at the end.",
    ),
    "check": ("check", "Show what would be read from a workbook. Nothing is recorded."),
    "status": ("status", "Show who has reported and what is still owed, and how the desk itself is doing."),
    "calls": ("calls", "List whom to phone today, with the number, why, what is missing and when letters went."),
    "doctor": ("doctor", "Check everything the bot needs, and say in plain words what to mend."),
    "authorize": (
        "authorize",
        "Sign in at Google or Microsoft 365, so that the bot can log in by OAuth2. Needed once, and when it was withdrawn.",
    ),
    "mails": (
        "mails_replay_purge",
        "List the received mails: number, when received, state, outcome, circular, sender, subject.",
    ),
    "replay": (
        "mails_replay_purge",
        "Read a mail anew after something was mended; its new reading takes the place of the old one.",
    ),
    "backup": (
        "backup_restore_recover",
        "Copy the books into a file while the bot works. The copy holds mails: keep it as safe as the books.",
    ),
    "restore": (
        "backup_restore_recover",
        "Put a backup in the place of the books, and take in again what was filed away since. Stop the bot first.",
    ),
    "recover": (
        "backup_restore_recover",
        "Take in what lies in the bot's own folders and is not in the books. `ruam restore` does it by itself.",
    ),
    "purge": (
        "mails_replay_purge",
        "Remove the bytes of old mails and letters from the books. Answers and the trace of every mail stay.",
    ),
    "verify": ("verify", "Check that nobody changed the books, or an archive of evidence, by their chain of hashes."),
    "evidence": (
        "evidence",
        "Write mails, files, answers with their cells, letters, approvals and reports of a circular into one archive.",
    ),
    "tasks": (
        "tasks",
        "List what the department asked for and is not done yet: number, since when, circular, who, subject.",
    ),
    "letters": (
        "letters",
        "List the bot's letters: number, when queued, state, kind, circular, to whom, subject, the last word about it.",
    ),
    "resend": (
        "letters",
        "Send letters again that failed, came back or are in doubt, as they are and under their own Message-IDs.",
    ),
    "settle": ("letters", "Say what became of a report in doubt, as a staff reply of ส่งแล้ว or ส่งซ้ำ would."),
    "baseline": (
        "baseline",
        "Load who had not done it at a day before the round: form, digest, draft and report then show what has changed since.",
    ),
    "holiday": (
        "holiday",
        "Enter a day off (add) or a day on which the office works all the same (remove), or list what was entered.",
    ),
    "run": ("run", "Watch the mailbox, answer, remind and report until stopped (SIGTERM or Ctrl-C)."),
    "office": (
        "office",
        "Enter an office among those that `ruam run --every-office` runs, list them, or take one out. Its rows stay.",
    ),
    "roster": (
        "roster",
        "Write the roster as an Excel workbook to fill in with addresses, or take in a filled one. All mistakes are shown at once.",
    ),
    "circular": (
        "circular",
        "Propose a circular from the department's letter and blank form, with a dry run; or start one.",
    ),
    "desk": (
        "desk",
        "Show the desk in the browser, to staff and to who may look, until stopped; or write the same pages into a folder.",
    ),
    "once": ("run", "Do one full pass (collect, read, decide, tick, send) and exit."),
    "rollup": ("report", "Write the consolidated report as it stands now."),
    "approve": ("report", "Let the newest draft go to the department, as a staff reply of อนุมัติ would."),
    "round": ("round", "Show the state of a round, its dates, and how it got there: when, what, on whose word, why."),
    "extend": (
        "round",
        "Give all reporters or one of them a new deadline; those concerned get a letter, and the reminders are planned anew.",
    ),
    "exempt": (
        "round",
        "Leave an organisation out of a round, with the reason; it counts nowhere, and its reporter is told. --lift asks it again.",
    ),
    "close": (
        "round",
        "Close a round: nobody is reminded any more; what still comes is kept, answered as late and put before staff.",
    ),
    "reopen": ("round", "Open a closed round again."),
    "say": ("say", "Show what a staff mail with these words would change, and do it with --yes."),
    "demo": ("demo", "Play two circulars through on embedded servers, from 19 November to 6 December 2567."),
}


class _Command(TyperCommand):
    """A command by name and first sentence, loaded when it is called or asked for its help."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        return loaded(self.name or "").make_context(info_name, args, parent, **extra)


class _Commands(TyperGroup):
    """The commands of the table, in its order."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - as click has it
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:  # noqa: ARG002 - as click has it
        return _Command(cmd_name, help=COMMANDS[cmd_name][1]) if cmd_name in COMMANDS else None


def loaded(name: str) -> Any:
    """A command with its options, as typer makes it of its function; typer names no public type for it."""
    function = pkgutil.resolve_name(f"bot.cli.{COMMANDS[name][0]}:{name}")
    if "structlog" in sys.modules:  # one of the desk's steps came with it, and has something to log
        from bot.cli.log_lines import log_from  # noqa: PLC0415 - the others are spared what takes longer than they do

        log_from(logging.INFO)
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich")
    alone.command(name)(function)
    return typer.main.get_command(alone)


app = typer.Typer(
    name="ruam",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(wanted: bool) -> None:  # noqa: FBT001 - typer hands the flag over
    if wanted:
        typer.echo(f"ruam {__version__}")
        raise typer.Exit


@app.callback()
def ruam(
    version: Annotated[  # noqa: FBT002 - a flag; its callback does it
        bool, typer.Option("--version", help="Say the version and exit.", is_eager=True, callback=_say_version)
    ] = False,
) -> None:
    """Ruam (รวม), the reporting desk of a provincial office, run by e-mail."""


def main() -> None:
    """Run the command line; the exit code says how it went."""
    app()
