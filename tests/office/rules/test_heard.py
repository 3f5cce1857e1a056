"""The law: no mail of whom the office owes a word ends without an answer to it or a word to staff with its text.

Every kind of sender sends every kind of mail, as bytes, through the reading and the rules; the table of who is told what is
printed (``-s``). Answers go only where they belong: that is asserted for each cell too.
"""

import dataclasses
import functools
import io
from email.message import EmailMessage

import openpyxl
import pytest

from bot.documents.form.excel_form import blank_form
from bot.office.decision import Facts
from bot.office.letters.enclosures import MarkedCopy
from bot.office.letters.letter import STAFF
from bot.office.model.received_mail import Verdict
from bot.office.model.recorded_answer import Recorded
from bot.office.model.sent_letter import SentLetter
from bot.office.rules.case import Case
from bot.office.rules.decide import decide
from bot.office.rules.sender_trust import known_to, speaks_for
from parsers.findings import Place
from parsers.read import read_message

LONG, CHIEF, OWN = (
    "long@district.phrae.example",
    "chief.long@district.phrae.example",
    "saraban_05540103@lao.phrae.example",
)
STRANGER, DEPARTMENT = "who@freemail.example", "dla0810_7@dla.go.th"
NO = False
REQUEST, TO_STAFF, REPORT = "request1@phrae.example", "digest1@phrae.example", "report1@phrae.example"
XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclasses.dataclass(frozen=True)
class Sender:
    """Somebody who writes: From, what a program or list adds, which letter of ours is answered."""

    address: str
    owing: bool = True
    heads: tuple[tuple[str, str], ...] = ()
    answers: str = ""
    verdict: Verdict = Verdict.NONE
    heard: bool = True  # whether the law speaks of it
    answered_at: tuple[str, ...] = ()  # where answers may go


LISTED = (("List-Id", "<amphoe.lists.example>"), ("List-Post", "<mailto:saraban@lists.example>"))
SENDERS = {
    "reporter owing": Sender(LONG, answered_at=(LONG,)),
    "reporter complete": Sender(LONG, owing=False, answered_at=(LONG,)),
    "reporter complete, answers": Sender(LONG, owing=False, answers=REQUEST, answered_at=(LONG,)),
    "district chief": Sender(CHIEF),
    "chief, answers our letter": Sender(CHIEF, answers=REQUEST, answered_at=(CHIEF, LONG)),
    "organisation": Sender(OWN, answered_at=(OWN,)),
    "staff": Sender("somsri@phrae.example", answered_at=("somsri@phrae.example", LONG)),
    "staff, answers our letter": Sender("somsri@phrae.example", answers=TO_STAFF, answered_at=("somsri@phrae.example", LONG)),
    "department, to": Sender(DEPARTMENT),
    "department, its domain": Sender("somebody@dla.go.th", answers=REPORT),
    "department, forged": Sender(DEPARTMENT, verdict=Verdict.FAIL),
    "department by free mail": Sender("official@gmail.com", answers=REPORT),
    "stranger": Sender(STRANGER, heard=False),
    "stranger, answers our letter": Sender(STRANGER, answers=REQUEST, answered_at=(STRANGER, LONG)),
    "stranger, answers staff's": Sender(STRANGER, answers=TO_STAFF),
    "list, reporter known": Sender(LONG, heads=LISTED, answered_at=(LONG,)),
    "list, From rewritten": Sender("saraban@lists.example", heads=LISTED, heard=False),
    "list, rewritten, answers": Sender("saraban@lists.example", heads=LISTED, answers=REQUEST, answered_at=(LONG,)),
    "machine of a reporter": Sender(LONG, heads=(("Auto-Submitted", "auto-replied"),), heard=False, answered_at=(LONG,)),
    "inbox rule of a reporter": Sender(
        LONG, heads=(("Auto-Submitted", "auto-generated"),), heard=False, answered_at=(LONG,)
    ),
    "forged reporter": Sender(LONG, verdict=Verdict.FAIL),
    "forged, answers our letter": Sender(LONG, answers=REQUEST, verdict=Verdict.FAIL, answered_at=(LONG,)),
    "forged staff": Sender("somsri@phrae.example", verdict=Verdict.FAIL),
    "no From": Sender("", heard=False),
}  # fmt: skip
WORDS = {
    "question": "เรียน เจ้าหน้าที่\nส่งเป็นไฟล์ PDF ได้ไหมครับ",
    "withdrawal": "ขอยกเลิกรายงานที่ส่งเมื่อเช้าครับ จะส่งใหม่พรุ่งนี้",
    "correction": "อบต.ไทรย้อย ข้อ 3 ที่ถูกต้องคือยังไม่ได้ทำครับ",
    "recall": 'สมชาย would like to recall the message, "แบบรายงาน".',
    "new address": "แจ้งเปลี่ยนอีเมลเป็น new.long@district.phrae.example ค่ะ",
    "thanks": "ขอบคุณครับ",
    "nil reply": "ไม่มีข้อมูลครับ",
    "command": "อนุมัติ",
    "unknown words": "ฝนตกหนักมากวันนี้",
    "empty": "",
}  # fmt: skip
SILENT = {"auto reply", "bounce", "duplicate"}


