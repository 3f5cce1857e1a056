"""A systemd unit for the folder of an office: absolute paths, and the folder the one place that may be written."""

import grp
import os
import pwd
import sys
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "ruam"  # of the bot where root sets it up
SHARED = Path("/tmp")  # noqa: S108 - where PrivateTmp= would hide the office
HOMES = ("/home", "/root", "/run/user")  # what ProtectHome= hides


@dataclass(frozen=True)
class Service:
    """How the bot is started, and as whom. ``group`` is that of the account."""

    command: str
    account: str
    group: str

    @property
    def is_there(self) -> bool:
        """Whether the machine knows the account."""
        try:
            pwd.getpwnam(self.account)
        except KeyError:
            return False
        return True


def this_service() -> Service:
    """The program that runs now, as who runs it; root's bot gets an account of its own."""
    beside = Path(sys.executable).parent / "ruam"
    command = str(beside) if beside.is_file() else f"{sys.executable} -m bot"
    if os.geteuid() == 0:
        return Service(command, ACCOUNT, ACCOUNT)
    me = pwd.getpwuid(os.geteuid())
    return Service(command, me.pw_name, grp.getgrgid(me.pw_gid).gr_name)


def unit_text(folder: Path, service: Service) -> str:
    """The text of ``ruam.service``."""
    inside = any(
        Path(place).is_relative_to(home) for place in (folder, service.command.split(" ")[0]) for home in HOMES
    )
    return f"""\
[Unit]
Description=Ruam, the reporting desk
After=network-online.target
Wants=network-online.target

[Service]
Type=notify
ExecStart={_path(service.command)} run --config {_path(str(folder / "config.toml"))}
WorkingDirectory={_path(str(folder))}
User={service.account}
Group={service.group}
UMask=0077
WatchdogSec=120
Restart=always
RestartPreventExitStatus=2
RestartSec=10
TimeoutStopSec=60
NoNewPrivileges=true
ProtectSystem=strict
ProtectHome={"read-only" if inside else "true"}
PrivateTmp={"false" if folder.is_relative_to(SHARED) else "true"}
ReadWritePaths={_path(str(folder))}

[Install]
WantedBy=multi-user.target
"""


def _path(text: str) -> str:
    """A path as systemd reads it: percent signs are its own (systemd.unit, Specifiers)."""
    return text.replace("%", "%%")
