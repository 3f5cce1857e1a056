"""The formulas of a pre-filled form, as LibreOffice calculates them."""

import io
import os
import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from bot.documents.form.excel_form import blank_form
from bot.office.model.recorded_answer import Recorded
from bot.office.model.rollup import roll_up
from parsers.findings import Place
from parsers.form.form import Form
from parsers.reading import Answer
from tests.documents.conftest import circular_of

PROGRAM = shutil.which("soffice")
TICK = {"key": "made", "kind": "tick", "label": "จัดทำแล้ว"}
HOMES = {"key": "homes", "kind": "integer", "label": "ครัวเรือน"}


@pytest.fixture
def calculated(tmp_path):
    """A function that gives the values of the first sheet as LibreOffice calculates them."""
    if PROGRAM is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing")
        pytest.skip("needs LibreOffice")
    assert PROGRAM is not None

    def values(content: bytes) -> list[tuple]:
        (tmp_path / "form.xlsx").write_bytes(content)
        out = tmp_path / "out"
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [PROGRAM, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), "form.xlsx"]
        subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=tmp_path)
        book = load_workbook(io.BytesIO((out / "form.xlsx").read_bytes()), data_only=True)
        return list(book.worksheets[0].iter_rows(values_only=True))

    return values


def form_of(**parts) -> Form:
    return Form.model_validate({"title": "แบบรายงาน", "question": [TICK, HOMES], **parts})


def test_labels_that_look_like_criteria_are_labels(roster, calculated):
    """With several rows of each organisation, each label has its own sum, whatever it begins with."""
    labels = ["> 60 ปี", "<60 ปี", "ทุกวัย*", "ทุกวัยรวม"]
    rows = [{"key": f"r{n}", "label": label} for n, label in enumerate(labels)]
    circular = circular_of("age", [TICK]).model_copy(update={"form": form_of(row_label="อายุ", row=rows)})
    known = [
        Answer(code, f"{key}__r{n}", value, Place())
        for code in roster.by_key["long"].organisations
        for n in range(4)
        for key, value in (("made", n % 2 == 0), ("homes", str(10 + n)))
    ]
    cells = calculated(blank_form(circular, roster, "long", known))
    total = next(at for at, row in enumerate(cells) if row[0] == "รวม")
    assert [row[2:5] for row in cells[total : total + 5]] == [
        ("> 60 ปี", "3 แห่ง", 30), ("<60 ปี", "0 แห่ง", 33), ("ทุกวัย*", "3 แห่ง", 36), ("ทุกวัยรวม", "0 แห่ง", 39),
        ("รวม", None, 138),
    ]  # fmt: skip


def test_a_yes_written_in_two_ways_is_counted_once(roster, calculated):
    circular = circular_of("ways", [TICK]).model_copy(update={"form": form_of(yes=["Yes", "yes", "*", '"', "1"])})
    book = load_workbook(io.BytesIO(blank_form(circular, roster, "long")))
    sheet = book.worksheets[0]
    first = next(row for row in range(1, 30) if sheet.cell(row, 1).value == 1)
    for row, said in enumerate(("YES", 1, "-"), first):
        sheet.cell(row, 3).value = said
    filled = io.BytesIO()
    book.save(filled)
    assert next(row for row in calculated(filled.getvalue()) if row[0] == "รวม")[2] == "2 แห่ง"


def test_sums_of_shares_have_no_total(office, roster):
    """Shares of each organisation may add up to 100; those of all organisations are shares of nothing."""
    shares = [{"key": key, "kind": "percent", "label": key} for key in ("wet", "dry")]
    both = {"key": "both", "kind": "computed", "label": "รวม", "sum_of": ["wet", "dry"]}
    circular = circular_of("shares", [*shares, both, HOMES])
    when = circular.deadlines.reporters
    answers = [
        Recorded(o.code, key, value, 1, "a@x.example", when, "", Place(), "long")
        for o in roster.organisations
        for key, value in (("wet", "60"), ("dry", "40"), ("homes", "5"))
    ]
    rollup = roll_up(circular, roster, answers, (), when.date())
    assert [line.values["both"] for line in rollup.lines] == ["100"] * 4
    assert [rollup.totals[key].value for key in ("wet", "both", "homes")] == [None, None, 20]
    rows = list(
        load_workbook(io.BytesIO(blank_form(circular, roster, "long"))).worksheets[0].iter_rows(values_only=True)
    )
    total = next(row for row in rows if row[0] == "รวมดำเนินการแล้ว")
    assert total[2:5] == (None, None, None)
    assert total[5].startswith("=SUM(")
