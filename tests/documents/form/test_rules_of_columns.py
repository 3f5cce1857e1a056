"""The form of a circular whose questions have rules: what is open, what is said beside a cell, and what reading makes of it."""

import io

import openpyxl
import pytest

from bot.documents.form.column_help import help_lines
from bot.documents.form.excel_form import blank_form
from bot.documents.form.word_form import blank_form_docx
from parsers.findings import Place
from parsers.read import read_file
from parsers.reading import Answer, Catalogue, FileRequest
from tests.documents.drawn import circular_named

RULES, ROSTER = circular_named("rules")
CODES = ROSTER.by_key["long"].organisations
CATALOGUE = Catalogue({RULES.slug: RULES.form}, ROSTER.organisations, ROSTER.reporters, RULES.dated)
MONEY = {"budget": "5000.00", "spent": "4000.50"}
LINES = help_lines(RULES.form)


def drawn(answers=()):
    raw = blank_form(RULES, ROSTER, "long", answers)
    return raw, openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0]


def letters(sheet):
    """The letter of each question's column, and the first row of answers."""
    first = next(row for row in range(1, 30) if sheet.cell(row, 1).value == 1)
    return {q.key: openpyxl.utils.get_column_letter(at) for at, q in enumerate(RULES.form.column, 3)}, first


def answers(**values):
    return [Answer(code, key, value, Place()) for code in CODES for key, value in values.items()]


def test_a_cell_is_open_only_once_it_is_asked():
    _, sheet = drawn()
    at, first = letters(sheet)
    formulas = {str(a.sqref): rules[0].formula[0] for a, rules in sheet.conditional_formatting._cf_rules.items()}
    made, villages, reason = (f"{at[key]}{first}" for key in ("made", "villages", "reason"))
    last = first + len(CODES) - 1
    assert formulas[f"{villages}:{at['villages']}{last}"].startswith(f'(LEN(TRIM({villages}))=0)*((({made}&""="')
    assert formulas[f"{reason}:{at['reason']}{last}"].startswith(f"(LEN(TRIM({reason}))=0)*(LEN(TRIM({made}))>0)*")


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({}, 4),
        ({"made": True}, 4),
        ({"made": False}, 4),
        ({"made": False, "reason": "รองบประมาณ", "partner": "ไม่มี", **MONEY}, 0),
        ({"made": True, "villages": "3", "partner": "อุทยาน", **MONEY}, 1),
    ],
)
def test_the_form_says_how_many_cells_are_open_when_it_is_sent(given, left):
    raw, _ = drawn(answers(**given))
    shown = openpyxl.load_workbook(io.BytesIO(raw), data_only=True).worksheets[0]
    line = f"ยังเหลือช่องที่ต้องกรอก {left * len(CODES)} ช่อง" if left else "กรอกครบทุกช่องแล้ว"
    assert line in [cell.value for row in shown.iter_rows(1, 9) for cell in row]


def test_a_rule_is_said_beside_the_cells_and_below_the_table():
    _, sheet = drawn()
    at, first = letters(sheet)
    prompts = {str(rule.sqref).partition(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    villages = prompts[f"{at['villages']}{first}"]
    assert (villages.prompt, villages.type) == ("กรอกเฉพาะเมื่อช่อง “จัดทำแผนแล้ว” ตอบว่า ✓", "whole")
    assert prompts[f"{at['reason']}{first}"].prompt == "กรอกเฉพาะเมื่อช่อง “จัดทำแผนแล้ว” ตอบว่า X"
    below = [row[0] for row in sheet.iter_rows(first, values_only=True)]
    assert [line for line in below if line in LINES] == LINES
    assert prompts[f"{at['spent']}{first}"].prompt == "ไม่เกินช่อง “งบประมาณที่ตั้งไว้ (บาท)”"
    drill = prompts[f"{at['drill']}{first}"].prompt
    assert drill == "พิมพ์เช่น 20/3/2569 ไม่ก่อนวันที่ 1 ต.ค. 2568 ไม่ใช่วันที่ยังมาไม่ถึง"
    assert prompts[f"{at['order']}{first}"].prompt.endswith(" เขียนเช่น 12/2569")
    assert not prompts.get(f"{at['made']}{first}").prompt


FULL = [
    {
        "made": True,
        "villages": "4",
        "partner": "อุทยาน",
        "partner_name": "อุทยานแห่งชาติตัวอย่าง",
        "order": "ที่ 12/2569",
        "line": "อยู่ระหว่างทำ",
        "tools": "รถน้ำ; อื่น ๆ: โดรน",
        "drill": "2026-02-20",
        **MONEY,
    },
    {"made": False, "reason": "อยู่ระหว่างของบประมาณ", "partner": "ไม่มี", **MONEY},
]


@pytest.mark.parametrize("values", FULL)
def test_what_is_written_comes_back_and_nothing_else_is_found(values):
    known = answers(**values)
    for name, draw in (("f.xlsx", blank_form), ("f.docx", blank_form_docx)):
        reading = read_file(name, draw(RULES, ROSTER, "long", known), FileRequest(CATALOGUE))
        assert {(a.organisation, a.question): a.value for a in reading.answers} == {
            (a.organisation, a.question): a.value for a in known
        }
        assert [f.message for f in reading.findings] == []
        assert reading.outcome == "accepted"


def test_a_form_as_it_went_out_asks_only_what_is_asked_of_all():
    for name, draw in (("f.xlsx", blank_form), ("f.docx", blank_form_docx)):
        reading = read_file(name, draw(RULES, ROSTER, "long"), FileRequest(CATALOGUE))
        assert {(f.code, f.question) for f in reading.findings} == {
            ("answer-missing", key) for key in ("made", "partner", "budget", "spent")
        }
