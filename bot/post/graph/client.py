"""Requests to one mailbox at Microsoft Graph.

Relied on, as Microsoft documents it:
- an answer 401 means a token that is no longer good (https://learn.microsoft.com/en-us/graph/resolve-auth-errors);
- 429 and 503 mean "not now", and Retry-After says for how many seconds (https://learn.microsoft.com/en-us/graph/throttling):
  10,000 requests in 10 minutes, 4 at a time, and 150 MB sent in 5 minutes for each application and mailbox
  (https://learn.microsoft.com/en-us/graph/throttling-limits);
- links to further pages are whole addresses, to be used as they are (https://learn.microsoft.com/en-us/graph/paging).
"""

import requests

from bot.post.graph.refusals import GraphRefusal
from bot.post.https.client import Client, error_of, seconds_said


class GraphClient(Client):
    """One mailbox of Exchange Online."""

    api = "v1.0"
    refusal = GraphRefusal

    def read_refusal(self, answer: requests.Response) -> GraphRefusal:
        """Code and words of a refusal; of one by a server in front, its reason."""
        error = error_of(answer)
        code, said = str(error.get("code", "HTTP")), str(error.get("message", "" if error else answer.reason))
        return GraphRefusal(answer.status_code, code, said, seconds_said(answer))
