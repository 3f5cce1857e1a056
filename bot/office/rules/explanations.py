"""Figures that are asked after: which of a mail's are, and the reasons that it gives for them, beside its form or in words. Pure.

A reason counts for one figure as it stands. A line of the mail must say which: by its cell, or so that only one figure of the
reporter's can be meant; else a person reads it.
"""

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.office.decision import Decision
from bot.office.letters.queries_and_explanations import as_finding, query_lines
from bot.office.model.circular import Circular
from bot.office.model.queries import Query, queries_of
from bot.office.model.recorded_answer import Explanation, Recorded
from bot.office.model.written_sums import sums_said
from bot.office.rules.case import Case
from bot.office.rules.mail_in_words import acknowledgement, decided, put_before_staff
from parsers.answers.reasons import Explaining, said_lines
from parsers.findings import Code, Place, Severity
from parsers.form.question import Question
from parsers.mail.words.thanks import says_thanks
from parsers.organisations.register import Hints, Register
from parsers.organisations.type_words import words_of
from parsers.reading import Organisation, Reading
from parsers.thai.text import heading_key

EXPLAINED = "explained"
# The "(ตัน/วัน)" of a label.
_BRACKETS = re.compile(r"\([^()]*\)")
# Where a figure is a sum, the reading that found it asks after it.
_OF_SUMS = frozenset({Code.TOTAL_MISMATCH, Code.SUM_MISMATCH, Code.SHARE_MISMATCH})
# "ยอดรวม…", "รวมทั้งสิ้น…": of a line of totals.
_TOTAL = re.compile(r"รวม")
_SHORTEST = 3  # letters of a wording by which a line may name its question


@dataclass(frozen=True)
class Asked:
    """The figures of a mail's reporter that are asked after, with the reasons that the mail gives for them."""

    queries: tuple[Query, ...]  # those of the reporter, with every reason known
    explanations: tuple[Explanation, ...]  # given by this mail
    rest: str  # the mail's text without the lines that gave a reason
    known: tuple[Recorded, ...]  # everybody's answers, with every reason

    @property
    def unexplained(self) -> tuple[Query, ...]:
        """What no reason was given for, now or before."""
        return tuple(query for query in self.queries if not query.explained)

    @property
    def explained(self) -> tuple[Query, ...]:
        """What this mail gives a reason for."""
        about = {(each.organisation, each.question) for each in self.explanations}
        return tuple(query for query in self.queries if query.about in about)


def asked(case: Case, circular: Circular, known: Sequence[Recorded]) -> Asked:
    """What of the reporter's figures is asked after. ``known`` are everybody's answers, the mail's own among them."""
    roster = case.bureau.roster
    reporter = roster.by_key.get(case.reading.reporter or "")
    own = frozenset(reporter.organisations if reporter else roster.by_code)
    whose = own | {reporter.key} if reporter else own
    every = queries_of(circular, roster.organisations, known)
    queries = tuple(query for query in every if query.answer.organisation in whose)
    given = _beside(case.reading, queries)
    rest: list[str] = []
    lines = _Lines(circular, queries, own, roster.organisations)
    for line, said in said_lines(case.mail.text, words_of(circular.form.naming)) if queries else ():
        meant = lines.meant(said) if said else ()
        given |= {query.about: _explanation(query, said.reason, Place()) for query in meant if said}
        rest += () if meant else (line,)
    told = tuple(_with(query, given[query.about].text) if query.about in given else query for query in queries)
    by_cell = {query.about: query.answer for query in told}
    merged = tuple(by_cell.get((answer.organisation, answer.question), answer) for answer in known)
    return Asked(told, tuple(given.values()), "\n".join(rest), merged)


def _explanation(query: Query, text: str, place: Place) -> Explanation:
    return Explanation(*query.about, query.answer.value, text, place)


def _with(query: Query, text: str) -> Query:
    return dataclasses.replace(query, answer=dataclasses.replace(query.answer, explanation=text))


