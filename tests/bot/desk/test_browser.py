"""A real browser, Debian's chromium: coming in by a mailed link and reading every page, with scripts and without; axe finds nothing."""

import shutil
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.bot.desk.served import Served
from tests.bot.desk.views import PAPER, WIDTHS, lively, paths, views
from tests.conftest import cannot
from tests.documents.browser import NAMES
from tests.field.office_of_paper import DEN_CHAI, SONG, STAFF, mail

# What axe looks for; in the dark only colours are other ones.
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": ["color-contrast"],
}


@pytest.fixture(scope="module")
def chromium():
    """One browser for all."""
    path = next(filter(None, map(shutil.which, NAMES)), "") or cannot("no chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


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


@pytest.mark.parametrize("scripts", [True, False])
def test_a_member_of_staff_comes_in_and_reads_every_page(desk, chromium, scripts):
    with chromium.new_context(java_script_enabled=scripts, locale="th") as context:
        page, faults = context.new_page(), []
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        come_in(desk, page)
        for path in paths().values():
            assert page.goto(f"{desk.origin}{path}").status == 200
            assert page.locator("h1").count() == 1
        page.goto(f"{desk.origin}/circulars/w5827/report")
        page.locator("tbody a", has_text="✓").first.click()
        assert "/mails/1#v-" in page.url
        page.locator("tr:target a[href^='#']").click()
        assert "#c-" in page.url
        assert page.locator("td:target").inner_text().strip() == "✓"
        page.locator("td:target a").click()
        assert "#v-" in page.url
        page.get_by_role("button", name="ออกจากระบบ").click()
        page.wait_for_url(f"{desk.origin}/sign-in")
        page.goto(f"{desk.origin}/mails")
        assert page.url == f"{desk.origin}/sign-in"
        assert faults == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_screen(tmp_path, chromium, scheme):
    axe, found, wide, seen = Axe(), {}, [], []
    with (
        closing(lively(tmp_path)) as desk,
        chromium.new_context(color_scheme=scheme, locale="th", bypass_csp=True) as context,
    ):
        page = context.new_page()
        for name in views(desk, page):
            seen.append(name)
            found |= {(name, *rule): nodes for rule, nodes in violations(axe, page, RULES[scheme]).items()}
            wide += [(name, width) for width in too_wide(page)] if scheme == "light" else []
    assert found == {}
    assert wide == []
    assert len(seen) == len(set(seen)) > 30


def too_wide(page):
    """The widths at which a page cannot be seen whole; and whether paper shows what can only be pressed."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield width
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    if page.evaluate("document.documentElement.scrollWidth") > PAPER:
        yield "paper"
    if page.locator("nav:visible, button:visible").count():
        yield "pressed on paper"
    page.emulate_media(media="screen")


def violations(axe, page, rules):
    """What axe finds, by rule."""
    said = axe.run(page, options={"runOnly": rules})
    return {(each["id"],): [node["html"][:200] for node in each["nodes"][:3]] for each in said.response["violations"]}


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


# What is set closer than Thai marks need, or by another font than our own. Browsers set the one line of a list to choose from themselves.
CLOSE = """() => [...document.querySelectorAll("body, body *:not(select, option)")].filter(each => each.innerText?.trim()).flatMap(each => {
    const style = getComputedStyle(each), high = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
    return high >= 1.6 && style.fontFamily.startsWith("Sarabun") ? [] : [`${each.tagName} ${high} ${style.fontFamily}`];
})"""


def test_thai_marks_have_their_room_and_our_own_font(desk, chromium):
    with chromium.new_context(locale="th") as context:
        page, loaded = context.new_page(), set()
        page.on("response", lambda answer: loaded.add(answer.url.removeprefix(desk.origin)))
        come_in(desk, page)
        for path in ("/circulars/w5827/report", "/mails/1", "/reporters/den-chai", paths()["cell"]):
            page.goto(f"{desk.origin}{path}")
            assert page.evaluate(CLOSE) == [], path
        assert page.evaluate("document.fonts.check('16px Sarabun', 'ที่')")
        assert "/static/Sarabun-Regular.ttf" in loaded
        assert not [each for each in loaded if each.startswith(("http:", "https:"))]


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
