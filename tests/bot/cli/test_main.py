"""The command line in this process: exit codes, the JSON object, and how reporters may be named."""

import inspect
import io
import json
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from bot.cli.main import COMMANDS, app
from bot.config.load import shipped_bureau
from bot.documents.form.excel_form import blank_form

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """The pre-filled form of อำเภอหนองม่วงไข่ with every cell ticked."""
    bureau = shipped_bureau()
    book = openpyxl.load_workbook(io.BytesIO(blank_form(bureau.circulars["w5827"], bureau.roster, "nong-muang-khai")))
    sheet = book.worksheets[0]
    for row in range(1, sheet.max_row + 1):
        if str(sheet.cell(row, 2).value or "").startswith(("เทศบาล", "องค์การ")):
            for column in range(3, 7):
                sheet.cell(row, column, "/")
    path = tmp_path_factory.mktemp("forms") / "reply.xlsx"
    book.save(path)
    return path


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize("name", ["หนองม่วงไข่", "อำเภอหนองม่วงไข่", "อ.หนองม่วงไข่", "nong-muang-khai"])
def test_a_district_is_named_with_or_without_its_word(workbook, name):
    done = run("check", workbook, "--reporter", name, "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (found["outcome"], found["reporter"], found["circular"]) == ("accepted", "อำเภอหนองม่วงไข่", "w5827")
    assert [answer["code"] for answer in found["answers"]] == [
        "5540801", "6540802", "6540803", "6540804", "6540805", "6540806",
    ]  # fmt: skip
    assert found["answers"][0]["values"] == dict.fromkeys(
        ["s10_announced", "s10_posted", "s16_ordered", "s16_posted"], True
    )


@pytest.mark.parametrize("name", ["อบต.วังหลวง", "องค์การบริหารส่วนตำบลวังหลวง"])
def test_an_organisation_answers_for_itself(workbook, name):
    found = json.loads(run("check", workbook, "--reporter", name, "--json").stdout)
    assert (found["reporter"], found["outcome"]) == ("องค์การบริหารส่วนตำบลวังหลวง", "accepted")
    assert [answer["organisation"] for answer in found["answers"]] == ["องค์การบริหารส่วนตำบลวังหลวง"]


def test_findings_of_error_severity_are_exit_code_1(workbook):
    done = run("check", workbook, "--reporter", "อบจ.แพร่", "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert found["outcome"] == "rejected"
    assert {"code", "severity", "sheet", "cell", "value", "message"} == set(found["findings"][0])
    assert "organisation-missing" in {finding["code"] for finding in found["findings"]}


def test_wrong_use_is_exit_code_2(workbook):
    for words in (
        ["check", workbook, "--reporter", "อำเภอที่ไม่มี"],
        ["check", workbook, "--circular", "w0000"],
        ["check", workbook.parent / "none.xlsx"],
        ["status", "--config", workbook.parent / "none.toml"],
        ["nonsense"],
    ):
        assert run(*words).exit_code == 2, words


def test_every_command_explains_itself_with_an_example():
    for command in (
        "run", "once", "status", "check", "rollup", "approve", "demo",
        "doctor", "mails", "replay", "backup", "restore", "recover", "purge",
    ):  # fmt: skip
        done = run(command, "--help")
        assert done.exit_code == 0
        assert f"Example: ruam {command}" in done.stdout.replace("\n", " ")


def test_people_see_a_table(workbook):
    done = run("check", workbook, "--reporter", "หนองม่วงไข่")
    assert "outcome: accepted" in done.stdout
    assert done.stdout.count("✓") >= 24


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_of_each_what_its_own_help_begins_with(name):
    """The list is written apart, so that it is shown without loading them."""
    module, summary = COMMANDS[name]
    said = inspect.getdoc(pkgutil.resolve_name(f"bot.cli.{module}:{name}"))
    assert " ".join(said.partition("\n\n")[0].split()) == summary


UNUSED = {
    ("--help",): ("pydantic", "structlog", "bot.config.load"),
    ("check", "FILE"): (
        "sqlalchemy",
        "alembic",
        "structlog",
        "imapclient",
        "openpyxl",
        "parsers.tables.find",
        "parsers.doubts.written_totals",
    ),
    ("run", "--help"): ("requests", "google.auth", "msal"),
    ("status", "--config", "CONFIG"): (
        "alembic",
        "structlog",
        "imapclient",
        "openpyxl",
        "parsers.values.read_value",
        "bot.office.rules.case",
    ),
}


@pytest.mark.parametrize("command", UNUSED)
def test_a_command_loads_only_what_it_uses(command, workbook, tmp_path):
    """What takes long to load is told by its name: seconds depend on the machine."""
    config = tmp_path / "config.toml"
    config.write_text((ROOT / "config.example.toml").read_text("utf-8"), encoding="utf-8")
    words = [{"FILE": str(workbook), "CONFIG": str(config)}.get(word, word) for word in command]
    told = (
        "import sys\nfrom bot.cli.main import main\n"
        f"sys.argv = ['ruam', *{words!r}]\n"
        "try:\n main()\nexcept SystemExit as end:\n print(end.code or 0, *sorted(sys.modules), sep='\\n', file=sys.stderr)"
    )
    for _ in range(2):  # the first makes the books
        done = subprocess.run(
            [sys.executable, "-c", told], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
            text=True, timeout=120, check=False,
        )  # fmt: skip
    code, *loaded = done.stderr.splitlines()
    assert code in {"0", "1"}, done.stderr
    assert not set(UNUSED[command]) & set(loaded)
