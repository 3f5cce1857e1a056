"""The figure of a footnote above the line is no figure of the number before it: 98 with a raised 1 is not 981."""

import io

import docx
import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from parsers.formats.excel import xlsx
from parsers.formats.web import html
from parsers.formats.word import docx as word


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def in_word():
    document = docx.Document()
    paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
    paragraph.add_run("98")
    paragraph.add_run("1").font.superscript = True
    return word.read(saved(document))


def in_excel():
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText("98", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    return xlsx.read(saved(book))


def in_a_page(markup):
    return html.read(f"<table><tr><td>{markup}</td></tr></table>".encode())


@pytest.mark.parametrize(
    "made",
    [
        in_word,
        in_excel,
        lambda: in_a_page("98<sup>1</sup>"),
        lambda: in_a_page('98<span style="vertical-align: super">1</span>'),
    ],
    ids=["word", "excel", "sup", "style"],
)
def test_a_raised_figure_is_told_from_the_number(made):
    (grid,) = made().grids
    assert [cell.text for cell in grid.cells.values()] == ["98¹"]
