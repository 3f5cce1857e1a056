"""A message or file becomes a reading: right answers, every doubt said, every refusal with what to do."""

import datetime
import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.files.cpu_budget import Terms
from parsers.findings import Severity
from parsers.form.form import Form
from parsers.read import read_file, read_message
from parsers.reading import FileRequest, MailKind, Outcome

TICKS = ("s10_announced", "s10_posted", "s16_ordered", "s16_posted")
HEAD = ["ที่", "ชื่อ อปท.", "ม.10 ประกาศ", "ม.10 ลงระบบ", "ม.16 คำสั่ง", "ม.16 ลงระบบ"]
ALL = ["✓", "✓", "✓", "✓"]
YES, NO = True, False


def _values(reading, code):
    """Answers of one organisation in the form's order; None where there is none."""
    found = {a.question: a.value for a in reading.answers if a.organisation == code}
    return [found.get(key) for key in TICKS]


def _codes(reading):
    return sorted(str(f.code) for f in reading.findings)


@pytest.fixture
def read(catalogue, build):
    """Reads pages as one workbook, for อำเภอเด่นชัย unless told otherwise."""

    def _read(*pages, reporter="denchai", circular=None, name="แบบรายงาน.xlsx"):
        return read_file(name, build.workbook(*pages), FileRequest(catalogue, circular, reporter))

    return _read


@pytest.fixture
def denchai(build):
    """The seven names of อำเภอเด่นชัย, all with four ticks, as rows; single rows can be replaced."""

    def _rows(**changed):
        rows = [[n, name, *ALL] for n, name in enumerate(build.districts["เด่นชัย"], 1)]
        for place, row in changed.items():
            rows[int(place[1:])] = row
        return rows

    return _rows


# --- the official form -----------------------------------------------------------------------------------------------


def test_the_official_form_of_84_rows_reads_exactly(build, catalogue):
    marks = [["✓", "✓", "✓", "✓"], ["✓", "X", "✓", "X"], ["X", "X", "X", "X"], ["/", "×", "√", "-"]]
    wanted = [[YES] * 4, [YES, NO, YES, NO], [NO] * 4, [YES, NO, YES, NO]]
    filled = [(o.official_name, *marks[n % 4]) for n, o in enumerate(build.organisations)]
    page = build.official(filled, total=["63 แห่ง", "๒๑ แห่ง", "63", "xx แห่ง"], as_of="ข้อมูล ณ วันที่ ๒๙ พฤศจิกายน ๒๕๖๗")
    reading = read_file("รายงาน.xlsx", build.workbook(page), FileRequest(catalogue))
    assert [_values(reading, o.code) for o in build.organisations] == [wanted[n % 4] for n in range(84)]
    assert reading.findings == ()
    assert (reading.outcome, reading.circular, reading.reporter) == (Outcome.ACCEPTED, "w5827", None)
    assert reading.as_of == datetime.date(2024, 11, 29)
    assert reading.remarks == ()


def test_the_official_form_of_a_district_of_13_reads_exactly(build, read):
    names = build.districts["สูงเม่น"]
    reading = read(build.official([(name, "✓", "X", "✓", "✓") for name in names]), reporter="sungmen")
    assert [_values(reading, build.code[name]) for name in names] == [[YES, NO, YES, YES]] * 13
    assert (reading.outcome, reading.findings) == (Outcome.ACCEPTED, ())
    assert str(reading.answers[0].place) == "แบบรายงาน.xlsx › แบบรายงาน!C7"


def test_the_evidence_beside_a_tick_is_kept_with_its_answer(build, read, denchai):
    rows = denchai(_0=[1, "ทต.แม่จั๊วะ", "✓ (123/2567)", "✓", "คำสั่งที่ 88/2567 ลว. 1 ต.ค. 67 ✓", "X"])
    reading = read(build.page([HEAD, *rows]))
    first = [a for a in reading.answers if a.organisation == build.code["ทต.แม่จั๊วะ"]]
    assert [a.value for a in first] == [YES, YES, YES, NO]
    assert [a.evidence for a in first] == ["✓ (123/2567)", "", "คำสั่งที่ 88/2567 ลว. 1 ต.ค. 67 ✓", ""]
    assert reading.findings == ()


def test_the_official_form_sent_back_empty_says_what_is_missing_and_answers_nothing(build, read):
    reading = read(build.official([(name, None, None, None, None) for name in build.districts["เด่นชัย"]]))
    assert reading.answers == ()
    assert reading.outcome is Outcome.REJECTED
    assert set(_codes(reading)) == {"answer-missing"}
    assert len(reading.findings) == 28


def test_the_unfilled_form_with_its_example_row_answers_for_nobody(build, read):
    reading = read(build.official([]), reporter="town")
    assert (reading.answers, reading.outcome) == ((), Outcome.REJECTED)
    assert _codes(reading) == ["organisation-missing"]


def test_who_is_missing_is_named_by_the_finding(build, read, denchai):
    found = [f for f in read(build.page([HEAD, *denchai()[1:]])).findings if f.code == "organisation-missing"]
    assert [f.organisation for f in found] == [build.code[FIRST]]


# --- one trouble each ------------------------------------------------------------------------------------------------

