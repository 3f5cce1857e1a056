"""The desk's health: what is counted, when staff are warned, and the word to systemd."""

import dataclasses
import datetime
import socket
import sys
import threading
from contextlib import contextmanager
from email import message_from_bytes

import pytest
from pydantic import SecretStr

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.received_mail import Arrival
from bot.office.plan.outage import WHY, Health, Outage, as_json, english_lines, outage_due, thai_line
from bot.post.settings import ImapSettings, SmtpSettings
from bot.service import clock_tick
from bot.service.context import House
from bot.service.daemon import Daemon
from bot.service.pace import Pace
from bot.service.pulse import Pulse
from bot.service.systemd import notify, watchdog_seconds
from bot.store.books import Books
from tests.field.office_of_paper import Reader
from tests.setup.shipped import bureau_at_work

STAFF = "somsri@phrae.example"
NOW = datetime.datetime(2024, 11, 21, 9, 0, tzinfo=BANGKOK)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def bureau():
    return bureau_at_work((STAFF,))


@pytest.fixture
def house(tmp_path, bureau):
    books = Books.open(f"sqlite:///{tmp_path}/books.db")
    yield House(bureau, books.office("phrae", "x"), None)
    books.close()


def scanned(house, at):
    house.books.take_mailbox("INBOX", at + MINUTE)
    house.books.scanned("INBOX", at)
    house.books.release_mailbox("INBOX")


def arrival(uid, at):
    raw = b"From: a@b.example\r\nSubject: %d\r\n\r\nhi\r\n" % uid
    return Arrival("INBOX", 1, uid, raw, at, len(raw))


def test_the_books_say_how_the_desk_is_doing(house):
    assert house.books.health().scanned is None
    house.books.receive([arrival(1, NOW - 9 * MINUTE), arrival(2, NOW - 5 * MINUTE)])
    scanned(house, NOW - 2 * MINUTE)
    health = house.books.health()
    assert health.scanned == NOW - 2 * MINUTE
    assert health.oldest == NOW - 9 * MINUTE
    assert health.mails["received"] == 2
    assert set(health.letters) >= {"queued", "sending", "sent", "unknown", "deferred", "failed", "bounced"}
    found = as_json(health, NOW)
    assert (found["scanned_seconds_ago"], found["oldest_waiting_seconds"]) == (120, 540)
    assert "mailbox last read: 2 min ago; oldest mail waiting: 9 min" in english_lines(health, NOW)[0]


def test_the_digest_has_a_line_on_the_systems_health(house):
    scanned(house, NOW - MINUTE)
    clock_tick.tick(house, NOW)
    raw = next(raw for _, _, raw in house.books.export_letters() if b"X-Ruam-Kind: digest" in raw)
    page = [
        part.get_payload(decode=True).decode() for part in parsed(raw).walk() if part.get_content_maintype() == "text"
    ]
    assert ["สถานะของระบบ: อ่านกล่องจดหมายครั้งล่าสุด" in one for one in page] == [True, True]  # plain and HTML


def parsed(raw):
    import email  # noqa: PLC0415 - one use

    return email.message_from_bytes(raw)


def test_the_line_names_only_what_is_there():
    quiet = Health(NOW, None, {"received": 0, "held": 0}, {"queued": 0, "unknown": 0})
    assert "รอดำเนินการ" not in thai_line(quiet, NOW)
    busy = Health(None, NOW - 90 * MINUTE, {"received": 3, "held": 2}, {"queued": 4, "unknown": 1}, parked=1)
    line = thai_line(busy, NOW)
    for words in ("ยังไม่เคยอ่าน", "รอดำเนินการ 3 ฉบับ", "1 ชั่วโมง 30 นาที", "รอส่งออก 4", "อ่านไม่สำเร็จ 1"):
        assert words in line
    assert "พิจารณา" not in line  # what waits for staff stands at the digest's top


def occasions(house):
    return [line.occasion.rpartition("-")[0] for line in house.books.letters() if line.kind == "notice"]


