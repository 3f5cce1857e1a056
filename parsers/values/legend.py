"""A legend: words of a form or mail that give its marks a meaning: ✓ = ดำเนินการแล้ว, 2 หมายถึง ยังไม่ทำ, O  ทำแล้ว.

Owns how such words are known from others and what each mark then means. What the circular itself declares of a mark, or
custom of a sign, is not overruled: a legend that says otherwise is kept apart, for its marks to be asked. Knows no cells.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from parsers.form.form import Form
from parsers.form.question import Kind
from parsers.thai.text import ascii_digits, comparison_key, normalise
from parsers.values.coded_choices import Codes
from parsers.values.tick_marks import SIGNS, begins_with_mark, settled
from parsers.values.tick_words import SURE, TURN, words

LONGEST = 400  # characters; a longer text tells of many things
LINES_CAP = 60  # of a mail's own text; quoted mails were cut before
CELLS = 3  # of a line of a table in a mail: ✓ | = | ทำแล้ว; one with more is a row of answers

_NAMED = {"ถูก": "✓", "กากบาท": "X", "ผิด": "X", "ทับ": "/", "วงกลม": "O"}  # เครื่องหมายถูก, กากบาท, วงกลม
# A sign, letter or figure by itself, perhaps in quotes or brackets: “✓”, (1), O; not the 3 of "ข้อ 3", of "13" or "1.3".
_MARK = (
    r"(?:(?<![^\s“\"'(\[{,;:/.ก-๙])(?<!ข้อ)(?<!ข้อ )(?<!ม\.)(?<!ม\. )(?<!มาตรา)(?<!มาตรา )(?<!ลำดับ )(?<!ที่ )(?<!ช่อง )(?<!แถว )(?<!หมู่ )(?<!กลุ่ม )(?<!\d[./])"
    r"[“\"'(\[]?(?P<mark>[^\sก-๙=:“”\"'()\[\]{},;.\-–—|_…><+])[”\"')\]]?"
    r"|(?:เครื่องหมาย|กา(?!ก)|ติ๊ก|(?=กากบาท|วงกลม))(?P<name>ถูก(?!ต้อง)|กากบาท|ผิด|ทับ|วงกลม)"
    r"|(?<!\S)[“\"'(]?(?P<dash>[-–—])[”\"')]?(?=\s?(?:=|หมายถึง|แทน|คือ|(?:ใน|หน้า)(?:ช่อง|ข้อ|รายการ)ที่)))"
)
_MEANS = r"(?:=+|(?:ลง)?(?:ใน|หน้า)?(?:ช่อง|ข้อ|รายการ|แห่ง)ที่(?!ต้องการ|ตรง|เลือก)|(?:ให้)?หมายถึง|หมายความ(?:ว่า|ถึง)|แทน|คือ|เท่ากับ|แปลว่า|(?:ใน|สำหรับ)?กรณี(?:ที่)?|สำหรับ(?:แห่ง|ข้อ|หน่วยงาน|อปท\.?)?ที่|(?:ถ้า|หาก|เมื่อ)(?=\s?(?:ดำเนินการ|ทำ|จัดทำ|ยัง|มี|ไม่)))"
# "/ ในแบบหมายถึงยังไม่ได้ดำเนินการ", "✓ = ทำแล้ว".
_ENTRY = re.compile(rf"{_MARK}\s{{0,3}}(?:(?:ใน|นี้)[ก-๙]{{0,10}}?\s?)?{_MEANS}\s{{0,3}}")
# "✓ และเครื่องหมาย" before the next mark: both have its meaning.
_SHARING = re.compile(rf"{_MARK}\s?(?:และ|หรือ|,)\s?(?:ใส่)?(?:เครื่องหมาย)?\s?$")
_BEFORE = 40  # characters before a mark in which such words stand
# "O  ดำเนินการแล้ว", "1: ทำแล้ว", "1 - ทำแล้ว": only where it is all that a line says.
_LOOSE = re.compile(rf"{_MARK}(?:\s{{1,6}}|\s?[:\-–—→]\s?)(?=[ก-๙])")
# "ดำเนินการแล้วใส่เลข 1": the meaning first. "ยังไม่ทำ 2 = …" has no such verb.
_SIGN = "(?:เครื่องหมาย|ตัวเลข|เลข|หมายเลข|รหัส|สัญลักษณ์|ตัวอักษร)"
# "ให้ใส่เครื่องหมาย ✓", "เขียนเลข 2".
_BEHIND = re.compile(rf"(?:ให้\s?)?(?:(?:ใส่|ระบุ|ติ๊ก|แทนด้วย)\s?{_SIGN}?|(?:ทำ|เขียน|กรอก|ลง|กา|ใช้)\s?{_SIGN})\s?{_MARK}")
_BOXES = frozenset("☐☑☒🗷🗹□■◻▢○◯●◉")  # "☑ มี ☐ ไม่มี" is a choice that was made, unless "=" says otherwise
# "(✓) มี ( ) ไม่มี": a choice that was made of printed ones.
_EMPTY_BOX = re.compile(r"[(\[]\s*[)\]]")
# What stands around the entries of a line: "หมายเหตุ", "คำอธิบาย :", "๑.", "และใส่เครื่องหมาย".
_AROUND = (
    r"หมายเหตุ|คำอธิบาย|คำชี้แจง|สัญลักษณ์(?:ที่ใช้)?|ความหมาย(?:ของ)?|เครื่องหมาย|ตัวเลข|หมายเลข|เลข|รหัส|การกรอก|วิธี|(?:ให้|โปรด|กรุณา)?(?:ใส่|กรอก|ทำ(?=เครื่อง)|ระบุ|ใช้)"
    r"|โดย|และ|ส่วน|หรือ|หาก|ถ้า|กรณี|เมื่อ|ครับ|ค่ะ|\d{1,2}[.)]|[\s,;:/.|()\[\]“”\"'*•\-–—]"
)
# "หมายเหตุ ๑. ใส่เครื่องหมาย": nothing but such words.
_ONLY_AROUND = re.compile(rf"(?:{_AROUND})*+")
# "... และใส่เครื่องหมาย" before the next mark.
_JOINERS = re.compile(rf"(?:{_AROUND})+$")
# "แห่งใดที่", "ให้ใส่" before a meaning.
_LEADING = re.compile(rf"^(?:{_AROUND}|(?:ที่|แห่ง|อปท\.?|หน่วยงาน)(?:ใด|ที่)?)+")
_MAYBE = re.compile("แล้ว|ยัง|ไม่|มี|ใช่|ระหว่าง|เสร็จ|เรียบร้อย")  # a meaning
_STATE = 60  # characters of a meaning
_ALIKE = str.maketrans("/✔√xX×", "✓✓✓✗✗✗")  # what a file without ✓ and ✗ has in their place
# "มี/ดำเนินการแล้ว": one meaning in two words.
_EITHER = re.compile("(?<=[ก-๙])/(?=[ก-๙])")
A_NOTE = 15  # consonants of the shortest part of a printed note: "X ดำเนินการแล้ว" is somebody's own words


# "อยู่ระหว่างดำเนินการ", "กำลังจัดทำ": not done, and a state of its own where a circular asks how far something is.
_BEGUN = re.compile("อยู่|ระหว่าง|กำลัง")
# "ยังไม่ได้ทบทวน", "ไม่มี", "ยังไม่มีแผน" beside "มีแผน".
_DENIAL = re.compile("^(?:ยัง)?(?:ไม่|มิ)(?:ได้)?")


class Explained(NamedTuple):
    """A mark with its meaning: yes, no or neither, and in words."""

    mark: str
    state: bool | None
    words: str


@dataclass(frozen=True)
class Legend:
    """The marks that a form or mail gives a meaning. ``line`` says of ``asked`` what cannot be taken as it stands."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()  # of another meaning than the circular's own, or of none that is yes or no
    line: str = ""
    lines: frozenset[str] = field(default=frozenset(), compare=False)  # that say nothing else: no rows of data
    words: Mapping[str, str] = field(default_factory=dict, compare=False)  # of the marks for yes and no: their meanings
    codes: Codes = field(default_factory=dict)  # of choices that are given as figures
    turned: bool = False  # a mark of the circular's own is turned round: who fills in so may do so with every sign

    def of(self, form: Form) -> Form:
        """The form with these marks beside its own, for its cells to be read by."""
        return form.with_marks(self.yes, self.no) if self.yes or self.no else form

    def said(self, text: str) -> str:
        """The meaning in words of a cell's text that is just one of the marks, empty for another."""
        return next((words for mark, words in self.words.items() if begins_with_mark(text, (mark,))), "")

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
    found = [(each, line) for line in lines for each in _entries(line)]
    loose = [(each, line) for line in lines for each in _loosely(line)]
    if {each.state for each, _ in loose} >= {True, False}:
        found += loose
    alone = frozenset(line for _, line in found if _is_alone(line))
    news = [(each, line) for each, line in found if not _is_printed(line, own)]
    return replace(_against(form, news), lines=alone)


