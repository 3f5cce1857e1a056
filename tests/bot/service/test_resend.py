"""Failed letters are sent again by command and by a staff reply, under their own Message-IDs; those that went never are."""

import datetime

import pytest

from bot.cli.common import opened_house
from bot.config.load import load_config
from bot.office.model.bangkok_time import BANGKOK
from bot.post.imap.mailbox import Mailbox
from bot.post.smtp.refusals import About
from bot.post.smtp.sending import Outbox, Result
from bot.service import clock_tick, send_letters, single_pass
from bot.service.context import bangkok_now
from tests.bot.service.test_handle_mail import Outbox as Ordered
from tests.road.conftest import parse
from tests.setup.moved_clock import moved, office_now
from tests.setup.real_mail import OFFICE

STAFF = "somsri@phrae.example"
pytestmark = pytest.mark.timeout(120)


class Desk:
    """An office whose reminders all failed, and which has told so in the digest."""

    def __init__(self, folder, post_office, clerk):
        self.folder, self.post, self.staff = folder, post_office, clerk(STAFF)
        self.now = datetime.datetime(2024, 11, 22, 9, 0, tzinfo=BANGKOK)
        with opened_house(load_config(folder.config)) as house:
            clock_tick.tick(house, self.now)
            spam = Result("failed", "554 5.7.1 no such letters", about=About.LETTER)
            send_letters.send(house, Ordered({"reminder": spam}), self.now)
        self.turn(datetime.timedelta(days=3))  # the next working day

    def turn(self, later=datetime.timedelta(minutes=10)):
        self.now += later
        settings = load_config(self.folder.config)
        with opened_house(settings) as house, Mailbox(settings.imap) as mailbox:
            mailbox.ensure_folders()
            return [decision.outcome for decision in single_pass.once(house, mailbox, Outbox(settings.smtp), self.now)]

    def lines(self, state):
        return [line.split("\t") for line in self.folder.ruam("letters", state).stdout.splitlines()]

    def digest(self):
        found = [raw for raw in self.post.inbox_of(STAFF) if parse(raw)["X-Ruam-Kind"] == "digest"]
        return found[-1]

    def say(self, word, sender=STAFF):
        reply = self.staff.reply(self.digest(), word).replace(f"From: {STAFF}".encode(), f"From: {sender}".encode())
        self.post.deliver(reply, sender, OFFICE)
        return self.turn()

    def answer(self):
        return parse([raw for raw in self.post.inbox_of(STAFF) if parse(raw)["X-Ruam-Kind"] == "notice"][-1])


@pytest.fixture
def desk(phrae, post_office, clerk):
    return Desk(phrae, post_office, clerk)


def test_a_reply_to_the_digest_sends_the_letters_with_these_numbers(desk):
    failed = [line[0] for line in desk.lines("failed")]
    assert len(failed) == 10
    text = parse(desk.digest()).get_body(("plain",)).get_content()
    assert "ส่งซ้ำ ตามด้วยหมายเลข" in text
    assert "ไม่รับเนื้อหาของจดหมาย" in text
    thai = failed[1].translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert desk.say(f"ส่งซ้ำ {failed[0]} และ {thai} ครับ") == ["letters-sent-again"]
    desk.turn()
    assert [line[0] for line in desk.lines("failed")] == failed[2:]
    assert "๒ ฉบับ" in desk.answer()["Subject"]
    assert desk.say(f"ส่งซ้ำ {failed[0]}") == ["no-letter-to-send-again"]
    assert "ส่งถึงเครื่องแม่ข่ายแล้ว" in desk.answer().get_body(("plain",)).get_content()


def test_all_of_them_go_with_one_word_that_says_so(desk):
    """The bare word names none of ten: which is asked, with their numbers, and nothing goes yet."""
    assert desk.say("ส่งซ้ำ") == ["which-letter"]
    asked = desk.answer().get_body(("plain",)).get_content()
    assert asked.count("หมายเลข ") >= len(desk.lines("failed")) == 10
    assert desk.say("ส่งอีกครั้ง ทั้งหมด") == ["letters-sent-again"]
    desk.turn()
    assert desk.lines("failed") == []


def test_nobody_but_staff_is_obeyed(desk):
    assert "letters-sent-again" not in desk.say("ส่งซ้ำ ทั้งหมด", sender="who@freemail.example")
    assert len(desk.lines("failed")) == 10


def test_the_command_sends_what_failed_and_refuses_what_went(desk):
    failed, sent = desk.lines("failed"), desk.lines("sent")
    number, address = failed[0][0], failed[0][5]
    assert "10 letters" in desk.folder.ruam("resend", "--circular", "w5827").stdout
    assert address
    for words in (("resend", sent[0][0]), ("resend", "999999"), ("resend",), ("resend", number, "--circular", "w5827")):
        assert desk.folder.ruam(*words, check=False).returncode == 2
    desk.now = bangkok_now()
    desk.turn()
    assert desk.lines("failed") == []


def test_a_letter_sent_again_has_its_own_message_id_and_a_new_lifetime(desk):
    number = int(desk.lines("failed")[0][0])
    settings = load_config(desk.folder.config)
    with opened_house(settings) as house:
        [before] = house.books.fates(numbers=[number])
    desk.now += datetime.timedelta(days=9)
    with moved():  # reminders go in office hours only
        desk.folder.ruam("resend", str(number))
    desk.now = office_now()
    with opened_house(settings) as house:
        send_letters.send(house, Ordered({"reminder": Result("deferred", "451 later")}), desk.now)
        [fate] = house.books.fates(numbers=[number])
        assert (fate.message_id, fate.state) == (before.message_id, "deferred")
