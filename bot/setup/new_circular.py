"""A new circular's folder out of the department's papers: what the bot reads, and a dry run beside it for people."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.config.circular_folder import CIRCULAR_FILE, load_circular
from bot.config.circular_writing import HEAD, circular_text
from bot.documents.form.excel_form import blank_form
from bot.documents.new_circular.proposal_workbook import proposal_workbook
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.new_circular.as_circular import tables
from bot.office.new_circular.completed import Desk
from parsers.blank_form.proposal import Paper, Proposal

WORKBOOK, DRY_RUN = "หนังสือเวียนใหม่.xlsx", "dry-run"


class NotOursError(Exception):
    """A folder that holds something else than a circular made of papers."""


@dataclass(frozen=True)
class Written:
    """The circular as its folder says it, and what lies beside for people."""

    circular: Circular
    workbook: Path
    forms: tuple[Path, ...]


def desk_of(bureau: Bureau, here: str = "") -> Desk:
    """Where a circular is to run; the slug ``here`` is its own and free."""
    types = frozenset(one.type for one in bureau.roster.organisations)
    return Desk(bureau.office, bureau.calendar, types, frozenset(bureau.circulars) - {here})


def write_folder(
    folder: Path, proposal: Proposal, papers: Sequence[Paper], bureau: Bureau, now: datetime.datetime
) -> Written:
    """Write the folder, or anew what this wrote before, and load it. Raises NotOursError, ConfigError, OSError."""
    file = folder / CIRCULAR_FILE
    if folder.exists() and any(folder.iterdir()) and not (file.is_file() and file.read_text("utf-8").startswith(HEAD)):
        raise NotOursError
    folder.mkdir(parents=True, exist_ok=True)
    for paper in papers:
        if paper.name == proposal.enclosed:
            (folder / paper.name).write_bytes(paper.data)
    file.write_text(circular_text(tables(proposal)), encoding="utf-8")
    workbook = folder / WORKBOOK
    workbook.write_bytes(proposal_workbook(proposal, now))
    circular = load_circular(folder)
    asked = circular.model_copy(update={"form": circular.form.asked_by(bureau.roster.naming)})
    return Written(asked, workbook, tuple(_forms(folder / DRY_RUN, asked, bureau)))


def _forms(folder: Path, circular: Circular, bureau: Bureau) -> list[Path]:
    """The form as each reporter would get it."""
    folder.mkdir(exist_ok=True)
    found = []
    for contact in bureau.roster.contacts:
        file = folder / f"{contact.reporter.key}.xlsx"
        file.write_bytes(blank_form(circular, bureau.roster, contact.reporter.key))
        found.append(file)
    return found
