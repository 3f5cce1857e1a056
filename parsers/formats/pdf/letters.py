"""The letters of a PDF's pages by pdfium: each at its place, Thai marks with their consonants.

Owns the meeting with pdfium, whose text of Thai is right but for the order of marks and what is cut off unseen.
"""

import ctypes
import math
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

import pypdfium2
from pypdfium2 import raw as pdfium

from parsers.findings import Code
from parsers.formats.unreadable import DAMAGED, Unreadable, too_large
from parsers.values import symbol_fonts

# A province's table has under twenty pages.
PAGES_CAP = 60
LETTERS_CAP = 200_000  # over all pages; a page of a form has two thousand
SNAP = 3.0  # points within which two borders are one, as pdfplumber has it
_FONT_NAME_CAP = 200
# A Thai consonant, with which marks make one letter.
_CONSONANT = re.compile("[\u0e01-\u0e2e]")
# A Thai mark above or below; drawn apart, at a place of its own.
_MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_LOOK_BACK = 40  # consonants
_NEAR = 0.5  # of a consonant's height
_CLIPS_CAP = 50  # paths of one text and points of one path
_BESIDE = 10.0  # points between the middles of two letters of one word; columns stand further apart
_LEAST_CLIP = 2 * SNAP  # points; a smaller rectangle is no cell


@dataclass(slots=True)
class Letter:
    """A letter at the middle of its width and on its baseline, in points from the left and from the top.

    The marks above and below a Thai consonant are one letter with it.
    """

    shown: str
    x: float
    y: float


def letters(data: bytes) -> list[list[Letter]]:
    """The letters of each page, in the order of reading. Raises Unreadable."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise Unreadable(Code.FILE_ENCRYPTED if locked else Code.FILE_UNREADABLE, "" if locked else DAMAGED) from error
    try:
        if len(document) > PAGES_CAP:
            raise too_large(f"มีเกิน {PAGES_CAP} หน้า")
        pages: list[list[Letter]] = []
        left = LETTERS_CAP
        for page in document:
            words = page.get_textpage()
            count = words.count_chars()
            left -= count
            if left < 0:
                raise too_large(f"มีเกิน {LETTERS_CAP:,} ตัวอักษร")
            drawn = list(_letters_of(words.raw, count, _Turn(page.get_rotation(), page.get_mediabox())))
            pages.append(_one_by_one(drawn))
            words.close()
            page.close()
        return pages
    finally:
        document.close()


@dataclass(frozen=True)
class _Turn:
    """From a page's own system to the page as it is shown: from the left and from the top, as pdfplumber counts."""

    degrees: int
    box: tuple[float, float, float, float]  # left, bottom, right, top

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as it is shown."""
        left, bottom, right, top = self.box
        match self.degrees % 360:
            case 90:
                return y - bottom, x - left
            case 180:
                return right - x, y - bottom
            case 270:
                return top - y, right - x
            case _:
                return x - left, top - y

    def area(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A rectangle as it is shown: left, upper, right and lower side."""
        (x, y), (far_x, far_y) = self.point(left, bottom), self.point(right, top)
        return min(x, far_x), min(y, far_y), max(x, far_x), max(y, far_y)


def _one_by_one(drawn: list[Letter]) -> list[Letter]:
    """The letters without the line ends that pdfium puts between those drawn one by one on one baseline."""
    kept: list[Letter] = []
    following: Letter | None = None
    for letter in reversed(drawn):
        near = following is not None and abs(following.y - letter.y) < SNAP and 0 <= following.x - letter.x <= _BESIDE
        if letter.shown == "\n" and near:
            continue
        if letter.shown.strip():
            following = letter
        kept.append(letter)
    return kept[::-1]


def _letters_of(words: object, count: int, turn: _Turn) -> Iterator[Letter]:
    """Letters as people see them; blanks and line ends that pdfium puts in stand where the letter before stood."""
    sides = [ctypes.c_double() for _ in range(4)]
    clips, bases = _Clips(turn), _Bases()
    origin = (ctypes.c_double(), ctypes.c_double())
    x = y = 0.0
    for at in range(count):
        letter = chr(pdfium.FPDFText_GetUnicode(words, at))
        if pdfium.FPDFText_IsGenerated(words, at) != 1:
            pdfium.FPDFText_GetCharBox(words, at, *sides)
            pdfium.FPDFText_GetCharOrigin(words, at, *origin)
            left, upper, right, lower = turn.area(sides[0].value, sides[2].value, sides[1].value, sides[3].value)
            baseline = turn.point(origin[0].value, origin[1].value)[1]
            if _MARK.match(letter) and bases.take(letter, (left + right) / 2, baseline):
                continue
            x, y = clips.within(words, at, (left + right) / 2, baseline)
            if "\x20" < letter <= "\xff" or "\ue000" <= letter <= "\uf8ff":
                letter = symbol_fonts.translate(letter, _font(words, at))
        found = Letter({"\ufffe": "-", "\x02": "-", "\r": "", "\0": ""}.get(letter, letter), x, y)
        if _CONSONANT.match(letter):
            bases.known.append(_Base(found, left, right, baseline, lower - upper))
        yield found


