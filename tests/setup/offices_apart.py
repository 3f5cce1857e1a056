"""No statement without its office: of every statement that is made while tests run, those that speak of offices' rows but name none.

Looks at SQLAlchemy's expressions as they are carried out (``before_cursor_execute``), so what is counted is what the databases see.
A connection may say that its statements are meant for all offices, as when books are restored. Text statements, which only migrations and the database's own upkeep make, are no expressions.
"""

from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import Compiled
from sqlalchemy.sql import visitors

from bot.store.office_rows import EVERY_OFFICE

KEY = "office_id"


def unscoped(statement: object) -> str:
    """A statement about rows of offices that is not bound to one office, as text; empty for every other."""
    if not isinstance(statement, sa.sql.expression.UpdateBase | sa.sql.expression.SelectBase):
        return ""
    if isinstance(statement, sa.Insert):
        return ""  # the column takes no NULL, and a row of one office cannot point at another's
    parts = list(visitors.iterate(statement))
    tables = [part for part in parts if isinstance(part, sa.Table) and KEY in part.c]
    return str(statement) if tables and not any(_binds(part) for part in parts) else ""


def _binds(part: object) -> bool:
    """Whether this is ``table.office_id = :one``."""
    if not isinstance(part, sa.sql.elements.BinaryExpression) or part.operator is not sa.sql.operators.eq:
        return False
    column, value = part.left, part.right
    return isinstance(column, sa.Column) and column.name == KEY and isinstance(value, sa.BindParameter)


class Watch:
    """Every engine of this process, from the first use on. A statement is looked at once for each time that it is compiled."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._known: WeakKeyDictionary[Compiled, str] = WeakKeyDictionary()
        sa.event.listen(sa.Engine, "before_cursor_execute", self._look)

    def _look(
        self, connection: sa.Connection, _cursor: object, _text: str, _given: object, context: Any, _many: object
    ) -> None:
        compiled: Compiled | None = context.compiled
        if compiled is None or connection.get_execution_options().keys() & EVERY_OFFICE.keys():
            return
        words = self._known.get(compiled)
        if words is None:
            words = self._known[compiled] = unscoped(compiled.statement)
        if words:
            self.found.append(words)

    def taken(self) -> Iterator[str]:
        """What was found since it was last asked."""
        while self.found:
            yield self.found.pop()
