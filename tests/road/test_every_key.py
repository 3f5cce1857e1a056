"""A circular that says everything a circular can say, its whole way by mail: faults, receipt, files alone, report."""

import io
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from bot.config.load import load_circular

EVERY = Path(__file__).parents[1] / "circulars" / "every2569"
FORM = load_circular(EVERY).form
DISTRICT, PAO, TOWN = "nong-muang-khai@amphoe.example", "pao@phrae.example", "town@phrae.example"
TO = "office+every2569@phrae.example"
GOOD = {
    "order_made": "✓", "order_number": "12/2569", "order_posted": "✓", "tons": "2.5", "sorted": 0.5, "households": 345,
    "fees": "1,200.50", "coverage": 80, "method": "ฝังกลบ", "tools": "รถอัดท้าย; เครื่องบดย่อย", "plan": "อยู่ระหว่างจัดทำ",
    "checked": "20 พ.ค. 2569", "transfer": "X",
}  # fmt: skip
FAULTS = {  # by the number of a row
    1: {"tons": "2500 กก.", "transfer": "✓"},
    2: {"sorted": 9},
    3: {"order_number": "ทราบแล้ว", "fees": "1.25 พันบาท"},
    4: {"method": "อื่น ๆ"},
    5: {"order_made": "X", "order_number": "7/2569", "order_posted": "-"},
    6: {"checked": "1 ม.ค. 2560", "plan": "ยังไม่รู้"},
}
SAID = (  # by the correction, one of each fault
    "ช่องนี้ถามเฉพาะ อบจ. ทม.", "อ่านเป็น ๒.๕ ตัน/วัน จาก ๒๕๐๐ กก.", "ซึ่งมากกว่าช่อง “ปริมาณขยะ (ตัน/วัน)”", "กรุณาเขียนเช่น “๑๒/๒๕๖๙”",
    "อ่านเป็น ๑,๒๕๐.๐๐ บาท จาก ๑.๒๕ พันบาท", "โดยระบุต่อท้าย “อื่น ๆ”", "จึงไม่ต้องกรอกช่อง “คำสั่งแต่งตั้งคณะทำงาน – เลขที่คำสั่ง”", "ซึ่งอยู่ก่อนวันที่ ๑ ต.ค. ๒๕๖๘",
    "กรุณาเลือกเพียงหนึ่งข้อจาก จัดทำแล้วเสร็จ", "ได้รับไฟล์ “scan0001.pdf” แต่ไม่ทราบว่าเป็น",
)  # fmt: skip

pytestmark = pytest.mark.timeout(120)


