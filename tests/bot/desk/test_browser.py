"""A real browser, Debian's chromium: coming in by a mailed link and reading every page, with scripts and without; axe finds nothing.

The server is a thread of this process on the loopback, so that the test may look into the books for the letter.
"""

import dataclasses
import re
import shutil
import socket
import threading
import time

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from bot.desk.app import desk_app
from bot.desk.desk import Desk
from bot.desk.look import PATHS, served
from bot.desk.pages.table import PAGES
from tests.bot.desk.conftest import LookingReader
from tests.conftest import cannot
from tests.documents.browser import NAMES
from tests.field.office_of_paper import DEN_CHAI, SONG, STAFF, Office, mail, said, to

CELL = {"organisation": "5540501", "question": "s10_announced"}
WANTED = {"slug": "w5827", "key": "den-chai", "number": "1", **CELL}
WIDTHS = (360, 820, 1600)
PAPER = 680  # pixels of A4 within its margins


@pytest.fixture(scope="module")
def chromium():
    """One browser for all."""
    path = next(filter(None, map(shutil.which, NAMES)), "") or cannot("no chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Served(Office):
    """The office of paper, its page served on the loopback."""

    def __init__(self, folder) -> None:
        super().__init__(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.origin = f"http://127.0.0.1:{port}"
        own = dataclasses.replace(self.bureau.office, desk=self.origin)
        self.house = dataclasses.replace(
            self.house, bureau=dataclasses.replace(self.bureau, office=own), sandbox=LookingReader()
        )
        desk = Desk(self.house, (), lambda: self.now)
        config = uvicorn.Config(desk_app(desk), port=port, log_level="error", access_log=False)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join()
        super().close()

    def link(self) -> str:
        """The link in the letter that was written last; it is written by a worker, so it is waited for."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            for letter in to(STAFF, self.letters()):
                if found := re.search(rf"{self.origin}/sign-in/[\w-]+", said(letter)):
                    return found[0]
            time.sleep(0.05)
        raise AssertionError("no letter")


@pytest.fixture
def desk(tmp_path):
    made = Served(tmp_path)
    made.take(mail(DEN_CHAI, "ขอส่งรายงานค่ะ", form=made.filled()))
    made.take(mail(SONG, "มาตรา 16 หมายถึงคำสั่งฉบับไหนคะ"))
    made.letters()
    yield made
    made.close()


def come_in(desk, page):
    """As a member of staff does."""
    page.goto(f"{desk.origin}/")
    page.get_by_label("ที่อยู่อีเมลของท่าน").fill(STAFF)
    page.get_by_role("button", name="ขอลิงก์เข้าระบบ").click()
    page.get_by_role("status").wait_for()
    page.goto(desk.link())
    page.get_by_role("button", name="เข้าระบบ").click()
    page.wait_for_url(f"{desk.origin}/")


def pages():
    return [
        served(name, **{key: value for key, value in WANTED.items() if f"{{{key}}}" in PATHS[name]}) for name in PAGES
    ]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_member_of_staff_comes_in_and_reads_every_page(desk, chromium, scripts):
    with chromium.new_context(java_script_enabled=scripts, locale="th") as context:
        page, faults = context.new_page(), []
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        come_in(desk, page)
        for path in pages():
            assert page.goto(f"{desk.origin}{path}").status == 200
            assert page.locator("h1").count() == 1
        page.goto(f"{desk.origin}/circulars/w5827/report")
        page.locator("tbody a", has_text="✓").first.click()
        assert "/mails/1#v-" in page.url
        page.locator("tr:target a").click()
        assert "#c-" in page.url
        assert page.locator("td:target").inner_text().strip() == "✓"
        page.locator("td:target a").click()
        assert "#v-" in page.url
        page.get_by_role("button", name="ออกจากระบบ").click()
        page.wait_for_url(f"{desk.origin}/sign-in")
        page.goto(f"{desk.origin}/mails")
        assert page.url == f"{desk.origin}/sign-in"
        assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_screen(desk, chromium, scheme):
    axe, found, wide = Axe(), {}, []
    with chromium.new_context(color_scheme=scheme, locale="th", bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{desk.origin}/sign-in")
        found |= violations(axe, page)
        come_in(desk, page)
        for path in pages():
            page.goto(f"{desk.origin}{path}")
            found |= violations(axe, page)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    wide.append((path, width))
            page.emulate_media(media="print")
            page.set_viewport_size({"width": PAPER, "height": 1000})
            if page.evaluate("document.documentElement.scrollWidth") > PAPER:
                wide.append((path, "paper"))
            page.emulate_media(media="screen")
    assert found == {}
    assert wide == []


def violations(axe, page):
    said = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    return {
        (page.url.rpartition("/")[2], each["id"]): [node["html"][:200] for node in each["nodes"][:3]]
        for each in said.response["violations"]
    }


def test_numbers_are_kept_fresh_where_scripts_run(desk, chromium):
    with chromium.new_context(locale="th") as context:
        page = context.new_page()
        page.clock.install()
        come_in(desk, page)
        page.goto(f"{desk.origin}/circulars/w5827")
        number = page.locator("[data-live=done-w5827]")
        assert number.inner_text() == "๗"
        desk.take(mail(SONG, "ขอส่งรายงาน", form=desk.filled("song")))
        page.clock.fast_forward(31_000)
        expect(number).not_to_have_text("๗")
        assert int(number.inner_text()) > 7  # Thai digits are digits to Python


OUTLINED = "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 }"


def tab_to(page, words):
    """Press Tab until what is focused has this label or text; it is seen to be focused."""
    for _ in range(60):
        page.keyboard.press("Tab")
        named = page.evaluate(
            "() => { const e = document.activeElement; return (e.labels?.[0] ?? e).innerText.trim() }"
        )
        if named.startswith(words):
            assert page.evaluate(OUTLINED)
            return
    raise AssertionError(f"{words} is not reached by Tab")


def test_the_keyboard_alone_comes_in_and_does_a_deed(desk, chromium):
    with chromium.new_context(locale="th") as context:
        page = context.new_page()
        page.goto(f"{desk.origin}/")
        tab_to(page, "ที่อยู่อีเมลของท่าน")
        page.keyboard.type(STAFF)
        page.keyboard.press("Enter")
        page.get_by_role("status").wait_for()
        page.goto(desk.link())
        tab_to(page, "เข้าระบบ")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{desk.origin}/")
        tab_to(page, "ข้ามไปที่เนื้อหา")
        page.keyboard.press("Enter")
        tab_to(page, "สถานะการดำเนินการ")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{desk.origin}/circulars/w5827")
        tab_to(page, "พิมพ์คำสั่ง")
        page.keyboard.type("เลื่อนกำหนดของอำเภอสองถึงวันที่ ๓ ธันวาคม ๒๕๖๗")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{desk.origin}/do")
        tab_to(page, "ยืนยัน")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{desk.origin}/done")
        assert page.locator("h1").inner_text() == "ดำเนินการแล้ว"
        (change,) = desk.house.books.round_changes(["w5827"])
        assert (change.by, change.whom) == (STAFF, "song")
