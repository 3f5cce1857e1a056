"""The table of troubles: every error of the mailbox and of logging in has its kind, and words that are true of it."""

import errno
import imaplib
import socket
import ssl

import pytest

from bot.office.plan.outage import WHY
from bot.post import error_meanings
from bot.post.error_meanings import CODES, WORDS, Trouble, said, trouble_of
from bot.post.exceptions import Permanent, Refused, Transient
from bot.post.imap.mailbox import Mailbox
from bot.post.login.token_file import PASSING, SIGNED_OUT, away, refusal
from tests.setup.real_mail import free_port

ROWS = {name: row for name, row in vars(error_meanings).items() if isinstance(row, Trouble)}


def tls(reason):
    error = ssl.SSLError(1, f"[SSL: {reason}] what OpenSSL says")
    error.reason = reason
    return error


def certificate():
    return ssl.SSLCertVerificationError(1, "certificate verify failed: certificate has expired")


def letters():
    return UnicodeEncodeError("ascii", "รหัส", 0, 1, "ordinal not in range(128)")


# exception, whether it came while the connection was made, the row that is meant
EXCEPTIONS = [
    (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), True, "REACH"),
    (ConnectionResetError(errno.ECONNRESET, "reset"), True, "REACH"),
    (ConnectionResetError(errno.ECONNRESET, "reset"), False, "AWAY"),
    (BrokenPipeError(errno.EPIPE, "pipe"), False, "AWAY"),
    (TimeoutError("timed out"), True, "REACH"),
    (TimeoutError("timed out"), False, "AWAY"),
    (OSError(errno.ENETUNREACH, "unreachable"), True, "REACH"),
    (OSError(errno.EHOSTUNREACH, "no route"), True, "REACH"),
    (PermissionError(errno.EACCES, "firewall"), True, "REACH"),
    (socket.gaierror(socket.EAI_AGAIN, "temporary"), True, "REACH"),
    (socket.gaierror(socket.EAI_NONAME, "unknown"), True, "NAME"),
    (UnicodeError("label empty or too long"), True, "NAME"),
    (UnicodeEncodeError("idna", "x", 0, 1, "label too long"), True, "NAME"),
    (letters(), True, "LETTERS"),
    (certificate(), True, "CERTIFICATE"),
    (certificate(), False, "CERTIFICATE"),
    (tls("WRONG_VERSION_NUMBER"), True, "PORT"),
    (tls("HTTP_REQUEST"), True, "PORT"),
    (tls("UNSUPPORTED_PROTOCOL"), True, "TLS"),
    (tls("TLSV1_ALERT_PROTOCOL_VERSION"), True, "TLS"),
    (tls("SSLV3_ALERT_HANDSHAKE_FAILURE"), True, "TLS"),
    (ssl.SSLEOFError(8, "EOF occurred in violation of protocol"), True, "REACH"),
    (ssl.SSLEOFError(8, "EOF occurred in violation of protocol"), False, "AWAY"),
    (imaplib.IMAP4.abort("socket error: EOF"), False, "AWAY"),
    (imaplib.IMAP4.abort("socket error: EOF"), True, "REACH"),
    (imaplib.IMAP4.abort("unexpected response: b'220 mail ESMTP'"), True, "PORT"),
    (imaplib.IMAP4.abort("unexpected response: b'x'"), False, "AWAY"),
    (imaplib.IMAP4.readonly("INBOX is not writable"), False, "RIGHTS"),
    (ValueError("unexpected message list format"), False, "ANSWER"),
    (ValueError("unexpected message list format"), True, "ANSWER"),
    (imaplib.IMAP4.error("SELECT failed: no"), False, "REFUSED"),
]


@pytest.mark.parametrize(("error", "opening", "row"), EXCEPTIONS, ids=lambda value: repr(value)[:60])
def test_an_exception_means_one_row(error, opening, row):
    assert trouble_of(error, opening=opening) is ROWS[row]


def test_what_brought_an_error_about_is_seen_through_it():
    error = RuntimeError("a library's own")
    error.__cause__ = socket.gaierror(socket.EAI_NONAME, "unknown")
    assert trouble_of(error, opening=True) is error_meanings.NAME


@pytest.mark.parametrize("code", CODES)
def test_a_response_code_counts_wherever_it_stands(code):
    for words in (f"[{code}] words", f"login failed: [{code.lower()}] temporary words", f"b'NO [{code} 12] x'"):
        assert said(words, error_meanings.PASSWORD) is CODES[code]


def test_every_code_of_rfc_5530_that_is_an_error_has_its_row():
    errors = (
        "UNAVAILABLE AUTHENTICATIONFAILED AUTHORIZATIONFAILED EXPIRED PRIVACYREQUIRED CONTACTADMIN NOPERM INUSE "
        "EXPUNGEISSUED CORRUPTION SERVERBUG CLIENTBUG CANNOT LIMIT OVERQUOTA NONEXISTENT"
    )
    assert set(errors.split()) <= CODES.keys()  # ALREADYEXISTS is no trouble: the folder is there


