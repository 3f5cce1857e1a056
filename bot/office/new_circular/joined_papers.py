"""Papers that came in two mails: what a reply to a proposal brings, beside what the proposal was made of. Pure."""

from dataclasses import fields, replace

from parsers.blank_form.proposal import Code, NewLetter, Papers, Unsure

# Doubts of the letter and of files; all others are of the form.
_OF_LETTER = frozenset(
    {Code.NO_NUMBER, Code.SEVERAL_DEADLINES, Code.SEVERAL_ADDRESSES, Code.LINKS, Code.FILE, Code.SCAN, Code.ENCLOSED}
)


def joined_papers(came: Papers, kept: Papers) -> Papers:
    """What came, with the form or what a letter says from before where that is not among it.

    A corrected workbook says all; so does a form that comes with a letter.
    """
    if came.slug or (came.form.questions and came.letter.number):
        return came
    if came.form.questions:
        return replace(came, letter=_over(came.letter, kept.letter), unsure=_doubts(came, kept))
    return replace(kept, letter=_over(came.letter, kept.letter), unsure=_doubts(kept, came))


def _over(first: NewLetter, second: NewLetter) -> NewLetter:
    """One letter's fields, and the other's where it says nothing."""
    return NewLetter(**{each.name: getattr(first, each.name) or getattr(second, each.name) for each in fields(first)})


def _doubts(of_form: Papers, of_letter: Papers) -> tuple[Unsure, ...]:
    """The doubts of a form and those of a letter; one that the other settled is gone."""
    number = of_form.letter.number or of_letter.letter.number
    return (
        *(
            each
            for each in of_letter.unsure
            if each.code in _OF_LETTER and not (each.code is Code.NO_NUMBER and number)
        ),
        *(each for each in of_form.unsure if each.code not in _OF_LETTER),
    )
