"""A form written by the bot and filled in reads back exactly through every program's format (LibreOffice converts)."""

import datetime
import io
import os
import random
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from bot.config.load import load_circular, shipped_bureau
from bot.documents.form.word import blank_form_docx
from bot.documents.form.workbook import Shown, blank_form
from bot.office.model.baseline import Stand
from parsers.findings import Place
from parsers.read import FileRequest, read_file
from parsers.reading import Answer, Catalogue
from tests.documents.drawn import CIRCULARS, circular_named, recorded

ROUTES = {
    "xlsx": ["xlsx:Calc MS Excel 2007 XML"],
    "xls": ["xls:MS Excel 97"],
    "ods": ["ods"],
    "xlsx after ods": ["ods", "xlsx:Calc MS Excel 2007 XML"],
    "html": ["html:HTML (StarCalc)"],
    "docx": ["html:HTML (StarCalc)", "docx:MS Word 2007 XML"],
    "pdf": ["pdf"],
}
KEEPS_THE_MARK = {"xlsx", "xls", "ods", "xlsx after ods"}


@pytest.fixture(scope="module")
def soffice(tmp_path_factory):
    """Converts bytes by LibreOffice with a profile of its own."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is needed under CI (run: sh tests/setup/debian.sh)")
        pytest.skip("*** NO LIBREOFFICE, ROUND TRIPS NOT TESTED ***")
    folder = tmp_path_factory.mktemp("office")

    def convert(source: Path, target: str, *further: Path) -> Path:
        from_html = target.startswith("docx") and source.suffix == ".html"
        words = ["--infilter=HTML (StarWriter)"] if from_html else []
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", *words, "--convert-to", target, "--outdir", str(folder)]
        command += map(str, (source, *further))
        subprocess.run(command, check=True, capture_output=True, timeout=90)
        return folder / f"{source.stem}.{target.partition(':')[0]}"

    return folder, convert


@pytest.fixture(scope="module")
def bureau():
    return shipped_bureau()


def stood(bureau) -> Stand:
    """How everybody stood before the round, by chance; a form then has a column more."""
    chance = random.Random(29)
    done = {
        (o.code, key): chance.random() < 0.7
        for o in bureau.roster.organisations
        for key in ("s10_posted", "s16_posted")
    }
    return Stand("w5827", datetime.date(2024, 10, 29), done, {})


def filled(bureau, reporter: str, stand: Stand | None = None) -> tuple[bytes, dict]:
    """The reporter's form with every cell ticked or crossed by chance, and what was put in."""
    chance = random.Random(reporter)
    by_name = {o.official_name: o.code for o in bureau.roster.organisations}
    book = openpyxl.load_workbook(
        io.BytesIO(blank_form(bureau.circulars["w5827"], bureau.roster, reporter, shown=Shown(stand=stand)))
    )
    sheet = book.worksheets[0]
    truth = {}
    for row in range(1, sheet.max_row + 1):
        code = by_name.get(sheet.cell(row, 2).value)
        for column, key in enumerate(("s10_announced", "s10_posted", "s16_ordered", "s16_posted"), start=3):
            if code:
                made = column % 2 == 1 or truth[code, ("s10_announced", "s16_ordered")[column > 4]]
                truth[code, key] = made and chance.random() < 0.8
                sheet.cell(row, column, "✓" if truth[code, key] else "X")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), truth


@pytest.mark.timeout(300)
@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("reporter", ["long", "mueang-phrae"])
def test_ticks_come_back_exactly(soffice, bureau, route, reporter):
    folder, convert = soffice
    data, truth = filled(bureau, reporter, stood(bureau) if reporter == "mueang-phrae" else None)
    path = folder / f"{reporter}-{route.replace(' ', '-')}-start.xlsx"
    path.write_bytes(data)
    for target in ROUTES[route]:
        if path.suffix[1:] == target.partition(":")[0]:
            path = path.rename(path.with_name(f"again-{path.name}"))
        path = convert(path, target)
    reading = read_file(path.name, path.read_bytes(), FileRequest(bureau.catalogue(), reporter=reporter))
    assert {(a.organisation, a.question): a.value for a in reading.answers} == truth
    assert (reading.outcome.value, reading.circular) == ("accepted", "w5827")
    assert "code" in reading.recognised_by
    if route in KEEPS_THE_MARK:
        assert "mark" in reading.recognised_by


