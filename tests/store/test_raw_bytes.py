"""Raw bytes beside their rows: moved there from the books of an older version, cleared, and in nobody's way."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot.store.books import Books
from tests.store.building import MINUTE, NOW, arrival, letter, said

AWAY = NOW + 1000 * MINUTE


def bytes_in(office):
    """What the books hold of mails and of letters, by their ids."""
    mails = {line.id: office.kept(line.id).raw for line in office.mails()}
    return mails, {number: raw for number, _, raw in office.export_letters()}


def test_the_bytes_of_an_older_version_are_moved_and_those_that_were_cleared_stay_so(url, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.store.migrations.versions.rev_0011.AT_ONCE", 2)
    if url.startswith("sqlite"):
        own = f"sqlite:///{tmp_path / 'older.db'}"
    else:
        own = url.rpartition("/")[0] + "/older"
        engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE older")
        engine.dispose()
    books = Books.open(own)
    office = books.office("phrae", "สำนักงาน")
    mails = office.receive([arrival(uid, body=b"\x00\xff %d" % uid) for uid in range(1, 8)])
    for number in mails[:5]:
        forgotten = said(reporter="long", forget=number == mails[1])
        office.commit(forgotten, [letter(f"m{number}")], message=number, now=NOW)
    before = bytes_in(office)
    assert [raw for raw in before[0].values() if not raw] == [b""]
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    with books._database.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0010")
        lengths = connection.exec_driver_sql("SELECT length(raw) FROM message ORDER BY id").scalars().all()
        command.upgrade(config, "head")
    assert lengths == [len(raw) for raw in before[0].values()]
    assert bytes_in(office) == before
    assert office.clearing(AWAY).letters == 0  # none went out
    books.close()


def test_what_was_cleared_is_found_no_more_and_everything_else_stays(office):
    first, second = office.receive([arrival(1), arrival(2)])
    office.commit(said(), [letter()], message=first, now=NOW)
    office.commit(said(forget=True), [], message=second, now=NOW)
    assert office.kept(first).raw == arrival(1).raw
    assert office.kept(second).raw == b""
    [line] = office.letters()
    assert office.raw_letter(line.id).startswith(b"Message-ID")
    [fate] = office.fates(numbers=[line.id])
    assert fate.kept
