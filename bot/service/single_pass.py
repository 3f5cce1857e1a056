"""One full pass over mailbox, desk, clock and outbox, for ``ruam once`` and the demo."""

import contextlib
import datetime
from collections.abc import Iterator

from bot.office.decision import Decision
from bot.post.exceptions import Transient
from bot.post.transports import AnyMailbox, AnyOutbox
from bot.service import clock_tick, collect_and_file, handle_mail, send_letters
from bot.service.context import House, bangkok_now
from bot.service.letters_in_sent import look_after_sent
from bot.service.letters_per_hour import caps_of
from bot.service.mailbox_lease import Tenancy
from bot.service.send_letters import Clock


@contextlib.contextmanager
def alone(house: House, folder: str) -> Iterator[None]:
    """Hold the mailbox for a single pass. Raises Transient while another Ruam reads it."""
    tenancy = Tenancy(house.books, folder, bangkok_now)
    try:
        if not tenancy.take():
            step = "Stop the other one first, or let it do the work."
            raise Transient("reading the mailbox", "another Ruam reads it", step)
        yield
    finally:
        tenancy.end()


def once(
    house: House, mailbox: AnyMailbox, outbox: AnyOutbox, now: datetime.datetime, sending_by: Clock | None = None
) -> list[Decision]:
    """One full pass: collect, read and decide, tick, send, file away; the decisions about mails.

    All happens at ``now``, but letters are sent by a clock where one is given. Raises PostError when a server is away.
    """
    collect_and_file.collect_all(house, mailbox, now)
    house.books.scanned(mailbox.settings.folder, now)
    decided = []
    while batch := handle_mail.work(house, now):
        decided += batch
    clock_tick.tick(house, now)
    caps = caps_of(outbox.settings)
    send_letters.send(house, outbox, sending_by or now, caps)
    if look_after_sent(house, mailbox, now):
        send_letters.send(house, outbox, sending_by or now, caps)
    collect_and_file.file_away(house, mailbox, now)
    collect_and_file.file_anew(house, mailbox, now)
    return decided
