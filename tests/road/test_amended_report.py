"""After the report: what comes late goes into an amended report, tied to the one before; end to end on the embedded servers."""

import io
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.road.kept import keep

ROOT = Path(__file__).parent.parent.parent
LONG, PAO, DEPARTMENT = "long@amphoe.example", "pao@phrae.example", "dla0810@dla.example"

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def scene(embedded_office, post_office, clerk, letters):
    return Scene(embedded_office, post_office, clerk, letters)


class Scene:
    """Two reporters, staff and the department; each pass at a moment of its own."""

    def __init__(self, office, post_office, clerk, letters) -> None:
        self.office, self.post, self.letters = office, post_office, letters
        self.people = {address: clerk(address) for address in (LONG, PAO, office.staff, DEPARTMENT)}
        office.keep_only("long", "pao")
        office.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
        file = office.folder / "circulars" / "w5827" / "circular.toml"
        more = 'to = ["dla0810@dla.example"]\nattachments = ["report", "pdf", "cover"]\nwait_for_number = true'
        text = file.read_text(encoding="utf-8").replace('to = ["dla0810@dla.example"]', more)
        file.write_text(text, encoding="utf-8")

    def at(self, moment: str) -> None:
        """One pass, and another that sends what was decided."""
        self.office.ruam("once", "--at", moment)

    def inbox(self, address: str) -> list:
        return [self.letters.parse(raw) for raw in self.post.inbox_of(address)]

    def report(self, address: str, mark: str, text: str) -> None:
        """Fill the enclosed form of the request and send it."""
        request = self.post.inbox_of(address)[0]
        person = self.people[address]
        raw = person.reply(request, text, person.filled(self.letters.enclosure(request), mark))
        self.post.deliver(raw, address, "office+w5827@phrae.example")

    def approve(self, number: str) -> None:
        """Staff answer the newest draft."""
        drafts = [raw for raw in self.post.inbox_of(self.office.staff) if self.letters.kinds([raw]) == ["draft"]]
        raw = self.people[self.office.staff].reply(drafts[-1], f"อนุมัติ\nเลขที่ {number} ลงวันที่ 6 ธันวาคม 2567")
        self.post.deliver(raw, self.office.staff, "office+w5827@phrae.example")

    def dispatched(self) -> None:
        """Both report, the draft is approved, the report goes."""
        self.at("2024-11-20T08:30")
        self.report(LONG, "✓", "ส่งรายงาน")
        self.report(PAO, "✓", "ส่งรายงาน")
        self.at("2024-11-25T09:00")
        self.approve("พร 0023.1/1111")
        self.at("2024-11-25T10:00")

    def drafts(self) -> list:
        return [mail for mail in self.inbox(self.office.staff) if mail["X-Ruam-Kind"] == "draft"]


def body(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def files(mail) -> dict:
    return {part.get_filename(): part.get_payload(decode=True) for part in mail.iter_attachments()}


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document).replace("\u00a0", " ")


