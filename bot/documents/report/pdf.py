"""The report as a PDF to be signed: the official table as the department drew it, for paper."""

import datetime
import decimal
from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from bot.documents.report.amended_sheet import amended_view
from bot.documents.report.baseline_sheet import since_view
from bot.documents.report.columns_and_headings import (
    TOGETHER,
    UNREPORTED,
    adds_up,
    cell_value,
    column_widths,
    fixed_headings,
    heading_levels,
    is_landscape,
    marks_of,
    number_format,
    paper_scale,
    total_unit,
)
from bot.documents.report.long_pdf import TEMPLATE, long_pdf
from bot.documents.report.rows_and_totals import blanks
from bot.documents.report.workbook import exempt_note, gathered, signature_lines
from bot.documents.typography.digits import with_period
from bot.documents.typography.typeset import cut, to_pdf
from bot.office.letters.amended_report import called
from bot.office.model.circular import Circular
from bot.office.model.office import Office
from bot.office.model.report_draft import Amendment
from bot.office.model.rollup import Line, Rollup, Total, together
from bot.office.model.roster import Roster
from parsers.form.form import Form
from parsers.form.question import LISTED, NUMERIC, Kind, Question
from parsers.organisations.type_words import OFFICIAL
from parsers.reading import Organisation, Value
from parsers.thai.dates import thai_date
from parsers.thai.text import thai_digits

MOST_TAGGED = 1_000  # lines of a table that anybody has read aloud
STYLES = {Kind.TEXT: "text", **dict.fromkeys(LISTED, "word")}
OURS = frozenset({"figure", "mark"})  # styles of cells that hold no words of people
ROUNDING = decimal.Context(prec=200, rounding=decimal.ROUND_HALF_UP)  # as spreadsheets do; Python rounds to even
SMALLEST = 0.65  # of the usual size of letters, for forms of very many columns


def report_pdf(circular: Circular, rollup: Rollup, office: Office, roster: Roster) -> bytes:
    """The report of ``circular`` as ``rollup`` has it, A4, with page numbers and the place to sign."""
    made = datetime.datetime.combine(rollup.as_of, datetime.time(), circular.deadlines.department.tzinfo)
    view = report_view(circular, rollup, office, roster)
    names = _names_in_columns(roster)
    if len(rollup.lines) > MOST_TAGGED:
        return long_pdf(cut(view, frozenset(names)), made)
    return to_pdf(TEMPLATE, view, made, names)


def roster_names(roster: Roster) -> set[str]:
    """The names that no line may tear: of organisations, their places and their districts."""
    districts = {organisation.district for organisation in roster.organisations}
    names = {
        name for o in roster.organisations for name in (o.official_name, o.short_name, o.printed_name, o.printed_short)
    }
    return (
        names
        | districts
        | {f"{roster.naming.district}{district}" for district in districts}
        | {f"จังหวัด{roster.province}"}
    )


def _names_in_columns(roster: Roster) -> set[str]:
    """The same for a column, which may end a line between type and place but nowhere else: a wide form leaves names little room."""
    whole = {name for o in roster.organisations for name in (o.official_name, o.printed_name)}
    parts = {part for o in roster.organisations for part in _parted(o)}
    return (roster_names(roster) - whole) | parts


def _parted(organisation: Organisation) -> tuple[str, ...]:
    """An official name as type and place; whole where it does not begin with its type's words."""
    words, name = OFFICIAL.get(organisation.type, ""), organisation.official_name
    return (words, name.removeprefix(words)) if words and name.startswith(words) and name != words else (name,)


def report_view(circular: Circular, rollup: Rollup, office: Office, roster: Roster) -> dict[str, Any]:
    """What the template lays out, as plain values."""
    form = circular.form
    missing = len(rollup.unreported)
    title = with_period(form.title, circular.round.period, thai=office.thai_digits)
    view: dict[str, Any] = {
        "landscape": is_landscape(form),
        "thai_digits": office.thai_digits,
        "title": [title, office.area, *([_amends(office, rollup.amends)] if rollup.amends else [])],
        "widths": list(column_widths(form)),
        "scale": max(SMALLEST, paper_scale(form)),
        "head": _head(form),
        "labelled": bool(form.row),
        "lines": [_line(form, line) for line in rollup.lines],
        "total_label": form.total_label,
        "totals": _totals(form, rollup.totals),
        "unreported": f"ช่องที่เขียนว่า “{UNREPORTED}” คือยังไม่ได้รับรายงาน รวม {missing} แห่ง ไม่นับเป็นผลการดำเนินการ"
        if missing
        else "",
        "exempt": exempt_note(rollup),
        "remarks": [
            {
                "label": f"{remark.label}:",
                "texts": gathered((r for r in rollup.remarks if r.key == remark.key), roster) or ["-"],
            }
            for remark in form.remark
        ],
        "as_of": f"{form.as_of_label} {thai_date(rollup.as_of, office.digits)}",
        "signature": list(signature_lines(office)),
        "notes_label": "หมายเหตุ",
        "notes": list(form.report_note or form.note),
        "amended": amended_view(form, rollup.amends, office),
        "since": since_view(circular, rollup, roster, office.digits),
    }
    return _in_thai(view) if office.thai_digits else view


