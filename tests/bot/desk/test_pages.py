"""Every page on real books: what it says, what it leads to, how many statements it asks of the books."""

import html
import re
import sqlite3

import pytest
import sqlalchemy as sa

from bot.desk.look import PATHS, served
from bot.desk.pages.table import PAGES
from bot.office.model.received_mail import Arrival
from bot.store.desk_pages import Which
from tests.bot.desk.conftest import as_read
from tests.field.office_of_paper import DEN_CHAI, SONG, STAFF, mail, said, to

STRANGER = "clerk@freemail.example"
CELL = {"organisation": "5540501", "question": "s10_announced"}
WANTED = {"slug": "w5827", "key": "den-chai", "number": "1", **CELL}
MOST = 40  # statements of a page


@pytest.fixture
def lively(office):
    """With a report, a mail in words, a held mail, and a sender of hostile words."""
    assert office.take(mail(DEN_CHAI, "ขอส่งรายงานค่ะ", form=office.filled())) == "accepted"
    office.take(mail(SONG, "มาตรา 16 หมายถึงคำสั่งฉบับไหนคะ"))
    office.take(mail(STRANGER, "ขอส่งแทนอำเภอสอง", form=office.filled("song")))
    office.told = office.letters()
    return office


def address(name):
    return served(name, **{key: value for key, value in WANTED.items() if f"{{{key}}}" in PATHS[name]})


def test_every_page_is_whole(lively):
    browser = lively.signed_in()
    for name in PAGES:
        answer = browser.get(address(name))
        assert answer.status_code == 200, name
        page = answer.text
        assert page.startswith('<!DOCTYPE html>\n<html lang="th">'), name
        assert page.count("<h1>") == page.count("<main") == 1, name
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids)), name


def test_every_link_leads_somewhere(lively):
    browser, seen, todo = lively.signed_in(), set(), ["/"]
    while todo:
        path = todo.pop()
        answer = browser.get(path)
        assert answer.status_code == 200, path
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        links = {html.unescape(each) for each in re.findall(r'(?:href|src)="([^"]+)"', answer.text)}
        within = {each[1:] for each in links if each.startswith("#")}
        assert within <= {html.unescape(each) for each in re.findall(r' id="([^"]+)"', answer.text)}, path
        for each in links:
            target = each.partition("#")[0]
            kind = re.sub(r"\d+|(?<=/reporters/)[^?]+|(?<=circular=).*", "N", target)
            if target and kind not in seen:
                seen.add(kind)
                todo.append(target)
    assert len(seen) > 30


def test_what_is_not_there_is_said_and_no_more(lively):
    browser = lively.signed_in()
    for path in ("/mails/999", "/mails/x", "/mails/-1", "/mails/" + "9" * 30, "/circulars/other", "/reporters/nobody",
                 "/letters/999", "/mails?state=x", "/mails?before=x", "/circulars?after=x", "/mails/1/files/99",
                 "/circulars/w5827/report/9.xlsx", "/nothing", "/mails/999/html"):  # fmt: skip
        assert browser.get(path).status_code == 404, path


def test_the_first_page_says_what_the_digest_would(lively):
    page = lively.signed_in().get("/").text
    assert "โปรดดำเนินการ" in page
    assert "หนังสือเวียนที่กำลังรวบรวม" in page
    assert "/mails/3" in page  # the held one


def test_held_mails_and_words_stand_with_what_a_colleague_did(lively):
    browser = lively.signed_in()
    page = as_read(browser.get("/waiting").text)
    assert "คำสั่งฉบับไหน" in page
    assert STRANGER in page
    question = next(one for one in to(STAFF, lively.told) if "คำสั่งฉบับไหน" in said(one))
    lively.take(mail(STAFF, "หมายถึงคำสั่งกำหนดระบบค่ะ", answers=question["Message-ID"]))
    held = next(one for one in to(STAFF, lively.told) if STRANGER in said(one))
    assert lively.take(mail(STAFF, "ไม่รับ", answers=held["Message-ID"])) == "mail-refused"
    page = browser.get("/waiting").text
    assert f"{STAFF} ตอบแล้วเมื่อ" in page
    assert f"{STAFF} ไม่รับ" in page


def test_the_plan_speaks_thai_and_ends_with_the_report(lively):
    browser = lively.signed_in()
    page = browser.get("/circulars/w5827/plan").text
    assert "จดหมายเตือน ๑ วันทำการก่อนกำหนด" in page
    assert "จดหมายแจ้งว่าเลยกำหนด" in page
    assert "จดหมายขอให้รายงาน" in page
    assert re.search(r"ค้าง [๐-๙]+ จาก [๐-๙]+ แห่ง", page)
    assert "organisations open" not in page
    for contact in lively.bureau.roster.contacts:
        sender = contact.reporter.addresses[0]
        lively.take(mail(sender, "ขอส่งรายงานค่ะ", form=lively.filled(contact.reporter.key)))
    assert "จดหมายแจ้งว่าเลยกำหนด" not in browser.get("/circulars/w5827/plan").text


