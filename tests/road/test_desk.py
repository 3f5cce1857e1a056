"""The desk on the whole road, in a real browser: in by a mailed link, a longer time given, a held mail let in, a draft approved; with scripts and without.

``ruam desk`` and each pass of the bot are processes of their own, on the embedded servers.
"""

import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

from tests.conftest import cannot
from tests.documents.browser import NAMES
from tests.road.conftest import ROOT, parse

LONG, SONG, STRANGER, DEPARTMENT = "long@amphoe.example", "song@amphoe.example", "who@freemail.example", "dla0810@dla.example"  # fmt: skip

pytestmark = pytest.mark.timeout(400)


@pytest.fixture
def begun(post_office, embedded_office, clerk, letters):
    """Two districts: one has reported, of the other a stranger has."""
    office = embedded_office
    office.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    office.keep_only("long", "song")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with office.config.open("a", encoding="utf-8") as config:
        config.write(f'\n[desk]\naddress = "http://127.0.0.1:{port}"\nport = {port}\n')
    office.ruam("once", "--at", "2024-11-20T08:30")
    for address, sender in ((LONG, LONG), (SONG, STRANGER)):
        (request,) = post_office.inbox_of(address)
        person = clerk(sender)
        raw = person.reply(request, "ขอส่งรายงานค่ะ", person.filled(letters.enclosure(request)))
        if sender == STRANGER:  # a reply would prove that he has the letter; this one only has the form
            raw = re.sub(rb"(?m)^In-Reply-To:.*\r\n", b"", raw)
        post_office.deliver(raw, sender, "office@phrae.example")
    office.ruam("once", "--at", "2024-11-21T09:00")
    return office


@contextmanager
def desk(office, at):
    """``ruam desk`` at a time; its address."""
    origin = re.search(r'address = "(http://127[^"]+)"', office.config.read_text("utf-8"))[1]
    command = [sys.executable, "-m", "bot", "desk", "--config", office.config, "--at", at]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + 60
            while not answers(int(origin.rpartition(":")[2])):
                assert time.monotonic() < until
                time.sleep(0.1)
            yield origin
        finally:
            process.terminate()


def answers(port):
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def come_in(page, origin, office, post_office, at):
    """By the link that the bot mails."""
    page.goto(origin)
    page.get_by_label("ที่อยู่อีเมลของท่าน").fill(office.staff)
    page.get_by_role("button", name="ขอลิงก์เข้าระบบ").click()
    page.get_by_role("status").wait_for()
    for _ in range(3):  # the letter is queued by a worker, after the answer
        office.process("once", "--at", at)
        text = parse(post_office.inbox_of(office.staff)[-1]).get_body(("plain",)).get_content()
        if found := re.search(rf"{origin}/sign-in/[\w-]+", text):
            break
    page.goto(found[0])
    page.get_by_role("button", name="เข้าระบบ").click()
    page.wait_for_url(f"{origin}/")


def confirm(page):
    """What was shown is done."""
    assert page.locator("h1").inner_text() == "ตรวจก่อนทำ"
    page.get_by_role("button", name="ยืนยัน").click()
    assert page.locator("h1").inner_text() == "ดำเนินการแล้ว"


def extend_and_accept(page, origin):
    """One district gets longer; the mail of a stranger for it is let in."""
    page.goto(f"{origin}/circulars/w5827")
    page.get_by_label("พิมพ์คำสั่ง").fill("เลื่อนกำหนดของอำเภอสองถึงวันที่ ๒ ธันวาคม ๒๕๖๗")
    page.get_by_role("button", name="ดูก่อนว่าระบบจะทำอะไร").click()
    assert SONG in page.locator("main").inner_text()
    confirm(page)
    page.goto(origin)
    page.get_by_role("link", name="รอเจ้าหน้าที่").click()
    page.locator("article a", has_text="หมายเลข").first.click()
    page.get_by_role("button", name="รับ", exact=True).click()
    confirm(page)


def compare_and_approve(page, origin):
    """From a value of the draft to its cell and back; then the draft is approved."""
    page.goto(f"{origin}/circulars/w5827/report")
    value = page.locator("tbody a", has_text="✓").first
    shown = value.inner_text()
    value.click()
    page.locator("tr:target a[href^='#']").click()
    assert page.locator("td:target").inner_text().strip() == shown
    page.locator("td:target a").click()
    assert "#v-" in page.url
    page.goto(f"{origin}/circulars/w5827/report")
    page.get_by_label("เลขที่และวันที่ของหนังสือนำส่ง").fill("เลขที่ พร ๐๐๒๓.๑/๑๒๓ ลงวันที่ ๕ ธันวาคม ๒๕๖๗")
    page.get_by_role("button", name="อนุมัติ", exact=True).click()
    assert DEPARTMENT in page.locator("main").inner_text()
    confirm(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_staff_steer_a_round_from_the_browser(begun, post_office, letters, scripts):
    office, path = begun, next(filter(None, map(shutil.which, NAMES)), "") or cannot("no chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(java_script_enabled=scripts, locale="th")
        with desk(office, "2024-11-21T10:00") as origin:
            come_in(page, origin, office, post_office, "2024-11-21T10:01")
            extend_and_accept(page, origin)
        office.process("once", "--at", "2024-11-21T10:30")
        assert letters.kinds(post_office.inbox_of(SONG)) == ["request", "extension", "receipt"]
        for moment in ("2024-12-04T17:00", "2024-12-06T09:00"):
            office.process("once", "--at", moment)
        with desk(office, "2024-12-06T09:30") as origin:
            come_in(page, origin, office, post_office, "2024-12-06T09:31")
            compare_and_approve(page, origin)
        for moment in ("2024-12-06T10:00", "2024-12-06T11:00"):
            office.process("once", "--at", moment)
    assert letters.kinds(post_office.inbox_of(DEPARTMENT)) == ["report"]
