"""The department's wishes as tasks: open until a person says that they are done. Owns the ``task`` rows."""

import datetime
from collections.abc import Iterable

import sqlalchemy as sa

from bot.office.model.task import Done, Task
from bot.store import schema
from bot.store.database import add
from bot.store.journal import DECIDED, Covers, changed, covered, write_row
from bot.store.office_rows import OfficeRows

_task, _message = schema.task, schema.message
_COLUMNS = (
    *(_task.c[name] for name in ("message_id", "circular", "opened_at")),
    *(_message.c[name] for name in ("sender", "subject", "why")),
    *(_task.c[name] for name in ("done_at", "done_by")),
)


class Tasks(OfficeRows):
    """The tasks of one office."""

    def tasks(self, circular: str | None = None, *, also_done: bool = False) -> tuple[Task, ...]:
        """The open tasks, oldest first; of one circular where it is named, those that are done too where they are asked for."""
        query = sa.select(*_COLUMNS).join(_message, _message.c.id == _task.c.message_id).where(self._own(_task))
        query = query if circular is None else query.where(_task.c.circular == circular)
        query = query if also_done else query.where(_task.c.done_at.is_(None))
        with self._database.reading() as connection:
            return tuple(Task(*row) for row in connection.execute(query.order_by(_task.c.message_id)))

    def task(self, message: int) -> Task | None:
        """One task by its number, open or done."""
        query = sa.select(*_COLUMNS).join(_message, _message.c.id == _task.c.message_id)
        with self._database.reading() as connection:
            row = connection.execute(query.where(self._own(_task), _task.c.message_id == message)).one_or_none()
        return Task(*row) if row else None

    def finish_task(self, done: Done, now: datetime.datetime) -> bool:
        """Note that a task is done; whether it was open."""
        with self._database.writing() as connection:
            covers = finish(connection, self._office, (done,), now)
            write_row(connection, self._office, DECIDED, covers, now)
            return bool(covers)


def open_tasks(connection: sa.Connection, office: int, tasks: Iterable[Task]) -> Covers:
    """Enter tasks, each once, within a transaction that is open."""
    covers: Covers = {}
    for task in tasks:
        row = {"office_id": office, "message_id": task.message, "circular": task.circular, "opened_at": task.opened}
        if (number := add(connection, _task, {**row, "done_by": ""})) is not None:
            covers |= covered("task", number, {**row, "done_by": ""})
    return covers


def finish(connection: sa.Connection, office: int, done: Iterable[Done], now: datetime.datetime) -> Covers:
    """Note what is done, within a transaction that is open. What is done already stays as it is."""
    covers: Covers = {}
    for one in done:
        this = sa.and_(_task.c.office_id == office, _task.c.message_id == one.message, _task.c.done_at.is_(None))
        covers |= changed(connection, "task", _task, this, {"done_at": now, "done_by": one.by})
    return covers
