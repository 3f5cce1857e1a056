"""The cover letter of a report (หนังสือภายนอก): its parts in the order of the Office of the Prime Minister's regulation.

What the registry and the signer fill in is left open: the number after the office's own prefix, the day, the signature.
The same parts become an editable Word file and a PDF.
"""

import datetime
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from docx.document import Document as WordDocument
from docx.shared import Cm, Pt

from bot.documents.report.pdf import roster_names
from bot.documents.typography.line_breaks import glued
from bot.documents.typography.typeset import to_pdf
from bot.documents.typography.word_document import (
    CENTRE,
    hanging,
    indented,
    line,
    new_document,
    plain_table,
    to_bytes,
    write,
)
from bot.documents.typography.worksheet import text_width
from bot.office.letters.amended_report import called, report_before
from bot.office.letters.draft_and_report import sum_lines
from bot.office.model.circular import Circular
from bot.office.model.letter_number import shown_number
from bot.office.model.office import Office
from bot.office.model.rollup import Rollup
from bot.office.model.roster import Roster
from parsers.thai.dates import thai_date
from parsers.thai.months import MONTHS
from parsers.thai.text import thai_digits

TEMPLATE = "cover.typ"
MOST_NAMES = 8  # organisations named in the letter itself; more are left to the enclosure
OPEN = "." * 12
WIDTH = 16.0  # centimetres of a line
SPACING = Pt(19)  # from line to line; single is 21: a letter of four signer's lines and seven points still is one page
BEFORE_SIGNER = (10, 50)  # points above the closing, and for the signature
GAPS = (6, 3)  # points between paragraphs, and in a letter that would need a second page
ROOMY = 24  # lines of a letter that need not be set closer
UNIT = 0.185  # centimetres: 7 pixels of 96 to the inch, the unit of text_width
ENCLOSED = "สิ่งที่ส่งมาด้วย"
HANG = {"อ้างถึง": 1.6, ENCLOSED: 3.4}  # centimetres that a label takes; the others take less


@dataclass(frozen=True)
class Cover:
    """The letter's parts, each as it is printed."""

    number: str
    place: tuple[str, ...]
    date: str
    labelled: tuple[tuple[str, tuple[str, ...]], ...]  # เรื่อง, เรียน, อ้างถึง, สิ่งที่ส่งมาด้วย with their lines
    amounts: tuple[str, ...]  # จำนวน of each enclosure, at the right; none where the line says it
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]  # numbered lines after the second paragraph
    closing: str
    signer: tuple[str, ...]
    contact: tuple[str, ...]
    emblem: bytes  # PNG or JPEG; empty: room is left for it


def cover_of(
    circular: Circular, rollup: Rollup, office: Office, number: str = "", dated: datetime.date | None = None
) -> Cover:
    """The letter that goes with the report of ``rollup``; ``number`` and ``dated`` are the registry's, or left open."""
    digits = partial(printed, office)
    subject, sums = f"{called(rollup.amends)}{circular.wording.subject}", sum_lines(circular, rollup)
    own = f"หนังสือ{circular.department.name} ที่ {circular.number} ลงวันที่ {thai_date(circular.dated, office.digits)}"
    amended = f" ({called(rollup.amends).strip()}) พร้อมรายการที่แก้ไข" if rollup.amends else ""
    before = (report_before(office, rollup.amends),) if rollup.amends else ()
    month = f"{OPEN} {MONTHS[rollup.as_of.month - 1]} {rollup.as_of.year + 543}"
    return Cover(
        number=digits(f"ที่ {shown_number(office, number or office.letter_number + OPEN)}"),
        place=place_of(office),
        date=digits(thai_date(dated, "arabic") if dated else month),
        labelled=(
            ("เรื่อง", (digits(subject),)),
            ("เรียน", (circular.department.salutation,)),
            ("อ้างถึง", tuple(map(digits, (*(circular.wording.references or (own,)), *before)))),
            (ENCLOSED, (digits(f"{circular.form.title} {office.area}{amended}"),)),
        ),
        amounts=(digits("จำนวน 1 ชุด"),),
        paragraphs=tuple(map(digits, _paragraphs(circular, rollup, office, listed=bool(sums)))),
        points=tuple(
            digits(f"{n}. {head} {'จำนวน ' if shown.endswith('แห่ง') else ''}{shown}")
            for n, (head, shown) in enumerate(sums, 1)
        ),
        closing="ขอแสดงความนับถือ",
        signer=signer_of(office),
        contact=contact_of(office),
        emblem=office.emblem,
    )


