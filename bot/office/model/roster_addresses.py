"""The roster with the addresses that staff added to it and without those that they removed. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.roster import Contact, Roster
from parsers.reading import Reporter


def with_addresses(roster: Roster, marks: Iterable[AddressMark]) -> Roster:
    """The roster after what staff said of addresses; itself where they said nothing."""
    removed: set[str] = set()
    added: dict[str, list[str]] = {}
    for mark in marks:
        if mark.standing is AddressStanding.REMOVED:
            removed.add(mark.address)
        elif mark.standing is AddressStanding.ADDED:
            added.setdefault(mark.reporter, []).append(mark.address)
    if not removed and not added:
        return roster

    def kept(key: str, addresses: Iterable[str]) -> tuple[str, ...]:
        own = (address for address in addresses if address.casefold() not in removed)
        return tuple(dict.fromkeys((*own, *added.get(key, ()))))

    def changed(contact: Contact) -> Contact:
        reporter: Reporter = contact.reporter
        return replace(contact, reporter=replace(reporter, addresses=kept(reporter.key, reporter.addresses)))

    own = {
        code: kept(code, roster.own_addresses.get(code, ()))
        for code in {*roster.own_addresses, *added} & roster.by_code.keys()
    }
    return replace(roster, contacts=tuple(map(changed, roster.contacts)), own_addresses=own)
