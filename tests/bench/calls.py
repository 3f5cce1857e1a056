"""What each call of the hot road costs by how many mails are decided and how many wait: steps of SQLite's machine, in a table.

``tests/store/test_growth.py`` holds the same over fewer mails in every run of the tests; this is the large table.
"""

import tempfile
from collections.abc import Sequence

from bot.office.decision import Decision
from bot.store.books import Books
from tests.store import test_growth
from tests.store.building import NOW, arrival, letter, steps_of


def table(sizes: Sequence[int]) -> None:
    """A line for each call, a column for each number of mails decided and as many waiting."""
    counted: dict[str, list[int]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            books = Books.open(f"sqlite:///{folder}/books.db")
            for name, steps in _of_books(books, size).items():
                counted.setdefault(name, []).append(steps)
            books.close()
    print(f"{'decided, and as many waiting':30}" + "".join(f"{size:>10}" for size in sizes))
    for name, steps_by_size in counted.items():
        print(f"{name:30}" + "".join(f"{steps:10}" for steps in steps_by_size))


def _of_books(books: Books, size: int) -> dict[str, int]:
    office = books.office("phrae", "แพร่")
    last = test_growth.fill(office, 0, size)
    found = {name: steps_of(office, lambda ask=ask: ask(office)) for name, ask in test_growth.ASKED.items()}
    found["the whole decision"] = steps_of(office, lambda: test_growth.decide(office, last + 1))
    for uid in range(last + 2, last + 2 + size):
        office.receive([arrival(uid)])
        office.commit(Decision(outcome="x"), [letter(f"w{uid}", due=NOW)], message=None, now=NOW)
    office.sort_mails()
    return found | test_growth.taking_up(office, last + 2 + size)
