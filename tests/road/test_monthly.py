"""Three rounds of a monthly circular by mail, each opened by the clock, on the embedded servers.

The first is plain. The second is pre-filled with it, and two figures are asked after. The third has the file of the wrong
month, a report with a gap, and what came late in an amended report. ``RUAM_KEEP`` keeps every document to be looked at.
"""

import datetime
import email.utils
import io

import openpyxl
import pytest

from bot.cli import round as commands
from tests.road.conftest import BANGKOK, ROOT
from tests.road.kept import keep

DEN_CHAI, LONG, PAO = "den-chai@amphoe.example", "long@amphoe.example", "pao@phrae.example"
REPORTERS = (DEN_CHAI, LONG, PAO)
DEPARTMENT = "dla0810@dla.example"
QUESTION = "หากถูกต้องกรุณาตอบกลับพร้อมเหตุผล หรือแก้ไขแล้วส่งใหม่"
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

pytestmark = pytest.mark.timeout(400)


class Province:
    """The office, three reporters, staff and the department, pass by pass."""

    def __init__(self, office, post_office, clerk, letters) -> None:
        self.office, self.post, self.letters = office, post_office, letters
        self.people = {address: clerk(address) for address in (*REPORTERS, office.staff, DEPARTMENT)}
        office.add_circular(ROOT / "tests" / "circulars" / "waste-monthly", {})
        office.keep_only("den-chai", "long", "pao")
        file = office.folder / "circulars" / "waste-monthly" / "circular.toml"
        text = file.read_text(encoding="utf-8")
        for old, more in (
            ('to = ["dla0810@dla.example"]', 'attachments = ["report", "pdf", "cover"]\nwait_for_number = true'),
            ("minimum = 0", "expected = { at_most = 10000 }"),
        ):
            assert old in text
            text = text.replace(old, f"{old}\n{more}")
        file.write_text(text, encoding="utf-8")

    def at(self, moment: str) -> None:
        """One pass."""
        self.office.ruam("once", "--at", moment)

    def box(self, address: str, kind: str) -> list[bytes]:
        """The letters of a kind that an address got, oldest first."""
        return [raw for raw in self.post.inbox_of(address) if self.letters.kinds([raw]) == [kind]]

    def last(self, address: str, kind: str) -> bytes:
        return self.box(address, kind)[-1]

    def text(self, address: str, kind: str) -> str:
        """Subject and text of the newest letter of a kind, with Arabic digits."""
        return self.words(self.last(address, kind))

    def words(self, raw: bytes) -> str:
        mail = self.letters.parse(raw)
        return f"{mail['Subject']}\n{mail.get_body(('plain',)).get_content()}".translate(ARABIC)

    def send(self, address: str, letter: bytes, words: str, form: bytes | None = None) -> None:
        """Reply to a letter, to where it asks for replies."""
        raw = self.people[address].reply(letter, words, form)
        _, where = email.utils.parseaddr(str(self.letters.parse(letter)["Reply-To"]))
        self.post.deliver(raw, address, where)

    def filled(self, letter: bytes, *tons: float) -> bytes:
        """The form of a request with these figures in its first rows, the last of them in all others."""
        book = openpyxl.load_workbook(io.BytesIO(self.letters.enclosure(letter)))
        left = list(tons)
        for row in named_rows(book):
            row[2].value, row[3].value = left.pop(0) if len(left) > 1 else left[0], "✓"
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def approve(self, number: str, dated: str) -> None:
        """Staff answer the newest draft."""
        self.send(self.office.staff, self.last(self.office.staff, "draft"), f"อนุมัติ\nเลขที่ {number} ลงวันที่ {dated}")


def named_rows(book: openpyxl.Workbook) -> list:
    rows = book.worksheets[0].iter_rows()
    return [row for row in rows if str(row[1].value or "").startswith(("เทศบาล", "องค์การ"))]


def heads(form: bytes) -> str:
    """What stands above the table of a form."""
    rows = openpyxl.load_workbook(io.BytesIO(form)).worksheets[0].iter_rows(max_row=6, max_col=1, values_only=True)
    return "\n".join(str(value) for (value,) in rows)


def figures(form: bytes) -> list:
    return [row[2].value for row in named_rows(openpyxl.load_workbook(io.BytesIO(form)))]


def report_of(province: Province, raw: bytes) -> openpyxl.Workbook:
    files = {part.get_filename(): part for part in province.letters.parse(raw).iter_attachments()}
    [name] = (name for name in files if name.endswith("-report.xlsx"))
    return openpyxl.load_workbook(io.BytesIO(files[name].get_payload(decode=True)))


@pytest.fixture
def province(post_office, embedded_office, clerk, letters):
    made = Province(embedded_office, post_office, clerk, letters)
    yield made
    for address in (*REPORTERS, made.office.staff, DEPARTMENT):
        keep(address.partition("@")[0], post_office.inbox_of(address))


