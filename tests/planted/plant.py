"""How strong the tests are: plant faults by a seed, run the tests that can see each one, and show those that nobody saw.

    .venv/bin/python tests/planted/plant.py --seed 7 --faults 200
    .venv/bin/python tests/planted/plant.py --seed 7 --faults 200 --again     # after a test was mended: survivors once more
    .venv/bin/python tests/planted/plant.py --seed 7 --faults 40 --only header --only rollup

Works in copies of the checkout under the temporary folder, never in the checkout. What was done is kept in `build/planted/`: a run
that was stopped goes on where it was, and which functions each test calls is noted once for each test file (some forty
minutes the first time) and anew for files that change. Copies and notes are for one run at a time.

* Where: the modules of `modules.toml`, an equal share of the faults each.
* What: one of the operators of `operators.py`, each as likely as the others; then one of its places.
* Seen by whom: the tests that call the function (at the top of a module: that call any of the module). Those in files named like the
  module go first, then the others; of each as many as BUDGET seconds of their noted time hold: one case of each test before
  further cases, quick ones before slow ones. The first failure ends it; so does a hang, which is a failure.
* Survivors that change nothing are judged by hand and named, with the reason, in `equivalent.toml`.

mutmut 3 and cosmic-ray 8 were looked at first. The one plants within functions only, so no table of words and no limit is tried,
drops no statement, and notes anew what the whole suite touches when a test changes; the other chooses no tests for a fault and plants
in the checkout itself.
"""

import argparse
import ast
import dataclasses
import difflib
import functools
import hashlib
import json
import os
import queue
import random
import sys
import tempfile
import threading
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.planted.checkout import HERE, ROOT, Module, Runner, Test, copy, settings, touched
from tests.planted.operators import Fault, faults

BUDGET = 60.0  # seconds of noted test time for one fault, of tests named like its module and of others
PATIENCE = 4.0, 90.0  # a run may take so many times its noted time, and so many seconds more, before it hangs
STATE = ROOT / "build" / "planted"


@dataclasses.dataclass(frozen=True)
class Planted:
    """A fault in its module."""

    module: Module
    fault: Fault

    @functools.cached_property
    def key(self) -> str:
        """Told apart from every other fault, and from this one in another version of the module's source."""
        change = hashlib.sha256((ROOT / self.module.path).read_bytes() + self.fault.after.encode()).hexdigest()
        return f"{self.module.name}:{self.fault.line}:{self.fault.start}-{self.fault.end}:{change[:12]}"


def sample(modules: Iterable[Module], seed: int, count: int) -> list[Planted]:
    """``count`` faults, an equal share of each module, by chance alone."""
    modules = list(modules)
    found = []
    for place, module in enumerate(modules):
        chance = random.Random(f"{seed} {module.name}")
        source = (ROOT / module.path).read_bytes()
        by_operator = defaultdict(list)
        for fault in faults(source):
            by_operator[fault.operator].append(fault)
        share = count // len(modules) + (place < count % len(modules))
        while by_operator and share:
            operator = chance.choice(sorted(by_operator))
            fault = by_operator[operator].pop(chance.randrange(len(by_operator[operator])))
            if not by_operator[operator]:
                del by_operator[operator]
            if _compiles(fault.planted(source)):
                found.append(Planted(module, fault))
                share -= 1
    return found


def _compiles(source: bytes) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def chosen(planted: Planted, tests: Iterable[Test]) -> list[list[Test]]:
    """The tests that can see a fault, in the order to run them, within the budget: those named like the module, then others."""
    path, function = planted.module.path, planted.fault.function
    tests = list(tests)
    able = [test for test in tests if any(_reaches(call, path, function) for call in test.calls)]
    able = able or [
        test for test in tests if any(_reaches(call, path, "") for call in test.calls)
    ]  # called at import alone
    cases: Counter[str] = Counter()
    ranks: dict[str, tuple[bool, int]] = {}
    for test in sorted(able, key=lambda test: test.seconds):
        name = test.node.partition("[")[0]
        ranks[test.node] = (cases[name] > 0, len(ranks))
        cases[name] += 1
    named: list[Test] = []
    others: list[Test] = []
    spent = {True: 0.0, False: 0.0}
    for test in sorted(able, key=lambda test: ranks[test.node]):
        is_named = any(word in _file(test) for word in planted.module.tests)
        if spent[is_named] + test.seconds <= BUDGET:
            (named if is_named else others).append(test)
            spent[is_named] += test.seconds
    return [stage for stage in (named, others) if stage]


def _file(test: Test) -> str:
    return test.node.partition("::")[0].rpartition("/")[2]


def _reaches(call: str, path: str, function: str) -> bool:
    where, _, called = call.partition(":")
    return where == path and (
        not function or f"{function}.".startswith(f"{called}.") or called.startswith(f"{function}.")
    )


def run(planted: Planted, stages: list[list[Test]], runner: Runner) -> str:
    """``caught``, ``hung`` or ``survived``; ``untested`` where no test calls it."""
    path = runner.place / planted.module.path
    source = path.read_bytes()
    _write(path, planted.fault.planted(source))
    try:
        outcomes = (_outcome(planted, tests, runner) for tests in stages)
        return next((outcome for outcome in outcomes if outcome != "survived"), "survived" if stages else "untested")
    finally:
        _write(path, source)


