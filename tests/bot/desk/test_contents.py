"""What pages say, on real books: curve and grid, who owes what, whom to phone, what changed in a draft, queries and their reasons."""

import io
import re

import openpyxl
import pypdfium2
import pytest

from bot.desk.desk import Desk, Person
from bot.desk.look import Look
from bot.desk.pages.table import PAGES
from bot.desk.render import laid_out
from bot.office.model.sign_in import Role
from tests.bot.desk.conftest import as_read
from tests.bot.desk.test_deeds import drafted
from tests.field.office_of_paper import DEN_CHAI, mail
from tests.field.test_explained_values import Desk as DeskOfFigures

FIRST = "5540501"  # of Den Chai's organisations


@pytest.fixture
def reported(office):
    """Den Chai has reported, nobody else."""
    office.take(mail(DEN_CHAI, "ขอส่งรายงานค่ะ", form=office.filled()))
    return office


def text(page: str) -> str:
    """What is read of a page."""
    return " ".join(re.sub(r"<[^<>]*>", " ", as_read(page).partition("<main")[2]).split())


def test_a_circular_shows_its_curve_and_where_each_organisation_stands(reported):
    page = reported.signed_in().get("/circulars/w5827").text
    assert "๗ จาก ๘๔ แห่ง" in text(page)
    states = re.findall(r'<li class="(\w+)"', page)
    assert (states.count("complete"), states.count("nothing")) == (7, 77)
    points = [tuple(map(float, each.split(","))) for each in re.search(r'points="([^"]+)"', page)[1].split()]
    assert points[0] == (0.0, 200.0)
    assert points[-1][1] == round(200 * (1 - 7 / 84), 1)
    assert points == sorted(points, key=lambda point: point[0])
    assert page.count('class="deadline"') == 2


def test_who_owes_what_and_whom_to_phone(reported):
    browser = reported.signed_in()
    owing = text(browser.get("/circulars/w5827/owing").text)
    assert "อำเภอสอง ค้าง" in owing
    assert "จัดทำประกาศแล้ว" in owing
    assert "อำเภอเด่นชัย ค้าง" not in owing
    assert "วันนี้ไม่มีผู้ที่ต้องโทรศัพท์ติดตาม" in text(browser.get("/calls").text)
    reported.now = reported.now.replace(month=12, day=6, hour=9)
    reported.later(hours=1)
    calls = text(reported.signed_in().get("/calls").text)
    assert "อำเภอสอง" in calls
    assert "อำเภอเด่นชัย" not in calls
    assert "ส่งจดหมายแล้ว" in calls


def test_a_reporter_is_shown_with_telephone_answers_mails_and_letters(reported):
    phone = "๐ ๕๔๑๒ ๓๔๕๖"
    reported.reached_by(phone)
    page = reported.signed_in().get("/reporters/den-chai").text
    said = text(page)
    assert phone in said
    assert DEN_CHAI in said
    assert "๗/๗" in said
    assert page.count("#v-5540501-") == 4
    assert re.findall(r'href="/mails/(\d+)"', page) == ["1"]
    assert len(set(re.findall(r'href="/letters/(\d+)"', page))) == 2  # request and receipt


def test_a_draft_stands_beside_what_changed_since_as_table_excel_and_pdf(office):
    drafted(office)
    browser = office.signed_in()
    before = text(browser.get("/circulars/w5827/report").text)
    assert "ที่เปลี่ยนไปจากฉบับก่อน" not in before
    ticks = printed_ticks(browser)
    office.take(mail(DEN_CHAI, "ขอแก้ไขค่ะ", form=office.filled(mark="✗")))
    page = browser.get("/circulars/w5827/report").text
    assert "ข้อมูลเปลี่ยนไปจากร่างฉบับล่าสุด" in text(page)
    changes = re.search(r'aria-label="ค่าที่เปลี่ยนไปจากฉบับก่อน".*?</table>', page, re.DOTALL)[0]
    rows = re.findall(r"<td[^>]*>✓</td><td[^>]*>✗</td><td[^>]*><a href=\"/mails/(\d+)\"", changes)
    assert rows == ["2"] * 28
    excel = browser.get("/circulars/w5827/report/1.xlsx").content
    assert excel == office.house.books.report_content("w5827", 1)[1]
    assert openpyxl.load_workbook(io.BytesIO(excel)).worksheets
    assert (ticks, printed_ticks(browser)) == (28, 0)


def printed_ticks(browser):
    """How many ticks stand in the table of the PDF."""
    pdf = pypdfium2.PdfDocument(browser.get("/circulars/w5827/report.pdf").content)
    table = "".join(page.get_textpage().get_text_range() for page in pdf).partition("หมายเหตุ")[0]
    return table.count("✓")


def test_where_two_answer_differently_both_are_shown(reported):
    own = reported.bureau.roster.own_addresses[FIRST][0]
    reported.take(mail(own, "ขอส่งรายงาน", form=reported.filled(FIRST, mark="✗")))
    said = text(reported.signed_in().get("/circulars/w5827/queries").text)
    assert "ตอบไม่ตรงกัน ๔ ช่อง" in said
    assert "อำเภอเด่นชัย ตอบ ✓" in said


def test_figures_that_are_asked_after_stand_with_their_reasons(tmp_path):
    office = DeskOfFigures(tmp_path)
    try:
        desk = Desk(office.house, (), lambda: office.now)

        def queries():
            look = Look(desk, desk.current(office.now), office.now, Person("somsri@phrae.example", Role.STAFF))
            return text(laid_out(look, PAGES["queries"](look, {"slug": "w5827"})))

        office.send_form(budget=2_000_000)
        assert "ยังไม่มีคำชี้แจง ๑ ข้อ" in queries()
        assert "๒,๐๐๐,๐๐๐.๐๐ บาท" in queries()
        office.send_form(budget=2_000_000, note="เนื่องจากซื้อรถขยะ 2 คันในปีนี้")
        assert "มีคำชี้แจงแล้ว ๑ ข้อ" in queries()
        assert "คำชี้แจง: เนื่องจากซื้อรถขยะ 2 คันในปีนี้" in queries()
    finally:
        office.close()


def test_the_desk_tells_how_it_is_doing(reported):
    page = reported.signed_in().get("/health").text
    assert re.search(r'data-live="mails-decided">๑<', page)
    assert "/mails?state=held" in page
