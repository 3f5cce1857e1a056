"""Links to files that lie elsewhere: known by where they lead, with how to get the file itself.

Owns the places where people leave files. Follows no link.
"""

import re
from collections.abc import Iterable
from urllib.parse import unquote

# Characters looked at; a mail's own words are cut shorter.
TEXT_CAP = 1 << 20  # characters looked at
_GOOGLE = ("google.com", "goo.gl", "forms.gle", "googleusercontent.com", "googleapis.com")
_MICROSOFT = (
    "1drv.ms",
    "1drv.com",
    "live.com",
    "live.net",
    "onedrive.com",
    "sharepoint.com",
    "office.com",
    "sharepoint.us",
)
_GOOGLE_HOSTS = (
    *("drive.google.com", "docs.google.com", "sheets.google.com", "forms.google.com", "photos.google.com"),
    *("drive.usercontent.google.com", "photos.app.goo.gl", "goo.gl", "forms.gle", "storage.googleapis.com"),
)
_MICROSOFT_HOSTS = (
    *("1drv.ms", "1drv.com", "onedrive.live.com", "d.docs.live.net", "onedrive.com", "sharepoint.com", "sharepoint.us"),
    *("forms.office.com", "excel.office.com", "excel.cloud.microsoft"),
)
_OTHER_HOSTS = (
    *("dropbox.com", "db.tt", "dropboxusercontent.com", "icloud.com", "icloud-content.com", "wetransfer.com", "we.tl"),
    *("mega.nz", "mega.io", "mega.co.nz", "box.com", "mediafire.com", "4shared.com", "terabox.com", "1024terabox.com"),
    *("pcloud.com", "pcloud.link", "pc.cd", "disk.yandex.com", "disk.yandex.ru", "yadi.sk", "workdrive.zoho.com"),
    *("transfernow.net", "smash.com", "fromsmash.com", "filemail.com", "sendgb.com", "send-anywhere.com", "gofile.io"),
    *("file.io", "sendspace.com", "krakenfiles.com", "uploadfiles.io", "ufile.io", "sync.com", "swisstransfer.com"),
    *("canva.com", "airtable.com", "notion.so", "notion.site", "jotform.com", "surveymonkey.com"),
    *(
        "bit.ly",
        "tinyurl.com",
        "shorturl.at",
        "shorturl.asia",
        "cutt.ly",
        "rebrand.ly",
        "is.gd",
        "t.ly",
        "gg.gg",
        "citly.me",
    ),
    *("line.me", "drive.proton.me", "naver.me", "pan.baidu.com", "app.box.com", "egnyte.com", "sharefile.com"),
)
_HOSTS = (*_GOOGLE_HOSTS, *_MICROSOFT_HOSTS, *_OTHER_HOSTS)
# The first word of the name of a server of one's own for files, and how the path of a share on it begins.
_OWN_SERVERS = frozenset(
    {"cloud", "nextcloud", "owncloud", "drive", "onedrive", "nas", "share", "files", "filesharing"}
)
_SHARES = ("index.php/s/", "index.php/apps/files", "s/", "sharing/", "d/", "f/")
# Beside albums and notes, people put their own address for friends into a signature.
_FRIENDS = ("ti/p/", "r/ti/p/")
# "https://drive.google.com/file/d/…", "bit.ly/4fHYxIQ", "nas.go.th:5001/sharing/…"; not "saraban@dla.go.th/…", which is
# an address.
_LINK = re.compile(r"(?<![@\w.-])([A-Za-z0-9.-]{4,253})(?::\d{1,5})?/([\w./-]{0,40})")


def first_link(said: Iterable[str]) -> str:
    """The host of the first link to a file elsewhere in these texts or addresses, in lower case; nothing without one."""
    for words in said:
        for seen in (words[:TEXT_CAP], unquote(words[:TEXT_CAP]) if "%" in words[:TEXT_CAP] else ""):
            found = (_host(match[1].lower(), match[2].lower()) for match in _LINK.finditer(seen))
            if host := next(filter(None, found), ""):
                return host
    return ""


def _host(host: str, path: str) -> str:
    if _is_at(host, ("line.me",)) and path.startswith(_FRIENDS):
        return ""
    own = host.partition(".")[0] in _OWN_SERVERS and path.startswith(_SHARES)
    return host if own or path.startswith("index.php/s/") or _is_at(host, _HOSTS) else ""


def _is_at(host: str, places: tuple[str, ...]) -> bool:
    return any(host == place or host.endswith(f".{place}") for place in places)


def instead(host: str) -> str:
    """What to do so that the file itself can be sent, as Thai words after "please"; ``host`` may be empty."""
    if _is_at(host, _GOOGLE):
        return "เปิดลิงก์แล้วเลือก ไฟล์ > ดาวน์โหลด > Microsoft Excel (.xlsx)"
    if _is_at(host, _MICROSOFT):
        return "เปิดลิงก์แล้วเลือก ไฟล์ > บันทึกเป็น > ดาวน์โหลดสำเนา ให้ได้ไฟล์ Excel (.xlsx)"
    return "ดาวน์โหลดหรือเปิดหาไฟล์ Excel (.xlsx) ตัวจริงที่ลิงก์นั้นชี้ไป"
