"""A roster that staff mail back, on real books: mistakes at once, said back, done by one word, seen at the next step."""

import dataclasses
import io

import openpyxl
import pytest

from bot.documents.roster.marked_roster import marked_in_mail
from bot.documents.roster.roster_workbook import roster_workbook
from bot.office.decision import Decision
from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.taken_roster import TakenRoster
from bot.office.wishes.wish import LASTS
from bot.service.current_bureau import current
from parsers.thai.text import ascii_digits
from tests.field import office_of_paper
from tests.field.office_of_paper import DEN_CHAI, FAILED, STAFF, Office, Reader, mail, to

NEW, CHIEF = "long2@district.phrae.example", "palad.long@district.phrae.example"
REPORTERS, ORGANISATIONS = "ผู้รายงาน", "อปท."


class MarkingReader(Reader):
    """Makes marked copies too, in this process."""

    def run(self, function, *args):
        return function(*args) if function is marked_in_mail else None


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    made.house = dataclasses.replace(made.house, sandbox=MarkingReader())
    yield made
    made.close()


def said(letter):
    """A letter's text on one line, since lines are broken anywhere, with figures 0 to 9."""
    return ascii_digits(" ".join(office_of_paper.said(letter).split()))


def roster(office):
    return current(office.house, office.now).bureau.roster


class Filled:
    """The workbook of the roster that holds, changed by a hand."""

    def __init__(self, office):
        self.book = openpyxl.load_workbook(io.BytesIO(roster_workbook(roster(office), office.now)))

    def put(self, name, column, text, sheet=REPORTERS, names=1):
        row = next(row for row in self.book[sheet].iter_rows() if str(row[names].value) == name)
        row[column].value = text
        return row[column].coordinate

    def remove(self, name, sheet, names):
        row = next(row for row in self.book[sheet].iter_rows() if str(row[names].value) == name)
        self.book[sheet].delete_rows(row[0].row)

    @property
    def content(self):
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


@pytest.fixture
def filled(office):
    made = Filled(office)
    made.put("อำเภอลอง", 3, NEW)
    made.put("อำเภอลอง", 4, CHIEF)
    return made


def returned(office, content, sender=STAFF, text="แก้ทะเบียนแล้วค่ะ", subject="ทะเบียน", **heads):
    office.letters()
    outcome = office.take(mail(sender, text, form=content, subject=subject, **heads))
    return outcome, office.letters()


def answered(office, letter, text, sender=STAFF, **heads):
    office.letters()
    raw = mail(sender, text, answers=letter["Message-ID"], subject=f"Re: {letter['Subject']}", **heads)
    return office.take(raw), office.letters()


def test_what_changes_is_said_back_and_done_by_one_word_once(office, filled):
    old = roster(office)
    before = old.by_key["long"].addresses
    outcome, letters = returned(office, filled.content)
    assert outcome == "said-back"
    (back,) = to(STAFF, letters)
    text = said(back)
    assert f"+ {NEW}" in office_of_paper.said(back)  # its figure is no figure of the letter
    assert all(f"− {address}" in text for address in before)
    assert "ที่อยู่อีเมลใหม่ 1 รายการ" in text
    assert f"ที่อยู่อีเมลที่นำออก {len(before)} รายการ" in text
    assert "อีเมลหัวหน้าที่เปลี่ยน 1 รายการ" in text
    assert roster(office) is old

    outcome, letters = answered(office, back, "ยืนยัน")
    assert outcome == "roster-taken"
    assert "ดำเนินการแล้ว" in said(to(STAFF, letters)[0])
    now = roster(office)
    assert now.by_key["long"].addresses == (NEW,)
    assert now.contact_for("long").chief == CHIEF
    assert now.by_code == old.by_code
    assert {key: one for key, one in now.by_key.items() if key != "long"} == {
        key: one for key, one in old.by_key.items() if key != "long"
    }
    assert roster(office) is now
    assert answered(office, back, "ยืนยัน")[0] == "not-confirmed"  # a second time
    assert office.house.books.check_chain().misfits == ()


def test_a_new_and_a_removed_organisation_a_name_and_a_status(office):
    old = roster(office)
    made = Filled(office)
    of_district = set(old.by_key["long"].organisations)
    first, second, third = [each for each in old.organisations if each.code in of_district][:3]
    row = next(r for r in made.book[ORGANISATIONS].iter_rows() if str(r[4].value) == first.code)
    row[3].value = "ชื่อใหม่"
    row = next(r for r in made.book[ORGANISATIONS].iter_rows() if str(r[4].value) == second.code)
    kind = "ทต." if second.type == "อบต." else "ทม."
    row[2].value, row[4].value, row[5].value = kind, "2999999", second.code
    made.remove(third.code, ORGANISATIONS, 4)
    outcome, letters = returned(office, made.content)
    assert outcome == "said-back", said(letters[0])
    (back,) = to(STAFF, letters)
    for words in ("ชื่อที่เปลี่ยน 1 รายการ", "ฐานะที่เปลี่ยน 1 รายการ", "หน่วยงานที่นำออก 1 รายการ"):
        assert words in said(back)
    assert answered(office, back, "ยืนยัน")[0] == "roster-taken"
    now = roster(office)
    assert now.by_code[first.code].official_name.endswith("ชื่อใหม่")
    assert (now.by_code[second.code].type, now.by_code[second.code].present_code) == (kind, "2999999")
    assert third.code not in now.by_code
    assert set(now.by_key["long"].organisations) == of_district - {third.code}


