"""The daemon and an outgoing server that fails once: what became of the letter, and after how long."""

import ssl
import time

import pytest

from tests.faults.scene import FAST, REPORTER, Once, scene
from tests.faults.test_mailbox_faults import MAIL

pytestmark = pytest.mark.timeout(60)

SECOND = "prasit@phrae.example"
STAFF = ("somsri@phrae.example", SECOND)


class ForReporter(Once):
    """The fault falls on the first letter to the reporter alone."""

    def __call__(self, wire, line, *more):
        about = line if isinstance(line, bytes) else " ".join(line[0]).encode()
        if REPORTER.encode() not in about.lower():
            return self.well(wire, line, *more) if callable(self.well) else self.well
        return super().__call__(wire, line, *more)


def accept(wire, letter, outgoing):
    outgoing.letters.append(letter)
    return b"250 taken"


def drop(wire, *_):
    wire.close()


def took_and_dropped(wire, letter, outgoing):
    outgoing.letters.append(letter)
    wire.close()


def took_and_said_nothing(wire, letter, outgoing):
    outgoing.letters.append(letter)
    wire.hang()


class CutInData(Once):
    """The connection breaks while the letter's bytes are under way."""

    def __call__(self, wire, line):
        earlier = b" ".join(wire.heard[-3:]).lower()
        if REPORTER.encode() in earlier and self.at is None:
            self.at = time.monotonic()
            wire.say(b"354 go on")
            wire.line()
            wire.close()
            return b""
        return b"354 go on"


