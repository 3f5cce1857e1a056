"""What a sentence in a tick cell says of what its column asks, as a careful person judged each before it was read."""

import pytest

from parsers.form.form import Form
from parsers.form.question import Question
from parsers.grid import Cell, CellKind
from parsers.values.read_value import read_value

MAKE = Question(
    key="made",
    kind="tick",
    group="การจัดทำคำสั่งตามมาตรา 10",
    label="จัดทำประกาศแล้ว",
    aliases=("ประกาศแล้ว", "การจัดทำประกาศ", "จัดทำประกาศตามมาตรา 10 แล้ว"),
)
ORDER = Question(
    key="ordered", kind="tick", group="การจัดทำคำสั่งตามมาตรา 16", label="จัดทำคำสั่งแล้ว", aliases=("กำหนดระบบแล้ว",)
)
POST = Question(
    key="posted", kind="tick", group="การจัดทำคำสั่งตามมาตรา 10", label="ลงข้อมูลในระบบ info.go.th", aliases=("ลงระบบแล้ว",)
)
TELL = Question(key="told", kind="tick", label="แจ้งเวียนให้กำนันผู้ใหญ่บ้านทราบ")
MEET = Question(key="met", kind="tick", label="ประชุมคณะกรรมการแล้ว")
PLAN = Question(key="plan", kind="tick", label="มีแผนป้องกันอัคคีภัย")
DRILL = Question(key="drill", kind="tick", label="ฝึกซ้อมแผนประจำปี")
GROUP = Question(key="grouped", kind="tick", group="การแจ้งเวียนหนังสือ", label="ดำเนินการแล้ว")
SORT = Question(key="sorted", kind="tick", label="มีการคัดแยกขยะ")
QUESTIONS = (MAKE, ORDER, POST, TELL, MEET, PLAN, DRILL, GROUP, SORT)
FORM = Form(title="แบบรายงาน", question=QUESTIONS, yes=("✓", "/"), no=("X",))
BARE = Form(title="แบบรายงาน", question=QUESTIONS)
CROSSED = Form(title="แบบรายงาน", question=QUESTIONS, yes=("X",), no=("-",))

