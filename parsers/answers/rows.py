"""What the cells of a row say: the rows of found tables become entries, the rest findings.

Owns hidden rows and columns. Knows nothing of files' formats.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from parsers.answers.entry import Entry, Gathered
from parsers.answers.example_rows import is_pre_ticked, is_printed
from parsers.answers.lists import in_lists
from parsers.answers.missing_and_contradicting import sums_of
from parsers.answers.missing_columns import missing_columns
from parsers.answers.reasons import reason_beside, reason_on
from parsers.answers.row_owners import Against, Names
from parsers.doubts.order_of_checks import Doubts
from parsers.doubts.stated_units import in_stated_units
from parsers.doubts.unread_lines import unread_lines, unread_note
from parsers.doubts.written_totals import Mismatch, SectionReadings
from parsers.findings import Code, Place, finding, shown
from parsers.form.question import Kind, heading
from parsers.grid import Cell, CellKind, empty
from parsers.reading import Misfit, Organisation
from parsers.tables.model import Doubt, Found, Row, Split
from parsers.thai.text import ascii_digits
from parsers.values.cells_read_once import Readings
from parsers.values.decimals import plain
from parsers.values.read_value import ValueReading, expected_of
from parsers.values.tick_marks import Tick, tick

SAID_AT_ONCE = 12  # row numbers listed in one sentence


def gather(tables: Sequence[Found], names: Names, against: Against) -> Gathered:
    """Read every row of ``tables``."""
    out = Gathered()
    tables = [in_lists(found, against.form) for found in tables] if against.form.listed else tables
    for found in tables:
        _Table(found, names, against, out).take()
    for found in tables:
        missing_columns(found, tables, against, out)
    for code in against.own:
        asked = any(question.is_for(names.by_code[code].type) for question in against.form.column)
        if code not in out.seen and tables and asked:
            first = tables[0].sheet
            fields = {"organisation": names.by_code[code].printed_name}
            made = finding(Code.ORGANISATION_MISSING, Place(first.file, first.grid.sheet), about=(code, ""), **fields)
            out.findings.append((first.order(), made))
    return out


class _Table:
    """One table being read."""

    def __init__(self, found: Found, names: Names, against: Against, out: Gathered) -> None:
        self.sheet, self.table = found.sheet, found.table
        self.names, self.against, self.out = names, against, out
        self.form = against.form
        self.read: dict[int, dict[str, ValueReading]] = {}  # by index of row
        self.readings = in_stated_units(found.table, found.table.readings or Readings(self.form, against.near))
        self.doubts = Doubts(found.table, self.readings)
        self.entries: list[Entry] = []
        self.told: list[Doubt] = []  # those about several rows
        self.said: set[tuple[Code, str, str]] = set()  # in a form of several rows: one name is worth one word

    def take(self) -> None:
        template: set[int] = set()
        for index, row in enumerate(self.table.rows):
            self.read[index] = {key: self._value(row, key, cell) for key, cell in row.cells.items()}
            if row.row in self.doubts.rows:
                template.add(index)
            if row.name.kind is CellKind.DOUBTFUL:
                template.add(index)
                self._doubtful(row)
            elif is_printed(row):
                template.add(index)
            elif empty(row.name) and row.answered and (alone := self._only_one()):
                self._whose(index, row, alone, guessed=False)
            elif empty(row.name):
                template.add(index)
                self._unnamed(index, row)
            else:
                self._named(index, row)
        self._hidden()
        self._guessed_columns()
        for line in unread_lines(self.table, self.readings, self.doubts.words):
            self._say(Code.WORDS_NOT_READ, line, shown(line.text), where="ใต้ตาราง")
        contradicted: set[str] = set()
        for wrong in SectionReadings(self.form, self.read, template).mismatches(self.table):
            contradicted.add(wrong.question.key)
            self._total(wrong)
        self.out.entries += (self._unguessed(entry, contradicted) for entry in self.entries)

    def _total(self, wrong: Mismatch) -> None:
        about = "", wrong.question.key if wrong.question in self.form.question else ""
        fields = {"question": heading(wrong.question), "counted": wrong.counted}
        self._say(Code.TOTAL_MISMATCH, wrong.cell, shown(wrong.cell.text), about, **fields)
        place, beside = self.sheet.place(wrong.cell), reason_beside(self.table, wrong.cell.row)
        note = reason_on(self.table, wrong.cell, beside)
        self.out.misfits.append(Misfit("", wrong.question.key, plain(wrong.written), wrong.counted, place, note))

    def _unguessed(self, entry: Entry, contradicted: Collection[str]) -> Entry:
        """An entry; where it is a guess and the sender's own total contradicts its column, nothing is read."""
        keys = {entry.question.key, self.form.column_of(entry.question.key).key}
        if entry.reading.trouble != "guessed" or keys.isdisjoint(contradicted):
            return entry
        expected = expected_of(entry.question, self.form, self.against.near)
        return replace(entry, reading=ValueReading(None, "unreadable", expected))

    def _value(self, row: Row, key: str, cell: Cell) -> ValueReading:
        """What an answer's cell says. A doubt takes its place; under "not done" a mark says no."""
        doubt = self.doubts.cells.get((row.row, key))
        if doubt:
            return ValueReading(None, "unreadable", doubt.fields["expected"])
        if row.split.get(key) is Split.DENIED:
            return ValueReading(value=False)
        return self.readings.of(self.form.find(key), cell)

    def _say(self, code: Code, cell: Cell, value: str, about: tuple[str, str] = ("", ""), **fields: str) -> None:
        made = finding(code, self.sheet.place(cell), value, about=about, **fields)
        said = code, made.message, cell.address if empty(cell) else ""
        if self.form.row and said in self.said:
            return
        self.said.add(said)
        self.out.findings.append((self.sheet.order(cell.row, cell.column), made))

    def _doubtful(self, row: Row) -> None:
        """A row whose name is struck out or hidden is nobody's."""
        name = shown(row.name.text)
        self._say(Code.NAME_STRUCK, row.name, name)

    def _unnamed(self, index: int, row: Row) -> None:
        """The pre-ticked example row is passed over in silence; another row with answers and no name is told."""
        typed = bool(self.table.grid.lines) and row.answered
        first = is_pre_ticked(index, row) and not typed
        told = row.number.isdecimal() or bool(row.label) or self._ticked(row) or typed
        headed = self.table.name_columns or any(not empty(each.name) for each in self.table.rows)
        if row.row in self.doubts.rows:
            return  # said with the rows that it belongs to
        if (
            (headed or typed)
            and not first
            and told
            and (row.answered or row.row in self.doubts.labels or not row.label)
        ):
            self._say(Code.ORGANISATION_UNNAMED, row.name, shown(row.number))

    def _only_one(self) -> Organisation | None:
        """Whose the nameless lines of a mail are: the reporter's only organisation, where they speak of no other."""
        grid, own = self.table.grid, self.against.own
        if not grid.lines or self.against.reporter is None or len(own) != 1:
            return None
        others = (
            c.text
            for c in grid.cells.values()
            if self.names.words.named(c.text) and self.names.sure(c.text, own) != own[0]
        )
        return self.names.by_code[own[0]] if next(others, None) is None else None

    def _ticked(self, row: Row) -> bool:
        """Whether a row holds ticks or crosses; counts without a name are a total."""
        form = self.against.form
        marks = [row.cells[q.key] for q in form.question if q.kind is Kind.TICK and q.key in row.cells]
        return any(
            not ascii_digits(cell.text).isdecimal() and tick(cell.text, form.yes, form.no) in (Tick.YES, Tick.NO)
            for cell in marks
        )

    def _named(self, index: int, row: Row) -> None:
        match = self.names.match(row, self.against.own)
        name, answered = shown(row.name.text), row.answered or row.row in self.doubts.labels
        if match.how in ("exact", "guessed"):
            self._whose(index, row, self.names.by_code[match.codes[0]], guessed=match.how == "guessed")
        elif match.how == "ambiguous" and (answered or row.number.isdecimal()):
            candidates = " หรือ ".join(self.names.by_code[code].printed_name for code in match.codes)
            self._say(Code.ORGANISATION_AMBIGUOUS, row.name, name, candidates=candidates)
        elif match.how == "several" and (answered or row.number.isdecimal()):
            names = " และ ".join(self.names.by_code[code].printed_name for code in match.codes)
            self._say(Code.ORGANISATION_SEVERAL, row.name, name, names=names)
        elif answered or (match.how == "unknown" and row.number.isdecimal()):
            near = [self.names.by_code[code].printed_name for code in match.codes]
            hint = f" (ชื่อที่ใกล้เคียงคือ {' '.join(near)})" if near else ""
            self._say(Code.ORGANISATION_UNKNOWN, row.name, name, hint=hint)

    def _whose(self, index: int, row: Row, whose: Organisation, *, guessed: bool) -> None:
        reporter = self.against.reporter
        if reporter and whose.code not in self.against.own:
            if row.answered:
                fields = {"organisation": whose.printed_name, "reporter": reporter.name}
                self._say(Code.ORGANISATION_NOT_YOURS, row.name, shown(row.name.text), (whose.code, ""), **fields)
            return
        self.out.seen.add(whose.code)
        if guessed:
            fields = {"organisation": whose.printed_name}
            self._say(Code.ORGANISATION_GUESSED, row.name, shown(row.name.text), (whose.code, ""), **fields)
        doubt = self.doubts.rows.get(row.row)
        if doubt:
            if not doubt.rows:
                fields = {"organisation": whose.printed_name, **doubt.fields}
                self._say(doubt.code, row.name, shown(row.name.text), (whose.code, ""), **fields)
            elif doubt not in self.told:
                self.told.append(doubt)
                self._say(doubt.code, row.name, shown(row.name.text), ("", ""), **doubt.fields)
            return
        if not self.doubts.table:
            self._rows_of(whose, row)
        beside = reason_beside(self.table, row.row)
        if row.answered and not beside and (note := unread_note(self.table, row, self.readings, self.doubts.words)):
            self._say(Code.WORDS_NOT_READ, row.name, shown(note), (whose.code, ""), where="ข้างแถวนี้")
        made = (self._entry(whose, row, key, self.read[index][key]) for key in row.cells)
        entries = {
            entry.question.key: replace(entry, note=reason_on(self.table, row.cells[entry.question.key], beside))
            for entry in made
        }
        self.entries += entries.values()
        for entry, wrong, said in sums_of(entries, self.form):
            self.out.misfits.append(wrong)
            self.out.findings.append((entry.order, said))

    def _entry(self, whose: Organisation, row: Row, key: str, reading: ValueReading) -> Entry:
        cell, doubt = row.cells[key], self.doubts.cells.get((row.row, key))
        order = self.sheet.order(cell.row, cell.column)
        value = shown(doubt.shown if doubt and doubt.shown else cell.text)
        return Entry(whose, self.form.find(key), reading, self.sheet.place(cell), order, value)

    def _rows_of(self, whose: Organisation, row: Row) -> None:
        """What is owed of each of an organisation's rows, and a label that names none of them."""
        stray = self.doubts.labels.get(row.row)
        if stray and stray.label:
            fields = {"organisation": whose.printed_name, **stray.fields}
            self._say(stray.code, stray.label, shown(stray.label.text), ("", ""), **fields)
        for each in self.form.rows if self.form.row else ():
            about = (
                whose.code,
                next((q.key for q in each.questions if q.key in self.table.columns), each.questions[0].key),
            )
            fields = {"organisation": whose.printed_name, "row": each.label}
            said = finding(Code.ROW_MISSING, self.sheet.place(row.name), about=about, **fields)
            self.out.owed[about] = self.sheet.order(row.name.row, row.name.column), said

    def _owner(self, row: Row) -> str:
        """Whose a row is, by the roster's name where it is sure."""
        match = self.names.match(row, self.against.own)
        sure = match.how in ("exact", "guessed")
        return self.names.by_code[match.codes[0]].printed_name if sure else shown(row.name.text)

    def _guessed_columns(self) -> None:
        for doubt in self.doubts.columns:
            place = self.table.columns[doubt.key][0]
            cell = Cell(self.table.bottom, place) if self.table.found else Cell(place, 1)
            name = heading(self.form.column_of(doubt.key))
            self._say(doubt.code, cell, shown(doubt.shown), ("", doubt.key), question=name)

    def _hidden(self) -> None:
        rows = [row for row in self.table.rows if row.hidden and not empty(row.name)]
        if rows:
            said = [f"{row.row} ({self._owner(row)})" for row in rows[:SAID_AT_ONCE]]
            more = f" และอีก {len(rows) - SAID_AT_ONCE} แถว" if len(rows) > SAID_AT_ONCE else ""
            listed = ", ".join(str(row.row) for row in rows[:SAID_AT_ONCE])
            self._say(Code.HIDDEN_ROWS, rows[0].name, listed, rows=f"{', '.join(said)}{more}")
        hidden = self.table.grid.hidden_columns
        for key, columns in self.table.columns.items():
            code = Code.HIDDEN_COLUMN if any(column in hidden for column in columns) else Code.HIDDEN_TWIN_COLUMN
            if code is Code.HIDDEN_COLUMN or key in self.table.passed_over:
                name = heading(self.form.column_of(key))
                self._say(code, Cell(self.table.bottom, columns[0]), "", ("", key), question=name)
