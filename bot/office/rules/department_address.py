"""Whose an address is by its domain: the department's, or one that many share. Pure."""

from bot.office.model.bureau import Bureau

# Domains at which anybody, or any Thai office, may have an address: they say nothing of who writes.
SHARED = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "outlook.co.th", "hotmail.com", "hotmail.co.th", "live.com"),
        *("live.co.th", "msn.com", "windowslive.com", "yahoo.com", "yahoo.co.th", "ymail.com", "rocketmail.com"),
        *(
            "icloud.com",
            "me.com",
            "mac.com",
            "aol.com",
            "proton.me",
            "protonmail.com",
            "gmx.com",
            "gmx.net",
            "mail.com",
        ),
        *(
            "zoho.com",
            "yandex.com",
            "qq.com",
            "163.com",
            "thaimail.com",
            "mail.go.th",
            "go.th",
            "in.th",
            "or.th",
            "ac.th",
        ),
    }
)


def is_department(bureau: Bureau, address: str) -> bool:
    """Whether an address is of the department: one that a circular names, or another at its domain.

    A domain at which anybody or a reporter has addresses says nothing.
    """
    sender = address.casefold()
    departments = [circular.department for circular in bureau.circulars.values()]
    named = {one.casefold() for each in departments for one in (*each.to, *each.cc)}
    if sender in named:
        return True
    return _domain(sender) in {_domain(one) for one in named} - _shared(bureau)


def _shared(bureau: Bureau) -> frozenset[str]:
    reporters = (address for reporter in bureau.roster.reporters for address in reporter.addresses)
    chiefs = (contact.chief for contact in bureau.roster.contacts if contact.chief)
    return SHARED | {_domain(address.casefold()) for address in (*reporters, *chiefs)}


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
