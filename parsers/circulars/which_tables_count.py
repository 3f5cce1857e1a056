"""Which of the tables found in a mail count: those of another letter, another period or an older sheet are set aside, and said.

Owns the signs that a table is not this circular's answer though its columns fit. Knows nothing of rows and answers.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.circulars.forms_in_files_and_body import Opened
from parsers.circulars.forms_taken_back import all_taken_back, not_taken_back
from parsers.circulars.hidden_sheets import visible
from parsers.circulars.names_and_titles import names_of, titles_above
from parsers.circulars.period import Clash, clash, place_in_time
from parsers.circulars.which_circular_and_reporter import CLEARLY
from parsers.circulars.words_of_taking_back import taken_back_in_words
from parsers.doubts.withheld import resolved, withheld_lines
from parsers.files.open_file import File
from parsers.findings import LAST, Code, Finding, Ordered, Place, Severity, finding, shown
from parsers.form.printed_words import is_printed
from parsers.grid import Sheet
from parsers.organisations.type_words import words_of
from parsers.reading import Catalogue, Mail
from parsers.tables.model import Found
from parsers.tables.turning_lines import is_of_plan_or_before
from parsers.thai.text import normalise

# "ตัวอย่าง", "ข้อมูลเดิม", "สำรอง", "ครั้งก่อน", "Copy (old)", "backup": names of sheets that were kept and not sent.
# Not "เพิ่มเติม".
_OLD_SHEET = re.compile(
    r"ตัวอย่าง|เก่า|ของเดิม|(?:ข้อมูล|แบบ|ชุด|ฉบับ|ไฟล์)เดิม|^เดิม|สำรอง|(?:ปี|เดือน|ครั้ง|รอบ)(?:ที่แล้ว|ก่อน)|ไม่ใช้|ยกเลิก"
    r"|\b(?:old|back\s*-?up|bak|example|sample|draft)\b",
    re.IGNORECASE,
)
# Half of a form's columns found: below that a layout is like many others.
SURELY = 0.5  # how well a form must fit to be called another letter's by its layout alone


@dataclass(frozen=True)
class Counting:
    """The tables that count, what is said of the others, and the sheets not to be read at all."""

    kept: tuple[Found, ...]
    findings: tuple[Ordered, ...] = ()
    told: frozenset[int] = frozenset()  # files of which enough was said
    barred: frozenset[tuple[int, int]] = frozenset()
    parts: frozenset[str] = frozenset()  # lines of the mail that take some rows or columns back


@dataclass(frozen=True)
class Mailed:
    """All files of a mail, and how well each circular's form fits each of them."""

    files: Sequence[File]
    scores: Sequence[Mapping[str, float]]
    catalogue: Catalogue
    others: Sequence[tuple[str, Found]] = ()  # with their slugs: the tables of other circulars' forms
    forced: bool = False  # somebody named the circular: no file is another's
    mail: Mail | None = None  # that the files came with


def counting(found: Sequence[Found], circular: str, mailed: Mailed) -> Counting:
    """Which tables of ``circular`` count."""
    names = words_of(mailed.catalogue.naming)
    form = mailed.catalogue.forms[circular]
    lines = withheld_lines(mailed.mail.text, names) if mailed.mail else ()
    parts = resolved(lines, found, form) | {line for line in lines if is_printed(line, form)}
    said = taken_back_in_words(mailed.mail.text, mailed.mail.subject, names, parts) if found and mailed.mail else ""
    if said:
        return Counting((), (all_taken_back(said),), frozenset(range(len(mailed.files))))
    others = _of_others(found, circular, mailed)
    findings: list[Ordered] = [
        ((at, LAST, LAST, LAST), _other_letter(Place(mailed.files[at].name), slug, mailed.catalogue, circular))
        for at, slug in others.items()
    ]
    kept = [each for each in found if each.sheet.at[0] not in others]
    findings += _other_sheets(kept, circular, mailed)
    older = {each.sheet.at: each.sheet for each in (*_older(kept), *_earlier(kept, circular, mailed.catalogue))}
    findings += [(sheet.order(0, 0), _older_sheet(sheet)) for sheet in older.values()]
    kept = [each for each in kept if each.sheet.at not in older]
    kept, taken_back = not_taken_back(kept, form)
    findings += taken_back
    findings += _read_instead(kept, form.sheet)
    good, clashes = _of_this_period(kept, circular, mailed.catalogue)
    findings += [(each.sheet.order(0, 0), _period(each.sheet, said, alone=not good)) for each, said in clashes]
    counted = {each.sheet.at for each in good}
    barred = frozenset(each.sheet.at for each in found if each.sheet.at not in counted)
    told = frozenset(others) | {at for at, _ in barred}
    words = tuple(line for line in lines if line in parts)
    return Counting(tuple(_with_words(each, words) for each in good), tuple(findings), told, barred, parts)


