"""Hostile tasks in real child processes: each ends as unreadable, and harms no other."""

import base64
import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from parsers.child_process.sandbox import Died, Limits, Sandbox, SandboxClosed, Starved
from parsers.findings import Code
from parsers.reading import Catalogue, FileRequest, Outcome

NOTHING = Catalogue(forms={}, organisations=(), reporters=())


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Limits(wall_seconds=60, cpu_seconds=1)) as made:
        yield made


class Evil:
    """What would run in whoever unpickles it."""

    def __reduce__(self):
        return exec, ("import os; os._taken = True",)


EVIL = b"+" + pickle.dumps(Evil())


def fate(sandbox, function, *args):
    """How a task that should give a reading ends."""
    try:
        sandbox._reading(f"{function.__module__}:{function.__qualname__}", *args)
    except Died as died:
        return str(died)
    return "read"


# A call into C that no exception of Python's can end.
DEAF = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGPROF])\nwhile True: pass"
HOSTILE = {
    "spins": ((exec, "while True: pass"), "CPU limit"),
    "spins and hears nothing": ((exec, DEAF), "child ended with -24"),
    "aborts": ((os.abort,), "child ended with -6"),
    "eats memory": ((eval, "b'x' * (8 << 30)"), "MemoryError"),
    "leaves": ((sys.exit, 3), "SystemExit: 3"),
    "leaves at once": ((os._exit, 0), "child ended with 0"),
    "babbles": ((exec, "import os; os.write(3, b'\\xff' * 99)"), "a frame of"),
    "sends a pickle": ((exec, f"import os; os.write(3, {len(EVIL).to_bytes(4, 'big') + EVIL!r})"), "malformed result"),
    "prints rubbish": ((eval, "b'rubbish'"), "malformed result"),
    "sends half": ((eval, '\'{"circular":"w5827","ans\'.encode()'), "malformed result"),
    "sends something else": ((eval, "{'circular': 'w5827'}"), "result is no bytes"),
    "sends too much": ((bytes, 17 << 20), "result too large"),
    "panics": ((exec, "raise BaseException('panic')"), "BaseException: panic"),
    "calls out": ((exec, "import socket; socket.create_connection(('127.0.0.1', 9))"), "PermissionError"),
    "starts a program": ((exec, "import os; os.system('true')"), "PermissionError"),
}


@pytest.mark.parametrize("task", HOSTILE)
def test_a_hostile_task_ends_as_unreadable(sandbox, task):
    """Whatever it does; and the next task finds a working child."""
    (function, *args), end = HOSTILE[task]
    assert fate(sandbox, function, *args).startswith(end)
    assert sandbox._run("builtins:bytes", 3) == b"\0\0\0"


def test_nothing_a_child_sends_is_unpickled():
    """Neither as its result nor otherwise."""
    assert not hasattr(os, "_taken")


def test_a_child_that_waits_without_using_its_cpu_says_nothing_of_its_task():
    """A busy machine damages no file, and nobody waits for ever for one that sleeps."""
    with Sandbox(Limits(wall_seconds=1, workers=1)) as made:
        for _ in range(2):
            with pytest.raises(Starved):
                made._run("time:sleep", 60)
            with pytest.raises(Starved):
                made.run(time.sleep, 60)
        assert made._run("builtins:bytes", 1) == b"\0"


def test_others_are_unaffected(sandbox):
    """Tasks of other threads come back while neighbours abort, eat and spin."""
    bad = [HOSTILE[name][0] for name in ("aborts", "spins", "eats memory", "aborts")]
    with ThreadPoolExecutor(12) as threads:
        ends = [threads.submit(fate, sandbox, *task) for task in bad]
        results = [threads.submit(sandbox._run, "builtins:bytes", size) for size in range(8)]
        assert [len(result.result()) for result in results] == list(range(8))
        assert "read" not in [end.result() for end in ends]


def test_any_task_may_be_run_and_one_that_fails_gives_nothing(sandbox):
    """For work on what others sent that is no reading."""
    assert sandbox.run(bytes, 2) == b"\0\0"
    assert [sandbox.run(*HOSTILE[task][0]) for task in ("aborts", "leaves", "panics", "sends something else")] == [
        None
    ] * 4


def form(rows):
    """A workbook of so many rows of formatted text, quick to write by hand and slow to read."""
    cells = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}" t="inlineStr"><is><r><t>{row}</t></r></is></c>' for column in "ABCDEFGHIJ")
        + "</row>"
        for row in range(1, rows + 1)
    )
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'
    book, out = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(book)
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return out.getvalue()


def mail(*files):
    parts = [
        f"--b\r\nContent-Type: application/x; name={name}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
        + base64.encodebytes(data)
        for name, data in files
    ]
    head = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    return head + b"\r\n".join(parts) + b"\r\n--b--\r\n"


SMALL, SLOW = form(2), form(20_000)


