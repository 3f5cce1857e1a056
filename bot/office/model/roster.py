"""The roster: all organisations of the province, who reports for them, and the addresses the office knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from parsers.form.naming import LOCAL, Naming
from parsers.reading import Organisation, Reporter


@dataclass(frozen=True)
class Contact:
    """How a declared reporter is written to."""

    reporter: Reporter
    salutation: str  # after เรียน, e.g. นายอำเภอลอง
    chief: str = ""  # address copied when answers are long overdue
    phone: str = ""  # for staff who call, as it is to be read


@dataclass(frozen=True)
class Roster:
    """``contacts`` are the declared reporters, in order; every organisation may besides answer for itself."""

    province: str
    organisations: tuple[Organisation, ...]  # roster order, the order of every table
    contacts: tuple[Contact, ...]
    own_addresses: Mapping[str, tuple[str, ...]]  # organisation code to its own addresses
    naming: Naming = LOCAL

    @cached_property
    def by_code(self) -> Mapping[str, Organisation]:
        """Organisations by code."""
        return {organisation.code: organisation for organisation in self.organisations}

    @cached_property
    def reporters(self) -> tuple[Reporter, ...]:
        """The declared reporters, then every organisation for itself (key = code)."""
        declared = tuple(contact.reporter for contact in self.contacts)
        alone = {reporter.organisations for reporter in declared}
        themselves = tuple(
            Reporter(o.code, o.printed_name, (o.code,), self.own_addresses.get(o.code, ()))
            for o in self.organisations
            if (o.code,) not in alone
        )
        return declared + themselves

    @cached_property
    def unaddressed(self) -> tuple[str, ...]:
        """The names of the declared reporters that no letter can go to."""
        return tuple(contact.reporter.name for contact in self.contacts if not contact.reporter.addresses)

    @cached_property
    def by_key(self) -> Mapping[str, Reporter]:
        """Reporters by key."""
        return {reporter.key: reporter for reporter in self.reporters}

    def written_to(self, key: str) -> tuple[str, ...]:
        """The declared reporters (by key) whose letters are answered when this one answers: himself, or who answers for it."""
        return tuple(
            contact.reporter.key
            for contact in self.contacts
            if key == contact.reporter.key or key in contact.reporter.organisations
        )

    def contact_for(self, key: str) -> Contact:
        """How to write to the reporter with this key, an organisation that answers for itself included. Raises KeyError."""
        for contact in self.contacts:
            if contact.reporter.key == key:
                return contact
        reporter = self.by_key[key]
        return Contact(reporter, head_of(self.by_code[reporter.organisations[0]], self.naming))


def head_of(organisation: Organisation, naming: Naming = LOCAL) -> str:
    """The head of an organisation as letters address him: นายกเทศมนตรีตำบลช่อแฮ, never นายกเทศมนตรีเทศบาลตำบล..."""
    name = organisation.official_name
    if naming.types:
        return next((f"{each.head}{name}" for each in naming.types if each.short == organisation.type), name)
    return f"นายกเทศมนตรี{name.removeprefix('เทศบาล')}" if name.startswith("เทศบาล") else f"นายก{name}"
