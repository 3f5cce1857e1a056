"""Figures, money, percent, dates, choices and texts of the circular of solid waste."""

import datetime
from typing import Any

from tests.forms.drawing import WASTE, As, Formula, Page, book, full, separated
from tests.forms.drawn.case import Drawn, drawn

KEYS = [question.key for question in WASTE.question]
TOWN = "ทม.แพร่"
# What the town answers unless a case says otherwise: as written, and as read (a computed column is never an answer).
USUAL: dict[str, tuple[Any, Any]] = {
    "population": (16234, 16234),
    "tons_per_day": (12.5, 12.5),
    "sorted_share": (45, 45.0),
    "collect_own": (1500000, 1500000.0),
    "collect_grant": (250000.5, 250000.5),
    "dispose_own": (300000, 300000.0),
    "dispose_grant": (0, 0.0),
    "budget_total": (2050000.5, None),
    "method": ("ฝังกลบ", "ฝังกลบ"),
    "surveyed": (datetime.date(2025, 6, 20), "2025-06-20"),
    "place": ("บ่อขยะ อบจ.แพร่", "บ่อขยะ อบจ.แพร่"),
}
TOP = ["ลำดับ", WASTE.organisation_label, *[question.group or question.label for question in WASTE.question]]
LOW = [None, None, *[question.label if question.group else None for question in WASTE.question]]
TOP[6] = TOP[8] = None  # type: ignore[call-overload]
MERGES = [(1, c, 2, c) for c in (1, 2, 3, 4, 5, 10, 11, 12, 13)] + [(1, 6, 1, 7), (1, 8, 1, 9)]
LETTER = dict(zip(KEYS, "CDEFGHIJKLM", strict=True))


def _page(*filled: tuple[str, dict[str, Any]]) -> Page:
    body = [[n, full(name), *(cells[key] for key in KEYS)] for n, (name, cells) in enumerate(filled, 1)]
    return Page([TOP, LOW, *body], list(MERGES), "แบบสำรวจขยะ")


def _case(name: str, why: str, key: str, written: Any, read: Any, *codes: str, **also: Any) -> Drawn:
    """The town's row with one cell as ``written`` and ``read``; ``codes`` are found in that cell. It is row 3."""
    cells = {k: w for k, (w, _) in USUAL.items()} | {key: written} | also
    values = [read if k == key else r for k, (_, r) in USUAL.items()]
    findings = [f"{code} {LETTER[key]}3" for code in codes]
    page = _page((TOWN, cells))
    return drawn(
        name, book(page), why, *findings, reporter="เทศบาลเมืองแพร่", circular="waste2568", answers={TOWN: values}
    )


def CASES() -> list[Drawn]:  # noqa: N802 - one word for all modules
    """All of them."""
    return [*_integers(), *_decimals(), *_percents(), *_money(), *_dates(), *_choices(), *_texts(), *_units()]


