"""Two files of one name in a mail are told apart, and each gets its own marked copy."""

import io

import pytest
from openpyxl import load_workbook

from bot.config.load import shipped_bureau
from bot.documents.marked_copy.marked_workbook import marked_copy
from bot.office.letters.marked_copies import marked_copies
from parsers.mail.message import parse
from parsers.read import read_message
from tests.field.office_files import ROWS, catalogue, mail, read_mail, workbook, zipped

NAME = "แบบ.xlsx"


def wrong_in(row):
    """The form with a sign that is no answer in one row; the other rows of the seven are left out of it."""
    half = ROWS[:5] if row < 5 else (ROWS[0], *ROWS[5:])
    at = row if row < 5 else row - 4
    return workbook(
        [tuple("?" if (n, c) == (at, 2) else value for c, value in enumerate(line)) for n, line in enumerate(half)]
    )


PAIRS = {
    "two attachments": ((NAME, wrong_in(2)), (NAME, wrong_in(6))),
    "two of one name in an archive": (("ส่ง.zip", None),),
    "two archives of one name": (("ส่ง.zip", zipped((NAME, wrong_in(2)))), ("ส่ง.zip", zipped((NAME, wrong_in(6))))),
}


@pytest.fixture(params=PAIRS)
def raw(request):
    packed = b""
    if request.param.endswith("archive"):
        with pytest.warns(UserWarning, match="Duplicate"):
            packed = zipped((NAME, wrong_in(2)), (NAME, wrong_in(6)))
    return mail(*((name, data or packed) for name, data in PAIRS[request.param]))


def test_each_gets_a_copy_of_its_own_marked_where_it_is_wrong(raw):
    reading = read_message(raw, catalogue())
    names = [file.name for file in reading.files if file.format == "xlsx"]
    assert len(set(names)) == 2
    copies = marked_copies(shipped_bureau(), shipped_bureau().circulars["w5827"], reading)
    assert [copy.file for copy in copies] == names
    for copy, cell in zip(copies, ("C3", "C3"), strict=True):
        book = load_workbook(io.BytesIO(marked_copy(raw, copy.file, copy.findings, copy.organisations)))
        assert [c.coordinate for line in book["Sheet"].iter_rows() for c in line if c.comment] == [cell]
    organisations = [{found.organisation for found in copy.findings} for copy in copies]
    assert organisations[0].isdisjoint(organisations[1])


def test_the_second_says_that_it_is_the_second():
    reading = read_mail((NAME, wrong_in(2)), (NAME, wrong_in(6)))
    assert [file.name for file in reading.files] == [NAME, f"{NAME} (2)"]
    assert {found.place.file for found in reading.findings} == {NAME, f"{NAME} (2)"}


def test_no_name_is_given_twice_whatever_names_are_sent():
    names = [a.name for a in parse(mail(*((name, b"x") for name in ("a", "a (2)", "a", "a", "a (2)")))).attachments]
    assert len(set(names)) == 5
