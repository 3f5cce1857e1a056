"""``ruam baseline``: nothing is recorded while a list has an error; a day loaded again replaces the earlier list."""

import datetime

import pytest
from typer.testing import CliRunner

from bot.cli.common import opened_books
from bot.cli.main import app
from bot.config.load import load_bureau, load_config
from tests.parsers.baseline.lists import BY_NAME, POSTED, workbook
from tests.road.conftest import ROOT, OfficeFolder

A, B = "ทต.ช่อแฮ", "อบต.ต้าผามอก"
NOWHERE = 'host = "127.0.0.1"\nport = 1\nsecurity = "none"\nuser = "u"\npassword = "p"'


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    made = OfficeFolder(tmp_path_factory.mktemp("office"), NOWHERE, 'host = "127.0.0.1"\nport = 1\nsecurity = "none"')
    made.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    return made


@pytest.fixture
def load(office, tmp_path):
    """Write a list of one column of names and load it; what the command did."""

    def done(*names: str, at: str = "", slug: str = "w5827"):
        path = tmp_path / "list.xlsx"
        path.write_bytes(workbook({"แผ่น1": [[name] for name in names]}))
        words = ["baseline", slug, str(path), "--config", str(office.config), *(["--at", at] if at else [])]
        return CliRunner().invoke(app, words)

    return done


def stand(office):
    settings = load_config(office.config)
    with opened_books(settings, load_bureau(settings)) as books:
        return books.stand("w5827")


def test_a_list_is_recorded_once_it_has_no_error(office, load):
    wrong = load("ข้อมูล ณ วันที่ ๑ ตุลาคม ๒๕๖๗", A, "อบต.ไม่มีจริงแน่", "บ้านปิน")
    assert wrong.exit_code == 1
    assert "[error] list.xlsx › แผ่น1!A3 ไม่พบชื่อ “อบต.ไม่มีจริงแน่”" in wrong.stdout
    assert "[error] list.xlsx › แผ่น1!A4 ชื่อ “บ้านปิน” อาจหมายถึง" in wrong.stdout
    assert "2 errors; nothing was recorded" in wrong.stdout
    assert stand(office) is None

    right = load("ข้อมูล ณ วันที่ ๑ ตุลาคม ๒๕๖๗", A, "ทต.ช่อแฮ")
    assert right.exit_code == 0
    assert "[warning] list.xlsx › แผ่น1!A3 ทต.ช่อแฮ ซ้ำกับช่อง A2" in right.stdout
    assert "ม.10 ลงข้อมูลในระบบ info.go.th: 83 of 84 had done it, 1 had not" in right.stdout
    kept = stand(office)
    assert kept.at == datetime.date(2024, 10, 1)
    assert {cell for cell, done in kept.done.items() if not done} == {(BY_NAME[A], key) for key in POSTED}

    again = load(B, at="1/10/67")
    assert "in the place of the earlier list of that day" in again.stdout
    assert {code for (code, _), done in stand(office).done.items() if not done} == {BY_NAME[B]}


@pytest.mark.parametrize("at", ["๒๙ ตุลาคม ๒๕๖๗", ""])
def test_the_day_may_be_written_in_any_way(office, load, at):
    """Left out, and not in the file, it is the circular's own."""
    assert load(A, at=at).exit_code == 0
    assert stand(office).at == datetime.date(2024, 10, 29)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ({"at": "เมื่อวาน"}, 2, '"เมื่อวาน" is no day'),
        ({"at": "2567-12-01"}, 1, "ไม่ได้อยู่ก่อนวันเริ่มรวบรวม"),
    ],
)
def test_wrong_use_is_said(load, words, code, said):
    done = load(A, **words)
    assert done.exit_code == code
    assert said in done.output
