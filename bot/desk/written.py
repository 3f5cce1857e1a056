"""The same pages as files, for a shared drive or a screen on a wall: to be looked at, by whoever can open the folder.

Mails and letters are left out: their texts, their files, the lists of them. What belongs to the report is there: values, reasons, remarks.
Nothing on these pages can be pressed but links between them.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.desk.app import STATIC
from bot.desk.desk import Desk
from bot.desk.look import Look
from bot.desk.pages.table import PAGES
from bot.desk.render import laid_out
from bot.shipped import TEMPLATES

OF_CIRCULARS = ("circular", "owing", "report", "queries", "plan")
ALONE = ("today", "circulars", "calls", "reporters", "health")
MARK = ".ruam-desk"  # by which a folder is known that may be written anew
# What a name of a file may hold: a slug, a key of a reporter, a code.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}", re.ASCII)
STYLE = {"css": "desk.css"}


class NotOursError(FileExistsError):
    """A folder that holds other things."""


def write(desk: Desk, folder: Path) -> int:
    """Write the pages; how many. Raises NotOursError, OSError. A copy that stood there is replaced."""
    now = desk.clock()
    house = desk.current(now)
    _prepare(folder)
    look = Look(desk, house, now, None, _within)
    desk.standings.every(house)  # nobody comes again to see the rest
    pages = dict(_pages(look))
    for name, (page, parameters) in pages.items():
        (folder / name).write_text(laid_out(look, PAGES[page](look, parameters)), "utf-8")
    for name, (source, _) in STATIC.items():
        if name.endswith((".css", ".ttf")):
            shutil.copyfile(TEMPLATES / source, folder / name)
    return len(pages)


def _prepare(folder: Path) -> None:
    """An empty folder of ours."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise NotOursError(f"{folder} holds other things; name an empty or a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    for file in folder.glob("*.html"):
        file.unlink()


def _pages(look: Look) -> Iterator[tuple[str, tuple[str, dict[str, str]]]]:
    """Each file with its page and the parameters of that."""
    for page in ALONE:
        yield _within(page), (page, {})
    for slug in look.bureau.circulars:
        for page in OF_CIRCULARS:
            yield _within(page, slug=slug), (page, {"slug": slug})


def _within(name: str, **params: object) -> str:
    """The file of a page; "" for one that is not in the folder."""
    if name in STYLE:
        return STYLE[name]
    if name in ALONE and not params:
        return "index.html" if name == "today" else f"{name}.html"
    slug = str(params.get("slug", ""))
    return f"{name}-{slug}.html" if name in OF_CIRCULARS and _NAME.fullmatch(slug) else ""
