"""Help and checks while a form is filled in: drop-downs, limits, prompts, and a colour on what is still open.

Every check is a warning, not a wall: reading understands more than a drop-down can offer.
"""

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.form.column_help import help_of
from bot.documents.form.open_cells import open_formula
from bot.documents.report.columns_and_headings import first_column, marks_of
from bot.documents.typography.cell_styles import OWED
from bot.documents.typography.worksheet import put_text
from bot.office.model.circular import Circular
from parsers.form.form import Form
from parsers.form.question import LISTED, NUMERIC, Kind, Question
from parsers.thai.dates import slashed_date

LONGEST_LIST = 250  # characters a drop-down may hold by itself; longer lists stand on the hidden sheet
FIRST_LIST_COLUMN = 4  # of the hidden sheet; the form's mark stands in the first two
LONGEST_PROMPT = 255  # characters; Excel takes no more
PROMPT_TITLE = "วิธีกรอกช่องนี้"
_OWED = PatternFill("solid", bgColor=f"FF{OWED}")


def guide_input(sheet: Worksheet, lists: Worksheet, circular: Circular, first: int, last: int) -> None:
    """Sets up the answer cells in the rows ``first`` to ``last``; long lists of choices go on the sheet ``lists``."""
    form = circular.form
    for column, question in enumerate(form.column, first_column(form)):
        if question.kind is Kind.COMPUTED:
            continue
        letter = get_column_letter(column)
        area = f"{letter}{first}:{letter}{last}"
        rule = _prompted(_rule(question, circular, lists), help_of(form, question))
        if rule is not None:
            rule.add(area)
            sheet.add_data_validation(rule)
        if question.required:
            formula = open_formula(form, question, lambda of: f"{of}{first}")
            owed = Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=_OWED))
            sheet.conditional_formatting.add(area, owed)


def how_to(form: Form, verb: str, where: str) -> str:
    """What is entered ``where``, and what an empty cell means. ``verb`` is how a mark comes into its cell."""
    marks = marks_of(form)
    ticks = any(question.kind is Kind.TICK for question in form.column)
    others = any(question.kind not in {Kind.TICK, Kind.COMPUTED} for question in form.column)
    parts = [
        f"{verb} {marks.yes} (ดำเนินการแล้ว) หรือ {marks.no} (ยังไม่ได้ดำเนินการ)" if ticks else "",
        "กรอกข้อมูล" if others else "",
    ]
    may_be_empty = ticks and form.blank == "no"
    endings = [
        "หนึ่งแถวต่อหนึ่งรายการ" if form.free else where,
        "ให้ครบทุกช่อง" if not form.free and (others or not may_be_empty) else "",
        "ช่องติ๊กที่เว้นว่างถือว่ายังไม่ได้ดำเนินการ" if may_be_empty else "",
    ]
    return " ".join(["วิธีกรอก: " + " และ".join(filter(None, parts)), *filter(None, endings)])


def _prompted(rule: DataValidation | None, said: str) -> DataValidation | None:
    """The check of a column, with what is said of it shown beside its cells."""
    if not said:
        return rule
    rule = rule or DataValidation(allow_blank=True)
    rule.showInputMessage, rule.promptTitle = True, rule.promptTitle or PROMPT_TITLE
    said = f"{rule.prompt} {said}" if rule.prompt else said
    rule.prompt = said if len(said) <= LONGEST_PROMPT else f"{said[: LONGEST_PROMPT - 1]}…"
    return rule


def _rule(question: Question, circular: Circular, lists: Worksheet) -> DataValidation | None:
    if question.kind is Kind.TICK:
        marks = marks_of(circular.form)
        return _list_rule((marks.yes, marks.no), lists)
    if question.kind is Kind.CHOICES:
        return None  # a list would take one only
    if question.kind in LISTED:
        rule = _list_rule(question.offered, lists)
        rule.showErrorMessage = not question.other  # behind which people write their own
        return rule
    if question.kind is Kind.DATE:
        # Typed as text on purpose: a spreadsheet would take 29/11/67 for 1967.
        return DataValidation(
            allow_blank=True,
            showInputMessage=True,
            promptTitle="วันที่",
            prompt=f"พิมพ์เช่น {slashed_date(circular.deadlines.reporters)}",
        )
    if question.kind not in NUMERIC:
        return None
    low = -(10**12) if question.minimum is None else question.minimum
    high = 10**12 if question.maximum is None else question.maximum
    return DataValidation(
        type="whole" if question.kind is Kind.INTEGER else "decimal",
        operator="between",
        formula1=str(low),
        formula2=str(high),
        allow_blank=True,
        errorStyle="warning",
        showErrorMessage=True,
        errorTitle="โปรดตรวจสอบ",
        error=f"ช่องนี้เป็นตัวเลข{' จำนวนเต็ม' if question.kind is Kind.INTEGER else ''}{_limits(question)}",
    )


def _limits(question: Question) -> str:
    low = "" if question.minimum is None else f" ไม่น้อยกว่า {question.minimum:,}"
    high = "" if question.maximum is None else f" ไม่เกิน {question.maximum:,}"
    return low + high


def _list_rule(choices: tuple[str, ...], lists: Worksheet) -> DataValidation:
    source = '"' + ",".join(choices) + '"'
    if len(source) > LONGEST_LIST or any("," in choice or '"' in choice for choice in choices):
        column = max(lists.max_column + 1, FIRST_LIST_COLUMN)
        for row, choice in enumerate(choices, 1):
            put_text(lists.cell(row, column), choice)
        letter = get_column_letter(column)
        source = f"'{lists.title}'!${letter}$1:${letter}${len(choices)}"
    return DataValidation(
        type="list",
        formula1=source,
        allow_blank=True,
        errorStyle="warning",
        showErrorMessage=True,
        errorTitle="โปรดตรวจสอบ",
        error="กรุณาเลือกจากรายการในช่อง",
    )


def prompt(sheet: Worksheet, cell: str, title: str, text: str) -> None:
    """Shows ``text`` beside a cell while it is chosen."""
    rule = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=title, prompt=text)
    rule.add(cell)
    sheet.add_data_validation(rule)
