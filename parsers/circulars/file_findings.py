"""What is said of the files of a mail as a whole: no form in it, not opened, a hidden sheet; and how each file came out.

Owns which files need a word and which do not: the signed letter beside the form, the pictures of a signature.
"""

from collections.abc import Sequence
from dataclasses import replace

from parsers.circulars.hidden_sheets import hidden_findings
from parsers.circulars.which_tables_count import Counting
from parsers.files.member_names import INSIDE
from parsers.files.open_file import File
from parsers.findings import LAST, Code, Finding, Ordered, Place, Severity, finding
from parsers.reading import Answer, FileReading, Outcome

IN_FILE = "ในไฟล์นี้"
# Files that people attach beside the form, such as the signed letter: worth no word when the form was found elsewhere.
BESIDE = frozenset(
    {"image", "pdf", "docx", "odt", "fodt", "pptx", "rtf", "html", "mhtml", "text", "eml", "empty", "link"}
)


def file_findings(files: Sequence[File], count: Counting, *, outcome: Outcome, where: str = IN_FILE) -> list[Ordered]:
    """What to say of whole files. Where everything was read elsewhere, a bad file is worth a look but leaves nothing open."""
    made: list[Ordered] = []
    said: set[tuple[str, str]] = set()
    with_form = {table.sheet.at[0] for table in count.kept}
    for at, file in enumerate(files):
        end = (at, LAST, LAST, LAST)
        made += hidden_findings(file.sheets)
        if file.holds or at in with_form or at in count.told or (with_form and file.format in BESIDE):
            continue
        trouble = file.trouble or file.otherwise or finding(Code.FORM_NOT_FOUND, Place(file.name), where=where)
        if file.outer and (file.outer, trouble.message) in said:
            continue  # forty photographs in one archive are one thing to say
        said.add((file.outer, trouble.message))
        mild = outcome is Outcome.ACCEPTED or (with_form and not file.trouble)
        made.append((end, replace(trouble, severity=Severity.WARNING) if mild else trouble))
    if not count.kept and len(files) > 1:
        made = _without_ornaments(made, files)
    if not files:
        made.append(((0, 0, 0, 0), finding(Code.FORM_NOT_FOUND, Place(), where="ในอีเมลฉบับนี้")))
    return made


def _without_ornaments(made: list[Ordered], files: Sequence[File]) -> list[Ordered]:
    """Pictures in a signature need no word of their own beside another refused file."""
    others = [file for file in files if file.format not in ("image", "empty") and not file.holds]
    pictures = {at for at, file in enumerate(files) if file.format in ("image", "empty")}
    return [pair for pair in made if not others or pair[0][0] not in pictures]


def file_readings(
    files: Sequence[File], answers: Sequence[Answer], findings: Sequence[Finding]
) -> tuple[FileReading, ...]:
    """How each file came out: nothing, some or all of it could be taken."""

    def outcome(file: File) -> Outcome:
        def within(place: Place) -> bool:
            return place.file == file.name or (file.holds and place.file.startswith(file.name + INSIDE))

        if not any(within(answer.place) for answer in answers):
            return Outcome.REJECTED
        wrong = any(within(f.place) and f.severity is Severity.ERROR for f in findings)
        return Outcome.PARTLY if wrong else Outcome.ACCEPTED

    return tuple(FileReading(file.name, file.format, file.size, outcome(file)) for file in files)
