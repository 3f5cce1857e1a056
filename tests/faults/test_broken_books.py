"""Books that turn out to be malformed end the daemon with a plain sentence; nothing is tried for ever."""

import os

import pytest

from bot.office.decision import Decision
from bot.post.settings import ImapSettings, SmtpSettings
from bot.service.daemon import Daemon
from bot.store.database_errors import BooksBrokenError
from tests.faults.scene import PACE, Clock, house_of
from tests.setup.real_mail import HOST, free_port
from tests.store.building import NOW, letter

pytestmark = pytest.mark.timeout(60)


def spoilt(folder, sandbox):
    """An office whose letters lie on pages that are no pages any more."""
    house, books = house_of(folder, sandbox)
    many = [letter(str(number), due=NOW) for number in range(400)]
    house.books.commit(Decision(), many, message=None, now=NOW)
    books.close()
    file = folder / "books.db"
    house, books = house_of(folder, sandbox)
    with file.open("r+b") as opened:
        opened.seek(4096 * 30)
        opened.write(os.urandom(file.stat().st_size - 4096 * 30))
    return house, books


def test_the_daemon_ends_when_its_books_are_malformed(tmp_path, sandbox):
    house, books = spoilt(tmp_path, sandbox)
    imap = ImapSettings(host=HOST, port=free_port(), security="none", user="office", password="secret")
    smtp = SmtpSettings(host=HOST, port=free_port(), security="none")
    with pytest.raises(BooksBrokenError, match="malformed"):
        Daemon(house, imap, smtp, Clock(), PACE).run()
    books.close()
