"""Tables put together by hand: headings beside their columns, rows moved, plans above results, forms on their side."""

from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.drawing import DENCHAI, FOOT, HEAD, HEAD_MERGES, ONE_ROW, W5827, Page, book, marks, rows
from tests.forms.drawn.case import Drawn, drawn

BODY = rows(DENCHAI)
SWAPPED = [[n, name, *marks(said[2:] + said[:2])] for n, (name, said) in enumerate(DENCHAI.items(), 1)]
FIRST = ["ที่", "อปท."]
LABELS = [question.label for question in W5827.question]
GENERIC = ["จัดทำแล้ว", "ลงระบบ"] * 2
SECTIONS = ["มาตรา 10", "มาตรา 16"]
NAMES = list(DENCHAI)
NOBODY: dict[str, str] = {}


def _without(*names: str) -> dict[str, str]:
    """The answers with some organisations' left open."""
    return {name: said for name, said in DENCHAI.items() if name not in names}


def _grouped(
    groups: list[Any], labels: list[Any], body: list[Any], merges: list[tuple[int, int, int, int]] | None = None
) -> bytes:
    return book(Page([[*FIRST, *groups], [None, None, *labels], *body], merges or []))


def _paired(*parts: str, yes: int = 0) -> list[list[Any]]:
    """Rows with several columns for each question, ticked in the column ``yes`` or in another one in turn."""
    out = []
    for n, (name, said) in enumerate(DENCHAI.items(), 1):
        cells: list[Any] = []
        for place, letter in enumerate(said):
            others = [at for at in range(len(parts)) if at != yes]
            ticked = yes if letter == "Y" else others[(n + place) % len(others)]
            cells += ["✓" if at == ticked else None for at in range(len(parts))]
        out.append([n, name, *cells])
    return out


def _two_rows(upper: str, lower: str) -> list[list[Any]]:
    """A row ticked throughout above a row with the answers, for each organisation."""
    pairs = [
        [[n, name, upper, *"✓✓✓✓"], [None, None, lower, *marks(said)]]
        for n, (name, said) in enumerate(DENCHAI.items(), 1)
    ]
    return [[*FIRST, "รายการ", *ONE_ROW[2:]], *[row for pair in pairs for row in pair]]


def CASES() -> list[Drawn]:  # noqa: N802 - one word for all modules
    """All of them."""
    return [*_groups(), *_parts(), *_moved(), *_blocks(), *_other_builds()]


def _groups() -> list[Drawn]:
    ten, sixteen = SECTIONS
    return [
        drawn("groups-one-right", _grouped([None, ten, None, sixteen], GENERIC, BODY), "each group's heading one column right of its own, the labels alike"),
        drawn("groups-one-right-exchanged", _grouped([None, sixteen, None, ten], GENERIC, SWAPPED), "the same with section 16 first"),
        drawn("groups-merged-one-right", _grouped([None, ten, None, sixteen, None], [*GENERIC, "หมายเหตุ"], BODY, [(1, 4, 1, 5), (1, 6, 1, 7)]), "merged one column right, the last one over the notes"),
        drawn("group-too-wide", _grouped([ten, None, None, sixteen], GENERIC, BODY, [(1, 3, 1, 5)]), "the first group merged one column too wide"),
        drawn("group-too-wide-own-labels", _grouped([ten, None, None, sixteen], LABELS, BODY, [(1, 3, 1, 5)]), "the same over labels that tell themselves"),
        drawn("group-of-another-law", _grouped([ten, None, "มาตรา 14", None, sixteen, None], [*GENERIC, *GENERIC[:2]], [[n, name, *marks(s[:2]), *("X" if x == "Y" else "✓" for x in s[:2]), *marks(s[2:])] for n, (name, s) in enumerate(DENCHAI.items(), 1)], [(1, 3, 1, 4), (1, 5, 1, 6), (1, 7, 1, 8)]), "a section that was not asked between the two"),
    ]  # fmt: skip


def _parts() -> list[Drawn]:
    three = ("แล้ว", "อยู่ระหว่างดำเนินการ", "ยังไม่ดำเนินการ")
    labels = [cell for label in ONE_ROW[2:] for cell in (label, None, None)]
    merges = [(1, c, 1, c + 2) for c in (3, 6, 9, 12)]
    denied = [
        "จัดทำประกาศแล้ว",
        "ยังไม่จัดทำประกาศ",
        "ลงข้อมูลในระบบ (ม.10)",
        "ยังไม่ลงข้อมูล (ม.10)",
        "จัดทำคำสั่งแล้ว",
        "ยังไม่จัดทำคำสั่ง",
        "ลงข้อมูลในระบบ (ม.16)",
        "ยังไม่ลงข้อมูล (ม.16)",
    ]
    dated = [
        [n, name, *[c for x in s for c in (("✓", "1 พ.ย. 67") if x == "Y" else ("X", None))]]
        for n, (name, s) in enumerate(DENCHAI.items(), 1)
    ]
    hide = _hiding("C")
    return [
        drawn("done-under-way-not-done", book(Page([[*FIRST, *labels], [None, None, *three * 4], *_paired(*three)], merges)), "three columns for each question"),
        drawn("done-and-not-unmerged", book(Page([[*FIRST, *[c for label in ONE_ROW[2:] for c in (label, None)]], [None, None, *["แล้ว", "ยัง"] * 4], *_paired("แล้ว", "ยัง")])), "two columns for each question, the labels' merge lost"),
        drawn("labels-denied-beside", book(Page([[*FIRST, *denied], *_paired("ก", "ข")])), "each label beside the same with not yet"),
        drawn("status-and-date", book(Page([["ที่", "อปท.", *[c for label in ONE_ROW[2:] for c in (label, None)]], [None, None, *["สถานะ", "วันที่"] * 4], *dated], [(1, 1, 2, 1), (1, 2, 2, 2), *[(1, c, 1, c + 1) for c in (3, 5, 7, 9)]])), "a status and its date under each label"),
        drawn("hidden-older-column", book(Page([[*ONE_ROW[:2], ONE_ROW[2], *ONE_ROW[2:]], *[[n, name, "X", *cells] for n, name, *cells in BODY]], touch=hide)), "an older hidden column of one question: what is seen counts, and it is said", "hidden-twin-column"),
    ]  # fmt: skip


