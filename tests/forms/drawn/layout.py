"""Where the table stands and how it is headed: every arrangement of the same seven answers."""

from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.drawing import (
    DENCHAI,
    EXAMPLE,
    HEAD,
    HEAD_MERGES,
    ONE_ROW,
    W5827,
    Page,
    book,
    full,
    marks,
    official,
    rows,
    shifted,
    table,
)
from tests.forms.drawn.case import Drawn, drawn

BODY = rows(DENCHAI)
NAMES = list(DENCHAI)
LABELS = [question.label for question in W5827.question]
GROUPS = [W5827.question[0].group, W5827.question[2].group]
INSTRUCTIONS = Page(
    [
        ["คำชี้แจงการกรอกแบบรายงาน"],
        ["๑. ให้ใส่ ✓ เมื่อดำเนินการแล้ว"],
        ["๒. ให้ใส่ X เมื่อยังไม่ได้ดำเนินการ"],
        ["๓. ส่งภายในวันที่ ๒๙ พฤศจิกายน ๒๕๖๗"],
    ],
    name="คำชี้แจง",
)
SONG = {"ทต.สอง": "YYYN", "ทต.ห้วยหม้าย": "NNNN", "อบต.เตาปูน": "YYYY"}


def _columns(order: list[int]) -> Page:
    """One header row, columns in another order."""
    whole = [ONE_ROW, *BODY]
    return Page([[row[at] for at in order] for row in whole])


def _headed(*labels: str, first: tuple[str, str] = ("ลำดับ", "ชื่อ อปท.")) -> bytes:
    return book(table(BODY, [[*first, *labels]]))


def _beside(column: int, heading: str, values: list[object]) -> bytes:
    """An extra column put in before ``column`` (from 0)."""
    whole = [
        [*row[:column], value, *row[column:]] for row, value in zip([ONE_ROW, *BODY], [heading, *values], strict=True)
    ]
    return book(Page(whole))


def _noted(column: int) -> bytes:
    notes = [
        "โทร. 054-613123",
        "รวมทั้งตำบล 5 หมู่บ้าน",
        "ตำแหน่งว่าง",
        "ผู้รายงาน นาย ก",
        "หมายเหตุ รอสภาฯ",
        "ทั้งหมดแล้ว",
        "ลงชื่อแล้ว",
    ]
    return _beside(column, "รายละเอียด/โทร.", list(notes))


def CASES() -> list[Drawn]:  # noqa: N802 - one word for all modules
    """All of them."""
    return [*_places(), *_headings(), *_columns_of_all_sorts(), *_rows_between(), *_sheets(), *_hidden()]


def _places() -> list[Drawn]:
    moved = official(BODY)
    moved.at = (9, 12)
    return [
        drawn("official", book(official([EXAMPLE, *rows(DENCHAI, start=2)])), "the department's form, filled in, its example row left in"),
        drawn("official-no-example", book(official(BODY)), "the department's form without the example row"),
        drawn("far-right-and-down", book(moved), "the form pasted at M10"),
        drawn("bare-table", book(table(BODY)), "no titles, one header row at A1"),
        drawn("no-numbers", book(Page([row[1:] for row in [ONE_ROW, *BODY]])), "the column of running numbers taken out"),
        drawn("no-title", book(Page([*HEAD, *BODY], list(HEAD_MERGES))), "two header rows, nothing above"),
        drawn(
            "letter-above",
            book(Page([["ที่ พร ๐๐๒๓.๑/๑๒๓๔"], ["ที่ว่าการอำเภอเด่นชัย"], ["เรียน ท้องถิ่นจังหวัดแพร่"], ["ตามหนังสือที่อ้างถึง แจ้งให้รายงานการจัดทำประกาศตามมาตรา 10 และคำสั่งตามมาตรา 16 นั้น อำเภอเด่นชัยขอรายงานดังนี้"], [], *HEAD, *BODY], shifted(HEAD_MERGES, 5))),
            "a covering letter typed above the table, which speaks of both sections",
        ),
        drawn("wide-empty-border", book(Page([[], [], *[[None, None, *row] for row in [ONE_ROW, *BODY]]])), "two empty rows and columns before the table"),
        drawn("table-below-summary", book(Page([["สรุป อปท. ในเขตอำเภอเด่นชัย", None, "7 แห่ง"], ["เทศบาลตำบล", None, "3 แห่ง"], ["อบต.", None, "4 แห่ง"], [], ONE_ROW, *BODY])), "a small summary of how many organisations there are above the table"),
    ]  # fmt: skip


