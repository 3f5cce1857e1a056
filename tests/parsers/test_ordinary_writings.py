"""What clerks write every day and a careful person reads without a doubt, beside what looks like it and is asked.

Each expectation was written down before anything was run.
"""

import pytest

from parsers.findings import Code
from parsers.form.form import Form
from parsers.read import read_file, read_message
from parsers.reading import Catalogue, FileRequest, Organisation, Reporter
from tests.forms.drawing import mail

POOLS = Form.model_validate(
    {
        "title": "การสำรวจสระว่ายน้ำและศูนย์พัฒนาเด็กเล็ก ปี ๒๕๖๘",
        "organisation_label": "ชื่อ อปท.",
        "blank": "no",
        "question": [
            {"key": "rule", "kind": "tick", "label": "มีระเบียบการใช้สระ", "group": "ความปลอดภัยของสระ"},
            {"key": "drill", "kind": "tick", "label": "ซ้อมช่วยคนจมน้ำแล้ว", "group": "ความปลอดภัยของสระ"},
            {"key": "centres", "kind": "integer", "label": "จำนวนศูนย์ (แห่ง)"},
            {"key": "boys", "kind": "integer", "label": "เด็กชาย (คน)", "group": "ผู้เรียนว่ายน้ำ"},
            {"key": "girls", "kind": "integer", "label": "เด็กหญิง (คน)", "group": "ผู้เรียนว่ายน้ำ"},
            {"key": "grant", "kind": "money", "label": "เงินอุดหนุนจาก กกท. (บาท)", "group": "งบประมาณ"},
            {"key": "clean", "kind": "progress", "label": "ทำความสะอาดบ่อกรอง", "choices": ["แล้วเสร็จ", "กำลังดำเนินการ", "ยังไม่เริ่ม"]},
        ],
    }
)  # fmt: skip
NAMES = ("สรอย", "นาพูน", "ป่าสัก")
ORGANISATIONS = tuple(
    Organisation(f"554090{at}", "อบต.", f"องค์การบริหารส่วนตำบล{name}", f"อบต.{name}", "วังชิ้น")
    for at, name in enumerate(NAMES, 1)
)
WANGCHIN = Reporter(
    key="wangchin",
    name="อำเภอวังชิ้น",
    organisations=tuple(each.code for each in ORGANISATIONS),
    addresses=("wangchin@district.example",),
)
CATALOGUE = Catalogue({"pools": POOLS}, ORGANISATIONS, (WANGCHIN,), None)
HEAD = ["ที่", "ชื่อ อปท.", *(f"{q.group} : {q.label}" if q.group else q.label for q in POOLS.question)]
ROWS = [
    [1, "อบต.สรอย", "✓", None, 3, 12, 15, "5,000", "แล้วเสร็จ"],
    [2, "อบต.นาพูน", None, "✓", 2, 20, 22, "7,500", "ยังไม่เริ่ม"],
    [3, "อบต.ป่าสัก", "✓", "✓", 1, 8, 9, "2,250", "กำลังดำเนินการ"],
]
SENT = {"From": "wangchin@district.example", "Subject": "ส่งแบบรายงาน อ.วังชิ้น"}
KEYS = [question.key for question in POOLS.question]


def read(build, rows, merges=()):
    page = build.page(rows, merges=list(merges))
    return read_file("a.xlsx", build.workbook(page), FileRequest(CATALOGUE, "pools", "wangchin"))


def values(reading, name="สรอย"):
    code = next(each.code for each in ORGANISATIONS if each.short_name == f"อบต.{name}")
    return {answer.question: answer.value for answer in reading.standing() if answer.organisation == code}


def as_written(row):
    ticks = {key: cell == "✓" for key, cell in zip(KEYS[:2], row[2:4], strict=True)}
    figures = {key: str(cell) for key, cell in zip(KEYS[2:5], row[4:7], strict=True)}
    return {**ticks, **figures, "grant": f"{row[7].replace(',', '')}.00", "clean": row[8]}


def codes(reading):
    return {found.code for found in reading.findings}


