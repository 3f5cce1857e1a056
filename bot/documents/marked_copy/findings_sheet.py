"""The list of what to mend: a sheet put first into a marked copy, one line a finding with a link to its cell.

Owns the sheet's look, how it is known again when the copy comes back, and the memory of how marked cells looked before,
which it keeps in columns out of sight. What people wrote goes in as text only.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Protocol

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.fills import Fill
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.marked_copy.colours import ASKS, GROUPS, HOW_TO, LOOK
from bot.documents.typography.cell_styles import FONT, add_styles
from bot.documents.typography.print_setup import set_up_print
from bot.documents.typography.worksheet import LINE, Page, line_count, line_height, put_text, sheet_title
from bot.office.model.named_few import named_few
from parsers.findings import Code, Place, Severity
from parsers.formats.sheets_read import FINDINGS_SHEET, FINDINGS_TITLE
from parsers.thai.text import normalise

MOST_LINES = 1_000  # nobody mends more from a list; what is beyond is counted
MOST_NAMES = 30  # listed in one line
HEADINGS = ("ที่", "แผ่นงาน", "ช่อง", "หน่วยงาน", "สิ่งที่ควรแก้ไข", "ข้อความเดิม")
WIDTHS = (6, 19, 11, 27, 59, 18)
MEMORY = 8  # columns from here, hidden: sheet, cell, and a blank cell that wears the fill from before
LONGEST = 2_000  # characters of one text
WEIGHT = tuple(severity for severity, _, _ in GROUPS)

Spot = tuple[str, str]  # sheet name and cell address


class Remark(Protocol):
    """What is marked and listed: a finding of a reading, a slip in a roster's workbook."""

    @property
    def code(self) -> str: ...  # noqa: D102 - as findings have it
    @property
    def severity(self) -> Severity: ...  # noqa: D102
    @property
    def place(self) -> Place: ...  # noqa: D102
    @property
    def value(self) -> str: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102
    @property
    def organisation(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Line:
    """One line of the list. ``cells`` are addresses on ``sheet``, the first one is linked; each may be empty."""

    sheet: str
    cells: tuple[str, ...]
    organisation: str
    message: str
    value: str
    severity: Severity


def lines_of(findings: Iterable[Remark], names: Mapping[str, str]) -> list[Line]:
    """The lines, the gravest first. ``names`` of organisations are by code.

    The blank cells of one row make one line, so do those that the mail's words speak against, and so do the
    organisations that have no row on a sheet.
    """
    findings = tuple(findings)
    lines = _rowless([found for found in findings if found.code is Code.ORGANISATION_MISSING], names)
    for number, found in enumerate(findings):
        if found.code is Code.ORGANISATION_MISSING:
            continue
        place = found.place
        organisation = names.get(found.organisation, "")
        made = Line(
            place.sheet, (place.cell,) if place.cell else (), organisation, found.message, found.value, found.severity
        )
        # 7 of "C7".
        row = re.sub(r"^[A-Z]+", "", place.cell)
        of_row = found.code in {Code.ANSWER_MISSING, Code.WORDS_CONTRADICT} and row
        key = (found.code, place.sheet, row, found.organisation) if of_row else (str(number),)
        lines[key] = _joined(lines[key], made, found.code) if key in lines else made
    return sorted(lines.values(), key=lambda line: WEIGHT.index(line.severity))


def _rowless(findings: Sequence[Remark], names: Mapping[str, str]) -> dict[tuple[str, ...], Line]:
    """One line a sheet for the organisations that ``findings`` say are missing there."""
    by_sheet: dict[str, list[Remark]] = {}
    for found in findings:
        by_sheet.setdefault(found.place.sheet, []).append(found)
    lines: dict[tuple[str, ...], Line] = {}
    for sheet, there in by_sheet.items():
        listed = named_few([names.get(found.organisation, found.organisation) for found in there], MOST_NAMES)
        several = f"ยังไม่พบแถวของหน่วยงาน {len(there)} แห่ง คือ {listed} กรุณาเพิ่มและกรอกให้ครบ"
        whose = names.get(there[0].organisation, "") if len(there) == 1 else ""
        message = there[0].message if len(there) == 1 else several
        lines["rowless", sheet] = Line(sheet, (), whose, message, "", Severity.ERROR)
    return lines


def _joined(line: Line, further: Line, code: str) -> Line:
    cells = (*line.cells, *further.cells)
    if code is Code.WORDS_CONTRADICT:
        return replace(line, cells=cells)
    message = f"{line.organisation} ยังไม่ได้กรอก {len(cells)} ช่องในแถวนี้ คือ {', '.join(cells)} กรุณากรอกให้ครบ".strip()
    return replace(line, cells=cells, message=message)


def draw_list(workbook: Workbook, lines: Sequence[Line], how_to: str = HOW_TO) -> Worksheet:
    """Puts the list first into the workbook and opens the workbook there. ``how_to`` says how errors are mended."""
    add_styles(workbook)
    sheet: Worksheet = workbook.create_sheet(sheet_title(FINDINGS_SHEET, workbook.sheetnames), 0)
    page = Page(sheet, WIDTHS)
    page.line(FINDINGS_TITLE, "r-title", 18)
    worst = lines[0].severity if lines else Severity.WARNING
    page.line({Severity.ERROR: how_to, Severity.QUERY: ASKS}.get(worst, LOOK), "r-hint")
    head = page.row
    for column, heading in enumerate(HEADINGS, 1):
        page.put(column, heading, "r-head")
    page.next()
    for severity, title, fill in GROUPS:
        group = [line for line in lines if line.severity is severity]
        if group:
            page.across(f"{title} ({len(group):,} ข้อ)", "r-label")
            page.next(LINE + 6)
        for number, line in enumerate(group[:MOST_LINES], 1):
            _draw_line(page, number, line, fill)
        if len(group) > MOST_LINES:
            page.line(f"และอีก {len(group) - MOST_LINES:,} ข้อ", "r-plain")
    set_up_print(page, (head, head), landscape=True)
    _open_at(workbook, sheet)
    return sheet


def _draw_line(page: Page, number: int, line: Line, fill: PatternFill) -> None:
    shown = f"{line.cells[0]}…" if len(line.cells) > 1 else "".join(line.cells)
    texts = [text[:LONGEST] for text in (line.sheet, shown, line.organisation, line.message, line.value)]
    page.put(1, number, "r-cell").fill = copy(fill)
    for column, text in enumerate(texts, 2):
        cell = page.put(column, text, "r-name")
        if column == 3 and line.cells:  # noqa: PLR2004 - the column of addresses
            _link(page, cell, line)
    wrapped = (line_count(text, page.widths[column]) for column, text in enumerate(texts, 1))
    page.next(line_height(max(wrapped)))


def _link(page: Page, cell: Cell, line: Line) -> None:
    if line.sheet not in (page.sheet.parent.sheetnames if page.sheet.parent else ()):
        return
    target = f"{quote_sheetname(line.sheet)}!{line.cells[0]}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, display=str(cell.value))
    cell.font = Font(name=FONT, size=16, color="FF0563C1", underline="single")


def _open_at(workbook: Workbook, sheet: Worksheet) -> None:
    """Selects this sheet alone: two selected sheets are a group, and what is typed into one goes into both."""
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = other is sheet
    for chart in workbook.chartsheets:
        for view in chart.sheetViews.sheetView:
            view.tabSelected = False
    workbook.active = 0
    for book_view in workbook.views:
        book_view.firstSheet = 0


def remember(sheet: Worksheet, fills: Mapping[Spot, Fill]) -> None:
    """Keeps, out of sight, the fill that each cell had before it was marked."""
    for row, ((name, address), fill) in enumerate(fills.items(), 1):
        put_text(sheet.cell(row, MEMORY), name)
        put_text(sheet.cell(row, MEMORY + 1), address)
        sheet.cell(row, MEMORY + 2).fill = copy(fill)
    for column in ("H", "I", "J"):
        sheet.column_dimensions[column].hidden = True


def take_out(workbook: Workbook) -> dict[Spot, Fill]:
    """Removes the lists of earlier copies from the workbook; the fills they remembered."""
    fills: dict[Spot, Any] = {}
    for sheet in [each for each in workbook.worksheets if _is_list(each)]:
        for row in range(1, sheet.max_row + 1):
            name, address = (sheet.cell(row, MEMORY + step).value for step in (0, 1))
            if name and address:
                fills[str(name), str(address)] = copy(sheet.cell(row, MEMORY + 2).fill)
        workbook.remove(sheet)
    return fills


def _is_list(sheet: Worksheet) -> bool:
    return sheet.title.startswith(FINDINGS_SHEET) and normalise(str(sheet.cell(1, 1).value or "")) == FINDINGS_TITLE
