"""The command ``ruam``: the way in, and the commands that do the office's work.

Exit codes: 0 done, 1 findings of error severity, 2 wrong use or configuration, 3 a server is away.
"""

import dataclasses
import datetime
import functools
import logging
import signal
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__
from bot.cli.authorize import authorize
from bot.cli.backup_restore_recover import backup, recover, restore
from bot.cli.baseline import baseline
from bot.cli.check import check
from bot.cli.common import (
    DEFAULT_CONFIG,
    WRONG_USE,
    ConfigOption,
    console,
    known,
    opened_books,
    opened_house,
    stop,
    told,
)
from bot.cli.doctor import doctor
from bot.cli.letters import letters, resend, settle
from bot.cli.log_lines import log_from
from bot.cli.mails_replay_purge import mails, purge, replay
from bot.cli.status import status
from bot.config.load import load_bureau, load_config
from bot.documents.report.workbook import report_workbook
from bot.office.decision import Decision, Facts
from bot.office.model.circular import BANGKOK
from bot.office.model.rollup import roll_up
from bot.office.rules.approval import REFUSALS, Word, release
from bot.post.imap.mailbox import Mailbox
from bot.post.smtp.sending import Outbox
from bot.service import daemon, single_pass
from bot.service.context import House, bangkok_now, shared_now
from bot.service.facts_of_mail import with_circular
from bot.service.record_decision import record

app = typer.Typer(
    name="ruam",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    check,
    status,
    doctor,
    authorize,
    mails,
    replay,
    backup,
    restore,
    recover,
    purge,
    letters,
    resend,
    settle,
    baseline,
):
    app.command()(command)


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
    log_from(logging.INFO)
    app()


@app.command()
def run(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Watch the mailbox, answer, remind and report until stopped (SIGTERM or Ctrl-C).

    Example: ruam run --config /etc/ruam/config.toml
    """
    with told():
        settings = load_config(config)
        with opened_house(settings) as house:
            bot = daemon.Daemon(house, settings.imap, settings.smtp, shared=functools.partial(shared_now, house))
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: bot.stop.set())
            bot.run()


@app.command()
def once(
    config: ConfigOption = DEFAULT_CONFIG,
    at: Annotated[
        datetime.datetime | None,
        typer.Option(help="Act as if it were this moment, Thai time.", formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    ] = None,
) -> None:
    """Do one full pass (collect, read, decide, tick, send) and exit.

    Example: ruam once --at 2024-11-22T09:00
    """
    now = at.replace(tzinfo=BANGKOK) if at else bangkok_now()
    with told():
        settings = load_config(config)
        with (
            opened_house(settings) as house,
            single_pass.alone(house, settings.imap.folder),
            Mailbox(settings.imap) as mailbox,
        ):
            mailbox.ensure_folders()
            running = None if at else functools.partial(shared_now, house)
            single_pass.once(house, mailbox, Outbox(settings.smtp), now, running)


@app.command()
def rollup(
    circular: Annotated[str, typer.Argument(help="Slug of the circular.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The workbook to write.")],
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Write the consolidated report as it stands now.

    Example: ruam rollup w5827 -o report.xlsx
    """
    with told():
        settings = load_config(config)
        bureau = load_bureau(settings)
        known(bureau, circular)
        one = bureau.circulars[circular]
        with opened_books(settings, bureau) as books:
            today = bangkok_now().date()
            table = roll_up(one, bureau.roster, books.answers(circular), books.remarks(circular), today)
            table = dataclasses.replace(table, stand=books.stand(circular))
    output.write_bytes(report_workbook(one, table, bureau.office, bureau.roster))
    console.print(f"{output}: {len(table.lines) - len(table.unreported)} of {len(table.lines)} organisations complete")


@app.command()
def approve(
    circular: Annotated[str, typer.Argument(help="Slug of the circular.")], config: ConfigOption = DEFAULT_CONFIG
) -> None:
    """Let the newest draft go to the department, as a staff reply of อนุมัติ would.

    Example: ruam approve w5827
    """
    with told():
        settings = load_config(config)
        with opened_house(settings) as house:
            known(house.bureau, circular)
            decision = _release(house, circular)
            record(house, decision, None, bangkok_now())
            if decision.outcome in REFUSALS:
                stop(WRONG_USE, f"Not sent: {decision.outcome}. See `ruam status {circular}`.")
            waits = "it goes when staff give the number of its cover letter by reply"
            goes = "the report is queued and goes out with the next pass"
            console.print(f"Approved; {waits if decision.outcome == 'waits-for-number' else goes}.")


def _release(house: House, circular: str) -> Decision:
    facts = dataclasses.replace(with_circular(house, circular, Facts()), stand=house.books.stand(circular))
    if not facts.drafts:
        stop(WRONG_USE, f'There is no draft of "{circular}" yet; it is made when all is in, or at the cut-off.')
    return release(house.bureau, facts, facts.drafts[-1], Word("ruam approve", "ruam", bangkok_now()))


@app.command()
def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for everything it makes.")] = Path("demo-out"),
) -> None:
    """Play circular w5827 through on embedded servers, from 19 November to 6 December 2567.

    Example: ruam demo && less demo-out/story.md
    """
    try:
        from bot.demo.run_demo import play  # noqa: PLC0415 - its servers are an extra that a deployment does not install
    except ImportError as error:
        stop(WRONG_USE, f"The demo's servers are not installed ({error.name}). Install with: pip install 'ruam[demo]'")
    log_from(logging.WARNING)
    try:
        play(output, console)
    except FileExistsError as error:
        stop(WRONG_USE, str(error))