FIRST = "ทต.แม่จั๊วะ"
# name: (first row, its values, codes of findings); the other six rows are right
ROWS = {
    "all done": ([1, FIRST, *ALL], [YES] * 4, []),
    "nothing done": ([1, FIRST, "X", "X", "X", "X"], [NO] * 4, []),
    "full name": ([1, "เทศบาลตำบลแม่จั๊วะ", *ALL], [YES] * 4, []),
    "name with district and province": ([1, "เทศบาลตำบลแม่จั๊วะ อำเภอเด่นชัย จังหวัดแพร่", *ALL], [YES] * 4, []),
    "numbered name": ([None, "๑. ทต.แม่จั๊วะ", *ALL], [YES] * 4, []),
    "decomposed, PDF order": ([1, "ทต.แม่จ๊ัวะ", *ALL], [YES] * 4, []),
    "booleans": ([1, FIRST, True, False, True, False], [YES, NO, YES, NO], []),
    "figures": ([1, FIRST, 1, 0, 1, 0], [YES, NO, YES, NO], []),
    "words": ([1, FIRST, "มี", "ไม่มี", "แล้ว", "ยังไม่ได้ดำเนินการ"], [YES, NO, YES, NO], []),
    "one blank": ([1, FIRST, "✓", None, "✓", "✓"], [YES, None, YES, YES], ["answer-missing"]),
    "one on dots": ([1, FIRST, "✓", "......", "✓", "✓"], [YES, None, YES, YES], ["answer-missing"]),
    "row blank": ([1, FIRST, None, None, None, None], [None] * 4, ["answer-missing"] * 4),
    "unreadable": ([1, FIRST, "✓", "??", "✓", "✓"], [YES, None, YES, YES], ["answer-unreadable"]),
    "posted without made": ([1, FIRST, "X", "✓", "✓", "✓"], [None, None, YES, YES], ["answer-inconsistent"]),
    "both posted without made": ([1, FIRST, "X", "✓", "X", "✓"], [None] * 4, ["answer-inconsistent"] * 2),
    "made, not posted": ([1, FIRST, "✓", "X", "✓", "X"], [YES, NO, YES, NO], []),
    "name misspelt": ([1, "ทต.แม่จั๊วาะ", *ALL], None, None),
    "bare name of two": ([1, "แม่จั๊วะ", *ALL], [None] * 4, ["organisation-ambiguous", "organisation-missing"]),
    "nobody's name": ([1, "ทต.กรุงเทพ", *ALL], [None] * 4, ["organisation-missing", "organisation-unknown"]),
    "another district's": ([1, "ทต.สอง", *ALL], [None] * 4, ["organisation-missing", "organisation-not-yours"]),
    "another district's, unanswered": ([1, "ทต.สอง", None, None, None, None], [None] * 4, ["organisation-missing"]),
    "name lost": ([1, None, *ALL], [None] * 4, ["organisation-missing"]),
    "row deleted": ([], [None] * 4, ["organisation-missing"]),
}  # fmt: skip


@pytest.mark.parametrize("trouble", ROWS)
def test_one_row_in_trouble_leaves_the_others_standing(trouble, build, read, denchai):
    row, values, codes = ROWS[trouble]
    reading = read(build.page([HEAD, *denchai(r0=row)]))
    others = [build.code[name] for name in build.districts["เด่นชัย"][1:]]
    standing = {(a.organisation, a.question) for a in reading.standing()}
    assert {(code, key) for code in others for key in TICKS} <= standing
    if values is None:  # a guess or a refusal, but never silence
        assert set(_codes(reading)) & {"organisation-guessed", "organisation-unknown"}
        return
    assert _values(reading, build.code[FIRST]) == values
    assert _codes(reading) == codes
    wrong = any(f.severity is Severity.ERROR for f in reading.findings)
    assert reading.outcome is (Outcome.PARTLY if wrong else Outcome.ACCEPTED)


def test_of_two_answers_that_contradict_neither_is_recorded(build, read, denchai):
    reading = read(build.page([HEAD, *denchai(r0=[1, FIRST, "X", "✓", "✓", "✓"])]))
    standing = {a.question: a.value for a in reading.standing() if a.organisation == build.code[FIRST]}
    assert standing == {"s16_ordered": True, "s16_posted": True}
    (found,) = reading.findings
    assert found.value == "✓"
    assert (found.organisation, found.question, found.place.cell) == (build.code[FIRST], "s10_posted", "D2")


def test_a_guess_that_the_senders_own_total_contradicts_is_asked(build, read, denchai):
    """A v for want of a check mark is guessed; where the total counts one fewer, the guess is no answer."""
    rows = denchai(r0=[1, FIRST, "v", "✓", "✓", "✓"])
    guessed = read(build.page([HEAD, *rows, ["รวม", None, 7, 7, 7, 7]]))
    assert (_values(guessed, build.code[FIRST]), _codes(guessed)) == ([YES] * 4, ["answer-guessed"])
    asked = read(build.page([HEAD, *rows, ["รวม", None, 6, 7, 7, 7]]))
    assert _values(asked, build.code[FIRST]) == [None, YES, YES, YES]
    assert sorted(_codes(asked)) == ["answer-unreadable", "total-mismatch"]


