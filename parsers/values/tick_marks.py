"""Tick marks: which glyphs mean done and not done, alone, in a box, and beside words and evidence.

Owns the built-in marks; a form's own lists win over them. What a sentence says is the concern of ``tick_words``. What may be
meant either way is unclear and gets asked: a guess is used only for what nearly always means one thing.
"""

import re
from typing import NamedTuple

from parsers.thai.text import ascii_digits, comparison_key, normalise
from parsers.values.evidence import begins_with_evidence, without_evidence
from parsers.values.tick_words import (
    SHARE,
    SURE,
    TURN,
    UNFINISHED,
    UNKNOWN,
    Asked,
    Tick,
    about_another,
    is_unsure,
    words,
)

__all__ = ["SIGNS", "Tick", "begins_with_mark", "settled", "tick"]

_CHECKS = frozenset("✓✔√☑🗸🗹✅")
_SLASHES = frozenset("/⁄∕／╱⟋")
_CROSSES = frozenset("✗✘✕✖×xX❌❎☓╳⨯⨉⊗🗙🗴🞨ХхΧχⅹⅩ")
_DASHES = frozenset("-–—−‐‑‒―－ー")
_BOXED_CROSSES = frozenset("🗷🗵⮽")  # drawn on purpose, yet a check-box control shows the like for checked
_FAMILIES = (_CHECKS, _SLASHES, _CROSSES, _DASHES)
SIGNS = frozenset(sign for family in _FAMILIES for sign in family if not sign.isalpha())
_EMPTY = "☐□◻▢⬜◽▫❏❐❑❒○◯⬚"
# "☑️": telephones put U+FE0F behind a sign so that it is drawn in colours.
_SELECTORS = re.compile("[\ufe0e\ufe0f]")
_LONGEST = 200  # characters; a longer text is no mark

# "", "....", "☐", "…": nothing but what the form printed.
_BLANK = re.compile(rf"[\s._…·‧•,{_EMPTY}]*")
# "( / )", "[✓]", "（✓）", "<X>": the brackets that forms print for a mark to be put in.
_BRACKETED = re.compile(r"[(\[{<（【「]\s*+([^()\[\]{}<>]*?)\s*+[)\]}>）】」]")
# Of the key of a box's label: "ไม่เข้าร่วม", "ยังไม่ได้จัดทำ", "ไม่มีการคัดแยก" beside "คัดแยก".
_DENIAL = re.compile("^(?:ยัง)?(?:ไม่|มิ)(?:ได้)?(?:มีการ)?")
# "✓.....", "ok.": printed dots go on behind the mark.
_TRAILING = re.compile(r"(?<=[^.…\s])[\s.…]+$")
# "....✓", "... มี": the printed dots before a mark; ".5" keeps its point.
_DOTTED = re.compile(r"^\s*+(?:\.{2,}+|…)[\s.…]*+(?=[^\s.…\d])")
# "(✓) มี ( ) ไม่มี", "☑ มี ☐ ไม่มี": a choice between printed boxes.
_BOX = re.compile(rf"(?:[(\[]\s*+([^()\[\]]{{0,3}}?)\s*+[)\]]|([{_EMPTY}☑🗹☒🗷✓✔]))\s*([^()\[\]{_EMPTY}☑🗹☒🗷✓✔]+)")


# "25 พ.ย. 67 ✓", "คำสั่งที่ 88/2567 (/)": a mark behind what proves it; a slash stands alone.
_MARK_LAST = re.compile(r"(?:[✓✔√☑🗸🗹✅]|(?<=\s)/|[(\[]\s*+[✓✔√/]\s*+[)\]])$")
# "✓ ภายในวันที่ 30 ธ.ค. 67", "✓ จะลงนาม": a mark for what is still to come.
_TO_COME = re.compile("ภายใน|คาดว่า|กำหนดแล้วเสร็จ|^จะ|แล้วจะ")


