"""The province's own letter to those who report (หนังสือภายนอก), set as the cover letter is: for staff to number and sign."""

import datetime
from functools import partial

from bot.documents.report.cover_letter import ENCLOSED, OPEN, Cover, contact_of, place_of, printed, signer_of
from bot.office.letters.district_letter import addressees, goes_with_it, letter_of, paragraphs
from bot.office.model.circular import Circular
from bot.office.model.letter_number import circular_prefix, shown_number
from bot.office.model.office import Office
from bot.office.model.roster import Roster
from parsers.thai.dates import thai_date
from parsers.thai.months import MONTHS


def district_letter(
    circular: Circular, office: Office, roster: Roster, number: str = "", dated: datetime.date | None = None
) -> Cover:
    """The letter's parts; ``number`` and ``dated`` are the registry's, or left open."""
    letter, digits = letter_of(circular), partial(printed, office)
    opens, enclosed = circular.deadlines.opens, goes_with_it(circular, office)
    several = len(enclosed) > 1
    labelled = (
        ("เรื่อง", (letter.title or circular.title,)),
        ("เรียน", (addressees(circular, roster),)),
        ("อ้างถึง", letter.references),
        (ENCLOSED, tuple(f"{n}. {what}" if several else what for n, (what, _) in enumerate(enclosed, 1))),
    )
    return Cover(
        number=digits(f"ที่ {shown_number(office, number or circular_prefix(office) + OPEN)}"),
        place=place_of(office),
        date=digits(thai_date(dated, "arabic") if dated else f"{OPEN} {MONTHS[opens.month - 1]} {opens.year + 543}"),
        labelled=tuple((label, tuple(map(digits, lines))) for label, lines in labelled if lines),
        amounts=tuple(digits(amount) for _, amount in enclosed),
        paragraphs=tuple(map(digits, paragraphs(circular, office))),
        points=(),
        closing="ขอแสดงความนับถือ",
        signer=signer_of(office),
        contact=contact_of(office),
        emblem=office.emblem,
    )
