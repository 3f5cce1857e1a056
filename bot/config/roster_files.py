"""The files that a roster could have been read from: for one that is composed of a folder's and of what came by mail."""

from bot.config.organisations_table import OrganisationRow
from bot.config.roster_folder import ReporterEntry, RosterFile, TypeEntry
from bot.config.roster_import import Files, imported
from bot.office.model.roster import Contact, Roster
from bot.office.model.taken_roster import addresses_beside
from parsers.rosters.entries import RosterReading


def files_of(roster: Roster) -> Files:
    """Both files; ``bot.config.roster_folder.joined`` makes the same roster of them."""
    types = tuple(
        TypeEntry(short=each.short, words=each.words, spellings=each.spellings, head=each.head)
        for each in roster.naming.types
    )
    declared = RosterFile(
        province=roster.province,
        type=types,
        district_label=roster.naming.district,
        reporter=tuple(_entry(each, roster) for each in roster.contacts),
    )
    # Districts are written as such where nobody else answers for any of theirs.
    return imported((declared, _rows(roster)), roster, RosterReading())


def _rows(roster: Roster) -> list[OrganisationRow]:
    return [
        OrganisationRow(
            district=each.district,
            type=each.type,
            official_name=each.official_name,
            short_name=each.short_name,
            code=each.code,
            addresses=roster.own_addresses.get(each.code, ()),
            present_code=each.present_code,
        )
        for each in roster.organisations
    ]


def _entry(contact: Contact, roster: Roster) -> ReporterEntry:
    one = contact.reporter
    return ReporterEntry(
        key=one.key,
        name=one.name,
        salutation=contact.salutation,
        organisations=one.organisations,
        addresses=addresses_beside(contact, roster.own_addresses),
        chief=contact.chief,
        phone=contact.phone,
    )
