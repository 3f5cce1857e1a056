"""Files that hold files: zip and gzip archives, attached e-mails, ``winmail.dat``. What is in them, however deep, as flat members.

Owns the caps on depth, number, size and ratio. Opens no sheet.
"""

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import IO

from parsers.files.member_names import INSIDE, bundle_of, clean, shown_name, unpacked
from parsers.findings import Code
from parsers.formats import tnef
from parsers.formats.office_zip.checked_package import METHODS, other_method
from parsers.formats.sniff import sniff
from parsers.formats.text import typed_table
from parsers.formats.unreadable import Unreadable, too_large
from parsers.mail import message
from parsers.reading import MailKind
from parsers.thai import text

CONTAINERS = frozenset({"zip", "gz", "eml", "tnef"})
# A district's archive holds a form for each of its twenty organisations and perhaps photographs.
DEEP = 5
MEMBERS_CAP = 200
UNZIPPED_CAP = 100 << 20
RATIO_CAP = 200
RATIO_FREE = 10 << 20  # below this size any ratio is harmless
BODY = "เนื้อหาอีเมล"  # a mail's text where it has no subject
_COLUMNS = 3  # a name, a question, and something more
DAMAGED = "เพราะไฟล์เสียหายหรือไม่สมบูรณ์"

# Bytes read at a time: real bytes are counted as they come, since a directory may lie.
_PIECE = 1 << 16
_ENCRYPTED = 1  # bit of a member's flags


@dataclass(frozen=True)
class Member:
    """One file out of a container; ``trouble`` says why it, or the container it names, could not be taken out."""

    name: str  # with the containers around it: ``outer.zip › inner.xlsx``
    data: bytes = field(repr=False)
    trouble: Unreadable | None = None
    secret: bool = False  # it came in a mail whose words have a log-in key or citizen number


def unpack(name: str, data: bytes) -> tuple[Member, ...]:
    """All files in a container and in the containers within it; one that holds nothing is its own member. Never raises."""
    unpacking = _Unpacking()
    unpacking.take(name, data, 0)
    return tuple(unpacking.members)