def _is_alone(line: str) -> bool:
    """Whether a line begins with the marks that it explains, as no row of data does."""
    said = ascii_digits(line)
    first = _ENTRY.search(said) or _LOOSE.search(said)
    return bool(first and _ONLY_AROUND.fullmatch(said[: first.start()]))


def legend_lines(text: str) -> tuple[str, ...]:
    """The lines of a mail's own text that may be a legend, each as a paragraph: mail programs break lines."""
    # An empty line parts paragraphs.
    paragraphs = re.split(r"\n\s*\n", "\n".join(text.split("\n")[:LINES_CAP]))
    whole = [line for each in paragraphs if _entries(line := normalise(each.replace("\n", " ")))]
    lines = (each for each in text.split("\n")[:LINES_CAP] if each.count("|") < CELLS)
    return tuple(whole + [line for each in lines if _loosely(line := normalise(each))])


def _against(form: Form, found: list[tuple[Explained, str]]) -> Legend:
    """The entries that agree with the circular's own marks say nothing new; which of the others are taken and which asked."""
    usual_yes = any(each.state for each, _ in found if settled(each.mark, form.yes, form.no))
    if usual_yes and all(each.state for each, _ in found):
        # As the department's form printed it: "✓ กรณีดำเนินการแล้ว และ X กรณีดำเนินการแล้ว". It tells nothing apart.
        found = [pair for pair in found if settled(pair[0].mark, form.yes, form.no) is not False]
    asks_how_far = any(question.kind is Kind.PROGRESS for question in form.column)
    taken: dict[str, Explained] = {}
    asked: dict[str, str] = {}
    turned = False
    for each, line in found:
        mark, state = each.mark, each.state
        usual = settled(mark, form.yes, form.no)
        other = usual is not None and (usual is not state or (asks_how_far and bool(_BEGUN.match(each.words))))
        if state is None or other or taken.get(mark, each).state is not state:
            asked.setdefault(mark, line)
            turned = turned or (usual is not None and state is (not usual))
        elif usual is None:
            taken[mark] = each
    sure = {mark: each for mark, each in taken.items() if mark not in asked}
    yes, no = (tuple(mark for mark, each in sure.items() if each.state is what) for what in (True, False))
    said = {mark: each.words for mark, each in sure.items()}
    return Legend(yes, no, tuple(asked), next(iter(asked.values()), ""), words=said, turned=turned)


