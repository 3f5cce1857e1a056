"""``ruam baseline``: load the list of who had not done it at a day before a circular's round."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, known, opened_books, told
from bot.cli.console import FINDINGS, SERVER_AWAY, WRONG_USE, console, stop
from bot.config.load import load_bureau, load_config
from bot.office.model.baseline import Stand, asked_of, brief, settled, stand_of
from bot.office.model.circular import Circular
from bot.service.context import bangkok_now
from bot.service.current_bureau import current_bureau
from parsers.baseline.reading import BaselineReading, BaselineRequest
from parsers.child_process.sandbox import Sandbox, SandboxClosed, Starved
from parsers.reading import Organisation
from parsers.thai.dates import parse_date, thai_short_date


def baseline(
    circular: Annotated[str, typer.Argument(help="Slug of the circular.")],
    file: Annotated[
        Path,
        typer.Argument(
            help="The list, Excel or CSV: names that had not, or a mark for each.", dir_okay=False, exists=True
        ),
    ],
    at: Annotated[
        str, typer.Option(help='Day of its data, such as 2567-10-29 or "29 ต.ค. 67"; what the file says when left out.')
    ] = "",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Load who had not done it at a day before the round: form, digest, draft and report then show what has changed since.

    All mistakes of the list are shown at once, each with its cell; as long as there is an error nothing is recorded. A day
    that is loaded again takes the place of the earlier list of that day.

    Example: ruam baseline w5827 list.xlsx --at 2567-10-29
    """
    with told():
        settings = load_config(config)
        bureau = load_bureau(settings)
        with opened_books(settings, bureau) as books:
            bureau = current_bureau(bureau, books, bangkok_now(), (circular,))
        known(bureau, circular)
        one = bureau.circulars[circular]
        day = _day(at, one)
        reading = settled(_read(file, asked_of(one, bureau.roster)), one, day)
        _print_mistakes(reading)
        wrong = sum(not found.mild for found in reading.mistakes)
        if wrong or reading.at is None:
            console.print(f"{wrong} errors; nothing was recorded. Mend the list and load it again.", highlight=False)
            raise typer.Exit(FINDINGS)
        stand = stand_of(circular, reading.at, reading, bureau.roster.organisations)
        with opened_books(settings, bureau) as books:
            replaced = books.load_stand(stand, bangkok_now())
    _print_stand(one, stand, bureau.roster.organisations)
    again = "in the place of the earlier list of that day" if replaced else "recorded"
    console.print(
        f"{reading.named} rows of {bureau.roster.province} {again}; {reading.elsewhere} rows of other provinces passed over.",
        highlight=False,
    )


def _read(file: Path, request: BaselineRequest) -> BaselineReading:
    """The list as it was read in a child process. Ends the command when the machine cannot."""
    try:
        with Sandbox() as sandbox:
            return sandbox.read_baseline(file.name, file.read_bytes(), request)
    except (Starved, SandboxClosed) as error:
        stop(SERVER_AWAY, f"This machine could not read it ({error}); try again later, or see `ruam doctor`")


def _day(at: str, circular: Circular) -> datetime.date | None:
    """The day that the command names; None when it names none. Ends the command for what is no day."""
    found = parse_date(at, circular.dated) if at else None
    if at and found is None:
        stop(WRONG_USE, f'"{at}" is no day; write it like 2567-10-29, 29/10/2567 or "29 ต.ค. 2567"')
    return found


def _print_mistakes(reading: BaselineReading) -> None:
    for found in reading.mistakes:
        severity = "warning" if found.mild else "error"
        console.print(f"[{severity}] {found.place} {found.message}", markup=False, highlight=False, soft_wrap=True)


def _print_stand(circular: Circular, stand: Stand, organisations: tuple[Organisation, ...]) -> None:
    console.print(f"circular: {circular.slug}   as of: {thai_short_date(stand.at)}", highlight=False)
    for question in circular.form.question:
        if question.key in stand.questions:
            said = [stand.done[o.code, question.key] for o in organisations if (o.code, question.key) in stand.done]
            line = (
                f"{brief(circular, question)}: {sum(said)} of {len(said)} had done it, {len(said) - sum(said)} had not"
            )
            console.print(line, markup=False, highlight=False, soft_wrap=True)
