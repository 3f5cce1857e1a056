"""Take pictures of every page of the desk over the books of a demo, to be looked at; this is no test.

    .venv/bin/ruam demo && .venv/bin/python tests/documents/desk_pictures.py demo-out FOLDER

Needs Chromium. Says which pages are wider than their screen.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.desk.look import PATHS, served  # noqa: E402 - found by the line above when run by hand
from bot.desk.pages.table import PAGES  # noqa: E402 - the same
from tests.documents.browser import NAMES  # noqa: E402 - the same

AT, STAFF = "2024-12-06T16:30", "somsri@phrae.example"  # the end of the play
WANTED = {"slug": "w5827", "key": "den-chai", "number": "5"}
LOOKS = ((360, "light", "screen"), (820, "dark", "screen"), (1600, "light", "screen"), (820, "light", "print"))
TALLEST = 3_000  # pixels of a page that are drawn


def main(demo: Path, folder: Path) -> None:
    """Start the desk, come in, draw all pages in all looks."""
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "bot", "desk", "--config", demo.absolute() / "config.toml", "--at", AT]
    with subprocess.Popen([*command, "--link", STAFF], cwd=ROOT, stdout=subprocess.PIPE, text=True) as desk:
        try:
            link = (desk.stdout.readline() if desk.stdout else "").split()[0]
            with sync_playwright() as playwright, playwright.chromium.launch(
                executable_path=next(filter(None, map(shutil.which, NAMES))), args=["--no-sandbox"]
            ) as browser:  # fmt: skip
                drawn(browser, link, folder)
        finally:
            desk.terminate()


def drawn(browser: Browser, link: str, folder: Path) -> None:
    """Every page in every look."""
    page = browser.new_page(locale="th")
    page.wait_for_timeout(3_000)  # until it answers
    page.goto(link)
    page.get_by_role("button", name="เข้าระบบ").click()
    origin = link.partition("/sign-in")[0]
    for name in PAGES:
        params = {key: value for key, value in WANTED.items() if f"{{{key}}}" in PATHS[name]}
        page.goto(f"{origin}{served(name, **params)}")
        looked_at(page, folder, name)


def looked_at(page: Page, folder: Path, name: str) -> None:
    """One page in every look."""
    for width, scheme, media in LOOKS:
        page.emulate_media(
            media="print" if media == "print" else "screen", color_scheme="dark" if scheme == "dark" else "light"
        )
        page.set_viewport_size({"width": width, "height": 800})
        reach = page.evaluate("document.documentElement.scrollWidth")
        if reach > width:
            print(f"{name}: {reach} wide on {width}")
        tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        page.set_viewport_size({"width": width, "height": tall})
        page.screenshot(path=folder / f"{name}-{width}-{scheme}-{media}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
