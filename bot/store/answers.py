"""What reporters said: answers, remarks and findings as the mails gave them. Rows are only ever added.

The newest mail wins, by the time it was received, then by its row: of each reporter's as ``superseded_answers`` marks it,
of several reporters' here.
"""

import datetime
import functools
import itertools
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from bot.office.model.received_mail import MessageState
from bot.office.model.recorded_answer import Disagreement, Reasons, Recorded, RecordedRemark, Values, differing
from bot.store import schema
from bot.store.office_rows import OfficeRows, of_office, place_of
from bot.store.superseded_answers import held_at
from parsers.findings import Code, Finding, Severity
from parsers.reading import Value

_message, _answer, _remark, _finding = schema.message, schema.answer, schema.remark, schema.finding
_explanation = schema.explanation
_FEW = 500  # values in one statement


class Answers(OfficeRows):
    """The answers of one office's reporters."""

    def answers(
        self,
        circular: str,
        until: datetime.datetime | None = None,
        *,
        reasons: Reasons | None = None,
        before: Values | None = None,
        of: Collection[str] | None = None,
    ) -> tuple[Recorded, ...]:
        """The answers that hold now: the newest per organisation and question, ordered by these.

        Each has the reason that was given for its very value, if one was, whichever mail gave it.
        With ``until``, those that held at that moment: of the mails decided by then. ``reasons`` are those of that moment where
        they are at hand, ``before`` the values of the time before that these are measured by. Of the organisations ``of``, by code, alone where they are named.
        """
        rows = self._newest(_answer, circular, "organisation", "question", until=until, of=of)
        given = (self.reasons(circular, until) if rows else {}) if reasons is None else reasons
        last = before or {}
        return tuple(
            _recorded(
                row,
                given.get((row.organisation, row.question, row.value), ""),
                last.get((row.organisation, row.question)),
            )
            for row in rows
        )

    def values(self, circular: str | None) -> Values:
        """What was answered to a circular and holds now, by organisation and question; nothing where there is none."""
        rows = self._newest(_answer, circular, "organisation", "question") if circular else ()
        return {(row.organisation, row.question): row.value for row in rows}

    def usual_values(self, circular: str | None) -> Values:
        """The same without figures for which a reason was given: these were out of the ordinary, and measure no others."""
        found = self.values(circular)
        given = self.reasons(circular) if circular and found else {}
        return {about: value for about, value in found.items() if (*about, value) not in given}

    def reasons(self, circular: str, until: datetime.datetime | None = None) -> Reasons:
        """The newest reason that was given for each figure, by organisation, question and value; or was by ``until``."""
        table = _explanation
        query = (
            sa.select(table.c.organisation, table.c.question, table.c.value, table.c.text)
            .join(_message, _message.c.id == table.c.message_id)
            .where(self._own(table), table.c.circular == circular)
            .where(sa.true() if until is None else _message.c.decided_at <= until)
            .order_by(_message.c.received_at, _message.c.id)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return {(row.organisation, row.question, row.value): row.text for row in rows}

    def disagreements(self, circular: str) -> tuple[Disagreement, ...]:
        """Where two reporters' newest answers about one cell differ: the other one and the one that holds now.

        Ordered by organisation and question. An answer that no reporter gave, but the staff, is the last word on its cell.
        """
        rows = self._newest(_answer, circular, "organisation", "question", "reporter")
        cells = itertools.groupby(map(_recorded, rows), key=lambda r: (r.organisation, r.question))
        return tuple(pair for _, said in cells for pair in differing(tuple(said)))

    def remarks(self, circular: str, until: datetime.datetime | None = None) -> tuple[RecordedRemark, ...]:
        """The remarks that hold now, or held at the moment ``until``: the newest per reporter and key, ordered by these."""
        rows = self._newest(_remark, circular, "reporter", "key", until=until)
        return tuple(
            RecordedRemark(row.key, row.text, row.reporter, row.message_id, row.received_at, place_of(row))
            for row in rows
        )

    def _newest(
        self,
        table: sa.Table,
        circular: str,
        *per: str,
        until: datetime.datetime | None = None,
        of: Collection[str] | None = None,
    ) -> list[sa.Row[Any]]:
        """The rows of a circular with their mail's sender, subject and time; of each group ``per``, the newest."""
        few = of is not None and len(of) <= _FEW
        given = {"office": self._office, "of_circular": circular}
        given |= {} if until is None else {"until": until}
        given |= {"organisations": sorted(of or ())} if few else {}
        with self._database.reading() as connection:
            rows = connection.execute(_newest_per(table, per, at="until" in given, few=few), given).all()
        return list(rows) if of is None or few else [row for row in rows if row.organisation in of]

    def findings(self, message: int) -> tuple[Finding, ...]:
        """What was found in one mail, in the order of the reading."""
        query = (
            sa.select(_finding)
            .where(self._own(_finding), _finding.c.message_id == message)
            .order_by(_finding.c.position)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Finding(
                code=Code(row.code),
                severity=Severity(row.severity),
                place=place_of(row),
                value=row.value,
                message=row.message,
                organisation=row.organisation,
                question=row.question,
            )
            for row in rows
        )

    def last_mail(self, circular: str) -> Mapping[str, datetime.datetime]:
        """When each reporter's last mail about a circular was received, by the reporter's key."""
        query = (
            sa.select(_message.c.reporter, sa.func.max(_message.c.received_at))
            .where(self._own(_message), _message.c.circular == circular, _message.c.reporter != "")
            .where(_message.c.state != MessageState.HELD)  # its reporter is a claim
            .group_by(_message.c.reporter)
        )
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}


@functools.cache
def _newest_per(table: sa.Table, per: tuple[str, ...], *, at: bool, few: bool) -> sa.Select[Any]:
    """The newest rows of each group ``per``, as of a moment or of now, of all or of few organisations. Built once."""
    until = sa.bindparam("until", type_=schema.Moment)
    newest_first = (_message.c.received_at.desc(), _message.c.id.desc())
    rank = sa.func.row_number().over(partition_by=[table.c[name] for name in per], order_by=newest_first).label("rank")
    rows = (
        sa.select(table, _message.c.sender, _message.c.subject, _message.c.received_at, _message.c.why, rank)
        .join(_message, _message.c.id == table.c.message_id)
        .where(of_office(table), table.c.circular == sa.bindparam("of_circular"))
        .where(held_at(table, until if at else None))
    )
    rows = rows.where(_message.c.decided_at <= until) if at else rows
    rows = rows.where(table.c.organisation.in_(sa.bindparam("organisations", expanding=True))) if few else rows
    ranked = rows.subquery()
    return sa.select(ranked).where(ranked.c.rank == 1).order_by(*(ranked.c[name] for name in per))


def _recorded(row: sa.Row[Any], explanation: str = "", before: Value | None = None) -> Recorded:
    return Recorded(
        organisation=row.organisation,
        question=row.question,
        value=row.value,
        message=row.message_id,
        sender=row.sender,
        received=row.received_at,
        subject=row.subject,
        place=place_of(row),
        reporter=row.reporter,
        evidence=row.evidence,
        explanation=explanation,
        before=before,
        words=row.why,
    )
