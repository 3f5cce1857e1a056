"""What a letter said and how a mail was taken, in a sentence of English and one of Thai each: the words of ``story.md``.

The Thai is the letter's own: its subject and its first line, which says what it asks. The English is told from them: who must do
what, for how many, by which day.
"""

import calendar
import email
import email.policy
import re
from dataclasses import dataclass

from bot.demo.people import IN_ENGLISH
from bot.office.decision import Decision
from parsers.findings import Severity
from parsers.thai.months import MONTHS
from parsers.thai.text import ascii_digits, thai_digits

# "[w5827] ", "(F5XLKRTC3Y)", "(อำเภอลอง)" at the end: what is the same letter for each of its readers has these otherwise.
_APART = re.compile(r"^\[[a-z0-9-]{1,40}\] | \((?:[A-Z2-7]{10}|[^()]{1,60})\)$")
# "29 พฤศจิกายน 2567": a day, in figures already made Arabic; not that of a letter, ลงวันที่ 12 พฤศจิกายน 2567.
_DAY = re.compile(rf"(?<!ลงวันที่ )(?<!\d)(\d{{1,2}}) ({'|'.join(MONTHS)}) \d{{4}}")
# "มี 3 เรื่องรอท่าน": the first figure of a digest's subject.
_NUMBER = re.compile(r"\d{1,4}")
# "โทรศัพท์ติดตามผู้รายงาน 2 ราย": how many reporters staff are to phone, of a digest.
_CALLS = re.compile(r"ผู้รายงาน (\d{1,4}) ราย")
# "8 แห่ง": so many organisations.
_COUNT = re.compile(r"(\d{1,4}) แห่ง")
# "w5827 61/84": how many are complete, behind the last dot of a digest's subject.
_DONE = re.compile(r"[a-z0-9-]{0,40} ?\d{1,4}/\d{1,4}")
KINDS = {
    "request": ("sends the request with form and enclosures to", "ส่งหนังสือแจ้งพร้อมแบบรายงานและสิ่งที่ส่งมาด้วยถึง"),
    "receipt": ("answers", "ตอบรับ"),
    "correction": ("says what to mend, and where, to", "แจ้งจุดที่ต้องแก้ไขถึง"),
    "reminder": ("reminds", "เตือน"),
    "digest": ("sends the digest to", "ส่งสรุปประจำวันถึง"),
    "signing": ("sends the letter to the districts, to be signed, to", "ส่งร่างหนังสือถึงอำเภอเพื่อเสนอลงนามถึง"),
    "draft": ("sends a drafted report to", "ส่งร่างรายงานถึง"),
    "report": ("sends the report to", "ส่งรายงานถึง"),
    "extension": ("tells the new deadline to", "แจ้งกำหนดส่งใหม่ถึง"),
    "exemption": ("tells of an exemption to", "แจ้งการยกเว้นถึง"),
    "notice": ("sends a notice to", "แจ้งเรื่องที่ต้องทราบถึง"),
}
# By kind, and by words of its subject or first line: what a letter says. The first that fits is told.
SAYS = (
    ("request", "", "Please fill in the enclosed form and reply with it by {day}."),
    ("receipt", "รายงานแก้ไขเพิ่มเติม", "All is recorded. The department has its report without it: staff are asked to send an amended one."),
    ("receipt", "คำขอ", "Your wish was received; please wait for the word of staff."),
    ("receipt", "", "All is recorded, and this is what we hold in your name; nothing is left to do."),
    ("correction", "ยังบันทึกรายงานไม่ได้", "Nothing of it could be read; please send the enclosed form by {day}."),
    ("correction", "", "A part is recorded; please mend the rest and reply by {day}."),
    ("reminder", "เรื่องแรก", "Two reports are still owed, in one letter with both forms; the first is due on {day}."),
    ("reminder", "เลยกำหนดแล้ว", "The deadline is over; please send what {count} organisations still owe at once."),
    ("reminder", "", "Please send what {count} organisations still owe by {day}."),
    ("extension", "", "The deadline was moved; please send what {count} organisations still owe by {day}."),
    ("exemption", "", "This organisation need not report."),
    ("digest", "ไม่มีเรื่องรอท่าน", "Nothing waits for you. Complete: {done}."),
    ("digest", "", "Things that wait for you: {number}{calls}. Complete: {done}."),
    ("signing", "", "Please have it signed, and reply with its number and day."),
    ("draft", "แก้ไขเพิ่มเติม", "Please look at the amended report and what it changes, and reply with the one word อนุมัติ (approved)."),
    ("draft", "", "Please look at the report and reply with the one word อนุมัติ (approved); it is due on {day}."),
    ("report", "แก้ไขเพิ่มเติม", "Here is the amended report of the province, in the place of the one before, with a table of what changed."),
    ("report", "", "Here is the report of the province."),
    ("notice", "ขอขยายเวลา", "A district asks for more time, until {day}; please reply with one word: ให้ (granted) or ไม่ให้ (not)."),
    ("notice", "โปรดยืนยัน", "This is what would be done; please reply with the one word ยืนยัน (confirmed)."),
    ("notice", "ดำเนินการแล้ว: เลื่อน", "Done: the deadline is {day} now, and the reporter was told."),
    ("notice", "ดำเนินการแล้ว: ยกเว้น", "Done: it need not report, and was told."),
    ("notice", "จากส่วนกลาง", "The department has written; please read it."),
    ("notice", "ไม่อยู่ในทะเบียน", "A report came from an address that nobody knows; please say whether to take it."),
    ("notice", "ที่ส่วนกลางขอเสร็จแล้ว", "What the department asked for is noted as done."),
    ("notice", "ส่งรายงานแก้ไขเพิ่มเติม", "The amended report went to the department."),
    ("notice", "ส่งรายงาน", "The report went to the department."),
    ("notice", "หนังสือจังหวัดถึงอำเภอ", "The letter to the districts has its number and day."),
)  # fmt: skip
OUTCOMES = {
    "accepted": ("all is there", "ครบถ้วน"),
    "partly": ("partly right", "ถูกต้องบางส่วน"),
    "rejected": ("no report in it", "ไม่พบแบบรายงาน"),
    "unreadable": ("cannot be read", "เปิดอ่านไม่ได้"),
    "auto-reply": ("an automatic reply, left unanswered", "เป็นจดหมายตอบรับอัตโนมัติ จึงไม่ตอบ"),
    "unknown-sender": ("an unknown sender, held for staff", "ไม่รู้จักผู้ส่ง เก็บไว้ให้เจ้าหน้าที่พิจารณา"),
    "letter-given": ("staff give number and day of the letter", "เจ้าหน้าที่แจ้งเลขที่และวันที่ของหนังสือ"),
    "approved": ("staff approve the draft", "เจ้าหน้าที่อนุมัติร่างรายงาน"),
    "put-to-staff": ("a wish, put to staff", "เป็นคำขอ เสนอเจ้าหน้าที่พิจารณา"),
    "granted": ("staff grant the wish", "เจ้าหน้าที่อนุญาตตามคำขอ"),
    "said-back": ("a wish of staff, said back before it is done", "เป็นคำสั่งของเจ้าหน้าที่ ทวนก่อนดำเนินการ"),
    "exempted": ("staff confirm the exemption", "เจ้าหน้าที่ยืนยันการยกเว้น"),
    "department": ("words of the department, told to staff", "เป็นข้อความของส่วนกลาง แจ้งเจ้าหน้าที่"),
    "task-done": ("staff say that it is done", "เจ้าหน้าที่แจ้งว่าดำเนินการเสร็จแล้ว"),
}


