"""`ruam verify` on the books of real passes: sound, then with one byte changed."""

import sqlite3

import pytest

pytestmark = pytest.mark.timeout(180)


def changed(phrae, statement):
    with sqlite3.connect(phrae.folder / "books.db") as books:
        books.execute(statement)
    books.close()


def seal_of(done):
    return done.stdout.split("seal ")[1].strip()


def test_books_that_only_the_desk_wrote_fit_and_a_changed_byte_is_named(phrae):
    sound = phrae.ruam("verify")
    assert "The books fit their journal" in sound.stdout
    assert phrae.ruam("verify", "--seal", seal_of(sound)).returncode == 0
    changed(phrae, "UPDATE letter SET subject = subject || 'x' WHERE id = 2")
    broken = phrae.ruam("verify", check=False)
    assert broken.returncode == 1
    assert "letter 2: its content is not what row" in broken.stdout


def test_a_journal_written_anew_keeps_no_seal_that_was_noted_before(phrae):
    seal = seal_of(phrae.ruam("verify"))
    changed(phrae, "UPDATE letter SET subject = subject || 'x' WHERE id = 2")
    changed(phrae, "DELETE FROM journal")  # a new chain is begun over the changed books
    assert phrae.ruam("verify").returncode == 0
    unsealed = phrae.ruam("verify", "--seal", seal, check=False)
    assert unsealed.returncode == 1
    assert "is not the one that the seal was made of" in unsealed.stderr
    assert phrae.ruam("verify", "--seal", "7", check=False).returncode == 2
