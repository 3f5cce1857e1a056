"""The page at work: on the loopback alone, where the office's own web server, which speaks TLS, finds it."""

import uvicorn

from bot.desk.app import desk_app
from bot.desk.desk import Desk

LOOPBACK = "127.0.0.1"
_AT_ONCE = 64  # requests that are answered at the same time; more are told to come again


def serve(desk: Desk, port: int) -> None:
    """Answer browsers until stopped (SIGTERM or Ctrl-C)."""
    uvicorn.run(
        desk_app(desk),
        host=LOOPBACK,
        port=port,
        access_log=False,  # it would hold the links by which people sign in
        server_header=False,
        limit_concurrency=_AT_ONCE,
        forwarded_allow_ips=LOOPBACK,
        log_level="warning",
    )
