"""A circular from the department's own mail to its report, on real Dovecot and Postfix, each step by mail alone.

The form is drawn here from the headings of a public one that nobody of us drew: the bulk upload template "Payments to
Individuals" of the United States' state and local fiscal recovery funds, with its rows for programs and its help texts.
"""

import io
from email.message import EmailMessage
from email.policy import SMTP

import docx
import openpyxl
import pytest

OFFICE, STAFF, DEPARTMENT = "office@phrae.example", "somsri@phrae.example", "dla0810@dla.example"
DEN_CHAI, LONG, SONG, PAO = (
    *(f"{name}@amphoe.example" for name in ("den-chai", "long", "song")),
    "pao@phrae.example",
)
LETTER = """\
ที่ กค ๐๔๐๙.๒/ว ๗๑
กรมบัญชีกลาง
๒๐ พฤศจิกายน ๒๕๖๗
เรื่อง รายงานการจ่ายเงินช่วยเหลือรายบุคคล
เรียน ผู้ว่าราชการจังหวัด ทุกจังหวัด
ขอให้จังหวัดรวบรวมรายงานตามแบบที่แนบ ส่งกรมบัญชีกลางทางไปรษณีย์อิเล็กทรอนิกส์ old-address@dla.example
ภายในวันที่ ๑๓ ธันวาคม ๒๕๖๗ เวลา ๑๖.๓๐ น.
"""
FORM = (
    ("Version - 2022.03.28",),
    ("Template Name: Bulk Upload Template for Payments to Individuals",),
    ("Instructions to Reporter:\n- Do not change the cell formatting\n- Do not add columns",),
    (
        "Field ID",
        "Project_Identification_Number__c",
        "Quarterly_Obligation_Amt__c",
        "Quarterly_Expenditure_Amt__c",
        "Remarks__c",
    ),
    (
        "Field Name",
        "Recipient Project Id",
        "Total Period Obligation Amount (Aggregates)",
        "Total Period Expenditure Amount (Aggregates)",
        "Internal Tracking Id",
    ),
    ("Required or Optional", "Required", "Required", "Required", "Optional"),
    (
        "Help Text",
        "Recipient Project ID that allows the Recipient to associate Expenditures",
        "Sum of obligations during the most recent period. Currency, 2 decimals",
        "Sum of payments during the most recent period. Currency, 2 decimals",
        "Free text",
    ),
)
CORRECTIONS = """\
เรียน ผู้ดูแลระบบ
ขอแก้ไขดังนี้ค่ะ
1. กำหนดส่งอำเภอเป็นวันที่ ๒๙ พ.ย. ๖๗
2. ส่งกรมที่ dla0810@dla.example
3. ข้อ ๑ เว้นว่างได้
4. ข้อ ๒ เปลี่ยนชื่อเป็น ยอดผูกพัน
5. ข้อ ๓ เปลี่ยนชื่อเป็น ยอดจ่ายจริง
6. ตัดข้อ ๔
สมศรี
"""

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]


def letter_of_the_department() -> bytes:
    document, data = docx.Document(), io.BytesIO()
    for line in LETTER.splitlines():
        document.add_paragraph(line)
    document.save(data)
    return data.getvalue()


def blank_form() -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    for row in FORM:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


class Desk:
    """The office, pass by pass, and what each address got."""

    def __init__(self, mail, office, clerk, letters) -> None:
        self.mail, self.office, self.letters = mail, office, letters
        self.people = {address: clerk(address) for address in (STAFF, DEN_CHAI, LONG)}
        self.seen = {}

    def at(self, moment: str) -> None:
        self.office.ruam("once", "--at", moment)

    def send(self, sender: str, raw: bytes, moment: str) -> None:
        """A mail to the office, and the pass that decides it."""
        waiting = len(self.mail.mails_of(OFFICE))
        self.mail.submit(sender, OFFICE, raw)
        self.mail.wait_for(OFFICE, waiting + 1)
        self.at(moment)

    def new(self, address: str, count: int = 1) -> list[bytes]:
        """The mails that an address got since this was last asked."""
        seen = self.seen.get(address, 0)
        found = self.mail.wait_for(address, seen + count)
        self.seen[address] = len(found)
        return found[seen:]

    def draft(self) -> bytes:
        """The draft of the report among all that staff got."""
        while True:
            for raw in self.new(STAFF):
                if self.letters.kinds([raw]) == ["draft"]:
                    return raw

    def words(self, raw: bytes) -> str:
        return " ".join(self.letters.parse(raw).get_body(("plain",)).get_content().split())

    def answer(self, sender: str, letter: bytes, text: str, moment: str, form: bytes | None = None) -> None:
        self.send(sender, self.people[sender].reply(letter, text, form), moment)


