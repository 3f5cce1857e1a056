"""The department's papers, as files and the words of a mail, to what they say of a circular. Pure, and raises on no bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.blank_form.corrected import is_corrected, read_corrected
from parsers.blank_form.letter import Read, read_letter
from parsers.blank_form.proposal import Code, NewForm, Paper, Papers, Unsure
from parsers.blank_form.read_form import Found, read_form
from parsers.blank_form.reread import unlike_read
from parsers.blank_form.unsure import unsure
from parsers.files.open_file import File, closed_all
from parsers.findings import Code as Finding
from parsers.form.naming import Naming
from parsers.formats.office_zip.drop_downs import offered
from parsers.grid import Grid, Sheet
from parsers.organisations.type_words import TypeWords, words_of
from parsers.reading import LOGO

FILES = 20  # of one circular
_SURE = 10.0  # a table with a column of names or numbers
_ENCLOSABLE = ("pdf", "docx")
_EXCEL = ("xlsx", "xlsm")


@dataclass(frozen=True)
class _Opened:
    file: File
    lines: tuple[str, ...]
    read: Read
    forms: tuple[tuple[Sheet, Found], ...]
    corrected: Papers | None = None  # of the workbook that staff correct


def read_papers(papers: Sequence[Paper], words: str, naming: Naming) -> Papers:
    """Read them all; ``words`` is the mail's own text. Never raises."""
    names = words_of(naming)
    opened = [each for paper in papers[:FILES] for each in _opened(paper, names)]
    corrected = next((each.corrected for each in opened if each.corrected), None)
    if corrected:
        return corrected
    letters = sorted(opened, key=lambda each: not each.read.is_letter)
    said = [line for each in letters for line in each.lines]
    read = read_letter(
        [*words.split("\n"), *said] if read_letter(words.split("\n")).is_letter else [*said, *words.split("\n")]
    )
    forms = sorted((form for each in opened for form in each.forms), key=lambda form: -form[1].sure)
    troubles = [doubt for each in opened if (doubt := _not_read(each.file))]
    enclosed = next((each.file.name for each in letters if _enclosable(each)), "")
    doubts = [*troubles, *_of_forms(forms), *read.unsure]
    if enclosed:
        doubts.append(unsure(Code.ENCLOSED, enclosed))
    form = forms[0][1].form if forms else NewForm()
    return Papers(read.letter, form, tuple(_in_order(doubts)), enclosed)


def _opened(paper: Paper, names: TypeWords) -> Iterator[_Opened]:
    for at, closed in enumerate(closed_all(paper.name, paper.data, names)):
        file = closed.open(at)
        if file.holds:
            continue
        grids = [sheet.grid for sheet in file.sheets]
        if is_corrected(grids):
            yield _Opened(file, (), read_letter(()), (), read_corrected(grids))
            continue
        offers = offered(paper.data, grids) if file.format in _EXCEL and not file.outer else {}
        shown = [sheet for sheet in file.sheets if not sheet.grid.hidden]
        found = ((sheet, read_form(sheet.grid, names, offers.get(sheet.grid.sheet, ()))) for sheet in shown)
        lines = tuple(line for sheet in shown for line in _lines(sheet.grid))
        read = read_letter(lines)
        forms = ((sheet, form) for sheet, form in found if form)
        yield _Opened(file, lines, read, tuple(each for each in forms if not read.is_letter or each[1].sure >= _SURE))


def _not_read(file: File) -> Unsure | None:
    """That a file could not be read, and what to do; None where it was, or is no paper."""
    if file.trouble is None or (file.format == "image" and file.size < LOGO):
        return None
    picture = file.format == "image" or file.trouble.code is Finding.FORM_NOT_FOUND
    return unsure(Code.SCAN, file.name) if picture else unsure(Code.FILE, file.trouble.message)


def _lines(grid: Grid) -> Iterator[str]:
    for row in sorted({row for row, _ in grid.cells}):
        yield " ".join(cell.text for cell in grid.row(row) if cell.text)


def _enclosable(opened: _Opened) -> bool:
    """Whether a file is the letter alone, of a kind that everybody opens, and holds no secret that we know of."""
    return opened.read.is_letter and not opened.forms and opened.file.format in _ENCLOSABLE and not opened.file.secret


def _of_forms(forms: Sequence[tuple[Sheet, Found]]) -> Iterator[Unsure]:
    if not forms:
        yield unsure(Code.NO_FORM)
        return
    (sheet, best), others = forms[0], [form for _, form in forms[1:] if form.sure >= _SURE]
    if others:
        yield unsure(Code.SEVERAL_FORMS, f"{sheet.grid.sheet} ({sheet.file})")
    yield from best.unsure
    yield from unlike_read(sheet.grid, best)


def _in_order(doubts: Sequence[Unsure]) -> list[Unsure]:
    """Those about the whole first, then question by question."""
    return sorted(doubts, key=lambda each: each.question)
