"""Which circular a mail is about, so that the facts of that one are fetched. Pure."""

import datetime

from bot.office.decision import Facts
from bot.office.model.bureau import Bureau
from bot.office.wishes.grammar import Speaker, understand
from bot.office.wishes.wish import Verb
from parsers.reading import Reading


def circular_meant(bureau: Bureau, reading: Reading, facts: Facts, now: datetime.datetime) -> str | None:
    """Slug of the circular of the wish that is confirmed, of the draft answered, of the words, of the letter answered; else the one open.

    None where it names none and none, or several, are open.
    """
    if facts.wish is not None and facts.wish.circular:
        return facts.wish.circular
    drafted = next((letter.circular for letter in facts.answered if letter.kind in {"draft", "signing"}), None)
    named, closed = _said(bureau, reading, now)
    open_ones = (one.slug for one in bureau.only_open(now))
    return named or drafted or reading.circular or facts.slug or closed or next(open_ones, None)


def _said(bureau: Bureau, reading: Reading, now: datetime.datetime) -> tuple[str, str]:
    """The circular that words of staff name, and the only one that is closed where they want one opened; "" for none."""
    mail = reading.mail
    if mail is None or mail.sender not in bureau.office.staff:
        return "", ""
    found = understand(mail.text, mail.subject, Speaker(bureau, staff=True, now=now))
    if found.wish is None or not found.plain:
        return "", ""
    closed = [slug for slug, circular in bureau.circulars.items() if circular.closed]
    wanted = found.wish.verb is Verb.REOPEN and len(closed) == 1
    return found.wish.circular, closed[0] if wanted else ""
