"""The mails in the desk's hand: claimed in turn, read by children while the desk decides those before them.

A reading is of the mail and of what the office knows. Where a decision changed that meanwhile, the mail is read anew when its
turn comes, so that what is decided is the same as if each were read then. A mail in whose reading or deciding a daemon died
is taken up with nothing beside it: should it do so again, no other mail is suspected.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from bot.office.model.received_mail import Inboxed
from bot.service.context import House
from bot.service.facts_of_mail import Known, known_by
from parsers.reading import Reading


@dataclass(frozen=True)
class Held:
    """A claimed mail, and its reading as soon as there is one; None when it is read in its turn."""

    message: Inboxed
    known: Known
    reading: Future[Reading] | None


class Hand:
    """The mails in one desk's hand. Close it: what was begun for nobody is waited for by none."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known: Known | None = None  # asked when the first mail comes
        self._held: deque[Held] = deque()
        children = house.sandbox.children
        self._most = children + 1
        self._pool = ThreadPoolExecutor(children, "reading") if children else None

    def __bool__(self) -> bool:
        return bool(self._held)

    def __iter__(self) -> Iterator[int]:
        """The mails' ids, in turn."""
        return (one.message.id for one in self._held)

    @property
    def room(self) -> bool:
        """Whether another mail may be taken up beside those in hand."""
        return len(self._held) < self._most and not any(one.message.attempts > 1 for one in self._held)

    def take_up(self, message: Inboxed) -> None:
        """Take a claimed mail in hand; its reading begins as soon as a child is free."""
        self._known = known = self._known or known_by(self._house)
        reading = None
        if self._pool and message.attempts == 1:
            reading = self._pool.submit(self._house.sandbox.read_message, message.raw, known.catalogue)
        self._held.append(Held(message, known, reading))

    def next(self) -> tuple[Inboxed, Callable[[Known], Reading]]:
        """The mail whose turn it is, out of the hand, and what gives its reading by what is known by then.

        That raises SandboxClosed and Starved, as the sandbox does.
        """
        one = self._held.popleft()

        def read(known: Known) -> Reading:
            self._known = known
            if one.reading and known.alike(one.known):
                return one.reading.result()
            return self._house.sandbox.read_message(one.message.raw, known.catalogue)

        return one.message, read

    def close(self) -> None:
        """Begin no further reading."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
