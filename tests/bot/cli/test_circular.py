"""``ruam circular``: the department's papers to a folder with its dry run, corrected in the workbook, started."""

import shutil
import tomllib
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.config.circular_folder import load_circular
from bot.config.load import load_bureau, load_config
from bot.setup.circular_start import NotNamedError, named_in
from tests.parsers.blank_form.papers_drawn import excel, w5827_forms

ROOT = Path(__file__).parents[3]
LETTER = ROOT / "templates" / "circulars" / "w5827" / "w5827-department-letter.pdf"
CONFIG = """\
[office]
slug = "phrae"
name = "สำนักงานตัวอย่าง"
province = "แพร่"
address = "bot@office.example"
staff = ["staff@office.example"]
roster = "phrae"
circulars = [
]   # each a folder beside this file

[imap]
host = "127.0.0.1"
user = "bot"
password = "secret"

[smtp]
host = "127.0.0.1"
user = "bot"
password = "secret"
"""


@pytest.fixture
def desk(tmp_path):
    """A folder with a configuration and the department's papers."""
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    shutil.copy(LETTER, tmp_path / "letter.pdf")
    (tmp_path / "form.xlsx").write_bytes(w5827_forms()["form.xlsx"])
    return tmp_path


def run(desk, *words):
    said = [*(str(word) for word in words), "--config", str(desk / "config.toml")]
    return CliRunner().invoke(app, ["circular", *said])


def test_papers_become_a_folder_that_is_corrected_and_started(desk):
    done = run(desk, "new", desk / "letter.pdf", desk / "form.xlsx")
    assert done.exit_code == 0, done.output
    folder = desk / "w5827"
    assert "มท ๐๘๑๐.๗/ว ๕๘๒๗" in done.output
    assert "ครบกำหนดของกรมส่งเสริมการปกครองท้องถิ่น" in done.output
    assert "? 2. " in done.output
    made = load_circular(folder)
    assert [question.kind for question in made.form.question] == ["tick"] * 4
    assert made.enclosure[0].content == LETTER.read_bytes()
    forms = sorted(file.stem for file in (folder / "dry-run").iterdir())
    assert forms == sorted(
        contact.reporter.key for contact in load_bureau(load_config(desk / "config.toml")).roster.contacts
    )

    workbook = folder / "หนังสือเวียนใหม่.xlsx"
    book = openpyxl.load_workbook(workbook)
    title = next(row for row in book["หนังสือเวียนใหม่"].iter_rows() if row[0].value == "เรื่อง")
    title[1].value = "เรื่องที่แก้แล้ว"
    rows = book["คำถาม"]
    kinds = next(row for row in rows.iter_rows() if row[2].value == "จัดทำประกาศแล้ว")
    kinds[3].value = "วันที่"
    book.save(workbook)
    again = run(desk, "new", workbook, "--into", folder)
    assert again.exit_code == 0, again.output
    made = load_circular(folder)
    assert made.title == "เรื่องที่แก้แล้ว"
    assert made.form.question[0].kind == "date"
    assert made.enclosure[0].content == LETTER.read_bytes()

    started = run(desk, "start", folder)
    assert started.exit_code == 0, started.output
    config = desk / "config.toml"
    assert "# each a folder beside this file" in config.read_text("utf-8")
    assert list(load_bureau(load_config(config)).circulars) == ["w5827"]
    assert "already" in run(desk, "start", folder).output
    assert run(desk, "new", workbook, "--into", folder).exit_code == 2  # what runs is not written over


def test_a_rule_that_cannot_be_is_left_out_and_said(desk):
    run(desk, "new", desk / "letter.pdf", desk / "form.xlsx")
    workbook = desk / "w5827" / "หนังสือเวียนใหม่.xlsx"
    book = openpyxl.load_workbook(workbook)
    row = next(row for row in book["คำถาม"].iter_rows() if row[2].value == "ลงข้อมูลในระบบ info.go.th")
    row[8].value = "2"  # itself
    book.save(workbook)
    done = run(desk, "new", workbook, "--into", desk / "w5827")
    assert done.exit_code == 0, done.output
    assert "จึงตัดเงื่อนไขนั้นออก" in done.output
    assert load_circular(desk / "w5827").form.question[1].requires is None


def test_papers_without_a_form_are_told_so(desk):
    done = run(desk, "new", desk / "letter.pdf")
    assert done.exit_code == 1
    assert "ไม่พบตารางแบบรายงาน" in done.output
    assert not (desk / "w5827").exists()


def test_a_folder_that_holds_something_else_is_left_alone(desk):
    other = desk / "other"
    other.mkdir()
    (other / "notes.txt").write_text("ours")
    assert run(desk, "new", desk / "form.xlsx", "--into", other).exit_code == 2
    assert [file.name for file in other.iterdir()] == ["notes.txt"]
    assert run(desk, "new", desk / "missing.xlsx").exit_code == 2


def test_a_form_of_many_questions_loads(desk):
    headings = ["จำนวน (คน)", "งบประมาณ (บาท)", "วิธี (ก/ข/ค)", "วันที่ทำ", "ร้อยละที่ได้", "หมายเหตุ"]
    (desk / "many.xlsx").write_bytes(excel(("แบบสำรวจ",), [("ที่", "อปท.", *headings)], [("1", *[""] * 7)]))
    done = run(desk, "new", desk / "many.xlsx", "--into", desk / "many")
    assert done.exit_code == 0, done.output
    kinds = [question.kind for question in load_circular(desk / "many").form.question]
    assert kinds == ["integer", "money", "choice", "date", "percent", "text"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ('[office]\ncirculars = ["a"]\n', ["a", "b"]),
        ("[office]\ncirculars = []\n", ["b"]),
        ('[office]\ncirculars = [\n  "a",\n]\n', ["a", "b"]),
    ],
)
def test_the_list_of_the_configuration_is_changed_and_nothing_else(tmp_path, text, after):
    file = tmp_path / "config.toml"
    file.write_text(text)
    assert named_in(file, "b")
    assert tomllib.loads(file.read_text())["office"]["circulars"] == after
    assert not named_in(file, "b")


@pytest.mark.parametrize(
    "text",
    ["[office]\n", '[other]\ncirculars = ["a"]\n[office]\ncirculars = ["a"]\n', '[office]\ncirculars = ["a[1]"]\n'],
)
def test_a_list_that_cannot_be_changed_alone_is_left(tmp_path, text):
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(NotNamedError):
        named_in(file, "b")
    assert file.read_text() == text
