"""``ruam rollup`` and ``ruam approve``: the report as it stands, and letting it go."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, known, opened_books, opened_house, told
from bot.cli.console import WRONG_USE, console, stop
from bot.config.load import load_bureau, load_config
from bot.documents.report.workbook import report_workbook
from bot.office.decision import Decision, Facts
from bot.office.model.rollup import roll_up
from bot.office.rules.approval import REFUSALS, Word, release
from bot.service.context import House, bangkok_now
from bot.service.current_bureau import current_bureau
from bot.service.facts_of_circular import with_circular
from bot.service.record_decision import record


def rollup(
    circular: Annotated[str, typer.Argument(help="Slug of the circular.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The workbook to write.")],
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Write the consolidated report as it stands now.

    Example: ruam rollup w5827 -o report.xlsx
    """
    with told():
        settings = load_config(config)
        bureau, now = load_bureau(settings), bangkok_now()
        with opened_books(settings, bureau) as books:
            bureau = current_bureau(bureau, books, now, (circular,))
            known(bureau, circular)
            one, today = bureau.circulars[circular], now.date()
            answers = books.answers(circular, before=books.usual_values(one.follows))
            table = roll_up(one, bureau.roster, answers, books.remarks(circular), today)
            table = dataclasses.replace(table, stand=books.stand(circular))
    output.write_bytes(report_workbook(one, table, bureau.office, bureau.roster))
    console.print(f"{output}: {len(table.lines) - len(table.incomplete)} of {len(table.lines)} organisations complete")


def approve(
    circular: Annotated[str, typer.Argument(help="Slug of the circular.")], config: ConfigOption = DEFAULT_CONFIG
) -> None:
    """Let the newest draft go to the department, as a staff reply of อนุมัติ would.

    Example: ruam approve w5827
    """
    with told():
        settings = load_config(config)
        with opened_house(settings, circular) as house:
            known(house.bureau, circular)
            decision = _release(house, circular)
            record(house, decision, None, bangkok_now())
            if decision.outcome in REFUSALS:
                stop(WRONG_USE, f"Not sent: {decision.outcome}. See `ruam status {circular}`.")
            waits = "it goes when staff give the number of its cover letter by reply"
            goes = "the report is queued and goes out with the next pass"
            console.print(f"Approved; {waits if decision.outcome == 'waits-for-number' else goes}.")


def _release(house: House, circular: str) -> Decision:
    facts = with_circular(house, circular, Facts())
    if not facts.drafts:
        stop(WRONG_USE, f'There is no draft of "{circular}" yet; it is made when all is in, or at the cut-off.')
    return release(house.bureau, facts, facts.drafts[-1], Word("ruam approve", "ruam", bangkok_now()))
