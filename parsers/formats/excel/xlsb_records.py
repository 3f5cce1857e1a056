"""The binary records inside a .xlsb workbook (MS-XLSB): what its strings, styles and list of sheets say.

Owns the walk over records and the look-up of fonts and number formats. Knows no cells.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.formats.cells import is_moment
from parsers.formats.unreadable import too_large

RECORDS_CAP = 3_000_000  # in one part; that many take some seconds to count
# BrtSSTItem, BrtFont, BrtFmt, BrtXF, BrtBundleSh and BrtWbProp (MS-XLSB, 2.3.2).
SST_ITEM, FONT, FORMAT, XF, SHEET, WORKBOOK = 19, 43, 44, 47, 156, 153
# BrtBeginCellXFs and BrtEndCellXFs.
BEGIN_XFS, END_XFS = 617, 618
_STRUCK = 0x08  # a flag of a font
# Number formats that files use by number alone; those from 59 on are of Thai Excel.
_BUILT_IN = (
    {9: "0%", 10: "0.00%", 67: "0%", 68: "0.00%"}
    | dict.fromkeys((14, 15, 16, 17), "d/m/yyyy")
    | {22: "d/m/yyyy h:mm", 46: "[h]:mm:ss", 79: "[h]:mm:ss"}
    | dict.fromkeys((*range(27, 37), *range(50, 59)), "d/m/yyyy")
    | dict.fromkeys((18, 19, 20, 21, 45, 47, 75, 76, 78, 80), "h:mm")
    | dict.fromkeys((71, 72, 73, 74, 77, 81), "d/m/bbbb")
)


@dataclass(frozen=True)
class Rich:
    """A text with its runs: (first character, index of its font)."""

    text: str
    runs: tuple[tuple[int, int], ...] = ()


@dataclass
class Styles:
    """The fonts by index, and for each style of cells its font and its number format."""

    fonts: list[tuple[str, bool]] = field(default_factory=list)  # with whether they are struck out
    _formats: dict[int, str] = field(default_factory=dict)
    _styles: list[tuple[int, int]] = field(default_factory=list)

    def font(self, index: int) -> tuple[str, bool]:
        """The font's name, empty for one that is not there, and whether it is struck out."""
        return self.fonts[index] if index < len(self.fonts) else ("", False)

    def font_of(self, style: int) -> int:
        """The index of the font of a style."""
        return self._styles[style][0] if style < len(self._styles) else 0

    def number_format(self, style: int) -> str:
        """The number format of a style, empty for the general one."""
        number = self._styles[style][1] if style < len(self._styles) else 0
        return self._formats.get(number) or _BUILT_IN.get(number, "")

    def is_moment(self, style: int) -> bool:
        """Whether it shows dates or times."""
        return is_moment(self.number_format(style))


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the workbook lists it; ``relation`` leads to its part."""

    name: str
    relation: str
    hidden: bool


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Code and content of each record. Raises IndexError where the part is cut, and Unreadable for too many."""
    at, end, count = 0, len(part), 0
    while at < end:
        code, at = part[at], at + 1
        if code & 0x80:
            code, at = (code & 0x7F) | ((part[at] & 0x7F) << 7), at + 1
        size = 0
        for shift in (0, 7, 14, 21):
            byte, at = part[at], at + 1
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        if at + size > end:
            raise IndexError("a record goes beyond the end")
        count += 1
        if count > RECORDS_CAP:
            raise too_large(f"มีรายการเกิน {RECORDS_CAP:,} รายการ")
        yield code, part[at : at + size]
        at += size


def wide(content: bytes, at: int) -> tuple[str, int]:
    """A counted text in UTF-16, and where it ends. A count of all ones means none."""
    (count,) = struct.unpack_from("<I", content, at)
    if count == 0xFFFFFFFF:  # noqa: PLR2004 - the format's own sign
        return "", at + 4
    end = at + 4 + 2 * count
    if end > len(content):
        raise IndexError("a text goes beyond its record")
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def rich(content: bytes, at: int = 0) -> Rich:
    """A text with flags before and runs behind."""
    text, end = wide(content, at + 1)
    if not content[at] & 1:
        return Rich(text)
    (count,) = struct.unpack_from("<I", content, end)
    runs = struct.iter_unpack("<HH", content[end + 4 : end + 4 + 4 * min(count, len(text) + 1)])
    return Rich(text, tuple((start, font) for start, font in runs))


def strings(part: bytes) -> list[Rich]:
    """The texts that cells share."""
    return [rich(content) for code, content in records(part) if code == SST_ITEM]


def styles(part: bytes) -> Styles:
    """Fonts, number formats and the styles of cells."""
    fonts: list[tuple[str, bool]] = []
    formats: dict[int, str] = {}
    found: list[tuple[int, int]] = []
    of_cells = False
    for code, content in records(part):
        if code == FONT:
            fonts.append((wide(content, 21)[0], bool(content[2] & _STRUCK)))
        elif code == FORMAT:
            formats[int.from_bytes(content[:2], "little")] = wide(content, 2)[0]
        elif code in (BEGIN_XFS, END_XFS):
            of_cells = code == BEGIN_XFS
        elif code == XF and of_cells:
            _parent, number, font = struct.unpack_from("<HHH", content)
            found.append((font, number))
    return Styles(fonts, formats, found)


def workbook(part: bytes) -> tuple[list[SheetEntry], bool]:
    """The sheets in their order, and whether days are counted from 1904."""
    sheets: list[SheetEntry] = []
    since_1904 = False
    for code, content in records(part):
        if code == SHEET:
            relation, end = wide(content, 8)
            hidden = int.from_bytes(content[:4], "little") != 0
            sheets.append(SheetEntry(wide(content, end)[0], relation, hidden))
        elif code == WORKBOOK:
            since_1904 = bool(content[0] & 1)
    return sheets, since_1904
