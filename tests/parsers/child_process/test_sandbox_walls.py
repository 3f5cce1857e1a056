"""Hostile code in a reading child: whatever it tries is refused, by the kernel too where Python's own hook is got round.

The code calls libc through ctypes, which was loaded before there were walls, so that no audit hook stands between it and the
kernel. Each attempt is also made with one wall alone, where that wall claims it.
"""

import contextlib
import json
import multiprocessing
import os
import platform
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from parsers.child_process import confine
from parsers.child_process.sandbox import Limits, Sandbox

SECRET = "a-secret-of-the-office"
# What is tried by system call; the figure is the call's number on this kind of machine.
CALLS = {
    "x86_64": {"ptrace": 101, "process_vm_readv": 310, "open": 2, "openat": 257, "execve": 59, "fork": 57, "clone": 56,
               "clone3": 435, "kill": 62, "socket": 41, "mmap": 9, "io_uring_setup": 425, "bpf": 321, "unshare": 272,
               "memfd_create": 319, "pidfd_getfd": 438, "prctl": 157, "seccomp": 317, "personality": 135, "dup": 32},
    "aarch64": {"ptrace": 117, "process_vm_readv": 270, "openat": 56, "execve": 221, "clone": 220, "clone3": 435,
                "kill": 129, "socket": 198, "mmap": 222, "io_uring_setup": 425, "bpf": 280, "unshare": 97,
                "memfd_create": 279, "pidfd_getfd": 438, "prctl": 167, "seccomp": 277, "personality": 92, "dup": 23},
}[platform.machine()]  # fmt: skip
NUMBER = CALLS.get

BY_PYTHON = {
    "reads a file": "open('/etc/passwd').read()",
    "reads the books": "open({books!r}, 'rb').read()",
    "lists a folder": "os.listdir({folder!r})",
    "writes a file": "open({folder!r} + '/written', 'w')",
    "removes a file": "os.remove({books!r})",
    "opens the daemon's memory": "open('/proc/{parent}/mem', 'rb')",
    "reads the daemon's environment": "open('/proc/{parent}/environ', 'rb').read()",
    "connects to a server": "__import__('socket').socket().connect(('127.0.0.1', {port}))",
    "sends a datagram": "__import__('socket').socket(2, 2).sendto(b'x', ('127.0.0.1', {port}))",
    "starts a program": "os.execv('/bin/true', ['true'])",
    "starts a shell": "__import__('subprocess').run(['sh', '-c', 'true'])",
    "forks": "os.fork()",
    "starts a thread": "__import__('_thread').start_new_thread(print, ())",
    "signals the daemon": "os.kill({parent}, 10)",
    "signals its fork server": "os.kill(os.getppid(), 9)",
    "raises its limits": "__import__('resource').setrlimit(__import__('resource').RLIMIT_AS, (-1, -1))",
    "loads a library": "ctypes.CDLL('libutil.so.1')",
}
BY_CALL = {
    "ptrace": "16, {parent}, 0, 0",  # PTRACE_ATTACH
    "process_vm_readv": "{parent}, ctypes.byref(local), 1, ctypes.byref(local), 1, 0",
    "open": "b'/etc/passwd', 0, 0",
    "openat": "-100, b'/proc/{parent}/mem', 0, 0",
    "execve": "b'/bin/true', None, None",
    "fork": "",
    "clone": "17, 0, 0, 0, 0",
    "clone3": "ctypes.create_string_buffer(88), 88",
    "kill": "{parent}, 0",
    "socket": "2, 1, 0",
    "mmap": "0, 4096, 7, 34, -1, 0",  # memory to write code to and run it
    "io_uring_setup": "8, ctypes.create_string_buffer(120)",
    "bpf": "0, None, 0",
    "unshare": "0x10000000",
    "memfd_create": "b'x', 0",
    "pidfd_getfd": "3, 0, 0",
    "prctl": "4, 1, 0, 0, 0",
    "seccomp": "0, 0, None",
    "personality": "0",
    "dup": "3",
}
CODE = """
import ctypes, json, os
class Vector(ctypes.Structure): _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]
room = ctypes.create_string_buffer(64)
local = Vector(ctypes.addressof(room), 64)
from parsers.child_process.confine import _libc as libc  # loaded before the walls stood
libc.syscall.restype = ctypes.c_long
def call(*args):
    if (found := libc.syscall(*args)) < 0: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return found
ends = {{}}
for name, source in json.loads({tries!r}).items():
    try: ends[name] = "DONE: " + repr(eval(source))[:80]
    except BaseException as error: ends[name] = type(error).__name__ + ": " + str(error)[:80]
result = json.dumps(ends).encode()
"""

HANDLES = """(lambda space: (exec('''
import os
found = []
for handle in range(999):
    try: os.lseek(handle, 0, 1)
    except OSError as error:
        if error.errno == 9: continue
    found.append(handle)
''', space), repr(space["found"]).encode())[1])({})"""