TABLES = {
    "extra blank rows": (lambda rows: [HEAD, [], rows[0], [], [], *rows[1:]], []),
    "title above": (lambda rows: [["แบบรายงานผลการจัดทำประกาศและคำสั่ง"], ["อำเภอเด่นชัย"], [], HEAD, *rows], []),
    "totals right": (lambda rows: [HEAD, *rows, ["รวม", None, 7, "7 แห่ง", "๗ แห่ง", "7"]], []),
    "totals as printed": (lambda rows: [HEAD, *rows, ["รวม", None, "xx แห่ง", "..... แห่ง", None, "-"]], []),
    "one total wrong": (lambda rows: [HEAD, *rows, ["รวม", None, 7, 6, 7, 7]], ["total-mismatch"]),
    "all totals wrong": (lambda rows: [HEAD, *rows, ["รวมทั้งสิ้น", None, 9, 9, 9, 9]], ["total-mismatch"] * 4),
    "subtotals and total": (lambda rows: [HEAD, *rows[:3], ["รวม ทต.", None, 3, 3, 3, 3], *rows[3:], ["รวม อบต.", None, 4, 4, 4, 4],
                                          ["รวมทั้งสิ้น", None, 7, 7, 7, 7]], []),
    "total of the undone": (lambda rows: [HEAD, *rows, ["รวม", None, 7, 7, 7, 7], ["รวมยังไม่ดำเนินการ", None, 0, 0, 0, 0]], []),
    "percent row": (lambda rows: [HEAD, *rows, ["คิดเป็นร้อยละ", None, 100, 100, 100, 100]], []),
    "same row twice": (lambda rows: [HEAD, *rows, rows[0]], []),
    "row twice, differing": (lambda rows: [HEAD, *rows, [8, FIRST, "✓", "✓", "✓", "X"]], ["organisation-duplicated"]),
    "row twice, once blank": (lambda rows: [HEAD, *rows, [8, FIRST, None, None, None, None]], []),
    "example row": (lambda rows: [HEAD, [1, None, *ALL], *rows], []),
    "answers without a name": (lambda rows: [HEAD, *rows, [8, None, *ALL]], ["organisation-unnamed"]),
    "numbered rows left empty": (lambda rows: [HEAD, *rows, [8, None, None, None, None, None], [9, "....."]], []),
    "column missing": (lambda rows: [HEAD[:5], *(row[:5] for row in rows)], ["column-missing"]),
    "two columns missing": (lambda rows: [[*HEAD[:3], HEAD[4]], *([*row[:3], row[4]] for row in rows)], ["column-missing"] * 2),
    "extra columns": (lambda rows: [[*HEAD, "หมายเหตุ", "ผู้ประสานงาน"], *([*row, "-", "นายดำ"] for row in rows)], []),
    "code column": (lambda rows: [["รหัส", *HEAD], *([5540103, *row] for row in rows)], []),
    "name last": (lambda rows: [[*HEAD[2:], HEAD[1]], *([*row[2:], row[1]] for row in rows)], []),
    "repeated header": (lambda rows: [HEAD, *rows[:3], HEAD, *rows[3:]], []),
    "two tables": (lambda rows: [HEAD, *rows[:3], ["รวม", None, 3, 3, 3, 3], [], ["(ต่อ)"], HEAD, *rows[3:], ["รวม", None, 4, 4, 4, 4]], []),
    "side by side": (lambda rows: [[*HEAD, None, *HEAD], *([*rows[n], None, *(rows[n + 4] if n < 3 else [])] for n in range(4))], []),
    "type headings, bare names": (lambda rows: [HEAD, ["เทศบาลตำบล"], *([r[0], r[1][3:], *r[2:]] for r in rows[:3]),
                                                ["องค์การบริหารส่วนตำบล"], *([r[0], r[1][4:], *r[2:]] for r in rows[3:])], []),
    "type column, bare names": (lambda rows: [["ประเภท", *HEAD], *([r[1][: r[1].index(".") + 1], r[0], r[1][r[1].index(".") + 1 :], *r[2:]] for r in rows)], []),
    "date unreadable": (lambda rows: [HEAD, *rows, ["ข้อมูล ณ วันที่ สามสิบ"]], ["date-unreadable"]),
    "date left blank": (lambda rows: [HEAD, *rows, ["ข้อมูล ณ วันที่/...../๒๕๖๗"]], []),
    "signature and notes": (lambda rows: [HEAD, *rows, [None, "ลงชื่อ นายดำ แดงดี ผู้รายงาน"], [None, "(นายดำ แดงดี)"], [None, "ท้องถิ่นอำเภอเด่นชัย"],
                                          ["หมายเหตุ ๑. ใส่เครื่องหมาย ✓ กรณีดำเนินการแล้ว"]], []),
    "repeated columns, half of them blank": (lambda rows: [[*HEAD, HEAD[5]], *([*row[:5], None, row[5]] for row in rows)], []),
    "page sums carried over": (lambda rows: [HEAD, *rows[:3], [None, "ยอดยกไป", 3, 3, 3, 3], HEAD, [None, "ยอดยกมา", 3, 3, 3, 3], *rows[3:],
                                             ["รวมทั้งสิ้น", None, 7, 7, 7, 7]], []),
    "total without a label": (lambda rows: [HEAD, *rows, [None, None, 7, 7, 7, 7]], []),
    "a named example": (lambda rows: [HEAD, [1, "ตัวอย่าง อบต.ก", *ALL], *rows], []),
    "heads of office": (lambda rows: [HEAD, *([n, f"นายก{name}", *marks] for n, name, *marks in rows)], []),
    "a mark with a note": (lambda rows: [HEAD, [1, FIRST, "✓ (งานนิติการ)", *ALL[1:]], *rows[1:]], ["answer-guessed"]),
    "a mark with evidence": (lambda rows: [HEAD, [1, FIRST, "✓ (ลงวันที่ 1 พ.ย. 67)", *ALL[1:]], *rows[1:]], []),
    "no heading for the names": (lambda rows: [[HEAD[0], None, *HEAD[2:]], *rows], []),
}  # fmt: skip