def _with_words(found: Found, said: tuple[str, ...]) -> Found:
    """A table whose answers are read with the lines of its mail that take some of them back."""
    readings = found.table.readings
    if not said or readings is None:
        return found
    return replace(found, table=replace(found.table, readings=replace(readings, said=said)))


def read_sheets(opened: Opened, count: Counting) -> list[Sheet]:
    """The visible sheets of the files that hold the form, those set aside and a body beside a form left out."""
    with_form = {table.sheet.at[0] for table in count.kept}
    if with_form - opened.lesser.body - opened.lesser.inner:
        with_form -= opened.lesser.body | opened.lesser.inner
    sheets = [s for at, file in enumerate(opened.files) if at in with_form for s in file.sheets]
    return [sheet for sheet in visible(sheets) if sheet.at not in count.barred]


def _of_others(found: Sequence[Found], circular: str, mailed: Mailed) -> dict[int, str]:
    """Files that answer another letter, with its slug: by their own mark or code, else by a form that fits better."""
    with_form = {each.sheet.at[0] for each in found}
    others: dict[int, str] = {}
    if mailed.forced:
        return others
    for at, (file, fits) in enumerate(zip(mailed.files, mailed.scores, strict=True)):
        said = [pair[0] for pair in (file.marks.mark, file.marks.code) if pair]
        best = max(fits, key=lambda slug: fits[slug], default="")
        better = (
            best != circular
            and fits.get(best, 0.0) >= SURELY
            and fits.get(best, 0.0) >= fits.get(circular, 0.0) + CLEARLY
        )
        if said and circular not in said:
            others[at] = next((slug for slug in said if slug in mailed.catalogue.forms), said[0])
        elif not said and better and with_form - {at}:
            others[at] = best
    return others


def _other_letter(place: Place, slug: str, catalogue: Catalogue, circular: str) -> Finding:
    about, asked = catalogue.about.get(slug), catalogue.about.get(circular)
    if asked and asked.serial and slug.startswith(f"{asked.serial.series}-"):
        said = about.serial.period if about and about.serial else slug
        return finding(Code.ROUND_OTHER, place, slug, round=said, asked=asked.serial.period)
    return finding(Code.FORM_OTHER, place, slug, letter=f"ที่ {about.number}" if about else slug)


def _other_sheets(kept: Sequence[Found], circular: str, mailed: Mailed) -> list[Ordered]:
    """Sheets beside the form, in its own file, that hold the form of another letter."""
    mine = {each.sheet.at for each in kept}
    files = {at[0] for at in mine}
    others = {
        each.sheet.at: (each.sheet, slug)
        for slug, each in mailed.others
        if each.sheet.at not in mine and each.sheet.at[0] in files and each.table.quality >= SURELY
    }
    return [
        (sheet.order(0, 0), _other_letter(sheet.place(), slug, mailed.catalogue, circular))
        for sheet, slug in others.values()
    ]


