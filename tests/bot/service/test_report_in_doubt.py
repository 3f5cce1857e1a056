"""A report of which nobody knows whether it arrived: a person's word settles it, by mail or by command, once."""

import datetime

import pytest

from bot.cli.common import opened_house
from bot.config.load import load_config
from bot.office.model.bangkok_time import BANGKOK
from bot.post.imap.mailbox import Mailbox
from bot.post.smtp.sending import Outbox, Result
from bot.service import send_letters, single_pass
from bot.service.context import bangkok_now
from tests.bot.service.test_handle_mail import Outbox as Ordered
from tests.bot.service.test_handle_mail import approved
from tests.road.conftest import parse

STAFF, DEPARTMENT = "somsri@phrae.example", "dla0810@dla.example"
pytestmark = pytest.mark.timeout(120)


class Doubt:
    """An office whose approved report was lost sight of, and which has asked staff about it."""

    def __init__(self, folder, post_office, clerk):
        self.folder, self.post = folder, post_office
        self.staff = clerk(STAFF)
        self.now = datetime.datetime(2024, 12, 4, 16, 30, tzinfo=BANGKOK)
        settings = load_config(folder.config)
        with opened_house(settings) as house:
            approved(house, self.now)
            send_letters.send(house, Ordered({"report": Result("unknown", "no answer to the content")}), self.now)
        self.turn()

    def turn(self):
        """One pass, ten minutes later; the outcomes."""
        self.now += datetime.timedelta(minutes=10)
        settings = load_config(self.folder.config)
        with opened_house(settings) as house, Mailbox(settings.imap) as mailbox:
            mailbox.ensure_folders()
            return [decision.outcome for decision in single_pass.once(house, mailbox, Outbox(settings.smtp), self.now)]

    def notices(self):
        found = [parse(raw) for raw in self.post.inbox_of(STAFF)]
        return [letter for letter in found if letter["X-Ruam-Kind"] == "notice"]

    def question(self):
        return next(letter for letter in self.notices() if "ไม่ทราบว่ารายงาน" in letter["Subject"])

    def say(self, word, sender=None):
        reply = self.staff.reply(self.question().as_bytes(), word)
        if sender:
            reply = reply.replace(f"From: {STAFF}".encode(), f"From: {sender}".encode())
        self.post.deliver(reply, sender or STAFF, "office@phrae.example")
        return self.turn()

    def reports(self):
        return len(self.post.inbox_of(DEPARTMENT))


@pytest.fixture
def doubt(phrae, post_office, clerk):
    return Doubt(phrae, post_office, clerk)


def test_a_reply_that_it_arrived_ends_the_matter(doubt):
    """Nothing is sent again, and the same word a second time changes nothing."""
    assert doubt.say("ส่งแล้วค่ะ") == ["report-settled"]
    assert doubt.say("ส่งซ้ำ") == ["doubt-settled-before"]
    doubt.turn()
    assert doubt.reports() == 0


def test_a_reply_to_send_again_sends_it_once(doubt):
    """Under the Message-ID that it had; the second such reply is told that it was settled."""
    assert doubt.say("ส่งซ้ำ") == ["report-sent-again"]
    assert doubt.say("ส่งซ้ำ") == ["doubt-settled-before"]
    doubt.turn()
    assert doubt.reports() == 1
    assert any("ส่งรายงาน" in letter["Subject"] for letter in doubt.notices())


def test_nobody_else_may_settle_it(doubt):
    """A stranger with the very letter in his hand is not obeyed."""
    assert "report-sent-again" not in doubt.say("ส่งซ้ำ", sender="who@freemail.example")
    assert doubt.reports() == 0


def test_the_command_does_the_same(doubt):
    """`ruam settle` lists what waits, takes one word, and takes it once."""
    listed = doubt.folder.ruam("settle").stdout
    number = next(line.split()[0] for line in listed.splitlines() if DEPARTMENT in line)
    assert doubt.folder.ruam("settle", number, "--sent", "--again", check=False).returncode == 2
    assert "Queued again" in doubt.folder.ruam("settle", number, "--again").stdout
    assert doubt.folder.ruam("settle", number, "--sent", check=False).returncode == 2
    doubt.now = bangkok_now()  # a command is given at the real time
    doubt.turn()
    assert doubt.reports() == 1
