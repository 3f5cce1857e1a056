"""A number as people type it: digits of any script, grouped or spelt out, with what stands around it.

Owns the writing of numbers. What the words after a number mean is judged by ``units``. A text that may be read two ways
is no number; nothing is turned into zero but the dash of such forms.
"""

import re
from decimal import Decimal

from parsers.form.question import Kind, Question
from parsers.thai.text import ascii_digits
from parsers.values.amounts_in_words import WORD, in_round_figures, spelled, without_satang
from parsers.values.breakdowns import summed, without_parts
from parsers.values.units import Fit, factor_of, judge

Typed = tuple[Decimal | None, bool]  # the number, and whether it is a guess

# Characters; an amount written out in words has under 150, a longer text is no number.
LONGEST = 200
# "-", "--", "–", "ไม่มี", "- ไม่มี -": none, as clerks fill an empty figure.
DASH = re.compile(r"[-–—−‐‑‒―]+|ไม่มี|-\s*ไม่มี\s*-")
_NONE: Typed = (None, False)
_HALVES = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅛": Decimal("0.125"),
    "⅜": Decimal("0.375"),
}
_FRACTION = "½¼¾⅛⅜"
# "จำนวน 5 แห่ง", "มี 5 แห่ง", "ทั้งหมด 5", "ร้อยละ ๗๔.๕", "คิดเป็นร้อยละ 40", "฿1200"; "ประมาณ 5" and "~12.5" are
# guesses. Not "ไม่มี 5", "มากกว่า 5".
_BEFORE = "จำนวน|รวม(?:ทั้งสิ้น|เป็นเงิน)?|ทั้งหมด|ทั้งสิ้น|(?:คิด)?เป็นเงิน|คิดเป็น(?:ร้อยละ)?|มี(?:จำนวน)?|ร้อยละ|฿|(?P<about>ประมาณ|ราว ?ๆ?|~|≈)"
# "ตร.ม.", "ตัน/วัน", "m²", "%", "แห่ง (บ่อดิน)"; no digit, since "3 แห่ง จาก 5" has two figures.
_UNIT_LETTERS = rf"(?:[^\W\d_{_FRACTION}]|[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e./²³%฿() ])"
# "1,234.50 บาท", "1 234", "5,000.-", "5,000/-", "12 ½ ตัน", ".5", "-3". Not "1,23", "0,500", "1.200,50": a comma groups by three
# here.
_NUMBER = re.compile(
    rf"(?P<before>{_BEFORE})?\s*(?P<sign>[+\-−–]?)"
    r"(?P<whole>[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?P<spaced>(?: \d{3})+)|\d+|(?=\.\d|[½¼¾⅛⅜]))"
    rf"(?:\.(?P<part>\d+)|\s?(?P<fraction>[{_FRACTION}]))?"
    rf"\s*+(?:[.,/]\s*+[-–=]+)?\s*+(?P<unit>{_UNIT_LETTERS}{{0,40}}?)[.\s]*"
)
# "(5)", "[5]", "(1,200)": a printed blank was filled in; only book-keepers mean minus by it.
_BRACKETED = re.compile(r"[(\[]\s*+([^()\[\]]*+)[)\]]")
# "(จุด) 11", "(บาท) 5,000 บาท": the unit of a heading that a PDF shows in the cell below, or that was typed first.
_UNIT_FIRST = re.compile(r"\(\s?([^()\d]{1,40}?)\s?\)\s?(?=\d)")
# "5 (ห้า) แห่ง", "1,200 บาท (หนึ่งพันสองร้อยบาทถ้วน)": the amount once more in words, as on receipts.
_INNER = re.compile(r"(?:(?<!\s)\s++)?[(\[]\s*+([^()\[\]]*?)\s*+[)\]]\s*+")
# "......950......ใบ", "12 ____ คน": the dotted line of a paper form round a figure.
_DOTTED = re.compile(r"^[\s._…]*[._…]{3}(?=\s*\d)|(?<=\d)\s*(?:\.{3}|…|__)[\s._…]*(?=\D|$)")
# "=12,500=", "**8**": signs on both sides, so that nobody adds a digit, or to make it bold.
_STRUCK_ROUND = re.compile(r"=+\s*(\d(?:[\d,.]*\d)?)\s*(?:\.-)?\s*=+|\*\*\s*(\d(?:[\d,.]*\d)?)\s*\*\*")
_QUOTES = "'\"‘’“”"
# "5 แห่งโดยประมาณ", "5 (ประมาณ)".
_ABOUT = re.compile(r"(?:(?<!\s)\s++)?\(?(?:โดยประมาณ|ประมาณ)\)?$")
# "12 (แผน)", "12 เป้าหมาย", "2 เท่า", "12 (ปีก่อน)": a figure of something else; "450 (รอยืนยัน)": of nobody yet.
_NOT_IT = re.compile("รอ(?![บง])|ยืนยัน|แน่ใจ|แผน(?!ก|ที่)|เป้า|เท่า|เดิม|(?:ปี|เดือน|ครั้ง|รอบ|งวด)(?:ก่อน|ที่แล้ว)|เพิ่ม|ลดลง")
# "12 ตร.ม²", "m³": here the raised digit is the unit's; in "10²" it is a power, and no number is read.
_SQUARE = re.compile(r"(?<=[มm])[²³]")

