"""A headless Chromium, spoken to over a pipe by its DevTools protocol: what a mail looks like and how wide it becomes.

The pipe (https://chromedevtools.github.io/devtools-protocol/, "--remote-debugging-pipe") takes JSON ended by a zero byte on
file 3 and answers on file 4, so that no library for web sockets is needed.
"""

import base64
import itertools
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 60  # seconds for one answer
# Of the page and of each thing in it, how far right it reaches; things without a size, such as those not shown, reach nowhere.
REACH = """Math.max(document.documentElement.scrollWidth, ...Array.from(document.body.querySelectorAll("*"),
  each => { const box = each.getBoundingClientRect(); return box.width && box.height ? Math.ceil(box.right - 0.5) : 0 }))"""


# Of each text that is shown, how its colour stands out from what lies behind it (https://www.w3.org/TR/WCAG22/#contrast-ratio)
# and how large its letters are: the faintest and the smallest.
FAINTEST = """(() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number)
  const shine = colour => { const [r, g, b] = parts(colour).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b }
  const seen = colour => parts(colour)[3] !== 0
  let faintest = [99, ""], smallest = [99, ""]
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const text = walk.currentNode.data.trim(), holder = walk.currentNode.parentElement
    if (!text || !holder.getClientRects().length) continue
    let behind = holder
    while (behind && !seen(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement
    const ground = behind ? getComputedStyle(behind).backgroundColor : "rgb(255, 255, 255)"
    const [low, high] = [shine(getComputedStyle(holder).color), shine(ground)].sort((a, b) => a - b)
    const ratio = (high + 0.05) / (low + 0.05), size = parseFloat(getComputedStyle(holder).fontSize)
    if (ratio < faintest[0]) faintest = [ratio, text]
    if (size < smallest[0]) smallest = [size, text]
  }
  return [faintest, smallest] })()"""
CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{own}/cache</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class Screen:
    """What a page is shown on."""

    width: int
    dark: bool = False


def program() -> str:
    """The browser's path; nothing where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), "")


class Browser:
    """One browser with one page, for a ``with``. It knows no fonts but those of the folder ``fonts``: all machines measure alike."""

    def __init__(self, folder: Path, fonts: Path) -> None:
        self._folder, self._fonts = folder, fonts
        self._numbers = itertools.count(1)
        self._session = ""

    def __enter__(self) -> Self:
        conf = self._folder / "fonts.conf"
        conf.write_text(CONF.format(fonts=self._fonts, own=self._folder), encoding="utf-8")
        ours, theirs = os.pipe(), os.pipe()
        command = [
            program(), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--no-first-run", "--disable-extensions", "--remote-debugging-pipe", f"--user-data-dir={self._folder}/profile",
        ]  # fmt: skip
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", f'exec "$@" 3<&{ours[0]} 4>&{theirs[1]}', "bash", *command],
            pass_fds=(ours[0], theirs[1]),
            env={"PATH": "/usr/bin:/bin", "HOME": str(self._folder), "FONTCONFIG_FILE": str(conf)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(ours[0])
        os.close(theirs[1])
        self._to, self._from = os.fdopen(ours[1], "wb", buffering=0), os.fdopen(theirs[0], "rb")
        try:
            target = self._ask("Target.createTarget", url="about:blank")["targetId"]
            self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            self._frame = self._ask("Page.getFrameTree")["frameTree"]["frame"]["id"]
        except (OSError, RuntimeError):
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._to.close()
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._from.close()

    def show(self, page: str, screen: Screen) -> None:
        """Lay the page out on a screen of this width, as a telephone would below 500 pixels."""
        telephone = screen.width < 500
        self._ask(
            "Emulation.setDeviceMetricsOverride", width=screen.width, height=800, deviceScaleFactor=1, mobile=telephone
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if screen.dark else "light"}
        self._ask("Emulation.setEmulatedMedia", features=[scheme])
        self._ask("Page.setDocumentContent", frameId=self._frame, html=page)

    def value(self, script: str) -> Any:
        """What a script gives in the page shown last."""
        return self._ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)["result"][
            "value"
        ]

    def width(self, page: str, screen: Screen) -> int:
        """How far right the page reaches, in pixels."""
        self.show(page, screen)
        return int(self.value(REACH))

    def faintest(self, page: str, screen: Screen) -> tuple[tuple[float, str], tuple[float, str]]:
        """The contrast of the text that stands out least, and the size of the smallest, each with the text."""
        self.show(page, screen)
        (contrast, faint), (size, small) = self.value(FAINTEST)
        return (contrast, faint), (size, small)

    def picture(self, page: str, screen: Screen) -> bytes:
        """The whole page as PNG."""
        self.show(page, screen)
        self.value("Promise.all(Array.from(document.images, each => each.decode().catch(() => 0)))")
        size = self._ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": max(size["width"], screen.width), "height": size["height"], "scale": 1}
        return base64.b64decode(self._ask("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)["data"])

    def _ask(self, method: str, **params: object) -> dict[str, Any]:
        number = next(self._numbers)
        said = {"id": number, "method": method, "params": params} | (
            {"sessionId": self._session} if self._session else {}
        )
        self._to.write(json.dumps(said).encode() + b"\0")
        while True:
            answer = json.loads(self._message())
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return dict(answer["result"])

    def _message(self) -> bytes:
        heard = bytearray()
        while (byte := self._from.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("the browser ended")
            heard += byte
        return bytes(heard)
