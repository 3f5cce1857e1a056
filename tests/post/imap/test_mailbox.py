"""The mailbox against pymap, real Dovecot, and servers that misbehave."""

import datetime
import hashlib
import threading
import time

import pytest
from imapclient import IMAPClient

from bot.post.exceptions import Permanent, Refused, Transient
from bot.post.imap.folders import CHUNK, SHELVES, Filed
from bot.post.imap.mailbox import HEADER_BYTES, WINDOW, Mailbox
from bot.post.tls import verified
from tests.setup.real_mail import free_port

MAIL = b"From: district1@amphoe.example\r\nTo: office@phrae.example\r\nSubject: form\r\n\r\nbody\r\n"


def mail(number, size=0):
    return MAIL.replace(b"form", b"form %d" % number) + b"x" * size + b"\r\n" * bool(size)


def other_client(settings):
    """A person's mail program on the same account."""
    tls = settings.security == "tls"
    client = IMAPClient(
        settings.host, settings.port, ssl=tls, ssl_context=verified(settings) if tls else None, timeout=10
    )
    if settings.security == "starttls":
        client.starttls(verified(settings))
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


def test_a_mail_moves_on_from_one_shelf_to_another_and_is_known_by_its_bytes(account, opened):
    """Two of the same size lie on the shelf; which is meant, only the bytes say. The inbox is ours again afterwards."""
    for number in range(3):
        account.deliver(mail(number))
    mailbox = opened(account.settings)
    mailbox.ensure_folders()
    _, meant, stays = mailbox.fetch(mailbox.uids())
    mailbox.file_away([meant.uid, meant.uid - 1], "Held")
    sha256 = hashlib.sha256(meant.raw).hexdigest()
    assert mailbox.refile(Filed(meant.size, sha256), "Held", "Done")
    assert not mailbox.refile(Filed(meant.size, sha256), "Held", "Done")
    assert mailbox.uids() == [stays.uid]
    with other_client(account.settings) as client:
        folders = [name for _, _, name in client.list_folders()]
        lying = {
            shelf: client.select_folder(next(n for n in folders if n.endswith(shelf)), readonly=True)[b"EXISTS"]
            for shelf in ("Held", "Done")
        }
    assert lying == {"Held": 1, "Done": 1}


@pytest.mark.parametrize("wrong", [-7, 5, 400])
def test_a_mail_moves_on_though_the_server_counts_its_size_otherwise_there(account, opened, wrong):
    """Some servers estimate sizes, or count them anew in each folder: then the bytes alone tell."""
    for number in range(3):
        account.deliver(mail(number, size=10 * number))
    mailbox = opened(account.settings)
    mailbox.ensure_folders()
    first, meant, _ = mailbox.fetch(mailbox.uids())
    mailbox.file_away(mailbox.uids(), "Held")
    sha256 = hashlib.sha256(meant.raw).hexdigest()
    assert mailbox.refile(Filed(meant.size + wrong, sha256), "Held", "Done")
    assert not mailbox.refile(Filed(meant.size + wrong, sha256), "Held", "Done")
    assert mailbox.refile(Filed(first.size + wrong, hashlib.sha256(first.raw).hexdigest()), "Held", "Done")


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
    account = dovecot(imap_capability="UIDPLUS")
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
    account = dovecot(imap_capability="MOVE")
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
    account = dovecot(imap_capability="UIDPLUS", mail_plugins="quota", quota="maildir:user", quota_rule="*:messages=1")
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


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"TAG NO [AUTHENTICATIONFAILED] no", Permanent),
        (b"TAG NO [UNAVAILABLE] the user database is away", Transient),
        (b"* BYE shutting down", Transient),
    ],
)
def test_a_login_fails_for_good_only_when_the_server_means_the_login(imap, answer, kind):
    def script(wire, tag, rest):
        wire.say(answer.replace(b"TAG", tag))
        if answer.startswith(b"* BYE"):
            wire.close()

    _, settings = imap(LOGIN=script)
    with pytest.raises(kind):
        Mailbox(settings).connect()


def test_a_login_cut_off_is_transient(imap):
    _, settings = imap(LOGIN=lambda wire, tag, rest: wire.close())
    with pytest.raises(Transient):
        Mailbox(settings).connect()


def test_a_server_that_is_down_is_transient(imap):
    _, settings = imap()
    with pytest.raises(Transient):
        Mailbox(settings.model_copy(update={"port": free_port()})).connect()


@pytest.mark.parametrize(
    ("greeting", "kind"), [(b"* BYE too many connections", Transient), (b"HTTP/1.1 400 Bad Request", Permanent)]
)
def test_an_unkind_greeting_passes_but_another_protocol_does_not(imap, greeting, kind):
    _, settings = imap(GREETING=[greeting])
    with pytest.raises(kind):
        Mailbox(settings).connect()


