"""The built wheel does outside the checkout what it promises: it says its version, checks, shows the status and plays the demo.

The demo is played once, by the wheel, and looked at from all sides.
"""

import datetime
import email
import email.policy
import functools
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
from bot.office.model.calendar import Calendar
from bot.store.books import Books
from parsers.thai.text import thai_digits
from tests.documents.audited import audit
from tests.setup.wheel import ROOT, Installed

pytestmark = pytest.mark.timeout(400)  # the demo plays in the first that asks for it


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return Installed(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def played(wheel):
    done = wheel.run("ruam", "demo", "--output", "demo-out")
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def out(wheel, played):
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


@functools.cache
def letters(out):
    mails = sorted((out / "mails").iterdir())
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in mails]


def sent(out, kind, circular=""):
    return [
        mail
        for mail in letters(out)
        if mail["X-Ruam-Kind"] == kind and circular in {"", *str(mail["X-Ruam-Circular"]).split(", ")}
    ]


def words(mail):
    return mail.get_body(("plain",)).get_content()


def test_every_kind_of_letter_went_out_and_as_many_reports_as_there_are_to_send(out):
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
        "extension",
        "exemption",
    }
    assert (kinds["request"], kinds["report"]) == (20, 3)


def test_who_owes_for_both_circulars_gets_one_letter_with_both_forms(out):
    joined = [mail for mail in sent(out, "reminder") if mail["X-Ruam-Circular"] == "w5827, wetbin-2567-11"]
    assert [str(mail["To"]) for mail in joined] == ["wang-chin@district.phrae.example", "song@district.phrae.example"]
    for mail in joined:
        assert [name.rpartition("-")[0].startswith(("w5827", "wetbin")) for name in files(mail)] == [True, True]
    alone = {str(mail["X-Ruam-Circular"]) for mail in sent(out, "reminder") if mail not in joined}
    assert alone == {"w5827", "wetbin-2567-11"}


def test_a_district_gets_more_time_and_its_later_letters_name_the_new_day(out):
    [extension] = sent(out, "extension")
    assert str(extension["To"]) == "song@district.phrae.example"
    old, new = "๒๙ พฤศจิกายน ๒๕๖๗", "๓ ธันวาคม ๒๕๖๗"
    assert old in words(extension)
    assert new in words(extension)
    later = [
        mail
        for mail in letters(out)[letters(out).index(extension) + 1 :]
        if "song@" in str(mail["To"])
        if mail["X-Ruam-Kind"] == "reminder" and "w5827" in mail["X-Ruam-Circular"]
    ]
    assert len(later) == 3
    assert all(new in words(mail) and old not in words(mail) for mail in later)
    others = [mail for mail in sent(out, "reminder") if "wang-chin@" in str(mail["To"])]
    assert not any("เลยกำหนดแล้ว" in words(mail) for mail in later)
    assert any("เลยกำหนดแล้ว" in words(mail) for mail in others)


def test_the_digest_lists_whom_to_phone_about_what(out):
    [page] = [
        words(mail)
        for path, mail in zip(sorted((out / "mails").iterdir()), letters(out), strict=True)
        if "-1202-0830-digest" in path.name
    ]
    _, _, calls = page.partition("โทรศัพท์ติดตามวันนี้")
    first, second = "๑. อำเภอวังชิ้น โทร. ๐ ๕๔๐๐ ๐๐๐๐: เลยกำหนดแล้ว", "๒. อำเภอสอง โทร. ๐ ๕๔๐๐ ๐๐๐๐: ใกล้ครบกำหนด"
    assert calls.index(first) < calls.index("ส่งจดหมายแล้ว ๔ ครั้ง") < calls.index(second)


def files(mail):
    return {part.get_filename(): part.get_payload(decode=True) for part in mail.iter_attachments()}


def test_what_came_late_went_to_the_department_as_an_amended_report_with_its_table(out):
    first, amended = sent(out, "report", "w5827")
    assert amended["In-Reply-To"] == first["Message-ID"]
    assert "รายงานแก้ไขเพิ่มเติม ครั้งที่ ๑" in amended["Subject"]
    [content] = files(amended).values()
    assert content == (out / "w5827-report-amended-1.xlsx").read_bytes()
    book = openpyxl.load_workbook(BytesIO(content))
    changes = [row for row in book["รายการที่แก้ไข"].iter_rows(min_row=4, values_only=True) if row[0]]
    missing = {row[1] for row in official(out / "w5827-report.xlsx") if row[2] == "ยังไม่รายงาน"}
    assert {row[0] for row in changes} == missing
    assert len(changes) == 4 * len(missing) == 28
    assert {row[2] for row in changes} == {"ยังไม่รายงาน"}
    assert not any("ยังไม่รายงาน" in row for row in official(out / "w5827-report-amended-1.xlsx"))
    [_, draft] = sent(out, "draft", "w5827")
    assert "เดิม ยังไม่รายงาน แก้เป็น ✓" in words(draft)
    assert "เพิ่งกลับจากการช่วยเหลือผู้ประสบอุทกภัย" in words(draft)


