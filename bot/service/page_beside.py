"""The page in the browser beside the loops: ``ruam desk`` as a process of its own, begun anew whenever it ends.

So an office needs one service, and whatever happens to the page, the road by mail goes on.
"""

import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger()

FIRST_SECONDS, LONGEST_SECONDS = 5.0, 300.0  # pauses before it is begun anew; they double
STEADY_SECONDS = 60.0  # so long it ran well, and the pauses begin small again
LOOK_SECONDS = 0.5  # between two looks whether it runs, or is to end
END_SECONDS = 10.0  # it gets to end by itself


@dataclass
class PageBeside:
    """The page of one office, until ``end``. ``command`` begins it, and does not return while it runs."""

    command: Sequence[str]
    office: str  # slug
    first: float = FIRST_SECONDS
    _over: threading.Event = field(default_factory=threading.Event)
    _watching: threading.Thread | None = None

    def start(self) -> None:
        """Begin, and return at once."""
        self._watching = threading.Thread(target=self._watch, name="page", daemon=True)
        self._watching.start()

    def end(self) -> None:
        """End the page, and wait until it has."""
        self._over.set()
        if self._watching:
            self._watching.join(2 * END_SECONDS)

    def _watch(self) -> None:
        pause = self.first
        while not self._over.is_set():
            began = time.monotonic()
            why = self._run()
            if self._over.is_set():
                break
            pause = self.first if time.monotonic() - began > STEADY_SECONDS else pause
            step = f"begun anew in {pause:.0f} s; `{' '.join(self.command[1:])}` by hand shows what is wrong"
            log.warning("page ended", action="page", office=self.office, error=why, next_step=step)
            self._over.wait(pause)
            pause = min(2 * pause, LONGEST_SECONDS)

    def _run(self) -> str:
        """Run the page until it ends or is to end; how it ended."""
        try:
            with subprocess.Popen(self.command, stdin=subprocess.DEVNULL) as process:  # noqa: S603 - our own command
                while process.poll() is None and not self._over.wait(LOOK_SECONDS):
                    pass
                _ended(process)
        except OSError as error:
            return str(error)
        return f"exit code {process.returncode}"


def _ended(process: subprocess.Popen[bytes]) -> None:
    """End a process that may have ended: by a word, then by force."""
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
