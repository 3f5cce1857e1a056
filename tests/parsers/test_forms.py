"""The corpus: what a careful person reads in a file the program reads, and harmless changes change nothing."""

import json
import random
from collections import Counter

import pytest

from parsers.read import read_file
from parsers.reading import FileRequest
from parsers.values import cells_read_once
from tests.forms.drawing import (
    DENCHAI,
    HEAD,
    HEAD_MERGES,
    ONE_ROW,
    Page,
    book,
    docx,
    ods,
    odt,
    official,
    rows,
    separated,
)
from tests.forms.judging import cases, compact, corpus_bureau, differences, reading_of, said_of
from tests.setup import ready_processes

CASES = cases()
# Cases that the command line reads too, one process each.
BY_COMMAND = ("layout/official", "template/total-wrong", "marks/under-way", "files/empty", "mails/workbook")
BODY = rows(DENCHAI)
REPORTER = "den-chai"


@pytest.fixture(scope="module")
def bureau():
    return corpus_bureau()


@pytest.fixture(scope="module")
def read(bureau):
    """Reads bytes for อำเภอเด่นชัย: the answers, outcome, day and remarks, and how many findings of each code."""
    catalogue = bureau.catalogue()

    def _read(data, name="แบบรายงาน.xlsx"):
        said = said_of(bureau, read_file(name, data, FileRequest(catalogue, None, REPORTER)))
        return {**said, "findings": sorted(code for code, _, _ in said["findings"])}

    return _read


def _marked(case):
    known = case.expected.get("fault")
    return pytest.param(case, id=case.title, marks=[pytest.mark.xfail(reason=known)] if known else [])


@pytest.fixture
def cells_read(monkeypatch):
    """How often each cell was read for a question of a form."""
    times, kept = Counter(), []  # kept, so that no place in memory is used again

    def counted(question, cell, form, near, unit, read_value=cells_read_once.read_value):
        kept.append((form, cell))
        if not cell.blank:  # blank ones of the same address are one object for all sheets
            times[id(form), question.key, id(cell)] += 1
        return read_value(question, cell, form, near, unit)

    monkeypatch.setattr(cells_read_once, "read_value", counted)
    return times


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_a_file_reads_as_a_careful_person_reads_it_and_each_cell_once(case, bureau, cells_read):
    wrong = differences(case.expected, said_of(bureau, reading_of(bureau, case)))
    assert max(cells_read.values(), default=1) == 1
    if wrong:
        pytest.fail("\n    ".join([f"{case.title}: {case.expected.get('why', '')}", *wrong]), pytrace=False)


def test_the_corpus_is_large_and_its_files_are_small():
    sizes = [case.file.stat().st_size for case in CASES]
    assert len(CASES) >= 120
    assert (max(sizes) <= 25_000, sum(sizes) <= 4_500_000) == (True, True)


@pytest.mark.parametrize("title", BY_COMMAND)
def test_the_command_prints_the_same_as_the_reading(title, bureau):
    case = next(each for each in CASES if each.title == title)
    arguments = [f"--{key}={value}" for key, value in case.args.items()]
    done = ready_processes.run(["check", str(case.file), "--json", *arguments], timeout=60)
    printed, said = json.loads(done.stdout), said_of(bureau, reading_of(bureau, case))
    short = {each.official_name: each.short_name for each in bureau.roster.organisations}
    printed["answers"] = {short[each["organisation"]]: compact(each["values"]) for each in printed["answers"]}
    assert [(each["code"], each["sheet"], each["cell"]) for each in printed["findings"]] == said.pop("findings")
    assert {name: values for name, values in printed["answers"].items() if values.strip("-")} == said.pop("answers")
    assert {key: printed.get(key) for key in said} == said
    assert done.returncode == (1 if any(each["severity"] == "error" for each in printed["findings"]) else 0)


# --- harmless changes ------------------------------------------------------------------------------------------------

TROUBLED = [list(row) for row in BODY]
TROUBLED[0][3] = None  # one blank
TROUBLED[1][1] = "ทต.เด่นชย"  # a near miss
TROUBLED[2][2] = "??"
TROUBLED[3][1] = "แม่จั๊วะ"  # one of two
TROUBLED[6][1] = "ทต.สอง"  # somebody else's
SOURCES = {"clean": BODY, "troubled": TROUBLED}


def _shuffled(body, seed):
    order = random.Random(seed).sample(range(6), 6)
    return [[row[at] for at in order] for row in [ONE_ROW, *body]]


@pytest.mark.parametrize("source", SOURCES)
def test_shuffled_columns_read_the_same(source, read):
    plain = read(book(Page([ONE_ROW, *SOURCES[source]])))
    for seed in range(25):
        assert read(book(Page(_shuffled(SOURCES[source], seed)))) == plain, f"seed {seed}"


@pytest.mark.parametrize("source", SOURCES)
def test_shuffled_rows_read_the_same(source, read):
    plain = read(book(Page([ONE_ROW, *SOURCES[source]])))
    for seed in range(15):
        body = random.Random(seed).sample(SOURCES[source], 7)
        assert read(book(Page([ONE_ROW, *body]))) == plain, f"seed {seed}"


@pytest.mark.parametrize("source", SOURCES)
def test_blank_rows_and_columns_put_in_anywhere_change_nothing(source, read):
    page = official(SOURCES[source])
    plain = read(book(page))
    for seed in range(25):
        chance = random.Random(seed)
        spread = []
        for at, row in enumerate(page.rows):
            spread += [[]] * (chance.randrange(3) if at > 5 else 0)  # not between the merged header rows
            spread.append(row)
        moved = Page(spread, page.merges, at=(chance.randrange(5), chance.randrange(30)))
        assert read(book(moved)) == plain, f"seed {seed}"


@pytest.mark.parametrize("source", SOURCES)
def test_names_of_file_and_sheet_say_nothing(source, read):
    page = official(SOURCES[source])
    plain = read(book(page))
    for name in ("ทต.สอง", "w100", "รวม", "X" * 31):
        assert read(book(Page(page.rows, page.merges, name)), f"{name}.xlsx") == plain
    old = read(book(Page(page.rows, page.merges, "ปี 2566")), "ปี 2566.xlsx")  # said, but nothing is refused for it
    assert {**old, "findings": plain["findings"]} == plain
    assert sorted({*old["findings"]} - {*plain["findings"]}) == ["period-doubtful"]
    assert read(book(page), "") == plain
    assert read(book(page), "../..\\ทต.สอง.pdf") == plain


@pytest.mark.parametrize("source", SOURCES)
def test_every_format_reads_the_same(source, read):
    page = Page([*HEAD, *SOURCES[source]], list(HEAD_MERGES))
    plain = read(book(page))
    files = {
        "ods": ods(page),
        "odt": odt(page),
        "docx": docx(page),
        "csv": separated(page),
        "txt": separated(page, "\t", "utf-16"),
    }
    for ending, data in files.items():
        assert read(data, f"แบบรายงาน.{ending}") == plain, ending


def test_an_extra_column_of_anything_changes_nothing(read):
    plain = read(book(Page([ONE_ROW, *BODY])))
    extras = {"โทรศัพท์": "054-123456", "หมายเหตุ": "✓", "ประชากร": 1200, "เลขที่คำสั่ง": "12/2567", "วันที่ลงนาม": "1 พ.ย. 67"}
    for heading, value in extras.items():
        for at in range(7):
            whole = [[*ONE_ROW[:at], heading, *ONE_ROW[at:]], *[[*row[:at], value, *row[at:]] for row in BODY]]
            assert read(book(Page(whole))) == plain, f"{heading} at {at}"
