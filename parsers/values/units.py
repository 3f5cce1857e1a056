"""Units as Thai offices write them: what a unit's words mean, which one a question asks for, whether the two agree.

Owns multiples (พัน ล้าน) and rates (ต่อวัน); the names of units stand in ``unit_names``. Nothing is converted but by a factor that the circular
declares: another unit is another answer.
May not know where the words stood.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

from parsers.form.question import Kind, Question
from parsers.thai.months import MONTHS, SHORT_MONTHS
from parsers.thai.text import ascii_digits, comparison_key, normalise
from parsers.values.unit_names import LEVELS, NAMES, THINGS, TIMES


class Fit(Enum):
    """How a written unit agrees with the one asked for: it does, it leaves the size alone, it may change the size."""

    SAME = auto()
    UNSURE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Unit:
    """``ล้านบาท/ปี`` is base บาท of kind money, multiple 1,000,000, per (ปี,). A bare multiple has no base."""

    base: str = ""
    kind: str = ""
    multiple: Decimal = Decimal(1)
    per: tuple[str, ...] = ()


PERCENT = Unit("ร้อยละ", "percent")
# Characters; "หน่วย : ลูกบาศก์เมตร/ครัวเรือน/เดือน" has under 40, a longer text is no unit.
LONGEST = 60
_ONE = Decimal(1)
_BASES: dict[str, tuple[str, str]] = {
    name: (names.split()[0], kind) for kind, lines in NAMES.items() for names in lines for name in names.split()
} | {name: (name, "count") for name in THINGS.split()}
_MULTIPLES = dict(
    sorted(((name, Decimal(by)) for by, names in TIMES for name in names.split()), key=lambda each: -len(each[0]))
)
# "ตัน/วัน", "ตันต่อวัน", "ton per day".
_PER = re.compile(r"[/⁄]|ต่อ|\bper\b")
# "หน่วย : บาท", "หน่วยเป็นล้านบาท", "คิดเป็นบาท", "จำนวนแห่ง"; "จำนวน" alone stays.
_LEADING = re.compile(r"^(?:หน่วย(?:นับ|วัด|เงิน)?(?:เป็น|คือ)?[:=;\-–]*|เป็น|คิดเป็น|จำนวน(?=.))")
# "บาทถ้วน", "5 แห่งครับ".
_SUFFIX = re.compile(r"(?:ถ้วน|เท่านั้น|ครับ|ค่ะ|คะ)$")
# "งบประมาณ (บาท)", "ปริมาณขยะ [ตัน/วัน]": where headings name their unit.
BRACKETED = re.compile(r"[(\[（]\s*+([^()\[\]（）]*+)[)\]）]")
# "5 แห่งครึ่ง", "12.5 ตันเศษ", "5 กว่า", "12 หรือ 13": the words change the number.
_DOUBT = re.compile("ครึ่ง|กว่า|เศษ|ไม่|ยัง|หรือ|และ|ถึง|เกือบ|ยกเลิก|ขาด|รวมกัน")
# "12 พฤษภาคม", "10.30 น.": a day or an hour, no number with a unit.
_DAY_WORDS = frozenset(comparison_key(word) for word in (*MONTHS, *SHORT_MONTHS, "น", "นาฬิกา", "โมง"))
_PREFIXES = sorted((name for name in _BASES if len(name) > 1 or name == "฿"), key=len, reverse=True)


@lru_cache(maxsize=1 << 13)
def parse_unit(text: str) -> Unit | None:
    """The unit that ``text`` is, brackets and หน่วย : left out; None when it is anything else or more."""
    if not text or len(text) > LONGEST:
        return None
    said = ascii_digits(normalise(text)).casefold().replace("²", "2").replace("³", "3").replace("×", "x")
    # "ลบ.ม.", "ตร. ม.", "(ตัน)"; "ton per day" as "ton/day".
    said = re.sub(r"[\s.,'’‘()\[\]]", "", re.sub(r"\bper\b", "/", said))
    said = _SUFFIX.sub("", _LEADING.sub("", said))
    # "รายเดือน" is "ต่อเดือน"; "ราย" alone counts people.
    if re.fullmatch("ราย(?:วัน|สัปดาห์|เดือน|ปี)", said):
        said = "/" + said.removeprefix("ราย")
    first, *rest = _PER.split(said)
    base = _base(first) if first else Unit()
    per = [_base(part) for part in rest]
    if base is None or (not first and not rest) or any(part is None or not part.base for part in per):
        return None
    if any(part and part.kind == "count" and base.kind in ("count", "") and part.base != "คน" for part in per):
        return None  # คน/ครัวเรือน: either of two, or a rate that nobody asks for
    names = tuple(part.base for part in per if part)
    return Unit(base.base, base.kind, base.multiple, names)


def _base(word: str) -> Unit | None:
    """A unit without rates, with the multiples before it."""
    multiple = _ONE
    while word not in _BASES:
        found = next((name for name in _MULTIPLES if word.startswith(name)), None)
        if found is None:
            return None
        multiple *= _MULTIPLES[found]
        kind = ("บาท", "money") if found in ("ลบ", "mb") else ("", "")
        word = word[len(found) :]
        if not word:
            return Unit(*kind, multiple)
    return Unit(*_BASES[word], multiple)


@lru_cache(maxsize=1 << 10)
def asked_unit(question: Question) -> Unit | None:
    """The unit a question asks for: its own, that of its label or group, that of its kind; None when it names none."""
    if question.unit:
        return parse_unit(question.unit) or Unit(comparison_key(question.unit), "own")
    for text in (question.own_label, question.group):
        for inner in reversed(BRACKETED.findall(text)):
            unit = parse_unit(inner)
            if unit and unit.base:
                return unit
    if question.kind is Kind.MONEY:
        return Unit("บาท", "money")
    return PERCENT if question.kind is Kind.PERCENT else None


def asked_words(question: Question) -> str:
    """The unit asked for, as a sentence names it; empty when the question names none."""
    if question.unit:
        return question.unit
    unit = asked_unit(question)
    for text in (question.own_label, question.group):
        for inner in reversed(BRACKETED.findall(text)):
            if unit and parse_unit(inner) == unit:
                return str(inner)
    return unit.base if unit else ""


@lru_cache(maxsize=1 << 10)
def _wording(question: Question) -> str:
    """All that the question's wordings say, as one key."""
    return comparison_key(" ".join((question.unit, question.label, question.group, *question.aliases)))


