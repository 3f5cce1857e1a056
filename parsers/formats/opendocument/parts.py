"""The parts of an OpenDocument file: unzipped under the caps of office files, without a document type and so without entities.

Owns the refusal of locked files. Knows neither spreadsheets nor texts.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from parsers.findings import Code
from parsers.formats.office_zip.checked_package import checked
from parsers.formats.office_zip.sheet_range_merges_formulas import root_of
from parsers.formats.unreadable import Unreadable, too_large

PARTS_CAP = 16 << 20  # bytes of styles, properties and the list of parts


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The zip of a document without a password. Raises Unreadable, and what zipfile raises on damage."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {info.filename for info in checked(archive, len(data))}
        if "META-INF/manifest.xml" in names and b"encryption-data" in part_of(archive, "META-INF/manifest.xml"):
            raise Unreadable(Code.FILE_ENCRYPTED)
        yield archive


def part_of(archive: zipfile.ZipFile, name: str, cap: int = PARTS_CAP) -> bytes:
    """One part, without a document type. Raises Unreadable."""
    if archive.getinfo(name).file_size > cap:
        raise too_large(f"คลายแล้วมีขนาดเกิน {cap >> 20} เมกะไบต์")
    return plain_xml(archive.read(name), cap)


def plain_xml(document: bytes, cap: int) -> bytes:
    """XML of no more than ``cap`` bytes, without a document type. Raises Unreadable."""
    if len(document) > cap:
        raise too_large(f"เกิน {cap >> 20} เมกะไบต์")
    root_of(io.BytesIO(document))
    return document
