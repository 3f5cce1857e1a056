"""What the domain name system says of a mail domain. The only home of dnspython.

Owns the difference between "there is none" and "nobody answered". Knows nothing of what is right.
"""

from dataclasses import dataclass, field

import dns.exception
import dns.resolver

SECONDS = 4.0  # for one question in all
# No such name, or nothing of that kind under it.
NOTHING = (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer)


class NoAnswer(Exception):  # noqa: N818 - the word of the house for a network that is not there
    """No name server answered."""


@dataclass
class Names:
    """Asks the machine's name servers, or the one named as ``host`` or ``host:port``."""

    server: str = ""
    _resolver: dns.resolver.Resolver | None = field(default=None, init=False, repr=False)

    def texts(self, name: str) -> tuple[str, ...]:
        """The TXT records of a name, each in one piece. Raises NoAnswer."""
        return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in self._records(name, "TXT"))

    def mail_servers(self, domain: str) -> tuple[str, ...]:
        """The hosts that take a domain's mail, the preferred first; empty where it takes none (RFC 7505). Raises NoAnswer."""
        found = sorted(self._records(domain, "MX"), key=lambda record: record.preference)
        return tuple(
            filter(None, (record.exchange.to_text(omit_final_dot=True).strip(".").lower() for record in found))
        )

    def service(self, name: str) -> str:
        """Where a service is, as ``host:port``; empty where the domain does not say. Raises NoAnswer."""
        found = sorted(self._records(name, "SRV"), key=lambda record: (record.priority, -record.weight))
        hosts = (f"{each.target.to_text(omit_final_dot=True)}:{each.port}" for each in found)
        return next((host for host in hosts if not host.startswith(":") and not host.startswith(".")), "")

    def _records(self, name: str, kind: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - of a class for each kind
        try:
            return list(self._asker().resolve(name, kind, lifetime=SECONDS, search=False))
        except NOTHING:
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise NoAnswer(str(error)) from error

    def _asker(self) -> dns.resolver.Resolver:
        if self._resolver is None:
            self._resolver = dns.resolver.Resolver(configure=not self.server)
            if self.server:
                host, _, port = self.server.partition(":")
                self._resolver.nameservers, self._resolver.port = [host], int(port or 53)
        return self._resolver
