"""A small office, two circulars and a roster for the documents: ticks as in Phrae, and figures of every kind."""

import datetime
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pytest

from bot.documents.mail.attachments import Desk
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.circular import Circular
from bot.office.model.office import Office
from bot.office.model.recorded_answer import Recorded, RecordedRemark
from bot.office.model.rollup import Line, Rollup, Section, Total
from bot.office.model.roster import Contact, Roster
from parsers.findings import Place
from parsers.form.question import Kind
from parsers.reading import Organisation, Reporter, Value

NOW = datetime.datetime(2024, 11, 28, 9, 0, tzinfo=BANGKOK)
HOSTILE = ('=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "#N/A", "\t=1", "a\x07b\nc")


def circular_of(slug: str, questions: list[dict[str, Any]], **more: Any) -> Circular:
    local = "2024-11-{}T16:30:00"
    return Circular.model_validate(
        {
            "slug": slug,
            "number": "มท ๐๘๑๐.๗/ว ๕๘๒๗",
            "dated": "2024-11-12",
            "title": "การแจ้งหน่วยงานของรัฐ",
            "department": {"name": "กรม", "salutation": "อธิบดีกรม", "to": ["report@department.example"]},
            "deadlines": {
                "opens": local.format(20),
                "reporters": local.format(29),
                "cutoff": "2024-12-04T16:30:00",
                "department": "2024-12-06T16:30:00",
            },
            "wording": {"subject": "รายงานสถานะ", "opening": "ขอให้รายงาน", "references": ["หนังสือกรม"]},
            "form": {
                "title": "แบบรายงานสถานะการดำเนินการ",
                "total_label": "รวมดำเนินการแล้ว",
                "question": questions,
                "remark": [{"key": "obstacles", "label": "ปัญหาอุปสรรค"}],
                "note": ["๑. ใส่เครื่องหมาย ✓ หรือ X"],
                **more,
            },
        }
    )


@pytest.fixture(scope="session")
def ticks() -> Circular:
    groups = {"a": "การจัดทำคำสั่งตามมาตรา 10", "b": "การจัดทำคำสั่งตามมาตรา 16"}
    return circular_of(
        "w5827",
        [
            {"key": f"{key}_{part}", "kind": "tick", "group": group, "label": label}
            for key, group in groups.items()
            for part, label in (("made", "จัดทำแล้ว"), ("posted", "ลงข้อมูลในระบบ info.go.th"))
        ],
    )


@pytest.fixture(scope="session")
def figures() -> Circular:
    return circular_of(
        "waste",
        [
            {"key": "has_plan", "kind": "tick", "label": "มีแผนงาน"},
            {"key": "homes", "kind": "integer", "label": "จำนวนครัวเรือน", "group": "ข้อมูล", "minimum": 0},
            {"key": "shops", "kind": "integer", "label": "จำนวนร้านค้า", "group": "ข้อมูล", "minimum": 0, "maximum": 500},
            {"key": "both", "kind": "computed", "label": "รวม", "group": "ข้อมูล", "sum_of": ["homes", "shops"]},
            {"key": "waste", "kind": "decimal", "label": "ปริมาณขยะ", "unit": "ตัน"},
            {"key": "budget", "kind": "money", "label": "งบประมาณ (บาท)"},
            {"key": "share", "kind": "percent", "label": "ร้อยละ"},
            {"key": "place", "kind": "text", "label": "สถานที่", "required": False},
            {"key": "way", "kind": "choice", "label": "วิธีกำจัด", "choices": ["ฝังกลบ", "อื่น ๆ, ระบุ"]},
            {"key": "since", "kind": "date", "label": "ตั้งแต่วันที่"},
        ],
    )


@pytest.fixture(scope="session")
def roster() -> Roster:
    names = [("ทต.", "บ้านปิน", "ลอง"), ("อบต.", "บ้านปิน", "ลอง"), ("อบต.", "หัวทุ่ง", "ลอง"), ("ทต.", "สอง", "สอง")]
    full = {"ทต.": "เทศบาลตำบล", "อบต.": "องค์การบริหารส่วนตำบล"}
    organisations = tuple(
        Organisation(str(code), kind, full[kind] + name, kind + name, district)
        for code, (kind, name, district) in enumerate(names, 5540101)
    )
    contacts = tuple(
        Contact(
            Reporter(
                key,
                f"อำเภอ{district}",
                tuple(o.code for o in organisations if o.district == district),
                (f"{key}@amphoe.example",),
            ),
            f"นายอำเภอ{district}",
        )
        for key, district in (("long", "ลอง"), ("song", "สอง"))
    )
    return Roster("แพร่", organisations, contacts, {})


@pytest.fixture(scope="session")
def office() -> Office:
    return Office(
        slug="phrae",
        name="สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดแพร่",
        province="แพร่",
        address="ruam@phrae.example",
        staff=("staff@phrae.example",),
        unit="ฝ่ายบริหารทั่วไป",
        phone="054-534119",
        signer=("(นางสาวตัวอย่าง ใจดี)", "ท้องถิ่นจังหวัดแพร่"),
    )


@pytest.fixture(scope="session")
def desk(office: Office, roster: Roster) -> Desk:
    return Desk(office, roster, "a secret of the office", NOW)


@pytest.fixture(scope="session")
def hostile() -> tuple[str, ...]:
    return HOSTILE


Answered = Callable[[Organisation, str], Value | None]


def _totals(circular: Circular, lines: Iterable[Line]) -> dict[str, Total]:
    totals = {}
    for question in circular.form.question:
        values = [value for line in lines if (value := line.values[question.key]) is not None]
        numeric = question.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.COMPUTED}
        total = Decimal(sum(value is True for value in values)) if question.kind is Kind.TICK else None
        totals[question.key] = Total(
            question.key, sum(map(Decimal, values), Decimal(0)) if numeric else total, len(values), len(values)
        )
    return totals


@pytest.fixture(scope="session")
def rolled(roster: Roster) -> Callable[..., Rollup]:
    """Makes the province table of a circular from a function that answers; None is not reported."""

    def roll(circular: Circular, answered: Answered, remarks: tuple[RecordedRemark, ...] = ()) -> Rollup:
        lines = []
        for number, organisation in enumerate(roster.organisations, 1):
            values = {q.key: answered(organisation, q.key) for q in circular.form.question}
            answers = {
                key: Recorded(
                    organisation.code,
                    key,
                    value,
                    7,
                    "clerk@amphoe.example",
                    NOW,
                    "ส่งแบบ",
                    Place("แบบ.xlsx", "แผ่น", "C7"),
                    "long",
                )
                for key, value in values.items()
                if value is not None
            }
            lines.append(Line(number, organisation, answers, values))
        districts = dict.fromkeys(o.district for o in roster.organisations)
        by_district = {d: tuple(x for x in lines if x.organisation.district == d) for d in districts}
        sections = tuple(Section(d, members, _totals(circular, members)) for d, members in by_district.items())
        owing = tuple(x.organisation for x in lines if any(x.values[q.key] is None for q in circular.form.asked))
        day = datetime.date(2024, 11, 28)
        return Rollup(circular.slug, tuple(lines), _totals(circular, lines), sections, remarks, owing, day)

    return roll
