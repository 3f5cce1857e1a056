"""The faults that can be planted in a module: each a small change of its source, such as people make.

Pure: source text in, faults out. Type hints, docstrings, imports, f-strings and the words of a raised error are left alone.
"""

import ast
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
RENAMED = {"any": "all", "all": "any", "min": "max", "max": "min"}
GUARDS = frozenset({"strict"})  # of zip: says what is so anyway
TYPES = frozenset(
    {"Literal", "Callable", "Iterator", "Mapping", "Sequence", "tuple", "dict", "list", "set", "frozenset"}
)
AROUND = 24  # characters shown before and after what differs


@dataclass(frozen=True)
class Fault:
    """One change: the bytes from ``start`` to ``end`` of a source become ``after``."""

    operator: str
    function: str  # qualified name within the module, "" at its top
    line: int
    start: int
    end: int
    before: str
    after: str

    def planted(self, source: bytes) -> bytes:
        return source[: self.start] + self.after.encode() + source[self.end :]

    def __str__(self) -> str:
        """What differs, with a few letters on both sides."""
        before, after = (_evenly(words) for words in (self.before, self.after))
        same = _alike(before, after)
        tail = _alike(before[same:][::-1], after[same:][::-1])
        shown = [words[max(0, same - AROUND) : len(words) - max(0, tail - AROUND)] for words in (before, after)]
        return f"{self.operator}: {' -> '.join(shown)}"


def faults(source: bytes) -> list[Fault]:
    """Every fault that can be planted in this source, in its order. Raises SyntaxError."""
    finder = _Finder(source)
    finder.visit(ast.parse(source))
    return sorted(set(finder.found), key=lambda fault: (fault.start, fault.end, fault.operator, fault.after))


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _evenly(words: str) -> str:
    """Source as the compiler would write it, so that only what was changed differs."""
    try:
        return ast.unparse(ast.parse(words))
    except SyntaxError:  # a piece of a statement
        return " ".join(words.split())


class _Finder(ast.NodeVisitor):
    def __init__(self, source: bytes) -> None:
        self.found: list[Fault] = []
        self._source = source
        lines = source.splitlines(keepends=True)
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line))
        self._within: list[str] = []

    # What is walked past, and where we stand

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Python 3.11 gives no true places within."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg not in GUARDS:
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not (isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"):
            self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not (isinstance(node.value, ast.Name) and node.value.id in TYPES):
            self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._inside(node.name, node.body)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        defaults = [*node.args.defaults, *(d for d in node.args.kw_defaults if d)]
        self._inside(node.name, [*defaults, *node.body])

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)  # type: ignore[arg-type]  # the same fields

    def _inside(self, name: str, nodes: Sequence[ast.AST]) -> None:
        self._within.append(name)
        for node in nodes:
            self.visit(node)
        self._within.pop()

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.stmt | ast.expr):
            for operator, after in _changes(node):
                self._note(operator, node, after)
        super().visit(node)

    def _note(self, operator: str, node: ast.stmt | ast.expr, after: str) -> None:
        start = self._starts[node.lineno - 1] + node.col_offset
        end = self._starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        before = self._source[start:end].decode()
        self.found.append(Fault(operator, ".".join(self._within), node.lineno, start, end, before, after))