@dataclass(frozen=True, slots=True)
class _Base:
    """A consonant: its sides, its baseline and its height."""

    letter: Letter
    left: float
    right: float
    baseline: float
    height: float


_NONE: tuple[float, _Base | None] = (math.inf, None)


class _Bases:
    """The consonants read last: a mark belongs to the one it is drawn over, wherever it stands in the file."""

    def __init__(self) -> None:
        self.known: deque[_Base] = deque(maxlen=_LOOK_BACK)

    def take(self, mark: str, x: float, y: float) -> bool:
        """Put a mark with its middle at ``x`` and its baseline at ``y`` to its consonant; False when none is near."""
        far, nearest = min(
            ((_far(base, x, y), base) for base in reversed(self.known)), key=itemgetter(0), default=_NONE
        )
        if nearest is None or far > _NEAR:
            return False
        nearest.letter.shown += mark
        return True


def _far(base: _Base, x: float, y: float) -> float:
    """How far from a consonant a mark stands, in heights of the consonant; a mark may be drawn well above its line."""
    beside, off = max(base.left - x, x - base.right, 0.0), abs(y - base.baseline)
    return (beside + 0.3 * off) / max(base.height, 1.0)


class _Clips:
    """The rectangles that texts are cut off at, mostly their cells.

    A text that is longer than its cell reaches into others, unseen; it is put back where it was written.
    """

    def __init__(self, turn: _Turn) -> None:
        self._turn = turn
        self._known: dict[int | None, tuple[float, float, float, float]] = {}

    def within(self, words: object, at: int, x: float, y: float) -> tuple[float, float]:
        """The place nearest to (x, y) where the letter at ``at`` may be seen."""
        drawn = pdfium.FPDFText_GetTextObject(words, at)
        key = ctypes.cast(drawn, ctypes.c_void_p).value
        if key not in self._known:
            self._known[key] = self._turn.area(*_clip(drawn))
        left, upper, right, lower = self._known[key]
        if right - left < _LEAST_CLIP or lower - upper < _LEAST_CLIP:
            return x, y
        return min(max(x, left + SNAP), right - SNAP), min(max(y, upper + SNAP), lower - SNAP)


def _clip(drawn: object) -> tuple[float, float, float, float]:
    """The rectangle (left, bottom, right, top) that a text is cut off at; without end where there is none."""
    box = (-math.inf, -math.inf, math.inf, math.inf)
    path = pdfium.FPDFPageObj_GetClipPath(drawn)
    for number in range(min(pdfium.FPDFClipPath_CountPaths(path), _CLIPS_CAP)):
        xs, ys = [], []
        for segment in range(min(pdfium.FPDFClipPath_CountPathSegments(path, number), _CLIPS_CAP)):
            x, y = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, number, segment), x, y)
            xs.append(x.value)
            ys.append(y.value)
        if xs:
            box = max(box[0], min(xs)), max(box[1], min(ys)), min(box[2], max(xs)), min(box[3], max(ys))
    return box


def _font(words: object, at: int) -> str:
    """The name of a letter's font, without what subsetting and weights add to it."""
    # create_string_buffer would be refused: a reading child may do nothing with ctypes that is audited.
    name = (ctypes.c_char * _FONT_NAME_CAP)()
    size = pdfium.FPDFText_GetFontInfo(words, at, name, _FONT_NAME_CAP, ctypes.c_int())
    said = name.value.decode("utf-8", "replace") if 0 < size <= _FONT_NAME_CAP else ""
    # "ABCDEF+THSarabunPSK-Bold", "Wingdings,Regular".
    return re.sub(r"[-,](?:Regular|Bold|Italic|Normal|BoldItalic)$", "", said.rpartition("+")[2])
