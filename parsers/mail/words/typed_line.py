"""One typed line of a mail, parted into names, labels and answers: "ขยะทั่วไป 12.5 ตัน", "จัดทำแผนแล้ว มีผู้สูงอายุ 1,204 คน".

Owns where a label ends and its answer begins. Knows no form and no other line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from parsers.mail.words.figures_of_labels import figures_in, first_figure
from parsers.mail.words.nil_return import idle
from parsers.mail.words.prose_corrections import is_erratum
from parsers.organisations.type_words import TypeWords
from parsers.thai.dates import read_date
from parsers.thai.text import ascii_digits
from parsers.values.tick_marks import Tick, tick
from parsers.values.units import parse_unit

LINE_CAP = 300  # characters; a longer line is prose

# "1. ", "๒) ", "- ", "• ", "(3) ", "3.1 ", "ก. ".
_BULLET = re.compile(r"(?:[•·●▪*>–—-]\s*+|[(\[]?\d{1,2}(?:\.\d{1,2})?[.)\]](?!\d)\s*+|[ก-ฮ][.)]\s++)++")
# "คัดแยกแล้ว: ใช่", "ประชากร = 4,500", "ขยะ - 5 ตัน"; not the colon of an hour, 10:30, nor of an address.
_SIGN = re.compile(r"(?:(?<!\s)\s++)?(?:(?<!\d)[:：=]|[:：=](?=\s)|(?<=\s)[-–—](?=\s))(?!//)\s*+")
# "1,234.50", "-3".
_NUMBER = re.compile(r"[-+]?[\d.,]*\d")
# "ตัน/วัน", "(คน)" behind a number, up to the next blank.
_WORD = re.compile(r"\s*+([^\s\d,;]++)")
# "5 ล้านกว่าบาท": changes the number before it, and begins no label.
_CHANGES = re.compile("ล้าน|แสน|หมื่น|พัน|ร้อย(?!ละ)|สิบ|โหล|บาท|ตัน|กก|กิโล|กว่า|เศษ|ครึ่ง|ถึง|หรือ|%")
# What begins another label behind a figure; not the "-15" of 12-15.
_NEXT = re.compile(r"\s*+[(]?[^\W\d_]")
# Between two answers of one line; not within 1,204.
_COMMA = re.compile(r"(?:(?<!\s)\s++)?[,;](?!\d{3}(?!\d))\s*+")
# "มีผู้สูงอายุ", "และจ่ายจริง", "คิดเป็นร้อยละ"; "ผู้สูงอายุ จำนวน", "ค่าใช้จ่ายเป็นเงิน": round a figure's label, and none of it.
_BEFORE = re.compile(
    r"^(?:.*(?:ครับ|ค่ะ|คะ|ดังนี้|(?:เรียน|แจ้ง|รายงาน)ว่า)\s++)?(?:(?:และ|โดย|ซึ่ง|มี|คิดเป็น|เป็น|ได้แก่)\s*+)*+(?=[ก-๙])"
)
# "ขยะทั่วไป จำนวน", "งบประมาณ เป็นเงิน": what stands between a label and its figure.
_BEHIND = re.compile(r"(?<!\s)\s++(?:จำนวน|มี|คือ|รวม|(?:คิด)?เป็น(?:เงิน)?|อยู่ที่|ทั้งสิ้น|ทั้งหมด)\s*+$")
# "ประมาณ" before a figure makes the figure a guess.
_ABOUT = re.compile(r"(?<!งบ)(?:ประมาณ|ราว ?ๆ?|~|≈)\s*+$")
# "ยังไม่ได้จัดทำแผน", "ไม่มีแผน": the label is what is denied.
_DENIED = re.compile(r"(?:ยัง)?(?:ไม่|มิ)(?:ได้)?(?:มี(?:การ)?|ดำเนินการ)?\s*+")
# "จัดทำแผนแล้ว", "ลงข้อมูลเรียบร้อย".
_STATED = re.compile(r"(?:แล้ว|เรียบร้อย|เสร็จสิ้น)$")
# "จัดทำแผนแล้ว ผู้สูงอายุ" before a figure: a statement, then the figure's label. Not "คัดแยกแล้ว ปริมาณ".
_STATED_BEFORE = re.compile(
    r"(\S*(?:แล้ว|เรียบร้อย)|(?:ยัง)?ไม่(?:ได้|มี)\S+)\s++(?=[ก-ฮเ-ไ])(?!จำนวน|ปริมาณ|ยอด|รวม|เป็น|คิด|งบ|เงิน|ค่า|ร้อยละ)"
)
# "(ยังไม่ได้ตรวจสอบ)", "[ร่าง]", "ประมาณการ" behind a name.
_REMARK = re.compile(r"[(\[][^()\[\]:=]{1,80}[)\]]|(?:ข้อมูล|ตัวเลข)?(?:ประมาณการ|เบื้องต้น|ร่าง)")
# "12 ตัน ค่ะ", "ทำแล้วนะครับ".
_POLITE = re.compile(r"(?:(?<!\s)\s++)?(?:นะ)?(?:ครับผม|ครับ|ค่ะ|คะ)[\s.]*+$")
# "ขอรายงานข้อมูล ดังนี้": speaks of the lines below, and heads them only if it says that they are of a plan or of before.
LEAD = re.compile(r"ดังนี้|ดังต่อไปนี้|ตามนี้|ขอ(?:ส่ง|รายงาน|แจ้ง)")


@lru_cache(maxsize=8)
def _patterns(typed: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A name at the start of a line, and one whose the lines below are said to be. ``typed``: how names begin."""
    # "อบต.ห้วยอ้อ", "อบต. ห้วยอ้อ (อ.ลอง)", "เทศบาลตำบลแม่ลานนา อำเภอลอง".
    name = rf"{typed}[.\s]*+[ก-๙]++(?:\s*+[(]?(?:อำเภอ|อ\.)\s?[ก-๙]++[)]?)?(?:\s*+(?:จังหวัด|จ\.)\s?[ก-๙]++)?"
    # "ข้อมูลของ อบต.ห้วยอ้อ", "ในนาม ทต.แม่ลานนา ขอส่ง…".
    owner = rf"(?:ของ|ข้อมูล|รายงาน|ในนาม|หน่วยงาน|อปท\.?)\s*+:?\s*+({name})"
    # As said above.
    return re.compile(name), re.compile(owner)


