"""How organisations stood at a day before the round, by circular. Loading a day again replaces it."""

import datetime

import sqlalchemy as sa

from bot.office.model.baseline import Stand
from bot.store import schema
from bot.store.changes import count_change
from bot.store.database import add_all
from bot.store.journal import DECIDED, covered_together, write_row
from bot.store.office_rows import OfficeRows, place_columns, place_of
from parsers.findings import Place

_baseline = schema.baseline


class Baselines(OfficeRows):
    """The lists that one office loaded."""

    def stand(self, circular: str) -> Stand | None:
        """How a circular's organisations stood at the newest day that was loaded; None when there is none."""
        own = sa.and_(self._own(_baseline), _baseline.c.circular == circular)
        newest = sa.select(sa.func.max(_baseline.c.at)).where(own).scalar_subquery()
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(_baseline).where(own, _baseline.c.at == newest)).all()
        if not rows:
            return None
        done = {(row.organisation, row.question): row.done for row in rows}
        places = {(row.organisation, row.question): place_of(row) for row in rows if row.cell}
        return Stand(circular, rows[0].at, done, places)

    def load_stand(self, stand: Stand, now: datetime.datetime) -> bool:
        """Keep a list in the place of the earlier one of that day; whether there was one."""
        gone = sa.delete(_baseline).where(
            self._own(_baseline), _baseline.c.circular == stand.circular, _baseline.c.at == stand.at
        )
        rows = [
            {
                "office_id": self._office,
                "circular": stand.circular,
                "at": stand.at,
                "organisation": organisation,
                "question": question,
                "done": done,
                "loaded_at": now,
                **place_columns(stand.places.get((organisation, question), Place())),
            }
            for (organisation, question), done in stand.done.items()
        ]
        with self._database.writing() as connection:
            replaced = connection.execute(gone).rowcount > 0
            add_all(connection, _baseline, rows)
            count_change(connection, self._office, (stand.circular,))
            covers = covered_together("baseline", list_name(stand.circular, stand.at), rows)
            write_row(connection, self._office, DECIDED, covers, now)
        return replaced


def list_name(circular: str, day: datetime.date) -> str:
    """By what a loaded list is known in the journal."""
    return f"{circular}/{day.isoformat()}"
