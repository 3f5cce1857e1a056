"""Rich text documents (.rtf) to grids: lines and tables as Word, WordPad and LibreOffice write them.

Owns the walk over the words and groups of RTF 1.9.1: which of them are text, and in which cell. Objects, links and fields are
never followed. A document whose groups do not end was cut off and is refused.
"""

import re
from dataclasses import dataclass, replace

from parsers.findings import Code
from parsers.formats import document_to_grids
from parsers.formats.sheets_read import Workbook
from parsers.formats.unreadable import DAMAGED, Unreadable, refusing, too_large
from parsers.formats.word.rtf_letters import SAID, Fonts, shown_by_field
from parsers.formats.word.rtf_rows import Rows, Slot, joined
from parsers.grid import Doubt
from parsers.thai.text import normalise
from parsers.values import symbol_fonts, tick_marks

SOURCE_CAP = 32 << 20  # bytes; a picture is stored in twice as many letters as it has bytes
TOKENS_CAP = 1_000_000  # words, groups and texts; a form of a district has 50,000, and so many take some three seconds
GROUPS_CAP = 1_000  # groups within groups; Word writes a dozen
MARGINS_CAP = 24  # lines of headers and footers

# "\trowd", "\cellx-108 ", "\'a1", "\~", a brace, a text; a line end in the source is nothing.
_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|([^\\{}\r\n]++)|[\r\n]++", re.DOTALL
)
_MARGINS = frozenset(f"{which}{at}" for which in ("header", "footer") for at in ("", "l", "r", "f"))
# Groups whose text is kept apart and looked at when they end.
_APART = frozenset({"fldinst", "sn", "sv", "listtext", "pntext", "shptxt"}) | _MARGINS
_SKIPPED = frozenset(
    {"colortbl", "stylesheet", "info", "footnote", "annotation", "nonesttables", "nonshppict", "xe", "tc", "shprslt"}
)
# Groups that begin with \* (for programs that know them) and are for us.
_KNOWN = frozenset({"fldinst", "nesttableprops", "shpinst", "shppict", "formfield"})
_NUMBERS = {"f": "font", "af": "other", "uc": "fallback"}
_SWITCHES = {"v": "hidden", "deleted": "deleted", "strike": "struck", "striked": "struck"}


@dataclass
class _Group:
    """What holds inside a group and ends with it. ``words`` is where its text goes, None for nowhere."""

    words: list[str] | None
    kind: str = ""
    font: int | None = None
    other: int | None = None  # the font of scripts such as Thai
    fallback: int = 1  # signs that stand behind \u for older programs
    hidden: bool = False
    deleted: bool = False
    struck: bool = False
    star: bool = False  # it began with \*
    said: bool = False  # a field that was shown by its instruction

    def heeds(self, word: str, number: int | None) -> bool:
        """Whether a word says how the letters behind it look."""
        if word in _NUMBERS:
            setattr(self, _NUMBERS[word], max(number or 0, 0))
        elif word in _SWITCHES:
            setattr(self, _SWITCHES[word], number != 0)
        elif word == "plain":
            self.font, self.other, self.hidden, self.deleted, self.struck = None, None, False, False, False
        else:
            return False
        return True


def read(data: bytes) -> Workbook:
    """Read a document. Raises Unreadable and nothing else."""
    with refusing():
        if len(data) > SOURCE_CAP:
            raise too_large(f"เกิน {SOURCE_CAP >> 20} เมกะไบต์")
        document = _Document()
        document.walk(data)
        margins = tuple(line for each in document.margins if (line := normalise(each)))[:MARGINS_CAP]
        grids = document_to_grids.grids(document.rows.blocks())
        return Workbook(tuple(replace(grid, margins=margins) for grid in grids), None, links=False)