@pytest.mark.parametrize("trouble", TABLES)
def test_seven_good_rows_are_read_through_every_trouble_of_the_table(trouble, build, read, denchai):
    draw, codes = TABLES[trouble]
    reading = read(build.page(draw(denchai())))
    assert _codes(reading) == codes
    missing = {f.question for f in reading.findings if f.code in ("column-missing", "organisation-duplicated")}
    for name in build.districts["เด่นชัย"]:
        open_keys = missing if "column-missing" in codes or name == FIRST else set()
        assert _values(reading, build.code[name]) == [None if key in open_keys else True for key in TICKS]
    errors = any(f.severity is Severity.ERROR for f in reading.findings)
    assert reading.outcome is (Outcome.PARTLY if errors else Outcome.ACCEPTED)


def test_a_hidden_sheet_is_not_read_and_said(build, read, denchai):
    good = build.page([HEAD, *denchai()])
    bad = build.page([HEAD, *denchai(r0=[1, FIRST, "X", "X", "X", "X"])], name="เก่า", hidden=True)
    reading = read(bad, good)
    assert _codes(reading) == ["hidden-sheet"]
    assert reading.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("name", ["แผน", "เป้าหมาย", "ประมาณการ", "ข้อมูลปีก่อน"])
def test_a_sheet_of_the_plan_or_the_year_before_is_set_aside_for_the_one_of_results(name, build, read, denchai):
    other = build.page([HEAD, *denchai(r0=[1, FIRST, "X", "X", "X", "X"])], name=name)
    reading = read(other, build.page([HEAD, *denchai()], name="ผล"))
    assert (_codes(reading), reading.outcome) == (["sheet-set-aside"], Outcome.ACCEPTED)
    assert all(answer.value for answer in reading.answers)


def test_a_form_on_a_hidden_sheet_only_is_asked_to_be_shown(build, read, denchai):
    empty = build.page([["ดูแผ่นอื่น"]], name="ว่าง")
    reading = read(empty, build.page([HEAD, *denchai()], hidden=True))
    assert _codes(reading) == ["form-not-found", "hidden-sheet"]
    assert reading.answers == ()


def test_a_hidden_row_is_read_and_said(build, read, denchai):
    reading = read(build.page([HEAD, *denchai()], hidden_rows=frozenset({3, 4})))
    assert _codes(reading) == ["hidden-rows"]
    assert "3 (เทศบาลตำบลเด่นชัย), 4 (เทศบาลตำบลปงป่าหวาย)" in reading.findings[0].message
    assert reading.outcome is Outcome.ACCEPTED


def test_a_formula_without_a_value_is_never_a_no(build, read, denchai):
    reading = read(build.page([HEAD, *denchai(r0=[1, FIRST, build.uncalculated, "X", "✓", "✓"])]))
    assert _values(reading, build.code[FIRST])[0] is None
    assert _codes(reading) == ["not-calculated"]


def test_totals_left_as_formulas_are_passed_over(build, read, denchai):
    reading = read(build.page([HEAD, *denchai(), ["รวม", None, *[build.uncalculated] * 4]]))
    assert reading.findings == ()


def test_a_workbook_with_a_sheet_per_district_adds_up(build, catalogue):
    pages = [
        build.page(
            [[f"อำเภอ{district}"], *build.head(), *([n, name, *ALL] for n, name in enumerate(names, 1))], name=district
        )
        for district, names in build.districts.items()
    ]
    reading = read_file("รวม.xlsx", build.workbook(*pages), FileRequest(catalogue))
    assert (len(reading.answers), reading.outcome, reading.findings) == (336, Outcome.ACCEPTED, ())


def test_two_tables_with_half_of_the_questions_each_add_up(build, read, denchai):
    left = build.page([HEAD[:4], *(row[:4] for row in denchai())], name="ม.10")
    right = build.page([[*HEAD[:2], *HEAD[4:]], *([*row[:2], *row[4:]] for row in denchai())], name="ม.16")
    reading = read(left, right)
    assert (len(reading.answers), reading.outcome, reading.findings) == (28, Outcome.ACCEPTED, ())


SOME = [frozenset(keys) for many in range(1, 5) for keys in itertools.combinations(TICKS, many)]