def test_each_value_is_linked_to_its_cell_and_back(lively):
    page = lively.signed_in().get("/mails/1").text
    cells = re.findall(r'<tr id="(v-[^"]+)">.*?<a href="#(c-[^"]+)">', page)
    assert len(cells) == 28
    for value, cell in cells:
        assert page.count(f'id="{cell}"') == 1
        assert f'href="#{value}"' in page
    report = lively.signed_in().get("/circulars/w5827/report").text
    assert f'href="/mails/1#{cells[0][0]}"' in report


def test_values_names_and_subjects_are_found(lively):
    browser = lively.signed_in()
    assert "/reporters/den-chai" in browser.get("/search", params={"q": "เด่นชัย"}).text
    assert "/circulars/w5827" in browser.get("/search", params={"q": "๕๘๒๗"}).text
    assert "/mails/3" in browser.get("/search", params={"q": "FREEMAIL"}).text
    assert "ไม่พบ" in browser.get("/search", params={"q": "100%_ไม่มี"}).text


def test_lists_go_on_behind_their_last_line(office):
    for number in range(53):
        office.house.books.receive([arrival(office, number)])
    browser = office.signed_in()
    first = browser.get("/mails").text
    numbers = list(map(int, re.findall(r'href="/mails/(\d+)"', first)))
    assert numbers == list(range(53, 3, -1))
    rest = browser.get(html.unescape(re.search(r'class="older" href="([^"]+)"', first)[1])).text
    assert re.findall(r'href="/mails/(\d+)"', rest) == ["3", "2", "1"]
    assert "older" not in rest


def arrival(office, number):
    raw = mail(SONG, f"คำถามที่ {number}")
    return Arrival("INBOX", 7, 1000 + number, raw, office.now, len(raw))


@pytest.fixture
def counting():
    """Counts the statements of this process."""
    counted = []

    def note(*_):
        counted.append(1)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    yield counted
    sa.event.remove(sa.Engine, "before_cursor_execute", note)


def test_a_page_asks_no_more_of_the_books_after_many_mails(lively, counting):
    browser = lively.signed_in()
    found = {name: [] for name in PAGES}
    for more in (0, 60):
        for number in range(more):
            lively.house.books.receive([arrival(lively, number)])
        for name in PAGES:
            browser.get(address(name))  # what was written since is fetched once
            counting.clear()
            assert browser.get(address(name)).status_code == 200
            found[name].append(len(counting))
    print(found)
    assert {name: pair for name, pair in found.items() if pair[0] != pair[1] or pair[1] > MOST} == {}


def plan_of(folder, ask):
    """How the books would go about the last statement that ``ask`` brings about."""
    asked = []

    def note(*said):
        asked.append(said[2:4])

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    ask()
    sa.event.remove(sa.Engine, "before_cursor_execute", note)
    statement, values = asked[-1]
    with sqlite3.connect(folder / "books.db") as books:
        return str(books.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall())


def test_mails_in_words_are_listed_without_a_look_at_the_others(lively, tmp_path):
    """100,000 mails of which 50 said something took 0.13 seconds; by an index of their own 0.005."""
    plan = plan_of(tmp_path, lambda: lively.house.books.mail_rows(Which(words=True)))
    assert "ix_message_words_listed" in plan


def test_a_circulars_reports_are_found_without_a_look_at_other_letters(lively, tmp_path):
    """Told to put them in order, SQLite walked through all letters of the office: 0.06 seconds of 100,000, for each circular."""
    plan = plan_of(tmp_path, lambda: lively.house.books.reports_of("w5827"))
    assert "office_id=? AND kind=? AND circular=?" in plan


def test_another_offices_rows_are_not_there(lively):
    """Two offices in the same books: each sees its own, whatever number is asked for."""
    other = lively.books.office("nan", "x")
    assert other.mail_row(1) is None
    assert other.raw_mail(1) == b""
    assert other.letter_row(1) is None
    assert other.letters_about(1) == other.mail_rows(Which()) == other.letter_rows(Which()) == []
    assert other.report_content("w5827", 1) is None
    (theirs,) = other.receive([arrival(lively, 1)])
    browser = lively.signed_in()
    for path in (f"/mails/{theirs}", f"/mails/{theirs}/html", f"/mails/{theirs}/files/0"):
        assert browser.get(path).status_code == 404
    assert f"/mails/{theirs}" not in browser.get("/mails").text
