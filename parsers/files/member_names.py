"""What the files in a container are called, as people see them: decoded, in one line, without what programs left there.

Owns the charsets of names in zip archives, and what systems leave beside the files of people. Names are words to show, never paths.
"""

import re
import struct
import zipfile
import zlib

from parsers.formats.format_signatures import IWORK
from parsers.secrets.mask import mask_secrets
from parsers.thai import text

INSIDE = " › "  # between a container's name and what is in it
NAME_CAP = 150
_UTF8 = 0x800  # bit of a member's flags: its name is UTF-8
_UNICODE_PATH = 0x7075  # id of an extra field
# "__MACOSX/._form.xlsx", "~$form.xlsx", ".~lock.form.ods#", "Thumbs.db": what systems and programs leave in archives
# beside the files of people.
_LITTER = re.compile(
    r"(?:^|/)(?:(?:__MACOSX|\$RECYCLE\.BIN|\.AppleDouble|\.fseventsd|\.Spotlight-V100|\.Trashes|\.TemporaryItems)/"
    r"|\._|~\$|\.~lock\.|(?:\.DS_Store|(?:eh)?Thumbs\.db|desktop\.ini|\.directory|\.localized)$)",
    re.IGNORECASE,
)


def unpacked(name: str) -> str:
    """What the file in a gzip is called: as the gzip, without its ending."""
    own = name.rpartition(INSIDE)[2]
    stem, dot, ending = own.rpartition(".")
    return f"{stem}.tar" if ending.lower() == "tgz" else stem if dot and ending.lower() == "gz" else f"{own} (gzip)"


def bundle_of(name: str) -> tuple[str, str]:
    """The folder that macOS shows as one file of Apple's programs, and which; both empty for a member of no such folder."""
    parts = name.split("/")
    for at, part in enumerate(parts[:-1], 1):
        kind = IWORK.get(part.rpartition(".")[2].lower(), "") if "." in part else ""
        if kind:
            return "/".join(parts[:at]), kind
    return "", ""


def shown_name(info: zipfile.ZipInfo) -> str:
    """A member's name as people see it, folders included; empty for folders and for what programs left there."""
    name = clean(_decoded(info))
    return "" if info.is_dir() or _LITTER.search(name) else name or "?"


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name by its bytes: without its flag it is whatever the writer's system spoke, by the standard code page 437."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    if said := _unicode_path(info.extra, raw):
        return said
    for codec in ("utf-8", "cp874"):
        try:
            said = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if said.isascii() or text.thai_share(said) > text.thai_share(info.orig_filename):
            return said
    return info.orig_filename


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name that WinRAR and Info-ZIP write beside the one of the code page; empty when there is none for this one."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and extra[at + 5 : at + 9] == struct.pack("<I", zlib.crc32(raw)):
            return extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        at += 4 + size
    return ""


def clean(name: str) -> str:
    """A name to show: one line, no drive, no steps up or down, capped."""
    parts = text.normalise(" ".join(name.replace("\0", "").split())).replace("\\", "/").split("/")
    # "C:": a drive.
    kept = [part.strip(" ") for part in parts if part.strip(" .") and not re.fullmatch(r"[A-Za-z]:", part.strip())]
    whole = "/".join(map(mask_secrets, kept))
    return whole if len(whole) <= NAME_CAP else f"…{whole[-NAME_CAP:]}"
