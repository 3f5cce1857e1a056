"""What a tree of processes has used so far, as Linux tells it in ``/proc`` (proc(5))."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
OWN, ENDED = slice(11, 13), slice(13, 15)  # utime and stime; those of children that were waited for


def _stat(pid: int) -> list[str]:
    """The fields of a process behind its name, state first. Raises OSError when it is gone."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def tree(root: int) -> Iterator[int]:
    """A process and all that it and its children started."""
    yield root
    with suppress(OSError):
        for task in Path(f"/proc/{root}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from tree(int(child))


def cpu_seconds(root: int) -> float:
    """User and system time of a tree, of its ended processes too."""
    total = 0
    for pid in tree(root):
        with suppress(OSError):
            fields = _stat(pid)
            total += sum(map(int, fields[OWN] + fields[ENDED]))
    return total / TICKS


def memory(root: int) -> dict[int, float]:
    """Proportional set size (MB) of each process of a tree: shared pages are parted among those that share them."""
    found = {}
    for pid in tree(root):
        with suppress(OSError):
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            # "Pss:   12345 kB", a line of its own
            size = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
            found[pid] = int(size[1]) / 1024 if size else 0.0
    return found