def fit(unit: Unit, question: Question) -> Fit:
    """Whether ``unit`` is the one that ``question`` asks for. A unit left out in part (ตัน for ตัน/วัน) is the same."""
    asked = asked_unit(question)
    words = _wording(question)
    wanted = asked or Unit()
    if unit.multiple != wanted.multiple:
        return Fit.OTHER
    rate = _rate_fit(unit, wanted, words) if asked or unit.multiple != _ONE else Fit.UNSURE if unit.per else Fit.SAME
    if rate is Fit.OTHER:
        return Fit.OTHER
    base = _base_fit(unit, asked, words, question)
    return rate if base is Fit.SAME else base


def _rate_fit(unit: Unit, wanted: Unit, words: str) -> Fit:
    """A day where a month is asked changes the size; a year where nothing is asked is what annual figures say."""
    if set(unit.per) <= set(wanted.per) or all(part in words for part in unit.per):
        return Fit.SAME
    return Fit.UNSURE if not wanted.per and unit.per == ("ปี",) else Fit.OTHER


def _base_fit(unit: Unit, asked: Unit | None, words: str, question: Question) -> Fit:
    wanted = asked or Unit()
    if not unit.base or unit.base == wanted.base or _counts_what(unit, wanted, words):
        return Fit.SAME
    if asked is None:
        return _undeclared(unit, question)
    if {unit.kind, wanted.kind} <= {"count", "own"} and not {unit.base, wanted.base} & LEVELS:
        return Fit.UNSURE
    return Fit.OTHER


def _counts_what(unit: Unit, wanted: Unit, words: str) -> bool:
    """A classifier that the question's own words name: ครัวเรือน under จำนวนครัวเรือน (แห่ง)."""
    return {unit.kind, wanted.kind} <= {"count", "own", ""} and unit.base in words


def _undeclared(unit: Unit, question: Question) -> Fit:
    """A unit written where the question names none: things may be counted by any classifier, sizes are said."""
    if unit.kind == "percent" and question.kind is not Kind.COMPUTED:
        return Fit.OTHER
    if unit.kind == "money" and unit.base != "บาท":
        return Fit.OTHER
    return Fit.SAME if unit.kind in ("count", "percent") or question.kind is Kind.COMPUTED else Fit.UNSURE


def factor_of(written: str, question: Question) -> Decimal | None:
    """By what a figure in this unit is multiplied to be in the question's; None unless the circular declares the unit.

    A rate that is left out, here or there, is the question's.
    """
    unit, asked = parse_unit(written) if question.units else None, asked_unit(question)
    if unit is None or asked is None:
        return None
    for word, by in question.units:
        declared = parse_unit(word)
        if declared and _same_size(unit, asked) == _same_size(declared, asked):
            return by
    return None


def _same_size(unit: Unit, asked: Unit) -> Unit:
    """A unit with all that it leaves out: พัน of an amount is พันบาท, ตัน of a rate a day is ตัน/วัน."""
    return replace(unit, base=unit.base or asked.base, kind=unit.kind or asked.kind, per=unit.per or asked.per)


def judge(written: str, question: Question) -> Fit:
    """Whether the words after a number leave its size alone."""
    written = written.strip(" .,")
    if written == "หลังคาเรือน" and (asked := asked_unit(question)) and asked.base == "หลัง":
        return Fit.SAME  # roofs are houses, though most mean households by them
    head, _, each = written.partition("/")
    if each and f"ต่อ{each.strip()}" in question.label:
        written = head.strip()  # "500 บาท/ศพ" where ค่าธรรมเนียมต่อศพ is asked
    unit = parse_unit(written)
    if unit:
        return fit(unit, question)
    return _judge_words(written, question) if written else Fit.SAME


def _judge_words(written: str, question: Question) -> Fit:
    """Words that are no unit alone: those of the question, a unit with a remark, or a remark."""
    key = comparison_key(written)
    # "ตร. ม." is looked up as "ตรม".
    bare = re.sub(r"[\s.]", "", ascii_digits(written).casefold()).lstrip("(")
    if _DOUBT.search(written) or not key or key in _DAY_WORDS:
        return Fit.OTHER
    if len(key) > 2 and key in _wording(question):  # noqa: PLR2004 - a shorter key stands in too many words
        return Fit.SAME
    # "100 USD", "$100", "200k", "5 xyz": foreign units and money; "5 แห่ง/วัน": a rate.
    if re.search("[a-z$€£¥/]|ต่อ", bare) or any(bare.startswith(name) for name in _MULTIPLES):
        return Fit.OTHER
    known = next((name for name in _PREFIXES if bare.startswith(name)), None)
    return Fit.OTHER if known and fit(Unit(*_BASES[known]), question) is Fit.OTHER else Fit.UNSURE
