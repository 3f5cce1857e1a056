"""``ruam doctor`` against a real post office and broken ones: each trouble has its line and its exit code."""

import datetime
import re
import socket
import sqlite3
import threading
from pathlib import Path

import pytest

from bot.doctor.examine import examine, wall_missing
from bot.doctor.verdict import Verdict
from bot.office.model.bangkok_time import BANGKOK
from tests.setup.real_mail import OFFICE

ROOT = Path(__file__).parents[3]
NOW = datetime.datetime(2024, 11, 21, 9, 0, tzinfo=BANGKOK)

pytestmark = pytest.mark.timeout(120)


def checked(phrae, *, mail=False, now=NOW):
    return list(examine(phrae.config, now, mail=mail))


def about(checks, name):
    return [(check.verdict, check.words) for check in checks if check.about == name]


def change(phrae, old, new, *, file=None):
    path = file or phrae.config
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text)
    path.write_text(re.sub(old, new, text, count=1), encoding="utf-8")


@pytest.fixture
def closed_port():
    """A port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_a_sound_office_is_told_so_and_its_own_mail_comes_back(post_office, phrae):
    phrae.config.chmod(0o600)
    (phrae.folder / "books.db").chmod(0o600)
    done = phrae.ruam("doctor", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "came back, was known as our own and filed" in done.stdout
    assert "within 1 s of the mail server's" in done.stdout
    assert not re.search(r"^wrong", done.stdout, re.MULTILINE)
    counts = phrae.ruam("status").stdout
    assert "decided: 0" in counts  # the mail to itself is no mail of anybody's


def test_the_running_bot_may_take_the_mail_first(post_office, phrae, running):
    with running(phrae) as bot:
        waiting = threading.Event()
        while "event=started" not in bot.log.read_text() and "started" not in bot.log.read_text():
            waiting.wait(0.1)
        done = phrae.ruam("doctor", check=False)
    assert done.returncode == 0, done.stdout
    assert "took it in" in done.stdout or "came back" in done.stdout


def test_without_mail_none_is_sent(post_office, phrae):
    before = len(post_office.inbox_of("office@phrae.example"))
    done = phrae.ruam("doctor", "--no-mail")
    assert "left out" in done.stdout
    assert len(post_office.inbox_of("office@phrae.example")) == before


def test_every_mistake_of_the_configuration_has_its_line(phrae):
    change(phrae, r'user = ".*"', 'usr = "x"')
    checks = checked(phrae)
    assert all(check.verdict is Verdict.WRONG for check in checks)
    assert any("imap.usr" in check.words for check in checks)
    assert phrae.ruam("doctor", check=False).returncode == 1


def test_a_server_that_is_away_is_exit_code_3(phrae, closed_port):
    change(phrae, r"port = \d+", f"port = {closed_port}")
    checks = checked(phrae)
    ((verdict, words),) = about(checks, "mailbox")
    assert verdict is Verdict.WRONG
    assert "connecting" in words
    assert about(checks, "outgoing mail")[0][0] is Verdict.OK
    assert phrae.ruam("doctor", check=False).returncode == 3


def test_a_wrong_password_is_told_without_showing_it(phrae, post_office):
    change(phrae, post_office.password, "not-the-password")
    done = phrae.ruam("doctor", check=False)
    assert done.returncode == 3
    assert "Check user and password" in done.stdout.replace("\n", " ")
    assert "not-the-password" not in done.stdout + done.stderr


def test_an_outgoing_server_that_is_away(phrae, closed_port):
    text = phrae.config.read_text(encoding="utf-8")
    head, _, tail = text.partition("[smtp]")
    phrae.config.write_text(
        head + "[smtp]" + re.sub(r"port = \d+", f"port = {closed_port}", tail, count=1), encoding="utf-8"
    )
    checks = checked(phrae, mail=True)
    assert about(checks, "outgoing mail")[0][0] is Verdict.WRONG
    assert about(checks, "mail to itself") == []


def test_passwords_and_books_open_to_others_are_told(phrae):
    phrae.config.chmod(0o644)
    phrae.folder.chmod(0o755)
    words = [words for verdict, words in about(checked(phrae), "secrets") if verdict is Verdict.WARNING]
    assert any("chmod 600" in one and "config.toml" in one for one in words)
    phrae.config.chmod(0o600)
    (phrae.folder / "books.db").chmod(0o600)
    assert [verdict for verdict, _ in about(checked(phrae), "secrets")] == [Verdict.OK]


def test_the_key_of_a_service_account_open_to_others_is_told(phrae):
    text = re.sub(r"(?m)^password = .*\n", "", phrae.config.read_text(encoding="utf-8"))
    oauth2 = '[oauth2]\nprovider = "google"\nservice_account_file = "key.json"\nsubject = "office@phrae.example"\n'
    phrae.config.write_text(f"{text}\n{oauth2}", encoding="utf-8")
    key = phrae.folder / "key.json"
    key.write_text("{}")
    phrae.folder.chmod(0o755)
    for mode, told in ((0o644, True), (0o600, False)):
        key.chmod(mode)
        words = [words for verdict, words in about(checked(phrae), "secrets") if verdict is Verdict.WARNING]
        assert any("key.json" in one for one in words) is told


def test_what_guards_the_reading_of_mails_is_asked_of_a_reading_process(phrae):
    """This machine lacks nothing, and that is said in one line."""
    ((verdict, words),) = about(checked(phrae), "reading")
    assert (verdict, "no other process" in words) == (Verdict.OK, True)


def test_what_this_machine_cannot_give_is_a_warning_that_says_what_to_do():
    """One line for each wall that is missing, with its reason."""
    checks = [wall_missing(name, "no such thing here") for name in ("seccomp", "landlock")]
    assert {check.verdict for check in checks} == {Verdict.WARNING}
    assert ["libseccomp2" in checks[0].words, "5.13" in checks[1].words] == [True, True]
    assert all("no such thing here" in check.words for check in checks)


def test_damaged_books_are_told(phrae):
    with sqlite3.connect(phrae.folder / "books.db") as books:
        books.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    books.close()
    path = phrae.folder / "books.db"
    raw = bytearray(path.read_bytes())
    raw[4096 * 3 : 4096 * 30] = b"\xff" * 4096 * 27
    path.write_bytes(raw)
    assert about(checked(phrae), "books")[0][0] is Verdict.WRONG


def test_books_in_a_place_that_cannot_be_are_told(phrae):
    change(phrae, r'url = "sqlite:///.*"', 'url = "sqlite:////proc/nowhere/books.db"')
    assert about(checked(phrae), "books")[0][0] is Verdict.WRONG


def test_doubled_addresses_and_bounced_ones_are_told(phrae):
    change(phrae, "long@amphoe.example", "song@amphoe.example", file=phrae.folder / "roster" / "roster.toml")
    with sqlite3.connect(phrae.folder / "books.db") as books:
        books.execute(
            "INSERT INTO address (office_id, address, reporter, standing, why, by, at)"
            " VALUES (1, 'rong-kwang@amphoe.example', '', 'bounced', '550 no such user', '', '2024-11-20 02:00:00.000000')"
        )
    books.close()
    words = " ".join(words for _, words in about(checked(phrae), "roster"))
    assert "song@amphoe.example stands with" in words


def test_deadlines_that_are_over_are_told(phrae):
    late = datetime.datetime(2024, 12, 7, 9, 0, tzinfo=BANGKOK)
    assert "past" in about(checked(phrae, now=late), "circular w5827")[0][1]
    assert "take it out" in about(checked(phrae, now=late + datetime.timedelta(days=90)), "circular w5827")[0][1]
    assert about(checked(phrae), "circular w5827")[0][0] is Verdict.OK


def test_an_unset_authserv_id_is_a_warning(phrae):
    (line,) = about(checked(phrae, mail=True), "sender identity")
    assert line[0] is Verdict.WARNING
    change(phrae, r"\[smtp\]", 'authserv_id = "mx.phrae.example"\n\n[smtp]')
    assert about(checked(phrae, mail=True), "sender identity")[0][0] is Verdict.OK


# --- the first day on a mailbox ---------------------------------------------------------------------------------------


def put(post_office, count, first=1):
    for number in range(first, first + count):
        raw = f"From: a@b.example\r\nSubject: {number}\r\nMessage-ID: <d{number}@b.example>\r\n\r\nold\r\n".encode()
        post_office.deliver(raw, "a@b.example", OFFICE)


def test_before_the_first_start_it_says_that_nothing_would_be_taken(post_office, office):
    put(post_office, 12)
    made = office(
        f'host = "127.0.0.1"\nport = {post_office.imap_port}\nsecurity = "none"\n'
        f'user = "{post_office.user}"\npassword = "{post_office.password}"',
        f'host = "127.0.0.1"\nport = {post_office.smtp_port}\nsecurity = "none"',
    )
    made.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    [(verdict, words)] = about(checked(made), "mails")
    assert verdict is Verdict.OK
    assert words.startswith("12 in INBOX; since 2024-11-21 09:00: 0 would be taken, 12 left untouched. Not started yet")
    change(made, r"\[imap\]", "[imap]\nsince = 2543-01-01")
    # The server says when they came by its own clock, and what lies in the future is no time of arrival.
    [(_, words)] = about(checked(made, now=datetime.datetime.now(datetime.UTC)), "mails")
    assert words.startswith("12 in INBOX; since 2000-01-01 00:00: 12 would be taken, 0 left untouched")


def test_after_the_first_start_it_says_how_many_are_still_to_come(post_office, phrae):
    put(post_office, 2)
    [(_, words)] = about(checked(phrae), "mails")
    assert words == "2 in INBOX; since 2024-11-20 08:30: 2 would be taken, 0 left untouched"


def test_a_further_folder_that_is_not_there_is_said(post_office, phrae):
    change(phrae, r"\[imap\]", '[imap]\nalso = ["Nowhere"]')
    found = about(checked(phrae), "mails")
    assert [verdict for verdict, _ in found] == [Verdict.OK, Verdict.WRONG]
    assert "Nowhere" in found[1][1]
