"""Every regular expression of the code: found in the syntax trees and, to miss none, in the memory of the modules."""

import ast
import importlib
import inspect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
ROOMS = ("parsers", "bot")
WAYS = frozenset({"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
EVERY_WAY = frozenset({"sub", "fullmatch"})  # these go the ways of all others


@dataclass(frozen=True)
class Expression:
    """One expression and the ways in which the code puts it to a text. ``places`` are ``file:line``."""

    pattern: re.Pattern
    ways: frozenset[str]
    places: tuple[str, ...]


class UnresolvedError(Exception):
    """A call whose expression is known only while it runs: it belongs in a constant, or in the table of samples."""


def modules() -> Iterator[tuple[Path, ModuleType]]:
    """All modules that have code of their own, except those that do their work when imported."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if ".migrations." not in name and not name.endswith("__main__"):
                yield path, importlib.import_module(name)


def collected(samples: Mapping[str, Mapping[str, object]]) -> list[Expression]:
    """Every expression of the code. ``samples`` names, for a function, what its local names may hold.

    Raises UnresolvedError for an expression that neither the module nor the samples can tell.
    """
    ways: dict[re.Pattern, set[str]] = defaultdict(set)
    places: dict[re.Pattern, list[str]] = defaultdict(list)
    for path, module in modules():
        for pattern, how, line in _spoken(path, module, samples):
            ways[pattern] |= how
            places[pattern].append(f"{path.relative_to(ROOT)}:{line}")
        for pattern in in_memory(module):
            ways.setdefault(pattern, set())
    return [Expression(pattern, _hardest(how), tuple(places[pattern])) for pattern, how in ways.items()]


def _hardest(ways: set[str]) -> frozenset[str]:
    """One way of going over a text and one of taking it from its start stand for the others of their kind."""
    over = next((way for way in ("sub", "finditer", "findall", "split", "search") if way in ways), None)
    start = next((way for way in ("fullmatch", "match") if way in ways), None)
    return frozenset(way for way in (over, start) if way) or EVERY_WAY


def in_memory(module: ModuleType) -> Iterator[re.Pattern]:
    """The expressions that a module's own names hold, however deep."""
    for name, held in vars(module).items():
        if not name.startswith("__"):
            yield from _held(held, 4)


def _held(held: object, depth: int) -> Iterator[re.Pattern]:
    if isinstance(held, re.Pattern):
        yield held
    elif depth and isinstance(held, dict):
        for one in (*held.keys(), *held.values()):
            yield from _held(one, depth - 1)
    elif depth and isinstance(held, tuple | list | set | frozenset):
        for one in held:
            yield from _held(one, depth - 1)
    elif depth and hasattr(held, "__dataclass_fields__") and not isinstance(held, type):
        for one in vars(held).values() if hasattr(held, "__dict__") else ():
            yield from _held(one, depth - 1)


def _spoken(path: Path, module: ModuleType, samples: Mapping[str, Mapping[str, object]]) -> Iterator[tuple]:
    """(expression, ways, line) of each call of ``re`` and each use of a name that holds an expression."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    parents = {child: node for node in nodes for child in ast.iter_child_nodes(node)}
    known = vars(module)
    for node in nodes:
        if isinstance(node, ast.Call) and _of_re(node, known):
            yield from _called(node, known, _around(node, parents, module, samples), path)
        elif isinstance(node, ast.Name) and isinstance(known.get(node.id), re.Pattern):
            if isinstance(node.ctx, ast.Load):
                yield known[node.id], _way(parents[node]), node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(held := _borrowed(node, known), re.Pattern):
            yield held, _way(parents[node]), node.lineno


def _of_re(node: ast.Call, known: Mapping[str, object]) -> bool:
    """Whether a call is one of ``re.search(...)`` and its like."""
    call = node.func
    if isinstance(call, ast.Name):
        assert getattr(known.get(call.id), "__module__", "") != "re" or call.id == "escape", "call it re.something"
        return False
    return (
        isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Name)
        and known.get(call.value.id) is re
        and call.attr in WAYS | {"compile"}
    )


def _borrowed(node: ast.Attribute, known: Mapping[str, object]) -> object:
    owner = known.get(node.value.id) if isinstance(node.value, ast.Name) else None
    return getattr(owner, node.attr, None) if inspect.ismodule(owner) else None


def _way(parent: ast.AST) -> frozenset[str]:
    """How an expression is used: by the method that is called, and every way when it is handed on."""
    if isinstance(parent, ast.Attribute):
        return frozenset({parent.attr} & WAYS)
    return EVERY_WAY


def _around(node: ast.AST, parents: dict, module: ModuleType, samples: Mapping) -> Mapping[str, object]:
    """What the names of the function around a call may hold."""
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.FunctionDef) and f"{module.__name__}.{node.name}" in samples:
            return samples[f"{module.__name__}.{node.name}"]
    return {}


def _called(node: ast.Call, known: Mapping[str, object], local: Mapping[str, object], path: Path) -> Iterator[tuple]:
    call = node.func.attr  # type: ignore[attr-defined]  # the caller looks at attributes alone
    try:
        arguments = [_value(argument, known, local) for argument in node.args[:1]]
        flags = [_value(word.value, known, local) for word in node.keywords if word.arg == "flags"]
        flags += [_value(node.args[at], known, local) for at in _flags_at(call) if at < len(node.args)]
    except Exception as missing:
        raise UnresolvedError(f"{path}:{node.lineno}: {ast.unparse(node)}: {missing}") from missing
    if isinstance(arguments[0], re.Pattern):
        yield arguments[0], frozenset({call}), node.lineno
    else:
        pattern = re.compile(arguments[0], *flags)
        yield pattern, frozenset({call}) - {"compile"}, node.lineno


def _flags_at(call: str) -> tuple[int, ...]:
    return {"compile": (1,), "sub": (4,), "subn": (4,), "split": (3,)}.get(call, (2,))


def _value(node: ast.expr, known: Mapping[str, object], local: Mapping[str, object]) -> Any:
    return eval(compile(ast.Expression(node), "expression", "eval"), {**known, **local})
