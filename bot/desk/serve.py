"""The page at work: on the loopback alone, where the office's own web server, which speaks TLS, finds it."""

import contextlib

import uvicorn

from bot.desk.app import desk_app
from bot.desk.desk import Desk
from bot.desk.standings import in_thread
from parsers.child_process.sandbox import SandboxClosed, Starved

LOOPBACK = "127.0.0.1"
_AT_ONCE = 64  # requests that are answered at the same time; more are told to come again


def serve(desk: Desk, port: int) -> None:
    """Answer browsers until stopped (SIGTERM or Ctrl-C)."""
    in_thread(lambda: warm(desk))
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


def warm(desk: Desk) -> None:
    """Read what pages of many circulars need, and have children ready, before anybody asks."""
    house = desk.current(desk.clock())
    desk.standings.read_on(house)
    with contextlib.suppress(SandboxClosed, Starved):
        house.sandbox.warm(house.bureau.roster.naming)
