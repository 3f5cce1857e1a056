"""The formulas of a pre-filled form: sums within a row and totals below the table, so that the sender sees them grow."""

from openpyxl.utils import get_column_letter

from bot.documents.official import (
    FIRST,
    TOGETHER,
    adds_up,
    first_column,
    marks_of,
    number_format,
    put_label,
    put_total_label,
)
from bot.documents.sheet import Page, line_count, line_height
from parsers.form import NUMERIC, Form, Kind, Question, TableRow

USUAL_YES = ("✔", "√", "/")


def row_sum(form: Form, row: TableRow, question: Question, at: int) -> str:
    """The formula of a computed column in the sheet's row ``at``."""
    places = {q.key: get_column_letter(column) for column, q in enumerate(row.questions, first_column(form))}
    cells = ",".join(f"{places[key]}{at}" for key in question.sum_of)
    return f'=IF(COUNT({cells})=0,"",SUM({cells}))'


def draw_sums(page: Page, form: Form, first: int, last: int) -> None:
    """Totals of the rows ``first`` to ``last``; where an organisation has several, one of each label and one of all together."""
    put_total_label(page, form, form.total_label)
    letter = get_column_letter(FIRST)
    for row in form.rows:
        put_label(page, form, row.label, "r-total-name")
        # Compared with =, as criteria of SUMIF "> 60" and "*" would be no labels; = takes no heed of capitals.
        only = f"(${letter}${first}:${letter}${last}=${letter}{page.row})" if form.row else ""
        _draw_row(page, form, (first, last), only)
    if adds_up(form):
        put_label(page, form, TOGETHER, "r-total-name")
        _draw_row(page, form, (first, last), "", together=True)


def _draw_row(page: Page, form: Form, rows: tuple[int, int], only: str, *, together: bool = False) -> None:
    """One row of totals, of the rows where ``only`` holds. Ticks of different rows have no sum."""
    for column, question in enumerate(form.column, first_column(form)):
        area = f"{get_column_letter(column)}{rows[0]}:{get_column_letter(column)}{rows[1]}"
        cell = page.put(column, None, "r-sum" if question.kind in NUMERIC else "r-total")
        if question.kind is Kind.TICK and not together:
            cell.value = f'={_count_yes(form, area, only)}&" แห่ง"'
        elif form.has_sum(question):
            cell.value = f"=SUMPRODUCT(--{only},{area})" if only else f"=SUM({area})"
            cell.number_format = number_format(form, question)
    page.next(line_height(line_count(form.total_label, page.span(1, 2))))


def _count_yes(form: Form, area: str, only: str) -> str:
    """A formula that counts every usual way to write yes, or the form would contradict what reading counts."""
    words = {word.casefold(): word.replace('"', '""') for word in (marks_of(form).yes, *USUAL_YES, *form.yes)}
    where = f"{only}*" if only else "--"
    return "(" + "+".join(f'SUMPRODUCT({where}({area}&""="{word}"))' for word in words.values()) + ")"
