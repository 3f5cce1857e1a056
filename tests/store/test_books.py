"""Opening the books, their migrations, and the wall between offices."""

import datetime
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from bot.office.model.ledger import LedgerEntry
from bot.office.plan.words_to_staff import TOLD, waiting
from bot.store import schema
from bot.store.books import Books
from bot.store.database import newest_layout
from bot.store.database_errors import BooksAwayError, BooksError
from tests.setup import fresh_books
from tests.setup.offices_apart import unscoped
from tests.store.building import MINUTE, NOW, Decision, arrival, draft_letter, letter, said


@pytest.fixture(autouse=True)
def _fresh_books():
    """Made by the migrations, in this file."""


def opened(path):
    books = Books.open(f"sqlite:///{path}")
    books.close()


def dump(path):
    with sqlite3.connect(path) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


def test_the_migrations_make_exactly_the_tables_of_the_schema(tmp_path):
    opened(tmp_path / "books.db")
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'books.db'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
    engine.dispose()


def test_fresh_books_of_other_tests_are_those_of_the_migrations(tmp_path, monkeypatch):
    """The migrations name constraints in an order of their own each time, so the same run of them is compared."""
    monkeypatch.setattr(fresh_books, "_MADE", [])
    for name in ("migrated.db", "again.db"):
        with fresh_books.made_quickly():
            opened(tmp_path / name)
    assert dump(tmp_path / "again.db") == dump(tmp_path / "migrated.db")


def test_the_newest_layout_is_where_the_migrations_lead():
    """By the name of a file, so that books that are up to date are opened without loading what changes them."""
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    assert newest_layout() == ScriptDirectory.from_config(config).get_current_head()


def test_every_step_can_be_taken_back(tmp_path):
    opened(tmp_path / "books.db")
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'books.db'}")
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_what_an_older_version_kept_is_marked_as_if_it_were_kept_now(tmp_path):
    """Taken back to the version before and brought up to date again: what no longer holds, and which words wait."""
    books = Books.open(f"sqlite:///{tmp_path / 'books.db'}")
    office = books.office("phrae", "สำนักงาน")
    mails = office.receive([arrival(uid, at=NOW + (uid % 3) * MINUTE) for uid in range(1, 6)])
    for at, number in enumerate(mails):
        words = (waiting(number, "long@phrae.example", NOW),) if at < 2 else ()
        reply = said(("540101", "s10", bool(at % 2)), ("540101", f"s{at}", True), ledger=words)
        office.commit(reply, [], message=number, now=NOW + (5 + at) * MINUTE)
    told = LedgerEntry("", "staff", f"{TOLD}{mails[0]}", NOW.date(), "sent", "")
    office.commit(Decision(outcome="words-told", ledger=(told,)), [], message=None, now=NOW)
    marked = "SELECT id, superseded_at FROM answer ORDER BY id", "SELECT id, in_words, told_at IS NULL FROM message"
    with office._database.reading() as connection:
        before = [connection.exec_driver_sql(query).all() for query in marked]
    books.close()
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'books.db'}")
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0009")
        command.upgrade(config, "head")
        assert [connection.exec_driver_sql(query).all() for query in marked] == before
    engine.dispose()
    assert sum(row.superseded_at is not None for row in before[0]) == 4


def test_opening_again_changes_nothing(tmp_path):
    opened(tmp_path / "books.db")
    first = dump(tmp_path / "books.db")
    opened(tmp_path / "books.db")
    assert dump(tmp_path / "books.db") == first


def test_many_may_open_new_books_at_once(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(opened, [tmp_path / "deep" / "books.db"] * 8))
    assert any("alembic_version" in line for line in dump(tmp_path / "deep" / "books.db"))


def test_the_folder_of_new_books_is_made_for_its_owner_alone(tmp_path):
    opened(tmp_path / "new" / "books.db")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_sqlite_is_set_to_survive_a_power_cut(tmp_path):
    """Write-ahead log, full synchronisation, foreign keys held: on every connection."""
    books = Books.open(f"sqlite:///{tmp_path / 'books.db'}")
    with books._database.reading() as one, books._database.reading() as two:
        for connection in (one, two):
            said = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
            assert said == ["wal", 2]
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    books.close()


@pytest.mark.parametrize("url", ["books.db", "sqlite://", "sqlite:///:memory:", "mysql://office@db.example/books"])
def test_a_url_that_cannot_hold_books_is_refused_with_a_sentence(url):
    with pytest.raises(BooksError, match=r"sqlite:///ruam\.db"):
        Books.open(url)


def test_books_of_a_newer_ruam_are_left_alone(tmp_path):
    opened(tmp_path / "books.db")
    with sqlite3.connect(tmp_path / "books.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(BooksError, match="newer"):
        opened(tmp_path / "books.db")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "books.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(BooksError, match="not a database"):
        opened(tmp_path / "books.db")


def test_a_place_where_no_books_can_be_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BooksError, match="cannot be made"):
        opened(tmp_path / "file" / "books.db")
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(BooksError, match="cannot be opened"):
        opened(tmp_path / "folder.db")


