"""A circular that staff started by mail: it stands in the books, not in a folder."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.office.model.circular import Circular


@dataclass(frozen=True)
class StartedCircular:
    """One of them: ``said`` is what ``circular.toml`` would hold, as JSON."""

    slug: str
    said: str
    by: str  # the address on whose word
    at: datetime.datetime

    @property
    def circular(self) -> Circular:
        """The circular. Raises ValueError."""
        return Circular.model_validate(json.loads(self.said))


def as_json(tables: Mapping[str, Any]) -> str:
    """The tables of a circular's folder as the books hold them; times are local, as there."""
    return json.dumps(tables, ensure_ascii=False, default=lambda moment: moment.isoformat())
