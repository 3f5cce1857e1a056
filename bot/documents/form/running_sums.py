"""The formulas of a pre-filled form: sums within a row and totals below the table, so that the sender sees them grow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

from bot.documents.report.columns_and_headings import (
    FIRST,
    TOGETHER,
    adds_up,
    first_column,
    marks_of,
    number_format,
    put_label,
    put_total_label,
    row_height,
)
from bot.documents.typography.worksheet import Page, line_count, line_height
from parsers.form.form import Form
from parsers.form.question import NUMERIC, Kind, Question
from parsers.values.computed import computed

USUAL_YES = ("✔", "√", "/")


def put_row_sum(page: Page, columns: Mapping[str, int], question: Question, cell: Cell) -> None:
    """Fills the ``cell`` of a computed question; the other questions of its row stand in ``columns``."""
    each = [f"{get_column_letter(columns[key])}{cell.row}" for key in question.parts]
    cells, parts = ",".join(each), _numbers(page.shown(cell.row, columns[key]) for key in question.parts)
    if question.percent_of:
        part, whole = each
        share = computed(question, parts) if len(parts) == len(each) else None
        page.calculate(cell, f'=IF(COUNT({cells})<2,"",IF({whole}=0,"",ROUND(100*{part}/{whole},2)))', share or "")
        return
    page.calculate(cell, f'=IF(COUNT({cells})=0,"",SUM({cells}))', sum(parts, Decimal()) if parts else "")


def draw_sums(page: Page, form: Form, first: int, last: int) -> None:
    """Totals of the rows ``first`` to ``last``; where an organisation has several, one of each label and one of all together."""
    put_total_label(page, form, form.total_label)
    letter = get_column_letter(FIRST)
    rows = range(first, last + 1)
    for row in form.rows:
        put_label(page, form, row.label, "r-total-name")
        mine = [at for at in rows if not form.row or _same(page.shown(at, FIRST), row.label)]
        # Compared with =, as criteria of SUMIF "> 60" and "*" would be no labels; = takes no heed of capitals.
        only = f"(${letter}${first}:${letter}${last}=${letter}{page.row})" if form.row else ""
        _draw_row(page, form, _Summed(rows, mine, only))
    if adds_up(form):
        put_label(page, form, TOGETHER, "r-total-name")
        _draw_row(page, form, _Summed(rows, rows), together=True)


@dataclass(frozen=True)
class _Summed:
    """What a row of totals sums: of the rows ``area`` those in ``mine``, which are all, or those where ``only`` holds."""

    area: range
    mine: Sequence[int]
    only: str = ""


def _draw_row(page: Page, form: Form, summed: _Summed, *, together: bool = False) -> None:
    """One row of totals. Ticks of different rows have no sum."""
    for column, question in enumerate(form.column, first_column(form)):
        letter = get_column_letter(column)
        area = f"{letter}{summed.area.start}:{letter}{summed.area.stop - 1}"
        cell = page.put(column, None, "r-sum" if question.kind in NUMERIC else "r-total")
        values = [page.shown(at, column) for at in summed.mine]
        if question.kind is Kind.TICK and not together:
            counted = sum(any(_same(value, word) for word in yes_words(form)) for value in values)
            page.calculate(cell, f'={_count(form, area, summed.only)}&" แห่ง"', f"{counted} แห่ง")
        elif form.has_sum(question):
            formula = f"=SUMPRODUCT(--{summed.only},{area})" if summed.only else f"=SUM({area})"
            page.calculate(cell, formula, sum(_numbers(values), Decimal()))
            cell.number_format = number_format(form, question)
    labels = [(FIRST, page.shown(page.row, FIRST))] if form.row else []
    page.next(max(line_height(line_count(form.total_label, page.span(1, 2))), row_height(page, labels)))


def yes_words(form: Form) -> list[str]:
    """Every usual way to write yes, or the form would contradict what reading counts."""
    return list({word.casefold(): word for word in (marks_of(form).yes, *USUAL_YES, *form.yes)}.values())


def _count(form: Form, area: str, only: str) -> str:
    """A formula that counts the cells of ``area`` that say yes."""
    where = f"{only}*" if only else "--"
    words = [word.replace('"', '""') for word in yes_words(form)]
    return "(" + "+".join(f'SUMPRODUCT({where}({area}&""="{word}"))' for word in words) + ")"


def _same(value: object, text: str) -> bool:
    """As a spreadsheet's = compares."""
    return isinstance(value, str) and value.casefold() == text.casefold()


def _numbers(values: Iterable[object]) -> list[Decimal]:
    return [Decimal(value) for value in values if isinstance(value, Decimal | int) and not isinstance(value, bool)]
