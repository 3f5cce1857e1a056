"""The pre-filled form: a circular's form with one reporter's organisations, ready to be filled in and sent back.

Only the cells to be filled in are unlocked. The form says three times over whose it is (a hidden sheet, a document
property, a printed code), because programs between here and there lose one or another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.drawing.image import Image
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.form.column_help import FILES_TITLE, HELP_TITLE, help_lines
from bot.documents.form.free_rows import HINT, laid_out
from bot.documents.form.hidden_marks import put_corners, put_marks
from bot.documents.form.input_help import guide_input, how_to, prompt
from bot.documents.form.mark_and_qr import code_of, qr_picture
from bot.documents.form.open_cells import open_formula, still_open
from bot.documents.form.running_sums import draw_sums, put_row_sum
from bot.documents.report.baseline_sheet import Beside, draw_beside
from bot.documents.report.columns_and_headings import (
    FIRST,
    NOT_ASKED,
    Marks,
    cell_value,
    column_widths,
    draw_header,
    first_column,
    heading_levels,
    is_landscape,
    marks_of,
    number_format,
    paper_scale,
    put_label,
    put_organisation,
    row_height,
)
from bot.documents.typography.digits import with_period
from bot.documents.typography.hidden_sheet import META
from bot.documents.typography.print_setup import set_up_print
from bot.documents.typography.worksheet import (
    LINE,
    Content,
    Page,
    line_count,
    line_height,
    new_workbook,
    put_text,
    sheet_title,
    to_bytes,
)
from bot.office.model.asked_files import asked_lines
from bot.office.model.baseline import Stand
from bot.office.model.circular import Circular
from bot.office.model.recorded_answer import Recorded
from bot.office.model.roster import Roster
from parsers.form.form import Form, TableRow
from parsers.form.question import LISTED, NUMERIC, Kind, Question
from parsers.reading import Answer, Organisation, Value
from parsers.thai.dates import Digits, slashed_date, thai_moment, thai_short_date

OPEN_STYLES = {
    Kind.TICK: "r-mark-open",
    **dict.fromkeys(LISTED, "r-word-open"),
    Kind.TEXT: "r-text-open",
    Kind.DATE: "r-date-open",
}
QR_PIXELS = 76  # about 20 mm in print
NOTHING_LEFT, LEFT_TO_FILL = "กรอกครบทุกช่องแล้ว", "ยังเหลือช่องที่ต้องกรอก"
UNIT_PIXELS = 7  # a unit of a column's width on the screen
_DOTS = "." * 44


@dataclass(frozen=True)
class Draught:
    """A form while it is drawn."""

    circular: Circular
    page: Page
    marks: Marks
    organisations: tuple[Organisation, ...]
    known: Mapping[tuple[str, str], Value]  # (organisation code, question key) to what was answered
    wanted: str = ""  # the period that is asked for, where the form bears figures of the one before

    @property
    def form(self) -> Form:
        """The form's definition."""
        return self.circular.form

    @property
    def blank(self) -> int:
        """How many cells are still to be filled in."""
        by_code: dict[str, dict[str, Value]] = {each.code: {} for each in self.organisations}
        for (code, key), value in self.known.items():
            by_code.setdefault(code, {})[key] = value
        return sum(still_open(self.form, each.type, by_code[each.code]) for each in self.organisations)


@dataclass(frozen=True)
class Shown:
    """How a form is shown: with which digits, how its organisations stood before the round, and what it bears of the time before."""

    digits: Digits = "thai"
    stand: Stand | None = None
    last: tuple[Answer, ...] = ()  # gives way to what is answered already


