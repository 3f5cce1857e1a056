"""Then and now: the figures of digest, draft and report, counted here apart from raw lists; and the day of a list."""

import dataclasses
import datetime
import io
import random
from decimal import Decimal

import openpyxl
import pytest

from bot.documents.report.baseline_sheet import since_view
from bot.documents.report.pdf import report_pdf
from bot.documents.report.workbook import report_workbook
from bot.office.decision import Facts
from bot.office.letters.digest import digest
from bot.office.letters.enclosures import BlankForm, ReportWorkbook
from bot.office.model.baseline import Stand, settled, stand_of
from bot.office.model.circular_standing import Standing
from bot.office.model.ledger import LedgerEntry
from bot.office.model.recorded_answer import Recorded
from bot.office.model.report_draft import Draft
from bot.office.model.rollup import roll_up
from bot.office.plan.due import draft_due, reminders_due
from bot.office.rules.approval import Word, release
from parsers.baseline.reading import BaselineReading
from parsers.baseline.slips import Slip
from parsers.findings import Place
from parsers.reading import Answer

DAY = datetime.date(2024, 10, 29)
POSTED = ("s10_posted", "s16_posted")
NATION = {"s10_posted": "74.42", "s16_posted": "73.85"}
NAMES = {"s10_posted": "ม.10 ลงข้อมูลในระบบ info.go.th", "s16_posted": "ม.16 ลงข้อมูลในระบบ info.go.th"}


@pytest.fixture(scope="module")
def arabic(bureau):
    return dataclasses.replace(bureau, office=dataclasses.replace(bureau.office, thai_digits=False))


@pytest.fixture(scope="module")
def lists(bureau):
    """By question: who had done it then, who says yes now, who says no now; the others are silent."""
    chance = random.Random(5827)
    codes = [o.code for o in bureau.roster.organisations]
    made = {}
    for key in POSTED:
        then = {code for code in codes if chance.random() < 0.72}
        yes = {code for code in codes[:77] if chance.random() < 0.9}
        made[key] = (then, yes, set(codes[:77]) - yes)
    return made


@pytest.fixture(scope="module")
def stand(bureau, lists):
    """As the list says it: only who had not is named."""
    had_not = [
        Answer(o.code, key, False, Place("list.xlsx", "แผ่น1", "B2"))  # noqa: FBT003 - a value
        for key in POSTED
        for o in bureau.roster.organisations
        if o.code not in lists[key][0]
    ]
    reading = BaselineReading(answers=tuple(had_not), silent=POSTED)
    return stand_of("w5827", DAY, reading, bureau.roster.organisations)


@pytest.fixture(scope="module")
def known(papers, lists):
    made = []
    for key in POSTED:
        _, yes, no = lists[key]
        for asked in (key, {"s10_posted": "s10_announced", "s16_posted": "s16_ordered"}[key]):
            made += [
                Recorded(
                    code, asked, code in yes, 1, "x@y.example", papers.moment("2024-11-21 10:00"), "", Place(), "r"
                )
                for code in sorted(yes | no)
            ]
    return tuple(made)