@pytest.fixture(scope="module")
def forms(bureau, circular):
    """The form of Long: filled in, half filled in, blank, as the bytes of a workbook."""
    blank = blank_form(circular, bureau.roster, "long")

    def filled(most: int) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(blank))
        sheet = book.worksheets[0]
        named = {n for n in range(1, 60) if str(sheet.cell(n, 2).value or "").startswith(("เทศบาล", "องค์การ"))}
        rows = [row for row in sheet.iter_rows(min_col=3) if row[0].row in named]
        for cell in [cell for row in rows for cell in row if not cell.protection.locked][:most]:
            cell.value = "✓"
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return {
        "filled form": filled(999),
        "partly form": filled(6),
        "blank form": blank,
        "damaged file": b"PK\x03\x04" + blank[40:900],
    }


def mail_of(kind: str, who: Sender, forms) -> bytes:
    mail = EmailMessage()
    if who.address:
        mail["From"] = who.address
    mail["To"], mail["Subject"], mail["Message-ID"] = (
        "office@phrae.example",
        "Re: [w5827] report",
        f"<{kind}@x.example>".replace(" ", ""),
    )
    mail["Reply-To"] = "third@party.example"
    for name, value in who.heads:
        mail[name] = value
    if who.answers:
        mail["In-Reply-To"] = f"<{who.answers}>"
    if kind == "auto reply":
        del mail["Auto-Submitted"]
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(
        WORDS.get(kind, "ขอส่งแบบรายงานครับ" if kind != "link" else "https://drive.google.com/file/d/1a2b/view")
    )
    if kind in forms:
        mail.add_attachment(forms[kind], maintype="application", subtype=XLSX, filename="form.xlsx")
    if kind == "picture":
        picture = b"\x89PNG\r\n\x1a\n" + b"\0" * 60
        mail.add_attachment(picture, maintype="image", subtype="png", filename="scan.png")
    if kind == "bounce":
        del mail["Content-Type"]
        mail["Content-Type"] = 'multipart/report; report-type="delivery-status"; boundary="b"'
        mail.set_payload("--b\n\nreturned\n--b--\n")
    if kind == "invitation":
        mail.add_alternative(
            "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n", subtype="calendar", params={"method": "REQUEST"}
        )
    return mail.as_bytes()


KINDS = (
    *("filled form", "partly form", "blank form", "damaged file", "picture", *WORDS),
    *("invitation", "link", "auto reply", "bounce", "duplicate"),
)


@pytest.fixture(scope="module")
def letters():
    return {
        REQUEST: SentLetter("request", "w5827", "long", "request", REQUEST, (LONG,)),
        TO_STAFF: SentLetter("digest", "", STAFF, "2024-11-21", TO_STAFF, ("somsri@phrae.example",)),
        REPORT: SentLetter("report", "w5827", "department", "report", REPORT, (DEPARTMENT,)),
    }


class Outcome:
    """What one mail brought about: the decision with who is told."""

    def __init__(self, sender: Sender, decision, text: str) -> None:
        self.decision, self.text = decision, text
        self.answers = [letter for letter in decision.letters if letter.addressee != STAFF]
        to_staff = [letter for letter in decision.letters if letter.addressee == STAFF]
        self.to_sender = [
            letter
            for letter in decision.letters
            if letter.to == (sender.address,) and (letter in self.answers or letter.in_reply_to)
        ]
        waits = any(entry.step.startswith("words-") for entry in decision.ledger)
        shown = [quote.text for letter in to_staff for quote in letter.view.get("quotes", ())]
        self.word = "by the hour" if waits else "at once" if to_staff and letter_is_not_reply(to_staff, sender) else ""
        self.with_text = (waits and text in decision.why) or any(text in each for each in shown)

    @property
    def heard(self) -> bool:
        """An answer, or a word to staff with the text."""
        return bool(self.answers or self.to_sender) or (bool(self.word) and self.with_text)

    def __str__(self) -> str:
        told = "+".join(
            part
            for part in ("answer" if self.answers or self.to_sender else "", f"staff {self.word}" if self.word else "")
            if part
        )
        return f"{self.decision.outcome}: {told or 'nobody'}"


def letter_is_not_reply(letters, sender) -> bool:
    return any(letter.in_reply_to == "" for letter in letters)


