"""What a roster's workbook is read against, and what it was found to say. Values only."""

from dataclasses import dataclass, field
from enum import StrEnum

from parsers.findings import Place, Severity
from parsers.form.naming import LOCAL, Naming
from parsers.reading import Organisation, Reporter


@dataclass(frozen=True)
class RosterRequest:
    """The roster as it stands: names and codes that are known already."""

    organisations: tuple[Organisation, ...]
    reporters: tuple[Reporter, ...]  # the declared ones
    naming: Naming = LOCAL


@dataclass(frozen=True)
class OrganisationLine:
    """One organisation as a row has it. ``addresses`` and ``reporter`` are None where the table has no such column."""

    key: str  # the code under which its answers stand: a former one where its status changed
    code: str  # the present one
    type: str
    name: str  # official, with the words of the type
    district: str
    reporter: str | None = None  # the name of who reports for it; "" leaves it to the district, or to itself
    addresses: tuple[str, ...] | None = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class ReporterLine:
    """One reporter as a row has it; what is None has no column in the table."""

    name: str
    key: str = ""  # of the reporter that it was before; "" for a new one
    salutation: str = ""
    addresses: tuple[str, ...] | None = None
    chief: str | None = None
    phone: str | None = None
    place: Place = field(default_factory=Place)


class Slip(StrEnum):
    """What was found in a roster's workbook."""

    FILE = "file"
    NO_TABLE = "no-table"
    HIDDEN_SHEET = "hidden-sheet"
    NAME_MISSING = "name-missing"
    NAME_UNKNOWN = "name-unknown"
    NAME_AMBIGUOUS = "name-ambiguous"
    NAME_OF_OTHER_TYPE = "name-of-other-type"
    CODE_OF_OTHER_NAME = "code-of-other-name"
    CODE_MALFORMED = "code-malformed"
    CODE_DOUBLED = "code-doubled"
    NAME_DOUBLED = "name-doubled"
    FORMER_UNKNOWN = "former-unknown"
    FORMER_ASSUMED = "former-assumed"
    TYPE_UNKNOWN = "type-unknown"
    TYPE_MISSING = "type-missing"
    DISTRICT_MISSING = "district-missing"
    REPORTER_UNKNOWN = "reporter-unknown"
    REPORTER_DOUBLED = "reporter-doubled"
    ADDRESS_MALFORMED = "address-malformed"
    ADDRESS_OF_SEVERAL = "address-of-several"
    CHIEF_SEVERAL = "chief-several"
    PHONE_MALFORMED = "phone-malformed"


@dataclass(frozen=True)
class Mistake:
    """One slip, with its cell, what stood there and the sentence for staff."""

    slip: Slip
    severity: Severity
    place: Place
    value: str
    message: str

    @property
    def code(self) -> str:
        """As findings have one."""
        return self.slip.value

    @property
    def organisation(self) -> str:
        """As findings have one; here the cell says whose it is."""
        return ""


@dataclass(frozen=True)
class RosterReading:
    """What a file was found to say. ``whole``: it has both tables, so who is not in it is no longer there."""

    organisations: tuple[OrganisationLine, ...] = ()
    reporters: tuple[ReporterLine, ...] = ()
    whole: bool = False
    mistakes: tuple[Mistake, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether nothing must be mended first."""
        return all(mistake.severity is not Severity.ERROR for mistake in self.mistakes)
