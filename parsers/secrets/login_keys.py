"""Log-in keys in a text: 15 letters and digits, as the Token Keys of info.go.th are.

Owns what is one and what only looks like one. The text comes folded by ``parsers.secrets.mask``. Every step is linear in the text.

The rule: exactly 15 letters and digits, mixed as no word and no file's name is, or named a key by the words before. In a longer
machine word (an address on the web, a tracking mark, base64) they are one only where nothing else in it looks as random,
since there a piece of 15 comes by chance. A mail address stays whole.
"""

import re
from collections.abc import Iterator

# As info.go.th gives them out.
LENGTH = 15
Span = tuple[int, int]

# "aB3dE5gH7jK9mN1"; a piece of 15 out of "a1b2c3d4e5f60718293a4b5c6d7e8f90" is none.
_CANDIDATE = re.compile("(?<![A-Za-z0-9])[A-Za-z0-9]{15}(?![A-Za-z0-9])")
# The letters and digits between the signs of "aB3dE-5gH7j-K9mN1".
_PIECE = re.compile("[A-Za-z0-9]+")
# "Form2567Phrae01" is four units, "aB3dE5gH7jK9mN1" eleven: changes of kind tell random letters from names.
_UNIT = re.compile("[A-Z][a-z]+|[a-z]+|[A-Z]+|[0-9]+")
# "Report", "Final": with a vowel and four letters, as random letters hardly are.
_WORD = re.compile("(?i)(?=[a-z]*[aeiou])[a-z]{4,}")
_MIXED = 4  # changes of kind; a word, or a name and a year, has fewer
# "https://a.go.th/?upn=u001.Xy3-aB3dE5gH7jK9mN1-Zq8wE2": a word of machines, up to the next blank or Thai letter.
_MACHINE = re.compile(r"[A-Za-z0-9_.\-+=/~%&?#:@!$*]+")
_AROUND = 200  # characters of a machine word that are looked at on either side
_RANDOM = 6  # characters from which a piece can look random
# "Token Key: …", "โทเค็น …", "รหัสผ่าน …", "key: …"; a bare "key" before a word is English ("key accomplishments").
_SAID = re.compile(
    r"(?i)(?:token(?:[ _-]?(?:key|id|code))?|โทเค็น(?:คีย์)?|โทเคน(?:คีย์)?|รหัส(?:ผ่าน|ลับ|โทเค็น)?|(?:key|คีย์)(?=[\W_]*[:=]))[\W_]{0,20}$"
)
# The longest of these names and 20 signs behind it.
_SAID_WITHIN = 40  # characters before
# "รหัส aB3dE5g H7jK9mN1", "aB3dE5gH\n7jK9mN1": a key typed in pieces behind its name.
_BESIDE_SAID = re.compile(
    r"(?:[A-Za-z0-9]{1,14}[ \-._]{1,2}(?:\n)?){1,7}[A-Za-z0-9]{1,14}|[A-Za-z0-9]{1,14}\n[A-Za-z0-9]{1,14}"
)
# Words before a key in pieces; what follows must be mixed, so a bare "key" does here.
_NAMES = ("token", "โทเค", "รหัส", "key", "คีย์")
# "Token Key : ", "รหัสผ่าน = ".
_NAMED = re.compile(r"(?i)(?:token(?:[ _-]?key)?|โทเค็น|โทเคน|รหัส(?:ผ่าน|ลับ)?|key|คีย์)[\W_]{0,20}")
_A = "[A-Za-z0-9]"
# "aB3dE-5gH7j-K9mN1", "aB3 dE5 gH7 jK9 mN1", "aB3d-E5gH-7jK9-mN1": 15 in even groups. Not
# "550e8400-e29b-41d4-a716-446655440000" (RFC 9562).
_GROUPED = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_A}{{5}}([-._ ]){_A}{{5}}\1{_A}{{5}}|{_A}{{3}}([-._ ]){_A}{{3}}(?:\2{_A}{{3}}){{3}}"
    rf"|{_A}{{4}}([-._ ]){_A}{{4}}\3{_A}{{4}}\3{_A}{{3}}|{_A}{{3}}([-._ ]){_A}{{4}}\4{_A}{{4}}\4{_A}{{4}})(?![A-Za-z0-9])"
)
# "-5gH7j-": a middle one of such groups.
_MIDDLE = re.compile(rf"([-._ ]){_A}{{3,5}}\1{_A}{{3}}")
# "aB3dE5gH\n7jK9mN1": broken at the end of a line.
_BROKEN = re.compile(rf"(?<![A-Za-z0-9])({_A}{{3,12}})[ -]{{0,2}}\n {{0,2}}(?=({_A}{{3,12}})(?![A-Za-z0-9]))")
# Changes of kind asked of 15 characters in groups: one more than of 15 in one piece, since lists of codes ("B28 IW28
# SS28") stand in groups.
_GROUPS_MIXED = 5
# One more again: any two words at a line's end and the next line's beginning may join to 15.
_BROKEN_MIXED = 6