@pytest.fixture(scope="module")
def outcome(bureau, circular, forms, letters, papers):
    """Reads and decides one cell of the table."""
    catalogue = known_to(bureau.catalogue(), ())
    everything = tuple(
        Recorded(o.code, q.key, NO, 1, LONG, papers.moment("2024-11-20 10:00"), "", Place("f", "s", "C4"), "long")
        for o in bureau.roster.organisations
        for q in circular.form.asked
    )

    @functools.cache
    def read(raw: bytes, circular: str | None = None, reporter: str | None = None):
        return read_message(raw, catalogue, circular=circular, reporter=reporter)

    def decided(name: str, kind: str) -> Outcome:
        who = SENDERS[name]
        message = papers.inboxed()
        raw = mail_of("filled form" if kind == "duplicate" else kind, who, forms)
        reading = read(raw)
        answered = (letters[who.answers],) if who.answers else ()
        facts = Facts(
            () if who.owing else everything, answered=answered, verdict=who.verdict, seen_before=kind == "duplicate"
        )
        key = speaks_for(bureau, reading, facts, message)
        if key:
            reading = read(raw, reading.circular, key)
        text = reading.mail.text.strip() or "(ไม่มีข้อความ)"
        return Outcome(who, decide(Case(bureau, reading, facts, message, papers.moment("2024-11-21 12:00"))), text)

    return decided


@pytest.mark.parametrize("name", SENDERS)
def test_no_mail_ends_unheard_and_no_answer_goes_astray(outcome, name):
    """Every sender with every kind of mail."""
    faults, who = [], SENDERS[name]
    print(f"\n{name}")
    for kind in KINDS:
        came = outcome(name, kind)
        print(f"    {kind:<14} {came}")
        silent = kind in SILENT or (kind == "thanks" and came.decision.outcome == "thanks")
        if who.heard and not silent and not came.heard:
            faults.append(f"{kind}: unheard ({came.decision.outcome})")
        faults += [
            f"{kind}: answered at {to}"
            for letter in came.answers
            for to in (*letter.to, *letter.cc)
            if to not in who.answered_at
        ]
        if who.verdict is Verdict.FAIL and not who.answers and came.answers:
            faults.append(f"{kind}: a forger is answered")
        if any(
            isinstance(e, MarkedCopy) for letter in came.answers for e in letter.enclosures if STRANGER in letter.to
        ):
            faults.append(f"{kind}: a marked copy to a stranger")
    assert faults == []


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("inbox rule of a reporter", "filled form", "accepted: answer"),
        ("inbox rule of a reporter", "blank form", "auto-reply: nobody"),
        ("inbox rule of a reporter", "damaged file", "by-machine: staff at once"),
        ("machine of a reporter", "question", "auto-reply: nobody"),
        ("list, From rewritten", "filled form", "unknown-sender: staff at once"),
        ("list, From rewritten", "damaged file", "unknown-sender: staff at once"),
        ("list, reporter known", "damaged file", "unreadable: answer+staff at once"),
        ("list, reporter known", "question", "words: staff by the hour"),
        ("list, rewritten, answers", "filled form", "accepted: answer"),
        ("reporter complete", "thanks", "thanks: nobody"),
        ("reporter complete", "withdrawal", "said-back: answer+staff by the hour"),
        ("reporter owing", "thanks", "thanks: nobody"),
        ("reporter owing", "nil reply", "rejected: answer"),
        ("reporter complete", "nil reply", "words: answer+staff by the hour"),
        ("reporter complete", "filled form", "accepted: answer"),
        ("department, to", "thanks", "department: staff at once"),
        ("department, to", "question", "department: staff at once"),
        ("department by free mail", "withdrawal", "department: staff at once"),
        ("staff", "unknown words", "not-understood: answer"),
        ("staff", "thanks", "thanks: nobody"),
        ("forged reporter", "withdrawal", "not-vouched-for: staff at once"),
        ("forged, answers our letter", "filled form", "accepted: answer"),
        ("forged, answers our letter", "withdrawal", "words: staff by the hour"),
        ("stranger", "unknown words", "unknown-sender: staff at once"),
        ("district chief", "question", "unknown-sender: staff at once"),
        ("chief, answers our letter", "question", "words: answer+staff by the hour"),
    ],
)  # fmt: skip
def test_what_becomes_of_it(outcome, name, kind, told):
    """The cells that were wrong once."""
    assert str(outcome(name, kind)) == told


def test_words_of_failed_reports_are_not_used_for_words(outcome):
    for kind in ("question", "withdrawal", "correction", "recall", "new address", "unknown words", "thanks", "empty"):
        for name in ("reporter owing", "reporter complete"):
            for letter in outcome(name, kind).answers:
                said_back = (
                    kind == "withdrawal" and name == "reporter complete"
                )  # who owes has sent nothing to take back
                assert letter.template == ("choose" if said_back else "notice" if kind == "new address" else "heard")
                assert "ยังบันทึกรายงานไม่ได้" not in letter.subject


def test_who_reports_in_anothers_name_is_answered_and_that_one_hears_of_it(outcome):
    """The same answer goes to the reporter's own address, and says from where the mail came."""
    first, copy = outcome("stranger, answers our letter", "filled form").answers
    assert (first.to, copy.to) == ((STRANGER,), (LONG,))
    assert copy.view["elsewhere"]
    assert copy.view["sender"] == STRANGER
    assert first.key != copy.key
    (only,) = outcome("reporter owing", "filled form").answers
    assert only.view["elsewhere"] is False
