"""Wishes about a round: a later deadline, an exemption, its end. Each is a verb of ``bot.office.rounds``. Pure."""

from dataclasses import replace

from bot.office.rounds.closing import close, reopen
from bot.office.rounds.exemption import ask_again, exempt
from bot.office.rounds.extension import NewDeadline, extend
from bot.office.rounds.instruction import Done, Instruction
from bot.office.rounds.reminding import remind_again, spare
from bot.office.rules.wish_asked import Asked, together


def extended(asked: Asked) -> Done:
    """A new deadline for all or for those who are named."""
    until = asked.wish.until
    if until is None:
        raise ValueError("a wish to extend has its day")
    if asked.wish.everyone:
        return extend(asked.bureau, asked.standing, NewDeadline(until), asked.word)
    return together(
        [
            extend(asked.bureau, asked.standing, NewDeadline(until, key), _own(asked, key))
            for key in asked.wish.reporters
        ]
    )


def _own(asked: Asked, key: str) -> Instruction:
    """The word as it is about one of several reporters."""
    return replace(asked.word, occasion=f"{asked.word.occasion}-{key}")


def spared(asked: Asked) -> Done:
    """Reporters are not reminded any more."""
    keys = [contact.reporter.key for contact in asked.contacts]
    return together([spare(asked.bureau, asked.standing, key, _own(asked, key)) for key in keys])


def reminded_again(asked: Asked) -> Done:
    """Reporters are reminded after all."""
    keys = [contact.reporter.key for contact in asked.contacts]
    return together([remind_again(asked.bureau, asked.standing, key, _own(asked, key)) for key in keys])


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
