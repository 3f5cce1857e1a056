"""How organisations stood at a day before the round, in the documents: beside the form, in the report's workbook and PDF."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from bot.documents.report.columns_and_headings import EXEMPT, UNREPORTED, row_height
from bot.documents.typography.print_setup import set_up_print
from bot.documents.typography.worksheet import Content, Page, line_count, line_height
from bot.office.model.baseline import TURNS, Figure, Stand, Turn, brief, figures, open_then, turn
from bot.office.model.circular import Circular
from bot.office.model.rollup import Line, Rollup
from bot.office.model.roster import Roster
from parsers.thai.dates import Digits, thai_short_date
from parsers.thai.text import thai_digits

BESIDE_WIDTH = 44.0  # units of the column beside a form
# A narrow empty column, which parts what stands beside the table from the table itself.
GAP_WIDTH = 3.0
ALL_DONE = "ทำแล้ว"
SAYS = {True: "ทำแล้ว", False: "ยังไม่ได้ทำ", None: "-"}


@dataclass(frozen=True)
class Beside:
    """Where the rows of a form stand: its last heading row, its first row, and how many each organisation has."""

    head: int
    first: int
    each: int


def draw_beside(page: Page, circular: Circular, stand: Stand, codes: Iterable[str], rows: Beside) -> None:
    """Who had not done what, right of a form's table, outside of what is printed; locked, as all but the answers is."""
    column, sheet = page.columns + 2, page.sheet
    sheet.column_dimensions[get_column_letter(column - 1)].width = GAP_WIDTH
    sheet.column_dimensions[get_column_letter(column)].width = BESIDE_WIDTH
    listed = tuple(codes)
    had_not = open_then(circular, stand, listed)
    known = {code for code, _ in stand.done}
    for row, text in (
        (rows.head, f"สถานะเดิม {thai_short_date(stand.at)} (ไม่ต้องกรอก)"),
        *((rows.first + at * rows.each, _stood(code, had_not, known)) for at, code in enumerate(listed)),
    ):
        cell = sheet.cell(row, column)
        page.dress(cell, "r-code")
        cell.alignment = Alignment(vertical="center", shrink_to_fit=True)
        cell.value = text


def _stood(code: str, had_not: Mapping[str, list[str]], known: Iterable[str]) -> str | None:
    if code in had_not:
        return f"ยังไม่ได้: {', '.join(had_not[code])}"
    return ALL_DONE if code in known else None


def since_title(stand: Stand) -> str:
    """The name of the report's sheet."""
    return f"เทียบกับ {thai_short_date(stand.at)}"


def since_widths(circular: Circular, stand: Stand) -> tuple[float, ...]:
    """Widths for ``draw_since``: number, organisation, district, then for each question then, now and what became of it."""
    return (7.0, 34.0, 16.0, *(width for _ in asked_then(circular, stand) for width in (15.0, 18.0, 28.0)))


def asked_then(circular: Circular, stand: Stand) -> list[str]:
    """Keys of the form's questions of which the list says something; none where the form was changed since."""
    return [question.key for question in circular.form.question if question.key in stand.questions]


def draw_since(page: Page, circular: Circular, rollup: Rollup, stand: Stand) -> None:
    """The sums of each question, then each organisation: how it stood, what it reports, and what became of it."""
    keys = asked_then(circular, stand)
    names = {key: brief(circular, circular.form.find(key)) for key in keys}
    page.line(f"เปลี่ยนแปลงจากข้อมูล ณ {thai_short_date(stand.at)}", "r-title", 18)
    organisations = [line.organisation for line in rollup.lines]
    for figure in figures(circular, organisations, rollup.cells, stand):
        if figure.at:
            page.line(_summed(figure), "r-plain")
    top = page.row
    heads: list[Content] = ["ลำดับ", circular.form.naming.called, circular.form.naming.district]
    for column, text in enumerate(heads, 1):
        page.merge(page.put(column, text, "r-head-number" if column == 1 else "r-head"), top + 1, column)
    for at, key in enumerate(keys):
        page.across(names[key], "r-head", 4 + 3 * at, 6 + 3 * at)
    page.next(line_height(max(line_count(name, page.span(4, 6)) for name in names.values())))
    for at in range(len(keys)):
        for column, text in enumerate(("เดิม", "ขณะนี้", "การเปลี่ยนแปลง"), 4 + 3 * at):
            page.put(column, text, "r-head")
    page.next(line_height(1))
    for line in rollup.lines:
        _draw_line(page, line, keys, stand)
    set_up_print(page, (top, top + 1), landscape=True)


