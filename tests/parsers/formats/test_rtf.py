"""Rich text documents to grids: letters of every code page, every way to tick, merged cells, hostile bytes."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.findings import Code
from parsers.formats.unreadable import Unreadable
from parsers.formats.word import rtf
from parsers.grid import Merge

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset222{\*\panose 020b}TH SarabunPSK;}"
    r"{\f2\fnil\fcharset2 Wingdings;}{\f3\fnil\fcharset0 Wingdings 2{\*\falt x};}}{\colortbl;\red0\green0\blue0;}"
    r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}}{\info{\title ชื่อเรื่อง}}"
)


def escaped(words):
    r"""As Word writes what is beyond its bytes: \u with the letter of the code page behind it, in two halves if it is far."""
    return "".join(each if each < "\u0100" else "".join(f"\\u{unit}\\'3f" for unit in units(each)) for each in words)


def units(letter):
    pair = letter.encode("utf-16-le")
    return [int.from_bytes(pair[at : at + 2], "little", signed=True) for at in range(0, len(pair), 2)]


def document(*parts, head=r"\ansi\ansicpg1252\deff0"):
    return escaped(f"{{\\rtf1{head}{FONTS}{''.join(parts)}}}").encode("latin-1")


def row(*cells, edges=None, said=()):
    """A row of cells; ``said`` is what stands before the edge of each."""
    edges = edges or [1000 * (at + 1) for at in range(len(cells))]
    said = [*said, *[""] * len(edges)]
    slots = "".join(f"\\clbrdrt{word}\\cellx{edge}" for word, edge in zip(said, edges, strict=False))
    return rf"\trowd\trgaph108\trleft0{slots}" + "".join(f"\\pard\\intbl {each}\\cell" for each in cells) + "\\row\n"


def line(words):
    return f"\\pard {words}\\par\n"


def texts(data):
    """The cells of each grid as {address: text}."""
    return [{each.address: each.text for each in grid.cells.values()} for grid in rtf.read(data).grids]


def shown(inside, **options):
    """What a cell shows; empty for a blank one."""
    return texts(document(row("a", inside), **options))[0].get("B1", "")


def check_box(state, first=0):
    return rf"{{\field{{\*\fldinst {{ FORMCHECKBOX }}{{\*\formfield{{\fftype1\ffres{state}\ffdefres{first}{{\*\ffname C}}}}}}}}{{\fldrslt }}}}"


SEEN = {
    "Unicode": ("กข✓", "กข✓"),
    "a far sign": ("🗸", "🗸"),
    "Thai bytes of a Thai font": (r"{\f1 \'a1\'d2}", "กา"),
    "Thai bytes in a Western font with a Thai one beside it": (r"{\af1 \f0 \'a1\'d2}", "กา"),
    "Western bytes": (r"{\f0 \'e9}", "é"),
    "raw bytes": ("{\\f1 \xa1}", "ก"),
    "two signs for older programs": (r"\uc2\u3585\'a1\'a1x", "กx"),
    "none for older programs": (r"\uc0\u3585 x", "กx"),
    "a fallback that is not there": (r"{\u3585}x", "กx"),
    "escaped": (r"\{a\}\\", "{a}\\"),
    "signs": (r"1\endash 2\tab 3\~4\_5\line 6", "1–2 3 4-5\n6"),
    "Wingdings by byte": (r"{\f2 \'fc}", "✓"),
    "Wingdings by Unicode": (r"{\f2 \u252\'fc}", "✓"),
    "Wingdings as Word moves it": (r"{\f2 \u-3844 ?}", "✓"),
    "Wingdings 2": (r"{\f3 P}", "✓"),
    "a letter": ("P", "P"),
    "Word's own symbol": (r"""{\field{\*\fldinst SYMBOL 252 \\f "Wingdings" \\s 11}{\fldrslt\f2\fs22}}""", "✓"),
    "the same with a result": (r"""{\field{\*\fldinst {SYMBOL 252 \\f "Wingdings"}}{\fldrslt {\f2 \'fc}}}""", "✓"),
    "a link": (r'{\field{\*\fldinst HYPERLINK "http://x.example"}{\fldrslt ดูที่นี่}}', "ดูที่นี่"),
    "a ticked box": (check_box(1), "✓"),
    "an empty box": (check_box(0, 1), "☐"),
    "a box that nobody touched": (check_box(25, 1), "✓"),
    "a box of which nothing is said, behind another": (check_box(1) + r"{\field{\*\fldinst FORMCHECKBOX}}", "✓"),
    "a bullet": (r"{\listtext\pard\f2 \'fc\tab}", "✓"),
    "a dot": (r"{\listtext\pard\bullet\tab}", ""),
    "struck out": (r"{\strike ✓}", "[ขีดฆ่า] ✓"),
    "struck out beside another": (r"{\strike X}✓", "✓"),
    "no more struck out": (r"\strike\strike0 ✓", "✓"),
    "plain again": (r"\strike\v\plain ✓", "✓"),
    "hidden": (r"{\v ✓}", ""),
    "deleted": (r"{\deleted X}{\revised ✓}", "✓"),
    "deleted, and not hidden": (r"{\deleted\v0 X}✓", "✓"),
    "a picture": (r"{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict 00}}", "[มีภาพหรือรูปวาดทับ] ภาพ"),
    "a text box": (r"{\shp{\*\shpinst{\sp{\sn fHidden}{\sv 0}}{\shptxt \pard ✓\par}}{\shprslt x}}", "[มีภาพหรือรูปวาดทับ] ✓"),
    "a note and a footnote": (r"✓{\footnote a}{\*\annotation b}", "✓"),
    "what nobody knows": (r"{\*\futuristic a}✓", "✓"),
    "bytes of anything": ("\\bin3 }}{✓", "✓"),
    "two lines": (r"a\par b", "a\nb"),
}  # fmt: skip


@pytest.mark.parametrize("which", SEEN)
def test_a_cell_shows_what_a_person_sees(which):
    inside, seen = SEEN[which]
    assert shown(inside) == seen


def test_a_thai_code_page_counts_for_fonts_that_say_nothing_else():
    assert shown(r"\'a1\'d2", head=r"\ansi\ansicpg874\deff0") == "กา"


def test_each_table_is_a_grid_with_the_lines_above_it():
    assert texts(document(line("แบบรายงาน"), row("ก", "ข"), row("1", "2"), line("ลงชื่อ"), row("ค"))) == [
        {"A1": "แบบรายงาน", "A2": "ก", "B2": "ข", "A3": "1", "B3": "2"},
        {"A1": "ลงชื่อ", "A2": "ค"},
    ]


def test_cells_stand_in_the_columns_that_their_edges_say():
    """A wide cell covers what stands below it; a row that begins further in leaves the first column out."""
    wide, full = row("ชื่อ", "ผล", edges=[1000, 3000]), row("ก", "✓", "", edges=[1010, 1990, 3000])
    late = row("ท้าย", edges=[3000]).replace(r"\trleft0", r"\trleft2000")
    grid = rtf.read(document(wide, full, late)).grids[0]
    assert set(grid.merges) == {Merge(1, 2, 1, 3)}
    assert {cell.address: cell.text for cell in grid.cells.values()} == {
        "A1": "ชื่อ",
        "B1": "ผล",
        "A2": "ก",
        "B2": "✓",
        "C3": "ท้าย",
    }


def test_cells_that_continue_their_neighbours_are_one_with_them():
    rows = (
        row("ชื่อ", "ผล", "ไม่เห็น", said=["\\clvmgf", "\\clmgf", "\\clmrg"]),
        row("ไม่เห็น", "แล้ว", "ยัง", said=["\\clvmrg"]),
        row("ก", "✓", ""),
        row("ข", "", "✓", said=["", "\\clvmrg"]),  # continues what was never begun
    )
    grid = rtf.read(document(*rows)).grids[0]
    assert {Merge(1, 1, 2, 1), Merge(1, 2, 1, 3)} <= set(grid.merges)
    assert {cell.address: cell.text for cell in grid.cells.values()} == {
        "A1": "ชื่อ", "B1": "ผล", "B2": "แล้ว", "C2": "ยัง", "A3": "ก", "B3": "✓", "A4": "ข", "C4": "✓"
    }  # fmt: skip


def test_a_row_that_says_nothing_of_its_edges_is_read_cell_by_cell():
    assert texts(document(r"\trowd a\cell b\cell\row")) == [{"A1": "a", "B1": "b"}]


def test_a_row_may_be_defined_behind_its_cells_and_end_without_its_word():
    assert texts(document(r"\pard\intbl a\cell b\cell\trowd\cellx900\cellx1800\row \pard\intbl c\cell\pard d\par")) == [
        {"A1": "a", "B1": "b", "A2": "c", "A3": "d"}
    ]


def test_a_table_in_a_cell_is_read():
    inner = "".join(
        rf"\pard\intbl\itap2 {a}\nestcell {b}\nestcell{{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}}{{\nonesttables\par}}"
        for a, b in (("ก", "ข"), ("ค", "ง"))
    )
    frame = rf"\trowd\cellx2000\pard\intbl {inner}\pard\intbl\itap1\cell\row"
    assert texts(document(frame)) == [{"A1": "ก", "B1": "ข", "A2": "ค", "B2": "ง"}]


def test_headers_footers_and_watermarks_are_told_of_every_table():
    mark = r"{\headerr\pard\par{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv ร่าง}}}}}{\footer \pard หน้า 🗸\par}"
    assert set(rtf.read(document(mark, row("ก"))).grids[0].margins) == {"ร่าง", "หน้า 🗸"}


HOSTILE = {
    "cut off": document(row("ก", "ข"))[:-1],
    "cut within a word": document(row("ก", "ข")) [:-8],
    "bytes without end": document("\\bin99999999 "),
    "groups within groups": b"{\\rtf1" + b"{" * 5000 + b"}" * 5001,
    "many cells": document(r"\trowd\cellx9" + r"\intbl a\cell" * 21_000 + r"\row"),
    "many edges": document(row(*"a" * 500)),
    "many words": b"{\\rtf1" + b"\\b" * 1_100_000 + b"}",
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_documents_are_refused(what):
    with pytest.raises(Unreadable) as refused:
        rtf.read(HOSTILE[what])
    assert refused.value.code in (Code.FILE_UNREADABLE, Code.FILE_TOO_LARGE)


PUMPS = {
    "letters": r"\'a1",
    "Unicode": r"\u3585\'a1",
    "groups": "{}",
    "lines": "a\\par\n",
    "fonts": r"{\fonttbl{\f9 a;}}",
    "edges": r"\cellx9",
    "levels": r"\pard\intbl\itap9 a\par\pard b\par",
    "rows": r"\trowd\cellx9\intbl a\row",
    "spaces in a field": r"{\*\fldinst SYMBOL 252   \\f}",
}


@pytest.mark.parametrize("pump", PUMPS)
def test_twice_as_much_takes_no_more_than_twice_as_long(pump):
    def seconds(times):
        data, begun = document(PUMPS[pump] * times), time.process_time()
        with suppress(Unreadable):
            rtf.read(data)
        return time.process_time() - begun

    def quickest(times):
        return min(seconds(times) for _ in range(3))  # what else runs on the machine only adds

    assert quickest(4_000) < 6 * max(quickest(1_000), 0.02)


SAMPLE = document(line("ก"), *(row("a", inside) for inside, _ in SEEN.values()))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_changed_bytes_raise_nothing_but_unreadable(data):
    raw = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(0, 4))):
        raw[data.draw(st.integers(6, len(raw) - 1))] = data.draw(
            st.one_of(st.integers(0, 255), st.sampled_from(b"{}\\0"))
        )
    for attempt in (bytes(raw), bytes(raw[: data.draw(st.integers(0, len(raw)))])):
        with suppress(Unreadable):
            rtf.read(attempt)