def filled(form: bytes, faults=()) -> bytes:
    """The form with a good answer in every open cell of each row, but for the faults."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    for row in range(1, sheet.max_row + 1):
        if not str(sheet.cell(row, 2).value or "").startswith(("เทศบาล", "องค์การ")):
            continue
        wrong = dict(faults).get(sheet.cell(row, 1).value, {})
        for column, question in enumerate(FORM.column, start=3):
            cell = sheet.cell(row, column)
            if question.key in wrong or not cell.protection.locked:
                cell.value = {**GOOD, **wrong}.get(question.key)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def scan() -> bytes:
    out = io.BytesIO()
    Image.new("L", (600, 800), 255).save(out, "PDF")
    return out.getvalue()


def with_files(raw: bytes, letters, *names: str) -> bytes:
    """A mail with scans of these names besides."""
    mail: EmailMessage = letters.parse(raw)
    if not mail.is_multipart():
        mail.make_mixed()
    for name in names:
        mail.add_attachment(scan(), maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()


@pytest.fixture
def phrae(embedded_office):
    """A district, the PAO and the town, with the circular opened for them."""
    embedded_office.keep_only("nong-muang-khai", "pao", "town")
    embedded_office.add_circular(EVERY, {})
    embedded_office.ruam("once", "--at", "2026-06-04T08:30")
    return embedded_office


def test_every_key_of_a_circular_on_its_way(post_office, phrae, clerk, letters):
    def send(address, text, form=None, files=()):
        """A reply to the request."""
        request = post_office.inbox_of(address)[0]
        raw = with_files(clerk(address).reply(request, text, form), letters, *files)
        post_office.deliver(raw, address, TO)

    def answered(hour, *addresses):
        """Kind and words of the letters that answer what lies there at this hour."""
        phrae.ruam("once", "--at", f"2026-06-05T{hour:02}:00")
        raws = [post_office.inbox_of(address)[-1] for address in addresses]
        words = [letters.parse(raw).get_body(("plain",)).get_content() for raw in raws]
        return list(zip(letters.kinds(raws), words, strict=True))

    request = post_office.inbox_of(DISTRICT)[0]
    words = letters.parse(request).get_body(("plain",)).get_content()
    assert "สำเนาคำสั่งแต่งตั้งคณะทำงาน ของแต่ละ อปท." in words
    form = letters.enclosure(request)
    sheet = openpyxl.load_workbook(io.BytesIO(form)).worksheets[0]
    names = [str(row[1].value).replace("องค์การบริหารส่วนตำบล", "อบต.").replace("เทศบาลตำบล", "ทต.")
             for row in sheet.iter_rows() if isinstance(row[0].value, int)]  # fmt: skip

    files = [f"คำสั่ง {names[0]}.pdf", "scan0001.pdf", "แผนจัดการขยะของอำเภอ.pdf"]
    send(DISTRICT, "ส่งแบบรายงานค่ะ", filled(form, FAULTS), files)
    [(kind, said)] = answered(9, DISTRICT)
    assert (kind, [each for each in SAID if each not in said]) == ("correction", [])
    assert f"ของ {names[0]}: คำสั่ง {names[0]}.pdf" in said
    assert f"{names[1]}: ปริมาณขยะ (ตัน/วัน) / ขยะที่คัดแยกได้ (ตัน/วัน) / ไฟล์สำเนาคำสั่ง" in said

    send(DISTRICT, "ส่งฉบับแก้ไขค่ะ", filled(form))
    [(kind, said)] = answered(10, DISTRICT)
    assert (kind, said.count(": ไฟล์สำเนาคำสั่งแต่งตั้งคณะทำงาน")) == ("receipt", 5)
    assert "1/8" in phrae.ruam("status", "every2569").stdout
    send(DISTRICT, "ส่งคำสั่งเพิ่มเติมค่ะ", None, [f"คำสั่ง {name}.pdf" for name in names[1:]])
    for address in (PAO, TOWN):
        send(address, "ส่งรายงาน", filled(letters.enclosure(post_office.inbox_of(address)[0])), ["คำสั่ง.pdf"])
    for kind, said in answered(11, DISTRICT, PAO, TOWN):
        assert (kind, "ส่วนที่ยังไม่ได้รับ" in said, "ได้รับรายงานครบถ้วนแล้ว" in said) == ("receipt", False, True)

    (draft,) = [raw for raw in post_office.inbox_of(phrae.staff) if letters.kinds([raw]) == ["draft"]]
    post_office.deliver(clerk(phrae.staff).reply(draft, "อนุมัติ"), phrae.staff, "office@phrae.example")
    phrae.ruam("once", "--at", "2026-06-05T11:00")
    (report,) = post_office.inbox_of("dla0810@dla.example")
    book = openpyxl.load_workbook(io.BytesIO(letters.enclosure(report)))
    (total,) = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == "รวม"]
    assert total[2:10] == ("8 แห่ง", None, "8 แห่ง", 20, 4, 20, 2070, 9604)
    files = [
        row[3] for row in book["ไฟล์แนบ"].iter_rows(min_row=3, values_only=True) if row[2] == "สำเนาคำสั่งแต่งตั้งคณะทำงาน"
    ]
    assert sorted(files) == sorted(["คำสั่ง.pdf", "คำสั่ง.pdf", *(f"คำสั่ง {name}.pdf" for name in names)])
