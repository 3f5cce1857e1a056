"""A form written by the bot and filled in reads back exactly through every program's format (LibreOffice converts)."""

import datetime
import io
import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from bot.config.load import load_circular, shipped_bureau
from bot.documents.form.excel_form import Shown, blank_form
from bot.documents.form.word_form import blank_form_docx
from bot.office.model.baseline import Stand
from parsers.findings import Place
from parsers.form.question import NUMERIC, Kind
from parsers.read import read_file
from parsers.reading import Answer, Catalogue, FileRequest
from tests.documents.drawn import CIRCULARS, circular_named, recorded

ROUTES = {
    "xlsx": ["xlsx:Calc MS Excel 2007 XML"],
    "xls": ["xls:MS Excel 97"],
    "ods": ["ods"],
    "xlsx after ods": ["ods", "xlsx:Calc MS Excel 2007 XML"],
    "html": ["html:HTML (StarCalc)"],
    "docx": ["html:HTML (StarCalc)", "docx:MS Word 2007 XML"],
    "odt": ["html:HTML (StarCalc)", "odt:writer8"],
    "rtf": ["html:HTML (StarCalc)", "rtf:Rich Text Format"],
    "pdf": ["pdf"],
}
FILLED = ["long", "mueang-phrae"]  # reporters
WASTE, STREAMS = (
    load_circular(Path(__file__).parents[1] / "circulars" / name) for name in ("waste2568", "streams2569")
)
KEEPS_THE_MARK = {"xlsx", "xls", "ods", "xlsx after ods"}


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


def filled(bureau, reporter: str) -> tuple[bytes, dict]:
    """The reporter's form with every cell ticked or crossed by chance, and what was put in."""
    chance = random.Random(reporter)
    stand = stood(bureau) if reporter == "mueang-phrae" else None
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


def reporters_of(bureau) -> list[str]:
    return [contact.reporter.key for contact in bureau.roster.contacts]


def figures(bureau) -> bytes:
    """A form of counts, decimals, percent, money, a choice, a date and a text, in an official's spelling."""
    book = openpyxl.load_workbook(io.BytesIO(blank_form(WASTE, bureau.roster, "nong-muang-khai")))
    sheet = book.worksheets[0]
    values = ["1,234", 2.75, 45, 1000.25, 0, 500, 0.5, None, "ฝังกลบ", "1 มิ.ย. 2568", "บ่อขยะตำบล"]
    for row in range(1, sheet.max_row + 1):
        if str(sheet.cell(row, 2).value or "").startswith(("เทศบาล", "องค์การ")):
            for column, value in enumerate(values, start=3):
                if value is not None:
                    sheet.cell(row, column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def several_rows(bureau) -> tuple[bytes, list[Answer]]:
    """A form with rows for each organisation: names in merged cells, labels, figures and a choice; and its answers."""
    who = bureau.roster.by_key["nong-muang-khai"]
    values = {"tons": "2.75", "own": "1000.25", "grant": "0.00", "method": "หมักทำปุ๋ย"}
    known = [
        Answer(code, question.key, values[question.key.partition("__")[0]], Place())
        for code in who.organisations
        for question in STREAMS.form.asked
    ]
    return blank_form(STREAMS, bureau.roster, who.key, known), known


class Travelled:
    """Files after steps through LibreOffice, each step one start for all of a kind: a start costs seconds, a file a tenth."""

    def __init__(self, program: str, folder: Path, starts: dict[str, dict[str, bytes]]) -> None:
        """``starts`` are the files by their kind and name, which says nothing of what is in them."""
        self._program, self._folder = program, folder
        self._made: dict[tuple[str, ...], list[Path]] = {}
        for kind, files in starts.items():
            paths = [self._place() / f"{name}.{kind}" for name in files]
            for path, data in zip(paths, files.values(), strict=True):
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
            self._made[kind,] = paths

    def after(self, kind: str, steps: Sequence[str], name: str) -> Path:
        """A file that began as this kind, after these steps."""
        return next(path for path in self._all((kind, *steps)) if path.stem == name)

    def _all(self, way: tuple[str, ...]) -> list[Path]:
        if way not in self._made:
            sources, target = self._all(way[:-1]), way[-1]
            self._made[way] = self.convert(sources, target, self._place())
        return self._made[way]

    def _place(self) -> Path:
        return self._folder / str(len(self._made))

    def convert(self, sources: Sequence[Path], target: str, folder: Path) -> list[Path]:
        """Files into a folder of their own, by one LibreOffice with a profile of ours."""
        from_html = target.startswith(("docx", "odt", "rtf")) and sources[0].suffix == ".html"
        words = ["--infilter=HTML (StarWriter)"] if from_html else []
        profile = f"-env:UserInstallation=file://{self._folder}/profile"
        command = [self._program, profile, "--headless", *words, "--convert-to", target, "--outdir", str(folder)]
        subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=240)
        return [folder / f"{path.stem}.{target.partition(':')[0]}" for path in sources]


