"""The mailbox's part in sending: letters in doubt looked for in Sent, copies of sent letters put there.

Done by whoever holds the mailbox, since there is one connection to it; what is to be done, and what was found, is handed
over in the books. A copy is best effort: it never decides whether a letter was sent.
"""

import datetime

import structlog

from bot.post.transports import AnyMailbox
from bot.service.context import House

log = structlog.get_logger()

AT_ONCE = 20  # letters of each sort in one round, so that news are not kept waiting
COPY_WITHIN = datetime.timedelta(days=1)  # older letters stay without a copy


def look_after_sent(house: House, mailbox: AnyMailbox, now: datetime.datetime) -> int:
    """Look for letters in doubt and put copies of sent ones; how many were looked for. Raises PostError."""
    looked = house.books.to_seek(AT_ONCE)
    for letter in looked:
        found = mailbox.find_in_sent(letter.message_id)
        house.books.sought(letter.id, now, found=bool(found))
        log.info("looked into Sent", action="seek", letter=letter.id, found=found)
    if mailbox.settings.copy_to_sent:
        _copy(house, mailbox, now)
    return len(looked)


def _copy(house: House, mailbox: AnyMailbox, now: datetime.datetime) -> None:
    for letter in house.books.to_copy(now - COPY_WITHIN, AT_ONCE):
        there = mailbox.find_in_sent(letter.message_id)
        if there is None:
            return  # no folder of sent mail; there may be one later
        if not there and not mailbox.keep_copy(letter.raw, letter.sent):
            log.warning("no copy", action="copy", letter=letter.id, next_step="none; the letter itself was sent")
        house.books.copied(letter.id, now)