@pytest.mark.parametrize(
    ("key", "heading"),
    [
        *(
            ("centres", "ศพด. (แห่ง)"),
            ("boys", "ชาย"),
            ("boys", "ผู้เรียนว่ายน้ำ : ชาย"),
            ("grant", "กกท. อุดหนุน"),
            ("grant", "เงินอุดหนุน กกท."),
        ),
        *(("clean", "ล้างบ่อกรอง"), ("clean", "ล้างบ่อ")),
    ],
)
def test_a_heading_in_a_clerks_short_words_is_its_question(build, key, heading):
    at = KEYS.index(key) + 2
    reading = read(build, [[*HEAD[:at], heading, *HEAD[at + 1 :]], *ROWS])
    assert values(reading) == as_written(ROWS[0])
    assert not codes(reading) & {Code.COLUMN_MISSING, Code.ANSWER_UNREADABLE}


def test_a_short_heading_of_another_thing_is_another_column(build):
    for key, heading in (("boys", "ชายแดน"), ("grant", "กกท. จ้าง"), ("clean", "ล้างรถ"), ("centres", "สภา (แห่ง)")):
        at = KEYS.index(key) + 2
        assert key not in values(read(build, [[*HEAD[:at], heading, *HEAD[at + 1 :]], *ROWS]))


HALVES = [
    *(("ใช่", "ไม่ใช่"), ("มี", "ไม่มี"), ("ดำเนินการแล้ว", "ยังไม่ดำเนินการ"), ("มี/ทำแล้ว", "ไม่มี/ยังไม่ทำ")),
    ("ทำแล้ว หรือ มีแล้ว", "ยังไม่ทำ หรือ ไม่มี"),
]


@pytest.mark.parametrize(("yes", "no"), HALVES)
def test_two_columns_under_each_heading_are_its_yes_and_no(build, yes, no):
    """The heading is written in one line, group and label; the names are merged over nothing."""
    head = ["ที่", "ชื่อ อปท.", HEAD[2], None, HEAD[3], None, *HEAD[4:]]
    rows = [[*row[:2], row[2], None if row[2] else "✓", row[3], None if row[3] else "✓", *row[4:]] for row in ROWS]
    rows[2][3] = "✓"  # beside the one under yes
    reading = read(build, [head, [None, None, yes, no, yes, no], *rows], [(1, 3, 1, 4), (1, 5, 1, 6)])
    assert values(reading) == as_written(ROWS[0])
    assert values(reading, "นาพูน") == as_written(ROWS[1])
    assert values(reading, "ป่าสัก") == {k: v for k, v in as_written(ROWS[2]).items() if k != "rule"}
    assert [(f.code, f.question) for f in reading.findings] == [(Code.ANSWER_UNREADABLE, "rule")]


def test_a_row_that_tells_how_to_fill_in_ends_no_table(build):
    how = [None, "คำอธิบาย", "✓ หรือ X", "✓ หรือ X", "จำนวนเต็ม", "จำนวนเต็ม", "จำนวนเต็ม", "บาท", "เลือก 1 ข้อ"]
    reading = read(build, [HEAD, how, *ROWS])
    assert [values(reading, name) for name in NAMES] == [as_written(row) for row in ROWS]


def test_organisations_across_under_a_running_number_and_a_list_of_items(build):
    rows = [["ที่", "รายการ", *(row[1] for row in ROWS)]]
    rows += [[at, HEAD[at + 1], *(row[at + 1] for row in ROWS)] for at in range(1, len(KEYS) + 1)]
    reading = read(build, [[POOLS.title], *rows])
    assert [values(reading, name) for name in NAMES] == [as_written(row) for row in ROWS]


def test_the_rows_of_the_page_before_turn_no_mark_round(build):
    """The last row of the first page says ยังไม่เริ่ม; the second page has its columns in another order."""
    other = [0, 1, 3, 2, *range(4, 9)]
    rows = [ROWS[0], ROWS[2], ROWS[1]]
    second = [[row[at] for at in other] for row in (HEAD, rows[2])]
    reading = read(build, [HEAD, rows[0], [*rows[1][:8], "ยังไม่เริ่ม"], *second])
    assert values(reading, "นาพูน") == as_written(ROWS[1])


