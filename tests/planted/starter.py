"""Runs pytest again and again from one process that has the libraries loaded: a start from nothing takes longer than most tests.

One JSON line in, ``{"arguments": [...], "seconds": ..., "output": path}``, one JSON line out: the exit code, or null for a run that was
not over in that time and was killed with all that it started. Loads nothing of the code under test before it forks.
"""

import importlib
import json
import os
import signal
import sys
import time
import traceback

LIBRARIES = (
    "hypothesis", "pytest", "_pytest.assertion.rewrite", "openpyxl", "pandas", "sqlalchemy", "lxml.etree", "docx", "pydantic", "pydantic_settings",
    "aiosmtpd.controller", "pymap.backend.dict", "imapclient", "aiosmtplib", "jinja2", "requests", "rapidfuzz", "structlog", "typer",
    "apscheduler.schedulers.background", "pdfplumber", "xlrd", "holidays",
)  # fmt: skip
LOOK = 0.02  # seconds between two looks at a running child


def main() -> None:
    """Serve until the input ends."""
    for library in LIBRARIES:
        importlib.import_module(library)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(_run(asked["arguments"], asked["seconds"], asked["output"])), flush=True)


def _run(arguments: list[str], seconds: float, output: str) -> int | None:
    child = os.fork()
    if not child:
        _become(arguments, output)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(LOOK)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _become(arguments: list[str], output: str) -> None:
    """The child: a group of its own, so that what its tests start ends with it."""
    os.setsid()
    handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for standard in (1, 2):
        os.dup2(handle, standard)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    import pytest  # noqa: PLC0415 - loaded before the fork, so that this costs nothing

    code = int(pytest.ExitCode.INTERNAL_ERROR)
    try:
        code = int(pytest.main(arguments))
    except BaseException:  # noqa: BLE001 - the child must never come back into the loop
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