def test_late_answers_go_to_the_department_as_amended_reports_each_tied_to_the_one_before(scene):
    scene.dispatched()
    [first] = scene.inbox(DEPARTMENT)
    scene.report(LONG, "-", "ขอแก้ไข เพราะนับรวมของตำบลอื่นครับ")
    scene.at("2024-11-26T09:00")
    receipt = scene.inbox(LONG)[-1]
    assert "รายงานแก้ไขเพิ่มเติม" in body(receipt)
    assert "ไม่ต้องดำเนินการใดอีก" not in body(receipt)
    scene.at("2024-11-26T09:20")
    assert len(scene.drafts()) == 1  # others may correct something, too
    scene.at("2024-11-26T09:31")
    draft = scene.drafts()[-1]
    assert "รายงานแก้ไขเพิ่มเติม ครั้งที่ ๑" in draft["Subject"]
    said = body(draft)
    assert "เดิม ✓ แก้เป็น ✗" in said
    assert "นับรวมของตำบลอื่น" in said
    assert "1111" not in said
    assert "พร ๐๐๒๓.๑/๑๑๑๑" in said
    scene.at("2024-11-26T12:00")
    assert len(scene.drafts()) == 2  # the same figures are not drafted again
    scene.approve("พร 0023.1/2222")
    scene.at("2024-11-26T13:00")
    [_, second] = scene.inbox(DEPARTMENT)
    assert "รายงานแก้ไขเพิ่มเติม ครั้งที่ ๑" in second["Subject"]
    assert second["In-Reply-To"] == first["Message-ID"]
    assert first["Message-ID"] in second["References"]
    made = files(second)
    book = openpyxl.load_workbook(io.BytesIO(made["w5827-phrae-report.xlsx"]))
    sheet = book["รายการที่แก้ไข"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert {row[2] for row in rows if row[0]} == {"✓"}
    assert {row[3] for row in rows if row[0]} == {"✗"}
    assert "เพราะนับรวม" in rows[0][4]
    assert "รายการที่แก้ไข" in words_of(made["w5827-phrae-report.pdf"])
    cover = words_of(made["w5827-phrae-cover.pdf"])
    assert "๒๒๒๒" in cover
    assert "๑๑๑๑" in cover  # อ้างถึง
    for address in (LONG, scene.office.staff, DEPARTMENT):
        keep(address.partition("@")[0], scene.post.inbox_of(address))

    scene.report(LONG, "✓", "ที่แก้ไปนั้นผิด ของเดิมถูกแล้วครับ")
    scene.at("2024-11-27T09:00")
    scene.at("2024-11-27T09:40")
    scene.approve("พร 0023.1/3333")
    scene.at("2024-11-27T10:00")
    third = scene.inbox(DEPARTMENT)[-1]
    assert "ครั้งที่ ๒" in third["Subject"]
    assert third["In-Reply-To"] == second["Message-ID"]
    assert third["References"].split() == [first["Message-ID"], second["Message-ID"]]
    told = [mail["Subject"] for mail in scene.inbox(scene.office.staff) if "ให้กรม" in (mail["Subject"] or "")]
    assert len(told) == 3
    assert scene.office.ruam("verify").returncode == 0


def test_an_amended_report_waits_for_a_person_where_the_first_did_not(scene):
    file = scene.office.folder / "circulars" / "w5827" / "circular.toml"
    text = file.read_text(encoding="utf-8").replace("\nwait_for_number = true", "")
    text = text.replace('dispatch = "approve"', 'dispatch = "auto"').replace(', "cover"]', "]")
    file.write_text(text, encoding="utf-8")
    scene.at("2024-11-20T08:30")
    scene.report(LONG, "✓", "")
    scene.report(PAO, "✓", "")
    scene.at("2024-11-25T09:00")
    assert len(scene.inbox(DEPARTMENT)) == 1
    scene.report(PAO, "-", "ขอแก้ไข")
    scene.at("2024-11-26T09:00")
    scene.at("2024-11-26T10:00")
    assert len(scene.inbox(DEPARTMENT)) == 1
    assert len(scene.drafts()) == 1


def test_figures_that_turn_back_leave_nothing_to_amend(scene):
    scene.dispatched()
    scene.report(LONG, "-", "ขอแก้ไข")
    scene.at("2024-11-26T09:00")
    scene.at("2024-11-26T09:40")
    scene.report(LONG, "✓", "ของเดิมถูกแล้ว")
    scene.at("2024-11-26T10:00")
    scene.at("2024-11-26T11:00")
    assert len(scene.drafts()) == 2
    scene.approve("พร 0023.1/2222")
    scene.at("2024-11-26T12:00")
    assert len(scene.inbox(DEPARTMENT)) == 1
    assert "ไม่มีสิ่งใดต้องแก้ไขเพิ่มเติม" in body(scene.inbox(scene.office.staff)[-1])


def test_what_comes_when_all_is_over_is_kept_answered_as_late_and_put_to_staff(scene):
    scene.dispatched()
    scene.report(LONG, "-", "ขอแก้ไขครับ ช้าไปหน่อย")
    scene.at("2025-03-03T09:00")
    scene.at("2025-03-03T10:00")
    assert "ได้รับเมื่อพ้นกำหนด" in body(scene.inbox(LONG)[-1])
    assert len(scene.drafts()) == 1
    told = scene.inbox(scene.office.staff)[-1]
    assert "หลังปิดเรื่อง" in told["Subject"]
    assert "ช้าไปหน่อย" in body(told)


def test_what_the_department_asks_for_is_a_task_until_staff_say_that_it_is_done(scene):
    scene.dispatched()
    report = scene.post.inbox_of(DEPARTMENT)[0]
    person = scene.people[DEPARTMENT]
    wish = "ขอให้แก้ไขข้อมูลของอำเภอลอง ภายในวันที่ ๓๐ พฤศจิกายน ๒๕๖๗ ครับ"
    attached = scene.letters.enclosure(report)  # with the report that it is about, as people do
    for raw in (
        person.reply(report, wish, attached),
        person.reply(report, "ได้รับแล้วครับ ขอบคุณครับ"),
        person.reply(report, "ขณะนี้ไม่อยู่ที่โต๊ะ").replace(
            b"\r\nSubject:", b"\r\nAuto-Submitted: auto-replied\r\nSubject:", 1
        ),
    ):
        scene.post.deliver(raw, DEPARTMENT, "office+w5827@phrae.example")
    scene.at("2024-11-25T11:00")
    scene.at("2024-11-25T12:05")
    staff = scene.office.staff
    told = "\n".join(f"{mail['Subject']} {body(mail)}" for mail in scene.inbox(staff))
    assert all(words in told for words in ("ขอให้แก้ไขข้อมูลของอำเภอลอง", "ได้รับแล้วครับ ขอบคุณครับ", "ขณะนี้ไม่อยู่ที่โต๊ะ"))
    outcomes = [line.split("\t")[3:5] for line in scene.office.ruam("mails").stdout.splitlines()]
    assert outcomes[-3:] == [
        ["department", "w5827"],
        ["department", "w5827"],
        ["department-program", "w5827"],
    ]
    [task] = scene.office.ruam("tasks").stdout.splitlines()
    number = task.split("\t")[0]
    assert task.split("\t")[2:5] == ["open", "w5827", DEPARTMENT]
    scene.at("2024-11-29T08:30")  # days after the report went
    digest = scene.inbox(staff)[-1]
    assert digest["X-Ruam-Kind"] == "digest"
    assert "ดำเนินการตามที่ส่วนกลางขอ" in digest["Subject"]
    assert "เสร็จ ๑๗" in body(digest)
    assert "ขอให้แก้ไขข้อมูลของอำเภอลอง" in body(digest)
    scene.report(LONG, "-", "แก้ตามที่กรมแจ้ง")
    scene.at("2024-11-29T09:00")
    scene.at("2024-11-29T09:40")
    scene.approve("พร 0023.1/2222")
    scene.at("2024-11-29T10:00")
    scene.at("2024-11-29T10:01")
    sent = next(
        raw
        for raw in reversed(scene.post.inbox_of(staff))
        if "ส่งรายงานแก้ไข" in str(scene.letters.parse(raw)["Subject"])
    )
    assert f"เสร็จ {number}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) in body(scene.letters.parse(sent))
    forged = scene.people[LONG].reply(sent, f"เสร็จ {number}")
    scene.post.deliver(forged, LONG, "office+w5827@phrae.example")
    scene.at("2024-11-29T10:10")
    assert scene.office.ruam("tasks").stdout
    scene.post.deliver(scene.people[staff].reply(sent, f"เสร็จ {number} ครับ"), staff, "office+w5827@phrae.example")
    scene.at("2024-11-29T10:20")
    assert scene.office.ruam("tasks").stdout == ""
    assert f"by {staff}" in scene.office.ruam("tasks", "--all").stdout
    assert "บันทึกว่าดำเนินการตามที่ส่วนกลางขอเสร็จแล้ว" in scene.inbox(staff)[-1]["Subject"]
    assert scene.office.ruam("tasks", "--done", number, check=False).returncode == 2
    assert scene.office.ruam("verify").returncode == 0