def january(here: Province) -> None:
    """Plain: asked, answered, drafted, approved, sent."""
    here.at("2025-01-27T08:30")
    for address, tons in ((DEN_CHAI, 12), (LONG, 30), (PAO, 400)):
        request = here.last(address, "request")
        assert "เดือนมกราคม 2568" in here.words(request)
        assert set(figures(here.letters.enclosure(request))) == {None}
        here.send(address, request, "ส่งรายงาน", here.filled(request, tons))
    assert "[waste-2568-02]: มีเวลารายงานเพียง 4 วันทำการ" in here.text(here.office.staff, "digest")
    here.at("2025-01-28T10:00")
    assert all("เดือนมกราคม 2568" in here.text(address, "receipt") for address in REPORTERS)
    here.approve("พร 0023.1/101", "28 มกราคม 2568")
    here.at("2025-01-28T11:00")
    assert "เดือนมกราคม 2568" in here.text(DEPARTMENT, "report")


def february(here: Province) -> None:
    """Pre-filled; a figure far from last month's and one above what is expected are asked once, and explained."""
    here.at("2025-02-27T08:30")
    requests = {address: here.last(address, "request") for address in REPORTERS}
    assert figures(here.letters.enclosure(requests[PAO])) == [400]  # of January, to be mended
    assert "แก้ไขให้เป็นข้อมูลของเดือนกุมภาพันธ์ 2568" in here.words(requests[PAO])
    said = heads(here.letters.enclosure(requests[PAO]))
    assert "ข้อมูลที่กรอกไว้เป็นของครั้งก่อน โปรดแก้ไขทุกช่องให้เป็นข้อมูลของเดือนกุมภาพันธ์ ๒๕๖๘ ก่อนส่ง" in said
    assert "กรอกครบทุกช่องแล้ว" not in said
    far, above = here.filled(requests[PAO], 9000), here.filled(requests[DEN_CHAI], 12000, 13)
    here.send(PAO, requests[PAO], "ส่งรายงาน", far)
    here.send(DEN_CHAI, requests[DEN_CHAI], "ส่งรายงาน", above)
    here.send(LONG, requests[LONG], "ส่งรายงาน", here.filled(requests[LONG], 34))  # nothing to ask after
    here.at("2025-02-28T10:00")
    asked = here.text(PAO, "receipt")
    assert "แจ้งไว้ 9,000 ตัน" in asked
    assert "ต่างจากที่เคยรายงานครั้งก่อนมาก (ครั้งก่อนรายงาน 400)" in asked
    assert "สูงกว่าที่คาดไว้ (ไม่เกิน 10,000)" in here.text(DEN_CHAI, "receipt")
    assert [here.text(address, "receipt").count(QUESTION) for address in REPORTERS] == [1, 0, 1]
    here.send(PAO, here.last(PAO, "receipt"), "ถูกต้อง เพราะรับขยะจากงานประเพณีทั้งจังหวัด")
    here.send(DEN_CHAI, here.last(DEN_CHAI, "receipt"), "ถูกต้อง เพราะรื้อบ่อขยะเดิมออกทั้งหมด")
    here.at("2025-02-28T11:00")
    here.send(PAO, requests[PAO], "ส่งอีกครั้ง", far)
    here.send(DEN_CHAI, requests[DEN_CHAI], "ส่งอีกครั้ง", above)
    here.at("2025-02-28T13:00")
    for address, why in ((PAO, "งานประเพณีทั้งจังหวัด"), (DEN_CHAI, "รื้อบ่อขยะเดิม")):
        assert len(here.box(address, "receipt")) == 4  # of January, and three of this month
        assert QUESTION not in here.text(address, "receipt")
        assert why in here.text(here.office.staff, "draft")
    here.approve("พร 0023.1/202", "28 กุมภาพันธ์ 2568")
    here.at("2025-02-28T14:00")
    assert "เดือนกุมภาพันธ์ 2568" in here.text(DEPARTMENT, "report")


