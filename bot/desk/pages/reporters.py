"""Reporters: whom to phone today; one of them with telephone, addresses, how it stands, mails, letters and answers."""

import dataclasses
from typing import Any

from bot.desk.look import Asked, Look, NotThere, Page, number_in
from bot.desk.pages.cell import correcting
from bot.desk.pages.mails import some_letters, some_mails
from bot.desk.standings import Known
from bot.office.letters.request_and_reminder import shown
from bot.office.model.roster import Contact
from bot.office.plan import calls as plan
from bot.office.plan.due import is_open
from bot.store.desk_pages import Which
from parsers.form.question import heading

A_PAGE = 100  # reporters
OPEN = 50  # circulars that one reporter's page tells of
ROWS = 20  # mails and letters on it


def calls(look: Look, _asked: Asked) -> Page:
    """Whom to phone today, with the number, why, what is missing and when letters went."""
    read = look.desk.standings.at_hand(look.house)
    gone = frozenset(look.books.bounced())
    running = [each.standing for each in read.known.values() if is_open(each.standing, look.now)]
    standings = [dataclasses.replace(standing, unreachable=gone) for standing in running]
    return Page("calls", "โทรศัพท์ติดตาม", {"calls": plan.calls(look.bureau, standings, look.now), "read": read})


def reporters(look: Look, asked: Asked) -> Page:
    """All declared reporters; ``after``: those behind this one in the roster."""
    contacts = look.bureau.roster.contacts
    keys = [contact.reporter.key for contact in contacts]
    start = 0
    if after := asked.get("after", ""):
        if after not in keys:
            raise NotThere(after)
        start = keys.index(after) + 1
    end = start + A_PAGE if look.person else len(keys)  # a copy has one page of it
    view = {
        "contacts": contacts[start:end],
        "gone": set(look.books.bounced()),
        "after": keys[end - 1] if len(keys) > end else "",
    }
    return Page("reporters", "ผู้รายงาน", view)


def reporter(look: Look, asked: Asked) -> Page:
    """One reporter, declared or an organisation that may answer for itself."""
    key, roster = asked.get("key", ""), look.bureau.roster
    if key not in roster.by_key:
        raise NotThere(key)
    contact = roster.contact_for(key)
    read = look.desk.standings.at_hand(look.house)
    running = [each for each in read.known.values() if is_open(each.standing, look.now)][:OPEN]
    named = look.desk.standings.of(look.house, [asked.get("circular", "")])
    chosen = next(iter((*named.values(), *running)), None)
    mails, older = some_mails(look, Which(reporter=key, before=number_in(asked, "before")), ROWS)
    letters, earlier = some_letters(look, Which(reporter=key, before=number_in(asked, "letters")), ROWS)
    addresses = contact.reporter.addresses
    view = {
        "contact": contact,
        "organisations": [roster.by_code[code] for code in contact.reporter.organisations],
        "marks": look.books.bounced(addresses) if addresses else {},
        "stands": [_stands(each, contact) for each in running],
        "read": read,
        "chosen": chosen.circular if chosen else None,
        "answers": _answers(chosen, contact, look) if chosen else None,
        "mails": mails,
        "before": older,
        "letters": letters,
        "earlier": earlier,
    }
    return Page("reporter", contact.reporter.name, view)


def _stands(known: Known, contact: Contact) -> dict[str, Any]:
    """How far the reporter is with one circular."""
    own = known.circular.seen_by(contact.reporter.key)
    asked = own.asks(contact.reporter.organisations)
    owed = [code for code in asked if code in known.owed]
    return {
        "circular": own,
        "done": len(asked) - len(owed),
        "total": len(asked),
        "deadline": own.deadlines.reporters,
        "heard": known.standing.heard_from(contact.reporter),
        "sent": [each for each in known.standing.ledger if each.reporter == contact.reporter.key][-ROWS:],
    }


def _answers(known: Known, contact: Contact, look: Look) -> dict[str, Any]:
    """What holds of the reporter's organisations: headings, and a row for each with its values, their mails and anchors, and where they are corrected."""
    form, roster = known.circular.form, look.bureau.roster
    said = {(a.organisation, a.question): a for a in known.standing.answers_of(contact.reporter)}
    rows = []
    for code in contact.reporter.organisations:
        cells = []
        for question in form.question:
            answer = said.get((code, question.key))
            value = shown(question, answer.value) if answer else ""
            correct = correcting(look, known.circular.slug, code, question.key)
            cells.append((value, answer.message if answer else 0, f"v-{code}-{question.key}", correct))
        rows.append((roster.by_code[code].printed_short, cells, code in known.circular.exempt))
    return {"headings": [heading(question) for question in form.question], "rows": rows}
