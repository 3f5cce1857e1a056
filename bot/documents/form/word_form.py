"""The pre-filled form as a Word file, for those who insist on Word. Read back like any other table in a Word file."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row

from bot.documents.form.column_help import FILES_TITLE, HELP_TITLE, help_lines
from bot.documents.form.free_rows import HINT, laid_out
from bot.documents.form.input_help import how_to
from bot.documents.form.mark_and_qr import code_of, qr_picture
from bot.documents.report.columns_and_headings import (
    FIRST,
    NOT_ASKED,
    Marks,
    cell_value,
    column_widths,
    first_column,
    fixed_headings,
    heading_levels,
    is_landscape,
    marks_of,
    paper_scale,
)
from bot.documents.typography.cell_styles import NOT_ASKED as GREY
from bot.documents.typography.cell_styles import OWED
from bot.documents.typography.digits import with_period
from bot.documents.typography.line_breaks import pieces
from bot.documents.typography.word_document import CENTRE, LEFT, line, new_document, plain_table, to_bytes, write
from bot.documents.typography.worksheet import line_count, text_width
from bot.office.model.asked_files import asked_lines
from bot.office.model.circular import Circular
from bot.office.model.recorded_answer import Recorded
from bot.office.model.roster import Roster
from parsers.form.form import Form
from parsers.form.question import NUMERIC, Kind, Question
from parsers.reading import Answer, Value
from parsers.thai.dates import Digits, thai_moment

MARGINS = (1.5, 1.5, 1.5, 1.5)  # centimetres
POINTS = 14
NOTE_POINTS = 12  # of the lines below the table, so that the mark stays on their page
SMALLEST = 8  # points: smaller letters are worse than a parted word
LINE_EM = 1.6  # height of a line, in its size: 1.59 by Loma, 1.4 by TH SarabunPSK
UNIT = 7 * 2.54 / 96  # centimetres of a unit of a workbook's columns
PADDING = 1.5  # units of a cell that its text does not get
NAME = FIRST - 2  # place of the organisations' column
NAME_PART = "เทศบาลตำบล"  # the longest part of a name that should stay on a line
SHADE = "EAF1F8"
_DOTS = "." * 44


def blank_form_docx(
    circular: Circular,
    roster: Roster,
    reporter: str,
    answers: Iterable[Answer | Recorded] = (),
    *,
    digits: Digits = "thai",
) -> bytes:
    """The form as .docx for the reporter with this key, ``answers`` filled in. Raises KeyError.

    It has no total row: Word adds up nothing, and a total typed by hand is one more thing to be wrong.
    """
    circular, answers = laid_out(circular, tuple(answers))
    who, form = roster.by_key[reporter], circular.form
    known = {(answer.organisation, answer.question): answer.value for answer in answers}
    document = new_document(margins=MARGINS, landscape=is_landscape(form))
    _top(document, circular, who.name, digits)
    room = (29.7 if is_landscape(form) else 21.0) - MARGINS[1] - MARGINS[3]
    points, units = _columns(form, room / UNIT)
    levels = heading_levels(form)
    widths = [Cm(each * UNIT) for each in units]
    asked = circular.asks(who.organisations)
    table = plain_table(document, widths, levels + len(asked) * len(form.rows))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _head(table, form, levels, points, units)
    _raise_head(table, levels, points, _lines(form, units, points))
    for number, code in enumerate(asked, 1):
        name = roster.by_code[code].printed_name
        rows = table.rows[levels + (number - 1) * len(form.rows) :][: len(form.rows)]
        head = _Head(str(number), name, roster.by_code[code].type)
        _block(form, rows, points, head, {key: value for (of, key), value in known.items() if of == code})
    _bottom(document, circular, reporter)
    return to_bytes(document, circular.deadlines.opens, form.title, "")


def _columns(form: Form, room: float) -> tuple[int, list[float]]:
    """Size of the letters and widths of the columns: as in the workbook, but no word of a heading is parted, in any font.

    What the others need more, the names give, which take two lines; where that is not enough, letters are smaller.
    """
    shares = column_widths(form)
    fair = [room * share / sum(shares) for share in shares]
    largest = round(POINTS * paper_scale(form))
    for points in range(largest, min(largest, SMALLEST) - 1, -1):
        least = [_longest_piece(text, points) for text in _heads(form)]
        widths = [max(pair) for pair in zip(fair, least, strict=True)]
        widths[NAME] -= sum(widths) - room
        if widths[NAME] >= _longest_piece(NAME_PART, points):
            break
    else:
        widths = fair
    return points, widths


def _heads(form: Form) -> tuple[str, ...]:
    return (*fixed_headings(form), *(question.label for question in form.column))


def _longest_piece(text: str, points: float) -> float:
    return max(text_width(piece, points) for piece in pieces(text)) + PADDING


def _parted(text: str, width: float, points: float) -> str:
    """``text`` in lines of our own, since programs part words beside brackets and strokes."""
    lines = [""]
    for piece in pieces(text):
        if lines[-1].strip() and text_width(lines[-1] + piece.rstrip(), points) > width - PADDING:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.strip() for line in lines)


def _lines(form: Form, widths: Sequence[float], points: float) -> int:
    """Lines of the longest label."""
    return max(line_count(text, width, points) for text, width in zip(_heads(form), widths, strict=True))


class _Head(NamedTuple):
    """What stands left of an organisation's answers, and its type."""

    number: str
    name: str
    kind: str