def _headings() -> list[Drawn]:
    three = Page(
        [
            ["ที่", "อปท.", "การดำเนินการตาม พ.ร.บ. การปฏิบัติราชการทางอิเล็กทรอนิกส์", None, None, None],
            [None, None, "มาตรา 10", None, "มาตรา 16", None],
            [None, None, *LABELS],
            *BODY,
        ],
        [(1, 1, 3, 1), (1, 2, 3, 2), (1, 3, 1, 6), (2, 3, 2, 4), (2, 5, 2, 6)],
    )
    four = Page(
        [
            ["ลำดับที่", "ชื่อองค์กรปกครองส่วนท้องถิ่น", "สถานะการดำเนินการ", None, None, None],
            [None, None, *[GROUPS[0], None, GROUPS[1], None]],
            [None, None, *LABELS],
            [None, None, "(✓/X)", "(✓/X)", "(✓/X)", "(✓/X)"],
            *BODY,
        ],
        [(1, 1, 4, 1), (1, 2, 4, 2), (1, 3, 1, 6), (2, 3, 2, 4), (2, 5, 2, 6)],
    )
    numbered = Page([*HEAD, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], *BODY], list(HEAD_MERGES))
    broken = Page(
        [
            ["ลำ\nดับ", "องค์กรปกครอง\nส่วนท้องถิ่น", "การจัดทำคำสั่ง\nตามมาตรา 10", None, "การจัดทำคำสั่ง\nตามมาตรา 16", None],
            [
                None,
                None,
                "จัดทำ\nประกาศแล้ว",
                "ลงข้อมูล\nในระบบ\ninfo.go.th",
                "จัดทำ\nคำสั่งแล้ว",
                "ลงข้อมูล\nในระบบ\ninfo.go.th",
            ],
            *BODY,
        ],
        list(HEAD_MERGES),
    )
    repeated = Page([[*HEAD[0][:2], GROUPS[0], GROUPS[0], GROUPS[1], GROUPS[1]], HEAD[1], *BODY])
    unmerged = Page([HEAD[0], HEAD[1], *BODY])
    two_rows_of_words = Page(
        [["ที่", "ชื่อ", "ประกาศ", "ลงระบบ", "คำสั่ง", "ลงระบบ"], ["", "อปท.", "ม.10", "ม.10", "ม.16", "ม.16"], *BODY]
    )
    split = Page(
        [
            [
                "ที่",
                "อปท.",
                *[
                    x
                    for label in ("ม.10 จัดทำประกาศ", "ม.10 ลงข้อมูลในระบบ", "ม.16 จัดทำคำสั่ง", "ม.16 ลงข้อมูลในระบบ")
                    for x in (label, None)
                ],
            ],
            [None, None, *["แล้ว", "ยังไม่ได้ดำเนินการ"] * 4],
        ]
        + [
            [n, name, *[cell for letter in said for cell in (("✓", None) if letter == "Y" else (None, "✓"))]]
            for n, (name, said) in enumerate(DENCHAI.items(), 1)
        ],
        [(1, 1, 2, 1), (1, 2, 2, 2), *[(1, c, 1, c + 1) for c in (3, 5, 7, 9)]],
    )
    section_first = Page(
        [
            ["ที่", "อปท.", "มาตรา 16", None, "มาตรา 10", None],
            [None, None, LABELS[2], LABELS[3], LABELS[0], LABELS[1]],
            *[[n, name, *marks(said[2:] + said[:2])] for n, (name, said) in enumerate(DENCHAI.items(), 1)],
        ],
        list(HEAD_MERGES),
    )
    return [
        drawn("three-header-rows", book(three), "three header rows"),
        drawn("four-header-rows", book(four), "four header rows, the last saying how to tick"),
        drawn("numbered-columns", book(numbered), "(1) (2) (3) under the header"),
        drawn("line-breaks", book(broken), "headings broken over lines inside their cells"),
        drawn("groups-repeated", book(repeated), "the group's heading written over each column instead of merged"),
        drawn("groups-not-merged", book(unmerged), "the group's heading over its first column only, nothing merged"),
        drawn("words-over-two-rows", book(two_rows_of_words), "what is asked in one row, the section in the row below"),
        drawn("done-and-not-done", book(split), "each question split into a column for done and one for not done"),
        drawn("sections-exchanged", book(section_first), "section 16 to the left of section 10"),
        drawn("order-of-act", _headed("ม.๑๐ (ประกาศ)", "ม.๑๐ (ลง info.go.th)", "ม.๑๖ (คำสั่ง)", "ม.๑๖ (ลง info.go.th)"), "abbreviations with Thai digits and brackets"),
        drawn("spaced-abbreviations", _headed("ประกาศ ม. 10", "ลงข้อมูลในระบบ ม. 10", "คำสั่ง ม. 16", "ลงข้อมูลในระบบ ม. 16"), "ม. 10 with a space, the section last"),
        drawn("law-corrected", _headed("การจัดทำประกาศตามมาตรา 10 - จัดทำประกาศแล้ว", "การจัดทำประกาศตามมาตรา 10 - ลงข้อมูลในระบบ", "การจัดทำคำสั่งตามมาตรา 16 - จัดทำคำสั่งแล้ว", "การจัดทำคำสั่งตามมาตรา 16 - ลงข้อมูลในระบบ"), "the form's misprint put right, group and label in one cell"),
        drawn("www-address", _headed("จัดทำประกาศ มาตรา ๑๐", "นำเข้าระบบ www.info.go.th มาตรา ๑๐", "จัดทำคำสั่ง มาตรา ๑๖", "นำเข้าระบบ www.info.go.th มาตรา ๑๖"), "other words for entering data"),
        drawn("misspelt-headings", _headed("จัดทำประกาศเเล้ว มาตรา 10", "ลงข้อมูลในระบบ info.go.th มาตรา10", "จัดทําคําสั่งแล้ว มาตรา 16", "ลงข้อมลูในระบบ info.go.th มาตรา16"), "typing slips, a taken-apart am and two e for ae in headings"),
        drawn("how-to-in-heading", _headed("ม.10 จัดทำประกาศแล้ว (✓ หรือ X)", "ม.10 ลงข้อมูลในระบบ info.go.th (✓ หรือ X)", "ม.16 จัดทำคำสั่งแล้ว (✓ หรือ X)", "ม.16 ลงข้อมูลในระบบ info.go.th (✓ หรือ X)"), "how to tick said in each heading"),
        drawn("agency-heading", _headed(*ONE_ROW[2:], first=("No.", "หน่วยงาน")), "the name column is headed agency, the number column No."),
        drawn("name-list-heading", _headed(*ONE_ROW[2:], first=("ที่", "รายชื่อ อปท. ในเขตอำเภอเด่นชัย")), "the name column says of which district"),
        drawn("types-in-heading", _headed(*ONE_ROW[2:], first=("ที่", "เทศบาล/อบต.")), "the name column is headed by the types"),
        drawn("official-first-column-unheaded", book(Page([[None, *row[1:]] for row in [HEAD[0]]] + [HEAD[1], *BODY], shifted([(1, 3, 1, 4), (1, 5, 1, 6)], 0))), "the number column without heading"),
        drawn("bare-labels", book(Page([["ลำดับ", "อปท.", *LABELS], *BODY])), "only the lower header row: the second of each repeated label follows its own"),
    ]  # fmt: skip


