"""What is owed, and what counts in the province's table, where questions hang on others."""

import datetime
import io
from decimal import Decimal

import openpyxl

from bot.documents.report.pdf import report_view
from bot.documents.report.workbook import report_workbook
from bot.office.model.answer_counts import chosen
from bot.office.model.owed import owed_by
from bot.office.model.recorded_answer import Recorded
from bot.office.model.rollup import roll_up
from parsers.findings import Place
from tests.documents.drawn import OFFICE, circular_named

RULES, ROSTER = circular_named("rules")
ONE, TWO, THREE = ROSTER.organisations[:3]


def recorded(code, hour=9, **values):
    when = datetime.datetime(2026, 3, 19, hour, tzinfo=datetime.UTC)
    return [
        Recorded(code, key, value, hour, "a@x.example", when, "", Place("a.xlsx"), "long")
        for key, value in values.items()
    ]


KNOWN = [
    *recorded(ONE.code, made=True, villages="3", partner="ไม่มี", budget="5.00", spent="4.00"),
    *recorded(ONE.code, 10, made=False, reason="แผนถูกยกเลิก"),
    *recorded(TWO.code, made=True, partner="อุทยาน", villages="5"),
    *recorded(THREE.code, made=False),
]


def test_only_what_is_asked_is_owed():
    owed = owed_by(RULES, ROSTER, KNOWN, [ONE.code, TWO.code, THREE.code, ROSTER.organisations[3].code])
    assert dict(owed) == {
        TWO.code: ("budget", "spent", "partner_name"),
        THREE.code: ("budget", "spent", "reason", "partner"),
        ROSTER.organisations[3].code: ("made", "budget", "spent", "partner"),
    }


def test_what_a_later_no_rules_out_counts_no_longer():
    table = roll_up(RULES, ROSTER, KNOWN, (), datetime.date(2026, 3, 20))
    assert table.lines[0].values["villages"] is None
    assert (table.totals["villages"].value, table.totals["villages"].reported) == (5, 1)


def test_documents_leave_blank_what_is_not_asked():
    table = roll_up(RULES, ROSTER, KNOWN, (), datetime.date(2026, 3, 20))
    cells = report_view(RULES, table, OFFICE, ROSTER)["lines"][0]["rows"][0]["cells"]
    keys = [question.key for question in RULES.form.column]
    shown = dict(zip(keys, (cell["text"] for cell in cells), strict=True))
    assert (
        shown.items()
        >= {"made": "X", "villages": "", "reason": "แผนถูกยกเลิก", "partner": "ไม่มี", "partner_name": ""}.items()
    )
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(RULES, table, OFFICE, ROSTER)))
    row = next(row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == 1)
    shown = dict(zip(keys, row[2:], strict=False))
    assert (shown["made"], shown["villages"], shown["partner_name"]) == ("X", None, None)


def test_the_share_of_all_is_that_of_the_sums():
    known = [
        *recorded(ONE.code, spent="1.00", budget="3.00"),
        *recorded(TWO.code, spent="1.00", budget="1.00"),
        *recorded(THREE.code, spent="9.00"),
    ]
    table = roll_up(RULES, ROSTER, known, (), datetime.date(2026, 3, 20))
    assert [line.values["share"] for line in table.lines[:3]] == ["33.33", "100.00", None]
    assert (table.totals["share"].value, table.totals["share"].reported) == (Decimal("50.00"), 2)
    assert table.totals["share"].value == table.sections[0].totals["share"].value
    cells = report_view(RULES, table, OFFICE, ROSTER)["totals"][0]["cells"]
    assert cells[[q.key for q in RULES.form.column].index("share")]["text"] == "๕๐.๐๐"


def test_the_total_of_a_share_that_nobody_gave_is_none():
    assert roll_up(RULES, ROSTER, [], (), datetime.date(2026, 3, 20)).totals["share"].value is None


def test_each_of_several_choices_is_counted():
    known = [*recorded(ONE.code, tools="รถน้ำ; อื่น ๆ: โดรน"), *recorded(TWO.code, tools="รถน้ำ; ไม้ตบไฟ")]
    lines = roll_up(RULES, ROSTER, known, (), datetime.date(2026, 3, 20)).lines
    counts = chosen(lines, RULES.form.find("tools"))
    assert counts == [("รถน้ำ", 2), ("เครื่องเป่าลม", 0), ("ไม้ตบไฟ", 1), ("อื่น ๆ", 1)]


def test_a_figure_that_is_no_longer_asked_for_is_not_asked_after():
    given = RULES.form.model_dump(by_alias=True)
    for question in given["question"]:
        question["expected"] = {"at_most": 2} if question["key"] == "villages" else None
    circular = RULES.model_copy(update={"form": type(RULES.form).model_validate(given)})
    table = roll_up(circular, ROSTER, KNOWN, (), datetime.date(2026, 3, 20))
    assert [query.about for query in table.queries] == [(TWO.code, "villages")]
