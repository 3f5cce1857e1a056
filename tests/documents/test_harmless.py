"""Every file the bot writes: nothing people wrote becomes a formula, nothing reaches out, nobody is named in secret.

And Microsoft 365 takes each of them: openxml-audit finds no more than in the smallest file of the same library.

What a file may hide: the form its mark (circular and reporter) and its lists of choices, the marked copy the fills that
cells had before. Addresses of senders stand openly on the report's sheet of sources and nowhere else.
"""

import dataclasses
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink

from bot.documents.form.excel_form import blank_form
from bot.documents.form.word_form import blank_form_docx
from bot.documents.marked_copy.marked_workbook import mark_up
from bot.documents.report.cover_letter import cover_docx, cover_of
from bot.documents.report.workbook import report_workbook
from bot.office.model.recorded_answer import RecordedRemark
from parsers.findings import Code, Finding, Place, Severity
from parsers.reading import Answer
from tests.documents.audited import audit

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.example")
OUTWARD = re.compile(r"\[|\||!.*#REF|https?:|file:")
OUR_FORMULAS = re.compile(r"=(IF|SUM|\(?SUMPRODUCT)\(")
KINDS = ("form", "report", "only form", "marked", "word form", "letter")


@pytest.fixture(scope="module")
def renamed(roster, hostile):
    """The roster with names of organisations that begin like formulas."""
    organisations = tuple(
        dataclasses.replace(o, official_name=f"{text}{o.official_name}", short_name=f"{text}{o.short_name}")
        for o, text in zip(roster.organisations, hostile[:4], strict=True)
    )
    return dataclasses.replace(roster, organisations=organisations)


@pytest.fixture(scope="module")
def files(figures, office, renamed, rolled, hostile):
    """Each kind of file, with harm wherever people write."""
    when = figures.deadlines.reporters
    place = Place("=1+1.xlsx", "@แผ่น", "C7")
    remarks = tuple(RecordedRemark("obstacles", text, "long", 7, when, place) for text in hostile)
    known = [
        Answer(code, key, text, Place())
        for code, text in zip(renamed.by_key["long"].organisations, hostile, strict=False)
        for key in ("place", "way")
    ]
    rollup = rolled(figures, lambda _, key: hostile[0] if key in {"place", "way"} else None, remarks)
    lines = tuple(
        dataclasses.replace(
            line,
            organisation=renamed.by_code[line.organisation.code],
            answers={
                key: dataclasses.replace(answer, subject=hostile[3], place=place)
                for key, answer in line.answers.items()
            },
        )
        for line in rollup.lines
    )
    rollup = dataclasses.replace(
        rollup, lines=lines, before=rolled(figures, lambda _, key: None), unreported=renamed.organisations
    )
    form = blank_form(figures, renamed, "long", known)
    return {
        "form": form,
        "report": report_workbook(figures, rollup, office, renamed),
        "only form": report_workbook(figures, rollup, office, renamed, only_form=True),
        "marked": mark_up(linked(form), findings(hostile), {"5540101": hostile[0]}),
        "word form": blank_form_docx(figures, renamed, "long", known),
        "letter": cover_docx(cover_of(figures, rollup, office), when, office.name),
    }


