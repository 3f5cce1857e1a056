"""Reading as ever, but for CSV files that end their process by a word in them. Runs in a reading child alone."""

import os
import signal

from parsers.child_process import tasks
from parsers.files import open_file
from parsers.formats.text import delimited


def read_message(raw, request, barred, stop):
    """As ``parsers.child_process.tasks.read_message``."""
    open_file.READERS["csv"] = _read
    return tasks.read_message(raw, request, barred, stop)


def _read(data, **names):
    if b"ABORT" in data:
        os.abort()
    if b"DEAF" in data:  # as a long call into C that hears no exception
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGPROF])
    while b"SPIN" in data or b"DEAF" in data:
        pass
    return delimited.read(data, **names)
