"""The outbox: each letter claimed by one, settled by what the server said, and the unknown faced."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.decision import Decision
from bot.office.letters.letter import AWAITED, LetterKind
from bot.office.model.circular_standing import Trouble
from bot.office.model.outcomes import REFUSED, UNKNOWN
from bot.office.model.received_mail import MessageState, Settlement, Unseen
from bot.office.model.sent_letter import Attempt, LetterState
from bot.store.outbox import Holding
from tests.store.building import MINUTE, NOW, arrival, letter, receive

LEASE = 10 * MINUTE
SENT = Attempt(LetterState.SENT, "250 ok", {})


def queue(office, *letters):
    return office.commit(Decision(), letters, message=None, now=NOW)


def state_of(office):
    [line] = office.letters()
    return line.state


def test_a_letter_is_claimed_as_it_was_queued(office):
    written = letter(to=("long@phrae.example", "chief@long.example"))
    [number] = queue(office, written)
    [due] = office.claim(NOW, 5, LEASE)
    assert (due.id, due.attempt, due.kind, due.queued) == (number, 1, "receipt", NOW)
    assert (due.raw, due.message_id, due.sender) == (written.raw, written.message_id, written.sender)
    assert due.recipients == written.recipients


def test_a_claimed_letter_is_nobody_elses_until_the_lease_ends(office):
    queue(office, letter())
    office.claim(NOW, 5, LEASE)
    assert office.claim(NOW + LEASE - MINUTE, 5, LEASE) == []
    assert state_of(office) is LetterState.SENDING


def test_letters_wait_for_their_hour_and_the_longest_due_goes_first(office):
    late, early, future = queue(
        office, letter("late", due=NOW), letter("early", due=NOW - MINUTE), letter("future", due=NOW + MINUTE)
    )
    assert [due.id for due in office.claim(NOW, 5, LEASE)] == [early, late]
    assert [due.id for due in office.claim(NOW + MINUTE, 5, LEASE)] == [future]


def test_racing_claims_are_disjoint_and_leave_nothing(office):
    queue(office, *(letter(str(number)) for number in range(120)))

    def work(_):
        mine = []
        while due := office.claim(NOW, 7, LEASE):
            mine += [one.id for one in due]
        return mine

    with ThreadPoolExecutor(6) as pool:
        claimed = [number for mine in pool.map(work, range(6)) for number in mine]
    assert len(claimed) == len(set(claimed)) == 120


def test_a_sent_letter_is_never_claimed_again(office):
    queue(office, letter())
    [due] = office.claim(NOW, 5, LEASE)
    assert office.settle(due, SENT, NOW + MINUTE)
    assert office.claim(NOW + 100 * LEASE, 5, LEASE) == []
    [line] = office.letters()
    assert (line.state, line.queued, line.sent) == (LetterState.SENT, NOW, NOW + MINUTE)


def test_a_deferred_letter_goes_again_to_those_not_yet_served(office):
    queue(office, letter(to=("a@x.example", "b@x.example")))
    [due] = office.claim(NOW, 5, LEASE)
    refused = {"c@x.example": "550 no such user"}
    office.settle(due, Attempt(LetterState.DEFERRED, "451 later", refused, NOW + LEASE, ("b@x.example",)), NOW)
    assert office.claim(NOW + LEASE - MINUTE, 5, LEASE) == []
    [again] = office.claim(NOW + LEASE, 5, LEASE)
    assert (again.attempt, again.recipients, again.raw) == (2, ("b@x.example",), due.raw)


@pytest.mark.parametrize("kind", [LetterKind.RECEIPT, LetterKind.REMINDER, LetterKind.REQUEST])
def test_a_letter_whose_sender_died_is_sent_once_more_under_its_own_message_id(office, kind):
    """After that it is unknown: more repeats would be a nuisance to people, and the trouble is told to staff."""
    queue(office, letter(kind=kind))
    [due] = office.claim(NOW, 5, LEASE)
    [again] = office.claim(NOW + LEASE, 5, LEASE)
    assert (again.message_id, again.attempt) == (due.message_id, 2)
    assert office.claim(NOW + 2 * LEASE, 5, LEASE) == []
    assert state_of(office) is LetterState.UNKNOWN


def test_the_report_is_never_repeated_without_a_person(office):
    queue(office, letter(kind=LetterKind.REPORT))
    office.claim(NOW, 5, LEASE)
    assert office.claim(NOW + LEASE, 5, LEASE) == []
    assert state_of(office) is LetterState.UNKNOWN
    assert [trouble.kind for trouble in office.troubles(NOW)] == ["unknown"]


def test_a_letter_given_up_does_not_hide_the_others_that_are_due(office):
    queue(office, letter(kind=LetterKind.REPORT))
    office.claim(NOW, 1, LEASE)
    queue(office, letter(kind=LetterKind.RECEIPT))
    [due] = office.claim(NOW + LEASE, 1, LEASE)
    assert due.kind == LetterKind.RECEIPT


def test_one_claim_gives_up_and_puts_off_some_and_hands_over_the_rest(office):
    """And each of them is changed now, by which staff hear of it."""
    report = letter(kind=LetterKind.REPORT, occasion="first")
    silent, new = (letter(kind=LetterKind.RECEIPT, occasion=name) for name in ("silent", "new"))
    queue(office, report, silent)
    assert len(office.claim(NOW, 5, LEASE)) == 2
    queue(office, new)
    later = NOW + LEASE
    [due] = office.claim(later, 5, LEASE, Holding(MINUTE))
    assert due.attempt == 1
    states = {line.occasion: line.state for line in office.letters()}
    assert states == {"first": LetterState.UNKNOWN, "silent": LetterState.DEFERRED, "new": LetterState.SENDING}
    fates = office.fates(identifiers=[one.message_id for one in (report, silent, new)])
    assert [fate.changed for fate in fates] == [later] * 3


def test_a_silent_server_is_asked_once_more_where_the_sender_wants_it(office):
    queue(office, letter())
    silent = Attempt(LetterState.UNKNOWN, "timed out after DATA", {}, NOW + LEASE)
    [due] = office.claim(NOW, 5, LEASE)
    office.settle(due, silent, NOW)
    assert state_of(office) is LetterState.DEFERRED
    [again] = office.claim(NOW + LEASE, 5, LEASE)
    office.settle(again, silent, NOW)
    assert state_of(office) is LetterState.UNKNOWN


@pytest.mark.parametrize(("kind", "retry"), [(LetterKind.REPORT, NOW + LEASE), (LetterKind.RECEIPT, None)])
def test_an_unknown_letter_waits_for_a_person(office, kind, retry):
    """The report always; others when the sender names no time for a repeat."""
    queue(office, letter(kind=kind))
    [due] = office.claim(NOW, 5, LEASE)
    office.settle(due, Attempt(LetterState.UNKNOWN, "timed out", {}, retry), NOW)
    assert state_of(office) is LetterState.UNKNOWN
    assert office.claim(NOW + 9 * LEASE, 5, LEASE) == []


def test_only_the_current_attempt_is_heard(office):
    queue(office, letter())
    [slow] = office.claim(NOW, 5, LEASE)
    [quick] = office.claim(NOW + LEASE, 5, LEASE)
    assert not office.settle(slow, Attempt(LetterState.FAILED, "late", {}), NOW)
    assert state_of(office) is LetterState.SENDING
    assert office.settle(quick, SENT, NOW)
    assert not office.settle(quick, Attempt(LetterState.FAILED, "again", {}), NOW)
    assert state_of(office) is LetterState.SENT


def test_a_late_word_about_a_letter_given_up_is_still_heard(office):
    queue(office, letter(kind=LetterKind.REPORT))
    [due] = office.claim(NOW, 5, LEASE)
    office.claim(NOW + LEASE, 5, LEASE)
    assert office.settle(due, SENT, NOW + LEASE)
    assert state_of(office) is LetterState.SENT


def test_an_attempt_cannot_end_in_the_middle(office):
    queue(office, letter())
    [due] = office.claim(NOW, 5, LEASE)
    with pytest.raises(ValueError, match="cannot end"):
        office.settle(due, Attempt(LetterState.QUEUED, "", {}), NOW)
    assert state_of(office) is LetterState.SENDING


EVENTS = st.lists(st.sampled_from(["sent", "deferred", "unknown", "died"]), min_size=1, max_size=12)


@given(st.sampled_from([LetterKind.REPORT, LetterKind.RECEIPT]), EVENTS)
def test_a_letter_in_doubt_is_repeated_at_most_once_and_the_report_never(new_office, kind, events):
    """However attempts end, doubt costs at most one repeat; a plain deferral costs none."""
    office, now = new_office(), NOW
    queue(office, letter(kind=kind))
    doubts = 0
    for event in events:
        now += LEASE
        due = office.claim(now, 1, LEASE)
        if not due:
            break
        assert doubts <= (kind is not LetterKind.REPORT)
        doubts += event in {"unknown", "died"}
        if event != "died":
            office.settle(due[0], Attempt(LetterState(event), event, {}, now + MINUTE), now)
    assert office.counts()["sent"] <= 1


def test_our_letters_are_found_by_their_message_ids_in_the_order_asked(office):
    queue(office, letter("a", identity="a@x", kind=LetterKind.DRAFT), letter("b", identity="b@x"))
    unknown = [f"n{number}@elsewhere" for number in range(1200)]
    found = office.letters_with(["b@x", *unknown, "a@x", "b@x"])
    assert [(one.message_id, one.kind, one.occasion) for one in found] == [
        ("b@x", "receipt", "b"),
        ("a@x", "draft", "a"),
    ]
    assert found[0].recipients == ("long@phrae.example",)
    assert office.letters_with([]) == ()


def test_every_letter_can_be_taken_out_in_order(office):
    written = [letter(str(number)) for number in range(101)]
    numbers = queue(office, *written)
    assert list(office.export_letters()) == [
        (number, NOW, one.raw) for number, one in zip(numbers, written, strict=True)
    ]


def test_letters_are_listed_by_circular(office):
    queue(office, letter("a"), letter("b", circular="other"))
    assert [line.occasion for line in office.letters("other")] == ["b"]
    assert [(line.kind, line.addressee, line.sent) for line in office.letters("w5827")] == [("receipt", "long", None)]


def test_what_nobody_settled_is_a_trouble_until_somebody_does(office):
    """A held mail, a letter in doubt, a mail that does not come, a report that failed; not whom staff refused once."""
    held, refused = receive(office, [arrival(uid) for uid in (1, 2)])
    office.commit(Decision(MessageState.HELD, UNKNOWN), [], message=held, now=NOW)
    office.commit(Decision(MessageState.HELD, REFUSED), [], message=refused, now=NOW)
    doubtful, *_ = queue(office, letter("a"), letter("b"))
    [report] = queue(office, letter("c", kind=LetterKind.REPORT))
    for due in office.claim(NOW, 3, LEASE):
        state = LetterState.UNKNOWN if due.id == doubtful else LetterState.FAILED
        office.settle(due, Attempt(state, "", {}), NOW)
    office.note_withheld("INBOX", 7, [Unseen(3, "NO")], NOW)
    later = NOW + datetime.timedelta(days=3)
    kinds = [(trouble.kind, trouble.id) for trouble in office.troubles(later, ["w5827"])]
    assert sorted(kinds) == [("failed", report), ("held", held), ("unknown", doubtful), ("withheld", 1)]
    assert "failed" not in [trouble.kind for trouble in office.troubles(later)]  # its circular runs no more
    office.take_withheld("INBOX", 7, 3)
    office.commit(Decision(settlements=(Settlement(held, accepted=False, by="x"),)), [], message=None, now=later)
    assert [trouble.kind for trouble in office.troubles(later)] == ["unknown"]


def test_troubles_are_mails_and_letters_that_need_a_person(office):
    """Those that came to it since then, oldest first, each with who, what and why."""
    held, unreadable, fine, old = receive(office, [arrival(uid) for uid in (1, 2, 3, 4)])
    office.commit(Decision(MessageState.HELD, why="ก่อนหน้า"), [], message=old, now=NOW - MINUTE)
    office.commit(Decision(MessageState.UNREADABLE, why="เสีย"), [], message=unreadable, now=NOW + 2 * MINUTE)
    office.commit(Decision(MessageState.HELD, why="ไม่รู้จัก"), [], message=held, now=NOW)
    office.commit(Decision(MessageState.DECIDED), [], message=fine, now=NOW)
    [number] = queue(office, letter(to=("a@x.example", "b@x.example")))
    [due] = office.claim(NOW, 1, LEASE)
    office.settle(due, Attempt(LetterState.FAILED, "550 no", {}), NOW + MINUTE)
    sender = "long@phrae.example"
    assert office.troubles(NOW) == (
        Trouble(held, NOW, "held", sender, "w5827", "ไม่รู้จัก"),
        Trouble(number, NOW + MINUTE, "failed", "a@x.example, b@x.example", "เรื่อง", "550 no"),
        Trouble(unreadable, NOW + 2 * MINUTE, "unreadable", sender, "w5827", "เสีย"),
    )
    assert office.troubles(NOW + datetime.timedelta(days=1)) == ()


# --- limits: the last that counts and the first that does not ---------------------------------------------------------

SECOND = datetime.timedelta(seconds=1)


def test_a_lease_a_due_time_and_a_wait_end_at_their_moment(office):
    queue(office, letter(due=NOW + SECOND))
    assert office.claim(NOW, 5, LEASE) == []
    [due] = office.claim(NOW + SECOND, 5, LEASE)
    assert office.claim(NOW + LEASE, 5, LEASE) == []
    [again] = office.claim(NOW + SECOND + LEASE, 5, LEASE)
    assert (due.attempt, again.attempt) == (1, 2)


@pytest.mark.parametrize(("ahead", "believed"), [(3_999, True), (4_000, True), (4_001, False)])
def test_a_due_time_further_ahead_than_any_wait_counts_for_nothing(office, ahead, believed):
    queue(office, letter(due=NOW + ahead * SECOND))
    assert bool(office.claim(NOW, 5, LEASE)) is not believed


def test_what_people_wait_for_goes_first_and_no_more_is_claimed_than_asked(office):
    """Then the longest due, then the first queued."""
    kinds = [LetterKind.REQUEST, LetterKind.RECEIPT, LetterKind.REPORT, LetterKind.NOTICE, LetterKind.DIGEST]
    numbers = queue(office, *(letter(str(n), kind=kind, due=NOW - n % 2 * MINUTE) for n, kind in enumerate(kinds)))
    by_hand = sorted(
        zip(numbers, kinds, range(5), strict=True), key=lambda each: (each[1] not in AWAITED, -(each[2] % 2), each[0])
    )
    claimed = [office.claim(NOW, limit, LEASE) for limit in (1, 2, 9)]
    assert [len(some) for some in claimed] == [1, 2, 2]
    assert [due.id for some in claimed for due in some] == [number for number, _, _ in by_hand]


@pytest.mark.parametrize("count", [1, 49, 50, 51, 100, 101])
def test_every_letter_is_exported_once_in_order_whatever_the_page(office, count):
    written = [letter(str(n)) for n in range(count)]
    numbers = queue(office, *written)
    assert [(number, raw) for number, _, raw in office.export_letters()] == [
        (number, one.raw) for number, one in zip(numbers, written, strict=True)
    ]
    assert len(office.raw_letters([one.message_id for one in written])) == min(count, 50)


def test_letters_are_found_in_the_order_asked_however_many(office):
    written = [letter(str(n)) for n in range(6)]
    queue(office, *written)
    strangers = [f"s{n}@x.example" for n in range(997)]
    for place in (0, 499, 500, 501, 997):
        asked = [*strangers[:place], *(one.message_id for one in reversed(written)), *strangers[place:]]
        found = office.letters_with([*asked, written[0].message_id])
        assert [one.occasion for one in found] == ["5", "4", "3", "2", "1", "0"]


@pytest.mark.parametrize(("waited", "taken"), [(-1, False), (0, True), (1, True)])
def test_a_letter_in_doubt_waits_for_a_look_into_sent_and_no_longer_than_patience(office, waited, taken):
    patience, holding = 3 * LEASE, Holding(3 * LEASE)
    queue(office, letter())
    [due] = office.claim(NOW, 5, LEASE, holding)
    office.settle(due, Attempt(LetterState.UNKNOWN, "timed out", {}, NOW + LEASE), NOW)
    assert office.claim(NOW + LEASE, 5, LEASE, holding) == []
    assert bool(office.claim(NOW + patience + waited * SECOND, 5, LEASE, holding)) is taken


@pytest.mark.parametrize("state", [LetterState.DEFERRED, LetterState.UNKNOWN])
def test_who_was_served_already_is_not_served_again(office, state):
    """A try that names nobody left over is for all who were left before it; what was refused is added up."""
    queue(office, letter(to=("a@x.example", "b@x.example", "c@x.example")))
    [due] = office.claim(NOW, 5, LEASE)
    office.settle(
        due, Attempt(LetterState.DEFERRED, "1", {"a@x.example": "550"}, NOW, ("b@x.example", "c@x.example")), NOW
    )
    [due] = office.claim(NOW, 5, LEASE)
    office.settle(due, Attempt(state, "2", {"c@x.example": "551"}, NOW), NOW)
    [due] = office.claim(NOW, 5, LEASE)
    assert due.recipients == ("b@x.example", "c@x.example")
    [fate] = office.fates(identifiers=(due.message_id,))
    assert fate.refused == {"a@x.example": "550", "c@x.example": "551"}


def test_what_came_of_one_letter_is_noted_with_the_claim_of_the_next_or_not_at_all(office):
    """One commit for both; whoever dies in between leaves the one letter in doubt, and no other."""
    queue(office, letter("a"), letter("b"), letter("c"))
    first, second = office.claim(NOW, 2, LEASE)
    sent = Attempt(LetterState.SENT, "250 ok", {})
    wrong = Attempt(LetterState.QUEUED, "no attempt ends so", {})
    with pytest.raises(ValueError, match="cannot end"):
        office.claim(NOW, 1, LEASE, settled=[(first, sent, NOW), (second, wrong, NOW)])
    assert [line.state for line in office.letters()] == [LetterState.SENDING, LetterState.SENDING, LetterState.QUEUED]
    [third] = office.claim(NOW, 1, LEASE, settled=[(first, sent, NOW), (second, sent, NOW)])
    assert [line.state for line in office.letters()] == [LetterState.SENT, LetterState.SENT, LetterState.SENDING]
    assert office.claim(NOW, 1, LEASE, settled=[(third, sent, NOW)]) == []
    assert {line.state for line in office.letters()} == {LetterState.SENT}


def test_at_night_only_answers_reports_and_alarms_go_and_in_the_morning_all(office):
    """What can wait waits in the outbox, whatever brought it there: a limit, a server, a bot that was down."""
    kinds = (LetterKind.REQUEST, LetterKind.REMINDER, LetterKind.DIGEST, LetterKind.DRAFT, LetterKind.NOTICE)
    waiting = queue(office, *(letter(kind.value, kind=kind) for kind in kinds))
    urgent = queue(
        office,
        *(letter(kind.value, kind=kind) for kind in (LetterKind.RECEIPT, LetterKind.CORRECTION, LetterKind.REPORT)),
        letter("alarm", kind=LetterKind.NOTICE, cannot_wait=True),
    )
    [deferred] = office.claim(NOW, 1, LEASE)
    office.settle(deferred, Attempt(LetterState.DEFERRED, "451 later", {}, NOW + MINUTE), NOW)
    night = Holding(quiet=True)
    assert sorted(due.id for due in office.claim(NOW + LEASE, 50, LEASE, night)) == sorted(urgent)
    assert office.claim(NOW + LEASE, 50, LEASE, night) == []
    assert sorted(due.id for due in office.claim(NOW + LEASE, 50, LEASE)) == sorted(waiting)
