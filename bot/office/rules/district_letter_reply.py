"""Staff answer the draft of the letter to the districts: with its number and day, the signed scan, or neither. Pure.

What they send goes on to every reporter, so only a plain PDF or picture is taken, one alone, and never our own draft, which
nobody has signed.
"""

import dataclasses
import hashlib
from dataclasses import dataclass

from bot.office.decision import Decision, Facts
from bot.office.letters.enclosures import DistrictLetter, Enclosure
from bot.office.letters.letter import Letter, LetterKind
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.circular import Circular
from bot.office.model.letter_number import (
    circular_prefix,
    example,
    numbered,
    registration_in,
    shown_number,
    tries_to_number,
)
from bot.office.model.official_letter import DISTRICTS, Registered
from bot.office.model.received_mail import MessageState
from bot.office.plan.district_letter_draft import ABOUT, reference_of
from bot.office.rules.case import Case
from bot.office.rules.mail_in_words import decided
from parsers.findings import Code
from parsers.reading import LOGO, MACHINE_MADE, FileReading, Mail, Reading

LARGEST = 5 << 20  # bytes of a scan; it goes to every reporter
KINDS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
NAMED = 5  # files that a word about them names; a sentence holds no more


def is_about_letter(mail: Mail, facts: Facts, circular: str) -> bool:
    """Whether a mail answers the draft of a circular's letter to the districts, or a notice about it."""
    for letter in facts.answered:
        ours = letter.kind == LetterKind.SIGNING or (letter.kind == "notice" and letter.occasion.startswith(ABOUT))
        if letter.circular == circular and ours:
            return True
    named = any(letter.circular for letter in facts.answered)
    return not named and bool(facts.secret) and reference_of(facts.secret, circular) in mail.subject.upper()


def scan_named(reading: Reading) -> str:
    """The name of the one file of a mail that may be a signed letter; "" where there is none or more than one."""
    found = candidates(reading)
    return found[0].name if len(found) == 1 else ""


def candidates(reading: Reading) -> list[FileReading]:
    """The files that may be a signed letter: a PDF, or a picture that is more than an ornament."""
    pages = [file for file in reading.files if file.format == "pdf"]
    return pages or [file for file in reading.files if file.format == "image" and file.size >= LOGO]


@dataclass(frozen=True)
class Scan:
    """A signed letter as it came, or why it was not taken."""

    content: bytes = b""
    ending: str = ""
    why: str = ""


def give_letter(case: Case) -> Decision | None:
    """What staff gave of the letter is written down and confirmed; what cannot be taken is said."""
    circular = case.bureau.circulars.get(case.facts.slug or case.reading.circular or "")
    if circular is None or circular.letter is None or not _may_give(case):
        return None
    if not is_about_letter(case.mail, case.facts, circular.slug):
        return None
    opens = circular.deadlines.opens.astimezone(BANGKOK).date()
    found = registration_in(case.mail.text, opens, circular_prefix(case.bureau.office), first=0)
    scan = _scan(case)
    if found is None and not scan.content:
        return decided(case, "thanks") if case.says_thanks else _nothing_given(case, circular, scan)
    given = Registered(circular.slug, DISTRICTS, case.mail.sender, case.now)
    if found:
        given = dataclasses.replace(given, number=found.number, dated=found.dated)
    if scan.content:
        name = f"{circular.slug}-{case.bureau.office.slug}-letter-signed.{scan.ending}"
        given = dataclasses.replace(given, scan=name, content=scan.content)
    return Decision(
        MessageState.DECIDED,
        "letter-given",
        circular=circular.slug,
        letters=(_confirmed(case, circular, given, scan),),
        registered=(given,),
    )


def _may_give(case: Case) -> bool:
    believed = not case.disowned and not case.message.vouched_by and not case.facts.seen_before
    return believed and case.mail.kind not in MACHINE_MADE and not case.is_invitation and not case.reading.answers


def _scan(case: Case) -> Scan:
    files, content = candidates(case.reading), case.facts.scan
    if case.message.oversize:
        return Scan(why=f"จดหมายใหญ่เกินกว่าที่ระบบรับได้ โปรดสแกนใหม่ให้ไม่เกิน {LARGEST >> 20} เมกะไบต์")
    if not files:
        others = [file.name for file in case.reading.files if file.format not in {"image", "empty", "text", "html"}]
        listed = ", ".join(others[:NAMED])
        return Scan(why=f"ไฟล์ {listed} ไม่ใช่ PDF หรือรูปภาพ ระบบจึงไม่ได้ใช้เป็นสำเนาที่ลงนาม" if others else "")
    if len(files) > 1:
        listed = ", ".join(file.name for file in files[:NAMED])
        return Scan(
            why=f"แนบมา {shown_number(case.bureau.office, str(len(files)))} ไฟล์ ({listed}) โปรดรวมหนังสือที่ลงนามแล้วเป็นไฟล์เดียวแล้วส่งใหม่"
        )
    if any(found.code is Code.KEY_HIDDEN for found in case.reading.findings):
        return Scan(why="ในจดหมายมีข้อความที่คล้ายรหัสหรือเลขประจำตัวประชาชน ระบบจึงไม่ส่งต่อไฟล์นี้ถึงผู้รายงาน")
    if content is None:
        return Scan(why=f"เปิดไฟล์ {files[0].name} ไม่ได้ โปรดแนบไฟล์ PDF หรือรูปภาพโดยตรง ไม่บีบอัดและไม่ใส่รหัสผ่าน")
    return _examined(files[0].name, content, case.facts.ours)


