"""Thai text: one spelling for what looks the same, digits, decoding of bytes.

Owns what "the same text" means. May not know what the text is about: names, dates and marks have modules of their own.
NFKC is never used on text that is shown or stored, since it takes the vowel am (U+0E33) apart.
"""

import re
import unicodedata
from collections.abc import Callable, Container
from functools import lru_cache, wraps
from itertools import count

_TONES = "\u0e48-\u0e4b"
_VOWELS = "\u0e31\u0e34-\u0e39"  # above and below; a tone typed before one of them belongs after it
_NIKHAHIT, _AA, _AM = "\u0e4d", "\u0e32", "\u0e33"

# Old Windows fonts kept shifted copies of marks in the private use area (HarfBuzz's table for Thai).
_WINDOWS_GLYPHS = "ฐ\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4cญ\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_UNSEEN = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_CONTROLS = [c for c in (*range(0x20), *range(0x7F, 0xA0)) if chr(c) not in "\n\t\r\x0b\x0c\x85"]

_CHARACTERS: dict[int, str | None] = {
    **{ord(c): None for c in _UNSEEN},
    **dict.fromkeys(_CONTROLS),
    **dict.fromkeys(range(0xD800, 0xE000)),  # halves of characters can be neither stored nor sent
    **{ord(c): " " for c in _SPACES},
    **{ord(c): "\n" for c in _LINE_ENDS},
    **{0xF700 + i: c for i, c in enumerate(_WINDOWS_GLYPHS)},
}
# "ถ ึง", "แม่จ๊\nัวะ": text copied from a PDF has blanks and line ends before the marks that sit on a letter.
_STRAY_SPACE = re.compile("(?<![ \n])[ \n]+(?=[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])")
# "น้ํา", "นํ้า", "นำ้" are one word, as "ท่ี" is "ที่" and "แม่่" is "แม่": the order of keys shows nowhere.
_AM_APART = f"{_NIKHAHIT}[{_TONES}]*{_AA}"
_ONE_MARK = f"(?:{_AM_APART}|[{_VOWELS}{_TONES}{_NIKHAHIT}{_AM}])"
_MARKS = re.compile(f"{_AM_APART}{_ONE_MARK}*|{_ONE_MARK}{{2,}}")  # a lone mark is in order
# "สถานะ ฯ" is "สถานะฯ"; "ฯลฯ" and "ฯพณฯ" keep the blank before them.
_PAIYANNOI = re.compile("(?<! ) ++ฯ(?!ลฯ|พณฯ)")
# "ต่างๆนานา", "ต่าง  ๆ นานา": a blank on both sides, as the Royal Society's rules of spelling have it.
_REPEAT = re.compile(r"(?:(?<! ) ++)?ๆ *+(?=([^\W_])?)")
# "แม่    ยม": names are pushed apart to fill a line.
_RUN_OF_SPACES = re.compile(" {2,}")
# Mail programs put a blank line between any two; more than one in a row says nothing.
_BLANK_LINES = re.compile("\n{3,}")

_LOOSE = re.compile("[ะัิ-ฺ็-๎]")  # what PDFs lose, move to the next line or put elsewhere; ำ loses its circle

_THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_ASCII = str.maketrans(_THAI_DIGITS + "０１２３４５６７８９", "0123456789" * 2)
_TO_THAI = str.maketrans("0123456789", _THAI_DIGITS)
# A run of address characters; with a Latin letter in it a URL, mail address, file name, or a code such as C7.
_MACHINE_WORD = re.compile(r"[A-Za-z0-9_.\-/@:%?&=#+~]+")
# The Latin letter of "w5827.xlsx" or "C7", which "0-5453-4119" does not have.
_LATIN = re.compile("[A-Za-z]")

# "“ลงข้อมูลในระบบ info.go.th”", "(ทต./อบต.)", "แบบรายงานฯ": signs around letters. Marks above and below are no \w and
# stay.
_NOT_IN_KEY = re.compile("[^\\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e./]|[_ฯๆ]")
# "อ.บ.ต." is "อบต", but "1.5" is not "15" and "1/5" is neither.
_LOOSE_SIGN = re.compile(r"(?<!\d)[./]|[./](?!\d)")

