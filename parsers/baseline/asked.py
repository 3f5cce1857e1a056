"""Which of a form's questions the words of a list are about: ม.10 in a title, a heading or a cell."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from parsers.form.form import Form
from parsers.form.question import Kind
from parsers.grid import Cell, CellKind
from parsers.tables.assign_columns import assign
from parsers.tables.denial import denied
from parsers.tables.headings import Headings
from parsers.tables.likeness import EXACT, figures_of, sections_of
from parsers.thai.text import heading_key

# Headings of a column that says in words what was not done.
_ABOUT = (
    "มาตรา เรื่อง รายการ ข้อ ประเด็น สถานะ ค้าง เรื่องที่ค้าง ยังไม่ได้ดำเนินการ ยังไม่ดำเนินการ เรื่องที่ยังไม่ได้ดำเนินการ เรื่องที่ยังไม่ดำเนินการ "
    "รายการที่ยังไม่ได้ดำเนินการ รายการที่ยังไม่ดำเนินการ มาตราที่ยังไม่ได้ดำเนินการ มาตราที่ยังไม่ดำเนินการ ข้อที่ยังไม่ได้ดำเนินการ"
)
ABOUT = frozenset(_ABOUT.split())
_ALL = "ทั้งหมด ทั้งสอง ทั้งสองมาตรา ทั้งสองข้อ ทั้งสองเรื่อง ทั้งคู่ ทุกข้อ ทุกมาตรา ทุกเรื่อง ทั้ง2มาตรา ทั้ง2"
ALL = frozenset(_ALL.split())
DAY = ("ณ วันที่", "ข้อมูล ณ", "ณ วัน")  # what follows is a date, and its figures are no sections
DENIALS = ("ยังไม่", "ไม่ได้", "มิได้", "ยังมิ", "ค้าง")


def says_not_done(text: str) -> bool:
    """Whether a title or heading says that what stands under it was not done."""
    return any(word in text for word in DENIALS)


def without_day(text: str) -> str:
    """``text`` up to the day of the data."""
    return text[: min((at for word in DAY if (at := text.find(word)) >= 0), default=len(text))]


class Asked:
    """A form's tick questions that are asked of all, and those of them that a list of names is about."""

    def __init__(self, form: Form, listed: Collection[str]) -> None:
        """``listed``: keys of the questions that a list is about when it names none, or only their group."""
        self.form = form
        self.headings = Headings(form)
        self.ticks = {q.key: q for q in form.question if q.kind is Kind.TICK and not q.only}
        self.listed = tuple(key for key in self.ticks if key in listed)

    @cached_property
    def choices(self) -> str:
        """What may be written in a cell, for a sentence."""
        groups = dict.fromkeys(self.ticks[key].group or self.ticks[key].label for key in self.listed)
        return " หรือ ".join(f"“{self._shortest(text)}”" for text in groups)

    def _shortest(self, text: str) -> str:
        group = next((q for q in self.ticks.values() if text in {q.group, q.label}), None)
        words = (group.group_aliases if group and group.group == text else group.aliases) if group else ()
        short = [word for word in words if sections_of(word)]
        return min(short, key=len) if short else text

    def in_line(self, text: str) -> tuple[str, ...]:
        """The questions a line of its own names, such as a title; nothing for a title that names none or all of them."""
        said = without_day(text)
        if self.headings.words.telling_figures:
            return self._with_figures(sections_of(said))
        return self.in_heading(said)

    def in_heading(self, text: str) -> tuple[str, ...]:
        """The questions a column's heading names, be it only by their group."""
        said = without_day(text)
        found = self._with_figures(figures_of(said))
        if found:
            return found
        group = self.headings.group_of(said)
        named = tuple(key for key in self.listed if key in group)
        if named and (len(named) < len(self.listed) or len(self.listed) == 1):
            return named
        rest = denied(said)
        fits = self.headings.fits([said if rest is None else rest])
        return tuple(key for key in self.ticks if key in fits and fits[key].label >= EXACT)

    def in_cell(self, cell: Cell) -> tuple[str, ...]:
        """The questions a cell of a column ``มาตรา`` names; nothing where some of it is not understood."""
        if heading_key(cell.text) in ALL:
            return self.listed
        if sections_of(cell.text) - self.headings.words.telling_figures:
            return ()
        return self.in_heading(cell.text)

    def _with_figures(self, figures: Collection[str]) -> tuple[str, ...]:
        told = self.headings.words.telling_figures.intersection(figures)
        return tuple(key for key in self.listed if told & self.headings.words.figures[key])

    def columns(self, paths: Mapping[int, Sequence[str]]) -> dict[int, tuple[str, ...]]:
        """The questions of each column from the headings above it: by their own words where a group has several columns."""
        by_group = {column: self.in_heading(" ".join(path)) for column, path in paths.items()}
        fitting = assign({column: self.headings.fits(path) for column, path in paths.items()}, self.form)
        by_label: dict[int, tuple[str, ...]] = {
            columns[0]: (key,) for key, columns in fitting.items() if key in self.ticks
        }
        groups = [keys for keys in by_group.values() if keys]
        if len(groups) > len(set(groups)):
            return by_label
        return {column: keys or by_label.get(column, ()) for column, keys in by_group.items()}

    def is_part(self, text: str) -> bool:
        """Whether a heading may belong to a question."""
        return bool(self.headings.says(text) & {"label", "group", "yes", "no"}) or bool(self.in_heading(text))

    def role(self, cell: Cell) -> str:
        """What a cell of a heading row heads: organisation, number, type, district, province, about, question, or nothing."""
        if cell.kind is not CellKind.TEXT:
            return ""
        key = heading_key(cell.text)
        if key in {"จังหวัด", "ชื่อจังหวัด"}:
            return "province"
        if key in ABOUT:
            return "about"
        fixed = self.headings.says(cell.text) & {"organisation", "number", "type", "district"}
        return next(iter(fixed), "question" if self.is_part(cell.text) else "")
