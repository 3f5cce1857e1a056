"""An office in a folder and its daemon as a process that is killed: at a moment, or as soon as it has done a thing.

Knows processes and the daemon's log; nothing of what the mails say.
"""

import datetime
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self

from bot.demo.mail_servers import LOOPBACK
from tests.crash.launch import STEPS
from tests.setup.moved_clock import office_now

ROOT = Path(__file__).parents[2]
STAFF = "somsri@phrae.example"
SLUG = "w5827"
LAUNCH = Path(__file__).parent / "launch.py"
TAKEN = "taken"  # the outgoing server took a letter; the daemon has not heard of it yet
STARTED = "started"
BOUNDARIES = (*STEPS, TAKEN)
TICKS = tuple(step for step in STEPS if step.endswith("ticked"))
PATIENCE = 8.0  # seconds from the first word until a step that does not come is waited for no longer
AT_WORK = 4.0  # seconds from the first word of the daemon in which a random moment falls; it reads after one or two
STARTING = 1.5  # seconds from the start in which it falls otherwise
ONCE_A_LIFE = frozenset(
    {"scanned", "leased", "received", "claimed", "decided", "filed"}
)  # perhaps: few mails come in one
IN_THE_START = 0.1  # of the random moments
COMMAND_SECONDS = 120


@dataclass(frozen=True)
class Kill:
    """When a life ends: at the ``count``-th ``step``, or ``after`` seconds.

    The seconds count from the daemon's first word, or from the start of the process when ``starting``.
    """

    after: float
    step: str = ""
    count: int = 1
    starting: bool = False

    @classmethod
    def sending(cls, chance: random.Random) -> Self:
        """While letters go out."""
        return cls(
            PATIENCE, chance.choice((TAKEN, "after letter claimed", "before letter settled")), chance.randint(1, 3)
        )

    @classmethod
    def at_boundary(cls, step: str, chance: random.Random) -> Self:
        """Exactly between two steps."""
        return cls(PATIENCE, step, chance.randint(1, 2) if step.rsplit(maxsplit=1)[-1] not in ONCE_A_LIFE else 1)

    @classmethod
    def at_random(cls, chance: random.Random) -> Self:
        """Whenever."""
        if chance.random() < IN_THE_START:
            return cls(chance.uniform(0, STARTING), starting=True)
        return cls(chance.uniform(0, AT_WORK))


class Servers(Protocol):
    """What an office is configured with."""

    @property
    def office_address(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def imap_port(self) -> int: ...
    @property
    def smtp_port(self) -> int: ...


class OfficeFolder:
    """A configured office: the shipped roster, and the shipped circular moved so that it is open and nothing is late."""

    def __init__(self, folder: Path, post: Servers, imap: str = "") -> None:
        self.config = folder / "config.toml"
        self.books = folder / "books.db"
        self.log = folder / "ruam.log"
        shutil.copytree(ROOT / "templates" / "circulars" / SLUG, folder / SLUG)
        _move(folder / SLUG / "circular.toml")
        self.config.write_text(
            f"""
[office]
slug = "phrae"
name = "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดแพร่"
province = "แพร่"
address = "{post.office_address}"
staff = ["{STAFF}"]
roster = "phrae"
circulars = ["{SLUG}"]

[imap]
host = "{LOOPBACK}"
port = {post.imap_port}
security = "none"
user = "{post.user}"
password = "{post.password}"
since = 2000-01-01  # mails may come before the first life begins
{imap}

[smtp]
host = "{LOOPBACK}"
port = {post.smtp_port}
security = "none"
letters_per_hour = 100000
answers_per_hour = 100000

[books]
url = "sqlite:///{self.books}"
""",
            encoding="utf-8",
        )

    def ruam(self, *words: str) -> None:
        """Run one command of Ruam to its end. Raises CalledProcessError."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "tests.setup.moved_clock", *words, "--config", str(self.config)]
            subprocess.run(command, stdout=log, stderr=log, cwd=ROOT, check=True, timeout=COMMAND_SECONDS)


def _move(circular: Path) -> None:
    now = office_now()
    text = circular.read_text(encoding="utf-8")
    for key, days in {"opens": -0.1, "reporters": 40, "cutoff": 50, "department": 60}.items():
        moment = now + datetime.timedelta(days=days)
        text, count = re.subn(rf"(?m)^{key} = \d\S+", f"{key} = {moment:%Y-%m-%dT%H:%M:%S}", text)
        if count != 1:
            raise ValueError(f"{circular} has no {key}")
    circular.write_text(re.sub(r"(?m)^to = \[.*?\]", 'to = ["dla0810@dla.example"]', text), encoding="utf-8")


@dataclass
class Life:
    """``ruam run``, or another command, from its start to its end."""

    office: OfficeFolder
    kill: Kill | None = None  # None: it is stopped as a service manager does
    words: tuple[str, ...] = ("run",)
    began: float = field(default_factory=time.monotonic)
    ended_at: float = 0.0  # by the wall clock, as the outgoing server's log has it
    _started: threading.Event = field(default_factory=threading.Event)
    _came: bool = False  # the step it was to end with
    _seen: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [*self._command(), *self.words, "--config", str(self.office.config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)},
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def _command(self) -> list[str]:
        if self.kill and self.kill.step and self.kill.step != TAKEN:
            return [sys.executable, str(LAUNCH), self.kill.step, str(self.kill.count)]
        return [sys.executable, "-m", "tests.setup.moved_clock"]

    def __exit__(self, *_: object) -> None:
        self._came = self.process.poll() is not None
        if not self._came:
            self.process.send_signal(signal.SIGTERM if self.kill is None else signal.SIGKILL)
        try:
            self.process.wait(60)
        finally:
            self.ended_at = time.time()
            self._reader.join(5)
            if self.process.stderr:
                self.process.stderr.close()

    def _read(self) -> None:
        with self.office.log.open("a", encoding="utf-8", buffering=1) as log:
            for line in self.process.stderr or ():
                self._started.set()
                log.write(line)
            log.write(f"--- ended: {self.process.wait(60)}, {self.kill}\n")

    def taken(self) -> None:
        """Note that the outgoing server has a letter, and kill when that is what this life ends with."""
        with self._lock:
            if self.kill and self.kill.step == TAKEN:
                self._seen += 1
                if self._seen == self.kill.count and self.process.poll() is None:
                    self.process.kill()

    def last(self) -> None:
        """Wait until the moment of its kill, or its end."""
        if self.kill is None:
            return
        if not self.kill.starting:
            while not self._started.wait(0.02) and self.process.poll() is None:
                pass
            self.wait(time.monotonic() - self.began + self.kill.after)
        else:
            self.wait(self.kill.after)

    @property
    def end(self) -> str:
        """What ended it, in words."""
        if self.process.returncode != -signal.SIGKILL:
            return f"ended by itself with {self.process.returncode}"
        if self.kill and self.kill.step:
            return self.kill.step if self._came else "step that did not come"
        return "random moment"

    def wait(self, until: float) -> bool:
        """Whether it still lives ``until`` seconds after its start."""
        left = self.began + until - time.monotonic()
        try:
            self.process.wait(max(left, 0))
        except subprocess.TimeoutExpired:
            return True
        return False


def orphans(sessions: Iterable[int]) -> list[int]:
    """Processes of ended lives that are still there, such as the children that read."""
    wanted = set(sessions)
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # gone meanwhile
        if int(words[3]) in wanted and words[0] != "Z":
            found.append(int(place.parent.name))
    return found