def test_staff_hear_of_an_outage_once_and_of_its_end_once(house):
    """Over any number of ticks and restarts; a second outage is a new one."""
    patience = 3 * MINUTE
    scanned(house, NOW)
    for minutes in range(0, 60, 2):
        clock_tick.mind_mailbox(house, NOW + minutes * MINUTE, NOW, patience)
    assert occasions(house) == ["mailbox-away"]
    restarted = NOW + 60 * MINUTE
    for minutes in range(60, 90, 2):  # not yet read by the new process: neither a warning nor an all-clear
        clock_tick.mind_mailbox(house, NOW + minutes * MINUTE, restarted, patience)
    assert occasions(house) == ["mailbox-away"]
    scanned(house, NOW + 90 * MINUTE)
    for _ in range(3):
        clock_tick.mind_mailbox(house, NOW + 91 * MINUTE, restarted, patience)
    assert occasions(house) == ["mailbox-away", "mailbox-back"]
    clock_tick.mind_mailbox(house, NOW + 200 * MINUTE, restarted, patience)
    assert occasions(house) == ["mailbox-away", "mailbox-back", "mailbox-away"]


@pytest.mark.parametrize("kind", WHY)
def test_staff_hear_why_the_mailbox_is_not_read(bureau, kind):
    """In Thai, in the one letter that there is; where nobody knows why, nothing is made up."""
    decision = outage_due(bureau, NOW - 60 * MINUTE, (), NOW, away=Outage(away=True, kind=kind))
    said = decision.letters[0].view["paragraphs"]
    assert (WHY[kind] in said) == bool(kind)
    assert all(said)


def test_a_refused_password_is_in_the_letter_about_the_outage(house):
    scanned(house, NOW)
    clock_tick.mind_mailbox(house, NOW + 10 * MINUTE, NOW, 3 * MINUTE, "login")
    [line] = [line for line in house.books.letters() if line.kind == "notice"]
    part = next(
        p for p in message_from_bytes(house.books.raw_letter(line.id)).walk() if p.get_content_subtype() == "plain"
    )
    assert WHY["login"] in " ".join(part.get_payload(decode=True).decode().split())


def test_mails_not_handed_over_are_in_the_status_and_the_digest():
    health = Health(NOW, None, {}, {}, withheld=2)
    assert "not handed over by the mail server: 2" in english_lines(health, NOW)
    assert "เครื่องแม่ข่ายไม่ส่งให้ 2 ฉบับ" in thai_line(health, NOW)
    assert as_json(health, NOW)["withheld"] == 2


def test_a_mailbox_that_was_never_read_is_an_outage_too(house):
    clock_tick.mind_mailbox(house, NOW + 2 * MINUTE, NOW, 3 * MINUTE)
    assert occasions(house) == []
    clock_tick.mind_mailbox(house, NOW + 4 * MINUTE, NOW, 3 * MINUTE)
    clock_tick.mind_mailbox(house, NOW + 9 * MINUTE, NOW, 3 * MINUTE)
    assert occasions(house) == ["mailbox-away"]
    scanned(house, NOW + 10 * MINUTE)
    clock_tick.mind_mailbox(house, NOW + 10 * MINUTE, NOW, 3 * MINUTE)
    assert occasions(house) == ["mailbox-away", "mailbox-back"]


def test_all_well_says_nothing(bureau):
    assert outage_due(bureau, NOW, (), NOW, away=False) is None


# --- systemd ----------------------------------------------------------------------------------------------------------


class Manager:
    """Listens as systemd does."""

    def __init__(self, path):
        self.path = str(path)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.heard = []

    def hear(self, word, seconds=20.0):
        """Listen until a word comes; TimeoutError when it does not."""
        self.socket.settimeout(seconds)
        while not self.heard or self.heard[-1] != word:
            self.heard.append(self.socket.recv(100).decode())

    def silent_for(self, seconds):
        """Whether nothing comes for so long."""
        self.socket.settimeout(seconds)
        try:
            self.heard.append(self.socket.recv(100).decode())
        except TimeoutError:
            return True
        return False


