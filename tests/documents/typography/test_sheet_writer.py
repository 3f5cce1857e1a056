"""Rows written as text say what the library's own writer says, and a list that went to disk row by row what a sheet in memory does."""

import io
import zipfile
from decimal import Decimal

import openpyxl
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.comments import Comment

from bot.documents.typography.formula_results import Result, with_results
from bot.documents.typography.sheet_writer import to_file
from bot.documents.typography.streamed_sheet import Roll
from bot.documents.typography.worksheet import Page, add_page, new_workbook

STYLES = st.sampled_from(["r-trace", "r-figure", "r-name"])
CONTENTS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**12), 10**12),
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
)
ROWS = st.lists(st.tuples(STYLES, st.lists(CONTENTS, min_size=1, max_size=4)), min_size=1, max_size=5)
AWKWARD = [
    ("r-trace", ['=1+1 & "<b>" \r\n', " บ้าน ", "\ud800\uffff\x00", ""]),
    ("r-figure", [Decimal("1E+3"), -1, "-", "#N/A"]),
]


def said(book: bytes) -> list[object]:
    """What a program that reads it finds: values, types and looks by cell, heights by row."""
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    cells = [
        (c.coordinate, c.value, c.data_type, c.style, c.quotePrefix, c.comment and c.comment.text)
        for row in sheet.iter_rows()
        for c in row
        if c.has_style
    ]
    return [cells, [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)], sheet.merged_cells.ranges]


def drawn(page: Page, rows: list[tuple[str, list[object]]]) -> None:
    page.across("รายการ", "r-title")
    page.next()
    for number, (style, values) in enumerate(rows, 1):
        page.fill(values, style)
        page.next(20.0 + number / 8)


@settings(max_examples=25)
@given(ROWS)
@example(AWKWARD)
def test_a_file_of_ours_reads_as_the_librarys_own(rows):
    workbook = new_workbook()
    page = add_page(workbook, "a", (10.0,) * 4)
    drawn(page, rows)
    page.put(1, 7, "r-figure").comment = Comment("ข้อสังเกต", "a")
    page.put(2, None, "r-figure").value = "=A1"
    own = io.BytesIO()
    workbook.save(own)
    assert said(to_file(workbook)) == said(own.getvalue())


RESULTS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(["#N/A", "", "ครบ & <แล้ว>", " 3 แห่ง"]),
    st.integers(-(10**12), 10**12),
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
)


def sheet_of(book: bytes) -> bytes:
    """The sheet's part, in the one spelling that equal XML has."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return etree.tostring(etree.fromstring(archive.read("xl/worksheets/sheet1.xml")), method="c14n")


def summed(results: list[Result | None]) -> Page:
    """A sheet of formulas, some with a result."""
    page = add_page(new_workbook(), "a", (10.0,) * 2)
    for result in results:
        page.put(1, "บ้าน", "r-name")
        cell = page.put(2, None, "r-sum")
        cell.value = f'=IF(A{page.row}<>"x & y",1,2)'
        if result is not None:
            page.results[cell.coordinate] = result
        page.next()
    return page


@settings(max_examples=25)
@given(st.lists(RESULTS, min_size=1, max_size=5))
def test_results_written_at_once_are_those_written_afterwards(results):
    once, again = summed(results), summed(results)
    at_once = to_file(once.sheet.parent, {"a": once.results})
    assert sheet_of(at_once) == sheet_of(with_results(to_file(again.sheet.parent), [again.results]))


@settings(max_examples=25)
@given(ROWS)
@example(AWKWARD)
def test_a_roll_reads_as_a_sheet_in_memory(rows):
    books = []
    for sheet in (Roll, add_page):
        workbook = new_workbook()
        drawn(sheet(workbook, "a", (10.0,) * 4), rows)
        books.append(said(to_file(workbook)))
    assert books[0] == books[1]


def test_what_xml_cannot_hold_is_dropped():
    workbook = new_workbook()
    drawn(add_page(workbook, "a", (10.0,)), [("r-trace", ["a\ud800b\uffffc\x00d"])])
    assert openpyxl.load_workbook(io.BytesIO(to_file(workbook))).worksheets[0]["A2"].value == "abcd"
