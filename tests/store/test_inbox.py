"""Received mails: kept first, decided once, filed away."""

import dataclasses
import datetime
import hashlib

import pytest
import sqlalchemy as sa

from bot.office.decision import Decision
from bot.office.model.received_mail import MessageState
from bot.store.books import Books, OfficeBooks
from bot.store.envelope_headers import Envelope, envelope, headers_only
from tests.store.building import HEAD, MINUTE, NOW, arrival, receive, said


def test_a_uid_is_received_once(office):
    first = receive(office, [arrival(1), arrival(2)])
    again = receive(office, [arrival(2), arrival(3)])
    assert (len(first), len(again)) == (2, 1)
    assert office.known_uids("INBOX", 7, range(1, 99)) == {1, 2, 3}
    assert office.known_uids("INBOX", 8, range(1, 99)) == office.known_uids("Other", 7, range(1, 99)) == set()


def test_many_uids_are_asked_after_some_hundreds_at_a_time(sqlite):
    """Each once: a statement with all before would ask for more with each."""
    asked = []
    sa.event.listen(sqlite._database._engine, "before_cursor_execute", lambda *said: asked.append(len(said[3])))
    receive(sqlite, [arrival(1), arrival(1_400)])
    asked.clear()
    assert sqlite.known_uids("INBOX", 7, range(1, 1_501)) == {1, 1_400}
    assert [count // 500 for count in asked if count] == [1, 1, 1]


def test_a_uid_counts_anew_under_another_uidvalidity_or_in_another_folder(office):
    mails = [arrival(1), dataclasses.replace(arrival(1), uidvalidity=4294967295), arrival(1, folder="Late")]
    assert len(receive(office, mails)) == 3


def test_the_first_bytes_of_a_uid_stand(office):
    [mail] = receive(office, [arrival(1, body=b"first")])
    receive(office, [arrival(1, body=b"second")])
    assert office.take(mail).raw.endswith(b"first")


def test_mails_are_received_all_or_none(office):
    broken = dataclasses.replace(arrival(2), raw=None, size=5)
    with pytest.raises(Exception, match="buffer API"):
        receive(office, [arrival(1), broken])
    assert office.known_uids("INBOX", 7, range(1, 99)) == set()


def test_a_mail_is_taken_as_it_came_and_every_attempt_counts(office):
    mail = arrival(1, body=bytes(range(256)))
    [number] = receive(office, [mail])
    taken = [office.take(number) for _ in range(3)]
    assert [one.attempts for one in taken] == [1, 2, 3]
    assert taken[0].raw == mail.raw
    assert taken[0].sha256 == hashlib.sha256(mail.raw).hexdigest()
    assert (taken[0].received, taken[0].size, taken[0].oversize) == (mail.at, len(mail.raw), False)


def test_a_mail_is_oversize_only_when_its_body_stayed_on_the_server(office):
    """Some servers count a few bytes more than they send, which is no sign of a missing body."""
    whole = arrival(1)
    heads = dataclasses.replace(arrival(2), raw=HEAD % 2, size=90_000_000)
    numbers = receive(office, [dataclasses.replace(whole, size=whole.size + 3), heads])
    assert [office.take(number).oversize for number in numbers] == [False, True]


def test_pending_mails_come_oldest_first_and_those_tried_in_vain_last(office):
    late, early, new = receive(office, [arrival(1, at=NOW + MINUTE), arrival(2), arrival(3, at=NOW + 2 * MINUTE)])
    assert office.pending(10) == [early, late, new]
    office.take(early)
    assert office.pending(10) == [late, new, early]
    assert office.pending(1) == [late]


def test_a_decided_mail_is_no_longer_pending(office):
    [mail] = receive(office, [arrival(1)])
    office.commit(said(), [], message=mail, now=NOW)
    assert office.pending(10) == []


@pytest.mark.parametrize(
    ("state", "seen"), [(MessageState.DECIDED, True), (MessageState.HELD, False), (MessageState.UNREADABLE, False)]
)
def test_bytes_were_seen_before_when_another_mail_with_them_was_decided(office, state, seen):
    """One that was held may be put back by a person, to be looked at afresh."""
    first, second = receive(office, [arrival(1), dataclasses.replace(arrival(1), uid=2)])
    digest = office.take(first).sha256
    assert not office.seen_before(digest, second)
    office.commit(Decision(state), [], message=first, now=NOW)
    assert office.seen_before(digest, second) is seen
    assert not office.seen_before(digest, first)


def test_only_decided_mails_are_filed_and_each_once(office):
    one, two, _three = receive(office, [arrival(3), arrival(2), arrival(1)])
    office.commit(said(), [], message=one, now=NOW)
    office.commit(Decision(MessageState.HELD), [], message=two, now=NOW)
    filings = office.to_file("INBOX", 7)
    assert [(f.id, f.uid, f.state) for f in filings] == [(two, 2, MessageState.HELD), (one, 3, MessageState.DECIDED)]
    assert office.to_file("INBOX", 8) == []
    office.filed(one, "Ruam/Done", NOW)
    office.filed([two], "Ruam/Held", NOW)
    assert office.to_file("INBOX", 7) == []


def test_the_listing_of_a_mail_reads_what_people_would_see():
    assert envelope(HEAD % 4) == Envelope("m4@long.example", "long@phrae.example", "w5827")
    thai = "เรื่อง ส่งแบบรายงาน".encode("tis-620")
    assert envelope(b"Subject: " + thai + b"\n\nbody").subject == "เรื่อง ส่งแบบรายงาน"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\0\0",
        b"\r\n\r\nonly a body",
        b"From: =?x-none?b?!!!?=\r\nSubject: =?utf-8?b?4?=\r\nMessage-ID: <\r\n\r\n",
        b"From " + b"x" * 1_000_000,
        b"Subject: " + b"=?utf-8?q?=F0?= " * 50_000,
    ],
)
def test_whatever_arrives_is_kept(office, raw):
    mail = dataclasses.replace(arrival(1), raw=raw, size=len(raw))
    [number] = receive(office, [mail])
    assert office.take(number).raw == raw
    assert len(envelope(raw).subject) <= 1_000


