"""Who works: a name for this process, by which others on the same machine can tell whether it still lives.

Owns the shape of that name. A lease by the clock alone makes a restart wait for the end of what the dead one held, and a
clock that is set back makes it wait for longer; whoever can look at the process need not wait at all.
"""

import os
import secrets
from pathlib import Path

_PROC = Path("/proc")  # Linux; elsewhere nobody is ever known to be dead


def new_holder() -> str:
    """A name nobody else has: machine (its present run), process, when that began, and chance."""
    return "/".join((_place(), str(os.getpid()), _began(os.getpid()), secrets.token_hex(8)))


def surely_dead(holder: str) -> bool:
    """Whether the process of that name ran on this machine, since its last start, and is gone. In doubt: False."""
    place, _, rest = holder.partition("/")
    number, _, rest = rest.partition("/")
    began = rest.partition("/")[0]
    if not (place and began and number.isdecimal()) or place != _place():
        return False
    return _began(int(number)) != began


def _place() -> str:
    """This run of this machine, and the container in it: within these, process numbers mean something. Empty: unknown."""
    try:
        run = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        inside = str((_PROC / "self/ns/pid").readlink())
    except OSError:
        return ""
    return f"{run}.{''.join(c for c in inside if c.isdecimal())}"


def _began(process: int) -> str:
    """When a process began, in the kernel's ticks since the machine's start: numbers of processes are used again."""
    try:
        words = (_PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if words[0] in "ZX" else words[19]  # a zombie works no more
