"""OpenDocument texts to grids: every way to tick, merged and repeated cells, tracked changes, hostile bytes."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.findings import Code
from parsers.formats.opendocument import odt
from parsers.formats.sniff import sniff
from parsers.formats.unreadable import Unreadable
from parsers.grid import Merge

SPACES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "table": "table", "text": "text", "style": "style", "svg": "svg-compatible",
        "fo": "xsl-fo-compatible", "draw": "drawing", "form": "form",
    }.items()
) + (
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
)  # fmt: skip
MIME = "application/vnd.oasis.opendocument.text"
LETTERS = (
    '<office:font-face-decls><style:font-face style:name="W1" svg:font-family="\'Wingdings 2\'"/></office:font-face-decls>'
    "<office:automatic-styles>"
    '<style:style style:name="w" style:family="text"><style:text-properties style:font-name="Wingdings"/></style:style>'
    '<style:style style:name="w2" style:family="text"><style:text-properties style:font-name="W1"/></style:style>'
    '<style:style style:name="pw" style:family="paragraph"><style:text-properties style:font-name="Wingdings"/></style:style>'
    '<style:style style:name="out" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="off" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<text:list-style style:name="ticks"><text:list-level-style-bullet text:level="1" text:bullet-char="ü">'
    '<style:text-properties style:font-name="Wingdings"/></text:list-level-style-bullet></text:list-style>'
    '<text:list-style style:name="dots"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
    "</office:automatic-styles>"
)


def content(body, prolog=""):
    return (
        f"{prolog}<office:document-content{SPACES}>{LETTERS}<office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME)
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def document(body, prolog="", **parts):
    return zipped({**{f"{name}.xml": part for name, part in parts.items()}, "content.xml": content(body, prolog)})


def line(words, attributes=""):
    return f"<text:p {attributes}>{words}</text:p>"


def span(style, words):
    return f'<text:span text:style-name="{style}">{words}</text:span>'


def cell(inside="", attributes=""):
    inside = inside if inside.startswith(("<text:p", "<text:list", "<table:", "<draw:")) else line(inside)
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def row(*cells, attributes=""):
    cells = [each if each.startswith("<table:") else cell(each) for each in cells]
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def table(*rows):
    return f"<table:table>{''.join(rows)}</table:table>"


COVERED = "<table:covered-table-cell/>"


def texts(data):
    """The cells of each grid as {address: text}."""
    return [{each.address: each.text for each in grid.cells.values()} for grid in odt.read(data).grids]


def shown(inside, before=""):
    """What a cell shows; empty for a blank one."""
    return texts(document(before + table(row("ก", cell(inside)))))[0].get("B1", "")


TICKS = {
    "a tick": ("✓", "✓"),
    "Wingdings": (span("w", "ü"), "✓"),
    "Wingdings as LibreOffice moves it": (span("w", "\uf0fc"), "✓"),
    "Wingdings 2 by its face": (span("w2", "P"), "✓"),
    "Wingdings by the paragraph": (line("ü", 'text:style-name="pw"'), "✓"),
    "a letter": ("P", "P"),
    "a content control, ticked": ('<loext:content-control loext:checkbox="true" loext:checked="true">☒</loext:content-control>', "✓"),
    "a content control, empty": ('<loext:content-control loext:checkbox="true">☐</loext:content-control>', "☐"),
    "a hint what to type": ('<loext:content-control loext:showing-place-holder="true">กรอก</loext:content-control>', ""),
    "a list's choice": ('<loext:content-control><loext:list-item loext:display-text="มี"/>ไม่มี</loext:content-control>', "ไม่มี"),
    "an old field, ticked": ('<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"><field:param field:name="Checkbox_Checked" field:value="true"/></field:fieldmark>', "✓"),
    "an old field, empty": ('<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"/>', "☐"),
    "a bullet": ('<text:list text:style-name="ticks"><text:list-item><text:p/></text:list-item></text:list>', "✓"),
    "a dot": ('<text:list text:style-name="dots"><text:list-item><text:p/></text:list-item></text:list>', ""),
    "struck out": (span("out", "✓"), "[ขีดฆ่า] ✓"),
    "struck out beside another": (span("out", "✗") + "✓", "✓"),
    "hidden": (span("off", "✓"), ""),
    "a picture": ("<draw:frame><draw:image/><svg:title>✓</svg:title></draw:frame>", "[มีภาพหรือรูปวาดทับ] ภาพ"),
    "a text box": ("<draw:frame><draw:text-box><text:p>✓</text:p></draw:text-box></draw:frame>", "✓"),
    "a footnote and a note": ("✓<text:note><text:note-body><text:p>ก</text:p></text:note-body></text:note><office:annotation><text:p>ข</text:p></office:annotation>", "✓"),
    "blanks and breaks": ("ก<text:s text:c='3'/>ข<text:tab/>\n  ค<text:line-break/>ง", "ก ข ค\nง"),
}  # fmt: skip


@pytest.mark.parametrize("which", TICKS)
def test_a_cell_shows_what_a_person_sees(which):
    inside, seen = TICKS[which]
    assert shown(inside) == seen


def test_a_check_box_of_a_form_says_its_state():
    forms = (
        '<office:forms><form:form><form:checkbox form:id="c1" form:current-state="checked"/><form:checkbox form:id="c2"/>'
        "</form:form></office:forms>"
    )
    assert shown('<text:p><draw:control draw:control="c1"/></text:p>', forms) == "✓"
    assert shown('<text:p><draw:control draw:control="c2"/></text:p>', forms) == "☐"


def test_deleted_text_is_not_seen_where_the_program_leaves_it_between_its_marks():
    changes = (
        "<text:tracked-changes>"
        '<text:changed-region text:id="d"><text:deletion><text:p>ลบไปแล้ว</text:p></text:deletion></text:changed-region>'
        '<text:changed-region text:id="i"><text:insertion/></text:changed-region></text:tracked-changes>'
    )
    marks = '<text:change-start text:change-id="{0}"/>{1}<text:change-end text:change-id="{0}"/>'
    assert shown(line(marks.format("d", "✗") + marks.format("i", "✓")), changes) == "✓"
    across = '<text:p><text:change-start text:change-id="d"/>ก</text:p><text:p>ข<text:change-end text:change-id="d"/>ค</text:p>'
    assert shown(across, changes) == "ค"


def test_merged_cells_are_one_cell_also_where_the_covered_ones_are_left_out():
    wide, high = 'table:number-columns-spanned="2"', 'table:number-rows-spanned="2"'
    full = table(
        row(cell("ชื่อ", high), cell("ผล", wide), COVERED, "หมายเหตุ"),
        row(COVERED, "แล้ว", "ยัง", ""),
        row("ก", "✓", "", "ข"),
    )
    grid = odt.read(document(full)).grids[0]
    assert set(grid.merges) == {Merge(1, 1, 2, 1), Merge(1, 2, 1, 3)}
    expected = {"A1": "ชื่อ", "B1": "ผล", "D1": "หมายเหตุ", "B2": "แล้ว", "C2": "ยัง", "A3": "ก", "B3": "✓", "D3": "ข"}
    assert texts(document(full)) == texts(document(full.replace(COVERED, ""))) == [expected]


def test_a_covered_cell_that_nothing_covers_keeps_its_place():
    assert texts(document(table(row("ก", COVERED, "ข")))) == [{"A1": "ก", "C1": "ข"}]


def test_a_span_goes_no_further_than_its_table():
    grid = odt.read(document(table(row(cell("ก", 'table:number-rows-spanned="900"'), "ข")) + line("ค"))).grids[0]
    assert (grid.merges, grid.own(2, 1).text) == ((), "ค")


def test_repeated_rows_and_cells_stand_as_often_as_they_are_repeated():
    repeated = cell("✓", 'table:number-columns-repeated="2"')
    assert texts(document(table(row("ก", repeated, "ข", attributes='table:number-rows-repeated="2"'), row("ค")))) == [
        {"A1": "ก", "B1": "✓", "C1": "✓", "D1": "ข", "A2": "ก", "B2": "✓", "C2": "✓", "D2": "ข", "A3": "ค"}
    ]


def test_each_table_is_a_grid_with_the_lines_above_it():
    heads = f"<table:table-header-rows>{row('ก', 'ข')}</table:table-header-rows>"
    body = f"<text:h>แบบรายงาน</text:h>{table(heads, row('1', '2'))}<text:section>{line('ลงชื่อ')}{table(row('ค'))}</text:section>"
    hidden = f'<text:section text:display="none">{line("ซ่อน")}</text:section>'
    contents = "<text:table-of-content><text:table-of-content-source><text:index-title-template>สารบัญ</text:index-title-template></text:table-of-content-source></text:table-of-content>"
    assert texts(document(contents + hidden + body)) == [
        {"A1": "แบบรายงาน", "A2": "ก", "B2": "ข", "A3": "1", "B3": "2"},
        {"A1": "ลงชื่อ", "A2": "ค"},
    ]


def test_a_table_in_a_cell_that_only_holds_it_is_the_table():
    assert texts(document(table(row(cell(table(row("ก", "ข"), row("ค", "ง"))))))) == [
        {"A1": "ก", "B1": "ข", "A2": "ค", "B2": "ง"}
    ]


def test_headers_footers_and_watermarks_are_told_of_every_table():
    page = (
        "<style:header><text:p>ร่าง</text:p></style:header><style:footer><text:p><draw:custom-shape><text:p>ยกเลิก</text:p>"
        "</draw:custom-shape></text:p></style:footer>"
    )
    styles = f"<office:document-styles{SPACES}><office:master-styles><style:master-page>{page}</style:master-page></office:master-styles></office:document-styles>"
    grid = odt.read(document(table(row("ก")), styles=styles)).grids[0]
    assert set(grid.margins) == {"ร่าง", "ยกเลิก"}


def test_a_flat_document_is_the_same_document():
    body = line("แบบรายงาน") + table(row("ก", span("w", "ü")))
    flat = f'<?xml version="1.0"?>{content(body)}'.replace("document-content", "document")
    flat = flat.replace("<office:document ", f'<office:document office:mimetype="{MIME}" ', 1).encode()
    assert (sniff(flat), sniff(document(body))) == ("fodt", "odt")
    assert odt.read_flat(flat).grids == odt.read(document(body)).grids


HOSTILE = {
    "nothing": b"",
    "no content": zipped({}),
    "no text": zipped({"content.xml": f"<office:document-content{SPACES}/>"}),
    "cut off": document(table(row("ก")))[:-40],
    "an entity": document(table(row("&e;")), prolog='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    "rows without end": document(table(row("ก", attributes='table:number-rows-repeated="999999999"'))),
    "columns without end": document(table(row(cell("ก", 'table:number-columns-repeated="999999999"')))),
    "a cell over everything": document(table(row(cell("ก", 'table:number-rows-spanned="99999" table:number-columns-spanned="9999"')))),
    "many cells": document(table(row(*["ก"] * 300) * 70)),
    "deep spans": document(line(span("w", "") .replace("></", ">" + "<text:span>" * 5000 + "</text:span>" * 5000 + "</"))),
    "deep sections": document("<text:section>" * 5000 + "</text:section>" * 5000),
    "deep tables": document("<table:table><table:table-row><table:table-cell>" * 60 + line("ก") + "</table:table-cell><table:table-cell><text:p>ข</text:p></table:table-cell></table:table-row></table:table>" * 60),
    "a bomb": document("<!--" + " " * (41 << 20) + "-->"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_documents_are_refused(what):
    with pytest.raises(Unreadable) as refused:
        odt.read(HOSTILE[what])
    assert refused.value.code in (Code.FILE_UNREADABLE, Code.FILE_TOO_LARGE)


def test_a_locked_document_is_said_to_be_locked():
    locked = zipped({"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": b"\x93\x1a\x07"})
    with pytest.raises(Unreadable) as refused:
        odt.read(locked)
    assert refused.value.code is Code.FILE_ENCRYPTED


SAMPLE = document(line("ก") + table(row(*[inside for inside, _ in TICKS.values()], COVERED)))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_changed_bytes_raise_nothing_but_unreadable(data):
    part = bytearray(zipfile.ZipFile(io.BytesIO(SAMPLE)).read("content.xml"))
    for _ in range(data.draw(st.integers(1, 3))):
        part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
    raw = zipped({"content.xml": bytes(part)})
    for attempt in (raw, raw[: data.draw(st.integers(0, len(raw)))]):
        with suppress(Unreadable):
            odt.read(attempt)
