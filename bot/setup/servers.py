"""Where an office's mail servers are: guessed from its address, and tried until one way of security works."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.post.exceptions import PostError, certificate_fault
from bot.post.imap.mailbox import Mailbox
from bot.post.settings import ImapSettings, Security, SmtpSettings
from bot.post.smtp.sending import Outbox
from bot.setup.names import Names, NoAnswer

Settings = TypeVar("Settings", ImapSettings, SmtpSettings)
# Free mail, and what their servers are; docs of the providers.
GMAIL, OUTLOOK, YAHOO = (
    ("imap.gmail.com:993", "smtp.gmail.com:465"),
    ("outlook.office365.com:993", "smtp.office365.com:587"),
    ("imap.mail.yahoo.com:993", "smtp.mail.yahoo.com:465"),
)
FREE: Mapping[str, tuple[str, str]] = {
    "gmail.com": GMAIL,
    "googlemail.com": GMAIL,
    "hotmail.com": OUTLOOK,
    "hotmail.co.th": OUTLOOK,
    "outlook.com": OUTLOOK,
    "outlook.co.th": OUTLOOK,
    "live.com": OUTLOOK,
    "msn.com": OUTLOOK,
    "yahoo.com": YAHOO,
    "yahoo.co.th": YAHOO,
    "ymail.com": YAHOO,
    "icloud.com": ("imap.mail.me.com:993", "smtp.mail.me.com:587"),
}
HOSTED = {"google.com": GMAIL, "googlemail.com": GMAIL, "outlook.com": OUTLOOK}  # by where its domain's MX lies
SERVICES = ("_imaps._tcp", "_submissions._tcp")  # RFC 6186, RFC 8314
BY_PORT: Mapping[int, Security] = {993: "tls", 465: "tls", 143: "starttls", 587: "starttls"}
USUAL = {"imap": 993, "smtp": 465}


@dataclass(frozen=True)
class Place:
    """A server as a person writes it."""

    host: str
    port: int

    def __str__(self) -> str:
        """``mail.nan.example:993``."""
        return f"{self.host}:{self.port}"

    @property
    def here(self) -> bool:
        """Whether it is on this machine, where nobody listens between."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def ways(self) -> tuple[Security, ...]:
        """The ways of security to try, the usual one of its port first; in clear on this machine alone."""
        usual = BY_PORT.get(self.port, "tls")
        others: tuple[Security, ...] = ("tls", "starttls", "none") if self.here else ("tls", "starttls")
        return tuple(dict.fromkeys((usual, *others)))


def guessed(domain: str, names: Names) -> tuple[str, str]:
    """Where the two servers of a domain are likely to be, as ``host:port``."""
    if domain in FREE:
        return FREE[domain]
    try:
        hosts = names.mail_servers(domain)
        hosted = next(
            (servers for host in hosts for end, servers in HOSTED.items() if f".{host}".endswith(f".{end}")), None
        )
        if hosted:
            return hosted
        published = [names.service(f"{service}.{domain}") for service in SERVICES]
    except NoAnswer:
        published = ["", ""]
    return published[0] or f"mail.{domain}:{USUAL['imap']}", published[1] or f"mail.{domain}:{USUAL['smtp']}"


def working_imap(place: Place) -> ImapSettings:
    """The settings with which a server answers. Raises PostError, that of the first way tried."""
    return _first_working(place, ImapSettings, {"user": "-", "password": "-"}, lambda it: Mailbox(it).reach())


def working_smtp(place: Place) -> SmtpSettings:
    """The same for the outgoing server."""
    return _first_working(place, SmtpSettings, {}, lambda it: Outbox(it).probe())


def _first_working(place: Place, kind: type[Settings], more: Mapping[str, Any], reach: Any) -> Settings:
    first: PostError | None = None
    for security in place.ways():
        settings = kind(host=place.host, port=place.port, security=security, timeout_seconds=10, **more)
        try:
            reach(settings)
        except PostError as error:
            first = first or error
            if error.kind == "name" or _silent(error) or (certificate_fault(error) and not place.here):
                break  # another way meets the same
        else:
            return settings
    if first is None:
        raise RuntimeError("no way was tried")
    raise first


def _silent(error: PostError) -> bool:
    return isinstance(error.__cause__, ConnectionRefusedError | TimeoutError)
