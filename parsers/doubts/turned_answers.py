"""Words beside a table that turn its answers round: a list of those who have not, a legend by which a tick means no.

Owns which lines those are; a legend is understood where cells are read. Nothing is turned round here: whoever wrote so may mean either, and is asked.
"""

from collections.abc import Iterator

from parsers.findings import Code, shown
from parsers.form.form import Form
from parsers.form.printed_words import is_printed
from parsers.form.question import Kind, Question
from parsers.grid import CellKind, empty
from parsers.tables.meanings import Meaning, meanings_in
from parsers.tables.model import Doubt, Row, Table
from parsers.tables.turning_lines import LONGEST, is_of_plan_or_before, is_of_what_is_not
from parsers.thai.text import comparison_key
from parsers.values.cells_read_once import Readings

ABOVE, BELOW = 8, 8  # rows above a header and below the last row that may speak of the table


def turned_answers(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The ticks and crosses of a table beside which words turn them round; all answers where they are of a plan or of before."""
    form = readings.form
    usual = _asks_for_plans(form)
    line = next((line for line in _turning(table, form) if not (usual and is_of_plan_or_before(line))), "")
    all_of_them = is_of_plan_or_before(line)
    legend = readings.legend
    for row in table.rows if line or legend.line else ():
        for key, cell in row.cells.items():
            question = form.find(key)
            is_tick = question.kind is Kind.TICK
            if empty(cell):
                continue
            if line and (is_tick or all_of_them):
                yield _doubt(row, key, line, "เครื่องหมายหมายถึงทำแล้วหรือยังไม่ได้ทำ" if is_tick else "เป็นข้อมูลจริงของครั้งนี้หรือไม่")
            elif (is_tick or _is_mark(question, cell.text)) and legend.doubts(cell.text):
                yield _doubt(row, key, legend.line, "เครื่องหมายหมายถึงทำแล้วหรือยังไม่ได้ทำ")


def _is_mark(question: Question, text: str) -> bool:
    """Whether an answer of how far something is is a mark and none of the words that may be chosen."""
    chosen = comparison_key(text) in {comparison_key(choice) for choice in question.choices}
    return question.kind is Kind.PROGRESS and not chosen


def _doubt(row: Row, key: str, line: str, unsure: str) -> Doubt:
    why = f"เพราะมีข้อความว่า “{shown(line)}” จึงไม่แน่ใจว่า{unsure} กรุณาใช้แบบที่แนบมากับหนังสือแจ้งแล้วส่งใหม่"
    return Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": why})


def _asks_for_plans(form: Form) -> bool:
    """Whether a form's own words are of plans, aims or earlier figures: a title that says so then is no news."""
    own = meanings_in([form.title, *(text for q in form.question for text in (q.label, q.group))])
    return bool(own & {Meaning.PLANNED, Meaning.AIMED, Meaning.EXPECTED, Meaning.BEFORE})


def _turning(table: Table, form: Form) -> Iterator[str]:
    """The lines around a table, and its sheet's name, that turn its answers round, unless the form itself says so."""
    first = min((row.row for row in table.rows if row.answered), default=table.bottom + 1)
    for row in range(max(1, table.top - ABOVE), table.last + BELOW + 1):
        texts = [cell.text for cell in table.grid.row(row) if cell.kind is CellKind.TEXT and len(cell.text) <= LONGEST]
        # Above a list stand other lists, and the rows of the page before; แผน beside figures labels a row.
        answers = len(texts) > 1 and any(map(table.names.named, texts))
        alone = (table.found and not answers) or sum(not empty(cell) for cell in table.grid.row(row)) == 1
        inside = table.bottom < row < first and len(texts) == 1
        about = (alone and row < table.top) or inside
        yield from (text for text in texts if about and is_of_what_is_not(text) and not is_printed(text, form))
    if is_of_what_is_not(table.grid.sheet) and not is_printed(table.grid.sheet, form):
        yield table.grid.sheet