def _beside(reading: Reading, queries: Iterable[Query]) -> dict[tuple[str, str], Explanation]:
    """The reasons beside the rows of the mail's own form."""
    notes = {(a.organisation, a.question): a for a in (*reading.standing(), *sums_said(reading)) if a.note}
    found = ((query, notes[query.about]) for query in queries if query.about in notes)
    return {query.about: _explanation(query, answer.note, answer.place) for query, answer in found}


@dataclass(frozen=True)
class _Lines:
    """What the lines of a mail may speak of: figures of ``own`` organisations."""

    circular: Circular
    queries: tuple[Query, ...]
    own: frozenset[str]
    organisations: tuple[Organisation, ...]  # the roster's

    @cached_property
    def register(self) -> Register:
        """Whom a name means; made once, and only for a line that names somebody."""
        return Register(self.organisations, self.circular.form.naming)

    def meant(self, said: Explaining) -> tuple[Query, ...]:
        """The figures that a line gives its reason for; none where that is not sure."""
        found = [query for query in self.queries if not said.cells or query.answer.place.cell in said.cells]
        if said.names:
            matches = [self.register.resolve(name, Hints(own=self.own)) for name in said.names]
            codes = {match.codes[0] for match in matches if match.how in ("exact", "guessed")}
            if len(codes) < len(said.names):
                return ()
            found = [query for query in found if query.answer.organisation in codes]
        named = [query for query in found if _names(said.about, query.question)]
        found = named or found
        totals = [query for query in found if query.code is Code.TOTAL_MISMATCH]
        if _TOTAL.search(said.about) and not said.names and not said.cells:
            found = totals or found
        if said.cells:
            cells = [query.answer.place.cell for query in found]
            return tuple(found) if sorted(cells) == sorted(said.cells) else ()
        return tuple(found) if len(found) == 1 and (named or said.confirms) else ()


def _names(about: str, question: Question) -> bool:
    """Whether a line names a question by its label or another wording of it, what stands in brackets left out."""
    keys = (heading_key(_BRACKETS.sub(" ", wording)) for wording in (question.label, *question.aliases))
    return any(len(key) >= _SHORTEST and key in about for key in keys)


def asked_of(case: Case, circular: Circular, reading: Reading, found: Asked) -> Reading:
    """The reading with a question at each figure of it that no reason was given for, and at no other.

    A sum that does not fit was asked after by the reading itself: it needs nobody else's figures.
    """
    cells = {(answer.organisation, answer.question) for answer in reading.standing()}
    made = [as_finding(case.bureau, circular, query) for query in found.unexplained if query.about in cells]
    reasoned = {(query.code, query.answer.place) for query in found.queries if query.explained}
    kept = [
        each
        for each in reading.findings
        if each.severity is not Severity.QUERY or (each.code in _OF_SUMS and (each.code, each.place) not in reasoned)
    ]
    return dataclasses.replace(reading, findings=(*kept, *made))


def explained(case: Case) -> Decision | None:
    """A mail in words gives reasons for figures that were asked after: recorded and said; what else it says staff read."""
    circular = case.circular
    if not case.in_words or case.is_invitation or circular is None or circular.closed or not case.reading.reporter:
        return None
    found = asked(case, circular, case.facts.answers)
    if not found.explanations:
        return None
    view = {
        "explained": query_lines(case.bureau, found.explained),
        "queries": [as_finding(case.bureau, circular, query) for query in found.unexplained],
    }
    letters = acknowledgement(case, EXPLAINED, found.known, view)
    # Thanks are put under the rest: greetings and names alone are then known through and through.
    alone = letters and says_thanks(f"{found.rest}\nขอบคุณครับ", case.names)
    decision = decided(case, EXPLAINED, letters=letters) if alone else put_before_staff(case, letters)
    return dataclasses.replace(decision, outcome=EXPLAINED, explanations=found.explanations)