def share(part: int, whole: int) -> str:
    """Per cent with two decimals, halves up, by whole numbers alone."""
    hundredths = (20000 * part + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def apart(mine: str, other: str) -> str:
    gap = Decimal(mine) - Decimal(other)
    return f"({'สูง' if gap > 0 else 'ต่ำ'}กว่า {abs(gap)})"


def expected(lists, key, total=84):
    """The two lines about one question, from the sets alone."""
    then, yes, no = lists[key]
    newly, back, silent = len(yes - then), len(no & then), total - len(yes | no)
    then_line = (
        f"ณ 29 ต.ค. 2567 ทำแล้ว {len(then)} จาก {total} แห่ง → ขณะนี้รายงานว่าทำแล้ว {len(yes)} แห่ง "
        f"(เพิ่ม {newly} กลับเป็นยังไม่ได้ทำ {back} ยังไม่รายงาน {silent})"
    )
    was, now = share(len(then), total), share(len(yes), total)
    nation_line = (
        f"ทั้งประเทศร้อยละ {NATION[key]} (ณ 29 ต.ค. 2567) จังหวัดเดิมร้อยละ {was} {apart(was, NATION[key])} "
        f"ขณะนี้ร้อยละ {now} {apart(now, NATION[key])}"
    )
    return then_line, nation_line


def drafted(bureau, circular, known, stand, now):
    (letter,) = draft_due(bureau, Standing(circular, known, {}, (), stand=stand), (), now).letters
    return letter


def test_the_digest_counts_what_has_changed_since(arabic, circular, lists, stand, known, papers):
    now = papers.moment("2024-11-28 08:30")
    letter = digest(arabic, [Standing(circular, known, {}, (), stand=stand)], [], now)
    assert letter.view["circulars"][0]["since"] == [f"{NAMES[key]}: {expected(lists, key)[0]}" for key in POSTED]
    without = digest(arabic, [Standing(circular, known, {}, ())], [], now)
    assert without.view["circulars"][0]["since"] == []


def test_the_draft_stands_beside_the_country_and_names_who_went_back(arabic, circular, lists, stand, known, papers):
    letter = drafted(arabic, circular, known, stand, papers.moment("2024-12-04 16:30"))
    names = {o.code: o.short_name for o in arabic.roster.organisations}
    asked = []
    for key in POSTED:
        then, _, no = lists[key]
        back = [name for code, name in names.items() if code in no & then]
        assert 0 < len(back) <= 12
        back_line = f"โปรดตรวจสอบแห่งที่เดิมทำแล้วแต่รายงานว่ายังไม่ได้ทำ {', '.join(back)}"
        asked.append((NAMES[key], [*expected(lists, key), back_line]))
    assert letter.view["since"] == asked


def test_a_draft_made_anew_by_an_approval_says_it_too(arabic, circular, lists, stand, known, papers):
    """Figures changed since the draft that staff approve: the new one stands against the same list."""
    now = papers.moment("2024-12-04 17:00")
    draft = Draft("w5827", 1, "other figures", "ABCDEFGHIJ", now, content=b"", name="report.xlsx")
    decision = release(arabic, Facts(known, (), (draft,), stand=stand), draft, Word("somsri@phrae.example", "x", now))
    assert decision.outcome == "figures-changed"
    assert [name for name, lines in decision.letters[0].view["since"] if lines[0].startswith("ณ 29 ต.ค. 2567")] == [
        NAMES[key] for key in POSTED
    ]


def test_without_a_list_only_the_country_is_told(arabic, circular, known, papers):
    found = drafted(arabic, circular, known, None, papers.moment("2024-12-04 16:30")).view["since"]
    assert [(name, line.partition(" จังหวัด")[0]) for name, (line,) in found] == [
        (NAMES[key], f"ทั้งประเทศร้อยละ {NATION[key]} (ณ 29 ต.ค. 2567)") for key in POSTED
    ]
    assert "เดิม" not in str(found)


def test_a_circular_without_a_baseline_says_nothing(arabic, circular, known, papers):
    plain = circular.model_copy(update={"baseline": type(circular.baseline)()})
    assert drafted(arabic, plain, known, None, papers.moment("2024-12-04 16:30")).view["since"] == []


def test_the_report_says_of_each_what_became_of_it(arabic, circular, lists, stand, known, papers):
    letter = drafted(arabic, circular, known, stand, papers.moment("2024-12-04 16:30"))
    rollup = next(e.rollup for e in letter.enclosures if isinstance(e, ReportWorkbook))
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(circular, rollup, arabic.office, arabic.roster)))
    rows = [row for row in book["เทียบกับ 29 ต.ค. 2567"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(rows) == 84
    for row, organisation in zip(rows, arabic.roster.organisations, strict=True):
        assert row[1:3] == (organisation.official_name, organisation.district)
        for at, key in enumerate(POSTED):
            then, yes, no = (organisation.code in each for each in lists[key])
            became = (
                ("ทำแล้วเหมือนเดิม" if then else "ทำเพิ่มแล้ว")
                if yes
                else (("⚠ กลับเป็นยังไม่ได้ทำ" if then else "ยังไม่ได้ทำ") if no else "ยังไม่รายงาน")
            )
            now = "ทำแล้ว" if yes else "ยังไม่ได้ทำ" if no else "ยังไม่รายงาน"
            assert row[3 + 3 * at : 6 + 3 * at] == ("ทำแล้ว" if then else "ยังไม่ได้ทำ", now, became)
    plain = dataclasses.replace(rollup, stand=None)
    without = openpyxl.load_workbook(io.BytesIO(report_workbook(circular, plain, arabic.office, arabic.roster)))
    assert [name for name in book.sheetnames if name not in without.sheetnames] == ["เทียบกับ 29 ต.ค. 2567"]


def test_a_list_about_questions_that_the_form_has_no_more_leaves_the_report_as_it_is(arabic, circular, stand, known):
    old = dataclasses.replace(stand, done={(code, f"once-{key}"): done for (code, key), done in stand.done.items()})
    rollup = dataclasses.replace(roll_up(circular, arabic.roster, known, (), DAY), stand=old)
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(circular, rollup, arabic.office, arabic.roster)))
    assert not [name for name in book.sheetnames if name.startswith("เทียบกับ")]
    assert report_pdf(circular, rollup, arabic.office, arabic.roster)


