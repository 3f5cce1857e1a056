"""Which figures of a typed line are part of what is asked, and no answer: จุดความร้อนตั้งแต่ 1 ม.ค. 2568 : 18, อายุ 60 ปีขึ้นไป 120 คน.

Owns the words that make a figure a label's own: days before a sign, ages and spans of time.
"""

import re

from parsers.thai.months import MONTHS, SHORT_MONTHS

# "1,204", ".5"; not the 10 of มาตรา 10, ม.10, ข้อ 3, ปี 2568, ปีงบประมาณ 2568, ครั้งที่ 4, หมู่ 5.
_FIGURE = re.compile(
    r"(?<![\d.,/])(?<!ม\.)(?<!มาตรา)(?<!มาตรา )(?<!ข้อ)(?<!ข้อ )(?<!ปี)(?<!ปี )(?<!ปีงบประมาณ)(?<!ปีงบประมาณ )(?<!พ\.ศ\.)(?<!พ\.ศ\. )(?<!ครั้งที่ )(?<!หมู่ )[-+]?(?:\d|\.\d)"
)
_MONTHS = "|".join(re.escape(month).replace(r"\.", r"\.?") for month in (*MONTHS, *SHORT_MONTHS))
_SPAN = r"\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?(?:ปี|เดือน|วัน|ชั่วโมง|ชม\.|นาที|ขวบ)"
# "1 ม.ค. 2568", "0-5 ปี", "3 เดือน" before a sign.
_BEFORE_SIGN = re.compile(rf"\d{{1,2}}\s?(?:{_MONTHS})(?:\s?(?:พ\.?ศ\.?)?\s?\d{{2,4}})?(?!\d)|{_SPAN}")
# "60 ปีขึ้นไป", "90 วันลงมา" before another figure.
_BOUND = re.compile(rf"{_SPAN}(?:ขึ้นไป|ลงมา|บริบูรณ์)")

# "5 ป.", "3 ร." within the name of a campaign; not "5 กก.", "12 ม.".
_IN_NAME = re.compile(r"\d{1,2}\s?(?!ม\.|ล\.|ก\.)[ก-ฮ]\.(?=\s)")


def figures_in(said: str, since: int = 0) -> list[int]:
    """Where the figures of a text, whatever they are, begin from ``since`` on."""
    return [figure.start() for figure in _FIGURE.finditer(said, since)]


def first_figure(said: str, sign: int | None = None, since: int = 0) -> int | None:
    """Where the first figure of a clause that may be an answer begins, from ``since`` on; None where there is none.

    ``said`` has ASCII digits; ``sign`` is where its sign stands, as : or =.
    """
    figure = _FIGURE.search(said, since)
    while figure and (own := _own(said, figure.start(), sign)):
        figure = _FIGURE.search(said, own)
    return figure.start() if figure else None


def _own(said: str, at: int, sign: int | None) -> int:
    """Where the label goes on behind a figure of its own; 0 for a figure that may be an answer."""
    bound = _BOUND.match(said, at)
    if bound and _FIGURE.search(said, bound.end()):
        return bound.end()
    if sign is None or at > sign:
        return 0
    own = _BEFORE_SIGN.match(said, at)
    if own:
        return own.end()
    # "การรณรงค์ 5 ป. 1 ข. : แล้วเสร็จ": a figure and a letter or two, with the answer behind the sign.
    short = _IN_NAME.match(said, at)
    return short.end() if short and said[sign:].strip(" :：=-–—") else 0
