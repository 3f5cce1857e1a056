"""Which circular a mail is about, so that the facts of that one are fetched; and which a wish asks to be told of. Pure."""

import datetime

from bot.office.decision import Facts
from bot.office.letters.letter import LetterKind
from bot.office.model.bureau import Bureau
from bot.office.rules.case import brings_document
from bot.office.rules.words_understood import words_understood
from bot.office.wishes.grammar import Speaker, Understood
from bot.office.wishes.wish import Verb
from parsers.reading import MACHINE_MADE, Reading

_TOLD_AT_ONCE = frozenset({Verb.STATUS, Verb.WHO_OWES, Verb.FORM})
_ABOUT_ONE = frozenset(
    {Verb.MORE_TIME, Verb.CORRECT, Verb.WITHDRAW}
)  # of reporters: the one that they name, whatever they answer
_ANOTHER = 4  # letters that nothing explains in the line that asks for a form


def circular_meant(bureau: Bureau, reading: Reading, facts: Facts, now: datetime.datetime) -> str | None:
    """Slug of the circular of the wish that is confirmed, of the draft answered, of the words, of the letter answered; else the one open.

    None where it names none and none, or several, are open; or where words of staff name several or a number of none.
    """
    if facts.wish is not None and facts.wish.circular:
        return facts.wish.circular
    drafted = next((letter.circular for letter in facts.answered if letter.kind in {"draft", "signing"}), None)
    found = _staff_words(bureau, reading, facts, now)
    if found and found.called.only:
        return found.called.only
    if found and (found.called.slugs or found.called.every or found.called.strange):
        return None
    read = "" if found and _tells_of_all(facts) else reading.circular
    open_ones = (one.slug for one in bureau.only_open(now))
    return drafted or read or facts.slug or _only_closed(bureau, found) or next(open_ones, None)


def circulars_told(bureau: Bureau, reading: Reading, facts: Facts, now: datetime.datetime) -> tuple[str, ...]:
    """Slugs of the circulars that a wish asks to be told of, where they are others or more than ``facts`` are about."""
    mail = reading.mail
    if mail is None or mail.kind in MACHINE_MADE or brings_document(reading):
        return ()  # no wish: see ``Case.may_wish``
    staff = mail.sender in bureau.office.staff
    subject = "" if facts.answered else mail.subject
    found = words_understood((mail.text, subject), Speaker(bureau, staff, now, facts.about), facts)
    if staff and found.wishes and not found.plain:
        others = {wish.circular for wish in found.wishes} - {"", facts.about}
        return tuple(slug for slug in bureau.circulars if slug in others)
    verb = found.wish.verb if found.wish and found.plain else None
    if verb in _ABOUT_ONE and not staff and found.wish:
        named = found.wish.circular
        return (named,) if named and named != facts.about else ()
    if verb not in _TOLD_AT_ONCE or (staff and found.called.strange):
        return ()
    if verb is Verb.FORM and not (found.called.slugs or found.called.every) and found.unknown >= _ANOTHER:
        return ()  # of a circular that the office does not have, or has no more
    every = found.called.every or (not found.called.slugs and not facts.about)
    slugs = tuple(one.slug for one in bureau.open_at(now)) if every else found.called.slugs
    return slugs if slugs != (facts.about,) else ()


def _tells_of_all(facts: Facts) -> bool:
    """Whether the mail answers a letter that tells of all circulars, so that its own sign is of none of them."""
    return any(letter.kind == LetterKind.DIGEST for letter in facts.answered)


def _staff_words(bureau: Bureau, reading: Reading, facts: Facts, now: datetime.datetime) -> Understood | None:
    """What words of staff ask for; None where they ask for nothing, or somebody else writes."""
    mail = reading.mail
    if mail is None or mail.sender not in bureau.office.staff or reading.answers:
        return None
    said = mail.subject.casefold().lstrip()
    own = not said.startswith(("re", "fw", "ตอบ", "ส่งต่อ", "["))
    found = words_understood((mail.text, mail.subject if own else ""), Speaker(bureau, staff=True, now=now), facts)
    return found if found.wish is not None and (found.plain or found.wishes) else None


def _only_closed(bureau: Bureau, found: Understood | None) -> str:
    """The only circular that is closed, where one is to be opened."""
    wanted = found is not None and found.wish is not None and found.wish.verb is Verb.REOPEN
    return bureau.only_closed() if wanted else ""
