"""A legend: words of a form or mail that give its marks a meaning: ✓ = ดำเนินการแล้ว, 2 หมายถึง ยังไม่ทำ, O  ทำแล้ว.

Owns how such words are known from others and what each mark then means. What the circular itself declares of a mark, or
custom of a sign, is not overruled: a legend that says otherwise is kept apart, for its marks to be asked. Knows no cells.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from parsers.form import Form
from parsers.thai.text import ascii_digits, normalise
from parsers.values.tick_marks import begins_with_mark, settled
from parsers.values.tick_words import SURE, TURN, words

LONGEST = 400  # characters; a longer text tells of many things
LINES_CAP = 60  # of a mail's own text; quoted mails were cut before

_NAMED = {"ถูก": "✓", "กากบาท": "X", "ผิด": "X", "ทับ": "/", "วงกลม": "O"}  # เครื่องหมายถูก, กากบาท, วงกลม
# A sign, letter or figure by itself, perhaps in quotes or brackets: “✓”, (1), O; not the 3 of "ข้อ 3", of "13" or "1.3".
_MARK = (
    r"(?:(?<![^\s“\"'(\[{,;:/.ก-๙])(?<!ข้อ)(?<!ข้อ )(?<!ม\.)(?<!ม\. )(?<!มาตรา)(?<!มาตรา )(?<!ลำดับ )(?<!ที่ )(?<!ช่อง )(?<!แถว )(?<!หมู่ )(?<!กลุ่ม )(?<!\d[./])"
    r"[“\"'(\[]?(?P<mark>[^\sก-๙=:“”\"'()\[\]{},;.\-–—|_…><+])[”\"')\]]?"
    r"|(?:เครื่องหมาย|กา(?!ก)|ติ๊ก|(?=กากบาท|วงกลม))(?P<name>ถูก(?!ต้อง)|กากบาท|ผิด|ทับ|วงกลม)"
    r"|(?<!\S)[“\"'(]?(?P<dash>[-–—])[”\"')]?(?=\s?(?:=|หมายถึง|แทน|คือ)))"
)
_MEANS = r"(?:=+|(?:ให้)?หมายถึง|หมายความ(?:ว่า|ถึง)|แทน|คือ|เท่ากับ|แปลว่า|(?:ใน|สำหรับ)?กรณี(?:ที่)?|สำหรับ(?:แห่ง|ข้อ|หน่วยงาน|อปท\.?)?ที่|(?:ถ้า|หาก|เมื่อ)(?=\s?(?:ดำเนินการ|ทำ|จัดทำ|ยัง|มี|ไม่)))"
# "/ ในแบบหมายถึงยังไม่ได้ดำเนินการ", "✓ = ทำแล้ว".
_ENTRY = re.compile(rf"{_MARK}\s{{0,3}}(?:(?:ใน|นี้)[ก-๙]{{0,10}}?\s?)?{_MEANS}\s{{0,3}}")
# "O  ดำเนินการแล้ว", "1: ทำแล้ว", "1 - ทำแล้ว": only where it is all that a line says.
_LOOSE = re.compile(rf"{_MARK}(?:\s{{1,6}}|\s?[:\-–—→]\s?)(?=[ก-๙])")
# "ดำเนินการแล้วใส่เลข 1": the meaning first.
_BEHIND = re.compile(
    rf"(?:ให้\s?)?(?:ใส่|ทำ|เขียน|กรอก|ลง|ระบุ|ติ๊ก|กา|ใช้|แทนด้วย)\s?(?:เครื่องหมาย|ตัวเลข|เลข|หมายเลข|รหัส|สัญลักษณ์|ตัวอักษร)?\s?{_MARK}"
)
_BOXES = frozenset("☐☑☒🗷🗹□■◻▢○◯●◉")  # "☑ มี ☐ ไม่มี" is a choice that was made, unless "=" says otherwise
# What stands around the entries of a line: "หมายเหตุ", "คำอธิบาย :", "๑.", "และใส่เครื่องหมาย".
_AROUND = (
    r"หมายเหตุ|คำอธิบาย|คำชี้แจง|สัญลักษณ์(?:ที่ใช้)?|ความหมาย(?:ของ)?|เครื่องหมาย|ตัวเลข|หมายเลข|เลข|รหัส|การกรอก|วิธี|(?:ให้|โปรด|กรุณา)?(?:ใส่|กรอก|ทำ(?=เครื่อง)|ระบุ|ใช้)"
    r"|โดย|และ|ส่วน|หรือ|หาก|ถ้า|กรณี|เมื่อ|ครับ|ค่ะ|\d{1,2}[.)]|[\s,;:/.|()\[\]“”\"'*•\-–—]"
)
_ONLY_AROUND = re.compile(rf"(?:{_AROUND})*+")
_JOINERS = re.compile(rf"(?:{_AROUND})+$")
_LEADING = re.compile(rf"^(?:{_AROUND}|(?:ที่|แห่ง|อปท\.?|หน่วยงาน)(?:ใด|ที่)?)+")
_MAYBE = re.compile("แล้ว|ยัง|ไม่|มี|ใช่|ระหว่าง|เสร็จ|เรียบร้อย")  # a meaning
_STATE = 60  # characters of a meaning


@dataclass(frozen=True)
class Legend:
    """The marks that a form or mail gives a meaning. ``line`` says of ``asked`` what cannot be taken as it stands."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()  # of another meaning than the circular's own, or of none that is yes or no
    line: str = ""
    lines: frozenset[str] = field(default=frozenset(), compare=False)  # that say nothing else: no rows of data
    turned: bool = False  # a mark of the circular's own is turned round: who fills in so may do so with every sign

    def of(self, form: Form) -> Form:
        """The form with these marks beside its own, for its cells to be read by."""
        return form.with_marks(self.yes, self.no) if self.yes or self.no else form

    def doubts(self, text: str) -> bool:
        """Whether a tick cell's text is a mark that is asked."""
        if begins_with_mark(text, self.asked):
            return True
        return self.turned and not begins_with_mark(text, self.yes + self.no)


