"""PDF files: forms printed by LibreOffice Calc, turned pages, symbol fonts, scans, passwords, hostile bytes.

The files in ``data`` were printed from workbooks by LibreOffice 7.4: one district's form; the form of all organisations over
several pages with its header on the first page only, and with narrow wrapped names and its header on each; one with a
password.
"""

import datetime
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.findings import Code
from parsers.form.form import Form
from parsers.formats.pdf import pdf
from parsers.formats.pdf.broken_figures import mended
from parsers.formats.pdf.letters import Letter
from parsers.formats.unreadable import Unreadable
from parsers.read import read_file
from parsers.reading import Catalogue, FileRequest, Organisation, Outcome

DATA = Path(__file__).parents[1] / "data"


def printed(name):
    return (DATA / f"calc-{name}.pdf").read_bytes()


def drawn(*pages, fonts=("Helvetica", "Wingdings", "ABCDEF+Wingdings2-Regular"), images=False):
    """A PDF with these page contents; fonts are /F0, /F1, ..., the image is /I."""
    named = " ".join(
        f"/F{n} << /Type /Font /Subtype /Type1 /BaseFont /{f} /Encoding /WinAnsiEncoding >>"
        for n, f in enumerate(fonts)
    )
    picture = zlib.compress(bytes(100))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(len(pages)))}] /Count {len(pages)} >>".encode(),
        b"<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode "
        + f"/Length {len(picture)} >> stream\n".encode() + picture + b"\nendstream",
    ]  # fmt: skip
    for number, content in enumerate(pages):
        raw = content.encode("latin-1")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents {5 + 2 * number} 0 R "
            f"/Resources << /Font << {named} >> /XObject << /I 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(raw)} >> stream\n".encode() + raw + b"\nendstream")
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return bytes(out) + tail.encode()


def words(x, y, said, font=0):
    return f"BT /F{font} 10 Tf {x} {y} Td ({said}) Tj ET\n"


def ruled(cells, left=20, top=250, width=80, height=20):
    """A ruled table; ``cells`` are rows of texts or (text, font)."""
    content = ""
    for r, row in enumerate(cells):
        for c, cell in enumerate(row):
            x, y = left + c * width, top - (r + 1) * height
            said, font = cell if isinstance(cell, tuple) else (cell, 0)
            content += f"{x} {y} {width} {height} re S\n" + words(x + 5, y + 6, said, font)
    return content


def texts(data):
    return [{cell.address: cell.text for cell in grid.cells.values()} for grid in pdf.read(data).grids]


def done(number, place):
    """Whether the forms in ``data`` say yes for the organisation with this number."""
    return (number + place // 2) % 3 != 0


def counted(reading, organisations, form):
    found = {(answer.organisation, answer.question): answer.value for answer in reading.standing()}
    return sum(
        found.get((organisation, question.key)) is done(number, place)
        for number, organisation in enumerate(organisations, 1)
        for place, question in enumerate(form.question)
    )


def test_a_printed_form_is_read_right(build, catalogue, form):
    reading = read_file("แบบ.pdf", printed("form"), FileRequest(catalogue))
    assert counted(reading, [build.code[name] for name in build.districts["ลอง"]], form) == 44
    assert (reading.outcome, reading.findings) == (Outcome.ACCEPTED, ())
    assert (reading.circular, reading.reporter, reading.as_of) == ("w5827", "long", build.near)
    assert [remark.text for remark in reading.remarks] == ["ไม่มีบุคลากร"]


@pytest.mark.parametrize("name", ["pages", "narrow"])
def test_the_names_of_the_whole_province_are_read_right_over_pages(name, build, catalogue, form):
    """84 names, none of them guessed; the header stands on the first page only, or on each."""
    reading = read_file("แบบ.pdf", printed(name), FileRequest(catalogue))
    assert counted(reading, [organisation.code for organisation in build.organisations], form) == 336
    assert reading.findings == ()


TURNED = {90: "0 1 -1 0 300 0 cm", 180: "-1 0 0 -1 400 300 cm", 270: "0 -1 1 0 0 400 cm"}


@pytest.mark.parametrize("turn", TURNED)
def test_a_page_drawn_lying_and_turned_upright_is_read_the_same(turn):
    content = words(20, 270, "above") + ruled([["1", "two", "x"], ["2", "three", "y"]]) + words(20, 20, "below")
    turned = drawn(f"{TURNED[turn]} {content}")
    box = b"[0 0 400 300]" if turn == 180 else b"[0 0 300 400]"
    turned = turned.replace(b"/MediaBox [0 0 400 300]", b"/MediaBox " + box + f" /Rotate {turn}".encode())
    assert texts(turned) == texts(drawn(content))


def test_text_around_tables_stands_around_them():
    content = words(20, 270, "above") + ruled([["1", "two", "x"], ["2", "three", "y"]])
    content += words(20, 100, "day") + words(300, 100, "29/11/2567") + words(180, 10, "- 1 -")
    assert texts(drawn(content)) == [
        {"A1": "above", "A2": "1", "B2": "two", "C2": "x", "A3": "2", "B3": "three", "C3": "y", "A4": "day 29/11/2567"}
    ]


def test_tables_go_on_over_pages_past_what_every_page_says():
    first = words(20, 280, "title") + ruled([["1", "a", "x"]]) + words(20, 20, "page 1 of 2")
    second = words(20, 280, "title") + ruled([["2", "b", "y"]]) + words(20, 20, "page 2 of 2") + words(20, 60, "end")
    assert texts(drawn(first, second)) == [
        {"A1": "title", "A2": "1", "B2": "a", "C2": "x", "A3": "2", "B3": "b", "C3": "y", "A4": "end"}
    ]


def block(*columns, left=20, top=250, width=80, step=15):
    """One ruled row whose cells have several lines each, on common baselines."""
    height = step * max(map(len, columns)) + 5
    content = ""
    for at, lines in enumerate(columns):
        content += f"{left + at * width} {top - height} {width} {height} re S\n"
        content += "".join(words(left + at * width + 5, top - step * (n + 1), said) for n, said in enumerate(lines))
    return content


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        ((["Aa", "Bb", "Cc"], ["1", "20", "3.5"]), 3),
        ((["Aa", "Bb"], ["1,200", "3,400"]), 2),
        ((["Aa", "(Bb)"], ["120", "34"]), 1),  # perhaps a name of two lines beside 12034
        ((["Aa", "Bb", "Cc"], ["one", "two", "three"]), 1),
        ((["Aa", "Bb", "Cc"], ["1", "2"]), 1),
    ],
)
def test_rows_that_no_line_parts_are_known_by_their_figures(columns, rows):
    (cells,) = texts(drawn(block(*columns)))
    assert len([address for address in cells if address[0] == "B"]) == rows
    if rows > 1:
        assert [cells[f"A{at}"] for at in range(1, rows + 1)] == columns[0]
        assert [cells[f"B{at}"] for at in range(1, rows + 1)] == columns[1]


