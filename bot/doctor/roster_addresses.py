"""What ``ruam doctor`` says of the roster's addresses: missing, with several reporters, with staff too, or sent back."""

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.doctor.verdict import Check, ok, warning, wrong
from bot.office.model.address_mark import AddressMark
from bot.office.model.bureau import Bureau


def roster_addresses(bureau: Bureau) -> Iterator[Check]:
    """Missing and doubled addresses. A malformed one is refused when the roster is loaded."""
    missing = bureau.roster.unaddressed
    if missing:
        yield wrong(
            "roster",
            f"no address for {len(missing)} of {len(bureau.roster.contacts)} reporters, who can be asked nothing: "
            f"{', '.join(missing)}; fill in the workbook of `ruam roster export` and load it by `ruam roster import`",
        )
    shared = Counter(address for contact in bureau.roster.contacts for address in set(contact.reporter.addresses))
    doubled = [address for address, count in shared.items() if count > 1]
    for address in doubled:
        who = [contact.reporter.name for contact in bureau.roster.contacts if address in contact.reporter.addresses]
        yield warning(
            "roster", f"{address} stands with {', '.join(who)}; whose report it sends is told by the form alone"
        )
    staff = [address for address in bureau.office.staff if address in shared]
    for address in staff:
        yield warning("roster", f"{address} is staff and reporter; give the office's staff addresses of their own")
    if not (missing or doubled or staff):
        yield ok("roster", f"{len(bureau.roster.contacts)} reporters, {len(shared)} addresses")


def returned_addresses(bureau: Bureau, bounced: Mapping[str, AddressMark]) -> Iterator[Check]:
    """The addresses in use to which mail came back."""
    used = {address for contact in bureau.roster.contacts for address in contact.reporter.addresses}
    for address in sorted(used & bounced.keys()):
        yield warning("roster", f"mail to {address} came back ({bounced[address].why}); ask for the right address")