def says_so(words: str) -> bool:
    """Whether a text ends by naming a key, as a label before it does."""
    return bool(_SAID.search(words[-_SAID_WITHIN:]))


def is_random(word: str, most: int = _MIXED) -> bool:
    """Whether letters and digits are mixed as in no word, by ``most`` changes of kind; each word in it asks for one more."""
    units = _UNIT.findall(word)
    words = sum(bool(_WORD.fullmatch(unit)) for unit in units)
    kinds = {unit[0].isdecimal() for unit in units}
    return len(kinds) > 1 and len(units) >= most + words


def login_keys(text: str) -> Iterator[Span]:
    """Where they stand in a folded text; spans may overlap."""
    for found in _CANDIDATE.finditer(text):
        said = says_so(text[max(0, found.start() - _SAID_WITHIN) : found.start()])
        if said or (is_random(found[0]) and _is_alone(text, *found.span())):
            yield found.span()
    for found in _GROUPED.finditer(text) if _MIDDLE.search(text) else ():
        if _is_grouped(text, found):
            yield found.span()
    for found in _BROKEN.finditer(text) if "\n" in text else ():
        joined = found[1] + found[2]
        each = all(is_random(piece, 2) for piece in found.groups())
        if len(joined) == LENGTH and each and is_random(joined, _BROKEN_MIXED):
            yield found.start(), found.end(2)
    lower = text.lower()
    for named in _NAMED.finditer(text) if any(name in lower for name in _NAMES) else ():
        yield from _beside(text, named.end())


def _beside(text: str, at: int) -> Iterator[Span]:
    """A key in pieces behind words that name it: as many pieces as make 15, if they are mixed."""
    found = _BESIDE_SAID.match(text, at)
    total, joined = 0, ""
    for piece in _PIECE.finditer(text, at, found.end()) if found else ():
        total += len(piece[0])
        joined += piece[0]
        if total == LENGTH and is_random(joined):
            yield at, piece.end()
        if total >= LENGTH:
            return


def _is_grouped(text: str, found: re.Match[str]) -> bool:
    """Whether groups are a key: mixed over all of them, and no piece of something longer."""
    sign = next(group for group in found.groups() if group)
    pieces = _PIECE.findall(found[0])
    if _goes_on(text, found, sign) or not is_random("".join(pieces), _GROUPS_MIXED):
        return False
    both = all(sum(any(test(c) for c in piece) for piece in pieces) > 1 for test in (str.isdecimal, str.isalpha))
    return both and (sign != " " or 2 * sum(is_random(piece, 2) for piece in pieces) > len(pieces))


def _goes_on(text: str, found: re.Match[str], sign: str) -> bool:
    """Whether more groups stand beside, so that these are some of a list; blanks and points stand beside words too."""
    # The group before, read backwards.
    before = re.compile("[A-Za-z0-9]*").match(text[max(0, found.start() - 10) : found.start()][-2::-1])
    after = _PIECE.match(text, found.end() + 1, found.end() + 10)
    beside = (
        before[0] if before and text[found.start() - 1 : found.start()] == sign else "",
        after[0] if after and text[found.end() : found.end() + 1] == sign else "",
    )
    return any(piece and (sign not in " ." or is_random(piece, 2)) for piece in beside)


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else in the machine word around looks random, and the word is no mail address."""
    before = _MACHINE.match(text[max(0, start - _AROUND) : start][::-1])
    after = _MACHINE.match(text[end : end + _AROUND])
    left, right = before[0][::-1] if before else "", after[0] if after else ""
    # "CA11377HSM26000.00": columns of fixed width without blanks between.
    if text[end - 1].isdecimal() and re.match(r"\.[0-9]", right):
        return False  # the last of it is an amount, as in lines of fixed width
    others = (piece for side in (left, right) for piece in _PIECE.findall(side))
    return not any(len(piece) != LENGTH and len(piece) >= _RANDOM and is_random(piece) for piece in others)