# Y, N: beyond doubt, without a word. y, n: as Y or N, or the same said as a guess. ?: asked. n?: not done, or asked.
JUDGED = {
    "Y": (
        # ordinary words and marks, in any column
        *(
            (MAKE, said)
            for said in ("✓", "/", "มี", "แล้ว", "จัดทำแล้ว", "ดำเนินการแล้ว", "ทำประกาศแล้ว", "ออกประกาศแล้ว", "เสร็จแล้ว")
        ),
        *(
            (POST, said)
            for said in ("✓", "ลงแล้ว", "ลงข้อมูลแล้ว", "ลงระบบเรียบร้อยแล้ว", "นำเข้าระบบแล้ว", "ดำเนินการแล้ว", "เผยแพร่แล้ว")
        ),
        *(
            (ORDER, said)
            for said in ("ออกคำสั่งแล้ว", "มีคำสั่งแล้ว", "ดำเนินการเสร็จสิ้นแล้วครับ", "จัดทำคำสั่งเรียบร้อยแล้วค่ะ", "ทำแล้ว")
        ),
        (MAKE, "ดำเนินการแล้ว 100%"),
        (MAKE, "ดำเนินการไปแล้ว"),
        (MAKE, "เสร็จแล้ว กำลังลงระบบ"),
        (MAKE, "ดำเนินการจัดทำประกาศเรียบร้อยแล้ว"),
        (POST, "ดำเนินการลงข้อมูลในระบบแล้ว"),
        # what the column itself asks
        (TELL, "แจ้งแล้ว"),
        (TELL, "แจ้งเวียนแล้ว"),
        (MEET, "ประชุมแล้ว"),
        (PLAN, "มีแผนแล้ว"),
        (DRILL, "ฝึกซ้อมแล้ว"),
        (SORT, "คัดแยกแล้ว"),
        (GROUP, "แจ้งเวียนแล้ว"),
        (GROUP, "ดำเนินการแล้ว"),
        # evidence
        (MAKE, "✓ (123/2567)"),
        (MAKE, "✓ ประกาศ ณ วันที่ 5 พฤศจิกายน 2567"),
        (MAKE, "☑ 5 พ.ย. 2567"),
        (MAKE, "✓ ลว. 5 พ.ย. 67"),
        (MAKE, "/ 25 พ.ย. 67"),
        (MAKE, "/ 25/11/2567"),
        (MAKE, "✓ เมื่อ 25/11/67"),
        (MAKE, "๒๕ พ.ย. ๖๗ ✓"),
        (MAKE, "จัดทำแล้วเมื่อวันที่ 1 ต.ค. 2567"),
        (MAKE, "ดำเนินการแล้ว (ประกาศลงวันที่ 12 พ.ย. 67)"),
        (MAKE, "แล้ว 12/11/67"),
        (ORDER, "✓ คำสั่งที่ 88/2567"),
        (ORDER, "✓ คำสั่งที่ 88/2567 ลว. 1 ต.ค. 67"),
        (ORDER, "คำสั่ง ทต. ที่ 88/2567 ลงวันที่ 1 ต.ค. 2567 ✓"),
        (ORDER, "(✓) ตามคำสั่งเลขที่ ๘๘/๒๕๖๗"),
        (ORDER, "[/] เลขที่ 45/2567"),
        (ORDER, "จัดทำคำสั่งแล้ว ที่ 88/2567"),
        (POST, "✓ https://www.info.go.th/page?id=3"),
        (POST, "✓ www.maejua.example/news/12"),
        (POST, "✓ ดูเอกสารแนบ 1"),
        (POST, "ลงข้อมูลแล้วเมื่อ 3 ธันวาคม 2567"),
        # made, not posted: each in its own column
        (MAKE, "จัดทำแล้ว แต่ยังไม่ได้ลงระบบ"),
        (MAKE, "ทำประกาศแล้ว ยังไม่ลงในระบบ info.go.th"),
        (ORDER, "ออกคำสั่งแล้ว แต่ยังไม่ได้นำเข้าระบบ"),
        (PLAN, "มีแผนแล้ว แต่ยังไม่ได้ฝึกซ้อม"),
        # ticked boxes
        *((MAKE, said) for said in ("[/]", "(/)", "[✓]", "☑", "( ✓ )", "[ / ]")),
    ),
    "y": (
        (MAKE, "นายกลงนามแล้ว"),
        (MAKE, "จัดทำประกาศช่องทางอิเล็กทรอนิกส์แล้ว"),
        (MAKE, "คณะทำงานจัดทำแล้ว"),
        (MAKE, "✓ งานนิติการ"),
        (MAKE, "✓ แต่ยังไม่ได้ลงระบบ"),
        (MAKE, "ประกาศ ณ วันที่ 5 พ.ย. 67"),
        (MAKE, "ลงข้อมูลในระบบแล้ว"),
        (PLAN, "มีแผนป้องกันและบรรเทาสาธารณภัยแล้ว"),
        (ORDER, "คำสั่งที่ 88/2567 ลงวันที่ 1 ต.ค. 2567"),
    ),
    "N": (
        *((MAKE, said) for said in ("X", "-", "ไม่มี", "ยัง", "ยังไม่ได้จัดทำ", "ยังไม่ดำเนินการ", "(X)", "( x )")),
        (POST, "ยังไม่ได้ลงข้อมูล"),
        (POST, "จัดทำแล้ว แต่ยังไม่ได้ลงระบบ"),
        (POST, "ทำประกาศแล้ว ยังไม่ลงในระบบ info.go.th"),
        (POST, "มีประกาศแล้วแต่ยังไม่ได้เผยแพร่"),
        (DRILL, "มีแผนแล้ว แต่ยังไม่ได้ฝึกซ้อม"),
        (TELL, "ยังไม่ได้แจ้ง"),
    ),
    "n": (
        (MAKE, "อยู่ระหว่างดำเนินการ"),
        (MAKE, "กำลังดำเนินการ"),
        (MAKE, "อยู่ระหว่างเสนอผู้บริหารลงนาม"),
        (POST, "รอลงข้อมูล"),
    ),
    "n?": (
        *(
            (MAKE, said)
            for said in (
                "เสนอผู้บริหารแล้ว",
                "ร่างแล้ว",
                "ร่างประกาศแล้ว",
                "จัดทำร่างแล้ว",
                "จัดทำร่างประกาศเสร็จแล้ว",
                "ยกร่างเรียบร้อย",
            )
        ),
        *((MAKE, said) for said in ("เกือบเสร็จแล้ว", "ใกล้แล้วเสร็จ", "ใกล้เสร็จแล้ว", "เกือบเรียบร้อย", "จวนเสร็จแล้ว")),
        *((MAKE, said) for said in ("แจ้งแล้ว", "แจ้งเจ้าหน้าที่แล้ว", "รับทราบแล้ว", "รับเรื่องแล้ว", "มอบหมายแล้ว", "สั่งการแล้ว")),
        *(
            (MAKE, said)
            for said in (
                "ประชุมแล้ว",
                "เตรียมการแล้ว",
                "เตรียมข้อมูลเรียบร้อยแล้ว",
                "ประสานแล้ว",
                "วางแผนแล้ว",
                "ดำเนินการเสนอนายกแล้ว",
            )
        ),
        *((POST, said) for said in ("ส่งเรื่องให้จังหวัดแล้ว", "ส่งข้อมูลแล้ว", "ขอรหัสแล้ว", "ลงรับแล้ว", "ลงนามแล้ว", "รายงานแล้ว")),
        (MAKE, "ส่งแล้ว"),
        (MAKE, "ทำแล้วแต่หาย"),
        (MAKE, "✓ เสนอนายกแล้ว"),
        (MAKE, "✓ รอลงนาม"),
        (POST, "พร้อมลงระบบแล้ว"),
        (POST, "ลงข้อมูลแล้วแต่ยังไม่ครบ"),
        (POST, "ประกาศ ณ วันที่ 5 พ.ย. 67"),
        (MAKE, "ได้มีการหารือเรียบร้อยแล้ว"),
        (MAKE, "ดำเนินการแล้ว 80%"),
        (MAKE, "อยู่ระหว่างดำเนินการแล้ว 80%"),
        (MAKE, "เสร็จแล้วครึ่งหนึ่ง"),
        (MAKE, "ดำเนินการแล้วบางส่วน"),
        (ORDER, "พิมพ์คำสั่งแล้ว รอลงนาม"),
        (ORDER, "ตั้งเรื่องแล้ว"),
        (POST, "จัดทำประกาศช่องทางอิเล็กทรอนิกส์แล้ว"),
        (PLAN, "แจ้งแล้ว"),
        (GROUP, "ร่างหนังสือแล้ว"),
        (TELL, "ร่างหนังสือแจ้งแล้ว"),
        (MEET, "เตรียมประชุมแล้ว"),
        (SORT, "ประชาสัมพันธ์แล้ว"),
        (MAKE, "จะดำเนินการแล้วเสร็จในเดือนหน้า"),
        (MAKE, "จัดทำแล้วจะลงนาม 5 ธ.ค. 67"),
    ),
    "?": (
        *(
            (question, said)
            for question in (MAKE, ORDER, POST)
            for said in ("ตามเอกสารแนบ", "ดูไฟล์แนบ", "รายละเอียดตามเอกสารแนบ 1")
        ),
        *(
            (MAKE, said)
            for said in (
                "แล้ว?",
                "✓ ??",
                "✓?",
                "มี (ไม่แน่ใจ)",
                "น่าจะแล้ว",
                "น่าจะทำแล้ว",
                "✓ (ไม่แน่ใจ)",
                "เสร็จแล้ว ?",
                "รอตรวจสอบ",
                "รอการยืนยัน",
            )
        ),
        *((MAKE, said) for said in ("ดำเนินการแล้วมั้ง", "อาจจะมี", "คงทำแล้ว", "X?", "ยังไม่ได้ทำ?", "เข้าใจว่าทำแล้ว", "ไม่ทราบ")),
        (MAKE, "ดำเนินการแล้วใช่หรือไม่"),
        (MAKE, "✓ ยังไม่ลงนาม"),
        (MAKE, "25 พ.ย. 67"),
        (MAKE, "1/2"),
        (POST, "ยกเลิกแล้ว"),
        (POST, "ยังไม่ได้จัดทำประกาศ แต่ลงข้อมูลแล้ว"),
        (MAKE, "✓ ภายในวันที่ 30 ธ.ค. 67"),
        (ORDER, "X คำสั่งที่ 88/2567"),
    ),
}