NONE = Legend()


def legend_in(texts: Iterable[str], form: Form) -> Legend:
    """What the texts say of marks, for a form with its own; nothing where it is what the form itself prints."""
    own = {_squeezed(note) for note in (*form.note, *form.report_note)}
    lines = [text for text in texts if text not in form.note]
    found = [(mark, state, line) for line in lines for mark, state in _entries(line)]
    loose = [(mark, state, line) for line in lines for mark, state in _loosely(line)]
    if {state for _, state, _ in loose} >= {True, False}:
        found += loose
    alone = frozenset(line for _, _, line in found if _is_alone(line))
    news = [each for each in found if not any(_squeezed(each[2]) in note for note in own)]
    return replace(_against(form, news), lines=alone)


def _is_alone(line: str) -> bool:
    """Whether a line begins with the marks that it explains, as no row of data does."""
    said = ascii_digits(line)
    first = _ENTRY.search(said) or _LOOSE.search(said)
    return bool(first and _ONLY_AROUND.fullmatch(said[: first.start()]))


def legend_lines(text: str) -> tuple[str, ...]:
    """The lines of a mail's own text that may be a legend, each as a paragraph: mail programs break lines."""
    paragraphs = re.split(r"\n\s*\n", "\n".join(text.split("\n")[:LINES_CAP]))
    whole = [line for each in paragraphs if _entries(line := normalise(each.replace("\n", " ")))]
    return tuple(whole + [line for each in text.split("\n")[:LINES_CAP] if _loosely(line := normalise(each))])


