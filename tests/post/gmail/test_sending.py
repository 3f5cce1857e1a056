"""Letters through a scripted Gmail API: what goes, what is known of it, what is never doubled."""

import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.post.exceptions import Permanent, Transient
from bot.post.gmail.mailbox import GmailMailbox
from bot.post.gmail.sending import MOST, GmailOutbox, as_it_goes
from bot.post.https.client import Pauses
from bot.post.login.oauth2 import access_token
from bot.post.smtp.refusals import About
from bot.post.smtp.sending import Outgoing
from bot.post.transports import outbox_of
from tests.setup.https_server import Fault
from tests.setup.token_server import USER

ONE, TWO = "one@amphoe.example", "two@amphoe.example"
NAME = "<w5827.request.1a2b@phrae.example>"


class StoppedClock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


def letter(number=1, recipients=(ONE,), content=b"", name=NAME):
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = USER, ", ".join(recipients), "ขอรายงาน [w5827]"
    mail["Message-ID"], mail["Auto-Submitted"], mail["X-Ruam-Kind"] = name, "auto-generated", "request"
    mail["In-Reply-To"], mail["References"] = "<their@amphoe.example>", "<first@amphoe.example> <their@amphoe.example>"
    mail.set_content("เรียน อำเภอ\r\n")
    if content:
        mail.add_attachment(content, "application", "octet-stream", filename="แบบรายงาน.xlsx")
    return Outgoing(number, USER, recipients, mail.as_bytes())


def send(settings, *letters, pauses=None):
    return [result for _, result in GmailOutbox(settings, pauses or Pauses()).deliver(letters)]


def body_of(raw):
    return raw.partition(b"\r\n\r\n")[2]


def test_a_letter_goes_and_its_copy_is_gmails_own(gmail, outgoing):
    sent = letter(recipients=(ONE, TWO))
    (result,) = send(outgoing, sent)
    assert result.state == "sent"
    (went,) = gmail.sent
    assert (went.to["To"], went.labels) == ([ONE, TWO], {"SENT"})
    assert body_of(went.raw) == body_of(sent.raw)
    assert len(gmail.heard) == 1, "one request a letter"


def test_what_answers_and_threads_need_is_kept_and_our_name_with_it(gmail, outgoing):
    """Gmail gives a letter a Message-ID of its own; an answer takes over the References, where ours stands last."""
    send(outgoing, letter())
    raw = gmail.sent[0].raw
    assert b"In-Reply-To: <their@amphoe.example>" in raw
    assert b"X-Ruam-Kind: request" in raw
    assert gmail.sent[0].name != NAME
    fields = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ")
    assert b"References: <first@amphoe.example> <their@amphoe.example> " + NAME.encode() in fields


def test_only_whom_the_envelope_names_gets_it(gmail, outgoing):
    """A letter that is sent again to one of two; and to an address that its headers do not name."""
    again = letter(recipients=(ONE, TWO))
    send(outgoing, Outgoing(1, USER, (TWO, "new@amphoe.example"), again.raw))
    assert gmail.sent[0].to == {"To": [TWO], "Cc": [], "Bcc": ["new@amphoe.example"]}


def test_a_name_beside_an_address_is_kept():
    raw = letter(recipients=(ONE, TWO)).raw
    named = raw.replace(f"To: {ONE}, {TWO}".encode(), f'To: "Long, Phrae" <{ONE}>, {TWO}'.encode())
    assert named != raw
    went = as_it_goes(Outgoing(1, USER, (ONE,), named))
    assert f'To: "Long, Phrae" <{ONE}>\r\n'.encode() in went


PEOPLE = [f"{name}@amphoe.example" for name in ("one", "Two", "three", "four", "five")]
SOME = st.lists(st.sampled_from(PEOPLE), unique=True)


@given(
    to=SOME,
    cc=SOME,
    envelope=st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1),
    content=st.binary(max_size=99),
)
def test_exactly_the_envelope_is_named_and_all_else_stays(to, cc, envelope, content):
    """Whoever the headers name; the body and every other field have the same bytes."""
    named = "".join(f"{role}: {', '.join(some)}\r\n" for role, some in (("To", to), ("Cc", cc)) if some)
    rest = f"From: {USER}\r\nSubject: =?utf-8?b?4Lio?=\r\nMessage-ID: {NAME}\r\nX-Long: {'x' * 200}\r\n"
    went = as_it_goes(Outgoing(1, USER, tuple(envelope), f"{rest}{named}\r\n".encode() + content))
    head, _, body = went.partition(b"\r\n\r\n")
    assert head.startswith(rest.encode())
    assert body == content
    mail = message_from_bytes(went, policy=SMTP)
    found = [one.addr_spec for role in ("To", "Cc", "Bcc") if mail[role] for one in mail[role].addresses]
    assert sorted(found) == sorted(envelope)
    assert mail["References"] == NAME


