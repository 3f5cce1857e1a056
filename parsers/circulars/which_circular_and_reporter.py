"""Which circular a message answers, and for whom: by its headers, by marks in its workbooks, by the form's layout.

Owns the signs and their order of weight. Knows nothing of rows and answers.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from parsers.circulars.period import names_period
from parsers.files.open_file import Marks
from parsers.form.form import Form
from parsers.reading import About, Catalogue, Mail, Reporter
from parsers.thai.text import ascii_digits

SIGNS = ("token", "plus-address", "reference", "mark", "code", "layout", "period")  # in the order they are told
WEIGHT = (
    "mark",
    "code",
    "token",
    "plus-address",
    "reference",
    "layout",
    "period",
)  # whom to believe when they disagree
_OF_FILES, _OF_HEADERS = ("mark", "code"), ("token", "plus-address", "reference")
CLEARLY = 0.02  # how much better one layout must fit than the next

# "ว ๕๘๒๗", "ว.5827", once the digits are ASCII.
_NUMBER = re.compile(r"ว\s*+\.?\s*+(\d{1,6})")
# "w5827" in "Re: ส่งแบบ w5827 ครับ".
_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")


def mail_signs(mail: Mail, forms: Mapping[str, Form]) -> dict[str, str]:
    """Slug by sign, as far as a mail's headers tell."""
    found = {
        "token": _in_subject(mail.subject, forms),
        "plus-address": next((s for r in mail.recipients if (s := _plus(r)) in forms), ""),
        "reference": next((s for r in mail.references if (s := r.partition(".")[0].strip("< ").lower()) in forms), ""),
    }
    return {sign: slug for sign, slug in found.items() if slug}


def _plus(address: str) -> str:
    return address.partition("@")[0].partition("+")[2].lower()


def _in_subject(subject: str, forms: Mapping[str, Form]) -> str:
    """``[w5827]``, ``w5827`` as a word, or the letter's number written ว ๕๘๒๗."""
    text = ascii_digits(subject).lower()
    # "[w5827]", the token of our own subjects.
    words = [*re.findall(r"\[\s*([a-z0-9-]+)\s*\]", text), *_WORD.findall(text)]
    words += [f"w{number}" for number in _NUMBER.findall(text)]
    return next((word for word in words if word in forms), "")


def mark_signs(marks: Iterable[Marks], forms: Mapping[str, Form]) -> dict[str, str]:
    """Slug by sign, as far as the workbooks tell."""
    found: dict[str, str] = {}
    for each in marks:
        for sign, said in (("mark", each.mark), ("code", each.code)):
            if said and said[0] in forms:
                found.setdefault(sign, said[0])
    return found


def best_layout(scores: Mapping[str, float]) -> str:
    """The circular whose form fits clearly best; nothing when two fit alike."""
    ranked = sorted(((score, slug) for slug, score in scores.items() if score > 0), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < CLEARLY):
        return ""
    return ranked[0][1]


def circular_of(
    signs: Mapping[str, str], scores: Mapping[str, float], about: Mapping[str, About] | None = None
) -> str | None:
    """The circular that the weightiest sign names. A header's word gives way when its form is not there but another is.

    A file of an earlier round in answer to a later one's letter says nothing of which is meant: the answer goes to the letter.
    """
    if later := _later_round(signs, about or {}):
        return later
    for sign in WEIGHT:
        slug = signs.get(sign)
        if slug:
            other = signs.get("layout")
            wrong_thread = sign not in ("mark", "code") and other and not scores.get(slug)
            return other if wrong_thread else slug
    return None


def _later_round(signs: Mapping[str, str], about: Mapping[str, About]) -> str:
    """The round that a header names, where the mail's file is of an earlier one of the same series; else nothing."""
    marked, headed = (
        next((signs[sign] for sign in WEIGHT if sign in signs and sign in those), "")
        for those in (_OF_FILES, _OF_HEADERS)
    )
    old, new = (each.serial if (each := about.get(slug)) else None for slug in (marked, headed))
    return headed if old and new and old.series == new.series and old.number < new.number else ""


def round_by_period(texts: Mapping[str, Iterable[str]], about: Mapping[str, About]) -> str:
    """The one round whose period the titles of its tables name, of those that fit; nothing where several or none is named.

    ``texts`` are the titles by the slugs of the rounds that fit.
    """
    named = [slug for slug, titles in texts.items() if (said := about.get(slug)) and names_period(titles, said)]
    return named[0] if len(named) == 1 else ""


def agreeing(signs: Mapping[str, str], circular: str | None) -> tuple[str, ...]:
    """The signs that name ``circular``, in their order."""
    return tuple(sign for sign in SIGNS if circular and signs.get(sign) == circular)


def senders(catalogue: Catalogue, address: str) -> tuple[Reporter, ...]:
    """The reporters who write from ``address``."""
    wanted = address.strip().casefold()
    if not wanted:
        return ()
    return tuple(r for r in catalogue.reporters if wanted in (known.casefold() for known in r.addresses))


def marked_reporter(marks: Iterable[Marks], circular: str | None, catalogue: Catalogue) -> Reporter | None:
    """The reporter that a workbook of ``circular`` names."""
    said = [pair for each in marks for pair in (each.mark, each.code) if pair and pair[0] == circular]
    keys = {reporter.key.lower(): reporter for reporter in catalogue.reporters}
    return next((keys[key.lower()] for _, key in said if key.lower() in keys), None)


def likeliest(candidates: tuple[Reporter, ...], answered: Counter[str]) -> Reporter:
    """Of several reporters with one address, who owns most of the organisations that answered; the smaller on a tie."""

    def rank(reporter: Reporter) -> tuple[int, int]:
        owned = sum(1 for code in reporter.organisations if answered[code])
        return owned, -len(reporter.organisations) if owned else len(reporter.organisations)

    return max(candidates, key=rank)
