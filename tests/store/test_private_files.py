"""Whatever the umask, books and what lies beside them are their owner's alone, and so are the folders made for them."""

import datetime
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest

from bot.post.login.token_file import Grant, TokenFile
from bot.post.settings import OAuth2Settings
from bot.store.backup import backup, restore
from bot.store.database import Database
from bot.store.private_files import make_file

NOW = datetime.datetime(2024, 11, 21, 9, 0, tzinfo=datetime.UTC)
PROVIDER = {"provider": "google", "client_id": "x", "client_secret": "y"}


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o002], ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder):
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in sorted(folder.rglob("*"))}


def test_books_their_logs_backups_and_folders_are_the_owners_alone(umask, tmp_path):
    root = tmp_path / "root"
    root.mkdir(mode=0o755)
    url = f"sqlite:///{root / 'var' / 'ruam' / 'books.db'}"
    with Database.opened(url) as database, database.reading() as connection:
        connection.exec_driver_sql("SELECT 1")
        open_ones = modes(root)
        assert {"var/ruam/books.db", "var/ruam/books.db-wal", "var/ruam/books.db-shm"} <= open_ones.keys()
    backup(url, root / "var" / "backup.db")
    restored = restore(url, root / "var" / "backup.db", NOW, force=True)
    for name, mode in (open_ones | modes(root)).items():
        assert mode == (0o700 if (root / name).is_dir() else 0o600), name
    assert restored.kept.name in {path.name for path in root.rglob("*")}


def test_books_that_stand_too_open_are_mended_when_they_are_opened(tmp_path, umask):
    file = tmp_path / "books.db"
    with Database.opened(f"sqlite:///{file}"):
        pass
    file.chmod(0o666)
    with Database.opened(f"sqlite:///{file}") as database, database.writing() as connection:
        connection.exec_driver_sql("SELECT 1")
        assert set(modes(tmp_path).values()) == {0o600}


def test_a_folder_that_was_there_keeps_its_mode(tmp_path, umask):
    there = tmp_path / "shared"
    there.mkdir()
    there.chmod(0o750)
    with Database.opened(f"sqlite:///{there / 'books.db'}"):
        pass
    assert stat.S_IMODE(there.stat().st_mode) == 0o750


def test_the_tokens_are_the_owners_alone(tmp_path, umask):
    settings = OAuth2Settings.model_validate({**PROVIDER, "token_file": str(tmp_path / "tokens.json")})
    tokens = TokenFile(settings)
    with tokens.locked(), tokens.replacing() as put:
        put(Grant("refresh", "access", NOW))
    assert modes(tmp_path) == {"tokens.json": 0o600, "tokens.json.lock": 0o600}


def test_books_in_use_keep_their_locks_when_they_are_opened_once_more(tmp_path):
    """POSIX takes all locks of a process from a file when any of its handles is closed; then others write into our writing."""
    file = tmp_path / "books.db"
    make_file(file)
    elsewhere = f"import sqlite3; sqlite3.connect({str(file)!r}, timeout=0).execute('BEGIN IMMEDIATE')"
    with closing(sqlite3.connect(file, isolation_level=None)) as ours:
        ours.execute("BEGIN IMMEDIATE")
        make_file(file)
        other = subprocess.run([sys.executable, "-c", elsewhere], capture_output=True, text=True, check=False)
    assert "database is locked" in other.stderr
