"""The files of a mail, opened, with the tables of every open circular's form in them.

Owns which files there are: attachments, members of containers, the mail's body. Which of their tables count is decided
elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from parsers.circulars.hidden_sheets import visible
from parsers.circulars.names_and_titles import names_of, titles_above
from parsers.circulars.which_circular_and_reporter import CLEARLY, best_layout, round_by_period
from parsers.files.cpu_budget import NotReached, Terms, TooSlow
from parsers.files.open_file import (
    FORWARDED,
    Closed,
    File,
    bodies,
    closed_all,
    killed,
    locked,
    mail_without_files,
    too_slow,
    typed_lines,
)
from parsers.mail.message import Attachment, InnerMail, Message
from parsers.organisations.type_words import TypeWords, words_of
from parsers.reading import Catalogue, MailKind
from parsers.tables.find import find_tables, most_rows
from parsers.tables.model import Found
from parsers.tables.name_in_title import headed_by_cover
from parsers.thai.text import ascii_digits

ATTACHED_MAIL = "อีเมลที่แนบ"  # one without a subject
T = TypeVar("T")


Tabled = Mapping[str, tuple[Found, ...]]  # slug of a circular → the tables of its form


def tables_in(file: File, catalogue: Catalogue, said: Sequence[str]) -> Tabled:
    """The tables of every open circular's form in the visible sheets of one file; ``said`` as in ``find_tables``."""
    sheets = visible(file.sheets)
    found: dict[str, tuple[Found, ...]] = {}
    shared: dict[tuple[str, str], tuple[Found, ...]] = {}
    for slug, form in catalogue.forms.items():
        serial = about.serial if (about := catalogue.about.get(slug)) else None
        # The forms of the rounds of one circular differ in their titles alone, whose figures may say of which year a column is.
        key = (serial.series, "".join(filter(str.isdigit, ascii_digits(form.title)))) if serial else ("", slug)
        if key in shared:
            found[slug] = shared[key]
            continue
        tables = [(sheet, find_tables(sheet.grid, form, catalogue.as_of_near, said)) for sheet in sheets]
        covers = [sheet.grid for sheet, there in tables if not there]
        found[slug] = shared[key] = tuple(
            Found(sheet, headed_by_cover(table, covers, most_rows(form)) if covers and not form.row else table)
            for sheet, there in tables
            for table in there
        )
    return found


@dataclass(frozen=True)
class Lesser:
    """Files of a mail that do not speak alone: its body, and what came in mails within it."""

    body: frozenset[int] = frozenset()
    inner: frozenset[int] = frozenset()


class Tables:
    """The tables of every open circular's form in the files of a message, as found in each file in turn."""

    def __init__(self, found: Sequence[Tabled], catalogue: Catalogue) -> None:
        self._found, self._catalogue = tuple(found), catalogue
        self._by_slug = {slug: tuple(one for each in found for one in each[slug]) for slug in catalogue.forms}
        self.scores = {slug: _best(tables) for slug, tables in self._by_slug.items()}

    @property
    def names(self) -> TypeWords:
        """The words by which organisations are named."""
        return words_of(self._catalogue.naming)

    def plus(self, file: File) -> "Tables":
        """These and the tables of one more file."""
        return Tables((*self._found, tables_in(file, self._catalogue, ())), self._catalogue)

    def scores_of(self, at: int) -> dict[str, float]:
        """How well each circular's form fits one file."""
        return {slug: _best(t for t in tables if t.sheet.at[0] == at) for slug, tables in self._by_slug.items()}

    def layout_sign(self) -> dict[str, str]:
        """The circular whose form fits clearly best, as a sign."""
        best = best_layout(self.scores)
        return {"layout": best} if best else {}

    def period_sign(self) -> dict[str, str]:
        """Of several rounds whose form fits alike, the one whose period the titles or names of the tables name, as a sign."""
        best = max(self.scores.values(), default=0.0)
        about = self._catalogue.about
        alike = [
            s
            for s, score in self.scores.items()
            if score and score >= best - CLEARLY and s in about and about[s].serial
        ]
        for texts_of in (titles_above, lambda found, _: names_of(found)):
            texts = {s: [text for each in self._by_slug[s] for text in texts_of(each, self._by_slug[s])] for s in alike}
            if found := round_by_period(texts, about):
                return {"period": found}
        return {}

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


