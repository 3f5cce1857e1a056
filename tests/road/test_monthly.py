"""Three rounds of a monthly circular by mail on the embedded servers: pre-filled, a far figure, the wrong month's file, a late reply."""

import datetime
import email
import email.policy
from io import BytesIO

import openpyxl
import pytest

from bot.cli import round as commands
from tests.road.conftest import BANGKOK, ROOT

DEN_CHAI, PAO = "den-chai@amphoe.example", "pao@phrae.example"

pytestmark = pytest.mark.timeout(240)


class Province:
    """The office and its two reporters, pass by pass."""

    def __init__(self, office, post_office, clerk, letters) -> None:
        self.office, self.post, self.clerks, self.read = (
            office,
            post_office,
            {a: clerk(a) for a in (DEN_CHAI, PAO)},
            letters,
        )

    def at(self, moment):
        self.office.ruam("once", "--at", moment)

    def box(self, address, kind):
        found = [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.post.inbox_of(address)]
        return [
            (mail, raw)
            for mail, raw in zip(found, self.post.inbox_of(address), strict=True)
            if mail["X-Ruam-Kind"] == kind
        ]

    def text(self, address, kind):
        mail, _ = self.box(address, kind)[-1]
        return mail.get_body(("plain",)).get_content()

    def send(self, address, letter, form, slug):
        raw = self.clerks[address].reply(letter, "ส่งรายงาน", form)
        self.post.deliver(raw, address, f"office+{slug}@phrae.example")

    def filled(self, letter, tons):
        book = openpyxl.load_workbook(BytesIO(self.read.enclosure(letter)))
        for row in book.worksheets[0].iter_rows(min_col=2):
            if str(row[0].value or "").startswith(("เทศบาล", "องค์การ")):
                row[1].value, row[2].value = tons, "✓"
        out = BytesIO()
        book.save(out)
        return out.getvalue()


def figures(form):
    return {row[2].value for row in openpyxl.load_workbook(BytesIO(form)).worksheets[0].iter_rows() if row[2].value}


def test_three_months(post_office, embedded_office, clerk, letters, monkeypatch):
    embedded_office.add_circular(ROOT / "tests" / "circulars" / "waste-monthly", {})
    embedded_office.keep_only("den-chai", "pao")
    here = Province(embedded_office, post_office, clerk, letters)
    here.at("2025-01-27T08:30")
    january = {address: here.box(address, "request")[-1][1] for address in (DEN_CHAI, PAO)}
    for address, tons in ((DEN_CHAI, 12), (PAO, 400)):
        here.send(address, january[address], here.filled(january[address], tons), "waste-2568-01")
    here.at("2025-01-28T10:00")
    assert "เดือนมกราคม ๒๕๖๘" in here.box(here.office.staff, "draft")[-1][0]["Subject"]

    here.at("2025-02-27T08:30")
    february = {address: here.box(address, "request")[-1][1] for address in (DEN_CHAI, PAO)}
    form = letters.enclosure(february[PAO])
    assert 400 in figures(form)  # of January, to be mended
    assert "แก้ไขให้เป็นข้อมูลของเดือนกุมภาพันธ์ ๒๕๖๘" in here.text(PAO, "request")
    here.send(PAO, february[PAO], here.filled(february[PAO], 9000), "waste-2568-02")
    here.send(DEN_CHAI, february[DEN_CHAI], here.filled(january[DEN_CHAI], 12), "waste-2568-02")  # the month before
    here.at("2025-02-28T10:00")
    assert "ต่างจากที่เคยรายงานครั้งก่อนมาก" in here.text(PAO, "receipt")
    asked = here.text(DEN_CHAI, "correction")
    assert "เป็นแบบรายงานของเดือนมกราคม ๒๕๖๘ แต่อีเมลนี้ตอบเรื่องของเดือนกุมภาพันธ์ ๒๕๖๘" in asked
    here.at("2025-03-04T09:00")
    assert "ยังขาดอีก" in here.text(DEN_CHAI, "reminder")

    closing = datetime.datetime(2025, 3, 11, 9, 0, tzinfo=BANGKOK)
    monkeypatch.setattr(commands, "bangkok_now", lambda: closing)
    here.office.ruam("close", "waste-2568-02", "--because", "ส่งกรมฯ แล้ว")
    here.at("2025-03-27T08:30")
    assert "เดือนมีนาคม ๒๕๖๘" in here.box(PAO, "request")[-1][0]["Subject"]
    here.send(DEN_CHAI, february[DEN_CHAI], here.filled(february[DEN_CHAI], 14), "waste-2568-02")
    here.at("2025-03-28T10:00")
    assert "ยังไม่ได้บันทึก" in here.text(DEN_CHAI, "late")
    assert "หลังปิดรอบ" in here.box(here.office.staff, "notice")[-1][0]["Subject"]
    told = here.office.ruam("round", "waste-2568-02").stdout
    assert [word in told for word in ("เดือนกุมภาพันธ์ 2568", "requests sent to 2 reporters", "closed", "ส่งกรมฯ แล้ว")] == [
        True
    ] * 4
    assert "opened" in here.office.ruam("round", "waste-2568-01").stdout
