"""What the printed form itself holds: example row, dots, notes, signatures, totals. None of it is an answer."""

from typing import Any

from tests.forms.drawing import (
    DENCHAI,
    EXAMPLE,
    FOOT,
    NO,
    ONE_ROW,
    TOTAL,
    YES,
    Formula,
    Page,
    book,
    official,
    rows,
    table,
)
from tests.forms.drawn.case import Drawn, drawn

BODY = rows(DENCHAI)
MISSING = ("organisation-missing x7",)
COUNTS = ("สรุป", "จำนวน อปท. ที่ดำเนินการแล้ว", "จำนวนรวม", "ดำเนินการแล้ว (แห่ง)")
ALL_DONE = dict.fromkeys(DENCHAI, "YYYY")


def _counts(*values: object) -> list[object]:
    return ["รวมดำเนินการแล้ว", None, *values]


def _total(name: str, label: str, why: str, values: tuple[object, ...] = (5, 3, 5, 2), *findings: str) -> Drawn:
    return drawn(f"total-{name}", book(official(BODY, total=[label, None, *values])), why, *findings)


def CASES() -> list[Drawn]:  # noqa: N802 - one word for all modules
    """All of them."""
    return [*_unfilled(), *_examples(), *_totals(), *_lines()]


def _unfilled() -> list[Drawn]:
    dotted = [[n, full_name, "....", "....", "....", "...."] for n, full_name in enumerate((row[1] for row in BODY), 1)]
    return [
        drawn("form-as-issued", book(official([EXAMPLE, [2], [3], [4], [5], ["."], ["."], ["."]])), "the department's form sent back untouched: its pre-ticked row 1 answers for nobody", *MISSING, answers={}),
        drawn("form-as-issued-by-town", book(official([EXAMPLE, [2], [3], [4], [5]])), "the same from an organisation that answers for itself", "organisation-missing", answers={}, reporter="เทศบาลเมืองแพร่"),
        drawn("names-only", book(official([row[:2] for row in BODY])), "names typed, no answers", "answer-missing x28", answers={}),
        drawn("dots-for-answers", book(official(dotted)), "the dots of the printed form still stand in the cells", "answer-missing x28", answers={}),
        drawn("dots-for-names", book(official([EXAMPLE, *[[n, "..........................", None, None, None, None] for n in range(2, 8)]])), "dots where names belong", *MISSING, answers={}),
        drawn("empty-brackets", book(official([[n, row[1], "(   )", "(   )", "(   )", "(   )"] for n, row in enumerate(BODY, 1)])), "printed brackets with nothing in them", "answer-missing x28", answers={}),
        drawn("empty-boxes", book(official([[n, row[1], "☐", "☐", "☐", "☐"] for n, row in enumerate(BODY, 1)])), "printed boxes with nothing in them", "answer-missing x28", answers={}),
        drawn("one-column-forgotten", book(official([[*row[:5], None] for row in BODY])), "the last column left blank throughout", "answer-missing x7", answers={n: s[:3] + "-" for n, s in DENCHAI.items()}),
    ]  # fmt: skip


def _examples() -> list[Drawn]:
    example = ["ตัวอย่าง", "อบต.ตัวอย่าง", YES, NO, YES, NO]
    said = [None, "(ตัวอย่าง) อบต. ก", YES, YES, YES, YES]
    renumbered = [["-", None, YES, YES, YES, YES], *BODY]
    return [
        drawn("example-row-kept", book(official([EXAMPLE, *rows(DENCHAI, start=2)])), "the pre-ticked row 1 kept, names from row 2"),
        drawn("example-row-renumbered", book(official(renumbered)), "the pre-ticked row has a dash for a number"),
        drawn("example-row-said", book(official([example, *BODY])), "an example row that says so in the number column and has a made-up name", answers=DENCHAI),
        drawn("example-row-in-brackets", book(official([said, *BODY])), "an example row that says so in brackets", answers=DENCHAI),
        drawn("example-row-without-number", book(official([[None, None, YES, YES, YES, YES], *BODY])), "the pre-ticked row without its number"),
        drawn("nameless-answers", book(official([*BODY[:3], [4, None, NO, NO, YES, YES], *BODY[4:]])), "a name was deleted in the middle: whose answers these are is asked", "organisation-unnamed", "organisation-missing", answers={n: s for n, s in DENCHAI.items() if n != "อบต.เด่นชัย"}, outcome="partly"),
        drawn("spare-rows", book(official([*BODY, [8], [9], [10, "........"], ["..."]])), "numbered spare rows at the end"),
        drawn("spare-rows-crossed", book(official([*BODY, ["-", "-", "-", "-", "-", "-"]])), "the unused row struck out with dashes"),
    ]  # fmt: skip


