"""What the post room must be told: where the mailbox and the outgoing server are and how to log in.

Owns the shape of the two settings and the making of the TLS context from them. Knows neither IMAP nor SMTP.
"""

import ssl
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

Port = Annotated[int, Field(ge=1, le=65535)]
Security = Literal["tls", "starttls", "none"]


class _Server(BaseModel):
    """What both servers have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    usual_ports: ClassVar[Mapping[str, int]] = {}

    host: str = Field(min_length=1)
    port: Port  # the usual one of the chosen security when left out
    security: Security = "tls"
    ca_file: str = ""  # PEM file of an own certificate authority; empty: the system's authorities

    @model_validator(mode="before")
    @classmethod
    def _usual_port(cls, given: Any) -> Any:
        if isinstance(given, dict) and "port" not in given:
            usual = cls.usual_ports.get(given.get("security", "tls"))
            return given if usual is None else {**given, "port": usual}
        return given

    def tls(self) -> ssl.SSLContext:
        """A context that verifies certificate and host name. OSError or ssl.SSLError for an unusable `ca_file`."""
        return ssl.create_default_context(cafile=self.ca_file or None)


class ImapSettings(_Server):
    """The one mailbox an office watches."""

    usual_ports: ClassVar[Mapping[str, int]] = {"tls": 993, "starttls": 143, "none": 143}

    user: str = Field(min_length=1)
    password: SecretStr
    folder: str = Field(default="INBOX", min_length=1)
    root: str = Field(default="Ruam", min_length=1)  # the parent of Done, Unreadable and Held; "/" nests
    sent: str = ""  # the folder of sent mail; empty: the one that the server marks as such
    copy_to_sent: bool = True  # put a copy of every letter there, unless the server does so itself
    poll_seconds: float = Field(default=60, gt=0)  # a scan at least this often, news or none
    idle_renew_seconds: float = Field(default=240, gt=0, le=1680)  # RFC 2177 allows at most 29 minutes
    timeout_seconds: float = Field(default=30, gt=0)
    max_bytes: int = Field(default=25 * 1024 * 1024, gt=0)  # of a larger mail only the header is fetched
    authserv_id: str = (
        ""  # whose Authentication-Results count; "": nobody's, "-": those without a name (Exchange Online)
    )


class SmtpSettings(_Server):
    """The server that takes our letters."""

    usual_ports: ClassVar[Mapping[str, int]] = {"tls": 465, "starttls": 587, "none": 25}

    user: str = ""  # empty: no login
    password: SecretStr = SecretStr("")
    timeout_seconds: float = Field(default=60, gt=0)
    letters_per_hour: int = Field(default=500, ge=1)  # in all; the report, drafts and letters to staff always go
    answers_per_hour: int = Field(default=10, ge=1)  # receipts and corrections to one address