def read(question, said, form=FORM):
    return read_value(question, Cell(1, 1, CellKind.TEXT, said), form, None)


def judged(reading):
    """How a reading stands: Y, N, the same in small letters for a guess, ? for asked."""
    if reading.value is None:
        return "?"
    letter = "Y" if reading.value else "N"
    return letter.lower() if reading.trouble == "guessed" else letter


ALLOWED = {"Y": "Y", "y": "Yy", "N": "N", "n": "Nn", "n?": "n?", "?": "?"}


@pytest.mark.parametrize(
    ("wanted", "label", "said"), [(w, q.key, said) for w, pairs in JUDGED.items() for q, said in pairs]
)
def test_only_a_finished_doing_of_what_is_asked_is_done(wanted, label, said):
    assert judged(read(FORM.find(label), said)) in ALLOWED[wanted]


def test_a_mark_in_a_printed_box_means_what_the_circular_says():
    assert [judged(read(MAKE, said, CROSSED)) for said in ("[x]", "(X)", "[X]", "X ลว. 5 พ.ย. 67")] == ["Y"] * 4
    assert judged(read(MAKE, "(X)", BARE)) == "N"
    assert judged(read(MAKE, "[x]", BARE)) == "y"  # as programmers draw a ticked box
    assert judged(read(MAKE, "[x]", FORM)) == "n"  # the circular's X, yet drawn as a ticked box: said
    assert judged(read(MAKE, "[ ]", FORM)) == "?"


def test_evidence_beside_a_tick_is_told_from_a_bare_tick():
    assert [read(ORDER, said).proved for said in ("✓ คำสั่งที่ 88/2567", "25 พ.ย. 67 ✓", "ออกคำสั่งแล้วเมื่อ 5 พ.ย. 67")] == [
        True
    ] * 3
    assert not any(read(ORDER, said).proved for said in ("✓", "ออกคำสั่งแล้ว", "✓ งานนิติการ", "25 พ.ย. 67?"))