@dataclass(frozen=True)
class Said:
    """A piece of a line: a name, what heads the lines below (a label alone), or an answer with its label."""

    name: str = ""
    label: str = ""
    answer: str = ""
    mark: str = ""  # the bullet or number before the line, each number as 1
    inline: bool = False  # heads the answers of its own line alone


def pieces_of(line: str, names: TypeWords) -> Iterator[Said]:
    """What one line says, from left to right. A line longer than ``LINE_CAP``, a signature or a word of correction says nothing."""
    signed = idle(line) and not names.named(line) and not _SIGN.search(line)
    if len(line) > LINE_CAP or signed or is_erratum(line):
        return
    bullet = _BULLET.match(ascii_digits(line))
    said = _POLITE.sub("", line[bullet.end() if bullet else 0 :]).strip()
    begins, owned = _patterns(names.typed)
    name = begins.match(said) if names.named(said) else None
    owner = None if name else owned.search(said)
    if name:
        rest = said[name.end() :].strip(" :-–,")
        # "อบต.สรอย (ยังไม่ได้ตรวจสอบ)" is no plain name.
        remark = rest and _REMARK.fullmatch(rest)
        yield Said(name=said if remark else name[0])
        said = "" if remark else rest
    elif owner:
        yield Said(name=owner[1])
        said = ""
    head, said = _headed(said)
    if head:
        yield Said(label=head, inline=True)
    for clause in _clauses(said):
        yield from _clause(clause, re.sub(r"\d+", "1", bullet[0]).strip() if bullet else "")


