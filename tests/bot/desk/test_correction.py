"""A cell corrected on the page: as a mail of staff would, standing on a mail of its own, told to its reporter."""

import html
import re

import pytest

from bot.config.load import shipped_bureau
from bot.desk.deeds import STEP
from bot.desk.pages.cell import choices_of
from bot.desk.typed_cell import ON_PAGE
from bot.office.letters.request_and_reminder import shown as as_read
from bot.office.model.received_mail import MessageState
from bot.office.wishes.cells import value_said
from bot.service import handle_mail
from parsers.form.question import Kind
from tests.bot.desk.conftest import OURS, VIEWER
from tests.bot.desk.test_deeds import KEY, WHY, done, in_ledger, reported, shown
from tests.field.office_of_paper import DEN_CHAI, STAFF, mail, said, to

WRITTEN = {
    Kind.INTEGER: "1200",
    Kind.DECIMAL: "12.5",
    Kind.MONEY: "98400.50",
    Kind.PERCENT: "12.5",
    Kind.TEXT: "ตรวจแล้ว",
    Kind.DATE: "2024-11-20",
}


def cell(office, key=KEY):
    """The answer that holds in the cell that is corrected."""
    answers = office.house.books.answers("w5827")
    return next(each for each in answers if (each.organisation, each.question) == (office.code, key))


def corrected(office):
    """Staff corrected a cell; the browser and the letters that went."""
    form = reported(office)
    browser = office.signed_in()
    page, deed = shown(browser, **form)
    assert DEN_CHAI in page
    office.letters()
    done(browser, deed)
    return browser, office.letters()


def test_the_value_stands_on_a_mail_of_its_own_that_names_who_typed_it(office):
    browser, _ = corrected(office)
    answer = cell(office)
    assert (answer.value, answer.sender, answer.reporter) == (False, STAFF, "")
    assert answer.place.file == ON_PAGE
    assert answer.place.sheet.startswith(STEP)
    assert in_ledger(office)[0].startswith(f"{STAFF}: แก้ไข")
    page = browser.get(f"/mails/{answer.message}").text
    name = office.bureau.roster.by_code[office.code].printed_short
    assert f"แก้ไข {name} ช่อง" in page
    assert f"เพราะ {WHY}" in page
    assert answer.place.sheet in page
    report = browser.get("/circulars/w5827/report").text
    assert f'href="/mails/{answer.message}#v-{office.code}-{KEY}">✗' in report


def test_its_reporter_is_told_once_and_no_server_is_asked_for_the_mail(office):
    _, letters = corrected(office)
    (told,) = to(DEN_CHAI, letters)
    assert "เจ้าหน้าที่แก้ไขข้อมูลของท่าน" in said(told)
    assert WHY in said(told)
    assert to(STAFF, letters) == []
    answer, books = cell(office), office.house.books
    row = books.mail_row(answer.message)
    assert (row.state, row.sender, row.outcome) == (MessageState.DECIDED, STAFF, "corrected")
    assert handle_mail.work(office.house, office.now) == []
    assert books.to_file("desk", 0) == []
    assert books.sort_mails() == 0
    (letter,) = books.letters_about(answer.message)
    assert letter.recipients == [DEN_CHAI]


def test_a_later_report_counts_again(office):
    corrected(office)
    office.take(mail(DEN_CHAI, "ขอส่งรายงานอีกครั้งค่ะ", form=office.filled()))
    assert cell(office).value is True


def test_each_value_leads_to_its_cell_for_staff_alone(office):
    reported(office)
    staff, viewer = office.signed_in(), office.signed_in(VIEWER)
    for path, least in (("/mails/1", 28), ("/reporters/den-chai", 28)):
        links = re.findall(r'class="correct" href="([^"]+)"', staff.get(path).text)
        assert len(links) >= least
        assert f"/circulars/w5827/cells/{office.code}/{KEY}" in map(html.unescape, links)
        assert "/cells/" not in viewer.get(path).text
    page = viewer.get(f"/circulars/w5827/cells/{office.code}/{KEY}").text
    assert "/do" not in page
    assert "ค่าที่บันทึกไว้" in page


@pytest.mark.parametrize(
    ("more", "why"),
    [({"words": "✓"}, "เป็นค่านี้อยู่แล้ว"), ({"words": "อาจจะ"}, "อ่านค่าใหม่ไม่ได้"), ({"words": ""}, "อ่านค่าใหม่ไม่ได้")],
)
def test_what_would_change_nothing_or_is_no_value_is_refused_with_why(office, more, why):
    page, deed = shown(office.signed_in(), **(reported(office) | more))
    assert deed == ""
    assert why in page


@pytest.mark.parametrize("wrong", [{"slug": "x"}, {"organisation": "9"}, {"question": "none"}, {"question": ""}])
def test_a_cell_that_is_not_there_is_not_corrected(office, wrong):
    form = reported(office) | wrong
    assert office.signed_in().post("/do", data=form, headers=OURS).status_code == 404
    path = "/circulars/{slug}/cells/{organisation}/{question}".format(**form)
    assert office.signed_in().get(path).status_code == 404


def test_what_was_reported_meanwhile_is_shown_before_it_is_overruled(office):
    browser = office.signed_in()
    _, deed = shown(browser, **reported(office))
    office.take(mail(DEN_CHAI, "ขอแก้ไขค่ะ", form=office.filled(mark="✗")))
    assert "ยังไม่ได้ทำ" in done(browser, deed)
    assert cell(office).sender == DEN_CHAI


def test_all_that_the_form_offers_or_holds_is_read_as_it_is_meant():
    """Of every question of the shipped circulars: each choice, and what stands in the field at first."""
    kinds = set()
    for circular in shipped_bureau().circulars.values():
        for question in circular.form.question:
            kinds.add(question.kind)
            offered = choices_of(question) or (
                (question.example or WRITTEN[question.kind],) if question.kind in WRITTEN else ()
            )
            for written in offered:
                value = value_said(circular, question, written, circular.deadlines.reporters.date())
                assert value is not None, (question.key, written)
                again = value_said(circular, question, as_read(question, value), circular.deadlines.reporters.date())
                assert again == value, (question.key, as_read(question, value))
    assert Kind.TICK in kinds