@pytest.fixture
def desk(real_mail, real_office, clerk, letters):
    people = (OFFICE, STAFF, DEPARTMENT, DEN_CHAI, LONG, SONG, PAO)
    for address in people:
        real_mail.add_user(address)
        real_mail.empty(address)
    real_office.keep_only("den-chai", "long", "song", "pao")
    return Desk(real_mail, real_office, clerk, letters)


def filled(letters, request: bytes, figures: tuple[float, float]) -> bytes:
    """The form of a request with these two figures in each row of an organisation."""
    files = [part.get_payload(decode=True) for part in letters.parse(request).iter_attachments()]
    book = openpyxl.load_workbook(io.BytesIO(next(data for data in files if data[:2] == b"PK")))
    rows = book.worksheets[0].iter_rows()
    heads = next(row for row in rows if "ยอดผูกพัน" in [cell.value for cell in row])
    at = {cell.value: n for n, cell in enumerate(heads)}
    for row in rows:
        if str(row[1].value or "").startswith(("เทศบาล", "องค์การ")):
            row[at["ยอดผูกพัน"]].value, row[at["ยอดจ่ายจริง"]].value = figures
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def forwarded() -> bytes:
    """The department's mail with its two files, forwarded by staff as an attached mail."""
    theirs = EmailMessage(SMTP)
    theirs["From"], theirs["To"], theirs["Subject"] = "saraban@dla.example", STAFF, "ขอความร่วมมือรายงาน"
    theirs.set_content("รายละเอียดตามสิ่งที่ส่งมาด้วย")
    for name, data in (("letter.docx", letter_of_the_department()), ("form.xlsx", blank_form())):
        theirs.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    ours = EmailMessage(SMTP)
    ours["From"], ours["To"], ours["Subject"], ours["Message-ID"] = (
        STAFF,
        OFFICE,
        "Fwd: ขอความร่วมมือรายงาน",
        "<f@phrae.example>",
    )
    ours.set_content("หนังสือเวียนใหม่ค่ะ")
    ours.add_attachment(theirs)
    return ours.as_bytes()


def test_from_the_departments_mail_to_its_report_by_mail_alone(desk, letters):
    desk.at("2024-11-25T08:45")
    desk.send(STAFF, forwarded(), "2024-11-25T09:00")
    (proposal,) = desk.new(STAFF)
    assert "ข้อ ๒ Total Period Obligation Amount (Aggregates): ตัวเลขมีทศนิยม" in desk.words(proposal)
    assert "ว ๗๑" in desk.words(proposal)

    desk.answer(STAFF, proposal, CORRECTIONS, "2024-11-25T09:10")
    (corrected,) = desk.new(STAFF)
    words = desk.words(corrected)
    assert "แก้ไขแล้ว" in words
    assert "ไม่เข้าใจ" not in words
    assert "ยังไม่ได้แก้" not in words
    desk.answer(STAFF, corrected, "เริ่ม", "2024-11-25T09:20")
    assert "เริ่มหนังสือเวียนแล้ว" in desk.words(desk.new(STAFF)[0])

    desk.at("2024-11-26T08:30")
    requests = {address: desk.new(address)[0] for address in (DEN_CHAI, LONG, SONG, PAO)}
    assert set(letters.kinds(requests.values())) == {"request"}
    for sender, figures, moment in ((DEN_CHAI, (1200.5, 800), "10:00"), (LONG, (1000, 99.25), "10:10")):
        form = filled(letters, requests[sender], figures)
        desk.answer(sender, requests[sender], "ส่งแบบค่ะ", f"2024-11-26T{moment}", form)
        assert letters.kinds(desk.new(sender)) == ["receipt"]

    for day in ("27", "28", "29"):
        desk.at(f"2024-11-{day}T09:05")
    for day in ("02", "03", "04", "06", "09", "11", "12"):
        desk.at(f"2024-12-{day}T16:45")
    assert {"reminder", "overdue"} & set(letters.kinds(desk.new(SONG)))
    desk.at("2024-12-13T08:45")
    desk.answer(STAFF, desk.draft(), "อนุมัติ", "2024-12-13T09:00")
    (report,) = desk.new(DEPARTMENT)
    assert letters.kinds([report]) == ["report"]
    book = openpyxl.load_workbook(io.BytesIO(letters.enclosure(report)))
    shown = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {7 * 1200.5 + 11 * 1000, 7 * 800 + 11 * 99.25} <= {v for v in shown if isinstance(v, float | int)}, shown
