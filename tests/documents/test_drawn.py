"""Every document of two circulars as it looks on paper: LibreOffice and typst set it, and the pages are looked at.

One LibreOffice sets all of them, with no other fonts than ours.
"""

import io
import os
import shutil

import openpyxl
import pytest
from docx import Document

from tests.documents.drawn import CIRCULARS, documents, font_set_up, to_pdfs
from tests.documents.inked import cut_letters, fonts_of, ink_at_the_edge, overruns, page_count, without_ticks, words_of

OURS = {"Sarabun-Regular", "Sarabun-Bold", "DejaVuSans"}
PAGES = {  # of what has to be short; the lists for the office may be long
    "ticks-form.xlsx": 2, "ticks-word.docx": 1, "ticks-letter.docx": 1, "ticks-cover.pdf": 1, "ticks-report.pdf": 3,
    "ticks-only-form.xlsx": 4, "ticks-report.xlsx": 24, "ticks-marked.xlsx": 6, "figures-form.xlsx": 3, "figures-word.docx": 2,
    "figures-letter.docx": 1, "figures-cover.pdf": 1, "figures-report.pdf": 5, "figures-only-form.xlsx": 9,
    "figures-marked.xlsx": 4, "rows-form.xlsx": 6, "rows-word.docx": 4, "rows-letter.docx": 1, "rows-cover.pdf": 1,
    "rows-report.pdf": 10, "rows-only-form.xlsx": 22, "rows-marked.xlsx": 8,
    **{f"{name}-districts{kind}": 1 for name in CIRCULARS for kind in (".docx", ".pdf")},
}  # fmt: skip
PLANTED = "planted.xlsx"
ANSWERS = slice(11, 14)  # rows of the planted form


def halved(form: bytes) -> bytes:
    """The form with a few rows of its table half as high."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    rows = book.worksheets[0].row_dimensions
    for number in range(ANSWERS.start, ANSWERS.stop):
        rows[number].height /= 2
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory) -> dict[str, tuple[bytes, bytes]]:
    """File name to the file itself and to the PDF of its pages."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is needed under CI (run: sh tests/setup/debian.sh)")
        pytest.skip("*** NO LIBREOFFICE, PAGES NOT LOOKED AT ***")
    folder = tmp_path_factory.mktemp("drawn")
    made = {file: content for name in CIRCULARS for file, content in documents(name).items()}
    made[PLANTED] = halved(made["ticks-form.xlsx"])
    paths = [folder / file for file in made if not file.endswith(".pdf")]
    for path in paths:
        path.write_bytes(made[path.name])
    out = folder / "set"
    out.mkdir()
    to_pdfs(program, paths, out, font_set_up(folder / "fonts"))
    pages = {path.name: (out / f"{path.stem}.pdf").read_bytes() for path in paths}
    return {file: (content, pages.get(file, content)) for file, content in made.items()}


def texts_of(name: str, content: bytes) -> set[str]:
    """Every text that a file holds where it is to be printed, without white space."""
    if name.endswith(".docx"):
        document = Document(io.BytesIO(content))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return {"".join(text.split()) for text in (*(p.text for p in document.paragraphs), *cells)}
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        "".join(cell.value.split())
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
        for row in sheet.iter_rows(max_row=int(sheet.print_area.rpartition("$")[2]))
        for cell in row
        if isinstance(cell.value, str)
        and cell.data_type == "s"
        and not sheet.column_dimensions[cell.column_letter].hidden
    }


@pytest.mark.timeout(300)
def test_every_document_is_as_long_as_it_should_be(drawn):
    assert {name: page_count(drawn[name][1]) for name in PAGES} == PAGES


@pytest.mark.timeout(300)
def test_only_our_own_fonts_are_embedded(drawn):
    for name, (_, pdf) in drawn.items():
        assert fonts_of(pdf) <= OURS, name
    assert "DejaVuSans" in fonts_of(drawn["ticks-report.pdf"][1])  # the ticks; Sarabun has none


@pytest.mark.timeout(300)
def test_no_letter_of_any_document_is_cut(drawn):
    for name, (_, pdf) in drawn.items():
        if name.endswith(".pdf"):  # typst hides nothing; its text could only leave the page, or run into the next cell
            assert not ink_at_the_edge(pdf), name
            assert not overruns(pdf), name
        elif name != PLANTED:
            assert not cut_letters(pdf), name


@pytest.mark.timeout(300)
def test_a_row_half_as_high_is_found(drawn):
    assert {"✓", "่", "ี"} <= {cut.letter for cut in cut_letters(drawn[PLANTED][1])}


@pytest.mark.timeout(300)
def test_every_text_of_every_cell_is_on_the_pages(drawn):
    for name, (content, pdf) in drawn.items():
        if not name.endswith(".pdf"):
            said = words_of(pdf)
            missing = [text for text in texts_of(name, content) if without_ticks(text) not in said]
            assert not missing, (name, missing[:5])
