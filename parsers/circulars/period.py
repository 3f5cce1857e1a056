"""Which period and which letter a form's own title names, beside what the circular asked for.

Owns the words by which titles name a year, a month, a round or a letter's number. Years in the names of laws and plans are
nobody's period. Knows nothing of sheets: titles come as texts, the circular as what it says of itself.
"""

import datetime
import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from parsers.circulars.people import other_people
from parsers.reading import About
from parsers.thai.dates import BUDDHIST_AHEAD, parse_date
from parsers.thai.months import MONTHS, SHORT_MONTHS
from parsers.thai.text import ascii_digits, normalise

K = TypeVar("K", bound=Hashable)

LONGEST = 400  # characters of a title; a longer text is prose
_AHEAD = 2  # months after the circular's day that a month without a year may mean
_FISCAL_FROM = 10  # a fiscal year begins in October of the year before

# "2567", "2024", "67"; two digits from 50 on, for 25 and the like are days and counts.
_YEAR = r"(?:25\d\d|20\d\d|[5-9]\d)(?!\d)"
_ERA = r"(?:พ\s*\.?\s*ศ\s*\.?|พุทธศักราช|ค\s*\.?\s*ศ\s*\.?)?\s*"
# "ปี 2567", "ปีงบประมาณ พ.ศ. 2567 - 2568", "ปีการศึกษา 67": a bare "2567" may be anything.
_NAMED_YEAR = re.compile(
    rf"ปี(?:\s*งบ(?:ประมาณ)?|\s*การศึกษา|\s*ภาษี)?\s*{_ERA}(?P<from>{_YEAR})(?:\s*(?:[-–—]|ถึง|และ|,)\s*(?:ปี)?\s*{_ERA}(?P<to>{_YEAR}))?"
)
# "การตรวจสนามเด็กเล่น พ.ศ. 2567" at the end of a title.
_LAST_YEAR = re.compile(rf"(?<=\s)(?:พ\s?\.\s?ศ\s?\.?|พศ)\s*(?P<year>{_YEAR})\s*$")
# "แผนพัฒนาท้องถิ่น พ.ศ. 2566": a plan has a year of its own.
_PLANNED = re.compile(r"แผน|นโยบาย|ยุทธศาสตร์|ตั้งแต่|ภายใน|หลักสูตร|มาตรฐาน|แก้ไขเพิ่มเติม")
# "ม.ค." and "มค" are one.
_MONTH_WORDS = {re.sub(r"[\s.]", "", word): n for words in (MONTHS, SHORT_MONTHS) for n, word in enumerate(words, 1)}
# "พ.ย.", "พ. ย.", "พย".
_MONTHS = "|".join(re.escape(word).replace(r"\.", r"\s*\.?\s*") for words in (MONTHS, SHORT_MONTHS) for word in words)
# "ประจำเดือน พ.ย. 67", "พฤศจิกายน ๒๕๖๗"; with a day before it, "29 พ.ย. 67", it is a date.
_MONTH_YEAR = re.compile(
    rf"(?P<of>(?:ประจำ|รอบ|งวด)?\s*เดือน\s*)?(?P<day>\d{{1,2}}\s*)?(?P<month>{_MONTHS})\s*{_ERA}(?P<year>{_YEAR})?"
)
# "ไตรมาสที่ 2", "ครั้งที่ 3", "งวด 1"; not "รอบ 6 เดือน", a length of time.
_ROUND = re.compile(r"(?P<unit>ไตรมาส|งวด|รอบ|ครั้ง)\s*(?:ที่)?\s*(?P<n>\d{1,2})(?!\d|\s*เดือน)")
# "ว 5827", "มท 0810.7/ว 5827" with who wrote it, "พร 0023.1/ว 4778"; not "แล้ว 25", where ว ends a word.
_NUMBER = re.compile(
    r"(?<![ก-๙])(?:(?P<office>[ก-ฮ]{2,3})\s*+\.?\s*+\d[\d.]{0,12}\s*+/\s*+)?ว\s*\.?\s*(?P<number>\d{2,6})(?!\d)"
)
# "แบบเดียวกับรายงานขยะ ว 123", "แทนหนังสือ ว 4444": what a form is likened to, or was before.
_OTHER_MATTER = re.compile(r"(?:เดียวกับ|เช่นเดียว|เหมือน|ต่างจาก|ไม่ใช่|แทน|ต่อจาก)\S{0,40}\s?\S{0,20}\s?$")
# "ตามหนังสือจังหวัดแพร่ ด่วนที่สุด ที่ ว 4778": whoever sends the department's letter on gives it a number of its own.
_SENT_ON = re.compile(r"(?:หนังสือ|บันทึก)\s*+(?:ของ)?(?:จังหวัด|จ\.|อำเภอ|อ\.|ที่ว่าการ|สถจ|สำนักงานส่งเสริม)[^\d]{0,60}$")
# "พระราชบัญญัติการปฏิบัติราชการทางอิเล็กทรอนิกส์ พ.ศ. 2565", in the seed's title: a law, a plan or a beginning has a
# year of its own.
_LAW = re.compile(
    r"(?:พระราชบัญญัติ|พ\.?\s*ร\.?\s*บ\.?|พระราชกฤษฎีกา|พระราชกำหนด|กฎกระทรวง|ระเบียบ|ข้อบังคับ|ข้อบัญญัติ|เทศบัญญัติ|รัฐธรรมนูญ|มติ|ประกาศ|คำสั่ง|หลักเกณฑ์)"
    r"[^\d]{0,160}?(?:พ\s*\.?\s*ศ\s*\.?|พุทธศักราช)\s*\d{4}"
)
# "แผนพัฒนาปี 2566", "ตั้งแต่ปี 2560", "สะสมปี 2566": a year that is not the report's.
_NOT_A_PERIOD = re.compile(r"(?:แผน\S*|นโยบาย\S*|ตั้งแต่|เริ่ม\S*|เทียบ\S*|สิ้นสุด|ภายใน|ก่อน|จาก|สะสม|ยุทธศาสตร์\S*|\d\s*)\s*$")
# "ข้อมูล ณ วันที่ 1 ตุลาคม 2567" in the circular's own text.
_QUOTED_DAY = re.compile(r"ข้อมูล\s*+ณ\s*+(?:วัน)?\s*+(?:ที่)?\s*+(\d{1,2}[^\d\n]{1,30}\d{2,4})")
# "ณ วันที่ 29 พ.ย. 67", "ลงวันที่ 12 พฤศจิกายน 2567": a date, whose month and year name no period; not "ปีงบประมาณ 2567".
_DAY_OF_DATA = re.compile(
    r"(?:ข้อมูล\s*+)?ณ\s*+(?:วัน)?\s*+(?:ที่)?\s*+\d{1,2}(?!\d)\D{0,30}\d{2,4}|(?:ลง)?วันที่\s*\d{1,2}(?!\d)\D{0,30}\d{2,4}"
)


