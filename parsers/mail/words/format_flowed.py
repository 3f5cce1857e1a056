"""format=flowed (RFC 3676): paragraphs that a mail program broke into lines put together again.

A line that ends in a blank goes on in the next one of the same depth of quotation; with DelSp that blank is no part of it.
"""

import re

# ">> words" is quoted twice (RFC 3676, 4.5).
_DEPTH = re.compile(r">*")


def unflowed(plain: str, *, delsp: bool) -> str:
    """The text with each flowed paragraph on a line of its own, quote marks kept. Linear in the text."""
    done: list[str] = []
    pieces: list[str] = []  # of the paragraph that is open
    depth = 0
    for line in plain.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        found = _DEPTH.match(line)
        deep = found.end() if found else 0
        words = line[deep:]
        words = words.removeprefix(" ")  # space-stuffing
        signature = words == "-- "
        if pieces and (deep != depth or signature):
            done.append(_quoted(depth, pieces))
            pieces = []
        depth = deep
        goes_on = words.endswith(" ") and not signature
        pieces.append(words[:-1] if goes_on and delsp else words)
        if not goes_on:
            done.append(_quoted(depth, pieces))
            pieces = []
    return "\n".join([*done, *([_quoted(depth, pieces)] if pieces else [])])


def _quoted(depth: int, pieces: list[str]) -> str:
    words = "".join(pieces)
    return f"{'>' * depth} {words}" if depth else words