def _integers() -> list[Drawn]:
    key, total = "population", 16234
    return [
        _case("usual", "everything as asked", key, total, total),
        _case("integer-thai", "Thai digits with a separator", key, "๑๖,๒๓๔", total),
        _case("integer-unit", "the unit typed after it", key, "16,234 คน", total),
        _case("integer-unit-first", "the unit of its heading stands in the cell, as some PDFs show it", key, "(คน) 16,234 คน", total),
        _case("integer-dash", "a dash for none", key, "-", 0),
        _case("integer-none", "ไม่มี for none", key, "ไม่มี", 0),
        _case("integer-about", "about so many: read, and said", key, "ประมาณ 16,000 คน", 16000, "answer-guessed"),
        _case("integer-brackets", "a figure in brackets: read, and said", key, "(16234)", total, "answer-guessed"),
        _case("integer-half", "half a person: asked", key, 16234.5, None, "answer-unreadable"),
        _case("integer-negative", "less than none: asked", key, -5, None, "answer-unreadable"),
        _case("integer-words", "a number in words: read, and said", key, "หนึ่งหมื่นหกพันคน", 16000, "answer-guessed"),
        _case("integer-blank", "left blank: asked", key, None, None, "answer-missing"),
        _case("integer-dots", "the printed dots: asked", key, "............ คน", None, "answer-missing"),
        _case("integer-two", "two figures: asked", key, "16,234 (ชาย 8,000)", None, "answer-unreadable"),
        _case("integer-range", "a range: asked", key, "16,000-17,000", None, "answer-unreadable"),
        _case("integer-wrong-comma", "a comma in the wrong place: asked", key, "1,62,34", None, "answer-unreadable"),
        _case("integer-float-noise", "a formula's noise: 16234 to everybody", key, Formula("=A1*1", 16234.000000000002), total),
        _case("integer-error", "an error: asked", key, Formula("=A1/0", "#DIV/0!"), None, "answer-unreadable"),
        _case("integer-unworked", "a formula nobody worked out: asked, never 0", key, Formula("=SUM(X1:X9)"), None, "not-calculated"),
        _case("integer-apostrophe", "a figure stored as text", key, "16234", total),
        _case("integer-spaces", "spaces for thousands: read, and said", key, "16 234", total, "answer-guessed"),
        _case("integer-words-agree", "figures and words that agree", key, "16 (สิบหก) คน", 16),
        _case("integer-words-differ", "figures and words that differ: asked", key, "16 (สิบเจ็ด) คน", None, "answer-unreadable"),
        _case("integer-households", "households are no people: asked", key, "5,120 ครัวเรือน", None, "answer-unreadable"),
        _case("integer-point-for-comma", "a point for the comma of thousands: asked", key, "16.234", None, "answer-unreadable"),
        _case("integer-letter-o", "the letter O among figures: asked", key, "162O", None, "answer-unreadable"),
    ]  # fmt: skip


def _decimals() -> list[Drawn]:
    key = "tons_per_day"
    commas = {k: str(w).replace(".", ",") if isinstance(w, float) else w for k, (w, _) in USUAL.items()}
    semicolons = separated(_page((TOWN, commas)), ";", "utf-8-sig")
    town: dict[str, Any] = {
        "reporter": "เทศบาลเมืองแพร่",
        "circular": "waste2568",
        "answers": {TOWN: [r for _, r in USUAL.values()]},
    }
    return [
        drawn("decimal-commas", semicolons, "a comma for the point, as programs write beside semicolons", extension="csv", **town),
        _case("decimal-thai", "Thai digits with a decimal point", key, "๑๒.๕", 12.5),
        _case("decimal-unit", "with its unit", key, "12.50 ตัน/วัน", 12.5),
        _case("decimal-unit-dotted", "with its unit spelt out", key, "12.5 ตันต่อวัน", 12.5),
        _case("decimal-format", "a figure shown with one decimal keeps what was typed", key, As(12.46, "0.0"), 12.46),
        _case("decimal-thai-format", "a number format with Thai digits", key, As(12.5, "[$-D000000]0.0"), 12.5),
        _case("decimal-nought", "none at all", key, 0, 0.0),
        _case("decimal-date", "12.5 that Excel took for a date: asked", key, datetime.date(2025, 5, 12), None, "answer-unreadable"),
        _case("decimal-half", "a half sign belongs to the figure", key, "12½", 12.5),
        _case("decimal-month", "so much a month: asked", key, "375 ตัน/เดือน", None, "answer-unreadable"),
        _case("decimal-cubic", "cubic metres are no tons: asked", key, "1.5 ลบ.ม.", None, "answer-unreadable"),
        _case("decimal-kilogram", "another unit changes the size: read as a figure would be wrong", key, "12,500 กก./วัน", None, "answer-unreadable"),
    ]  # fmt: skip


