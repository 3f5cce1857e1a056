"""``ruam circular``: a new circular out of the department's papers, and its start."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, told
from bot.cli.console import FINDINGS, SERVER_AWAY, WRONG_USE, console, stop
from bot.config.circular_folder import load_circular
from bot.config.load import load_bureau, load_config
from bot.office.model.bureau import Bureau
from bot.office.new_circular.completed import completed
from bot.office.plan.days_ahead import days_ahead
from bot.service.context import bangkok_now
from bot.setup.circular_start import NotNamedError, named_in
from bot.setup.new_circular import NotOursError, Written, desk_of, write_folder
from parsers.blank_form.proposal import Paper, Papers, Proposal
from parsers.child_process.sandbox import Sandbox, SandboxClosed, Starved
from parsers.form.question import heading
from parsers.thai.dates import thai_short_moment, thai_weekday


class What(StrEnum):
    """What is done."""

    NEW = "new"
    START = "start"


def circular(
    what: Annotated[
        What, typer.Argument(help="new: make its folder of papers; start: name a folder in the configuration.")
    ],
    files: Annotated[
        list[Path],
        typer.Argument(
            help="new: the department's letter and blank form, or the corrected workbook; start: the folder."
        ),
    ],
    into: Annotated[
        Path | None, typer.Option(help="The folder; beside the configuration, named as its slug, when left out.")
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Propose a circular from the department's letter and blank form, with a dry run; or start one.

    Example: ruam circular new letter.pdf form.xlsx
    """
    with told():
        if what is What.START:
            _start(files, config)
        else:
            _new(files, into, config)


def _new(files: Sequence[Path], into: Path | None, config: Path) -> None:
    settings = load_config(config)
    bureau, now = load_bureau(settings), bangkok_now()
    papers = [_paper(file) for file in files]
    read = _read(papers, bureau)
    proposal = completed(read, desk_of(bureau, read.slug), now)
    if not proposal.form.questions:
        _print_doubts(proposal)
        raise typer.Exit(FINDINGS)
    folder = into or settings.file.parent / proposal.slug
    if any((settings.file.parent / name).resolve() == folder.resolve() for name in settings.office.circulars):
        stop(WRONG_USE, f"{folder} is started; change its circular.toml, or write --into with a new folder")
    try:
        written = write_folder(folder, proposal, papers, bureau, now)
    except NotOursError:
        stop(WRONG_USE, f"{folder} holds something else; write --into with a new folder")
    except OSError as error:
        stop(WRONG_USE, f"{folder} cannot be written ({error.strerror})")
    _print(proposal, written, bureau)
    _say(f"\nTo correct it: change {written.workbook}, then: ruam circular new {written.workbook} --into {folder}")
    _say(f"To start it: ruam circular start {folder}")


def _paper(file: Path) -> Paper:
    try:
        return Paper(file.name, file.read_bytes())
    except OSError as error:
        stop(WRONG_USE, f"{file} cannot be read ({error.strerror})")


def _read(papers: Sequence[Paper], bureau: Bureau) -> Papers:
    try:
        with Sandbox() as sandbox:
            return sandbox.read_papers(papers, "", bureau.roster.naming)
    except (Starved, SandboxClosed) as error:
        stop(SERVER_AWAY, f"This machine could not read it ({error}); try again later, or see `ruam doctor`")


def _print(proposal: Proposal, written: Written, bureau: Bureau) -> None:
    circular = written.circular
    _say(f"{circular.slug}: {circular.number} {circular.title}")
    for number, question in enumerate(circular.form.column, 1):
        unit = f" ({question.unit})" if question.unit else ""
        _say(f"  {number}. {heading(question)}: {question.kind}{unit}")
    for each in days_ahead(bureau, circular):
        _say(f"  {thai_weekday(each.at)} {thai_short_moment(each.at)}: {each.what}")
    _say(f"  the form of each of {len(written.forms)} reporters: {written.forms[0].parent}" if written.forms else "")
    _print_doubts(proposal)


def _print_doubts(proposal: Proposal) -> None:
    for doubt in proposal.unsure:
        _say(f"  ? {f'{doubt.question}. ' if doubt.question else ''}{doubt.message}")


def _start(folders: Sequence[Path], config: Path) -> None:
    settings = load_config(config)
    for folder in folders:
        circular = load_circular(folder)
        home = settings.file.parent.resolve()
        within = folder.resolve().is_relative_to(home)
        name = str(folder.resolve().relative_to(home)) if within else str(folder.resolve())
        try:
            new = named_in(settings.file, name)
        except NotNamedError:
            stop(WRONG_USE, f'Write "{name}" into [office] circulars of {settings.file}, then start the bot anew')
        load_bureau(load_config(config))
        opens = thai_short_moment(circular.deadlines.opens)
        _say(
            f"{circular.slug} opens {opens}. "
            + ("Start the bot anew: systemctl restart ruam" if new else "It is named there already.")
        )


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
