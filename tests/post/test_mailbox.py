"""The mailbox against pymap, real Dovecot, and servers that misbehave."""

import datetime
import threading
import time

import pytest
from imapclient import IMAPClient

from bot.post.errors import Permanent, Refused, Transient
from bot.post.mailbox import CHUNK, HEADER_BYTES, SHELVES, WINDOW, Mailbox

MAIL = b"From: district1@amphoe.example\r\nTo: office@phrae.example\r\nSubject: form\r\n\r\nbody\r\n"


def mail(number, size=0):
    return MAIL.replace(b"form", b"form %d" % number) + b"x" * size + b"\r\n" * bool(size)


def other_client(settings):
    """A person's mail program on the same account."""
    tls = settings.security == "tls"
    client = IMAPClient(settings.host, settings.port, ssl=tls, ssl_context=settings.tls() if tls else None, timeout=10)
    if settings.security == "starttls":
        client.starttls(settings.tls())
    client.login(settings.user, settings.password.get_secret_value())
    return client


def test_a_mail_is_fetched_whole_and_stays_unseen(account, opened):
    account.deliver(mail(1))
    mailbox = opened(account.settings)
    (uid,) = mailbox.uids()
    (got,) = mailbox.fetch([uid])
    assert got.uid == uid
    assert got.whole
    assert b"Subject: form 1\r\n" in got.raw
    assert got.raw.endswith(b"\r\n\r\nbody\r\n")
    assert got.size == len(got.raw)
    assert got.at.tzinfo is datetime.UTC
    assert abs(datetime.datetime.now(datetime.UTC) - got.at) < datetime.timedelta(minutes=2)
    with other_client(account.settings) as client:
        client.select_folder("INBOX", readonly=True)
        assert b"\\Seen" not in client.get_flags([uid])[uid]


@pytest.mark.parametrize("shelf", SHELVES)
def test_filed_mails_leave_the_inbox_for_their_shelf(account, opened, shelf):
    for number in range(3):
        account.deliver(mail(number))
    mailbox = opened(account.settings)
    mailbox.ensure_folders()
    first, second, third = mailbox.uids()
    mailbox.file_away([first, third], shelf)
    assert mailbox.uids() == [second]
    with other_client(account.settings) as client:
        folder = next(name for _, _, name in client.list_folders() if name.endswith(shelf))
        assert client.select_folder(folder, readonly=True)[b"EXISTS"] == 2


def test_folders_are_made_once_and_made_again_when_somebody_removed_them(account, opened):
    account.deliver(mail(1))
    mailbox = opened(account.settings)
    mailbox.ensure_folders()
    mailbox.ensure_folders()
    with other_client(account.settings) as client:
        client.delete_folder(next(name for _, _, name in client.list_folders() if name.endswith("Held")))
    mailbox.file_away(mailbox.uids(), "Held")
    assert mailbox.uids() == []


def test_only_unknown_and_higher_uids_are_found(account, opened):
    for number in range(3):
        account.deliver(mail(number))
    mailbox = opened(account.settings)
    first, second, third = mailbox.uids()
    assert mailbox.uids(above=first) == [second, third]
    assert mailbox.uids(above=third) == []
    assert mailbox.scan({first, third}) == [second]
    assert mailbox.uidvalidity() > 0


def test_of_a_mail_too_large_only_the_header_is_fetched(account, opened):
    account.deliver(mail(1))
    account.deliver(mail(2, size=4000))
    mailbox = opened(account.but(max_bytes=3000))
    small, large = mailbox.fetch(mailbox.uids())
    assert small.whole
    assert not large.whole
    assert large.size > 4000
    assert b"Subject: form 2\r\n" in large.raw
    assert b"xxx" not in large.raw


def test_mails_gone_meanwhile_are_passed_over(account, opened):
    account.deliver(mail(1))
    mailbox = opened(account.settings)
    (uid,) = mailbox.uids()
    assert [got.uid for got in mailbox.fetch([uid, uid + 5])] == [uid]
    mailbox.file_away([uid + 5], "Done")


def test_waiting_ends_when_a_mail_comes(account, opened):
    mailbox = opened(account.settings)
    mailbox.uids()
    sender = threading.Thread(target=account.deliver, args=(mail(1),))
    began = time.monotonic()
    sender.start()
    assert mailbox.wait(20, threading.Event())
    assert time.monotonic() - began < 5
    sender.join()
    assert len(mailbox.uids()) == 1


def test_a_mail_that_came_between_scan_and_wait_is_news_at_once(account, opened):
    mailbox = opened(account.settings)
    mailbox.uids()
    account.deliver(mail(1))
    began = time.monotonic()
    assert mailbox.wait(20, threading.Event())
    assert time.monotonic() - began < 1


