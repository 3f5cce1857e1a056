"""The form as a Word file, read back as a reporter's answer."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from bot.documents.form.word_form import blank_form_docx
from bot.documents.typography.cell_styles import OWED
from parsers.findings import Place
from parsers.form.question import Kind
from parsers.read import read_file
from parsers.reading import Answer, Catalogue, FileRequest, Outcome


@pytest.fixture
def catalogue(ticks, figures, roster) -> Catalogue:
    return Catalogue({one.slug: one.form for one in (ticks, figures)}, roster.organisations, roster.reporters)


def filled(content: bytes, marks: list[list[str]]) -> bytes:
    document = Document(io.BytesIO(content))
    rows = document.tables[0].rows[-len(marks) :]
    for row, said in zip(rows, marks, strict=True):
        for cell, mark in zip(row.cells[2:], said, strict=True):
            cell.paragraphs[0].add_run(mark)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_what_is_typed_into_it_is_read_back_and_its_mark_is_found(ticks, roster, catalogue):
    content = filled(blank_form_docx(ticks, roster, "long"), [["✓", "X", "✓", "X"], ["X"] * 4, ["✓"] * 4])
    reading = read_file("แบบ.docx", content, FileRequest(catalogue))
    assert (reading.outcome, reading.circular, reading.reporter) == (Outcome.ACCEPTED, "w5827", "long")
    assert [answer.value for answer in reading.standing()] == [True, False, True, False, *[False] * 4, *[True] * 4]


def test_known_answers_stand_in_it_already(ticks, roster, catalogue):
    known = [Answer("5540101", "a_made", value=True, place=Place())]
    content = filled(blank_form_docx(ticks, roster, "long", known), [["", "X", "X", "X"], ["X"] * 4, ["X"] * 4])
    reading = read_file("แบบ.docx", content, FileRequest(catalogue))
    assert reading.standing()[0].value is True


def test_figures_of_every_kind_come_back(figures, roster, catalogue):
    row = ["✓", "1200", "3", "1203", "1.25", "99.10", "74.42", "บ่อขยะ", "ฝังกลบ", "29/11/2567"]
    reading = read_file("f.docx", filled(blank_form_docx(figures, roster, "song"), [row]), FileRequest(catalogue))
    values = {answer.question: answer.value for answer in reading.standing()}
    assert values["homes"] == "1200"
    assert values["budget"] == "99.10"
    assert values["since"] == "2024-11-29"
    assert reading.outcome is Outcome.ACCEPTED


def test_the_same_form_has_the_same_bytes(ticks, roster):
    assert blank_form_docx(ticks, roster, "long") == blank_form_docx(ticks, roster, "long")


def test_says_how_figures_and_ticks_are_entered(figures, roster):
    text = "\n".join(p.text for p in Document(io.BytesIO(blank_form_docx(figures, roster, "long"))).paragraphs)
    assert "หรือ X (ยังไม่ได้ดำเนินการ) และกรอกข้อมูล ในช่องสีเหลือง ให้ครบทุกช่อง (ไม่ต้องกรอก “รวม”)" in text


def test_a_title_of_any_length_and_any_signs_makes_a_file(ticks, roster):
    form = ticks.form.model_copy(update={"title": "แบบรายงาน\x07" * 30})
    content = blank_form_docx(ticks.model_copy(update={"form": form}), roster, "long")
    document = Document(io.BytesIO(content))
    assert document.core_properties.title == ("แบบรายงาน" * 30)[:255]
    assert "แบบรายงาน" * 30 in {paragraph.text for paragraph in document.paragraphs}


@pytest.mark.parametrize(
    ("holder", "order"),
    [("w:tcPr", ["tcW", "gridSpan", "vMerge", "shd", "vAlign"]), ("w:tblPr", ["tblLayout", "tblCellMar", "tblLook"])],
)
def test_parts_stand_in_the_order_of_the_schema(ticks, roster, holder, order):
    """ECMA-376: a sequence, which Word may refuse in another order."""
    document = Document(io.BytesIO(blank_form_docx(ticks, roster, "long")))
    seen = [
        [order.index(name) for part in each if (name := part.tag.rpartition("}")[2]) in order]
        for each in document.element.iter(qn(holder))
    ]
    assert any(len(places) > 2 for places in seen)
    assert all(places == sorted(places) for places in seen)


def yellow(content: bytes) -> list[list[bool]]:
    rows = Document(io.BytesIO(content)).tables[0].rows[2:]
    return [[bool(cell._tc.xpath(f"w:tcPr/w:shd[@w:fill='{OWED}']")) for cell in row.cells] for row in rows]


def test_cells_still_to_be_filled_in_are_yellow_as_the_letter_says(figures, roster):
    known = [Answer("5540101", "homes", "3", Place())]
    rows = yellow(blank_form_docx(figures, roster, "long", known))
    asked = [q.required and q.kind is not Kind.COMPUTED for q in figures.form.question]
    assert rows[1] == rows[2] == [False, False, *asked]
    assert rows[0] == [
        False,
        False,
        *(a and q.key != "homes" for a, q in zip(asked, figures.form.question, strict=True)),
    ]
    assert sum(asked) == len(asked) - 2  # neither the sum nor what may stay empty
