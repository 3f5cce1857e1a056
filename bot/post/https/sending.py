"""Sending by requests over HTTPS, one letter after the other. What the requests are is each provider's."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar, Generic

from bot.post.https.client import PAUSES, Pauses
from bot.post.https.listing import AnyClient
from bot.post.https.refusals import Lost, Refusal
from bot.post.settings import SmtpSettings
from bot.post.smtp.sending import Outgoing, Result, fault


class HttpsOutbox(ABC, Generic[AnyClient]):
    """The way out over HTTPS, as `bot.post.smtp.sending.Outbox` is the one over SMTP."""

    client_of: type[AnyClient]
    opening: ClassVar[str]  # what is opened to see that we are let in

    def __init__(self, settings: SmtpSettings, pauses: Pauses = PAUSES) -> None:
        self.settings = settings
        self._pauses = pauses

    def deliver(self, letters: Iterable[Outgoing]) -> Iterator[tuple[int, Result]]:
        """Send one letter after the other; the next is asked of `letters` only after a result was taken.

        PostError (Transient or Permanent) when the server cannot be reached or refuses us altogether; the letter last
        asked for, and all after it, are then surely not sent.
        """
        with self.client_of(self.settings, self._pauses) as client:
            for letter in letters:
                yield letter.id, fault(letter) or self.send(client, letter)

    def probe(self) -> None:
        """See that the server lets us into the mailbox, and nothing more. Raises PostError as `deliver` does."""
        action = f"opening the mailbox of {self.settings.user} at {self.settings.host}"
        try:
            with self.client_of(self.settings, self._pauses) as client:
                client.get(self.opening, action)
        except Refusal as refusal:
            raise refusal.error(action) from None

    @abstractmethod
    def send(self, client: AnyClient, letter: Outgoing) -> Result:
        """Send one letter. Raises PostError where every letter would fare the same."""


def handed_over(act: Callable[[], str], action: str) -> Result:
    """How far a letter got by the one request that sends it; ``act`` makes it and says what the server answered.

    Raises PostError where the request did not go out, or every letter would fare the same.
    """
    try:
        return Result("sent", act())
    except Refusal as refusal:
        return Result("unknown", refusal.words) if refusal.doubtful else refusal.result(action)
    except Lost as error:
        return Result("unknown", str(error))
