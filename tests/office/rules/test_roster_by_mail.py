"""ขอทะเบียน brings believed staff the roster, and nobody else."""

import dataclasses

import pytest

from bot.documents.mail.attachments import Desk, made
from bot.office.letters.enclosures import RosterWorkbook
from bot.office.model.received_mail import Verdict
from bot.office.rules.case import Case
from bot.office.rules.decide import decide
from bot.office.rules.roster_by_mail import asks_roster
from parsers.reading import Reading
from parsers.rosters.entries import RosterRequest
from parsers.rosters.read_roster import read_roster


@pytest.fixture
def run(desk, papers):
    def decided(sender, text="ขอทะเบียนครับ", **facts):
        reading = Reading(mail=papers.mail(sender, "ทะเบียน", text))
        known = dataclasses.replace(desk.facts(), **facts)
        return decide(Case(desk.bureau, reading, known, papers.inboxed(), papers.moment("2024-11-21 12:00")))

    return decided


@pytest.mark.parametrize(
    "text",
    [
        "ขอทะเบียน",
        "เรียน เจ้าหน้าที่\nขอไฟล์ทะเบียนผู้รายงานหน่อยค่ะ",
        "ส่งทะเบียนล่าสุดให้ด้วย",
        "ขอทะเบียนผู้ส่งทั้งหมดหน่อยค่ะ พร้อมอีเมล จะเอาไปแปะข้างจอ",
        "เพื่อความสบายใจ ขอดูทะเบียนหน่อยสิว่าแต่ละแห่งใช้เมลอะไร",
        "ขอดูรายชื่อกับเมลผู้รายงานทั้งหมด",
        "ขอรายชื่อผู้รายงานแต่ละอำเภอกับอีเมลที่ใช้อยู่",
        "ขอดูรายชื่ออำเภอกับเมลที่ใช้ส่งอยู่ตอนนี้",
        "ในระบบเรามีเมลของแต่ละอำเภอว่าอะไรบ้างคะ",
    ],
)
def test_what_asks_for_it(text):
    assert asks_roster(text)


@pytest.mark.parametrize(
    "text",
    [
        "ไม่ต้องส่งทะเบียน",
        "ไม่ขอทะเบียนผู้ส่งแล้ว",
        "ขอทะเบียนราษฎรด้วย",
        "ทะเบียนราษฎร์",
        "ขอทะเบียน แต่ไม่เอาอีเมล",
        "เพิ่มที่อยู่ a@b.example ในทะเบียน",
        "",
    ],
)
def test_what_does_not(text):
    assert not asks_roster(text)


def test_staff_get_the_workbook_and_what_it_holds_is_read_back_as_the_roster(run, bureau, papers):
    staff = bureau.office.staff[0]
    (letter,) = run(staff).letters
    assert letter.to == (staff,)
    assert letter.enclosures == (RosterWorkbook(),)
    file = made(letter.enclosures[0], Desk(bureau.office, bureau.roster, "s", papers.moment("2024-11-21 12:00")))
    reporters = tuple(contact.reporter for contact in bureau.roster.contacts)
    reading = read_roster(
        file.name, file.content, RosterRequest(bureau.roster.organisations, reporters, bureau.roster.naming)
    )
    assert (reading.usable, reading.whole) == (True, True)
    assert {line.key for line in reading.organisations} == set(bureau.roster.by_code)


def test_nobody_else_gets_it(run, bureau):
    long = bureau.roster.by_key["long"].addresses[0]
    decisions = [
        run("who@freemail.example"),
        run(long),
        run(bureau.office.staff[0], verdict=Verdict.FAIL),
    ]
    assert not any(
        e for d in decisions for letter in d.letters for e in letter.enclosures if isinstance(e, RosterWorkbook)
    )
    assert all(decision.outcome != "roster-sent" for decision in decisions)
