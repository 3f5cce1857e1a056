"""A table of what happened, printed at the end; and a sandbox that all share."""

import pytest

from parsers.child_process.sandbox import Limits, Sandbox


@pytest.fixture(scope="session")
def sandbox():
    with Sandbox(Limits(workers=1)) as shared:
        yield shared


@pytest.fixture(scope="session")
def table():
    """Rows of (fault, outcome, seconds until all was well again)."""
    rows = []
    yield rows
    width = max((len(row[0]) for row in rows), default=0)
    print("\n\nfault".ljust(width + 3), "recovered after   outcome")
    for fault, outcome, seconds in rows:
        after = "-" if seconds is None else f"{seconds:.1f} s"
        print(fault.ljust(width), after.rjust(14), "  ", outcome)