# Consonants and vowels that stand in the line; in "à¸" and "ÊÇÑ" read wrongly there is none.
_THAI_LETTERS = re.compile("[\u0e01-\u0e2e\u0e30\u0e32\u0e33\u0e40-\u0e44]")

# "มาตรา 10 :" and "1/5": a heading's key loses also the signs between digits, which ``comparison_key`` keeps.
_NOT_WORD = re.compile(r"[^\w\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]+|[_ฯ]+")


SHORT = 300  # characters of a text whose spelling is kept: names and headings come again, letters do not


def _kept(work: Callable[[str], str]) -> Callable[[str], str]:
    """``work``, whose results for short texts are kept."""
    kept = lru_cache(maxsize=1 << 14)(work)

    @wraps(work)
    def of(text: str) -> str:
        return kept(text) if len(text) <= SHORT else work(text)

    return of


@_kept
def normalise(text: str) -> str:
    """``text`` in the one spelling that is shown and compared; twice is the same as once.

    Invisible characters go, all spaces become one plain space, marks of a syllable stand in their order, a taken-apart
    am is put together, doubled tone marks are one, ``เเ`` is ``แ``. Line breaks stay, at most one blank line in a row.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CHARACTERS)
    text = _RUN_OF_SPACES.sub(" ", _STRAY_SPACE.sub("", text)).replace("เเ", "แ")
    text = _MARKS.sub(_ordered, text)
    text = _PAIYANNOI.sub("ฯ", text)
    text = _REPEAT.sub(lambda found: " ๆ " if found[1] else " ๆ", text)
    lines = [line.strip(" ") for line in _RUN_OF_SPACES.sub(" ", text).split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def _ordered(found: re.Match[str]) -> str:
    """The marks of one syllable: vowels as typed, then the last tone, then am."""
    marks = found[0]
    tones = [mark for mark in marks if "\u0e48" <= mark <= "\u0e4b"]
    vowels = [mark for mark in marks if mark in "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39"]
    if _AM in marks or _AA in marks:
        return "".join([*vowels, *tones[-1:], _AM])
    kept = [mark for mark in marks if not "\u0e48" <= mark <= "\u0e4b"]
    return "".join([*kept, *tones[-1:]])


@_kept
def comparison_key(text: str) -> str:
    """What two writings of the same thing have in common; never shown.

    Normalised, digits in ASCII, lower case; no spaces, signs, brackets, quotes, ฯ or ๆ. A dot or slash stays between
    digits only, so that 1.5 is not 15.
    """
    shown = normalise(text)
    plain = unicodedata.normalize("NFKC", shown)
    key = (shown if plain == shown else normalise(plain)).casefold()
    return _LOOSE_SIGN.sub("", _NOT_IN_KEY.sub("", ascii_digits(key)))


def letters_of(key: str) -> str:
    """What a PDF or wrong tone marks leave of a key: all but its marks and ะ."""
    return _LOOSE.sub("", key.replace("ำ", "า"))


def ascii_digits(text: str) -> str:
    """``text`` with Thai (and full-width) digits as ASCII digits."""
    return text if text.isascii() else text.translate(_TO_ASCII)


def thai_digits(text: str) -> str:
    """``text`` with ASCII digits as Thai digits, except in addresses, file names and codes with Latin letters."""
    thai = text.translate(_TO_THAI)
    parts: list[str] = []
    end = 0
    for word in _MACHINE_WORD.finditer(text):
        if _LATIN.search(word[0]):
            parts += (thai[end : word.start()], word[0])
            end = word.end()
    return "".join(parts) + thai[end:]


def thai_share(text: str) -> float:
    """How much of the letters is Thai, from 0 to 1; 0 for a text without letters."""
    thai = len(_THAI_LETTERS.findall(text))
    letters = sum(character.isalpha() for character in text)
    return thai / letters if letters else 0.0


def distinct(name: str, taken: Container[str]) -> str:
    """A name to show that no other file has: a second one of a name says that it is the second."""
    if name not in taken:
        return name
    return next(other for number in count(2) if (other := f"{name} ({number})") not in taken)


@lru_cache(maxsize=1 << 15)
def heading_key(text: str) -> str:
    """``text`` as headings are compared: no spaces, signs or line breaks, ASCII digits, lower case."""
    return _NOT_WORD.sub("", comparison_key(text)).casefold()