def _columns_of_all_sorts() -> list[Drawn]:
    kinds = [name.partition(".")[0] + "." for name in NAMES]
    bare = [name.partition(".")[2] for name in NAMES]
    own_type = Page(
        [["ที่", "ประเภท", "ชื่อ", *ONE_ROW[2:]], *[[n, kinds[n - 1], bare[n - 1], *BODY[n - 1][2:]] for n in range(1, 8)]]
    )
    two_under_one = Page(
        [
            ["ที่", "องค์กรปกครองส่วนท้องถิ่น", None, *ONE_ROW[2:]],
            *[[n, kinds[n - 1], bare[n - 1], *BODY[n - 1][2:]] for n in range(1, 8)],
        ],
        [(1, 2, 1, 3)],
    )
    missing = Page([row[:5] for row in [ONE_ROW, *BODY]])
    return [
        drawn("columns-reordered", book(_columns([0, 1, 4, 2, 5, 3])), "the four answer columns in another order"),
        drawn("name-last", book(_columns([2, 3, 4, 5, 1, 0])), "answers first, name and number last"),
        drawn("type-column", book(own_type), "type and name in columns of their own"),
        drawn("type-and-name-under-one-heading", book(two_under_one), "type and name in two columns under one merged heading"),
        drawn("district-column", _beside(1, "อำเภอ", ["เด่นชัย"] * 7), "a district column"),
        drawn("district-column-merged", book(Page([["ที่", "อำเภอ", *ONE_ROW[1:]], *[[r[0], "เด่นชัย" if n == 0 else None, *r[1:]] for n, r in enumerate(BODY)]], [(2, 2, 8, 2)])), "a district column merged over all rows"),
        drawn("code-column", _beside(1, "รหัส อปท.", [5540501, 5540502, 5540503, 6540504, 6540505, 6540506, 6540507]), "the organisations' codes"),
        drawn("phone-column", _beside(6, "เบอร์โทรศัพท์ผู้ประสานงาน", ["054-613123", "๐๘๑ ๒๓๔ ๕๖๗๘", "-", None, "054613999", "0-5461-3000 ต่อ 11", "ไม่มี"]), "a telephone column"),
        drawn("person-column", _beside(2, "ผู้รับผิดชอบ", ["นางสาวใจดี ดีใจ", "นายสมชาย", "-", None, "ปลัด อบต.", "นักวิเคราะห์ฯ", "นาง ก."]), "a column for the person in charge between name and answers"),
        drawn("note-column", _beside(6, "หมายเหตุ", [None, "รอประชุมสภาฯ", None, "✓", None, "อยู่ระหว่างดำเนินการ", None]), "a note column that holds a tick and a sentence"),
        drawn("talking-column-first", _noted(2), "a column between name and answers whose notes begin like lines below a table"),
        drawn("talking-column-last", _noted(6), "the same column after the answers"),
        drawn("date-column", _beside(3, "วันที่ประกาศ", ["1 พ.ย. 67", None, "-", None, "๕/๑๑/๖๗", None, None]), "a date column between the answers"),
        drawn("empty-column-between", _beside(4, "", [None] * 7), "an empty column between the sections"),
        drawn("column-missing", book(missing), "the last column was deleted", "column-missing", answers={n: s[:3] + "-" for n, s in DENCHAI.items()}, outcome="partly"),
        drawn("row-total-column", _beside(6, "รวม", [4, 2, 2, 2, 1, 1, 3]), "a column counting the ticks of the row"),
    ]  # fmt: skip


