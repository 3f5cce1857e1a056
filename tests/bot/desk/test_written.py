"""The copy in a folder: the same pages, nothing of any mail's text, every link within the folder."""

import re

import pytest

from bot.desk.written import NotOursError, write
from tests.bot.desk.conftest import as_read
from tests.field.office_of_paper import DEN_CHAI, SONG, mail

WORDS = "มาตรา 16 หมายถึงคำสั่งฉบับไหนคะ"


def test_the_copy_is_whole_and_leads_nowhere_else(office, tmp_path):
    office.take(mail(DEN_CHAI, "ขอส่งรายงานค่ะ", form=office.filled()))
    office.take(mail(SONG, WORDS))
    folder = tmp_path / "shared" / "ruam"
    number = write(office.desk, folder)
    pages = {file.name: file.read_text("utf-8") for file in folder.glob("*.html")}
    assert number == len(pages) == 10
    assert WORDS in as_read(office.signed_in().get("/waiting").text)
    for name, page in pages.items():
        assert WORDS not in as_read(page)
        assert not re.search(r"<(form|script|button|iframe|input)\b", page), name
        for link in re.findall(r'(?:href|src)="([^"]*)"', page):
            assert link.startswith("#") or (folder / link).is_file(), (name, link)
    report = pages["report-w5827.html"]
    assert report.count("✓") >= 28
    assert "ดาวน์โหลด" not in report


def test_the_copy_is_written_anew_and_other_folders_are_left_alone(office, tmp_path):
    folder = tmp_path / "copy"
    write(office.desk, folder)
    (folder / "circular-gone.html").write_text("old")
    (folder / "notes.txt").write_text("somebody's")
    write(office.desk, folder)
    assert not (folder / "circular-gone.html").exists()
    assert (folder / "notes.txt").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("somebody's")
    with pytest.raises(NotOursError):
        write(office.desk, other)
    assert (other / "index.html").read_text() == "somebody's"