def test_a_folder_we_may_not_change_is_permanent(imap):
    _, settings = imap(SELECT=[b"* 0 EXISTS", b"* OK [UIDVALIDITY 7] fine", b"TAG OK [READ-ONLY] selected"])
    with pytest.raises(Permanent) as told:
        Mailbox(settings).connect()
    assert "write access" in told.value.next_step


def test_folders_the_server_will_not_make_are_permanent(imap, opened):
    _, settings = imap(CREATE=[b"TAG NO [NOPERM] not you"])
    with pytest.raises(Permanent):
        opened(settings).ensure_folders()


# -- lines that are cut ------------------------------------------------------------------------------------------


def hang(wire, tag, rest):
    wire.hang()


@pytest.mark.parametrize("verb", ["GREETING", "LOGIN", "SELECT"])
def test_a_black_hole_while_connecting_times_out_as_transient(imap, verb):
    _, settings = imap(timeout_seconds=0.3, **{verb: hang})
    began = time.monotonic()
    with pytest.raises(Transient):
        Mailbox(settings).connect()
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("verb", ["NOOP", "IDLE", "DONE"])
def test_a_black_hole_while_waiting_times_out_as_transient(imap, opened, verb):
    _, settings = imap(timeout_seconds=0.3, **{verb: hang})
    mailbox = opened(settings)
    began = time.monotonic()
    with pytest.raises(Transient):
        mailbox.wait(0.3, threading.Event())
    assert time.monotonic() - began < 2


def test_a_server_closing_during_idle_is_transient_at_once_and_without_spinning(imap, opened):
    def script(wire, tag, rest):
        wire.say(b"+ idling")
        wire.sock.settimeout(0.3)
        with pytest.raises(TimeoutError):  # a pause in which the client settles into its wait
            wire.sock.recv(1)
        wire.close()

    _, settings = imap(IDLE=script)
    mailbox = opened(settings)
    began, busy = time.monotonic(), time.thread_time()
    with pytest.raises(Transient):
        mailbox.wait(20, threading.Event())
    assert 0.2 < time.monotonic() - began < 1.5
    assert time.thread_time() - busy < 0.1


def test_bye_during_idle_is_transient(imap, opened):
    _, settings = imap(IDLE=[b"+ idling", b"* BYE going down for repair"])
    with pytest.raises(Transient):
        opened(settings).wait(20, threading.Event())


def test_half_a_literal_is_transient(imap, opened):
    def script(wire, tag, rest):
        if b"SIZE" in rest:
            wire.say(b'* 1 FETCH (UID 1 RFC822.SIZE 100 INTERNALDATE "20-Nov-2024 09:00:00 +0700")', tag + b" OK done")
        else:
            wire.say(b"* 1 FETCH (UID 1 BODY[] {100}", b"half")
            wire.close()

    _, settings = imap(FETCH=script)
    with pytest.raises(Transient):
        list(opened(settings).fetch([1]))


def test_after_trouble_the_mailbox_is_closed_and_can_connect_again(imap, opened):
    def script(wire, tag, rest):
        if wire.number == 1:
            wire.close()
        wire.say(tag + b" OK done")

    server, settings = imap(NOOP=script, CAPABILITY=[b"* CAPABILITY IMAP4rev1", b"TAG OK done"])
    mailbox = opened(settings)
    with pytest.raises(Transient):
        mailbox.wait(0.1, threading.Event())
    with pytest.raises(Transient):
        mailbox.uids()
    mailbox.connect()
    assert not mailbox.wait(0.1, threading.Event())
    assert len(server.wires) == 2


# -- odd but living servers --------------------------------------------------------------------------------------


def test_news_in_the_same_packet_as_the_start_of_idle_is_not_overlooked(imap, opened):
    _, settings = imap(IDLE=[b"+ idling", b"* 1 EXISTS"])
    began = time.monotonic()
    assert opened(settings).wait(20, threading.Event())
    assert time.monotonic() - began < 1


def test_a_count_repeated_without_need_is_no_news(imap, opened):
    _, settings = imap(NOOP=[b"* 0 EXISTS", b"TAG OK done"], IDLE=[b"+ idling", b"* 0 EXISTS"])
    assert not opened(settings).wait(0.3, threading.Event())


def test_a_large_folder_is_searched_in_windows_with_ascii_criteria(imap, opened):
    count = 2 * WINDOW + 10

    def search(wire, tag, rest):
        low, high = (count if n == b"*" else int(n) for n in rest.split(b" ")[0].split(b":"))
        wire.say(b"* SEARCH " + b" ".join(b"%d" % (n + 1000) for n in range(low, high + 1)), tag + b" OK done")

    many = [b"* %d EXISTS" % count, b"* OK [UIDVALIDITY 7] fine", b"TAG OK [READ-WRITE] selected"]
    server, settings = imap(SELECT=many, SEARCH=search)
    assert opened(settings).uids() == list(range(1001, 1001 + count))
    searches = [line for line in server.heard if b"SEARCH" in line]
    assert len(searches) == 3
    assert not any(b"CHARSET" in line for line in searches)
    assert not any(b"FETCH" in line for line in server.heard)


