"""A mailbox read through a scripted Gmail API: nothing lost, nothing twice, whatever the pages and the history do."""

import contextlib
import datetime
import hashlib
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.post.exceptions import Permanent, Refused, Transient
from bot.post.gmail.listing import lying
from bot.post.gmail.mailbox import GmailMailbox
from bot.post.https.client import Pauses
from bot.post.https.listing import ALL_ANEW, uid_of
from bot.post.imap.folders import Filed
from bot.post.transports import mailbox_of
from tests.setup.gmail_server import SYSTEM
from tests.setup.https_server import Fault

SEEN = datetime.datetime(2024, 11, 20, 3, 0, tzinfo=datetime.UTC)


def mail(number, words="เรียน"):
    head = f"From: one@amphoe.example\r\nSubject: =?utf-8?q?=E0=B8=A7?= {number}\r\nMessage-ID: <{number}@amphoe.example>\r\n"
    return f"{head}In-Reply-To: <ours@phrae.example>\r\n\r\n{words}\r\n".encode()


@pytest.fixture
def opened(incoming):
    """A factory of connected mailboxes."""
    with contextlib.ExitStack() as stack:

        def make(pauses=None, **changed):
            mailbox = GmailMailbox(incoming.model_copy(update=changed), pauses or Pauses())
            stack.callback(mailbox.close)
            mailbox.connect()
            return mailbox

        yield make


def came(mailbox, uids=None):
    return list(mailbox.fetch(mailbox.uids() if uids is None else uids))


def ids(mailbox):
    return {mailbox._here().mails[uid].id for uid in mailbox.uids()}


# -- finding and fetching ----------------------------------------------------------------------------------------


def test_mails_come_as_they_were_with_the_time_that_gmail_says(gmail, opened):
    number = gmail.receive(mail(1))
    gmail.mails[number].at += 1500  # the time in the id is for the number alone
    mailbox = opened()
    (found,) = came(mailbox)
    assert (found.raw, found.whole, found.short) == (mail(1), True, False)
    assert found.at == SEEN + datetime.timedelta(seconds=1.5)
    assert mailbox.left_behind == {}


def test_a_uid_is_the_same_after_a_restart_and_under_another_label(gmail, opened):
    gmail.receive(mail(1))
    first = opened()
    (uid,) = first.uids()
    first.ensure_folders()
    first.file_away(uid, "Held")
    second = opened(folder="Ruam/Held")
    assert second.uids() == [uid]
    assert second.uidvalidity() == first.uidvalidity() > 2**32, "no server of IMAP has such a one"


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_a_uid_fits_the_books_and_rises_with_the_time_in_the_id(first, second):
    earlier, later = (lying(f"{one:x}") for one in sorted((first, second)))
    assert 0 <= uid_of(earlier) < 2**63
    if earlier.at and later.at and earlier.at.replace(microsecond=0) < later.at.replace(microsecond=0):
        assert uid_of(earlier) < uid_of(later)


def test_an_id_of_another_shape_is_a_mail_all_the_same(gmail, opened):
    gmail.receive(mail(1))
    gmail.mails["not-hexadecimal"] = gmail.mails.pop(next(iter(gmail.mails)))
    (found,) = came(opened())
    assert (found.raw, found.at) == (mail(1), SEEN)


def test_of_a_mail_that_is_too_large_only_the_header_comes(gmail, opened):
    gmail.receive(mail(1, "x" * 300_000))
    for most in (1000, 299_000):
        (found,) = came(opened(max_bytes=most))
        assert not found.whole
        assert found.size > 300_000
        assert b"Message-ID: <1@amphoe.example>\r\n" in found.raw
        assert found.raw.endswith(b"\r\n\r\n")


def test_a_mail_that_is_not_wanted_is_not_fetched(gmail, opened):
    gmail.receive(mail(1))
    mailbox = opened()
    assert list(mailbox.fetch(mailbox.uids(), lambda _uid, at: at > SEEN)) == []
    assert mailbox.passed_over == set(mailbox.uids())
    assert gmail.asked("GET", "messages/") == []


