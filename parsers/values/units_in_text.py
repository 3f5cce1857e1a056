"""The units that headings and lines beside a table state, in brackets, after หน่วย, in a sentence or as a last word.

Owns where in a text a unit may stand. What its words mean is for ``units``.
"""

import re
from dataclasses import replace

from parsers.thai.text import normalise
from parsers.values.units import BRACKETED, LONGEST, Unit, parse_unit

# "หน่วย : พันบาท", "หน่วยนับ แห่ง", "สรุปงบประมาณ (หน่วยเป็นล้านบาท)"; "(หน่วยงบประมาณ : ล้านบาท)"; not "หน่วยงาน : เทศบาล", "หน่วยเลือกตั้ง : คน".
_SAID = re.compile(
    r"หน่วย(?:นับ|วัด|เงิน|(?:(?:ของ)?(?:งบประมาณ|จำนวนเงิน|ตัวเลข|ปริมาณ|วงเงิน|ค่าใช้จ่าย))\s*[:：=]|\s*(?:เป็น|คือ|[:：=;]))\s*(?:เป็น|คือ)?\s*[:：=;\-–.]*\s*([^()\[\]\n]{0,60})"
)
# "หน่วยพันบาท", "หน่วยล้านบาท/ปี"; "หน่วยกองทุน", "หน่วยที่ 5" and "หน่วย/กอง" are no units.
_SAID_CLOSE = re.compile(
    r"หน่วย\s*((?:(?:ร้อย|พัน|หมื่น|แสน|ล้าน)+\s*\S*|บาท|ตัน|กก\.?|กิโลกรัม|ไร่|คน)(?:\s*(?:/|ต่อ)\s*\S+)?)(?![^\s)\]])"
)
# "จำนวนเงินเป็นหลักพันบาท", "ตัวเลขงบประมาณเป็นพันบาท", "กรอกปริมาณขยะเป็นกิโลกรัม": a sentence about the figures.
_SAID_OF_FIGURES = re.compile(
    r"(?P<what>ตัวเลข|จำนวน|หน่วย|งบประมาณ|ยอด|วงเงิน|ค่าตอบแทน|ค่าใช้จ่าย|ค่าจ้าง|รายได้|รายจ่าย|เงิน|ปริมาณ|น้ำหนัก|กรอก|ระบุ|แสดง)(?P<more>[^\n()]{0,40}?)เป็น\s*+(?:หน่วย|หลัก|จำนวน)?\s*+(?P<unit>[^\s()\[\],;]{1,30})"
)
# "ปริมาณขยะต่อเดือน", "รายเดือน", "วันละ"; not "รายปีงบประมาณ", "ปีที่".
_RATE = re.compile(r"(?:ต่อ|/|ราย|เฉลี่ยต่อ)\s*(วัน|สัปดาห์|เดือน|ปี)(?!ที่|งบ)|(วัน|สัปดาห์|เดือน|ปี)ละ")
# "งบประมาณล้านบาท", "งบประมาณ พันบาท". Not "เกิน 1 ล้านบาท", "หนึ่งล้านบาท", "ครัวเรือนละพันบาท": an amount.
_MULTIPLE_BAHT = re.compile(r"(?<![\d๐-๙])(?<![\d๐-๙] )(?<!หนึ่ง)(?<!ละ)(?<!เกิน)((?:พัน|หมื่น|แสน|ล้าน){1,8}\s*บาท)")
# "ปริมาณขยะกก./วัน": a unit written on to the word before it; no Thai word ends like these.
_JOINED = re.compile(r"(?:กก\.?|กิโลกรัม|ลบ\.\s?ม\.?|ลูกบาศก์เมตร)(?:\s*(?:/|ต่อ)\s*(?:วัน|สัปดาห์|เดือน|ปี))?$")
# "หน่วย : กก./วัน" is shown to the sender as "กก./วัน".
_LABELLED = re.compile(r"^\s*หน่วย(?:นับ|วัด|เงิน)?\s*(?:เป็น|คือ)?\s*[:：=;\-–.]*")
# "ปริมาณขยะ ตัน", "งบประมาณ บาท": as a heading's last word these are units; "คน" or "แห่ง" may be what is counted.
_PLAIN_TAILS = frozenset({"บาท", "ตัน", "กก", "กรัม", "ลบม", "ลิตร", "ตรม", "ตรกม", "ไร่", "กม", "ดอลลาร์"})


def stated_units(text: str) -> dict[str, Unit]:
    """The units that a text states beyond doubt, by their words: alone in brackets, or after หน่วย."""
    said = normalise(text) if len(text) <= 4 * LONGEST else ""
    pieces = BRACKETED.findall(said)
    lists = [*_SAID.findall(said), *_SAID_CLOSE.findall(said)]
    # "หน่วย : ตัน/วัน, บาท", "หน่วยคน และ บาท": several units in one line.
    pieces += [part for found in lists for part in re.split("[,、]|และ", found)]
    return {**_parsed(pieces), **_of_figures(said)}


def _of_figures(said: str) -> dict[str, Unit]:
    """The units in which a sentence says that figures are; พัน of an amount of money is พันบาท."""
    found: dict[str, Unit] = {}
    for each in _SAID_OF_FIGURES.finditer(said):
        unit = parse_unit(each["unit"])
        # "จำนวนเงินเป็นหลักพัน": พัน of money.
        if unit and not unit.base and re.search("เงิน|งบ|ค่า|ราย", each["what"] + each["more"]):
            unit = replace(unit, base="บาท", kind="money")
        if unit:
            found[each["unit"]] = unit
    return found


def heading_units(text: str) -> dict[str, Unit]:
    """The units that a column's heading states, by their words: also as its last word, as a rate, or as so many baht."""
    said = BRACKETED.sub(" ", normalise(text)).strip(" *:-") if len(text) <= 4 * LONGEST else ""
    words = said.split()
    tail = words[-1:] if len(words) > 1 else []
    tails = {word: unit for word, unit in _parsed(tail).items() if unit.base in _PLAIN_TAILS}
    rates = [f"ต่อ{found[1] or found[2]}" for found in _RATE.finditer(said)]
    joined = [found[0] for found in _JOINED.finditer(said)]
    return {**stated_units(text), **tails, **_parsed([*rates, *joined, *_MULTIPLE_BAHT.findall(said)])}


def _parsed(pieces: list[str]) -> dict[str, Unit]:
    """Those of ``pieces`` that are units, by their words without หน่วย before them."""
    return {_LABELLED.sub("", piece).strip(): unit for piece in pieces if (unit := parse_unit(piece))}
