"""A proposal as the tables of a circular's folder. Pure."""

import datetime
from collections.abc import Iterator
from typing import Any

from bot.office.model.recurring import PERIOD
from bot.office.model.weblinks import faults_in
from bot.office.new_circular.completed import NO_NUMBER
from parsers.blank_form.as_form import form_table
from parsers.blank_form.proposal import NewLetter, Proposal
from parsers.thai.dates import thai_date


def tables(proposal: Proposal) -> dict[str, Any]:
    """What ``circular.toml`` holds, in its order. Times are local, as there."""
    letter = proposal.letter
    said: dict[str, Any] = {
        "slug": proposal.slug,
        "number": letter.number,
        "dated": letter.dated,
        "title": letter.title,
        "department": dict(_department(letter)),
        "deadlines": {
            "opens": proposal.opens,
            "reporters": letter.reporters,
            "cutoff": proposal.cutoff,
            "department": letter.until,
        },
        "wording": {"subject": proposal.subject, "opening": proposal.opening, "references": list(_references(letter))},
        "form": form_table(proposal.form),
    }
    if proposal.enclosed:
        title = f"สำเนาหนังสือ{letter.department} ที่ {letter.number}"
        said["enclosure"] = [{"file": proposal.enclosed, "title": " ".join(title.split())}]
    return {key: _plain(value) for key, value in said.items()}


def _department(letter: NewLetter) -> Iterator[tuple[str, Any]]:
    yield "name", letter.department
    yield "salutation", letter.salutation
    if letter.unit:
        yield "unit", letter.unit
    if letter.phone:
        yield "phone", letter.phone
    yield "to", list(letter.to)


def _references(letter: NewLetter) -> Iterator[str]:
    if letter.number != NO_NUMBER and isinstance(letter.dated, datetime.date):
        yield f"หนังสือ{letter.department} ที่ {letter.number} ลงวันที่ {thai_date(letter.dated)}"


def _plain(value: Any) -> Any:
    """A value without what would mean something else in a circular: a period to be filled in, a link that does not open."""
    if isinstance(value, str):
        words = value.replace(PERIOD, " ")
        for fault in faults_in(words):
            words = words.replace(fault.written, fault.mended)
        return words
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
