"""Requests to one mailbox at the Gmail API.

Relied on, as Google documents it:
- 15,000 units a minute for each mailbox: sending takes 100, fetching, listing and moving 5 each, asking what changed 2
  (https://developers.google.com/workspace/gmail/api/reference/quota);
- what is too much is answered 403 or 429, with the time of the next try (.../gmail/api/guides/handle-errors), which people found in
  the words: ``User-rate limit exceeded.  Retry after 2024-11-12T11:16:42.247Z`` (googleapis/google-api-ruby-client#20544).
"""

import datetime
from collections.abc import Mapping
from typing import Any

from bot.post.gmail.refusals import GmailRefusal
from bot.post.https.client import Client
from bot.post.https.listing import moment

RETRY = "Retry after "


class GmailClient(Client):
    """One mailbox at Google."""

    api = "gmail/v1"
    refusal = GmailRefusal

    def read_refusal(self, status: int, error: Mapping[str, Any], wait: float | None) -> GmailRefusal:
        """Reason and words of a refusal."""
        said, now = str(error.get("message", "")), datetime.datetime.now(datetime.UTC)
        return GmailRefusal(status, _reason(error), said, _seconds_in(said, now) if wait is None else wait)


def _reason(error: Mapping[str, Any]) -> str:
    """The first reason that is named; else the status, such as ``NOT_FOUND``."""
    errors = error.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    return str(first.get("reason") or error.get("status") or "HTTP")


def _seconds_in(said: str, now: datetime.datetime) -> float | None:
    """For how long the words of a refusal tell us to wait; None where they name no time."""
    _, named, rest = said.partition(RETRY)
    until = moment(rest.split(maxsplit=1)[0]) if named and rest.strip() else None
    return max((until - now).total_seconds(), 0) if until else None