def test_letters_drawn_one_by_one_are_words():
    """Pdfium ends a line after each."""
    apart = "".join(words(25 + 6 * at, 236, letter) for at, letter in enumerate("abc"))
    assert texts(drawn(ruled([["", "1"], ["d", "2"]]) + apart)) == [{"A1": "abc", "B1": "1", "A2": "d", "B2": "2"}]


@pytest.mark.parametrize(("width", "pages"), [(80, 1), (95, 2)])
def test_a_narrow_table_goes_on_where_its_columns_are_drawn_in_the_same_places(width, pages):
    data = drawn(ruled([["a name", "1"], ["b name", "2"]]), ruled([["c name", "3"], ["d name", "4"]], width=width))
    assert len(texts(data)) == pages


def test_marks_of_symbol_fonts_are_seen_and_plain_letters_stay():
    content = ruled([["\xfc", ("\xfc", 1), ("P", 2), "P"], ["1", ("\xfb", 1), "2", "3"]])
    (cells,) = texts(drawn(content))
    assert [cells[at] for at in ("A1", "B1", "C1", "D1", "B2")] == ["ü", "✓", "✓", "P", "✗"]


def test_a_frame_around_a_page_does_not_hide_its_table():
    frame = "5 5 390 290 re S\n"
    assert (
        texts(drawn(frame + words(20, 280, "above") + ruled([["1", "two", "x"], ["2", "three", "y"]])))[0]["B2"]
        == "two"
    )


def test_a_text_that_is_cut_off_at_its_cell_stays_there():
    """A name wider than its cell reaches under the next one, unseen."""
    content = ruled([["1", "", "x"], ["2", "b", "y"]])
    content += f"q 100 230 80 20 re W n {words(105, 236, 'a name that is far too long for it')} Q\n"
    (cells,) = texts(drawn(content))
    assert (cells["B1"], cells["C1"]) == ("a name that is far too long for it", "x")


def test_a_scan_is_refused_as_a_scan_with_what_to_send(catalogue):
    scan = drawn("q 400 0 0 300 0 0 cm /I Do Q", "q 400 0 0 300 0 0 cm /I Do Q")
    reading = read_file("สแกน.pdf", scan, FileRequest(catalogue, "w5827", "long"))
    assert [finding.code for finding in reading.findings] == [Code.FORM_NOT_FOUND]
    assert "สแกน" in reading.findings[0].message
    assert "กรอกในแบบที่แนบมา" in reading.findings[0].message


def test_a_letter_with_a_scanned_form_behind_it_is_a_scan(catalogue):
    mixed = drawn(words(20, 200, "a letter of some length"), "q 400 0 0 300 0 0 cm /I Do Q")
    reading = read_file("สแกน.pdf", mixed, FileRequest(catalogue, "w5827", "long"))
    assert "สแกน" in reading.findings[0].message


def test_a_password_is_said(catalogue):
    reading = read_file("ลับ.pdf", printed("locked"), FileRequest(catalogue, "w5827", "long"))
    assert [finding.code for finding in reading.findings] == [Code.FILE_ENCRYPTED]


