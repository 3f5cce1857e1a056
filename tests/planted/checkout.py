"""Copies of the checkout to plant faults in, and what the tests there touch."""

import fnmatch
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
ONE_TEST_SECONDS = 100  # a test that takes longer hangs
ALL_TESTS_SECONDS = 3600  # the longest that noting what tests touch may take
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


def touched(place: Path, folder: Path, passed_over: tuple[str, ...]) -> list[Test]:
    """Every test with what it calls, noted anew for the files that have changed since."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {}
    for path in sorted((place / "tests").rglob("test_*.py")):
        name = path.relative_to(place).as_posix()
        if not any(fnmatch.fnmatch(name, pattern) for pattern in passed_over):
            wanted[name] = folder / (name.replace("/", "+") + ".json")
    stale = [name for name, note in wanted.items() if _written_for(note) != _digest(place / name)]
    if stale:
        print(f"noting what the tests of {len(stale)} files touch", flush=True)
        runner = Runner(place, PLANTED_TOUCHED=str(folder))
        runner.run(stale, ALL_TESTS_SECONDS)
        runner.close()
    return [test for note in wanted.values() if note.exists() for test in _read(note)]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _written_for(note: Path) -> str:
    return str(json.loads(note.read_text("utf-8")).get("digest")) if note.exists() else ""


def _read(note: Path) -> list[Test]:
    tests = json.loads(note.read_text("utf-8"))["tests"]
    return [Test(node, said["seconds"], frozenset(said["calls"])) for node, said in tests.items()]
