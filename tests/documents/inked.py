"""Whether a PDF shows all of its text: of each letter, the ink reaches the edges of the box that the font gives it.

A spreadsheet that has too low a row still writes the whole text into the PDF and hides a part of it behind a clipping
path. So the letters come from the text layer and the ink from the drawn page.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy
import pdfplumber
import pypdfium2
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import literal_name
from pdfplumber.page import Page
from PIL import ImageChops

SCALE = 3  # pixels a point
INK = 225  # of 255 in the lightest of red, green and blue: tints and the fields of marked cells are no ink
REACH = 2  # pixels: ink must begin this near to a letter's edge
SLIVER = 0.6  # points that a letter may touch a line
SMALLEST = 4  # pixels: a dot's box is not judged
RULE = 60  # pixels: no stroke of a letter is as long and straight, nor of three 4s that touch
ALL, EACH = 8, 6  # first pages that are all looked at, and of the others
ABOVE = "่้๊๋"  # tones, which stand above ำ
Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels from the top left


@dataclass(frozen=True)
class Cut:
    """A letter of which a part does not show."""

    page: int
    letter: str
    around: str


def cut_letters(pdf: bytes, most: int | None = None) -> list[Cut]:
    """Every letter whose ink stops short of its own box; of a long list's pages each ``EACH``-th is looked at, or ``most``."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [cut for number in _looked_at(len(document))[:most] for cut in _cut_on(document[number], number + 1)]
    finally:
        document.close()


def _looked_at(pages: int) -> list[int]:
    return [number for number in range(pages) if number < ALL or number % EACH == 0 or number == pages - 1]


def _cut_on(page: pypdfium2.PdfPage, number: int) -> list[Cut]:
    red, green, blue = page.render(scale=SCALE).to_pil().convert("RGB").split()
    ink = numpy.asarray(ImageChops.lighter(red, ImageChops.lighter(green, blue))) < INK
    ink = ink & ~_rules(ink) & ~_rules(numpy.ascontiguousarray(ink.T)).T
    text = page.get_textpage()
    whole = text.get_text_range()
    found = []
    for at, box in _boxes(text, page.get_height()):
        if not _full(ink, box) and (letter := text.get_text_range(at, 1)).strip():
            found.append(Cut(number, letter, whole[max(0, at - 12) : at + 12]))
    return found


def _rules(ink: numpy.ndarray) -> numpy.ndarray:
    """The ink that lies in level runs longer than any stroke: lines of tables, dark fields."""
    windows = ~_any(~ink, RULE)  # from here on, RULE pixels of ink
    return _any(numpy.pad(windows, ((0, 0), (RULE - 1, RULE - 1))), RULE)


def _any(rows: numpy.ndarray, count: int) -> numpy.ndarray:
    """For each place whether one of ``count`` pixels from there on is set; in doubling steps, since a sum takes ten times as long."""
    width = 1
    while width < count:
        step = min(width, count - width)
        rows = rows[:, :-step] | rows[:, step:]
        width += step
    return rows


def _boxes(text: pypdfium2.PdfTextPage, height: float) -> Iterator[tuple[int, Box]]:
    whole = text.get_text_range()
    for at in range(text.count_chars()):
        if "ำ" in whole[at : at + 2] and whole[at : at + 1] in {"ำ", *ABOVE}:
            continue  # one drawing, of which the text layer gives each of the two a half
        left, bottom, right, top = text.get_charbox(at)
        edges = (left, height - top, right, height - bottom)
        box = tuple(round(SCALE * edge) for edge in edges)
        if max(box[2] - box[0], box[3] - box[1]) >= SMALLEST and box[2] > box[0] and box[3] > box[1]:
            yield at, box


def _full(ink: numpy.ndarray, box: Box) -> bool:
    """Whether there is ink near all four edges of the box, on the page."""
    left, top, right, bottom = box
    if left < 0 or top < 0 or bottom > ink.shape[0] or right > ink.shape[1]:
        return False
    inside = ink[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1]
    reach = REACH + 1
    edges = (inside[:reach], inside[-reach:], inside[:, :reach], inside[:, -reach:])
    return all(edge.any() for edge in edges)


def lines_of(pdf: bytes) -> list[str]:
    """The lines of the first page as they lie, each without white space."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(line.split()) for line in document[0].get_textpage().get_text_range().split("\r\n")]
    finally:
        document.close()


def words_of(pdf: bytes) -> str:
    """All text without white space, in the order in which it was written, but for ticks, which stray in the text layer."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return without_ticks("".join("".join(page.get_textpage().get_text_range().split()) for page in document))
    finally:
        document.close()


def without_ticks(text: str) -> str:
    """``text`` without the marks that stand in a font of their own."""
    return text.translate(dict.fromkeys(map(ord, "✓✗■")))


def page_count(pdf: bytes) -> int:
    """How many pages it has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def fonts_of(pdf: bytes) -> set[str]:
    """Names of the fonts embedded in it, without the tag of a part of a font; a font that is only named is ``!name``."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        fonts = [
            resolve1(font)
            for page in document.pages
            for font in resolve1(page.page_obj.resources.get("Font", {})).values()
        ]
    return {_font_name(font) for font in fonts}


def _font_name(font: dict[str, Any]) -> str:
    own = resolve1(resolve1(font["DescendantFonts"])[0]) if "DescendantFonts" in font else font
    descriptor = resolve1(own.get("FontDescriptor", {}))
    name = literal_name(font["BaseFont"]).rpartition("+")[2]
    return name if any(key.startswith("FontFile") for key in descriptor) else f"!{name}"


def overruns(pdf: bytes) -> list[str]:
    """What runs over an upright line of a table: text too wide for its cell."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [f"{page.page_number}: {char['text']}" for page in document.pages for char in _over_a_line(page)]


def _over_a_line(page: Page) -> list[dict[str, Any]]:
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    return [
        char
        for char in page.chars
        if char["text"].strip()
        and any(
            char["x0"] + SLIVER < edge["x0"] < char["x1"] - SLIVER
            and edge["top"] < char["bottom"]
            and char["top"] < edge["bottom"]
            for edge in upright
        )
    ]


def ink_at_the_edge(pdf: bytes, margin: float = 14) -> bool:
    """Whether anything stands within ``margin`` points (5 mm) of a page's edge: something was cut off."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            ink = numpy.asarray(page.render(scale=1, grayscale=True).to_pil()) < 255
            near = int(margin)
            if ink[:near].any() or ink[-near:].any() or ink[:, :near].any() or ink[:, -near:].any():
                return True
    finally:
        document.close()
    return False