def test_one_mail_that_the_server_does_not_hand_over_stops_no_other(gmail, opened):
    for number in (1, 2, 3):
        gmail.receive(mail(number), at=f"2024-11-20T03:00:0{number}Z")
    mailbox = opened()
    gmail.fail("GET", "messages/", None, Fault(500, "backendError"))
    assert [found.raw for found in came(mailbox)] == [mail(1), mail(3)]
    assert ["backendError" in left.words for left in mailbox.left_behind.values()] == [True]
    assert mailbox.fetching == ()


def test_a_line_that_breaks_over_a_mail_names_it(gmail, opened):
    gmail.receive(mail(1))
    mailbox = opened()
    gmail.fail("GET", "messages/", "lose")
    (uid,) = mailbox.uids()
    with pytest.raises(Transient):
        came(mailbox, [uid])
    assert mailbox.fetching == (uid,)


def test_a_mail_that_went_between_the_look_and_the_fetch_is_left(gmail, opened):
    number = gmail.receive(mail(1))
    mailbox = opened()
    uids = mailbox.uids()
    gmail.remove(number)
    assert came(mailbox, uids) == []
    assert mailbox.uids() == []


def test_who_wrote_a_mail_is_told_without_fetching_it(gmail, opened):
    gmail.receive(mail(7))
    mailbox = opened()
    (uid,) = mailbox.uids()
    assert mailbox.fields(uid, "FROM", "IN-REPLY-TO", "REFERENCES").splitlines() == [
        b"From: one@amphoe.example",
        b"In-Reply-To: <ours@phrae.example>",
    ]
    assert mailbox.envelope(uid) == (b"one@amphoe.example", "ว 7".encode())
    assert mailbox.fields(uid + 1, "FROM") == b""


# -- history -----------------------------------------------------------------------------------------------------


def test_a_forgotten_history_is_followed_by_a_list_of_all(gmail, opened):
    """Documented as 404: nothing is lost by it, and nothing comes twice."""
    kept, gone = gmail.receive(mail(1)), gmail.receive(mail(2))
    mailbox = opened()
    before = mailbox.uids()
    gmail.remove(gone)
    new = gmail.receive(mail(3))
    gmail.expire()
    assert len(before) == 2
    assert ids(mailbox) == {kept, new}
    assert len(gmail.asked("GET", "profile")) == 2


@pytest.mark.parametrize("fault", ["lose", "drop", Fault(503, "backendError", Retry_After="0"), Fault(404, "notFound")])
def test_a_round_that_breaks_off_between_two_pages_changes_nothing(gmail, opened, fault):
    gmail.page = 2
    mailbox = opened()
    mailbox.uids()
    for number in range(7):
        gmail.receive(mail(number))
    gmail.fail("GET", "/history", None, fault)
    with contextlib.suppress(Transient):
        mailbox.uids()
    assert len(mailbox.uids()) == 7


def test_what_comes_while_all_is_listed_is_not_lost(gmail, opened):
    """The number of the history is asked for before the list."""
    mailbox = opened()
    gmail.fail("GET", "/messages", Fault(503, "backendError", Retry_After="0"))
    with contextlib.suppress(Transient):
        mailbox.uids()
    gmail.receive(mail(1))
    assert len(mailbox.uids()) == 1


def test_what_the_server_never_told_is_found_within_so_many_rounds(gmail, opened):
    mailbox = opened()
    mailbox.uids()
    gmail.receive(mail(1))
    del gmail.history[-1]
    assert max(len(mailbox.uids()) for _ in range(ALL_ANEW)) == 1


@pytest.mark.parametrize("lain", [10, 300])
def test_a_quiet_look_is_one_request_however_many_mails_lie_there(gmail, opened, lain):
    gmail.page = 50
    for number in range(lain):
        gmail.receive(mail(number))
    mailbox = opened()
    mailbox.uids()
    before = len(gmail.heard)
    assert len(mailbox.uids()) == lain
    assert len(gmail.heard) == before + 1


