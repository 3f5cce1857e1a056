"""A mail is tied to its circular by any one of four signs: subject token, plus-address, reference, hidden mark."""

import io
from email.message import EmailMessage
from email.policy import SMTP
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest

from bot.config.load import load_circular, shipped_bureau
from bot.documents.form.excel_form import blank_form
from parsers.read import read_message

SIGNS = ("token", "plus-address", "reference", "mark")
REPORTER = "nong-muang-khai"


@pytest.fixture(scope="module")
def bureau():
    return shipped_bureau()


@pytest.fixture(scope="module")
def catalogue(bureau):
    """Two open circulars of the same layout, so that the layout alone decides nothing."""
    shipped = bureau.catalogue()
    return type(shipped)(
        {**shipped.forms, "w9999": shipped.forms["w5827"]}, shipped.organisations, shipped.reporters, shipped.as_of_near
    )


@pytest.fixture(scope="module")
def form(bureau):
    """The filled form, with or without what the bot hides and prints in it."""

    def make(*, marked: bool) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(blank_form(bureau.circulars["w5827"], bureau.roster, REPORTER)))
        sheet = book.worksheets[0]
        for row in sheet.iter_rows():
            named = str(row[1].value or "").startswith(("เทศบาล", "องค์การ"))
            for cell in row:
                if named and cell.column > 2 and not cell.protection.locked:
                    cell.value = "✓"
                if not marked and "รหัสแบบ" in str(cell.value):
                    cell.value = None
        if not marked:
            del book["_meta"]
            for name in list(book.custom_doc_props.names):
                del book.custom_doc_props[name]
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return {marked: make(marked=marked) for marked in (True, False)}


def mail(bureau, form, signs) -> bytes:
    message = EmailMessage(SMTP)
    message["From"] = bureau.roster.by_key[REPORTER].addresses[0]
    message["To"] = f"office{'+w5827' if 'plus-address' in signs else ''}@phrae.example"
    message["Subject"] = "Re: [w5827] รายงาน" if "token" in signs else "ส่งรายงานครับ"
    if "reference" in signs:
        message["In-Reply-To"] = "<w5827.request.0123456789abcdef@phrae.example>"
    message.set_content("ส่งรายงาน")
    content = form["mark" in signs]
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename="a.xlsx")
    return message.as_bytes()


@pytest.mark.parametrize(
    "signs", [signs for count in range(1, 5) for signs in combinations(SIGNS, count)], ids="+".join
)
def test_any_sign_is_enough(bureau, catalogue, form, signs):
    reading = read_message(mail(bureau, form, signs), catalogue)
    assert (reading.circular, reading.outcome.value, reading.reporter) == ("w5827", "accepted", REPORTER)
    assert set(signs) <= set(reading.recognised_by)


def test_without_any_sign_nothing_is_guessed(bureau, catalogue, form):
    """Two circulars ask the same and nothing says which is meant: asked, not chosen."""
    reading = read_message(mail(bureau, form, ()), catalogue)
    assert (reading.circular, reading.answers, reading.outcome.value) == (None, (), "rejected")


def test_without_any_sign_the_only_fitting_form_is_taken(bureau, form):
    reading = read_message(mail(bureau, form, ()), bureau.catalogue())
    assert (reading.circular, reading.recognised_by) == ("w5827", ("layout",))


def test_the_mark_beats_a_subject_that_was_carried_over(bureau, catalogue, form):
    """Somebody answers an old mail of another circular with this circular's form."""
    raw = mail(bureau, form, ("token", "mark")).replace(b"[w5827]", b"[w9999]")
    assert read_message(raw, catalogue).circular == "w5827"


def test_a_form_of_figures_is_told_from_a_form_of_ticks(bureau, form):
    waste = load_circular(Path(__file__).parents[2] / "circulars" / "waste2568")
    shipped = bureau.catalogue()
    both = type(shipped)({**shipped.forms, "waste2568": waste.form}, shipped.organisations, shipped.reporters)
    assert read_message(mail(bureau, form, ()), both).circular == "w5827"