def test_headers_end_at_the_first_empty_line():
    assert headers_only(b"A: b\r\n\r\n")
    assert headers_only(b"A: b")
    assert not headers_only(b"A: b\n\nbody\r\n\r\n")


# -- one reader at a time ----------------------------------------------------------------------------------------

LEASE = datetime.timedelta(minutes=10)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def other(url, office):
    """The same office's books, opened by another daemon."""
    books = Books.open(url)
    yield OfficeBooks(books._database, office._office, office.secret)
    books.close()


def test_a_claimed_mail_is_its_readers_alone_until_the_lease_ends(office, other):
    first, second = receive(office, [arrival(1), arrival(2)])
    assert office.claim_mail(NOW, LEASE).id == first
    assert other.claim_mail(NOW, LEASE).id == second
    assert other.claim_mail(NOW, LEASE).id == second  # its own again, and not the first


def test_two_readers_share_the_mails_and_leave_none(office, other):
    mails = receive(office, [arrival(number) for number in range(20)])
    taken = []
    for _ in range(10):
        for books in (office, other):
            taken.append(books.claim_mail(NOW, LEASE).id)
            books.commit(said(), [], message=taken[-1], now=NOW)
    assert sorted(taken) == sorted(mails)


def test_a_lease_ends_by_the_clock_and_the_attempt_counts(office, other):
    [mail] = receive(office, [arrival(1)])
    office.claim_mail(NOW, LEASE)
    assert other.claim_mail(NOW + LEASE - MINUTE, LEASE) is None
    again = other.claim_mail(NOW + LEASE, LEASE)
    assert (again.id, again.attempts) == (mail, 2)