class _Unpacking:
    """One outermost container being unpacked; the caps hold for all that is in it together."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self._room = MEMBERS_CAP
        self._left = UNZIPPED_CAP
        self._names: set[str] = set()
        self._secret = False

    def take(self, name: str, data: bytes, deep: int) -> None:
        """Take in a file: as it is, or what it holds."""
        kind = sniff(data)
        if kind == "appledouble" and deep:
            return
        opener = {"zip": self._zip, "gz": self._gzip, "eml": self._mail, "tnef": _tnef}.get(kind)
        if opener is None:
            self.members.append(Member(name, data))
            return
        if deep >= DEEP:
            self.members.append(Member(name, b"", too_large(f"ซ้อนกันเกิน {DEEP} ชั้น")))
            return
        before = len(self.members)
        try:
            for inner, content in opener(data):
                self._inner(self._shown(name, inner), content, deep + 1)
        except Unreadable as error:
            self.members.append(Member(name, b"", error))
        except Exception:  # noqa: BLE001 - damaged archives raise a dozen types
            self.members.append(Member(name, b"", Unreadable(Code.FILE_UNREADABLE, DAMAGED)))
        if len(self.members) == before:
            self.members.append(Member(name, data))
        if self._secret:
            self.members[before:] = [replace(member, secret=True) for member in self.members[before:]]
            self._secret = False

    def _shown(self, name: str, inner: str) -> str:
        """What a file in a container is called; a second one of a name says that it is the second."""
        shown = text.distinct(f"{name}{INSIDE}{inner or unpacked(name)}", self._names)
        self._names.add(shown)
        return shown

    def _inner(self, name: str, content: bytes | Unreadable, deep: int) -> None:
        self._room -= 1
        if self._room < 0:
            raise too_large(f"มีไฟล์ย่อยเกิน {MEMBERS_CAP} ไฟล์")
        if isinstance(content, Unreadable):
            self.members.append(Member(name, b"", content))
        else:
            self.take(name, content, deep)

    def _zip(self, data: bytes) -> Iterator[tuple[str, bytes | Unreadable]]:
        """The members of an archive. Raises Unreadable for the archive as a whole, and what zipfile raises on damage."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = {info: name for info in archive.infolist() if (name := shown_name(info))}
            self._check(list(infos), len(data))
            bundles: set[str] = set()
            for info, name in infos.items():
                bundle, kind = bundle_of(name)
                if not bundle:
                    yield name, self._content(archive, info)
                elif bundle not in bundles:
                    bundles.add(bundle)
                    yield bundle, Unreadable(Code.FILE_FORMAT, kind)

    def _gzip(self, data: bytes) -> Iterator[tuple[str, bytes | Unreadable]]:
        """The one file in a gzip (RFC 1952). Raises Unreadable, OSError, EOFError and zlib.error."""
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            yield "", self._whole(stream)

    def _whole(self, stream: IO[bytes] | gzip.GzipFile) -> bytes:
        """What a member really holds. Raises Unreadable over the cap, and what its library raises."""
        pieces: list[bytes] = []
        while piece := stream.read(_PIECE):
            pieces.append(piece)
            self._left -= len(piece)
            if self._left < 0:
                raise too_large(f"คลายแล้วมีขนาดเกิน {UNZIPPED_CAP >> 20} เมกะไบต์")
        return b"".join(pieces)

    def _mail(self, data: bytes) -> Iterator[tuple[str, bytes | Unreadable]]:
        """The attachments of a mail and the tables in its text, unless it is one of ours coming back: the form in that is nobody's answer."""
        found = message.parse(data)
        self._secret = self._secret or found.secret
        if found.mail.kind is MailKind.OWN:
            return
        yield from ((attachment.name, attachment.data) for attachment in found.attachments)
        for mail in (message.InnerMail(found.mail.subject, found.html, found.plain), *found.inner):
            name = clean(mail.subject) or BODY
            if mail.html:
                yield f"{name}.html", mail.html.encode("utf-8", "replace")
            elif _has_table(mail.plain):
                yield f"{name}.txt", mail.plain.encode("utf-8", "replace")

    def _check(self, infos: list[zipfile.ZipInfo], size: int) -> None:
        """Refuse by the directory alone what is too much; it may lie, so real bytes are counted too."""
        unzipped = sum(info.file_size for info in infos)
        if len(infos) > self._room:
            raise too_large(f"มีไฟล์ย่อยเกิน {MEMBERS_CAP} ไฟล์")
        if unzipped > self._left or (unzipped > RATIO_FREE and unzipped > RATIO_CAP * size):
            raise too_large(f"คลายแล้วมีขนาด {unzipped >> 20:,} เมกะไบต์")
        if infos and all(info.flag_bits & _ENCRYPTED for info in infos):
            raise Unreadable(Code.FILE_ENCRYPTED)
        if infos and not any(info.compress_type in METHODS for info in infos):
            raise other_method(infos[0])

    def _content(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | Unreadable:
        if info.flag_bits & _ENCRYPTED:
            return Unreadable(Code.FILE_ENCRYPTED)
        if info.compress_type not in METHODS:
            return other_method(info)
        try:
            with archive.open(info) as stream:
                return self._whole(stream)
        except Unreadable as error:
            return error
        except Exception:  # noqa: BLE001 - one damaged member must not cost the others
            return Unreadable(Code.FILE_UNREADABLE, DAMAGED)


def _has_table(plain: str) -> bool:
    """Whether rows of several columns stand in a text."""
    try:
        grids = typed_table.read_text(plain).grids
    except Unreadable:
        return False
    return any(cell.column >= _COLUMNS for grid in grids for cell in grid.cells.values() if not cell.blank)


def _tnef(data: bytes) -> Iterator[tuple[str, bytes | Unreadable]]:
    for number, (said, content) in enumerate(tnef.attachments(data), 1):
        yield clean(said) or f"attachment-{number}", content