MARKED = {
    "xlsx": (["xlsx:Calc MS Excel 2007 XML"], "mark"),
    "xls": (["xls:MS Excel 97"], "mark"),
    "ods": (["ods"], "mark"),
    "xlsx after ods": (["ods", "xlsx:Calc MS Excel 2007 XML"], "mark"),
    "xls after xlsx after ods": (["ods", "xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97"], "mark"),
    "word": (["docx:MS Word 2007 XML"], "code"),  # a Word file says whose it is in its printed code alone
    "word after odt": (["odt", "docx:MS Word 2007 XML"], "code"),
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("route", MARKED)
def test_the_form_of_every_reporter_says_whose_it_is(soffice, bureau, route):
    """All forms of the circular by one LibreOffice a step, under a name that says nothing; the count is printed."""
    folder, convert = soffice
    steps, sign = MARKED[route]
    draw, kind = (blank_form_docx, ".docx") if sign == "code" else (blank_form, ".xlsx")
    reporters = [contact.reporter.key for contact in bureau.roster.contacts]
    paths = []
    for number, reporter in enumerate(reporters):
        paths.append(folder / f"{route.replace(' ', '-')}-{number}-start{kind}")
        paths[-1].write_bytes(draw(bureau.circulars["w5827"], bureau.roster, reporter))
    for target in steps:
        ending = "." + target.partition(":")[0]
        if paths[0].suffix == ending:
            (folder / "from").mkdir(exist_ok=True)  # or the converted would be written over what it is made from
            paths = [path.rename(folder / "from" / path.name) for path in paths]
        convert(paths[0], target, *paths[1:])
        paths = [folder / f"{path.stem}{ending}" for path in paths]
    readings = [read_file(f"a{path.suffix}", path.read_bytes(), FileRequest(bureau.catalogue())) for path in paths]
    found = [sign in reading.recognised_by and reading.reporter for reading in readings]
    print(f"{route}: {sign} found {sum(map(bool, found))} of {len(reporters)}")
    assert found == reporters


@pytest.mark.timeout(300)
@pytest.mark.parametrize("route", ["xlsx", "xls", "ods", "html", "pdf"])
def test_figures_come_back_exactly(soffice, bureau, route):
    """Counts, decimals, percent, money, a choice, a date and a text, in an official's spelling."""
    folder, convert = soffice
    waste = load_circular(Path(__file__).parents[1] / "circulars" / "waste2568")
    book = openpyxl.load_workbook(io.BytesIO(blank_form(waste, bureau.roster, "nong-muang-khai")))
    sheet = book.worksheets[0]
    values = ["1,234", 2.75, 45, 1000.25, 0, 500, 0.5, None, "ฝังกลบ", "1 มิ.ย. 2568", "บ่อขยะตำบล"]
    for row in range(1, sheet.max_row + 1):
        if str(sheet.cell(row, 2).value or "").startswith(("เทศบาล", "องค์การ")):
            for column, value in enumerate(values, start=3):
                if value is not None:
                    sheet.cell(row, column).value = value
    path = folder / f"waste-{route}.start.xlsx"
    book.save(path)
    path = convert(path, ROUTES[route][0]) if route != "xlsx" else path
    catalogue = Catalogue(
        {"waste2568": waste.form}, bureau.roster.organisations, bureau.roster.reporters, as_of_near=waste.dated
    )
    reading = read_file(path.name, path.read_bytes(), FileRequest(catalogue, reporter="nong-muang-khai"))
    expected = ["1234", "2.75", "45", "1000.25", "0.00", "500.00", "0.50", "ฝังกลบ", "2025-06-01", "บ่อขยะตำบล"]
    by_organisation: dict[str, list] = {}
    for answer in reading.answers:
        by_organisation.setdefault(answer.organisation, []).append(answer.value)
    assert len(by_organisation) == 6
    assert all(found == expected for found in by_organisation.values()), by_organisation


@pytest.mark.timeout(300)
@pytest.mark.parametrize("route", ["xls", "ods", "html", "pdf"])
def test_several_rows_for_each_organisation_come_back_exactly(soffice, bureau, route):
    """Names in merged cells, labels, figures and a choice."""
    folder, convert = soffice
    streams = load_circular(Path(__file__).parents[1] / "circulars" / "streams2569")
    who = bureau.roster.by_key["nong-muang-khai"]
    values = {"tons": "2.75", "own": "1000.25", "grant": "0.00", "method": "หมักทำปุ๋ย"}
    known = [
        Answer(code, question.key, values[question.key.partition("__")[0]], Place())
        for code in who.organisations
        for question in streams.form.asked
    ]
    path = folder / f"streams-{route}.start.xlsx"
    path.write_bytes(blank_form(streams, bureau.roster, who.key, known))
    path = convert(path, ROUTES[route][0])
    catalogue = Catalogue({streams.slug: streams.form}, bureau.roster.organisations, bureau.roster.reporters)
    reading = read_file(path.name, path.read_bytes(), FileRequest(catalogue, reporter=who.key))
    assert [(a.organisation, a.question, a.value) for a in reading.answers] == [
        (a.organisation, a.question, a.value) for a in known
    ]
    assert not reading.findings  # its totals are those of both printed pages


def results(path_or_bytes) -> dict[str, object]:
    """Cell to what is shown in each cell of the first sheet that holds a formula."""
    formulas = openpyxl.load_workbook(path_or_bytes).worksheets[0]
    shown = openpyxl.load_workbook(path_or_bytes, data_only=True).worksheets[0]
    cells = (cell for row in formulas.iter_rows() for cell in row if cell.data_type == "f")
    return {cell.coordinate: shown[cell.coordinate].value for cell in cells}


@pytest.mark.timeout(300)
def test_a_form_shows_without_calculating_what_a_spreadsheet_program_calculates(soffice, tmp_path):
    """In previews, on telephones and in Excel's protected view nothing calculates."""
    _, convert = soffice
    ours, paths = {}, []
    for name in CIRCULARS:
        circular, roster = circular_named(name)
        form = blank_form(circular, roster, "mueang-phrae", recorded(circular, roster, owing=4))
        ours[name] = results(io.BytesIO(form))
        paths.append(tmp_path / f"calculated-{name}.xlsx")
        openpyxl.load_workbook(io.BytesIO(form)).save(paths[-1])  # openpyxl drops results
        assert set(results(paths[-1]).values()) == {None}
    folder = convert(paths[0], ROUTES["xlsx"][0], *paths[1:]).parent
    for name, shown in ours.items():
        calculated = results(folder / f"calculated-{name}.xlsx")
        assert len(shown) > len(circular_named(name)[0].form.table.asked) - 1
        assert {at: value or "" for at, value in calculated.items()} == {at: value or "" for at, value in shown.items()}
