"""The office of paper with its page served on the loopback by a thread of this process, so that a test may look into the books."""

import dataclasses
import re
import socket
import threading
import time

import uvicorn

from bot.desk.app import desk_app
from bot.desk.desk import Desk
from tests.bot.desk.conftest import LookingReader
from tests.field.office_of_paper import STAFF, Office, said, to


class Served(Office):
    """The office of paper, its page served on the loopback."""

    def __init__(self, folder) -> None:
        super().__init__(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.origin = f"http://127.0.0.1:{port}"
        own = dataclasses.replace(self.bureau.office, desk=self.origin)
        bureau = dataclasses.replace(self.bureau, office=own)
        self.house = dataclasses.replace(self.house, bureau=bureau, sandbox=LookingReader())  # type: ignore[arg-type]  # a fake
        desk = Desk(self.house, (), lambda: self.now)
        config = uvicorn.Config(desk_app(desk), port=port, log_level="error", access_log=False)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join()
        super().close()

    def link(self) -> str:
        """The link in the letter that was written last; it is written by a worker, so it is waited for."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            for letter in to(STAFF, self.letters()):
                if found := re.search(rf"{self.origin}/sign-in/[\w-]+", said(letter)):
                    return found[0]
            time.sleep(0.05)
        raise AssertionError("no letter")
