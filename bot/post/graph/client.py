"""Requests to one mailbox at Microsoft Graph.

Relied on, as Microsoft documents it:
- an answer 401 means a token that is no longer good (https://learn.microsoft.com/en-us/graph/resolve-auth-errors);
- 429 and 503 mean "not now", and Retry-After says for how many seconds (https://learn.microsoft.com/en-us/graph/throttling):
  10,000 requests in 10 minutes, 4 at a time, and 150 MB sent in 5 minutes for each application and mailbox
  (https://learn.microsoft.com/en-us/graph/throttling-limits);
- links to further pages are whole addresses, to be used as they are (https://learn.microsoft.com/en-us/graph/paging).
"""

from collections.abc import Mapping
from typing import Any

from bot.post.graph.refusals import GraphRefusal
from bot.post.https.client import Client


class GraphClient(Client):
    """One mailbox of Exchange Online."""

    api = "v1.0"
    refusal = GraphRefusal

    def read_refusal(self, status: int, error: Mapping[str, Any], wait: float | None) -> GraphRefusal:
        """Code and words of a refusal."""
        return GraphRefusal(status, str(error.get("code", "HTTP")), str(error.get("message", "")), wait)
