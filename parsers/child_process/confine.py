"""What a reading child gives up for good, so that one that was taken over by what it reads can do nothing.

Owns the walls, each of which holds alone: limits of the process, Landlock (files, TCP, signals), a list of the only system
calls it may make (seccomp), and Python's audit hook. A wall that this machine cannot build is named in ``report``, and
nothing else happens. Everything the walls are built of is loaded here, before there are any.
"""

import contextlib
import ctypes
import json
import os
import resource
import sys
from collections.abc import Callable
from typing import Any

try:
    import pyseccomp
except (ImportError, RuntimeError, OSError, AttributeError):  # no libseccomp.so.2, or one from before 2012
    pyseccomp = None
import py_landlock

_PR_SET_NO_NEW_PRIVS = 38  # prctl(2)
_PROT_EXEC = 4  # mmap(2)
# Numbers of errors on Linux, with which forbidden and unknown system calls are answered.
_EPERM, _ENOSYS = 1, 38
# What Python needs once everything is loaded: memory, its own pipes, time, its own signals and limits, an end.
_ALLOWED = (
    *("read", "write", "close", "lseek", "fstat", "poll", "ppoll"),
    *("brk", "munmap", "mremap", "madvise", "futex", "getrandom", "rseq", "membarrier"),
    *("clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "getrusage", "times"),
    *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall", "setitimer", "getitimer"),
    *("getpid", "gettid", "getuid", "geteuid", "getgid", "getegid", "uname", "sched_yield", "sched_getaffinity"),
    *("exit", "exit_group"),
)
# What a reading child never does; only one that was taken over would.
_FORBIDDEN = (
    *("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"),
    *("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "ctypes.dlopen"),
)
_lacking: dict[str, str] = {}
_libc = ctypes.CDLL(None, use_errno=True)


def confine(memory_bytes: int) -> None:
    """Put up every wall that this machine can; ``report`` says which it cannot. ``memory_bytes`` beyond what is mapped now.

    Open handles stay open; no further one can be made. Never raises.
    """
    walls: tuple[tuple[str, Callable[[], None]], ...] = (
        ("limits", lambda: _limit(memory_bytes)),
        ("no_new_privs", _no_new_privileges),
        ("landlock", lambda: py_landlock.Landlock(strict=False).apply()),
        ("seccomp", _only_allowed_calls),
        ("audit", lambda: sys.addaudithook(_refuse)),
    )
    _yield_memory_first()
    for name, build in walls:
        try:
            build()
        except Exception as error:  # noqa: BLE001 - a wall that cannot be built must not cost the others
            _lacking[name] = f"{type(error).__name__}: {error}"


def report() -> bytes:
    """The walls this child lacks and why, as a JSON object; empty when it has them all."""
    return json.dumps(_lacking).encode()


def _limit(memory_bytes: int) -> None:
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - this room has no paths
        mapped = int(statm.read().split()[0]) * resource.getpagesize()
    for what, most in (
        (resource.RLIMIT_AS, mapped + memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        _lower(what, most)


def _lower(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    lowered = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (lowered, lowered))


def _no_new_privileges() -> None:
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def _yield_memory_first() -> None:
    """Where the machine runs out of memory, this process ends before the one that holds the office's work."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:  # noqa: PTH123 - as above
        score.write("1000")


def _only_allowed_calls() -> None:
    if pyseccomp is None:
        raise RuntimeError("libseccomp.so.2 is not installed")
    only = pyseccomp.SyscallFilter(pyseccomp.ERRNO(_EPERM))
    allow, own = pyseccomp.ALLOW, pyseccomp.Arg(0, pyseccomp.EQ, os.getpid())
    data_only = pyseccomp.Arg(2, pyseccomp.MASKED_EQ, _PROT_EXEC, 0)
    for name in _ALLOWED:
        with contextlib.suppress(ValueError, OSError):  # not every machine knows each
            only.add_rule(allow, name)
    for name in ("mmap", "mprotect"):  # no code is loaded or written any more
        only.add_rule(allow, name, data_only)
    only.add_rule(allow, "tgkill", own)  # how abort() ends a process
    # A limit may be lowered or read, of this process alone; the kernel guards the hard ones.
    only.add_rule(allow, "prlimit64", pyseccomp.Arg(0, pyseccomp.EQ, 0))
    with contextlib.suppress(ValueError, OSError):
        only.add_rule(pyseccomp.ERRNO(_ENOSYS), "clone3")  # glibc then asks in the old way, and is refused
    only.load()


def _refuse(event: str, _args: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} in a reading child")