class _Legend(NamedTuple):
    """What the form says of its marks, and what the column asks."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    asked: Asked


def tick(text: str, yes: tuple[str, ...] = (), no: tuple[str, ...] = (), asked: Asked = UNKNOWN) -> Tick:
    """What ``text`` says in a tick cell. ``yes`` and ``no`` are the form's own marks and words and win.

    A form that names one mark of a family (✓ ✔ √; x X ✗; - –) means the whole family. ``asked`` is what sentences are
    weighed against.
    """
    legend = _Legend(yes, no, asked)
    said = _DOTTED.sub("", _SELECTORS.sub("", normalise(text).replace("\n", " ")).strip())
    if len(said) > _LONGEST:
        return Tick.BLANK if _BLANK.fullmatch(said) else Tick.UNCLEAR
    declared = _declared(said, legend)
    if declared and said[:1] != "[":
        return declared
    if not _TRAILING.sub("", _BRACKETED.sub(r"\1", said)) or _BLANK.fullmatch(_BRACKETED.sub(r"\1", said)):
        return Tick.BLANK
    if is_unsure(without_evidence(said).rest):
        return Tick.UNCLEAR
    bare = _bare(said)
    if said[0] == "[" and bare in _CROSSES:
        return _boxed_cross(bare, legend)
    return _chosen_box(said, legend) or _judged(bare, legend)


def is_bullet(shown: str) -> bool:
    """Whether the bullet of a list is a tick or a cross; a dash is only a bullet."""
    return shown not in _DASHES and tick(shown) in (Tick.YES, Tick.NO)


def settled(mark: str, yes: tuple[str, ...], no: tuple[str, ...]) -> bool | None:
    """What a mark means as the form declares it, else by custom of a sign; None for a letter or figure, which may mean anything."""
    declared = _declared(mark, _Legend(yes, no, UNKNOWN))
    if declared:
        return SURE[declared]
    return SURE[_glyph(mark)] if any(mark in family for family in _FAMILIES) else None


def begins_with_mark(text: str, marks: tuple[str, ...]) -> bool:
    """Whether a cell's text is one of the marks or of their families, alone or before words; a letter or figure only alone."""
    legend = _Legend(marks, (), UNKNOWN)
    bare = _bare(_DOTTED.sub("", _SELECTORS.sub("", normalise(text))).strip())
    return bool(_declared(bare, legend) or (not bare[:1].isalnum() and _declared(bare[:1], legend)))


def _boxed_cross(mark: str, legend: _Legend) -> Tick:
    """[x] is how programmers draw a checked box, whatever a cross means to the form; round brackets are printed for any mark."""
    declared = _declared(mark, legend)
    if declared is Tick.YES:
        return declared
    return Tick.GUESSED_NO if declared else Tick.GUESSED_YES


def _bare(said: str) -> str:
    """``said`` without brackets around it, dots after it, and repetition of one mark."""
    whole = _BRACKETED.fullmatch(said)
    said = _TRAILING.sub("", whole[1] if whole else said)
    inner = _BRACKETED.match(said)
    if inner and len(inner[1]) == 1:  # "(✓) แล้ว"
        said = f"{inner[1]} {said[inner.end() :]}".strip()
    squeezed = said.replace(" ", "")
    repeated = len(squeezed) > 1 and len(set(squeezed)) == 1 and any(squeezed[0] in family for family in _FAMILIES)
    return squeezed[0] if repeated else said


def _judged(said: str, legend: _Legend) -> Tick:
    """A bare mark, a word, or a mark before or behind words."""
    declared = _declared(said, legend)
    if declared:
        return declared
    if len(said) == 1:
        return _glyph(said)
    if said and said[0] in _DASHES:  # a dash before words is a bullet, around them an ornament
        return _sentence(said.strip("".join(_DASHES) + " "), legend)
    mark = _declared(said[:1], legend) or _glyph(said[:1])
    fraction = said[:1] in _SLASHES and said[1:].strip()[:1].isdigit() and not begins_with_evidence(said[1:])
    if mark in SURE and not fraction and (not said[:1].isalnum() or (said[0] in _CROSSES and said[1] == " ")):
        return _with_words(mark, said[1:].strip(), legend)
    last = _MARK_LAST.search(said)
    return _with_words(Tick.YES, said[: last.start()].strip(), legend) if last else _sentence(said, legend)


def _sentence(said: str, legend: _Legend) -> Tick:
    """Words without a mark. A day or number alone says nothing."""
    evidence = without_evidence(said)
    return words(evidence.rest, legend.asked, proved=evidence.found) if evidence.rest else Tick.UNCLEAR


