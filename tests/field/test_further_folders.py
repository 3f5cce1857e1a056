"""Further folders, such as Junk: mails of people we know are collected from there, those of strangers stay."""

import uuid

import pytest
from imapclient import IMAPClient

from bot.office.decision import Decision
from bot.office.model.received_mail import MessageState
from bot.post.imap.mailbox import Mailbox
from bot.post.tls import verified
from bot.service import collect_and_file
from tests.faults.scene import house_of
from tests.field.counter import MINUTE, START, mail
from tests.post.conftest import imap_settings
from tests.setup.real_mail import PASSWORD

STRANGER = "lottery@spam.example"
ODD_HEADS = [
    b"",
    b"no header at all",
    b"From: \xff\xfe\x00\r\n",
    b"From: " + b"(" * 5_000 + b"\r\n",
    b"From: a@b.example\r\nReferences: " + b"<x@y> " * 3_000 + b"\r\n",
]


@pytest.fixture
def junk(real_mail, certificates, tmp_path):
    """An office at a real Dovecot with a folder Junk; `junk.put(raw)` lays a mail into it."""
    address = f"junk{uuid.uuid4().hex[:8]}@phrae.example"
    real_mail.add_user(address)
    settings = imap_settings(
        real_mail.imaps_port,
        security="tls",
        user=address,
        password=PASSWORD,
        ca_file=str(certificates.ca),
        timeout_seconds=10,
    )
    house, books = house_of(tmp_path, None)
    with IMAPClient(settings.host, settings.port, ssl=True, ssl_context=verified(settings), timeout=10) as client:
        client.login(address, PASSWORD)
        client.create_folder("Junk")
        yield Junk(client, settings, house)
    books.close()


class Junk:
    def __init__(self, client, settings, house):
        self.client, self.settings, self.house = client, settings, house

    def put(self, raw):
        self.client.append("Junk", raw)

    def scan(self, *, minute=0, also=("Junk",)):
        settings = self.settings.model_copy(update={"also": also})
        with Mailbox(settings) as mailbox:
            mailbox.ensure_folders()
            now = START + minute * MINUTE
            collect_and_file.collect_all(self.house, mailbox, now)
            self.house.books.sort_mails()
            for number in self.house.books.pending(100):
                self.house.books.commit(Decision(MessageState.DECIDED, "seen"), [], message=number, now=now)
            return collect_and_file.collect_all(self.house, mailbox, now)

    def lying(self, folder):
        return self.client.select_folder(folder, readonly=True)[b"EXISTS"]

    def subjects(self):
        return sorted(line.subject for line in self.house.books.mails())


@pytest.mark.servers
def test_known_people_are_heard_and_strangers_stay(junk):
    staff = junk.house.bureau.office.staff[0]
    district = next(a for one in junk.house.bureau.roster.reporters for a in one.addresses)
    [department, *_] = next(iter(junk.house.bureau.circulars.values())).department.to
    for number, sender in enumerate([district, staff, department, STRANGER], 1):
        junk.put(mail(number, sender))
    for head in ODD_HEADS:
        junk.put(head + b"\r\nbuy now\r\n")
    junk.scan()
    assert junk.subjects() == ["report 1", "report 2", "report 3"]
    assert junk.lying("Ruam.Done" if "Ruam.Done" in names(junk.client) else "Ruam/Done") == 3
    assert junk.lying("Junk") == 1 + len(ODD_HEADS)
    junk.client.select_folder("Junk", readonly=True)
    assert all(b"\\Seen" not in flags for flags in junk.client.get_flags(junk.client.search()).values())


def names(client):
    return [name for _, _, name in client.list_folders()]


@pytest.mark.servers
def test_an_answer_to_a_letter_of_ours_is_heard_whoever_sends_it(junk):
    from tests.store.building import letter  # noqa: PLC0415

    junk.house.books.commit(Decision(outcome="x"), [letter(identity="ours@office.example")], message=None, now=START)
    junk.put(mail(1, "private@mail.example", "In-Reply-To: <ours@office.example>\r\n"))
    junk.put(mail(2, "other@mail.example", "References: <a@b.example>\r\n <ours@office.example>\r\n"))
    junk.put(mail(3, STRANGER, "In-Reply-To: <theirs@office.example>\r\n"))
    junk.scan()
    assert junk.subjects() == ["report 1", "report 2"]
    assert junk.lying("Junk") == 1


@pytest.mark.servers
@pytest.mark.parametrize("name", ["Nowhere", "\\Junk", "R&D"])
def test_a_further_folder_that_is_not_there_stops_nothing(junk, name):
    junk.client.append("INBOX", mail(1))
    junk.put(mail(2))
    junk.scan(also=(name, "Junk"))
    assert "report 1" in junk.subjects()


@pytest.mark.servers
def test_what_is_not_named_is_not_looked_into(junk):
    junk.put(mail(1))
    junk.scan(also=())
    assert junk.subjects() == []