def test_all_mistakes_come_back_in_one_marked_copy_that_can_be_mended(office, filled):
    cell = filled.put("อำเภอลอง", 3, "long@")
    other = filled.put("อำเภอสอง", 3, "a@@b.example")
    outcome, letters = returned(office, filled.content)
    assert outcome == "roster-to-mend"
    (back,) = to(STAFF, letters)
    assert cell in said(back)
    assert other in said(back)
    (copy,) = [part.get_content() for part in back.iter_attachments() if part.get_filename() == "roster-marked.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(copy))
    for each in (cell, other):
        assert book[REPORTERS][each].comment is not None
        book[REPORTERS][each].value = NEW if each == cell else "song@district.phrae.example"
    out = io.BytesIO()
    book.save(out)
    assert returned(office, out.getvalue())[0] == "said-back"


def test_strangers_reporters_and_the_forged_change_nothing(office, filled):
    old = roster(office)
    for sender, heads in ((DEN_CHAI, {}), ("who@freemail.example", {}), (STAFF, FAILED)):
        outcome, letters = returned(office, filled.content, sender, **heads)
        assert outcome not in {"said-back", "roster-to-mend", "roster-taken"}, sender
        assert not any("ยืนยันการแก้ไขทะเบียน" in str(each["Subject"]) for each in letters)
    (back,) = to(STAFF, returned(office, filled.content, text="ส่งอีกครั้งค่ะ")[1])
    for sender, heads in ((DEN_CHAI, {}), ("who@freemail.example", {}), (STAFF, FAILED)):
        assert answered(office, back, "ยืนยัน", sender, **heads)[0] != "roster-taken"
    assert roster(office) is old
    assert office.house.books.taken_roster() is None


@pytest.mark.parametrize(("word", "outcome"), [("ยกเลิก", "wish-dropped"), ("ยืนยัน แต่ยกเว้นอำเภอลอง", "not-confirmed")])
def test_it_may_be_dropped_and_a_condition_is_no_word(office, filled, word, outcome):
    (back,) = to(STAFF, returned(office, filled.content)[1])
    assert answered(office, back, word)[0] == outcome
    assert office.house.books.taken_roster() is None


def test_too_late_and_after_another_change_nothing_is_done(office, filled):
    (first,) = to(STAFF, returned(office, filled.content)[1])
    (second,) = to(STAFF, returned(office, filled.content, text="อีกครั้ง")[1])
    mark = AddressMark("x@district.phrae.example", AddressStanding.ADDED, "song", "", STAFF, office.now)
    office.house.books.mark(mark)
    assert answered(office, second, "ยืนยัน")[0] == "changed-meanwhile"
    office.now += LASTS
    assert answered(office, first, "ยืนยัน")[0] == "not-confirmed"
    assert office.house.books.taken_roster() is None


def test_words_on_addresses_before_it_are_in_it_and_later_ones_hold_over_it(office):
    old = "x@district.phrae.example"
    office.house.books.mark(AddressMark(old, AddressStanding.ADDED, "song", "", STAFF, office.now))
    made = Filled(office)
    made.put("อำเภอสอง", 3, "y@district.phrae.example")
    (back,) = to(STAFF, returned(office, made.content)[1])
    assert answered(office, back, "ยืนยัน")[0] == "roster-taken"
    assert roster(office).by_key["song"].addresses == ("y@district.phrae.example",)
    office.later(minutes=1)
    office.house.books.mark(
        AddressMark("z@district.phrae.example", AddressStanding.ADDED, "song", "", STAFF, office.now)
    )
    assert roster(office).by_key["song"].addresses == ("y@district.phrae.example", "z@district.phrae.example")


def test_the_same_roster_changes_nothing_and_the_bots_own_address_is_refused(office):
    made = Filled(office)
    assert returned(office, made.content)[0] == "roster-unchanged"
    made.put("อำเภอลอง", 3, office.bureau.office.address)
    outcome, letters = returned(office, made.content)
    assert outcome == "roster-refused"
    assert "ที่อยู่ของระบบเอง" in said(to(STAFF, letters)[0])


def test_a_long_list_of_changes_is_cut_and_counted(office):
    made = Filled(office)
    for row in made.book[ORGANISATIONS].iter_rows(min_row=4):
        if row[3].value and row[4].value:
            row[3].value = f"{row[3].value}ใหม่"
    _, letters = returned(office, made.content)
    (back,) = to(STAFF, letters)
    assert "และอีก" in said(back)
    assert said(back).count("เปลี่ยนชื่อ:") <= 20


def test_a_folder_that_it_no_longer_fits_holds_alone(office):
    broken = TakenRoster('{"reporters": {"nobody": {"phone": "1"}}, "organisations": {}}', STAFF, office.now)
    office.house.books.commit(Decision(rosters=(broken,)), [], message=None, now=office.now)
    assert roster(office) == office.bureau.roster


def test_a_report_of_staff_for_a_district_stays_a_report(office):
    outcome, _ = returned(office, office.filled("long"), subject="Re: [w5827] report")
    assert outcome not in {"said-back", "roster-to-mend", "roster-refused", "roster-unchanged"}
