"""The daemon and a mailbox server that fails once: it comes back, the mail is answered once and put away."""

import ssl
import time

import pytest

from tests.faults.scene import REPORTER, Once, scene

pytestmark = pytest.mark.timeout(60)

MAIL = (
    f"From: {REPORTER}\r\nTo: office@phrae.example\r\nSubject: w5827\r\nMessage-ID: <one@district.example>\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n".encode()
    + "เรียน เจ้าหน้าที่ ขอส่งแบบรายงาน w5827 ภายหลัง\r\n".encode()
)


def close(wire, tag, rest):
    wire.close()


def hang(wire, tag, rest):
    wire.hang()


def idle_then(action):
    def fault(wire, tag, rest):
        wire.say(b"+ idling")
        action(wire, tag, rest)

    return fault


def bye(wire, tag, rest):
    wire.say(b"* BYE going down")
    wire.close()


def bad(wire, tag, rest):
    wire.say(tag + b" BAD what is that")


def half_a_literal(wire, tag, rest):
    if b"SIZE" in rest:
        wire.say(b'* 1 FETCH (UID 1 RFC822.SIZE 100 INTERNALDATE "20-Nov-2024 09:00:00 +0700")', tag + b" OK done")
        return
    wire.say(b"* 1 FETCH (UID 1 BODY[] {1000}", b"half")
    wire.close()


class HalfOnce(Once):
    """The sizes are told as ever; the first mail itself breaks off."""

    def __call__(self, wire, tag, rest):
        return self.well(wire, tag, rest) if b"SIZE" in rest else super().__call__(wire, tag, rest)


class RefusedOnce(Once):
    """The first login is good; the second is refused; then all is well again."""

    count = 0

    def __call__(self, wire, tag, rest):
        self.count += 1
        if self.count == 2:
            self.at = time.monotonic()
            wire.say(tag + b" NO [AUTHENTICATIONFAILED] no")
        else:
            wire.say(tag + b" OK logged in")


def login_ok(wire, tag, rest):
    wire.say(tag + b" OK logged in")


def noop_ok(wire, tag, rest):
    wire.say(tag + b" OK done")


def greeting(wire, tag, rest):
    wire.say(b"* OK ready")


