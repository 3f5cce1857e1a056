"""Backup, restore, replay and purge, by the commands an operator gives, on real books and real servers."""

import datetime
import email
import email.policy
import io
import sqlite3
import stat
import threading

import openpyxl
import pytest

from bot.cli.common import opened_house
from bot.config.load import load_config
from bot.office.model.bangkok_time import BANGKOK
from bot.service import replay_and_recover
from bot.store.backup import backup, restore
from bot.store.books import Books
from bot.store.database_errors import BooksError

LONG, SONG = "long@amphoe.example", "song@amphoe.example"
NOW = datetime.datetime(2024, 11, 21, 2, 0, tzinfo=datetime.UTC)
AT = ("once", "--at")

pytestmark = pytest.mark.timeout(180)


def form_from(post_office, address):
    letter = post_office.inbox_of(address)[0]
    mail = email.message_from_bytes(letter, policy=email.policy.default)
    return letter, next(part.get_payload(decode=True) for part in mail.iter_attachments())


def send(post_office, clerk, address, *, mark="✓"):
    letter, form = form_from(post_office, address)
    person = clerk(address)
    raw = person.reply(letter, "ส่งรายงาน", person.filled(form, mark))
    post_office.deliver(raw, address, "office+w5827@phrae.example")
    return raw


def asked(phrae, query, *given):
    with sqlite3.connect(phrae.folder / "books.db") as books:
        rows = books.execute(query, given).fetchall()
    books.close()
    return rows


def kinds(post_office, address):
    mails = (email.message_from_bytes(raw) for raw in post_office.inbox_of(address))
    return [mail["X-Ruam-Kind"] for mail in mails]


def test_a_backup_is_sound_private_and_overwrites_nothing(post_office, phrae, tmp_path):
    file = tmp_path / "copy.db"
    phrae.ruam("backup", str(file))
    with sqlite3.connect(file) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM letter").fetchone() == (11,)
    copy.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    again = phrae.ruam("backup", str(file), check=False)
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_backup_is_consistent_while_the_books_are_being_written(tmp_path):
    """Every copy made while a writer adds pairs of offices holds both of a pair or none."""
    url = f"sqlite:///{tmp_path}/books.db"
    books = Books.open(url)
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            with books._database.writing() as connection:
                for half in "ab":
                    connection.exec_driver_sql(
                        "INSERT INTO office (slug, name, secret) VALUES (?, '', '')", (f"{number}{half}",)
                    )

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backup(url, tmp_path / f"{number}.copy")
    finally:
        stop.set()
        writer.join()
        books.close()
    counts = []
    for number in range(5):
        copy = sqlite3.connect(tmp_path / f"{number}.copy")
        counts.append(copy.execute("SELECT count(*) FROM office").fetchone()[0])
        copy.close()
    assert all(count % 2 == 0 for count in counts)
    assert counts == sorted(counts)


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + bytes(4096)])
def test_what_is_no_backup_is_refused_and_the_books_stay(tmp_path, content):
    url = f"sqlite:///{tmp_path}/books.db"
    Books.open(url).close()
    before = (tmp_path / "books.db").read_bytes()
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(BooksError):
        restore(url, tmp_path / "copy.db", NOW)
    assert (tmp_path / "books.db").read_bytes() == before


def test_a_damaged_backup_is_refused(tmp_path):
    url = f"sqlite:///{tmp_path}/books.db"
    Books.open(url).close()
    backup(url, tmp_path / "copy.db")
    raw = bytearray((tmp_path / "copy.db").read_bytes())
    raw[4096 * 2 : 4096 * 4] = b"\xff" * 4096 * 2
    (tmp_path / "copy.db").write_bytes(raw)
    with pytest.raises(BooksError):
        restore(url, tmp_path / "copy.db", NOW)


def test_postgresql_is_told_its_own_tool(tmp_path):
    with pytest.raises(BooksError, match="pg_dump"):
        backup("postgresql://ruam@localhost/ruam", tmp_path / "copy.db")
    (tmp_path / "copy.db").write_bytes(b"x")
    with pytest.raises(BooksError, match="pg_restore"):
        restore("postgresql://ruam@localhost/ruam", tmp_path / "copy.db", NOW)


