"""``ruam letters``, ``resend`` and ``settle``: the letters of the outbox, and a person's word on those that did not arrive."""

import datetime
from collections.abc import Sequence
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, known, opened_books, told
from bot.cli.console import WRONG_USE, console, plain, stop
from bot.config.load import load_bureau, load_config
from bot.office.letters.yearly_note import effects_view
from bot.office.model.bangkok_time import BANGKOK, BUDDHIST_FROM
from bot.office.model.bureau import Bureau
from bot.office.model.fiscal_year import begins
from bot.office.model.sent_letter import LetterState, Resolution
from bot.office.rules.report_in_doubt import WAITS
from bot.service.context import bangkok_now
from bot.service.current_bureau import current_bureau
from bot.store.books import OfficeBooks
from parsers.thai.dates import BUDDHIST_AHEAD

BY = "ruam settle"
BY_RESEND = "ruam resend"
EVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def letters(
    state: Annotated[
        LetterState | None, typer.Argument(help="Only letters in this state; all when left out.", case_sensitive=False)
    ] = None,
    circular: Annotated[str, typer.Option(help="Slug of one circular; all when left out.")] = "",
    effect: Annotated[
        int | None,
        typer.Option(
            help="A fiscal year, such as 2569: what its requests and reminders brought about.", min=1900, max=2900
        ),
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """List the bot's letters: number, when queued, state, kind, circular, to whom, subject, the last word about it.

    With --effect, in their place: how many went at each step of the plan, how many brought data by the end of the next
    working day, later, and not before the next step; which step worked best; who never answers before the last day.

    Example: ruam letters failed
    """
    with told():
        settings = load_config(config)
        bureau = load_bureau(settings)
        with opened_books(settings, bureau) as books:
            bureau = current_bureau(bureau, books, bangkok_now(), (circular,))
            known(bureau, circular)
            if effect:
                _show_effects(bureau, books, effect, circular)
                return
            for line in books.letters(circular):
                if state in {None, line.state}:
                    when = f"{line.queued.astimezone(BANGKOK):%Y-%m-%d %H:%M}"
                    said = (str(line.id), when, line.state.value, line.kind, line.circular, line.addressee)
                    typer.echo("\t".join(map(plain, (*said, line.subject, line.detail))))


def _show_effects(bureau: Bureau, books: OfficeBooks, year: int, circular: str) -> None:
    """What the letters of a fiscal year brought about, as the yearly note tells it."""
    year += 0 if year >= BUDDHIST_FROM else BUDDHIST_AHEAD
    effects = [one for one in books.effects(begins(year)) if circular in {"", one.circular}]
    view = effects_view(bureau, year, effects, bangkok_now())
    if view is None:
        console.print(f"No request or reminder went in the fiscal year {year}.", highlight=False)
        return
    typer.echo("step\tsent\twithin a working day\tlater\tnot before the next step\tstill waiting")
    for name, one in view["steps"]:
        numbers = (one.sent, one.prompt, one.later, one.unanswered, one.waiting)
        typer.echo("\t".join((name, *map(str, numbers))))
    typer.echo(view["best"])
    for name in view["slow"]:
        typer.echo(f"never before the last day\t{plain(name)}")


def resend(
    letter: Annotated[
        list[int] | None, typer.Argument(help="Numbers of letters, as `ruam letters failed` shows them.")
    ] = None,
    circular: Annotated[str, typer.Option(help="All letters of this circular that failed.")] = "",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Send letters again that failed, came back or are in doubt, as they are and under their own Message-IDs.

    Example: ruam resend 41 42
    """
    with told():
        if bool(letter) == bool(circular):
            stop(WRONG_USE, "Write numbers of letters, or --circular and its slug. `ruam letters failed` lists them.")
        settings = load_config(config)
        bureau = load_bureau(settings)
        with opened_books(settings, bureau) as books:
            known(current_bureau(bureau, books, bangkok_now(), (circular,)), circular)
            numbers = letter or books.failed_since(EVER, circular)
            _refuse(books, numbers)
            done = sum(books.resolve(Resolution(number, again=True, by=BY_RESEND), bangkok_now()) for number in numbers)
    console.print(f"{done} letters queued again; they go out with the next pass.", highlight=False)


def _refuse(books: OfficeBooks, numbers: Sequence[int]) -> None:
    """End the command, before anything is done, when one of the letters cannot go again."""
    fates = {fate.id: fate for fate in books.fates(numbers=numbers)} if numbers else {}
    for number in numbers:
        fate = fates.get(number)
        if fate is None:
            stop(WRONG_USE, f"There is no letter {number}. `ruam letters failed` lists those that failed.")
        if fate.state not in WAITS:
            stop(WRONG_USE, f"Letter {number} is {fate.state.value}; only one that did not arrive is sent again.")
        if not fate.kept:
            stop(WRONG_USE, f"The bytes of letter {number} were cleared by `ruam purge`; it cannot be sent again.")


def settle(
    letter: Annotated[
        int | None, typer.Argument(help="Number of the letter; without it, those that wait are listed.")
    ] = None,
    sent: Annotated[bool, typer.Option("--sent", help="It arrived, or you sent it yourself.")] = False,  # noqa: FBT002 - a flag
    again: Annotated[bool, typer.Option("--again", help="Send it once more, as it is.")] = False,  # noqa: FBT002 - a flag
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Say what became of a report in doubt, as a staff reply of ส่งแล้ว or ส่งซ้ำ would.

    Example: ruam settle 13 --again
    """
    with told():
        settings = load_config(config)
        with opened_books(settings, load_bureau(settings)) as books:
            waiting = {fate.id: fate for fate in books.fates(reports=True) if fate.state in WAITS}
            if letter is None:
                for fate in waiting.values():
                    line = (
                        f"{fate.id}  {fate.state.value}  {fate.circular}  {', '.join(fate.recipients)}  {fate.detail}"
                    )
                    console.print(line, markup=False, highlight=False)
                console.print(f"{len(waiting)} reports wait for a person's word.")
                return
            if sent == again:
                stop(WRONG_USE, "Write one of --sent and --again.")
            if letter not in waiting or not books.resolve(Resolution(letter, again, BY), bangkok_now()):
                stop(WRONG_USE, f"Letter {letter} waits for nobody's word. `ruam settle` lists those that do.")
            console.print("Queued again; it goes out with the next pass." if again else "Noted as sent.")
