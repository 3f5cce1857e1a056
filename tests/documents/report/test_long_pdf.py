"""A report that is set in parts and joined is page for page the one that is set in one piece."""

import datetime
from typing import Any

import pypdfium2
import pytest

from bot.documents.report.long_pdf import PAGES, TEMPLATE, in_parts, long_pdf, page_starts
from bot.documents.report.pdf import report_view
from bot.documents.typography.joined_pages import page_count
from bot.documents.typography.typeset import cut, in_child
from bot.office.model.rollup import roll_up
from tests.documents.drawn import OFFICE, circular_named, nation, recorded

MADE = datetime.datetime(2024, 12, 2, tzinfo=datetime.UTC)
# A page holds some 40 lines of ticks, 20 of figures, 10 of several rows.
LONG = {"ticks": 800, "figures": 380, "rows": 190}


def view_of(name: str) -> dict[str, Any]:
    """A report of so many organisations that it takes two parts, every seventh without an answer."""
    circular, phrae = circular_named(name)
    roster = nation(phrae, LONG[name])
    answers = recorded(circular, roster, owing=7)
    rollup = roll_up(circular, roster, answers, (), circular.deadlines.reporters.date())
    view: dict[str, Any] = cut(report_view(circular, rollup, OFFICE, roster), frozenset())
    return view


def pictures(pdf: bytes) -> list[bytes]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=1).to_pil().tobytes() for page in document]


@pytest.mark.parametrize("name", LONG)
def test_parts_joined_look_as_one_piece(name):
    view = view_of(name)
    whole, parts = in_child(TEMPLATE, view, MADE), long_pdf(view, MADE)
    assert page_count(whole) > PAGES
    assert parts != whole
    assert pictures(parts) == pictures(whole)
    assert len(parts) < 1.5 * len(whole)


def test_where_pages_begin_otherwise_it_is_set_in_one_piece():
    view = view_of("rows")
    later = [start + start // 8 for start in page_starts(view)]  # no page holds as many
    assert in_parts(view, MADE, later) == in_child(TEMPLATE, view, MADE)


def test_the_same_long_report_has_the_same_bytes():
    view = view_of("rows")
    starts = page_starts(view)
    assert in_parts(view, MADE, starts) == in_parts(view, MADE, starts)