def test_one_slow_attachment_does_not_hide_the_good_ones(sandbox):
    """It is named and said to be too slow; the others are read, those behind it too."""
    reading = sandbox.read_message(mail(("good.xlsx", SMALL), ("bad.xlsx", SLOW), ("too.xlsx", SMALL)), NOTHING)
    assert [(file.name, file.format) for file in reading.files] == [
        ("good.xlsx", "xlsx"),
        ("bad.xlsx", "unknown"),
        ("too.xlsx", "xlsx"),
    ]
    assert [found.place.file for found in reading.findings if found.code is Code.FILE_TOO_SLOW] == ["bad.xlsx"]
    assert (reading.mail.sender, reading.notes) == ("a@b.example", ("file 2: too slow",))


def test_a_file_that_is_too_slow_is_said_to_be(sandbox):
    """And a quiet one is read."""
    bad = sandbox.read_file("bad.xlsx", SLOW, FileRequest(NOTHING))
    assert (bad.outcome, bad.findings[0].code, bad.files[0].name) == (Outcome.REJECTED, Code.FILE_TOO_SLOW, "bad.xlsx")
    assert sandbox.read_file("good.xlsx", SMALL, FileRequest(NOTHING)).files[0].format == "xlsx"


def test_a_mail_that_kills_every_child_is_rejected_with_its_sender():
    """Somebody must be answered; here no child has memory to read anything but the headers."""
    raw = mail(("x.txt", b"x" * 3)) + b"x" * (30 << 20)
    with Sandbox(Limits(memory_bytes=60 << 20, workers=1)) as tight:
        reading = tight.read_message(raw, NOTHING)
    assert (reading.outcome, [found.code for found in reading.findings]) == (Outcome.REJECTED, [Code.FILE_UNREADABLE])
    assert reading.mail.sender == "a@b.example"
    assert len(reading.notes) == 1


def test_what_is_too_large_is_not_even_tried():
    """The sender is told the limit."""
    with Sandbox(Limits(input_bytes=1 << 20, workers=1)) as small:
        found = small.read_file("x.xlsx", b"x" * (2 << 20), FileRequest(NOTHING)).findings[0]
    assert (found.code, "1 เมกะไบต์" in found.message) == (Code.FILE_TOO_LARGE, True)


def children_of(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def asleep(made, ends):
    """A child that sleeps, its process id; how the one who waits for it ended is added to ``ends``."""

    def read():
        try:
            ends.append(made._run("time:sleep", 600))
        except (SandboxClosed, Died) as end:
            ends.append(type(end))

    made._run("builtins:bytes", 1)  # its fork server is up, and no program of its start is taken for a child
    while children_of(made._server._process.pid):
        pass
    reader = threading.Thread(target=read)
    reader.start()
    while not (found := children_of(made._server._process.pid)):
        assert reader.is_alive()
    try:
        yield found[0]
    finally:
        made.close()
        reader.join()


def test_closing_ends_children_and_waiting_readers():
    """No reader takes the end of the house for a fault of its mail, and no child is left."""
    made, ends = Sandbox(Limits(workers=1)), []
    with asleep(made, ends) as pid:
        made.close()
    assert ends == [SandboxClosed]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(SandboxClosed):
        made._run("builtins:bytes", 1)


def test_a_child_told_to_stop_from_outside_goes_on():
    """A service manager may signal every process; whoever asked for the reading ends it."""
    made, ends = Sandbox(Limits(workers=2)), []
    with asleep(made, ends) as pid:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            os.kill(pid, number)
            os.kill(made._server._process.pid, number)
        assert made._run("builtins:bytes", 1) == b"\0"
        assert pid in children_of(made._server._process.pid)


def test_a_fork_server_that_is_killed_is_started_again():
    """What was asked for meanwhile is asked for again."""
    with Sandbox(Limits(workers=1)) as made:
        made._run("builtins:bytes", 1)  # until then there is none
        for _ in range(2):
            before = made._server._process
            before.kill()
            before.wait()
            assert made._run("builtins:bytes", 1) == b"\0"
            assert made._server._process is not before


def test_no_task_finds_anything_of_the_one_before(sandbox):
    """What took a child over has nothing of the next mail."""
    assert fate(sandbox, exec, "import builtins; builtins.left = b'x'") == "result is no bytes"
    assert fate(sandbox, eval, "left").startswith("NameError")


@pytest.mark.parametrize("how", [["-c"], ["-X", "dev", "-W", "error", "-c"]])
def test_it_works_in_a_thread_of_a_fresh_program(how):
    """And leaves nothing on its error output, warnings included."""
    code = (
        "import threading; from parsers.child_process.sandbox import Sandbox\n"
        "def go():\n with Sandbox() as s: print(len(s._run('builtins:bytes', 5)))\n"
        "t = threading.Thread(target=go); t.start(); t.join()"
    )
    done = subprocess.run([sys.executable, *how, code], capture_output=True, text=True, timeout=60, check=True)
    assert (done.stdout, done.stderr) == ("5\n", "")
