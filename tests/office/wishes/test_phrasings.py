"""What people write is understood: a file of phrasings with the right outcome, written before the grammar was."""

import dataclasses
import datetime
from pathlib import Path

import pytest

from bot.config.circular_folder import load_circular
from bot.office.model.bangkok_time import BANGKOK
from bot.office.wishes.grammar import Speaker, Understood, understand
from parsers.mail.words.body_without_quotes import own_words

WASTE = Path(__file__).parents[2] / "circulars" / "waste2568"
NOW = datetime.datetime(2024, 11, 21, 12, 0, tzinfo=BANGKOK)


def phrasings() -> list[tuple[str, str, str, str]]:
    """(who writes, what is meant, subject, text)."""
    found = []
    _, *blocks = Path(__file__).with_name("phrasings.txt").read_text("utf-8").split("\n@@ ")
    for block in blocks:
        head, _, text = block.partition("\n")
        who, meant, *more = (part.strip() for part in head.split("|"))
        subject = more[0].removeprefix("subject:").strip() if more else ""
        found.append((who, meant, subject, text))
    return found


def told(understood: Understood, bureau) -> str:
    """An understanding as the file writes it."""
    wish = understood.wish
    if wish is None:
        return "unknown" if understood.nearest else "words"
    if not understood.plain:
        return f"condition {wish.verb}"
    organisation = bureau.roster.by_code[wish.organisation].short_name if wish.organisation else ""
    parts = {
        "reporters": "all" if wish.everyone else ",".join(wish.reporters),
        "organisation": organisation,
        "question": wish.question,
        "value": wish.value,
        "until": wish.until and f"{wish.until:%Y-%m-%dT%H:%M}",
        "day": wish.day,
        "address": wish.address,
        "owing": wish.owing or "",
        "why": wish.why,
        "lacks": ",".join(wish.lacks),
    }
    said = (f"{key}={value}" for key, value in parts.items() if value not in ("", None))
    return " ".join((wish.verb, *said))


@pytest.mark.parametrize(("who", "meant", "subject", "text"), phrasings())
def test_it_is_understood_as_meant(bureau, who, meant, subject, text):
    who, _, about = who.partition(" ")  # "staff waste2568": the mail is about that circular
    if about:
        bureau = dataclasses.replace(bureau, circulars={**bureau.circulars, about: load_circular(WASTE)})
    speaker = Speaker(bureau, who == "staff", NOW, about or "w5827")
    assert told(understand(own_words(text), subject, speaker), bureau) == meant