def _totals() -> list[Drawn]:
    formulas = [
        "รวมดำเนินการแล้ว",
        None,
        *(Formula(f'=COUNTIF({c}6:{c}12,"✓")&" แห่ง"', f"{n} แห่ง") for c, n in zip("CDEF", (5, 3, 5, 2), strict=True)),
    ]
    unworked = ["รวมดำเนินการแล้ว", None, *(Formula(f'=COUNTIF({c}6:{c}12,"✓")') for c in "CDEF")]
    right, wrong = (5, 3, 5, 2), (5, 3, 5, 7)
    undone: list[list[Any]] = [
        ["รวมดำเนินการแล้ว", None, 5, 3, 5, 2],
        ["รวมยังไม่ได้ดำเนินการ", None, 2, 4, 2, 5],
        ["ร้อยละ", None, "71.43", "42.86", "71.43", "28.57"],
    ]
    per_type = [
        ["เทศบาล"],
        *BODY[:3],
        ["รวมเทศบาล", None, 3, 2, 2, 1],
        ["อบต."],
        *BODY[3:],
        ["รวม อบต.", None, 2, 1, 3, 1],
        ["รวมทั้งสิ้น", None, 5, 3, 5, 2],
    ]
    return [
        _total("placeholder", "รวมดำเนินการแล้ว", "xx แห่ง left standing", ("xx แห่ง",) * 4),
        _total("figures", "รวมดำเนินการแล้ว", "right totals as figures", right),
        _total("thai-digits", "รวม", "right totals in Thai digits with their unit", ("๕ แห่ง", "๓ แห่ง", "๕ แห่ง", "๒ แห่ง")),
        drawn("total-named-as-district", book(table([[None, "อำเภอเด่นชัย", "5 แห่ง", "3 แห่ง", "5 แห่ง", "2 แห่ง"], *BODY])), "right totals in a first row that is named as the district"),
        _total("whole", "รวมทั้งสิ้น", "another word for the total", right),
        _total("number-of-places", "รวมจำนวน อปท. ที่ดำเนินการแล้ว (แห่ง)", "a long wording of the total", right),
        _total("district", "รวมอำเภอเด่นชัย", "the total named after the district", right),
        _total("all-organisations", "รวม 7 แห่ง", "the number of organisations in the total's label", right),
        _total("wrong", "รวมดำเนินการแล้ว", "a total that is not what the rows give: said, the rows stand", wrong, "total-mismatch F13"),
        *[drawn(f"total-named-{n}", book(official(BODY, total=[None, label, *right])), f"the total called {label}, in the name column") for n, label in enumerate(COUNTS, 1)],
        drawn("total-formulas", book(official(BODY, total=formulas)), "totals by formula with stored values"),
        drawn("total-formulas-unworked", book(official(BODY, total=unworked)), "totals by formula that nothing worked out: no total at all"),
        drawn("total-three-rows", book(Page([ONE_ROW, *BODY, *undone])), "done, not done and percent in three rows"),
        drawn("total-per-type", book(table(per_type)), "a total for each type and for all"),
        drawn("total-above", book(Page([ONE_ROW, ["รวม", None, *right], *BODY])), "the total in the first row under the header"),
        drawn("total-label-in-name-column", book(official(BODY, total=[None, "รวม", *right])), "the total's label in the name column"),
    ]  # fmt: skip


def _lines() -> list[Drawn]:
    signed = [
        *FOOT[:6],
        [None, None, "ลงชื่อ    สมชาย ใจดี    ผู้รายงาน"],
        [None, None, "(นายสมชาย ใจดี)"],
        [None, None, "ท้องถิ่นอำเภอเด่นชัย"],
        [None, None, "โทร. 054-613123"],
        *FOOT[9:],
    ]
    signed_in_name = [
        [],
        [None, "ลงชื่อ...................ผู้รายงาน"],
        [None, "(นางสาวเด่นชัย ไทรย้อย)"],
        [None, "นายอำเภอเด่นชัย"],
        [None, "อำเภอเด่นชัย"],
    ]
    explained: list[list[Any]] = [
        [],
        ["หมายเหตุ", "อบต.ห้วยไร่ จะลงข้อมูลให้แล้วเสร็จภายในเดือนธันวาคม"],
        [None, "ทต.เด่นชัย อยู่ระหว่างรอผู้บริหารลงนาม"],
        ["✓ = ดำเนินการแล้ว"],
        ["X = ยังไม่ดำเนินการ"],
    ]
    legend = [["✓ หมายถึง ดำเนินการแล้ว", None, YES], ["X หมายถึง ยังไม่ได้ดำเนินการ", None, NO], [], *[ONE_ROW], *BODY]
    in_answers = [
        *BODY,
        [None, None, None, None, "ลงชื่อ................", None],
        [None, None, None, None, "(นายสมชาย ใจดี)", None],
    ]
    return [
        drawn("signed", book(official(BODY, foot=signed)), "signature, name, position and telephone below"),
        drawn("signed-in-name-column", book(official(BODY, total=None, foot=signed_in_name)), "the signature block stands in the name column; the signer is called like two organisations"),
        drawn("signed-in-answer-column", book(table(in_answers)), "the signature stands under the answer columns"),
        drawn("notes-name-organisations", book(official(BODY, foot=explained)), "notes below that speak of organisations"),
        drawn("legend-above", book(Page(legend)), "the meaning of the marks explained above with the marks themselves"),
        drawn("carried-forward", book(Page([ONE_ROW, *BODY[:4], ["ยอดยกไป", None, 3, 2, 3, 2], [], ONE_ROW, ["ยอดยกมา", None, 3, 2, 3, 2], *BODY[4:], ["รวม", None, 5, 3, 5, 2]])), "sums carried over the page"),
        drawn("all-done-note", book(official(rows(ALL_DONE), total=TOTAL, foot=[[], ["หมายเหตุ : ดำเนินการครบทุกแห่งแล้ว ✓"]])), "a note with a tick of its own", answers=ALL_DONE),
    ]  # fmt: skip
