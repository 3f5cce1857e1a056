"""How wide every mail becomes on a telephone and on a computer, in a browser, and pictures of them to be looked at.

    .venv/bin/python tests/documents/widths.py [FOLDER [DEMO]]

Needs Chromium; this is no test (that is ``test_widths.py``). With FOLDER pictures are written there: every mail on both
screens, light and dark, and as programs show it that drop style sheets. With DEMO, a folder that `ruam demo` left, the letters
of its play are measured, else one of each kind with the longest words. Exit code 1 where something is wider than its screen.
"""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.documents.browser import Browser, Screen
from tests.documents.drawn import FONTS
from tests.documents.mails import all_parts, parts

TELEPHONE, COMPUTER = 390, 820
SCREENS = {
    f"{width}{'-dark' if dark else ''}": Screen(width, dark)
    for width in (TELEPHONE, COMPUTER)
    for dark in (False, True)
}
NARROW = 360  # of many Android telephones; mails shall have room to spare
_SHEET = re.compile(r"<style>.*?</style>", re.DOTALL)


def bare(page: str) -> str:
    """The page as programs show it that drop style sheets (the Gmail app for accounts of others)."""
    return _SHEET.sub("", page)


def shapes(page: str) -> dict[str, tuple[str, Screen]]:
    """How one mail is looked at: the page and its screen by name."""
    found = {name: (page, screen) for name, screen in SCREENS.items()}
    found[f"{NARROW}"] = (page, Screen(NARROW))
    found[f"{TELEPHONE}-bare"] = (bare(page), Screen(TELEPHONE))
    return found


def of_the_demo(demo: Path) -> dict[str, tuple[str, str]]:
    """Text and page of each letter of a play by name; the mails that people wrote have no page."""
    mails = sorted(path for path in (demo / "mails").glob("*.eml") if "-in-" not in path.name)
    return {path.stem: parts(path.read_bytes()) for path in mails}


def main(folder: Path | None, demo: Path | None) -> int:
    """Print the widths; write the pictures."""
    over = 0
    with TemporaryDirectory(ignore_cleanup_errors=True) as own, Browser(Path(own), FONTS) as browser:
        for name, (_, page) in (of_the_demo(demo) if demo else all_parts()).items():
            widths = {}
            for shape, (content, screen) in shapes(page).items():
                widths[shape] = browser.width(content, screen)
                over += widths[shape] > screen.width
                if folder:
                    (folder / f"{name}-{shape}.png").write_bytes(browser.picture(content, screen))
            print(f"{name:32}", "  ".join(f"{shape}: {width}" for shape, width in widths.items()))
    print(f"{over} over")
    return 1 if over else 0


if __name__ == "__main__":
    given = [Path(word) for word in sys.argv[1:3]]
    sys.exit(main(*given, *[None] * (2 - len(given))))
