"""The short form of the crash matrix; the long one is ``python tests/crash/matrix.py``."""

import secrets

import pytest

from tests.crash.matrix import run


@pytest.mark.timeout(180)
def test_killed_again_and_again_nothing_is_lost_and_nothing_counted_twice(tmp_path):
    """Every mail has one row, one place and one answer; a letter comes twice only where nobody could know."""
    seed = secrets.randbelow(1_000_000)
    result = run(tmp_path, kills=8, count=20, seed=seed)
    print(f"seed {seed}\n{result}")
    assert result.found.faults == []
    assert result.left_over == 0
    assert result.ends.total() == 8
