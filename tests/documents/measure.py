"""How long the documents take and how much memory they need; a table, asserted nowhere.

    .venv/bin/python tests/documents/measure.py [ROUNDS]

Each round is a process of its own, which reads what it needs first; times are those of the making alone, of all ``ROUNDS``
(5) the median. The peak of memory is that of the whole process, the libraries included. Large tables are made from the
names of all organisations of the country, each with an answer to every question.
"""

import csv
import dataclasses
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NATION = ROOT / "tests" / "parsers" / "data" / "national_names.csv"


def forms() -> Callable[[], object]:
    """The pre-filled forms of the ten reporters of Phrae."""
    from bot.config import shipped_bureau  # noqa: PLC0415 - measured apart
    from bot.documents.form import blank_form  # noqa: PLC0415 - the same

    bureau = shipped_bureau()
    circular, roster = bureau.circulars["w5827"], bureau.roster
    return lambda: [blank_form(circular, roster, contact.reporter.key) for contact in roster.contacts]


def _report(*, whole_nation: bool, pdf: bool) -> Callable[[], object]:
    from bot.config import shipped_bureau  # noqa: PLC0415 - measured apart
    from bot.documents.report import report_workbook  # noqa: PLC0415 - the same
    from bot.documents.report_pdf import report_pdf  # noqa: PLC0415 - the same
    from bot.office.rollup import roll_up  # noqa: PLC0415 - the same
    from parsers.reading import Organisation  # noqa: PLC0415 - the same
    from tests.documents.drawn import OFFICE, recorded  # noqa: PLC0415 - the same

    bureau = shipped_bureau()
    circular, roster = bureau.circulars["w5827"], bureau.roster
    if whole_nation:
        with NATION.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        names = ("code", "type", "official_name", "short_name", "district")
        roster = dataclasses.replace(
            roster, organisations=tuple(Organisation(*(row[name] for name in names)) for row in rows)
        )
    rollup = roll_up(circular, roster, recorded(circular, roster), (), circular.deadlines.reporters.date())
    if pdf:
        return lambda: report_pdf(circular, rollup, OFFICE, roster)
    return lambda: report_workbook(circular, rollup, OFFICE, roster)


CASES: dict[str, Callable[[], Callable[[], object]]] = {
    "forms for 10 reporters": forms,
    "workbook, 84 organisations": lambda: _report(whole_nation=False, pdf=False),
    "PDF, 84 organisations": lambda: _report(whole_nation=False, pdf=True),
    "workbook, 7,852 organisations": lambda: _report(whole_nation=True, pdf=False),
    "PDF, 7,852 organisations": lambda: _report(whole_nation=True, pdf=True),
}


def once(case: str) -> None:
    """One round, in this process: seconds and megabytes on one line."""
    sys.path.insert(0, str(ROOT))
    make = CASES[case]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    made = make()
    seconds = time.perf_counter() - start
    size = sum(map(len, made)) if isinstance(made, list) else len(made)  # type: ignore[arg-type]
    print(seconds, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, size)


def main(rounds: int) -> None:
    """The table."""
    print(f"{'':32}{'median s':>10}{'MB before':>11}{'peak MB':>9}{'kB made':>9}")
    for case in CASES:
        command = [sys.executable, __file__, "--once", case]
        found = [
            tuple(map(float, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()))
            for _ in range(rounds)
        ]
        seconds, before, peak, size = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{case:32}{seconds:10.2f}{before:11.0f}{peak:9.0f}{size / 1000:9.0f}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        once(sys.argv[2])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