def _rows_between() -> list[Drawn]:
    spaced = [each for row in BODY for each in (row, [])]
    by_type = [
        ["เทศบาลตำบล"],
        *BODY[:3],
        ["องค์การบริหารส่วนตำบล"],
        *[
            [n, full(name).replace("องค์การบริหารส่วนตำบล", ""), *marks(said)]
            for n, (name, said) in enumerate(list(DENCHAI.items())[3:], 1)
        ],
    ]
    both = {**DENCHAI, **SONG}
    two = [["อำเภอเด่นชัย"], *BODY, ["อำเภอสอง"], *rows(SONG)]
    repeated = [*HEAD, *BODY[:4], *HEAD, *BODY[4:]]
    return [
        drawn("blank-rows", book(table(spaced)), "an empty row after each row"),
        drawn("blank-rows-before", book(Page([ONE_ROW, [], [], *BODY])), "two empty rows under the header"),
        drawn("type-heading-rows", book(table(by_type)), "rows that say the type, names below without it"),
        drawn("district-heading-rows", book(table(two)), "two districts under heading rows, sent for the province", f"organisation-missing x{84 - 10}", answers=both, reporter=None, outcome="partly"),
        drawn("district-heading-merged", book(Page([ONE_ROW, ["อำเภอเด่นชัย จังหวัดแพร่"], *BODY], [(2, 1, 2, 6)])), "the district's heading merged over the table"),
        drawn("header-repeated", book(Page(repeated, [*HEAD_MERGES, *shifted(HEAD_MERGES, 6)])), "the header repeated on the second page"),
        drawn("two-tables", book(Page([["เทศบาล"], ONE_ROW, *BODY[:3], [], ["อบต."], ONE_ROW, *BODY[3:]])), "two tables of one form under one another"),
        drawn("side-by-side", book(Page([[*ONE_ROW, None, *ONE_ROW], *[[*(BODY[n] if n < 4 else [None] * 6), None, *(BODY[n + 4] if n + 4 < 7 else [])] for n in range(4)]])), "two tables side by side"),
        drawn("by-section", book(Page([row[:4] for row in [ONE_ROW, *BODY]] + [[]] + [[*row[:2], *row[4:]] for row in [ONE_ROW, *BODY]])), "one table for section 10 and one below for section 16"),
        drawn("two-rows-merged-name", book(Page([ONE_ROW, *[each for n, r in enumerate(BODY) for each in (r, [None] * 6)]], [(2 + 2 * n, c, 3 + 2 * n, c) for n in range(7) for c in range(1, 7)])), "each row two rows tall, merged"),
        drawn("not-mine-below", book(table([["อำเภอเด่นชัย"], *BODY, ["อำเภอสอง"], *rows(SONG)])), "a colleague's district left below, read for อำเภอเด่นชัย", "organisation-not-yours B11", "organisation-not-yours B12", "organisation-not-yours B13"),
        drawn("whole-province-list", book(table([["อำเภอเด่นชัย"], *BODY, ["อำเภอสอง"], *[[n, full(name)] for n, name in enumerate(["ทต.สอง", "ทต.ห้วยหม้าย", "อบต.เตาปูน", "อบต.บ้านกลาง"], 1)]])), "other districts' rows left blank: nobody's concern"),
    ]  # fmt: skip


