"""Coming in: by a mailed link alone, once, in the browser that asked; who is nobody here gets no sign of anything."""

import dataclasses
import datetime

import pytest
from starlette.testclient import TestClient

from bot.desk.app import desk_app
from bot.office.model.sign_in import IDLE, LINK_LASTS, LINKS_AT_ONCE, SESSION_LASTS
from tests.bot.desk.conftest import ORIGIN, OURS, VIEWER, DeskOffice, link_in
from tests.field.office_of_paper import FAILED, SONG, STAFF, mail, to

STRANGER = "thief@freemail.example"
MINUTE = datetime.timedelta(minutes=1)


def test_nothing_is_shown_before_one_is_in(office):
    browser = office.browser()
    for path in ("/", "/circulars", "/circulars/w5827", "/mails/1", "/nothing-here", "/counts", "/mails/1/files/0"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("address", [STAFF, VIEWER])
def test_a_mailed_link_lets_in(office, address):
    browser = office.signed_in(address)
    page = browser.get("/").text
    assert address in page
    assert ("ดูอย่างเดียว" in page) == (address == VIEWER)


def test_strangers_and_reporters_get_the_same_page_and_no_letter(office):
    known, (link,) = office.ask(office.browser(), STAFF)
    assert link
    for address in (STRANGER, SONG, "", "no address", f"{STAFF}\r\nBcc: {STRANGER}", "x" * 300):
        answer, letters = office.ask(office.browser(), address)
        assert (answer.status_code, answer.text) == (known.status_code, known.text)
        assert letters == []


def test_a_scanner_that_opens_the_link_spends_nothing(office):
    browser = office.browser()
    _, (link,) = office.ask(browser)
    scanner = office.browser()
    for _ in range(3):
        assert scanner.get(link).status_code == 200
        assert scanner.head(link).status_code == 200
    assert scanner.post(link, headers=OURS).status_code == 403  # nor one that presses the button
    assert browser.post(link, headers=OURS).status_code == 303


def test_a_link_is_spent_once_and_stays_spent_over_a_restart(office, tmp_path):
    browser = office.browser()
    _, (link,) = office.ask(browser)
    assert browser.post(link, headers=OURS).status_code == 303
    assert browser.post(link, headers=OURS).status_code == 403
    again = DeskOffice(tmp_path)
    again.house = office.house
    try:
        other = again.browser()
        other.cookies = browser.cookies
        assert other.post(link, headers=OURS).status_code == 403
        assert other.get("/").status_code == 200  # while the session goes on
    finally:
        again.close()


def test_a_link_is_good_for_a_quarter_of_an_hour(office):
    browser = office.browser()
    _, (link,) = office.ask(browser)
    office.now += LINK_LASTS
    refused = browser.post(link, headers=OURS)
    assert refused.status_code == 403
    assert refused.text == browser.post("/sign-in/guessed", headers=OURS).text.replace("guessed", link)


def test_the_letter_goes_out_as_every_letter_and_at_night_too(office):
    office.now = office.now.replace(hour=23)
    office.letters()
    browser = office.browser()
    browser.get("/sign-in")
    browser.post("/sign-in", data={"address": STAFF.upper()}, headers=OURS)
    (letter,) = office.letters()
    assert letter["To"] == STAFF
    (row,) = [row for row in office.house.books.letters() if row.occasion.startswith("sign-in-")]
    assert link_in(letter).rpartition("/")[2] not in row.occasion


def test_nobody_is_flooded_with_links(office):
    links = [office.ask(office.browser())[1] for _ in range(LINKS_AT_ONCE + 2)]
    assert [len(each) for each in links] == [1] * LINKS_AT_ONCE + [0, 0]


def test_a_session_ends_when_it_is_left_alone_and_after_a_day_at_work(office):
    browser = office.signed_in()
    for _ in range(3):
        office.now += IDLE - MINUTE
        assert browser.get("/health").status_code == 200
    office.now += IDLE
    assert browser.get("/health").status_code == 303
    browser = office.signed_in()
    begun = office.now
    while office.now + 30 * MINUTE < begun + SESSION_LASTS:
        office.now += 30 * MINUTE
        assert browser.get("/health").status_code == 200
    office.now = begun + SESSION_LASTS
    assert browser.get("/health").status_code == 303


def test_going_out_ends_the_session_for_whoever_kept_the_cookie(office):
    browser, thief = office.signed_in(), office.browser()
    thief.cookies.update(browser.cookies)
    assert thief.get("/health").status_code == 200
    assert browser.post("/sign-out", headers=OURS).status_code == 303
    assert thief.get("/health").status_code == 303


def test_who_is_staff_no_more_is_out_at_once(office):
    staff, viewer = office.signed_in(STAFF), office.signed_in(VIEWER)
    object.__setattr__(office.desk, "viewers", ())
    assert viewer.get("/health").status_code == 303
    assert staff.get("/health").status_code == 200
    bureau = office.desk.house.bureau
    left = dataclasses.replace(bureau, office=dataclasses.replace(bureau.office, staff=("new@phrae.example",)))
    object.__setattr__(office.desk, "house", dataclasses.replace(office.desk.house, bureau=left))
    assert staff.get("/health").status_code == 303
    assert staff.post("/do", data={"kind": "words", "words": "ปิด"}, headers=OURS).headers["location"] == "/sign-in"


def test_a_cookie_of_another_office_lets_nobody_in(office):
    """Two offices in the same books, with the same staff and the same host."""
    browser = office.signed_in()
    other = dataclasses.replace(office.desk.house, books=office.books.office("nan", "y"))
    theirs = TestClient(
        desk_app(dataclasses.replace(office.desk, house=other)), base_url=ORIGIN, follow_redirects=False
    )
    theirs.cookies.update(browser.cookies)
    assert browser.get("/health").status_code == 200
    assert theirs.get("/health").status_code == 303


def test_a_cookie_that_was_made_up_is_none(office):
    browser = office.signed_in()
    (name,) = (name for name in browser.cookies if "session" in name)
    value = browser.cookies[name]
    other = office.browser()
    for forged in (value[:-5] + ("a" if value[-5] != "a" else "b") + value[-4:], value.partition(".")[0], "x.y", ""):
        other.cookies.set(name, forged)
        assert other.get("/health").status_code == 303


def test_cookies_are_kept_from_scripts_other_pages_and_the_open_network(office):
    browser = office.browser()
    asked = browser.get("/sign-in").headers["set-cookie"]
    _, (link,) = office.ask(browser)
    given = browser.post(link, headers=OURS).headers["set-cookie"]
    for cookie, same in ((asked, "strict"), (given, "lax")):
        assert cookie.startswith("__Host-ruam-")
        assert all(part in cookie for part in ("HttpOnly", "Secure", "Path=/", f"SameSite={same}"))


def test_staff_ask_by_mail(office):
    office.letters()
    assert office.take(mail(STAFF, "ขอเข้าระบบค่ะ", subject="เรียนระบบ")) == "sign-in"
    (letter,) = to(STAFF, office.letters())
    browser = office.browser()
    assert browser.post(link_in(letter), headers=OURS).status_code == 303
    assert browser.get("/").status_code == 200
    assert office.browser().post(link_in(letter), headers=OURS).status_code == 403


def test_nobody_sees_a_link_on_the_page(office):
    """The letter with it is among the letters, and an answer quotes it: a viewer would be staff by one that a mail asked for."""
    viewer = office.signed_in(VIEWER)
    office.letters()
    assert office.take(mail(STAFF, "ขอเข้าระบบค่ะ", subject="เรียนระบบ")) == "sign-in"
    (letter,) = to(STAFF, office.letters())
    link = link_in(letter)
    office.take(mail(STAFF, f"ลิงก์นี้ใช้ไม่ได้ค่ะ {ORIGIN}{link}", subject="เรียนระบบ"))
    row = max(one.id for one in office.house.books.letters() if one.occasion.startswith("sign-in-"))
    shown = viewer.get(f"/letters/{row}")
    assert shown.status_code == 200
    assert f"{ORIGIN}/sign-in/…" in shown.text
    pages = [shown, *(viewer.get(f"/mails/{number}") for number in (1, 2)), viewer.get("/waiting")]
    assert not any(link.rpartition("/")[2] in page.text for page in pages)


def test_nobody_else_gets_a_link_by_mail(office):
    office.letters()
    for sender, heads in ((STRANGER, {}), (SONG, {}), (STAFF, FAILED)):
        assert office.take(mail(sender, "ขอเข้าระบบค่ะ", subject="เรียนระบบ", **heads)) != "sign-in"
    assert not any("/sign-in/" in str(letter) for letter in office.letters())
