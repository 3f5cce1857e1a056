"""Files and folders that their owner alone may read, whatever the umask: the books hold mails and secrets.

Owns only that. A file that stands too open is mended where it is ours; ``ruam doctor`` tells of the rest.
"""

import contextlib
import os
from pathlib import Path

# For the owner alone.
FILE, FOLDER = 0o600, 0o700
BESIDE = ("", "-wal", "-shm")  # what SQLite keeps beside a file of its own, with the mode that the file has


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, each its owner's alone; one that is there stays. Raises OSError."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        with contextlib.suppress(FileExistsError):  # another process was first
            missing.mkdir(mode=FOLDER)
            missing.chmod(FOLDER)  # the umask may take bits away, too
    folder.mkdir(exist_ok=True)  # refuses a file of that name


def make_file(file: Path) -> None:
    """See that a file and what SQLite keeps beside it are their owner's alone before anything is written. Raises OSError.

    One that is there is never opened: to close it again would take all locks of this process from it, those of SQLite's
    other connections too, and malform the books (POSIX; https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDONLY | os.O_CLOEXEC, FILE))
    close(file)


def close(file: Path) -> None:
    """Take others' rights to an existing file, and to what SQLite keeps beside it, away; those of another owner stay."""
    for end in BESIDE:
        with contextlib.suppress(FileNotFoundError, PermissionError):
            beside = file.with_name(file.name + end)
            if beside.stat().st_mode & 0o077:
                beside.chmod(FILE)
