"""An office that only sends: real books, the real outbox, and an outgoing server that answers to order."""

import dataclasses
import datetime
from contextlib import contextmanager
from functools import partial

from bot.office.model.bangkok_time import BANGKOK
from bot.post.settings import SmtpSettings
from bot.post.smtp.sending import Outbox
from bot.service import clock_tick, send_letters
from bot.service.context import House
from bot.store.books import Books
from tests.faults.scene import Outgoing, smtp_transcript
from tests.setup.real_mail import HOST
from tests.setup.scripted import Scripted
from tests.setup.shipped import as_shipped

OPENING = datetime.datetime(2024, 11, 20, 8, 30, tzinfo=BANGKOK)  # of w5827: ten requests and the digest are due
DAY = datetime.timedelta(days=1)
STAFF = "somsri@phrae.example"


def house_on(url, office="phrae", stopwatch=None):
    """The shipped office with books at ``url``; close the books."""
    shipped = as_shipped()
    own = dataclasses.replace(shipped.office, address="office@phrae.example", staff=(STAFF,))
    books = Books.open(url, stopwatch) if stopwatch else Books.open(url)
    return House(dataclasses.replace(shipped, office=own), books.office(office, "x"), None), books  # type: ignore[arg-type]  # nothing is read


class Desk:
    """The office, its clock and its server."""

    def __init__(self, house, outgoing, settings):
        self.house, self.outgoing, self.settings = house, outgoing, settings
        self.now = OPENING

    def opens(self):
        """The requests of the circular and the digest are queued."""
        clock_tick.tick(self.house, self.now)

    def passes(self, later=datetime.timedelta()):
        self.now += later
        return send_letters.send(self.house, Outbox(self.settings), self.now)

    def states(self, kind):
        return [line.state.value for line in self.house.books.letters() if line.kind == kind]

    def notices(self):
        return [line.occasion for line in self.house.books.letters() if line.kind == "notice"]


@contextmanager
def desk(folder, **answers):
    """A desk whose server gives ``answers`` by verb; ``DOT`` is the final dot and may be a function of (wire, letter, outgoing)."""
    house, books = house_on(f"sqlite:///{folder}/books.db")
    outgoing = Outgoing()
    given = {("." if verb == "DOT" else verb): answer for verb, answer in answers.items()}
    with Scripted(partial(smtp_transcript, outgoing, given)) as server:
        settings = SmtpSettings(host=HOST, port=server.port, security="none", timeout_seconds=5.0)
        yield Desk(house, outgoing, settings)
    books.close()
