"""Own instances of Dovecot and Postfix for the tests, on loopback ports of their own, gone when the tests end.

Nothing of the machine's own mail system is read or written but the programs themselves. Postfix hands mail for the
`.example` domains named here to Dovecot and refuses or bounces everything else: it can relay nowhere.
"""

import datetime
import itertools
import os
import re
import shutil
import signal
import smtplib
import socket
import ssl
import string
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

DOVECOT = Path("/usr/sbin/dovecot")
POSTFIX = Path("/usr/lib/postfix/sbin")
NEEDED = (DOVECOT, Path("/usr/lib/dovecot/imap"), Path("/usr/lib/dovecot/lmtp"), POSTFIX / "master")
HOST = "127.0.0.1"
PASSWORD = "correct-horse"
START_SECONDS = 10.0
# "1733104800.M9912P123.mail,S=1200:2,S": second and microsecond of a delivery, the latter without leading zeros.
_DELIVERED = re.compile(r"(\d+)\.M(\d+)P")
QUEUES = "active bounce corrupt defer deferred flush hold incoming maildrop pid private public saved trace"

OFFICE = "office@phrae.example"
STAFF = ("somsri@phrae.example", "prasit@phrae.example")
DEPARTMENT = "dla0810@dla.example"
REPORTERS = (*(f"district{n}@amphoe.example" for n in range(1, 9)), "pao@pao.example", "town@muang.example")
DOMAINS = ("phrae.example", "dla.example", "amphoe.example", "pao.example", "muang.example", "thesaban.example")


def missing() -> str:
    """Why real servers cannot run here; empty when they can."""
    absent = [str(path) for path in NEEDED if not path.exists()]
    if absent:
        return f"not installed: {', '.join(absent)} (run: sh tests/setup/debian.sh)"
    if os.geteuid() != 0:
        return "Postfix's master must be started by root"
    return ""


# Below the ports that systems give to connections by themselves, or one of these takes a port before its server listens.
PORTS = range(20_000, 32_000)
_tried = itertools.count(os.getpid() * 64)  # workers begin apart


def free_port() -> int:
    """A port of the loopback address on which nothing listens, and which nobody in this process was given before."""
    while True:
        port = PORTS[next(_tried) % len(PORTS)]
        with socket.socket() as sock, suppress(OSError):
            sock.bind((HOST, port))
            return port


@dataclass(frozen=True)
class Certificates:
    """PEM files: an authority, and a key pair it vouches for as 127.0.0.1 and localhost; and an authority nobody used."""

    ca: Path
    cert: Path
    key: Path
    other_ca: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, self.key)
        return context


def make_certificates(folder: Path) -> Certificates:
    """FileNotFoundError when there is no openssl."""
    ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

    def openssl(*words: str | Path) -> None:
        subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, cwd=folder)

    for name in ("ca", "other"):
        openssl(
            "req", "-x509", *ec, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "2", "-subj", f"/CN={name}"
        )
    (folder / "san").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    openssl("req", *ec, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    signing = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "san"]
    openssl("x509", "-req", "-in", "server.csr", *signing, "-out", "server.pem")
    return Certificates(folder / "ca.pem", folder / "server.pem", folder / "server.key", folder / "other.pem")


