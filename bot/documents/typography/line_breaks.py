"""Where a Thai line may end: text cut into pieces that must not be torn apart.

Thai is written without spaces between words. A typesetter that guesses tears words; so each word is found first, with a
dictionary, and whoever sets the text keeps each piece whole. Numbers stay with what they count or number.
"""

import functools
import itertools
import re
from collections.abc import Callable, Container, Sequence

from parsers.thai.dictionary import compounds, cutter

KEPT = "\u00a0"  # a space at which no line ends
_DIGITS = "0-9๐-๙"
_MONTHS = "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
_BEFORE_A_NUMBER = "พ\\.ศ\\.|ค\\.ศ\\.|มาตรา|ข้อ|วรรค|หมวด|ที่|ร้อยละ|จำนวน|โทร\\.|เวลา|หมู่|ประจำปี"
_ALONE_BEFORE_A_NUMBER = "ว|ต่อ|รวม|หน้า|ม\\.|(?:[ก-ฮ]\\.){2,8}"  # not sure of inside other words; ภ.ด.ส. ๖
_COUNTED = f"แห่ง|คน|บาท|วัน|ฉบับ|ชุด|แผ่น|อำเภอ|จังหวัด|รายการ|ข้อ|น\\.|เดือน|ปี|ตัน|ราย|ครัวเรือน|ร้อยละ|%|{_MONTHS}"
_YEAR = "[2๒][0-9๐-๙]{3}"
_GOES_ON = (  # words after a number that are not what it counts
    "และ|หรือ|ถึง|ใน|ให้|จึง|แห่ง(?=[ก-๎])|ซึ่ง|ที่|โดย|กับ|ว่า|เป็น|ของ|ตาม|มี|ได้|นับ|ตั้ง|เพื่อ|จาก|ทั้ง|สำหรับ|เมื่อ|แต่|พร้อม|อาจ|ทำ|ต้อง|ลง(?=วัน)"
)
_GLUE = (
    # "มาตรา ๑๐", "พ.ศ. ๒๕๖๗", "ร้อยละ ๔๐", also at the end of another word.
    re.compile(f"({_BEFORE_A_NUMBER}) +(?=[{_DIGITS}])"),
    # "ว ๕๘๒๗", "ต่อ ๒๓๒๒", "ภ.ด.ส. ๖": only where it is the whole word.
    re.compile(f"(?<![ก-๙])({_ALONE_BEFORE_A_NUMBER}) +(?=[{_DIGITS}])"),
    # The number of a letter: "ที่ มท 0810.7/ว 5827".
    re.compile(f"ที่ +(?=[ก-ฮ]{{2,3}} +[{_DIGITS}])"),
    # "มท ๐๘๑๐.๗": the letters of an office before its number.
    re.compile(f"(?<![ก-๙])([ก-ฮ]{{2,3}}) +(?=[{_DIGITS}])"),
    # "๘๔ แห่ง", "๕,๐๐๐ บาท"; not "๕ แห่งนี้".
    re.compile(f"(?<=[{_DIGITS}]) +(?=(?:{_COUNTED})(?![ก-๙]))"),
    # "๒๙ พฤศจิกายน".
    re.compile(f"(?<=[{_DIGITS}]) +(?=(?:{_MONTHS}))"),
    # Telephone numbers: "๐ ๕๔๕๓ ๔๑๑๙".
    re.compile(f"(?<=[{_DIGITS}]) +(?=[{_DIGITS}])"),
    # "๓ โครงการ": what is counted, whatever it is; not "๓ และ", nor "๒๕๖๗ จังหวัด", where a year ends.
    re.compile(f"(?<![{_DIGITS},.])(?!{_YEAR} )[{_DIGITS},.]*[{_DIGITS}] +(?!{_GOES_ON})(?=[ก-ฮเ-ไ])"),
    # "ข้อมูล ณ วันที่": a word of one letter closes no line.
    re.compile("(?<![ก-๙])ณ +(?=[ก-๙])"),
    # "นั้น" closes the paragraph that begins with ตามที่.
    re.compile("(?<! ) +(?=นั้น(?![ก-๙]))"),
    # "พฤศจิกายน ๒๕๖๗", "พฤศจิกายน พ.ศ. ๒๕๖๗".
    re.compile(f"({_MONTHS}) +(?=(?:พ\\.ศ\\. *)?[{_DIGITS}])"),
)
# What a browser's dictionary tears: "ประ|กาศฯ", "คำ|สั่งฯ", "ท้อง|ถิ่น", "ตามพ|ระราชบัญญัติ", "มท ๐๘๑๐.๗/|ว ๕๘๒๗" (Chromium, seen on telephones).
TORN = re.compile(
    f"(?:พระราชบัญญัติ|ประกาศ|คำสั่ง|ท้องถิ่น)ฯ?|[ก-ฮ]{{2,3}}{KEPT}[{_DIGITS}.]{{1,12}}/ว{KEPT}[{_DIGITS}]{{1,6}}"
)
# Compounds of government letters that the dictionary has only in pieces.
_OFFICE_WORDS = (
    "พื้นที่",
    "ช่องทาง",
    "อิเล็กทรอนิกส์",
    "อิเล็กทรอนิกส์ฯ",
    "ไปรษณีย์",
    "ปฏิบัติราชการ",
    "รักษาราชการแทน",
    "ปฏิบัติราชการแทน",
    "สิ่งที่ส่งมาด้วย",
    "แบบรายงาน",
    "แบบฟอร์ม",
    "ผู้รายงาน",
    "ผู้ประสานงาน",
    "หนังสือเวียน",
    "ท้องถิ่นจังหวัด",
    "หมู่ที่",
    "มูลฝอย",
    "ขยะมูลฝอย",
    "องค์กรปกครองส่วนท้องถิ่น",
    "องค์การบริหารส่วนตำบล",
    "องค์การบริหารส่วนจังหวัด",
    "กรมส่งเสริมการปกครองท้องถิ่น",
    "พระราชบัญญัติ",
    "พระราชบัญญัติฯ",
    "ที่สาธารณประโยชน์",
    "ความรู้ความสามารถ",
    "นักวิเคราะห์นโยบายและแผน",
    "ข้อเสนอแนะ",
    "ปัญหาอุปสรรค",
    "ขอแสดงความนับถือ",
    "โทร.",
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
    "พ.ศ.",
    "ก.พ.ร.",
    "อบต.",
    "อบจ.",
    "ทต.",
    "ทม.",
    "อปท.",
)
# "/วัน", "ฯ", "ๆ", ")": no line begins with these; Thai vowels and marks stand on the letter before.
_CLINGS = re.compile(r"^[-–/ฯๆะาำๅ\u0e31\u0e34-\u0e3a\u0e47-\u0e4e.,:;!?%)\]}”’»]+")
_THAI = re.compile("[ก-ฯะ-ฺเ-๎]")  # letters and marks, no digits
# Nothing without the next word: makers of nouns, titles of persons, kinds of places and of units, ไม่ and ทุก.
_LEADS = re.compile(
    "การ|ความ|ผู้|นัก|ช่าง|อย่าง|ค่า|ใบ|นาย|นาง|นางสาว|ตำบล|อำเภอ|จังหวัด|ถนน|ซอย|คลอง|ห้วย|บ้าน|หนอง|ทุ่ง|ดอน|โนน|โคก|กอง|ฝ่าย|งบ|"
    "เครื่อง|รถ|ไม่|ทุก|หลาย|กว่า"
)
_SPELLED = re.compile(  # a number in words, which stays with what it counts
    "(?:ร้อยละ|ครึ่ง|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ยี่|เอ็ด|ร้อย|พัน|หมื่น|แสน|ล้าน)+"
)
_FOLLOWS = frozenset(("ละ", "ถ้วน", "ว่า", "กว่า", "เศษ"))  # เดือนละ, ร้อยบาทถ้วน, พบว่า, สามร้อยกว่า
_OPENS = re.compile(r"[(\[{“‘«/–\-.เแโใไ]$")  # after a stroke, dash or dot as well: ตัน/วัน, ๒๕๖๖-๒๕๗๐, น.ส.ล.
_ORDINAL = re.compile(f"(?:ปี)?ที่{KEPT}")  # วันพฤหัสบดีที่ ๑๘: stays with what it numbers
COMPOUND = 24  # letters of the longest compound that is kept whole; longer ones must end a line somewhere


