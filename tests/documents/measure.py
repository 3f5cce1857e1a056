"""How long the documents take and how much memory they need; a table, asserted nowhere.

    .venv/bin/python tests/documents/measure.py [ROUNDS]
    .venv/bin/python tests/documents/measure.py growth [ROUNDS]

Each round is a process of its own, which reads what it needs first; times are those of the making alone, of all ``ROUNDS``
(5) the median. The peak of memory is that of the process and its children together, the libraries included, what they share
counted once. Large tables are made from the
names of all organisations of the country, each with an answer to every question. ``growth`` makes the documents of three
circulars for a quarter, a half and the whole of the country; the last column is the time against the line before, which
is 2 if it grows with the list.
"""

import contextlib
import functools
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def forms() -> Callable[[], object]:
    """The pre-filled forms of the ten reporters of Phrae."""
    from bot.documents.form.excel_form import blank_form  # noqa: PLC0415 - measured apart
    from tests.documents.drawn import circular_named  # noqa: PLC0415 - the same

    circular, roster = circular_named("ticks")
    return lambda: [blank_form(circular, roster, contact.reporter.key) for contact in roster.contacts]


def report(name: str, document: str, most: int | None = None) -> Callable[[], object]:
    """The workbook or the PDF of this circular for Phrae, or for the first ``most`` organisations of the country."""
    from bot.documents.report.pdf import report_pdf  # noqa: PLC0415 - the same
    from bot.documents.report.workbook import report_workbook  # noqa: PLC0415 - measured apart
    from bot.office.model.rollup import roll_up  # noqa: PLC0415 - the same
    from tests.documents.drawn import OFFICE, circular_named, nation, recorded  # noqa: PLC0415 - the same

    circular, phrae = circular_named(name)
    roster = nation(phrae, most) if most else phrae
    rollup = roll_up(circular, roster, recorded(circular, roster), (), circular.deadlines.reporters.date())
    make = report_pdf if document == "PDF" else report_workbook
    return lambda: make(circular, rollup, OFFICE, roster)


SIZES = {"84": None, "1,963": 1_963, "3,926": 3_926, "7,852": 7_852}
SHIPPED = {
    f"{document}, {size} organisations": functools.partial(report, "ticks", document, SIZES[size])
    for size in ("84", "7,852")
    for document in ("workbook", "PDF")
}
GROWTH = {
    f"{document} of {name}, {size}": functools.partial(report, name, document, SIZES[size])
    for name in ("ticks", "figures", "rows")
    for document in ("workbook", "PDF")
    for size in ("1,963", "3,926", "7,852")
}
CASES: dict[str, Callable[[], Callable[[], object]]] = {"forms for 10 reporters": forms, **SHIPPED, **GROWTH}


def once(case: str) -> None:
    """One round, in this process: seconds and megabytes on one line."""
    sys.path.insert(0, str(ROOT))
    make = CASES[case]()
    before = memory()
    start = time.perf_counter()
    with ThreadPoolExecutor(1) as beside:
        making = beside.submit(make)
        peak = before
        while not making.done():
            peak = max(peak, memory())
            time.sleep(0.05)
    made = making.result()
    seconds = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(map(len, made)) if isinstance(made, list) else len(made)  # type: ignore[arg-type]
    print(seconds, before, max(own, peak), size)


def memory() -> float:
    """Megabytes of this process and its children."""
    own = Path("/proc/self")
    children = [pid for task in own.glob("task/*/children") for pid in task.read_text().split()]
    total = 0
    for process in (own, *(Path("/proc", pid) for pid in children)):
        with contextlib.suppress(OSError):  # it ended meanwhile
            total += int(re.search(r"^Pss: +(\d+)", (process / "smaps_rollup").read_text(), re.MULTILINE)[1])
    return total / 1024


def main(cases: Iterable[str], rounds: int) -> None:
    """The table."""
    growth = "against above" if cases is GROWTH else ""
    print(f"{'':32}{'median s':>10}{'MB before':>11}{'peak MB':>9}{'kB made':>9}{growth:>15}")
    above = None
    for case in cases:
        command = [sys.executable, __file__, "--once", case]
        found = [
            tuple(map(float, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()))
            for _ in range(rounds)
        ]
        seconds, before, peak, size = (statistics.median(column) for column in zip(*found, strict=True))
        against = f"{seconds / above:15.2f}" if growth and above else ""
        print(f"{case:32}{seconds:10.2f}{before:11.0f}{peak:9.0f}{size / 1000:9.0f}{against}", flush=True)
        above = seconds


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        once(sys.argv[2])
    else:
        chosen = GROWTH if sys.argv[1:2] == ["growth"] else ("forms for 10 reporters", *SHIPPED)
        main(chosen, int(sys.argv[-1]) if sys.argv[-1].isdecimal() else 5)