def _hiding(letter: str) -> Any:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions[letter].hidden = True

    return hide


def _moved() -> list[Drawn]:
    def one(at: int, *more: Any, end: tuple[Any, ...] = ()) -> bytes:
        body = [
            [*row[:2], *(more if n == at else ()), *row[2:], *(end if n == at else ())] for n, row in enumerate(BODY)
        ]
        return book(Page([ONE_ROW, *body]))

    between = [[n, name, None, *cells] for n, name, *cells in BODY]
    off = [[*FIRST, *ONE_ROW[2:4], None, *ONE_ROW[4:]], *between]
    return [
        drawn("row-one-right", one(1, None), "one row moved a column to the right: asked", "row-shifted B3", answers=_without(NAMES[1])),
        drawn("district-beside-a-name", one(1, "อ.เด่นชัย"), "a cell too many in one row: asked", "row-shifted B3", answers=_without(NAMES[1])),
        drawn("note-right-of-table", one(1, end=("รอประชุมสภาฯ",)), "a note right of the table costs nothing"),
        drawn("marks-beside-their-columns", book(Page(off)), "the second section's label put one column too far right: asked", "row-shifted x7", answers=NOBODY),
    ]  # fmt: skip


def _blocks() -> list[Drawn]:
    bare = [[n, name.partition(".")[2], *cells] for n, name, *cells in rows(DENCHAI, naming=str)]
    typed = [
        [n, kind, name, *cells]
        for (n, name, *cells), kind in zip(bare, ["ทต.", None, None, "อบต.", None, None, None], strict=True)
    ]
    below: list[list[Any]] = [
        ["ปัญหาอุปสรรค"],
        ["ลำดับ", "อปท.", "ปัญหา", "ข้อเสนอ"],
        [1, NAMES[0], "ไม่มี", "ไม่มี"],
        [2, NAMES[1], "ไม่มี", "ไม่มี"],
    ]
    read = "\n".join(str(cell) for row in below[1:] for cell in row)
    return [
        drawn("type-once-per-block", book(Page([["ที่", "ประเภท", "ชื่อ", *ONE_ROW[2:]], *typed])), "the type stands in the first row of each block"),
        drawn("plan-and-result-rows", book(Page(_two_rows("แผน", "ผล"))), "a plan above each result: the result counts"),
        drawn("old-and-new-rows", book(Page(_two_rows("เดิม", "ใหม่"))), "two rows each that nobody can choose between: asked", "rows-several x7", answers=NOBODY),
        drawn("example-row-in-short", book(Page([ONE_ROW, ["ตย.", NAMES[0], *"XXXX"], *BODY])), "a row that shows how to fill in the form"),
        drawn("example-said-in-notes", book(Page([[*ONE_ROW, "หมายเหตุ"], [0, NAMES[0], *"XXXX", "(ตัวอย่าง)"], *BODY])), "the same said in the notes"),
        drawn("table-in-remarks", book(Page([*HEAD, *BODY, *below], list(HEAD_MERGES))), "a table of troubles below the answers", remarks={"obstacles": read}),
        drawn("remark-begins-like-a-label", book(Page([*HEAD, *BODY, ["ปัญหาอุปสรรค", "ข้อเสนอแนะของสภาฯ ยังไม่ผ่าน"], ["ข้อเสนอแนะ", "ควรอบรม"], *FOOT[5:]], list(HEAD_MERGES))), "a remark that begins with the other remark's label", remarks={"obstacles": "ข้อเสนอแนะของสภาฯ ยังไม่ผ่าน", "suggestions": "ควรอบรม"}),
    ]  # fmt: skip


def _other_builds() -> list[Drawn]:
    across = [
        ["รายการ", *NAMES],
        *[[label, *[marks(said[at])[0] for said in DENCHAI.values()]] for at, label in enumerate(ONE_ROW[2:])],
    ]
    alone = [["แบบรายงาน เทศบาลตำบลแม่จั๊วะ อำเภอเด่นชัย"], [], ["ลำดับ", *ONE_ROW[2:]], [1, *"✓✓✓✓"]]
    return [
        drawn("organisations-across", book(Page([["อำเภอเด่นชัย"], [], *across])), "organisations across, questions down"),
        drawn("named-in-title-only", book(Page(alone)), "one organisation, named in the title only", "organisation-missing x6", answers={NAMES[0]: "YYYY"}, outcome="partly"),
    ]  # fmt: skip