class RealMail:
    """Both servers, as a context manager. Every user's password is `password`, every user's name is the address."""

    password = PASSWORD

    def __init__(self, certificates: Certificates) -> None:
        self.certificates = certificates
        self.imap_port, self.imaps_port, self.smtp_port, self.smtps_port = (free_port() for _ in range(4))
        self.lmtp_port, self._auth_port = free_port(), free_port()
        self.token_port = free_port()  # where Dovecot asks about OAuth2 tokens; see token_server.py
        self._running: list[subprocess.Popen[bytes]] = []

    # -- what a test asks ----------------------------------------------------------------------------------------

    def add_user(self, address: str, **settings: str) -> None:
        """A new account, in one of DOMAINS. `settings` override Dovecot's for this user.

        A value holds no space, so of `imap_capability` only one word can be given.
        """
        assert not any(" " in value for value in settings.values()), settings
        extra = " ".join(f"userdb_{key}={value}" for key, value in settings.items())
        # A file for each account, since Dovecot looks only once a second whether a file has changed.
        (self.root / "accounts" / address).write_text(f"{address}:{{PLAIN}}{PASSWORD}::::::{extra}\n")

    def remove_user(self, address: str) -> None:
        """Let there be no such account, and nothing of it left."""
        (self.root / "accounts" / address).unlink(missing_ok=True)
        self.empty(address)

    def submit(self, sender: str, recipients: str | list[str], raw: bytes) -> None:
        """Hand a mail to Postfix as a reporter's own program would."""
        with smtplib.SMTP(HOST, self.smtp_port, local_hostname="reporter.example", timeout=10) as smtp:
            refused = smtp.sendmail(sender, recipients, raw)
        assert not refused, refused

    def mails_of(self, address: str, folder: str = "") -> list[bytes]:
        """The mails in a user's Maildir, oldest first; `folder` as Dovecot names its directory (`.Ruam.Done`)."""
        return [_read(path) for path in self._files(address, folder)]

    def wait_for(self, address: str, count: int, seconds: float = 20.0, folder: str = "") -> list[bytes]:
        """The mails of a user's INBOX (or folder) as soon as there are `count`."""
        end = time.monotonic() + seconds
        while len(found := self._files(address, folder)) < count:
            if time.monotonic() > end:
                raise AssertionError(f"{address} has {len(found)} of {count} mails after {seconds} s\n{self.logs()}")
            time.sleep(0.01)  # a Maildir tells nobody; this is a poll with a deadline
        return [_read(path) for path in found]

    def came_at(self, address: str, moment: datetime.datetime) -> None:
        """Let the mails that nobody has seen yet have come at this moment, as IMAP tells it: the time of their files."""
        for path in (self._home(address) / "Maildir" / "new").iterdir():
            os.utime(path, (moment.timestamp(), moment.timestamp()))

    def settle(self, seconds: float = 20.0) -> None:
        """Wait until Postfix has handed on every mail that it took, or sent it back."""
        end, quiet = time.monotonic() + seconds, 0
        while quiet < 2:  # a mail on its way back is in one queue or the other, between two looks in neither
            quiet = 0 if any(self._queued()) else quiet + 1
            assert time.monotonic() < end, f"Postfix still has mails after {seconds} s\n{self.logs()}"
            time.sleep(0.005)  # a queue tells nobody; this is a poll with a deadline

    def _queued(self) -> Iterator[str]:
        for name in ("incoming", "active", "deferred"):
            for _, _, files in os.walk(self.root / "postfix" / "queue" / name):
                yield from files

    def empty(self, address: str) -> None:
        """Remove an account's mails and folders, so that a test begins with none."""
        shutil.rmtree(self._home(address), ignore_errors=True)

    def logs(self, lines: int = 30) -> str:
        """The ends of both logs, for a failure's message."""
        parts = []
        for name in ("dovecot.log", "postfix.log"):
            path = self.root / name
            tail = path.read_text(errors="replace").splitlines()[-lines:] if path.exists() else ["(no log)"]
            parts.append("\n".join([f"--- {name}", *tail]))
        return "\n".join(parts)

    def _home(self, address: str) -> Path:
        local, _, domain = address.lower().partition("@")
        return self.root / "mail" / domain / local

    def _files(self, address: str, folder: str = "") -> list[Path]:
        places = [self._home(address) / "Maildir" / folder / sub for sub in ("new", "cur")]
        files = [path for place in places if place.is_dir() for path in place.iterdir()]
        return sorted(files, key=lambda path: [int(each) for each in _DELIVERED.match(path.name).groups()])

    # -- life ----------------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        # Not pytest's own folder: the servers give up root and could not reach into it; and socket paths must be short.
        self.root = Path(tempfile.mkdtemp(prefix="ruam-mail-"))
        self.root.chmod(0o755)
        try:
            self._write_dovecot()
            self._write_postfix()
            for address in (OFFICE, *STAFF, DEPARTMENT, *REPORTERS):
                self.add_user(address)
            self._start([str(DOVECOT), "-F", "-c", str(self.root / "dovecot.conf")])
            self._start([str(POSTFIX / "master"), "-c", str(self.root / "postfix"), "-d"])
            for port in (self.imap_port, self.imaps_port, self.lmtp_port, self.smtp_port, self.smtps_port):
                self._await_port(port)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._running):
            process.terminate()
        for process in reversed(self._running):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        shutil.rmtree(self.root, ignore_errors=True)

    def _start(self, command: list[str]) -> None:
        with (self.root / "stderr").open("ab") as log:
            self._running.append(
                subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
            )

    def _await_port(self, port: int) -> None:
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                with socket.create_connection((HOST, port), 1):
                    return
            except OSError:
                dead = [process.args for process in self._running if process.poll() is not None]
                if dead or time.monotonic() > end:
                    said = (self.root / "stderr").read_text(errors="replace")
                    raise AssertionError(f"no server at port {port}; ended: {dead}\n{said}\n{self.logs()}") from None
                time.sleep(0.02)

    def _write_dovecot(self) -> None:
        mail = self.root / "mail"
        mail.mkdir()
        shutil.chown(mail, "nobody", "nogroup")
        (self.root / "accounts").mkdir()
        self._fill_in("dovecot.conf", self.root)
        self._fill_in("dovecot-oauth2.conf", self.root)

    def _write_postfix(self) -> None:
        folder = self.root / "postfix"
        for name in QUEUES.split():
            (folder / "queue" / name).mkdir(parents=True)
            shutil.chown(folder / "queue" / name, "root" if name == "pid" else "postfix")
        (folder / "data").mkdir()
        shutil.chown(folder / "data", "postfix")
        self._fill_in("main.cf", folder)
        self._fill_in("master.cf", folder)

    def _fill_in(self, name: str, folder: Path) -> None:
        template = string.Template((Path(__file__).parent / "servers" / name).read_text())
        ports = {key.lstrip("_"): value for key, value in vars(self).items() if key.endswith("_port")}
        keys = {"cert": self.certificates.cert, "key": self.certificates.key}
        (folder / name).write_text(
            template.substitute(ports, **keys, root=self.root, host=HOST, domains=" ".join(DOMAINS))
        )


def _read(path: Path) -> bytes:
    """A mail with the line ends it was sent with; Dovecot's Maildir keeps LF."""
    return re.sub(rb"\r?\n", b"\r\n", path.read_bytes())
