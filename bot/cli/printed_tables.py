"""What the command line shows people: tables of the standing and of a reading. Decides nothing."""

from rich.console import Console
from rich.table import Table

from bot.cli.check_output import as_json
from bot.office.letters.digest import progress
from bot.office.model.bureau import Bureau
from bot.office.model.circular import BANGKOK
from bot.office.model.circular_standing import Standing
from bot.office.model.rollup import owed_by
from parsers.reading import Reading
from parsers.thai.dates import thai_short_date


def status_table(bureau: Bureau, standing: Standing) -> Table:
    """Who has reported and what is owed, one line for each declared reporter."""
    rows = progress(bureau, standing)
    done, total = sum(row[1] for row in rows), sum(row[2] for row in rows)
    table = Table(title=f"{standing.circular.slug}  {standing.circular.number}  {done}/{total}")
    for name in ("Reporter", "Done", "Last mail", "Owed"):
        table.add_column(name, overflow="fold")
    for contact, row in zip(bureau.roster.contacts, rows, strict=True):
        organisations = [bureau.roster.by_code[code] for code in contact.reporter.organisations]
        owed = owed_by(standing.circular, organisations, standing.known)
        names = ", ".join(bureau.roster.by_code[code].short_name for code in owed)
        last = thai_short_date(row[3].astimezone(BANGKOK).date()) if row[3] else "-"
        table.add_row(row[0], f"{row[1]}/{row[2]}", last, names or "-")
    return table


def print_reading(console: Console, bureau: Bureau, reading: Reading) -> None:
    """What was read, as a table, and the findings below it."""
    found = as_json(bureau, reading)
    console.print(f"circular: {found['circular']}   reporter: {found['reporter']}   as of: {found['as_of']}")
    table = Table()
    for name in ("organisation", *(found["answers"][0]["values"] if found["answers"] else ())):
        table.add_column(name)
    marks = {True: "✓", False: "✗", None: ""}
    for answer in found["answers"]:
        values = (marks[v] if v is None or isinstance(v, bool) else str(v) for v in answer["values"].values())
        table.add_row(answer["organisation"], *values)
    console.print(table)
    for finding in reading.findings:
        console.print(f"[{finding.severity}] {finding.place} {finding.message}", markup=False, highlight=False)
    console.print(f"outcome: {reading.outcome.value}")
