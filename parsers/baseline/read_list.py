"""A list of who had not done it at a day, to what each organisation had done then; or every mistake in it, in one pass.

Two shapes: names that had *not* done it, where silence means done; and a table with a mark for each, as a filled form. Rows
of other provinces are passed over and counted. Pure, and raises on no bytes.
"""

from collections.abc import Iterator
from dataclasses import replace

from parsers.baseline.asked import Asked
from parsers.baseline.day import days_in
from parsers.baseline.layout import Entry, Layout
from parsers.baseline.marks import Marked, read_marks
from parsers.baseline.reading import BaselineReading, BaselineRequest
from parsers.baseline.slips import Mistake, Slip, mistake
from parsers.files.open_file import opened
from parsers.findings import Place, shown
from parsers.grid import Cell, Sheet, empty
from parsers.organisations.name_grammar import Places, plain, take_apart
from parsers.organisations.provinces import is_stated, province_of
from parsers.organisations.register import Hints, Match, Register, find_district
from parsers.organisations.type_words import words_of
from parsers.reading import Organisation
from parsers.thai.text import comparison_key

NAMED_AT_ONCE = 4  # organisations named in one sentence
LONGEST_NAME = 60  # characters; no name is longer


def read_baseline(name: str, data: bytes, request: BaselineRequest) -> BaselineReading:
    """Read one file. Never raises."""
    file = opened(name, data, words_of(request.form.naming), 0)
    sheets = [sheet for sheet in file.sheets if not sheet.grid.hidden]
    if file.trouble or not sheets:
        why = file.trouble.message if file.trouble else "ไฟล์นี้ไม่มีแผ่นงานที่มองเห็นได้ กรุณาใช้ไฟล์ Excel หรือ CSV"
        return BaselineReading(mistakes=(mistake(Slip.FILE, Place(name), why=why),))
    reader = _Reader(request)
    for sheet in file.sheets:
        if sheet.grid.hidden and sheet.grid.cells:
            reader.note(Slip.HIDDEN_SHEET, sheet.place())
    for sheet in sheets:
        reader.read(sheet)
    return reader.result(sheets, Place(name))