def attempts(tries, **known):
    """The code of a task that makes all attempts and returns how each ended."""
    filled = {name: source.format(parent=os.getpid(), **known) for name, source in tries.items()}
    code = CODE.format(tries=json.dumps(filled))
    return f"(lambda space: (exec({code!r}, space), space['result'])[1])({{}})"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Limits(workers=1)) as made:
        yield made


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def told(title, ends):
    print(f"\n\n{title}")
    for name, end in ends.items():
        print(f"  {name.ljust(34)}{end}")


def test_whatever_a_taken_over_child_tries_is_refused(sandbox, listener, tmp_path):
    """By Python's ways; the table says by what."""
    books = tmp_path / "books.db"
    books.write_bytes(b"x")
    ends = json.loads(
        sandbox._run("builtins:eval", attempts(BY_PYTHON, books=str(books), folder=str(tmp_path), port=listener))
    )
    told("in Python", ends)
    assert ends.keys() == BY_PYTHON.keys()
    assert {name: end for name, end in ends.items() if end.startswith("DONE")} == {}
    assert (books.read_bytes(), list(tmp_path.iterdir())) == (b"x", [books])


def test_what_gets_round_the_audit_hook_is_refused_by_the_kernel(sandbox):
    """System calls made by ctypes, of which Python knows nothing."""
    tries = {name: f"call({NUMBER(name)}, {args})" for name, args in BY_CALL.items() if NUMBER(name)}
    ends = json.loads(sandbox._run("builtins:eval", attempts(tries)))
    told("by system call", ends)
    assert ends.keys() == tries.keys()
    assert {
        name: end for name, end in ends.items() if not end.startswith(("PermissionError", "OSError: [Errno 38]"))
    } == {}


def test_a_child_has_no_environment_and_no_handle_but_its_own(sandbox, monkeypatch):
    """Neither Python's nor what the kernel laid into its memory when it started."""
    monkeypatch.setenv("RUAM_IMAP__PASSWORD", SECRET)
    inherited = os.open(os.devnull, os.O_RDONLY)
    os.set_inheritable(inherited, True)  # noqa: FBT003 - the interface of os
    with contextlib.ExitStack() as kept:
        kept.callback(os.close, inherited)
        fresh = kept.enter_context(Sandbox(Limits(workers=1)))
        assert fresh.run(eval, "repr(dict(__import__('os').environ)).encode()") in {b"{}", b"{'LC_CTYPE': 'C.UTF-8'}"}
        assert SECRET.encode() not in Path(f"/proc/{fresh._server._process.pid}/environ").read_bytes()
        assert fresh.run(eval, HANDLES) == b"[0, 1, 2, 3]"


def test_a_child_has_every_wall_that_this_machine_gives(sandbox):
    """And says so itself."""
    assert json.loads(sandbox.walls()) == {}


def _behind(wall, source, answers):
    """A process with one wall alone."""
    {
        "landlock": lambda: confine.py_landlock.Landlock(strict=False).apply(),
        "seccomp": confine._only_allowed_calls,
        "limits": lambda: confine._limit(1 << 30),
    }[wall]()
    answers.send_bytes(eval(source))


@pytest.mark.parametrize(
    ("wall", "names"),
    [
        ("landlock", {"reads a file", "reads the books", "lists a folder", "writes a file", "removes a file", "starts a program",
                      "opens the daemon's memory", "reads the daemon's environment", "connects to a server", "signals the daemon"}),
        ("seccomp", BY_PYTHON.keys() - {"raises its limits"}),
    ],
)  # fmt: skip
def test_each_wall_holds_alone(wall, names, listener, tmp_path):
    """Where the others cannot be built, as on an old kernel or without libseccomp."""
    books = tmp_path / "books.db"
    books.write_bytes(b"x")
    tries = {name: BY_PYTHON[name] for name in BY_PYTHON if name in names}
    source = attempts(tries, books=str(books), folder=str(tmp_path), port=listener)
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_behind, args=(wall, source, theirs))
    process.start()
    ends = json.loads(mine.recv_bytes())
    process.join()
    told(f"behind {wall} alone", ends)
    assert {name: end for name, end in ends.items() if end.startswith("DONE")} == {}


def test_a_wall_that_cannot_be_built_costs_no_other_and_is_told():
    """As without libseccomp.so.2, or on a kernel without Landlock."""
    code = (
        "from parsers.child_process import confine; import os, py_landlock, sys\n"
        "confine.pyseccomp = None\n"
        "def none(self): raise py_landlock.LandlockNotAvailableError('no such kernel')\n"
        "py_landlock.Landlock.apply = none\n"
        "confine.confine(1 << 30)\n"
        "os.write(1, confine.report())\n"
        "try: __import__('socket').create_connection(('127.0.0.1', 9))\n"
        "except PermissionError: os.write(1, b'refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True, timeout=60)
    report, _, refused = done.stdout.partition(b"}")
    assert json.loads(report + b"}").keys() == {"landlock", "seccomp"}
    assert refused == b"refused"
