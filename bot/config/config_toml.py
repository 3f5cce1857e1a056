"""What the configuration file may say: its sections and their keys. Reads nothing; ``bot.config.load`` does."""

from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from bot.office.model.bangkok_time import Day, Moment
from bot.office.model.circular import Address, Slug
from bot.office.model.office import Office
from bot.post.settings import FIRST_START, HTTPS_SERVERS, TOKENS_OF, ImapSettings, OAuth2Settings, SmtpSettings

LOOPBACK = ("127.0.0.1", "localhost", "::1")  # where nobody listens on the way


class Section(BaseModel):
    """Base of the sections: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class OfficeSection(Section):
    """``[office]``: who runs the bot. ``roster`` and ``circulars`` are folders, or names of shipped ones."""

    slug: Slug
    name: str = Field(min_length=1)
    province: str = Field(min_length=1)
    address: Address
    staff: tuple[Address, ...] = Field(min_length=1)
    unit: str = ""
    phone: str = ""
    signer: tuple[str, ...] = ()
    thai_digits: bool = True
    letter_number: str = ""
    letterhead: tuple[str, ...] = ()
    called: str = ""
    emblem: str = ""  # a picture's file
    roster: str = Field(min_length=1)
    circulars: tuple[str, ...] = ()  # none yet: the desk reads its mail and says so
    lang: Literal["th", "en"] = "en"  # of what the commands say of mistakes

    @field_validator("staff")
    @classmethod
    def _written_once(cls, staff: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(staff))

    @model_validator(mode="after")
    def _does_not_write_to_itself(self) -> Self:
        if any(map(self.as_office().is_own, self.staff)):
            raise ValueError(f"staff holds the bot's own address {self.address}; write the addresses of people")
        return self

    def as_office(self) -> Office:
        """The office as the rest of the house knows it."""
        return Office(**self.model_dump(exclude={"roster", "circulars", "emblem", "lang"}))


class BooksSection(Section):
    """``[books]``: where the books are kept, as a database URL."""

    url: str = Field(default="sqlite:///ruam.db", repr=False, pattern=r"^(sqlite|postgresql)(\+[a-z0-9]+)?://")


class DeskSection(Section):
    """``[desk]``: the page in the browser. Left out, there is none."""

    address: str  # how browsers reach it, such as https://ruam.phrae.example
    port: int = Field(default=8480, ge=1, le=65535)  # on the loopback, where the office's own web server finds it
    viewers: tuple[Address, ...] = ()  # who may look and do nothing, beside the staff

    @field_validator("address")
    @classmethod
    def _kept_secret_on_its_way(cls, address: str) -> str:
        parts = urlsplit(address)
        own = parts.hostname in LOOPBACK
        if parts.scheme not in {"https", "http"} or not parts.hostname or (parts.scheme == "http" and not own):
            raise ValueError(f"{address} is no address that keeps a sign-in secret; write https://… with a host name")
        if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
            raise ValueError(f"{address} has more than a host name; write it alone, such as https://ruam.phrae.example")
        return f"{parts.scheme}://{parts.netloc.lower()}"


class CalendarSection(Section):
    """``[calendar]``: what the office knows better than the holiday list."""

    add: frozenset[Day] = frozenset()  # further holidays
    remove: frozenset[Day] = frozenset()  # days on which the office works all the same


class Config(Section):
    """The whole configuration, checked. Built by ``bot.config.load.load_config``, which does all reading."""

    office: OfficeSection
    imap: ImapSettings
    smtp: SmtpSettings
    oauth2: OAuth2Settings | None = None
    books: BooksSection = BooksSection()
    calendar: CalendarSection = CalendarSection()
    desk: DeskSection | None = None

    _file: Path = PrivateAttr(default=Path("config.toml"))

    @model_validator(mode="before")
    @classmethod
    def _needs_no_password(cls, given: Any) -> Any:
        imap = given.get("imap") if isinstance(given, dict) and given.get("oauth2") else None
        if not isinstance(imap, dict):
            return given
        if "password" in imap:
            raise ValueError("the mailbox has a password and [oauth2] as well; keep one of the two")
        return {**given, "imap": {**imap, "password": ""}}

    @model_validator(mode="after")
    def _https_has_a_token(self) -> Self:
        for name, kind in (("imap", self.imap.kind), ("smtp", self.smtp.kind)):
            provider = TOKENS_OF.get(kind)
            if provider and (self.oauth2 is None or self.oauth2.provider != provider):
                raise ValueError(f'kind = "{kind}" in [{name}] needs [oauth2] with provider = "{provider}"; write both')
        return self

    @field_validator("imap", mode="before")
    @classmethod
    def _from_when(cls, given: Any) -> Any:
        """`since` as the office writes dates; left out, what lay in the mailbox before the first start is not touched."""
        if not isinstance(given, dict):
            return given
        since = given.get("since", FIRST_START)
        if since != FIRST_START:
            try:
                since = TypeAdapter(Moment).validate_python(since)
            except ValidationError:
                raise ValueError(f"since is no date: {since}; write one like 2024-11-01, or leave it out") from None
        return {**given, "since": since}

    @property
    def file(self) -> Path:
        """The file it was read from; its folder is what paths are relative to."""
        return self._file

    def read_from(self, file: Path) -> Self:
        """The same configuration, with the file it was read from; its servers know of ``[oauth2]`` then.

        It is for the mailbox, and for an outgoing server that wants a login and was given no password. Microsoft Graph and
        the Gmail API keep a copy of what they send, and take none from others.
        """
        copy = self.model_copy()
        if self.oauth2:
            own = HTTPS_SERVERS.keys() & {self.imap.kind, self.smtp.kind}
            imap = self.imap.model_copy(update={"copy_to_sent": False}) if own else self.imap
            servers: dict[str, Any] = {"imap": imap.by_token(self.oauth2)}
            if self.smtp.user and not self.smtp.password.get_secret_value():
                servers["smtp"] = self.smtp.by_token(self.oauth2)
            copy = self.model_copy(update=servers)
        copy._file = file  # noqa: SLF001 - its own, on a copy of itself
        return copy
