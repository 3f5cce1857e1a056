"""Where the columns of a roster's tables are: by their headings, in any order, below any title."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from parsers.grid import Grid
from parsers.thai.text import heading_key

LOOKED_AT = 40  # rows in which the headings may stand
LEAST = 2  # columns that a table has at least


class Column(StrEnum):
    """What a column holds."""

    DISTRICT = "district"
    TYPE = "type"
    NAME = "name"
    CODE = "code"
    FORMER = "former"
    REPORTER = "reporter"
    SALUTATION = "salutation"
    ADDRESSES = "addresses"
    CHIEF = "chief"
    PHONE = "phone"
    KEY = "key"


# What each is headed by, the longer before what it begins with. A heading may go on: อีเมล (กลาง), รหัส อปท. 7 หลัก.
WORDS: Mapping[Column, tuple[str, ...]] = {
    Column.KEY: ("รหัสผู้รายงาน", "reporter key", "key"),
    Column.FORMER: ("รหัสเดิม", "รหัสก่อนเปลี่ยน", "former code", "old code"),
    Column.CHIEF: ("อีเมลหัวหน้า", "อีเมลผู้บังคับบัญชา", "อีเมลนายอำเภอ", "อีเมลผู้บริหาร", "หัวหน้า", "chief"),
    Column.CODE: ("รหัส", "code"),
    Column.ADDRESSES: ("อีเมล", "อีเมล์", "อีเมลล์", "ที่อยู่อีเมล", "ไปรษณีย์อิเล็กทรอนิกส์", "email", "e-mail", "mail", "address"),
    Column.PHONE: ("โทร", "เบอร์", "หมายเลขโทร", "phone", "tel"),
    Column.SALUTATION: ("คำขึ้นต้น", "เรียน", "salutation"),
    Column.REPORTER: ("ผู้รายงาน", "รายงานโดย", "who reports", "reporter"),
    Column.DISTRICT: ("อำเภอ", "district", "amphoe"),
    Column.TYPE: ("ประเภท", "type"),
    Column.NAME: (
        "ชื่อ", "หน่วยงาน", "อปท", "องค์กรปกครองส่วนท้องถิ่น", "รายชื่อ", "official name", "official_name", "short name",
        "short_name", "name",
    ),
}  # fmt: skip
_BY_WORD = tuple((heading_key(word), column) for column, words in WORDS.items() for word in words)


@dataclass(frozen=True)
class Headed:
    """A table: the row of its headings, and its columns, several where a heading stands more than once."""

    row: int
    columns: Mapping[Column, tuple[int, ...]]

    def of_reporters(self) -> bool:
        """Whether its rows are reporters and not organisations."""
        return Column.REPORTER in self.columns and Column.NAME not in self.columns


def column_of(text: str) -> Column | None:
    """What a heading says; None when it says none of ours."""
    key = heading_key(text)
    return next((column for word, column in _BY_WORD if key.startswith(word)), None) if key else None


def table_in(grid: Grid) -> Headed | None:
    """The one table of a sheet, found by the row with the most headings; None where there is none."""
    rows = (Headed(row, _columns(grid, row)) for row in range(1, min(grid.last_row, LOOKED_AT) + 1))
    good = [each for each in rows if len(each.columns) >= LEAST and _says_who(each)]
    return max(good, key=lambda each: (len(each.columns), -each.row), default=None)


def _says_who(headed: Headed) -> bool:
    return bool(headed.columns.keys() & {Column.NAME, Column.REPORTER, Column.CODE})


def _columns(grid: Grid, row: int) -> dict[Column, tuple[int, ...]]:
    found: dict[Column, tuple[int, ...]] = {}
    for column, kind in _kinds(grid, row):
        found[kind] = (*found.get(kind, ()), column)
    # Of two names (official and short) the first counts; of addresses all.
    return {kind: places if kind is Column.ADDRESSES else places[:1] for kind, places in found.items()}


def _kinds(grid: Grid, row: int) -> Iterator[tuple[int, Column]]:
    for column in range(1, grid.last_column + 1):
        kind = column_of(grid.at(row, column).text)
        if kind is not None:
            yield column, kind