# "ห้าแห่ง", "ยี่สิบเอ็ด แห่ง", "หนึ่งพันสองร้อยบาทถ้วน". Not "พันธุ์" and "ร้อยละ", which only begin like numbers.
_WORDS = re.compile(rf"(?:จำนวน\s*)?((?:(?:{WORD})\s?)+)(?!ธุ์|ละ)(.*)")


def typed_number(said: str, question: Question) -> Typed:
    """The number that ``said`` (normalised) writes for ``question``, and whether it is a guess that gets said.

    Brackets around it are a printed blank, not a minus. A number and its own words in brackets must agree.
    """
    if len(said) > LONGEST:
        return _NONE
    # "12\n345": figures on two lines are two figures.
    broken = re.search(r"\d[^\S\n]*+\n\s*+\d", said)
    said = _DOTTED.sub(" ", ascii_digits(said).replace("\n", " ")).strip().strip(_QUOTES).strip()
    said = paid[1] or paid[2] if (paid := _STRUCK_ROUND.fullmatch(said)) else said
    said, parted = without_parts(summed(said))
    bracketed = _BRACKETED.fullmatch(said)
    said = bracketed[1].strip() if bracketed else said
    if DASH.fullmatch(said) or (said[:1] in "-–—" and said[1:2] == " " and _is_unit(said[1:], question)):
        return Decimal(0), False
    ahead = _UNIT_FIRST.match(said)
    said = said[ahead.end() :] if ahead and judge(ahead[1], question) is Fit.SAME else said
    twice = _said_twice(said, question)
    if twice is not None:
        return twice
    number, guessed = _plain(said, question)
    if broken:
        return _NONE
    return number, guessed or parted or bool(bracketed)


def _is_unit(text: str, question: Question) -> bool:
    # "- แห่ง" is none; "- 5" may be a minus or a bullet.
    return not re.search(r"\d", text) and judge(text, question) is Fit.SAME


def _plain(said: str, question: Question) -> Typed:
    if question.kind is Kind.MONEY and (split := without_satang(said)):
        baht, guessed = _plain(split[0], question)
        return (None if baht is None else baht + split[1]), guessed
    found = _NUMBER.fullmatch(said)
    if found:
        return in_round_figures(said, question) or _of_digits(found, question)
    spelt = _WORDS.fullmatch(said)
    number = spelled(spelt[1]) if spelt else None
    if spelt is None or number is None or judge(spelt[2], question) is not Fit.SAME:
        return _NONE
    return number, True