def _older(found: Iterable[Found]) -> list[Found]:
    """Tables in files and on sheets that are called old, spare or an example, beside others; of a plan beside results."""
    tables = list(found)
    old_files = {each.sheet.at[0] for each in tables if _OLD_SHEET.search(normalise(each.sheet.file))}
    if all(each.sheet.at[0] in old_files for each in tables):
        old_files = set()
    named = {each.sheet.at: normalise(each.sheet.grid.sheet) for each in tables}
    old = {at for at, name in named.items() if _OLD_SHEET.search(name) or is_of_plan_or_before(name)}
    current = {each.sheet.at[0] for each in tables if each.sheet.at not in old}
    return [e for e in tables if e.sheet.at[0] in old_files or (e.sheet.at in old and e.sheet.at[0] in current)]


def _earlier(tables: Sequence[Found], circular: str, catalogue: Catalogue) -> list[Found]:
    """Tables of a file that holds one sheet for each month or round: all but the latest."""
    about = catalogue.about.get(circular)
    places = [
        (each, place)
        for each in tables
        if about and (place := place_in_time([*titles_above(each, tables), names_of(each)[1]], about)) is not None
    ]
    latest: dict[tuple[int, str], int] = {}
    for each, (unit, at) in places:
        key = each.sheet.at[0], unit
        latest[key] = max(at, latest.get(key, at))
    return [each for each, (unit, at) in places if at < latest[each.sheet.at[0], unit]]


def _read_instead(tables: Sequence[Found], usual: str) -> list[Ordered]:
    """Said where a sheet called old was read for want of another, or one was left blank while its neighbour was read."""
    made: list[Ordered] = []
    answered = {each.sheet.at for each in tables if any(row.answered for row in each.table.rows)}
    files = {at[0] for at in answered}
    for each in {each.sheet.at: each for each in tables}.values():
        sheet, name = each.sheet, shown(each.sheet.grid.sheet)
        if sheet.at not in answered and sheet.at[0] in files and any(row.name.text for row in each.table.rows):
            made.append((sheet.order(0, 0), finding(Code.SHEET_BLANK, sheet.place(), name)))
        elif sheet.at in answered and name != usual and _OLD_SHEET.search(normalise(name)):
            made.append((sheet.order(0, 0), finding(Code.SHEET_CALLED_OLD, sheet.place(), name)))
    return made


def _older_sheet(sheet: Sheet) -> Finding:
    return finding(Code.SHEET_SET_ASIDE, sheet.place(), shown(sheet.grid.sheet))


def _of_this_period(
    tables: Sequence[Found], circular: str, catalogue: Catalogue
) -> tuple[list[Found], list[tuple[Found, Clash]]]:
    """The tables whose titles do not name another period, and the titles that name something else than the circular."""
    about = catalogue.about.get(circular)
    if about is None:
        return list(tables), []
    clashes = {id(each): clash(titles_above(each, tables), about) for each in tables}
    good = [each for each in tables if not ((said := clashes[id(each)]) and said.other)]
    # The name of a file or sheet alone, which many keep from year to year, sets aside only beside a better one.
    named = {id(each): clash(names_of(each), about) for each in good}
    elsewhere = any(not (said and said.other) for said in named.values())
    for each in list(good):
        said = named[id(each)]
        if said and said.other and clashes[id(each)] is None:
            clashes[id(each)] = said if elsewhere else replace(said, other=False)
            good = [other for other in good if other is not each or not elsewhere]
    told: dict[tuple[tuple[int, int], str], tuple[Found, Clash]] = {}
    for each in tables:
        if said := clashes[id(each)]:
            told.setdefault((each.sheet.at, said.said), (each, said))
    return good, list(told.values())


def _period(sheet: Sheet, said: Clash, *, alone: bool) -> Finding:
    """Set aside where it is clearly another period: asked again when nothing else was sent, else only said."""
    code = Code.PERIOD_OTHER if said.other else Code.PERIOD_DOUBTFUL
    made = finding(code, sheet.place(), shown(said.said), asked=said.asked)
    return made if alone or not said.other else replace(made, severity=Severity.WARNING)