def test_answers_split_over_two_rows_of_one_name_are_added_up_and_two_versions_are_asked(build, catalogue):
    """Halves answer no question twice. Of rows that do, what one leaves blank was perhaps taken back in it."""
    pairs = list(itertools.product(SOME, SOME))
    for start in range(0, len(pairs), len(build.organisations)):
        told = dict(zip(build.organisations, pairs[start:], strict=False))
        rows = [
            [None, organisation.short_name, *("✓" if key in halves[at] else None for key in TICKS)]
            for at in (0, 1)
            for organisation, halves in told.items()
        ]
        reading = read_file("a.xlsx", build.workbook(build.page([HEAD, *rows])), FileRequest(catalogue))
        said = {(f.organisation, f.question): str(f.code) for f in reading.findings}
        for organisation, (one, other) in told.items():
            kept = one & other or one | other
            asked = {key: "organisation-duplicated" if key in one | other else "answer-missing" for key in TICKS}
            where = organisation.short_name, sorted(one), sorted(other)
            assert _values(reading, organisation.code) == [True if key in kept else None for key in TICKS], where
            found = {key: said[organisation.code, key] for key in TICKS if (organisation.code, key) in said}
            assert found == {key: code for key, code in asked.items() if key not in kept}, where


def test_findings_come_in_reading_order_with_places_and_names(build, read, denchai):
    rows = denchai(
        r0=[1, FIRST, "✓", None, "??", "✓"], r4=[5, "อบต.ไม่มีจริง", *ALL], r6=[7, "อบต.ห้วยไร่", "?", "✓", "✓", "✓"]
    )
    reading = read(build.page([HEAD, *rows, ["รวม", None, 1, 6, 7, 7]]))
    assert [f.place.cell for f in reading.findings] == ["D2", "E2", "B6", "C8", "C9", ""]
    assert "เทศบาลตำบลแม่จั๊วะ" in reading.findings[0].message
    assert "ลงข้อมูลในระบบ info.go.th" in reading.findings[0].message


def test_findings_of_two_tables_on_one_sheet_come_table_by_table(build, read, denchai):
    """A column that one table lacks is told where the table begins."""
    rows = denchai()
    rows[0][3] = rows[4][2] = "??"
    upper = [[*HEAD[:5]], *(row[:5] for row in rows[:3])]
    lower = [["", ""], [*HEAD[:3], HEAD[4]], *([*row[:3], row[4]] for row in rows[3:])]
    reading = read(build.page([[], *upper, *lower]))
    told = [(str(f.code), f.place.cell, f.question) for f in reading.findings if f.code != "organisation-missing"]
    assert told == [
        *(("column-missing", "", "s16_posted"), ("answer-unreadable", "D3", "s10_posted")),
        *(("column-missing", "", "s10_posted"), ("answer-unreadable", "C9", "s10_announced")),
    ]


@pytest.mark.parametrize("named", [6, 7])
def test_a_table_without_names_is_a_summary_only_beside_the_rows_of_all(named, build, read, denchai):
    names = build.page([HEAD, *denchai()[:named]])
    summary = build.page([HEAD[2:], ["✓", "✓", "✓", "✓"]], name="สรุป")
    reading = read(names, summary)
    [told] = [f for f in reading.findings if f.code == "column-missing"]
    assert told.place.sheet == "สรุป"
    assert told.severity is (Severity.WARNING if named == 7 else Severity.ERROR)


def test_no_secret_is_quoted(build, read, denchai):
    key = "aB3dE5gH7jK9mN1"
    reading = read(
        build.page(
            [HEAD, *denchai(r0=[1, FIRST, key, *ALL[1:]], r1=[2, f"อบต. {key}", *ALL]), [f"ปัญหาอุปสรรค: Token {key}"]]
        )
    )
    assert reading.remarks
    assert key not in repr(reading)


def test_remarks_and_day_are_read_from_the_cells_around(build, read, denchai):
    rows = [
        HEAD,
        *denchai(),
        [],
        ["ปัญหาอุปสรรค:"],
        ["ระบบล่ม"],
        ["ข้อเสนอแนะ", None, "ควรอบรม"],
        ["ข้อมูล ณ วันที่", build.near],
    ]
    reading = read(build.page(rows))
    assert {r.key: r.text for r in reading.remarks} == {"obstacles": "ระบบล่ม", "suggestions": "ควรอบรม"}
    assert reading.as_of == build.near
    assert str(reading.remarks[0].place) == "แบบรายงาน.xlsx › แบบรายงาน!A11"


def test_remarks_in_a_column_are_gathered_with_their_names(build, read, denchai):
    rows = denchai()
    rows[0].append("ระบบช้า")
    rows[1].append("-")
    rows[2].append("คนน้อย")
    reading = read(build.page([[*HEAD, "ปัญหาอุปสรรค"], *rows]))
    assert [(r.key, r.text) for r in reading.remarks] == [("obstacles", "ทต.แม่จั๊วะ: ระบบช้า\nทต.ปงป่าหวาย: คนน้อย")]


def test_ticks_merged_over_rows_and_columns_count_for_each_cell(build, read):
    names = build.districts["เด่นชัย"]
    rows = [*build.head(), [1, names[0], "✓"], *([n, name] for n, name in enumerate(names[1:], 2))]
    reading = read(build.page(rows, [*build.head_merges, (3, 3, 9, 6)]))
    assert (reading.outcome, reading.findings) == (Outcome.ACCEPTED, ())
    assert {a.place.cell for a in reading.answers} == {"C3"}


