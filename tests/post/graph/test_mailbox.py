"""A mailbox read through a scripted Microsoft Graph: nothing lost, nothing twice, whatever the pages and the tokens do."""

import contextlib
import datetime
import hashlib
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.post.exceptions import Permanent, Refused, Transient
from bot.post.graph.mailbox import GraphMailbox
from bot.post.https.client import Pauses
from bot.post.https.listing import ALL_ANEW, Lying, uid_of
from bot.post.imap.folders import Filed
from bot.post.transports import mailbox_of
from tests.setup.graph_server import WELL_KNOWN, Fault, GraphServer
from tests.setup.token_server import USER

SEEN = datetime.datetime(2024, 11, 20, 3, 0, tzinfo=datetime.UTC)


def mail(number, words="เรียน"):
    head = f"From: one@amphoe.example\r\nSubject: =?utf-8?q?=E0=B8=A7?= {number}\r\nMessage-ID: <{number}@amphoe.example>\r\n"
    return f"{head}In-Reply-To: <ours@phrae.example>\r\n\r\n{words}\r\n".encode()


@pytest.fixture
def opened(incoming):
    """A factory of connected mailboxes."""
    with contextlib.ExitStack() as stack:

        def make(pauses=None, **changed):
            mailbox = GraphMailbox(incoming.model_copy(update=changed), pauses or Pauses())
            stack.callback(mailbox.close)
            mailbox.connect()
            return mailbox

        yield make


def came(mailbox, uids=None):
    return list(mailbox.fetch(mailbox.uids() if uids is None else uids))


# -- finding and fetching ----------------------------------------------------------------------------------------


def test_mails_come_whole_with_the_time_of_their_arrival(graph, opened):
    graph.receive(mail(1))
    mailbox = opened()
    (found,) = came(mailbox)
    assert (found.raw, found.at, found.whole, found.short) == (mail(1), SEEN, True, False)
    assert mailbox.left_behind == {}


def test_a_uid_is_the_same_after_a_restart_and_in_another_folder(graph, opened):
    graph.receive(mail(1))
    first = opened()
    (uid,) = first.uids()
    first.ensure_folders()
    first.file_away(uid, "Held")
    second = opened(folder="Ruam/Held")
    assert second.uids() == [uid]
    assert second.uidvalidity() == first.uidvalidity() > 2**32, "no server of IMAP has such a one"


@given(st.integers(0, 2**33 - 1), st.text(max_size=30), st.integers(0, 2**33 - 1), st.text(max_size=30))
def test_a_uid_fits_the_books_and_rises_with_the_arrival(first, one, second, other):
    earlier, later = sorted((first, second))
    mails = [
        Lying(name, datetime.datetime.fromtimestamp(at, datetime.UTC)) for at, name in ((earlier, one), (later, other))
    ]
    assert 0 <= uid_of(mails[0]) < 2**63
    assert earlier == later or uid_of(mails[0]) < uid_of(mails[1])


def test_of_a_mail_that_is_too_large_only_the_header_comes(graph, opened):
    graph.receive(mail(1, "x" * 300_000))
    (found,) = came(opened(max_bytes=1000))
    assert not found.whole
    assert found.size > 1000
    assert found.raw == mail(1).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def test_a_mail_that_is_not_wanted_is_not_fetched(graph, opened):
    graph.receive(mail(1))
    mailbox = opened()
    assert list(mailbox.fetch(mailbox.uids(), lambda _uid, at: at > SEEN)) == []
    assert mailbox.passed_over == set(mailbox.uids())
    assert graph.asked("GET", "$value") == []


def test_one_mail_that_the_server_does_not_hand_over_stops_no_other(graph, opened):
    for number in (1, 2, 3):
        graph.receive(mail(number), at=f"2024-11-20T03:00:0{number}Z")
    mailbox = opened()
    graph.fail("GET", "$value", None, Fault(500, "ErrorItemCorrupt"))
    assert [found.raw for found in came(mailbox)] == [mail(1), mail(3)]
    assert ["ErrorItemCorrupt" in left.words for left in mailbox.left_behind.values()] == [True]
    assert mailbox.fetching == ()


def test_a_line_that_breaks_over_a_mail_names_it(graph, opened):
    graph.receive(mail(1))
    mailbox = opened()
    graph.fail("GET", "$value", "lose")
    (uid,) = mailbox.uids()
    with pytest.raises(Transient):
        came(mailbox, [uid])
    assert mailbox.fetching == (uid,)


def test_a_mail_that_went_between_the_look_and_the_fetch_is_left(graph, opened):
    number = graph.receive(mail(1))
    mailbox = opened()
    uids = mailbox.uids()
    graph.remove(number)
    assert came(mailbox, uids) == []
    assert mailbox.uids() == []


