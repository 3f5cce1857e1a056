"""``ruam roster``: out as a workbook, back with what changes, written only when told so; mistakes in a marked copy."""

import openpyxl
import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.config.load import load_roster


def run(*words):
    return CliRunner().invoke(app, ["roster", *(str(word) for word in words)])


@pytest.fixture
def filled(tmp_path):
    """The workbook of น่าน with one address in it."""
    file = tmp_path / "nan.xlsx"
    assert run("export", file, "--province", "nan").exit_code == 0
    book = openpyxl.load_workbook(file)
    row = next(row for row in book["ผู้รายงาน"].iter_rows() if row[1].value == "อำเภอปัว")
    row[3].value = "pua@district.example"
    book.save(file)
    return file


def test_nothing_is_written_before_it_is_told_to(filled, tmp_path):
    folder = tmp_path / "roster"
    shown = run("import", filled, "--province", "น่าน", "--to", folder)
    assert shown.exit_code == 0
    assert "อำเภอปัว: + pua@district.example" in shown.output
    assert not folder.exists()
    done = run("import", filled, "--province", "น่าน", "--to", folder, "--yes")
    assert done.exit_code == 0
    assert load_roster(folder).by_key["d5505"].addresses == ("pua@district.example",)
    assert "Nothing changes" in run("import", filled, "--to", folder).output


def test_mistakes_are_marked_in_a_copy_and_nothing_is_written(filled, tmp_path):
    book = openpyxl.load_workbook(filled)
    row = next(row for row in book["ผู้รายงาน"].iter_rows() if row[1].value == "อำเภอปัว")
    row[3].value, cell = "pua@", row[3].coordinate
    book.save(filled)
    done = run("import", filled, "--province", "น่าน", "--to", tmp_path / "roster", "--yes")
    assert done.exit_code == 1
    assert f"ผู้รายงาน!{cell} “pua@” ไม่ใช่ที่อยู่อีเมล" in done.output
    copy = openpyxl.load_workbook(tmp_path / "nan-ข้อควรแก้ไข.xlsx")
    assert copy["ผู้รายงาน"][cell].fill.fgColor.rgb == "FFFF7C80"
    assert "ไม่ใช่ที่อยู่อีเมล" in copy["ผู้รายงาน"][cell].comment.text
    assert "นำเข้าใหม่" in " ".join(str(c.value) for row in copy.worksheets[0].iter_rows() for c in row)
    assert not (tmp_path / "roster").exists()
    # Mended in the copy, it is taken in, and its list of what to mend is no table.
    copy["ผู้รายงาน"][cell].value = "pua@district.example"
    copy.save(tmp_path / "nan-ข้อควรแก้ไข.xlsx")
    again = run("import", tmp_path / "nan-ข้อควรแก้ไข.xlsx", "--province", "น่าน", "--to", tmp_path / "roster", "--yes")
    assert again.exit_code == 0, again.output


def test_a_list_that_is_no_workbook_is_marked_in_one(tmp_path):
    file = tmp_path / "list.csv"
    file.write_bytes("ผู้รายงาน,อีเมล\nอำเภอปัว,pua@\n".encode("cp874"))
    assert run("import", file, "--province", "น่าน", "--to", tmp_path / "roster").exit_code == 1
    copy = openpyxl.load_workbook(tmp_path / "list-ข้อควรแก้ไข.xlsx")
    assert copy["ทะเบียน"]["B2"].value == "pua@"
    assert copy["ทะเบียน"]["B2"].comment


def test_a_shipped_roster_is_not_changed(filled):
    done = run("import", filled, "--province", "น่าน", "--yes")
    assert done.exit_code == 2
    assert "--to FOLDER" in done.output


def test_a_province_that_is_none_is_told(tmp_path):
    done = run("export", tmp_path / "x.xlsx", "--province", "นานน")
    assert done.exit_code == 2
    assert not (tmp_path / "x.xlsx").exists()
