"""What the post room must be told: where the mailbox and the outgoing server are and how to log in.

Owns the shape of the settings and the making of the TLS context from them. Knows neither IMAP nor SMTP.
"""

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, SecretStr, model_validator

Port = Annotated[int, Field(ge=1, le=65535)]
Security = Literal["tls", "starttls", "none"]
# Which mails of a mailbox are taken: those that arrived from a moment on, or after the first start, or all.
FIRST_START: Literal["first start"] = "first start"
Since = datetime.datetime | Literal["first start"] | None
GRAPH, GMAIL = "graph", "gmail"
# Mailboxes over HTTPS: what need not be written of their servers, and whose tokens they take.
HTTPS_SERVERS: Mapping[str, Mapping[str, Any]] = {
    GRAPH: {"host": "graph.microsoft.com", "port": 443, "password": ""},  # but for the national clouds
    GMAIL: {"host": "gmail.googleapis.com", "port": 443, "password": ""},
}
TOKENS_OF: Mapping[str, str] = {GRAPH: "microsoft", GMAIL: "google"}


class OAuth2Settings(BaseModel):
    """Login by OAuth2 in the place of a password: the application that the office registered with its provider."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    provider: Literal["google", "microsoft"]
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")  # Google's desktop apps have one; a Microsoft app of ours has none
    # Google: the JSON file of a service account that acts as the mailbox `subject` (domain-wide delegation); nobody signs in then
    service_account_file: str = ""
    subject: str = ""
    tenant: str = ""  # of Microsoft 365: the organisation's domain or its id
    token_file: str = Field(default="oauth2-token.json", min_length=1)  # what a sign-in leaves behind, kept secret
    authority: str = Field(default="", pattern=r"^(https://[^/]+)?$")  # another token server; empty: the provider's
    ca_file: str = ""  # as that of the servers, for the token server
    timeout_seconds: float = Field(default=30, gt=0)

    @model_validator(mode="after")
    def _as_the_provider_wants_it(self) -> Self:
        if self.service_account_file or self.subject:
            return self._as_a_service_account()
        if not self.client_id:
            raise ValueError("client_id is missing; write that of the application which your office registered")
        secret = bool(self.client_secret.get_secret_value())
        if self.provider == "google" and not secret:
            raise ValueError("client_secret is missing; write the one that Google shows for the desktop app")
        if self.provider == "microsoft" and secret:
            raise ValueError("client_secret is not used with Microsoft; leave it out and allow public client flows")
        if self.provider == "microsoft" and not self.tenant:
            raise ValueError('tenant is missing; write your Microsoft 365 domain, such as "phrae.example"')
        return self

    def _as_a_service_account(self) -> Self:
        if self.provider != "google":
            raise ValueError("service_account_file and subject are used with Google alone; leave both out")
        if not (self.service_account_file and self.subject):
            raise ValueError("service_account_file and subject belong together; write the key's file and the mailbox")
        if self.client_id or self.client_secret.get_secret_value():
            raise ValueError("a service account needs no client_id and client_secret; leave both out")
        return self

    @property
    def client(self) -> str:
        """Whose tokens they are, as written in the token file."""
        return f"{self.provider} {self.client_id or f'{self.subject} {self.service_account_file}'}"


class _Server(BaseModel):
    """What both servers have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    usual_ports: ClassVar[Mapping[str, int]] = {}

    kind: str  # how it is spoken to
    host: str = Field(min_length=1)
    port: Port  # the usual one of the chosen security when left out
    security: Security = "tls"
    ca_file: str = ""  # PEM file of an own certificate authority; empty: the system's authorities

    _oauth2: OAuth2Settings | None = PrivateAttr(default=None)

    @property
    def oauth2(self) -> OAuth2Settings | None:
        """How to get a token to log in with; None: the password is used."""
        return self._oauth2

    @property
    def audience(self) -> str:
        """Whom a token must be for: Microsoft Graph by its address; empty: the servers of IMAP and SMTP, and Gmail in whatever way."""
        return f"https://{self.host}" if self.kind == GRAPH else ""

    def by_token(self, oauth2: OAuth2Settings) -> Self:
        """The same settings, logging in by OAuth2."""
        copy = self.model_copy()
        copy._oauth2 = oauth2  # noqa: SLF001 - its own, on a copy of itself
        return copy

    @model_validator(mode="before")
    @classmethod
    def _usual_server(cls, given: Any) -> Any:
        if isinstance(given, dict) and (https := HTTPS_SERVERS.get(str(given.get("kind")))):
            return {**https, **given}
        if isinstance(given, dict) and "port" not in given:
            usual = cls.usual_ports.get(given.get("security", "tls"))
            return given if usual is None else {**given, "port": usual}
        return given

    @model_validator(mode="after")
    def _https_by_tls_alone(self) -> Self:
        if self.kind in HTTPS_SERVERS and self.security != "tls":
            raise ValueError(f'security is always "tls" with kind = "{self.kind}"; leave it out')
        return self


class ImapSettings(_Server):
    """The one mailbox an office watches."""

    usual_ports: ClassVar[Mapping[str, int]] = {"tls": 993, "starttls": 143, "none": 143}

    kind: Literal["imap", "graph", "gmail"] = "imap"
    user: str = Field(min_length=1)
    password: SecretStr
    folder: str = Field(default="INBOX", min_length=1)
    root: str = Field(default="Ruam", min_length=1)  # the parent of Done, Unreadable and Held; "/" nests
    since: Since = None
    also: tuple[str, ...] = ()  # further folders that are looked into, as named there or by special use: "\\Junk"
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

    kind: Literal["smtp", "graph", "gmail"] = "smtp"
    user: str = ""  # empty: no login
    password: SecretStr = SecretStr("")
    timeout_seconds: float = Field(default=60, gt=0)
    letters_per_hour: int = Field(default=500, ge=1)  # in all; the report, drafts and letters to staff always go
    answers_per_hour: int = Field(default=10, ge=1)  # receipts and corrections to one address

    @model_validator(mode="after")
    def _https_sends_from_a_mailbox(self) -> Self:
        if self.kind in HTTPS_SERVERS and not self.user:
            raise ValueError('user is missing; write the mailbox that sends, such as "ruam@phrae.example"')
        if self.kind in HTTPS_SERVERS and self.password.get_secret_value():
            raise ValueError(f'password is not used with kind = "{self.kind}"; leave it out')
        return self
