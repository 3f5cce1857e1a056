"""The outbox against aiosmtpd, real Postfix, and servers that misbehave."""

import socket
import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.post.exceptions import Permanent, Transient
from bot.post.settings import SmtpSettings
from bot.post.smtp.refusals import About
from bot.post.smtp.sending import PATIENCE, Outbox, Outgoing
from tests.setup.real_mail import DEPARTMENT, OFFICE, PASSWORD, REPORTERS, free_port

RAW = b"From: office@phrae.example\r\nSubject: request\r\n\r\n.a dot\r\n..two\r\n\xe0\xb8\xa3\r\nend\r\n"
ONE, TWO, THREE = REPORTERS[:3]


def letter(number=1, *recipients, raw=RAW, sender=OFFICE):
    return Outgoing(number, sender, recipients or (ONE,), raw)


def send(settings, *letters):
    return [result for _, result in Outbox(settings).deliver(letters)]


def by_recipient(**answers):
    """Answers to RCPT by the recipient's local part."""

    def answer(wire, line):
        return answers.get(line.split(b"<")[1].split(b"@")[0].decode(), b"250 fine")

    return answer


def close(wire, line):
    wire.close()


def hang(wire, line):
    wire.hang()


# -- what arrives ------------------------------------------------------------------------------------------------


def test_letters_arrive_byte_for_byte_over_one_connection(keeper):
    handler, settings = keeper()
    results = list(Outbox(settings).deliver([letter(7, ONE, TWO), letter(8, THREE)]))
    assert [(number, result.state) for number, result in results] == [(7, "sent"), (8, "sent")]
    assert handler.mails == [(OFFICE, [ONE, TWO], RAW), (OFFICE, [THREE], RAW)]
    assert len(handler.sessions) == 1


def test_a_letter_may_have_the_null_sender(keeper):
    handler, settings = keeper()
    assert send(settings, letter(sender=""))[0].state == "sent"
    assert handler.mails[0][0] == "<>"


def test_the_next_letter_is_asked_for_only_when_the_last_result_was_taken(keeper):
    _, settings = keeper()
    asked = []

    def letters():
        for number in (1, 2):
            asked.append(number)
            yield letter(number)

    results = Outbox(settings).deliver(letters())
    assert next(results)[0] == 1
    assert asked == [1]
    results.close()


# -- recipients --------------------------------------------------------------------------------------------------


def test_one_of_three_refused_is_told_though_the_letter_is_sent(smtp):
    _, settings = smtp(RCPT=by_recipient(district2=b"550 5.1.1 no such user"))
    (result,) = send(settings, letter(1, ONE, TWO, THREE))
    assert result.state == "sent"
    assert result.refused == {TWO: "550 5.1.1 no such user"}
    assert result.deferred == {}


def test_one_of_three_deferred_is_told_though_the_letter_is_sent(smtp):
    _, settings = smtp(RCPT=by_recipient(district2=b"450 4.2.1 greylisted"))
    (result,) = send(settings, letter(1, ONE, TWO, THREE))
    assert result.state == "sent"
    assert result.deferred == {TWO: "450 4.2.1 greylisted"}
    assert result.refused == {}


def test_all_refused_is_failed_and_the_connection_serves_the_next_letter(smtp):
    server, settings = smtp(RCPT=by_recipient(district1=b"550 no", district2=b"551 no"))
    first, second = send(settings, letter(1, ONE, TWO), letter(2, THREE))
    assert first.state == "failed"
    assert set(first.refused) == {ONE, TWO}
    assert second.state == "sent"
    assert len(server.wires) == 1
    assert server.heard.count(b"DATA") == 1


def test_none_taken_but_one_deferred_is_deferred(smtp):
    _, settings = smtp(RCPT=by_recipient(district1=b"550 no", district2=b"452 full"))
    (result,) = send(settings, letter(1, ONE, TWO))
    assert result.state == "deferred"
    assert set(result.refused) == {ONE}
    assert set(result.deferred) == {TWO}


@pytest.mark.parametrize(
    ("verb", "answer", "state"),
    [
        ("MAIL", b"550 not you", "deferred"),  # our account's trouble, which somebody mends: see test_refusals
        ("MAIL", b"451 later", "deferred"),
        ("MAIL", b"552 too large", "failed"),
        ("DATA", b"554 no valid recipients", "failed"),
        ("DATA", b"451 later", "deferred"),
        ("DOT", b"550 5.7.1 spam", "failed"),
        ("DOT", b"452 4.3.1 disk full", "deferred"),
        ("DOT", b"421 closing", "deferred"),
    ],
)
def test_five_hundreds_fail_and_four_hundreds_defer(smtp, verb, answer, state):
    _, settings = smtp(**{verb: answer})
    (result,) = send(settings, letter())
    assert result.state == state
    assert result.detail == answer.decode()


