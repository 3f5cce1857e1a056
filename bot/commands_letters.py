"""The command about letters of which the bot cannot know whether they arrived: a person's word settles them."""

from typing import Annotated

import typer

from bot.config import load_bureau, load_config
from bot.house import bangkok_now
from bot.office.doubt import WAITS
from bot.office.records import Resolution
from bot.shell import DEFAULT_CONFIG, WRONG_USE, ConfigOption, console, opened_books, stop, told

BY = "ruam settle"


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
