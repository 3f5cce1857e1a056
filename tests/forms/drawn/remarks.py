"""The free texts under the table: beside, under and on their dots."""

from typing import Any

from tests.forms.drawing import DENCHAI, FOOT, ONE_ROW, Page, book, official, rows, table
from tests.forms.drawn.case import Drawn, drawn

BODY = rows(DENCHAI)
OBSTACLE = "ระบบล่มบ่อย"
SUGGESTION = "ขอให้จัดอบรม"
LABELS = ("ปัญหาอุปสรรคจากการตามพระราชบัญญัติฯ", "ข้อเสนอแนะในการดำเนินงาน")


def _foot(name: str, why: str, lines: list[list[Any]], **remarks: str) -> Drawn:
    return drawn(name, book(official(BODY, foot=[[], *lines, [], *FOOT[6:]])), why, remarks=remarks)


def CASES() -> list[Drawn]:  # noqa: N802 - one word for all modules
    """All of them."""
    both = {"obstacles": OBSTACLE, "suggestions": SUGGESTION}
    noted = [[*ONE_ROW, "ปัญหาอุปสรรค"], *[[*row, "ไม่มีงบประมาณ" if n == 2 else None] for n, row in enumerate(BODY)]]
    told = ["ปัญหาด้านงบประมาณ", None, "รวมทุกปัญหา", None, None, None, None]
    talking = [[*ONE_ROW, "ปัญหาอุปสรรค"], *[[*row, text] for row, text in zip(BODY, told, strict=True)]]
    return [
        _foot("same-cell", "after the label in its cell", [[f"{LABELS[0]} {OBSTACLE}"], [f"{LABELS[1]} {SUGGESTION}"]], **both),
        _foot("like-a-total", "beside its label, beginning like a total", [[LABELS[0], None, "รวมทุกแห่งไม่มีงบประมาณ"]], obstacles="รวมทุกแห่งไม่มีงบประมาณ"),
        _foot("like-a-signature", "beside its label, beginning like a line of signatures", [[LABELS[0], None, "ตำแหน่งว่าง ไม่มีผู้ดำเนินการ"]], obstacles="ตำแหน่งว่าง ไม่มีผู้ดำเนินการ"),
        _foot("colon", "after a colon", [[f"{LABELS[0]}: {OBSTACLE}"], [f"{LABELS[1]} : {SUGGESTION}"]], **both),
        _foot("next-cell", "in the next cell", [[LABELS[0], None, OBSTACLE], [LABELS[1], None, SUGGESTION]], **both),
        _foot("below", "in the row below", [[LABELS[0]], [OBSTACLE], [LABELS[1]], [SUGGESTION]], **both),
        _foot("on-the-dots", "typed on the dots", [[f"{LABELS[0]}......{OBSTACLE}............"], [f"{LABELS[1]}....{SUGGESTION}....."]], **both),
        _foot("dots-left", "dots only: no remark", [[LABELS[0] + "." * 40], ["." * 60], [LABELS[1] + "." * 40]]),
        _foot("below-on-dots", "dots after the label, the text below", [[LABELS[0] + "." * 40], [f"....{OBSTACLE}...."], [LABELS[1] + "." * 40], [SUGGESTION]], **both),
        _foot("short-labels", "short labels with numbers", [["1. ปัญหา/อุปสรรค", None, OBSTACLE], ["2. ข้อเสนอแนะ", None, SUGGESTION]], **both),
        _foot("label-put-right", "the label's missing word put in", [[f"ปัญหาอุปสรรคจากการดำเนินการตามพระราชบัญญัติฯ {OBSTACLE}"], [f"ข้อเสนอแนะ {SUGGESTION}"]], **both),
        _foot("several-lines", "several lines below", [[LABELS[0]], ["1. ระบบล่มบ่อย"], ["2. ขาดบุคลากร"], [LABELS[1]], ["-"]], obstacles="1. ระบบล่มบ่อย\n2. ขาดบุคลากร"),
        _foot("one-only", "one remark, the other left", [[f"{LABELS[0]} {OBSTACLE}"], [LABELS[1] + "." * 30]], obstacles=OBSTACLE),
        _foot("names-organisation", "a remark that names an organisation and holds a tick", [[LABELS[0], None, "อบต.ห้วยไร่ ✓ แล้วแต่ระบบไม่รับ"]], obstacles="อบต.ห้วยไร่ ✓ แล้วแต่ระบบไม่รับ"),
        drawn("column", book(Page(noted)), "a column of remarks beside the answers", remarks={"obstacles": "เทศบาลตำบลปงป่าหวาย: ไม่มีงบประมาณ"}),
        drawn("column-like-a-label", book(Page(talking)), "a column of remarks whose texts begin like labels and totals", remarks={"obstacles": "เทศบาลตำบลแม่จั๊วะ: ปัญหาด้านงบประมาณ\nเทศบาลตำบลปงป่าหวาย: รวมทุกปัญหา"}),
        drawn("above", book(Page([[LABELS[0], None, OBSTACLE], [], ONE_ROW, *BODY])), "the remark above the table", remarks={"obstacles": OBSTACLE}),
        drawn("beside-table", book(table([[*row, None, *(["ข้อเสนอแนะ", SUGGESTION] if n == 3 else [])] for n, row in enumerate(BODY)])), "a remark beside the table, in a row of an organisation", remarks={"suggestions": SUGGESTION}),
    ]  # fmt: skip
