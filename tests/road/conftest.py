"""An office in a folder, and the daemon as a process of its own: what the tests of the whole road stand on."""

import csv
import datetime
import email
import email.policy
import email.utils
import re
import shutil
import signal
import subprocess
import time
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import structlog.testing
from typer.testing import CliRunner

from bot.cli.main import app
from tests.setup import ready_processes
from tests.setup.moved_clock import moved

ROOT = Path(__file__).parent.parent.parent
BANGKOK = datetime.timezone(datetime.timedelta(hours=7))
XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OfficeFolder:
    """A configured office: the shipped circular moved in time, the shipped roster with addresses the servers know."""

    def __init__(self, folder: Path, imap: str, smtp: str) -> None:
        self.folder = folder
        self.config = folder / "config.toml"
        self.staff = "somsri@phrae.example"
        shutil.copytree(ROOT / "templates" / "rosters" / "phrae", folder / "roster")
        self._change("roster/roster.toml", {"district.phrae.example": "amphoe.example"})
        self._change("roster/organisations.csv", {"lao.phrae.example": "thesaban.example"})
        (folder / "circulars").mkdir()
        self.config.write_text(
            f"""
[office]
slug = "phrae"
name = "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดแพร่"
province = "แพร่"
address = "office@phrae.example"
staff = ["{self.staff}"]
roster = "roster"
circulars = []

[imap]
{imap}

[smtp]
{smtp}

[books]
url = "sqlite:///{folder}/books.db"
""",
            encoding="utf-8",
        )

    def add_circular(self, source: Path, moments: dict[str, datetime.datetime]) -> None:
        """Put a circular on the shelf with other moments; its department gets an address on loopback."""
        target = self.folder / "circulars" / source.name
        shutil.copytree(source, target)
        name = f"circulars/{source.name}/circular.toml"
        text = (self.folder / name).read_text(encoding="utf-8")
        for key, moment in moments.items():
            text, count = re.subn(rf"(?m)^{key} = \d\S+", f"{key} = {moment:%Y-%m-%dT%H:%M:%S}", text)
            assert count == 1, key
        text = re.sub(r"(?m)^to = \[.*?\]", 'to = ["dla0810@dla.example"]', text)
        (self.folder / name).write_text(text, encoding="utf-8")
        shelf = ", ".join(f'"circulars/{path.name}"' for path in sorted((self.folder / "circulars").iterdir()))
        config = re.sub(r"(?m)^circulars = .*$", f"circulars = [{shelf}]", self.config.read_text(encoding="utf-8"))
        self.config.write_text(config, encoding="utf-8")

    def keep_only(self, *keys: str) -> None:
        """Leave these reporters in the roster, and the organisations of their districts or their own."""
        file, table = self.folder / "roster" / "roster.toml", self.folder / "roster" / "organisations.csv"
        head, *entries = re.split(r"(?m)^(?=\[\[reporter\]\])", file.read_text(encoding="utf-8"))
        wanted = [entry for entry in entries if any(f'key = "{key}"' in entry for key in keys)]
        file.write_text(head + "".join(wanted), encoding="utf-8")
        own = set(re.findall(r'"(\d+)"', "".join(wanted)))
        districts = set(re.findall(r'(?m)^district = "(.+)"', "".join(wanted)))
        claimed = set(re.findall(r'"(\d+)"', "".join(entries))) - own
        with table.open(encoding="utf-8", newline="") as rows:
            reader = csv.DictReader(rows)
            kept = [r for r in reader if r["code"] in own or (r["district"] in districts and r["code"] not in claimed)]
        with table.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, reader.fieldnames)
            writer.writeheader()
            writer.writerows(kept)

    def _change(self, name: str, words: dict[str, str]) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        for old, new in words.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def ruam(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one command of Ruam to its end, within this process: a new one takes seconds only to start."""
        with structlog.testing.capture_logs():
            done = CliRunner().invoke(app, [*words, "--config", str(self.config)], catch_exceptions=False)
        assert not check or done.exit_code == 0, done.output
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)

    def process(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """The same in a process of its own, with its log."""
        done = ready_processes.run([*words, "--config", str(self.config)], timeout=90)
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done


class Running:
    """``ruam run`` as a process; leaving stops it as systemd would and checks that it went cleanly."""

    words: tuple[str, ...] = ("run",)

    def __init__(self, office: OfficeFolder) -> None:
        self.office = office
        self.log = office.folder / "ruam.log"

    def __enter__(self):
        self._out = self.log.open("ab")
        words = [*self.words, "--config", str(self.office.config)]
        self.process = ready_processes.ReadyProcess(words, self._out, self._out)
        return self

    def __exit__(self, kind, *_) -> None:
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(90)  # it may still be starting, beside other tests
        self.stopped_in = time.monotonic() - began
        self._out.close()
        if kind or code:
            print(self.log.read_text())
        assert kind or code == 0


@pytest.fixture(autouse=True)
def _one_server_of_children(shared_children):
    with shared_children():
        yield


@pytest.fixture(autouse=True)
def _office_hours():
    """Commands within this process go by the clock of those in processes of their own."""
    with moved():
        yield


@pytest.fixture
def office(tmp_path):
    """Makes an office folder for given server settings."""

    def make(imap: str, smtp: str) -> OfficeFolder:
        return OfficeFolder(tmp_path, imap, smtp)

    return make


@pytest.fixture
def embedded_office(post_office, office) -> OfficeFolder:
    """An office on the embedded servers, without any circular yet."""
    return office(
        f'host = "127.0.0.1"\nport = {post_office.imap_port}\nsecurity = "none"\n'
        f'user = "{post_office.user}"\npassword = "{post_office.password}"',
        f'host = "127.0.0.1"\nport = {post_office.smtp_port}\nsecurity = "none"',
    )


@pytest.fixture
def real_office(real_mail, office) -> OfficeFolder:
    """An office on Dovecot and Postfix with TLS, which hears of mails by IDLE alone; without any circular yet."""
    return office(
        f'host = "127.0.0.1"\nport = {real_mail.imaps_port}\nsecurity = "tls"\nca_file = "{real_mail.certificates.ca}"\n'
        f'user = "office@phrae.example"\npassword = "{real_mail.password}"\npoll_seconds = 600',
        f'host = "127.0.0.1"\nport = {real_mail.smtp_port}\nsecurity = "starttls"\nca_file = "{real_mail.certificates.ca}"',
    )


@pytest.fixture
def running():
    """Starts ``ruam run`` for an office."""
    return Running


def parse(raw: bytes):
    return email.message_from_bytes(raw, policy=email.policy.default)


class Clerk:
    """A robot reporter that knows nothing but the letter in front of it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.count = 0

    def filled(self, form: bytes, mark: str = "✓") -> bytes:
        """The enclosed form with every unlocked answer cell of a named row filled in."""
        book = openpyxl.load_workbook(BytesIO(form))
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(min_col=3):
            named = str(sheet.cell(row[0].row, 2).value or "").startswith(("เทศบาล", "องค์การ"))
            for cell in row:
                if named and not cell.protection.locked:
                    cell.value = mark
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    def reply(self, letter: bytes, text: str, attachment: bytes | None = None) -> bytes:
        """A reply to a letter of the bot, with CRLF line ends."""
        asked = parse(letter)
        self.count += 1
        mail = EmailMessage(email.policy.SMTP)
        mail["From"] = self.address
        mail["To"] = asked["Reply-To"] or asked["From"]
        mail["Subject"] = f"Re: {asked['Subject']}"
        mail["Message-ID"] = f"<{self.count}.{self.address}>"
        mail["In-Reply-To"] = asked["Message-ID"]
        mail["Date"] = email.utils.localtime()
        mail.set_content(text)
        if attachment:
            mail.add_attachment(attachment, maintype="application", subtype=XLSX, filename="แบบรายงาน.xlsx")
        return mail.as_bytes()


@pytest.fixture
def clerk():
    return Clerk


@pytest.fixture
def letters():
    """Reads raw mails as letters: kind, subject and enclosures."""

    class Letters:
        parse = staticmethod(parse)

        @staticmethod
        def kinds(raws):
            return [str(parse(raw)["X-Ruam-Kind"]) for raw in raws]

        @staticmethod
        def enclosure(raw):
            return next(part.get_payload(decode=True) for part in parse(raw).iter_attachments())

    return Letters
