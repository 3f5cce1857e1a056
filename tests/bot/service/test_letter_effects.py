"""On real books: letters go, reporters answer, and in October staff hear what worked; the shell tells the same at any time."""

import datetime

import pytest

from bot.cli.common import opened_books, opened_house
from bot.config.load import load_bureau, load_config
from bot.office.decision import Decision, Readdressing
from bot.office.letters.letter import Letter, LetterKind
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.sent_letter import Bounce
from bot.service import clock_tick, send_letters
from bot.service.record_decision import record
from tests.bot.service.test_handle_mail import Outbox
from tests.field.office_of_paper import DEN_CHAI, Office, mail
from tests.road.conftest import ROOT, OfficeFolder

NOWHERE = 'host = "127.0.0.1"\nport = 1\nsecurity = "none"'
BEGIN = datetime.datetime(2024, 10, 1, tzinfo=BANGKOK)


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


@pytest.fixture
def office(tmp_path):
    """Its requests went on 27 November at nine; reminders go two days and one day before the 29th."""
    made = Office(tmp_path)
    send_letters.send(made.house, Outbox(), made.now)
    yield made
    made.close()


def look(office, moment):
    """The clock ticks and what it brings about is sent."""
    office.now = at(moment)
    clock_tick.tick(office.house, office.now)
    send_letters.send(office.house, Outbox(), office.now)
    return office.letters()


def effects(office, reporter):
    return [(one.step, one.answered) for one in office.house.books.effects(BEGIN) if one.reporter == reporter]


def test_what_a_reporter_does_is_kept_with_the_letter_before_it(office):
    look(office, "2024-11-28 09:00")
    assert office.take(mail(DEN_CHAI, "ส่งแล้วครับ", form=office.filled())) == "accepted"
    look(office, "2024-12-02 09:00")
    assert effects(office, "den-chai") == [("request", None), ("before-1", office.now.replace(2024, 11, 28, 9, 1))]
    assert effects(office, "song") == [("request", None), ("before-1", None), ("overdue-1", None)]


def test_an_organisation_that_answers_for_itself_answers_its_districts_letter(office):
    roster = office.bureau.roster
    code = roster.by_key["den-chai"].organisations[0]
    assert roster.written_to(code) == ("den-chai",)
    assert roster.written_to("den-chai") == ("den-chai",)
    assert roster.written_to("nobody") == ()
    [address, *_] = roster.by_key[code].addresses
    assert office.take(mail(address, "ส่งเองครับ", form=office.filled())) in {"accepted", "partly"}
    assert effects(office, "den-chai") == [("request", office.now)]


def test_words_and_unread_files_are_no_answer(office):
    office.take(mail(DEN_CHAI, "ขอเวลาสอบถาม อปท. ก่อนครับ"))
    assert effects(office, "den-chai") == [("request", None)]


def test_a_letter_that_came_back_and_goes_to_another_address_is_counted_once(office):
    [fate] = [one for one in office.house.books.fates(numbers=range(1, 99)) if one.addressee == "den-chai"]
    other = Letter(LetterKind.REQUEST, "w5827", "den-chai", "request~2", ("second@x.example",), fate.subject, {})
    again = Decision(bounces=(Bounce(fate.id, {DEN_CHAI: "550 no"}),), again=(Readdressing(fate.id, other),))
    record(office.house, again, None, office.now)
    assert effects(office, "den-chai") == []  # nothing has arrived
    send_letters.send(office.house, Outbox(), office.now)
    assert effects(office, "den-chai") == [("request", None)]


def note(letters):
    return [one for one in letters if "จดหมายเตือนขั้นใดได้ผล" in str(one["Subject"])]


def test_staff_hear_once_a_year_what_worked(office):
    office.take(mail(DEN_CHAI, "ส่งแล้วครับ", form=office.filled()))
    told = [
        (moment, letter)
        for moment in (
            "2025-09-30 09:00",
            "2025-10-01 08:00",
            "2025-10-01 08:30",
            "2025-10-01 12:00",
            "2025-10-02 09:00",
        )
        for letter in note(look(office, moment))
    ]
    [(moment, letter)] = told
    assert moment == "2025-10-01 08:30"
    text = letter.get_body(("plain",)).get_content()
    reporters = len(office.bureau.roster.contacts)
    assert f"- หนังสือแจ้ง: ส่ง {reporters} ตอบใน 1 วันทำการ 1 " in text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    assert note(look(office, "2026-10-01 09:00")) == []  # a year without letters


def test_the_shell_tells_the_same(tmp_path):
    folder = OfficeFolder(tmp_path, f'{NOWHERE}\nuser = "u"\npassword = "p"', NOWHERE)
    folder.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    settings = load_config(folder.config)
    with opened_house(settings) as house:
        now = at("2024-11-20 08:30")
        clock_tick.tick(house, now)
        send_letters.send(house, Outbox(), now)
        sent = len(house.books.effects(BEGIN))
    with opened_books(settings, load_bureau(settings)) as books:
        assert len(books.effects(BEGIN)) == sent > 0
    for year in ("2568", "2025"):
        lines = folder.ruam("letters", "--effect", year).stdout.splitlines()
        assert lines[1] == f"หนังสือแจ้ง\t{sent}\t0\t0\t{sent}\t0"
        assert "ยังสรุปไม่ได้" in lines[2]
    assert folder.ruam("letters", "--effect", "2568", "--circular", "w5827").stdout.splitlines() == lines
    assert "No request or reminder went" in folder.ruam("letters", "--effect", "2569").stdout
    assert folder.ruam("letters", "--effect", "69", check=False).returncode == 2
