"""Amounts with Thai words for powers of ten: written out whole, as on receipts, or as so many millions of baht.

Owns these words and their order. Where a number stands in a cell, and what else may stand there, is for ``numbers``.
"""

import re
from decimal import Decimal
from itertools import pairwise

from parsers.form.question import Kind, Question
from parsers.values.units import Unit, asked_unit

_DIGITS = "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า"
_DIGIT_WORDS = {word: digit for digit, word in enumerate(_DIGITS.split())} | {"เอ็ด": 1, "ยี่": 2}
_POWERS = {"สิบ": 10, "ร้อย": 100, "พัน": 1000, "หมื่น": 10_000, "แสน": 100_000}
_TEN, _MILLION = "สิบ", "ล้าน"
WORD = "|".join((*_DIGIT_WORDS, *_POWERS, _MILLION))
# "7.17 ล้านบาท"; "1,200 พันบาท" and "12 ล้าน" may be a slip.
_ROUND = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*+(พัน|หมื่น|แสน|ล้าน)\s*+(?:บาท|บ\.)\s*+(?:ถ้วน)?")
# "1,234 บาท 50 สตางค์", "หนึ่งร้อยบาทห้าสิบสตางค์".
_SATANG = re.compile(rf"(.+บาท)\s*(\d{{1,2}}|(?:{WORD})+)\s*(?:สตางค์|สต\.)\s*(?:ถ้วน)?")


def in_round_figures(said: str, question: Question) -> tuple[Decimal, bool] | None:
    """The baht that so many thousands or millions of baht are, and that this is no guess; None for another writing.

    Only where plain baht are asked: a figure under "million baht" is one of millions already.
    """
    found = _ROUND.fullmatch(said) if question.kind is Kind.MONEY else None
    if found is None or asked_unit(question) != Unit("บาท", "money"):
        return None
    return Decimal(found[1]) * ({**_POWERS, _MILLION: 10**6}[found[2]]), False


def without_satang(said: str) -> tuple[str, Decimal] | None:
    """An amount's words as far as บาท, and the part of a baht after them; None where no satang are written."""
    found = _SATANG.fullmatch(said)
    satang = spelled(found[2]) if found and not found[2].isdecimal() else Decimal(found[2]) if found else None
    return (found[1], satang / 100) if found and satang is not None and satang < 100 else None  # noqa: PLR2004


def spelled(words: str) -> Decimal | None:
    """The number that Thai words spell, as amounts are written out; None unless each word stands where it must."""
    words = words.replace(" ", "")
    if words == "ศูนย์":
        return Decimal(0)
    parts = words.split(_MILLION)
    # An amount of millions may end in one, which is then เอ็ด: หนึ่งล้านเอ็ดบาท.
    numbers = [
        _below_million(part, after_million=0 < at == len(parts) - 1) if part or (at == len(parts) - 1 and at) else None
        for at, part in enumerate(parts)
    ]
    total = 0
    for number in numbers:
        if number is None:
            return None
        total = total * 1_000_000 + number
    return Decimal(total)


def _below_million(words: str, *, after_million: bool) -> int | None:
    # "สองร้อย" is สอง and ร้อย.
    words_of = re.findall(WORD, words)
    if "".join(words_of) != words or "ศูนย์" in words_of:
        return None
    powers = [_POWERS[word] for word in words_of if word in _POWERS]
    if any(left <= right for left, right in pairwise(powers)):
        return None
    total, digit = 0, None
    for before, word, after in zip(["", *words_of], words_of, [*words_of[1:], ""], strict=False):
        if word in _POWERS:
            if (digit is None and word != _TEN) or (word == _TEN and before in ("สอง", "หนึ่ง")):
                return None
            total, digit = total + (1 if digit is None else digit) * _POWERS[word], None
        elif (
            digit is not None
            or (word == "ยี่" and after != _TEN)
            or (word == "เอ็ด" and (after or not (before or after_million)))
        ):
            return None
        else:
            digit = _DIGIT_WORDS[word]
    return total + (digit or 0)
