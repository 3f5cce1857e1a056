"""Which letters the bytes of an RTF document stand for, by its fonts and code pages, and what its fields and words show.

Owns the tables of RTF 1.9.1 for that. Knows no groups and no tables.
"""

import codecs
import re
from collections.abc import Mapping

from parsers.formats.word.form_fields import CHECKED, UNCHECKED
from parsers.values import symbol_fonts

# Words and signs that stand for a letter.
SAID: Mapping[str, str] = {
    "tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "endash": "–", "emdash": "—",
    "bullet": "•", "emspace": " ", "enspace": " ", "~": "\u00a0", "_": "-",
}  # fmt: skip
# 'SYMBOL 252 \f "Wingdings" \s 11': a sign that Word's own menu put in.
_SYMBOL = re.compile(r"\s*+SYMBOL\s++(\d{1,6})\s.{0,80}?\\f\s*+\"?([^\"\\]{1,80})", re.IGNORECASE)
_PAGES = {
    874: "cp874",
    932: "cp932",
    936: "gbk",
    949: "cp949",
    950: "cp950",
    1250: "cp1250",
    1251: "cp1251",
    65001: "utf-8",
}
_OWN_PAGE = {
    128: 932,
    129: 949,
    134: 936,
    136: 950,
    204: 1251,
    222: 874,
    238: 1250,
}  # of the sets of characters of fonts
_PICTURES, _DOCUMENTS, _THAI = 2, 1, 874
_UNSAID = 25  # the state of a check box that nobody touched
_NAME_CAP = 100  # characters of the name of a font
for _page in _PAGES.values():
    codecs.lookup(_page)  # Python loads them when they are first asked for, where no file can be opened any more


class Fonts:
    """The fonts of a document by number, and its code page."""

    def __init__(self) -> None:
        self.page = self.default = self.entry = 0  # ``entry`` is the one that is being told of
        self._fonts: dict[int, tuple[str, int]] = {}  # name, set of characters

    def tell(self, name: str = "", characters: int | None = None) -> None:
        """More of the name, or the set of characters, of the font that is being told of."""
        known, kind = self._fonts.get(self.entry, ("", 0))
        self._fonts[self.entry] = (known + name)[:_NAME_CAP], kind if characters is None else characters

    def name(self, number: int | None) -> str:
        """The name of a font, None for the default one."""
        return self._of(number)[0].strip("; ")

    def text(self, letters: bytes, number: int | None, other: int | None) -> str:
        """Letters in a font, ``other`` being the one for scripts such as Thai."""
        kind = self._of(number)[1]
        if kind == _PICTURES:
            return letters.decode("latin-1")
        page = _OWN_PAGE.get(kind, self.page if kind == _DOCUMENTS else 0)
        if not page and _THAI in (self.page, _OWN_PAGE.get(self._of(other)[1])):  # Word calls Thai fonts Western ones
            page = _THAI
        return letters.decode(_PAGES.get(page, "cp1252"), "replace")

    def _of(self, number: int | None) -> tuple[str, int]:
        return self._fonts.get(self.default if number is None else number, ("", _DOCUMENTS))


def shown_by_field(instruction: str, box: Mapping[str, int]) -> str:
    """What a field shows that has no result of its own: a sign, a check box of which ``box`` is told. Else nothing."""
    if found := _SYMBOL.match(instruction):
        return symbol_fonts.translate(chr(int(found[1]) % 0x10000), found[2])
    if box and instruction.strip().upper().startswith("FORMCHECKBOX"):
        state = box.get("ffres", _UNSAID)
        return CHECKED if (box.get("ffdefres", 0) if state == _UNSAID else state) == 1 else UNCHECKED
    return ""
