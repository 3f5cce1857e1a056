"""Columns that a form asks for and a table has not: each is said once, and whole summaries in a word.

Knows nothing of what the cells of other columns say.
"""

from collections.abc import Sequence
from dataclasses import replace

from parsers.answers.entry import Gathered, said_by
from parsers.answers.row_owners import Against
from parsers.findings import Code, Severity, finding
from parsers.form.question import Kind, heading
from parsers.grid import Cell, empty
from parsers.tables.model import Found, found_in


def missing_columns(found: Found, tables: Sequence[Found], against: Against, out: Gathered) -> None:
    """Asked questions that this table has no column for, unless another table answers them for the same organisations.

    A table without names beside rows of all organisations is a summary, of which a word is enough.
    """
    form = against.form
    top = Cell(found.table.top, 1)
    typed = found.sheet.grid.lines  # lines of a mail have no column of names
    if not found.table.name_columns and not typed and all(empty(row.name) for row in found.table.rows):
        made = finding(Code.COLUMN_MISSING, found.sheet.place(), question=form.organisation_label)
        summary = all(code in out.seen for code in against.own)
        made = replace(made, severity=Severity.WARNING) if summary else made
        out.findings.append((found.sheet.order(top.row, 0), made))
    for doubt in found.table.doubts:
        if not doubt.row:
            made = finding(doubt.code, found.sheet.place(), "", about=("", ""), **doubt.fields)
            out.findings.append((found.sheet.order(top.row, 0), made))
    said = {f.question for _, f in out.findings if f.code is Code.COLUMN_MISSING and f.question}
    told = {form.column_of(key).key for key in said} if found.table.missing else set()
    missing = (q for q in found.table.missing if q.required and q.kind is not Kind.COMPUTED)
    wanted = [q for q in missing if form.column_of(q.key).key not in told]
    if not wanted:
        return
    elsewhere = found_in(other.table for other in tables)
    answered = {entry.about for entry in out.entries}
    here = (found.sheet.grid.sheet, found.sheet.at)
    mine = {e.organisation.code: e.organisation.type for e in out.entries if (e.place.sheet, e.order[:2]) == here}
    by_code = said_by(out.entries)
    named: set[str] = set()
    for question in wanted:
        bound = bool(question.asked_if or question.only)
        asked = [
            code for code, kind in mine.items() if not bound or form.is_asked(question, kind, by_code.get(code, {}))
        ]
        if (bound or question.key in elsewhere) and all((code, question.key) in answered for code in asked):
            continue
        name = heading(form.column_of(question.key))
        if name in named:
            continue  # the same column in a further row
        named.add(name)
        made = finding(Code.COLUMN_MISSING, found.sheet.place(), about=("", question.key), question=name)
        out.findings.append((found.sheet.order(top.row, 0), made))