def _percents() -> list[Drawn]:
    key = "sorted_share"
    return [
        _case("percent-sign", "with a percent sign", key, "45%", 45.0),
        _case("percent-format", "45 percent as Excel stores it", key, As(0.45, "0%"), 45.0),
        _case("percent-format-fine", "74.42 percent as Excel stores it", key, As(0.7442, "0.00%"), 74.42),
        _case("percent-word", "with the word before it", key, "ร้อยละ ๗๔.๔๒", 74.42),
        _case(
            "percent-as-fraction",
            "0.45 may mean 45 percent: read as written, and said",
            key,
            0.45,
            0.45,
            "answer-guessed",
        ),
        _case(
            "percent-typed-fraction", "0.4 typed may mean 40 percent: read, and said", key, "0.4", 0.4, "answer-guessed"
        ),
        _case("percent-small", "0.4 percent beyond doubt", key, "0.4%", 0.4),
        _case("percent-over", "more than all: asked", key, 145, None, "answer-unreadable"),
        _case("percent-dash", "a dash for none", key, "-", 0.0),
    ]


def _money() -> list[Drawn]:
    key = "collect_own"
    return [
        _case("money-thai", "Thai digits, separators and baht", key, "๑,๕๐๐,๐๐๐ บาท", 1500000.0),
        _case("money-dash-after", "the dash for no satang", key, "1,500,000.-", 1500000.0),
        _case("money-satang", "satang", key, "1,500,000.00 บาท", 1500000.0),
        _case("money-baht-sign", "the baht sign", key, "฿1,500,000", 1500000.0),
        _case("money-format", "an accounting format", key, As(1500000, '_-"฿"* #,##0.00_-'), 1500000.0),
        _case("money-million", "1.5 million in words", key, "1.5 ล้านบาท", 1500000.0),
        _case("money-dollar", "another currency: asked", key, "1,500 USD", None, "answer-unreadable"),
        _case("money-month", "so much a month: asked", key, "1,500 บาท/เดือน", None, "answer-unreadable"),
        _case("money-words", "figures with the amount in words", key, "1,500,000 บาท (หนึ่งล้านห้าแสนบาทถ้วน)", 1500000.0),
        _case("money-three-decimals", "three decimals typed: asked", key, "1500000.125", None, "answer-unreadable"),
        _case("money-none", "ไม่มีงบประมาณ: asked", key, "ไม่มีงบประมาณ", None, "answer-unreadable"),
        _case("computed-wrong", "a sum that its parts do not give: said, the parts stand", "budget_total", 2000000, None, "sum-mismatch"),
        _case("computed-blank", "the sum left blank: nobody's concern", "budget_total", None, None),
        _case("computed-formula", "the sum by a formula nobody worked out", "budget_total", Formula("=SUM(F3:I3)"), None),
        _case("computed-text", "the sum typed with baht", "budget_total", "2,050,000.50 บาท", None),
    ]  # fmt: skip