def test_sizes_are_asked_in_chunks_and_bodies_never_before_them(imap, opened):
    def fetch(wire, tag, rest):
        uids = [int(n) for n in rest.split(b" ")[0].split(b",")]
        if b"SIZE" in rest:
            facts = b'* 1 FETCH (UID %d RFC822.SIZE 6 INTERNALDATE "20-Nov-2024 09:00:00 +0700")'
            wire.say(*(facts % uid for uid in uids))
        else:
            wire.say(b"* 1 FETCH (UID %d BODY[] {6}" % uids[0], b"a: b", b")")
        wire.say(tag + b" OK done")

    server, settings = imap(FETCH=fetch)
    got = list(opened(settings).fetch(range(1, 451)))
    assert [one.uid for one in got] == list(range(1, 451))
    assert got[0].at == datetime.datetime(2024, 11, 20, 2, tzinfo=datetime.UTC)
    asked = [line.split(b" ")[3].count(b",") + 1 for line in server.heard if b"SIZE" in line]
    assert asked == [CHUNK, CHUNK, 50]
    assert not any(b"BODY[" in line.replace(b"BODY.PEEK[", b"") for line in server.heard)


def test_of_a_giant_header_only_the_beginning_is_asked(imap, opened):
    def fetch(wire, tag, rest):
        if b"SIZE" in rest:
            wire.say(b'* 1 FETCH (UID 1 RFC822.SIZE 99000000 INTERNALDATE "20-Nov-2024 09:00:00 +0700")')
        else:
            wire.say(b"* 1 FETCH (UID 1 BODY[HEADER]<0> {6}", b"a: b", b")")
        wire.say(tag + b" OK done")

    server, settings = imap(FETCH=fetch)
    (got,) = opened(settings).fetch([1])
    assert (got.raw, got.whole, got.size) == (b"a: b\r\n", False, 99_000_000)
    assert server.heard[-1].endswith(b"(BODY.PEEK[HEADER]<0.%d>)" % HEADER_BYTES)


def test_a_mail_the_server_will_not_hand_over_is_left_behind_and_the_others_come(imap, opened):
    def fetch(wire, tag, rest):
        if b"SIZE" in rest:
            facts = b'* 1 FETCH (UID %d RFC822.SIZE 6 INTERNALDATE "20-Nov-2024 09:00:00 +0700")'
            wire.say(*(facts % uid for uid in (1, 2, 3)), tag + b" OK done")
        elif rest.startswith(b"2 "):
            wire.say(tag + b" NO [SERVERBUG] the file is broken")
        else:
            wire.say(b"* 1 FETCH (UID %c BODY[] {6}" % rest[:1], b"a: b", b")", tag + b" OK done")

    _, settings = imap(FETCH=fetch)
    mailbox = opened(settings)
    assert [got.uid for got in mailbox.fetch([1, 2, 3])] == [1, 3]
    assert list(mailbox.left_behind) == [2]
    assert "broken" in mailbox.left_behind[2].words


def test_a_new_uidvalidity_is_seen_by_the_next_scan(imap, opened):
    selected = []

    def select(wire, tag, rest):
        selected.append(tag)
        wire.say(b"* 0 EXISTS", b"* OK [UIDVALIDITY %d] fine" % len(selected), tag + b" OK [READ-WRITE] selected")

    _, settings = imap(SELECT=select)
    mailbox = opened(settings)
    assert mailbox.uidvalidity() == 1
    assert mailbox.uids() == []
    assert mailbox.uidvalidity() == 2


def test_a_command_called_bad_is_refused_and_the_connection_stands(imap, opened):
    _, settings = imap(FETCH=[b"TAG BAD what is that"])
    mailbox = opened(settings)
    assert list(mailbox.fetch([1])) == []
    assert "what is that" in mailbox.left_behind[1].words
    assert mailbox.uids() == []


# -- one connection, one thread ----------------------------------------------------------------------------------


def test_connecting_again_closes_the_connection_before(imap, opened):
    server, settings = imap()
    mailbox = opened(settings)
    mailbox.connect()
    assert len(server.wires) == 2
    assert server.wires[0].heard[-1].endswith(b"LOGOUT")


def test_another_thread_may_not_use_the_mailbox(imap, opened):
    _, settings = imap()
    mailbox = opened(settings)
    raised = []

    def use():
        try:
            mailbox.uids()
        except RuntimeError as error:
            raised.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert raised


def test_closing_never_fails_nor_lasts(imap, opened):
    _, settings = imap(LOGOUT=hang, timeout_seconds=30)
    mailbox = opened(settings)
    began = time.monotonic()
    mailbox.close()
    mailbox.close()
    assert time.monotonic() - began < 4
