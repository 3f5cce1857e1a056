"""Faults are small, all different from the source, and never in what no test could see."""

import ast
from collections import Counter

import pytest

from tests.planted.checkout import ROOT, settings
from tests.planted.operators import faults

SOURCE = '''"""Docstring."""
import os

__all__ = ["f", "g", "h"]
TABLE = {"หนึ่ง": 1, "สอง": 2, "สาม": 3}


class Some:
    limit: int = 3

    def method(self, one: int, two: bool = False) -> int:
        """Docstring."""
        for each in range(one, 9):
            if each > one and not two:
                continue
            self.limit += each
        return max(one, min(two, 4))[1:one]
'''


def test_every_kind_of_fault_is_found_where_it_stands():
    found = Counter((fault.operator, fault.function) for fault in faults(SOURCE.encode()))
    method = "Some.method"
    assert found["dropped entry", ""] == 3
    assert found["comparison", method] == found["boolean", method] == found["dropped negation", method] == 1
    assert found["dropped condition", method] == 2
    assert found["swapped arguments", method] == 1
    assert found["any and all", method] == found["slice", method] == 2
    assert found["continue and break", method] == 1
    assert found["constant", "Some"] == 1
    assert found["dropped return value", method] == 1
    assert not [f for f in faults(SOURCE.encode()) if "__all__" in f.before or "Docstring" in f.before]


def test_a_fault_changes_only_its_own_place_and_the_rest_letter_by_letter():
    source = SOURCE.encode()
    for fault in faults(source):
        planted = fault.planted(source)
        assert planted != source
        assert planted.startswith(source[: fault.start])
        assert planted.endswith(source[fault.end :])
        assert source[fault.start : fault.end].decode() == fault.before
        ast.parse(planted)


@pytest.mark.parametrize("module", settings()[0], ids=lambda module: module.name)
def test_a_module_has_faults_of_many_kinds_that_differ_from_it(module):
    source = (ROOT / module.path).read_bytes()
    found = faults(source)
    assert len({fault.operator for fault in found}) >= 5
    assert len(found) == len({(f.start, f.end, f.after, f.operator) for f in found})
    assert found == faults(source)