@pytest.mark.parametrize(
    ("value", "area", "kept"), [(12, (2, 3, 3, 3), 0), (0, (2, 3, 3, 3), 2), (12, (2, 3, 2, 4), 0)]
)
def test_an_amount_merged_over_several_cells_is_nobodys(build, read, value, area, kept):
    """Over two organisations or two questions; a zero is each one's."""
    names = build.districts["เด่นชัย"]
    head = ["ลำดับ", "ชื่อ อปท.", "จำนวนครัวเรือนทั้งหมด", "จำนวนครัวเรือนที่มีถังขยะเปียก"]
    reading = read(build.page([head, [1, names[0], value], [2, names[1]]], [area]), circular="w100")
    assert [a.value for a in reading.answers] == ["0"] * kept
    unread = [f for f in reading.findings if f.code.value == "answer-unreadable"]
    assert all("ผสานเซลล์" in f.message and f.place.cell == "C2" for f in unread)
    assert len(unread) == 2 - kept


def test_an_amount_merged_over_a_row_without_a_name_is_that_of_the_name(build, read):
    head = ["ลำดับ", "ชื่อ อปท.", "จำนวนครัวเรือนทั้งหมด", "จำนวนครัวเรือนที่มีถังขยะเปียก"]
    rows = [[1, build.districts["เด่นชัย"][0], 12, 3], [None, None, None, None, "หมายเหตุ"]]
    reading = read(build.page([head, *rows], [(2, 3, 3, 3), (2, 4, 3, 4)]), circular="w100")
    assert [a.value for a in reading.answers] == ["12", "3"]


def test_a_total_under_shares_or_their_sums_is_compared_with_nothing(build, catalogue):
    """Shares of different wholes do not add up: below them people write a mean, or nothing that anybody can check."""
    parts = [{"key": key, "kind": "percent", "label": label} for key, label in (("wet", "ขยะเปียก"), ("dry", "ขยะแห้ง"))]
    both = {"key": "both", "kind": "computed", "label": "รวมร้อยละ", "sum_of": ["wet", "dry"]}
    shares = Form.model_validate({"title": "แบบ", "question": [*parts, both]})
    names = build.districts["เด่นชัย"]
    lines = [
        ["ที่", "อปท.", "ขยะเปียก", "ขยะแห้ง", "รวมร้อยละ"],
        *([n, name, 40, 20, 60] for n, name in enumerate(names, 1)),
    ]
    data = build.workbook(build.page([*lines, ["รวม", None, 40, 20, 60]]))
    reading = read_file("a.xlsx", data, FileRequest(replace(catalogue, forms={"shares": shares}), "shares", "denchai"))
    assert _codes(reading) == []
    assert {(answer.question, answer.value) for answer in reading.answers} == {("wet", "40"), ("dry", "20")}


def test_a_form_of_two_open_circulars_is_asked_which(build, form, catalogue, denchai):
    twins = replace(catalogue, forms={"w5827": form, "w9999": form})
    data = build.workbook(build.page([HEAD, *denchai()]))
    reading = read_file("a.xlsx", data, FileRequest(twins, None, "denchai"))
    assert (reading.circular, _codes(reading)) == (None, ["form-not-found"])
    assert "ฉบับใด" in reading.findings[0].message
    assert read_file("a.xlsx", data, FileRequest(twins, "w9999", "denchai")).outcome is Outcome.ACCEPTED


# --- numbers ---------------------------------------------------------------------------------------------------------

WASTE = [
    [
        "ที่",
        "อปท.",
        "จำนวนครัวเรือนทั้งหมด",
        "จำนวนครัวเรือนที่มีถังขยะเปียก",
        "ปริมาณขยะ (ตัน/วัน)",
        None,
        "งบประมาณ (บาท)",
        None,
        None,
    ],
    [None, None, None, None, "เกิดขึ้น", "นำไปใช้ประโยชน์", "ของ อปท.", "เงินอุดหนุน", "รวม"],
]


def test_numbers_money_and_sums_are_read_and_checked(build, read):
    rows = [
        [1, FIRST, "๑,๒๓๔", 100, "1.25", "-", "1,000.50", "500", "1,500.50"],
        [2, "ทต.เด่นชัย", 200, 100, 2, 1, 10, 20, 31],
        ["รวมทั้งสิ้น", None, 1434, 201, 3.25, None, "1,010.50", 520, 1531.5],
    ]
    reading = read(build.page([*WASTE, *rows]))
    found = {(a.organisation, a.question): a.value for a in reading.answers}
    assert found[build.code[FIRST], "households"] == "1234"
    assert found[build.code[FIRST], "budget"] == "1000.50"
    assert reading.circular == "w100"
    mismatched = [(f.place.cell, f.question) for f in reading.findings if f.code.endswith("-mismatch")]
    assert mismatched == [("I4", "money"), ("D5", "with_bin")]
    assert "201" in reading.findings[1].message
    assert "200" in reading.findings[1].message


