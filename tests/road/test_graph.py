"""An office at Microsoft 365 that has neither IMAP nor SMTP: the whole road over a scripted Microsoft Graph, in real processes."""

import datetime
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.config.load import load_config
from bot.doctor.examine import examine
from bot.office.model.bangkok_time import BANGKOK
from tests.setup.graph_server import GraphServer
from tests.setup.token_server import CLIENT, TENANT

ROOT = Path(__file__).parent.parent.parent
OFFICE, LONG = "office@phrae.example", "long@amphoe.example"

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def graph(tokens):
    with GraphServer(tokens, OFFICE) as server:
        yield server


@pytest.fixture
def phrae(graph, tokens, certificates, office):
    """An office of two districts at Microsoft 365; a person has signed in."""
    way = (
        f'kind = "graph"\nhost = "{graph.host}"\nport = {graph.port}\nuser = "{OFFICE}"\nca_file = "{certificates.ca}"'
    )
    made = office(
        way, f'{way}\n[oauth2]\nprovider = "microsoft"\nclient_id = "{CLIENT}"\ntenant = "{TENANT}"\n'
        f'authority = "{tokens.url}"\nca_file = "{certificates.ca}"',
    )  # fmt: skip
    made.config.chmod(0o600)
    made.keep_only("long", "song")
    made.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    tokens.sign_in(load_config(made.config).oauth2, OFFICE)
    return made


def doctor(phrae, *, mail=False):
    checks = examine(phrae.config, datetime.datetime(2024, 11, 20, 8, 0, tzinfo=BANGKOK), mail=mail)
    return {check.about: check for check in checks}


def went_to(graph, address):
    """The letters to one address, as they went."""
    return [mail for mail in graph.sent if address in mail.to["To"]]


def test_from_the_requests_to_the_receipt(phrae, graph, clerk, letters):
    """Each pass is a process of its own: nothing about the mailbox is remembered but in the books."""
    phrae.process("once", "--at", "2024-11-20T08:30")
    (request,) = went_to(graph, LONG)
    person = clerk(LONG)
    reply = person.reply(request.raw, "ส่งรายงาน", person.filled(letters.enclosure(request.raw)))
    graph.receive(reply, at="2024-11-21T01:00:00Z")
    phrae.process("once", "--at", "2024-11-21T09:00")
    phrae.process("once", "--at", "2024-11-21T09:01")
    assert Counter(letters.kinds(mail.raw for mail in went_to(graph, LONG))) == {"request": 1, "receipt": 1}
    assert not graph.lying("inbox")
    assert [mail.raw for mail in graph.lying("Done").values()] == [reply]
    assert not graph.lying("drafts")
    assert len(graph.lying("sentitems")) == len(graph.sent)
    assert "11/" in phrae.ruam("status", "w5827").stdout


def test_a_bot_that_is_killed_between_the_sending_and_the_note_sends_nothing_twice(phrae, graph, letters):
    """The letter in doubt is found in Sent Items by its Message-ID, which Exchange had changed and we set back."""
    graph.fail("POST", "/send", "keep")
    words = ["once", "--at", "2024-11-20T08:30", "--config", str(phrae.config)]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.setup.moved_clock", *words],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        end = time.monotonic() + 60
        while not graph.sent and time.monotonic() < end:
            time.sleep(0.05)
        process.kill()
    assert len(graph.sent) == 1
    for moment in ("2024-11-20T09:00", "2024-11-20T09:30", "2024-11-20T10:00"):
        phrae.process("once", "--at", moment)
    counted = Counter(mail.name for mail in graph.sent)
    assert set(counted.values()) == {1}, counted
    assert {kind for mail in graph.sent for kind in letters.kinds([mail.raw])} >= {"request", "digest"}
    assert len(went_to(graph, LONG)) == 1


def test_doctor_looks_at_the_mailbox_and_sends_itself_a_mail(phrae, graph):
    graph.loops = True
    found = doctor(phrae, mail=True)
    assert (
        found["mailbox"].words
        == "the server has no IDLE: new mail is noticed only every poll_seconds; a smaller figure helps"
    )
    assert found["folders"].verdict == "ok"
    assert f"{graph.host}:{graph.port} takes our login by OAuth2 (microsoft)" in found["outgoing mail"].words
    assert "came back, was known as our own and filed" in found["mail to itself"].words
    assert len(graph.lying("Done")) == 1


def test_doctor_says_when_exchange_took_our_marks_off(phrae, graph):
    """As people found it to do with X- fields in a mailbox that never had them."""
    graph.loops, graph.takes_marks = True, True
    assert "came back without our marks" in doctor(phrae, mail=True)["mail to itself"].words


def test_doctor_says_what_to_do_for_one_who_is_signed_out(phrae, tokens):
    tokens.revoke()
    found = doctor(phrae)
    assert "ruam authorize" in found["mailbox"].words
    assert "ruam authorize" in found["outgoing mail"].words
