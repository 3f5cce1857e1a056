"""The hour of a deadline: very many replies lie in one mailbox, two daemons share the books, one of them is killed half-way."""

import collections
import signal
import time

import sqlalchemy as sa
from aiosmtpd.controller import Controller

from tests.bench.replies import replies
from tests.bench.waiting import Receipts
from tests.bench.yard import RESTING, Servers, Yard, until
from tests.crash.office import Life, OfficeFolder
from tests.setup.postgres import Postgres
from tests.setup.real_mail import HOST, free_port

LOOK = 1.0  # seconds between two looks at the books
SLOWEST = 0.5  # seconds a mail, beyond which the run is given up


def hour(mails: int) -> None:
    """How long it takes until every mail is answered, and how many were lost or answered twice."""
    receipts = Receipts()
    with Yard() as yard, Postgres() as books, yard.mailbox() as address:
        sink = Controller(receipts, hostname=HOST, port=free_port(), server_hostname="localhost")
        sink.start()
        office = OfficeFolder(
            yard.folder, Servers(address, yard.mail.imap_port, sink.port), imap="copy_to_sent = false"
        )
        config = office.config.read_text(encoding="utf-8")
        office.config.write_text(config.replace(f"sqlite:///{office.books}", books.url), encoding="utf-8")
        engine = sa.create_engine(books.url.replace("postgresql://", "postgresql+psycopg://"))
        with Life(office) as first, Life(office):
            until("mailbox taken", office, first)
            time.sleep(RESTING)
            began = time.monotonic()
            yard.add(address, replies(mails, address))
            killed = 0.0
            while (done := _decided(engine)) < mails or len(receipts.at) < mails:
                if not killed and done >= mails / 2:
                    first.process.send_signal(signal.SIGKILL)
                    killed = time.monotonic() - began
                if time.monotonic() - began > SLOWEST * mails:
                    break
                time.sleep(LOOK)
            took = time.monotonic() - began
        sink.stop()
    counted = collections.Counter(receipts.seen)
    twice = sum(count > 1 for answered, count in counted.items() if answered)
    print(
        f"{mails} mails, two daemons on PostgreSQL, one killed after {killed:.0f} s: drained in {took:.0f} s "
        f"({mails / took:.1f}/s), lost {mails - len(receipts.at.keys() - {''})}, answered twice {twice}"
    )


def _decided(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(sa.text("SELECT count(*) FROM message WHERE state = 'decided'")) or 0)
