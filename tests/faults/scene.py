"""The real daemon between a scripted mailbox and a scripted outgoing server, each of which fails once to order.

The daemon's pauses are short and its clock runs fast, so that minutes of waiting take seconds; figures in the table are
what the daemon itself would have counted (``office``) and what the test took (``real``).
"""

import dataclasses
import datetime
import re
import threading
import time
from contextlib import contextmanager
from functools import partial

from bot.office.model.bangkok_time import BANGKOK
from bot.post.settings import ImapSettings, SmtpSettings
from bot.service.context import House
from bot.service.daemon import Daemon
from bot.service.pace import Pace
from bot.store.books import Books, OfficeBooks
from tests.setup.real_mail import HOST
from tests.setup.scripted import Scripted, imap_script, smtp_script
from tests.setup.shipped import bureau_at_work

START = datetime.datetime(2024, 11, 20, 10, 0, tzinfo=BANGKOK)
FAST = 300  # seconds of the office's clock in one real second
PACE = Pace(tick=0.2, first=0.1, longest=0.6, books=0.2, lease=2.0)
REPORTER = "long@district.phrae.example"
PATIENCE = 20.0


class Clock:
    """The office's time: fast, and it can be set."""

    def __init__(self, speed=1):
        self.speed, self.began, self.shift = speed, time.monotonic(), datetime.timedelta()

    def __call__(self):
        return START + self.shift + datetime.timedelta(seconds=(time.monotonic() - self.began) * self.speed)


class Box:
    """A mailbox of a scripted server: mails by UID, folders by name; news are pushed to whoever idles."""

    def __init__(self):
        self.mails, self.shelves, self.uidvalidity = {}, {}, 7
        self.lock, self.idlers = threading.RLock(), []
        self._next = 1

    def deliver(self, raw):
        with self.lock:
            self.mails[self._next] = raw
            self._next += 1
            for wire in self.idlers:
                wire.say(b"* %d EXISTS" % len(self.mails))
            self.idlers.clear()

    def renumber(self, wires):
        """What a server does that lost its index; nobody goes on with the old numbers, so it closes every connection."""
        with self.lock:
            for wire in wires:
                wire.close()
            self.idlers.clear()
            self.uidvalidity += 1
            self.mails = dict(enumerate(self.mails.values(), 1))
            self._next = len(self.mails) + 1

    def answers(self):
        return {"SELECT": self.select, "SEARCH": self.search, "FETCH": self.fetch, "MOVE": self.move, "IDLE": self.idle}

    def select(self, wire, tag, rest):
        with self.lock:
            facts = (b"* %d EXISTS" % len(self.mails), b"* OK [UIDVALIDITY %d] fine" % self.uidvalidity)
        wire.say(*facts, tag + b" OK [READ-WRITE] selected")

    def search(self, wire, tag, rest):
        with self.lock:
            found = b"".join(b" %d" % uid for uid in self.mails)
        wire.say(b"* SEARCH" + found, tag + b" OK done")

    def fetch(self, wire, tag, rest):
        for uid in map(int, rest.split(b" ")[0].split(b",")):
            with self.lock:
                raw = self.mails.get(uid)
            if raw is None:
                continue
            if b"SIZE" in rest:
                wire.say(
                    b'* 1 FETCH (UID %d RFC822.SIZE %d INTERNALDATE "20-Nov-2024 09:00:00 +0700")' % (uid, len(raw))
                )
            else:
                wire.sock.sendall(b"* 1 FETCH (UID %d BODY[] {%d}\r\n%b)\r\n" % (uid, len(raw), raw))
        wire.say(tag + b" OK done")

    def move(self, wire, tag, rest):
        uids, _, folder = rest.partition(b" ")
        with self.lock:
            for uid in map(int, uids.split(b",")):
                if uid in self.mails:
                    self.shelves.setdefault(folder.strip(b'"').decode(), []).append(self.mails.pop(uid))
        wire.say(tag + b" OK moved")

    def idle(self, wire, tag, rest):
        with self.lock:
            wire.say(b"+ idling")
            self.idlers = [wire]


class Outgoing:
    """What the outgoing server took, in order."""

    def __init__(self):
        self.letters = []  # (recipients, raw)

    def to(self, address):
        return [raw for recipients, raw in self.letters if address in recipients]


