"""A short letter to a reporter: an answer to what was asked for in words, or what staff changed in its name. Values only."""

from dataclasses import dataclass

from bot.office.letters.letter import Letter, LetterKind, unmarked
from bot.office.letters.notice import Notice
from bot.office.model.circular import Circular
from parsers.reading import Mail


@dataclass(frozen=True)
class Reader:
    """Who gets it: key of a reporter or an address, how he is addressed, where."""

    addressee: str
    salutation: str
    to: tuple[str, ...]


def word_to(
    reader: Reader, circular: Circular | None, occasion: str, content: Notice, answering: Mail | None = None
) -> Letter:
    """The letter; in answer to a mail it is an automatic reply to that."""
    return Letter(
        kind=LetterKind.RECEIPT if answering else LetterKind.WORD,
        circular=circular.slug if circular else "",
        addressee=reader.addressee,
        occasion=occasion,
        to=reader.to,
        subject=unmarked(content.headline),
        template="choose" if content.choices else "notice",
        view={"salutation": reader.salutation, **content.view},
        in_reply_to=answering.message_id if answering else "",
        references=answering.references if answering else (),
        enclosures=content.enclosures,
    )
