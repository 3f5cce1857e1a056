"""How fast Ruam is beside what a user would write instead: ``make bench``, or one part of it.

    .venv/bin/python tests/bench/bench.py rate 100 1000 10000 [--rounds 3] [--peers build/bench/peers]
    .venv/bin/python tests/bench/bench.py latency [--mails 50]
    .venv/bin/python tests/bench/bench.py memory
    .venv/bin/python tests/bench/bench.py national [--mails 7852]
    .venv/bin/python tests/bench/bench.py calls [100 1000 10000]
    .venv/bin/python tests/bench/bench.py start [--rounds 7]

``rate``: all mails lie in one mailbox of Dovecot; each is a filled-in form w5827 (16 kB, an .xlsx), accepted and answered.
``floor`` and ``naive`` are ``peers.py``; parsedmarc reads as many of its own mails. All run in turn, round by round, on the same
machine, so ratios hold where seconds do not. CPU is that of the whole tree of processes; of Ruam and parsedmarc an idle
start is taken off. Each run is a line of ``build/bench/results.jsonl``, from which ``plot.py`` draws.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench import calls, national, parsedmarc, waiting  # noqa: E402 -- after the path is set
from tests.bench.replies import replies  # noqa: E402
from tests.bench.yard import Run, Yard, idle, ruam  # noqa: E402
from tests.setup.real_mail import PASSWORD  # noqa: E402

RESULTS = ROOT / "build" / "bench" / "results.jsonl"
MANY = 500  # mails, from which on one round says enough
CONTESTANTS = ("floor", "naive", "parsedmarc", "Ruam, receipt queued", "Ruam, receipt sent")


def peer(yard: Yard, peers: Path, what: str, address: str) -> Run:
    """One pass of ``floor`` or ``naive`` over a mailbox."""
    script = Path(__file__).with_name("peers.py")
    command = [str(peers / "bin" / "python"), str(script), what, str(yard.mail.imap_port), address, PASSWORD]
    _, wall, cpu = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return Run(float(wall), float(cpu))


def one_round(yard: Yard, peers: Path, mails: list[bytes], at_rest: float) -> dict[str, Run]:
    """Every contestant once."""
    found = {}
    with yard.mailbox(mails) as address:
        peer(yard, peers, "floor", address)  # Dovecot reads its folder for the first time
        for what in ("floor", "naive"):
            found[what] = peer(yard, peers, what, address)
    found["parsedmarc"] = parsedmarc.run(yard, peers, len(mails))
    for name, sends in (("Ruam, receipt queued", False), ("Ruam, receipt sent", True)):
        run = ruam(yard, mails, sends=sends)
        found[name] = Run(run.wall, run.cpu - at_rest, run.books)
    return found


def rate(counts: Sequence[int], rounds: int, peers: Path) -> None:
    """A table for each number of mails: mails/s and CPU a mail, and both against the naive loop."""
    with Yard() as yard:
        at_rest = statistics.median(idle(yard) for _ in range(3))
        print(f"start of an idle daemon: {at_rest:.2f} s of CPU, taken off")
        for count in counts:
            mails = list(replies(count, "office@phrae.example"))
            runs: dict[str, list[Run]] = defaultdict(list)
            for _ in range(rounds if count < MANY else 1):
                for name, run in one_round(yard, peers, mails, at_rest).items():
                    runs[name].append(run)
                    _keep("rate", name, count, run)
            _show(count, runs)


def _keep(part: str, name: str, count: int, run: Run) -> None:
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    line = {"part": part, "at": time.strftime("%F %T"), "name": name, "mails": count, "wall": run.wall, "cpu": run.cpu}
    with RESULTS.open("a", encoding="utf-8") as out:
        out.write(json.dumps({**line, "books": run.books}, ensure_ascii=False) + "\n")


def _show(count: int, runs: dict[str, list[Run]]) -> None:
    middle = {
        name: Run(
            statistics.median(one.wall for one in found), statistics.median(one.cpu for one in found), found[-1].books
        )
        for name, found in runs.items()
    }
    naive = middle["naive"]
    print(f"\n{count} mails, median of {len(runs['naive'])}\n")
    print(f"{'':22} {'mails/s':>9} {'x naive':>8} {'CPU ms a mail':>14} {'x naive':>8}   books, kB a mail")
    for name in CONTESTANTS:
        run = middle[name]
        ahead, thrift = naive.wall / run.wall, naive.cpu / run.cpu
        books = f"{run.books / count / 1000:.0f}" if run.books else ""
        print(f"{name:22} {count / run.wall:9.1f} {ahead:8.2f} {1000 * run.cpu / count:14.2f} {thrift:8.2f}   {books}")


def main() -> None:
    """Reads the command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = asked.add_subparsers(dest="part", required=True)
    of_rate = parts.add_parser("rate")
    of_rate.add_argument("counts", type=int, nargs="*", default=[100, 1000])
    of_rate.add_argument("--rounds", type=int, default=3)
    of_rate.add_argument("--peers", type=Path, default=ROOT / "build" / "bench" / "peers")
    parts.add_parser("latency").add_argument("--mails", type=int, default=50)
    parts.add_parser("memory")
    parts.add_parser("calls").add_argument("sizes", type=int, nargs="*", default=[100, 1000, 10000])
    parts.add_parser("national").add_argument("--mails", type=int, default=7852)
    parts.add_parser("start").add_argument("--rounds", type=int, default=7)
    said = asked.parse_args()
    match said.part:
        case "rate":
            rate(said.counts, said.rounds, said.peers)
        case "latency":
            waiting.latency(said.mails)
        case "memory":
            waiting.memory_at_rest()
        case "calls":
            calls.table(said.sizes)
        case "national":
            national.hour(said.mails)
        case "start":
            waiting.start(said.rounds)


if __name__ == "__main__":
    main()