@pytest.mark.parametrize(("size", "parts"), [(3_000_000, 0), (4_000_000, 2), (9_000_000, 3)])
def test_a_large_letter_is_uploaded_in_parts(gmail, outgoing, size, parts):
    sent = letter(content=bytes(range(256)) * (size // 256))
    (result,) = send(outgoing, sent)
    assert result.state == "sent"
    assert len(gmail.asked("PUT", "/session/")) == parts
    assert body_of(gmail.sent[0].raw) == body_of(sent.raw)


def test_a_server_that_keeps_less_of_a_part_gets_the_rest_with_the_next(gmail, outgoing):
    gmail.keeps = 3 * 1024 * 1024
    sent = letter(content=b"x" * 6_000_000)
    (result,) = send(outgoing, sent)
    assert result.state == "sent"
    assert body_of(gmail.sent[0].raw) == body_of(sent.raw)


def test_a_server_that_does_not_take_the_last_part_whole_has_sent_nothing(gmail, outgoing):
    gmail.keeps = 2 * 1024 * 1024
    (result,) = send(outgoing, letter(content=b"x" * 6_000_000))
    assert (result.state, result.about, gmail.sent) == ("deferred", About.SERVER, [])


@pytest.mark.parametrize(
    ("before", "fault"), [(0, "lose"), (0, Fault(404, "notFound")), (0, Fault(500, "internal")), (1, "drop")]
)
def test_an_upload_that_is_cut_before_its_last_part_goes_once(gmail, outgoing, before, fault):
    large = letter(content=b"x" * 9_000_000)
    gmail.fail("PUT", "/session/", *[None] * before, fault)
    (result,) = send(outgoing, large)
    assert (result.state, gmail.sent) == ("deferred", [])
    (result,) = send(outgoing, large)
    assert (result.state, len(gmail.sent)) == ("sent", 1)


def test_an_upload_without_an_answer_to_its_last_part_is_unknown(gmail, outgoing):
    gmail.fail("PUT", "/session/", None, None, "lose")
    (result,) = send(outgoing, letter(content=b"x" * 9_000_000))
    assert (result.state, len(gmail.sent)) == ("unknown", 1)


def test_a_letter_larger_than_gmail_takes_is_told_as_such(gmail, outgoing):
    (result,) = send(outgoing, letter(content=b"x" * MOST))
    assert (result.state, result.about, gmail.heard) == ("failed", About.SIZE, [])
    gmail.most = 1_000_000
    (result,) = send(outgoing, letter(content=b"x" * 1_000_000))
    assert (result.state, result.about) == ("failed", About.SIZE)


# -- doubt -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault", ["lose", "drop", "hang", Fault(500, "backendError"), Fault(503, "backendError"), Fault(504, "HTTP")]
)
def test_no_clear_answer_to_the_sending_is_unknown(gmail, outgoing, fault):
    gmail.fail("POST", "/send", fault)
    settings = outgoing.model_copy(update={"timeout_seconds": 0.5}).by_token(outgoing.oauth2)
    (result,) = send(settings, letter())
    assert result.state == "unknown"


@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize("others", [0, 30])
def test_a_letter_in_doubt_is_found_among_the_sent_under_whatever_name(gmail, outgoing, incoming, keeps, others):
    """Whether Gmail keeps the Message-ID, or gives its own: then it is found by the last of its References."""
    gmail.keeps_names = keeps
    gmail.fail("POST", "/send", "lose")
    send(outgoing, letter())
    send(outgoing, *[letter(number, name=f"<other{number}@phrae.example>") for number in range(2, 2 + others)])
    with GmailMailbox(incoming, Pauses()) as mailbox:
        assert mailbox.find_in_sent(NAME.strip("<>")) is True
        assert mailbox.find_in_sent("never@phrae.example") is False
        assert mailbox.find_in_sent("their@amphoe.example") is False, "a letter that answers one is not that one"
        heard = len(gmail.asked("GET", "messages/"))
        assert mailbox.find_in_sent("nor@phrae.example") is False
        assert len(gmail.asked("GET", "messages/")) == heard, "what a sent mail is called is asked for once"
        assert mailbox.keep_copy(letter().raw, datetime.datetime.now(datetime.UTC)) is False


def test_the_next_letter_goes_after_one_in_doubt(gmail, outgoing):
    gmail.fail("POST", "/send", "lose")
    first, second = send(outgoing, letter(1), letter(2, name="<two@phrae.example>"))
    assert (first.state, second.state) == ("unknown", "sent")


# -- refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "state", "about"),
    [
        (Fault(400, "invalidArgument: Invalid To header"), "failed", About.ADDRESS),
        (Fault(400, "invalidArgument: Missing draft message"), "failed", About.LETTER),
        (Fault(413, "uploadTooLarge"), "failed", About.SIZE),
        (
            Fault(
                429, "rateLimitExceeded: User-rate limit exceeded.  Retry after 2099-11-20T11:16:42.247Z (Mail sending)"
            ),
            "deferred",
            About.QUOTA,
        ),
    ],
)
def test_a_letter_that_is_refused_says_whose_fault_it_is(gmail, outgoing, fault, state, about):
    """The day's number of mails is a matter of sending: nothing else has to wait for it."""
    gmail.fail("POST", "/send", fault)
    first, second = send(outgoing, letter(), letter(2, name="<two@phrae.example>"))
    assert (first.state, first.about) == (state, about)
    assert second.state == "sent"


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (Fault(403, "insufficientPermissions"), Permanent, "scope"),
        (Fault(403, "forbidden: Delegation denied for x"), Permanent, "scope"),
        (Fault(403, "domainPolicy"), Permanent, "administrator"),
        (Fault(403, "accessNotConfigured"), Permanent, "Enable the Gmail API"),
        (Fault(400, "failedPrecondition: Mail service not enabled"), Permanent, "switched on"),
        (Fault(403, "rateLimitExceeded"), Transient, "tried again"),
        (Fault(403, "userRateLimitExceeded"), Transient, "tried again"),
        (Fault(403, "dailyLimitExceeded"), Transient, "tried again"),
        (Fault(429, "userRateLimitExceeded"), Transient, "tried again"),
    ],
)
def test_what_every_letter_would_meet_ends_the_batch(gmail, outgoing, fault, kind, words):
    gmail.fail("POST", "/send", fault)
    with pytest.raises(kind, match=fault.code.partition(":")[0]) as caught:
        send(outgoing, letter())
    assert words in caught.value.next_step
    assert gmail.sent == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault(429, "rateLimitExceeded", Retry_After="120"),
        Fault(403, "userRateLimitExceeded", Retry_After="120"),
        lambda: Fault(429, f"rateLimitExceeded: User-rate limit exceeded.  Retry after {in_two_minutes()}"),
    ],
)
def test_a_mailbox_that_is_asked_too_much_is_left_alone_as_long_as_it_says(gmail, outgoing, fault):
    clock = StoppedClock()
    pauses = Pauses(clock)
    gmail.fail("POST", "/send", fault if isinstance(fault, Fault) else fault())
    with pytest.raises(Transient, match="LimitExceeded"):
        send(outgoing, letter(), pauses=pauses)
    heard = len(gmail.heard)
    clock.seconds += 110
    with pytest.raises(Transient, match="more"):
        send(outgoing, letter(), pauses=pauses)
    assert len(gmail.heard) == heard, "what is asked meanwhile counts as well"
    clock.seconds += 11
    (result,) = send(outgoing, letter(), pauses=pauses)
    assert (result.state, len(gmail.sent)) == ("sent", 1)


