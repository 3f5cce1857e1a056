"""The short form of the crash matrix; the long one is ``python tests/crash/matrix.py``."""

import secrets

import pytest

from tests.crash.matrix import Plan, run


@pytest.mark.timeout(180)
def test_killed_again_and_again_nothing_is_lost_and_nothing_counted_twice(tmp_path):
    """Every mail has one row, one place and one answer; a letter comes twice only where nobody could know."""
    seed = secrets.randbelow(1_000_000)
    result = run(tmp_path, Plan(random=4, rounds=0, mails=16, seed=seed))
    print(f"seed {seed}\n{result}")
    assert result.found.faults == []
    assert result.left_over == 0
    assert result.ends.total() == 5
