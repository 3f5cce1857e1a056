"""The configuration by which ``ruam desk`` shows the books of a play, and how it is called. Its servers are gone: no mail goes."""

import datetime
import json
from pathlib import Path

from bot.demo.people import SLUG
from bot.office.model.office import Office
from bot.shipped import TEMPLATES

PORT = 8480
FILE = "config.toml"


def write_config(folder: Path, office: Office) -> None:
    """Write it beside the books."""
    said = {
        "slug": office.slug,
        "name": office.name,
        "province": office.province,
        "address": office.address,
        "staff": office.staff,
        "roster": "phrae",
        "circulars": (SLUG, str((TEMPLATES / "demo" / "wetbin").absolute())),
    }
    # A JSON string, and a list of them, is one of TOML.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()]
    gone = f'host = "127.0.0.1"\nport = 1\nsecurity = "none"  # it was the play\'s own\nuser = "{office.address}"\n'
    (folder / FILE).write_text(
        "\n".join(("[office]", *lines, "", f'[imap]\n{gone}password = "none"', "", f"[smtp]\n{gone}"))
        + f'\n[books]\nurl = "sqlite:///books.db"\n\n[desk]\naddress = "http://127.0.0.1:{PORT}"\nport = {PORT}\n',
        encoding="utf-8",
    )


def how_to_look(folder: Path, office: Office, now: datetime.datetime) -> str:
    """The command that shows the desk as it was at the end of the play."""
    command = f"ruam desk --config {folder / FILE} --at {now:%Y-%m-%dT%H:%M} --link {office.staff[0]}"
    return f"To look at the desk in a browser: {command}"
