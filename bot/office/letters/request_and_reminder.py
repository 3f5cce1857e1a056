"""Requests and reminders, the letters the office begins: what each says, as values. How it looks is the templates'."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from bot.office.letters.district_letter import carried, letter_line, pass_on
from bot.office.letters.enclosures import BlankForm, Listed, attached, with_request
from bot.office.letters.letter import Asking, Letter, LetterKind
from bot.office.model.asked_files import asked_lines, name_of
from bot.office.model.baseline import Stand, open_then
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.ledger import HALF_WAY, REQUEST
from bot.office.model.letter_effects import reminder_step
from bot.office.model.official_letter import Registered
from bot.office.model.recorded_answer import Recorded, Values
from bot.office.model.roster import Contact
from parsers.findings import Place
from parsers.form.question import NUMERIC, Kind, Question
from parsers.reading import Answer, Reporter, Value
from parsers.thai.dates import thai_short_date

WHOLE = "ทุกช่อง"
TO_EXPLAIN = " (มีข้อสังเกต โปรดตอบกลับพร้อมเหตุผล หรือแก้ไข)"
Owed = Mapping[str, tuple[str, ...]]  # organisation code to keys of open questions


def in_one_line(text: str) -> str:
    """A text of several lines, such as a list of rows, as mails show it."""
    return "; ".join(line for line in text.split("\n") if line)


def shown(question: Question, value: Value | None) -> str:
    """A value as people read it: ✓/✗, grouped digits with unit, a day in Thai, the text itself.

    A value that is none of the question's kind, as the form may have changed since, stands as it is.
    """
    if value is None:
        return "ยังไม่รายงาน"
    if isinstance(value, bool):
        return "✓" if value else "✗"
    try:
        if question.kind in NUMERIC:
            return _figure(question, Decimal(value))
        return thai_short_date(datetime.date.fromisoformat(value)) if question.kind is Kind.DATE else in_one_line(value)
    except (InvalidOperation, ValueError):
        return value


def _figure(question: Question, number: Decimal) -> str:
    written = f"{number:,f}"
    if question.kind is Kind.MONEY:
        baht, _, satang = written.partition(".")
        return f"{baht}.{satang:0<2} {question.unit or 'บาท'}"
    return f"{written} {question.unit}".strip()


@dataclass(frozen=True)
class Known:
    """What is known when a request goes out: what the reporter owes, what staff gave of the office's letters, how it stood."""

    owed: Owed = field(default_factory=dict)
    registered: Mapping[str, Registered] = field(default_factory=dict)
    stand: Stand | None = None  # who had not done it at a day, which the letter says and the form shows beside each
    filled: tuple[Answer, ...] = ()  # what was answered the time before, where the form bears it


def request(bureau: Bureau, circular: Circular, contact: Contact, known: Known = Known()) -> Letter:
    """The first letter to a reporter: what is asked, by when, and the form with the organisations filled in.

    The province's own letter goes with it, where it may go; a district gets a paragraph to pass on.
    """
    reporter = contact.reporter
    form = BlankForm(circular, reporter.key, last=known.filled, stand=known.stand)
    line = letter_line(circular, bureau.office, known.registered)
    own = tuple(Listed(line, "๑ ฉบับ", each) for each in carried(circular, known.registered))
    listed = with_request(form, own)
    asked = circular.asks(reporter.organisations)
    had_not = open_then(circular, known.stand, asked) if known.stand else {}
    return Letter(
        kind=LetterKind.REQUEST,
        circular=circular.slug,
        addressee=reporter.key,
        occasion="request",
        to=reporter.addresses,
        subject=f"ขอให้รายงาน{circular.wording.subject} ({reporter.name})",
        view={
            "salutation": contact.salutation,
            "circular": circular,
            "organisations": [bureau.roster.by_code[code].printed_short for code in asked],
            "deadline": circular.deadlines.reporters,
            "reporter_name": reporter.name,
            "form": form.name,
            "listed": listed,
            "pass_on": pass_on(circular, bureau.office, contact),
            "owed": _alike(_in_full(circular, known.owed, bureau)),
            "asked_files": asked_lines(circular),
            "stood_at": known.stand.at if known.stand else None,
            "filled": bool(known.filled),
            "own": [bureau.roster.by_code[code].printed_name for code in asked] == [reporter.name],
            "had_not": [(bureau.roster.by_code[code].printed_short, names) for code, names in had_not.items()],
        },
        enclosures=attached(listed),
        asks=(Asking(circular.slug, REQUEST),),
    )


