"""Nothing grows with what is stored: what the way of one mail asks of the books costs the same after ten mails and after many.

Counted in steps of SQLite's machine, so that neither a slow nor a busy machine matters.
"""

import dataclasses
import datetime

from bot.office.decision import Decision
from bot.office.letters.letter import Asking, LetterKind
from bot.office.model.sent_letter import Attempt, DueLetter, LetterState
from bot.office.plan.words_to_staff import TOLD, waiting
from bot.store.outbox import Holding
from tests.store.building import MINUTE, NOW, arrival, letter, said, steps_of

LEASE = datetime.timedelta(minutes=5)
FEW, MANY = 20, 400
CELLS = [(f"5401{number:02}", question, True) for number in range(10) for question in ("s10", "s16")]
LATER = NOW + datetime.timedelta(days=30)

ASKED = {
    "answers": lambda office: office.answers("w5827"),
    "disagreements": lambda office: office.disagreements("w5827"),
    "remarks": lambda office: office.remarks("w5827"),
    "drafts": lambda office: office.drafts("w5827"),
    "words_about": lambda office: office.words_about("w5827"),
    "words_shown": lambda office: office.words_shown("w5827"),
    "words_waiting": lambda office: office.words_waiting(),
    "registered": lambda office: office.registered("w5827"),
    "accepted": lambda office: office.accepted(),
    "standing_of": lambda office: office.standing_of(["long@phrae.example"]),
    "letters_with": lambda office: office.letters_with(["l1@office.example"]),
    "notices_since": lambda office: office.notices_since(LATER, ("held",)),
    "seen_before": lambda office: office.seen_before("f" * 64, 1),
    "talk": lambda office: office.talk("long@phrae.example", 1, LATER),
    "pending": lambda office: office.pending(5),
    "held_mail": lambda office: office.held_mail(1),
    "was_taken": lambda office: office.was_taken("w5827", "request"),
    "digest taken": lambda office: office.was_taken("", "digest-2024-11-20", "staff"),
    "stand": lambda office: office.stand("w5827"),
    "last_scan": lambda office: office.last_scan(),
    "to_refile": lambda office: office.to_refile("Held"),
    "to_copy": lambda office: office.to_copy(LATER, 5),
    "known_uids": lambda office: office.known_uids("INBOX", 7, range(5)),
    "mailbox steps": lambda office: office.ledger("", "mailbox"),
    "to_file": lambda office: office.to_file("INBOX", 7),
    "sent_since": lambda office: office.sent_since(LATER),
    "all_withheld": lambda office: office.all_withheld(),
}


def test_what_one_mail_asks_of_the_books_costs_the_same_after_ten_and_after_many(sqlite):
    counted: dict[str, list[int]] = {name: [] for name in [*ASKED, "commit"]}
    uid = 0
    for decided in (FEW, MANY):
        uid = fill(sqlite, uid, decided)
        for name, ask in ASKED.items():
            counted[name].append(steps_of(sqlite, lambda ask=ask: ask(sqlite)))
        uid += 1
        counted["commit"].append(steps_of(sqlite, lambda uid=uid: decide(sqlite, uid)))
    for name, (few, many) in counted.items():
        print(f"{name:20} {few:7} {many:7}")
    grown = {name: (few, many) for name, (few, many) in counted.items() if many > 1.5 * few + 50}
    assert grown == {}


def test_taking_up_one_mail_or_letter_costs_the_same_when_few_wait_and_when_many_do(sqlite):
    """Nothing is sorted or walked through for the next one: neither mails nor letters, whatever else is in hand."""
    counted: dict[str, list[int]] = {}
    uid = letters = 0
    for waiting_now in (FEW, MANY):
        while uid < waiting_now:
            uid += 1
            sqlite.receive([arrival(uid, body=b"x" * 20_000)])
            sqlite.commit(Decision(outcome="x"), [letter(f"w{uid}", due=NOW)], message=None, now=NOW)
        sqlite.sort_mails()
        for name, steps in taking_up(sqlite, 1000 + letters).items():
            counted.setdefault(name, []).append(steps)
        letters += 10
    for name, (few, many) in counted.items():
        print(f"{name:20} {few:7} {many:7}")
    assert {name: pair for name, pair in counted.items() if pair[1] > 1.2 * pair[0] + 50} == {}


def taking_up(office, uid: int) -> dict[str, int]:
    """Steps of what is asked of the books when mails and letters wait."""
    held: list[int] = []
    due: list[DueLetter] = []
    sent = Attempt(LetterState.SENT, "250 ok", {})

    def claim() -> None:
        message = office.claim_mail(NOW, LEASE, held)
        held.append(message.id)

    def claim_letter() -> None:
        settled = [(one, sent, NOW) for one in due]
        due[:] = office.claim(NOW, 1, LEASE, Holding(LEASE), settled)

    counted = {
        "receive": steps_of(office, lambda: office.receive([arrival(uid)])),
        "sort": steps_of(office, office.sort_mails),
        "sort, none came": steps_of(office, office.sort_mails),
        "claim": steps_of(office, claim),
        "claim ahead": steps_of(office, claim),
        "claim further ahead": steps_of(office, claim),
        "letter": steps_of(office, claim_letter),
        "settled, next letter": steps_of(office, claim_letter),
        "nothing goes at night": steps_of(office, lambda: office.claim(NOW, 1, LEASE, Holding(LEASE, quiet=True))),
        "mails listed": steps_of(office, lambda: office.pending(5)),
    }
    office.settle(due[0], sent, NOW)
    for one in held:
        office.give_back(one, counts=False)
    return counted


def fill(office, uid: int, to: int) -> int:
    """Decide mails until there are so many. The last UID."""
    while uid < to:
        uid += 1
        decide(office, uid)
    return uid


def decide(office, uid: int) -> None:
    """A mail comes, says something about each cell, is answered and filed; each fourth says something to staff as well."""
    at = NOW + uid * MINUTE
    (number,) = office.receive([arrival(uid, at=at)])
    office.sort_mails()
    receipt = letter(f"m{uid}", kind=LetterKind.RECEIPT, due=at)
    # Each letter asks again, so that whose answer a mail is must be found among as many.
    asks = (Asking("w5827", "before-1"),)
    receipt = dataclasses.replace(receipt, letter=dataclasses.replace(receipt.letter, asks=asks))
    steps = () if uid % 4 else (waiting(number, "long@phrae.example", at),)
    decision = said(*CELLS, reporter=f"r{uid % 3}", ledger=steps, answering=("long",))
    # Words about a circular are read as often as its staff are told of them: they grow with what people write.
    decision = dataclasses.replace(decision, circular="other") if steps else decision
    office.commit(decision, [receipt], message=number, now=at)
    told = tuple(dataclasses.replace(step, step=f"{TOLD}{number}") for step in steps)
    office.commit(Decision(outcome="words-told", ledger=told), [], message=None, now=at)
    (due,) = office.claim(at, 1, LEASE)
    office.settle(due, Attempt(LetterState.SENT, "250 ok", {}), at)
    office.filed(number, "Done", at)