def _dates() -> list[Drawn]:
    key, day = "surveyed", "2025-06-20"
    written = {
        "thai-long": "๒๐ มิถุนายน ๒๕๖๘",
        "short-month": "20 มิ.ย. 68",
        "short-month-close": "20มิ.ย.68",
        "no-dots": "20 มิย 68",
        "slashes": "20/6/2568",
        "slashes-short": "20/06/68",
        "dashes": "20-06-2568",
        "dots": "20.6.68",
        "iso-be": "2568-06-20",
        "iso-ce": "2025-06-20",
        "weekday": "วันศุกร์ที่ ๒๐ เดือน มิถุนายน พ.ศ. ๒๕๖๘",
        "misspelt-month": "20 มิถุนายย 2568".replace("ยย", "ยน"),
        "ce-slashes": "20/06/2025",
        "english": "20 June 2025",
    }
    cells: dict[str, tuple[Any, str]] = {
        "be-typed": (datetime.date(2568, 6, 20), "a Buddhist year typed into a Gregorian Excel"),
        "two-digit-typed": (datetime.date(1968, 6, 20), "68 that Excel took for 1968"),
        "thai-format": (As(datetime.date(2025, 6, 20), "[$-107041E]d mmm yy;@"), "a date shown in the Thai calendar"),
        "thai-digit-format": (
            As(datetime.date(2025, 6, 20), "[$-D07041E]d mmmm yyyy;@"),
            "a date shown with Thai digits",
        ),
    }
    bad = {
        "month-13": "20/13/2568",
        "quarter": "ไตรมาสที่ 2",
        "two-dates": "20-25 มิ.ย. 68",
        "month-only": "มิถุนายน 2568",
        "feb-30": "30 ก.พ. 2568",
    }
    return [
        *[_case(f"date-{name}", f"the day written {text}", key, text, day) for name, text in written.items()],
        *[_case(f"date-{name}", why, key, cell, day) for name, (cell, why) in cells.items()],
        *[
            _case(f"date-{name}", f"{text} is no day: asked", key, text, None, "answer-unreadable")
            for name, text in bad.items()
        ],
        _case(
            "date-old",
            "a day long ago may be true: read, and said",
            key,
            "20 มิ.ย. 2525",
            "1982-06-20",
            "answer-guessed",
        ),
        _case("date-century", "2468 for 2568: asked", key, "20 มิ.ย. 2468", None, "answer-unreadable"),
        _case(
            "date-far-ahead",
            "2043 is no day of a survey: asked",
            key,
            datetime.date(2043, 6, 20),
            None,
            "answer-unreadable",
        ),
        _case("date-no-year", "no year: read as the nearest, and said", key, "20/6", day, "answer-guessed"),
        _case("date-serial", "a date that lost its format: read, and said", key, 45828, day, "answer-guessed"),
    ]


def _choices() -> list[Drawn]:
    key = "method"
    return [
        _case("choice-spaced", "spaces in the choice", key, " ฝัง กลบ ", "ฝังกลบ"),
        _case("choice-numbered", "the choice with its number", key, "1) ฝังกลบ", "ฝังกลบ"),
        _case("choice-ticked", "the choice with a tick", key, "✓ ฝังกลบ", "ฝังกลบ"),
        _case(
            "choice-taken-apart",
            "am taken apart does not matter here, nor invisible characters",
            key,
            "เตา\u200bเผา",
            "เตาเผา",
        ),
        _case("choice-two", "two choices: asked", key, "ฝังกลบ / เตาเผา", None, "answer-unreadable"),
        _case("choice-other", "something else: asked", key, "หมักทำปุ๋ย", None, "answer-unreadable"),
        _case("choice-crossed", "a choice crossed out: asked", key, "✗ ฝังกลบ", None, "answer-unreadable"),
        _case("choice-boxes", "one of the boxes ticked", key, "☐ ฝังกลบ ☑ เตาเผา ☐ ส่งเอกชน", "เตาเผา"),
        _case("choice-none-yet", "a choice that begins like a no", key, "ยังไม่มี", "ยังไม่มี"),
    ]


def _texts() -> list[Drawn]:
    key = "place"
    return [
        _case("text-blank", "an optional text left blank", key, None, None),
        _case("text-lines", "two lines", key, "บ่อขยะเทศบาล\nหมู่ 5", "บ่อขยะเทศบาล\nหมู่ 5"),
        _case("text-number", "a number where a text belongs", key, 7440, "7440"),
        _case("text-inventory", "7440-001-0012/62 stays as written", key, "7440-001-0012/62", "7440-001-0012/62"),
        _case("text-equals", "a text that looks like a formula stays a text", key, "=1+1 บ่อ", "=1+1 บ่อ"),
    ]


