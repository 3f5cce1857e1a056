"""A pytest plugin that notes which functions each test calls, and how long it takes.

Reads two variables: PLANTED_ROOT, the checkout under test, and PLANTED_TOUCHED, a folder for one JSON file for each test file,
written when its last test is over: ``{"digest": SHA-256 of the file, "tests": {node id: {"seconds": …, "calls":
["bot/x.py:Class.function", …]}}}``. Tests that fail are left out. What a fixture shared by several tests calls is counted
for each of them. What a child process does is not seen.
"""

import cProfile
import hashlib
import json
import os
import threading
import time
from collections import defaultdict
from pathlib import Path

import hypothesis
import pytest

ROOT = os.environ.get("PLANTED_ROOT", "")
FOLDER = os.environ.get("PLANTED_TOUCHED", "")

_seen: set = (
    set()
)  # code objects that other threads called since last looked, and this one before its profile was begun anew
_profile = cProfile.Profile()
_shared: dict[str, set] = defaultdict(set)  # by fixture
_tests: dict[str, dict] = defaultdict(dict)  # by file, then by node
_failed: set[str] = set()


def pytest_sessionstart():
    """A failure is told at once: to look for the smallest example of it would take longer than all else."""
    phases = [p for p in hypothesis.Phase if p not in {hypothesis.Phase.shrink, hypothesis.Phase.explain}]
    hypothesis.settings.register_profile("planted", deadline=None, phases=phases, database=None)
    hypothesis.settings.load_profile("planted")


def _trace(frame, event, arg):
    _seen.add(frame.f_code)


def _begin():
    """Note what this thread calls: in C, for a tracing function would more than double the time of the tests."""
    global _profile  # noqa: PLW0603 - pytest's hooks have nothing else in common
    _profile = cProfile.Profile(subcalls=False, builtins=False)
    _profile.enable()


def _end():
    """What was called since the beginning, by all threads."""
    _profile.disable()
    called = _seen.union(entry.code for entry in _profile.getstats())
    _seen.clear()
    return called


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    if not FOLDER or fixturedef.scope == "function":
        return (yield)
    before = _end()
    _begin()
    try:
        return (yield)
    finally:
        called = _end()
        _shared[fixturedef.argname] |= called
        _seen.update(before, called)
        _begin()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item, nextitem):
    if not FOLDER:
        return (yield)
    _seen.clear()
    began = time.monotonic()
    threading.settrace(_trace)
    _begin()
    try:
        return (yield)
    finally:
        threading.settrace(None)
        calls = _end().union(*(_shared[name] for name in getattr(item, "fixturenames", ())))
        if item.nodeid not in _failed:
            _tests[str(item.path)][item.nodeid] = {
                "seconds": round(time.monotonic() - began, 3),
                "calls": sorted(set(_named(calls))),
            }
        if nextitem is None or nextitem.path != item.path:  # of a file that pytest comes back to, all so far
            _write(str(item.path))


def pytest_runtest_logreport(report):
    if report.failed:
        _failed.add(report.nodeid)


def _named(codes):
    for code in codes:
        if code.co_filename.startswith(ROOT) and not code.co_filename.startswith(f"{ROOT}/tests"):
            yield f"{code.co_filename[len(ROOT) + 1 :]}:{code.co_qualname.split('.<locals>')[0]}"


def _write(path):
    name = Path(path).relative_to(ROOT).as_posix()
    out = Path(FOLDER) / (name.replace("/", "+") + ".json")
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    out.write_text(json.dumps({"digest": digest, "tests": _tests[path]}, ensure_ascii=False), "utf-8")