@pytest.fixture
def manager(tmp_path):
    made = Manager(tmp_path / "notify")
    yield made
    made.socket.close()


@contextmanager
def environment(**words):
    """Variables of the environment for the length of a block."""
    import os  # noqa: PLC0415 - one use

    before = {name: os.environ.get(name) for name in words}
    os.environ.update(words)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def test_without_systemd_nothing_is_said(tmp_path):
    with environment(NOTIFY_SOCKET="", WATCHDOG_USEC="", WATCHDOG_PID=""):
        assert notify("READY=1") is False
        assert watchdog_seconds() == 0
    with environment(NOTIFY_SOCKET=str(tmp_path / "nobody"), WATCHDOG_USEC="30000000", WATCHDOG_PID="1"):
        assert notify("READY=1") is False
        assert watchdog_seconds() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="abstract sockets are Linux's")
def test_an_abstract_socket_is_reached_too():
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind("\0ruam-notify-test")
        listener.settimeout(5)
        with environment(NOTIFY_SOCKET="@ruam-notify-test"):
            assert notify("READY=1") is True
        assert listener.recv(100) == b"READY=1"


def test_the_process_says_ready_alive_and_stopping(phrae, running, manager):
    with environment(NOTIFY_SOCKET=manager.path, WATCHDOG_USEC="1000000", WATCHDOG_PID=""), running(phrae):
        manager.hear("READY=1")
        manager.hear("WATCHDOG=1")
        manager.hear("WATCHDOG=1")
    manager.hear("STOPPING=1", 5)
    assert set(manager.heard) == {"READY=1", "WATCHDOG=1", "STOPPING=1"}


class Clock:
    """Tells the time, until one thread is made to hang in the middle of asking for it."""

    def __init__(self):
        self.hanging = ""
        self.release = threading.Event()
        self.hung = threading.Event()

    def __call__(self):
        if threading.current_thread().name == self.hanging:
            self.hung.set()
            self.release.wait(30)
        return datetime.datetime.now(BANGKOK)


@pytest.mark.parametrize("thread", ["desk", "mailbox"])
def test_a_loop_that_hangs_silences_the_watchdog(thread, house, post_office, manager):
    """The other loop goes on turning; systemd hears nothing and would start the bot anew."""
    imap = ImapSettings(
        host="127.0.0.1", port=post_office.imap_port, security="none", user=post_office.user,
        password=SecretStr(post_office.password), poll_seconds=0.3,
    )  # fmt: skip
    smtp = SmtpSettings(host="127.0.0.1", port=post_office.smtp_port, security="none")
    clock = Clock()
    nothing_due = dataclasses.replace(house.bureau, circulars={})
    idle = dataclasses.replace(house, bureau=nothing_due, sandbox=Reader())
    bot = Daemon(idle, imap, smtp, clock, Pace(tick=0.2, first=0.1, longest=0.3, books=0.3, still=0.7))
    with environment(NOTIFY_SOCKET=manager.path, WATCHDOG_USEC="400000", WATCHDOG_PID=""):
        worker = threading.Thread(target=bot.run)
        worker.start()
        try:
            manager.hear("WATCHDOG=1")
            clock.hanging = thread
            assert clock.hung.wait(60)
            # What it last did must become too long ago first; a watchdog that went on would be heard 30 times over.
            assert any(manager.silent_for(1.0) for _ in range(30))
            clock.hanging = ""
            clock.release.set()
            manager.hear("WATCHDOG=1")
        finally:
            clock.hanging = ""
            clock.release.set()
            bot.stop.set()
            worker.join(30)


def test_a_thread_that_died_is_not_steady():
    pulse = Pulse()
    thread = threading.Thread(target=pulse.beat)
    thread.start()
    thread.join()
    assert not pulse.steady([thread], 60)
    pulse.beat()
    assert pulse.steady([threading.current_thread()], 60)