def test_a_clock_set_back_an_hour_blocks_no_mail(office, other):
    [mail] = receive(office, [arrival(1)])
    office.claim_mail(NOW, LEASE)
    assert other.claim_mail(NOW - HOUR, LEASE).id == mail


def test_what_could_not_be_given_back_is_free_to_us_and_does_not_count(office, other):
    [mail] = receive(office, [arrival(1)])
    office.claim_mail(NOW, LEASE)
    again = office.claim_mail(NOW, LEASE)
    assert (again.id, again.attempts) == (mail, 1)
    assert other.claim_mail(NOW, LEASE) is None


def test_an_attempt_given_back_uncounted_leaves_no_trace(office):
    receive(office, [arrival(1)])
    for _ in range(5):
        message = office.claim_mail(NOW, LEASE)
        assert (message.attempts, message.failures) == (1, 0)
        office.give_back(message.id, counts=False)


def test_a_failure_is_counted_with_its_reason_and_waits(office, other):
    [mail, next_one] = receive(office, [arrival(1), arrival(2)])
    office.claim_mail(NOW, LEASE)
    office.give_back(mail, error="ValueError", until=NOW + MINUTE)
    assert other.claim_mail(NOW, LEASE).id == next_one
    assert office.claim_mail(NOW, LEASE) is None
    again = office.claim_mail(NOW + MINUTE, LEASE)
    assert (again.attempts, again.failures, again.why) == (2, 1, "ValueError")


def test_another_readers_claim_cannot_be_given_back(office, other):
    [mail] = receive(office, [arrival(1)])
    office.claim_mail(NOW, LEASE)
    other.give_back(mail, counts=False)
    assert other.claim_mail(NOW, LEASE) is None


# -- copies of one mail ------------------------------------------------------------------------------------------

BODY = b"Content-Type: text/plain\r\n\r\nthe form\r\n"


def copy_of(uid, *, to=b"office@phrae.example", identity=b"<m1@long.example>", subject=b"form", body=BODY):
    raw = (
        b"Delivered-To: " + to + b"\r\nFrom: long@phrae.example\r\nSubject: " + subject + b"\r\n"
        b"Message-ID: " + identity + b"\r\n" + body
    )
    return dataclasses.replace(arrival(uid), raw=raw, size=len(raw))


def seen(office, *mails):
    first, second = receive(office, mails)
    office.commit(said(), [], message=first, now=NOW)
    return office.seen_before(office.take(second).sha256, second)


def test_a_copy_to_the_plus_address_is_the_same_mail(office):
    assert seen(office, copy_of(1), copy_of(2, to=b"office+w5827@phrae.example"))