def _changes(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Name and new text of each fault at this node itself."""
    kind = _KINDS.get(type(node))
    if kind is not None:
        for operator, changed in kind(node):
            yield operator, changed if isinstance(changed, str) else f"({ast.unparse(changed)})"


def _compare(node: ast.Compare) -> Iterator[tuple[str, ast.AST]]:
    for at, operator in enumerate(node.ops):
        if changed := COMPARED.get(type(operator)):
            yield (
                "comparison",
                ast.Compare(node.left, [*node.ops[:at], changed(), *node.ops[at + 1 :]], node.comparators),
            )


def _boolean(node: ast.BoolOp) -> Iterator[tuple[str, ast.AST]]:
    yield "boolean", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for at in range(len(node.values)):
        rest = [*node.values[:at], *node.values[at + 1 :]]
        yield "dropped condition", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _not(node: ast.UnaryOp) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node.op, ast.Not):
        yield "dropped negation", node.operand


def _arithmetic(node: ast.BinOp) -> Iterator[tuple[str, ast.AST]]:
    if (changed := COUNTED.get(type(node.op))) and not any(_is_text(side) for side in (node.left, node.right)):
        yield "arithmetic", ast.BinOp(node.left, changed(), node.right)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _constant(node: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node.value, bool):
        yield "constant", ast.Constant(not node.value)
    elif isinstance(node.value, int | float):
        yield "constant", ast.Constant(node.value + 1)


def _branch(node: ast.IfExp) -> Iterator[tuple[str, ast.AST]]:
    yield "dropped condition", node.body
    yield "dropped condition", node.orelse


def _if(node: ast.If) -> Iterator[tuple[str, str]]:
    """The whole of an ``if`` without ``else`` is not done; its text is one statement and needs no place of its own."""
    if not node.orelse:
        yield "dropped statement", "pass"


def _comprehension(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Iterator[tuple[str, ast.AST]]:
    for at, part in enumerate(node.generators):
        for drop in part.ifs:
            kept = ast.comprehension(part.target, part.iter, [c for c in part.ifs if c is not drop], part.is_async)
            changed = [*node.generators[:at], kept, *node.generators[at + 1 :]]
            heads = {name: getattr(node, name) for name in ("elt", "key", "value") if hasattr(node, name)}
            yield "dropped condition", type(node)(**heads, generators=changed)


def _statement(node: ast.stmt) -> Iterator[tuple[str, str]]:
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):  # a docstring
        yield "dropped statement", "pass"


def _return(node: ast.Return) -> Iterator[tuple[str, str]]:
    if node.value and not (isinstance(node.value, ast.Constant) and not node.value.value):  # nothing is nothing
        yield "dropped return value", "return None"


def _leap(node: ast.stmt) -> Iterator[tuple[str, str]]:
    yield "continue and break", "break" if isinstance(node, ast.Continue) else "continue"
    yield "dropped statement", "pass"


def _call(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    other = RENAMED.get(node.func.id) if isinstance(node.func, ast.Name) else None
    if other:
        yield "any and all", ast.Call(ast.Name(other), node.args, node.keywords)
    if not other and len(node.args) > 1 and not any(isinstance(a, ast.Starred) for a in node.args[:2]):
        yield "swapped arguments", ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)
    for keyword in node.keywords:
        if keyword.arg and keyword.arg not in GUARDS:
            kept = [k for k in node.keywords if k is not keyword]
            yield "dropped argument", ast.Call(node.func, node.args, kept)


def _slice(node: ast.Subscript) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(part := node.slice, ast.Slice):
        if part.lower:
            yield "slice", ast.Subscript(node.value, ast.Slice(None, part.upper, part.step))
        if part.upper:
            yield "slice", ast.Subscript(node.value, ast.Slice(part.lower, None, part.step))


def _table(node: ast.List | ast.Tuple | ast.Set) -> Iterator[tuple[str, ast.AST]]:
    """A line of a table is lost: one of three or more values written in one place."""
    if len(node.elts) > 2 and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        for at in range(len(node.elts)):
            yield "dropped entry", type(node)([*node.elts[:at], *node.elts[at + 1 :]])


def _mapping(node: ast.Dict) -> Iterator[tuple[str, ast.AST]]:
    if len(node.keys) > 2:
        for at in range(len(node.keys)):
            kept = [(k, v) for i, (k, v) in enumerate(zip(node.keys, node.values, strict=True)) if i != at]
            yield "dropped entry", ast.Dict([k for k, _ in kept], [v for _, v in kept])


_KINDS: dict[type[ast.AST], Callable[[Any], Iterator[tuple[str, Any]]]] = {
    ast.Compare: _compare, ast.BoolOp: _boolean, ast.UnaryOp: _not, ast.BinOp: _arithmetic, ast.Constant: _constant,
    ast.IfExp: _branch, ast.If: _if, ast.ListComp: _comprehension, ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension, ast.DictComp: _comprehension, ast.Expr: _statement, ast.AugAssign: _statement,
    ast.Raise: _statement, ast.Return: _return, ast.Continue: _leap, ast.Break: _leap, ast.Call: _call,
    ast.Subscript: _slice, ast.List: _table, ast.Tuple: _table, ast.Set: _table, ast.Dict: _mapping,
}  # fmt: skip