@functools.lru_cache(maxsize=4)
def _cutter(names: frozenset[str]) -> tuple[Callable[[str], list[str]], Container[str]]:
    """What cuts a run of letters into words, and the words it knows."""
    return cutter(frozenset({*_OFFICE_WORDS, *filter(None, names)}))


def pieces(text: str, names: frozenset[str] = frozenset()) -> list[str]:
    """``text`` in pieces that a line must keep whole, in order; a space between two pieces is a piece of its own.

    ``names`` (of organisations and districts) are kept whole as well. Joined together, the pieces are the text but for
    runs of spaces, which become one, and spaces at which no line ends, which become U+00A0.
    """
    # Line ends of a template are blanks; U+00A0 stays.
    text = glued(re.sub(r"[ \t\n\r]+", " ", text))
    whole: list[str] = []
    # With the blanks, which are pieces of their own.
    for run in re.split("( )", text):
        if run == " ":
            whole.append(run)
        elif run:
            whole += _cut(run, names)
    return whole


def glued(text: str) -> str:
    """``text`` with U+00A0 for the spaces at which no line may end: before and after numbers, within dates."""
    for glue in _GLUE if " " in text else ():
        text = glue.sub(lambda found: found[0].rstrip(" ") + KEPT, text)
    return text


@functools.lru_cache(maxsize=1 << 12)  # headings and names stand in every letter
def for_programs(text: str) -> str:
    """``text`` glued for programs that find words themselves: there ที่ stays loose, or they tear วัน|ที่ before a number."""
    return glued(text).replace(f"ที่{KEPT}", "ที่ ")


