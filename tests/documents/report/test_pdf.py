"""What is set for paper: the report to sign, the cover letter, the picture of the digest. Looked at as pixels and as text."""

import dataclasses
import datetime
import io
from decimal import Decimal

import pdfplumber
import pypdfium2
import pytest
from docx import Document
from PIL import Image

from bot.documents.mail.progress_chart import progress_picture
from bot.documents.report.cover_letter import cover_docx, cover_of, cover_pdf
from bot.documents.report.pdf import figure, report_pdf, report_view
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.progress import State, progress_of
from bot.office.model.recorded_answer import Recorded
from bot.office.model.rollup import roll_up
from bot.office.model.roster import Roster
from parsers.findings import Place
from parsers.reading import Organisation
from parsers.thai.text import thai_digits
from tests.documents.conftest import circular_of
from tests.documents.drawn import OFFICE, circular_named, rollup_of
from tests.documents.inked import ink_at_the_edge, overruns, page_count

NOW = datetime.datetime(2024, 12, 2, 9, tzinfo=BANGKOK)
PLACE = Place("a", "b", "c")
OURS = {"Sarabun-Regular", "Sarabun-Bold", "DejaVuSans"}


def some(organisation, key):
    return None if organisation.code == "5540104" else key.endswith("made")


def fonts(pdf: bytes) -> set[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return {char["fontname"].partition("+")[2] for page in document.pages for char in page.chars}


@pytest.fixture
def crowd(roster) -> Roster:
    """The roster with so many organisations that the table takes several pages."""
    many = tuple(
        Organisation(str(5540200 + n), "อบต.", f"องค์การบริหารส่วนตำบลบ้านตัวอย่าง{n}", f"อบต.ตัวอย่าง{n}", "ลอง")
        for n in range(90)
    )
    return dataclasses.replace(roster, organisations=many)


def test_the_report_to_sign_fits_its_pages_in_our_own_fonts(ticks, office, roster, rolled):
    pdf = report_pdf(ticks, rolled(ticks, some), office, roster)
    assert page_count(pdf) == 1
    assert fonts(pdf) <= OURS
    assert "DejaVuSans" in fonts(pdf)  # the ticks; Sarabun has none
    assert not ink_at_the_edge(pdf)


def test_the_figures_on_paper_are_in_the_digits_of_the_office(figures, office, roster, rolled):
    """Ours alone: what a reporter wrote stays as written."""
    values = {
        "has_plan": True, "homes": "1200", "shops": "3", "both": "1203", "waste": "1.25", "budget": "10", "share": "7",
        "place": "หมู่ที่ 5", "way": "ฝังกลบ", "since": "2024-11-29",
    }  # fmt: skip

    def shown(thai):
        said = dataclasses.replace(office, thai_digits=thai)
        view = report_view(figures, rolled(figures, lambda _, key: values[key]), said, roster)
        [row] = view["lines"][0]["rows"]
        return view["lines"][0]["number"], {cell["text"] for cell in row["cells"]}

    number, cells = shown(thai=True)
    assert number == "๑"
    assert {"๑,๒๐๐", "หมู่ที่ 5"} <= cells
    number, cells = shown(thai=False)
    assert number == "1"
    assert {"1,200", "หมู่ที่ 5"} <= cells


def test_a_report_of_many_columns_lies_across_and_nothing_is_cut(figures, office, roster, rolled):
    values = {
        "has_plan": True, "homes": "1200000", "shops": "3", "both": "1200003", "waste": "1.25", "budget": "99999999.10",
        "share": "74.42", "place": "บ่อขยะบ้านหนองใหม่ หมู่ที่ ๕", "way": "ฝังกลบ", "since": "2024-11-29",
    }  # fmt: skip
    pdf = report_pdf(figures, rolled(figures, lambda _, key: values[key]), office, roster)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        assert page.width > page.height
        words = page.extract_text()
    assert thai_digits("99,999,999.10") in words
    assert not ink_at_the_edge(pdf)


@pytest.mark.parametrize("thai", [True, False])
def test_no_sum_runs_into_the_next_cell_in_either_kind_of_digits(thai):
    circular, roster = circular_named("figures")
    office = dataclasses.replace(OFFICE, thai_digits=thai)
    assert not overruns(report_pdf(circular, rollup_of(circular, roster), office, roster))


@pytest.mark.parametrize("kinds", [["tick"], ["tick", "date", "choice", "money", "text"]])
def test_nothing_runs_into_the_next_cell_of_thirty_columns(office, roster, rolled, kinds):
    questions = [
        {
            "key": f"q{n}", "kind": kinds[n % len(kinds)], "label": f"ประเด็นที่ {n} ดำเนินการแล้ว {'x' * 60 if n == 7 else ''}",
            "choices": ["ฝังกลบถูกหลักสุขาภิบาล ระดับ 1"] if kinds[n % len(kinds)] == "choice" else [],
        }
        for n in range(30)
    ]  # fmt: skip
    circular = circular_of("wide", questions)
    values = {
        "tick": True, "date": "2024-11-29", "choice": "ฝังกลบถูกหลักสุขาภิบาล ระดับ 1", "money": "99999999.10",
        "text": "บ่อขยะบ้านหนองใหม่",
    }  # fmt: skip
    kind = {question["key"]: question["kind"] for question in questions}
    rollup = rolled(circular, lambda o, key: None if o.code == "5540103" else values[kind[key]])
    pdf = report_pdf(circular, rollup, office, roster)
    assert not overruns(pdf)
    assert not ink_at_the_edge(pdf)


def test_a_choice_stays_as_the_department_worded_it(figures, office, roster, rolled):
    view = report_view(figures, rolled(figures, lambda _, key: "ระดับ 1" if key == "way" else None), office, roster)
    assert view["lines"][0]["rows"][0]["cells"][8]["text"] == "ระดับ 1"


def test_empty_words_of_a_form_make_no_difference(ticks, office, roster, rolled):
    words = dict.fromkeys(("title", "number_label", "organisation_label", "total_label", "as_of_label"), "")
    form = ticks.form.model_validate({**ticks.form.model_dump(by_alias=True), **words, "note": ["", "ข"]})
    circular = ticks.model_copy(update={"form": form})
    lines = dataclasses.replace(office, signer=("", "ท้องถิ่นจังหวัดแพร่"), letterhead=("", "แพร่"))
    rollup = rolled(circular, some)
    assert page_count(report_pdf(circular, rollup, lines, roster)) == 1
    assert page_count(cover_pdf(cover_of(circular, rollup, lines), NOW, roster)) == 1


def test_the_heading_stands_on_every_page_of_a_long_report(ticks, office, crowd):
    rollup = roll_up(ticks, crowd, (), (), NOW.date())
    pdf = report_pdf(ticks, rollup, office, crowd)
    assert page_count(pdf) >= 3
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        heads = ["info.go.th" in page.extract_text() for page in document.pages[:-1]]
    assert all(heads)


def test_the_same_report_has_the_same_bytes(ticks, office, roster, rolled):
    rollup = rolled(ticks, some)
    assert report_pdf(ticks, rollup, office, roster) == report_pdf(ticks, rollup, office, roster)


@pytest.mark.parametrize(
    ("number", "pattern", "shown"),
    [
        ("1234567", "#,##0", "1,234,567"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("1.25", "#,##0.00##", "1.25"),
        ("1.2345", "#,##0.00##", "1.2345"),
        ("74.4", "0.00##", "74.40"),
        ("10.125", "#,##0.00", "10.13"),
        ("2.5", "#,##0", "3"),
        ("-10.125", "#,##0.00", "-10.13"),
    ],
)
def test_figures_look_as_in_the_workbook(number, pattern, shown):
    assert figure(Decimal(number), pattern) == shown


def test_totals_bear_their_unit_on_paper_as_in_the_workbook(figures, office, roster, rolled):
    rollup = rolled(figures, lambda _, key: "1.25" if key == "waste" else None)
    arabic = dataclasses.replace(office, thai_digits=False)
    (total,) = report_view(figures, rollup, arabic, roster)["totals"]
    assert total["cells"][4]["text"] == "5.00 ตัน"
    assert total["cells"][5]["text"] == "0.00"  # its heading says baht


def test_the_cover_letter_has_its_parts_in_the_order_of_the_regulation(ticks, office, roster, rolled):
    cover = cover_of(ticks, rolled(ticks, some), office)
    assert [label for label, _ in cover.labelled] == ["เรื่อง", "เรียน", "อ้างถึง", "สิ่งที่ส่งมาด้วย"]
    assert cover.paragraphs[0].endswith("นั้น")
    assert cover.paragraphs[-1] == "จึงเรียนมาเพื่อโปรดทราบ"
    assert (cover.date.startswith(".") and "ธันวาคม" in cover.date) or "พฤศจิกายน" in cover.date
    assert "๓" in "".join(cover.points)
    assert "3" not in "".join(cover.points)


def test_the_cover_letter_names_who_is_missing_or_points_to_the_enclosure(ticks, office, crowd, roster, rolled):
    few = cover_of(ticks, rolled(ticks, some), office)
    assert any("ทต.สอง" in paragraph for paragraph in few.paragraphs)
    many = cover_of(ticks, roll_up(ticks, crowd, (), (), NOW.date()), office)
    assert any("สิ่งที่ส่งมาด้วย" in paragraph for paragraph in many.paragraphs)


@pytest.mark.parametrize(("thai", "day"), [(True, "๑๒ พฤศจิกายน ๒๕๖๗"), (False, "12 พฤศจิกายน 2567")])
def test_a_circular_that_names_no_references_is_one_itself_with_its_day(ticks, office, roster, rolled, thai, day):
    circular = ticks.model_copy(update={"wording": ticks.wording.model_copy(update={"references": ()})})
    cover = cover_of(circular, rolled(circular, some), dataclasses.replace(office, thai_digits=thai))
    (reference,) = dict(cover.labelled)["อ้างถึง"]
    assert reference.replace("\u00a0", " ") == f"หนังสือกรม ที่ มท ๐๘๑๐.๗/ว ๕๘๒๗ ลงวันที่ {day}"


def test_a_letter_without_totals_points_to_the_enclosure(office, roster, rolled):
    circular = circular_of("words", [{"key": "place", "kind": "text", "label": "สถานที่"}])
    cover = cover_of(circular, rolled(circular, lambda *_: "บ่อขยะ"), office)
    assert not cover.points
    assert cover.paragraphs[1].endswith("รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย")
    assert "ดังนี้" not in "".join(cover.paragraphs)


def test_the_cover_letter_is_one_page_in_our_own_fonts(ticks, office, roster, rolled):
    pdf = cover_pdf(cover_of(ticks, rolled(ticks, some), office), NOW, roster)
    assert page_count(pdf) == 1
    assert fonts(pdf) <= OURS
    assert not ink_at_the_edge(pdf)


def test_the_day_of_the_figures_is_said_once_in_both_files_of_the_letter(ticks, office, roster, rolled):
    rollup = rolled(ticks, some)
    word = Document(io.BytesIO(cover_docx(cover_of(ticks, rollup, office), NOW, office.name)))
    document = pypdfium2.PdfDocument(cover_pdf(cover_of(ticks, rollup, office), NOW, roster))
    try:
        printed = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    for said in ("\n".join(paragraph.text for paragraph in word.paragraphs), printed):
        assert said.count("(ข้อมูล") == 1
        assert "((" not in said.replace(" ", "")


def test_the_word_file_says_the_same_as_the_letter(ticks, office, rolled):
    rollup = rolled(ticks, some)
    document = Document(io.BytesIO(cover_docx(cover_of(ticks, rollup, office), NOW, office.name)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cover = cover_of(ticks, rollup, office)
    said = said.replace("\u00a0", " ")
    assert all(
        line.replace("\u00a0", " ") in said
        for line in (*cover.paragraphs, *cover.points, *cover.signer, *cover.contact)
    )


def test_number_and_day_of_the_registry_stand_in_the_letter(ticks, office, rolled):
    open_one = cover_of(ticks, rolled(ticks, some), dataclasses.replace(office, letter_number="พร ๐๐๒๓.๑/"))
    assert open_one.number.replace("\u00a0", " ").startswith("ที่ พร ๐๐๒๓.๑/....")
    cover = cover_of(ticks, rolled(ticks, some), office, "พร 0023.1/1234", datetime.date(2024, 12, 4))
    document = Document(io.BytesIO(cover_docx(cover, NOW, office.name)))
    said = [document.tables[0].cell(0, 0).text, *(paragraph.text for paragraph in document.paragraphs)]
    assert [line.replace("\u00a0", " ") for line in said if "1234" in line or "๑๒๓๔" in line] == ["ที่ พร ๐๐๒๓.๑/๑๒๓๔"]
    assert "๔ ธันวาคม ๒๕๖๗" in [line.replace("\u00a0", " ") for line in said]


def test_the_offices_own_emblem_stands_on_top(ticks, office, rolled):
    picture = io.BytesIO()
    Image.new("RGB", (60, 60), "navy").save(picture, "PNG")
    emblazoned = dataclasses.replace(office, emblem=picture.getvalue())
    document = Document(io.BytesIO(cover_docx(cover_of(ticks, rolled(ticks, some), emblazoned), NOW, emblazoned.name)))
    assert len(document.inline_shapes) == 1
    assert "(ตราครุฑ)" not in document.paragraphs[0].text


def said_by(roster: Roster, keys: tuple[str, ...], codes: tuple[str, ...], at: datetime.datetime) -> list[Recorded]:
    return [
        Recorded(
            code,
            key,
            value=True,
            message=1,
            sender="a@b.example",
            received=at,
            subject="s",
            place=PLACE,
            reporter="long",
        )
        for code in codes
        for key in keys
    ]


def test_progress_tells_complete_from_partly_and_nothing(ticks, roster):
    keys = tuple(question.key for question in ticks.form.question)
    known = [*said_by(roster, keys, ("5540101",), NOW), *said_by(roster, keys[:2], ("5540102",), NOW)]
    progress = progress_of(ticks, roster, known, NOW)
    assert progress.districts == (("ลอง", (State.COMPLETE, State.PARTLY, State.NOTHING)), ("สอง", (State.NOTHING,)))
    assert progress.curve == (NOW,)


def test_the_picture_is_a_png_small_enough_for_a_mail(ticks, roster):
    picture = progress_picture([progress_of(ticks, roster, (), NOW)] * 3, thai=True)
    with Image.open(io.BytesIO(picture)) as image:
        assert image.format == "PNG"
        assert image.width == 720  # as wide as a telephone, twice as sharp
        colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 24)}
    for state in ((0x2E, 0x7D, 0x46), (0xE0, 0xA1, 0x00), (0xD5, 0xDA, 0xE0)):  # complete, partly, nothing
        assert min(max(abs(a - b) for a, b in zip(state, colour, strict=True)) for colour in colours) <= 8
    assert len(picture) < 60_000  # with the words and base64 still below the 100 kB at which mails are cut


@pytest.mark.parametrize("days", [0, 1, 3, 20, 59])
def test_deadlines_in_the_picture_are_named_within_it(ticks, roster, days):
    """The later the day, the further left the deadlines: their names stand right of them then."""
    opens = ticks.deadlines.department - datetime.timedelta(days=4)
    deadlines = ticks.deadlines.model_copy(update={"opens": opens, "reporters": opens + datetime.timedelta(days=2)})
    late = ticks.deadlines.department + datetime.timedelta(days=days)
    progress = progress_of(ticks.model_copy(update={"deadlines": deadlines}), roster, (), late)
    with Image.open(io.BytesIO(progress_picture([progress], thai=True))) as picture:
        margin = picture.convert("L").crop((0, 0, 22, picture.height))
        assert margin.getextrema()[0] > 250