def test_after_a_scan_the_mails_it_found_are_no_news(account, opened):
    account.deliver(mail(1))
    mailbox = opened(account.settings)
    mailbox.file_away(mailbox.uids(), "Done")
    account.deliver(mail(2))
    mailbox.uids()
    assert not mailbox.wait(0.3, threading.Event())


def test_another_thread_ends_a_wait_within_half_a_second(account, opened):
    mailbox = opened(account.settings)
    wake = threading.Event()
    timer = threading.Timer(0.2, wake.set)
    timer.start()
    began = time.monotonic()
    assert not mailbox.wait(20, wake)
    assert time.monotonic() - began < 0.8
    timer.join()


def test_idle_is_renewed_and_the_connection_stays_good(account, opened):
    mailbox = opened(account.but(idle_renew_seconds=0.1))
    assert not mailbox.wait(0.5, threading.Event())
    assert mailbox.uids() == []


# -- servers that lack something ---------------------------------------------------------------------------------


@pytest.mark.servers
def test_without_move_the_mail_is_copied_and_only_it_is_expunged(dovecot, opened):
    account = dovecot(imap_capability="IMAP4rev1 UIDPLUS")
    for number in range(2):
        account.deliver(mail(number))
    with other_client(account.settings) as client:
        client.select_folder("INBOX")
        kept, filed = client.search()
        client.add_flags([kept], [b"\\Deleted"])  # a person's own mark, not ours to carry out
    mailbox = opened(account.settings)
    mailbox.ensure_folders()
    mailbox.file_away(filed, "Done")
    assert mailbox.uids() == [kept]
    assert len(account.folder(".Ruam.Done")) == 1


@pytest.mark.servers
def test_without_move_and_uidplus_nothing_is_expunged(dovecot, opened):
    account = dovecot(imap_capability="IMAP4rev1")
    account.deliver(mail(1))
    mailbox = opened(account.settings)
    mailbox.ensure_folders()
    (uid,) = mailbox.uids()
    mailbox.file_away(uid, "Done")
    assert mailbox.uids() == [uid]
    assert len(account.folder(".Ruam.Done")) == 1


@pytest.mark.servers
def test_without_idle_waiting_is_just_time(dovecot, opened):
    account = dovecot(imap_capability="IMAP4rev1 MOVE")
    mailbox = opened(account.settings)
    began = time.monotonic()
    assert not mailbox.wait(0.2, threading.Event())
    assert time.monotonic() - began >= 0.2
    account.deliver(mail(1))
    assert mailbox.wait(0.2, threading.Event())


@pytest.mark.servers
def test_folders_go_below_the_servers_own_prefix(dovecot, opened):
    account = dovecot(**{"namespace/inbox/prefix": "INBOX.", "namespace/inbox/separator": "."})
    account.deliver(mail(1))
    mailbox = opened(account.settings)
    mailbox.ensure_folders()
    mailbox.file_away(mailbox.uids(), "Unreadable")
    with other_client(account.settings) as client:
        assert {name for _, _, name in client.list_folders()} >= {f"INBOX.Ruam.{shelf}" for shelf in SHELVES}


@pytest.mark.servers
def test_a_full_mailbox_refuses_to_file_and_the_connection_stands(dovecot, opened):
    account = dovecot(imap_capability="IMAP4rev1 UIDPLUS", mail_plugins="quota", quota="maildir:user", quota_rule="*:messages=1")
    account.deliver(mail(1))
    mailbox = opened(account.settings)
    mailbox.ensure_folders()
    with pytest.raises(Refused) as told:
        mailbox.file_away(mailbox.uids(), "Done")
    assert "quota" in told.value.detail.lower()
    assert len(mailbox.uids()) == 1


# -- refused at the door -----------------------------------------------------------------------------------------


def test_a_wrong_password_is_permanent(account):
    with pytest.raises(Permanent) as told:
        Mailbox(account.but(password=type(account.settings.password)("wrong"))).connect()
    assert "password" in told.value.next_step


@pytest.mark.servers
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_an_unknown_authority_is_permanent(dovecot, certificates, security):
    account = dovecot(security=security)
    with pytest.raises(Permanent) as told:
        Mailbox(account.but(ca_file=str(certificates.other_ca))).connect()
    assert "ca_file" in told.value.next_step


def test_a_missing_ca_file_is_permanent(imap):
    _, settings = imap()
    with pytest.raises(Permanent):
        Mailbox(settings.model_copy(update={"security": "tls", "ca_file": "/nowhere.pem"})).connect()


def test_stripped_starttls_is_permanent_and_no_password_goes_out(imap):
    server, settings = imap()
    with pytest.raises(Permanent):
        Mailbox(settings.model_copy(update={"security": "starttls"})).connect()
    assert not any(b"secret" in line or b"LOGIN" in line for line in server.heard)


def test_a_server_that_is_down_is_transient(scripted):
    server = scripted(lambda wire: None)
    server.__exit__()