def _of_digits(found: re.Match[str], question: Question) -> Typed:
    # "1,234" and "1 234".
    digits = re.sub(r"[ ,]", "", found["whole"]) or "0"
    number = Decimal(f"{digits}.{found['part']}" if found["part"] else digits)
    number += _HALVES.get(found["fraction"] or "", Decimal(0))
    fitting = _unit_fit(found, question)
    if fitting is Fit.OTHER or not _clear(found, question) or found["sign"] == "+":
        return _NONE  # "+2": by how much it changed
    negative = found["sign"] not in ("", "+") and number != 0
    below = question.minimum is not None and question.minimum < 0
    fraction = question.kind is Kind.PERCENT and 0 < number < 1 and not _says_percent(found)
    doubts = (
        *(
            found["about"],
            _ABOUT.search(found["unit"].rstrip()),
            found["spaced"],
            negative and not below,
        ),
        *(fitting is Fit.UNSURE, fraction, not found["whole"] and not found["fraction"]),
    )
    return (-number if negative else number), any(doubts)


def _clear(found: re.Match[str], question: Question) -> bool:
    """Whether the digits can be read one way: three decimals where none belong are a point typed for a comma."""
    part = found["part"]
    grouped = part and len(part) == 3 and "," not in found["whole"] and 0 < len(found["whole"].lstrip("0")) <= 3  # noqa: PLR2004
    if grouped and question.kind in (Kind.INTEGER, Kind.MONEY):
        return False
    return not (found["fraction"] and (not found["whole"] and question.kind is Kind.PERCENT))


def _says_percent(found: re.Match[str]) -> bool:
    # "คิดเป็นร้อยละ 0.4", "0.4%", "0.4 เปอร์เซ็นต์": then 0.4 is no share of one.
    return "ร้อยละ" in (found["before"] or "") or bool(re.search("%|ร้อยละ|เปอร์เซ", found["unit"]))


def _unit_fit(found: re.Match[str], question: Question) -> Fit:
    """What stands before and after a number: no millions, no percent where none is asked, no other unit."""
    unit = _ABOUT.sub("", found["unit"]).strip()
    if _NOT_IT.search(unit) or any(
        sign.isnumeric() for sign in _SQUARE.sub("", unit)
    ):  # ², Ⅳ and ① are letters to a pattern
        return Fit.OTHER
    before = (found["before"] or "").removeprefix("คิดเป็น")
    fits = {judge(text, question) for text in (before if before in ("ร้อยละ", "฿") else "", _without(unit, "ของ"))}
    if fits == {Fit.SAME}:
        return Fit.UNSURE if "ของ" in unit else Fit.SAME
    return Fit.OTHER if Fit.OTHER in fits else Fit.UNSURE


def _without(unit: str, word: str) -> str:
    """``% ของครัวเรือน``: of what is a remark."""
    return unit.partition(word)[0]


def _said_twice(said: str, question: Question) -> Typed | None:
    """``5 (ห้า) แห่ง``: figures and words of one number, which must agree; None when the text is no such pair."""
    found = _INNER.search(said)
    if not found or found.start() == 0:
        return None
    outside = f"{said[: found.start()]} {said[found.end() :]}".strip()
    pair = [_plain(text.strip(), question) for text in (outside, found[1])]
    # Which of the two is in figures: "5 (ห้า)" and "ห้า (5)".
    kinds = [bool(re.search(r"\d", text)) for text in (outside, found[1])]
    if kinds[0] == kinds[1] or not _WORDS.fullmatch(outside if kinds[1] else found[1]):
        return None
    numbers = {number for number, _ in pair}
    if len(numbers) > 1 or None in numbers:
        return _NONE
    return pair[0][0], pair[kinds.index(True)][1]


def other_unit_shown(text: str, question: Question) -> bool:
    """Whether a number cell is shown with a unit that is not the question's: 1,500 under a format that adds พันบาท."""
    unit = _unit_behind(text)
    return bool(unit) and judge(unit, question) is Fit.OTHER


def declared_unit(text: str, question: Question) -> str:
    """The words of another unit behind a number, where the circular says how it is converted; else nothing."""
    unit = _unit_behind(text) if question.units else ""
    return unit if unit and factor_of(unit, question) and judge(unit, question) is not Fit.SAME else ""


def _unit_behind(text: str) -> str:
    found = _NUMBER.fullmatch(ascii_digits(text).replace("\n", " ").strip()) if len(text) <= LONGEST else None
    return found["unit"].strip() if found else ""
