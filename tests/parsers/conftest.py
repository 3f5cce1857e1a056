"""Builders of forms, sheets, workbooks and mails for the tests of reading."""

import datetime
import io
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from parsers.form.form import Form
from parsers.grid import Cell, CellKind, Grid, Merge
from parsers.reading import Catalogue, Organisation, Reporter
from parsers.thai.text import normalise

ROOT = Path(__file__).parents[2]
NEAR = datetime.date(2024, 11, 29)
YES, NO = "✓", "X"

DISTRICTS = {
    "เมืองแพร่": "อบจ.แพร่ ทม.แพร่ ทต.ช่อแฮ ทต.ทุ่งโฮ้ง ทต.แม่หล่าย ทต.แม่คำมี ทต.ป่าแมต ทต.สวนเขื่อน ทต.วังหงส์ ทต.บ้านถิ่น ทต.ทุ่งกวาว "
    "อบต.เหมืองหม้อ อบต.กาญจนา อบต.นาจักร อบต.ป่าแดง อบต.แม่ยม อบต.ร่องฟอง อบต.วังธง อบต.ท่าข้าม อบต.ห้วยม้า",
    "ร้องกวาง": "ทต.ร้องกวาง ทต.บ้านเวียง อบต.ร้องกวาง อบต.น้ำเลา อบต.แม่ทราย อบต.แม่ยางตาล อบต.แม่ยางร้อง อบต.ไผ่โทน อบต.แม่ยางฮ่อ อบต.ห้วยโรง",
    "ลอง": "ทต.บ้านปิน ทต.ห้วยอ้อ ทต.เวียงต้า ทต.แม่ปาน ทต.แม่ลานนา ทต.ปากกาง อบต.บ้านปิน อบต.หัวทุ่ง อบต.ต้าผามอก อบต.บ่อเหล็กลอง อบต.ทุ่งแล้ง",
    "สูงเม่น": "ทต.สูงเม่น อบต.ดอนมูล อบต.น้ำชำ อบต.บ้านกวาง อบต.บ้านปง อบต.บ้านเหล่า อบต.พระหลวง อบต.ร่องกาศ อบต.เวียงทอง อบต.สบสาย "
    "อบต.สูงเม่น อบต.หัวฝาย อบต.บ้านกาศ",
    "เด่นชัย": "ทต.แม่จั๊วะ ทต.เด่นชัย ทต.ปงป่าหวาย อบต.เด่นชัย อบต.แม่จั๊วะ อบต.ไทรย้อย อบต.ห้วยไร่",
    "สอง": "ทต.สอง ทต.ห้วยหม้าย อบต.เตาปูน อบต.บ้านกลาง อบต.บ้านหนุน อบต.หัวเมือง อบต.แดนชุมพล อบต.ทุ่งน้าว อบต.สะเอียบ",
    "วังชิ้น": "ทต.วังชิ้น อบต.แม่ป้าก อบต.วังชิ้น อบต.นาพูน อบต.ป่าสัก อบต.แม่เกิ๋ง อบต.แม่พุง อบต.สรอย",
    "หนองม่วงไข่": "ทต.หนองม่วงไข่ อบต.แม่คำมี อบต.ตำหนักธรรม อบต.ทุ่งแค้ว อบต.น้ำรัด อบต.วังหลวง",
}
KEYS = {
    "เมืองแพร่": "mueang", "ร้องกวาง": "rongkwang", "ลอง": "long", "สูงเม่น": "sungmen",
    "เด่นชัย": "denchai", "สอง": "song", "วังชิ้น": "wangchin", "หนองม่วงไข่": "nongmuangkhai",
}  # fmt: skip
FULL = {
    "อบจ.": "องค์การบริหารส่วนจังหวัด",
    "ทม.": "เทศบาลเมือง",
    "ทต.": "เทศบาลตำบล",
    "อบต.": "องค์การบริหารส่วนตำบล",
}


def _organisations():
    found = []
    for number, (district, names) in enumerate(DISTRICTS.items(), 1):
        for place, short in enumerate(names.split(), 1):
            kind, _, name = short.partition(".")
            kind += "."
            found.append(Organisation(f"54{number:02}{place:02}", kind, FULL[kind] + name, short, district))
    return tuple(found)


ORGANISATIONS = _organisations()
CODE = {organisation.short_name: organisation.code for organisation in ORGANISATIONS}