def test_line_ends_changed_on_the_way_do_not_make_another_mail(office):
    assert seen(office, copy_of(1), copy_of(2, body=BODY.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n", 2)))


@pytest.mark.parametrize(
    "other_mail",
    [
        copy_of(2, body=BODY.replace(b"the form", b"another form")),
        copy_of(2, subject=b"another"),
        copy_of(2, identity=b"<m2@long.example>"),
        copy_of(2, body=BODY.replace(b"plain", b"html")),
        dataclasses.replace(copy_of(2), raw=copy_of(2).raw.replace(b"From: long", b"From: song")),
    ],
    ids=["body", "subject", "identity", "kind", "sender"],
)
def test_a_message_id_given_twice_to_different_mails_loses_nothing(office, other_mail):
    assert not seen(office, copy_of(1), other_mail)


@pytest.mark.parametrize("identity", [b"", b"<>"])
def test_mails_without_a_message_id_are_known_by_their_bytes_alone(office, identity):
    assert not seen(office, copy_of(1, identity=identity), copy_of(2, identity=identity, to=b"x@phrae.example"))


def test_of_mails_without_a_body_nobody_says_that_they_are_the_same(office):
    """Of a giant mail only the headers were fetched."""
    assert not seen(office, copy_of(1, body=b"\r\n"), copy_of(2, body=b"\r\n", to=b"x@phrae.example"))


def test_a_copy_waits_while_the_mail_is_worked_on(office, other):
    """Or two daemons would answer one mail twice."""
    first, second = receive(office, [copy_of(1), copy_of(2, to=b"office+w5827@phrae.example")])
    assert office.claim_mail(NOW, LEASE).id == first
    assert other.claim_mail(NOW, LEASE) is None
    office.commit(said(), [], message=first, now=NOW)
    claimed = other.claim_mail(NOW, LEASE)
    assert claimed.id == second
    assert other.seen_before(claimed.sha256, second)


def test_a_mail_is_filed_on_where_it_was_held_and_only_once_decided(office):
    """Of each kind one: only what lies on that shelf and is over; filed on, it is off the shelf. The first filing stands."""
    numbers = receive(office, [arrival(uid) for uid in range(1, 6)])
    decided, held, unreadable, elsewhere, _new = numbers
    for number, state in ((decided, "decided"), (held, "held"), (unreadable, "unreadable"), (elsewhere, "decided")):
        decision = said() if state == "decided" else Decision(MessageState(state))
        office.commit(decision, [], message=number, now=NOW)
        office.filed(number, "Ruam/Done" if number == elsewhere else "Ruam/Held", NOW)
    office.filed(elsewhere, "Ruam/Held", NOW + MINUTE)
    waiting = office.to_refile("Ruam/Held")
    assert [(one.id, one.state) for one in waiting] == [(decided, "decided"), (unreadable, "unreadable")]
    assert [one.size for one in waiting] == [len(arrival(uid).raw) for uid in (1, 3)]
    assert [one.id for one in office.to_refile("Ruam/Done")] == [elsewhere]
    office.refiled(decided, "Ruam/Done", NOW + MINUTE)
    assert [one.id for one in office.to_refile("Ruam/Held")] == [unreadable]
    assert [one.id for one in office.to_refile("Ruam/Done")] == [decided, elsewhere]


def test_what_is_known_and_to_be_filed_is_of_one_folder_one_uidvalidity_and_one_office(office, new_office):
    other = new_office()
    places = [("INBOX", 7, 1), ("INBOX", 7, 2), ("INBOX", 8, 3), ("Junk", 7, 4)]
    for books, least in ((office, 0), (other, 10)):
        for folder, uidvalidity, uid in places:
            mail = dataclasses.replace(arrival(uid + least, folder=folder), uidvalidity=uidvalidity)
            [number] = receive(books, [mail])
            books.commit(said(), [], message=number, now=NOW)
    for folder, uidvalidity, uids in (("INBOX", 7, [1, 2]), ("INBOX", 8, [3]), ("Junk", 7, [4]), ("Junk", 8, [])):
        assert office.known_uids(folder, uidvalidity, range(1, 99)) == set(uids)
        assert [one.uid for one in office.to_file(folder, uidvalidity)] == uids
        assert other.known_uids(folder, uidvalidity, range(1, 99)) == {uid + 10 for uid in uids}
    everything = [one.id for folder, uidvalidity, _ in places for one in other.to_file(folder, uidvalidity)]
    office.filed(everything, "Ruam/Done", NOW)  # another office's are not ours to file
    assert [one.uid for one in other.to_file("INBOX", 7)] == [11, 12]


def test_beside_mails_in_hand_only_those_never_tried_are_claimed_and_no_copies(office, other):
    """Two copies of a mail are never worked on together; what was tried in vain is taken up alone."""
    first, copy, tried, last = receive(
        office, [arrival(1), dataclasses.replace(arrival(1), uid=2), arrival(3), arrival(4)]
    )
    office.take(tried)
    assert office.claim_mail(NOW, LEASE).id == first
    assert office.claim_mail(NOW, LEASE, [first]).id == last
    assert office.claim_mail(NOW, LEASE, [first, last]) is None
    office.commit(said(), [], message=first, now=NOW)
    assert office.claim_mail(NOW, LEASE, [last]).id == copy
    assert other.claim_mail(NOW, LEASE).id == tried
