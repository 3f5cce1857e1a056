"""The rounds of a monthly circular on real books: opened by the clock, once; after a pause; to each round its own answers."""

import dataclasses
import datetime
import io

import openpyxl
import pytest
import sqlalchemy as sa

from bot.config.circular_folder import load_circular
from bot.documents.form.excel_form import blank_form
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.round_change import ChangeKind
from bot.service import clock_tick
from bot.service.context import House
from bot.service.current_bureau import current
from tests.field.office_of_paper import STAFF
from tests.field.small_office import SmallOffice, files_of, kinds, mail_of, one
from tests.road.conftest import ROOT

JANUARY, FEBRUARY, MARCH = "waste-2568-01", "waste-2568-02", "waste-2568-03"


class Monthly(SmallOffice):
    """The small office with the monthly circular alone."""

    def __init__(self, folder, at="2025-01-20 12:00") -> None:
        super().__init__(folder, at=at)
        template = load_circular(ROOT / "tests" / "circulars" / "waste-monthly")
        self.bureau = dataclasses.replace(self.bureau, circulars={"waste": template})
        self.house = dataclasses.replace(self.house, bureau=self.bureau)

    @property
    def now_bureau(self):
        return current(self.house, self.now).bureau

    def form(self, slug, key="pao", tons="5"):
        """A round's form, filled in."""
        book = openpyxl.load_workbook(io.BytesIO(blank_form(self.now_bureau.circulars[slug], self.bureau.roster, key)))
        return self.saved(book, tons)

    def saved(self, book, tons="5"):
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(min_col=3):
            if str(sheet.cell(row[0].row, 2).value or "").startswith(("เทศบาล", "องค์การ")):
                row[0].value, row[1].value = tons, "✓"
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def recorded(self, slug):
        return {answer.value for answer in self.house.books.answers(slug) if answer.question == "tons"}

    def opened(self):
        slugs = [f"waste-{year}-{month:02}" for year in (2568, 2569, 2570) for month in range(1, 13)]
        changes = self.house.books.round_changes(slugs)
        return [one.circular for one in changes if one.kind is ChangeKind.OPENED]


@pytest.fixture
def office(tmp_path):
    made = Monthly(tmp_path)
    yield made
    made.close()


def requests(letters):
    return [letter for letter in letters if letter["X-Ruam-Kind"] == "request"]


def test_each_round_opens_by_itself_once_with_its_month_in_its_letters(office):
    assert office.at("2025-01-27 08:29") == []
    assert JANUARY in office.now_bureau.unread
    assert JANUARY not in office.now_bureau.catalogue().forms
    january = requests(office.at("2025-01-27 08:30"))
    assert [str(each["X-Ruam-Circular"]) for each in january] == [JANUARY] * 2
    assert "เดือนมกราคม ๒๕๖๘" in january[0]["Subject"]
    assert requests(office.at("2025-01-27 08:31")) == []
    assert JANUARY in office.now_bureau.catalogue().forms
    office.at("2025-02-26 09:00")
    february = requests(office.at("2025-02-27 08:30"))
    assert [str(each["X-Ruam-Circular"]) for each in february] == [FEBRUARY] * 2
    assert office.opened() == [JANUARY, FEBRUARY]
    assert office.now_bureau.circulars[FEBRUARY].follows == JANUARY


def test_two_daemons_open_a_round_once(office):
    other = House(office.bureau, office.house.books, office.house.sandbox, "")
    now = datetime.datetime(2025, 1, 27, 8, 30, tzinfo=BANGKOK)
    current(other, now)  # has looked before the first one opened it
    clock_tick.tick(office.house, now)
    clock_tick.open_rounds(other, now)
    clock_tick.tick(other, now)
    assert office.opened() == [JANUARY]
    assert len(requests(office.letters())) == 2


