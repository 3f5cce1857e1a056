"""A reminder that a server put off is not sent to who has answered meanwhile."""

import dataclasses
import datetime

import pytest

from bot.office.model.bangkok_time import BANGKOK
from bot.post.smtp.sending import Result
from bot.service import send_letters
from bot.service.letters_per_hour import Caps
from tests.field.small_office import SmallOffice


@dataclasses.dataclass
class Server:
    """An outgoing server that takes everything, or nothing for now."""

    full: bool = False
    taken: list[str] = dataclasses.field(default_factory=list)  # recipients

    def deliver(self, letters):
        for letter in letters:
            if not self.full:
                self.taken += letter.recipients
            yield letter.id, Result("deferred", "451 later") if self.full else Result("sent", "250 ok")


@pytest.fixture
def office(tmp_path):
    made = SmallOffice(tmp_path)
    yield made
    made.close()


def test_who_answers_while_a_reminder_waits_does_not_get_it_and_the_other_does(office):
    server = Server()
    done, owing = (office.bureau.roster.by_key[key].addresses[0] for key in ("den-chai", "pao"))

    def at(moment: str) -> None:
        office.at(moment)
        now = datetime.datetime.fromisoformat(moment).replace(tzinfo=BANGKOK)
        send_letters.send(office.house, server, now, Caps(100, 100))  # type: ignore[arg-type]  # a fake with the one verb

    at("2024-11-20 08:30")
    server.taken.clear()
    server.full = True
    at("2024-11-22 09:00")  # five working days before the deadline
    office.now = datetime.datetime(2024, 11, 22, 9, 30, tzinfo=BANGKOK)
    office.send(done, "den-chai")
    server.full = False
    at("2024-11-22 10:00")
    at("2024-11-22 10:01")
    assert server.taken.count(owing) == 1
    assert server.taken.count(done) == 1  # the receipt
    letters = office.house.books.letters("w5827")
    assert [line.state for line in letters if line.kind == "reminder" and line.addressee == "den-chai"] == ["withdrawn"]