HOSTILE = {
    "nothing behind the head": (b"%PDF-1.7\n", Code.FILE_UNREADABLE),
    "too many pages": (drawn(*["BT ET"] * 61), Code.FILE_TOO_LARGE),
    "too many letters": (
        drawn("".join(words(1, y, "x" * 30_000).replace(" 10 Tf", " 0.02 Tf") for y in range(10))),
        Code.FILE_TOO_LARGE,
    ),
    "too many lines": (drawn(words(9, 9, "a letter of some length") + "1 1 9 9 re S\n" * 7000), Code.FILE_TOO_LARGE),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused(what):
    data, code = HOSTILE[what]
    with pytest.raises(Unreadable) as refused:
        pdf.read(data)
    assert refused.value.code is code


SAMPLE = drawn(words(20, 270, "above") + ruled([["1", ("\xfc", 1)], ["2", "b"]]), words(20, 20, "below the table"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_changed_bytes_raise_nothing_but_unreadable(data):
    raw = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    for attempt in (bytes(raw), bytes(raw[: data.draw(st.integers(0, len(raw)))])):
        with suppress(Unreadable):
            pdf.read(attempt)


def test_a_letter_struck_out_in_a_table_is_no_answer_and_a_line_under_it_changes_nothing():
    form = ruled([["1", "A", "/", "X"], ["2", "B", "/", "X"]])
    assert texts(drawn(form + "185 239 m 192 239 l S\n"))[0]["C1"] == "[ขีดฆ่า] /"
    assert texts(drawn(form + "185 234 m 192 234 l S\n"))[0]["C1"] == "/"


BROKEN = Form.model_validate(
    {
        "title": "การสำรวจบ้าน",
        "organisation_label": "ชื่อ อปท.",
        "question": [
            {"key": "homes", "kind": "integer", "label": "บ้านที่สำรวจ (หลัง)"},
            {"key": "budget", "kind": "money", "label": "งบประมาณ (บาท)"},
            {"key": "day", "kind": "date", "label": "วันที่สำรวจ"},
            {"key": "state", "kind": "progress", "label": "สถานะ", "choices": ["แล้วเสร็จ", "กำลังดำเนินการ", "ยังไม่เริ่ม"]},
        ],
    }
)


def test_what_a_narrow_column_broke_in_two_is_whole_and_two_figures_in_one_cell_are_asked():
    """Drawn by Calc, whose cells break where no letter more has room: "1,25" above "0"; the last row says "12" above "45"."""
    named = {at: f"องค์การบริหารส่วนตำบล{name}" for at, name in enumerate(("สรอย", "นาพูน", "ป่าสัก"))}
    whose = tuple(
        Organisation(f"554090{at}", "อบต.", name, name.replace("องค์การบริหารส่วนตำบล", "อบต."), "วังชิ้น")
        for at, name in named.items()
    )
    catalogue = Catalogue({"homes": BROKEN}, whose, (), datetime.date(2025, 6, 25))
    reading = read_file("แบบ.pdf", printed("broken"), FileRequest(catalogue, "homes"))
    said = [{a.question: a.value for a in reading.standing() if a.organisation == each.code} for each in whose]
    assert said == [
        {"homes": "1250", "budget": "1250000.50", "day": "2025-06-20", "state": "แล้วเสร็จ"},
        {"homes": "12345", "budget": "98500.00", "day": "2025-06-05", "state": "ยังไม่เริ่ม"},
        {"budget": "4000.00", "day": "2025-06-01", "state": "กำลังดำเนินการ"},
    ]
    asked = [found for found in reading.findings if found.severity == "error"]  # the heading "(หลัง)" is cut off
    assert [(f.code, f.organisation, f.question) for f in asked] == [(Code.ANSWER_UNREADABLE, whose[2].code, "homes")]


def typed(lines, right, step=5.0):
    """The letters of lines from the left border of a cell, and its right border."""
    found = [
        Letter(shown, 2 + step * (at + 0.5), 10.0 * row)
        for row, line in enumerate(lines)
        for at, shown in enumerate(line)
    ]
    return "".join(letter.shown for letter in mended(found, right)), len({letter.y for letter in mended(found, right)})


@pytest.mark.parametrize(
    ("lines", "room", "rows"),
    [
        *(
            (("1,25", "0"), 4, 1),
            (("98,500", ".00"), 6, 1),
            (("1,250,", "000.50"), 6, 1),
            (("20/06/25", "68"), 8, 1),
            (("1,2", "50,", "000"), 3, 1),
        ),
        *((("1,25", "0"), 9, 2), (("12", "45"), 2, 2), (("1,250", "300"), 5, 2), (("20/06/2568", "1/7/2568"), 10, 2)),
        *((("12", "คน"), 2, 2), (("98,", "50"), 3, 2), (("1,25",), 4, 1)),
    ],
)
def test_lines_are_one_figure_where_nothing_more_had_room_and_none_stands_alone(lines, room, rows):
    said, drawn_in = typed(lines, 2 + 5.0 * room + 2)
    assert (said, drawn_in) == ("".join(lines), rows)
