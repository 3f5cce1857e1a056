"""What a user waits for: a receipt, a command; and what a daemon at rest holds of the machine's memory."""

import random
import re
import resource
import smtplib
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from aiosmtpd.controller import Controller

from tests.bench.processes import memory
from tests.bench.replies import replies
from tests.bench.yard import RESTING, Servers, Yard, until
from tests.crash.office import Life, OfficeFolder
from tests.setup.real_mail import HOST, free_port

APART = 1.0, 2.5  # seconds between two mails
PATIENCE = 60.0  # seconds for the last receipt
SCRIPT = Path(sys.executable).with_name("ruam")


class Receipts:
    """An outgoing server that notes when the answer to each mail came."""

    def __init__(self) -> None:
        self.at: dict[str, float] = {}  # Message-ID of the mail answered, and when
        self.seen: list[str] = []  # the same, one for each letter
        self.taken = threading.Condition()

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        """Take a letter."""
        head = envelope.content.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
        # "In-Reply-To: <id>", RFC 5322, 3.6.4
        answered = re.search(r"(?im)^In-Reply-To:\s*<([^>]+)>", head)
        with self.taken:
            self.seen.append(answered[1] if answered else "")
            self.at[self.seen[-1]] = time.monotonic()
            self.taken.notify_all()
        return "250 2.0.0 taken"


def latency(count: int) -> None:
    """Seconds from Dovecot's "delivered" to the receipt at the outgoing server; the daemon waits on IDLE."""
    receipts, sent = Receipts(), dict[str, float]()
    with Yard() as yard, yard.mailbox() as address:
        sink = Controller(receipts, hostname=HOST, port=free_port(), server_hostname="localhost")
        sink.start()
        office = OfficeFolder(yard.folder, Servers(address, yard.mail.imap_port, sink.port))
        with Life(office) as life:
            until("mailbox taken", office, life)
            time.sleep(RESTING * 2)  # the requests go out first
            for raw in replies(count, address):
                time.sleep(random.uniform(*APART))
                with smtplib.LMTP(HOST, yard.mail.lmtp_port) as server:
                    server.sendmail("district@amphoe.example", [address], raw)
                sent[re.search(rb"Message-ID: <([^>]+)>", raw)[1].decode()] = time.monotonic()
            with receipts.taken:
                receipts.taken.wait_for(lambda: sent.keys() <= receipts.at.keys(), PATIENCE)
        sink.stop()
    waits = sorted(receipts.at[one] - at for one, at in sent.items() if one in receipts.at)
    hundredths = statistics.quantiles(waits, n=100, method="inclusive")
    print(
        f"delivery to receipt, {len(waits)} of {count}: p50 {hundredths[49]:.2f} s, p95 {hundredths[94]:.2f} s, most {waits[-1]:.2f} s"
    )


def memory_at_rest() -> None:
    """Proportional set size of the daemon and its children, before any mail and after 150."""
    with Yard() as yard:
        for mails in (0, 150):
            with yard.mailbox(replies(mails, "office@phrae.example")) as address:
                office = yard.office(address, sends=True)
                with Life(office) as life:
                    until("mailbox taken", office, life)
                    time.sleep(RESTING + mails / 5)
                    sizes = memory(life.process.pid).values()
                    print(
                        f"after {mails} mails: {sum(sizes):.0f} MB in {len(sizes)} processes: {', '.join(f'{one:.0f}' for one in sizes)}"
                    )


def start(rounds: int) -> None:
    """Medians of wall and CPU seconds of commands, one after the other."""
    with Yard() as yard, yard.mailbox() as address:
        office = yard.office(address, sends=False)
        office.ruam("status")  # makes the books
        mail = yard.folder / "reply.eml"
        mail.write_bytes(next(replies(1, address)))
        config = ("--config", str(office.config))
        commands = {"--help": ["--help"], "status": ["status", *config], "check FILE": ["check", str(mail), *config]}
        for name, words in commands.items():
            found = [_timed([str(SCRIPT), *words]) for _ in range(rounds)]
            wall, cpu = (statistics.median(column) for column in zip(*found, strict=True))
            print(f"ruam {name:11} CPU {cpu:.2f} s, wall {wall:.2f} s")


def _timed(command: list[str]) -> tuple[float, float]:
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