def march(here: Province, old: bytes) -> None:
    """The file of the month before is asked; the report goes with a gap."""
    here.at("2025-03-27T08:30")
    requests = {address: here.last(address, "request") for address in REPORTERS}
    assert figures(here.letters.enclosure(requests[DEN_CHAI])) == [12000] + 6 * [13]
    here.send(DEN_CHAI, requests[DEN_CHAI], "ส่งรายงาน", old)
    here.send(PAO, requests[PAO], "ส่งรายงาน", here.filled(requests[PAO], 8500))
    here.at("2025-03-28T10:00")
    asked = here.text(DEN_CHAI, "correction")
    assert "เป็นแบบรายงานของเดือนกุมภาพันธ์ 2568 แต่อีเมลนี้ตอบเรื่องของเดือนมีนาคม 2568" in asked
    assert "โปรดแก้ไขในไฟล์แนบ waste-2568-03-den-chai.xlsx แล้ว" in asked  # and not in the old file
    here.at("2025-04-03T09:00")
    assert "ยังขาดอีก" in here.text(DEN_CHAI, "reminder")  # nothing of the old file was recorded
    assert "แก้ไขข้อมูลของครั้งก่อนที่กรอกไว้ให้เป็นข้อมูลของเดือนมีนาคม 2568" in here.text(LONG, "reminder")
    assert not here.box(PAO, "reminder")
    here.send(DEN_CHAI, requests[DEN_CHAI], "ขออภัย ส่งฉบับของเดือนมีนาคม", here.filled(requests[DEN_CHAI], 14))
    here.at("2025-04-03T10:00")
    assert "ครบ" in here.text(DEN_CHAI, "receipt")
    # Back to what is usual: February's figure was explained, so it was no measure.
    assert [here.text(address, "receipt").count(QUESTION) for address in (DEN_CHAI, PAO)] == [0, 0]
    here.at("2025-04-04T12:00")  # the cut-off: the 6th is a holiday, the 5th a Saturday
    draft = here.text(here.office.staff, "draft")
    assert "ยังรายงานไม่ครบ 11 แห่ง" in draft
    here.approve("พร 0023.1/303", "4 เมษายน 2568")
    here.at("2025-04-04T13:00")
    assert "เดือนมีนาคม 2568" in here.text(DEPARTMENT, "report")


def amended(here: Province) -> None:
    """Who was late answers, and who had answered corrects himself: the department gets both in one table of changes."""
    first = here.last(DEPARTMENT, "report")
    late, mended = here.last(LONG, "request"), here.last(DEN_CHAI, "request")
    here.send(LONG, late, "ขออภัยที่ส่งช้าครับ", here.filled(late, 31))
    here.send(DEN_CHAI, mended, "ขอแก้ไข เพราะชั่งน้ำหนักใหม่", here.filled(mended, 15, 14))
    here.at("2025-04-08T09:00")
    for address in (LONG, DEN_CHAI):
        assert "รายงานแก้ไขเพิ่มเติม" in here.text(address, "receipt")
        assert "ไม่ต้องดำเนินการใดอีก" not in here.text(address, "receipt")
    here.at("2025-04-08T09:40")
    draft = here.text(here.office.staff, "draft")
    assert "รายงานแก้ไขเพิ่มเติม ครั้งที่ 1" in draft
    assert "เดิม 14 ตัน/เดือน แก้เป็น 15 ตัน/เดือน" in draft
    here.approve("พร 0023.1/404", "8 เมษายน 2568")
    here.at("2025-04-08T10:00")
    raw = here.last(DEPARTMENT, "report")
    assert here.letters.parse(raw)["In-Reply-To"] == here.letters.parse(first)["Message-ID"]
    assert "เดิม ๑๔ ตัน/เดือน แก้เป็น ๑๕ ตัน/เดือน" in here.letters.parse(raw).get_body(("plain",)).get_content()
    numbered = [here.words(each) for each in here.box(here.office.staff, "notice")]
    assert any("หนังสือนำส่งรายงานแก้ไขเพิ่มเติม ครั้งที่ 1" in each for each in numbered)
    sheet = report_of(here, raw)["รายการที่แก้ไข"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4) if row[0].value]
    assert [(row[2], row[3], row[4]) for row in rows if row[2].startswith("14")] == [
        ("14 ตัน/เดือน", "15 ตัน/เดือน", "ขอแก้ไข เพราะชั่งน้ำหนักใหม่")
    ]
    assert sum("บ้านปิน" in str(row) for row in rows) == 4  # two of this name, each with its tons and its tick


def test_three_months(province, monkeypatch):
    here = province
    january(here)
    february(here)
    march(here, here.filled(here.last(DEN_CHAI, "request"), 12000, 13))
    amended(here)
    closing = datetime.datetime(2025, 4, 9, 9, 0, tzinfo=BANGKOK)
    monkeypatch.setattr(commands, "bangkok_now", lambda: closing)
    here.office.ruam("close", "waste-2568-03", "--because", "ส่งกรมฯ แล้ว")
    request = here.last(LONG, "request")
    here.send(LONG, request, "ขอแก้ไขอีกครั้ง", here.filled(request, 32))
    here.at("2025-04-09T10:00")
    assert "ยังไม่ได้บันทึก" in here.text(LONG, "late")
    assert "หลังปิดรอบ" in here.text(here.office.staff, "notice")
    told = here.office.ruam("round", "waste-2568-03").stdout
    for word in ("เดือนมีนาคม 2568", "requests sent to 3 reporters", "closed", "ส่งกรมฯ แล้ว"):
        assert word in told
    assert "opened" in here.office.ruam("round", "waste-2568-01").stdout
    assert here.office.ruam("verify").returncode == 0
