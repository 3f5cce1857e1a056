"""A report that waits for the number of its letter: staff are told what it waits for, and it goes once, with number and day."""

import pytest

from bot.office.decision import Decision
from bot.office.model.official_letter import DISTRICTS, Registered
from tests.field.office_of_paper import DEPARTMENT, said
from tests.field.small_office import SmallOffice, files_of, kinds, one

NUMBER = "เลขที่ พร ๐๐๒๓.๑/๑๒๓๔ ลงวันที่ ๒ ธันวาคม ๒๕๖๗"
SHOWN = "ที่ พร ๐๐๒๓.๑/๑๒๓๔ ลงวันที่ ๒ ธันวาคม ๒๕๖๗"
WAITS = {"wait_for_number": True, "attachments": ("form", "pdf", "cover")}


@pytest.fixture
def office(tmp_path):
    made = []

    def make(**department):
        desk = SmallOffice(tmp_path, department=department)
        made.append(desk)
        desk.at("2024-11-20 08:30")
        return desk

    yield make
    for each in made:
        each.close()


def test_it_goes_once_when_the_number_comes_and_the_digest_says_meanwhile_what_it_waits_for(office):
    desk = office(**WAITS)
    draft = one("draft", desk.all_in())
    assert "ได้รับเลขที่และวันที่ของหนังสือนำส่ง" in said(draft)
    assert desk.reply(draft, "อนุมัติครับ") == "waits-for-number"
    told = one("notice", desk.letters())
    assert "ยังไม่ได้ส่ง รอเลขที่" in told["Subject"]
    assert desk.reply(draft, "อนุมัติ") == "waits-for-number"  # said again, and answered again
    assert kinds(desk.letters()) == ["notice"]
    digest = said(one("digest", desk.at("2024-11-21 08:30")))
    assert "รอเลขที่และวันที่ของหนังสือนำส่ง" in digest
    assert "พิจารณาอนุมัติ" not in digest
    assert desk.reply(told, "ขอบคุณครับ") in {"thanks", "not-understood"}
    desk.letters()
    assert desk.reply(told, f"{NUMBER} ค่ะ") == "approved"
    report, back = desk.letters()
    assert (report["X-Ruam-Kind"], str(report["To"])) == ("report", DEPARTMENT)
    assert SHOWN in str(report["Subject"])
    assert SHOWN in said(report)
    assert [name.rpartition("-")[2] for name in files_of(report)] == ["form.xlsx", "report.pdf", "cover.pdf"]
    assert files_of(report)["w5827-phrae-form.xlsx"] == files_of(draft)["w5827-phrae-form.xlsx"]
    assert files_of(report)["w5827-phrae-report.pdf"] == files_of(draft)["w5827-phrae-report.pdf"]
    assert sorted(files_of(back)) == ["w5827-phrae-cover.docx", "w5827-phrae-cover.pdf"]
    for again in (NUMBER, f"อนุมัติ\n{NUMBER}"):
        assert desk.reply(draft, again) in {"numbered", "already-dispatched"}
    assert "report" not in kinds(desk.letters())
    assert kinds(desk.at("2024-11-22 16:31")) == []


def test_number_first_then_approval_or_both_at_once_let_it_go(office):
    desk = office(**WAITS)
    draft = one("draft", desk.all_in())
    assert desk.reply(draft, NUMBER) == "numbered"
    assert "ยังไม่ได้ส่งรายงาน" in said(one("notice", desk.letters()))
    assert desk.reply(draft, "อนุมัติ") == "approved"
    assert kinds(desk.letters()) == ["report"]


def test_a_report_that_does_not_wait_bears_the_number_that_came_with_the_approval(office):
    desk = office()
    draft = one("draft", desk.all_in())
    assert desk.reply(draft, f"อนุมัติ\n{NUMBER}") == "approved"
    report, back = desk.letters()
    assert SHOWN in str(report["Subject"])
    assert len(files_of(report)) == 1
    assert len(files_of(back)) == 2


def test_figures_that_change_while_it_waits_make_the_approval_void(office):
    desk = office(**WAITS)
    draft = one("draft", desk.all_in())
    assert desk.reply(draft, "อนุมัติ") == "waits-for-number"
    address = desk.bureau.roster.by_key["pao"].addresses[0]
    assert desk.send(address, "pao", "X") == "accepted"
    desk.letters()
    assert desk.reply(draft, NUMBER) == "figures-changed"
    letters = desk.letters()
    assert sorted(kinds(letters)) == ["draft", "notice"]
    assert desk.reply(one("draft", letters), "อนุมัติ") == "approved"  # the number given stays
    assert SHOWN in str(desk.letters()[0]["Subject"])


def test_the_clock_lets_go_what_two_replies_at_once_left_behind(office):
    """Each of the two was decided before the other was written."""
    desk = office(**WAITS)
    draft = one("draft", desk.all_in())
    assert desk.reply(draft, "อนุมัติ") == "waits-for-number"
    desk.letters()
    [waiting] = desk.house.books.drafts("w5827")
    number = Registered("w5827", "cover", "a@b.example", desk.now, "พร 1/2", desk.now.date())
    other = Registered("w5827", DISTRICTS, "a@b.example", desk.now, "พร 1/3", desk.now.date())
    desk.house.books.commit(Decision(outcome="numbered", registered=(other,)), [], message=None, now=desk.now)
    assert waiting.waits
    assert kinds(desk.later(minutes=1)) == []
    desk.house.books.commit(Decision(outcome="numbered", registered=(number,)), [], message=None, now=desk.now)
    assert kinds(desk.later(minutes=1)) == ["report"]
    assert kinds(desk.later(minutes=1)) == []


@pytest.mark.parametrize("said_of_it", ["เลขที่ พร ๐๐๒๓.๑/๑๐๕๕๒", "เลขที่ 10552"])
def test_an_approval_that_names_a_number_without_its_day_lets_nothing_go(office, said_of_it):
    desk = office(attachments=("form", "pdf", "cover"))
    draft = one("draft", desk.all_in())
    for text in (f"อนุมัติครับ {said_of_it}", f"อนุมัติ\n{said_of_it}"):
        assert desk.reply(draft, text) == "number-unread"
        assert "ยังไม่ได้ส่งรายงาน" in str(one("notice", desk.letters())["Subject"])
    assert desk.reply(draft, f"อนุมัติครับ {said_of_it} ลงวันที่ ๒ ธันวาคม ๒๕๖๗") == "approved"
    assert "๑๐๕๕๒ ลงวันที่" in str(one("report", desk.letters())["Subject"])
