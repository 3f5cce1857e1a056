"""Copies of the checkout to plant faults in, and what the tests there touch."""

import fnmatch
import hashlib
import json
import os
import queue
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
ONE_TEST_SECONDS = 100  # a test that takes longer hangs
FILES_AT_ONCE = 12  # whose tests are noted by one run of pytest: a run that is stopped loses no more than these
NOTING_SECONDS = 1800  # the longest that one such run may take
LOADED = "ignore::pytest.PytestAssertRewriteWarning"  # of hypothesis, which the starter has loaded
PYTEST = ("-q", "-W", LOADED, "-p", "tests.planted.touching", "-p", "no:cacheprovider", "-p", "no:randomly")


@dataclass(frozen=True)
class Module:
    """One module to plant faults in: its path from the root, and words of the test files to try first."""

    name: str
    path: str
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Test:
    """A test that can see a fault: how long it took, in seconds, and the functions it called."""

    node: str
    seconds: float
    calls: frozenset[str]


def settings() -> tuple[tuple[Module, ...], tuple[str, ...]]:
    """The modules of ``modules.toml`` and the patterns of tests passed over. Raises FileNotFoundError for a module gone."""
    written = tomllib.loads((HERE / "modules.toml").read_text("utf-8"))
    found = []
    for entry in written["module"]:
        path = Path(*entry["name"].split(".")).with_suffix(".py")
        if not (ROOT / path).exists():
            raise FileNotFoundError(f"{entry['name']} of modules.toml is no module (any more)")
        words = tuple(entry.get("tests", ()))
        found.append(Module(entry["name"], path.as_posix(), (path.stem, *words)))
    return tuple(found), tuple(written["passed_over"])


def copy(to: Path) -> None:
    """What git knows or would add, as it stands now. Compiled files that are there stay, so that the next start is quick."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    names = {name for name in listed if name and (ROOT / name).is_file()}
    for old in to.rglob("*"):
        if old.is_file() and "__pycache__" not in old.parts and old.relative_to(to).as_posix() not in names:
            old.unlink()
    for name in names:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, to / name)


class Runner:
    """Pytest in one copy of the checkout, started from a process that has the libraries loaded."""

    def __init__(self, place: Path, **more: str) -> None:
        self.place = place
        environment = {**os.environ, "PYTHONPATH": str(place), "PLANTED_ROOT": str(place), **more}
        environment.pop("CI", None)  # tests that need servers are skipped, not failed
        command = [sys.executable, "-m", "tests.planted.starter"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=place, env=environment, stdin=pipe, stdout=pipe, text=True)

    def run(self, arguments: list[str], seconds: float) -> tuple[int | None, str]:
        """The exit code, None for a run not over in this time, and what was printed."""
        output = self.place / "build" / "output"
        output.parent.mkdir(exist_ok=True)
        words = [*PYTEST, f"--timeout={ONE_TEST_SECONDS}", *arguments]
        asked = {"arguments": words, "seconds": seconds, "output": str(output)}
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("started with pipes")
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline()), output.read_text("utf-8", "replace")

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def touched(places: list[Path], folder: Path, passed_over: tuple[str, ...]) -> list[Test]:
    """Every test with what it calls, noted anew for the files that have changed since, in all these copies at the same time."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {}
    for path in sorted((places[0] / "tests").rglob("test_*.py")):
        name = path.relative_to(places[0]).as_posix()
        if not any(fnmatch.fnmatch(name, pattern) for pattern in passed_over):
            wanted[name] = folder / (name.replace("/", "+") + ".json")
    stale = [name for name, note in wanted.items() if _written_for(note) != _digest(places[0] / name)]
    if stale:
        print(f"noting what the tests of {len(stale)} files touch", flush=True)
        batches: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
        for start in range(0, len(stale), FILES_AT_ONCE):
            batches.put(stale[start : start + FILES_AT_ONCE])
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda place: _note(place, folder, batches), places))
    return [test for note in wanted.values() if note.exists() for test in _read(note)]


def _note(place: Path, folder: Path, batches: queue.SimpleQueue[list[str]]) -> None:
    """Note batches of test files in one copy until none is left. A file whose run was stopped has no note, and is said."""
    runner = Runner(place, PLANTED_TOUCHED=str(folder))
    while True:
        try:
            batch = batches.get_nowait()
        except queue.Empty:
            return runner.close()
        code, _ = runner.run(batch, NOTING_SECONDS)
        print(f"noted {len(batch)} files from {batch[0]}{' until the time was up' if code is None else ''}", flush=True)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _written_for(note: Path) -> str:
    return str(json.loads(note.read_text("utf-8")).get("digest")) if note.exists() else ""


def _read(note: Path) -> list[Test]:
    tests = json.loads(note.read_text("utf-8"))["tests"]
    return [Test(node, said["seconds"], frozenset(said["calls"])) for node, said in tests.items()]
