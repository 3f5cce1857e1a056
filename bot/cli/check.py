"""``ruam check``: read a workbook or a mail as the desk would. Nothing is recorded."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.check_output import as_json, find_reporter, print_reading
from bot.cli.common import JsonOption, known, told
from bot.cli.console import FINDINGS, SERVER_AWAY, WRONG_USE, console, stop
from bot.config.load import load_bureau, load_config, shipped_bureau
from bot.office.model.bureau import Bureau
from parsers.child_process.sandbox import Sandbox, SandboxClosed, Starved
from parsers.findings import Severity
from parsers.formats.sniff import sniff
from parsers.reading import FileRequest, Reading


def check(
    file: Annotated[Path, typer.Argument(help="A workbook, or a whole mail (.eml).", dir_okay=False, exists=True)],
    circular: Annotated[str, typer.Option(help="Slug of the circular; found by itself when left out.")] = "",
    reporter: Annotated[
        str, typer.Option(help="A district or an organisation; the whole province when left out.")
    ] = "",
    as_json_: JsonOption = False,  # noqa: FBT002 - a flag
    config: Annotated[
        Path | None, typer.Option("--config", "-c", help="Configuration; the shipped data without.")
    ] = None,
) -> None:
    """Show what would be read from a workbook. Nothing is recorded.

    Example: ruam check reply.xlsx --reporter ลอง --json
    """
    with told():
        bureau = load_bureau(load_config(config)) if config else shipped_bureau()
        known(bureau, circular)
        try:
            key = find_reporter(bureau, reporter).key if reporter else None
        except LookupError as error:
            stop(WRONG_USE, str(error.args[0]))
        try:
            reading = _read(bureau, file, circular or None, key)
        except (Starved, SandboxClosed) as error:
            stop(SERVER_AWAY, f"This machine could not read it ({error}); try again later, or see `ruam doctor`")
    if as_json_:
        sys.stdout.write(json.dumps(as_json(bureau, reading), ensure_ascii=False, indent=2) + "\n")
    else:
        print_reading(console, bureau, reading)
    if any(finding.severity is Severity.ERROR for finding in reading.findings):
        raise typer.Exit(FINDINGS)


def _read(bureau: Bureau, file: Path, circular: str | None, reporter: str | None) -> Reading:
    data = file.read_bytes()
    with Sandbox() as sandbox:
        kind = sniff(data)
        if kind == "eml" or (kind in {"text", "csv", "mhtml", "unknown"} and file.suffix.lower() == ".eml"):
            return sandbox.read_message(data, bureau.catalogue(), circular, reporter)
        return sandbox.read_file(file.name, data, FileRequest(bureau.catalogue(), circular, reporter))
