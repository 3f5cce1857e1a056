"""Tick marks: which glyphs and words mean done and not done.

Owns the built-in marks; a form's own lists win over them. May not know what a tick is about. What may be meant either
way is unclear and gets asked: a guess is used only for words that nearly always mean one thing.
"""

import re
from enum import Enum, auto

from parsers.thai.text import ascii_digits, comparison_key, normalise


class Tick(Enum):
    """What stands in a tick cell."""

    YES = auto()
    NO = auto()
    GUESSED_YES = auto()
    GUESSED_NO = auto()
    UNCLEAR = auto()
    BLANK = auto()


_CHECKS = frozenset("✓✔√☑🗸🗹✅")
_SLASHES = frozenset("/⁄∕／╱⟋")
_CROSSES = frozenset("✗✘✕✖×xX❌❎☓╳⨯⨉⊗🗙🗴🞨ХхΧχⅹⅩ")
_DASHES = frozenset("-–—−‐‑‒―－ー")
_BOXED_CROSSES = frozenset("🗷🗵⮽")  # drawn on purpose, yet a check-box control shows the like for checked
_FAMILIES = (_CHECKS, _SLASHES, _CROSSES, _DASHES)
_SIGNS = frozenset(sign for family in _FAMILIES for sign in family if not sign.isalpha())
_EMPTY = "☐□◻▢⬜◽▫❏❐❑❒○◯⬚"
# "☑️": telephones put U+FE0F behind a sign so that it is drawn in colours.
_SELECTORS = re.compile("[\ufe0e\ufe0f]")
_LONGEST = 200  # characters; a longer text is no mark

# "", "....", "☐", "…": nothing but what the form printed.
_BLANK = re.compile(rf"[\s._…·‧•,{_EMPTY}]*")
# "( / )", "[✓]", "（✓）", "<X>": the brackets that forms print for a mark to be put in.
_BRACKETED = re.compile(r"[(\[{<（【「]\s*+([^()\[\]{}<>]*?)\s*+[)\]}>）】」]")
# "✓.....", "ok.": printed dots go on behind the mark.
_TRAILING = re.compile(r"(?<=[^.…\s])[\s.…]+$")
# "....✓", "... มี": the printed dots before a mark; ".5" keeps its point.
_DOTTED = re.compile(r"^\s*+(?:\.{2,}+|…)[\s.…]*+(?=[^\s.…\d])")
# "(✓) มี ( ) ไม่มี", "☑ มี ☐ ไม่มี": a choice between printed boxes.
_BOX = re.compile(rf"(?:[(\[]\s*+([^()\[\]]{{0,3}}?)\s*+[)\]]|([{_EMPTY}☑🗹☒🗷✓✔]))\s*([^()\[\]{_EMPTY}☑🗹☒🗷✓✔]+)")

