"""``ruam roster``: the roster as a workbook to fill in, and back."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, told
from bot.cli.console import FINDINGS, SERVER_AWAY, WRONG_USE, console, stop
from bot.config.load import load_config, roster_files
from bot.config.national_roster import province_files, province_named
from bot.config.roster_folder import ROSTER_FILE, joined, read_roster
from bot.config.roster_import import Files, imported, request_of
from bot.config.roster_writing import write_roster
from bot.documents.roster.marked_roster import marked_roster
from bot.documents.roster.roster_workbook import roster_workbook
from bot.office.model.roster_changes import changes
from bot.service.context import bangkok_now
from parsers.child_process.sandbox import Sandbox, SandboxClosed, Starved
from parsers.findings import Severity
from parsers.rosters.entries import RosterReading

MARKED = "-ข้อควรแก้ไข.xlsx"  # end of a marked copy's name


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
        present, folder = _present(config, to, province)
        if what is What.EXPORT:
            file.write_bytes(roster_workbook(joined(*present, str(file)), bangkok_now()))
            console.print(f"{file}: fill it in, then: ruam roster import {file}", highlight=False, soft_wrap=True)
        else:
            _import(file, present, folder, write=yes)


def _present(config: Path, to: Path | None, province: str) -> tuple[Files, Path | None]:
    """The roster as it stands, and the folder that it is written to, None for a shipped one."""
    if to is not None and (to / ROSTER_FILE).is_file():
        return read_roster(to), to
    if province:
        named = province_named(province)
        if not named:
            stop(WRONG_USE, f'No province "{province}"; write it like น่าน, nan or "Chiang Mai"')
        return province_files(named), to
    files, folder = roster_files(load_config(config))
    return files, to or folder


def _import(file: Path, present: Files, folder: Path | None, *, write: bool) -> None:
    before = joined(*present, str(file))
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
    declared, rows = imported(present, before, reading)
    lines = changes(before, joined(declared, rows, str(file)))
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
        console.print(
            f"Written to {folder}. Start the bot anew: systemctl restart ruam", highlight=False, soft_wrap=True
        )


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