class Once:
    """A fault that happens the first time something is asked; afterwards, and before `armed`, all is well."""

    def __init__(self, fault, well=None, *, armed=True):
        self.fault, self.well, self.armed = fault, well, armed
        self.at = None

    def __call__(self, wire, *more):
        if self.armed and self.at is None:
            self.at = time.monotonic()
            return self.fault(wire, *more)
        return self.well(wire, *more) if callable(self.well) else self.well


def smtp_transcript(outgoing, answers, wire):
    """`smtp_script` that keeps what it took. `answers` may hold RCPT, DATA and `.` functions of (wire, line)."""
    state: dict[str, list] = {"to": [], "raw": []}

    def mail(_wire, _line):
        state["to"] = []
        return b"250 sender"

    def rcpt(wire, line):
        answer = answers["RCPT"](wire, line) if "RCPT" in answers else b"250 recipient"
        if answer and answer.startswith(b"250"):
            state["to"].append(re.search(rb"<(.*?)>", line)[1].decode().lower())
        return answer

    def dot(wire, line):
        start = len(wire.heard) - 2
        while wire.heard[start].upper() != b"DATA":
            start -= 1
        letter = (tuple(state["to"]), b"\r\n".join(wire.heard[start + 1 : -1]))
        if "." in answers:
            return answers["."](wire, letter, outgoing)
        outgoing.letters.append(letter)
        return b"250 taken"

    smtp_script({**answers, "MAIL": answers.get("MAIL", mail), "RCPT": rcpt, ".": dot}, wire)


@dataclasses.dataclass
class Scene:
    """All that a test asks about."""

    box: Box
    outgoing: Outgoing
    books: OfficeBooks
    daemon: Daemon
    imap: Scripted
    smtp: Scripted
    clock: Clock

    def until(self, true, seconds=PATIENCE):
        """Wait until something holds; AssertionError when it does not."""
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                raise AssertionError("it did not come")
            threading.Event().wait(0.02)  # the daemon tells nobody; a poll with a deadline

    def answers_to(self, address):
        return [raw for raw in self.outgoing.to(address) if re.search(rb"X-Ruam-Kind: (receipt|correction)", raw)]

    def answer_state(self):
        kinds = {"receipt", "correction"}
        return [str(line.state) for line in self.books.letters() if line.kind in kinds]


def house_of(folder, sandbox, *, staff=("somsri@phrae.example",)):
    """A shipped office with books of its own; close the books."""
    books = Books.open(f"sqlite:///{folder}/books.db")
    return House(bureau_at_work(staff), books.office("phrae", "x"), sandbox), books


@contextmanager
def scene(
    folder,
    sandbox,
    *,
    imap=None,
    smtp=None,
    imap_more=None,
    smtp_more=None,
    oauth2=None,
    speed=1,
    staff=("somsri@phrae.example",),
):
    """The daemon at work between two servers. `imap` and `smtp` are answers that replace the good ones."""
    box, outgoing, clock = Box(), Outgoing(), Clock(speed)
    house, books = house_of(folder, sandbox, staff=staff)
    answers = box.answers() | {name: make(box) for name, make in (imap or {}).items()}
    with (
        Scripted(partial(imap_script, answers)) as imap_server,
        Scripted(partial(smtp_transcript, outgoing, smtp or {})) as smtp_server,
    ):
        login = {
            "user": "office",
            "password": "secret",
            "poll_seconds": 0.4,
            "timeout_seconds": 1.0,
            "copy_to_sent": False,
        }
        imap_settings = ImapSettings(
            **({"host": HOST, "port": imap_server.port, "security": "none"} | login | (imap_more or {}))
        )
        smtp_settings = SmtpSettings(
            **({"host": HOST, "port": smtp_server.port, "security": "none", "timeout_seconds": 1.0} | (smtp_more or {}))
        )
        if oauth2:
            imap_settings = imap_settings.by_token(oauth2)
        daemon = Daemon(house, imap_settings, smtp_settings, clock, PACE)
        thread = threading.Thread(target=daemon.run, daemon=True)
        thread.start()
        try:
            yield Scene(box, outgoing, house.books, daemon, imap_server, smtp_server, clock)
        finally:
            daemon.stop.set()
            thread.join(20)
            books.close()
