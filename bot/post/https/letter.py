"""A letter where there is no envelope: who is named in its headers gets it. How its bytes are taken apart without changing what they say."""

import email.policy
from collections.abc import Collection
from email.message import EmailMessage

ROLES = ("To", "Cc", "Bcc")
# A header that was read keeps its own lines (RFC 5322, 2.2.3), whatever their length.
AS_IT_IS = email.policy.SMTP.clone(refold_source="none")


def by_role(mail: EmailMessage, recipients: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """Whom each header is to name, so that exactly ``recipients`` get the letter: (display name, address).

    Whom a header names and the envelope does not had the letter already; whom only the envelope names gets it unseen.
    """
    left = {address.lower(): address for address in recipients}
    named = {
        role: [(name, address) for name, address in named_in(mail, role) if left.pop(address.lower(), "")]
        for role in ROLES
    }
    named["Bcc"] += [("", address) for address in left.values()]
    return named


def named_in(mail: EmailMessage, role: str) -> list[tuple[str, str]]:
    """Whom a header names: (display name, address)."""
    return [(one.display_name, one.addr_spec) for field in mail.get_all(role, []) for one in field.addresses]
