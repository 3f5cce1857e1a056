"""Texts made to be slow for an expression: common ones, and ones that its own tree suggests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

# How the standard library itself takes an expression apart; it ships no types.
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]

LETTERS = " \n\t\r()[]{}<>\"'@.,:;-_/\\=?!#%*+|0159aAzZexXกตทอาิ่ๆฯ๑é✓☐–…\x00"
COMMON = (
    *LETTERS,
    " \n",
    "\n ",
    "a ",
    "ก ",
    "1 ",
    "1,",
    "1.",
    "a.",
    "a@",
    "@a",
    "<a",
    "<a>",
    "< ",
    "()",
    "[]",
    "=?",
    '""',
    '"a',
    "ก.",
    "1/",
    "\r\n",
)
MOST_REPEATS = 12  # unbounded repetitions of one expression that get texts of their own
MOST_PUMPS = 10  # letters or words to repeat for one repetition
MANY = 30  # more repetitions than this are as good as unbounded


@dataclass(frozen=True)
class Hostile:
    """A text of any length: ``before``, then ``pump`` as often as wanted, then ``after``."""

    before: str
    pump: str
    after: str

    def of(self, size: int) -> str:
        """The text with about ``size`` characters."""
        return self.before + self.pump * max(1, size // len(self.pump)) + self.after


def hostile(pattern: re.Pattern) -> Iterator[Hostile]:
    """The texts to try, each once."""
    seen = set()
    for one in (*_common(), *_own(pattern)):
        if one not in seen and one.pump:
            seen.add(one)
            yield one


def _common() -> Iterator[Hostile]:
    for pump in COMMON:
        yield Hostile("a", pump, "\0")
        yield Hostile("", pump, "")


def _own(pattern: re.Pattern) -> Iterator[Hostile]:
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = _parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    whole = sample(tree)
    yield Hostile("", whole, "\0")
    yield Hostile("", whole + " ", "\0")
    for end in range(1, min(len(tree), 12) + 1):
        start = sample(tree[:end])
        yield Hostile("", start, "")
        yield Hostile("", start + "\n", "\0")
        yield Hostile(" ", " " + start, "\0")
    for before, body in islice(_repeats(tree, ""), MOST_REPEATS):
        for pump in {*islice(_choices(body), MOST_PUMPS), sample(body)}:
            yield Hostile(before, pump, "\0")
            yield Hostile(before, pump, "")
            yield Hostile("\n" + before, pump, "\n\0")
            if before:
                yield Hostile("", before + pump, "\0")


def _repeats(tree, before: str) -> Iterator[tuple[str, object]]:
    """(a text that leads there, the body) of each repetition without a bound worth the name."""
    for op, argument in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, body = argument
            if most == sre.MAXREPEAT or most > MANY:
                yield before, body
            yield from _repeats(body, before)
        for inner in _inside(op, argument):
            yield from _repeats(inner, before)
        before += sample([(op, argument)])


def _inside(op, argument) -> list:
    if op is sre.SUBPATTERN:
        return [argument[3]]
    if op is sre.BRANCH:
        return list(argument[1])
    if op is sre.ATOMIC_GROUP:
        return [argument]
    return [argument[1]] if op in (sre.ASSERT, sre.ASSERT_NOT) else []


def sample(tree) -> str:
    """A short text that an expression (or a part of one) matches, look-around left aside."""
    text = ""
    for op, argument in tree:
        if op is sre.LITERAL:
            text += chr(argument)
        elif op in (sre.IN, sre.NOT_LITERAL, sre.ANY):
            text += next(_choices([(op, argument)]), "")
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            text += sample(argument[2]) * min(argument[0], MANY)
        elif op is sre.BRANCH:
            text += sample(argument[1][0])
        elif op not in (sre.ASSERT, sre.ASSERT_NOT):
            text += "".join(sample(inner) for inner in _inside(op, argument))
    return text


def _choices(tree) -> Iterator[str]:
    """The letters that a part of one letter takes, of those that are worth trying."""
    if len(tree) != 1:
        return
    op, argument = tree[0]
    if op is sre.SUBPATTERN:
        yield from _choices(argument[3])
    elif op is sre.BRANCH:
        for branch in argument[1]:
            yield sample(branch)
    elif op is sre.LITERAL:
        yield chr(argument)
    elif op is sre.NOT_LITERAL:
        yield from (letter for letter in LETTERS if ord(letter) != argument)
    elif op is sre.ANY:
        yield from (letter for letter in LETTERS if letter != "\n")
    elif op is sre.IN:
        yield from (letter for letter in (*LETTERS, *_named(argument)) if _takes(argument, letter))


def _named(members) -> Iterator[str]:
    for op, argument in members:
        if op is sre.LITERAL:
            yield chr(argument)
        elif op is sre.RANGE:
            yield chr(argument[0])


def _takes(members, letter: str) -> bool:
    """Whether a set of characters has a letter in it."""
    negated = members[0][0] is sre.NEGATE
    for op, argument in members:
        if op is sre.LITERAL and ord(letter) == argument:
            return not negated
        if op is sre.RANGE and argument[0] <= ord(letter) <= argument[1]:
            return not negated
        if op is sre.CATEGORY and re.match(_CATEGORIES[argument], letter):
            return not negated
    return negated


_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}
