"""The zip around an office file, made tame before any library opens it.

Owns the caps on members, sizes and XML, the refusal of document types (and with them of entities), and what is handed on: the
parts a reader of cells needs and no other, each sheet cut down to its columns, rows and cells with content. What makes
libraries hang (giant merges, links over whole columns, empty rows without end) never reaches them; merges and formulas
without a stored value are noted here instead.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.findings import Code
from parsers.formats.office_zip import cell_comments, colours_and_drawings
from parsers.formats.office_zip.list_of_sheets import Listed, listed, relations
from parsers.formats.office_zip.sheet_range_merges_formulas import MERGES_CAP, SheetFacts, cut_down, root_of
from parsers.formats.office_zip.sheet_styles import PLAIN, Styles, styles_of
from parsers.formats.unreadable import Unreadable, too_large

# A form is under 1 MB and 30 members; the figures leave room for a province's collected workbook and stop bombs.
MEMBERS_CAP = 2_000
UNZIPPED_CAP = 200 << 20
RATIO_CAP = 200  # real sheets of repeated rows reach 100
RATIO_FREE = 10 << 20  # below this size any ratio is harmless
SHEETS_CAP = 100
CELLS_CAP = 200_000  # with content, over all sheets
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})
_DEFLATE64 = 9
_ROOTS = frozenset({"Relationships", "workbook", "styleSheet", "sst", "worksheet"})
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
# `Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"`: the last word counts; strict
# documents have another address before it.
_TYPE = re.compile(r"\bType\s*=\s*[\"'][^\"']*/(\w+)[\"']")
# `Target="../drawings/drawing1.xml"`.
_TARGET = re.compile(r"\bTarget\s*=\s*[\"']([^\"']*)[\"']")
# "<Relationship Id=… Type=… Target=…/>" (ECMA-376 part 2), with or without a prefix.
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^<>]{1,2000}>")
_RELATIONS_CAP = 256 << 10  # bytes of what a sheet refers to
_CUSTOM = "docprops/custom.xml"


@dataclass(frozen=True)
class Package:
    """A workbook made tame: the parts that a reader of cells needs, by their names in lower case as ``facts`` are.

    ``links`` tells of links to other files.
    """

    sheets: tuple[Listed, ...]
    parts: Mapping[str, bytes] = field(repr=False)
    facts: Mapping[str, SheetFacts]
    styles: Styles
    strings: bytes = b""  # the part of shared texts, empty where there is none
    properties: bytes = b""  # that of the properties people gave it, where our own mark may be among them
    since_1904: bool = False
    links: bool = False


def tame(data: bytes) -> Package:
    """Check a zipped workbook and cut it down. Raises Unreadable, and what zipfile and expat raise on damage."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = {_name(info).lower(): info for info in checked(archive, len(data))}  # names of parts have no case
        roots = {name: root for name, info in infos.items() if (root := _root(archive, info))}
        if sum(root == "worksheet" for root in roots.values()) > SHEETS_CAP:
            raise too_large(f"มีแผ่นงานเกิน {SHEETS_CAP} แผ่น")
        facts: dict[str, SheetFacts] = {}
        parts: dict[str, bytes] = {}
        for name, root in roots.items():
            if not _is_wanted(name, root, roots):
                continue
            part = archive.read(infos[name])
            if root == "worksheet":
                part, facts[name] = cut_down(part)
                _check_content(facts)
                _look_over(archive, infos, name, facts[name])
            parts[name] = _usual(part) if root == "worksheet" else part
    return _package(parts, roots, facts, links=any(name.startswith("xl/externallinks/") for name in infos))


def _look_over(archive: zipfile.ZipFile, infos: Mapping[str, zipfile.ZipInfo], sheet: str, facts: SheetFacts) -> None:
    """Note what is drawn over a sheet, and the comments on its cells."""
    folder, _, own = sheet.rpartition("/")
    relations = infos.get(f"{folder}/_rels/{own}.rels")
    if relations is None or relations.file_size > _RELATIONS_CAP:
        return
    for kind, target in _relations(archive.read(relations).decode("utf-8", "replace")):
        info = infos.get(_path(folder, target).lower())
        if info is None or info.file_size > colours_and_drawings.PART_CAP:
            continue
        if kind == "drawing" and _root(archive, info):
            colours_and_drawings.take_drawing(facts.looks, archive.read(info))
        elif kind == "vmlDrawing":
            colours_and_drawings.take_controls(facts.looks, archive.read(info))
        elif kind in ("comments", "threadedComment") and _root(archive, info):
            cell_comments.take_comments(facts.comments, archive.read(info))


