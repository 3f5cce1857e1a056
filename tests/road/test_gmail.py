"""An office at Google Workspace that has neither IMAP nor SMTP: the whole road over a scripted Gmail API, in real processes."""

import datetime
import re
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest

from bot.config.load import load_config
from bot.doctor.examine import examine
from bot.office.model.bangkok_time import BANGKOK
from tests.setup.gmail_server import GmailServer
from tests.setup.https_server import Fault
from tests.setup.moved_clock import office_now
from tests.setup.token_server import CLIENT, SECRET

ROOT = Path(__file__).parent.parent.parent
CIRCULAR = ROOT / "templates" / "circulars" / "w5827"
OFFICE, LONG = "office@phrae.example", "long@amphoe.example"

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def gmail(tokens):
    with GmailServer(tokens, OFFICE) as server:
        yield server


@pytest.fixture
def at_google(gmail, tokens, certificates, office):
    """An office of two districts at Google Workspace, without any circular yet; a person has signed in."""
    way = (
        f'kind = "gmail"\nhost = "{gmail.host}"\nport = {gmail.port}\nuser = "{OFFICE}"\nca_file = "{certificates.ca}"'
    )
    made = office(
        way, f'{way}\n[oauth2]\nprovider = "google"\nclient_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
        f'authority = "{tokens.url}"\nca_file = "{certificates.ca}"',
    )  # fmt: skip
    made.config.chmod(0o600)
    made.keep_only("long", "song")
    tokens.sign_in(load_config(made.config).oauth2, OFFICE)
    return made


@pytest.fixture
def phrae(at_google):
    """With the shipped circular, at its own dates."""
    at_google.add_circular(CIRCULAR, {})
    return at_google


def doctor(phrae, *, mail=False):
    checks = examine(phrae.config, datetime.datetime(2024, 11, 20, 8, 0, tzinfo=BANGKOK), mail=mail)
    return {check.about: check for check in checks}


def went_to(gmail, address):
    """The letters to one address, as they went."""
    return [mail for mail in gmail.sent if address in mail.to["To"]]


def ours(mail):
    """The Message-ID that we gave a letter: the last of its References."""
    return str(message_from_bytes(mail.raw)["References"]).split()[-1]


def wait_for(done, seconds=60):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not come to it"
        time.sleep(0.05)


def test_from_the_requests_to_the_receipt(phrae, gmail, clerk, letters):
    """Each pass is a process of its own: nothing about the mailbox is remembered but in the books."""
    phrae.process("once", "--at", "2024-11-20T08:30")
    (request,) = went_to(gmail, LONG)
    person = clerk(LONG)
    reply = person.reply(request.raw, "ส่งรายงาน", person.filled(letters.enclosure(request.raw)))
    gmail.receive(reply, at="2024-11-21T01:00:00Z")
    phrae.process("once", "--at", "2024-11-21T09:00")
    phrae.process("once", "--at", "2024-11-21T09:01")
    assert Counter(letters.kinds(mail.raw for mail in went_to(gmail, LONG))) == {"request": 1, "receipt": 1}
    assert not gmail.lying("INBOX")
    assert [mail.raw for mail in gmail.lying("Ruam/Done").values()] == [reply]
    assert len(gmail.lying("SENT")) == len(gmail.sent)
    assert "11/" in phrae.ruam("status", "w5827").stdout


def test_an_answer_is_known_by_the_letter_it_answers_though_gmail_renamed_that(phrae, gmail, clerk, letters):
    """The mark in the subject is gone, and the Message-ID that is answered is Gmail's: ours stands in References."""
    phrae.ruam("once", "--at", "2024-11-20T08:30")
    (request,) = went_to(gmail, LONG)
    stranger = clerk("who@freemail.example")
    reply = stranger.reply(request.raw, "ส่งรายงาน", stranger.filled(letters.enclosure(request.raw)))
    fields = f"Subject: report\r\nReferences: {ours(request)} {request.name}\r\n"
    reply = re.sub(rb"(?m)^(?:Subject|References):.*\r\n(?:[ \t].*\r\n)*", b"", reply)
    assert f"In-Reply-To: {request.name}".encode() in reply
    gmail.receive(fields.encode() + reply, at="2024-11-20T02:00:00Z")
    phrae.ruam("once", "--at", "2024-11-20T09:00")
    assert not gmail.lying("Ruam/Held")
    assert "11/" in phrae.ruam("status", "w5827").stdout


