"""An office at a scripted mailbox, a scan at a time: what it collects, files away and tells staff, by a clock of the test's own."""

import datetime
import email
from contextlib import contextmanager
from email.header import decode_header, make_header
from functools import partial

from bot.office.decision import Decision
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.received_mail import MessageState
from bot.post.exceptions import Transient
from bot.post.imap.mailbox import Mailbox
from bot.post.settings import ImapSettings
from bot.service import clock_tick, collect_and_file, handle_mail
from tests.faults.scene import Box, house_of
from tests.setup.real_mail import HOST
from tests.setup.scripted import Scripted, imap_script

START = datetime.datetime(2024, 11, 20, 10, 0, tzinfo=BANGKOK)
MINUTE = datetime.timedelta(minutes=1)
REPORTER = "long@district.phrae.example"


def mail(number, sender=REPORTER, more=""):
    return (
        f"From: {sender}\r\nTo: office@phrae.example\r\nSubject: report {number}\r\nMessage-ID: <m{number}@x.example>\r\n"
        f"{more}Content-Type: text/plain; charset=utf-8\r\n\r\nmail number {number}\r\n"
    ).encode()


class Counter:
    """The office's counter: `scan` is one look into the mailbox at a moment, in minutes after the start."""

    server: Scripted

    def __init__(self, house, box, settings):
        self.house, self.box, self.settings = house, box, settings
        self.mailbox = Mailbox(settings)
        self.connected = False

    def scan(self, minute=0.0):
        """What one round of the daemon does; a broken connection is made anew with the next."""
        now = START + minute * MINUTE
        try:
            if not self.connected:
                self.mailbox.connect()
                self.mailbox.ensure_folders()
                self.connected = True
            collect_and_file.collect_all(self.house, self.mailbox, now)
            self.decide(now)
            collect_and_file.file_away(self.house, self.mailbox, now)
        except Transient:
            self.connected = False
        clock_tick.mind_withheld(self.house, now)

    def decide(self, now):
        if self.house.sandbox:
            handle_mail.work(self.house, now)
            return
        for number in self.house.books.pending(100):
            self.house.books.commit(Decision(MessageState.DECIDED, "seen"), [], message=number, now=now)

    def collected(self):
        """UIDs in the books."""
        return sorted(self.house.books.known_uids(self.settings.folder, self.box.uidvalidity, range(1, 1_000)))

    def raw(self, number):
        return self.house.books.kept(number).raw

    def notices(self):
        """What staff were told: (subject, text) of each notice."""
        lines = [line for line in self.house.books.letters() if line.kind == "notice"]
        mails = [email.message_from_bytes(self.house.books.raw_letter(line.id)) for line in lines]
        return [(str(make_header(decode_header(one["Subject"]))), text_of(one)) for one in mails]

    def withheld(self):
        return self.house.books.health().withheld


def text_of(one):
    part = next(part for part in one.walk() if part.get_content_type() == "text/plain")
    return part.get_payload(decode=True).decode()


@contextmanager
def counter(folder, box=None, settings=None, sandbox=None, **answers):
    """A counter at a mailbox whose server gives other `answers` than the good ones."""
    box = box or Box()
    house, books = house_of(folder, sandbox)
    with Scripted(partial(imap_script, box.answers() | answers)) as server:
        login = {"user": "office", "password": "secret", "timeout_seconds": 1.0, "copy_to_sent": False}
        wanted = {"host": HOST, "port": server.port, "security": "none"} | login | (settings or {})
        desk = Counter(house, box, ImapSettings(**wanted))
        desk.server = server
        try:
            yield desk
        finally:
            desk.mailbox.close()
            books.close()