def reminder(bureau: Bureau, circular: Circular, contact: Contact, owed: Owed, step: "ReminderStep") -> Letter:
    """A reminder that lists just what this reporter still owes."""
    reporter = contact.reporter
    late = step.late
    when = "เลยกำหนด" if late else "ใกล้ครบกำหนด"
    return Letter(
        kind=LetterKind.REMINDER,
        circular=circular.slug,
        addressee=reporter.key,
        occasion=step.name,
        to=reporter.addresses,
        cc=(contact.chief,) if step.escalated and contact.chief else (),
        subject=f"{when}การรายงาน{circular.wording.subject} ({reporter.name})",
        template="overdue" if late else "",
        view={
            "salutation": contact.salutation,
            "circular": circular,
            "deadline": circular.deadlines.reporters,
            "owed": owed_lines(bureau, circular, owed, step.known),
            "days_left": abs(step.days_left),
            "organisations_total": len(circular.asks(reporter.organisations)),
            "organisations_done": len(circular.asks(reporter.organisations)) - len(owed),
            "filled": bool(step.filled),
        },
        enclosures=(BlankForm(circular, reporter.key, step.known, stand=step.stand, last=step.filled),),
        asks=(Asking(circular.slug, step.counts_as),),
    )


@dataclass(frozen=True)
class ReminderStep:
    """One reminder of the plan. ``days_left`` counts working days from today to the deadline; negative after it."""

    name: str
    days_left: int
    late: bool
    escalated: bool = False
    known: tuple[Answer, ...] = ()  # what the reporter's form is pre-filled with
    stand: Stand | None = None  # how organisations stood before the round, as the form shows it
    filled: tuple[
        Answer, ...
    ] = ()  # what was answered the time before, where the form bears it and nothing newer is known

    @property
    def counts_as(self) -> str:
        """The step under which its effect is kept: by the day, whichever step of the plan brought it about."""
        return HALF_WAY if self.name.startswith(HALF_WAY) else reminder_step(self.days_left, late=self.late)


def owed_lines(
    bureau: Bureau, circular: Circular, owed: Owed, known: Iterable[Answer | Recorded] = ()
) -> list[tuple[str, list[str]]]:
    """(organisation's name, headings of its open questions and the files it owes), as letters list them.

    A question that is open though its answer is ``known`` waits for a reason. Who owes every question owes ``WHOLE``.
    """
    given = {(answer.organisation, answer.question) for answer in known}

    def named(code: str, keys: Iterable[str]) -> list[str]:
        return [f"{name_of(circular, key)}{TO_EXPLAIN if (code, key) in given else ''}" for key in keys]

    lines = []
    for code, keys in owed.items():
        organisation = bureau.roster.by_code[code]
        asked = [question.key for question in circular.form.asked_of(organisation.type, {})]
        whole = len(asked) > 1 and list(keys[: len(asked)]) == asked and not any((code, key) in given for key in asked)
        said = [WHOLE, *named(code, keys[len(asked) :])] if whole else named(code, keys)
        lines.append((organisation.printed_short, said))
    return lines


def _in_full(circular: Circular, owed: Owed, bureau: Bureau) -> list[tuple[str, list[str]]]:
    """The same with every heading."""
    return [
        (bureau.roster.by_code[code].printed_short, [name_of(circular, key) for key in keys])
        for code, keys in owed.items()
    ]


def _alike(owed: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """The same with the names of organisations that owe the same in one line."""
    names: dict[tuple[str, ...], list[str]] = {}
    for name, headings in owed:
        names.setdefault(tuple(headings), []).append(name)
    return [(", ".join(those), list(headings)) for headings, those in names.items()]


def prefilled(circular: Circular, organisations: Iterable[str], last: Values) -> tuple[Answer, ...]:
    """What organisations answered the time before, as a form bears it; nothing where the circular does not say so."""
    if circular.recurring is None or not circular.recurring.prefill:
        return ()
    keys = [question.key for question in circular.form.question if question.kind is not Kind.COMPUTED]
    return tuple(
        Answer(code, key, last[code, key], Place())
        for code in circular.asks(organisations)
        for key in keys
        if (code, key) in last
    )


def of_before(circular: Circular, reporter: Reporter, standing: Standing) -> tuple[Answer, ...]:
    """What was answered the time before where nothing is recorded yet, as a form bears it in the midst of a round."""
    newer = {(answer.organisation, answer.question) for answer in standing.answers_of(reporter)}
    before = prefilled(circular, reporter.organisations, standing.last)
    return tuple(answer for answer in before if (answer.organisation, answer.question) not in newer)


def in_form(circular: Circular, reporter: Reporter, standing: Standing) -> tuple[Answer, ...]:
    """All that such a form bears: what is recorded, and of the time before where nothing is."""
    return (*of_before(circular, reporter, standing), *as_answers(standing.answers_of(reporter)))


def as_answers(recorded: Iterable[Recorded]) -> tuple[Answer, ...]:
    """Recorded answers as a form is pre-filled with them."""
    return tuple(Answer(r.organisation, r.question, r.value, r.place) for r in recorded)