FAULTS = {
    "EOF in IDLE": ("IDLE", lambda box: Once(idle_then(close), box.idle)),
    "black hole in IDLE": ("IDLE", lambda box: Once(idle_then(hang), box.idle)),
    "BYE in IDLE": ("IDLE", lambda box: Once(idle_then(bye), box.idle)),
    "black hole at the greeting": ("GREETING", lambda _: Once(hang, greeting)),
    "black hole at the login": ("LOGIN", lambda _: Once(hang, login_ok)),
    "BAD to the search": ("SEARCH", lambda box: Once(bad, box.search)),
    "BAD to the fetch of a mail": ("FETCH", lambda box: HalfOnce(bad, box.fetch)),
    "half a literal": ("FETCH", lambda box: HalfOnce(half_a_literal, box.fetch)),
    "EOF in the fetch": ("FETCH", lambda box: HalfOnce(close, box.fetch)),
    "black hole in NOOP": ("NOOP", lambda _: Once(hang, noop_ok)),
    "EOF in the move": ("MOVE", lambda box: Once(close, box.move)),
    "NO to the move (quota full)": (
        "MOVE",
        lambda box: Once(lambda wire, tag, rest: wire.say(tag + b" NO [OVERQUOTA] full"), box.move),
    ),
    "EOF after the move was done": (
        "MOVE",
        lambda box: Once(lambda wire, tag, rest: (box.move(wire, tag, rest), wire.close()), box.move),
    ),
    "read-only folder": (
        "SELECT",
        lambda box: Once(
            lambda wire, tag, rest: wire.say(
                b"* 0 EXISTS", b"* OK [UIDVALIDITY 7] fine", tag + b" OK [READ-ONLY] selected"
            ),
            box.select,
        ),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_mail_survives_a_failing_server(tmp_path, sandbox, table, name):
    """Answered once and put away, whatever the server did meanwhile."""
    verb, make = FAULTS[name]
    made = []

    def keep(box):
        made.append(make(box))
        return made[0]

    with scene(tmp_path, sandbox, imap={verb: keep}) as play:
        play.box.deliver(MAIL)
        play.until(lambda: made[0].at and play.box.shelves and len(play.answers_to(REPORTER)) == 1)
        play.until(lambda: play.books.to_file("INBOX", play.box.uidvalidity) == [])
        table.append((name, "answered once, put away", time.monotonic() - made[0].at))
        assert len(play.answers_to(REPORTER)) == 1
        assert sum(map(len, play.box.shelves.values())) == 1


def test_a_login_that_is_refused_is_tried_again(tmp_path, sandbox, table):
    """The longest pause is made, as a person may be needed; then it goes on by itself."""
    made = []
    with scene(
        tmp_path,
        sandbox,
        imap={
            "LOGIN": lambda _: made.append(RefusedOnce(None)) or made[0],
            "IDLE": lambda box: Once(idle_then(close), box.idle),
        },
    ) as play:
        play.until(lambda: made[0].at)
        play.box.deliver(MAIL)
        play.until(lambda: play.box.shelves and len(play.answers_to(REPORTER)) == 1)
        table.append(("password refused for a while", "answered once, put away", time.monotonic() - made[0].at))


def test_a_new_uidvalidity_answers_nobody_twice(tmp_path, sandbox, table):
    """All mails come again under new numbers; their bytes tell."""
    with scene(tmp_path, sandbox, imap={"MOVE": lambda box: keep_put}) as play:
        play.box.deliver(MAIL)
        play.until(lambda: len(play.answers_to(REPORTER)) == 1)
        play.box.renumber(list(play.imap.wires))
        at = time.monotonic()
        play.box.deliver(MAIL.replace(b"one@", b"two@").replace(b"w5827", b"w5827 2"))
        play.until(lambda: len(play.books.known_uids("INBOX", 8, range(9))) == 2 and not play.books.pending(1))
        play.until(lambda: len(play.answers_to(REPORTER)) == 2)
        table.append(("UIDVALIDITY changed", "old mail a duplicate, new mail answered once", time.monotonic() - at))
        assert play.books.known_uids("INBOX", 7, range(9)) == {1}


def keep_put(wire, tag, rest):
    wire.say(tag + b" NO not now")


def test_without_starttls_no_password_goes_out(tmp_path, sandbox, table, certificates):
    """A stripped STARTTLS is waited out; once it is offered again the work goes on."""
    seen = []
    context = certificates.server_context()

    def capability(wire, tag, rest):
        seen.append(wire.number)
        offered = b" STARTTLS" if wire.number > 1 else b""
        wire.say(b"* CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS" + offered, tag + b" OK done")

    def starttls(wire, tag, rest):
        wire.say(tag + b" OK begin")
        wire.sock = context.wrap_socket(wire.sock, server_side=True)
        wire.file = wire.sock.makefile("rb")

    answers = {"CAPABILITY": lambda _: capability, "STARTTLS": lambda _: starttls}
    more = {"security": "starttls", "ca_file": str(certificates.ca)}
    with scene(tmp_path, sandbox, imap=answers, imap_more=more) as play:
        at = time.monotonic()
        play.box.deliver(MAIL)
        play.until(lambda: play.box.shelves and len(play.answers_to(REPORTER)) == 1)
        table.append(("STARTTLS stripped", "no password sent; answered once offered again", time.monotonic() - at))
        assert not any(b"LOGIN" in line or b"secret" in line for line in play.imap.wires[0].heard)


def test_a_bad_certificate_gets_no_password(tmp_path, sandbox, table, certificates):
    """A server that cannot show who it is is waited out."""
    good = certificates.server_context()
    bad_one = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    bad_one.load_cert_chain(certificates.other_ca, certificates.other_ca.with_name("other.key"))

    def greet(wire, tag, rest):
        wire.sock = (good if wire.number > 1 else bad_one).wrap_socket(wire.sock, server_side=True)
        wire.file = wire.sock.makefile("rb")
        wire.say(b"* OK ready")

    more = {"security": "tls", "ca_file": str(certificates.ca)}
    with scene(tmp_path, sandbox, imap={"GREETING": lambda _: greet}, imap_more=more) as play:
        at = time.monotonic()
        play.box.deliver(MAIL)
        play.until(lambda: play.box.shelves and len(play.answers_to(REPORTER)) == 1)
        table.append(("bad certificate", "no password sent; answered once it was right", time.monotonic() - at))
        assert play.imap.wires[0].heard == []