WELL = b"250 recipient"
# name: the verb, the fault, deliveries that the server took of the one letter, the letter's end
FAULTS = {
    "421 at RCPT": ("RCPT", ForReporter(lambda *_: b"421 4.3.2 going down", WELL), 1, "sent"),
    "450 at RCPT": ("RCPT", ForReporter(lambda *_: b"450 4.2.1 greylisted", WELL), 1, "sent"),
    "550 at RCPT": ("RCPT", ForReporter(lambda *_: b"550 5.1.1 no such user", WELL), 0, "failed"),
    "451 to the final dot": (".", ForReporter(lambda *_: b"451 4.3.0 later", accept), 1, "sent"),
    "554 to the final dot": (".", ForReporter(lambda *_: b"554 5.6.0 not that", accept), 0, "failed"),
    "drop at RCPT": ("RCPT", ForReporter(drop, WELL), 1, "sent"),
    "drop before the final dot": ("DATA", CutInData(None), 1, "sent"),
    "drop after the final dot, not taken": (".", ForReporter(drop, accept), 1, "sent"),
    "drop after the final dot, taken": (".", ForReporter(took_and_dropped, accept), 2, "sent"),
    "black hole after the final dot, taken": (".", ForReporter(took_and_said_nothing, accept), 2, "sent"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_letter_survives_a_failing_server(tmp_path, sandbox, table, name):
    """It goes once; twice only where nobody could know that it had gone."""
    verb, fault, times, end = FAULTS[name]
    with scene(tmp_path, sandbox, smtp={verb: fault}, speed=FAST) as play:
        play.box.deliver(MAIL)
        play.until(lambda: fault.at and play.answer_state() == [end], 40)
        office = (time.monotonic() - fault.at) * FAST / 60
        taken = len(play.answers_to(REPORTER))
        outcome = f"letter {end}, delivered {taken} times, office clock {office:.0f} min"
        table.append((name, outcome, time.monotonic() - fault.at))
        assert taken == times


@pytest.mark.parametrize("fault", [took_and_dropped, took_and_said_nothing])
def test_what_the_server_keeps_in_sent_is_not_sent_again(tmp_path, sandbox, table, fault):
    """As Google and Microsoft do: the doubt ends with a look into the folder, and the letter goes once."""
    kept = []

    def take(wire, letter, outgoing):
        kept.append(letter[1])
        return accept(wire, letter, outgoing)

    def take_and_fail(wire, letter, outgoing):
        kept.append(letter[1])
        return fault(wire, letter, outgoing)

    def look(box):
        def search(wire, tag, rest):
            if b"HEADER" not in rest.upper():
                return box.search(wire, tag, rest)
            found = [n for n, raw in enumerate(kept, 1) if rest.rpartition(b" ")[2].strip(b'"') in raw]
            return wire.say(b"* SEARCH" + b"".join(b" %d" % n for n in found), tag + b" OK done")

        return search

    imap = {
        "LIST": lambda _: [b'* LIST (\\Sent) "/" "Sent"', b"TAG OK done"],
        "EXAMINE": lambda _: [b"* 1 EXISTS", b"* OK [UIDVALIDITY 3] fine", b"TAG OK [READ-ONLY] selected"],
        "SEARCH": look,
    }
    once = ForReporter(take_and_fail, take)
    # At this speed the silent server is waited for as long as in earnest: ten minutes of the half hour that a look may take.
    with scene(tmp_path, sandbox, imap=imap, smtp={".": once}, speed=60) as play:
        play.box.deliver(MAIL)
        play.until(lambda: once.at and play.answer_state() == ["sent"], 40)
        name = f"{fault.__name__.replace('_', ' ')}, kept in Sent".replace("took", "taken")
        table.append((name, "letter sent, delivered 1 times: found in Sent", time.monotonic() - once.at))
        assert len(play.answers_to(REPORTER)) == 1


def test_who_is_refused_alone_does_not_hold_up_the_others(tmp_path, sandbox, table):
    """Of two recipients one is refused for good: the other has the letter, once."""
    fault = []

    def rcpt(wire, line):
        if SECOND.encode() in line:
            fault.append(time.monotonic())
            return b"550 5.1.1 no such user"
        return b"250 recipient"

    with scene(tmp_path, sandbox, smtp={"RCPT": rcpt}, staff=STAFF) as play:
        play.until(lambda: [line for line in play.books.letters() if line.kind == "digest" and line.state == "sent"])
        table.append(("550 to one of two recipients", "the other has it, once", time.monotonic() - fault[0]))
        assert len([raw for raw in play.outgoing.to(STAFF[0]) if b"X-Ruam-Kind: digest" in raw]) == 1
        assert play.outgoing.to(SECOND) == []


def test_no_letter_goes_without_starttls(tmp_path, sandbox, table, certificates):
    """A stripped STARTTLS is waited out; then the letter goes, once."""
    context = certificates.server_context()
    seen = []

    def ehlo(wire, _line):
        seen.append((wire.number, time.monotonic()))
        offered = b"" if wire.number == 1 else b"\r\n250 STARTTLS"
        return b"250-scripted\r\n250-SIZE 10000000" + offered if offered else b"250 scripted"

    def starttls(wire, _line):
        wire.say(b"220 begin")
        wire.sock = context.wrap_socket(wire.sock, server_side=True)
        wire.file = wire.sock.makefile("rb")

    more = {"security": "starttls", "ca_file": str(certificates.ca)}
    with scene(tmp_path, sandbox, smtp={"EHLO": ehlo, "STARTTLS": starttls}, smtp_more=more, speed=FAST) as play:
        play.box.deliver(MAIL)
        play.until(lambda: play.answer_state() == ["sent"], 40)
        table.append(("outgoing: STARTTLS stripped", "letter sent once offered again", time.monotonic() - seen[0][1]))
        assert not any(b"MAIL" in line for line in play.smtp.wires[0].heard)
        assert len(play.answers_to(REPORTER)) == 1


def test_no_letter_goes_to_a_server_with_a_bad_certificate(tmp_path, sandbox, table, certificates):
    """It waits until the server can show who it is."""
    good = certificates.server_context()
    bad = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    bad.load_cert_chain(certificates.other_ca, certificates.other_ca.with_name("other.key"))

    def greet(wire, _line):
        wire.sock = (bad if wire.number == 1 else good).wrap_socket(wire.sock, server_side=True)
        wire.file = wire.sock.makefile("rb")
        return b"220 ready"

    more = {"security": "tls", "ca_file": str(certificates.ca)}
    with scene(tmp_path, sandbox, smtp={"GREETING": greet}, smtp_more=more, speed=FAST) as play:
        at = time.monotonic()
        play.box.deliver(MAIL)
        play.until(lambda: play.answer_state() == ["sent"], 40)
        table.append(("outgoing: bad certificate", "letter sent once it was right", time.monotonic() - at))
        assert play.smtp.wires[0].heard == []
        assert len(play.answers_to(REPORTER)) == 1
