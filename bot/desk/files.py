"""What is handed out beside pages: a mail's files and its HTML made harmless, reports as workbook and PDF, live counts.

A file that somebody sent never opens in the browser: it is named anew, has a type that no program acts on, and is only saved.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import nh3

from bot.desk.look import Asked, Look, NotThere, number_in
from bot.desk.pages.circular import known_by
from bot.desk.pages.report import table_of
from bot.documents.report.pdf import report_pdf
from bot.office.model.received_mail import MessageState
from parsers.child_process.sandbox import SandboxClosed, Starved
from parsers.mail.attached_file import attached_file

# The mail's own page: it loads nothing, runs nothing, leads nowhere, and counts as from nowhere.
MAIL_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"
ONLY_SAVED = "application/octet-stream"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 120  # letters of a file's name; its end says what it is
_OF_PATHS = frozenset('/\\:*?"<>|')
_ENDINGS = frozenset(
    {
        "xlsx",
        "xls",
        "xlsb",
        "ods",
        "csv",
        "docx",
        "doc",
        "odt",
        "rtf",
        "pdf",
        "txt",
        "jpg",
        "jpeg",
        "png",
        "heic",
        "zip",
    }
)
_TAGS = nh3.ALLOWED_TAGS - {"a", "area", "map", "img", "video", "audio"}  # nothing to load and nothing to follow
_ATTRIBUTES = {"*": {"title", "lang", "dir"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}


@dataclass(frozen=True)
class FileMade:
    """Bytes to hand out, with their type and what is said with them."""

    content: bytes
    kind: str
    headers: Mapping[str, str] = field(default_factory=dict)


def saved(name: str, content: bytes, kind: str = ONLY_SAVED) -> FileMade:
    """A file that the browser saves under this name, whatever it is."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in name)
    named = f"attachment; filename=\"{plain or 'file'}\"; filename*=UTF-8''{quote(name, safe='')}"
    return FileMade(content, kind, {"Content-Disposition": named, "Content-Security-Policy": "sandbox"})


def mail_html(look: Look, asked: Asked) -> FileMade:
    """The HTML of a mail without all that acts, loads or leads elsewhere; for a frame of its own."""
    number = number_in(asked, "number")
    if look.books.mail_row(number) is None:
        raise NotThere(number)
    html = look.desk.openings.mail(look.house, look.books.raw_mail(number))["html"]
    clean = harmless(html)
    page = f'<!DOCTYPE html><html lang="th"><head><meta charset="utf-8"><title>อีเมลหมายเลข {number}</title></head><body><main>{clean}</main></body></html>'
    headers = {"Content-Security-Policy": MAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return FileMade(page.encode("utf-8", "replace"), "text/html; charset=utf-8", headers)


def harmless(html: str) -> str:
    """HTML of others with its words and tables alone."""
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set())


def mail_file(look: Look, asked: Asked) -> FileMade:
    """One file of a mail as it came, to be saved. None in which something was hidden."""
    number = number_in(asked, "number")
    if look.books.mail_row(number) is None:
        raise NotThere(number)
    raw, at = look.books.raw_mail(number), number_in(asked, "at")
    files = look.desk.openings.mail(look.house, raw)["files"]
    if at >= len(files) or files[at]["secret"]:
        raise NotThere(at)
    name = files[at]["name"]
    try:
        content = look.house.sandbox.run(attached_file, raw, name)
    except (SandboxClosed, Starved):
        content = None
    if content is None:
        raise NotThere(at)
    return saved(harmless_name(name), content)


def harmless_name(name: str) -> str:
    """A name that leads into no folder, hides nothing of itself, and by which no program is begun."""
    shown = "".join(letter for letter in name if not unicodedata.category(letter).startswith("C"))
    kept = "".join("_" if letter in _OF_PATHS else letter for letter in shown).strip(" .")[-LONGEST_NAME:]
    return kept if kept.rpartition(".")[2].lower() in _ENDINGS and not kept.startswith(".") else f"{kept or 'file'}.bin"


def report_file(look: Look, asked: Asked) -> FileMade:
    """The workbook of a drafted report, as it was made."""
    found = look.books.report_content(asked.get("slug", ""), number_in(asked, "version"))
    if found is None:
        raise NotThere(asked)
    return saved(found[0], found[1], EXCEL)


def report_as_pdf(look: Look, asked: Asked) -> FileMade:
    """The report as it would go now, as PDF."""
    known = known_by(look, asked)
    content = report_pdf(known.circular, table_of(look, known), look.bureau.office, look.bureau.roster)
    return saved(f"{known.circular.slug}-report.pdf", content, "application/pdf")


def counts(look: Look, _asked: Asked) -> FileMade:
    """What pages show as numbers that change, by name, for the script that keeps them fresh."""
    known = look.desk.standings.at_hand(look.house).known
    found = {f"done-{slug}": each.done for slug, each in known.items()}
    numbers = look.books.health().mails
    found |= {f"mails-{state.value}": numbers.get(state.value, 0) for state in MessageState}
    return FileMade(json.dumps(found).encode("ascii"), "application/json")


FILES: Mapping[str, Callable[[Look, Asked], FileMade]] = {
    "mail_html": mail_html,
    "mail_file": mail_file,
    "report_file": report_file,
    "report_pdf": report_as_pdf,
    "counts": counts,
}