def test_who_wrote_a_mail_is_told_without_fetching_it(graph, opened):
    graph.receive(mail(7))
    mailbox = opened()
    (uid,) = mailbox.uids()
    assert mailbox.fields(uid, "FROM", "IN-REPLY-TO", "REFERENCES").splitlines() == [
        b"In-Reply-To: <ours@phrae.example>",
        b"From: one@amphoe.example",
    ]
    assert mailbox.envelope(uid) == (b"one@amphoe.example", "ว 7".encode())
    assert mailbox.fields(uid + 1, "FROM") == b""


# -- delta -------------------------------------------------------------------------------------------------------


def test_an_expired_token_is_followed_by_a_round_from_the_beginning(graph, opened):
    """Documented as 410 with syncStateNotFound: nothing is lost by it, and nothing comes twice."""
    kept, gone = graph.receive(mail(1)), graph.receive(mail(2))
    mailbox = opened()
    before = mailbox.uids()
    graph.remove(gone)
    new = graph.receive(mail(3))
    graph.expire()
    after = mailbox.uids()
    assert len(before) == len(after) == 2
    assert {mailbox._here().mails[uid].id for uid in after} == {kept, new}


@pytest.mark.parametrize(
    "fault", ["lose", "drop", Fault(503, "ErrorServerBusy", Retry_After="0"), Fault(410, "SyncStateNotFound")]
)
def test_a_round_that_breaks_off_between_two_pages_changes_nothing(graph, opened, fault):
    graph.page = 2
    mailbox = opened()
    mailbox.uids()
    for number in range(7):
        graph.receive(mail(number))
    graph.fail("GET", "/delta", None, fault)
    with contextlib.suppress(Transient):
        mailbox.uids()
    assert len(mailbox.uids()) == 7


def test_what_the_server_never_told_is_found_within_so_many_rounds(graph, opened):
    mailbox = opened()
    graph.receive(mail(1))
    graph.changes.clear()
    assert max(len(mailbox.uids()) for _ in range(ALL_ANEW)) == 1


@pytest.mark.parametrize("lying", [10, 300])
def test_a_quiet_look_is_one_request_however_many_mails_lie_there(graph, opened, lying):
    graph.page = 50
    for number in range(lying):
        graph.receive(mail(number))
    mailbox = opened()
    mailbox.uids()
    before = len(graph.heard)
    assert len(mailbox.uids()) == lying
    assert len(graph.heard) == before + 1


class Bustle:
    """What people, the server and the network do to a mailbox, one verb each; `scan` looks at it as the bot does."""

    def __init__(self, graph, opened):
        graph.mails.clear()
        graph.faults.clear()
        graph.page = 3
        self.graph, self.opened = graph, opened
        self.mailbox = opened()
        self.taken = {}  # which mail each UID was given to

    def receive(self, number):
        self.graph.receive(mail(number), at=f"2024-11-20T03:00:0{number % 6}Z")

    def remove(self, number):
        self._some("inbox", number, self.graph.remove)

    def move_out(self, number):
        self._some("inbox", number, lambda one: self.graph.shift(one, "junkemail"))

    def move_in(self, number):
        self._some("junkemail", number, lambda one: self.graph.shift(one, "inbox"))

    def touch(self, number):
        self._some("inbox", number, self.graph.touch)

    def page(self, number):
        self.graph.page = number % 4 + 1

    def expire(self, _):
        self.graph.expire()

    def lose(self, _):
        self.graph.fail("GET", "/delta", "lose")

    def restart(self, _):
        self.mailbox = self.opened()

    def scan(self, _):
        with contextlib.suppress(Transient):
            self.mailbox.uids()
        self.graph.faults.clear()
        uids = self.mailbox.uids()
        names = [self.mailbox._here().mails[uid].id for uid in uids]
        assert sorted(names) == sorted(self.graph.lying("inbox"))
        assert uids == sorted(set(uids))
        for uid, name in zip(uids, names, strict=True):
            assert self.taken.setdefault(uid, name) == name, "a number is given to one mail for good"
        assert len(set(self.taken.values())) == len(self.taken), "and each mail has one"

    def _some(self, folder, number, act):
        if there := list(self.graph.lying(folder)):
            act(there[number % len(there)])


VERBS = ("receive", "remove", "move_out", "move_in", "touch", "page", "expire", "lose", "restart", "scan")
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 20)), max_size=25)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_pages_and_tokens_lose_and_double_nothing(graph, opened, steps):
    """Whatever came, went, was moved, split into pages or forgotten by the server: a scan sees what lies there, each mail once."""
    bustle = Bustle(graph, opened)
    for verb, number in (*steps, ("scan", 0)):
        getattr(bustle, verb)(number)


# -- filing away -------------------------------------------------------------------------------------------------


def test_a_mail_is_filed_and_a_held_one_moved_on(graph, opened):
    graph.receive(mail(1))
    mailbox = opened()
    mailbox.ensure_folders()
    (found,) = came(mailbox)
    mailbox.file_away(found.uid, "Held")
    assert (len(graph.lying("inbox")), len(graph.lying("Held"))) == (0, 1)
    held = Filed(found.size, hashlib.sha256(found.raw).hexdigest(), found.uid)
    assert opened().refile(held, "Held", "Done")
    assert len(graph.lying("Done")) == 1
    assert not opened().refile(held, "Held", "Done")


