"""``ruam verify``: whether the books still say what their chain of hashes covers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, opened_books, told
from bot.cli.console import FINDINGS, WRONG_USE, console, plain, stop
from bot.config.load import load_bureau, load_config

if TYPE_CHECKING:
    from bot.store.books import OfficeBooks
    from bot.store.chain_check import Checked, Misfit

MOST = 20  # places that are named
SHORTEST = 16  # characters of a seal's hash
SAID = {
    "changed": "{thing}: its content is not what row {number} covers",
    "missing": "{thing}: it is gone, and row {number} covers it",
    "added": "{thing}: it is there, and no row covers it",
    "row changed": "row {number} of the journal was changed",
    "row missing": "row {number} of the journal is gone",
}


def verify(
    file: Annotated[Path | None, typer.Argument(help="An archive of `ruam evidence`; the books when left out.")] = None,
    seal: Annotated[
        str, typer.Option(help="NUMBER:HASH as an earlier check or a digest said it: the row must still be there.")
    ] = "",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Check that nobody changed the books, or an archive of evidence, by their chain of hashes.

    Example: ruam verify w5827-evidence.zip
    """
    if file is not None:
        _verify_archive(file, seal)
        return
    with told():
        settings = load_config(config)
        with opened_books(settings, load_bureau(settings)) as books:
            checked = books.check_chain()
            broken = "" if not seal else _unsealed(seal, books)
    _say(checked)
    if broken:
        stop(FINDINGS, broken)
    if checked.wrong:
        raise typer.Exit(FINDINGS)


def _verify_archive(file: Path, seal: str) -> None:
    """An archive by itself; neither books nor configuration are asked."""
    from bot.service.evidence_check import NoEvidenceError, check_archive  # noqa: PLC0415 - only here

    try:
        found = check_archive(file)
    except (NoEvidenceError, OSError) as error:
        stop(WRONG_USE, str(error))
    if found.wrong:
        typer.echo(f"{len(found.wrong)} places do not fit; the first of them:")
        for line in found.wrong[:MOST]:
            typer.echo(f"- {plain(line)}")
        raise typer.Exit(FINDINGS)
    told_of = f"{found.files} files, {found.rows} rows of the chain and {found.things} things"
    console.print(f"The archive fits: {told_of}.", highlight=False)
    typer.echo(f"seal {found.seal}")
    if seal and not found.seal.startswith(seal):
        stop(FINDINGS, "the archive was made of other books than the seal, or at another time")


def _say(checked: "Checked") -> None:
    if checked.wrong:
        typer.echo(f"{checked.wrong} places do not fit; the first of them:")
        for misfit in checked.misfits:
            typer.echo(f"- {_line(misfit)}")
        return
    forgotten = f" ({checked.forgotten} were removed on purpose)" if checked.forgotten else ""
    console.print(
        f"The books fit their journal: {checked.rows} rows cover {checked.things} things{forgotten}.", highlight=False
    )
    typer.echo(f"seal {checked.rows}:{checked.head}")


def _line(misfit: "Misfit") -> str:
    return plain(SAID[misfit.what].format(thing=misfit.thing, number=misfit.number))


def _unsealed(seal: str, books: "OfficeBooks") -> str:
    """What is wrong with a seal that was noted before; "" when it holds. Its hash may be cut short."""
    number, _, noted = seal.partition(":")
    if not number.isdecimal() or len(noted) < SHORTEST:
        stop(WRONG_USE, f'"{seal}" is no seal; write NUMBER:HASH as `ruam verify` says it')
    held = books.row_hash(int(number))
    return "" if held.startswith(noted) else f"row {number} of the journal is not the one that the seal was made of"
