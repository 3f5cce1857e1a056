"""Letters through a scripted Microsoft Graph: what goes, what is known of it, what is never doubled."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from bot.post.exceptions import Permanent, Transient
from bot.post.graph.sending import GraphOutbox
from bot.post.https.client import Pauses
from bot.post.login.oauth2 import access_token
from bot.post.smtp.refusals import About
from bot.post.smtp.sending import Outgoing
from bot.post.transports import outbox_of
from tests.setup.graph_server import Fault
from tests.setup.token_server import USER

ONE, TWO = "one@amphoe.example", "two@amphoe.example"
NAME = "<w5827.request.1a2b@phrae.example>"


class StoppedClock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


def letter(number=1, recipients=(ONE,), files=(), name=NAME):
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = USER, ", ".join(recipients), "ขอรายงาน [w5827]"
    mail["Message-ID"], mail["Auto-Submitted"], mail["X-Ruam-Kind"] = name, "auto-generated", "request"
    mail["In-Reply-To"], mail["References"] = "<their@amphoe.example>", "<first@amphoe.example> <their@amphoe.example>"
    mail.set_content("เรียน อำเภอ\r\n")
    for file, content in files:
        mail.add_attachment(content, "application", "octet-stream", filename=file)
    return Outgoing(number, USER, recipients, mail.as_bytes())


def send(settings, *letters, pauses=None):
    return [result for _, result in GraphOutbox(settings, pauses or Pauses()).deliver(letters)]


def test_a_letter_goes_and_lies_in_sent(graph, outgoing):
    (result,) = send(outgoing, letter(recipients=(ONE, TWO)))
    assert (result.state, result.detail) == ("sent", "202 Accepted")
    (went,) = graph.sent
    assert went.to["To"] == [ONE, TWO]
    assert not graph.lying("drafts")
    assert len(graph.lying("sentitems")) == 1


def test_it_goes_under_our_message_id_though_exchange_had_given_its_own(graph, outgoing):
    """So that an answer to it is known as one, and a letter in doubt is found in Sent."""
    send(outgoing, letter())
    assert graph.sent[0].name == NAME
    assert len(graph.asked("PATCH", "messages/")) == 1


def test_a_draft_that_is_as_the_letter_is_not_changed(graph, outgoing):
    graph.keeps_names = True
    send(outgoing, letter())
    assert graph.asked("PATCH", "messages/") == []
    assert graph.sent[0].name == NAME


def test_what_answers_and_threads_need_is_kept_and_auto_submitted_is_not(graph, outgoing):
    send(outgoing, letter())
    raw = graph.sent[0].raw
    assert b"In-Reply-To: <their@amphoe.example>" in raw
    assert b"References: <first@amphoe.example> <their@amphoe.example>" in raw
    assert b"X-Ruam-Kind: request" in raw
    assert b"Auto-Submitted" not in raw


def test_only_whom_the_envelope_names_gets_it(graph, outgoing):
    """A letter that is sent again to one of two; and to an address that its headers do not name."""
    again = letter(recipients=(ONE, TWO))
    send(outgoing, Outgoing(1, USER, (TWO, "new@amphoe.example"), again.raw))
    assert graph.sent[0].to == {"To": [TWO], "Cc": [], "Bcc": ["new@amphoe.example"]}


@pytest.mark.parametrize(("size", "sessions"), [(2_000_000, 0), (2_500_000, 0), (3_200_000, 1), (9_000_000, 1)])
def test_a_large_file_is_attached_by_itself(graph, outgoing, size, sessions):
    content = bytes(range(256)) * (size // 256)
    (result,) = send(outgoing, letter(files=[("แบบรายงาน.xlsx", content), ("small.txt", b"small")]))
    assert result.state == "sent"
    (went,) = graph.sent
    assert len(graph.asked("POST", "createUploadSession")) == sessions
    if len(letter(files=[("x", content)]).raw) > 2_900_000:
        assert went.files == [("แบบรายงาน.xlsx", content), ("small.txt", b"small")]
        assert b"small.txt" not in went.raw
    else:
        assert went.files == []
        assert b"small.txt" in went.raw


def test_an_upload_that_is_cut_is_tried_again_whole_and_goes_once(graph, outgoing):
    large = letter(files=[("x.bin", b"x" * 9_000_000)])
    graph.fail("PUT", "/upload/", None, "lose")
    (result,) = send(outgoing, large)
    assert result.state == "deferred"
    assert graph.sent == []
    (result,) = send(outgoing, large)
    assert result.state == "sent"
    assert [[len(content) for _, content in went.files] for went in graph.sent] == [[9_000_000]]
    assert not graph.lying("drafts")


def test_a_letter_larger_than_the_mailbox_may_send_is_told_as_such(graph, outgoing):
    graph.largest = 1_000_000
    (result,) = send(outgoing, letter(files=[("x.bin", b"x" * 1_000_000)]))
    assert (result.state, result.about) == ("failed", About.SIZE)


# -- doubt -------------------------------------------------------------------------------------------------------


def test_no_answer_to_the_draft_is_surely_not_sent(graph, outgoing):
    graph.fail("POST", "messages", "lose")
    (result,) = send(outgoing, letter())
    assert result.state == "deferred"
    assert len(graph.lying("drafts")) == 1


def test_a_draft_that_was_left_is_removed_by_the_next_try(graph, outgoing):
    """Killed between the draft and its sending: nobody finds it among the drafts and sends it by hand as well."""
    graph.keeps_names = True
    graph.fail("POST", "messages", "lose")
    send(outgoing, letter())
    send(outgoing, letter())
    assert not graph.lying("drafts")
    assert len(graph.sent) == 1


@pytest.mark.parametrize(
    "fault", ["lose", "drop", "hang", Fault(500, "ErrorInternalServerError"), Fault(504, "UnknownError")]
)
def test_no_clear_answer_to_the_sending_is_unknown(graph, outgoing, fault):
    graph.fail("POST", "/send", fault)
    settings = outgoing.model_copy(update={"timeout_seconds": 0.5}).by_token(outgoing.oauth2)
    (result,) = send(settings, letter())
    assert result.state == "unknown"


def test_the_next_letter_goes_after_one_in_doubt(graph, outgoing):
    graph.fail("POST", "/send", "lose")
    first, second = send(outgoing, letter(1), letter(2, name="<two@phrae.example>"))
    assert (first.state, second.state) == ("unknown", "sent")


# -- refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "state", "about"),
    [
        (Fault(400, "ErrorMimeContentInvalid"), "failed", About.LETTER),
        (Fault(400, "ErrorInvalidRecipients"), "failed", About.ADDRESS),
        (Fault(403, "ErrorSendAsDenied"), "deferred", About.SENDER),
        (Fault(403, "ErrorSubmissionQuotaExceeded"), "deferred", About.QUOTA),
        (Fault(413, "RequestEntityTooLarge"), "failed", About.SIZE),
        (Fault(404, "ErrorItemNotFound"), "deferred", About.SERVER),
    ],
)
def test_a_letter_that_is_refused_says_whose_fault_it_is(graph, outgoing, fault, state, about):
    graph.fail("POST", "/send", fault)
    first, second = send(outgoing, letter(), letter(2, name="<two@phrae.example>"))
    assert (first.state, first.about) == (state, about)
    assert second.state == "sent"


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (Fault(403, "ErrorAccessDenied"), Permanent, "Mail.Send"),
        (Fault(403, "ErrorQuotaExceeded"), Permanent, "room"),
        (Fault(404, "MailboxNotEnabledForRESTAPI"), Permanent, "licence"),
        (Fault(503, "ErrorServerBusy"), Transient, "tried again"),
    ],
)
def test_what_every_letter_would_meet_ends_the_batch(graph, outgoing, fault, kind, words):
    graph.fail("POST", "messages", fault)
    with pytest.raises(kind, match=fault.code) as caught:
        send(outgoing, letter())
    assert words in caught.value.next_step
    assert graph.sent == []


def test_a_mailbox_that_is_asked_too_much_is_left_alone_as_long_as_it_says(graph, outgoing):
    clock = StoppedClock()
    pauses = Pauses(clock)
    graph.fail("POST", "/send", Fault(429, "ApplicationThrottled", Retry_After="120"))
    with pytest.raises(Transient, match="429"):
        send(outgoing, letter(), pauses=pauses)
    heard = len(graph.heard)
    clock.seconds += 119
    with pytest.raises(Transient, match="1 s more"):
        send(outgoing, letter(), pauses=pauses)
    assert len(graph.heard) == heard, "what is asked meanwhile counts as well"
    clock.seconds += 2
    (result,) = send(outgoing, letter(), pauses=pauses)
    assert result.state == "sent"
    assert len(graph.sent) == 1


# -- login and TLS -----------------------------------------------------------------------------------------------


def test_a_token_that_was_withdrawn_early_is_renewed_once(graph, outgoing, tokens):
    send(outgoing, letter())
    tokens.expire()
    (result,) = send(outgoing, letter(2, name="<two@phrae.example>"))
    assert result.state == "sent"
    assert len(tokens.renewals) == 2


def test_a_mailbox_that_takes_no_token_of_ours_needs_a_person(graph, outgoing):
    graph.fail("GET", "drafts", *[Fault(401, "InvalidAuthenticationToken")] * 2)
    with pytest.raises(Permanent) as caught:
        outbox_of(outgoing).probe()
    assert "ruam authorize" in caught.value.next_step


def test_the_token_is_asked_for_graph_and_the_one_for_imap_is_not_presented_to_it(graph, outgoing, tokens):
    """An access token is for one service; the refresh token is for both."""
    imap = access_token(outgoing.oauth2)
    outbox_of(outgoing).probe()
    assert tokens.renewals[0]["scope"].split()[0].startswith("https://outlook.office.com/")
    assert f"https://{graph.host}/Mail.Send" in tokens.renewals[1]["scope"]
    assert access_token(outgoing.oauth2) != imap


def test_an_unknown_authority_gets_no_token(graph, outgoing, certificates):
    settings = outgoing.model_copy(update={"ca_file": str(certificates.other_ca)}).by_token(outgoing.oauth2)
    with pytest.raises(Permanent) as caught:
        outbox_of(settings).probe()
    assert caught.value.kind == "certificate"
    assert graph.heard == []


def test_a_server_that_is_away_is_transient_and_the_letter_surely_not_sent(outgoing):
    settings = outgoing.model_copy(update={"port": 1}).by_token(outgoing.oauth2)
    with pytest.raises(Transient):
        send(settings, letter())


def test_no_secret_stands_in_what_is_told(graph, outgoing, tokens):
    graph.fail("PUT", "/upload/", "drop")
    graph.fail("POST", "messages", None, None, Fault(400, "ErrorInvalid"))
    told = str(send(outgoing, letter(files=[("x.bin", b"x" * 9_000_000)]), letter(2)))
    assert "authtoken" not in told
    assert not [secret for secret in tokens.secrets if secret in told]