def test_after_a_long_pause_every_round_is_opened_and_only_the_newest_asked(office):
    office.at("2025-01-27 08:30")
    letters = office.at("2025-06-27 09:00")
    assert office.opened() == [f"waste-2568-{month:02}" for month in range(1, 7)]
    assert {str(each["X-Ruam-Circular"]) for each in requests(letters)} == {"waste-2568-06"}
    (told,) = [each for each in letters if each["X-Ruam-Kind"] == "notice"]
    text = told.get_body(("plain",)).get_content()
    assert [f"[waste-2568-{month:02}]" in text for month in range(1, 7)] == [False, True, True, True, True, False]
    later = office.at("2025-06-30 09:00")
    assert not [each for each in later if each["X-Ruam-Kind"] in {"notice", "request"}]


def test_three_years_on_a_look_costs_what_it_cost_at_first(office):
    seen = []
    engine = office.books._database._engine
    sa.event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    costs = []
    for month in range(36):
        first = datetime.datetime(2025 + month // 12, month % 12 + 1, 28, 9, 0, tzinfo=BANGKOK)
        clock_tick.tick(office.house, first)
        clock_tick.tick(office.house, first + datetime.timedelta(minutes=1))
        seen.clear()
        clock_tick.tick(office.house, first + datetime.timedelta(minutes=2))
        costs.append(len(seen))
    assert len(office.opened()) == 36
    assert max(costs[-12:]) <= max(costs[:12]) < 16
    assert len(office.house.looked) <= 6
    assert len(office.now_bureau.circulars) <= 6


def reply(office, letter, content, name="form.xlsx"):
    return office.take(mail_of(str(letter["To"]).split(",")[0], "ส่งรายงาน", content, name, answers=letter))


def test_an_answer_goes_to_the_round_of_its_letter_mark_or_period(office):
    january = one("request", [each for each in office.at("2025-01-27 08:30") if "pao" in each["To"]])
    assert reply(office, january, office.form(JANUARY)) == "accepted"
    office.now = datetime.datetime(2025, 2, 27, 8, 30, tzinfo=BANGKOK)
    february = one("request", [each for each in office.at("2025-02-27 08:30") if "pao" in each["To"]])
    assert "รายงานครั้งก่อนกรอกไว้แล้ว" in february.get_body(("plain",)).get_content()
    (form,) = (content for name, content in files_of(february).items() if name.endswith(".xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(form))
    assert 5 in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}  # what was said of January
    assert reply(office, february, office.saved(book, "6")) == "accepted"
    assert (office.recorded(JANUARY), office.recorded(FEBRUARY)) == ({"5"}, {"6"})

    address = str(february["To"]).split(",")[0]
    own = f"แบบรายงานปริมาณขยะมูลฝอย ประจำเดือนกุมภาพันธ์ 2568,,,\nลำดับ,ชื่อ อปท.,ปริมาณขยะ (ตัน/เดือน),คัดแยกขยะที่ต้นทาง\n1,{name_of(office)},7,✓\n"
    loose = mail_of(address, "ส่งรายงาน", own.encode(), "ขยะ.csv").replace(b"Subject: [w5827]", b"Subject: waste report")
    assert office.take(loose) == "accepted"
    assert (office.recorded(JANUARY), office.recorded(FEBRUARY)) == ({"5"}, {"7"})


def bears(letters):
    """The values in the form of the one letter with one."""
    (form,) = (
        content for letter in letters for name, content in files_of(letter).items() if str(name).endswith(".xlsx")
    )
    sheet = openpyxl.load_workbook(io.BytesIO(form)).worksheets[0]
    return {row[2].value for row in sheet.iter_rows() if str(row[1].value or "").startswith(("เทศบาล", "องค์การ"))}


@pytest.mark.parametrize(
    "asks", ["ส่งแบบฟอร์ม อบจ.แพร่ อีกครั้ง", "เตือน อบจ.แพร่ ตอนนี้", "เลื่อนกำหนดของ อบจ.แพร่ ถึงวันที่ 13/3/2568"]
)
def test_a_form_that_goes_on_a_word_of_staff_bears_the_last_round_too(office, asks):
    """The request does; so does every further form of the round, until something newer is recorded."""
    january = one("request", [each for each in office.at("2025-01-27 08:30") if "pao" in each["To"]])
    assert reply(office, january, office.form(JANUARY)) == "accepted"
    office.at("2025-02-27 08:30")
    office.take(mail_of(STAFF, f"{asks} เรื่องขยะ").replace(b"Subject: [w5827]", f"Subject: [{FEBRUARY}]".encode()))
    letters = office.letters()
    if not any(files_of(letter) for letter in letters):  # it is said back first
        office.reply(one("notice", letters), "ยืนยัน")
        letters = office.letters()
    assert bears(letters) == {5}
    assert office.recorded(FEBRUARY) == set()


def test_a_form_that_a_reporter_asks_for_bears_the_last_round_and_says_so_until_it_is_answered(office):
    january = one("request", [each for each in office.at("2025-01-27 08:30") if "pao" in each["To"]])
    assert reply(office, january, office.form(JANUARY)) == "accepted"
    february = one("request", [each for each in office.at("2025-02-27 08:30") if "pao" in each["To"]])
    for figure, said in ((5, True), (7, False)):
        office.take(mail_of(str(february["To"]).split(",")[0], "ขอแบบฟอร์มครับ", answers=february))
        letters = office.letters()
        assert bears(letters) == {figure}
        text = next(each for each in letters if files_of(each)).get_body(("plain",)).get_content()
        assert ("ข้อมูลของครั้งก่อนกรอกไว้" in text) is said
        reply(office, february, office.form(FEBRUARY, tons="7"))
        office.letters()


def name_of(office):
    reporter = office.bureau.roster.by_key["pao"]
    return office.bureau.roster.by_code[reporter.organisations[0]].official_name


def test_last_months_file_in_reply_to_this_months_letter_is_asked_and_recorded_nowhere(office):
    office.at("2025-01-27 08:30")
    old = office.form(JANUARY, tons="9")
    february = one("request", [each for each in office.at("2025-02-27 08:30") if "pao" in each["To"]])
    assert reply(office, february, old) == "rejected"
    asked = one("correction", office.letters())
    text = asked.get_body(("plain",)).get_content()
    assert "เป็นแบบรายงานของเดือนมกราคม ๒๕๖๘ แต่อีเมลนี้ตอบเรื่องของเดือนกุมภาพันธ์ ๒๕๖๘" in text
    assert str(asked["X-Ruam-Circular"]) == FEBRUARY
    # Typed anew, without the mark, under the title of the month before.
    typed = f"แบบรายงานปริมาณขยะมูลฝอย ประจำเดือนมกราคม 2568,,,\nลำดับ,ชื่อ อปท.,ปริมาณขยะ (ตัน/เดือน),คัดแยกขยะที่ต้นทาง\n1,{name_of(office)},9,✓\n"
    assert reply(office, february, typed.encode(), "ขยะ.csv") == "rejected"
    assert office.recorded(JANUARY) == office.recorded(FEBRUARY) == set()


def test_this_months_file_in_an_old_thread_goes_to_this_month(office):
    january = one("request", [each for each in office.at("2025-01-27 08:30") if "pao" in each["To"]])
    office.at("2025-02-27 08:30")
    assert reply(office, january, office.form(FEBRUARY)) == "accepted"
    assert (office.recorded(JANUARY), office.recorded(FEBRUARY)) == (set(), {"5"})


def test_a_file_of_a_round_long_over_is_answered_as_late_and_put_before_staff(office):
    january = one("request", [each for each in office.at("2025-01-27 08:30") if "pao" in each["To"]])
    old = office.form(JANUARY)
    for month in range(2, 8):
        office.at(f"2025-0{month}-27 08:30")
    assert JANUARY not in office.now_bureau.circulars
    office.letters()
    assert reply(office, january, old) == "after-closing"
    late = one("late", office.letters())
    assert "เดือนมกราคม ๒๕๖๘" in late["Subject"]
    new = mail_of("pao@phrae.example", "ส่งรายงาน", old, "f.xlsx").replace(b"Subject: [w5827]", b"Subject: report")
    assert office.take(new) == "after-closing"
    came = office.letters()
    assert sorted(kinds(came)) == ["late", "notice"]
    assert office.reply(one("notice", came), "รับ") == "round-closed"
    assert office.recorded(JANUARY) == set()