_DONE_OBJECT = "(?:คำสั่ง|ประกาศ|ข้อมูล|ระบบ|ในระบบ|ลงระบบ|เว็บไซต์|บนเว็บไซต์|ใน|infogoth|wwwinfogoth)*+"
_DONE_VERB = (
    "(?:ได้)?(?:มีการ)?(?:ดำเนินการ|จัดทำ|ทำ|ลง|ลงข้อมูล|กรอก|บันทึก|ประกาศ|ออก|ส่ง|รายงาน|เผยแพร่|นำเข้า|อัปโหลด|อัพโหลด|แจ้ง|มี)?"
)
# Of a key, so without blanks and dots: "จัดทำประกาศแล้ว", "ลงข้อมูลในระบบinfogothแล้ว", "ได้ดำเนินการแล้ว",
# "เสร็จสิ้น". Not "จะแล้ว", "ยกเลิกแล้ว".
_DONE = re.compile(
    f"{_DONE_VERB}{_DONE_OBJECT}(?:(?:เรียบร้อย|เสร็จเรียบร้อย|เสร็จ|เสร็จสิ้น|สำเร็จ|ครบถ้วน|ครบ)?แล้ว"
    "|เรียบร้อย|เสร็จเรียบร้อย|เสร็จ|เสร็จสิ้น|แล้วเสร็จ|สำเร็จ|ครบถ้วน|ครบ)"
)
# Whole keys: what stands in a tick cell instead of a mark.
_YES_WORDS = frozenset(
    {"มี", "ใช่", "ถูก", "ถูกต้อง", "yes", "y", "true", "ok", "okay", "done", "complete", "completed", "จริง", "1"}
)
_NO_WORDS = frozenset({"ไม่มี", "ยัง", "ไม่", "ไม่ใช่", "no", "n", "false", "none", "ไม่จริง", "เท็จ", "0", "notyet", "notdone"})
# "ยังไม่ได้จัดทำ", "ไม่ได้ดำเนินการ", "ยังมิได้ดำเนินการ", "ยังไม่แล้วเสร็จ"; not "ไม่มีปัญหา", which is about
# something else.
_NOT_DONE = re.compile("(?:ยัง(?:คง)?)?(?:ไม่|มิ)ได้|ยังไม่|ไม่มีการ|ไม่ดำเนินการ|ไม่จัดทำ|ไม่รายงาน|ไม่ตอบ|ยังมิ")
# Words about the report, not about the work: nobody has answered yet, which is no "no".
_NOT_REPORTED = re.compile(
    "(?:ยัง)?(?:ไม่|มิ)(?:ได้)?(?:ส่ง|รับ|แจ้ง|ตอบ)?(?:การ)?(?:รายงาน|แบบรายงาน|ตอบกลับ|ตอบ)(?:ข้อมูล|ผล|เข้ามา|มา)*"
    "|(?:ยัง)?(?:ไม่|มิ)(?:ได้)?(?:รับ|ส่ง)ข้อมูล|รอ(?:รับ)?(?:ข้อมูล|รายงาน|ผล|การรายงาน)"
)
# "อยู่ระหว่างดำเนินการ", "กำลังดำเนินการ", "รอประกาศ": not done yet, and said as a guess. Not "รอบ" (a round).
_UNDER_WAY = re.compile(
    "อยู่(?:ใน)?(?:ระหว่าง|ขั้นตอน)|(?:ใน)?ระหว่าง|กำลัง|รอ(?!บ)|จะ(?:ดำเนินการ|จัดทำ|ลง)|เตรียม|คาดว่า|ขอดำเนินการ"
)
# "ยังไม่ได้จัดทำ แต่ลงข้อมูลแล้ว", "✓ (บางส่วน)", "ยกเลิกแล้ว": the second half takes the first back.
_TURN = re.compile("แต่|ยกเว้น|ยกเลิก|บางส่วน|บาง")
# "✓ 50%": half done; "✓ 100%" is done.
_SHARE = re.compile(r"(?<!\d)(?!100\s*%)\d+(?:\.\d+)?\s*%")
# "จะแล้ว", "ยังไม่เรียบร้อย": ends like "done" and says it is not. Not "รอบ".
_DOUBT = re.compile("ไม่|ยัง|มิได้|รอ(?!บ)|ระหว่าง|กำลัง|จะ")
_SURE_LENGTH = 40  # of a key; a longer sentence may say more than its beginning
_SURE = {Tick.YES: True, Tick.GUESSED_YES: True, Tick.NO: False, Tick.GUESSED_NO: False}


def tick(text: str, yes: tuple[str, ...] = (), no: tuple[str, ...] = ()) -> Tick:
    """What ``text`` says in a tick cell. ``yes`` and ``no`` are the form's own marks and words and win.

    A form that names one mark of a family (✓ ✔ √; x X ✗; - –) means the whole family.
    """
    said = _DOTTED.sub("", _SELECTORS.sub("", normalise(text).replace("\n", " ")).strip())
    if len(said) > _LONGEST:
        return Tick.BLANK if _BLANK.fullmatch(said) else Tick.UNCLEAR
    declared = _declared(said, yes, no)
    if declared:
        return declared
    if not _TRAILING.sub("", _BRACKETED.sub(r"\1", said)) or _BLANK.fullmatch(_BRACKETED.sub(r"\1", said)):
        return Tick.BLANK
    read = _chosen_box(said, yes, no) or _judged(_bare(said), yes, no)
    # [x] is how programmers draw a checked box; round brackets are what forms print for a mark to be put in.
    return Tick.GUESSED_NO if read is Tick.NO and said[0] == "[" and _bare(said) in _CROSSES else read


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


def _judged(said: str, yes: tuple[str, ...], no: tuple[str, ...]) -> Tick:
    """A bare mark, a word, or a mark followed by words."""
    declared = _declared(said, yes, no)
    if declared:
        return declared
    if len(said) == 1:
        return _glyph(said)
    if said and said[0] in _DASHES:  # a dash before words is a bullet, around them an ornament
        return _words(said.strip("".join(_DASHES) + " "))
    mark = _declared(said[:1], yes, no) or _glyph(said[:1])
    fraction = said[:1] in _SLASHES and said[1:].strip()[:1].isdigit()
    if mark in _SURE and not fraction and (not said[:1].isalnum() or (said[0] in _CROSSES and said[1] == " ")):
        return _with_words(mark, said[1:].strip())
    return _words(said)


