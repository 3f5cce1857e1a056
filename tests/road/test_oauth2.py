"""An office without a password, from the first sign-in to being signed out: real Dovecot, real processes, no secret shown."""

import datetime
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.doctor.examine import examine
from bot.office.model.bangkok_time import BANGKOK
from tests.setup.token_server import CLIENT, SECRET, TokenServer, outgoing

ROOT = Path(__file__).parent.parent.parent
BOX = "by-token@phrae.example"

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def tokens(certificates, real_mail):
    """The token server that Dovecot asks."""
    with TokenServer(certificates, real_mail.token_port) as server:
        yield server


@pytest.fixture
def phrae(tokens, real_mail, certificates, office):
    """An office at Google with mailbox and outgoing server; nobody has signed in yet."""
    real_mail.add_user(BOX)
    real_mail.empty(BOX)
    with outgoing(tokens) as (handler, port):
        common = f'host = "127.0.0.1"\nuser = "{BOX}"\nca_file = "{certificates.ca}"\n'
        made = office(
            f"{common}port = {real_mail.imaps_port}", f'{common}port = {port}\nsecurity = "starttls"\n[oauth2]\n'
            f'provider = "google"\nclient_id = "{CLIENT}"\nclient_secret_file = "client-secret"\n'
            f'authority = "{tokens.url}"\nca_file = "{certificates.ca}"',
        )  # fmt: skip
        made.config.chmod(0o600)
        secret = made.folder / "client-secret"
        secret.write_text(f"{SECRET}\n")
        secret.chmod(0o600)
        moments = {"reporters": datetime.datetime(2024, 11, 29, 16, 30)}  # noqa: DTZ001 -- as in the file
        made.add_circular(ROOT / "templates" / "circulars" / "w5827", moments)
        made.outgoing = handler
        yield made


def authorize(phrae, tokens):
    """Run the command as a person does: open the page it shows, allow, copy the address at which the browser ends."""
    command = [sys.executable, "-m", "bot", "authorize", "--config", str(phrae.config)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    ) as process:
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("https://"):
                break
        assert said, "no page was shown"
        landed = tokens.allow(said[-1].strip(), BOX)
        rest, _ = process.communicate(f"{landed}\n", timeout=30)
    assert process.returncode == 0, "".join(said) + rest
    return "".join(said) + rest


def doctor(phrae):
    """What the command would print, within this process."""
    checks = examine(phrae.config, datetime.datetime(2024, 11, 21, 9, 0, tzinfo=BANGKOK), mail=False)
    return "\n".join(f"{check.about}: {check.words}" for check in checks)


def test_an_office_without_a_password(phrae, tokens, real_mail):
    """Sign in; doctor; a pass with letters; another after the token ran out; a pass after being signed out."""
    assert "Sign in first: run `ruam authorize`." in doctor(phrae)
    said = [signed := authorize(phrae, tokens)]
    assert "Signed in" in signed
    token_file = phrae.folder / "oauth2-token.json"
    assert token_file.stat().st_mode & 0o777 == 0o600

    said.append(well := doctor(phrae))
    assert f"logged in as {BOX} by OAuth2 (google)" in well
    assert "takes our login by OAuth2 (google)" in well
    assert "no other user can read the passwords" in well
    assert tokens.renewals == []

    said.append(phrae.process("once", "--at", "2024-11-20T10:00"))
    letters = len(phrae.outgoing.mails)
    assert letters >= 10
    tokens.expire()
    real_mail.submit("long@amphoe.example", BOX, b"From: long@amphoe.example\r\nSubject: w5827\r\n\r\nlater\r\n")
    real_mail.wait_for(BOX, 1)
    said.append(phrae.process("once", "--at", "2024-11-20T11:00"))
    assert len(tokens.renewals) == 1
    assert real_mail.mails_of(BOX) == []  # collected and filed away

    tokens.revoke()
    said += [once := phrae.process("once", check=False), ill := doctor(phrae)]
    assert once.returncode == 3
    assert "ruam authorize" in once.stderr
    assert "invalid_grant" in ill
    assert "ruam authorize" in ill

    shown = "\n".join(one if isinstance(one, str) else one.stdout + one.stderr for one in said)
    shown += "".join(raw.decode("utf-8", "replace") for _, raw in phrae.outgoing.mails)
    with sqlite3.connect(phrae.folder / "books.db") as books:
        shown += "\n".join(books.iterdump())
    books.close()
    assert len(tokens.secrets) > 4
    assert [secret for secret in tokens.secrets if secret in shown] == []
