"""The workbook หนังสือเวียนใหม่: a proposed circular, line by line and question by question, for staff to correct and send back.

What is unsure stands beside what it is about. ``parsers.blank_form.corrected`` reads it back: the same proposal.
"""

import datetime
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from bot.documents.typography.print_setup import set_up_print
from bot.documents.typography.worksheet import Page, add_page, line_count, line_height, new_workbook, to_bytes
from parsers.blank_form.proposal import NewForm, NewQuestion, Proposal
from parsers.blank_form.unsure import KIND_WORDS
from parsers.blank_form.workbook_words import (
    COLUMNS,
    DOUBTS,
    FREE_ROWS,
    LINES,
    MAY,
    MUST,
    ONE_ROW,
    QUESTIONS,
    SEVERAL_ROWS,
    SHAPES,
    SHEET,
)
from parsers.thai.dates import thai_date, thai_moment

HINT = "แก้ไขในช่องสีขาวได้ทุกช่อง แล้วบันทึกและส่งไฟล์นี้กลับมา ระบบจะเสนอใหม่ตามที่แก้"
QUESTION_HINT = "แก้ แทรก หรือลบแถวได้ เลขข้อใช้อ้างถึงกันในสองคอลัมน์ท้าย"
_WIDTHS = (46, 78)
_QUESTION_WIDTHS = (6, 30, 36, 22, 14, 24, 16, 13, 13, 16, 40)
_SPARE = 10  # empty rows for further questions


def proposal_workbook(proposal: Proposal, made: datetime.datetime) -> bytes:
    """The workbook. The same proposal gives the same bytes."""
    workbook = new_workbook()
    _draw_lines(workbook, proposal)
    _draw_questions(workbook, proposal)
    return to_bytes(workbook, made, SHEET)


def _draw_lines(workbook: Workbook, proposal: Proposal) -> None:
    page = add_page(workbook, SHEET, _WIDTHS)
    page.line(SHEET, "r-title", 18)
    page.line(HINT, "r-hint")
    head = page.row
    page.put(1, "รายการ", "r-head")
    page.put(2, "ค่าที่เสนอ", "r-head")
    page.next()
    said = _said(proposal)
    for field, label in LINES.items():
        if field == "shape":
            _offer(page, "B", SHAPES, page.row, page.row)
        page.put(1, label, "r-name")
        page.put(2, said[field], "r-text-open")
        page.next(
            line_height(max(line_count(text, width) for text, width in zip((label, said[field]), _WIDTHS, strict=True)))
        )
    page.next()
    about = [doubt.message for doubt in proposal.unsure if not doubt.question]
    for text in (DOUBTS, *about) if about else ():
        page.line(text, "r-hint" if text == DOUBTS else "r-plain")
    set_up_print(page, (head, head), landscape=False)


def _said(proposal: Proposal) -> Mapping[str, str]:
    """Each line's value as text; several things one a line."""
    letter, form = proposal.letter, proposal.form
    moments = {"opens": proposal.opens, "reporters": letter.reporters, "cutoff": proposal.cutoff, "until": letter.until}
    return {
        **{name: getattr(letter, name) for name in ("number", "title", "department", "salutation", "unit", "phone")},
        "dated": thai_date(letter.dated) if letter.dated else "",
        "to": ", ".join(letter.to),
        **{name: thai_moment(moment) if moment else "" for name, moment in moments.items()},
        **{name: getattr(proposal, name) for name in ("subject", "opening", "slug", "enclosed")},
        "form_title": form.title,
        **{name: getattr(form, name) for name in ("organisation_label", "row_label", "total_label")},
        "shape": _shape(form),
        **{name: "\n".join(getattr(form, name)) for name in ("rows", "remarks", "note", "report_note")},
        "yes": " ".join(form.yes),
        "no": " ".join(form.no),
    }


def _shape(form: NewForm) -> str:
    if form.free:
        return FREE_ROWS
    return SEVERAL_ROWS if form.rows else ONE_ROW


def _draw_questions(workbook: Workbook, proposal: Proposal) -> None:
    page = add_page(workbook, QUESTIONS, _QUESTION_WIDTHS)
    page.line(QUESTION_HINT, "r-hint")
    head = page.row
    for column, heading in enumerate((*COLUMNS.values(), DOUBTS), 1):
        page.put(column, heading, "r-head")
    page.next(56)
    for number, question in enumerate(proposal.form.questions, 1):
        doubts = "\n".join(doubt.message for doubt in proposal.unsure if doubt.question == number)
        _draw_row(page, (*_cells(number, question), doubts))
    for _ in range(_SPARE):
        _draw_row(page, ("",) * len(_QUESTION_WIDTHS))
    names = list(COLUMNS)
    for field, words in (("kind", tuple(KIND_WORDS.values())), ("required", (MUST, MAY))):
        _offer(page, get_column_letter(names.index(field) + 1), words, head + 1, page.row - 1)
    set_up_print(page, (head, head), landscape=True)


def _cells(number: int, question: NewQuestion) -> tuple[str, ...]:
    """One question as the columns have it."""
    return (
        str(number),
        question.group,
        question.label,
        KIND_WORDS[question.kind],
        question.unit,
        "\n".join(question.choices),
        ", ".join(question.only),
        MUST if question.required else MAY,
        str(question.requires or ""),
        ", ".join(map(str, question.sum_of)),
    )


def _draw_row(page: Page, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts, 1):
        page.put(column, text, "r-text-open")
    lines = [line_count(text, width) for text, width in zip(texts, page.widths, strict=True)]
    page.next(line_height(max(lines)))


def _offer(page: Page, column: str, words: Sequence[str], first: int, last: int) -> None:
    """A drop-down; its list is short and holds no comma."""
    rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
    rule.add(f"{column}{first}:{column}{last}")
    page.sheet.add_data_validation(rule)