def in_two_minutes():
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=2)
    return later.isoformat(timespec="milliseconds").replace("+00:00", "Z")


# -- login and TLS -----------------------------------------------------------------------------------------------


def test_a_token_that_was_withdrawn_early_is_renewed_once(outgoing, gmail, tokens):
    send(outgoing, letter())
    tokens.expire()
    (result,) = send(outgoing, letter(2, name="<two@phrae.example>"))
    assert (result.state, len(gmail.sent), len(tokens.renewals)) == ("sent", 2, 2)


def test_one_token_serves_imap_smtp_and_the_api(outgoing, tokens):
    """Google's tokens are by scope, and that of IMAP is that of the API too."""
    access_token(outgoing.oauth2)
    outbox_of(outgoing).probe()
    assert len(tokens.renewals) == 1


def test_a_mailbox_that_takes_no_token_of_ours_needs_a_person(gmail, outgoing):
    gmail.fail("GET", "profile", *[Fault(401, "authError")] * 2)
    with pytest.raises(Permanent) as caught:
        outbox_of(outgoing).probe()
    assert "ruam authorize" in caught.value.next_step


def test_an_unknown_authority_gets_no_token(gmail, outgoing, certificates):
    settings = outgoing.model_copy(update={"ca_file": str(certificates.other_ca)}).by_token(outgoing.oauth2)
    with pytest.raises(Permanent) as caught:
        outbox_of(settings).probe()
    assert (caught.value.kind, gmail.heard) == ("certificate", [])


def test_a_server_that_is_away_is_transient_and_the_letter_surely_not_sent(outgoing):
    settings = outgoing.model_copy(update={"port": 1}).by_token(outgoing.oauth2)
    with pytest.raises(Transient):
        send(settings, letter())


def test_no_secret_stands_in_what_is_told(gmail, outgoing, tokens):
    gmail.fail("PUT", "/session/", "drop")
    gmail.fail("POST", "messages/send", None, Fault(400, "invalid"))
    told = str(send(outgoing, letter(content=b"x" * 9_000_000), letter(2)))
    assert "/session/" not in told
    assert not [secret for secret in tokens.secrets if secret in told]