def test_the_pages_to_sign_sum_it_up(arabic, circular, lists, stand, known, papers):
    letter = drafted(arabic, circular, known, stand, papers.moment("2024-12-04 16:30"))
    rollup = next(e.rollup for e in letter.enclosures if isinstance(e, ReportWorkbook))
    rows = []
    for key in POSTED:
        then, yes, no = lists[key]
        counts = (len(yes - then), len(no & then), 84 - len(yes | no))
        shares = (f"{len(each)} จาก 84 แห่ง (ร้อยละ {share(len(each), 84)})" for each in (then, yes))
        rows.append([NAMES[key], *shares, *(f"{count} แห่ง" for count in counts), f"ร้อยละ {NATION[key]}"])
    assert since_view(circular, rollup, arabic.roster, "arabic")["rows"] == rows
    assert since_view(circular, dataclasses.replace(rollup, stand=None), arabic.roster, "arabic")["rows"] == []


def test_the_request_names_who_had_not_and_its_form_shows_it(bureau, circular, lists, stand, papers):
    due = reminders_due(bureau, Standing(circular, (), {}, (), stand=stand), (), papers.moment("2024-11-20 08:30"))
    for letter, contact in zip(due.letters, bureau.roster.contacts, strict=True):
        had_not = [
            (bureau.roster.by_code[code].short_name, [NAMES[key] for key in POSTED if code not in lists[key][0]])
            for code in contact.reporter.organisations
        ]
        assert letter.view["had_not"] == [(name, names) for name, names in had_not if names]
        assert [e.stand for e in letter.enclosures if isinstance(e, BlankForm)] == [stand]


def test_a_reminder_encloses_the_same_form(bureau, circular, stand, papers):
    taken = [LedgerEntry("w5827", c.reporter.key, "request", DAY, "sent", "") for c in bureau.roster.contacts]
    due = reminders_due(bureau, Standing(circular, (), {}, (), stand=stand), taken, papers.moment("2024-11-22 09:00"))
    forms = [e.stand for letter in due.letters for e in letter.enclosures if isinstance(e, BlankForm)]
    assert forms == [stand] * len(bureau.roster.contacts)


@pytest.mark.parametrize(
    ("said", "asked", "day", "slip"),
    [
        (None, None, DAY, None),  # the circular's own day
        (datetime.date(2024, 10, 1), None, datetime.date(2024, 10, 1), None),
        (None, datetime.date(2024, 10, 2), datetime.date(2024, 10, 2), None),
        (datetime.date(2024, 10, 1), datetime.date(2024, 10, 2), datetime.date(2024, 10, 2), Slip.DATE_OTHER),
        (None, datetime.date(2024, 11, 21), datetime.date(2024, 11, 21), Slip.DATE_LATE),
    ],
)
def test_the_day_of_a_list(circular, said, asked, day, slip):
    reading = settled(BaselineReading(at=said), circular, asked)
    assert (reading.at, [m.slip for m in reading.mistakes]) == (day, [slip] if slip else [])


def test_a_list_without_any_day_is_refused(circular):
    plain = circular.model_copy(update={"baseline": type(circular.baseline)()})
    assert [m.slip for m in settled(BaselineReading(), plain, None).mistakes] == [Slip.DATE_MISSING]


def test_a_table_that_leaves_some_out_says_nothing_of_them(bureau):
    reading = BaselineReading(answers=(Answer("5540103", "s10_posted", True, Place()),))  # noqa: FBT003 - a value
    assert stand_of("w5827", DAY, reading, bureau.roster.organisations) == Stand(
        "w5827", DAY, {("5540103", "s10_posted"): True}, {("5540103", "s10_posted"): Place()}
    )
