"""``ruam tasks``: what the department asked for, and that it is done."""

from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, opened_books, told
from bot.cli.console import WRONG_USE, console, plain, stop
from bot.config.load import load_bureau, load_config
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.task import Done, Task
from bot.service.context import bangkok_now


def tasks(
    done: Annotated[int, typer.Option(help="The number of a task that is done.")] = 0,
    every: Annotated[bool, typer.Option("--all", help="Those that are done too.")] = False,  # noqa: FBT002 - a flag
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """List what the department asked for and is not done yet: number, since when, circular, who, subject.

    Example: ruam tasks --done 17
    """
    with told():
        settings = load_config(config)
        with opened_books(settings, load_bureau(settings)) as books:
            if done:
                if not books.finish_task(Done(done, "ruam tasks"), bangkok_now()):
                    stop(WRONG_USE, f"task {done} is not open; `ruam tasks --all` lists all of them")
                console.print(f"task {done} is done", highlight=False)
                return
            for task in books.tasks(also_done=every):
                typer.echo(_line(task))


def _line(task: Task) -> str:
    state = f"done {task.done.astimezone(BANGKOK):%Y-%m-%d} by {task.by}" if task.done else "open"
    when = f"{task.opened.astimezone(BANGKOK):%Y-%m-%d %H:%M}"
    return "\t".join(map(plain, (str(task.message), when, state, task.circular, task.sender, task.subject)))
