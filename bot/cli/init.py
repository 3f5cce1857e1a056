"""``ruam init``: a new office, asked for one question after another; each answer is tried at once."""

import shutil
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.common import told
from bot.cli.console import FINDINGS, SERVER_AWAY, WRONG_USE, console, stop
from bot.config.toml_files import read_toml
from bot.service.context import bangkok_now
from bot.setup.first_files import CONFIG, UNIT, WORKBOOK, FirstDay, write_first_files
from bot.setup.names import Names
from bot.setup.person import Answers, Interview, Person, Unanswered, Unfit
from bot.setup.steps import Setup
from bot.setup.unit import Service, this_service
from bot.setup.words import said

TONES = {"": "", "good": "green", "warning": "yellow", "wrong": "red"}


class Lang(StrEnum):
    """The language of the questions."""

    TH = "th"
    EN = "en"


def init(
    folder: Annotated[
        Path, typer.Argument(help="Where the office's files go; the bot writes its books there too.")
    ] = Path(),
    lang: Annotated[Lang, typer.Option(help="Language of the questions.")] = Lang.TH,
    answers: Annotated[
        Path | None,
        typer.Option(
            help="A TOML file of answers, for runs that ask nobody: province, address, imap, ...", dir_okay=False
        ),
    ] = None,
    dns: Annotated[
        str, typer.Option(help="The name server to ask, host or host:port; the machine's own when left out.")
    ] = "",
) -> None:
    """Set up a new office: questions one after another, each answer tried at once, all files written at the end.

    Example: ruam init /var/lib/ruam --lang en
    """
    folder = folder.absolute()
    interview = Interview(_person(answers), lang.value)
    if (folder / CONFIG).exists():
        stop(WRONG_USE, said("there", lang.value, file=str(folder / CONFIG)))
    interview.tell("welcome", folder=str(folder))
    now = bangkok_now()
    try:
        day = Setup(interview, Names(dns), now).run()
    except Unanswered as end:
        stop(SERVER_AWAY if end.away else FINDINGS, str(end))
    service = this_service()
    try:
        written = write_first_files(folder, day, service, now)
    except OSError as error:
        stop(WRONG_USE, f"{error.filename}: {error.strerror}")
    _hand_over(folder, service)
    for file in written:
        interview.tell("written", "good", file=str(file))
    _what_next(interview, folder, service, day)


class _Terminal:
    """A person at a terminal; what is typed for a password is not shown."""

    def ask(self, name: str, question: str, default: str, *, hidden: bool) -> str:
        """As it is typed."""
        del name
        return str(typer.prompt(question, default=default, show_default=bool(default), hide_input=hidden))

    def tell(self, text: str, tone: str) -> None:
        """In the colour of its tone."""
        console.print(text, style=TONES[tone], markup=False, highlight=False, soft_wrap=True)

    def refused(self, name: str, why: Unfit) -> None:
        """The reason, and the question comes again."""
        del name
        self.tell(str(why), "wrong")


def _person(file: Path | None) -> Person:
    if file is None:
        return _Terminal()
    with told():
        given: dict[str, Any] = read_toml(file)
        return Answers({key: str(value) for key, value in given.items()}, _Terminal().tell)


def _hand_over(folder: Path, service: Service) -> None:
    """Give what root wrote to the bot's account, where the machine has it already."""
    if service.is_there and folder.owner() != service.account:
        for file in (folder, *folder.rglob("*")):
            shutil.chown(file, service.account, service.group)


def _what_next(interview: Interview, folder: Path, service: Service, day: FirstDay) -> None:
    account = (
        ""
        if service.is_there
        else f"sudo useradd --system {service.account}; sudo chown -R {service.account}: {folder}; "
    )
    files = {"config": folder / CONFIG, "workbook": folder / WORKBOOK, "unit": folder / UNIT}
    fields = {"ruam": service.command, "account": account, **{name: str(file) for name, file in files.items()}}
    interview.tell("next")
    for step in ("next-fill", "next-import", "next-doctor", "next-run", "next-unit"):
        interview.tell(step, **fields)
    if not day.practice:
        interview.tell("next-circular", "warning")