def test_a_server_that_closes_politely_in_the_middle_gets_a_new_connection(smtp):
    def mail(wire, line):
        return b"421 closing" if wire.number == 1 else b"250 fine"

    server, settings = smtp(MAIL=mail)
    first, second = send(settings, letter(1), letter(2))
    assert (first.state, second.state) == ("deferred", "sent")
    assert len(server.wires) == 2


# -- lines that are cut ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("trouble", [close, hang])
def test_trouble_before_the_content_is_deferred(smtp, verb, trouble):
    _, settings = smtp(timeout_seconds=0.3, **{verb: trouble})
    (result,) = send(settings, letter())
    assert result.state == "deferred"


def test_an_idle_connection_found_closed_is_replaced_and_the_letter_sent(smtp):
    def dot(wire, line):
        wire.say(b"250 taken")
        if wire.number == 1:
            wire.close()

    server, settings = smtp(DOT=dot)
    assert [result.state for result in send(settings, letter(1), letter(2))] == ["sent", "sent"]
    assert len(server.wires) == 2


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_an_idle_connection_lost_and_then_the_fresh_one_too_defers_one_letter_and_sending_goes_on(smtp, verb):
    """Two faults in a row: the letter is surely not sent, the batch lives, and the next letter goes on a third connection."""
    well = {"MAIL": b"250 sender", "RCPT": b"250 recipient", "DATA": b"354 go on"}[verb]

    def dot(wire, line):
        wire.say(b"250 taken")
        if wire.number == 1:
            wire.close()

    def once_more(wire, line):
        return wire.close() if wire.number == 2 else well

    server, settings = smtp(DOT=dot, **{verb: once_more})
    first, second, third = send(settings, letter(1), letter(2), letter(3))
    assert [first.state, second.state, third.state] == ["sent", "deferred", "sent"]
    assert len(server.wires) == 3


SECOND = {
    ("MAIL", close): "deferred", ("RCPT", close): "deferred", ("DATA", close): "deferred", (".", close): "unknown",
    ("RCPT", b"421 going down"): "deferred", ("RCPT", b"550 no"): "failed", ("DATA", b"450 not now"): "deferred",
    (".", b"550 no"): "failed", (".", b"banana"): "unknown", ("", b""): "sent",
}  # fmt: skip


