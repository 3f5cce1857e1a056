"""The files of a mail, opened, with the tables of every open circular's form in them.

Owns which files there are: attachments, members of containers, the mail's body. Which of their tables count is decided
elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsers.beside import Lesser
from parsers.files import File, bodies, killed, locked, mail_without_files, opened_all
from parsers.message import Attachment, InnerMail, Message
from parsers.reading import Catalogue, MailKind
from parsers.recognise import best_layout
from parsers.rows import Found, Names
from parsers.table import find_tables

ATTACHED_MAIL = "อีเมลที่แนบ"  # one without a subject


class Tables:
    """The tables of every open circular's form in the visible sheets of a message."""

    def __init__(self, files: Iterable[File], catalogue: Catalogue, before: "Tables | None" = None) -> None:
        self._files, self._catalogue = tuple(files), catalogue
        sheets = [sheet for file in self._files for sheet in file.sheets if not sheet.grid.hidden]
        self.names: Names = before.names if before else Names(catalogue)
        self._by_slug = {
            slug: (
                *(before.of(slug) if before else ()),
                *(Found(sheet, table) for sheet in sheets for table in find_tables(sheet.grid, form)),
            )
            for slug, form in catalogue.forms.items()
        }
        self.scores = {slug: _best(tables) for slug, tables in self._by_slug.items()}

    def plus(self, file: File) -> "Tables":
        """These and the tables of one more file."""
        return Tables((file,), self._catalogue, self)

    def scores_of(self, at: int) -> dict[str, float]:
        """How well each circular's form fits one file."""
        return {slug: _best(t for t in tables if t.sheet.at[0] == at) for slug, tables in self._by_slug.items()}

    def layout_sign(self) -> dict[str, str]:
        """The circular whose form fits clearly best, as a sign."""
        best = best_layout(self.scores)
        return {"layout": best} if best else {}

    def undecided(self, circular: str | None) -> bool:
        """Whether a form is there though no circular is settled."""
        return circular is None and any(self.scores.values())

    def of(self, circular: str | None) -> tuple[Found, ...]:
        """The tables of one circular's form, in reading order."""
        return self._by_slug.get(circular or "", ())


def _best(tables: Iterable[Found]) -> float:
    return max((found.table.quality for found in tables), default=0.0)


@dataclass(frozen=True)
class Opened:
    """The files of a mail with the tables in them; ``lesser`` are those that only speak beside others."""

    files: Sequence[File]
    tables: Tables
    lesser: Lesser = field(default_factory=Lesser)


def attached(attachments: Sequence[Attachment], unreadable: frozenset[int]) -> tuple[list[File], frozenset[int]]:
    """Every file of a mail, those in containers included, and which came in mails within it.

    ``unreadable`` counts the mail's own attachments.
    """
    files: list[File] = []
    inner: set[int] = set()
    for number, attachment in enumerate(attachments):
        since = len(files)
        if attachment.lock:
            files.append(locked(attachment.name, len(attachment.data), attachment.lock))
        elif number in unreadable:
            files.append(killed(attachment.name, len(attachment.data), number))
        else:
            files += opened_all(attachment.name, attachment.data, since)
        if attachment.inside:
            inner |= set(range(since, len(files)))
    return files, frozenset(inner)


def with_body(opened: tuple[list[File], frozenset[int]], message: Message, catalogue: Catalogue) -> Opened:
    """The files with their tables; a mail's body that holds a form is one more file, and so is that of a mail within it."""
    files, inner = list(opened[0]), set(opened[1])
    tables = Tables(files, catalogue)
    lone = not files and len(message.inner) == 1
    for mail in message.inner:
        found = _body_with_form(bodies(mail.html, mail.plain, len(files), _named(mail)), tables)
        if found or (lone and mail.words):
            body, tables = found or _without_form(mail, tables)
            inner.add(len(files))
            files.append(body)
    if message.mail.kind is MailKind.OTHER:
        found = _body_with_form(bodies(message.html, message.plain, len(files)), tables)
        if found:
            body, tables = found
            return Opened([*files, body], tables, Lesser(frozenset({len(files)}), frozenset(inner)))
    return Opened(files, tables, Lesser(frozenset(), frozenset(inner)))


def _body_with_form(candidates: Iterable[File], tables: Tables) -> tuple[File, Tables] | None:
    """The first of a body's writings that holds a form, with the tables so far and its own."""
    for body in candidates:
        further = tables.plus(body)
        if any(further.scores_of(body.sheets[0].at[0]).values() if body.sheets else ()):
            return body, further
    return None


def _without_form(mail: InnerMail, tables: Tables) -> tuple[File, Tables]:
    """A mail that is all that was sent, without a form in it: that is worth a word."""
    return mail_without_files(_named(mail), len(mail.words.encode("utf-8", "replace"))), tables


def _named(mail: InnerMail) -> str:
    """What a mail within the mail is called beside its files."""
    return f"{mail.subject or ATTACHED_MAIL}.eml"
