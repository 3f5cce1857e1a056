"""Every view that the desk has, one after another in a real browser: signing in, each page, each step of a deed, what is refused.

``python -m tests.bot.desk.views FOLDER`` makes a picture of each, at three widths, light and dark, and as it is printed.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bot.desk.look import PATHS, served
from bot.desk.pages.table import PAGES
from tests.bot.desk.served import Served
from tests.documents.browser import NAMES
from tests.field.office_of_paper import DEN_CHAI, SONG, STAFF, mail

WANTED = {
    "slug": "w5827",
    "key": "den-chai",
    "number": "1",
    "organisation": "5540501",
    "question": "s10_announced",
}
WIDTHS = (360, 820, 1600)
PAPER = 680  # pixels of A4 within its margins
STRANGER = "clerk@freemail.example"


def lively(folder: Path) -> Served:
    """An office where something of each kind has happened, and a draft waits whose figures have changed."""
    made = Served(folder)
    made.take(mail(DEN_CHAI, "ขอส่งรายงานค่ะ", form=made.filled()))
    made.take(mail(SONG, "มาตรา 16 หมายถึงคำสั่งฉบับไหนคะ"))
    made.take(mail(STRANGER, "ขอส่งแทนอำเภอสอง", form=made.filled("song")))
    made.now = made.now.replace(month=12, day=6, hour=9)
    made.later(hours=1)
    made.take(mail(DEN_CHAI, "ขอแก้ไขค่ะ", form=made.filled(mark="✗")))
    made.letters()
    return made


def paths() -> dict[str, str]:
    """The address of every page by its name."""
    return {
        name: served(name, **{key: value for key, value in WANTED.items() if f"{{{key}}}" in PATHS[name]})
        for name in PAGES
    }


def views(desk: Served, page: Page) -> Iterator[str]:
    """Take the browser to each view; the name of where it is."""
    yield from signing_in(desk, page)
    for name, path in paths().items():
        page.goto(f"{desk.origin}{path}")
        yield name
    page.goto(f"{desk.origin}/search?q=%E0%B9%80%E0%B8%94%E0%B9%88%E0%B8%99%E0%B8%8A%E0%B8%B1%E0%B8%A2")  # เด่นชัย
    yield "search-found"
    page.goto(f"{desk.origin}/nothing")
    yield "not-there"
    yield from deeds(desk, page)


def signing_in(desk: Served, page: Page) -> Iterator[str]:
    """From the door to the first page; and the link used twice."""
    page.goto(f"{desk.origin}/")
    yield "sign-in"
    page.get_by_label("ที่อยู่อีเมลของท่าน").fill(STAFF)
    page.get_by_role("button", name="ขอลิงก์เข้าระบบ").click()
    page.get_by_role("status").wait_for()
    yield "sign-in-asked"
    link = desk.link()
    for name in ("sign-in-button", "sign-in-button-again"):
        page.goto(link)
        yield name
        page.get_by_role("button", name="เข้าระบบ").click()
    yield "sign-in-refused"


def deeds(desk: Served, page: Page) -> Iterator[str]:
    """Each kind of deed shown; one of them done, one refused."""
    for name, path, words, button in (
        ("words", "/circulars/w5827", "ฝนตกหนักมาก", "ดูก่อนว่าระบบจะทำอะไร"),
        ("extend", "/circulars/w5827", "เลื่อนกำหนดของทุกอำเภอถึงวันที่ ๑๒ ธันวาคม ๒๕๖๗", "ดูก่อนว่าระบบจะทำอะไร"),
        ("approve", "/circulars/w5827/report", "", "อนุมัติ"),
        ("decline", "/circulars/w5827/report", "", "ไม่อนุมัติ"),
        ("settle", "/mails/3", "", "รับเสมอ"),
        ("answer", "/mails/2", "หมายถึงคำสั่งกำหนดระบบค่ะ", "ดูก่อนส่งคำตอบ"),
        ("remind", "/reporters/song", "", "เตือนตอนนี้"),
        ("correct", paths()["cell"], "✓", "ดูก่อนแก้ไข"),
    ):
        page.goto(f"{desk.origin}{path}")
        if name == "correct":
            page.get_by_label("ค่าใหม่").select_option(words)
        elif words:
            page.locator("form.deed :is(input, textarea)[name=words]:visible").first.fill(words)
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_url(f"{desk.origin}/do")
        yield f"deed-{name}"
    page.get_by_role("button", name="ยืนยัน").click()
    page.wait_for_url(f"{desk.origin}/done")
    yield "done"


def main(folder: Path) -> None:
    """A picture of each view."""
    folder.mkdir(parents=True, exist_ok=True)
    path = next(filter(None, map(shutil.which, NAMES)))
    with tempfile.TemporaryDirectory() as books, sync_playwright() as playwright:
        desk, browser = lively(Path(books)), playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(locale="th")
        for name in views(desk, page):
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 900})
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
            page.emulate_media(media="print", color_scheme="light")
            page.set_viewport_size({"width": PAPER, "height": 1000})
            page.screenshot(path=folder / f"{name}-print.png", full_page=True)
            page.emulate_media(media="screen")
        desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
