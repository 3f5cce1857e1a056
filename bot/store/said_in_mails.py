"""What a mail said, as it said it: answers, remarks, reasons and findings. Rows are only ever added."""

import sqlalchemy as sa

from bot.office.decision import Decision
from bot.store import schema
from bot.store.database import add_all
from bot.store.journal import Covers, covered_together
from bot.store.office_rows import place_columns
from parsers.reading import Answer


def write_said(connection: sa.Connection, office: int, decision: Decision, message: int) -> Covers:
    """Add what the mail said, as it said it, within the transaction that decides it."""
    whose = {"message_id": message, "circular": decision.circular, "reporter": decision.reporter}
    answers = (
        {"organisation": a.organisation, "question": a.question, "value": a.value, **_origin(a)}
        for a in decision.answers
    )
    remarks = ({"key": r.key, "text": r.text, **place_columns(r.place)} for r in decision.remarks)
    explanations = (
        {"organisation": e.organisation, "question": e.question, "value": e.value}
        | {"text": e.text, **place_columns(e.place)}
        for e in decision.explanations
    )
    findings = (
        {"position": number, "code": f.code.value, "severity": f.severity.value, "value": f.value}
        | {"message": f.message, "organisation": f.organisation, "question": f.question, **place_columns(f.place)}
        for number, f in enumerate(decision.findings)
    )
    covers: Covers = {}
    every = ((schema.answer, answers), (schema.remark, remarks), (schema.explanation, explanations))
    for table, said in (*every, (schema.finding, findings)):
        shared = whose if table is not schema.finding else {"message_id": message}
        rows = {
            tuple(row[name] for name in table.info["key"]): row
            for row in reversed([{"office_id": office, **shared, **row} for row in said])
        }
        add_all(connection, table, list(reversed(rows.values())))
        covers |= covered_together(f"{table.name}s", message, rows.values()) if rows else {}
    return covers


def _origin(answer: Answer) -> dict[str, str]:
    """The columns that say where an answer stood, and what proved it there."""
    return {**place_columns(answer.place), "evidence": answer.evidence}