@pytest.fixture(scope="module")
def travelled(tmp_path_factory, bureau):
    """Every form of these tests, to be sent through LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is needed under CI (run: sh tests/setup/debian.sh)")
        pytest.skip("*** NO LIBREOFFICE, ROUND TRIPS NOT TESTED ***")
    circular, keys = bureau.circulars["w5827"], reporters_of(bureau)
    books = {f"filled-{at}": filled(bureau, key)[0] for at, key in enumerate(FILLED)}
    books |= {f"form-{at}": blank_form(circular, bureau.roster, key) for at, key in enumerate(keys)}
    books |= {"figures": figures(bureau), "rows": several_rows(bureau)[0]}
    papers = {f"form-{at}": blank_form_docx(circular, bureau.roster, key) for at, key in enumerate(keys)}
    return Travelled(program, tmp_path_factory.mktemp("office"), {"xlsx": books, "docx": papers})


@pytest.mark.timeout(300)
@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("reporter", FILLED)
def test_ticks_come_back_exactly(travelled, bureau, route, reporter):
    _, truth = filled(bureau, reporter)
    path = travelled.after("xlsx", ROUTES[route], f"filled-{FILLED.index(reporter)}")
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
    "odt": (["odt"], "code"),
    "word after odt": (["odt", "docx:MS Word 2007 XML"], "code"),
    "rtf": (["rtf"], "code"),
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("route", MARKED)
def test_the_form_of_every_reporter_says_whose_it_is(travelled, bureau, route):
    """Under a name that says nothing; the count is printed."""
    steps, sign = MARKED[route]
    reporters = reporters_of(bureau)
    kind = "docx" if sign == "code" else "xlsx"
    paths = [travelled.after(kind, steps, f"form-{at}") for at in range(len(reporters))]
    readings = [read_file(f"a{path.suffix}", path.read_bytes(), FileRequest(bureau.catalogue())) for path in paths]
    found = [sign in reading.recognised_by and reading.reporter for reading in readings]
    print(f"{route}: {sign} found {sum(map(bool, found))} of {len(reporters)}")
    assert found == reporters


@pytest.mark.timeout(300)
@pytest.mark.parametrize("route", ["xlsx", "xls", "ods", "html", "pdf"])
def test_figures_come_back_exactly(travelled, bureau, route):
    """Counts, decimals, percent, money, a choice, a date and a text, in an official's spelling."""
    path = travelled.after("xlsx", ROUTES[route] if route != "xlsx" else [], "figures")
    catalogue = Catalogue(
        {"waste2568": WASTE.form}, bureau.roster.organisations, bureau.roster.reporters, as_of_near=WASTE.dated
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
def test_several_rows_for_each_organisation_come_back_exactly(travelled, bureau, route):
    """Names in merged cells, labels, figures and a choice."""
    _, known = several_rows(bureau)
    path = travelled.after("xlsx", ROUTES[route], "rows")
    catalogue = Catalogue({STREAMS.slug: STREAMS.form}, bureau.roster.organisations, bureau.roster.reporters)
    reading = read_file(path.name, path.read_bytes(), FileRequest(catalogue, reporter="nong-muang-khai"))
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
def test_a_form_shows_without_calculating_what_a_spreadsheet_program_calculates(travelled, tmp_path):
    """In previews, on telephones and in Excel's protected view nothing calculates."""
    ours, paths = {}, []
    for name in CIRCULARS:
        circular, roster = circular_named(name)
        form = blank_form(circular, roster, "mueang-phrae", recorded(circular, roster, owing=4))
        ours[name] = results(io.BytesIO(form))
        paths.append(tmp_path / f"calculated-{name}.xlsx")
        openpyxl.load_workbook(io.BytesIO(form)).save(paths[-1])  # openpyxl drops results
        assert set(results(paths[-1]).values()) == {None}
    folder = travelled.convert(paths, ROUTES["xlsx"][0], tmp_path / "calculated")[0].parent
    for name, shown in ours.items():
        calculated = results(folder / f"calculated-{name}.xlsx")
        summed = [q for q in circular_named(name)[0].form.column if q.kind is Kind.TICK or q.kind in NUMERIC]
        assert len(shown) > len(summed)
        assert {at: value or "" for at, value in calculated.items()} == {at: value or "" for at, value in shown.items()}