def explained(text: str) -> tuple[Explained, ...]:
    """The marks that one line gives a meaning; none where it tells of something else."""
    return _entries(normalise(text))


@lru_cache(maxsize=1 << 10)
def _entries(text: str) -> tuple[Explained, ...]:
    """The marks of one text with their meanings: yes, no or neither; nothing where none is yes or no."""
    if not 4 < len(text) <= LONGEST or not _MAYBE.search(text):  # noqa: PLR2004 - "1=มี"
        return ()
    said = ascii_digits(text)
    found = list(_behind(said))
    if not found or found[0].state is None:  # "ใส่ ✓ กรณีดำเนินการแล้ว และใส่ …": nothing before the first mark
        starts = list(_ENTRY.finditer(said))
        ends = [each.start() for each in starts[1:]] + [len(said)]
        found = [_explained(each, said[each.end() : end]) for each, end in zip(starts, ends, strict=False)]
        before = [_SHARING.search(said[max(0, each.start() - _BEFORE) : each.start()]) for each in starts]
        found += [own._replace(mark=_mark(each)) for own, each in zip(found, before, strict=True) if each]
    found = _with_opposites(found)
    return tuple(found) if any(each.state is not None for each in found) else ()


def _with_opposites(found: Sequence[Explained]) -> list[Explained]:
    """A meaning that another denies is yes and the other no, though it names a doing of its own: ทบทวนแล้ว, ยังไม่ได้ทบทวน."""
    keys = [comparison_key(each.words) for each in found]
    rests = [
        "" if each.state or not _DENIAL.match(key) else _DENIAL.sub("", key)
        for each, key in zip(found, keys, strict=True)
    ]
    opposite = list(found)
    for at, each in enumerate(found):
        affirmed = [rest for rest in rests if rest and not rests[at] and keys[at].startswith(rest)]
        if each.state is None and affirmed and not TURN.search(keys[at]):
            opposite[at] = each._replace(state=True)
            for other in (other for other, rest in enumerate(rests) if rest in affirmed):
                opposite[other] = found[other]._replace(state=False)
    return opposite