# --- files -----------------------------------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
FILES = {
    "picture": (PNG, "form-not-found", "รูปภาพ"),
    "pdf": (b"%PDF-1.4\n%%EOF", "file-unreadable", "เสียหาย"),
    "empty": (b"", "file-unreadable", "ว่าง"),
    "rubbish": (bytes(range(256)) * 4, "file-unreadable", ""),
    "broken zip": (b"PK\x03\x04" + b"x" * 99, "file-unreadable", ""),
    "prose": ("เรียน ท้องถิ่นจังหวัด".encode(), "form-not-found", ""),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_holds_no_form_is_refused_with_what_to_do(kind, catalogue):
    data, code, word = FILES[kind]
    reading = read_file("แบบ", data, FileRequest(catalogue, None, "long"))
    assert _codes(reading) == [code]
    assert word in reading.findings[0].message
    assert "กรุณา" in reading.findings[0].message
    assert (reading.outcome, reading.files[0].outcome) == (Outcome.REJECTED, Outcome.REJECTED)


def test_a_workbook_without_the_form_is_told(build, read):
    reading = read(build.page([["ชื่อ", "เงินเดือน"], ["ดำ", 1]]))
    assert _codes(reading) == ["form-not-found"]


# --- mails -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def form_of(build):
    """A workbook with the rows of a district, all ticked."""

    def _form(district, *more, without=0):
        names = build.districts[district]
        names = [name for name in names if name not in ("อบจ.แพร่", "ทม.แพร่")]
        rows = [[n, name, *ALL] for n, name in enumerate(names[without:], 1)]
        return ("รายงาน.xlsx", build.workbook(build.page([*build.head(), *rows, *more])), build.xlsx)

    return _form


def test_a_mail_from_a_known_address_is_its_reporters(build, catalogue, form_of):
    reading = read_message(build.mail(form_of("เด่นชัย"), sender="Denchai@District.example"), catalogue)
    assert (reading.reporter, reading.known, reading.outcome) == ("denchai", True, Outcome.ACCEPTED)
    assert reading.recognised_by == ("layout",)
    assert reading.mail.kind is MailKind.REPORT
    assert [(f.format, f.outcome) for f in reading.files] == [("xlsx", Outcome.ACCEPTED)]


def test_signs_that_agree_are_told_in_their_order(build, catalogue, form_of):
    raw = build.mail(
        form_of("เด่นชัย", ["รหัสแบบ: w5827:denchai"]),
        subject="ตอบ [w5827] ค่ะ", to="office+w5827@phrae.example", references="<w5827.request.abc123@phrae.example>",
        sender="denchai@district.example",
    )  # fmt: skip
    assert read_message(raw, catalogue).recognised_by == ("token", "plus-address", "reference", "code", "layout")


@pytest.mark.parametrize("subject", ["w5827", "Re: [W5827] แบบ", "ตอบหนังสือ ว ๕๘๒๗", "ส่งแบบ ว5827 อ.เด่นชัย"])
def test_the_circulars_number_in_the_subject_is_its_token(subject, build, catalogue, form_of):
    reading = read_message(build.mail(form_of("เด่นชัย"), subject=subject), catalogue)
    assert reading.recognised_by == ("token", "layout")


def test_the_printed_code_beats_a_wrong_thread(build, catalogue, form_of):
    raw = build.mail(form_of("เด่นชัย", ["รหัสแบบ: w5827:denchai"]), subject="[w100]", sender="denchai@district.example")
    reading = read_message(raw, catalogue)
    assert (reading.circular, reading.recognised_by) == ("w5827", ("code", "layout"))


def test_a_form_sent_on_the_wrong_thread_is_known_by_its_layout(build, catalogue, form_of):
    reading = read_message(build.mail(form_of("เด่นชัย"), subject="[w100]", sender="denchai@district.example"), catalogue)
    assert (reading.circular, reading.outcome) == ("w5827", Outcome.ACCEPTED)


def test_an_unknown_sender_is_read_but_not_known(build, catalogue, form_of):
    reading = read_message(build.mail(form_of("เด่นชัย"), sender="somchai@mail.example"), catalogue)
    assert (reading.reporter, reading.known) == (None, False)
    reading = read_message(
        build.mail(form_of("เด่นชัย", ["รหัสแบบ: w5827:denchai"]), sender="somchai@mail.example"), catalogue
    )
    assert (reading.reporter, reading.known, reading.outcome) == ("denchai", False, Outcome.ACCEPTED)


@pytest.mark.parametrize(("district", "key"), [("ลอง", "long"), ("สอง", "song")])
def test_an_address_of_several_reporters_is_decided_by_what_the_form_names(district, key, build, catalogue, form_of):
    reading = read_message(build.mail(form_of(district), sender="shared@district.example"), catalogue)
    assert (reading.reporter, reading.known, reading.outcome) == (key, True, Outcome.ACCEPTED)


def test_an_organisation_may_answer_for_itself(build, catalogue, form_of):
    code = build.code["ทต.เด่นชัย"]
    page = build.page([*build.head(), [1, "ทต.เด่นชัย", *ALL]])
    raw = build.mail(("a.xlsx", build.workbook(page), build.xlsx), sender=f"saraban_{code}@lao.example")
    reading = read_message(raw, catalogue)
    assert (reading.reporter, reading.known, reading.outcome) == (code, True, Outcome.ACCEPTED)


def test_the_town_sending_the_form_of_all_84_answers_for_itself_alone(build, catalogue):
    page = build.official(
        [
            (o.official_name, *ALL) if o.type == "ทม." else (o.official_name, None, None, None, None)
            for o in build.organisations
        ]
    )
    raw = build.mail(("a.xlsx", build.workbook(page), build.xlsx), sender="town@phrae.example")
    reading = read_message(raw, catalogue)
    assert {a.organisation for a in reading.answers} == {build.code["ทม.แพร่"]}
    assert (reading.outcome, reading.findings) == (Outcome.ACCEPTED, ())


def test_pictures_and_scans_beside_a_good_form_are_no_trouble(build, catalogue, form_of):
    raw = build.mail(
        ("logo.png", PNG, "image/png"), ("หนังสือนำ.pdf", b"%PDF-1.4\n%%EOF", "application/pdf"), form_of("เด่นชัย"),
        sender="denchai@district.example",
    )  # fmt: skip
    reading = read_message(raw, catalogue)
    assert (reading.outcome, reading.findings) == (Outcome.ACCEPTED, ())
    assert [f.format for f in reading.files] == ["image", "pdf", "xlsx"]


def test_a_broken_file_beside_a_complete_one_is_said_but_spoils_nothing(build, catalogue, form_of):
    raw = build.mail(("เสีย.xlsx", b"PK\x03\x04zzz", build.xlsx), form_of("เด่นชัย"), sender="denchai@district.example")
    reading = read_message(raw, catalogue)
    assert (reading.outcome, _codes(reading)) == (Outcome.ACCEPTED, ["file-unreadable"])
    assert reading.findings[0].severity is Severity.WARNING


def test_a_broken_file_beside_an_incomplete_one_stays_an_error(build, catalogue, form_of):
    raw = build.mail(
        ("เสีย.xlsx", b"PK\x03\x04zzz", build.xlsx), form_of("เด่นชัย", without=1), sender="denchai@district.example"
    )
    reading = read_message(raw, catalogue)
    assert (reading.outcome, _codes(reading)) == (Outcome.PARTLY, ["file-unreadable", "organisation-missing"])


def test_several_files_add_up(build, catalogue, denchai):
    files = [
        (f"{n}.xlsx", build.workbook(build.page([HEAD, *rows])), build.xlsx)
        for n, rows in enumerate([denchai()[:3], denchai()[2:]])
    ]
    reading = read_message(build.mail(*files, sender="denchai@district.example"), catalogue)
    assert (len(reading.answers), reading.outcome, reading.findings) == (28, Outcome.ACCEPTED, ())


def test_an_attachment_that_killed_a_process_hides_no_good_one(build, catalogue, form_of):
    raw = build.mail(("ร้าย.xlsx", b"PK", build.xlsx), form_of("เด่นชัย"), sender="denchai@district.example")
    reading = read_message(raw, catalogue, Terms(frozenset({0})))
    assert (reading.outcome, _codes(reading)) == (Outcome.ACCEPTED, ["file-unreadable"])
    assert reading.notes


def test_a_mail_without_a_file_is_told_to_send_the_form(build, catalogue):
    reading = read_message(build.mail(), catalogue)
    assert _codes(reading) == ["form-not-found"]
    assert reading.mail.kind is MailKind.OTHER


# --- laws ------------------------------------------------------------------------------------------------------------

QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]}