def _amends(office: Office, amendment: Amendment) -> str:
    """The line of the title that says that it is an amended report."""
    said = f"({called(amendment).strip()})"
    return thai_digits(said) if office.thai_digits else said


def _in_thai(view: dict[str, Any]) -> dict[str, Any]:
    """With our own numbers in Thai digits; what people wrote, and the department's words, stay as they are."""
    for line in view["lines"]:
        line["number"] = thai_digits(line["number"])
    for row in (*view["totals"], *(row for line in view["lines"] for row in line["rows"])):
        for cell in row["cells"]:
            if cell["style"] in OURS:
                cell["text"] = thai_digits(cell["text"])
    return view | {key: thai_digits(view[key]) for key in ("unreported", "exempt")}


def _head(form: Form) -> list[dict[str, Any]]:
    """The cells of the heading, row by row: text, columns and rows they span."""
    levels = heading_levels(form)
    cells = [{"text": text, "columns": 1, "rows": levels} for text in fixed_headings(form)]
    below: list[dict[str, Any]] = []
    for group, members in groupby(form.column, key=lambda question: question.group):
        questions = tuple(members)
        if group:
            cells.append({"text": group, "columns": len(questions), "rows": 1})
            below += [{"text": question.label, "columns": 1, "rows": 1} for question in questions]
        else:
            cells += [{"text": question.label, "columns": 1, "rows": levels} for question in questions]
    return cells + below


def _line(form: Form, line: Line) -> dict[str, Any]:
    blank = blanks(form, line)
    return {
        "number": str(line.number),
        "name": line.organisation.printed_name,
        "rows": [
            {"label": row.label, "cells": [_cell(form, question, line.values, blank) for question in row.questions]}
            for row in form.rows
        ],
    }


def _totals(form: Form, totals: Mapping[str, Total]) -> list[dict[str, Any]]:
    """The rows of totals: one, or one for each label and one of all together."""
    rows = [
        {"label": row.label, "cells": [_total(form, question, totals.get(question.key)) for question in row.questions]}
        for row in form.rows
    ]
    if adds_up(form):
        sums = [together(form, totals, column) for column in range(len(form.column))]
        cells = [_figure(form, question, value) for question, value in zip(form.column, sums, strict=True)]
        rows.append({"label": TOGETHER, "cells": cells})
    return rows


def _cell(
    form: Form, question: Question, values: Mapping[str, Value | None], blank: Mapping[str, str]
) -> dict[str, str]:
    value = values.get(question.key)
    if value is None:
        return {"text": blank.get(question.key, ""), "style": "missing"}
    content = cell_value(question, value, marks_of(form))
    if isinstance(content, Decimal):
        return {"text": figure(content, number_format(form, question)), "style": "figure"}
    words = str(content).replace("\n", "; ") if form.listed else str(content)  # paper knows no lines within a text
    return {"text": words, "style": STYLES.get(question.kind, "mark")}


def _total(form: Form, question: Question, total: Total | None) -> dict[str, str]:
    value = total.value if total else None
    if question.kind is Kind.TICK:
        return {"text": f"{int(value or 0)} แห่ง", "style": "mark"}
    return _figure(form, question, value)


def _figure(form: Form, question: Question, value: Decimal | None) -> dict[str, str]:
    if value is None or question.kind not in NUMERIC:
        return {"text": "", "style": "mark"}
    text = f"{figure(value, number_format(form, question))} {total_unit(question)}".strip()
    return {"text": text, "style": "figure"}


def figure(number: Decimal, pattern: str) -> str:
    """A number as the workbook's ``pattern`` shows it, halves up: ``#,##0``, ``#,##0.00``, ``#,##0.00##``, ``0.00##``."""
    separator = "," if "," in pattern else ""
    decimals = pattern.partition(".")[2]
    most, least = len(decimals), decimals.count("0")
    written = f"{ROUNDING.quantize(number, Decimal(1).scaleb(-most)):{separator}f}"
    while most > least and written.endswith("0"):
        written, most = written[:-1], most - 1
    return written