def _reporters():
    alone = [CODE["อบจ.แพร่"], CODE["ทม.แพร่"]]
    declared = [
        Reporter(
            KEYS[district],
            f"อำเภอ{district}",
            tuple(o.code for o in ORGANISATIONS if o.district == district and o.code not in alone),
            (f"{KEYS[district]}@district.example", "shared@district.example")
            if district in ("ลอง", "สอง")
            else (f"{KEYS[district]}@district.example",),
        )
        for district in DISTRICTS
    ]
    declared += [
        Reporter("pao", "องค์การบริหารส่วนจังหวัดแพร่", (alone[0],), ("pao@phrae.example",)),
        Reporter("town", "เทศบาลเมืองแพร่", (alone[1],), ("town@phrae.example",)),
    ]
    themselves = [
        Reporter(o.code, o.official_name, (o.code,), (f"saraban_{o.code}@lao.example",))
        for o in ORGANISATIONS
        if o.code not in alone
    ]
    return (*declared, *themselves)


def load_form(slug="w5827"):
    text = (ROOT / "templates" / "circulars" / slug / "circular.toml").read_text("utf-8")
    return Form.model_validate(tomllib.loads(text)["form"])


WASTE = Form.model_validate(
    {
        "title": "แบบสำรวจปริมาณขยะมูลฝอย",
        "total_label": "รวมทั้งสิ้น",
        "question": [
            {"key": "households", "kind": "integer", "label": "จำนวนครัวเรือนทั้งหมด", "unit": "ครัวเรือน", "minimum": 0},
            {"key": "with_bin", "kind": "integer", "label": "จำนวนครัวเรือนที่มีถังขยะเปียก", "unit": "ครัวเรือน", "minimum": 0},
            {"key": "made", "kind": "decimal", "group": "ปริมาณขยะ", "label": "เกิดขึ้น", "unit": "ตัน/วัน"},
            {"key": "used", "kind": "decimal", "group": "ปริมาณขยะ", "label": "นำไปใช้ประโยชน์", "unit": "ตัน/วัน"},
            {"key": "budget", "kind": "money", "group": "งบประมาณ", "label": "ของ อปท.", "unit": "บาท"},
            {"key": "grant", "kind": "money", "group": "งบประมาณ", "label": "เงินอุดหนุน", "unit": "บาท"},
            {"key": "money", "kind": "computed", "group": "งบประมาณ", "label": "รวม", "sum_of": ["budget", "grant"]},
        ],
        "remark": [{"key": "note", "label": "ปัญหาอุปสรรค"}],
    }
)


def cell_of(row, column, value):
    """A cell as a reader of workbooks would give it."""
    if value is None or value == "":
        return Cell(row, column)
    if isinstance(value, Cell):
        return Cell(row, column, value.kind, value.text, value.number, value.date, value.percent)
    if isinstance(value, bool):
        return Cell(row, column, CellKind.BOOLEAN, str(value).upper(), Decimal(int(value)))
    if isinstance(value, int | float | Decimal):
        return Cell(row, column, CellKind.NUMBER, str(value), Decimal(str(value)))
    if isinstance(value, datetime.date):
        return Cell(row, column, CellKind.DATE, value.isoformat(), date=value)
    text = normalise(value)
    return Cell(row, column, CellKind.TEXT if text else CellKind.EMPTY, text)


UNCALCULATED = Cell(1, 1, CellKind.UNCALCULATED)
ERROR = Cell(1, 1, CellKind.ERROR, "#DIV/0!")


@dataclass
class Page:
    """A sheet being drawn: rows of values, merges counted within the rows, an offset at last."""

    rows: list[list[object]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right from 1
    name: str = "แบบรายงาน"
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    at: tuple[int, int] = (0, 0)

    def grid(self) -> Grid:
        down, right = self.at
        cells = {}
        for r, row in enumerate(self.rows, 1 + down):
            for c, value in enumerate(row, 1 + right):
                cell = cell_of(r, c, value)
                if cell.kind is not CellKind.EMPTY:
                    cells[r, c] = cell
        merges = tuple(Merge(t + down, le + right, b + down, r + right) for t, le, b, r in self.merges)
        return Grid(self.name, cells, merges, self.hidden, frozenset(row + down for row in self.hidden_rows))


def head(width=6):
    """The two header rows as the circular draws them."""
    return [
        ["ลำดับ", "องค์กรปกครองส่วนท้องถิ่น", "การจัดทำคำสั่งตามมาตรา 10", None, "การจัดทำคำสั่งตามมาตรา 16", None],
        [None, None, "จัดทำ\nประกาศแล้ว", "ลงข้อมูลในระบบ info.go.th", "จัดทำคำสั่ง\nแล้ว", "ลงข้อมูลในระบบ info.go.th"],
    ]


HEAD_MERGES = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 1, 6)]


