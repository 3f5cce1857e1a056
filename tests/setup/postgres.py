"""An own PostgreSQL for the tests, on a loopback port of its own, gone when the tests end; the machine's own is not touched."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from tests.setup.real_mail import HOST, free_port

VERSIONS = Path("/usr/lib/postgresql")
OWNER = "postgres"  # the server refuses to run as root
START_SECONDS = 30.0


def programs() -> Path | None:
    """The folder with the newest installed server's programs."""
    found = [path.parent for path in VERSIONS.glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def missing() -> str:
    """Why PostgreSQL cannot run here; empty when it can."""
    if programs() is None:
        return f"not installed: {VERSIONS}/*/bin/initdb (run: sh tests/setup/debian.sh)"
    return "" if os.geteuid() == 0 else "it must be started as another user, which only root can do"


class Postgres:
    """One server with one empty database, as a context manager."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"postgresql://{OWNER}@{HOST}:{self.port}/postgres"

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="ruam-postgres-"))
        shutil.chown(self._folder, OWNER)
        data = self._folder / "data"
        self._as_owner("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
        settings = f"-c listen_addresses={HOST} -c port={self.port} -c unix_socket_directories={self._folder}"
        self._as_owner(
            "pg_ctl", "-D", data, "-l", self._folder / "log", "-w", "-t", int(START_SECONDS), "-o", settings, "start"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._as_owner("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _as_owner(self, program: str, *words: object) -> None:
        folder = programs()
        if folder is None:
            raise FileNotFoundError("initdb")
        subprocess.run(
            ["runuser", "-u", OWNER, "--", str(folder / program), *map(str, words)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, cwd=self._folder,
        )  # fmt: skip