def _outcome(planted: Planted, tests: list[Test], runner: Runner) -> str:
    asked = runner.place / "build" / "asked"
    asked.parent.mkdir(exist_ok=True)
    asked.write_text("\n".join(test.node for test in tests), "utf-8")
    seconds = sum(test.seconds for test in tests) * PATIENCE[0] + PATIENCE[1]
    code, out = runner.run(["-x", f"@{asked}"], seconds)
    if code is None:
        return "hung"
    return {0: "survived", 1: "caught", 2: "caught"}.get(code) or _misused(planted, out)


def _misused(planted: Planted, out: str) -> str:
    """Pytest could not even begin: either the module cannot be loaded any more, or this tool asks wrongly."""
    if "not found:" in out and "rror while loading conftest" not in out and "ERROR collecting" not in out:
        raise RuntimeError(f"{planted.key}\n{out}")
    return "caught"


def _write(path: Path, source: bytes) -> None:
    """A compiled file is known by time and size alone, and a fault may be planted within the second: so it goes."""
    path.write_bytes(source)
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink()


def run_all(todo: list[Planted], tests: list[Test], places: list[Path], results: Path) -> None:
    """Every fault, one copy of the checkout for each thread; each outcome is kept as soon as it is known."""
    waiting: queue.SimpleQueue[Planted] = queue.SimpleQueue()
    for planted in todo:
        waiting.put(planted)
    lock = threading.Lock()

    def work(place: Path) -> None:
        runner = Runner(place)
        while True:
            try:
                planted = waiting.get_nowait()
            except queue.Empty:
                return runner.close()
            stages = chosen(planted, tests)
            outcome = run(planted, stages, runner)
            count = sum(map(len, stages))
            with lock, results.open("a", encoding="utf-8") as file:
                said = {"key": planted.key, "outcome": outcome, "tests": count}
                file.write(json.dumps(said, ensure_ascii=False) + "\n")
                print(
                    f"{outcome:9} {planted.module.name}:{planted.fault.line} {planted.fault} ({count} tests)",
                    flush=True,
                )

    threads = [threading.Thread(target=work, args=(place,)) for place in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def outcomes(results: Path) -> dict[str, str]:
    """The last outcome of each fault by its key."""
    if not results.exists():
        return {}
    said = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    return {line["key"]: line["outcome"] for line in said}


def equivalents() -> dict[tuple[str, str, str], str]:
    """(module's last name, function, fault) to the reason why it changes nothing."""
    written = tomllib.loads((HERE / "equivalent.toml").read_text("utf-8"))
    return {(entry["module"], entry["function"], entry["fault"]): entry["why"] for entry in written.get("fault", ())}


def report(planted: list[Planted], known: dict[str, str]) -> str:
    """By module: caught, survived, changes nothing; then each survivor as a diff."""
    reasons = equivalents()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    survivors = []
    for one in planted:
        outcome = {"hung": "caught", "untested": "survived"}.get(known.get(one.key, ""), known.get(one.key, ""))
        if outcome == "survived" and _name(one) in reasons:
            outcome = "changes nothing"
        if outcome == "survived":
            survivors.append(one)
        counts[one.module.name][outcome] += 1
    lines = [_diff(one) for one in survivors]
    total: Counter[str] = sum(counts.values(), Counter())
    for name, count in (*counts.items(), ("all", total)):
        changing = count["caught"] + count["survived"]
        share = f"{count['caught'] / changing:.0%}" if changing else "-"
        lines.append(
            f"{name:24} caught {count['caught']:3} survived {count['survived']:3} nothing {count['changes nothing']:3} {share:>5}"
        )
    return "\n".join(lines)


def _name(planted: Planted) -> tuple[str, str, str]:
    return planted.module.name.rpartition(".")[2], planted.fault.function, str(planted.fault)


def _diff(planted: Planted) -> str:
    source = (ROOT / planted.module.path).read_bytes()
    before, after = (text.decode().splitlines() for text in (source, planted.fault.planted(source)))
    lines = difflib.unified_diff(
        before, after, planted.module.path, f"in {planted.fault.function or 'the module'}", n=1, lineterm=""
    )
    return "\n".join([f"fault = {json.dumps(str(planted.fault), ensure_ascii=False)}", *lines, ""])


def main() -> None:
    """Plant, run, report."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--seed", type=int, required=True)
    asked.add_argument("--faults", type=int, default=200)
    asked.add_argument(
        "--only", action="append", default=[], help="words of the modules' names; all of them where none is given"
    )
    asked.add_argument("--processes", type=int, choices=(1, 2), default=2)
    asked.add_argument("--again", action="store_true", help="run those once more that survived")
    asked.add_argument("--list", action="store_true", help="show the faults and plant none")
    given = asked.parse_args()
    modules, passed_over = settings()
    planted = sample(
        [m for m in modules if not given.only or any(w in m.name for w in given.only)], given.seed, given.faults
    )
    if given.list:
        print("\n".join(f"{one.module.name}:{one.fault.line} {one.fault}" for one in planted))
        return
    STATE.mkdir(parents=True, exist_ok=True)
    results = STATE / f"seed-{given.seed}.jsonl"
    known = outcomes(results)
    done = {key for key, outcome in known.items() if not (given.again and outcome in {"survived", "untested"})}
    todo = [one for one in planted if one.key not in done]
    if todo:
        places = [Path(tempfile.gettempdir()) / f"ruam-planted-{os.getuid()}-{n}" for n in range(given.processes)]
        for place in places:
            place.mkdir(exist_ok=True)
            copy(place)
        run_all(todo, touched(places, STATE / "touched", passed_over), places, results)
    print(report(planted, outcomes(results)))


if __name__ == "__main__":
    main()
