"""A legend of colours: สีเขียว = ดำเนินการแล้ว, ช่องสีแดง หมายถึง ข้อมูลยังไม่ยืนยัน.

Owns the names of colours, which fills they name, and what such a legend says of the cells that have them. Knows no cells.
"""

import colorsys
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import Enum

from parsers.thai.text import normalise
from parsers.values.tick_words import SURE, words

LONGEST = 300  # characters; a longer text tells of many things
NONE = ""  # the name of no colour

# Names that people give to one part of the circle of colours; light and dark are not told apart.
_NAMES = {
    **dict.fromkeys(("แดง", "ชมพู"), "red"),
    "ส้ม": "orange",
    "เหลือง": "yellow",
    "เขียว": "green",
    **dict.fromkeys(("ฟ้า", "น้ำเงิน"), "blue"),
    "ม่วง": "violet",
    "เทา": "grey",
    "ขาว": NONE,
}
# Where the parts end, in degrees: red goes on beyond the last.
_ENDS = (
    *((14, "red"), (40, "orange"), (50, "orange or yellow"), (68, "yellow"), (75, "yellow or green"), (165, "green")),
    *(
        (180, "green or blue"),
        (250, "blue"),
        (260, "blue or violet"),
        (305, "violet"),
        (335, "violet or red"),
        (360, "red"),
    ),
)
_PALE = 0.08  # saturation below which a colour is a grey
# "FFF2B3", as a workbook states a colour.
_HEX = re.compile("[0-9A-F]{6}")

# "ช่องสีแดง หมายถึง …", "ช่องที่ระบายสีเขียวอ่อน = …", "ช่องที่ไม่ระบายสี คือ …".
_ENTRY = re.compile(
    rf"(?:ช่อง|เซลล์|แถว|พื้น|แถบ)?(?:ที่|ซึ่ง)?(?:(?P<none>ไม่(?:ได้)?(?:ระบาย|ใส่|มี)สี)|(?:ระบาย|เป็น|ใส่|แรเงา|ไฮไลต์)*(?:ด้วย)?สี(?P<name>{'|'.join(_NAMES)})(?:อ่อน|เข้ม)?)\s*(?:=|:|-|หมายถึง|หมายความว่า|คือ|แทน)\s*"
)
# "ข้อมูลยังไม่ยืนยัน", "รอ อปท. แจ้งใหม่", "ตัวเลขประมาณการ", "แก้ไขแล้ว", "ไม่ต้องนับ": not to be taken as it stands.
_NOT_FIRM = re.compile(
    r"ยังไม่(?:ได้)?(?:ปรับปรุง|แก้|ยืนยัน|ตรวจ|แน่|นิ่ง|ครบ|ถูกต้อง|สมบูรณ์|ชัด)|รอ|ประมาณ|เบื้องต้น|ผิด|ไม่ถูกต้อง|ไม่(?:ต้อง)?นับ|ปีที่แล้ว|ปีก่อน|ข้อมูลเดิม|(?:พิมพ์|กรอก)ทับ|สงสัย|ต้องแก้"
)
_STATE = 60  # characters of a meaning


class Said(Enum):
    """What a colour says of a cell."""

    DONE = "done"
    NOT_DONE = "not done"
    NOT_FIRM = "not firm"  # what stands there may change


def _never(_: str) -> bool:
    return False


def colours_said(texts: Iterable[str], of_before: Callable[[str], bool] = _never) -> Mapping[str, Said]:
    """What each colour means by the lines of a sheet, by its part of the circle; of two meanings neither counts.

    ``of_before`` tells a meaning that is of a year before the one asked for: it is not firm.
    """
    found: dict[str, set[Said]] = {}
    for text in texts:
        for colour, said in _entries(text, of_before):
            found.setdefault(colour, set()).add(said)
    return {colour: next(iter(said)) for colour, said in found.items() if len(said) == 1}


def _entries(text: str, of_before: Callable[[str], bool]) -> Iterator[tuple[str, Said]]:
    if len(text) > LONGEST or "สี" not in text:
        return
    plain = normalise(text)
    starts = list(_ENTRY.finditer(plain))
    ends = [each.start() for each in starts[1:]] + [len(plain)] if starts else []
    for each, end in zip(starts, ends, strict=True):
        meaning = plain[each.end() : end].strip(" ,;.()และ")[:_STATE]
        if said := Said.NOT_FIRM if of_before(meaning) else _meant(meaning):
            yield NONE if each["none"] else _NAMES[each["name"]], said


def _meant(meaning: str) -> Said | None:
    if _NOT_FIRM.search(meaning):
        return Said.NOT_FIRM
    state = SURE.get(words(meaning))
    return None if state is None else Said.DONE if state else Said.NOT_DONE


def named(fill: str, among: Collection[str]) -> str | None:
    """The part of the circle in which a fill lies, ``NONE`` for no fill; None for one that nobody can name for sure.

    ``among`` are the colours that a legend speaks of: between two parts it is the one of them that the legend has.
    """
    if not fill:
        return NONE
    if not _HEX.fullmatch(fill):
        return None
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < _PALE or max(red, green, blue) - min(red, green, blue) < _PALE:
        return "grey"
    between = next(name for end, name in _ENDS if hue * 360 <= end).split(" or ")
    meant = between if len(between) == 1 else [name for name in between if name in among]
    return meant[0] if len(meant) == 1 else None
