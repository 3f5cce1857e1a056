"""Which tables are taken back by their mail, their names or a line beside them, and what is said of that.

Owns where such words may stand. The words are the concern of ``words_of_taking_back``.
"""

from collections.abc import Sequence
from dataclasses import replace

from parsers.circulars.names_and_titles import stem, titles_above
from parsers.circulars.words_of_taking_back import called_taken_back, titled_taken_back
from parsers.findings import Code, Ordered, Severity, finding, shown
from parsers.form.form import Form
from parsers.form.printed_words import is_printed
from parsers.grid import CellKind
from parsers.mail.words.nil_return import IN_BODY
from parsers.tables.model import Found

BELOW, STAMP = 8, 40  # rows below a table, and characters in them, where a stamp such as "ฉบับร่าง" may stand


def all_taken_back(said: str) -> Ordered:
    """What is said where the mail itself takes all that came with it back."""
    everybody = "ทุกแห่งในแบบรายงานที่แนบ"
    return (0, 0, 0, 0), finding(Code.WORDS_CONTRADICT, IN_BODY, shown(said), organisation=everybody)


def not_taken_back(tables: Sequence[Found], form: Form) -> tuple[list[Found], list[Ordered]]:
    """The tables that neither a name nor a line beside them takes back, and what is said of the others."""
    kept: list[Found] = []
    told: dict[tuple[int, int], Ordered] = {}
    for each in tables:
        said = _taken_back(each, tables, form)
        if said is None:
            kept.append(each)
        else:
            made = finding(Code.FORM_TAKEN_BACK, each.sheet.place(), shown(said[1]), where=said[0])
            told.setdefault(each.sheet.at, (each.sheet.order(0, 0), made))
    beside = [(order, replace(made, severity=Severity.WARNING) if kept else made) for order, made in told.values()]
    return kept, beside


def _taken_back(found: Found, tables: Sequence[Found], form: Form) -> tuple[str, str] | None:
    """Where and in which words a table is taken back: its file or sheet, a line above, one alone below, its page's margin."""
    below = [
        cell.text
        for row in range(found.table.last + 1, found.table.last + 1 + BELOW)
        for cell in found.table.grid.row(row)
        if cell.kind is CellKind.TEXT and len(cell.text) <= STAMP
    ]
    if called_taken_back(stem(found.sheet.file)):
        return "ชื่อไฟล์", found.sheet.file
    if called_taken_back(found.table.grid.sheet) and not is_printed(found.table.grid.sheet, form):
        return "ชื่อแผ่นงาน", found.table.grid.sheet
    above = (
        text
        for text in titles_above(found, tables)
        if titled_taken_back(text, found.table.names) and not is_printed(text, form)
    )
    line = next(above, "") or next(
        (text for text in below if called_taken_back(text) and not is_printed(text, form)), ""
    )
    if line:
        return "ในแบบรายงาน", line
    margin = next(
        (text for text in found.table.grid.margins if called_taken_back(text) and not is_printed(text, form)), ""
    )
    return ("หัวหรือท้ายกระดาษ", margin) if margin else None