# "ว 4829 ลงวันที่ 12 พฤศจิกายน 2567".
_DATED = re.compile(r"(?<![ก-๙])ว\s*+\.?\s*+\d{2,6}\s*+(?:ลง\s?วันที่|ลว\.?)\s*+(\d{1,2}[^\d\n]{1,20}\d{2,4})")


@dataclass(frozen=True)
class Named:
    """The periods and letters that texts name, each with the words that name it."""

    years: dict[int, str] = field(default_factory=dict)  # Buddhist
    months: dict[int, str] = field(default_factory=dict)
    rounds: dict[tuple[str, int], str] = field(default_factory=dict)
    # Of circular letters, each with the code of the office that wrote it, if said: ("มท", 5827).
    numbers: dict[tuple[str, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Clash:
    """What a title names beside what was asked. ``other`` says that it is clearly another period than the circular's."""

    said: str
    asked: str
    other: bool


def named_in(texts: Iterable[str]) -> Named:
    """What texts name, the words of laws and plans and the days of data left out."""
    every = [_named_by(text) for text in texts]
    return Named(
        _first(each.years for each in every),
        _first(each.months for each in every),
        _first(each.rounds for each in every),
        _first(each.numbers for each in every),
    )


def _first(named: Iterable[Mapping[K, str]]) -> dict[K, str]:
    """All that is named, each in the words that name it first."""
    found: dict[K, str] = {}
    for each in named:
        for key, words in each.items():
            found.setdefault(key, words)
    return found


@lru_cache(maxsize=1 << 10)  # the words of the circulars stand beside every form
def _named_by(text: str) -> Named:
    named = Named()
    said = ascii_digits(normalise(text)).replace("\n", " ")
    for found in _NUMBER.finditer(said):
        before = said[max(0, found.start() - 100) : found.start()]
        if not _SENT_ON.search(before) and not _OTHER_MATTER.search(before):
            named.numbers.setdefault((found["office"] or "", int(found["number"])), found[0])
    said = _DAY_OF_DATA.sub(" ", _LAW.sub(" ", said))
    _years(said, named)
    _months(said, named)
    for found in _ROUND.finditer(said):
        named.rounds.setdefault((found["unit"], int(found["n"])), found[0].strip())
    return named


def _years(said: str, named: Named) -> None:
    for found in _NAMED_YEAR.finditer(said):
        if _NOT_A_PERIOD.search(said[max(0, found.start() - 40) : found.start()]):
            continue
        first, last = _buddhist(found["from"]), _buddhist(found["to"] or found["from"])
        for year in range(first, min(last, first + 10) + 1):
            named.years.setdefault(year, found[0].strip())


def _last_years(texts: Iterable[str]) -> dict[int, str]:
    """The years at the ends of titles that are of no law and no plan, each with its words."""
    said = (_LAW.sub(" ", ascii_digits(normalise(text)).replace("\n", " ")) for text in texts)
    found = (_LAST_YEAR.search(_DAY_OF_DATA.sub(" ", text)) for text in said if not _PLANNED.search(text))
    return {_buddhist(each["year"]): each[0].strip() for each in found if each}


def _months(said: str, named: Named) -> None:
    for found in _MONTH_YEAR.finditer(said):
        alone = not found["of"] and not found["year"]  # a month's name alone may be part of a word
        if found["day"] or alone or _NOT_A_PERIOD.search(said[max(0, found.start() - 40) : found.start()]):
            continue
        words = found[0].strip()
        # "พ. ย." as the table of months has it.
        named.months.setdefault(_MONTH_WORDS[re.sub(r"[\s.]", "", found["month"])], words)
        if found["year"]:
            named.years.setdefault(_buddhist(found["year"]), words)


def _buddhist(year: str) -> int:
    number = int(year)
    return number + 2500 if number < 100 else number + BUDDHIST_AHEAD if number < 2400 else number  # noqa: PLR2004 - short, common era


def clash(titles: Iterable[str], about: About) -> Clash | None:
    """Where a form's titles name other people, another period or letter than the circular; None where they agree or say nothing.

    Names that stand beside a right one are let pass. An earlier year, or another month or round than the circular itself
    names, is clearly another report's: such answers wait for a word of the sender, since old figures in a report do more
    harm than a letter to and fro. A later year is a slip, and another letter of the department may be cited beside: only said.
    """
    texts = [text for text in titles if len(text) <= LONGEST]
    if people := other_people(texts, about.words):
        return Clash(*people, other=True)
    said, asked = named_in(texts), named_in(about.words)
    if last := _last_years(about.words):  # only then a year at the end is no law's
        said.years.update((year, words) for year, words in _last_years(texts).items() if year not in said.years)
        asked.years.update(last)
    right = asked.years or dict.fromkeys(_own_years(about), "")
    if said.years and not set(said.years) & (set(right) | set(_own_years(about))):
        year, words = min(said.years.items())
        earlier = year < min(right)
        return Clash(words, next(iter(right.values())) or " หรือ ".join(f"ปี {each}" for each in right), earlier)
    if asked.months and said.months and not set(said.months) & set(asked.months):
        return Clash(next(iter(said.months.values())), next(iter(asked.months.values())), other=True)
    for (unit, number), words in said.rounds.items():
        ours = {n: text for (kind, n), text in asked.rounds.items() if kind == unit}
        if ours and number not in ours:
            return Clash(words, next(iter(ours.values())), other=True)
    if any(_is_dated_alike(text, about) for text in texts):
        return None  # ว 4829 of the circular's own day: a slip of the number
    return _other_letter(said, [*asked.numbers, *named_in([about.number]).numbers], about)


def names_period(titles: Iterable[str], about: About) -> bool:
    """Whether titles name the period of a circular, its month, round or year, and none beside it that clashes."""
    texts = [text for text in titles if len(text) <= LONGEST]
    said, asked = named_in(texts), named_in(about.words)
    common = (
        set(said.months) & set(asked.months) or set(said.rounds) & set(asked.rounds)
        if asked.months or asked.rounds
        else set(said.years) & set(asked.years)
    )
    return bool(common) and clash(texts, about) is None


def _is_dated_alike(text: str, about: About) -> bool:
    """Whether a text names a letter of the circular's own day."""
    found = _DATED.search(ascii_digits(normalise(text)))
    return found is not None and parse_date(found[1], about.dated) == about.dated


def _other_letter(said: Named, ours: Iterable[tuple[str, int]], about: About) -> Clash | None:
    """Where the titles name another letter of whoever wrote the circular; the province's and district's own are no other."""
    offices, numbers = {office for office, _ in ours} | {""}, {number for _, number in ours}
    named = {number: words for (office, number), words in said.numbers.items() if office in offices}
    if named and numbers and not set(named) & numbers and not {number for _, number in said.numbers} & numbers:
        return Clash(next(iter(named.values())), about.number, other=False)
    return None


def place_in_time(texts: Iterable[str], about: About) -> tuple[str, int] | None:
    """Where texts that name one month or one round stand among others of their kind: ("เดือน", a count of months)."""
    named = named_in(_as_month(text) for text in texts if len(text) <= LONGEST)
    if len(named.months) == 1:
        month = next(iter(named.months))
        latest = about.dated.year * 12 + about.dated.month + _AHEAD
        year = next(iter(named.years)) - BUDDHIST_AHEAD if len(named.years) == 1 else (latest - month) // 12
        return "เดือน", year * 12 + month
    if len(named.rounds) == 1:
        return next(iter(named.rounds))
    return None


def _as_month(text: str) -> str:
    """A text that is only a month, as sheets are called, said to be one."""
    # Sheets are called "ม.ค.", "มกราคม".
    return f"เดือน {text}" if re.sub(r"[\s.]", "", text) in _MONTH_WORDS else text


def _own_years(about: About) -> tuple[int, ...]:
    """The Buddhist year of the circular's date, and its fiscal year."""
    year = about.dated.year + BUDDHIST_AHEAD
    return (year, year + 1) if about.dated.month >= _FISCAL_FROM else (year,)


def days_of_data(about: About | None, near: datetime.date | None) -> frozenset[datetime.date]:
    """The days of which the circular's own text quotes figures: copied into a form they are not the form's day."""
    days = (
        parse_date(found[1], near)
        for text in (about.words if about else ())
        for found in _QUOTED_DAY.finditer(ascii_digits(normalise(text)))
    )
    return frozenset(day for day in days if day)