def test_nothing_is_restored_under_a_bot_at_work(post_office, phrae, tmp_path, running):
    phrae.ruam("backup", str(tmp_path / "copy.db"))
    with running(phrae):
        post_office.deliver(
            b"From: x@freemail.example\r\nSubject: hi\r\n\r\nhi\r\n", "x@x.example", "office@phrae.example"
        )
        post_office.wait_for("somsri@phrae.example", 1)
        wait_until(lambda: asked(phrae, "SELECT count(*) FROM message")[0][0] == 1)
        refused = phrae.ruam("restore", str(tmp_path / "copy.db"), "--force", check=False)
    assert refused.returncode == 2
    assert "stop it first" in refused.stderr.replace("\n", " ")


def wait_until(true, seconds=20):
    done = threading.Event()
    for _ in range(seconds * 10):
        if true():
            return
        done.wait(0.1)
    raise TimeoutError


def test_newer_books_are_put_aside_only_when_forced(post_office, phrae, clerk, tmp_path):
    phrae.ruam("backup", str(tmp_path / "copy.db"))
    send(post_office, clerk, LONG)
    phrae.ruam(*AT, "2024-11-20T10:00")
    refused = phrae.ruam("restore", str(tmp_path / "copy.db"), check=False)
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    phrae.ruam("restore", str(tmp_path / "copy.db"), "--force")
    old = next(
        path for path in phrae.folder.glob("books.db.before-restore-*") if not path.name.endswith(("-wal", "-shm"))
    )
    with sqlite3.connect(old) as books:
        assert books.execute("SELECT count(*) FROM message").fetchone() == (1,)
    books.close()


def test_after_a_restore_nothing_is_lost_and_nothing_sent_again(post_office, phrae, clerk, tmp_path):
    """A report received, answered and filed after the backup is counted again; its receipt and a reminder go out once."""
    phrae.ruam("backup", str(tmp_path / "copy.db"))
    send(post_office, clerk, LONG)
    phrae.ruam(*AT, "2024-11-20T10:00")
    phrae.ruam(*AT, "2024-11-22T09:00")  # the first reminder
    answers = asked(phrae, "SELECT organisation, question, value FROM answer ORDER BY 1, 2")
    sent = {
        address: kinds(post_office, address) for address in post_office.addresses() if not address.startswith("office")
    }
    assert len(answers) > 40
    assert sent[LONG] == ["request", "receipt"]
    (phrae.folder / "books.db").unlink()  # the disk is lost
    for end in ("-wal", "-shm"):
        (phrae.folder / f"books.db{end}").unlink(missing_ok=True)
    now = datetime.datetime(2024, 11, 22, 9, 20, tzinfo=BANGKOK)
    config = load_config(phrae.config)
    restore(config.books.url, tmp_path / "copy.db", now)
    with opened_house(config) as house:
        assert replay_and_recover.skip_steps(house, now) > 0
        assert replay_and_recover.recover(house, config.imap, now) == 1
        assert replay_and_recover.recover(house, config.imap, now) == 0
    phrae.ruam(*AT, "2024-11-22T09:30")
    assert asked(phrae, "SELECT organisation, question, value FROM answer ORDER BY 1, 2") == answers
    since = {address: kinds(post_office, address) for address in sent}
    assert {k: v for k, v in since.items() if k != phrae.staff} == {k: v for k, v in sent.items() if k != phrae.staff}
    assert asked(phrae, "SELECT kind, state FROM letter WHERE occasioned_by IS NOT NULL") == [("receipt", "unknown")]


def test_letters_that_waited_in_a_backup_are_left_to_a_person(tmp_path):
    """They may have been sent since; the digest tells staff of each."""
    url = f"sqlite:///{tmp_path}/books.db"
    books = Books.open(url)
    office = books.office("phrae", "x")
    with books._database.writing() as connection:
        for number, state in enumerate(("queued", "deferred", "sending", "sent", "failed")):
            connection.exec_driver_sql(
                "INSERT INTO letter (office_id, kind, circular, addressee, occasion, message_id, sender, recipients, remaining,"
                " subject, state, attempt, repeats, due_at, queued_at, changed_at, detail, refused) VALUES"
                " (1, 'receipt', 'w5827', 'long', ?, ?, 'o@x.example', '[]', '[]', 's', ?, 0, 0,"
                " '2024-11-20 02:00:00.000000', '2024-11-20 02:00:00.000000', '2024-11-20 02:00:00.000000', '', '{}')",
                (str(number), str(number), state),
            )
    backup(url, tmp_path / "copy.db")
    books.close()
    assert restore(url, tmp_path / "copy.db", NOW).letters == 3
    books = Books.open(url)
    office = books.office("phrae", "x")
    states = [line.state.value for line in office.letters()]
    troubles = office.troubles(NOW - datetime.timedelta(minutes=1))
    books.close()
    assert states == ["unknown", "unknown", "unknown", "sent", "failed"]
    assert len(troubles) == 3


