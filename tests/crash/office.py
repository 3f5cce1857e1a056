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
from typing import Self

from bot.demo.servers import LOOPBACK, PostOffice

ROOT = Path(__file__).parents[2]
BANGKOK = datetime.timezone(datetime.timedelta(hours=7))
STAFF = "somsri@phrae.example"
SLUG = "w5827"
STEPS = ("received", "decided", "queued", "sent", "filed")  # what the daemon logs right after it was committed
TAKEN = "taken"  # the outgoing server took a letter; the daemon may not have heard of it yet
PATIENCE = 8.0  # a step that does not come: killed all the same
FIRST, LAST = 0.2, 3.0  # seconds after the start between which the other kills fall
COMMAND_SECONDS = 120


@dataclass(frozen=True)
class Kill:
    """When a life ends: ``after`` seconds, or sooner, at the ``count``-th ``step``."""

    after: float
    step: str = ""
    count: int = 1

    @classmethod
    def sending(cls, chance: random.Random) -> Self:
        """While letters go out."""
        return cls(PATIENCE, chance.choice((TAKEN, "sent")), chance.randint(1, 3))

    @classmethod
    def draw(cls, chance: random.Random) -> Self:
        """Half of all at a random moment, half at a boundary between two steps."""
        if chance.random() < 0.5:
            return cls(chance.uniform(FIRST, LAST))
        return cls(PATIENCE, chance.choice((*STEPS, TAKEN, TAKEN)), chance.randint(1, 3))


class OfficeFolder:
    """A configured office: the shipped roster, and the shipped circular moved so that it is open and nothing is late."""

    def __init__(self, folder: Path, post: PostOffice) -> None:
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

[smtp]
host = "{LOOPBACK}"
port = {post.smtp_port}
security = "none"

[books]
url = "sqlite:///{self.books}"
""",
            encoding="utf-8",
        )

    def ruam(self, *words: str) -> None:
        """Run one command of Ruam to its end. Raises CalledProcessError."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "bot", *words, "--config", str(self.config)]
            subprocess.run(command, stdout=log, stderr=log, cwd=ROOT, check=True, timeout=COMMAND_SECONDS)


def _move(circular: Path) -> None:
    now = datetime.datetime.now(BANGKOK)
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
    _seen: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", *self.words, "--config", str(self.office.config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM if self.kill is None else signal.SIGKILL)
        try:
            self.process.wait(60)
        finally:
            self._reader.join(5)
            if self.process.stderr:
                self.process.stderr.close()

    def _read(self) -> None:
        with self.office.log.open("a", encoding="utf-8") as log:
            for line in self.process.stderr or ():
                for step in STEPS:
                    if f"event={step} " in line:
                        self.happened(step)
                log.write(line)
            log.write(f"--- ended: {self.process.wait(60)}, {self.kill}\n")

    def happened(self, step: str) -> None:
        """Note that a step was taken, and kill when it is the one this life ends with."""
        with self._lock:
            if self.kill and step == self.kill.step:
                self._seen += 1
                if self._seen == self.kill.count and self.process.poll() is None:
                    self.process.kill()

    @property
    def patience(self) -> float:
        """Seconds after the start at which it is killed at the latest."""
        return self.kill.after if self.kill else COMMAND_SECONDS

    @property
    def end(self) -> str:
        """What ended it, in words."""
        if self.process.returncode != -signal.SIGKILL:
            return f"ended by itself with {self.process.returncode}"
        if self.kill and self.kill.step and self._seen >= self.kill.count:
            return f"after {self.kill.step}"
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
