"""Mails are committed and moved in groups: what breaks off between loses none and takes none twice."""

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from bot.service import collect_and_file
from tests.field.counter import START, counter, mail

MANY = collect_and_file.GROUP * 2 + 7


class Killed(BaseException):
    """The process is gone."""


def filled(desk, count=MANY):
    for number in range(1, count + 1):
        desk.box.deliver(mail(number))


def decide_all(desk):
    desk.house.books.sort_mails()
    while desk.house.books.pending(1):
        desk.decide(START)


def commits(desk):
    """How many transactions write from now on."""
    found = []
    sa.event.listen(
        desk.house.books._database._engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_more: found.append(statement) if statement.startswith("BEGIN IMM") else None,
    )
    return found


@contextmanager
def killed(desk, pattern, count):
    """The process dies in this block, as the ``count``-th transaction that wrote such a statement is about to be committed."""
    wrote, seen = [], []
    engine = desk.house.books._database._engine

    def note(_connection, _cursor, statement, *_more):
        if " ".join(statement.split()).startswith(pattern):
            wrote.append(statement)

    def committing(_connection):
        seen.extend(wrote[:1])
        done = bool(wrote)
        wrote.clear()
        if done and len(seen) == count:
            raise Killed

    sa.event.listen(engine, "before_cursor_execute", note)
    sa.event.listen(engine, "commit", committing)
    with pytest.raises(Killed):
        yield
    sa.event.remove(engine, "before_cursor_execute", note)
    sa.event.remove(engine, "commit", committing)


def test_a_mailbox_of_many_is_taken_in_few_commits_and_moved_by_few_commands(tmp_path):
    groups = MANY // collect_and_file.GROUP + 1
    with counter(tmp_path) as desk:
        filled(desk)
        desk.mailbox.connect()
        found = commits(desk)
        collect_and_file.collect_all(desk.house, desk.mailbox, START)
        assert len(found) <= groups + 2  # beside the mails: when the folder was begun, and that nothing is withheld
        decide_all(desk)
        found.clear()
        assert collect_and_file.file_away(desk.house, desk.mailbox, START) == MANY
        assert len(found) == groups
        assert sum(b"MOVE" in line for line in desk.server.heard) == groups
        assert desk.box.mails == {}
        assert len(desk.box.shelves["Ruam/Done"]) == MANY


@pytest.mark.parametrize("count", [1, 2, 3])
def test_killed_between_groups_nothing_is_lost_and_nothing_comes_twice(tmp_path, count):
    with counter(tmp_path) as desk:
        filled(desk)
        desk.mailbox.connect()
        with killed(desk, "INSERT INTO message ", count):
            collect_and_file.collect_all(desk.house, desk.mailbox, START)
        assert len(desk.house.books.mails()) == (count - 1) * collect_and_file.GROUP
        collect_and_file.collect_all(desk.house, desk.mailbox, START)
        decide_all(desk)
        with killed(desk, "UPDATE message SET filed_to", count):
            collect_and_file.file_away(desk.house, desk.mailbox, START)
        collect_and_file.file_away(desk.house, desk.mailbox, START)
        assert desk.box.mails == {}
        assert sorted(desk.box.shelves["Ruam/Done"]) == sorted(mail(number) for number in range(1, MANY + 1))
        subjects = sorted(line.subject for line in desk.house.books.mails())
        assert subjects == sorted(f"report {number}" for number in range(1, MANY + 1))
        assert desk.house.books.to_file("INBOX", desk.box.uidvalidity) == []


def test_what_came_before_the_connection_broke_is_kept(tmp_path):
    with counter(tmp_path) as desk:
        filled(desk, 9)
        fetch = desk.box.fetch

        def breaking(wire, tag, rest):
            if b"SIZE" not in rest and b"7" in rest.partition(b" ")[0].split(b","):
                return wire.close()
            return fetch(wire, tag, rest)

        desk.box.fetch = breaking
    with counter(tmp_path / "again", desk.box) as desk:
        desk.scan()
        assert desk.collected() == []  # all were asked for together
        desk.scan()  # now each alone
        assert desk.collected() == [1, 2, 3, 4, 5, 6]
        desk.scan()  # it breaks there again: that one rests
        desk.scan()
        assert desk.collected() == [1, 2, 3, 4, 5, 6, 8, 9]


def test_a_mail_that_the_server_will_not_move_keeps_no_other(tmp_path):
    with counter(tmp_path) as desk:
        filled(desk, 6)
        move = desk.box.move

        def refusing(wire, tag, rest):
            if b"4" in rest.partition(b" ")[0].split(b","):
                return wire.say(tag + b" NO not that one")
            return move(wire, tag, rest)

        desk.box.move = refusing
    with counter(tmp_path / "again", desk.box) as desk:
        desk.scan()
        assert list(desk.box.mails) == [4]
        desk.box.move = move
        assert len(desk.box.shelves["Ruam/Done"]) == 5