@pytest.mark.parametrize("first", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("second", SECOND, ids=lambda fault: f"{fault[0]}-{getattr(fault[1], '__name__', fault[1])}")
def test_after_an_idle_connection_is_lost_a_second_fault_is_taken_for_what_it_is(smtp, first, second):
    """At whatever step the connection that served the first letter dies, and whatever the fresh one meets: the third goes."""
    planned = [(first, close), second]
    tried = []

    def step(verb, usual):
        def answer(wire, line):
            if verb == "MAIL":
                wire.letter = 2 if b"two@" in line else 1
                tried.append(wire.letter)
            at, said = planned[min(tried.count(2), 2) - 1]
            if wire.letter != 2 or at != verb:
                return usual
            return said if isinstance(said, bytes) else said(wire, line)

        return answer

    steps = {
        verb: step(verb, b"354 go on" if verb == "DATA" else b"250 fine") for verb in ("MAIL", "RCPT", "DATA", ".")
    }
    _, settings = smtp(**steps)
    states = [result.state for result in send(settings, letter(1), letter(2, sender="two@phrae.example"), letter(3))]
    assert states == ["sent", SECOND[second], "sent"]
    assert tried == [1, 2, 2, 1]


def test_an_idle_connection_lost_and_a_server_that_is_gone_then_is_transient(smtp):
    def dot(wire, line):
        wire.say(b"250 taken")
        wire.close()

    def greeting(wire, line):
        return b"220 ready" if wire.number == 1 else wire.close()

    _, settings = smtp(DOT=dot, GREETING=greeting)
    results = Outbox(settings).deliver([letter(1), letter(2)])
    assert next(results)[1].state == "sent"
    with pytest.raises(Transient):
        next(results)


def test_a_letter_larger_than_the_server_declares_is_known_before_anything_is_sent(smtp):
    server, settings = smtp(EHLO=b"250-scripted\r\n250 SIZE 100")
    too_large, next_one = send(settings, letter(raw=RAW + b"x" * 100), letter(2, raw=b"Subject: x\r\n\r\nshort\r\n"))
    assert (too_large.state, too_large.about, next_one.state) == ("failed", About.SIZE, "sent")
    assert server.heard.count(b"DATA") == 1


@pytest.mark.parametrize("said", [b"SIZE", b"SIZE 0", b"SIZE many", b"HELP"])
def test_a_server_that_declares_no_size_is_tried(smtp, said):
    _, settings = smtp(EHLO=b"250-scripted\r\n250 " + said)
    assert send(settings, letter())[0].state == "sent"


def test_who_finds_it_too_large_of_two_recipients_is_named(smtp):
    _, settings = smtp(RCPT=by_recipient(district1=b"552 5.3.4 message too large for this mailbox"))
    (result,) = send(settings, letter(1, ONE, TWO))
    assert (result.state, result.too_large) == ("sent", (ONE,))


def test_a_drop_within_the_content_is_unknown(smtp):
    def data(wire, line):
        wire.say(b"354 go on")
        wire.line()
        wire.close()

    _, settings = smtp(DATA=data)
    (result,) = send(settings, letter(raw=RAW + b"x\r\n" * 1_000_000))
    assert result.state == "unknown"


@pytest.mark.parametrize(("answer", "connections"), [(b"550 5.7.1 spam", 1), (b"421 closing", 2)])
def test_after_a_refused_content_the_next_letter_takes_the_same_connection_unless_it_closes(smtp, answer, connections):
    answers = iter((answer, b"250 taken"))

    def dot(wire, line):
        return next(answers)

    server, settings = smtp(DOT=dot)
    assert send(settings, letter(1), letter(2))[1].state == "sent"
    assert len(server.wires) == connections


def test_a_letter_without_its_last_line_end_gets_one(keeper):
    handler, settings = keeper()
    send(settings, letter(raw=RAW.rstrip()))
    assert handler.mails == [(OFFICE, [ONE], RAW)]


def test_a_drop_after_the_final_dot_is_unknown_and_the_next_letter_gets_a_new_connection(smtp):
    def dot(wire, line):
        return wire.close() if wire.number == 1 else b"250 taken"

    server, settings = smtp(DOT=dot)
    assert [result.state for result in send(settings, letter(1), letter(2))] == ["unknown", "sent"]
    assert len(server.wires) == 2


def test_silence_after_the_final_dot_is_unknown_after_a_long_patience(smtp):
    _, settings = smtp(timeout_seconds=0.05, DOT=hang)
    began = time.monotonic()
    (result,) = send(settings, letter())
    assert result.state == "unknown"
    assert 0.05 * PATIENCE <= time.monotonic() - began < 3


def test_nonsense_after_the_final_dot_is_unknown(smtp):
    _, settings = smtp(DOT=b"banana")
    assert send(settings, letter())[0].state == "unknown"


@pytest.mark.parametrize("greeting", [b"421 too busy", b"554 go away", close, hang])
def test_an_unkind_greeting_is_transient_and_nothing_was_sent(smtp, greeting):
    server, settings = smtp(timeout_seconds=0.3, GREETING=greeting)
    with pytest.raises(Transient):
        send(settings, letter())
    assert b"DATA" not in server.heard


def test_a_server_that_is_down_is_transient(smtp):
    _, settings = smtp()
    with pytest.raises(Transient):
        send(settings.model_copy(update={"port": free_port()}), letter())


# -- TLS and login -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_with_tls_and_login_letters_arrive(keeper, security):
    handler, settings = keeper(security, user="office", password="secret")
    assert [result.state for result in send(settings, letter(1), letter(2))] == ["sent", "sent"]
    assert handler.logins == [True]
    assert len(handler.mails) == 2


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_wrong_password_is_permanent(keeper, security):
    handler, settings = keeper(security, user="office", password="wrong")
    with pytest.raises(Permanent) as told:
        send(settings, letter())
    assert "password" in told.value.next_step
    assert "wrong" not in str(told.value)
    assert handler.mails == []
    assert handler.logins == [False]  # one try, not one for each method


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_an_unknown_authority_is_permanent(keeper, certificates, security):
    handler, settings = keeper(security, user="office", password="secret", ca_file=str(certificates.other_ca))
    with pytest.raises(Permanent) as told:
        send(settings, letter())
    assert "ca_file" in told.value.next_step
    assert handler.logins == []


def test_stripped_starttls_is_permanent_and_neither_password_nor_letter_goes_out(smtp):
    server, settings = smtp(EHLO=b"250-scripted\r\n250 AUTH PLAIN LOGIN")
    wanted = {"security": "starttls", "user": "office", "password": SecretStr("secret")}
    with pytest.raises(Permanent):
        send(settings.model_copy(update=wanted), letter())
    assert [line.split(b" ")[0] for line in server.heard] in ([b"EHLO"], [b"EHLO", b"QUIT"])


def test_a_login_that_is_just_not_possible_now_is_transient(smtp):
    _, settings = smtp(EHLO=b"250-scripted\r\n250 AUTH PLAIN LOGIN", AUTH=b"454 4.7.0 temporary failure")
    with pytest.raises(Transient):
        send(settings.model_copy(update={"user": "office", "password": SecretStr("secret")}), letter())


def test_a_server_without_login_is_permanent_when_a_user_is_set(smtp):
    _, settings = smtp()
    with pytest.raises(Permanent):
        send(settings.model_copy(update={"user": "office"}), letter())


# -- letters that cannot go --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad",
    [
        letter(raw=b"Subject: x\n\nbare\n"),
        letter(raw=b"Subject: x\r\n\r\nbare\rCR\r\n"),
        letter(1, "อำเภอ@amphoe.example"),
        letter(1, "a@amphoe.example>\r\nRCPT TO:<b@amphoe.example"),
        letter(1, ONE, "no address"),
        letter(sender="office@phrae.example\r\nDATA"),
        Outgoing(1, OFFICE, (), RAW),
    ],
)
def test_a_letter_that_smtp_cannot_carry_fails_alone(smtp, bad):
    server, settings = smtp()
    assert [result.state for result in send(settings, bad, letter(2))] == ["failed", "sent"]
    assert server.heard.count(b"DATA") == 1


