"""The draft and the report as they will go: the table with its totals, what changed since the one before, the versions that were made."""

from typing import Any

from bot.desk.look import Asked, Look, Page
from bot.desk.pages.circular import known_by
from bot.desk.pages.overview import card
from bot.desk.pages.values import value_shown
from bot.desk.standings import Known
from bot.documents.report.columns_and_headings import UNREPORTED, number_format
from bot.documents.report.pdf import figure
from bot.office.letters.amended_report import changes_of
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.rollup import Line, Rollup, fingerprint, roll_up
from bot.office.plan.compared_report import compared
from parsers.form.question import Question, heading

LINES = 1_000  # organisations in the table
CHANGES = 300  # that the page lists; the workbook has all


def table_of(look: Look, known: Known) -> Rollup:
    """The province table as it stands now, laid against the report or draft before."""
    remarks = look.books.remarks(known.circular.slug)
    today = look.now.astimezone(BANGKOK).date()
    rollup = roll_up(known.circular, look.bureau.roster, known.standing.known, remarks, today)
    return compared(look.bureau, known.standing, rollup)


def report(look: Look, asked: Asked) -> Page:
    """The table, the changes, the versions."""
    known = known_by(look, asked)
    table, form, drafts = table_of(look, known), known.circular.form, known.standing.drafts
    changes = changes_of(look.bureau, known.circular, table.before, table) if table.before else ()
    view = {
        "card": card(look, known),
        "headings": [heading(question) for question in form.question],
        "lines": [_line(form.question, line) for line in table.lines[:LINES]],
        "totals": [_total(table, question, look) for question in form.question],
        "incomplete": [each.printed_short for each in table.incomplete],
        "changes": changes[:CHANGES],
        "changes_more": len(changes[CHANGES:]),
        "amends": table.amends,
        "remarks": table.remarks,
        "drafts": drafts[::-1],
        "same": bool(drafts) and drafts[-1].fingerprint == fingerprint(table),
    }
    return Page("report", f"ร่างและรายงาน: {known.circular.wording.subject}", view)


def _line(questions: tuple[Question, ...], line: Line) -> dict[str, Any]:
    """One organisation's row: each value with the mail that says it and its anchor there."""
    cells = []
    for question in questions:
        value, answer = line.values.get(question.key), line.answers.get(question.key)
        mail = answer.message if answer and value is not None else 0
        cells.append(
            (
                UNREPORTED if value is None else value_shown(question, value),
                mail,
                value is None,
                f"v-{line.organisation.code}-{question.key}",
            )
        )
    return {"number": line.number, "name": line.organisation.printed_name, "cells": cells, "exempt": line.exempt}  # fmt: skip


def _total(table: Rollup, question: Question, look: Look) -> str:
    total = table.totals.get(question.key)
    if total is None or total.value is None:
        return ""
    form = look.bureau.circulars[table.circular].form
    return figure(total.value, number_format(form, question))
