"""Lists of who had not done it: both shapes in every hand they come from, and all mistakes with their cells in one pass."""

import csv
import datetime
from collections import Counter
from pathlib import Path

import pytest

from parsers.baseline.slips import MILD, SENTENCES, Slip
from parsers.organisations.provinces import NAMES
from tests.parsers.baseline.lists import BY_NAME, POSTED, not_done, read, workbook

DAY = datetime.date(2024, 10, 29)
HEAD = ["ลำดับ", "จังหวัด", "อำเภอ", "ชื่อหน่วยงาน", "มาตรา"]
A, B, C = "ทต.ช่อแฮ", "อบต.ต้าผามอก", "ทต.ห้วยอ้อ"
GROUPS = ["การจัดทำคำสั่งตามมาตรา 10", None, "การจัดทำคำสั่งตามมาตรา 16", None]
LABELS = ["จัดทำประกาศแล้ว", "ลงข้อมูลในระบบ info.go.th", "จัดทำคำสั่งแล้ว", "ลงข้อมูลในระบบ info.go.th"]
NATION = Path(__file__).parents[1] / "data" / "national_names.csv"

# Lists that all say: A had not posted section 10, B neither, C had not posted section 16.
SAME = {
    "a column that says which": (
        {"แผ่น1": [["ข้อมูล ณ วันที่ ๒๙ ตุลาคม ๒๕๖๗"], HEAD, [1, "แพร่", "เมืองแพร่", A, "ม.10"], [2, "จังหวัดแพร่", "ลอง", B, "มาตรา ๑๐ และ ๑๖"], [3, "จ.แพร่", "อ.ลอง", C, 16]]},
        (),
    ),
    "a column for each": (
        {"แผ่น1": [["ข้อมูล ณ วันที่ 29/10/2567"], ["ที่", "อปท.", "ม.10", "ม.16"], ["๑", A, "✗", None], ["๒", B, "X", "x"], ["๓", C, None, "ยังไม่ดำเนินการ"], ["รวม", None, 2, 2]]},
        (),
    ),
    "columns of who had not": (
        {"แผ่น1": [["(ข้อมูล ณ วันที่ 29 ต.ค. 67)"], ["ที่", "อปท.", "ยังไม่ได้ลงข้อมูล ม.10", "ยังไม่ได้ลงข้อมูล ม.16"], [1, A, "✓", None], [2, B, "✓", "✓"], [3, C, None, "/"]]},
        (),
    ),
    "two lists under each other": (
        {"แผ่น1": [["ข้อมูล ณ วันที่ 2567-10-29"], ["๑. ยังไม่ได้ลงข้อมูลตามมาตรา ๑๐"], ["ลำดับ", "อปท."], [1, A], [2, B], ["รวม 2 แห่ง"], ["๒. ยังไม่ได้ลงข้อมูลตามมาตรา ๑๖"], ["ลำดับ", "อปท."], [1, B], [2, C]]},
        (("แผ่น1", "A2:B2"), ("แผ่น1", "A7:B7")),
    ),
    "two lists beside each other": (
        {"แผ่น1": [["ข้อมูล ณ วันที่", "29 ตุลาคม 2567"], ["ยังไม่ได้ลงข้อมูล ม.10", None, "ยังไม่ได้ลงข้อมูล ม.16"], [A, None, B], [B, None, C]]},
        (),
    ),
    "a sheet for each": ({"ม.10": [["ข้อมูล ณ 29 ต.ค. 2567"], [A], [B]], "ม.16": [["ชื่อ อปท."], [B], [C]]}, ()),
    "names merged over their rows": (
        {"แผ่น1": [["ข้อมูล ณ วันที่ 29 ตุลาคม 2567"], ["ที่", "อปท.", "เรื่องที่ยังไม่ดำเนินการ"], [1, A, "มาตรา 10"], [2, B, "มาตรา 10"], [None, None, "มาตรา 16"], [3, C, "มาตรา 16"]]},
        (("แผ่น1", "A4:A5"), ("แผ่น1", "B4:B5")),
    ),
    "the country by province, first of each block": (
        {"แผ่น1": [["รายชื่อหน่วยงานที่ยังไม่ได้ดำเนินการ ข้อมูล ณ วันที่ 29 ตุลาคม 2567"], HEAD, [1, "น่าน", "เวียงสา", "อบต.ส้าน", "ม.10"], [2, None, None, "อบต.นาเหลือง", "ม.10"], [3, None, None, "ทต.กลางเวียง", "ม.10"], [4, None, None, "อบต.ไหล่น่าน", "ม.16"], [5, "แพร่", "เมืองแพร่", A, "ม.10"], [6, None, "ลอง", B, "ม.10, ม.16"], [7, None, None, C, "ม.16"], [8, "พะเยา", "จุน", "อบต.จุน", "ม.10"], [9, None, None, "ทต.จุน", "ม.16"]]},
        (),
    ),
    "the country under the names of provinces": (
        {"แผ่น1": [["ข้อมูล ณ วันที่ 29 ตุลาคม 2567"], ["ที่", "ชื่อหน่วยงาน", "มาตรา"], ["จังหวัดน่าน"], [1, "อบต.ส้าน", "ม.10"], ["จังหวัดแพร่"], ["อำเภอเมืองแพร่"], [2, A, "ม.10"], ["อำเภอลอง"], [3, B, "ทั้งสองมาตรา"], [4, C, "ม.16"], ["จังหวัดพะเยา"], [5, "อบต.จุน", "ม.10"]]},
        (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SAME)
def test_lists_of_every_hand_say_the_same(shape):
    sheets, merges = SAME[shape]
    reading = read(workbook(sheets, merges))
    assert [m for m in reading.mistakes if not m.mild] == []
    assert not_done(reading) == {"s10_posted": {A, B}, "s16_posted": {B, C}}
    assert (reading.at, reading.silent) == (DAY, POSTED)
    assert reading.elsewhere == {"the country by province, first of each block": 6, "the country under the names of provinces": 2}.get(shape, 0)  # fmt: skip


@pytest.mark.parametrize("name", ["list.csv", "list.txt"])
def test_one_column_of_names_as_text_is_about_all_that_was_asked(name):
    lines = ["รายชื่อ อปท. ที่ยังไม่ได้ลงข้อมูล (ข้อมูล ณ วันที่ ๒๙ ตุลาคม ๒๕๖๗)", A, f"องค์การบริหารส่วนตำบล{B[4:]}"]
    reading = read("\r\n".join(lines).encode("utf-8-sig"), name)
    assert reading.mistakes == ()
    assert not_done(reading) == {key: {A, B} for key in POSTED}
    assert reading.at == DAY


def test_a_filled_form_says_done_and_not_done_of_each():
    rows = [
        ["ข้อมูล ณ วันที่", datetime.date(2024, 10, 29)],
        ["ลำดับ", "องค์กรปกครองส่วนท้องถิ่น", *GROUPS],
        [None, None, *LABELS],
    ]
    names = list(BY_NAME)
    marks = {name: (True, at % 2 == 0, at % 5 != 0, at % 5 == 1) for at, name in enumerate(names)}
    rows += [[at, name, *("✓" if mark else "✗" for mark in marks[name])] for at, name in enumerate(names, 1)]
    reading = read(workbook({"แบบรายงาน": rows}, [("แบบรายงาน", "C2:D2"), ("แบบรายงาน", "E2:F2")]))
    assert reading.mistakes == ()
    assert (reading.at, reading.silent, reading.named) == (DAY, (), 84)
    keys = ("s10_announced", "s10_posted", "s16_ordered", "s16_posted")
    said = {(a.organisation, a.question): a.value for a in reading.answers}
    assert said == {(BY_NAME[n], key): mark for n in names for key, mark in zip(keys, marks[n], strict=True)}


def wrong_list() -> bytes:
    """A list with every sort of mistake."""
    rows = [
        ["รายชื่อหน่วยงานที่ยังไม่ได้ดำเนินการ ข้อมูล ณ วันที่ ๒๙ ตุลาคม ๒๕๖๗"],
        HEAD,
        [1, "แพร่", "ลอง", "อบต.ไม่มีจริงแน่", "ม.10"],  # 3
        [2, "แพร่", "ลอง", "บ้านปิน", "ม.10"],
        [3, "แพร่", "ลอง", "ทต.ห้วยออ", "ม.10"],
        [4, "แพร่", "ลอง", None, "ม.16"],
        [5, "แพร่", "ลอง", "อบต.ต้าผามอก", "ม.10"],  # 7
        [6, "แพร่", "ลอง", "อบต. ต้าผามอก", "ม.10"],
        [7, "แพร่", "เมืองแพร่", "ทต.ช่อแฮ", "ม.12"],
        [8, "แพร่", "เมืองแพร่", "ทต.ทุ่งโฮ้ง", None],
        [9, "แพร", "เมืองแพร่", "ทต.แม่หล่าย", "ม.10"],
        [10, None, "เมืองแพร่", "ทต.แม่คำมี", "ม.10"],  # 12
        [11, "แพร่", "แม่เมาะ", "ทต.ป่าแมต", "ม.10"],
        [12, "แพร่", "สอง", "ทต.ป่าแมต", "ม.16"],
        [13, "แพร่", "เมืองแพร่", "ทต.วังหงส์", "ม.10"],
        [14, "น่าน", "ปัว", "อบต.แงง", "ม.10"],  # 16: passed over
        ["หมายเหตุ: จัดทำโดยฝ่ายบริหาร"],
    ]
    table = [
        ["ข้อมูล ณ วันที่ 30 ตุลาคม 2567"],
        ["ข้อมูล ณ วันที่ สิ้นเดือนก่อน"],
        ["ลำดับ", "องค์กรปกครองส่วนท้องถิ่น", *GROUPS],
        [None, None, *LABELS],
        [1, "อบต.น้ำรัด", "✓", "✓", "✓", "บางส่วน"],  # 5
        [2, "อบต.วังหลวง", "✓", None, "✓", "✓"],
        [3, "อบต.ทุ่งแค้ว", "✗", "✓", "✓", "✓"],
        [4, "ทต.หนองม่วงไข่", "✓", "✓", "✓", "v"],
        [5, "อบต.น้ำรัด", "✗", "✓", "✓", "✓"],
    ]
    spare = [["อปท.", "ม.10"], ["ทต.สอง", "✗"]]
    sheets = {"รายชื่อ": rows, "ตาราง": table, "ซ่อน": spare}
    return workbook(sheets, [("ตาราง", "C3:D3"), ("ตาราง", "E3:F3")], [("รายชื่อ", 15), ("ซ่อน", None)])


MISTAKES = [
    (Slip.HIDDEN_SHEET, "ซ่อน", "", "ถูกซ่อนอยู่"),
    (Slip.NAME_UNKNOWN, "รายชื่อ", "D3", "ไม่มีจริงแน่"),
    (Slip.NAME_AMBIGUOUS, "รายชื่อ", "D4", "ทต.บ้านปิน (อำเภอลอง) หรือ อบต.บ้านปิน"),
    (Slip.NAME_GUESSED, "รายชื่อ", "D5", "เทศบาลตำบลห้วยอ้อ"),
    (Slip.NAME_MISSING, "รายชื่อ", "D6", "ไม่มีชื่อ"),
    (Slip.DUPLICATE, "รายชื่อ", "D8", "D7"),
    (Slip.QUESTION_UNKNOWN, "รายชื่อ", "E9", "“ม.10” หรือ “ม.16”"),
    (Slip.QUESTION_EMPTY, "รายชื่อ", "E10", "ทต.ทุ่งโฮ้ง"),
    (Slip.PROVINCE_UNKNOWN, "รายชื่อ", "B11", "“แพร”"),
    (Slip.PROVINCE_EMPTY, "รายชื่อ", "B12", "ทต.แม่คำมี"),
    (Slip.DISTRICT_UNKNOWN, "รายชื่อ", "C13", "แม่เมาะ"),
    (Slip.DISTRICT_OTHER, "รายชื่อ", "C14", "อยู่อำเภอเมืองแพร่"),
    (Slip.HIDDEN_ROW, "รายชื่อ", "D15", "ทต.วังหงส์"),
    (Slip.LINE_PASSED, "รายชื่อ", "A17", "หมายเหตุ"),
    (Slip.DATES_DIFFER, "ตาราง", "A1", "๓๐ ตุลาคม ๒๕๖๗ และ ๒๙ ตุลาคม ๒๕๖๗"),
    (Slip.DATE_UNREADABLE, "ตาราง", "A2", "สิ้นเดือนก่อน"),
    (Slip.MARK_UNREADABLE, "ตาราง", "F5", "บางส่วน"),
    (Slip.CELL_EMPTY, "ตาราง", "D6", "อบต.วังหลวง"),
    (Slip.INCONSISTENT, "ตาราง", "D7", "อบต.ทุ่งแค้ว"),
    (Slip.MARK_GUESSED, "ตาราง", "F8", "“v” เป็น ✓"),
    (Slip.CONTRADICTION, "ตาราง", "C9", "ขัดกับช่อง C5"),
]


def test_every_mistake_is_found_in_one_pass_with_its_cell():
    reading = read(wrong_list())
    found = Counter((m.slip, m.place.sheet, m.place.cell) for m in reading.mistakes)
    left_out = {key: count for key, count in found.items() if key[0] is Slip.NOT_IN_TABLE}
    assert found - Counter(left_out) == Counter((slip, sheet, cell) for slip, sheet, cell, _ in MISTAKES)
    sentences = {(m.slip, m.place.sheet, m.place.cell): m.message for m in reading.mistakes}
    for slip, sheet, cell, words in MISTAKES:
        assert words in sentences[slip, sheet, cell]
    assert reading.elsewhere == 1
    assert sum(left_out.values()) == 84 - len({"น้ำรัด", "วังหลวง", "ทุ่งแค้ว", "หนองม่วงไข่", "ต้าผามอก", "ช่อแฮ", "ทุ่งโฮ้ง", "ป่าแมต", "ห้วยอ้อ"})  # fmt: skip


def test_marks_that_can_be_read_both_ways_are_asked_once():
    """Under "these had not", a tick alone may say "is on the list" or "has done it"."""
    rows = [["รายชื่อ อปท. ที่ยังไม่ได้ดำเนินการ"], ["ที่", "อปท.", "ม.10", "ม.16"], [1, A, "✓", "✗"], [2, B, "✓", None]]
    reading = read(workbook({"แผ่น1": rows}))
    assert [(m.slip, m.place.cell) for m in reading.mistakes] == [(Slip.MARK_TWO_WAYS, "C3")]
    assert "s10_posted" not in not_done(reading)


@pytest.mark.parametrize(
    ("data", "name", "slip"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 60, "list.png", Slip.FILE),
        (b"", "list.xlsx", Slip.FILE),
        (workbook({"แผ่น1": [["เรียน ท้องถิ่นจังหวัด"], ["ขอส่งรายชื่อตามแนบ"]]}), "list.xlsx", Slip.NO_NAMES),
    ],
)
def test_a_file_without_a_list_is_said(data, name, slip):
    reading = read(data, name)
    assert [m.slip for m in reading.mistakes] == [slip]
    assert reading.answers == ()


def test_a_name_with_another_province_behind_it_is_passed_over():
    reading = read(
        workbook({"แผ่น1": [["ชื่อ อปท."], ["อบต.ต้าผามอก จ.แพร่"], ["อบต.ส้าน จ.น่าน"], ["อบต.เวียง จังหวัดเชียงราย"]]})
    )
    assert (not_done(reading), reading.elsewhere, reading.mistakes) == ({key: {B} for key in POSTED}, 2, ())


def test_every_slip_has_a_sentence_and_is_met_somewhere():
    assert set(Slip) == set(SENTENCES)
    by_the_command = {Slip.DATE_OTHER, Slip.DATE_MISSING, Slip.DATE_LATE}
    elsewhere = {Slip.FILE, Slip.NO_NAMES, Slip.MARK_TWO_WAYS, Slip.NOT_IN_TABLE}
    assert set(Slip) == {slip for slip, *_ in MISTAKES} | by_the_command | elsewhere
    assert set(Slip) > MILD


def test_the_provinces_are_those_of_the_country():
    with NATION.open(encoding="utf-8", newline="") as lines:
        assert {row["province"] for row in csv.DictReader(lines)} <= set(NAMES)
    assert len(set(NAMES)) == 77