class Bustle:
    """What people, the server and the network do to a mailbox, one verb each; `scan` looks at it as the bot does."""

    def __init__(self, gmail, opened):
        gmail.mails.clear()
        gmail.faults.clear()
        gmail.page, gmail.hollow = 3, False
        self.gmail, self.opened = gmail, opened
        self.mailbox = opened()
        self.taken = {}  # which mail each UID was given to

    def receive(self, number):
        self.gmail.receive(mail(number), at=f"2024-11-20T03:00:0{number % 6}Z")

    def receive_elsewhere(self, number):
        self.gmail.receive(mail(number), "SPAM", at=f"2024-11-20T03:00:0{number % 6}Z")

    def remove(self, number):
        self._some("INBOX", number, self.gmail.remove)

    def move_out(self, number):
        self._some("INBOX", number, lambda one: self.gmail.label(one, add=["SPAM"], remove=["INBOX"]))

    def move_in(self, number):
        self._some("SPAM", number, lambda one: self.gmail.label(one, add=["INBOX"], remove=["SPAM"]))

    def read(self, number):
        self._some("INBOX", number, lambda one: self.gmail.label(one, remove=["UNREAD"]))

    def page(self, number):
        self.gmail.page, self.gmail.hollow = number % 4 + 1, number % 2 == 0

    def expire(self, _):
        self.gmail.expire()

    def lose(self, number):
        self.gmail.fail("GET", "/history" if number % 2 else "/messages", "lose")

    def restart(self, _):
        self.mailbox = self.opened()

    def scan(self, _):
        with contextlib.suppress(Transient):
            self.mailbox.uids()
        self.gmail.faults.clear()
        uids = self.mailbox.uids()
        names = [self.mailbox._here().mails[uid].id for uid in uids]
        assert sorted(names) == sorted(self.gmail.lying("INBOX"))
        assert uids == sorted(set(uids))
        for uid, name in zip(uids, names, strict=True):
            assert self.taken.setdefault(uid, name) == name, "a number is given to one mail for good"
        assert len(set(self.taken.values())) == len(self.taken), "and each mail has one"

    def _some(self, label, number, act):
        if there := list(self.gmail.lying(label)):
            act(there[number % len(there)])


VERBS = (
    "receive", "receive_elsewhere", "remove", "move_out", "move_in", "read", "page", "expire", "lose", "restart", "scan",
)  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 20)), max_size=25)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_pages_and_a_forgetful_history_lose_and_double_nothing(gmail, opened, steps):
    """Whatever came, went, was moved, split into pages or forgotten by the server: a scan sees what lies there, each mail once."""
    bustle = Bustle(gmail, opened)
    for verb, number in (*steps, ("scan", 0)):
        getattr(bustle, verb)(number)


# -- filing away -------------------------------------------------------------------------------------------------


def test_a_mail_is_filed_and_a_held_one_moved_on(gmail, opened):
    gmail.receive(mail(1))
    mailbox = opened()
    mailbox.ensure_folders()
    (found,) = came(mailbox)
    mailbox.file_away(found.uid, "Held")
    assert (len(gmail.lying("INBOX")), len(gmail.lying("Ruam/Held"))) == (0, 1)
    held = Filed(found.size, hashlib.sha256(found.raw).hexdigest(), found.uid)
    assert opened().refile(held, "Held", "Done")
    assert (len(gmail.lying("Ruam/Held")), len(gmail.lying("Ruam/Done"))) == (0, 1)
    assert not opened().refile(held, "Held", "Done")


def test_labels_are_made_once_below_the_root(gmail, opened):
    mailbox = opened(root="งาน/Ruam")
    mailbox.ensure_folders()
    opened(root="งาน/RUAM").ensure_folders()  # Gmail takes large and small letters for the same
    assert list(gmail.labels.values())[len(SYSTEM) :] == [
        "งาน",
        "งาน/Ruam",
        "งาน/Ruam/Done",
        "งาน/Ruam/Unreadable",
        "งาน/Ruam/Held",
    ]