def _with_words(mark: Tick, rest: str) -> Tick:
    """A mark with words after it: they must not say the opposite; words that say nothing leave a guess."""
    words = _glyph(rest) if len(rest) == 1 else _words(rest)
    if words in _SURE:
        return mark if _SURE[words] is _SURE[mark] else Tick.UNCLEAR
    signs = _CHECKS | _CROSSES | _SLASHES
    if _TURN.search(comparison_key(rest)) or _SHARE.search(ascii_digits(rest)):
        return Tick.UNCLEAR  # done in part
    # "✓ → X", "✓ แก้เป็น X": a mark that was corrected.
    second = any(len(word) == 1 and word in signs for word in re.split(r"[\s→>=]+", rest))
    # "✓ / X", "✓ ?".
    if rest[:1] in signs or second or re.search("[/?|]", rest):
        return Tick.UNCLEAR  # two signs: a correction, or two columns taken together
    return Tick.GUESSED_YES if _SURE[mark] else Tick.GUESSED_NO


def _declared(said: str, yes: tuple[str, ...], no: tuple[str, ...]) -> Tick | None:
    """What the form itself says of this mark or word: as it stands first, then by family."""
    for meaning, marks in ((Tick.YES, yes), (Tick.NO, no)):
        if said and any(_same(said, mark) for mark in marks):
            return meaning
    for meaning, marks in ((Tick.YES, yes), (Tick.NO, no)):
        if any(said in family and mark in family for mark in marks for family in _FAMILIES):
            return meaning
    return None


def _same(said: str, mark: str) -> bool:
    key = comparison_key(mark)
    if said == mark.strip():
        return True
    # A comparison key drops signs, and "✓ / X" is no X.
    return bool(key) and key == comparison_key(said) and not _SIGNS.intersection(said).difference(mark)


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


def _words(said: str) -> Tick:
    """A word or short sentence."""
    key = comparison_key(said)
    # "0", "0.0": as a spreadsheet shows a number.
    if key in _NO_WORDS or re.fullmatch(r"0+(?:\.0+)?", key):
        return Tick.NO
    # "1", "1.0", "01".
    if key in _YES_WORDS or re.fullmatch(r"0*1(?:\.0+)?", key) or _DONE.fullmatch(key):
        return Tick.YES
    # "มี/ไม่มี": the printed choice was left as it stood.
    if _TURN.search(key) or re.search(r"[^\s/]\s*/\s*[^\s/]", said):
        return Tick.UNCLEAR
    if _NOT_DONE.match(key):
        sure = Tick.NO if len(key) <= _SURE_LENGTH else Tick.GUESSED_NO
        return Tick.BLANK if _NOT_REPORTED.fullmatch(key) else sure
    if _UNDER_WAY.match(key):
        return Tick.BLANK if _NOT_REPORTED.fullmatch(key) else Tick.GUESSED_NO
    done = key.endswith(("แล้ว", "เรียบร้อย", "เสร็จ")) or key.startswith("ดำเนินการแล้ว") or key == "ดำเนินการ"
    return Tick.GUESSED_YES if done and not _DOUBT.search(key) else Tick.UNCLEAR


def _chosen_box(said: str, yes: tuple[str, ...], no: tuple[str, ...]) -> Tick | None:
    """``(✓) มี ( ) ไม่มี``: the meaning of the one box that is marked; None when these are no boxes to choose from."""
    boxes = [((inside or box).strip(), label.strip()) for inside, box, label in _BOX.findall(said)]
    if len(boxes) < 2:  # noqa: PLR2004 - a choice
        return None
    meanings = {_judged(label, yes, no) for _, label in boxes}
    if not meanings <= set(_SURE):
        return None
    marked = [(mark, label) for mark, label in boxes if mark and mark not in _EMPTY and not _BLANK.fullmatch(mark)]
    if len(marked) != 1:
        return Tick.UNCLEAR if marked else Tick.BLANK
    mark, label = marked[0]
    meaning = _SURE[_judged(label, yes, no)]
    if mark in _CHECKS or mark in _SLASHES:
        return Tick.YES if meaning else Tick.NO
    return Tick.GUESSED_YES if meaning else Tick.GUESSED_NO