@pytest.mark.parametrize("needle", WORDS)
def test_words_count_where_there_is_no_code(needle):
    assert (
        said(f"[ALERT] {needle.capitalize()} (Failure)", error_meanings.PASSWORD).permanent is WORDS[needle].permanent
    )


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("[AUTHENTICATIONFAILED] Invalid credentials (Failure)", "PASSWORD"),
        ("[ALERT] Application-specific password required (Failure)", "APP_PASSWORD"),
        ("[ALERT] Please log in via your web browser: https://support.example (Failure)", "BROWSER"),
        ("[WEBALERT https://accounts.example] Web login required. (Failure)", "BROWSER"),
        ("[ALERT] Too many simultaneous connections. (Failure)", "CROWDED"),
        ("[ALERT] Account exceeded command or bandwidth limits. (Failure)", "CROWDED"),
        ("[ALERT] Your account is not enabled for IMAP use.", "SWITCHED_OFF"),
        ("[UNAVAILABLE] Temporary authentication failure.", "BUSY"),
        ("Server Unavailable. 15", "BUSY"),
        ("User is authenticated but not connected.", "BUSY"),
        ("LOGIN failed.", "PASSWORD"),
        ("", "PASSWORD"),
    ],
)
def test_what_servers_say_to_a_login(words, row):
    assert said(words, error_meanings.PASSWORD) is ROWS[row]


@pytest.mark.parametrize("name", ROWS)
def test_nothing_to_do_is_said_only_where_time_mends_and_staff_have_words_for_each(name):
    row = ROWS[name]
    assert row.step.endswith(".")
    assert WHY.get(row.kind)
    if row.permanent:
        assert "Nothing to do" not in row.step
        assert "by itself" not in row.step
    expected = Permanent if row.permanent else Transient
    assert type(row.error("acting", "words")) is expected
    assert type(row.error("acting", "words", stands=True)) is Refused


@pytest.mark.parametrize("code", sorted(PASSING | SIGNED_OUT | {"invalid_client", "unauthorized_client", "made_up"}))
def test_errors_of_token_servers_have_their_row_too(code):
    error = refusal("renewing", {"error": code, "error_description": "words"})
    assert isinstance(error, Transient if code in PASSING else Permanent)
    assert WHY.get(error.kind)
    assert isinstance(error, Transient) or "Nothing to do" not in error.next_step


def test_a_token_server_that_is_not_known_by_name_is_a_mistake_of_the_settings():
    error = away("renewing", socket.gaierror(socket.EAI_NONAME, "unknown"))
    assert isinstance(error, Permanent)
    assert "Nothing to do" not in error.next_step


# -- the same over a wire ------------------------------------------------------------------------------------------


def told(settings):
    with pytest.raises((Transient, Permanent)) as caught:
        Mailbox(settings).connect()
    return caught.value


def test_a_port_where_nobody_listens(imap):
    _, settings = imap()
    assert told(settings.model_copy(update={"port": free_port()})).next_step == error_meanings.REACH.step


def test_a_host_of_no_name(imap):
    _, settings = imap()
    error = told(settings.model_copy(update={"host": "no-such-host.invalid"}))
    assert error.kind in {"name", "away"}  # where no name server answers, nobody can say so
    assert "Nothing to do" not in error.next_step


def test_a_host_that_is_no_name(imap):
    _, settings = imap()
    assert told(settings.model_copy(update={"host": "x" * 70 + ".example"})).next_step == error_meanings.NAME.step


def test_tls_at_a_port_without_it(imap):
    _, settings = imap()
    error = told(settings.model_copy(update={"security": "tls"}))
    assert (type(error), error.kind) == (Permanent, "port")


@pytest.mark.parametrize("greeting", [b"220 mail.example ESMTP", b"HTTP/1.1 400 Bad Request", b"SSH-2.0-OpenSSH_9.6"])
def test_a_server_of_another_protocol(imap, greeting):
    _, settings = imap(GREETING=[greeting])
    error = told(settings)
    assert (type(error), error.kind) == (Permanent, "port")


def test_a_folder_that_is_not_there(imap):
    _, settings = imap(SELECT=[b"TAG NO Mailbox doesn't exist"])
    error = told(settings)
    assert (type(error), error.kind) == (Permanent, "folder")


def test_a_folder_in_use_passes(imap):
    _, settings = imap(SELECT=[b"TAG NO [INUSE] busy"])
    assert type(told(settings)) is Transient


def test_a_server_that_wants_tls_first_gets_no_password(imap):
    server, settings = imap(CAPABILITY=[b"* CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS", b"TAG OK done"])
    error = told(settings)
    assert (type(error), error.next_step) == (Permanent, error_meanings.PRIVATE.step)
    assert not any(b"secret" in line for line in server.heard)
