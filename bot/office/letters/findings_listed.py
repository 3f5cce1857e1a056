"""The findings of a mail as a letter lists them: by organisation, the many as one, no more than it has room for."""

import dataclasses
from collections.abc import Iterable, Sequence

from bot.office.model.bureau import Bureau
from parsers.findings import Code, Finding, Place
from parsers.form.form import Form

LISTED = 8  # findings of one kind that a letter lists together; of more only the first three
SHOWN_OF_MANY = 3
MOST_ERRORS = 60  # that a letter lists one by one; the marked copy has them all, and mail programs cut long letters
OF_FILES = "ไฟล์"  # heads what concerns no organisation


def grouped(bureau: Bureau, form: Form, errors: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Errors by organisation, in order of appearance; a row that is wholly blank is said once, not cell by cell."""
    groups: dict[str, list[Finding]] = {}
    whose = bureau.roster.by_code
    for error in errors:
        groups.setdefault(error.organisation if error.organisation in whose else "", []).append(error)
    return _as_many_as_fit(
        [
            (whose[code].printed_short, _blank_row_as_one(form, whose[code].type, found)) if code else (OF_FILES, found)
            for code, found in groups.items()
        ]
    )


def _as_many_as_fit(groups: Sequence[tuple[str, list[Finding]]]) -> list[tuple[str, list[Finding]]]:
    """What concerns the file, and of the organisations as many as a letter has room for; of the others how much it is."""
    listed: list[tuple[str, list[Finding]]] = []
    rest: list[list[Finding]] = []
    room = MOST_ERRORS
    for name, found in groups:
        if name == OF_FILES:
            listed.append((name, found))
            continue
        shown = few(found)
        room -= len(shown)
        if room >= 0:
            listed.append((name, shown))
        else:
            rest.append(found)
    if rest:
        message = f"ยังมีส่วนที่ต้องแก้ไขอีก {sum(map(len, rest))} รายการ"
        whole = dataclasses.replace(rest[0][0], message=message, place=Place())
        listed.append((f"หน่วยงานอีก {len(rest)} แห่ง", [whole]))
    return listed


def few(findings: Iterable[Finding]) -> list[Finding]:
    """At most ``LISTED`` of one code; of more, the first three and how many there are besides."""
    by_code: dict[Code, list[Finding]] = {}
    for found in findings:
        by_code.setdefault(found.code, []).append(found)
    listed: list[Finding] = []
    for same in by_code.values():
        if len(same) <= LISTED:
            listed += same
        else:
            rest = f"และรายการทำนองเดียวกันนี้อีก {len(same) - SHOWN_OF_MANY} รายการ"
            listed += [*same[:SHOWN_OF_MANY], dataclasses.replace(same[0], message=rest, place=Place())]
    return listed


def _blank_row_as_one(form: Form, kind: str, found: list[Finding]) -> list[Finding]:
    blanks = [error for error in found if error.code is Code.ANSWER_MISSING]
    if len(blanks) < max(len(form.asked_of(kind, {})), 2):
        return found
    cells = ":".join(dict.fromkeys((blanks[0].place.cell, blanks[-1].place.cell)))
    place = dataclasses.replace(blanks[0].place, cell=cells)
    where = "ทุกแถวของหน่วยงานนี้" if form.row else "ในแถวนี้"
    whole = dataclasses.replace(
        blanks[0], place=place, question="", message=f"ยังไม่ได้กรอกช่องใดเลย{where} กรุณากรอกให้ครบทุกช่อง"
    )
    return [whole, *(error for error in found if error.code is not Code.ANSWER_MISSING)]
