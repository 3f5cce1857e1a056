"""Answers that hang on other answers: what is owed only then, and what stands where nothing should.

Owns what says nothing beside a "no" and what contradicts it. Which of two answers that contradict is wrong nobody can tell:
neither is recorded.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum, auto

from parsers.answers.entry import Broken, Entry
from parsers.findings import Code, Finding, finding, shown
from parsers.form.form import Form
from parsers.form.question import NUMERIC, Kind, Question, heading
from parsers.reading import Value
from parsers.thai.text import comparison_key
from parsers.values.decimals import decimal
from parsers.values.tick_marks import Tick, tick

DONE = {True: "“✓ ดำเนินการแล้ว”", False: "“✗ ยังไม่ได้ดำเนินการ”"}
# What clerks write where nothing is asked, as keys.
_NOTHING = frozenset(
    {"", "ไม่มี", "ยังไม่มี", "ไม่มีข้อมูล", "ไม่มีค่ะ", "ไม่ต้องกรอก", "ไม่ต้องตอบ", "ไม่เกี่ยวข้อง", "ไม่เข้าข่าย", "none", "na", "nil", "0"}
)

# Words beside a yes by which it is none: "รอนายกลงนาม", "ยังไม่ได้จัดทำ".
_DENIALS = (Tick.NO, Tick.GUESSED_NO)


class Beside(Enum):
    """What an answer is beside the one that it hangs on."""

    FITTING = auto()  # or nobody can tell
    NOTHING = auto()  # it says nothing where nothing is asked
    UNASKED = auto()  # words that nobody asked for and that deny nothing
    AGAINST = auto()
    NOT_THEIRS = auto()  # it says something where organisations of this type are not asked


def said_as(value: Value | None) -> str:
    """A value as a sentence names it."""
    return DONE[value] if isinstance(value, bool) else f"“{shown(value or '')}”"


def beside(entry: Entry, form: Form, mine: Mapping[str, Value]) -> Beside:
    """What ``entry`` is beside the answer that it hangs on, of what its organisation says (``mine``, by key)."""
    question, condition, kind = entry.question, entry.question.stands_on, entry.organisation.type
    if not question.is_for(kind):
        return Beside.NOTHING if says_nothing(entry) else Beside.NOT_THEIRS
    if condition is None:
        return Beside.FITTING
    needed = mine.get(condition.question)
    met = needed is None or condition.met(needed)
    fits = met if question.requires else form.is_asked(question, kind, mine) is not False
    if fits or (question.requires and says_nothing(entry)):
        return Beside.FITTING
    if says_nothing(entry):
        return Beside.NOTHING
    return _words_beside(entry, form, mine) if question.kind is Kind.TEXT else Beside.AGAINST


def _words_beside(entry: Entry, form: Form, mine: Mapping[str, Value]) -> Beside:
    """Words where nothing is asked: a denial fits a no, and not a yes, beside which other words may stand."""
    said = tick(entry.value)
    if mine[ruled_by(entry, form, mine).key] is not True:
        return Beside.NOTHING if said in _DENIALS else Beside.AGAINST
    if said in _DENIALS:
        return Beside.AGAINST
    return Beside.NOTHING if said is Tick.YES else Beside.UNASKED


def says_nothing(entry: Entry) -> bool:
    """Whether a cell holds nothing, no, zero, a dash, or words for none."""
    reading = entry.reading
    if reading.trouble == "missing" or reading.value is False:
        return True
    if entry.question.kind in NUMERIC and reading.value is not None:
        return decimal(reading.value) == Decimal()
    return reading.value is not True and comparison_key(entry.value) in _NOTHING


def ruled_by(entry: Entry, form: Form, mine: Mapping[str, Value]) -> Question:
    """The question that rules this one out or in by what it says: of a chain the first that says no. Raises KeyError for none."""
    above = entry.question
    while above is entry.question or form.is_asked(above, entry.organisation.type, mine) is False:
        above = form.find(above.stands_on.question if above.stands_on else "")
    return above


def owed(entry: Entry, form: Form, mine: Mapping[str, Value]) -> Finding:
    """That a question is blank which is asked, and which answer asks it."""
    fields = {"organisation": entry.organisation.printed_name, "question": heading(entry.question)}
    if not entry.question.asked_if:
        return finding(Code.ANSWER_MISSING, entry.place, about=entry.about, **fields)
    fields |= _needed(entry, form, mine)
    return finding(Code.ANSWER_NEEDED, entry.place, about=entry.about, **fields)


def unasked(entry: Entry, form: Form, mine: Mapping[str, Value]) -> Finding:
    """That words were left out which nobody asked for."""
    fields = {"organisation": entry.organisation.printed_name, "question": heading(entry.question)}
    fields["why"] = "ช่อง “{needed}” ตอบว่า {said}".format_map(_needed(entry, form, mine))
    return finding(Code.ANSWER_LEFT_OUT, entry.place, entry.value, about=entry.about, **fields)


def contradiction(entry: Entry, form: Form, mine: Mapping[str, Value]) -> Broken:
    """That an answer stands beside one that rules it out. Which of the two is wrong nobody can tell: neither is an answer."""
    code = Code.ANSWER_NOT_ASKED if entry.question.asked_if else Code.ANSWER_INCONSISTENT
    fields = {"organisation": entry.organisation.printed_name, "question": heading(entry.question)}
    fields |= _needed(entry, form, mine)
    if code is Code.ANSWER_NOT_ASKED:
        fields["why"] = "ช่อง “{needed}” ตอบว่า {said}".format_map(fields)
        fields["so"] = "ระบบยังไม่ได้บันทึกทั้งสองช่อง กรุณาตรวจสอบและแก้ไขให้สอดคล้องกัน"
    said = finding(code, entry.place, entry.value, about=entry.about, **fields)
    return Broken(said, (entry.question.key, ruled_by(entry, form, mine).key))


def not_theirs(entry: Entry) -> Finding:
    """That something stands where organisations of another type are asked; it may belong to another row."""
    fields = {"organisation": entry.organisation.printed_name, "question": heading(entry.question)}
    fields["why"] = f"เป็น {entry.organisation.type}"
    fields["so"] = f"ช่องนี้ถามเฉพาะ {' '.join(entry.question.only)} ระบบไม่ได้บันทึกคำตอบนี้ กรุณาตรวจว่ากรอกตรงแถวและลบออก"
    return finding(Code.ANSWER_NOT_ASKED, entry.place, entry.value, about=entry.about, **fields)


def _needed(entry: Entry, form: Form, mine: Mapping[str, Value]) -> dict[str, str]:
    needed = ruled_by(entry, form, mine)
    return {"needed": heading(needed), "said": said_as(mine[needed.key])}