def test_a_locked_database_is_away_and_nothing_else(tmp_path):
    """Whoever cannot write gets the books' own exception, since no other room knows the library's."""
    opened(tmp_path / "books.db")
    books = Books.open(f"sqlite:///{tmp_path / 'books.db'}")
    with books._database.writing() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(tmp_path / "books.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BooksAwayError, match="locked"):
        books.office("phrae", "แพร่")
    other.close()
    books.close()


def test_an_office_keeps_its_secret_and_its_rows_when_it_is_renamed(shared):
    first = shared.office("renamed", "เดิม")
    first.receive([arrival(1)])
    again = shared.office("renamed", "ใหม่")
    assert again.secret == first.secret
    assert again.known_uids("INBOX", 7, range(1, 99)) == {1}


def test_offices_never_share_a_secret(new_office):
    assert len({new_office().secret for _ in range(5)}) == 5


def test_offices_never_see_each_others_rows(new_office):
    """The same keys in two offices are two things; a row's number of another office leads nowhere."""
    ours, theirs = new_office(), new_office()
    [mail] = ours.receive([arrival(1)])
    entry = LedgerEntry("w5827", "long", "request", datetime.date(2024, 11, 20), "sent", "")
    [queued] = ours.commit(
        said(("540101", "s10", True), ledger=(entry,)), [letter(identity="a@x")], message=mail, now=NOW
    )
    assert theirs.known_uids("INBOX", 7, range(1, 99)) == set()
    assert theirs.pending(10) == theirs.to_file("INBOX", 7) == theirs.claim(NOW, 10, MINUTE) == theirs.letters() == []
    assert (
        theirs.answers("w5827") == theirs.ledger("w5827") == theirs.letters_with(["a@x"]) == theirs.findings(mail) == ()
    )
    assert not any(theirs.counts().values())
    assert list(theirs.export_letters()) == []
    with pytest.raises(LookupError):
        theirs.take(mail)
    assert theirs.commit(said(), [letter()], message=mail, now=NOW) == ()
    assert not theirs.seen_before(ours.take(mail).sha256, 0)
    [due] = ours.claim(NOW, 10, MINUTE)
    assert due.id == queued


def test_a_statement_without_its_office_is_seen():
    """What every test is watched for, by a statement of each kind."""
    letter, message = schema.letter, schema.message
    own = letter.c.office_id == 1
    joined = sa.select(letter.c.id).join(message, message.c.id == letter.c.id)
    bare = [
        sa.select(letter),
        sa.update(letter).values(state=""),
        sa.delete(letter),
        joined,
        sa.select(sa.exists().where(letter.c.office_id != 1)),
    ]
    assert all(map(unscoped, bare))
    bound = [
        sa.select(letter).where(own),
        sa.update(letter).where(own).values(state=""),
        joined.where(own),
        sa.delete(letter).where(own),
    ]
    elsewhere = [sa.select(schema.office), sa.insert(letter).values(state=""), sa.text("SELECT id FROM letter")]
    assert not any(map(unscoped, (*bound, *elsewhere)))


def test_two_offices_may_use_the_same_keys(new_office):
    for office in (new_office(), new_office()):
        [mail] = office.receive([arrival(1)])
        assert len(office.commit(said(), [letter(identity="same@x")], message=mail, now=NOW)) == 1


def test_no_row_can_point_at_another_offices_mail(new_office):
    """The database itself holds the wall, whatever a query forgets."""
    ours, theirs = new_office(), new_office()
    [mail] = ours.receive([arrival(1)])
    row = {"office_id": theirs._office, "message_id": mail, "key": "obstacles"}
    with pytest.raises(sa.exc.IntegrityError), theirs._database.writing() as connection:
        connection.execute(sa.insert(schema.remark), row)


def test_every_time_comes_back_aware_and_the_same(office):
    bangkok = datetime.timezone(datetime.timedelta(hours=7))
    at = datetime.datetime(2024, 11, 20, 9, 0, 0, 123456, tzinfo=bangkok)
    [mail] = office.receive([arrival(1, at=at)])
    office.commit(said(("540101", "s10", True)), [letter(due=at)], message=mail, now=at)
    [due] = office.claim(at, 1, MINUTE)
    [recorded] = office.answers("w5827")
    times = [office.take(mail).received, due.queued, recorded.received, office.last_mail("w5827")["long"]]
    assert times == [at] * 4
    assert {time.utcoffset() for time in times} == {datetime.timedelta(0)}


def test_a_time_without_a_zone_is_refused(office):
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(ValueError, match="without a zone"):
        office.receive([arrival(1, at=naive)])
    [mail] = office.receive([arrival(1)])
    with pytest.raises(ValueError, match="without a zone"):
        office.commit(said(), [], message=mail, now=naive)


def test_what_no_database_can_hold_does_not_stop_a_mail(office):
    [mail] = office.receive([arrival(1)])
    office.commit(said(("540101", "text", "a")), [], message=mail, now=NOW)
    [other] = office.receive([arrival(2)])
    decision = Decision(said().state, "held\0", why="half \ud83d")
    office.commit(decision, [], message=other, now=NOW)
    assert office.counts()["decided"] == 2


def test_every_table_is_good_postgresql():
    """What SQLite forgives is looked at here; the same tests run on PostgreSQL where RUAM_TEST_BOOKS names one."""
    dialect = postgresql.dialect()
    for table in schema.metadata.sorted_tables:
        assert f"CREATE TABLE {table.name}" in str(CreateTable(table).compile(dialect=dialect))
        for constraint in [*table.constraints, *table.indexes]:
            assert len(constraint.name) <= 63


def test_counts_name_every_state(office):
    office.receive([arrival(1)])
    office.commit(Decision(), [draft_letter(1)], message=None, now=NOW)
    counts = office.counts()
    assert counts["received"] == counts["queued"] == 1
    assert set(counts) == {
        *("received", "decided", "held", "unreadable"),
        *("queued", "sending", "sent", "unknown", "deferred", "failed", "bounced", "withdrawn"),
    }
