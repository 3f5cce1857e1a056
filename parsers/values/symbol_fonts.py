"""Fonts that draw letters as marks (Wingdings, Webdings, Marlett): which mark a stored letter was seen as.

Owns their tables (source: mammoth's table of dingbats). What a mark means is the concern of ``tick_marks``.
"""

import re

_NOT_A_MARK = "\ufffd"  # a picture of a symbol font that means nothing in a form
_FONTS: dict[str, dict[int, str]] = {
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "🗷", 0x78: "⌧", 0x6E: "◼", 0x6C: "⚫"}
    | dict.fromkeys((0xA8, 0x6F, 0x70, 0x71, 0x72), "☐"),
    "wingdings2": {0x50: "✓", 0x4F: "✗", 0x55: "⊗", 0x56: "⊗", 0x52: "☑", 0x51: "🗵", 0x53: "⮽", 0x54: "☒", 0xA2: "■"}
    | dict.fromkeys(range(0xCD, 0xD4), "✕")
    | dict.fromkeys(range(0xA3, 0xA7), "☐"),
    "webdings": {0x61: "✔", 0x72: "✗", 0x63: "☐", 0x67: "⬛"},
    "marlett": {0x61: "✓", 0x62: "✓", 0x72: "✗"},
    "symbol": {0xD6: "√", 0xB4: "×"},
    "zapfdingbats": {0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘"},
}
_ALIASES = {"itczapfdingbats": "zapfdingbats", "wingding": "wingdings"}
# A letter of a symbol font that came without its font's name, by the codes of Wingdings and Wingdings 2: what most
# forms use.
_ANY_FONT = {
    0xFC: "✓",
    0xFE: "☑",
    0x50: "✓",
    0x52: "☑",
    0xFB: "✗",
    0xFD: "🗷",
    0x4F: "✗",
    0xA8: "☐",
    0x6F: "☐",
    0xA3: "☐",
}


def translate(text: str, font: str) -> str:
    """``text`` with the letters that ``font`` draws as marks replaced by these marks.

    Codes U+F020 to U+F0FF are understood with any font or none. In a font made of pictures only, every other character
    becomes U+FFFD: nobody saw the letter that is stored.
    """
    # "Wingdings 2", "Wingdings2", "ITC Zapf Dingbats".
    name = re.sub(r"[\s\-_]", "", font).casefold()
    table = _FONTS.get(_ALIASES.get(name, name), {})
    pictures = bool(table) and name != "symbol"
    return "".join(_translated(character, table, pictures=pictures) for character in text)


def _translated(character: str, table: dict[int, str], *, pictures: bool) -> str:
    code = ord(character)
    if 0xF020 <= code <= 0xF0FF:  # noqa: PLR2004 - where Windows keeps symbol fonts
        return (table or _ANY_FONT).get(code - 0xF000, character)
    if pictures and 0x20 < code <= 0xFF:  # noqa: PLR2004 - what such a font draws
        return table.get(code, _NOT_A_MARK)
    return table.get(code, character)


_RAISED = str.maketrans("0123456789๐๑๒๓๔๕๖๗๘๙", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)


def raised(text: str) -> str:
    """Figures that stand above the line as the signs for that: the 1 of a footnote behind 98 makes it no 981."""
    return text.translate(_RAISED)