def linked(form):
    """The form as it may come back: with links to other files and programs, and the clerk's name in its properties."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    sheet["A90"], sheet["A91"] = "=[1]Sheet1!A1", "=cmd|'/c calc'!A0"
    book.defined_names["elsewhere"] = DefinedName("elsewhere", attr_text="[1]Sheet1!$A$1")
    link = ExternalLink(externalBook=ExternalBook(id="rId1"))
    link.file_link = Relationship(type="externalLinkPath", Target="file:///C:/other.xlsx", TargetMode="External")
    book._external_links.append(link)
    book.properties.creator = book.properties.lastModifiedBy = "สมชาย ใจดี"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_form_that_came_back_did_reach_out(files):
    assert any("externalLink" in name for name in parts_of(linked(files["form"])))


def findings(hostile):
    return [
        Finding(
            Code.ANSWER_UNREADABLE, Severity.ERROR, Place("แบบ.xlsx", "แบบรายงาน", f"C{row}"), text, text, "5540101"
        )
        for row, text in enumerate(hostile, 8)
    ]


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_reaches_out_of_the_file(files, kind):
    parts = parts_of(files[kind])
    assert not [
        name for name in parts if re.search("externalLink|connections|queryTable|vbaProject|activeX|embeddings", name)
    ]
    assert not [name for name, text in parts.items() if name.endswith(".rels") and 'TargetMode="External"' in text]
    if kind not in {"word form", "letter"}:
        book = openpyxl.load_workbook(io.BytesIO(files[kind]))
        holders = (book, *book.worksheets)
        names = [defined.value for holder in holders for defined in holder.defined_names.values()]
        assert not [name for name in names if OUTWARD.search(name)]
        links = [
            cell.hyperlink for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.hyperlink
        ]
        assert [link.target for link in links if link.target is not None] == []  # only to places within
        assert bool(links) == (kind == "marked")


@pytest.mark.parametrize("kind", ["form", "report", "only form", "marked"])
def test_what_people_wrote_is_text(files, hostile, kind):
    book = openpyxl.load_workbook(io.BytesIO(files[kind]))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert all(OUR_FORMULAS.match(str(value)) for value in formulas)
    assert bool(formulas) == (kind in {"form", "marked"})
    assert {cell.data_type for cell in cells} <= {"s", "n", "f"}
    begun = [cell for cell in cells if cell.data_type == "s" and str(cell.value)[:1] in "=+-@\t"]
    assert len(begun) >= len(hostile) - 2
    assert all(cell.quotePrefix for cell in begun)


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_names_no_person_in_secret(files, office, kind):
    parts = parts_of(files[kind])
    about = parts["docProps/core.xml"]
    said = set(re.findall(r"<(?:dc:creator|cp:lastModifiedBy)[^>]*>([^<]*)<", about))
    assert said <= {"", "รวม", office.name}
    assert not ADDRESS.search(
        "".join(text for name, text in parts.items() if name.startswith(("docProps", "customXml")))
    )
    assert not [text for name, text in parts.items() if "comment" in name.lower() and ADDRESS.search(text)]


@pytest.mark.parametrize("kind", ["form", "report", "only form", "marked"])
def test_hidden_sheets_hold_the_mark_and_choices_alone(files, figures, office, kind):
    book = openpyxl.load_workbook(io.BytesIO(files[kind]))
    hidden = [sheet for sheet in book.worksheets if sheet.sheet_state != "visible"]
    words = {str(cell.value) for sheet in hidden for row in sheet.iter_rows() for cell in row if cell.value is not None}
    choices = {choice for question in figures.form.question for choice in question.choices}
    whose = {"report", office.slug} if kind == "report" else {"reporter", "long", "✓", "X", *choices}
    assert words <= {"ruam", "1", "circular", "waste", *whose}
    assert bool(hidden) == (kind != "only form")


@pytest.mark.parametrize("kind", ["form", "only form", "marked", "word form", "letter"])
def test_no_address_of_a_sender_leaves_but_on_the_sheet_of_sources(files, kind):
    assert not ADDRESS.search("".join(parts_of(files[kind]).values()))


def test_the_sheet_of_sources_is_to_be_seen(files):
    book = openpyxl.load_workbook(io.BytesIO(files["report"]))
    holding = {
        sheet.title
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if ADDRESS.search(str(cell.value))
    }
    assert holding == {"รายการเปลี่ยนแปลง", "ที่มาของข้อมูล"}
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"] == ["_meta"]


@pytest.mark.parametrize("kind", ["word form", "letter"])
def test_a_word_file_has_no_fields_that_do_something(files, kind):
    body = parts_of(files[kind])["word/document.xml"]
    assert not re.search("instrText|fldSimple|w:hyperlink|w:object|altChunk", body)
    assert Document(io.BytesIO(files[kind])).core_properties.last_modified_by in {
        "",
        None,
        "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดแพร่",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_office_takes_the_file(files, kind):
    assert not audit(files[kind], "docx" if kind in {"word form", "letter"} else "xlsx")


@pytest.mark.parametrize("name", ["form.xlsx", "kinds.xlsx"])
def test_office_takes_the_marked_copy_of_what_another_program_wrote(name, hostile):
    received = (Path(__file__).parents[1] / "parsers" / "data" / name).read_bytes()
    assert not audit(mark_up(received, findings(hostile), {}), "xlsx")


def test_the_audit_finds_a_part_in_the_wrong_place(files):
    """Or the tests above would hold of anything."""
    parts = parts_of(files["word form"])
    body = parts["word/document.xml"].replace("<w:tblPr>", "<w:tblPr><w:tblLook/>", 1)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(files["word form"])) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    assert audit(out.getvalue(), "docx")
