"""Which of a question's choices a cell names: as written, with a number or a tick, or as the one ticked box of several.

Owns what is the same choice. May not know what the choices are about. A crossed-out choice and an empty box are none.
"""

import re
from collections.abc import Sequence

from parsers.thai.text import comparison_key
from parsers.values.tick_marks import Tick, tick

# "✓ ฝังกลบ", "ฝังกลบ ✓", "(/) ฝังกลบ": a tick beside the choice is no part of it.
_TICKED = re.compile(r"^[✓✔√☑🗹✅/]\s*|(?:(?<!\s)\s++)?[✓✔√☑🗹✅/]$|^[(\[]\s*[✓✔√☑/]\s*[)\]]\s*")
# What changes a choice's meaning and is lost in a key: "<50" and ">50", "50-100" and "50100", "✗ ฝังกลบ",
# "ฝังกลบ/เตาเผา".
_SIGNS = re.compile(r"[<>≤≥=±+?✗✘✕✖×❌☒🗷🗵⌧☐□◻⬜○◯/|]|(?<=\d)\s*[-–]\s*(?=\d)|[(\[]\s*[)\]]|\b[xX]\b")
# "☐ ฝังกลบ ☑ เตาเผา", "(✓) ฝังกลบ ( / ) เตาเผา": printed boxes, each with its choice behind it; "(2) สูง" is a numbering.
_CHOICE_BOX = re.compile(r"([☐□◻▢○◯☑🗹☒🗷✓✔]|[(\[][^()\[\]\d]{0,4}[)\]])\s*([^☐□◻▢○◯☑🗹☒🗷✓✔()\[\]]+)")
# "2. สูง", "(2) สูง", "1) ฝังกลบ": the number that the form prints before a choice.
_NUMBERING = re.compile(r"^[(\[]?\s*\d{1,2}\s*[).\]:\-]\s*")
# "ระดับปานกลาง", "ประเภทบาดาล": the word of the heading before a choice.
_LED = re.compile(r"^(?:ระดับ|ประเภท|ชนิด|ขนาด|สถานะ)\s*")

# "พาสเจอร์ไรส์ (รสจืด)", "ดี 92 คะแนน", "วัด: ศรีดอนคำ": where a detail begins.
_APART = re.compile(r"\s+(?=\S)|\s*[(\[:]")
# "สูง แต่ …", "ดี (ปีที่แล้ว)", "วัดหรือโรงเรียน": what makes a choice doubtful; commas and ๆ begin another.
_TAKES_BACK = re.compile(
    "ไม่|ยัง|มิได้|แต่|หรือ|และ|กับ|ทั้ง|เดิม|ก่อน|ที่แล้ว|ปี|เป็น|เปลี่ยน|บาง|เกือบ|ค่อน|จะ|แผน|รอ|คาด|น่า|อาจ|ประมาณ|ยกเลิก|ขอ|เหลือ|อีก|ชำรุด|เลิก|ปิด|ๆ|[,;]"
)


def chosen(said: str, choices: Sequence[str]) -> tuple[str | None, bool]:
    """The one of ``choices`` that ``said`` (normalised) names, and whether it is a guess; None for none or several."""
    if said in choices:
        return said, False
    picked = _ticked_choice(said, choices)
    if picked is not None:
        return picked or None, False
    doubt = said.rstrip(" ?").strip() if said.endswith("?") else ""
    for text in (said, _NUMBERING.sub("", said), _TICKED.sub("", said), _LED.sub("", said), doubt):
        same = [choice for choice in choices if _same_choice(text, choice)]
        if len(same) == 1:
            return same[0], text == doubt
    return _with_detail(said, choices) or None, True


def _with_detail(said: str, choices: Sequence[str]) -> str:
    """The choice behind which a detail stands: พาสเจอร์ไรส์ (รสจืด), วัด (วัดศรีดอนคำ), ดี 92 คะแนน; empty for none.

    No other choice stands in the detail, and no word that takes the choice back.
    """
    began = [each for each in choices if said.startswith(each) and _APART.match(said, len(each))]
    choice = max(began, key=len, default="")
    detail = said[len(choice) :] if choice else ""
    others = (comparison_key(each) for each in choices if each != choice)
    key = comparison_key(detail)
    doubtful = not key or _SIGNS.search(detail) or _TAKES_BACK.search(detail) or any(each in key for each in others)
    return "" if doubtful else choice


def surely_chosen(said: str, choices: Sequence[str]) -> str:
    """The one of ``choices`` that a text, such as a heading, names beyond doubt; empty for none."""
    choice, guessed = chosen(said, choices) if choices else (None, False)
    return "" if guessed or choice is None else choice


def _same_choice(said: str, choice: str) -> bool:
    """The same words, with the same signs that change a meaning: a crossed-out choice is none, >50 is not <50."""
    key = comparison_key(said)
    return bool(key) and key == comparison_key(choice) and _SIGNS.findall(said) == _SIGNS.findall(choice)


def _ticked_choice(said: str, choices: Sequence[str]) -> str | None:
    """The one ticked of several boxes; nothing when none or several are ticked, None when these are no boxes."""
    ticked = ticked_labels(said)
    if ticked is None or any(not _named(label, choices) for label in ticked[0]):
        return None
    named = [_named(label, choices) for label in ticked[1]]
    return named[0] if len(named) == 1 else ""


def ticked_labels(said: str) -> tuple[list[str], list[str]] | None:
    """All labels of printed boxes, and those of the ticked ones; none of those where a box is unclear, None when these are no boxes."""
    boxes = _CHOICE_BOX.findall(said)
    if not boxes or _CHOICE_BOX.sub("", said).strip():
        return None
    unclear = any(tick(mark) not in (Tick.YES, Tick.BLANK) for mark, _ in boxes)
    labels = [label.strip() for _, label in boxes]
    return labels, [] if unclear else [label.strip() for mark, label in boxes if tick(mark) is Tick.YES]


def _named(said: str, choices: Sequence[str]) -> str:
    """The one choice that a label names; empty for none or several."""
    same = [choice for choice in choices if _same_choice(said, choice)]
    return same[0] if len(same) == 1 else ""