def _sheets() -> list[Drawn]:
    each = [Page([ONE_ROW, [1, full(name), *marks(said)]], name=name) for name, said in DENCHAI.items()]
    districts = [table(rows(DENCHAI), name="เด่นชัย"), table(rows(SONG), name="สอง")]
    blank = official([EXAMPLE, [2], [3], [4], [5]])
    blank.name = "แบบเปล่า"
    filled = official(BODY)
    sections = [
        Page([r[:4] for r in [ONE_ROW, *BODY]], name="ม.10"),
        Page([[*r[:2], *r[4:]] for r in [ONE_ROW, *BODY]], name="ม.16"),
    ]
    return [
        drawn("instructions-first", book(INSTRUCTIONS, official(BODY)), "a sheet of instructions before the form"),
        drawn("empty-sheets", book(Page([], name="Sheet1"), official(BODY), Page([], name="Sheet3")), "empty sheets around the form"),
        drawn("sheet-per-organisation", book(*each), "one sheet for each organisation"),
        drawn("sheet-per-district", book(*districts), "one sheet for each district, sent for the province", "organisation-missing x74", reporter=None, answers={**DENCHAI, **SONG}, outcome="partly"),
        drawn("sheet-per-section", book(*sections), "section 10 on one sheet, section 16 on the next"),
        drawn("blank-form-beside", book(blank, filled), "the unfilled form left on a sheet of its own before the filled one"),
        drawn("copy-of-sheet", book(official(BODY), Page(official(BODY).rows, official(BODY).merges, "แบบรายงาน (2)")), "the filled sheet copied: the same twice"),
        drawn("chart-data-sheet", book(official(BODY), Page([["สรุป", "แล้ว", "ยัง"], ["ม.10", 5, 2], ["ม.16", 4, 3]], name="กราฟ")), "figures for a chart on another sheet"),
    ]  # fmt: skip


def _hidden() -> list[Drawn]:
    def filtered(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A1:F8"
        sheet.row_dimensions[4].hidden = True

    def frozen(sheet: Worksheet) -> None:
        sheet.freeze_panes = "C6"
        sheet.auto_filter.ref = "A5:F12"

    def narrow(sheet: Worksheet) -> None:
        sheet.column_dimensions["D"].hidden = True

    shown = table(BODY, touch=filtered)
    hidden = table(BODY, name="ปีก่อน", state="hidden")
    old = Page([ONE_ROW, *rows(dict.fromkeys(DENCHAI, "NNNN"))], name="ของเดิม", state="veryHidden")
    kept = official(BODY)
    kept.touch = frozen
    return [
        drawn("frozen-and-filter-buttons", book(kept), "frozen panes and filter buttons, nothing hidden"),
        drawn("filtered-row", book(shown), "a row filtered out of sight: read, and said", "hidden-rows B4"),
        drawn("hidden-column", book(table(BODY, touch=narrow)), "an answer column hidden: read, and said", "hidden-column D1"),
        drawn("hidden-number-column", book(table(BODY, touch=lambda s: setattr(s.column_dimensions["A"], "hidden", True))), "the number column hidden: nobody's concern"),
        drawn("hidden-old-sheet", book(official(BODY), old), "last month's answers on a hidden sheet: not read, said", "hidden-sheet ของเดิม!"),
        drawn("only-sheet-hidden", book(Page([["เปิดแผ่นงานถัดไป"]], name="หน้าแรก"), hidden), "the filled sheet is hidden: not read, said", "hidden-sheet ปีก่อน!", "form-not-found", answers={}, circular=None),
        drawn("hidden-lists-sheet", book(official(BODY), Page([["✓"], ["X"]], name="ตัวเลือก", state="hidden")), "a hidden sheet of the drop-down's choices", "hidden-sheet ตัวเลือก!"),
    ]  # fmt: skip