def _headed(name: str, why: str, changes: dict[str, str], *refused: str, line: list[Any] | None = None) -> Drawn:
    """The usual row under headings ``changes`` (label, or group where there is one) and under a ``line`` above them."""
    page = _page((TOWN, {k: w for k, (w, _) in USUAL.items()}))
    top = list(page.rows[0])
    for key, heading in changes.items():
        top[2 + KEYS.index(key)] = heading
    page.rows[0] = top
    if line:
        page.rows.insert(0, line)
        page.merges = [(a + 1, b, c + 1, d) for a, b, c, d in page.merges]
    row = 4 if line else 3
    # A nought is a nought in any unit, and a sum is checked but never an answer.
    asked = [key for key in refused if USUAL[key][1]]
    values = [None if key in asked else read for key, (_, read) in USUAL.items()]
    findings = [f"answer-unreadable {LETTER[key]}{row}" for key in asked]
    return drawn(
        name, book(page), why, *findings, reporter="เทศบาลเมืองแพร่", circular="waste2568", answers={TOWN: values}
    )


def _units() -> list[Drawn]:
    collect, dispose = ("collect_own", "collect_grant"), ("dispose_own", "dispose_grant")
    return [
        _headed("unit-heading-thousand", "thousands of baht in the heading: asked", {"collect_own": "งบประมาณเก็บขน (พันบาท)"}, *collect),
        _headed("unit-heading-million", "millions after the heading's words", {"collect_own": "งบประมาณเก็บขน ล้านบาท"}, *collect),
        _headed("unit-heading-kilogram", "kilograms in the heading", {"tons_per_day": "ปริมาณขยะ (กก./วัน)"}, "tons_per_day"),
        _headed("unit-heading-month", "so much a month in the heading", {"tons_per_day": "ปริมาณขยะ (ตัน/เดือน)"}, "tons_per_day"),
        _headed("unit-heading-households", "households in the heading", {"population": "จำนวนประชากร (ครัวเรือน)"}, "population"),
        _headed("unit-line-thousand", "the line above the table says thousands", {}, *collect, *dispose, line=[None] * 8 + ["หน่วย : พันบาท"]),
        _headed("unit-line-two-cells", "the line in two cells", {}, *collect, *dispose, line=["หน่วย", "ล้านบาท"]),
        _headed("unit-line-brackets", "the line in brackets", {}, *collect, *dispose, line=["(หน่วย : พันบาท)"]),
        _headed("unit-line-of-all", "the units asked for, in a line above", {}, line=["หน่วย : ตัน/วัน, บาท"]),
        _headed("unit-line-office", "หน่วยงาน is no unit", {}, line=["หน่วยงาน : เทศบาลเมืองแพร่"]),
        _headed("unit-heading-other-words", "the units asked for in other words", {"tons_per_day": "ปริมาณขยะ (ตันต่อวัน)", "population": "จำนวนประชากร (ราย)", "collect_own": "งบประมาณเก็บขน (หน่วย : บาท)"}),
        _headed("heading-own-year", "the form's own year in the heading", {"tons_per_day": "ปริมาณขยะ ปี 2568 (ตัน/วัน)"}),
        _headed("heading-bound", "what is bound and not spent, over both columns: asked", {"collect_own": "งบประมาณเก็บขนผูกพัน"}, *collect),
        _headed("line-turns-column", "a line above has another figure filled in: asked", {}, "tons_per_day", line=["คำชี้แจง: ช่องปริมาณขยะ ให้กรอกปริมาณที่คาดว่าจะลดได้"]),
        _headed("line-leaves-out", "a line above says what is not counted", {}, line=["คำชี้แจง: ช่องปริมาณขยะ ให้กรอกปริมาณที่จัดเก็บ ไม่รวมที่คงค้าง"]),
        _headed("unit-heading-remarks", "remarks in brackets are no units", {"tons_per_day": "ปริมาณขยะ (ไม่รวมขยะอันตราย)", "population": "จำนวนประชากร (ตามทะเบียนราษฎร)"}),
    ]  # fmt: skip
