"""Sums in a form that its rows or columns do not come to, by mail: asked, explained, and asked anew once one of the figures changes."""

import io

import openpyxl
import pytest

from bot.documents.form.excel_form import blank_form
from parsers.form.form import Form
from parsers.form.question import Kind, Question
from tests.field.office_of_paper import said
from tests.field.small_office import files_of, kinds, one
from tests.field.test_explained_values import ARABIC, ASKED, Desk

FORM = Form(
    title="แบบสำรวจขยะ",
    question=(
        Question(key="wet", kind=Kind.INTEGER, label="ขยะเปียก (ตัน)"),
        Question(key="dry", kind=Kind.INTEGER, label="ขยะแห้ง (ตัน)"),
        Question(key="all", kind=Kind.COMPUTED, label="ขยะทั้งหมด (ตัน)", sum_of=("wet", "dry")),
    ),
)
WHY = "ถูกต้อง เพราะรวมขยะอันตรายด้วย"


class SumDesk(Desk):
    """A district whose first organisation writes a sum of its own, and which writes a total."""

    def __init__(self, folder, **how) -> None:
        super().__init__(folder, form=FORM, **how)

    def send_sums(self, text="ขอส่งแบบรายงาน", *, wet=10, sum_=14, total="", note="", comment=""):
        """The form comes: 10 wet and 4 dry of the first, and its sum; ``total`` stands under the wet, whose rows give 55."""
        made = blank_form(self.bureau.circulars["w5827"], self.bureau.roster, "song")
        book = openpyxl.load_workbook(io.BytesIO(made))
        sheet = book.worksheets[0]
        first = next(row for row in range(1, 40) if str(sheet.cell(row, 2).value or "").startswith("องค์การ"))
        for at in range(10):
            for column, value in enumerate((wet, 4, sum_) if not at else (5, 2, 7), start=3):
                sheet.cell(first + at, column).value = value
        below = first + 10
        sheet.cell(below, 3).value, sheet.cell(below, 4).value, sheet.cell(below, 5).value = total or None, None, None
        sheet.cell(first, 7).value = note or None
        self.cells = f"E{first}", f"C{below}"
        if comment:
            sheet.cell(below, 3).comment = openpyxl.comments.Comment(comment, "clerk")
        out = io.BytesIO()
        book.save(out)
        return self.mail(text, out.getvalue(), "form.xlsx")

    def stand(self):
        """The reasons of sums, by key in the books."""
        return {r.question: r.explanation for r in self.house.books.answers("w5827") if r.question.startswith("sum:")}


@pytest.fixture
def office(tmp_path):
    made = []

    def make(**how):
        made.append(SumDesk(tmp_path, **how))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_a_sum_that_does_not_fit_is_asked_until_it_is_explained_and_anew_when_a_part_changes(office):
    desk = office()
    receipt = desk.send_sums(sum_=16)
    assert (desk.outcome, receipt["X-Ruam-Kind"]) == ("accepted", "receipt")
    assert said(receipt).count(ASKED) == 1
    heard = desk.mail(f"ช่อง {desk.cells[0]} {WHY}", answers=receipt)
    assert (desk.outcome, kinds(desk.others)) == ("explained", ["receipt"])
    assert WHY in said(heard)
    assert ASKED not in said(desk.send_sums("ส่งใหม่อีกครั้ง", sum_=16))
    assert said(desk.send_sums("แก้ขยะเปียก", wet=11, sum_=16)).count(ASKED) == 1  # the sum stays, its parts do not
    assert ASKED not in said(desk.send_sums("กลับเป็นค่าเดิม", sum_=16))
    assert ASKED not in said(desk.send_sums("แก้ยอดแล้ว"))


def test_a_total_is_the_reporters_and_may_be_explained_in_words_or_on_its_cell(office):
    desk = office()
    receipt = desk.send_sums(total=61)
    assert said(receipt).count(ASKED) == 1
    assert "61" in said(receipt).translate(ARABIC)
    desk.mail("ยอดรวมขยะเปียก ถูกต้อง เพราะนับรวมโรงเรียนด้วย", answers=receipt)
    assert desk.stand() == {"sum:wet": "ถูกต้อง เพราะนับรวมโรงเรียนด้วย"}
    assert ASKED not in said(desk.send_sums("ส่งใหม่", total=61))
    assert said(desk.send_sums("ยอดใหม่", total=62)).count(ASKED) == 1
    assert ASKED not in said(desk.send_sums("ชี้แจงในช่อง", total=62, comment="เนื่องจากรวมของโรงเรียน"))
    assert desk.stand() == {"sum:wet": "เนื่องจากรวมของโรงเรียน"}


def test_a_reason_beside_the_row_answers_a_sum_with_the_same_mail(office):
    desk = office()
    assert ASKED not in said(desk.send_sums(sum_=16, note="เนื่องจากรวมขยะอันตราย"))
    assert desk.stand() == {"sum:all": "เนื่องจากรวมขยะอันตราย"}


def test_staff_see_sums_in_digest_draft_and_report(office):
    desk = office(dispatch="auto")
    desk.at("2024-11-20 08:30")
    desk.send_sums(sum_=16, total=61)
    draft = one("draft", desk.others)  # and not the report: a person looks
    assert "ยอดรวมของอำเภอสอง" in said(draft)
    desk.mail(f"ช่อง {desk.cells[0]} {WHY}")
    morning = desk.at("2024-11-21 08:31")
    assert "ยังไม่มีคำชี้แจง ๑ แห่ง" in said(one("digest", morning))
    again = one("draft", morning)
    assert WHY in said(again)
    trace = openpyxl.load_workbook(io.BytesIO(files_of(again)["w5827-phrae-report.xlsx"]))["ที่มาของข้อมูล"]
    rows = [[cell.value for cell in row] for row in trace.iter_rows()]
    [of_row], [of_total] = [row for row in rows if WHY in row], [row for row in rows if row[1] == "อำเภอสอง"]
    assert of_row[3:5] == ["ยอดรวมที่เขียนไว้: ขยะทั้งหมด (ตัน)", "16"]
    assert of_total[3:5] == ["ยอดรวมที่เขียนไว้: ขยะเปียก (ตัน)", "61"]
    assert of_total[-2] == "คำนวณได้ 55"


def test_a_sum_that_must_be_explained_keeps_its_organisation_incomplete_and_a_total_nobody(office):
    desk = office(queries="must be explained")
    desk.at("2024-11-20 08:30")
    receipt = desk.send_sums(sum_=16, total=61)
    assert kinds(desk.others) == ["receipt"]
    desk.mail(f"ช่อง {desk.cells[0]} {WHY}", answers=receipt)
    assert "๑๐ จาก ๑๐ แห่ง" in said(one("draft", desk.others))
