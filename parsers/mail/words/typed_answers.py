"""Answers typed as plain lines of a mail, as a sheet: a label and its answer beside one another, under whose they are.

How one line is parted is for ``typed_line``. Knows no form: what a label means is for those who find tables. Greetings,
signatures and words of correction are nobody's answers.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parsers.grid import Cell, CellKind, Grid, Merge
from parsers.mail.words.nil_return import courtesy
from parsers.mail.words.prose_corrections import says_of_rows
from parsers.mail.words.typed_line import LEAD, Said, pieces_of
from parsers.organisations.type_words import ORGANISATION_HEADINGS, TypeWords
from parsers.tables.meanings import Meaning, meanings_of
from parsers.thai.text import ascii_digits, comparison_key, normalise

LINES_CAP = 400
HEAD_CAP = 60  # characters of a line that heads others
_COLUMNS = (1, 2, 3)  # of the sheet: what heads several lines, label, answer
_ASIDE = 5  # where the other lines stand

# "ขอบคุณครับ", "ขอแสดงความนับถือ": behind these stands who wrote.
_CLOSING = re.compile("ขอบ(?:คุณ|พระคุณ)|ขอแสดงความนับถือ|จึงเรียนมา|ด้วยความ(?:เคารพ|นับถือ)")
_TURNING = frozenset({Meaning.PLANNED, Meaning.AIMED, Meaning.EXPECTED, Meaning.BEFORE})


def typed_answers(source: str, names: TypeWords, *, filed: bool = False) -> Grid | None:
    """The lines of a mail's own text, or of a file, that may be answers, as one sheet; None where there are none.

    The sheet's cells are named by their lines, of which those that say something count. What is said of one name in
    several places stands together. ``names`` are the words by which organisations are named. A file's titles stand on
    top and what ends it below; with words among its answers it is none. The words of a mail are read elsewhere.
    """
    lines = [line for line in map(normalise, source.splitlines()) if line.strip(" .-_=*")]
    said = lines[: _end(lines, names)]
    pieces = [(number, piece) for number, line in enumerate(said, 1) for piece in pieces_of(line, names)]
    if len(lines) > LINES_CAP or not any(piece.answer for _, piece in pieces):
        return None
    sheet = _sheet(_blocks(pieces))
    return _of_file(sheet, lines, pieces, names) if filed else sheet


def _of_file(sheet: Grid, lines: Sequence[str], pieces: Sequence[tuple[int, Said]], names: TypeWords) -> Grid | None:
    """The sheet with what stands above and below all answers there too; None where something else is said among them, or of rows."""
    answers = {number for number, piece in pieces if piece.answer}
    named = {number for number, piece in pieces if piece.name}
    last = max(answers)
    # Above the first name stand titles, the day, a district's sums.
    first = min(named) if named and min(named) <= last else min(answers)
    headings = {number - 1 for number in answers}
    among = {number for number, _ in pieces if first < number < last} - answers - named - headings
    plain = (line for number, line in enumerate(lines, 1) if number > first and number not in answers)
    if among or any(says_of_rows(ascii_digits(names.in_local_words(line))) for line in plain):
        return None
    return _framed(sheet, lines[: first - 1], dict(enumerate(lines[last:], last + 1)))


def _framed(sheet: Grid, above: Sequence[str], below: Mapping[int, str]) -> Grid:
    """The sheet with lines above and below it, beside its columns; ``below`` by their numbers."""
    down = len(above)
    rows = dict(enumerate(range(1, down + 1), 1)) | {row + down: line for row, line in sheet.lines.items()}
    rows |= dict(enumerate(below, len(rows) + 1))
    texts = [*above, *[""] * len(sheet.lines), *below.values()]
    cells = {(row + down, column): replace(cell, row=row + down) for (row, column), cell in sheet.cells.items()}
    cells |= {(row, _ASIDE): Cell(row, _ASIDE, CellKind.TEXT, text) for row, text in enumerate(texts, 1) if text}
    merges = tuple(replace(merge, top=merge.top + down, bottom=merge.bottom + down) for merge in sheet.merges)
    return Grid("", cells, merges, lines=rows)


def _end(lines: Sequence[str], names: TypeWords) -> int:
    """Where what is said ends: at the thanks or regards before a signature, below all that may be an answer."""
    closing = (at for at, line in enumerate(lines) if at and _CLOSING.match(line) and courtesy(comparison_key(line)))
    return next((at for at in closing if not any(names.named(line) for line in lines[at:])), len(lines))


@dataclass
class _Head:
    """A line that heads those below it, or those of them that begin as the first does, which is not as it does itself."""

    text: str
    line: int = 0  # the only line that it heads, if one
    mark: str = ""  # its own
    below: str | None = None  # of the first line under it

    def over(self, piece: Said) -> bool:
        """Whether it heads a further line."""
        return not (self.mark and piece.mark == self.mark) and not (self.below and not piece.mark)

    @property
    def bounded(self) -> bool:
        """Whether one can tell where its lines end, or what it says is better heard too often."""
        return bool(self.below or self.line or meanings_of(self.text) & _TURNING)


@dataclass(frozen=True)
class _Block:
    """What is said of one name; ``name`` is empty for what stands under none."""

    name: str = ""
    line: int = 0
    answers: list[tuple[int, _Head | None, Said]] = field(default_factory=list)


def _blocks(pieces: Iterable[tuple[int, Said]]) -> Sequence[_Block]:
    blocks = {"": _Block()}
    block, head = blocks[""], _Head("")
    for line, piece in pieces:
        if head.line not in (0, line):
            head = _Head("")
        if piece.name:
            # Blanks in a name tell nothing apart: "อบต. ห้วยอ้อ" is อบต.ห้วยอ้อ.
            block = blocks.setdefault(re.sub(r"\s", "", piece.name), _Block(piece.name, line))
            head = head if head.below is None else _Head("")
        elif not piece.answer:
            heads = meanings_of(piece.label) & _TURNING or (
                len(piece.label) <= HEAD_CAP and not LEAD.search(piece.label)
            )
            head = _Head(piece.label if heads else "", line if piece.inline else 0, piece.mark)
        elif not piece.label:
            block.answers.append((line, None, Said(label=head.text, answer=piece.answer)))
        else:
            if not head.over(piece):
                head = _Head("")
            head.below = piece.mark if head.below is None else head.below
            block.answers.append((line, head, piece))
    if any(each.name and each.answers for each in blocks.values()):
        del blocks[""]  # a district's own figures before those of its organisations
    return list(blocks.values())


def _sheet(blocks: Sequence[_Block]) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    lines: dict[int, int] = {}  # by row
    merges: dict[int, Merge] = {}  # by head

    def add(line: int, *texts: str) -> int:
        row = len(lines) + 1
        lines[row] = line
        cells.update(
            ((row, at), Cell(row, at, CellKind.TEXT, text)) for at, text in zip(_COLUMNS, texts, strict=True) if text
        )
        return row

    for block in blocks:
        if block.name:
            add(block.line, "", ORGANISATION_HEADINGS[0], block.name)
        above: _Head | None = None
        for line, head, said in block.answers:
            known = head is not None and head is above
            row = add(line, head.text if head and not known else "", said.label, said.answer)
            if head and head.text and head.bounded:
                first = merges[id(head)].top if known else row
                merges[id(head)] = Merge(first, 1, row, 1)
            above = head
    return Grid("", cells, tuple(merges.values()), lines=lines)