# -- real Postfix ------------------------------------------------------------------------------------------------


@pytest.fixture
def postfix(real_mail, certificates, smtp):
    """Settings for the real Postfix's TLS port with a login."""
    _, settings = smtp()
    return settings.model_copy(
        update={
            "port": real_mail.smtps_port,
            "security": "tls",
            "user": OFFICE,
            "password": SecretStr(PASSWORD),
            "ca_file": str(certificates.ca),
            "timeout_seconds": 10.0,
        }
    )


def test_postfix_takes_letters_and_dovecot_keeps_them(real_mail, postfix):
    for address in (ONE, DEPARTMENT):
        real_mail.empty(address)
    results = send(postfix, letter(1, ONE, DEPARTMENT), letter(2, ONE))
    assert [result.state for result in results] == ["sent", "sent"]
    assert len(real_mail.wait_for(ONE, 2)) == 2
    (kept,) = real_mail.wait_for(DEPARTMENT, 1)
    assert kept.endswith(RAW.partition(b"\r\n\r\n")[2])


def test_starttls_with_postfix(real_mail, postfix):
    real_mail.empty(TWO)
    plain = postfix.model_copy(update={"port": real_mail.smtp_port, "security": "starttls", "user": ""})
    assert send(plain, letter(1, TWO))[0].state == "sent"
    real_mail.wait_for(TWO, 1)


def test_postfix_wants_the_right_password(postfix):
    with pytest.raises(Permanent):
        send(postfix.model_copy(update={"password": SecretStr("wrong")}), letter())


@pytest.mark.parametrize("foreign", ["someone@elsewhere.example", "root@localhost", "a%b.example@phrae.example"])
def test_postfix_relays_nowhere(real_mail, postfix, foreign):
    real_mail.empty(THREE)
    partly, wholly = send(postfix, letter(1, THREE, foreign), letter(2, foreign))
    assert partly.state == "sent"
    assert partly.deferred == {foreign: f"554 5.7.1 <{foreign}>: Relay access denied"}
    assert wholly.state == "deferred"
    real_mail.wait_for(THREE, 1)


def test_both_real_servers_listen_on_loopback_only(real_mail):
    own = {real_mail.imap_port, real_mail.imaps_port, real_mail.smtp_port, real_mail.smtps_port}
    table = [line for name in ("tcp", "tcp6") for line in Path("/proc/net", name).read_text().splitlines()]
    places = [line.split()[1].split(":") for line in table if " 0A " in line]
    listening = {(place, int(port, 16)) for place, port in places if int(port, 16) in own}
    assert listening == {(socket.inet_aton("127.0.0.1")[::-1].hex().upper(), port) for port in own}


@pytest.mark.parametrize("host", ["127.0.0.1", "nowhere.invalid"])
def test_a_server_that_was_never_reached_may_be_a_wrong_setting(host):
    """Nobody listens at the port, or nobody has the name: it is tried again, and what may be wrong is named."""
    settings = SmtpSettings(host=host, port=free_port(), security="none", timeout_seconds=5)
    with pytest.raises(Transient) as told:
        send(settings, letter())
    assert "host, port" in told.value.next_step