def test_a_label_that_somebody_removed_is_made_again(gmail, opened):
    gmail.receive(mail(1))
    mailbox = opened()
    mailbox.ensure_folders()
    for key in [key for key, name in gmail.labels.items() if name == "Ruam/Done"]:
        del gmail.labels[key]
    mailbox.file_away(mailbox.uids(), "Done")
    assert len(gmail.lying("Ruam/Done")) == 1


def test_a_mail_that_is_gone_is_passed_over(gmail, opened):
    number = gmail.receive(mail(1))
    mailbox = opened()
    uids = mailbox.uids()
    gmail.remove(number)
    mailbox.file_away(uids, "Done")
    assert mailbox.uids() == []


def test_a_move_whose_answer_is_lost_was_done_once(gmail, opened):
    gmail.receive(mail(1))
    mailbox = opened()
    mailbox.ensure_folders()
    uids = mailbox.uids()
    gmail.fail("POST", "/modify", "lose")
    with pytest.raises(Transient):
        mailbox.file_away(uids, "Done")
    again = opened()
    assert again.uids() == []
    again.file_away(uids, "Done")
    assert len(gmail.lying("Ruam/Done")) == 1


def test_another_folder_is_looked_into_by_name_or_use(gmail, opened):
    gmail.receive(mail(1), "SPAM")
    mailbox = opened()
    with mailbox.within(mailbox.named("\\Junk")):
        assert len(mailbox.uids()) == 1
    assert mailbox.uids() == []
    with pytest.raises(Refused), mailbox.within("Nowhere"):
        pass


def test_a_label_that_is_not_there_is_permanent(opened):
    with pytest.raises(Permanent, match="no such folder"):
        opened(folder="Eingang")


# -- waiting, trouble --------------------------------------------------------------------------------------------


def test_waiting_ends_as_soon_as_there_is_something_to_do(opened):
    wake = threading.Event()
    wake.set()
    assert opened().wait(60, wake) is False


@pytest.mark.parametrize(
    "fault", [Fault(429, "rateLimitExceeded", Retry_After="10"), Fault(403, "userRateLimitExceeded")]
)
@pytest.mark.parametrize("verb", ["uids", "fetch", "move", "sent"])
def test_a_pause_that_is_asked_for_is_transient_whatever_was_asked(gmail, opened, verb, fault):
    gmail.receive(mail(1))
    mailbox = opened()
    uids = mailbox.uids()
    mailbox.ensure_folders()
    act = {
        "uids": mailbox.uids,
        "fetch": lambda: came(mailbox, uids),
        "move": lambda: mailbox.file_away(uids, "Done"),
        "sent": lambda: mailbox.find_in_sent("x@y.example"),
    }[verb]
    gmail.fail("POST" if verb == "move" else "GET", "history" if verb == "uids" else "messages", fault)
    with pytest.raises(Transient, match="LimitExceeded") as caught:
        act()
    assert not isinstance(caught.value, Refused), "what follows would be refused as well"


def test_a_mailbox_of_another_is_permanent_and_says_what_to_do(incoming, gmail):
    with pytest.raises(Permanent, match="Delegation denied") as caught:
        GmailMailbox(incoming.model_copy(update={"user": "other@phrae.example"}), Pauses()).connect()
    assert "subject" in caught.value.next_step


def test_a_token_that_runs_out_while_reading_is_renewed(gmail, opened, tokens):
    gmail.receive(mail(1))
    mailbox = opened()
    tokens.expire()
    assert len(came(mailbox)) == 1
    tokens.revoke()
    with pytest.raises(Permanent) as caught:
        mailbox.uids()
    assert "ruam authorize" in caught.value.next_step


def test_the_settings_choose_the_way(incoming):
    assert isinstance(mailbox_of(incoming), GmailMailbox)
