"""How the desk itself is doing; and the search over names, subjects and values."""

from typing import Any

from bot.desk.look import Asked, Look, Page
from bot.desk.pages.mails import LETTER_STATES, MAIL_STATES, mail_line
from bot.desk.pages.values import value_shown
from bot.store.desk_pages import LOOKED_THROUGH, Said, Which
from parsers.form.question import heading
from parsers.thai.text import comparison_key

FEWEST = 2  # letters of a word that is searched for
LONGEST = 100
FOUND = 30  # of each kind


def health(look: Look, _asked: Asked) -> Page:
    """Mailbox, mails and letters in numbers."""
    found = look.books.health()
    view = {
        "health": found,
        "mails": [(state.value, words, found.mails.get(state.value, 0)) for state, words in MAIL_STATES.items()],
        "letters": [(state.value, words, found.letters.get(state.value, 0)) for state, words in LETTER_STATES.items()],
    }
    return Page("health", "สถานะระบบ", view)


def search(look: Look, asked: Asked) -> Page:
    """Names of the roster and of circulars, subjects and senders of mails, values of answers."""
    words = " ".join(asked.get("q", "").split())[:LONGEST]
    view: dict[str, Any] = {"q": words, "names": [], "circulars": [], "mails": [], "values": []}
    view |= {"short": bool(words) and len(words) < FEWEST, "limit": LOOKED_THROUGH}
    if len(words) >= FEWEST:
        key, roster = comparison_key(words), look.bureau.roster
        view["names"] = [each for each in roster.reporters if key in comparison_key(each.name)][:FOUND]
        view["circulars"] = [one for one in look.bureau.circulars.values() if _is_called(one, words, key)][:FOUND]
        view["mails"] = [mail_line(look, row) for row in look.books.mail_rows(Which(text=words), FOUND)]
        view["values"] = [_said(look, said) for said in look.books.values_like(words, FOUND)]
    return Page("search", "ค้นหา", view)


def _is_called(circular: Any, words: str, key: str) -> bool:
    return words.lower() in circular.slug or any(
        key in comparison_key(each) for each in (circular.number, circular.title, circular.wording.subject)
    )


def _said(look: Look, said: Said) -> dict[str, Any]:
    circular, organisation = look.bureau.circulars.get(said.circular), look.bureau.roster.by_code.get(said.organisation)
    question = circular.form.by_key.get(said.question) if circular else None
    return {
        "said": said,
        "whose": organisation.printed_short if organisation else said.organisation,
        "what": heading(question) if question else said.question,
        "value": value_shown(question, said.value) if question else str(said.value),
        "anchor": f"v-{said.organisation}-{said.question}",
    }