def test_a_bot_that_is_killed_between_the_sending_and_the_note_sends_nothing_twice(phrae, gmail, letters):
    """The letter in doubt is found among the sent mails, though Gmail gave it another Message-ID."""
    gmail.fail("POST", "/send", "keep")
    words = ["once", "--at", "2024-11-20T08:30", "--config", str(phrae.config)]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.setup.moved_clock", *words],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        wait_for(lambda: gmail.sent)
        process.kill()
    assert len(gmail.sent) == 1
    for moment in ("2024-11-20T09:00", "2024-11-20T09:30", "2024-11-20T10:00"):
        phrae.process("once", "--at", moment)
    counted = Counter(ours(mail) for mail in gmail.sent)
    assert set(counted.values()) == {1}, counted
    assert {kind for mail in gmail.sent for kind in letters.kinds([mail.raw])} >= {"request", "digest"}
    assert len(went_to(gmail, LONG)) == 1


def test_a_running_bot_takes_in_answers_and_files(at_google, gmail, running, clerk, letters):
    """The daemon's own loops: tokens that run out, a limit that is reached and a history that is forgotten are all lived through."""
    text = at_google.config.read_text(encoding="utf-8")
    at_google.config.write_text(text.replace("[smtp]", "poll_seconds = 0.5\n[smtp]", 1), encoding="utf-8")
    now, day = office_now(), datetime.timedelta(days=1)
    moments = {
        "opens": now - day / 24,
        "reporters": now + 9 * day,
        "cutoff": now + 12 * day,
        "department": now + 14 * day,
    }
    at_google.add_circular(CIRCULAR, moments)
    person = clerk(LONG)
    with running(at_google):
        wait_for(lambda: went_to(gmail, LONG))
        (request,) = went_to(gmail, LONG)
        gmail.tokens.expire()
        gmail.expire()
        gmail.fail("GET", "/messages/", Fault(403, "userRateLimitExceeded", Retry_After="1"))
        came = office_now().astimezone(datetime.UTC).isoformat(timespec="seconds")
        form = letters.enclosure(request.raw)
        gmail.receive(person.reply(request.raw, "ส่งรายงาน", person.filled(form)), at=came)
        wait_for(lambda: len(went_to(gmail, LONG)) > 1 and gmail.lying("Ruam/Done"))
    assert Counter(letters.kinds(mail.raw for mail in went_to(gmail, LONG))) == {"request": 1, "receipt": 1}
    assert len(gmail.lying("Ruam/Done")) == 1


def test_doctor_looks_at_the_mailbox_and_sends_itself_a_mail(phrae, gmail):
    gmail.loops = True
    found = doctor(phrae, mail=True)
    assert (
        found["mailbox"].words
        == "the server has no IDLE: new mail is noticed only every poll_seconds; a smaller figure helps"
    )
    assert found["folders"].verdict == "ok"
    assert f"{gmail.host}:{gmail.port} takes our login by OAuth2 (google)" in found["outgoing mail"].words
    assert "came back, was known as our own and filed" in found["mail to itself"].words
    assert len(gmail.lying("Ruam/Done")) == 1


def test_doctor_says_what_to_do_for_one_who_is_signed_out(phrae, tokens):
    tokens.revoke()
    found = doctor(phrae)
    assert "ruam authorize" in found["mailbox"].words
    assert "ruam authorize" in found["outgoing mail"].words