def test_what_the_department_asked_for_is_a_task_until_staff_say_that_it_is_done(out):
    told = [str(mail["Subject"]) for mail in sent(out, "notice")]
    assert sum("มีอีเมลจากส่วนกลาง" in subject for subject in told) == 3
    assert sum("ส่วนกลางขอเสร็จแล้ว ๑ เรื่อง" in subject for subject in told) == 1
    with closing(Books.open(f"sqlite:///{out / 'books.db'}")) as books:
        office = books.office("phrae", "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดแพร่")
        assert office.tasks() == ()


def test_what_can_wait_goes_in_office_hours_alone(out):
    calendar = Calendar()
    for path in (out / "mails").iterdir():
        _, day, minute, kind, *_ = path.name.split("-")
        at = datetime.datetime.strptime(f"2024{day}{minute} +0700", "%Y%m%d%H%M %z")
        if kind not in {"in", "receipt", "correction", "report"}:
            assert calendar.is_open(at), path.name


def test_the_requests_carry_the_form_the_numbered_letter_and_the_enclosure(out):
    carried = {tuple(files(mail))[1:] for mail in sent(out, "request", "w5827")}
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
            assert set(str(mail["X-Ruam-Circular"] or "w5827").split(", ")) <= {"w5827", "wetbin-2567-11"}
            assert mail["Auto-Submitted"] in {"auto-generated", "auto-replied"}


def test_the_report_sent_is_the_report_kept_and_its_totals_are_its_ticks(out):
    report, _ = sent(out, "report", "w5827")
    (attachment,) = list(report.iter_attachments())
    assert attachment.get_payload(decode=True) == (out / "w5827-report.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(BytesIO(attachment.get_payload(decode=True))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    lines = [row for row in rows if isinstance(row[0], int) and str(row[1]).startswith(("เทศบาล", "องค์การ"))]
    assert [row[0] for row in lines] == list(range(1, 85))
    counted = [f"{sum(row[column] == '✓' for row in lines)} แห่ง" for column in range(2, 6)]
    total = next(row for row in rows if row[0] == "รวมดำเนินการแล้ว")
    assert total[2:6] == counted
    assert sum(row[2] == "ยังไม่รายงาน" for row in lines) == 7


def official(path):
    """The lines of the organisations in a report's first sheet."""
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [row for row in rows if isinstance(row[0], int)]


def test_then_and_now_are_counted_from_the_list_and_the_report(out):
    """From the list as it was loaded and the official form as it went: what the draft and its workbook say of each."""
    listed = {
        line.split(",")[2]: line.split(",")[3]
        for line in (out / "baseline.csv").read_text("utf-8-sig").splitlines()[2:]
    }
    book = openpyxl.load_workbook(out / "w5827-report.xlsx")
    now = {row[1]: (row[3], row[5]) for row in official(out / "w5827-report.xlsx")}
    draft, _ = sent(out, "draft", "w5827")
    text = words(draft)
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
    assert all("ณ ๒๙ ต.ค. ๒๕๖๗ ทำแล้ว" in words(mail) for mail in sent(out, "digest"))


def test_the_story_tells_day_by_day_what_each_letter_said_in_both_languages(out):
    story = (out / "story.md").read_text(encoding="utf-8")
    assert "๒๐ พฤศจิกายน ๒๕๖๗" in story
    for line in (
        "*The clock opens the round of November by itself [wetbin-2567-11].*",
        "[w5827, wetbin-2567-11]: Two reports are still owed, in one letter with both forms; the first is due on 29 November.*",
        "โปรดส่งรายงานที่ยังขาด ๒ เรื่อง เรื่องแรกภายในวันที่ ๒๙ พฤศจิกายน ๒๕๖๗ เวลา ๑๖.๓๐ น.",
        "อำเภอสอง ส่งข้อความว่า “เรียน เจ้าหน้าที่ ขอขยายเวลาส่งรายงานถึงวันที่ ๓ ธันวาคม ๒๕๖๗ ครับ”",
        "*Song District writes: “may we send our report by 3 December?”.*",
        "Things that wait for you: 4 (2 to phone). Complete: wetbin-2567-11 74/83, w5827 67/84.*",
        "The deadline was moved; please send what 9 organisations still owe by 3 December.*",
        "The deadline is over; please send what 7 organisations still owe at once.*",
        "with a table of what changed.*",
        "- w5827: 84 of 84 organisations reported; the report reached dla0810_7@dla.go.th, then an amended one with 28 changes",
        "- ruam verify evidence.zip: the archive fits: ",
    ):
        assert line in story, line
    written = [line for line in story.splitlines() if " writes: “" in line and line.startswith("  *")]
    assert [line for line in written if any("ก" <= letter <= "๛" for letter in line)] == []
    told = [line for line in story.splitlines() if line.startswith("  *Ruam ") and not line.startswith("  *Ruam reads")]
    assert [line for line in told if line.endswith(": *") or ": " not in line] == []
    assert [line for line in told if "the day it names" in line or "some organisations" in line] == []


def test_the_last_words_say_what_came_of_it(played):
    said = " ".join(played.stdout.split())
    assert "w5827: 84 of 84 organisations reported" in said
    assert "ruam verify evidence.zip: the archive fits: " in said
    assert "ruam verify: the books fit their journal: " in said


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
        assert {f"reports/v{version}-w5827-phrae-report.xlsx" for version in (1, 2)} <= set(names)
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
