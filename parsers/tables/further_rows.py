"""Further rows of one label under one name: an aim beside its result, or a row for each sort of the thing.

Owns which of them counts. An aim gives way to its result; sorts are parts of one figure, so none of them alone is the answer.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from parsers.form.question import FormRow
from parsers.grid import CellKind
from parsers.tables.fill_down import Labelled
from parsers.tables.meanings import Meaning, meanings_in
from parsers.tables.model import Table
from parsers.tables.plan_and_result import beside, says_plan
from parsers.thai.text import heading_key

LISTED = 80  # characters of the labels that are named in a sentence
# What may stand beside a result as a row of its own. Not what a label denies: a dog "without owner" is one of the sorts.
_NO_RESULT = frozenset({Meaning.PLANNED, Meaning.AIMED, Meaning.EXPECTED, Meaning.BEFORE})
# "สุนัข (มีเจ้าของ)".
_SORT = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


def settled(lines: Iterable[Labelled], table: Table) -> Iterator[Labelled]:
    """The lines of a table, aims without those beside their results, sorts of one row told as such."""
    for block in _blocks(lines):
        aims = {at for at, line in enumerate(block) if line.found and _is_aim(line, line.found, table)}
        met = {line.found.key for at, line in enumerate(block) if line.found and at not in aims}
        sorts = _sorts([line for at, line in enumerate(block) if at not in aims])
        for at, line in enumerate(block):
            key = line.found.key if line.found else ""
            if at not in aims:
                yield replace(line, found=None, sorts=sorts[key]) if key in sorts else line
            elif key not in met:
                yield replace(line, found=None)
            elif not line.nameless:  # the name stands beside the aim, and counts for the result below it
                yield replace(line, row=replace(line.row, cells={}, split={}), found=None)


def _blocks(lines: Iterable[Labelled]) -> Iterator[list[Labelled]]:
    """The lines from a name to another."""
    block: list[Labelled] = []
    name = ""
    for line in lines:
        if not line.nameless and line.name != name:
            if block:
                yield block
            block, name = [], line.name
        block.append(line)
    if block:
        yield block


def _is_aim(line: Labelled, found: FormRow, table: Table) -> bool:
    """Whether a line is of what is planned or of before, by its label or by a word beside it."""
    own = meanings_in([found.label, *found.aliases])
    return bool((meanings_in([line.label.text]) - own) & _NO_RESULT) or says_plan(beside(line.row, table))


def _sorts(lines: Sequence[Labelled]) -> dict[str, str]:
    """The rows of which a block has one line for each sort, by key: the labels of those lines."""
    labels: dict[str, list[str]] = {}
    for line in lines:
        if line.found and line.label.kind is CellKind.TEXT:
            labels.setdefault(line.found.key, []).append(line.label.text)
    return {key: " / ".join(each)[:LISTED] for key, each in labels.items() if _differ(each)}


def _differ(labels: Collection[str]) -> bool:
    """Whether each label names another sort in brackets, one of them perhaps none."""
    named = {heading_key(" ".join(_SORT.findall(label))) for label in labels}
    return len(labels) > 1 and len(named) == len(labels)
