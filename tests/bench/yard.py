"""Where it is measured: Dovecot on loopback with mailboxes filled at once, Postfix's smtp-sink, and offices of the daemon."""

import contextlib
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.bench.processes import cpu_seconds
from tests.crash.office import Life, OfficeFolder
from tests.setup.real_mail import HOST, PASSWORD, RealMail, free_port, make_certificates

STARTING = 60.0  # seconds
SLOWEST = 0.5  # seconds a mail, beyond which a run is given up
LOOK = 0.05  # seconds between two looks at the books
RESTING = 3.0  # seconds in which a daemon without work comes to rest


@dataclass(frozen=True)
class Servers:
    """What an office is configured with: a mailbox, and where its letters go."""

    office_address: str
    imap_port: int
    smtp_port: int
    password: str = PASSWORD

    @property
    def user(self) -> str:
        """Dovecot's name of the account."""
        return self.office_address


class Yard:
    """The servers, as a context manager; everything is gone at the end."""

    def __enter__(self) -> Self:
        self._stack = contextlib.ExitStack()
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="ruam-bench-")))
        self.mail = self._stack.enter_context(RealMail(make_certificates(self.folder)))
        self.sink, self.nowhere = free_port(), free_port()
        command = ["smtp-sink", "-u", "nobody", f"{HOST}:{self.sink}", "50"]
        sink = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._stack.callback(sink.wait)
        self._stack.callback(sink.terminate)
        self._users = 0
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @contextlib.contextmanager
    def mailbox(self, mails: Iterable[bytes] = ()) -> Iterator[str]:
        """The address of a new account in whose INBOX these mails lie, as Dovecot's own delivery would write them."""
        self._users += 1
        address = f"bench{self._users}@phrae.example"
        self.mail.add_user(address)
        self.add(address, mails)
        yield address
        shutil.rmtree(self._home(address))

    def add(self, address: str, mails: Iterable[bytes]) -> None:
        """Let these mails lie in an account's INBOX as well."""
        home = self._home(address)
        for folder in ("tmp", "new", "cur"):
            (home / "Maildir" / folder).mkdir(parents=True, exist_ok=True)
        began = int(time.time())
        for number, raw in enumerate(mails):
            file = home / "Maildir" / "new" / f"{began}.M{number:06}P1.bench"
            file.write_bytes(raw.replace(b"\r\n", b"\n"))
        subprocess.run(["chown", "-R", "nobody:nogroup", str(home.parent)], check=True)

    def _home(self, address: str) -> Path:
        return self.mail.root / "mail" / "phrae.example" / address.partition("@")[0]

    def office(self, address: str, *, sends: bool) -> OfficeFolder:
        """An office with this mailbox; letters are taken by the sink, or wait for a server that is not there."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        smtp = self.sink if sends else self.nowhere
        return OfficeFolder(folder, Servers(address, self.mail.imap_port, smtp), imap="copy_to_sent = false")


@dataclass(frozen=True)
class Run:
    """What a number of mails took."""

    wall: float  # seconds from "mailbox taken" to the last mail filed (and receipt sent)
    cpu: float  # seconds of the daemon and its children, those of an idle one not taken off
    books: int = 0  # bytes


def until(said: str, office: OfficeFolder, life: Life) -> float:
    """When a word first stands in a daemon's log (monotonic seconds). Raises RuntimeError."""
    end = time.monotonic() + STARTING
    while said not in (office.log.read_text() if office.log.exists() else ""):
        if life.process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f'the daemon does not say "{said}"; see {office.log}')
        time.sleep(LOOK / 5)
    return time.monotonic()


def idle(yard: Yard) -> float:
    """CPU seconds of a daemon from its start until it rests, its mailbox empty."""
    with yard.mailbox() as address:
        office = yard.office(address, sends=False)
        with Life(office) as life:
            until("mailbox taken", office, life)
            time.sleep(RESTING)
            return cpu_seconds(life.process.pid)


def ruam(yard: Yard, mails: list[bytes], *, sends: bool) -> Run:
    """From a full mailbox to all mails read, recorded, answered and filed. Raises RuntimeError when it does not come to that."""
    with yard.mailbox(mails) as address:
        office = yard.office(address, sends=sends)
        with Life(office) as life:
            began = until("mailbox taken", office, life)
            while not _over(office, len(mails), sends=sends):
                if life.process.poll() is not None or time.monotonic() - began > STARTING + SLOWEST * len(mails):
                    raise RuntimeError(f"not done; see {office.log}")
                time.sleep(LOOK)
            wall, cpu = time.monotonic() - began, cpu_seconds(life.process.pid)
        outcomes = _asked(office, "select outcome, count(*) from message group by 1")
        if outcomes != [("accepted", len(mails))]:
            raise RuntimeError(f"not all was read: {outcomes}")
        return Run(wall, cpu, office.books.stat().st_size)


def _over(office: OfficeFolder, mails: int, *, sends: bool) -> bool:
    """Whether every mail was filed, and every receipt queued or sent."""
    if not office.books.exists():
        return False
    [(filed,)] = _asked(office, "select count(*) from message where filed_at is not null")
    if filed < mails:
        return False
    state = "= 'sent'" if sends else "is not null"
    [(receipts,)] = _asked(office, f"select count(*) from letter where kind = 'receipt' and state {state}")
    return receipts == mails


def _asked(office: OfficeFolder, query: str) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(f"file:{office.books}?mode=ro", uri=True, timeout=30)) as books:
        try:
            return books.execute(query).fetchall()
        except sqlite3.OperationalError:  # before the tables are made
            return [(0,)]
