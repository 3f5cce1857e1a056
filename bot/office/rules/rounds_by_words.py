"""Wishes about a round: a later deadline, an exemption, its end. Each is a verb of ``bot.office.rounds``. Pure."""

from dataclasses import replace

from bot.office.rounds.closing import close, reopen
from bot.office.rounds.exemption import ask_again, exempt
from bot.office.rounds.extension import NewDeadline, extend
from bot.office.rounds.instruction import Done
from bot.office.rules.wish_asked import Asked, together


def extended(asked: Asked) -> Done:
    """A new deadline for all or for those who are named."""
    until = asked.wish.until
    if until is None:
        raise ValueError("a wish to extend has its day")
    if asked.wish.everyone:
        return extend(asked.bureau, asked.standing, NewDeadline(until), asked.word)
    parts = [
        extend(
            asked.bureau,
            asked.standing,
            NewDeadline(until, key),
            replace(asked.word, occasion=f"{asked.word.occasion}-{key}"),
        )
        for key in asked.wish.reporters
    ]
    return together(parts)


def exempted(asked: Asked) -> Done:
    """An organisation need not answer."""
    return exempt(asked.bureau, asked.standing, asked.wish.organisation, asked.word)


def asked_again(asked: Asked) -> Done:
    """An organisation has to answer after all."""
    return ask_again(asked.bureau, asked.standing, asked.wish.organisation, asked.word)


def closed(asked: Asked) -> Done:
    """The round ends."""
    return close(asked.bureau, asked.standing, asked.word)


def reopened(asked: Asked) -> Done:
    """The round goes on."""
    return reopen(asked.bureau, asked.standing, asked.word)
