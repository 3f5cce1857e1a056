"""The marked-up return: the sender's own workbook once more, with colour and a comment where something is wrong.

A copy to mend and send back. openpyxl loses what it does not know (text boxes, buttons, sparklines, header pictures,
checks of the 2010 kind), which a copy may; the bytes received stay as they are in the books. Macros are left out on
purpose: nothing that runs goes out under the office's name. Opens what others sent, so it runs only in the sandbox's
child and therefore imports nothing beyond the parsers and the craft of sheets.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any

import openpyxl
import openpyxl.packaging.extended  # the library loads it only when it writes, where no file can be opened any more
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.fills import Fill
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from bot.documents.marked_copy.colours import HOW_TO, RED, YELLOW
from bot.documents.marked_copy.findings_sheet import Remark, Spot, draw_list, lines_of, remember, take_out
from bot.documents.typography.formula_results import Result, with_results
from bot.documents.typography.worksheet import line_count, put_text
from parsers.files.containers import unpack
from parsers.files.member_names import INSIDE
from parsers.findings import Finding, Severity
from parsers.formats.excel.lenient_openpyxl import Reader
from parsers.formats.office_zip.cell_comments import AUTHOR, BEFORE, WORDS, is_ours
from parsers.formats.office_zip.checked_package import Package, tame
from parsers.mail.message import parse

COPY_CAP = 5 << 20  # bytes; a form is under 1 MB, and mail servers refuse letters of 10 to 25 MB
RESULTS_CAP = 1 << 20  # bytes; a larger file is not opened twice
MARKS_CAP = 2_000  # cells marked
COMMENT_CAP = 2_000  # characters
ALWAYS = 'LEN("ruam")=4'  # the condition of our own rules, by which they are known again
# "C7", "XFD1048576": a place that can be marked; a reading's place may also be a row or a sheet.
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_OUTWARD = re.compile(r"^[^\[]*+\[[^\]]*+\][^!]*+!|\||\[\d+\]")  # another workbook, or another program by DDE
_BOX = 340  # pixels, the width of a comment's box
_LINE = 24  # pixels that a line of Thai takes in it


def marked_copy(raw: bytes, file: str, findings: Sequence[Finding], names: Mapping[str, str]) -> bytes:
    """The copy of the attachment ``file`` of a mail, its findings marked. ``names`` of organisations are by code.

    ``file`` may name a file within an attachment, as readings do. Raises LookupError unless there is just one of that
    name, ValueError when the copy would be too large, and what ``mark_up`` raises.
    """
    found = [
        member.data
        for attachment in parse(raw).attachments
        if file == attachment.name or file.startswith(f"{attachment.name}{INSIDE}")
        for member in unpack(attachment.name, attachment.data)
        if member.name == file
    ]
    if len(found) != 1:
        raise LookupError(f"{len(found)} attachments of that name")
    copied = mark_up(found[0], [each for each in findings if each.place.file == file], names)
    if len(copied) > COPY_CAP:
        raise ValueError(f"copy of {len(copied)} bytes")
    return copied


def mark_up(data: bytes, findings: Sequence[Remark], names: Mapping[str, str], how_to: str = HOW_TO) -> bytes:
    """A copy of an xlsx or xlsm workbook, as xlsx, with ``findings`` marked and listed; marks of an earlier copy go.

    Raises whatever the library does on a workbook it cannot open, and Unreadable for one beyond the readers' caps.
    """
    package = tame(data)  # refuses what is made to harm; what it hands on lacks all looks, and is used for values alone
    workbook = openpyxl.load_workbook(io.BytesIO(data), rich_text=True, keep_links=False)
    _cut_loose(workbook)
    _clean(workbook, take_out(workbook))
    if not workbook.worksheets:
        raise ValueError("no sheet in the workbook")
    told = [found for found in findings if found.severity in WORDS]
    fills: dict[Spot, Fill] = {}
    for sheet in workbook.worksheets:
        fills |= _mark_sheet(sheet, [found for found in told if found.place.sheet == sheet.title])
    _size_comments(workbook)
    workbook.calculation.fullCalcOnLoad = True  # what the sender mends must count at once
    remember(draw_list(workbook, lines_of(told, names), how_to), fills)
    return with_results(in_memory(workbook), _results(workbook, package) if len(data) <= RESULTS_CAP else [])


def _results(workbook: Workbook, package: Package) -> list[dict[str, Result]]:
    """What stood beside the formulas of ``workbook`` in the file as received, for each sheet in order."""
    formulas = {s.title: [c for c in _cells(s) if c.data_type == "f"] for s in workbook.worksheets}
    if not any(formulas.values()):
        return []
    reader = Reader(package.strings, package.styles, since_1904=package.since_1904)
    shown = {
        each.name: reader.sheet(package.parts[each.part]).cells for each in package.sheets if formulas.get(each.name)
    }
    return [
        {
            cell.coordinate: found.value
            for cell in cells
            if (found := shown.get(title, {}).get((cell.row, cell.column))) and found.value is not None
        }
        for title, cells in formulas.items()
    ]


def _mark_sheet(sheet: Worksheet, findings: Iterable[Remark]) -> dict[Spot, Fill]:
    """Marks the cells that ``findings`` name; what fill each had before."""
    by_cell: dict[str, list[Remark]] = {}
    for found in findings:
        if _ADDRESS.fullmatch(found.place.cell):
            by_cell.setdefault(_anchor(sheet, found.place.cell), []).append(found)
    fills: dict[Spot, Fill] = {}
    marked: dict[Severity, list[str]] = {Severity.ERROR: [], Severity.WARNING: []}
    for address, found_here in list(by_cell.items())[:MARKS_CAP]:
        cell = sheet[address]
        worst = Severity.ERROR if any(f.severity is Severity.ERROR for f in found_here) else Severity.WARNING
        fills[sheet.title, address] = copy(cell.fill)
        cell.fill = copy(_colour(worst))
        cell.comment = _comment(found_here, cell)
        marked[worst].append(address)
    _rule_first(sheet, marked)
    return fills


def _colour(severity: Severity) -> PatternFill:
    return RED if severity is Severity.ERROR else YELLOW


def _anchor(sheet: Worksheet, address: str) -> str:
    """The cell itself, or the top left one of the merged range it lies in."""
    covering = next((area for area in sheet.merged_cells.ranges if address in area), None)
    return covering.start_cell.coordinate if covering else address


def _comment(findings: Sequence[Remark], cell: Cell) -> Comment:
    texts = dict.fromkeys(f"{WORDS[found.severity]}: {found.message}" for found in findings)
    text = "\n".join(texts)[:COMMENT_CAP]
    if cell.comment:
        text += f"{BEFORE}{cell.comment.text}"
    return Comment(ILLEGAL_CHARACTERS_RE.sub("", text), AUTHOR)


def _rule_first(sheet: Worksheet, marked: Mapping[Severity, Sequence[str]]) -> None:
    """Colours by a rule too, before all others and ending them: a rule's fill wins over the cell's own."""
    rules = ConditionalFormattingList()
    for severity, addresses in marked.items():
        if addresses:
            style = DifferentialStyle(fill=copy(_colour(severity)))
            rules.add(" ".join(addresses), Rule("expression", dxf=style, stopIfTrue=True, formula=[ALWAYS]))
    shift = rules.max_priority
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if ALWAYS not in rule.formula:
                rule.priority += shift
                rules.add(area, rule)
    sheet.conditional_formatting = rules


def _clean(workbook: Workbook, fills: Mapping[Spot, Fill]) -> None:
    """Takes off what an earlier copy had put on: comments, colours where they are still ours, rules."""
    for sheet in workbook.worksheets:
        _rule_first(sheet, {})
        for cell in _cells(sheet):
            ours = cell.comment is not None and is_ours(cell.comment.author or "", cell.comment.text)
            known = fills.get((sheet.title, cell.coordinate))
            if cell.comment and ours:
                _, _, before = cell.comment.text.partition(BEFORE)
                cell.comment = Comment(before, "") if before else None
            if (ours or known) and _is_coloured(cell):
                cell.fill = copy(known) if known else PatternFill()


def _cut_loose(workbook: Workbook) -> None:
    """Formulas and names that reach into other files or programs become text or go; so does who wrote and changed the file."""
    workbook.properties.creator, workbook.properties.lastModifiedBy = AUTHOR, None
    for sheet in workbook.worksheets:
        for cell in _cells(sheet):
            if cell.data_type == "f" and _OUTWARD.search(str(getattr(cell.value, "text", cell.value))):
                put_text(cell, str(getattr(cell.value, "text", cell.value)))
    holders: tuple[Any, ...] = (workbook, *workbook.worksheets)
    for holder in holders:
        for name in [name for name, defined in holder.defined_names.items() if _OUTWARD.search(defined.value or "")]:
            del holder.defined_names[name]


def _is_coloured(cell: Cell) -> bool:
    """Whether it still has one of our colours; a gradient has none."""
    colour = getattr(cell.fill, "fgColor", None)
    return colour is not None and colour.rgb in (RED.fgColor.rgb, YELLOW.fgColor.rgb)


def _size_comments(workbook: Workbook) -> None:
    """Boxes as large as their text needs; the library knows no sizes of those that were there before."""
    for sheet in workbook.worksheets:
        for cell in _cells(sheet):
            if cell.comment:
                cell.comment.width = _BOX
                cell.comment.height = (line_count(cell.comment.text, _BOX / 7, 12) + 1) * _LINE


def _cells(sheet: Worksheet) -> list[Cell]:
    # Every public walk goes over the whole rectangle, which may be a million rows of nothing.
    return [cell for cell in sheet._cells.values() if isinstance(cell, Cell)]  # noqa: SLF001 - see above


class _InMemory(ExcelWriter):
    """The library's writer without its temporary files: a reading child must leave nothing behind."""

    _archive: zipfile.ZipFile

    def write_worksheet(self, ws: Any) -> None:
        """As the library does it, the sheet's XML kept in memory."""
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - the library's own protocol between sheet and writer
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images  # noqa: SLF001 - see above
        writer: Any = WorksheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001 - see above
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


def in_memory(workbook: Workbook) -> bytes:
    """The workbook as a file, made without one: the child it is made in may open none."""
    out = io.BytesIO()
    _InMemory(workbook, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)).save()
    return out.getvalue()