def _behind(said: str) -> Iterator[Explained]:
    """Marks with the meanings before them."""
    begin = 0
    for each in _BEHIND.finditer(said):
        yield _explained(each, _LEADING.sub("", said[begin : each.start()]))
        begin = each.end()


@lru_cache(maxsize=1 << 10)
def _loosely(text: str) -> tuple[Explained, ...]:
    """The same for a line without a word that joins mark and meaning, where it says nothing else."""
    if not 4 < len(text) <= LONGEST or not _MAYBE.search(text):  # noqa: PLR2004 - as above
        return ()
    said = ascii_digits(text)
    starts = list(_LOOSE.finditer(said))
    if not starts or not _ONLY_AROUND.fullmatch(said[: starts[0].start()]):
        return ()
    ends = [each.start() for each in starts[1:]] + [len(said)]
    found = [Explained(_mark(each), *_whole(said[each.end() : end])) for each, end in zip(starts, ends, strict=True)]
    if len({each.mark for each in found}) < len(found) or _EMPTY_BOX.search(said):
        return ()  # "(✓) มี (✓) ไม่มี": a printed choice
    return tuple(found) if all(each.state is not None and each.mark not in _BOXES for each in found) else ()


def _mark(found: re.Match[str]) -> str:
    return found["mark"] or found["dash"] or _NAMED[found["name"]]


def _explained(found: re.Match[str], meaning: str) -> Explained:
    """A mark with what a meaning says: as a whole, or in its first words where a sentence goes on behind them."""
    state, plain = _whole(meaning)
    parts = [] if state is not None or TURN.search(meaning[:_STATE]) else meaning.split()
    for count in (3, 2, 1):
        if state is None and parts:
            state, plain = _whole(" ".join(parts[:count]))
    return Explained(_mark(found), state, plain)


def _whole(said: str) -> tuple[bool | None, str]:
    """What a meaning says as a whole, and its words. "กรณีด ✓ำเนินการแล้ว" of a PDF, its letters astray, is none."""
    plain = _JOINERS.sub("", said[: _STATE + 40]).strip()
    fits = 0 < len(plain) <= _STATE and SIGNS.isdisjoint(_EITHER.sub("", plain))
    return (_state(plain) if fits else None), plain


def _state(plain: str) -> bool | None:
    """What a meaning says: yes, no, or neither; of several with a slash between them what all of them say."""
    said = {SURE.get(words(part)) for part in _EITHER.split(plain)}
    return said.pop() if len(said) == 1 else None


def _squeezed(text: str) -> tuple[str, str]:
    """The consonants of a text, and its marks, each in their order: a PDF moves a ✓ into a word and loses vowels."""
    said = ascii_digits(normalise(text)).translate(_ALIKE)
    # "กรณีด ✓ำเนินการ" has the letters of "✓ กรณีดำเนินการ"; "✓", "X", "0" and "1" are marks.
    return "".join(re.findall("[ก-ฮ]", said)), "".join(re.findall(r"[^ก-๙\s.,()]", said))


def _is_printed(line: str, notes: Iterable[tuple[str, str]]) -> bool:
    """Whether a line is one of the form's own notes, or a part of one, perhaps behind "หมายเหตุ :"."""
    letters, marks = _squeezed(_LEADING.sub("", line))
    return len(letters) >= A_NOTE and any(letters in note and marks in signs for note, signs in notes)