def official(filled, *, template=True, total="xx แห่ง", as_of="ข้อมูล ณ วันที่/...../๒๕๖๗", dots=True):
    """The official form: titles, header, the pre-ticked example row, rows of (name, four values), total, remarks, notes."""
    rows = [["แบบฟอร์มรายงานสถานะการดำเนินการตามพระราชบัญญัติ"], ["การปฏิบัติราชการทางอิเล็กทรอนิกส์ พ.ศ. ๒๕๖๕"], [], *head()]
    merges = [(1, 1, 1, 6), (2, 1, 2, 6), *((t + 3, le, b + 3, r) for t, le, b, r in HEAD_MERGES)]
    start = 1
    if template:
        rows.append([1, None, YES, YES, YES, YES])
        start = 2
    rows += [[number, name, *values] for number, (name, *values) in enumerate(filled, start)]
    if dots:
        rows += [["."], ["."], [str(len(filled) + 5), ".........", None, "....."]]
    rows.append(["รวมดำเนินการแล้ว", None, *(total if isinstance(total, list) else [total] * 4)])
    merges.append((len(rows), 1, len(rows), 2))
    rows += [
        [],
        ["ปัญหาอุปสรรคจากการตามพระราชบัญญัติฯ: ........................"],
        ["......................................................"],
        ["ข้อเสนอแนะในการดำเนินงาน: ..........................."],
        [],
        [as_of],
        [None, None, None, "ลงชื่อ.....................ผู้รายงาน"],
        [None, None, None, "(.............................)"],
        [None, None, None, "ท้องถิ่นจังหวัด......................"],
        ["หมายเหตุ"],
        ["๑. ใส่เครื่องหมาย ✓ กรณีดำเนินการแล้ว และใส่เครื่องหมาย X กรณีดำเนินการแล้ว"],
        ["๒. ขอให้รายงานผ่านช่องทางไปรษณีย์อิเล็กทรอนิกส์ dla0810_7@dla.go.th ภายในวันที่ ๖ ธันวาคม ๒๕๖๗"],
    ]
    return Page(rows, merges)


def workbook(*pages) -> bytes:
    """The pages as an xlsx file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        down, right = page.at
        for r, row in enumerate(page.rows, 1 + down):
            for c, value in enumerate(row, 1 + right):
                if value is UNCALCULATED:
                    sheet.cell(r, c, "=COUNTIF(Z1:Z9,1)")
                elif value is not None:
                    sheet.cell(r, c, value)
        for top, left, bottom, far in page.merges:
            sheet.merge_cells(
                start_row=top + down, start_column=left + right, end_row=bottom + down, end_column=far + right
            )
        sheet.sheet_state = "hidden" if page.hidden else "visible"
        for row in page.hidden_rows:
            sheet.row_dimensions[row + down].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mail(*files, sender="long@district.example", subject="Re: รายงาน", to="office@phrae.example", references=""):
    """A mail with files given as (name, bytes, maintype/subtype)."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = "<one@district.example>"
    message["Date"] = "Fri, 29 Nov 2024 10:00:00 +0700"
    if references:
        message["In-Reply-To"] = references
    message.set_content("ส่งรายงานครับ")
    for name, data, kind in files:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Build:
    """All of the above for tests, which cannot import from here."""

    yes, no, near, xlsx = YES, NO, NEAR, XLSX
    uncalculated, error = UNCALCULATED, ERROR
    page, official, workbook, mail, head = (
        Page,
        staticmethod(official),
        staticmethod(workbook),
        staticmethod(mail),
        staticmethod(head),
    )
    head_merges = HEAD_MERGES
    organisations, code, districts = ORGANISATIONS, CODE, {d: names.split() for d, names in DISTRICTS.items()}
    waste = WASTE


@pytest.fixture(scope="session")
def build():
    return Build


@pytest.fixture(scope="session")
def form():
    return load_form()


@pytest.fixture(scope="session")
def catalogue(form):
    return Catalogue({"w5827": form, "w100": WASTE}, ORGANISATIONS, _reporters(), NEAR)
