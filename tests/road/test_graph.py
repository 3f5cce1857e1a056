"""An office at Microsoft 365 that has neither IMAP nor SMTP: the whole road over a scripted Microsoft Graph, in real processes."""

import datetime
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.config.load import load_config
from bot.doctor.examine import examine
from bot.office.model.bangkok_time import BANGKOK
from tests.setup.graph_server import Fault, GraphServer
from tests.setup.moved_clock import office_now
from tests.setup.token_server import CLIENT, TENANT

ROOT = Path(__file__).parent.parent.parent
CIRCULAR = ROOT / "templates" / "circulars" / "w5827"
OFFICE, LONG = "office@phrae.example", "long@amphoe.example"

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def graph(tokens):
    with GraphServer(tokens, OFFICE) as server:
        yield server


@pytest.fixture
def at_microsoft(graph, tokens, certificates, office):
    """An office of two districts at Microsoft 365, without any circular yet; a person has signed in."""
    way = (
        f'kind = "graph"\nhost = "{graph.host}"\nport = {graph.port}\nuser = "{OFFICE}"\nca_file = "{certificates.ca}"'
    )
    made = office(
        way, f'{way}\n[oauth2]\nprovider = "microsoft"\nclient_id = "{CLIENT}"\ntenant = "{TENANT}"\n'
        f'authority = "{tokens.url}"\nca_file = "{certificates.ca}"',
    )  # fmt: skip
    made.config.chmod(0o600)
    made.keep_only("long", "song")
    tokens.sign_in(load_config(made.config).oauth2, OFFICE)
    return made


@pytest.fixture
def phrae(at_microsoft):
    """With the shipped circular, at its own dates."""
    at_microsoft.add_circular(CIRCULAR, {})
    return at_microsoft


def doctor(phrae, *, mail=False):
    checks = examine(phrae.config, datetime.datetime(2024, 11, 20, 8, 0, tzinfo=BANGKOK), mail=mail)
    return {check.about: check for check in checks}


def went_to(graph, address):
    """The letters to one address, as they went."""
    return [mail for mail in graph.sent if address in mail.to["To"]]


def wait_for(done, seconds=60):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not come to it"
        time.sleep(0.05)


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


def test_a_held_mail_is_let_in_and_filed_anew_though_its_bytes_are_made_anew(phrae, graph, clerk, letters):
    """It is known by its number: Exchange makes the MIME when it is asked for, and need not make the same twice."""
    graph.fresh_bytes = True
    phrae.ruam("once", "--at", "2024-11-20T08:30")
    (request,) = went_to(graph, LONG)
    stranger, staff = clerk("who@freemail.example"), clerk(phrae.staff)
    form = stranger.filled(letters.enclosure(request.raw))
    new = re.sub(
        rb"(?m)^In-Reply-To:.*\r\n", b"", stranger.reply(request.raw, "", form)
    )  # it would prove that he has the letter
    graph.receive(new, at="2024-11-20T02:00:00Z")
    phrae.ruam("once", "--at", "2024-11-20T09:00")
    assert len(graph.lying("Held")) == 1
    notice = next(mail for mail in went_to(graph, phrae.staff) if letters.kinds([mail.raw]) == ["notice"])
    graph.receive(staff.reply(notice.raw, "รับ"), at="2024-11-20T02:10:00Z")
    phrae.ruam("once", "--at", "2024-11-20T09:20")
    assert (len(graph.lying("Held")), len(graph.lying("Done"))) == (0, 2)
    assert "11/" in phrae.ruam("status", "w5827").stdout
    assert phrae.ruam("recover").stdout.startswith("0 mails"), "nor is what lies in the folders taken for new"


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
        wait_for(lambda: graph.sent)
        process.kill()
    assert len(graph.sent) == 1
    for moment in ("2024-11-20T09:00", "2024-11-20T09:30", "2024-11-20T10:00"):
        phrae.process("once", "--at", moment)
    counted = Counter(mail.name for mail in graph.sent)
    assert set(counted.values()) == {1}, counted
    assert {kind for mail in graph.sent for kind in letters.kinds([mail.raw])} >= {"request", "digest"}
    assert len(went_to(graph, LONG)) == 1


def test_a_running_bot_takes_in_answers_and_files(at_microsoft, graph, running, clerk, letters):
    """The daemon's own loops: tokens that run out, a server that is busy and a round of delta that is forgotten are all lived through."""
    text = at_microsoft.config.read_text(encoding="utf-8")
    at_microsoft.config.write_text(text.replace("[smtp]", "poll_seconds = 0.5\n[smtp]", 1), encoding="utf-8")
    now, day = office_now(), datetime.timedelta(days=1)
    moments = {
        "opens": now - day / 24,
        "reporters": now + 9 * day,
        "cutoff": now + 12 * day,
        "department": now + 14 * day,
    }
    at_microsoft.add_circular(CIRCULAR, moments)
    person = clerk(LONG)
    with running(at_microsoft):
        wait_for(lambda: went_to(graph, LONG))
        (request,) = went_to(graph, LONG)
        graph.tokens.expire()
        graph.expire()
        graph.fail("GET", "$value", Fault(503, "ErrorServerBusy", Retry_After="1"))
        came = office_now().astimezone(datetime.UTC).isoformat(timespec="seconds")
        form = letters.enclosure(request.raw)
        graph.receive(person.reply(request.raw, "ส่งรายงาน", person.filled(form)), at=came)
        wait_for(lambda: len(went_to(graph, LONG)) > 1 and graph.lying("Done"))
    assert Counter(letters.kinds(mail.raw for mail in went_to(graph, LONG))) == {"request": 1, "receipt": 1}
    assert len(graph.lying("Done")) == 1


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
