"""Every mail as people see it, in a browser: nothing wider than its screen, all of it readable, light and dark."""

import re

import pytest

from tests.conftest import cannot
from tests.documents.browser import Browser, Screen, program
from tests.documents.drawn import FONTS
from tests.documents.mails import FILE, LONG, all_parts
from tests.documents.widths import COMPUTER, NARROW, TELEPHONE, bare

CONTRAST = 4.5  # WCAG 2.2, level AA
SMALLEST = 13  # pixels, of the letters in a mail
PLACES = """(() => { const box = each => each.getBoundingClientRect(), picture = box(document.images[0])
  return [picture.width, document.images[0].naturalWidth, picture.top, ...Array.from(document.querySelectorAll(".grid"), each => box(each).bottom)] })()"""


@pytest.fixture(scope="module")
def mails():
    """Text and page of every mail, by name."""
    return all_parts()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """One browser for all."""
    if not program():
        cannot("no Chromium to look at the mails with (make debian installs it)")
    with Browser(tmp_path_factory.mktemp("browser"), FONTS) as one:
        yield one


def test_no_mail_is_wider_than_its_screen(mails, browser):
    """On a telephone with and without the style sheet, on a narrow one, on a computer."""
    over = {}
    for name, (_, page) in mails.items():
        for shape, width in ((page, TELEPHONE), (bare(page), TELEPHONE), (page, NARROW), (page, COMPUTER)):
            reached = browser.width(shape, Screen(width))
            if reached > width:
                over[name, width, shape == page] = reached
    assert over == {}


@pytest.mark.parametrize(
    "planted",
    [
        '<table class="grid" border="1"><tr>' + "<td nowrap>การจัดทำคำสั่งตามมาตรา</td>" * 4 + "</tr></table>",
        '<img width="560" height="20" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        f'<p style="overflow-wrap: normal; word-break: normal">{"x" * 90}</p>',
        f'<div style="width: 300px; overflow: hidden"><span style="white-space: nowrap">{"คำ " * 90}</span></div>',
    ],
    ids=["wide table", "fixed picture", "long word", "cut off"],
)
def test_what_is_too_wide_is_seen(mails, browser, planted):
    page = mails["ticks-sent"][1].replace("จึงเรียนมาเพื่อโปรดทราบ", planted)
    assert planted in page
    assert browser.width(page, Screen(TELEPHONE)) > TELEPHONE


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_of_a_mail_can_be_read(mails, browser, dark):
    faint, small = {}, {}
    for name, (_, page) in mails.items():
        (contrast, text), (size, tiny) = browser.faintest(page, Screen(TELEPHONE, dark))
        if contrast < CONTRAST:
            faint[name] = (contrast, text)
        if size < SMALLEST:
            small[name] = (size, tiny)
    assert faint == {}
    assert small == {}


def test_what_cannot_be_read_in_the_dark_is_seen(mails, browser):
    """As a paragraph outside of the sheet was, black on black."""
    page = mails["ticks-sent"][1].replace('<p class="sign"', '<p style="color: #1b1b1b">มองไม่เห็น</p><p class="sign"')
    (contrast, text), _ = browser.faintest(page, Screen(TELEPHONE, dark=True))
    assert contrast < CONTRAST
    assert text == "มองไม่เห็น"


def test_the_chart_is_as_wide_as_a_telephone_and_stands_below_the_table(mails, browser):
    """Drawn at twice the size of 360 pixels, so that its letters, drawn in 12, are hardly smaller there than in the mail."""
    for screen in (Screen(TELEPHONE), Screen(COMPUTER)):
        browser.show(mails["ticks-digest"][1], screen)
        width, drawn, top, *tables = browser.value(PLACES)
        assert 12 * width / (drawn / 2) >= 12
        assert tables
        assert top >= max(tables)


def _ours(text: str) -> str:
    """Without what people and machines wrote, and without addresses, names of files and codes."""
    for written in (
        FILE,
        LONG[:200],
        *LONG.splitlines(),
        "12.5.3",
        "2 แห่ง",
        "2 เรื่อง",
        "3 ครั้ง",
        "550 5.1.1",
        "550 5.7.60",
    ):
        text = text.replace(written, "")
    text = re.sub(r"รหัสตรวจสอบ[\s0-9a-f]+", "", text)  # groups of a check sum, some of figures alone
    return re.sub("[!-~๐-๙]*[A-Za-z][!-~๐-๙]*", "", text)


@pytest.mark.parametrize(("thai", "other"), [(True, "[0-9]"), (False, "[๐-๙]")], ids=["thai", "arabic"])
def test_a_mail_has_one_kind_of_digits(mails, thai, other):
    mixed = {}
    for name, (text, page) in (mails if thai else all_parts(thai=False)).items():
        seen = re.sub(r"<[^>]+>", " ", page[page.index("<body") :]).replace("&nbsp;", " ").replace("&amp;", "&")
        for part in (text, seen):
            if found := re.findall(f".{{0,20}}{other}.{{0,20}}", _ours(part)):
                mixed[name] = found
        assert "<ol" not in page, name
    assert mixed == {}


def test_what_people_wrote_keeps_its_digits(mails):
    for name, written in {
        "ticks-told": LONG.splitlines()[0],
        "ticks-held": "โทร 054-123456 ต่อ 12",
        "ticks-correction": "“12.5.3 (ประมาณ)”",
        "ticks-receipt": "054-123456",
        "ticks-stuck-bounced": "550 5.1.1",
        "ticks-digest": "“ขอสอบถาม 2 เรื่อง”",
    }.items():
        text, page = mails[name]
        assert written in text, name
        assert written in re.sub("&nbsp;", " ", page), name