def _relations(said: str) -> list[tuple[str, str]]:
    """The last word of the type, and the target, of each relation."""
    pairs = ((_TYPE.search(each), _TARGET.search(each)) for each in _RELATION.findall(said))
    return [(kind[1], target[1]) for kind, target in pairs if kind and target]


def _path(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _package(
    parts: Mapping[str, bytes], roots: Mapping[str, str], facts: Mapping[str, SheetFacts], *, links: bool
) -> Package:
    """What the parts are to one another. Raises KeyError and XMLSyntaxError for a workbook whose list of sheets is broken."""
    names = {root: next((name for name in parts if roots[name] == root), "") for root in _ROOTS}
    book = names["workbook"]
    folder, _, own = book.rpartition("/")
    related = relations(parts[f"{folder}/_rels/{own}.rels".lstrip("/")], book)
    sheets, since_1904 = listed(parts[book], related, facts)
    styles = styles_of(parts[names["styleSheet"]]) if names["styleSheet"] else PLAIN
    properties = parts.get(_CUSTOM, b"") if roots.get(_CUSTOM) == "Properties" else b""
    return Package(tuple(sheets), parts, facts, styles, parts.get(names["sst"], b""), properties, since_1904, links)


def other_method(info: zipfile.ZipInfo) -> Unreadable:
    """The refusal of a member that is packed by a method that Python does not know (APPNOTE.TXT, 4.4.5)."""
    return Unreadable(Code.FILE_FORMAT, "deflate64" if info.compress_type == _DEFLATE64 else "zip-method")


def checked(archive: zipfile.ZipFile, size: int) -> list[zipfile.ZipInfo]:
    """The members, within the caps by the directory; unpacking never goes beyond the sizes it states."""
    infos = archive.infolist()
    unzipped = sum(info.file_size for info in infos)
    if len(infos) > MEMBERS_CAP:
        raise too_large(f"มีไฟล์ย่อยเกิน {MEMBERS_CAP:,} ไฟล์")
    if unzipped > UNZIPPED_CAP or (unzipped > RATIO_FREE and unzipped > RATIO_CAP * size):
        raise too_large(f"คลายแล้วมีขนาด {unzipped >> 20:,} เมกะไบต์")
    if any(info.flag_bits & 1 for info in infos):
        raise Unreadable(Code.FILE_ENCRYPTED)
    if odd := next((info for info in infos if info.compress_type not in METHODS), None):
        raise other_method(odd)
    return infos


def _name(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/").lstrip("/")


def _check_content(facts: Mapping[str, SheetFacts]) -> None:
    if sum(fact.content for fact in facts.values()) > CELLS_CAP:
        raise too_large(f"มีข้อมูลเกิน {CELLS_CAP:,} ช่อง")
    if sum(len(fact.merges) for fact in facts.values()) > MERGES_CAP:
        raise too_large(f"มีช่องที่ผสานเกิน {MERGES_CAP:,} แห่ง")


def _is_wanted(name: str, root: str, roots: Mapping[str, str]) -> bool:
    if root == "Relationships":
        folder, _, owner = name.removesuffix(".rels").rpartition("_rels/")
        return not owner or roots.get(folder + owner) == "workbook"
    return root in _ROOTS or (root == "Properties" and name == _CUSTOM)


def _usual(part: bytes) -> bytes:
    """Strict OOXML told in the names of the transitional kind, which is the one that libraries know."""
    if b"//purl.oclc.org/" in part:
        for strict, usual in _STRICT:
            part = part.replace(strict, usual)
    return part


def _root(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    with archive.open(info) as stream:
        return root_of(stream)