class _Reader:
    """The reading of one file's sheets, in order."""

    def __init__(self, request: BaselineRequest) -> None:
        self.request = request
        self.asked = Asked(request.form, request.listed)
        self.register = Register(request.organisations, request.form.naming)
        self.words = words_of(request.form.naming)
        self.by_code = {organisation.code: organisation for organisation in request.organisations}
        self.hints = frozenset(self.by_code)
        self.mistakes: list[Mistake] = []
        self.rows: list[Marked] = []
        self.elsewhere = 0

    def note(self, slip: Slip, place: Place, **fields: str) -> None:
        """One slip more."""
        self.mistakes.append(mistake(slip, place, **fields))

    def read(self, sheet: Sheet) -> None:
        """The names of one sheet. Its own name may say of which province or question it is."""
        title = sheet.grid.sheet
        layout = Layout(sheet.grid, self.asked, self.register.districts, self._is_name)
        layout.province = province_of(title) or ""
        layout.section = self.asked.in_line(title)
        for entry in layout.entries():
            if self._ours(entry, sheet):
                for code in self._codes(entry, sheet):
                    self.rows.append(Marked(code, entry, sheet, layout.denied))
        for cell in layout.passed:
            self.note(Slip.LINE_PASSED, sheet.place(cell), value=shown(cell.text))

    def result(self, sheets: list[Sheet], whole: Place) -> BaselineReading:
        """All that was found, the mistakes of cells before those of the file."""
        names = {code: organisation.printed_short for code, organisation in self.by_code.items()}
        said = read_marks(self.rows, self.asked, names, self.request.near)
        self.mistakes += said.mistakes
        if not self.rows and all(slip.mild for slip in self.mistakes):
            self.note(Slip.NO_NAMES, whole, province=self.request.province)
        day, at, wrong = days_in(sheets, self.request.near)
        return BaselineReading(
            day, at, said.answers, said.silent, len(self.rows), self.elsewhere, (*self.mistakes, *wrong)
        )

    # --- whose row it is

    def _is_name(self, text: str) -> bool:
        return len(text) <= LONGEST_NAME and self.register.resolve(text).how in {"exact", "ambiguous", "several"}

    def _ours(self, entry: Entry, sheet: Sheet) -> bool:
        """Whether a row is of our province; of another it is counted, of none it is a mistake."""
        cell, name = entry.province, entry.name
        place = sheet.place(name)
        if cell is not None and empty(cell):
            self.note(Slip.PROVINCE_EMPTY, replace(place, cell=cell.address), value=shown(name.text))
            return False
        said = cell.text if cell is not None else self._stated(name.text) or entry.section[0] or self.request.province
        found = province_of(said)
        if found is None and (cell is not None or is_stated(said)):
            self.note(Slip.PROVINCE_UNKNOWN, sheet.place(cell or name), value=shown(said))
            return False
        ours = found is None or comparison_key(found) == comparison_key(self.request.province)
        self.elsewhere += not ours
        return ours

    def _stated(self, name: str) -> str:
        """The province behind a name: อบต.บ่อ จ.น่าน."""
        return take_apart(plain(name), Places(self.register.districts, words=self.words)).province

    def _codes(self, entry: Entry, sheet: Sheet) -> Iterator[str]:
        """The organisations a row names; why it names none is noted."""
        cell, place = entry.name, sheet.place(entry.name)
        if empty(cell):
            self.note(Slip.NAME_MISSING, place)
            return
        district, known = self._district(entry, sheet)
        match = self.register.resolve(cell.text, Hints(self.words.type_of(entry.type), district, self.hints))
        if match.how not in {"exact", "guessed", "several"}:
            self._refuse(match, cell, place)
            return
        if match.how == "guessed":
            organisation = self.by_code[match.codes[0]]
            self.note(Slip.NAME_GUESSED, place, value=shown(cell.text), organisation=organisation.printed_name)
        for code in match.codes:
            organisation = self.by_code[code]
            if entry.hidden:
                self.note(Slip.HIDDEN_ROW, place, organisation=organisation.printed_short)
            elif known and district and organisation.district != district:
                self._elsewhere(organisation, entry, sheet)
            else:
                yield code

    def _elsewhere(self, organisation: Organisation, entry: Entry, sheet: Sheet) -> None:
        cell = entry.district or entry.name
        fields = {"organisation": organisation.printed_short, "district": organisation.district}
        self.note(Slip.DISTRICT_OTHER, sheet.place(cell), value=shown(cell.text), **fields)

    def _district(self, entry: Entry, sheet: Sheet) -> tuple[str, bool]:
        """The district beside or above a name, and whether it stands in the row itself."""
        cell = entry.district
        if cell is None or empty(cell):
            return find_district(entry.section[1], self.register.districts) or "", False
        found = find_district(cell.text, self.register.districts)
        if found is None:
            self.note(Slip.DISTRICT_UNKNOWN, sheet.place(cell), province=self.request.province, value=shown(cell.text))
        return found or "", True

    def _refuse(self, match: Match, cell: Cell, place: Place) -> None:
        names = [self._whole(code) for code in match.codes[:NAMED_AT_ONCE]]
        if match.how == "ambiguous":
            self.note(Slip.NAME_AMBIGUOUS, place, value=shown(cell.text), candidates=" หรือ ".join(names))
            return
        hint = f" อาจหมายถึง {' หรือ '.join(names)}" if names else ""
        self.note(Slip.NAME_UNKNOWN, place, value=shown(cell.text), hint=hint)

    def _whole(self, code: str) -> str:
        organisation = self.by_code[code]
        return f"{organisation.short_name} (อำเภอ{organisation.district})"