def _cut(run: str, names: frozenset[str]) -> list[str]:
    if not _THAI.search(run):
        return [run]
    cut, known = _cutter(names)
    if run in names:
        return [run]
    words = list(cut(run))
    places = itertools.accumulate(map(len, words), initial=0)
    inside = _inside_compounds(words) | {at for at, place in enumerate(places) if _ORDINAL.match(run, place)}
    kept: list[str] = []
    last = ""  # the word before, which may be the end of a longer piece
    for at, word in enumerate(words):
        if kept and (at in inside or _leads(last) or _clings(kept[-1], word) or _unsure(last, word, known)):
            kept[-1] += word
        else:
            kept.append(word)
        last = word
    return kept


def _inside_compounds(words: Sequence[str]) -> set[int]:
    """Indices of the words that go on a compound with the word before them."""
    inside: set[int] = set()
    terms = compounds(COMPOUND)
    for first in range(len(words)):
        both = words[first]
        for after in range(first + 1, len(words)):
            both += words[after]
            if len(both) > COMPOUND:
                break
            if both in terms:
                inside.update(range(first + 1, after + 1))
    return inside


def _leads(word: str) -> bool:
    """Whether a line may not end after the word."""
    return bool(_LEADS.fullmatch(word) or _SPELLED.fullmatch(word))


def _clings(before: str, word: str) -> bool:
    """Whether a line may not end between the two: signs that belong to a word, a kept space, two parts without Thai."""
    return bool(
        _CLINGS.match(word)
        or _OPENS.search(before)
        or word in _FOLLOWS
        or KEPT in (word[0], before[-1])
        or not (_THAI.search(before) or _THAI.search(word))
    )


def _unsure(left: str, right: str, known: Container[str]) -> bool:
    """Whether the border between two words may as well lie elsewhere: ตาก|ลม or ตา|กลม. Then neither is cut.

    It is enough that the end of the left word and the right one are a word together: เห็นได้ชัด|เจน.
    """
    both = left + right
    return any(
        both[at:] in known and (both[:at] in known or at <= len(left) - 2)
        for at in range(2, len(both) - 1)
        if at != len(left)
    )