def _draw_line(page: Page, line: Line, keys: Iterable[str], stand: Stand) -> None:
    organisation = line.organisation
    page.put(1, line.number, "r-cell")
    page.put(2, organisation.printed_name, "r-organisation")
    page.put(3, organisation.district, "r-cell")
    texts = [(2, organisation.printed_name)]
    for at, key in enumerate(keys):
        was, now = stand.done.get((organisation.code, key)), line.values.get(key)
        became = turn(was, now)
        page.put(4 + 3 * at, SAYS[was], "r-cell")
        said = SAYS[now] if isinstance(now, bool) else EXEMPT if line.exempt else UNREPORTED
        page.put(5 + 3 * at, said, "r-cell")
        style = {Turn.BACK: "r-total", Turn.NEWLY: "r-cell"}.get(became, "r-missing")  # what went back stands out
        what = ("⚠ " if became is Turn.BACK else "") + TURNS[became]
        page.put(6 + 3 * at, what, style)
        texts += [(5 + 3 * at, said), (6 + 3 * at, what)]
    page.next(row_height(page, texts))


def _summed(figure: Figure) -> str:
    counts = [(TURNS[kind], len(figure.codes(kind))) for kind in (Turn.NEWLY, Turn.OPEN, Turn.BACK, Turn.SILENT)]
    national = f" ทั้งประเทศร้อยละ {figure.national:.2f}" if figure.national is not None else ""
    return (
        f"{figure.name}: เดิม {figure.done_then} จาก {figure.known} แห่ง (ร้อยละ {figure.share_then}) "
        f"ขณะนี้ {figure.done_now} จาก {figure.total} แห่ง (ร้อยละ {figure.share_now}){national} · "
        + " · ".join(f"{name} {count} แห่ง" for name, count in counts)
    )


def since_view(circular: Circular, rollup: Rollup, roster: Roster, digits: Digits) -> dict[str, Any]:
    """The summary for the PDF: its title, headings and a row for each question; no rows when no list was loaded."""
    stand = rollup.stand
    found = figures(circular, roster.organisations, rollup.cells, stand) if stand else []
    rows = [_row(figure) for figure in found if figure.at]
    if not stand or not rows:
        return {"title": "", "head": [], "rows": []}
    day = thai_short_date(stand.at)
    head = ["รายการ", f"ณ {day}", "ขณะนี้", TURNS[Turn.NEWLY], TURNS[Turn.BACK], UNREPORTED]
    nation = any(figure.national is not None for figure in found)
    table = [[*head, *(["ทั้งประเทศ"] if nation else [])], *(row if nation else row[:-1] for row in rows)]
    if digits == "thai":
        table = [[thai_digits(text) for text in row] for row in table]
    title = f"เปรียบเทียบกับข้อมูล ณ {day}"
    return {"title": thai_digits(title) if digits == "thai" else title, "head": table[0], "rows": table[1:]}


def _row(figure: Figure) -> list[str]:
    silent = figure.total - figure.reported
    return [
        figure.name,
        f"{figure.done_then} จาก {figure.known} แห่ง (ร้อยละ {figure.share_then})",
        f"{figure.done_now} จาก {figure.total} แห่ง (ร้อยละ {figure.share_now})",
        *(f"{count} แห่ง" for count in (len(figure.codes(Turn.NEWLY)), len(figure.codes(Turn.BACK)), silent)),
        f"ร้อยละ {figure.national:.2f}" if figure.national is not None else "-",
    ]
