"""A name server on loopback that answers from a zone given as text, for tests of what a domain says of its mail."""

import socket
import threading
from typing import Self

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rrset

from tests.setup.real_mail import HOST, free_port


class NameServer:
    """``zone``: lines such as ``nan.example MX 10 mail.nan.example.``. A name that is not there is denied."""

    def __init__(self, zone: str) -> None:
        self.records: dict[tuple[str, str], list[str]] = {}
        for line in filter(None, map(str.strip, zone.splitlines())):
            name, kind, value = line.split(" ", 2)
            self.records.setdefault((name.lower().rstrip("."), kind), []).append(value)
        self.port = free_port()
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((HOST, self.port))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def place(self) -> str:
        """As ``ruam init --dns`` takes it."""
        return f"{HOST}:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.sendto(b"", (HOST, self.port))
        self._thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            data, who = self._socket.recvfrom(4096)
            if not data:
                return
            self._socket.sendto(self._answer(dns.message.from_wire(data)).to_wire(), who)

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        question = query.question[0]
        name, kind = question.name.to_text(omit_final_dot=True).lower(), question.rdtype.name
        self.asked.append(f"{name} {kind}")
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if values := self.records.get((name, kind)):
            answer.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", kind, values))
        elif not any(known == name for known, _ in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer
