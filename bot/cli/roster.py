"""``ruam roster``: the roster as a workbook to fill in, and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, opened_database, told
from bot.cli.console import FINDINGS, SERVER_AWAY, WRONG_USE, console, stop
from bot.config.load import Config, load_config, office_of, roster_files
from bot.config.national_roster import province_files, province_named
from bot.config.roster_files import files_of
from bot.config.roster_folder import ROSTER_FILE, joined, read_roster
from bot.config.roster_import import Files, imported, request_of
from bot.config.roster_writing import write_roster
from bot.documents.roster.marked_roster import marked_roster
from bot.documents.roster.roster_workbook import roster_workbook
from bot.office.decision import Decision
from bot.office.model.roster import Roster
from bot.office.model.roster_changes import changes
from bot.office.model.taken_roster import TakenRoster
from bot.service.context import bangkok_now
from bot.service.current_bureau import current_roster
from parsers.child_process.sandbox import Sandbox, SandboxClosed, Starved
from parsers.findings import Severity
from parsers.rosters.entries import RosterReading

if TYPE_CHECKING:
    from bot.store.books import OfficeBooks

MARKED = "-ข้อควรแก้ไข.xlsx"  # end of a marked copy's name


@dataclass(frozen=True)
class Present:
    """The roster as it stands. ``settings`` are given where it is that of the configuration."""

    files: Files
    folder: Path | None  # that it is written to; None for a shipped one
    settings: Config | None = None


class What(StrEnum):
    """What is done."""

    EXPORT = "export"
    IMPORT = "import"


def roster(  # noqa: PLR0913, PLR0917 - each is an option
    what: Annotated[What, typer.Argument(help="export: write the workbook; import: take one in.")],
    file: Annotated[Path, typer.Argument(help="The workbook; import takes CSV and other tables too.", dir_okay=False)],
    province: Annotated[str, typer.Option(help="Of the shipped roster of a province, such as น่าน or nan.")] = "",
    to: Annotated[
        Path | None,
        typer.Option(help="Folder of the roster to change or make; that of the configuration when left out."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write what changes; else it is only shown.")] = False,  # noqa: FBT002 - a flag
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Write the roster as an Excel workbook to fill in with addresses, or take in a filled one. All mistakes are shown at once.

    Example: ruam roster export roster.xlsx --province น่าน
    """
    with told():
        present = _present(config, to, province)
        if what is What.EXPORT:
            file.write_bytes(roster_workbook(joined(*present.files, str(file)), bangkok_now()))
            console.print(f"{file}: fill it in, then: ruam roster import {file}", highlight=False, soft_wrap=True)
        else:
            _import(file, present, write=yes)


def _present(config: Path, to: Path | None, province: str) -> Present:
    """The roster as it stands, and where it is written to."""
    if to is not None and (to / ROSTER_FILE).is_file() and not _is_own(config, to):
        return Present(read_roster(to), to)
    if province and (to is None or not (to / ROSTER_FILE).is_file()):
        named = province_named(province)
        if not named:
            stop(WRONG_USE, f'No province "{province}"; write it like น่าน, nan or "Chiang Mai"')
        return Present(province_files(named), to)
    settings = load_config(config)
    files, folder = roster_files(settings)
    own = to is None or (folder is not None and to.resolve() == folder.resolve())
    return Present(_holding(settings, files), to or folder, settings if own else None)


def _is_own(config: Path, folder: Path) -> bool:
    """Whether the configuration, where there is one, names this folder."""
    if not config.is_file():
        return False
    own = roster_files(load_config(config))[1]
    return own is not None and own.resolve() == folder.resolve()


def _holding(settings: Config, files: Files) -> Files:
    """The configuration's roster with what staff said by mail; the files themselves where they said nothing."""
    declared = joined(*files, str(settings.file))
    with _books(settings) as books:
        holds = current_roster(declared, books)
    return files if holds == declared else files_of(holds)


def _holds_again(settings: Config) -> None:
    """The folder's roster holds from now on: what staff said by mail has been written into it."""
    with _books(settings) as books:
        if books.taken_roster() or books.addresses_of_staff():
            now = bangkok_now()
            taken = TakenRoster("", "ruam roster import", now)
            books.commit(Decision(outcome="roster-taken", rosters=(taken,)), [], message=None, now=now)


@contextmanager
def _books(settings: Config) -> Iterator["OfficeBooks"]:
    office = office_of(settings)
    with opened_database(settings) as books:
        yield books.office(office.slug, office.name)


def _import(file: Path, present: Present, *, write: bool) -> None:
    before = joined(*present.files, str(file))
    reading = _read(file, before)
    declared, rows = imported(present.files, before, reading)
    lines, folder = changes(before, joined(declared, rows, str(file))), present.folder
    for line in lines:
        console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
    if folder is None:
        stop(WRONG_USE, "A shipped roster is not changed: write --to FOLDER, and that folder as [office] roster")
    if not lines:
        console.print("Nothing changes.")
    elif not write:
        console.print(
            f"Nothing was written. With --yes these changes go into {folder}.", highlight=False, soft_wrap=True
        )
    else:
        write_roster(folder, declared, rows)
        if present.settings:
            _holds_again(present.settings)
        console.print(
            f"Written to {folder}. Start the bot anew: systemctl restart ruam", highlight=False, soft_wrap=True
        )


def _read(file: Path, before: Roster) -> RosterReading:
    """What the workbook says. Ends the command where it cannot be read, or something must be mended."""
    try:
        data = file.read_bytes()
    except OSError as error:
        stop(WRONG_USE, f"{file} cannot be read ({error.strerror})")
    try:
        with Sandbox() as sandbox:
            reading = sandbox.read_roster(file.name, data, request_of(before))
            marked = sandbox.run(marked_roster, file.name, data, reading.mistakes) if not reading.usable else None
    except (Starved, SandboxClosed) as error:
        stop(SERVER_AWAY, f"This machine could not read it ({error}); try again later, or see `ruam doctor`")
    _print_mistakes(file, reading, marked)
    return reading


def _print_mistakes(file: Path, reading: RosterReading, marked: bytes | None) -> None:
    """All of them; where something must be mended a marked copy is written and the command ends."""
    for found in reading.mistakes:
        line = f"[{found.severity}] {found.place} {found.message}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if reading.usable:
        return
    wrong = sum(found.severity is Severity.ERROR for found in reading.mistakes)
    said = f"{wrong} to mend; nothing was written."
    if marked:
        copy = file.with_name(file.stem.removesuffix(MARKED.removesuffix(".xlsx")) + MARKED)
        copy.write_bytes(marked)
        said += f" They are marked in {copy}: mend it there and import that file."
    console.print(said, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(FINDINGS)