@settings(max_examples=60, **QUIET)
@given(
    data=st.binary(max_size=400),
    start=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"From: a@b.example\n", b"<html>"]),
)
def test_reading_never_raises(data, start, catalogue):
    read_message(start + data, catalogue)
    reading = read_file("x", start + data, FileRequest(catalogue))
    assert reading.findings


def _answers(reading):
    return {(a.organisation, a.question): a.value for a in reading.answers}


@settings(max_examples=30, **QUIET)
@given(data=st.data())
def test_the_reading_is_the_same_after_moving_shuffling_and_stretching_the_table(data, build, catalogue):
    marks = data.draw(
        st.lists(st.lists(st.sampled_from(["✓", "X", "/", "-"]), min_size=4, max_size=4), min_size=7, max_size=7)
    )
    names = build.districts["เด่นชัย"]
    header = build.head()
    header[0][3], header[0][5] = header[0][2], header[0][4]  # each column carries its whole heading
    rows = [*header, *([n, name, *row] for n, (name, row) in enumerate(zip(names, marks, strict=True), 1))]
    extra = data.draw(st.lists(st.sampled_from([["หมายเหตุ", None], ["โทร.", "มือถือ"], [None, None]]), max_size=2))
    wide = [list(row) + [e[at] if at < 2 else "ก" if e[0] else None for e in extra] for at, row in enumerate(rows)]
    order = data.draw(st.permutations(range(len(wide[0]))))
    shuffled = [[row[at] for at in order] for row in wide]
    for at in sorted(data.draw(st.lists(st.integers(0, len(shuffled)), max_size=3)), reverse=True):
        shuffled.insert(at, [])
    moved = build.page(
        shuffled,
        at=data.draw(st.tuples(st.integers(0, 20), st.integers(0, 20))),
        name=data.draw(st.sampled_from(["ก", "Sheet1", "อำเภอสอง"])),
    )
    plain = read_file("a.xlsx", build.workbook(build.page(rows)), FileRequest(catalogue, None, "denchai"))
    other = read_file(
        data.draw(st.sampled_from(["b.xlsx", "สอง.xls", ""])),
        build.workbook(moved),
        FileRequest(catalogue, None, "denchai"),
    )
    contradictions = sum(row[at] in "X-" and row[at + 1] in "✓/" for row in marks for at in (0, 2))
    assert len(plain.answers) == 28 - 2 * contradictions
    assert _answers(other) == _answers(plain)
