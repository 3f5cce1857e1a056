"""What the first day leaves behind: configuration, roster, its workbook, a systemd unit, a practice circular."""

import datetime
import os
from dataclasses import dataclass
from pathlib import Path

from bot.config.national_roster import province_files, provinces
from bot.config.roster_folder import joined
from bot.config.roster_writing import listed, quoted, write_roster
from bot.documents.roster.roster_workbook import roster_workbook
from bot.office.model.bangkok_time import BANGKOK
from bot.post.settings import ImapSettings, SmtpSettings
from bot.setup.practice import practice_circular
from bot.setup.unit import Service, unit_text

CONFIG, ROSTER, WORKBOOK, UNIT, PRACTICE = "config.toml", "roster", "roster.xlsx", "ruam.service", "practice"
PRIVATE = 0o600


@dataclass(frozen=True)
class FirstDay:
    """All that was answered."""

    province: str
    address: str
    imap: ImapSettings
    smtp: SmtpSettings
    staff: tuple[str, ...]
    phone: str = ""
    since: datetime.date | None = None
    authserv_id: str = ""
    practice: bool = False
    language: str = "th"


def write_first_files(folder: Path, day: FirstDay, service: Service, now: datetime.datetime) -> list[Path]:
    """Write them all; the configuration last, so that what is there is whole. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    files = province_files(day.province)
    write_roster(folder / ROSTER, *files)
    written = [folder / ROSTER, folder / WORKBOOK, folder / UNIT]
    written[1].write_bytes(roster_workbook(joined(*files, ROSTER), now))
    written[2].write_text(unit_text(folder, service), encoding="utf-8")
    if day.practice:
        (folder / PRACTICE).mkdir(exist_ok=True)
        text = practice_circular(day.province, day.staff, now)
        (folder / PRACTICE / "circular.toml").write_text(text, encoding="utf-8")
        written.append(folder / PRACTICE)
    _write_private(folder / CONFIG, config_text(day, now))
    return [*written, folder / CONFIG]


def _write_private(file: Path, text: str) -> None:
    """A file that its owner alone can read, from its first byte on."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)


def config_text(day: FirstDay, now: datetime.datetime) -> str:
    """The text of ``config.toml``. The books stand beside it, in a folder that the service may write."""
    office = f"""\
# Made by `ruam init` on {now.astimezone(BANGKOK):%Y-%m-%d}. Every key is explained in docs/configuration.md.
# It holds passwords: keep it readable for the bot's user alone (chmod 600).

[office]
slug = {quoted(provinces()[day.province][1])}
name = {quoted(f"สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด{day.province}")}
province = {quoted(day.province)}
address = {quoted(day.address)}
staff = {listed(day.staff)}
phone = {quoted(day.phone)}
signer = {listed(("(......................................................)", f"ท้องถิ่นจังหวัด{day.province}"))}
roster = {quoted(ROSTER)}
circulars = {listed((PRACTICE,) if day.practice else ())}
lang = {quoted(day.language)}
"""
    since = f"since = {day.since.isoformat()}\n" if day.since else ""
    imap = _server("imap", day.imap) + since + f"authserv_id = {quoted(day.authserv_id)}\n"
    return "\n".join([office, imap, _server("smtp", day.smtp), '[books]\nurl = "sqlite:///ruam.db"\n'])


def _server(name: str, settings: ImapSettings | SmtpSettings) -> str:
    return (
        f"[{name}]\nhost = {quoted(settings.host)}\nport = {settings.port}\nsecurity = {quoted(settings.security)}\n"
        f"user = {quoted(settings.user)}\npassword = {quoted(settings.password.get_secret_value())}\n"
    )
