"""A wish: what a person asks for in words, as a value, and one that waits for its ``ยืนยัน`` in the books."""

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from parsers.reading import Value


class Verb(StrEnum):
    """What is asked for."""

    # Of staff, and done at once: they only tell.
    STATUS = "status"
    WHO_OWES = "who-owes"
    HELP = "help"
    SIGN_IN = "sign-in"  # to the page in the browser
    SEND_FORM = "send-form"
    REMIND = "remind"
    # Of staff, and said back first: they change something.
    EXTEND = "extend"
    EXEMPT = "exempt"
    LIFT = "lift"  # an exemption
    CLOSE = "close"
    REOPEN = "reopen"
    NO_REMINDER = "no-reminder"
    REMIND_AGAIN = "remind-again"
    CORRECT = "correct"
    ADD_ADDRESS = "add-address"
    REMOVE_ADDRESS = "remove-address"
    HOLIDAY = "holiday"
    WORK_DAY = "work-day"
    DECLINE = "decline"
    RESEND = "resend"  # the report that went to the department
    EVIDENCE = "evidence"
    NEW_CIRCULAR = "new-circular"  # of the department's papers; started by a word of its own
    ROSTER = "roster"  # the one mailed back holds from now on
    # What is said about another wish.
    CONFIRM = "confirm"
    CANCEL = "cancel"
    GRANT = "grant"
    DENY = "deny"
    # Of reporters.
    FORM = "form"
    MORE_TIME = "more-time"
    WITHDRAW = "withdraw"
    NEW_ADDRESS = "new-address"
    # Said by a word of its own, see ``bot.office.rules.commands``; here only so that it is never done by half.
    APPROVE = "approve"
    ACCEPT = "accept"  # a held mail, or its refusal
    DISPUTE = "dispute"  # what we recorded is none of the writer's
    # Asks for nothing.
    THANKS = "thanks"
    OTHER = "other"  # a question, a story, a matter of somebody else


class Lack(StrEnum):
    """What must be said and is not, or not so that one thing alone can be meant."""

    WHOM = "whom"
    ORGANISATION = "organisation"
    QUESTION = "question"
    VALUE = "value"
    UNTIL = "until"
    DAY = "day"
    ADDRESS = "address"
    WHY = "why"
    NOW = "now"  # it is done at once only
    LIMIT = "limit"  # it has no end or beginning of its own


@dataclass(frozen=True)
class Wish:
    """One wish. What its verb does not speak of is empty."""

    verb: Verb
    circular: str = ""  # slug, where the words name one
    reporters: tuple[str, ...] = ()  # keys
    everyone: bool = False  # all reporters
    owing: bool = False  # of them only those who still owe something
    organisation: str = ""  # code
    question: str = ""  # key
    value: Value | None = None
    until: datetime.datetime | None = None
    day: datetime.date | None = None
    address: str = ""  # lower case
    why: str = ""
    mail: int = 0  # row of the mail that is to be withdrawn
    papers: str = ""  # as JSON, what was read of the department's papers: words correct it
    lacks: tuple[Lack, ...] = ()


class WishState(StrEnum):
    """Where a wish stands that waited for a word."""

    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"
    REPLACED = "replaced"  # by what was made of it as corrected


LASTS = datetime.timedelta(days=3)  # so long a wish may be confirmed; longer ago nobody remembers what he meant


@dataclass(frozen=True)
class Pending:
    """A wish that was said back and waits for a word. ``reference`` names it and nobody can guess it."""

    reference: str
    wish: Wish
    said: str  # the sentence by which it was said back
    rests_on: str  # a mark of what it was said about; where that has changed, it is said back anew
    by: str  # the address that wished
    at: datetime.datetime
    circular: str = ""  # slug
    message: int = 0  # row of the mail that wished
    state: WishState = WishState.WAITING

    def has_expired(self, now: datetime.datetime) -> bool:
        """Whether it is too old to be confirmed."""
        return now - self.at > LASTS


@dataclass(frozen=True)
class Settled:
    """What became of a wish that waited; written once."""

    reference: str
    state: WishState
    by: str


def as_record(wish: Wish) -> dict[str, Any]:
    """The wish as JSON holds it."""
    said = {key: value for key, value in dataclasses.asdict(wish).items() if value not in ("", (), None, False)}
    said |= {"value": wish.value} if wish.value is not None else {}
    return {key: value.isoformat() if isinstance(value, datetime.date) else value for key, value in said.items()}


def from_record(said: Mapping[str, Any]) -> Wish:
    """The wish that ``as_record`` wrote."""
    made = dict(said)
    made["verb"] = Verb(made["verb"])
    made["reporters"] = tuple(made.get("reporters", ()))
    made["lacks"] = tuple(map(Lack, made.get("lacks", ())))
    if "until" in made:
        made["until"] = datetime.datetime.fromisoformat(made["until"])
    if "day" in made:
        made["day"] = datetime.date.fromisoformat(made["day"])
    return Wish(**made)
