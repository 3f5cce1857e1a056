"""What the commands share: opening what the configuration names, telling what to mend.

Books and sandbox are loaded where they are opened: a command that opens neither is spared the half second.
"""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import SERVER_AWAY, WRONG_USE, stop
from bot.config.load import Config, ConfigError, load_bureau
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.post.exceptions import PostError

if TYPE_CHECKING:
    from bot.service.context import House
    from bot.store.books import Books, OfficeBooks
    from parsers.child_process.sandbox import Sandbox

DEFAULT_CONFIG = Path("config.toml")

ConfigOption = Annotated[
    Path, typer.Option("--config", "-c", envvar="RUAM_CONFIG", help="The configuration file (see config.example.toml).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@contextmanager
def opened_database(config: Config) -> Iterator["Books"]:
    """The books of all offices of a deployment."""
    from bot.store.books import Books  # noqa: PLC0415 - see above

    books = Books.open(config.books.url)
    try:
        yield books
    finally:
        books.close()


@contextmanager
def opened_books_and_sandbox(config: Config) -> Iterator[tuple["Books", "Sandbox"]]:
    """What all offices of a deployment share."""
    from parsers.child_process.sandbox import Sandbox  # noqa: PLC0415 - see above

    with opened_database(config) as books:
        books.check()
        with Sandbox() as sandbox:
            yield books, sandbox


def house_of(config: Config, bureau: Bureau, books: "Books", sandbox: "Sandbox") -> "House":
    """The office at work: what it knows, its books, a sandbox."""
    from bot.service.context import House  # noqa: PLC0415 - see above

    return House(bureau, books.office(bureau.office.slug, bureau.office.name), sandbox, config.imap.authserv_id)


@contextmanager
def opened_house(config: Config, circular: str = "") -> Iterator["House"]:
    """The office at work, with books and sandbox of its own, its circulars as they are by now.

    A round of long ago is among them where ``circular`` names it.
    """
    from bot.service.context import bangkok_now  # noqa: PLC0415 - see above
    from bot.service.current_bureau import current, current_bureau  # noqa: PLC0415 - see above

    bureau = load_bureau(config)  # what is wrong in its files is said before the books are made
    with opened_books_and_sandbox(config) as (books, sandbox):
        house, now = house_of(config, bureau, books, sandbox), bangkok_now()
        house = current(house, now)
        if house.bureau.is_round(circular) and circular not in house.bureau.circulars:
            more = current_bureau(bureau, house.books, now, (circular,))
            house = dataclasses.replace(house, bureau=more, declared=bureau)
        yield house


@contextmanager
def opened_books(settings: Config, bureau: Bureau) -> Iterator["OfficeBooks"]:
    """The office's books alone, for commands that only look."""
    with opened_database(settings) as books:
        yield books.office(bureau.office.slug, bureau.office.name)


def standing_in(books: "OfficeBooks", circular: Circular) -> Standing:
    """How one circular stands, as far as commands show it."""
    slug = circular.slug
    known = books.answers(slug, before=books.usual_values(circular.follows))
    return Standing(circular, known, books.last_mail(slug), books.drafts(slug))


@contextmanager
def told() -> Iterator[None]:
    """Turn what people can mend into a sentence and an exit code."""
    try:
        yield
    except ConfigError as error:
        stop(WRONG_USE, str(error))
    except PostError as error:
        stop(SERVER_AWAY, f"{error}\n{error.next_step}")
    except Exception as error:
        _tell_of_books(error)
        raise


def _tell_of_books(error: Exception) -> None:
    """End the command where the books are what went wrong."""
    from bot.store.database_errors import BooksAwayError, BooksError  # noqa: PLC0415 - see above

    if isinstance(error, BooksAwayError):
        stop(SERVER_AWAY, f"The books do not answer: {error}")
    if isinstance(error, BooksError):
        stop(WRONG_USE, str(error))


def known(bureau: Bureau, slug: str) -> None:
    """End the command when there is no such circular; an empty slug means all of them."""
    if slug and slug not in bureau.circulars:
        stop(WRONG_USE, f'No circular "{slug}"; write one of: {", ".join(bureau.circulars)}')
