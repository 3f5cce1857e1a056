"""Draw the shipped form and report as pictures, to be looked at by hand; this is no test.

    .venv/bin/python tests/documents/pictures.py FOLDER

Needs LibreOffice and pdftoppm. Where TH SarabunPSK is not installed, the pictures show the system's Thai font instead.
"""

import subprocess
import sys
from pathlib import Path

from bot.config import load_circular, load_roster
from bot.documents.form import blank_form
from bot.documents.report import report_workbook
from bot.office.office import Office
from bot.office.records import Recorded
from bot.office.rollup import roll_up
from parsers.findings import Place
from parsers.reading import Answer

TEMPLATES = Path(__file__).parents[2] / "templates"


def documents() -> dict[str, bytes]:
    """The form of the first reporter, one row filled, and a report with gaps and some noes."""
    circular = load_circular(TEMPLATES / "circulars" / "w5827")
    roster = load_roster(TEMPLATES / "rosters" / "phrae")
    office = Office("phrae", "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดแพร่", "แพร่", "ruam@phrae.example", ())
    reporter = roster.reporters[0]
    known = [Answer(reporter.organisations[0], q.key, n != 2, Place()) for n, q in enumerate(circular.form.asked)]
    when = circular.deadlines.reporters
    answers = [
        Recorded(
            o.code,
            q.key,
            bool((n + m) % 5),
            n,
            "a@b.example",
            when,
            "ส่งแบบ",
            Place("a.xlsx", "แผ่น", "C7"),
            reporter.key,
        )
        for n, o in enumerate(roster.organisations)
        for m, q in enumerate(circular.form.asked)
        if n % 11
    ]
    rollup = roll_up(circular, roster, answers, (), when.date())
    return {
        "form.xlsx": blank_form(circular, roster, reporter.key, known),
        "report.xlsx": report_workbook(circular, rollup, office, roster),
    }


def main(folder: Path) -> None:
    """Write the workbooks and a picture of each page into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder.resolve()}/profile"
    for name, content in documents().items():
        path = folder / name
        path.write_bytes(content)
        office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
        subprocess.run(office, check=True, capture_output=True)
        subprocess.run(
            ["pdftoppm", "-r", "80", "-png", str(path.with_suffix(".pdf")), str(path.with_suffix(""))], check=True
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