def blank_form(
    circular: Circular,
    roster: Roster,
    reporter: str,
    answers: Iterable[Answer | Recorded] = (),
    shown: Shown = Shown(),
) -> bytes:
    """The form as an xlsx workbook for the reporter with this key, ``answers`` filled in. Raises KeyError.

    Total row and computed columns hold formulas and what they come to now, so that the sender sees his sums grow and prints
    them; reading takes a formula without a result for no total at all. The same arguments give the same bytes.
    """
    who = roster.by_key[reporter]
    circular, answers = laid_out(circular, (*shown.last, *answers))
    workbook = new_workbook()
    sheet = workbook.create_sheet(sheet_title(circular.form.sheet, (META,)))
    draught = Draught(
        circular,
        Page(sheet, column_widths(circular.form)),
        marks_of(circular.form),
        tuple(roster.by_code[code] for code in circular.asks(who.organisations)),
        {(answer.organisation, answer.question): answer.value for answer in answers},
        _period(circular, shown) if shown.last else "",
    )
    _draw_top(draught, who.name, shown)
    head = draw_header(draught.page, circular.form)
    first, last = _draw_rows(draught)
    draw_sums(draught.page, circular.form if circular.form.row else circular.form.table, first, last)
    _draw_below(draught, reporter)
    set_up_print(draught.page, head, landscape=is_landscape(circular.form))
    put_corners(sheet, paper_scale(circular.form))
    _name_answers(workbook, draught, first, last)
    put_marks(workbook, circular.slug, reporter)
    if shown.stand:
        draw_beside(
            draught.page,
            circular,
            shown.stand,
            circular.asks(who.organisations),
            Beside(head[1], first, len(circular.form.rows)),
        )
    guide_input(sheet, workbook[META], circular, first, last)
    _protect(sheet, more_rows=bool(circular.form.free))
    return to_bytes(workbook, circular.deadlines.opens, circular.form.title, pages=[draught.page])


def _period(circular: Circular, shown: Shown) -> str:
    return with_period(circular.round.period, circular.round.period, thai=shown.digits == "thai")


def _draw_top(draught: Draught, reporter: str, shown: Shown) -> None:
    page, form, circular = draught.page, draught.form, draught.circular
    deadline = thai_moment(circular.deadlines.reporters, shown.digits)
    page.line(f"{how_to(form, 'เลือก', 'ในช่องสีเหลือง')} แล้วบันทึกไฟล์ ช่องรวมคำนวณให้เอง", "r-hint")
    page.line(f"ส่งภายในวันที่ {deadline} โดยตอบกลับอีเมลที่ได้รับพร้อมแนบไฟล์นี้", "r-hint")
    if draught.wanted:
        page.line(f"ข้อมูลที่กรอกไว้เป็นของครั้งก่อน โปรดแก้ไขทุกช่องให้เป็นข้อมูลของ{draught.wanted} ก่อนส่ง", "r-hint")
    page.line(with_period(form.title, circular.round.period, thai=shown.digits == "thai"), "r-title", 18)
    page.line(f"ผู้รายงาน: {reporter}", "r-centre")
    page.across(None, "r-hint")  # how much is left, once it is known where the answers stand
    page.next()


def _draw_rows(draught: Draught) -> tuple[int, int]:
    """The rows to be filled in; gives the first and the last."""
    first = draught.page.row
    for number, organisation in enumerate(draught.organisations, 1):
        put_organisation(draught.page, number, organisation, len(draught.form.rows))
        for row in draught.form.rows:
            put_label(draught.page, draught.form, row.label)
            _draw_answers(draught, row, organisation)
    return first, draught.page.row - 1


def _draw_answers(draught: Draught, row: TableRow, whose: Organisation) -> None:
    page = draught.page
    written: list[tuple[int, Content]] = [(FIRST, row.label)]
    columns = {q.key: column for column, q in enumerate(row.questions, first_column(draught.form))}
    computed: list[tuple[Question, Cell]] = []
    for question in row.questions:
        column = columns[question.key]
        value = draught.known.get((whose.code, question.key))
        if question.kind is Kind.COMPUTED:
            cell = page.put(column, None, "r-figure")
            computed.append((question, cell))
        elif not question.is_for(whose.type):
            page.put(column, NOT_ASKED, "r-not-asked")
            continue
        else:
            content = None if value is None else cell_value(question, value, draught.marks)
            cell = page.put(column, content, OPEN_STYLES.get(question.kind, "r-figure-open"))
            written.append((column, content))
        if question.kind in NUMERIC:
            cell.number_format = number_format(draught.form, question)
    for question, cell in computed:  # when all that they add up is there
        put_row_sum(page, columns, question, cell)
    page.next(row_height(page, written))