def attached(
    attachments: Sequence[Attachment], catalogue: Catalogue, terms: Terms, said: Sequence[str] = ()
) -> tuple[list[File], frozenset[int], Tables]:
    """Every file of a mail, those in containers included; which came in mails within it; the tables in them all.

    ``said`` are the lines of the mail that may explain the marks in its files. A file that the terms leave out, or that is too slow, stands there with its trouble and no sheets.
    """
    files: list[File] = []
    inner: set[int] = set()
    found: list[Tabled] = []
    for number, attachment in enumerate(attachments, 1):
        since = len(files)
        for file, tables in _of_one(attachment, since, len(attachments) - number, (catalogue, terms, said)):
            files.append(file)
            found.append(tables)
        if attachment.inside:
            inner |= set(range(since, len(files)))
    if any(any(each.values()) and not file.by_lines for file, each in zip(files, found, strict=True)):
        # Beside a form a document is its covering letter.
        found = [_none(catalogue) if file.by_lines else each for file, each in zip(files, found, strict=True)]
    return files, frozenset(inner), Tables(found, catalogue)


def _none(catalogue: Catalogue) -> Tabled:
    return dict.fromkeys(catalogue.forms, ())


def _of_one(
    attachment: Attachment, since: int, behind: int, against: tuple[Catalogue, Terms, Sequence[str]]
) -> Iterator[tuple[File, Tabled]]:
    """The files of one attachment with their tables; the first has the place ``since``, ``behind`` attachments follow."""
    catalogue, terms, said = against
    none = _none(catalogue)
    name, data = attachment.name, attachment.data
    itself = Closed(name, len(data), lambda at: killed(name, len(data), at))
    pieces: list[Closed] | File = [itself]
    if attachment.lock:
        pieces = locked(name, len(data), attachment.lock)
    elif since not in terms.barred:
        pieces = _spent(itself, since, behind, terms, lambda: closed_all(name, data, words_of(catalogue.naming)))
    if isinstance(pieces, File):
        yield pieces, none
        return
    for place, piece in enumerate(pieces, since):
        if place in terms.barred:
            yield replace(killed(piece.name, piece.size, place), outer=piece.outer), none
            continue
        later = behind + len(pieces) - (place - since) - 1
        ended = _spent(piece, place, later, terms, partial(_opened, piece, place, catalogue, said))
        yield (ended, none) if isinstance(ended, File) else ended


def _opened(piece: Closed, place: int, catalogue: Catalogue, said: Sequence[str]) -> tuple[File, Tabled]:
    file = piece.open(place)
    tables = tables_in(file, catalogue, said)
    lines = typed_lines(file, words_of(catalogue.naming)) if not any(tables.values()) else None
    return (lines, tables_in(lines, catalogue, said)) if lines else (file, tables)


def _spent(piece: Closed, at: int, behind: int, terms: Terms, work: Callable[[], T]) -> T | File:
    """``work()`` within the file's share of the mail's CPU; the file as too slow where that does not suffice."""
    try:
        return terms.spend(at, behind, work)
    except NotReached:
        return too_slow(piece, at, reached=False)
    except TooSlow:
        return too_slow(piece, at, reached=True)


def with_body(opened: tuple[list[File], frozenset[int], Tables], message: Message) -> Opened:
    """The files with their tables; a mail's body that holds a form is one more file, and so is that of a mail within it."""
    files, inner, tables = list(opened[0]), set(opened[1]), opened[2]
    lone = not files and len(message.inner) == 1
    for mail in message.inner:
        found = _body_with_form(bodies(mail.html, mail.plain, len(files), tables.names, _named(mail)), tables)
        if found or (lone and mail.words):
            body, tables = found or _without_form(mail, tables)
            inner.add(len(files))
            files.append(body)
    if message.mail.kind is MailKind.OTHER:
        found = _body_with_form(bodies(message.html, message.plain, len(files), tables.names), tables)
        if not found and not any(tables.scores.values()):
            passed = message.forwarded
            found = _body_with_form(bodies(passed.html, passed.plain, len(files), tables.names, FORWARDED), tables)
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