def as_html(rows):
    cells = "".join(
        "<tr>" + "".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<p>เรียน ท้องถิ่นจังหวัด</p><p>ขอส่งแบบรายงาน</p><table border=1>{cells}</table>"


def test_the_rows_of_a_table_in_a_mail_are_no_sentences_about_it():
    """ยังไม่เริ่ม beside a name, or a cell that waits, corrects no row; the cell itself is asked."""
    rows = [ROWS[0], ROWS[1], [3, "อบต.ป่าสัก", "✓", "✓", 1, "รอยืนยันจากกองการศึกษา", 9, "2,250", "ยังไม่เริ่ม"]]
    sent = mail("", html=as_html([HEAD, *rows]), headers=SENT)
    reading = read_message(sent, CATALOGUE)
    assert [values(reading, name) for name in NAMES[:2]] == [as_written(row) for row in ROWS[:2]]
    assert values(reading, "ป่าสัก") == {k: v for k, v in as_written(ROWS[2]).items() if k not in ("boys", "clean")} | {
        "clean": "ยังไม่เริ่ม"
    }
    assert [(f.code, f.question) for f in reading.findings] == [(Code.ANSWER_UNREADABLE, "boys")]


def test_tabs_that_a_mail_program_cut_off_are_blank_cells():
    """Blanks within a row keep their tabs, none ends in one; where no blank keeps its tab, a short row has lost one somewhere."""
    head = [*HEAD, "หมายเหตุ"]
    rows = [[*row, "-"] for row in ROWS]
    rows[1] = [*ROWS[1], None]
    lines = ["\t".join("" if cell is None else str(cell) for cell in row).rstrip("\t") for row in (head, *rows)]
    reading = read_message(mail("\n".join(lines), headers=SENT), CATALOGUE)
    assert [values(reading, name) for name in NAMES] == [as_written(row) for row in ROWS]
    ticked = [[*row[:2], "✓", "✓", *row[4:]] for row in rows]
    ticked[1].pop(4)
    lines = ["\t".join("" if cell is None else str(cell) for cell in row).rstrip("\t") for row in (head, *ticked)]
    reading = read_message(mail("\n".join(lines), headers=SENT), CATALOGUE)
    assert values(reading, "นาพูน") == {}


@pytest.mark.parametrize("words", ["ยังไม่ส่งรายงาน", "อยู่ระหว่างติดตามข้อมูลจากหน่วยงาน", "รอรายงานจากกองช่าง"])
def test_a_row_that_says_that_nothing_came_answers_nothing(build, words):
    """Also no ticks, though a blank one would mean no."""
    reading = read(build, [HEAD, ROWS[0], [2, "อบต.นาพูน", words], ROWS[2]], [(3, 3, 3, 9)])
    assert values(reading, "นาพูน") == {}
    assert any(found.organisation == ORGANISATIONS[1].code for found in reading.findings)
    assert values(reading) == as_written(ROWS[0])


STALLS = Form.model_validate(
    {
        "title": "การสำรวจกล้องวงจรปิด",
        "organisation_label": "ชื่อ อปท.",
        "row_label": "บริเวณ",
        "row": [{"key": "market", "label": "ตลาด"}, {"key": "school", "label": "โรงเรียน"}],
        "question": [
            {"key": "mended", "kind": "money", "label": "งบซ่อม (บาท)"},
            {"key": "cable", "kind": "decimal", "label": "ความยาวสาย (เมตร)"},
        ],
    }
)


def test_the_name_of_a_row_is_no_unit_of_its_figures(build):
    """A market and a school are counted elsewhere; here they are places."""
    rows = [["ที่", "ชื่อ อปท.", "บริเวณ", "งบซ่อม (บาท)", "ความยาวสาย (เมตร)"]]
    rows += [[1, "อบต.สรอย", "ตลาด", "4,000", 120.5], [None, None, "โรงเรียน", "1,500", 80]]
    catalogue = Catalogue({"stalls": STALLS}, ORGANISATIONS, (WANGCHIN,), None)
    reading = read_file("a.xlsx", build.workbook(build.page(rows)), FileRequest(catalogue, "stalls", "wangchin"))
    assert {(a.question, a.value) for a in reading.standing()} == {
        *(
            ("mended__market", "4000.00"),
            ("cable__market", "120.5"),
            ("mended__school", "1500.00"),
            ("cable__school", "80"),
        ),
    }
    rows[0][4] = "ความยาวสาย (กม.)"
    reading = read_file("a.xlsx", build.workbook(build.page(rows)), FileRequest(catalogue, "stalls", "wangchin"))
    assert {
        found.message.partition("กรุณากรอกตัวเลขเป็นหน่วย")[2][:4]
        for found in reading.findings
        if "cable" in found.question
    } == {"เมตร"}


def test_an_answer_typed_behind_its_group_and_label_is_read():
    lines = [
        "อบต.สรอย",
        *(f"{head.replace(' : ', ' ')} : {cell or 'ไม่มี'}" for head, cell in zip(HEAD[2:], ROWS[0][2:], strict=True)),
    ]
    reading = read_message(mail("\n".join(lines), headers=SENT), CATALOGUE)
    assert values(reading) == as_written(ROWS[0])
    assert Code.ANSWER_UNREADABLE not in codes(reading)


CAMPAIGN = Form.model_validate(
    {
        "title": "การรณรงค์ป้องกันโรค",
        "organisation_label": "ชื่อ อปท.",
        "question": [
            {"key": "five", "kind": "progress", "label": "การรณรงค์ 5 ส. 3 ร.", "choices": ["แล้วเสร็จ", "กำลังทำ", "ยังไม่เริ่ม"]},
            {"key": "homes", "kind": "integer", "label": "บ้านที่ไปเยี่ยม (หลัง)"},
        ],
    }
)  # fmt: skip


def test_figures_of_a_label_before_its_sign_are_no_answers():
    catalogue = Catalogue({"campaign": CAMPAIGN}, ORGANISATIONS, (WANGCHIN,), None)
    reading = read_message(mail("อบต.สรอย\nการรณรงค์ 5 ส. 3 ร. : แล้วเสร็จ\nบ้านที่ไปเยี่ยม : 45 หลัง", headers=SENT), catalogue)
    assert values(reading) == {"five": "แล้วเสร็จ", "homes": "45"}


def test_a_long_name_over_two_rows_is_one_name(build):
    """The second row has nothing but the rest of it; a total or a whole name below a type alone is none."""
    rows = [[1, "องค์การบริหารส่วนตำบล", *ROWS[0][2:]], [None, "สรอย"], ROWS[1], ROWS[2]]
    reading = read(build, [HEAD, *rows])
    assert [values(reading, name) for name in NAMES] == [as_written(row) for row in ROWS]
    assert not codes(reading) & {Code.ORGANISATION_UNKNOWN, Code.ANSWER_MISSING}
    rows[1][1] = "อบต.สรอย"
    assert Code.ORGANISATION_UNKNOWN in codes(read(build, [HEAD, *rows]))


def test_under_a_heading_turned_round_a_blank_is_no_no(build):
    """Where blank means no, it would say that what is not "not done" is not done."""
    reading = read(build, [[*HEAD[:2], "ยังไม่มีระเบียบการใช้สระ", *HEAD[3:]], *ROWS])
    assert values(reading)["rule"] is False
    assert "rule" not in values(reading, "นาพูน")
    asked = {(found.organisation, found.question) for found in reading.findings}
    assert (ORGANISATIONS[1].code, "rule") in asked


@pytest.mark.parametrize("heading", ["ศูนย์ที่ขอรับการสนับสนุน (แห่ง)", "จำนวนศูนย์ที่ต้องการเพิ่ม (แห่ง)", "จำนวนศูนย์ที่ขาดแคลน"])
def test_what_is_wished_for_is_not_what_there_is(build, heading):
    reading = read(build, [[*HEAD[:4], heading, *HEAD[5:]], *ROWS])
    assert "centres" not in values(reading)
    assert [found.question for found in reading.findings if found.code is Code.COLUMN_MISSING] == ["centres"]


def test_a_printed_choice_that_was_marked_twice_explains_no_mark(build):
    rows = [[*row[:2], "(✓) มี  ( ) ไม่มี" if row[2] else "( ) มี  (✓) ไม่มี", *row[3:]] for row in ROWS]
    rows[2][2] = "(✓) มี  (✓) ไม่มี"
    reading = read(build, [HEAD, *rows])
    assert [values(reading, name).get("rule") for name in NAMES] == [True, False, None]
    assert [(found.code, found.question) for found in reading.findings] == [(Code.ANSWER_UNREADABLE, "rule")]


SAND = Form.model_validate(
    {
        "title": "การสำรวจทรายอะเบท",
        "organisation_label": "ชื่อ อปท.",
        "question": [
            {"key": "sand", "kind": "decimal", "label": "ทรายคงเหลือ (กก.)", "unit": "กก.", "units": {"กรัม": 0.001}},
            {"key": "grade", "kind": "choice", "label": "ผลประเมิน", "choices": ["A+", "A", "B"]},
        ],
    }
)
SAND_HEAD = ["ที่", "ชื่อ อปท.", "ทรายคงเหลือ (กก.)", "ผลประเมิน"]


def read_sand(build, rows, merges=()):
    catalogue = Catalogue({"sand": SAND}, ORGANISATIONS, (WANGCHIN,), None)
    page = build.page(rows, merges=list(merges))
    return read_file("a.xlsx", build.workbook(page), FileRequest(catalogue, "sand", "wangchin"))


@pytest.mark.parametrize("note", ["* หน่วยเป็นกรัม", "* หน่วย : กรัม"])
def test_a_unit_in_a_footnote_is_of_the_marked_figures_alone(build, note):
    rows = [[1, "อบต.สรอย", "12.5", "A"], [2, "อบต.นาพูน", "800*", "B"], [3, "อบต.ป่าสัก", "7", "A+"]]
    reading = read_sand(build, [SAND_HEAD, *rows, [], [note]])
    assert [values(reading, name).get("sand") for name in NAMES] == ["12.5", None, "7"]
    rows[1][2] = "800"  # no figure is marked: the note is of all
    assert values(read_sand(build, [SAND_HEAD, *rows, [], [note]]), "นาพูน")["sand"] == "0.8"


def test_the_options_of_a_choice_head_its_columns(build):
    """The other headings reach over nothing."""
    head = [*SAND_HEAD, None, None]
    rows = [[1, "อบต.สรอย", 12, None, "✓"], [2, "อบต.นาพูน", 5, None, None, "/"], [3, "อบต.ป่าสัก", 7, "✓", None, "✓"]]
    reading = read_sand(build, [head, [None, None, None, "A+", "A", "B"], *rows], [(1, 4, 1, 6)])
    assert [values(reading, name).get("grade") for name in NAMES] == ["A", "B", None]


@pytest.mark.parametrize(
    "line",
    [
        "หมายเหตุ ทรายคงเหลือของ อบต.นาพูน ในไฟล์พิมพ์ผิด ที่ถูกต้องคือ 17 กก.",
        "จำนวนทรายคงเหลือของ อบต.นาพูน ในไฟล์แนบเป็นข้อมูลเก่า ขอแก้เป็น 17 กก.",
    ],
)
def test_a_mail_that_mends_one_figure_leaves_the_rest_of_the_row(build, line):
    rows = [[1, "อบต.สรอย", 12, "A"], [2, "อบต.นาพูน", 5, "B"]]
    xlsx = build.workbook(build.page([SAND_HEAD, *rows]))
    file = ("แบบ.xlsx", xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    catalogue = Catalogue({"sand": SAND}, ORGANISATIONS, (WANGCHIN,), None)
    reading = read_message(mail(f"เรียน ท้องถิ่นจังหวัด\n\n{line}", [file], headers=SENT), catalogue)
    assert values(reading, "นาพูน") == {"grade": "B"}
    assert values(reading) == {"sand": "12", "grade": "A"}
