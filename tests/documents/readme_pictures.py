"""Draw the two pictures of the README from what a demo left behind; this is no test.

    .venv/bin/ruam demo && .venv/bin/python tests/documents/readme_pictures.py demo-out

Needs Chromium and LibreOffice; only our own fonts are used. Everybody in the pictures is invented.
"""

import email
import email.policy
import io
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.documents.browser import Browser, Screen  # noqa: E402 - found by the line above when run by hand
from tests.documents.drawn import FONTS, font_set_up, to_pdfs  # noqa: E402 - the same
from tests.documents.mails import parts  # noqa: E402 - the same

PICTURES = ROOT / "docs" / "pictures"
DIGEST, CORRECTION = "*-1202-*-digest-*.eml", "*-1126-*-correction-nong-muang-khai.eml"  # of the demo's mails
TALLEST = 1000  # pixels of the digest that are shown
SCALE = 110 / 72  # pixels a point
PADDING = 16  # pixels around what is drawn
SHADES = 64  # enough for text and a few colours


def digest_picture(mail: bytes, folder: Path) -> Image.Image:
    """The top of a digest, as on a telephone."""
    with Browser(folder, FONTS) as browser:
        picture = Image.open(io.BytesIO(browser.picture(parts(mail)[1], Screen(390))))
    return picture.crop((0, 0, picture.width, min(TALLEST, picture.height)))


def marked_picture(mail: bytes, folder: Path) -> Image.Image:
    """The page of a marked copy that holds the form, without its margins."""
    for part in email.message_from_bytes(mail, policy=email.policy.default).iter_attachments():
        if str(part.get_filename()).endswith(".xlsx"):
            book = folder / "marked.xlsx"
            book.write_bytes(bytes(part.get_content()))
    to_pdfs("soffice", [book], folder, font_set_up(folder / "fonts"))
    page = pypdfium2.PdfDocument(book.with_suffix(".pdf"))[1].render(scale=SCALE).to_pil().convert("RGB")
    return ImageOps.expand(page.crop(ImageOps.invert(page).getbbox()), PADDING, "white")


def main(demo: Path) -> None:
    """Draw both from the demo's folder."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for draw, pattern, picture in (
            (digest_picture, DIGEST, "digest.png"),
            (marked_picture, CORRECTION, "marked-copy.png"),
        ):
            (mail,) = (demo / "mails").glob(pattern)
            drawn = draw(mail.read_bytes(), folder)
            drawn.convert("RGB").quantize(SHADES).save(PICTURES / picture, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
