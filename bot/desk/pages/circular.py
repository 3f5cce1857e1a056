"""One circular: how far it is, the curve of its replies, who stands where, who owes what; its plan and what became of it."""

from typing import Any

from bot.desk.look import Asked, Look, NotThere, Page
from bot.desk.pages.curve import curve_of
from bot.desk.pages.overview import card
from bot.desk.standings import Known
from bot.office.letters.digest import progress
from bot.office.letters.queries_and_explanations import whose
from bot.office.letters.request_and_reminder import shown
from bot.office.letters.round_letters import exempt_lines, extended_lines
from bot.office.model.asked_files import lacking_by_file
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import OPEN_AFTER
from bot.office.model.progress import State, progress_of
from bot.office.model.queries import Query
from bot.office.model.written_sums import written_and_counted
from bot.office.plan.due import steps
from parsers.form.form import SUM
from parsers.form.question import heading

NEWEST_STEPS = 200  # of the ledger, that a page shows


def known_by(look: Look, asked: Asked) -> Known:
    """How the circular stands that a page is about; also of a round of long ago. Raises NotThere."""
    slug = asked.get("slug", "")
    found = look.desk.standings.of(look.house, [slug]).get(slug)
    if found is None:
        raise NotThere(slug)
    return found


def circular(look: Look, asked: Asked) -> Page:
    """The circular at a glance."""
    known = known_by(look, asked)
    one = progress_of(known.circular, look.bureau.roster, known.standing.known, look.now)
    rows = zip(look.bureau.roster.contacts, progress(look.bureau, known.standing), strict=True)
    view = {
        "card": card(look, known),
        "curve": curve_of(one, look.bureau.office.digits),
        "districts": _grid(look, known),
        "reporters": [(contact, done, total, last) for contact, (_, done, total, last) in rows],
        "exempt": exempt_lines(look.bureau, known.circular),
        "extended": extended_lines(look.bureau, known.circular),
        "lacking": lacking_by_file(known.circular, look.bureau.roster, known.owed),
        "drafts": known.standing.drafts[::-1],
    }
    return Page("circular", known.circular.wording.subject, view)


def _grid(look: Look, known: Known) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """By district: (short name, state, who reports for it) of each organisation in roster order."""
    roster = look.bureau.roster
    came = {answer.organisation for answer in known.standing.known}
    reports = {code: contact.reporter.key for contact in roster.contacts for code in contact.reporter.organisations}
    found: dict[str, list[tuple[str, str, str]]] = {}
    for organisation in roster.organisations:
        code = organisation.code
        state = State.COMPLETE if code not in known.owed else State.PARTLY if code in came else State.NOTHING
        said = "exempt" if code in known.circular.exempt else state.value
        found.setdefault(organisation.district, []).append((organisation.printed_short, said, reports.get(code, code)))
    return list(found.items())


def owing(look: Look, asked: Asked) -> Page:
    """Who owes what, by who reports for it, with the telephone."""
    known, roster = known_by(look, asked), look.bureau.roster
    names = {question.key: heading(question) for question in known.circular.form.question}
    names |= {each.record: each.label for each in known.circular.attachment}
    rows = []
    for contact in roster.contacts:
        owed = [
            (roster.by_code[code].printed_short, [names.get(key, key) for key in known.owed[code]])
            for code in contact.reporter.organisations
            if code in known.owed
        ]
        if owed:
            rows.append((contact, owed, known.standing.heard_from(contact.reporter)))
    return Page("owing", f"ที่ยังค้าง: {known.circular.wording.subject}", {"card": card(look, known), "rows": rows})


def queries(look: Look, asked: Asked) -> Page:
    """Figures that are asked after, with the reasons given; and where reporters answered differently."""
    known, roster = known_by(look, asked), look.bureau.roster
    form = known.circular.form
    found = known.standing.queries(roster)
    differing = [
        (roster.by_code[new.organisation].printed_short, form.find(new.question), other, new)
        for other, new in known.standing.disagreements
        if new.organisation in roster.by_code and new.question in form.by_key
    ]
    view = {
        "card": card(look, known),
        "open": [_query(look, query) for query in found if not query.explained],
        "explained": [_query(look, query) for query in found if query.explained],
        "differing": [
            (name, heading(question), _side(look, shown(question, other.value), other), _side(look, shown(question, new.value), new))
            for name, question, other, new in differing
        ],
    }  # fmt: skip
    return Page("queries", f"ข้อสังเกตและคำชี้แจง: {known.circular.wording.subject}", view)


def _side(look: Look, value: str, answer: Any) -> dict[str, Any]:
    """One of two answers: value, who gave it, its mail."""
    reporter = look.bureau.roster.by_key.get(answer.reporter)
    return {"value": value, "who": reporter.name if reporter else answer.sender, "mail": answer.message}


def _query(look: Look, query: Query) -> dict[str, Any]:
    answer = query.answer
    written, _ = written_and_counted(answer.value)
    value = shown(query.question, written if answer.question.startswith(SUM) else answer.value)
    return {
        "whose": whose(look.bureau, query),
        "what": heading(query.question),
        "value": value,
        "why": query.why,
        "reason": answer.explanation,
        "mail": answer.message,
        "anchor": f"v-{answer.organisation}-{answer.question}",
    }


def plan(look: Look, asked: Asked) -> Page:
    """What the plan says is still to come, and the steps that were taken, the newest first."""
    known, bureau = known_by(look, asked), look.bureau
    over = known.standing.dispatched or known.circular.closed or not known.owed  # then nothing goes to reporters
    coming = [] if over else steps(bureau, known.circular, look.now + OPEN_AFTER)
    ahead = [step for step in coming if step.at > look.now]
    names = {contact.reporter.key: contact.reporter.name for contact in bureau.roster.contacts}
    names |= {code: organisation.printed_short for code, organisation in bureau.roster.by_code.items()}
    changes = look.books.round_changes([known.circular.slug])[::-1]
    taken = known.standing.ledger[: -NEWEST_STEPS - 1 : -1]
    days = known.circular.deadlines
    view = {
        "card": card(look, known),
        "dates": [("เปิดรอบ", days.opens), ("กำหนดผู้รายงาน", days.reporters), ("ปิดรวบรวม", days.cutoff), ("กำหนดส่วนกลาง", days.department)],
        "ahead": [(step.name, step.at.astimezone(BANGKOK)) for step in ahead],
        "taken": [(entry, names.get(entry.reporter, entry.reporter)) for entry in taken],
        "more": max(len(known.standing.ledger) - NEWEST_STEPS, 0),
        "changes": [(change, names.get(change.whom, change.whom)) for change in changes],
    }  # fmt: skip
    return Page("plan", f"แผนและบันทึก: {known.circular.wording.subject}", view)
