"""How the house stands, in figures: `python tests/house.py [CHECKOUT]`, for this checkout or any other.

A room is what stands straight in a package: a folder, or a file. An arrow is "imports"; a floor is a step of the longest
chain of arrows. Modules are read as syntax trees and never imported, so imports inside functions count too.
"""

import ast
import io
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

PACKAGES = ("parsers", "bot")
DEEP = ("bot.office", "bot.documents", "bot.post", "parsers.formats")  # their folders are looked at as rooms, too
LONG = 250  # lines of a module
PARAMETERS = 5
MANY = 4  # rooms that take a name from a module beside them: the name is a primitive in the wrong place
EXPRESSIONS = frozenset({"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"})  # of ``re``
Graph = dict[str, set[str]]


def modules(root: Path, package: str) -> dict[str, Path]:
    """Dotted name to file, folders' own files (``__init__``) under the folder's name."""
    files = sorted((root / package).rglob("*.py"))
    return {".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imports(tree: ast.AST, known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each of our modules that is imported, with each name taken from it (empty for the module itself)."""
    known = set(known)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in known:
                    yield whole, ""
                elif node.module in known:
                    yield node.module, alias.name


def room_of(module: str, package: str) -> str:
    """The room a module stands in, seen from ``package``."""
    depth = package.count(".") + 2
    return ".".join(module.split(".")[:depth])


def arrows(graph: Mapping[str, Iterable[str]], package: str) -> Graph:
    """Which rooms of ``package`` take from which others of it."""
    found: Graph = defaultdict(set)
    inside = package + "."
    for module, taken in graph.items():
        if not module.startswith(inside):
            continue
        here = room_of(module, package)
        found[here] |= {room_of(one, package) for one in taken if one.startswith(inside)} - {here}
    return dict(found)


def back_up(rooms: Mapping[str, set[str]]) -> list[str]:
    """One circle of rooms that take from each other, or nothing."""
    try:
        list(TopologicalSorter(rooms).static_order())
    except CycleError as circle:
        return [f"{inner} -> {outer}" for outer, inner in pairwise(circle.args[1])]
    return []


def floors(rooms: Mapping[str, set[str]]) -> int:
    """How many rooms stand above each other at the most; no circle may be in them."""
    height: dict[str, int] = {}
    for room in TopologicalSorter(rooms).static_order():
        height[room] = 1 + max((height[below] for below in rooms.get(room, ())), default=0)
    return max(height.values(), default=0)


def functions(tree: ast.AST) -> Iterator[tuple[int, int, str]]:
    """Lines without the docstring, parameters without ``self``, and the name, of each function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first, *rest = node.body
            told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and bool(rest)
            skipped = (first.end_lineno or 0) - first.lineno + 1 if told else 0
            a = node.args
            named = [one.arg for one in (*a.posonlyargs, *a.args, *a.kwonlyargs) if one.arg not in {"self", "cls"}]
            yield (node.end_lineno or 0) - node.lineno + 1 - skipped, len(named), node.name


def borrowed(taken: Mapping[str, Iterable[tuple[str, str]]], package: str) -> list[str]:
    """Names of one room that many others of the package take, where that room itself stands on others: they belong below."""
    users: dict[tuple[str, str], set[str]] = defaultdict(set)
    for module, names in taken.items():
        here = room_of(module, package)
        for source, name in names:
            if (
                source.startswith(package + ".")
                and module.startswith(package + ".")
                and room_of(source, package) != here
            ):
                users[source, name].add(here)
    stands_on = {
        module: {source for source, _ in names if room_of(source, package) != room_of(module, package)}
        for module, names in taken.items()
    }
    return [
        f"{source}.{name} ({len(rooms)})"
        for (source, name), rooms in sorted(users.items())
        if name and len(rooms) >= MANY and len(stands_on.get(source, ())) >= MANY
    ]


def commented(source: str) -> dict[int, bool]:
    """The lines of a module on which a comment stands, and whether it stands there alone; notes for tools are none."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = (one for one in tokens if one.type == tokenize.COMMENT)
    return {
        one.start[0]: one.line.lstrip().startswith("#")
        for one in comments
        if not one.string.startswith(("# noqa", "# fmt:", "# type:"))
    }


def is_expression(node: ast.AST) -> bool:
    """Whether a call writes down a regular expression: ``re.compile(...)``, ``re.sub("...", ...)``."""
    if not isinstance(node, ast.Call) or not node.args or not isinstance(node.func, ast.Attribute):
        return False
    of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr in EXPRESSIONS
    return of_re and (node.func.attr == "compile" or isinstance(node.args[0], ast.Constant | ast.JoinedStr))


def expressions(tree: ast.AST, source: str) -> Iterator[bool]:
    """For each regular expression of a module, whether a comment in it or straight above it or its statement says why."""
    comments = commented(source)
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    for node in filter(is_expression, ast.walk(tree)):
        first, last = node.lineno, node.end_lineno or node.lineno  # type: ignore[attr-defined]  # a call has both
        around = [one for one in statements if one.lineno <= first and (one.end_lineno or 0) >= last]
        inner = max(around, key=lambda one: one.lineno)
        beside = any(line in comments for line in (*range(first, last + 1), inner.end_lineno or last))
        yield beside or any(comments.get(line - 1, False) for line in (first, inner.lineno))


class House:
    """The modules of one checkout, read once."""

    def __init__(self, root: Path) -> None:
        self.files = {name: file for package in PACKAGES for name, file in modules(root, package).items()}
        self.sources = {name: file.read_text("utf-8") for name, file in self.files.items()}
        self.trees = {name: ast.parse(source) for name, source in self.sources.items()}
        self.taken = {name: set(imports(tree, self.files)) for name, tree in self.trees.items()}
        self.lines = {name: len(source.splitlines()) for name, source in self.sources.items()}

    def rooms(self, package: str) -> Iterator[str]:
        """How a package is parted, and what many of its rooms borrow."""
        rooms = arrows({name: {source for source, _ in names} for name, names in self.taken.items()}, package)
        inside = (name for name, file in self.files.items() if file.name != "__init__.py")
        straight = sum(name.rpartition(".")[0] == package for name in inside)
        circle = back_up(rooms)
        height = "no floors: " + ", ".join(circle) if circle else f"{floors(rooms)} floors"
        between = f"{len(rooms)} rooms, {sum(map(len, rooms.values()))} arrows between them, {height}"
        yield f"{package}: {straight} modules straight in it, {between}"
        if package in PACKAGES:
            names = borrowed(self.taken, package)
            yield f"  borrowed primitives: {len(names)} {', '.join(names)}"

    def sizes(self) -> Iterator[str]:
        """How long functions and modules are."""
        found = sorted((*one, name) for name, tree in self.trees.items() for one in functions(tree))
        lengths = [one[0] for one in found]
        half, most = lengths[len(lengths) // 2], lengths[len(lengths) * 9 // 10]
        longest = ", ".join(f"{lines} ({module}.{name})" for lines, _, name, module in found[:-4:-1])
        yield f"{len(self.files)} files, {sum(self.lines.values())} lines"
        yield f"{len(found)} functions: half at most {half} lines, nine of ten at most {most}, the longest {longest}"
        yield f"functions over five parameters: {sum(one[1] > PARAMETERS for one in found)}"
        long = [f"{name} ({lines})" for name, lines in self.lines.items() if lines > LONG]
        yield f"modules over {LONG} lines: {len(long)} {', '.join(long)}"

    def reasons(self) -> str:
        """How many regular expressions say why they are so."""
        told = [each for name, tree in self.trees.items() for each in expressions(tree, self.sources[name])]
        return f"expressions that say where they come from: {sum(told)} of {len(told)}"


def main() -> None:
    """Prints the figures."""
    house = House(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent)
    for package in (*PACKAGES, *DEEP):
        print(*house.rooms(package), sep="\n")
    print(*house.sizes(), house.reasons(), sep="\n")


if __name__ == "__main__":
    main()
