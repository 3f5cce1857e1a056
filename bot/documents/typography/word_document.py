"""The craft of Word documents in Thai: page, fonts and paragraphs that Word sets as an officer would. A home of python-docx.

Thai is a complex script to Word: its font and size are attributes of their own (``w:cs``, ``w:szCs``), and without them
Thai text stays in the default font.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from bot.documents.typography.line_breaks import for_programs

FONT = "TH SarabunPSK"  # on every officer's computer
POINTS = 16
LINE = 16.0  # centimetres of a line of a letter
LONGEST_PROPERTY = 255  # characters; the library refuses more
# What XML 1.0, 2.2 has no place for, such as U+0000 and halves of characters.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say

CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def new_document(*, margins: Sequence[float], landscape: bool = False) -> WordDocument:
    """An empty A4 document in 16 pt TH SarabunPSK. ``margins`` are top, right, bottom, left in centimetres."""
    document = Document()
    _drop_old_looks(document)
    style = document.styles["Normal"]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)
    properties = style.element.rPr
    for tag in ("w:sz", "w:szCs"):
        size = properties.find(qn(tag))
        if size is None:
            size = OxmlElement(tag)
            properties.append(size)
        size.set(qn("w:val"), str(2 * POINTS))
    language = OxmlElement("w:lang")
    language.set(qn("w:bidi"), "th-TH")
    properties.append(language)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Cm, margins)
    return document


def _drop_old_looks(document: WordDocument) -> None:
    """Takes out the library's second set of styles, for Word 2010: it would have to repeat every change of the first."""
    for key, relation in tuple(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(key)


def write(paragraph: Paragraph, text: str, *, bold: bool = False, points: float = POINTS) -> Paragraph:
    """``text`` at the end of ``paragraph``; characters that XML cannot hold are dropped."""
    run = paragraph.add_run(_NOT_XML.sub("", for_programs(text)))
    properties = run._r.get_or_add_rPr()  # noqa: SLF001 - the library has no word for complex scripts
    if bold:
        run.bold = True
        properties.append(OxmlElement("w:bCs"))
    if points != POINTS:
        run.font.size = Pt(points)
        size = OxmlElement("w:szCs")
        size.set(qn("w:val"), str(int(2 * points)))
        properties.append(size)
    return paragraph


def line(
    document: WordDocument | _Cell,
    text: str = "",
    align: WD_ALIGN_PARAGRAPH | None = None,
    *,
    bold: bool = False,
    points: float = POINTS,
) -> Paragraph:
    """A new paragraph of one text."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    return write(paragraph, text, bold=bold, points=points)


def indented(document: WordDocument, text: str, before: float = 6) -> Paragraph:
    """A paragraph whose first line begins 2.5 centimetres in, ``before`` points below the one above."""
    paragraph = line(document, text)
    paragraph.paragraph_format.first_line_indent = Cm(2.5)
    paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def hanging(document: WordDocument, label: str, text: str, hang: float, amount: str = "") -> Paragraph:
    """A label and its text, whose further lines begin below the text's first; ``amount`` ends at the right of the last."""
    paragraph = line(document, f"{label}\t{text}" + (f"\t{amount}" if amount else ""))
    layout = paragraph.paragraph_format
    layout.left_indent, layout.first_line_indent, layout.space_before = Cm(hang), Cm(-hang), Pt(6)
    layout.tab_stops.add_tab_stop(Cm(hang))
    if amount:
        layout.tab_stops.add_tab_stop(Cm(LINE), WD_TAB_ALIGNMENT.RIGHT)
    return paragraph


def plain_table(document: WordDocument, widths: Sequence[Length], rows: int) -> Table:
    """A table of fixed columns. LibreOffice heeds the widths of cells only, Word those of the grid: both are set."""
    table: Table = document.add_table(rows, len(widths))
    table.autofit = False
    padding: Any = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        edge = OxmlElement(side)
        edge.set(qn("w:w"), "57")  # twentieths of a point: 1 mm instead of 2
        edge.set(qn("w:type"), "dxa")
        padding.append(edge)
    table._tbl.tblPr.insert_element_before(padding, "w:tblLook")  # noqa: SLF001 - the library has no word for it
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    return table


def to_bytes(document: WordDocument, made: datetime.datetime, title: str, author: str) -> bytes:
    """The document as .docx; the same document gives the same bytes."""
    about = document.core_properties
    about.title, about.author, about.comments = _about(title), _about(author), ""
    about.last_modified_by = about.author
    about.created = about.modified = made.astimezone(datetime.UTC).replace(tzinfo=None)
    raw = io.BytesIO()
    document.save(raw)
    still = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return still.getvalue()


def _about(text: str) -> str:
    return _NOT_XML.sub("", text)[:LONGEST_PROPERTY]
