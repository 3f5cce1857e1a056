"""Word documents: every way to tick, tracked changes, nested and boxed tables, hostile bytes."""

import io
import zipfile
from contextlib import suppress
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.findings import Code
from parsers.formats.unreadable import Unreadable
from parsers.formats.word import docx
from parsers.read import read_file
from parsers.reading import FileRequest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>'
)


def document(body, prolog="", styles="", numbering="", main="word/document.xml"):
    """A document as a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS.format(main))
        archive.writestr(main, f"{prolog}<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>")
        folder = main.rpartition("/")[0]
        if styles:
            archive.writestr(f"{folder}/styles.xml", f"<w:styles {NAMES}>{styles}</w:styles>")
        if numbering:
            archive.writestr(f"{folder}/numbering.xml", f"<w:numbering {NAMES}>{numbering}</w:numbering>")
    return out.getvalue()


def run(words, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def font(name, words):
    return run(words, f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="TH SarabunPSK"/>')


def paragraph(*runs, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def cell(content, properties=""):
    inner = content if content.startswith(("<w:p", "<w:tbl")) else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells, properties=""):
    cells = [each if each.startswith("<w:tc") else cell(each or run("")) for each in cells]
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def texts(data):
    """The cells of each table as {address: text}."""
    return [{each.address: each.text for each in grid.cells.values()} for grid in docx.read(data).grids]


def shown(content, **parts):
    """What one cell with this content shows; empty for a blank one."""
    return texts(document(table(row(run("ก"), content)), **parts))[0].get("B1", "")


def control(checked, picture="☒"):
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox></w:sdtPr>'
        f'<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic"/></w:rPr><w:t>{picture}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def form_box(inner):
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:sizeAuto/>{inner}</w:checkBox></w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )


LISTED = (
    '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0FC;"/>'
    '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="4"/></w:num>'
)
STYLED = (
    '<w:style w:type="character" w:styleId="Base"><w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Mark"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="character" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ticks"><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr></w:style>'
)
TICKS = {
    "a check mark": run("✓"),
    "a symbol of Wingdings": '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
    "a symbol of Wingdings 2": '<w:r><w:sym w:font="Wingdings 2" w:char="F050"/></w:r>',
    "a symbol without F0": '<w:r><w:sym w:font="Wingdings" w:char="00FC"/></w:r>',
    "a letter in Wingdings": font("Wingdings", "ü"),
    "a letter in Wingdings 2": font("Wingdings 2", "P"),
    "private use": run("\uf0fc"),
    "a checked control drawn as a crossed box": control(1),
    "a checked control with a word for its state": control("true", "x"),
    "an old check box": form_box('<w:checked w:val="1"/>'),
    "an old check box with a bare state": form_box("<w:checked/>"),
    "an old check box ticked by default": form_box('<w:default w:val="1"/>'),
    "an insertion that is tracked": f'<w:ins w:id="1">{run("✓")}</w:ins>',
    "a move that is tracked": f'<w:moveTo w:id="1">{run("✓")}</w:moveTo>',
    "a deleted cross before it": f'<w:del w:id="1"><w:r><w:delText>X</w:delText></w:r></w:del>{run("✓")}',
    "a cross that was moved away": f'<w:moveFrom w:id="1">{run("X")}</w:moveFrom>{run("✓")}',
    "hidden text beside it": run("X", "<w:vanish/>") + run("✓"),
    "a character style": run("P", '<w:rStyle w:val="Mark"/>'),
    "a paragraph style": paragraph(run("ü"), properties='<w:pStyle w:val="Ticks"/>'),
    "a bullet": paragraph(properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    "a link": f"<w:hyperlink>{run('✓')}</w:hyperlink>",
    "a content control of text": f"<w:sdt><w:sdtPr/><w:sdtContent>{run('✓')}</w:sdtContent></w:sdt>",
    "a text box": "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
    f"{paragraph(run('✓'))}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
    f"{paragraph(run('✓'))}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    "a table of one cell": table(row(run("✓"))),
    "a formula": "<m:oMath xmlns:m='urn:m'><m:r><m:t>✓</m:t></m:r></m:oMath>",
}


@pytest.mark.parametrize("way", TICKS)
def test_a_tick_is_seen_however_it_was_made(way):
    assert shown(TICKS[way], styles=STYLED, numbering=LISTED) == "✓"


OLD_LIST = (
    "<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='มี'/><w:listEntry w:val='ไม่มี'/>"
    "</w:ddList></w:ffData></w:fldChar></w:r>"
)
OTHERS = {
    "an open control": (control(0, "☐"), "☐"),
    "an open control drawn as a tick": (control("false", "✓"), "☐"),
    "an old box left open": (form_box(""), "☐"),
    "an old box ticked by default and opened": (form_box('<w:default w:val="1"/><w:checked w:val="0"/>'), "☐"),
    "a cross in Wingdings": (font("Wingdings", "û"), "✗"),
    "a hand-typed crossed box": (run("☒"), "☒"),
    "a hint what to type": ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("คลิกที่นี่") + "</w:sdtContent></w:sdt>", ""),
    "hidden text that is shown after all": (run("✓", '<w:vanish w:val="0"/>'), "✓"),
    "Thai in a run of Wingdings": (font("Wingdings", "มี"), "มี"),
    "a style that is based on itself": (run("X", '<w:rStyle w:val="Loop"/>'), "X"),
    "a dash as bullet": (paragraph(properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'), ""),
    "an old list": (OLD_LIST, "ไม่มี"),
    "a break": ("<w:r><w:t>จัดทำ</w:t><w:br/><w:t>แล้ว</w:t><w:tab/><w:t>ครบ</w:t></w:r>", "จัดทำ\nแล้ว ครบ"),
}  # fmt: skip


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_no_tick_is_not_made_one(what):
    content, expected = OTHERS[what]
    assert shown(content, styles=STYLED, numbering=LISTED) == expected


@pytest.mark.parametrize(("checked", "expected"), [(1, "✓"), (0, "☐")])
def test_a_control_around_a_whole_cell_counts_by_its_state(checked, expected):
    around = (
        control(checked).replace("<w:r>", f"<w:tc>{paragraph('')[:-6]}<w:r>").replace("</w:r>", "</w:r></w:p></w:tc>")
    )
    assert texts(document(f"<w:tbl><w:tr>{cell(run('ก'))}{around}</w:tr></w:tbl>")) == [{"A1": "ก", "B1": expected}]


def test_spans_and_merges_keep_columns_in_their_place():
    down = '<w:vMerge w:val="restart"/>'
    data = document(
        table(
            row(cell(run("ลำดับ"), down), cell(run("กลุ่ม"), '<w:gridSpan w:val="2"/>')),
            row(cell(run("ไม่แสดง"), "<w:vMerge/>"), run("ก"), run("ข")),
            row(run("๑"), properties='<w:gridBefore w:val="1"/>'),
        )
    )
    (grid,) = docx.read(data).grids
    assert {(c.address, c.text) for c in grid.cells.values()} == {
        ("A1", "ลำดับ"), ("B1", "กลุ่ม"), ("B2", "ก"), ("C2", "ข"), ("B3", "๑"),
    }  # fmt: skip
    assert grid.at(2, 1).text == "ลำดับ"
    assert grid.at(1, 3).text == "กลุ่ม"


def test_a_row_deleted_in_tracked_changes_is_gone_and_an_inserted_one_is_there():
    data = document(
        table(
            row(run("ก")),
            row(run("ข"), properties='<w:del w:id="1"/>'),
            row(run("ค"), properties='<w:ins w:id="2"/>'),
            row(run("ง"), properties="<w:hidden/>"),
        )
    )
    (grid,) = docx.read(data).grids
    assert [cell.text for cell in grid.cells.values()] == ["ก", "ค", "ง"]
    assert grid.hidden_rows == {3}


def test_lines_around_tables_stand_above_and_below_them():
    data = document(
        paragraph(run("อำเภอลอง"))
        + table(row(run("ก"), run("ข")))
        + paragraph(run("คั่น"))
        + table(row(run("ค"), run("ง")))
        + paragraph(run("ปัญหา"), "<w:r><w:br/></w:r>", run("ข้อเสนอ"))
    )
    assert texts(data) == [
        {"A1": "อำเภอลอง", "A2": "ก", "B2": "ข"},
        {"A1": "คั่น", "A2": "ค", "B2": "ง", "A3": "ปัญหา", "A4": "ข้อเสนอ"},
    ]


def test_a_table_that_goes_on_in_the_next_is_one():
    three = [run("ก"), run("ข"), run("ค")]
    assert len(texts(document(table(row(*three)) + paragraph() + table(row(*three))))) == 1


def test_a_table_within_a_cell_is_not_lost():
    inner = table(row(run("ใน"), run("สอง")))
    data = document(table(row(run("ก"), inner, run("ค")), row(run("ง"), run("จ"), run("ฉ"))))
    assert texts(data) == [{"A1": "ก", "C1": "ค", "A2": "ง", "B2": "จ", "C2": "ฉ"}, {"A1": "ใน", "B1": "สอง"}]


def test_tables_in_controls_and_text_boxes_are_found():
    inner = table(row(run("ใน"), run("สอง")))
    boxed = f"<w:p><w:r><w:drawing><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing></w:r></w:p>"
    controlled = f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    rows = f"<w:sdt><w:sdtContent>{row(run('ใน'), run('สอง'))}</w:sdtContent></w:sdt>"
    for body in (boxed, controlled, f"<w:tbl>{rows}</w:tbl>"):
        assert texts(document(body)) == [{"A1": "ใน", "B1": "สอง"}]


def test_the_document_is_found_by_the_package_and_in_strict_names():
    data = document(table(row(run("ก"), run("ข"))), main="xyz/doc.xml")
    assert texts(data) == [{"A1": "ก", "B1": "ข"}]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert texts(out.getvalue()) == [{"A1": "ก", "B1": "ข"}]


WAYS = ("a check mark", "a symbol of Wingdings", "a letter in Wingdings", "a checked control drawn as a crossed box",
        "an old check box", "an insertion that is tracked")  # fmt: skip


def filled(build, names):
    """The official form in Word with a tick of another way in each cell, and crosses."""
    start = '<w:vMerge w:val="restart"/>'
    head = [
        row(cell(run("ลำดับ"), start), cell(run("องค์กรปกครองส่วนท้องถิ่น"), start),
            cell(run("การจัดทำคำสั่งตามมาตรา 10"), '<w:gridSpan w:val="2"/>'),
            cell(run("การจัดทำคำสั่งตามมาตรา 16"), '<w:gridSpan w:val="2"/>')),
        row(cell(run(""), "<w:vMerge/>"), cell(run(""), "<w:vMerge/>"), *(run(label) for label in build.head()[1][2:])),
    ]  # fmt: skip
    rows, expected = [], {}
    for number, name in enumerate(names):
        ways = [WAYS[(number * 4 + place) % len(WAYS)] if (number + place) % 5 else None for place in range(4)]
        ways = [ways[0], ways[1] if ways[0] else None, ways[2], ways[3] if ways[2] else None]
        expected[build.code[name]] = [way is not None for way in ways]
        rows.append(row(run(str(number + 1)), run(name), *(TICKS[way] if way else run("X") for way in ways)))
    below = paragraph(run("ปัญหาอุปสรรค: ไม่มีบุคลากร")) + paragraph(run("ข้อมูล ณ วันที่ 29 พฤศจิกายน 2567"))
    return document(table(*head, *rows) + below + paragraph(run("รหัสแบบ: w5827:long"))), expected


def test_a_form_filled_in_word_in_six_ways_is_read_right(build, catalogue, form):
    data, expected = filled(build, build.districts["ลอง"])
    reading = read_file("แบบ.docx", data, FileRequest(catalogue))
    found = {(a.organisation, a.question): a.value for a in reading.standing()}
    right = sum(
        found.get((code, q.key)) is v for code, vs in expected.items() for q, v in zip(form.question, vs, strict=True)
    )
    assert (right, len(found)) == (44, 44)
    assert reading.findings == ()
    assert (reading.circular, reading.reporter) == ("w5827", "long")
    assert reading.as_of == build.near
    assert [remark.text for remark in reading.remarks] == ["ไม่มีบุคลากร"]


HOSTILE = {
    "a document type": document("", '<!DOCTYPE w [<!ENTITY a "b">]>'),
    "no document": document("")[:200],
    "broken XML": document("<w:p>"),
    "no XML": b"PK\x05\x06" + b"\0" * 18,
    "a wide span": document(table(*(row(*(cell(run("ก"), '<w:gridSpan w:val="999999"/>') for _ in range(9))) for _ in range(9)))),
    "a bomb": document("<!--" + " " * (40 << 20) + "-->"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_documents_are_refused(what):
    with pytest.raises(Unreadable) as refused:
        docx.read(HOSTILE[what])
    assert refused.value.code in (Code.FILE_UNREADABLE, Code.FILE_TOO_LARGE)


def test_tables_nested_without_end_are_refused():
    body = ""
    for _ in range(60):
        body = table(row(body or run("ก"), run("ข")))
    with pytest.raises(Unreadable):
        docx.read(document(body))


SAMPLE = document(paragraph(run("ก")) + table(row(*TICKS.values()), row(run("ก"))), styles=STYLED, numbering=LISTED)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_changed_bytes_raise_nothing_but_unreadable(data):
    """Whatever is done to the parts of a document, reading gives grids or Unreadable."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = bytearray(old.read(name))
            for _ in range(data.draw(st.integers(0, 3))):
                part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
            new.writestr(name, bytes(part))
    raw = bytearray(out.getvalue())
    for _ in range(data.draw(st.integers(0, 2))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    for attempt in (bytes(raw), bytes(raw[: data.draw(st.integers(0, len(raw)))])):
        with suppress(Unreadable):
            docx.read(attempt)


@pytest.mark.parametrize("line", ["<w:strike/>", "<w:dstrike/>", '<w:strike w:val="0"/><w:dstrike/>'])
def test_what_is_struck_out_is_left_out_and_doubtful_when_nothing_else_is_there(line):
    assert shown(run("X", line) + run("✓")) == "✓"
    assert shown(run("✓", line)) == "[ขีดฆ่า] ✓"


def test_a_line_that_a_style_draws_can_be_taken_back_by_a_run():
    styles = '<w:style w:styleId="out"><w:rPr><w:strike/></w:rPr></w:style>'
    assert shown(run("✓", '<w:rStyle w:val="out"/>'), styles=styles) == "[ขีดฆ่า] ✓"
    assert shown(run("✓", '<w:rStyle w:val="out"/><w:strike w:val="0"/>'), styles=styles) == "✓"


def test_a_picture_alone_in_a_cell_is_in_doubt():
    picture = "<w:r><w:drawing><wp:inline xmlns:wp='wp'><a:graphic xmlns:a='a'><pic:pic xmlns:pic='pic'/></a:graphic></wp:inline></w:drawing></w:r>"
    assert shown(picture) == "[มีภาพหรือรูปวาดทับ] ภาพ"
    assert shown(picture + run("✓")) == "✓"
