"""One fork server of reading children for all sandboxes of a test process: to start one costs more than most mails.

For tests in which commands of Ruam run one after the other, each with a sandbox of its own. Each task still has a child of
its own, forked anew; what ends with a sandbox is tested on servers of their own, in ``tests/parsers/child_process``.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from parsers.child_process import sandbox
from parsers.child_process.children import Child, Server

_servers: dict[int, Server] = {}  # by the memory of their children


class Lent:
    """The server as one sandbox has it: closing gives it back."""

    def __init__(self, memory_bytes: int) -> None:
        self._memory = memory_bytes
        if memory_bytes not in _servers:
            _servers[memory_bytes] = Server(memory_bytes)
        self._server = _servers[memory_bytes]

    def child(self, module: str, catalogue: object = None) -> Child:
        """A fresh child. Raises ServerGoneError."""
        return self._server.child(module, catalogue)

    def close(self) -> None:
        """Give it back; one that was ended from outside is not lent again."""
        if self._server._process.poll() is not None and _servers.get(self._memory) is self._server:
            _servers.pop(self._memory).close()


@contextmanager
def lent() -> Iterator[None]:
    """Let sandboxes share a server while the block lasts."""
    own = sandbox.Server
    vars(sandbox)["Server"] = Lent
    try:
        yield
    finally:
        vars(sandbox)["Server"] = own


def end() -> None:
    """End all that were shared."""
    while _servers:
        _servers.popitem()[1].close()
