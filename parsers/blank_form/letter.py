"""The department's letter to what it says of a circular: number, day, title, who wants the report where and until when. Pure.

Owns the layout of a Thai official letter (ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ): ที่, ส่วนราชการ, day, เรื่อง, เรียน, อ้างถึง.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.blank_form.letter_days import Until, days_until
from parsers.blank_form.proposal import Code, NewLetter, Unsure
from parsers.blank_form.questions import joined
from parsers.blank_form.unsure import unsure
from parsers.thai.dates import parse_date, thai_moment
from parsers.thai.text import ascii_digits

LINES = 400  # of one letter; what comes later are enclosures
# "ที่ มท ๐๘๑๐.๗/ว ๕๘๒๗", "ที่ ทส 0304/ว1234": a complete number of a circular letter.
_NUMBER = re.compile(
    r"^\W{0,3}ที่\s?([ก-ฮ]{1,4}\.?\s?[\d๐-๙][\d๐-๙./\s()-]{0,20}/\s?ว\.?\s?[\d๐-๙]{1,6})(?![\d๐-๙])\s*(.*)$"
)
# "กรมส่งเสริม…", "กระทรวงมหาดไทย", "สำนักงาน ก.พ.ร.": who writes, at the right of the number or below it.
_BODY = re.compile(r"^(?:กรม|กระทรวง|สำนักงาน|สำนัก|จังหวัด|องค์การ)")
# "เรื่อง ", "เรียน ", "สิ่งที่ส่งมาด้วย ๑.".
_LABEL = re.compile(r"^\W{0,2}(เรื่อง|เรียน|อ้างถึง|สิ่งที่ส่งมาด้วย|สิ่งที่แนบมาด้วย)\s?[::]?\s*")
# "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น" below a signature.
_SIGNS = re.compile(r"^(?:อธิบดี|เลขาธิการ|ปลัดกระทรวง|ผู้อำนวยการ|ผู้ว่าราชการ)\S*")
# "กองพัฒนา…", "กลุ่มงาน…": whom to ask there.
_UNIT = re.compile(r"^(?:กอง|กลุ่มงาน|กลุ่ม|ฝ่าย|ศูนย์|สำนัก)\S+")
# "โทร. ๐ ๒๒๔๑ ๙๐๐๐ ต่อ ๒๓๒๒", "โทรศัพท์ 0-2241-9000".
_PHONE = re.compile(
    r"โทร(?:ศัพท์)?\s?\.?\s?[::]?\s?((?:[\d๐-๙][\d๐-๙\s-]{6,16}[\d๐-๙])(?:\s?(?:ต่อ|ถึง)\s?[\d๐-๙,\s-]{1,20}[\d๐-๙])?)"
)
# "dla0810_7@dla.go.th".
ADDRESS = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}", re.ASCII)
# "https://…", "bit.ly/๔fHYxIQ".
_LINK = re.compile(
    r"https?://[!-~]{3,200}|(?<![\w@.])(?:bit\.ly|citly\.me|shorturl\.\w{2,5}|forms\.gle)/[!-~๐-๙]{3,60}"
)
_HOST = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)  # before the host of a link
_HOSTS_SHOWN = 5
# "ท้องถิ่ถิ่น", "สิ่สิ่ง": a syllable that a PDF holds twice, as its letters were drawn in two steps.
_DOUBLED = re.compile(r"([ก-ฮ][\u0e31\u0e34-\u0e3a]?[\u0e48-\u0e4b])\1")
_FEW = 2


@dataclass(frozen=True)
class Read:
    """What was read of a letter, with its doubts, and whether it is a letter at all."""

    letter: NewLetter
    unsure: tuple[Unsure, ...]
    is_letter: bool


def read_letter(lines: Sequence[str]) -> Read:
    """What the lines of all papers say of the circular."""
    said = [_DOUBLED.sub(r"\1", joined(line)) for line in lines]
    number, at = _number(said[:LINES])
    body = said[at : at + LINES]
    dated = _day(body[:12])
    title = _labelled(body, "เรื่อง")
    days = days_until(said, dated)
    department = _department(body)
    salutation = next((m[0] for line in body if (m := _SIGNS.match(line)) and "จังหวัด" not in m[0]), "")
    addresses = tuple(dict.fromkeys(found.lower() for line in said for found in ADDRESS.findall(line)))
    letter = NewLetter(
        number=number,
        dated=dated,
        title=title,
        department=department,
        salutation=salutation or (f"อธิบดี{department}" if department.startswith("กรม") else ""),
        unit=" ".join(line for line in body if _UNIT.match(line) and len(line) < 90)[:200],  # noqa: PLR2004 - no sentence
        phone=next((ascii_free(m[1]) for line in body if (m := _PHONE.search(line))), ""),
        to=addresses[:1],
        reporters=days[0].moment if len(days) > 1 else None,
        until=days[-1].moment if days else None,
    )
    doubts = tuple(_doubts(letter, days, addresses, said))
    return Read(letter, doubts, bool(number or (title and dated)))


def ascii_free(text: str) -> str:
    """A number as it is printed, blanks made one."""
    return " ".join(text.split())


def _number(lines: Sequence[str]) -> tuple[str, int]:
    """The first complete number of a circular letter that heads a letter, and its line."""
    for at, line in enumerate(lines):
        if found := _NUMBER.match(line):
            return " ".join(found[1].replace("/ ", "/").split()), at
    return "", 0


def _day(lines: Sequence[str]) -> datetime.date | None:
    """The day of the letter: a line of its own above เรื่อง."""
    for line in lines:
        if line.startswith("เรื่อง"):
            return None
        if len(line) < 40 and (day := parse_date(line)):  # noqa: PLR2004 - a date alone
            return day
    return None


def _labelled(lines: Sequence[str], label: str) -> str:
    """What stands behind a label, with the lines up to the next label."""
    found: list[str] = []
    for line in lines:
        begins = _LABEL.match(line)
        if found and (begins or not line):
            break
        if begins and begins[1] == label:
            found.append(line[begins.end() :])
        elif found:
            found.append(line)
        if len(found) > 3:  # noqa: PLR2004 - a title has no more lines
            break
    return joined("\n".join(found))


def _department(lines: Sequence[str]) -> str:
    """Who writes: beside the number, or in a line above เรื่อง, else before the signature's post."""
    beside = _NUMBER.match(lines[0]) if lines else None
    if beside and _BODY.match(beside[2]):
        return beside[2].strip()
    for line in lines[1:8]:
        if line.startswith("เรื่อง"):
            break
        if _BODY.match(line) and len(line) < 80:  # noqa: PLR2004 - a name alone
            return line.split(" ถนน")[0].strip()
    # "อธิบดีกรม…".
    post = next((m[0] for line in lines if (m := re.match(r"อธิบดี(กรม\S+)", line))), "")
    return post.removeprefix("อธิบดี")


def _doubts(
    letter: NewLetter, days: Sequence[Until], addresses: Sequence[str], lines: Sequence[str]
) -> Iterator[Unsure]:
    if not letter.number:
        yield unsure(Code.NO_NUMBER)
    if len(days) > _FEW:
        yield unsure(Code.SEVERAL_DEADLINES, ", ".join(thai_moment(each.moment) for each in days))
    if len(addresses) > 1:
        yield unsure(Code.SEVERAL_ADDRESSES, addresses[0])
    links = {ascii_digits(link) for line in lines for link in _LINK.findall(line)}
    if links:
        hosts = dict.fromkeys(_HOST.sub("", link).partition("/")[0].lower() for link in sorted(links))
        yield unsure(Code.LINKS, str(len(links)), other=", ".join(list(hosts)[:_HOSTS_SHOWN]))
