"""What happened, day by day, in plain sentences: the demo's ``story.md``."""

import datetime
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from parsers.thai.dates import thai_date, thai_weekday


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    at: datetime.datetime
    english: str
    thai: str


@dataclass
class Story:
    """Collects events and tells them in order of time."""

    events: list[Event] = field(default_factory=list)

    def note(self, at: datetime.datetime, english: str, thai: str) -> None:
        """Remember one event."""
        self.events.append(Event(at, english[0].upper() + english[1:], thai))

    def write(self, path: Path, ending: str) -> None:
        """Tell it all."""
        lines = ["# เรื่องของหนังสือเวียน ว ๕๘๒๗ และ ว ๙๙๙ (the story of circulars W 5827 and W 999)", ""]
        ordered = sorted(self.events, key=lambda event: event.at)
        for day, events in groupby(ordered, key=lambda event: event.at.date()):
            lines += [f"## {thai_weekday(day)}ที่ {thai_date(day)} ({day:%a %d %b %Y})", ""]
            lines += [f"- **{event.at:%H.%M} น.** {event.thai}  \n  *{event.english}*" for event in events]
            lines.append("")
        path.write_text("\n".join([*lines, ending, ""]), encoding="utf-8")