def printed(office: Office, text: str) -> str:
    """A text as it stands on the office's paper: in its kind of digits, its lines ending where they may."""
    return glued(thai_digits(text) if office.thai_digits else text)


def place_of(office: Office) -> tuple[str, ...]:
    """Where the office writes from."""
    return tuple(printed(office, line) for line in office.letterhead or (f"ศาลากลาง{office.area}",))


def signer_of(office: Office) -> tuple[str, ...]:
    """The lines under the signature; room for the name where the office has said nothing."""
    return office.signer or (f"({'.' * 40})", f"ท้องถิ่น{office.area}")


def contact_of(office: Office) -> tuple[str, ...]:
    """Whom to call."""
    lines = (office.name, office.unit, f"โทร. {office.phone}" if office.phone else "")
    return tuple(printed(office, line) for line in lines if line)


def _paragraphs(circular: Circular, rollup: Rollup, office: Office, *, listed: bool) -> list[str]:
    department, total = circular.department.name, rollup.asked
    missing = [organisation.printed_short for organisation in rollup.unreported]
    called = circular.form.naming.called
    as_of = f"(ข้อมูล ณ วันที่ {thai_date(rollup.as_of, office.digits)})"
    summary = "สรุปได้ ดังนี้" if listed else "รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย"
    got = f"ครบทั้ง {total} แห่ง" if not missing else f"แล้ว {total - len(missing)} แห่ง จากทั้งหมด {total} แห่ง"
    asked = f"ตามที่{department}ขอให้{'' if office.called else 'จังหวัด'}รวบรวมและรายงาน{circular.wording.subject}"
    told = f"และ{office.area}ได้รายงานไปแล้ว ตามหนังสือที่อ้างถึง นั้น" if rollup.amends else "ความละเอียดแจ้งแล้ว นั้น"
    several = f"จำนวน {len(rollup.amends.changes)} รายการ" if rollup.amends else ""
    again = f"ต่อมามีการแก้ไขและรายงานเพิ่มเติม {several} จึงได้จัดทำรายงานใหม่ทั้งฉบับ " if several else ""
    said = [
        f"{asked} {told}",
        f"{again}{office.area}ขอเรียนว่า ได้รวบรวมข้อมูลของ{called}ในพื้นที่{got} {as_of} {summary}",
    ]
    if missing:
        named = f" ได้แก่ {', '.join(missing)}" if len(missing) <= MOST_NAMES else " รายชื่อปรากฏตามสิ่งที่ส่งมาด้วย"
        said.append(f"อนึ่ง มี{called}ที่ยังรายงานไม่ครบถ้วน จำนวน {len(missing)} แห่ง{named}")
    if rollup.exempt:
        spared = f" ได้แก่ {', '.join(line.organisation.printed_short for line in rollup.exempt)}"
        named = spared if len(rollup.exempt) <= MOST_NAMES else " รายชื่อและเหตุผลปรากฏตามสิ่งที่ส่งมาด้วย"
        said.append(f"ทั้งนี้ มี{called}ที่ได้รับยกเว้นไม่ต้องรายงาน จำนวน {len(rollup.exempt)} แห่ง{named} ซึ่งไม่นับรวม")
    return [*said, "จึงเรียนมาเพื่อโปรดทราบ"]


