"""The built wheel does outside the checkout what it promises: it says its version, checks, shows the status and plays the demo.

The demo is played once, by the wheel, and looked at from all sides.
"""

import email
import email.policy
import json
import shutil
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from io import BytesIO

import openpyxl
import pytest
from typer.testing import CliRunner

from bot import __version__
from bot.cli.main import app
from bot.store.books import Books
from parsers.thai.text import thai_digits
from tests.documents.audited import audit
from tests.setup.wheel import ROOT, Installed

pytestmark = pytest.mark.timeout(400)  # the demo plays in the first that asks for it


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return Installed(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def out(wheel):
    done = wheel.run("ruam", "demo", "--output", "demo-out")
    assert done.returncode == 0, done.stdout + done.stderr
    return wheel.folder / "demo-out"


def test_the_wheel_is_what_runs(wheel):
    """Else the rest of this file would try the checkout, which every other test does."""
    where = wheel.run("python", "-c", "import bot, parsers; print(bot.__file__, parsers.__file__)").stdout.split()
    assert [path for path in where if "site-packages" not in path or str(ROOT) in path] == []
    assert wheel.run("ruam", "--version").stdout == f"ruam {__version__}\n"


def test_the_wheel_holds_code_and_templates_and_no_tests(wheel):
    with zipfile.ZipFile(wheel.wheel) as packed:
        names = [name for name in packed.namelist() if ".dist-info/" not in name]
    shipped = {name.removeprefix("bot/_templates/") for name in names if name.startswith("bot/_templates/")}
    templates = ROOT / "templates"
    assert shipped == {str(path.relative_to(templates)) for path in templates.rglob("*") if path.is_file()}
    assert {name.split("/")[0] for name in names} == {"bot", "parsers"}


def test_the_wheel_checks_a_reply(wheel, out):
    """A careless reply of the demo, without a configuration: what the sandbox's child reads, as JSON."""
    (reply,) = (out / "mails").glob("*-1120-*-in-long.eml")
    done = wheel.run("ruam", "check", str(reply), "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, said["circular"], said["outcome"]) == (1, "w5827", "partly")
    assert len(said["answers"]) == 11


def test_the_wheel_shows_the_status_of_new_books(wheel):
    shutil.copy(ROOT / "config.example.toml", wheel.folder / "config.toml")
    done = wheel.run("ruam", "status", "--json")
    (circular,) = json.loads(done.stdout)["circulars"]
    assert (circular["circular"], circular["done"], circular["total"]) == ("w5827", 0, 84)
    assert (wheel.folder / "ruam.db").is_file()


def letters(out):
    mails = sorted((out / "mails").iterdir())
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in mails]


def test_every_kind_of_letter_went_out_and_only_one_report(out):
    kinds = Counter(str(mail["X-Ruam-Kind"]) for mail in letters(out) if mail["X-Ruam-Kind"])
    assert set(kinds) == {
        "request",
        "receipt",
        "correction",
        "reminder",
        "digest",
        "draft",
        "report",
        "notice",
        "signing",
    }
    assert (kinds["request"], kinds["report"]) == (10, 1)


def test_the_requests_carry_the_form_the_numbered_letter_and_the_enclosure(out):
    requests = [mail for mail in letters(out) if mail["X-Ruam-Kind"] == "request"]
    carried = {tuple(part.get_filename() for part in mail.iter_attachments())[1:] for mail in requests}
    assert carried == {("w5827-phrae-letter.pdf", "w5827-department-letter.pdf")}


def test_office_takes_every_file_that_went_out(out):
    files = {
        part.get_payload(decode=True): part.get_filename().rpartition(".")[2]
        for mail in letters(out)
        if mail["X-Ruam-Kind"]
        for part in mail.iter_attachments()
    }
    audited = {content: ending for content, ending in files.items() if ending in {"xlsx", "docx"}}
    assert set(audited.values()) == {"xlsx", "docx"}
    assert [found for content, ending in audited.items() for found in audit(content, ending)] == []


def test_each_letter_names_kind_and_circular_and_answers_no_machine(out):
    for mail in letters(out):
        if mail["X-Ruam-Kind"]:
            assert mail["X-Ruam-Circular"] == "w5827"
            assert mail["Auto-Submitted"] in {"auto-generated", "auto-replied"}


def test_the_report_sent_is_the_report_kept_and_its_totals_are_its_ticks(out):
    (report,) = [mail for mail in letters(out) if mail["X-Ruam-Kind"] == "report"]
    (attachment,) = list(report.iter_attachments())
    assert attachment.get_payload(decode=True) == (out / "report.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(BytesIO(attachment.get_payload(decode=True))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    lines = [row for row in rows if isinstance(row[0], int) and str(row[1]).startswith(("เทศบาล", "องค์การ"))]
    assert [row[0] for row in lines] == list(range(1, 85))
    counted = [f"{sum(row[column] == '✓' for row in lines)} แห่ง" for column in range(2, 6)]
    total = next(row for row in rows if row[0] == "รวมดำเนินการแล้ว")
    assert total[2:6] == counted
    assert sum(row[2] == "ยังไม่รายงาน" for row in lines) == 7


def test_then_and_now_are_counted_from_the_list_and_the_report(out):
    """From the list as it was loaded and the official form as it went: what the draft and its workbook say of each."""
    listed = {
        line.split(",")[2]: line.split(",")[3]
        for line in (out / "baseline.csv").read_text("utf-8-sig").splitlines()[2:]
    }
    book = openpyxl.load_workbook(out / "report.xlsx")
    official = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    now = {row[1]: (row[3], row[5]) for row in official if isinstance(row[0], int)}
    (draft,) = [mail for mail in letters(out) if mail["X-Ruam-Kind"] == "draft"]
    text = draft.get_body(("plain",)).get_content()
    for at, section in enumerate(("ม.10", "ม.16")):
        had_not = {name for name, said in listed.items() if section in said}
        newly = sum(now[name][at] == "✓" for name in had_not)
        back = sum(marks[at] == "X" for name, marks in now.items() if name not in had_not)
        done, silent = (sum(marks[at] == word for marks in now.values()) for word in ("✓", "ยังไม่รายงาน"))
        counts = f"ทำแล้ว {84 - len(had_not)} จาก 84 แห่ง → ขณะนี้รายงานว่าทำแล้ว {done} แห่ง (เพิ่ม {newly} "
        counts += f"กลับเป็นยังไม่ได้ทำ {back} ยังไม่รายงาน {silent})"
        assert thai_digits(counts) in text
    sheet = book["เทียบกับ 29 ต.ค. 2567"]
    rows = {row[1]: row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)}
    assert {name: (row[3], row[6]) for name, row in rows.items()} == {
        name: tuple("ยังไม่ได้ทำ" if section in listed.get(name, "") else "ทำแล้ว" for section in ("ม.10", "ม.16"))
        for name in now
    }
    digests = [m.get_body(("plain",)).get_content() for m in letters(out) if m["X-Ruam-Kind"] == "digest"]
    assert all("ณ ๒๙ ต.ค. ๒๕๖๗ ทำแล้ว" in text for text in digests)


def test_the_story_is_told_day_by_day(out):
    story = (out / "story.md").read_text(encoding="utf-8")
    assert "๒๐ พฤศจิกายน ๒๕๖๗" in story
    assert "77 of 84 organisations reported; 1 report reached" in story


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "precious.txt").write_text("x")
    assert CliRunner().invoke(app, ["demo", "--output", str(tmp_path)]).exit_code == 2
    assert (tmp_path / "precious.txt").exists()


def test_the_demos_evidence_fits_and_one_changed_byte_of_its_books_is_found(wheel, out, tmp_path):
    done = wheel.run("ruam", "verify", str(out / "evidence.zip"))
    assert "The archive fits" in done.stdout, done.stdout
    with zipfile.ZipFile(out / "evidence.zip") as archive:
        names = archive.namelist()
        assert sum(name.startswith("mails/") for name in names) > 10
        assert "reports/v1-w5827-phrae-report.xlsx" in names
    shutil.copy(out / "books.db", tmp_path / "books.db")
    with closing(Books.open(f"sqlite:///{tmp_path / 'books.db'}")) as books:
        office = books.office("phrae", "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดแพร่")
        assert office.check_chain().wrong == 0
        with sqlite3.connect(tmp_path / "books.db") as changed:
            changed.execute(
                "UPDATE answer SET value = 'false' WHERE id = (SELECT min(id) FROM answer WHERE value = 'true')"
            )
        changed.close()
        [misfit] = office.check_chain().misfits
        assert misfit.thing.startswith("answers ")