@dataclass(frozen=True)
class Said:
    """What a letter said: of which kind and about which circulars it is, in English and in its own Thai."""

    kind: str
    circulars: str
    english: str
    thai: str


def message_id(raw: bytes) -> str:
    """A letter's Message-ID; its copies to several readers bear the same."""
    return str(email.message_from_bytes(raw, policy=email.policy.default)["Message-ID"])


def said_by(raw: bytes) -> Said:
    """What a letter of the bot said."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    kind, subject = str(mail["X-Ruam-Kind"]), _APART.sub("", str(mail["Subject"]))
    body = mail.get_body(("plain",))
    asked = next(iter((body.get_content() if body else "").splitlines()), "").strip("= ")
    thai = asked if asked.startswith(subject) else f"“{subject}” {asked}"
    return Said(kind, str(mail["X-Ruam-Circular"] or ""), _english(kind, subject, asked), thai)


def _english(kind: str, subject: str, asked: str) -> str:
    sentence = next((said for each, words, said in SAYS if each == kind and words in f"{subject} {asked}"), "")
    plain = ascii_digits(asked)
    day, count = _DAY.search(plain), _COUNT.search(plain)
    number = _NUMBER.search(ascii_digits(subject))
    calls = _CALLS.search(plain)
    done = ascii_digits(subject.rpartition("ครบแล้ว ")[2])
    return sentence.format(
        day=f"{day[1]} {calendar.month_name[MONTHS.index(day[2]) + 1]}" if day else "the day it names",
        count=count[1] if count else "some",
        number=number[0] if number else "",
        calls=f" ({calls[1]} to phone)" if calls else "",
        done=", ".join(found.strip() for found in _DONE.findall(done)),
    )


def said_in_mail(raw: bytes) -> tuple[str, str]:
    """What somebody's mail to the office brings, in English and Thai."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    names = [part.get_filename() or "" for part in mail.iter_attachments()]
    body = mail.get_body(("plain",))
    lines = (body.get_content() if body else "").splitlines()
    words = "\n".join(line for line in lines if line and not line.startswith(">"))
    english, thai = IN_ENGLISH.get(words, ""), " ".join(words.splitlines())
    if not names:
        return f"writes: “{english or thai}”", f"ส่งข้อความว่า “{thai}”"
    why = (f" (“{english}”)", f" (“{thai}”)") if english else ("", "")
    return f"sends a mail with the file {names[0]}{why[0]}", f"ส่งจดหมายพร้อมไฟล์ {names[0]}{why[1]}"


def taken(decision: Decision) -> tuple[str, str]:
    """How a mail was taken, in English and Thai."""
    english, thai = OUTCOMES.get(decision.outcome, (decision.outcome, decision.outcome))
    count = len(decision.answers)
    errors = sum(f.severity is Severity.ERROR for f in decision.findings) if count else 0
    if count:
        english += f"; {count} answers recorded"
        thai += f" บันทึก {count} คำตอบ"
    if errors:
        english += f", {errors} to be mended"
        thai += f" ต้องแก้ไข {errors} จุด"
    return english, thai_digits(thai)