def test_folders_are_made_once_below_the_root(graph, opened):
    mailbox = opened(root="งาน/Ruam")
    mailbox.ensure_folders()
    opened(root="งาน/Ruam").ensure_folders()
    assert [name for name, _ in graph.folders.values()][len(WELL_KNOWN) :] == [
        "งาน",
        "Ruam",
        "Done",
        "Unreadable",
        "Held",
    ]


def test_a_folder_that_somebody_removed_is_made_again(graph, opened):
    graph.receive(mail(1))
    mailbox = opened()
    mailbox.ensure_folders()
    for key in [key for key, (name, _) in graph.folders.items() if name == "Done"]:
        del graph.folders[key]
    mailbox.file_away(mailbox.uids(), "Done")
    assert len(graph.lying("Done")) == 1


def test_a_mail_that_is_gone_is_passed_over(graph, opened):
    number = graph.receive(mail(1))
    mailbox = opened()
    uids = mailbox.uids()
    graph.remove(number)
    mailbox.file_away(uids, "Done")
    assert mailbox.uids() == []


def test_a_move_whose_answer_is_lost_was_done_once(graph, opened):
    graph.receive(mail(1))
    mailbox = opened()
    mailbox.ensure_folders()
    uids = mailbox.uids()
    graph.fail("POST", "/move", "lose")
    with pytest.raises(Transient):
        mailbox.file_away(uids, "Done")
    again = opened()
    assert again.uids() == []
    again.file_away(uids, "Done")
    assert len(graph.lying("Done")) == 1


def test_another_folder_is_looked_into_by_name_or_use(graph, opened):
    graph.receive(mail(1), "junkemail")
    mailbox = opened()
    with mailbox.within(mailbox.named("\\Junk")):
        assert len(mailbox.uids()) == 1
    assert mailbox.uids() == []
    with pytest.raises(Refused), mailbox.within("Nowhere"):
        pass


def test_a_folder_that_is_not_there_is_permanent(opened):
    with pytest.raises(Permanent, match="no such folder"):
        opened(folder="Eingang")


# -- sent mail, waiting, trouble ---------------------------------------------------------------------------------


def test_a_letter_is_found_in_sent_by_its_message_id(graph, opened):
    graph.receive(mail("it's"), "sentitems")
    mailbox = opened()
    assert mailbox.find_in_sent("it's@amphoe.example") is True
    assert mailbox.find_in_sent("other@amphoe.example") is False
    assert mailbox.keep_copy(mail(1), SEEN) is False


def test_a_letter_on_its_way_to_sent_is_found_too(graph, opened):
    """Taken for sending, and not in Sent Items yet: it must not go again."""
    graph.receive(mail(1), "outbox")
    assert opened().find_in_sent("1@amphoe.example") is True


def test_waiting_ends_as_soon_as_there_is_something_to_do(opened):
    wake = threading.Event()
    wake.set()
    assert opened().wait(60, wake) is False


@pytest.mark.parametrize("verb", ["uids", "fetch", "move", "sent"])
def test_a_pause_that_is_asked_for_is_transient_whatever_was_asked(graph, opened, verb):
    graph.receive(mail(1))
    mailbox = opened()
    uids = mailbox.uids()
    mailbox.ensure_folders()
    act = {
        "uids": mailbox.uids,
        "fetch": lambda: came(mailbox, uids),
        "move": lambda: mailbox.file_away(uids, "Done"),
        "sent": lambda: mailbox.find_in_sent("x@y.example"),
    }[verb]
    graph.fail("POST" if verb == "move" else "GET", "messages", Fault(429, "ApplicationThrottled", Retry_After="10"))
    with pytest.raises(Transient, match="429") as caught:
        act()
    assert not isinstance(caught.value, Refused), "what follows would be refused as well"


def test_a_token_that_runs_out_while_reading_is_renewed(graph, opened, tokens):
    graph.receive(mail(1))
    mailbox = opened()
    tokens.expire()
    assert len(came(mailbox)) == 1
    tokens.revoke()
    with pytest.raises(Permanent) as caught:
        mailbox.uids()
    assert "ruam authorize" in caught.value.next_step


def test_a_link_that_leads_elsewhere_gets_no_token(opened, tokens):
    mailbox = opened()
    with GraphServer(tokens) as other:
        mailbox._here()._from = f"{other.url}/v1.0/users/{USER}/mailFolders/inbox/messages/delta"
        with pytest.raises(Permanent, match=str(other.port)):
            mailbox.uids()
        assert other.heard == []


def test_the_settings_choose_the_way(incoming):
    assert isinstance(mailbox_of(incoming), GraphMailbox)