def test_a_mail_is_read_anew_and_the_sender_is_told_once(post_office, phrae, clerk):
    """What the mail says now stands in the place of what it said; that it was so stays in the ledger."""
    circular = phrae.folder / "circulars" / "w5827" / "circular.toml"
    text = circular.read_text(encoding="utf-8")
    send(post_office, clerk, LONG, mark="เรียบร้อยโรงเรียนจีน")
    phrae.ruam(*AT, "2024-11-20T10:00")
    before = asked(phrae, "SELECT count(*) FROM answer")[0][0]
    assert before == 0
    same = phrae.ruam("replay", "1")
    assert "reads as before" in same.stdout
    assert "yes = [" in text
    circular.write_text(text.replace("yes = [", 'yes = ["เรียบร้อยโรงเรียนจีน", ', 1), encoding="utf-8")
    done = phrae.ruam("replay", "1")
    assert "accepted" in done.stdout
    assert asked(phrae, "SELECT count(*) FROM answer")[0][0] > 40
    assert asked(phrae, "SELECT count(*) FROM finding WHERE severity = 'error'")[0][0] == 0
    (ledger,) = asked(phrae, "SELECT step, action, ground FROM ledger WHERE action = 'replayed'")
    assert ledger[0] == "replay-1-1"
    assert ledger[2].startswith("rejected: 0 answers; now accepted")
    letters = asked(phrae, "SELECT kind, state, subject FROM letter WHERE occasioned_by = 1 ORDER BY id")
    assert [kind for kind, _, _ in letters] == ["correction", "receipt"]
    assert letters[1][1] == "queued"
    assert letters[1][2].startswith("แจ้งผลการอ่านใหม่")
    assert "reads as before" in phrae.ruam("replay", "1").stdout


def test_what_cannot_be_replayed_is_refused_with_a_sentence(post_office, phrae):
    assert phrae.ruam("replay", "99", check=False).returncode == 2


def test_purge_shows_first_and_keeps_the_trace(post_office, phrae, clerk):
    """Nothing of a circular whose report has not gone; afterwards the bytes go, hash, sender and answers stay."""
    raw = send(post_office, clerk, LONG)
    phrae.ruam(*AT, "2024-11-20T10:00")
    today = f"{datetime.datetime.now(BANGKOK) + datetime.timedelta(days=2):%Y-%m-%d}"
    none = phrae.ruam("purge", "--before", today, "--yes")
    assert "bytes of 0 mails" in none.stdout
    phrae.ruam(*AT, "2024-12-04T16:30")
    phrae.ruam("approve", "w5827")
    phrae.ruam(*AT, "2024-12-04T16:45")
    answers = asked(phrae, "SELECT count(*) FROM answer")
    shown = phrae.ruam("purge", "--before", today)
    assert "would be removed" in shown.stdout.replace("\n", " ")
    assert LONG in shown.stdout
    assert asked(phrae, "SELECT length(raw) > 0 FROM message_bytes") == [(1,)]
    phrae.ruam("purge", "--before", today, "--yes")
    assert asked(phrae, "SELECT length(sha256), sender, state FROM message") == [(64, LONG, "decided")]
    assert asked(phrae, "SELECT count(*) FROM message_bytes") == [(0,)]
    assert asked(phrae, "SELECT count(*) FROM answer") == answers
    assert asked(phrae, "SELECT kind FROM letter JOIN letter_bytes USING (id) WHERE kind = 'report'") == [("report",)]
    assert raw[len(raw) // 2 :][:200] not in (phrae.folder / "books.db").read_bytes()
    assert phrae.ruam("replay", "1", check=False).returncode == 2


def test_mails_are_listed_with_their_numbers(post_office, phrae, clerk):
    send(post_office, clerk, LONG)
    phrae.ruam(*AT, "2024-11-20T10:00")
    listed = phrae.ruam("mails", "decided").stdout
    assert LONG in listed
    assert "accepted" in listed
    assert LONG not in phrae.ruam("mails", "held").stdout


def test_a_replay_of_broken_bytes_changes_nothing(post_office, phrae):
    """A mail that nobody could read stays as it is."""
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    post_office.deliver(b"\x00\xff broken", "x@x.example", "office@phrae.example")
    phrae.ruam(*AT, "2024-11-20T10:00")
    before = asked(phrae, "SELECT state, outcome FROM message")
    phrae.ruam("replay", "1")
    assert asked(phrae, "SELECT state, outcome FROM message") == before