def _clauses(said: str) -> Iterator[str]:
    """The clauses of a line between commas; of words behind a sign all are one answer: ``ช่องทาง: Facebook, โทรศัพท์``."""
    sign = _SIGN.search(said)
    worded = sign and sign.end() < len(said) and first_figure(ascii_digits(said), since=sign.end()) != sign.end()
    if worded and not _SIGN.search(said, sign.end() if sign else 0):
        yield said
        return
    yield from (clause.strip() for clause in _COMMA.split(said))


def _headed(said: str) -> tuple[str, str]:
    """``สุนัข: จำนวน 12 ตัว ฉีดแล้ว 10 ตัว``: what heads the answers of one line, and the answers."""
    sign = _SIGN.search(said)
    rest = ascii_digits(said[sign.end() :]) if sign else ""
    figures = figures_in(rest)
    if not sign or not sign.start() or len(figures) < 2 or not figures[0] or _SIGN.search(rest):  # noqa: PLR2004
        return "", said
    numbers = (_NUMBER.match(rest, figure) for figure in figures)
    units = [_WORD.match(rest, number.end()) if number else None for number in numbers]
    counted = sum(bool(unit and parse_unit(unit[1])) for unit in units)
    # Not "ผู้รับผิดชอบ: นาย ก โทร 054-511111 ต่อ 12".
    return (said[: sign.start()], said[sign.end() :]) if 2 * counted >= len(units) else ("", said)


def _clause(said: str, mark: str) -> Iterator[Said]:
    """The answers of one clause, from left to right; several where each figure has its own label before it."""
    while said:
        label, answer, said = _first(said)
        yield Said(label=label, answer=answer, mark=mark)


def _first(said: str) -> tuple[str, str, str]:
    """The first label of a clause, its answer, and what is left."""
    sign = _SIGN.search(said)
    figure = first_figure(ascii_digits(said), sign.start() if sign else None)
    if sign and sign.start() and (figure is None or sign.start() <= figure):
        return said[: sign.start()], *_parted(said[sign.end() :])
    if figure is not None:
        label = said[:figure]
        about = _ABOUT.search(label)
        label = _BEHIND.sub("", _BEFORE.sub("", label[: about.start()] if about else label, count=1)).strip()
        stated = _STATED_BEFORE.match(label)
        if stated:
            return *_in_words(stated[1]), said[said.index(stated[1]) + len(stated[1]) :].strip()
        answer, rest = _parted(said[figure:])
        return label, f"{about[0].strip()} {answer}" if about else answer, rest
    return *_in_words(said), ""


def _parted(answer: str) -> tuple[str, str]:
    """What is the answer's own of the words behind a label, and what begins the next one."""
    number = _NUMBER.match(ascii_digits(answer))
    later = _SIGN.search(answer) or figures_in(ascii_digits(answer), number.end() if number else 0)
    if number is None or not later or read_date(answer)[0]:
        return answer, ""
    unit = _WORD.match(answer, number.end())
    own = unit and (parse_unit(unit[1]) or _CHANGES.match(unit[1]) or unit.start(1) == number.end())
    end = unit.end() if unit and own else number.end()
    return (answer[:end], answer[end:].strip()) if _NEXT.match(answer, end) else (answer, "")


def _in_words(said: str) -> tuple[str, str]:
    """The label and answer of a clause without figures: a mark behind it, a statement, or a word and what follows it."""
    before, _, last = said.rpartition(" ")
    if before and tick(last) in (Tick.YES, Tick.NO):
        return before, last
    denied = _DENIED.match(said)
    if denied or _STATED.search(said):
        return said[denied.end() if denied else 0 :], said
    label, _, answer = said.partition(" ")
    parts = answer and answer[0] != "(" and not ascii_digits(answer)[0].isdecimal() and not LEAD.search(said)
    return (label, answer) if parts else (said, "")