def made_on(circular: Circular, rollup: Rollup) -> datetime.datetime:
    """The moment that a letter's file bears inside: the day of the figures."""
    return datetime.datetime.combine(rollup.as_of, datetime.time(), circular.deadlines.department.tzinfo)


def cover_pdf(cover: Cover, made: datetime.datetime, roster: Roster) -> bytes:
    """The letter as a PDF to be numbered and signed."""
    view = {
        "number": cover.number,
        "place": list(cover.place),
        "date": cover.date,
        "labelled": [
            {"label": label, "lines": [list(pair) for pair in zip_longest(lines, amounts, fillvalue="")]}
            for label, lines, amounts in _with_amounts(cover)
        ],
        "paragraphs": list(cover.paragraphs),
        "points": list(cover.points),
        "closing": cover.closing,
        "signer": list(cover.signer),
        "contact": list(cover.contact),
        "emblem": list(cover.emblem),
    }
    return to_pdf(TEMPLATE, view, made, roster_names(roster))


def cover_docx(cover: Cover, made: datetime.datetime, author: str) -> bytes:
    """The letter as a Word file for the officer to change, with the fonts of the office's own computers."""
    document = new_document(margins=(1.5, 2, 2, 3))
    document.styles["Normal"].paragraph_format.line_spacing = SPACING
    top = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    top.paragraph_format.line_spacing = 1.0  # as high as the picture
    top.alignment = CENTRE
    if cover.emblem:
        top.add_run().add_picture(io.BytesIO(cover.emblem), height=Cm(3))
    else:
        write(top, "(ตราครุฑ)")
        top.paragraph_format.space_before = top.paragraph_format.space_after = Pt(28)
    head = plain_table(document, (Cm(8.5), Cm(7.5)), 1)
    write(head.cell(0, 0).paragraphs[0], cover.number)
    write(head.cell(0, 1).paragraphs[0], "\n".join(cover.place))
    line(document, cover.date).paragraph_format.left_indent = Cm(7.2)
    gap = _gap(cover)
    for label, lines, amounts in _with_amounts(cover):
        for number, (text, amount) in enumerate(zip_longest(lines, amounts, fillvalue="")):
            hanging(
                document, "" if number else label, text, HANG.get(label, 1.4), amount
            ).paragraph_format.space_before = Pt(gap)
    for number, paragraph in enumerate(cover.paragraphs):
        indented(document, paragraph, gap)
        if number == 1:
            for point in cover.points:
                indented(document, point, 0)
    _sign(document, cover)
    return to_bytes(document, made, cover.labelled[0][1][0], author)


def _gap(cover: Cover) -> int:
    """Points between the paragraphs of the Word file, by how many lines the letter takes."""
    texts = [*(line for _, lines in cover.labelled for line in lines), *cover.paragraphs, *cover.points]
    lines = sum(math.ceil(text_width(text) * UNIT / WIDTH) for text in texts) + len(cover.signer) + len(cover.contact)
    return GAPS[lines > ROOMY]


def _with_amounts(cover: Cover) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Labels with their lines, and what stands at the right of these."""
    for label, lines in cover.labelled:
        yield label, lines, cover.amounts if label == ENCLOSED else ()


def _sign(document: WordDocument, cover: Cover) -> None:
    """Closing, room for the signature, the signer's lines on the right half; below on the left whom to call."""
    block = [cover.closing, *cover.signer]
    room = max(text_width(text) for text in block) * UNIT
    for number, text in enumerate(block):
        paragraph = line(document, text, CENTRE)
        paragraph.paragraph_format.left_indent = Cm(max(0.0, min(6.5, WIDTH - room)))
        paragraph.paragraph_format.keep_with_next = number < len(block) - 1
        if number < len(BEFORE_SIGNER):
            paragraph.paragraph_format.space_before = Pt(BEFORE_SIGNER[number])
    for number, text in enumerate(cover.contact):
        line(document, text).paragraph_format.space_before = Pt(0 if number else 6)
