"""The mails of a test and their files, to be looked at: written into the folder RUAM_KEEP, where one is named."""

import os
from base64 import b64encode
from collections.abc import Iterable
from email.message import EmailMessage
from pathlib import Path

from tests.road.conftest import parse


def keep(box: str, raws: Iterable[bytes]) -> None:
    """Every mail of a mailbox, by number and kind: its page, its text and its files, each under its own name."""
    folder = os.environ.get("RUAM_KEEP")
    if not folder:
        return
    for number, raw in enumerate(raws, 1):
        mail = parse(raw)
        name = f"{box}-{number:02}-{mail['X-Ruam-Kind'] or 'mail'}"
        for subtype, ending in (("html", "html"), ("plain", "txt")):
            if part := mail.get_body((subtype,)):
                heads = f"{mail['Subject']}\n\n" if ending == "txt" else ""
                (Path(folder) / f"{name}.{ending}").write_text(heads + part.get_content(), encoding="utf-8")
        for part in mail.walk():
            if part["Content-ID"]:  # a picture within the page
                _put_in(Path(folder) / f"{name}.html", part)
        for part in mail.iter_attachments():
            content = part.get_payload(decode=True)
            if content is not None:
                (Path(folder) / f"{name}--{part.get_filename()}").write_bytes(content)


def _put_in(page: Path, picture: EmailMessage) -> None:
    data = b64encode(bytes(picture.get_content())).decode()
    name = str(picture["Content-ID"]).strip("<>")
    shown = page.read_text(encoding="utf-8").replace(f"cid:{name}", f"data:{picture.get_content_type()};base64,{data}")
    page.write_text(shown, encoding="utf-8")