class _Document:
    """One walk over the words of a document."""

    def __init__(self) -> None:
        self.margins: list[str] = []
        self.rows = Rows()
        self._fonts = Fonts()
        self._groups = [_Group(self.rows.line)]
        self._letters = bytearray()  # not yet decoded: a letter may have two bytes
        self._skip = 0  # signs still to be left out behind \u
        self._merged: frozenset[str] = frozenset()  # what is said of the next cell
        self._property = ""  # of a drawing
        self._box: dict[str, int] = {}  # of a check box

    def walk(self, data: bytes) -> None:
        """Everything, to the end of the outermost group."""
        at = tokens = 0
        while len(self._groups) > 1 or not tokens:
            found, tokens = _TOKEN.match(data, at), tokens + 1
            if found is None:
                raise Unreadable(Code.FILE_UNREADABLE, DAMAGED)
            if tokens > TOKENS_CAP:
                raise too_large(f"มีรายการเกิน {TOKENS_CAP:,} รายการ")
            at = found.end()
            word, number, code, sign, brace, letters = found.groups()
            if word == b"bin":  # so many bytes of anything
                at += max(int(number or 0), 0)
            elif code or letters or sign in (b"\\", b"{", b"}"):
                self._take(bytes([int(code, 16)]) if code else letters or sign)
            else:
                self._decode()
                if word:
                    self._word(word.decode("ascii"), None if number is None else int(number))
                elif sign:
                    self._sign(sign.decode("latin-1"))
                elif brace:
                    self._open() if brace == b"{" else self._close()

    # --- text ---------------------------------------------------------------------------------------------------------

    def _take(self, letters: bytes) -> None:
        left_out = min(self._skip, len(letters))
        self._skip -= left_out
        group = self._groups[-1]
        if group.kind == "fonttbl":
            self._fonts.tell(letters.decode("latin-1"))
        elif group.words is not None:
            self._letters += letters[left_out:]

    def _decode(self) -> None:
        if self._letters:
            group = self._groups[-1]
            self._write(self._fonts.text(bytes(self._letters), group.font, group.other))
            self._letters.clear()

    def _write(self, words: str) -> None:
        group = self._groups[-1]
        if group.words is not None and not (group.hidden or group.deleted):
            words = symbol_fonts.translate(words, self._fonts.name(group.font))
            group.words.append(document_to_grids.doubted(Doubt.STRUCK, words) if group.struck else words)

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._groups[-1].star = True
        elif sign in "\r\n":
            self._word("par", None)
        elif sign in SAID:
            self._write(SAID[sign])

    # --- groups -------------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        self._skip = 0
        self._groups.append(replace(self._groups[-1], star=False, said=False))
        if len(self._groups) > GROUPS_CAP:
            raise Unreadable(Code.FILE_UNREADABLE, DAMAGED)

    def _close(self) -> None:
        self._skip = 0
        group, above = self._groups.pop(), self._groups[-1]
        if group.words is not None and above.words is not None and group.words is not above.words:
            self._ended(group.kind, joined(group.words), above, above.words)

    def _begins(self, group: _Group, word: str) -> bool:
        """Whether a word says of what kind its group is, or the group is not for us."""
        unknown, group.star = group.star and word not in _KNOWN, False
        if group.words is None or unknown or word in _SKIPPED or (word == "fldrslt" and self._groups[-2].said):
            group.words, group.kind = None, ""
        elif word == "pict":
            group.words.append(document_to_grids.doubted(Doubt.DRAWN, "ภาพ"))
            group.words = None
        elif word in _APART:
            group.words, group.kind = [], word
        elif word in ("fonttbl", "nesttableprops"):
            group.kind = word
        else:
            return word in _KNOWN
        return True

    def _ended(self, kind: str, said: str, above: _Group, words: list[str]) -> None:
        """What becomes of a text that was kept apart."""
        if kind in _MARGINS:
            self.margins += document_to_grids.undoubted(said).split("\n")
        elif kind == "sn":
            self._property = said.strip()
        elif kind == "sv" and self._property == "gtextUNICODE" and above.kind in _MARGINS:  # a watermark
            words.append(f"\n{said}\n")
        elif kind == "shptxt":
            words.append(document_to_grids.doubted(Doubt.DRAWN, said))
        elif kind in ("listtext", "pntext") and tick_marks.is_bullet(said.strip()):
            words.append(said.strip())
        elif kind == "fldinst":
            shown, self._box = shown_by_field(said, self._box), {}
            words.append(shown)
            above.said = bool(shown)

    # --- words --------------------------------------------------------------------------------------------------------

    def _word(self, word: str, number: int | None) -> None:
        group = self._groups[-1]
        if self._begins(group, word):
            return
        if group.kind == "fonttbl" or word in ("deff", "ansicpg"):
            self._font(word, number or 0)
        elif word == "u":
            self._write(chr((number or 0) % 0x10000))
            self._skip = group.fallback
        elif group.heeds(word, number):
            return
        elif word in SAID:
            self._write(SAID[word])
        elif word.startswith("ff"):
            self._box[word] = number or 0
        elif group.words is self.rows.line:
            self._laid_out(word, number or 0, inner=group.kind == "nesttableprops")
        elif word in ("par", "cell", "row") and group.words is not None:
            group.words.append("\n")

    def _font(self, word: str, number: int) -> None:
        match word:
            case "f":
                self._fonts.entry = number
            case "fcharset":
                self._fonts.tell(characters=number)
            case "deff":
                self._fonts.default = number
            case "ansicpg":
                self._fonts.page = number

    def _laid_out(self, word: str, number: int, *, inner: bool) -> None:
        """Paragraphs, cells and rows. ``inner`` says that the row is one of a table within a cell."""
        rows = self.rows
        depth = max(rows.depth, 1) if inner or word.startswith("nest") else 1
        match word:
            case "par" | "sect" | "page":
                rows.end_line()
            case "pard":
                rows.depth = 0
            case "intbl" | "itap":
                rows.depth = number if word == "itap" else max(rows.depth, 1)
            case "cell" | "nestcell":
                rows.end_cell(depth)
            case "row" | "nestrow":
                rows.end_row(depth)
            case _:
                self._defined(word, number, depth)

    def _defined(self, word: str, number: int, depth: int) -> None:
        """What is said of a row's cells."""
        match word:
            case "trowd":
                self.rows.begin_row(depth)
                self._merged = frozenset()
            case "trleft":
                self.rows.definition(depth).left = number
            case "clmrg" | "clvmrg":
                self._merged |= {word}
            case "cellx":
                slot = Slot(number, beside="clmrg" in self._merged, below="clvmrg" in self._merged)
                self.rows.definition(depth).slots.append(slot)
                self._merged = frozenset()