def _with_words(mark: Tick, beside: str, legend: _Legend) -> Tick:
    """A mark with words beside it: they must not say the opposite; evidence proves it, words that say nothing leave a guess."""
    # "✓ แต่ยังไม่ได้ลงระบบ" says no more than "✓ (ยังไม่ได้ลงระบบ)".
    evidence, guess = (
        without_evidence(re.sub(r"^\W*แต่(?:ว่า)?", "", beside)),
        Tick.GUESSED_YES if SURE[mark] else Tick.GUESSED_NO,
    )
    if evidence.alone:
        return mark if SURE[mark] else Tick.UNCLEAR if evidence.paper else guess
    rest = evidence.rest
    key = comparison_key(rest)
    said = _glyph(rest) if len(rest) == 1 else words(rest, legend.asked, proved=evidence.found)
    if said in SURE and SURE[said] is SURE[mark]:
        return mark
    if said in SURE:
        return guess if SURE[mark] and about_another(rest, legend.asked) else Tick.UNCLEAR
    if TURN.search(key) or SHARE.search(rest) or (SURE[mark] and (UNFINISHED.search(key) or _TO_COME.search(key))):
        return Tick.UNCLEAR  # done in part, or to come
    signs = _CHECKS | _CROSSES | _SLASHES
    # "✓ → X", "✓ แก้เป็น X": a mark that was corrected.
    second = any(len(word) == 1 and word in signs for word in re.split(r"[\s→>=]+", rest))
    # "✓ / X", "✓ |": two signs, a correction, or two columns taken together.
    return Tick.UNCLEAR if rest[:1] in signs or second or re.search("[/?|]", rest) else guess


def _declared(said: str, legend: _Legend) -> Tick | None:
    """What the form itself says of this mark or word: as it stands first, then by family."""
    for meaning, marks in ((Tick.YES, legend.yes), (Tick.NO, legend.no)):
        if said and any(_same(said, mark) for mark in marks):
            return meaning
    for meaning, marks in ((Tick.YES, legend.yes), (Tick.NO, legend.no)):
        if any(said in family and mark in family for mark in marks for family in _FAMILIES):
            return meaning
    return None


def _same(said: str, mark: str) -> bool:
    key = comparison_key(mark)
    if said == mark.strip():
        return True
    # A comparison key drops signs, and "✓ / X" is no X, nor "แล้ว?" a แล้ว.
    return bool(key) and key == comparison_key(said) and not (SIGNS | {"?"}).intersection(said).difference(mark)


_GLYPHS: dict[str, Tick] = {
    **dict.fromkeys((*_CHECKS, *_SLASHES, "1", "Y", "y"), Tick.YES),
    **dict.fromkeys((*_CROSSES, *_DASHES, "0", "N", "n"), Tick.NO),
    **dict.fromkeys(_BOXED_CROSSES, Tick.GUESSED_NO),
    **dict.fromkeys(("v", "V"), Tick.GUESSED_YES),  # typed for want of a check mark
    **dict.fromkeys((*_EMPTY, ""), Tick.BLANK),
}


def _glyph(mark: str) -> Tick:
    """One character."""
    return _GLYPHS.get(ascii_digits(mark), Tick.UNCLEAR)


def _chosen_box(said: str, legend: _Legend) -> Tick | None:
    """``(✓) มี ( ) ไม่มี``: the meaning of the one box that is marked; None when these are no boxes to choose from."""
    boxes = [((inside or box).strip(), label.strip()) for inside, box, label in _BOX.findall(said)]
    if len(boxes) < 2:  # noqa: PLR2004 - a choice
        return None
    labels = [comparison_key(label) for _, label in boxes]
    meant = {
        label: _opposite(key, labels) or _judged(label, legend) for key, (_, label) in zip(labels, boxes, strict=True)
    }
    if not set(meant.values()) <= set(SURE):
        return None
    marked = [(mark, label) for mark, label in boxes if mark and mark not in _EMPTY and not _BLANK.fullmatch(mark)]
    if len(marked) != 1:
        return Tick.UNCLEAR if marked else Tick.BLANK
    mark, label = marked[0]
    meaning = SURE[meant[label]]
    if mark in _CHECKS or mark in _SLASHES:
        return Tick.YES if meaning else Tick.NO
    return Tick.GUESSED_YES if meaning else Tick.GUESSED_NO


def _opposite(key: str, labels: list[str]) -> Tick | None:
    """What the label of one of two boxes means when the other denies it, or it the other: เข้าร่วม, ไม่เข้าร่วม."""
    if len(labels) != 2:  # noqa: PLR2004 - a pair
        return None
    other = labels[1] if key == labels[0] else labels[0]
    if key and _DENIAL.sub("", other, count=1) == key != other:
        return Tick.YES
    return Tick.NO if other and _DENIAL.sub("", key, count=1) == other != key else None
