"""The ways to a mailbox and out of it: by IMAP and SMTP, or by Microsoft Graph. What the rest of the house asks of each.

Owns the choice between them, by ``kind`` of the settings.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from bot.post.graph.sending import GraphOutbox
from bot.post.settings import GRAPH, SmtpSettings
from bot.post.smtp.sending import Outbox, Outgoing, Result


class AnyOutbox(Protocol):
    """The way out, as `bot.post.smtp.sending.Outbox` describes it."""

    settings: SmtpSettings

    def deliver(self, letters: Iterable[Outgoing]) -> Iterator[tuple[int, Result]]:
        """Send one letter after the other. Raises PostError."""

    def probe(self) -> None:
        """Log in, and nothing more. Raises PostError."""


def outbox_of(settings: SmtpSettings) -> AnyOutbox:
    """The way out that the settings name."""
    return GraphOutbox(settings) if settings.kind == GRAPH else Outbox(settings)
