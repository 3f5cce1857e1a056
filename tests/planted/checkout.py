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
PYTEST = ("-m", "pytest", "-q", "-p", "tests.planted.touching", "-p", "no:cacheprovider", "-p", "no:randomly")


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


def pytest(place: Path, arguments: list[str], seconds: float, **more: str) -> subprocess.CompletedProcess[str] | None:
    """Run pytest in a copy. None: not over in this time."""
    environment = {**os.environ, "PYTHONPATH": str(place), "PLANTED_ROOT": str(place), **more}
    environment.pop("CI", None)  # tests that need servers are skipped, not failed
    command = [sys.executable, *PYTEST, f"--timeout={ONE_TEST_SECONDS}", *arguments]
    process = subprocess.Popen(
        command,
        cwd=place,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        out, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)  # and whatever the tests started
        process.communicate()
        return None
    return subprocess.CompletedProcess(command, process.returncode, out)


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
        pytest(place, stale, ALL_TESTS_SECONDS, PLANTED_TOUCHED=str(folder))
    return [test for note in wanted.values() if note.exists() for test in _read(note)]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _written_for(note: Path) -> str:
    return str(json.loads(note.read_text("utf-8")).get("digest")) if note.exists() else ""


def _read(note: Path) -> list[Test]:
    tests = json.loads(note.read_text("utf-8"))["tests"]
    return [Test(node, said["seconds"], frozenset(said["calls"])) for node, said in tests.items()]