def _block(form: Form, rows: Sequence[_Row], points: int, head: _Head, known: Mapping[str, Value]) -> None:
    """The rows of one organisation under each other, its number and name beside them; they stay on one page."""
    for column, text in enumerate((head.number, head.name)):
        whole = rows[0].cells[column]
        _fill(whole.merge(rows[-1].cells[column]) if len(rows) > 1 else whole, text, points, left=bool(column))
    owed = {question.key for question in form.asked_of(head.kind, known)}
    for place, (row, asked) in enumerate(zip(rows, form.rows, strict=True)):
        cells = row.cells
        if form.row:
            _fill(cells[FIRST - 1], asked.label, points, left=True)
        for cell, question in zip(cells[first_column(form) - 1 :], asked.questions, strict=True):
            shown = _shown(question, known, marks_of(form))
            if not question.is_for(head.kind):
                _shade(cell, GREY)
                shown = NOT_ASKED
            elif question.key in owed and not shown:
                _shade(cell, OWED)
            _fill(cell, shown, points, left=question.kind is Kind.TEXT)
        for cell in cells if place < len(rows) - 1 else ():
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _top(document: WordDocument, circular: Circular, reporter: str, digits: Digits) -> None:
    form, due = circular.form, thai_moment(circular.deadlines.reporters, digits)
    sums = ", ".join(f"“{question.label}”" for question in form.column if question.kind is Kind.COMPUTED)
    how = how_to(form, "พิมพ์", "ในช่องสีเหลือง") + (f" (ไม่ต้องกรอก {sums})" if sums else "")
    how += f" {HINT}" if form.free else ""
    line(document, f"{how} แล้วตอบกลับอีเมลพร้อมแนบไฟล์นี้ ภายในวันที่ {due}", points=POINTS)
    line(document, with_period(form.title, circular.round.period, thai=digits == "thai"), CENTRE, bold=True)
    line(document, f"ผู้รายงาน: {reporter}", CENTRE).paragraph_format.space_after = Pt(6)


def _head(table: Table, form: Form, levels: int, points: int, widths: Sequence[float]) -> None:
    for column, text in enumerate(fixed_headings(form)):
        _heading(table.cell(0, column).merge(table.cell(levels - 1, column)), text, points)
    column = first_column(form) - 1
    for group, members in groupby(form.column, key=lambda question: question.group):
        questions = tuple(members)
        beyond = column + len(questions)
        if group:
            text = _parted(group, sum(widths[column:beyond]), points)
            _heading(table.cell(0, column).merge(table.cell(0, beyond - 1)), text, points)
        for place, question in enumerate(questions, column):
            below = table.cell(levels - 1, place)
            label = _parted(question.label, widths[place], points)
            _heading(below if group else table.cell(0, place).merge(below), label, points)
        column = beyond
    for row in table.rows[:levels]:
        repeat = OxmlElement("w:tblHeader")
        row._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001 - the library cannot repeat heading rows
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)  # noqa: SLF001 - nor keep a row on one page


def _raise_head(table: Table, levels: int, points: int, lines: int) -> None:
    """Heading rows as high as their longest label; on further pages LibreOffice forgets what cells of two rows need."""
    for row in table.rows[:levels]:
        row.height, row.height_rule = Pt(max(1, lines / levels) * points * LINE_EM), WD_ROW_HEIGHT_RULE.AT_LEAST


def _heading(cell: _Cell, text: str, points: int) -> None:
    _shade(cell, SHADE)
    _fill(cell, text, points, bold=True)


def _shade(cell: _Cell, colour: str) -> None:
    """Before the cell is filled: how its text stands follows the shading in the schema."""
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - the library knows no shading


def _fill(cell: _Cell, text: str, points: int, *, bold: bool = False, left: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    for other in cell.paragraphs[1:]:
        other._p.getparent().remove(other._p)  # noqa: SLF001 - merging leaves empty paragraphs behind
    paragraph.alignment = LEFT if left else CENTRE
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    write(paragraph, text, bold=bold, points=points)


def _shown(question: Question, known: Mapping[str, Value], marks: Marks) -> str:
    value = known.get(question.key)
    if value is None:
        return ""
    content = cell_value(question, value, marks)
    return (
        f"{content:,f}"
        if question.kind in NUMERIC and not isinstance(content, str) and content is not None
        else str(content)
    )


def _bottom(document: WordDocument, circular: Circular, reporter: str) -> None:
    form = circular.form
    line(document)
    for remark in form.remark:
        line(document, f"{remark.label}: ", points=POINTS)
    line(document, f"{form.as_of_label} ", points=POINTS)
    for text in ("", f"ลงชื่อ {_DOTS} ผู้รายงาน", f"({_DOTS})", f"ตำแหน่ง {_DOTS}"):
        line(document, text, CENTRE, points=POINTS)
    notes = (("หมายเหตุ", form.note), (FILES_TITLE, asked_lines(circular)), (HELP_TITLE, help_lines(form)))
    for title, texts in notes:
        for number, text in enumerate(texts):
            line(document, text if number else f"{title}: {text}", points=NOTE_POINTS)
    foot = line(document, f"{code_of(circular.slug, reporter)}  ", points=12)
    foot.add_run().add_picture(qr_picture(circular.slug, reporter), height=Cm(1.6))
