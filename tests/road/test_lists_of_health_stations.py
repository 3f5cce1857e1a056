"""A free list of rows of organisations that are no local administrative ones, its whole way by mail on the embedded servers."""

import io
from pathlib import Path

import openpyxl
import pytest

PROJECTS = Path(__file__).parents[1] / "circulars" / "projects2569"
LONG, SONG = "long@amphoe.example", "song@amphoe.example"
TO = "office+projects2569@phrae.example"
ROSTER = f"""\
province = "แพร่"

[[type]]
short = "รพ.สต."
words = "โรงพยาบาลส่งเสริมสุขภาพตำบล"
head = "ผู้อำนวยการ"

[[reporter]]
key = "long"
name = "สาธารณสุขอำเภอลอง"
salutation = "สาธารณสุขอำเภอลอง"
district = "ลอง"
addresses = ["{LONG}"]

[[reporter]]
key = "song"
name = "สาธารณสุขอำเภอสอง"
salutation = "สาธารณสุขอำเภอสอง"
district = "สอง"
addresses = ["{SONG}"]
"""
STATIONS = {"ปากกาง": "ลอง", "บ่อเหล็กลอง": "ลอง", "เตาปูน": "สอง", "ห้วยหม้าย": "สอง"}
LISTS = {  # label, trees, budget, done
    "ปากกาง": [("สวนสมุนไพร", 120, 4_000, "✓"), ("แนวกันลม", 30, 0, "X")],
    "บ่อเหล็กลอง": [("ไม่มี",)],
    "เตาปูน": [("ป่าชุมชน", 900, 12_500.5, "✓")],
    "ห้วยหม้าย": [("ริมคลอง", 50, 700, "✓"), ("ลานวัด", 5, 300, "✓"), ("โรงเรียน", 8, 100, "X")],
}

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def health(embedded_office):
    """Two district health offices with two stations each, and the circular of projects."""
    rows = ["district,type,official_name,short_name,code,addresses"]
    for code, (name, district) in enumerate(STATIONS.items(), start=901):
        rows.append(f"{district},รพ.สต.,โรงพยาบาลส่งเสริมสุขภาพตำบล{name},รพ.สต.{name},{code},")
    (embedded_office.folder / "roster" / "roster.toml").write_text(ROSTER, encoding="utf-8")
    (embedded_office.folder / "roster" / "organisations.csv").write_text("\n".join(rows), encoding="utf-8")
    embedded_office.add_circular(PROJECTS, {})
    return embedded_office


def filled(form: bytes, *, twice: bool = False) -> bytes:
    """The form with each station's list in its rows; with one label twice where wanted."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    at, left = "", []
    for row in range(1, sheet.max_row + 1):
        name = str(sheet.cell(row, 2).value or "")
        if name.startswith("โรงพยาบาล") and name.removeprefix("โรงพยาบาลส่งเสริมสุขภาพตำบล") != at:
            at = name.removeprefix("โรงพยาบาลส่งเสริมสุขภาพตำบล")
            left = [*LISTS[at], *(LISTS[at][:1] if twice and len(LISTS[at]) > 1 else [])]
        if at and left and not sheet.cell(row, 3).protection.locked:
            for column, value in enumerate(left.pop(0), start=3):
                sheet.cell(row, column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_lists_of_health_stations_from_request_to_report(post_office, health, clerk, letters):
    """A label twice is asked, the mended list takes its place, and the report lists every row under the roster's own words."""
    health.ruam("once", "--at", "2026-03-04T08:30")
    request = post_office.inbox_of(LONG)[0]
    form = letters.enclosure(request)
    post_office.deliver(clerk(LONG).reply(request, "ส่งข้อมูล", filled(form, twice=True)), LONG, TO)
    health.ruam("once", "--at", "2026-03-04T09:00")
    correction = post_office.inbox_of(LONG)[-1]
    assert letters.kinds([correction]) == ["correction"]
    assert "รพ.สต.ปากกาง" in letters.parse(correction).get_body(("plain",)).get_content()
    for address in (LONG, SONG):
        asked = post_office.inbox_of(address)[0]
        post_office.deliver(clerk(address).reply(asked, "ส่งข้อมูล", filled(letters.enclosure(asked))), address, TO)
    health.ruam("once", "--at", "2026-03-05T10:00")
    assert [letters.kinds(post_office.inbox_of(address)[-1:]) for address in (LONG, SONG)] == [["receipt"]] * 2
    draft = next(raw for raw in post_office.inbox_of(health.staff) if letters.kinds([raw]) == ["draft"])
    post_office.deliver(clerk(health.staff).reply(draft, "อนุมัติ"), health.staff, "office@phrae.example")
    health.ruam("once", "--at", "2026-03-05T11:00")
    (report,) = post_office.inbox_of("dla0810@dla.example")
    book = openpyxl.load_workbook(io.BytesIO(letters.enclosure(report)))
    rows = [[cell.value for cell in row] for row in book["รายการรายแห่ง"].iter_rows()]
    listed = {name: [tuple(row[3:5]) for row in rows if str(row[1]).endswith(name)] for name in STATIONS}
    assert listed == {name: [(row[0], row[1] if len(row) > 1 else None) for row in LISTS[name]] for name in STATIONS}
    assert rows[-1][4:6] == [1_113, 17_600.5]
    assert any("โรงพยาบาลส่งเสริมสุขภาพตำบล" in str(cell) for row in rows for cell in row)