def _against(form: Form, found: list[tuple[str, bool | None, str]]) -> Legend:
    """The entries that agree with the circular's own marks say nothing new; which of the others are taken and which asked."""
    usual_yes = any(state for mark, state, _ in found if settled(mark, form.yes, form.no))
    if usual_yes and all(state for _, state, _ in found):
        # As the department's form printed it: "✓ กรณีดำเนินการแล้ว และ X กรณีดำเนินการแล้ว". It tells nothing apart.
        found = [each for each in found if settled(each[0], form.yes, form.no) is not False]
    taken: dict[str, bool] = {}
    asked: dict[str, str] = {}
    turned = False
    for mark, state, line in found:
        usual = settled(mark, form.yes, form.no)
        if state is None or (usual is not None and usual is not state) or taken.get(mark, state) is not state:
            asked.setdefault(mark, line)
            turned = turned or (usual is not None and state is (not usual))
        elif usual is None:
            taken[mark] = state
    yes, no = ([mark for mark, said in taken.items() if said is what and mark not in asked] for what in (True, False))
    return Legend(tuple(yes), tuple(no), tuple(asked), next(iter(asked.values()), ""), turned=turned)


@lru_cache(maxsize=1 << 10)
def _entries(text: str) -> tuple[tuple[str, bool | None], ...]:
    """The marks of one text with their meanings: yes, no or neither; nothing where none is yes or no."""
    if not 4 < len(text) <= LONGEST or not _MAYBE.search(text):  # noqa: PLR2004 - "1=มี"
        return ()
    said = ascii_digits(text)
    found = list(_behind(said))
    if not found or found[0][1] is None:  # "ใส่ ✓ กรณีดำเนินการแล้ว และใส่ …": nothing before the first mark
        starts = list(_ENTRY.finditer(said))
        ends = [each.start() for each in starts[1:]] + [len(said)]
        found = [(_mark(each), _state(said[each.end() : end])) for each, end in zip(starts, ends, strict=False)]
    return tuple(found) if any(state is not None for _, state in found) else ()


def _behind(said: str) -> Iterator[tuple[str, bool | None]]:
    """Marks with the meanings before them."""
    begin = 0
    for each in _BEHIND.finditer(said):
        yield _mark(each), _state(_LEADING.sub("", said[begin : each.start()]))
        begin = each.end()


@lru_cache(maxsize=1 << 10)
def _loosely(text: str) -> tuple[tuple[str, bool], ...]:
    """The same for a line without a word that joins mark and meaning, where it says nothing else."""
    if not 4 < len(text) <= LONGEST or not _MAYBE.search(text):  # noqa: PLR2004 - as above
        return ()
    said = ascii_digits(text)
    starts = list(_LOOSE.finditer(said))
    if not starts or not _ONLY_AROUND.fullmatch(said[: starts[0].start()]):
        return ()
    ends = [each.start() for each in starts[1:]] + [len(said)]
    found = [(_mark(start), _whole(said[start.end() : end])) for start, end in zip(starts, ends, strict=True)]
    sure = tuple((mark, state) for mark, state in found if state is not None and mark not in _BOXES)
    return sure if len(sure) == len(found) else ()


def _mark(found: re.Match[str]) -> str:
    return found["mark"] or found["dash"] or _NAMED[found["name"]]


def _whole(said: str) -> bool | None:
    """What a meaning says as a whole."""
    plain = _JOINERS.sub("", said[: _STATE + 40]).strip()
    return SURE.get(words(plain)) if plain and len(plain) <= _STATE else None


def _state(said: str) -> bool | None:
    """What a meaning says: as a whole, or in its first words where a sentence goes on behind them."""
    whole = _whole(said)
    if whole is not None or TURN.search(said[:_STATE]):
        return whole
    parts = said.split()
    return next((state for count in (3, 2, 1) if (state := _whole(" ".join(parts[:count]))) is not None), None)


def _squeezed(text: str) -> str:
    return "".join(ascii_digits(normalise(text)).split())
