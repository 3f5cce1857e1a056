"""Forms, reports and marked copies where TH SarabunPSK is missing: three other fonts, columns as narrow as Excel's, a telephone."""

import io
import os
import re
import shutil
import unicodedata

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from bot.documents.form.excel_form import blank_form
from bot.documents.form.word_form import blank_form_docx
from bot.documents.report.baseline_sheet import draw_since, since_title, since_widths
from bot.documents.report.workbook import report_workbook
from bot.documents.typography.line_breaks import pieces
from bot.documents.typography.worksheet import add_page, new_workbook, to_bytes
from bot.office.model.baseline import Stand
from tests.documents.drawn import (
    CIRCULARS,
    FALLBACKS,
    OFFICE,
    circular_named,
    fallback_set_up,
    marked_copy,
    recorded,
    rollup_of,
    to_pdfs,
)
from tests.documents.inked import cut_letters, fonts_of, ink_at_the_edge, lines_of

PLANTED = "planted.xlsx"
LOOKED_AT = 2  # first pages of each document: heading, names and marks
FULL = {"ticks-marked.xlsx", "figures-report.xlsx"}  # of these the first page holds all kinds of cells
WORDS_AT_LEAST = {"figures": 12, "ticks": 6}  # different ones in the headings of Word forms
PIXELS = 7  # a unit of a column, in Excel and on telephones
TELEPHONE = 390  # pixels
DESKTOP = 1330  # pixels: nobody fills in on a telephone what is wider
HALF_A_SCREEN = 350  # pixels
REPORTER = "den-chai"  # five organisations: a page or two


def lowered(form: bytes) -> bytes:
    """The form with the row of its group headings as low as it was when only TH SarabunPSK was thought of."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    row = next(row for row in range(1, 20) if str(sheet.cell(row, 3).value).startswith("การจัดทำ"))
    sheet.row_dimensions[row].height = 24
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def since() -> bytes:
    """The report's sheet of what has changed since a day, alone, with all that can have become of an organisation."""
    circular, roster = circular_named("ticks")
    done = {
        (one.code, key): number % 3 > 0 for number, one in enumerate(roster.organisations) for key in circular.listed
    }
    stand = Stand(circular.slug, circular.dated, done, {})
    workbook = new_workbook()
    page = add_page(workbook, since_title(stand), since_widths(circular, stand))
    draw_since(page, circular, rollup_of(circular, roster), stand)
    return to_bytes(workbook, circular.deadlines.opens, "")


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """File name to content."""
    files = {"ticks-since.xlsx": since()}
    for name in CIRCULARS:
        circular, roster = circular_named(name)
        known = recorded(circular, roster, owing=4)
        files[f"{name}-form.xlsx"] = blank_form(circular, roster, REPORTER, known)
    files["ticks-marked.xlsx"] = marked_copy(*circular_named("ticks"))
    circular, roster = circular_named("figures")
    for name in WORDS_AT_LEAST:
        files[f"{name}-word.docx"] = blank_form_docx(*circular_named(name), REPORTER, ())
    files["figures-report.xlsx"] = report_workbook(
        circular, rollup_of(circular, roster), OFFICE, roster, only_form=True
    )
    files[PLANTED] = lowered(files["ticks-form.xlsx"])
    return files


@pytest.fixture(scope="module", params=FALLBACKS)
def drawn(request, made, tmp_path_factory) -> dict[str, bytes]:
    """File name to the PDF of its pages, as set in one of the fonts by one LibreOffice."""
    program = shutil.which("soffice")
    lacking = (
        "LibreOffice" if program is None else next((str(f) for f in FALLBACKS[request.param] if not f.exists()), "")
    )
    if lacking:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{lacking} is needed under CI (run: sh tests/setup/debian.sh)")
        pytest.skip(f"*** NO {lacking}, PAGES IN {request.param.upper()} NOT LOOKED AT ***")
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "set").mkdir()
    for name, content in made.items():
        (folder / name).write_bytes(content)
    to_pdfs(program, [folder / name for name in made], folder / "set", fallback_set_up(folder / "fonts", request.param))
    pages = {name: (folder / "set" / f"{name.partition('.')[0]}.pdf").read_bytes() for name in made}
    own = request.param.replace(" ", "")
    assert any(font.startswith(own) for font in fonts_of(pages["ticks-form.xlsx"]))
    return pages


@pytest.mark.timeout(300)
def test_no_letter_is_cut_in_another_font(drawn):
    for name, pdf in drawn.items():
        assert not ink_at_the_edge(pdf), name
        if name != PLANTED:
            assert not cut_letters(pdf, 1 if name in FULL else LOOKED_AT), name


@pytest.mark.timeout(300)
def test_a_group_heading_with_too_low_a_row_is_found_in_each_font(drawn):
    cut = cut_letters(drawn[PLANTED], 1)
    assert len(cut) > 5
    assert any("มาตรา" in each.around for each in cut)


def bare(text: str) -> str:
    """Without spaces, and without marks, which some fonts' text layers give in another order."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Mn" and not letter.isspace())


@pytest.mark.parametrize("name", WORDS_AT_LEAST)
def test_the_word_form_breaks_no_word_of_its_headings(drawn, name):
    form = circular_named(name)[0].form
    lines = [bare(line) for line in lines_of(drawn[f"{name}-word.docx"])]
    first = next(place for place, line in enumerate(lines) if re.match(r"1(?!\d)", line))
    head = lines[:first]  # above the first organisation
    texts = {form.number_label, *(text for question in form.column for text in (question.label, question.group))}
    words = {bare(word) for text in texts for piece in pieces(text) for word in piece.split("/")} - {""}
    assert len(words) > WORDS_AT_LEAST[name]
    assert not [word for word in words if not any(word in line for line in head)]


def test_what_stays_in_sight_leaves_a_telephone_room_for_the_rest(made):
    for name, content in made.items():
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets if name.endswith(".xlsx") else ():
            if not sheet.freeze_panes:
                continue
            column, row = re.fullmatch(r"([A-Z]+)([0-9]+)", sheet.freeze_panes).groups()
            widths = [
                sheet.column_dimensions[get_column_letter(at)].width * PIXELS
                for at in range(1, sheet.max_column + 1)
                if not sheet.column_dimensions[get_column_letter(at)].hidden
            ]
            still = "ABC".index(column)
            assert still, name
            beside = sum(widths[:still]) + max(widths[2:])
            assert beside <= TELEPHONE or sum(widths) > DESKTOP or sum(widths[:still]) < TELEPHONE / 5, name
            assert sum(sheet.row_dimensions[at].height * 4 / 3 for at in range(1, int(row))) <= HALF_A_SCREEN, name