def _draw_below(draught: Draught, reporter: str) -> None:
    page, form = draught.page, draught.form
    page.next(LINE / 2)
    for remark in form.remark:
        label = f"{remark.label}:"
        page.across(label, "r-label", 1, 2)
        page.across(None, "r-free-open", FIRST)
        page.next(max(2 * LINE, line_height(line_count(label, page.span(1, 2)))))
    page.next(LINE / 2)
    page.across(form.as_of_label, "r-right", 1, 2)
    page.across(None, "r-text-open", FIRST, min(FIRST + 1, page.columns))
    last = draught.circular.deadlines.reporters
    example = f"พิมพ์เช่น {slashed_date(last)} หรือ {thai_short_date(last)}"
    prompt(page.sheet, f"C{page.row}", "วันที่ของข้อมูล", example)
    page.next()
    page.next(LINE / 2)
    _draw_qr(draught, reporter)
    for line in (f"ลงชื่อ {_DOTS} ผู้รายงาน", f"({_DOTS})", f"ตำแหน่ง {_DOTS}"):
        page.across(line, "r-sign-open", 2, max(2, page.columns - 1))
        page.next(LINE / paper_scale(form))
    notes = (("หมายเหตุ", form.note), (FILES_TITLE, asked_lines(draught.circular)), (HELP_TITLE, help_lines(form)))
    for title, lines in notes:
        for text, style in ((title, "r-label"), *((each, "r-plain") for each in lines)) if lines else ():
            page.line(text, style)
    page.line(code_of(draught.circular.slug, reporter), "r-code", 12)


def _draw_qr(draught: Draught, reporter: str) -> None:
    """The mark for a scan of the printed page, beside the place to sign, three rows high; as large in print however wide the form."""
    page = draught.page
    picture = Image(qr_picture(draught.circular.slug, reporter))
    picture.width = picture.height = round(QR_PIXELS / paper_scale(draught.form))
    column = page.columns
    while column > FIRST and page.span(column, page.columns) * UNIT_PIXELS < picture.width:
        column -= 1
    page.sheet.add_image(picture, f"{get_column_letter(column)}{page.row}")


def _count_open(form: Form, question: Question, first: int, last: int) -> str:
    """A formula that counts the cells of a column that are still to be filled in."""
    number = open_formula(form, question, lambda letter: f"${letter}${first}:${letter}${last}")
    return f"SUMPRODUCT(--({number}))"


def _name_answers(workbook: Workbook, draught: Draught, first: int, last: int) -> None:
    """Names for the answer cells, and above the table the number of those still open."""
    page, form = draught.page, draught.form
    left: list[str] = []
    for column, question in enumerate(form.column, first_column(form)):
        area = f"${get_column_letter(column)}${first}:${get_column_letter(column)}${last}"
        if question not in form.table.asked:
            continue
        name, sheet = f"ruam_answer_{question.key}", quote_sheetname(page.sheet.title)
        workbook.defined_names[name] = DefinedName(name, attr_text=f"{sheet}!{area}")
        if question.kind is not Kind.TICK or form.blank != "no":
            left.append(_count_open(form, question, first, last))
    cell = page.sheet[f"A{first - heading_levels(form) - 1}"]
    if not left:
        put_text(cell, HINT if form.free else "ไม่มีช่องที่บังคับกรอก")
        return
    count = "+".join(left)
    blank = draught.blank
    full = f"ไม่มีช่องว่าง โปรดตรวจว่าเป็นข้อมูลของ{draught.wanted} ทุกช่อง" if draught.wanted else NOTHING_LEFT
    formula = f'=IF({count}=0,"{full}","{LEFT_TO_FILL} "&({count})&" ช่อง")'
    page.calculate(cell, formula, f"{LEFT_TO_FILL} {blank} ช่อง" if blank else full)


def _protect(sheet: Worksheet, *, more_rows: bool) -> None:
    protection = sheet.protection
    protection.sheet = True
    # False means allowed: people may widen columns and rows of a form they must read.
    protection.formatColumns = protection.formatRows = protection.formatCells = False
    protection.insertRows = protection.deleteRows = not more_rows