def _examined(name: str, content: bytes, ours: frozenset[str]) -> Scan:
    ending = next((kind for begins, kind in KINDS.items() if content.startswith(begins)), "")
    if not ending:
        return Scan(why=f"ไฟล์ {name} ไม่ใช่ PDF, JPEG หรือ PNG โปรดบันทึกเป็นแบบใดแบบหนึ่งแล้วส่งใหม่")
    if hashlib.sha256(content).hexdigest() in ours:
        return Scan(why=f"ไฟล์ {name} เป็นไฟล์เดียวกับที่ระบบส่งให้ ซึ่งยังไม่มีลายมือชื่อ")
    if len(content) > LARGEST:
        return Scan(why=f"ไฟล์ {name} ใหญ่กว่า {LARGEST >> 20} เมกะไบต์ โปรดสแกนใหม่ให้เล็กลง เพราะต้องแนบถึงผู้รายงานทุกราย")
    if ending == "pdf" and b"/Encrypt" in content:
        return Scan(why=f"ไฟล์ {name} ใส่รหัสผ่านหรือจำกัดสิทธิ์ไว้ โปรดบันทึกใหม่โดยไม่ใส่รหัส")
    return Scan(content, ending)


def _confirmed(case: Case, circular: Circular, given: Registered, scan: Scan) -> Letter:
    office, known = case.bureau.office, case.facts.registered.get(DISTRICTS)
    signed = bool(given.scan or (known and known.scan))
    said = [f"บันทึกแล้ว: {numbered(office, given.number, given.dated)}"] if given.dated else []
    said += ["ได้รับสำเนาที่ลงนามแล้ว"] if given.scan else []
    said += [scan.why] if scan.why else []
    if given.scan and not given.numbered and not (known and known.numbered):
        said.append("ระบบยังไม่ทราบเลขที่และวันที่ของหนังสือ หากต้องการให้ระบุในคำขอ โปรดตอบกลับด้วยเลขที่และวันที่")
    said.append(_what_now(case, circular, signed=signed))
    enclosures: tuple[Enclosure, ...] = ()
    if given.numbered and not signed:
        enclosures = tuple(DistrictLetter(circular, editable, given.number, given.dated) for editable in (True, False))
    content = Notice(
        f"หนังสือจังหวัดถึงอำเภอ เรื่อง {circular.wording.subject}",
        tuple(said),
        todo=NOTHING_TO_DO
        if signed and not scan.why
        else "โปรดพิมพ์หนังสือที่แนบเพื่อเสนอลงนาม แล้วตอบกลับพร้อมแนบสำเนาที่ลงนามแล้ว",
        enclosures=enclosures,
    )
    return notice(case.bureau, circular.slug, f"{ABOUT}{case.key}", content, case.mail)


def _what_now(case: Case, circular: Circular, *, signed: bool) -> str:
    if case.facts.requested:
        return "คำขอส่งถึงผู้รายงานไปก่อนแล้ว หนังสือฉบับนี้จึงไม่ได้แนบไปกับคำขอ โปรดจัดส่งทางระบบสารบรรณ"
    opens = circular.deadlines.opens
    what = "สำเนาที่ลงนามแล้ว" if signed else "หนังสือที่ลงเลขที่แล้ว"
    if case.now >= opens:
        return f"ระบบจะแนบ{what}ไปกับคำขอถึงผู้รายงานทันที"
    later = "" if signed else " หากส่งสำเนาที่ลงนามแล้วมาก่อนนั้น ระบบจะแนบฉบับที่ลงนามแทน"
    return f"ระบบจะแนบ{what}ไปกับคำขอถึงผู้รายงานในวันที่ {case.bureau.moment(opens)}{later}"


def _nothing_given(case: Case, circular: Circular, scan: Scan) -> Decision:
    office = case.bureau.office
    shown = example(office, circular_prefix(office), circular.deadlines.opens.astimezone(BANGKOK).date())
    unread = "อ่านเลขที่และวันที่ที่ท่านพิมพ์มาไม่ได้" if tries_to_number(case.mail.text, first=0) else ""
    content = Notice(
        "ยังไม่ได้รับเลขที่หรือสำเนาที่ลงนามของหนังสือจังหวัดถึงอำเภอ",
        tuple(filter(None, (unread, scan.why, f"ตัวอย่างบรรทัดแรก: {shown}"))),
        todo="โปรดตอบกลับด้วยเลขที่และวันที่ของหนังสือ หรือแนบสำเนาที่ลงนามแล้ว (PDF หรือรูปภาพ) เพียงไฟล์เดียว",
    )
    letter = notice(case.bureau, circular.slug, f"{ABOUT}{case.key}", content, case.mail)
    return Decision(MessageState.DECIDED, "letter-not-given", circular=circular.slug, letters=(letter,))
