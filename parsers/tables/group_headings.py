"""Which group's heading stands over which columns, where it was not put exactly above them.

Owns the repair of headings that stand one column beside their own or were merged one too wide. A column whose group nobody
can be sure of loses its headings, so that it is asked for and never read under the wrong group.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from parsers.tables.headings import Headings
from parsers.tables.likeness import nearest

Anchor = tuple[int, int]
Paths = Mapping[int, Sequence[Anchor]]
Text = Callable[[Anchor], str]


@dataclass(frozen=True)
class _Unit:
    """The columns under one label: the questions its words may mean, and those of the group above it."""

    columns: tuple[int, ...]
    says: frozenset[str]
    group: Anchor | None
    under: frozenset[str]
    bare: bool  # nothing at all stands above the label, where other labels have their groups

    @property
    def meant(self) -> frozenset[str]:
        return self.says & self.under


def regrouped(paths: Paths, text: Text, headings: Headings) -> Paths:
    """``paths`` with each group's heading over its own columns. Columns that cannot be given to a group get no headings."""
    groups = _groups(paths, text, headings)
    if not groups:
        return paths
    units = _units(paths, groups, text, headings)
    lone = [unit for unit in units if unit.bare and len(unit.says) > 1]
    crossed = [unit for unit in units if unit.under and not unit.meant]
    doubled = _doubled(units)
    if not (lone or crossed or doubled):
        return paths
    dealt = _dealt(units, groups)
    if dealt:
        return {**paths, **{c: _under(paths[c], groups, at) for at, unit in dealt for c in unit.columns}}
    if not (lone or crossed) or (len(groups) == 1 and not doubled):
        return paths
    unsure = {column for unit in units if len(unit.says) > 1 for column in unit.columns}
    return {column: () if column in unsure else path for column, path in paths.items()}


def _groups(paths: Paths, text: Text, headings: Headings) -> dict[Anchor, frozenset[str]]:
    """The headings of groups that stand above labels, from left to right, with the questions of each."""
    found = {at: headings.group_of(text(at)) for path in paths.values() for at in path[:-1]}
    whole = len(headings.form.question)
    return {at: keys for at, keys in sorted(found.items(), key=lambda pair: pair[0][1]) if 0 < len(keys) < whole}


def _units(paths: Paths, groups: Mapping[Anchor, frozenset[str]], text: Text, headings: Headings) -> list[_Unit]:
    """The labelled columns from left to right, those under one label together."""
    lowest = max(row for row, _ in groups)
    columns: dict[Anchor, list[int]] = {}
    for column, path in sorted(paths.items()):
        label = next((at for at in path if at[0] > lowest), None)
        if label:
            columns.setdefault(label, []).append(column)
    units = []
    for run in columns.values():
        path = paths[run[0]]
        fits = headings.fits([text(at) for at in path if at[0] > lowest])
        says = frozenset(nearest({key: fit.label for key, fit in fits.items()}))
        group = next((at for at in reversed(path) if at in groups), None)
        if says:
            bare = not any(at[0] in {row for row, _ in groups} for at in path)
            units.append(_Unit(tuple(run), says, group, groups[group] if group else frozenset(), bare))
    return units


def _doubled(units: Sequence[_Unit]) -> bool:
    """Whether one group holds two labels of one question."""
    said = [(unit.group, unit.meant) for unit in units if len(unit.meant) == 1]
    return len(set(said)) < len(said)


def _dealt(units: Sequence[_Unit], groups: Mapping[Anchor, frozenset[str]]) -> list[tuple[Anchor, _Unit]]:
    """The labels dealt out to the groups in order, if that gives every group its own questions, each once."""
    if len(groups) < 2 or sum(map(len, groups.values())) != len(units):  # noqa: PLR2004 - nothing to deal out
        return []
    dealt: list[tuple[Anchor, _Unit]] = []
    for at, keys in groups.items():
        hand = units[len(dealt) : len(dealt) + len(keys)]
        meant = [unit.says & keys for unit in hand]
        once = all(len(each) == 1 for each in meant) and len(frozenset().union(*meant)) == len(keys)
        near = hand[0].columns[0] - 1 <= at[1] <= hand[-1].columns[-1]
        if not once or not near:
            return []
        dealt += [(at, unit) for unit in hand]
    return dealt


def _under(path: Sequence[Anchor], groups: Mapping[Anchor, frozenset[str]], at: Anchor) -> Sequence[Anchor]:
    return (at, *(each for each in path if each not in groups))
