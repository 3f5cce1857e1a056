"""Files that a circular asks for beside its form: which of a mail's files is which, and whose.

A file is taken for one only by words: of its name, or of a line that speaks of it. A scan that merely came along is asked about,
never taken. Knows nothing of what stands in a file.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.findings import Code, Finding, Place, Severity, finding
from parsers.form.form import AskedFile
from parsers.form.question_rules import BETWEEN
from parsers.reading import Answer, FileReading, Organisation, Outcome, Reading
from parsers.thai.text import comparison_key

FEWEST_BYTES = 50_000  # of a picture that is asked about; a smaller one is the ornament of a signature
LONGEST_TEXT = 4_000  # characters of a mail that are looked through
SHORTEST_BARE = 3  # letters of a bare name that a file's name is searched for
_IMAGES = {"jpeg": "jpg", "jfif": "jpg", "jpe": "jpg"}
# The letter that covers a report is not what it reports of: "หนังสือนำส่งประกาศ".
_COVERS = ("นำส่ง", "บันทึกข้อความ", "ปะหน้า")
# "จะส่งประกาศตามภายหลัง", "ยังไม่มีประกาศ": no file is meant.
_NOT_HERE = re.compile("ภายหลัง|จะส่ง|จะแนบ|จะจัดส่ง|ยังไม่|ไม่มี|ไม่ได้|รอ|อยู่ระหว่าง|ตามไป|ทีหลัง")
# "คำสั่ง.pdf", "คำสั่ง.jpeg".
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


@dataclass(frozen=True)
class Whose:
    """Among whom a file's owner is sought: the reporter's organisations, and what the sender wrote."""

    own: Sequence[Organisation]
    everyone: Sequence[Organisation]  # of the province, among whom a name may mean somebody else
    text: str
    digests: Mapping[str, str]  # file's name → SHA-256 of its bytes, in hex


def with_asked_files(reading: Reading, asked: Sequence[AskedFile], whose: Whose) -> Reading:
    """The reading with the files of its mail that the circular asks for as answers, and with what is unclear of the others."""
    files = _beside(reading)
    if not asked or not files or not whose.own:
        return reading
    found: dict[tuple[str, str], list[str]] = {}
    said: list[Finding] = []
    told: set[str] = set()  # names of the files that are taken or asked about
    for file in files:
        wanted = _wanted(file, asked, whose.text, alone=len(files) == 1)
        codes = _codes(file, wanted, whose, reading) if wanted else ()
        if wanted and _kind(file) not in wanted.kinds:
            said.append(_wrong_kind(file, wanted))
        elif wanted and codes:
            for code in codes:
                found.setdefault((code, wanted.record), []).append(file.name)
        elif wanted or _may_be_asked(file, asked):
            which = (wanted,) if wanted else tuple(one for one in asked if one.required)
            said.append(_unclear(file, which, known=wanted is not None))
        else:
            continue
        told.add(file.name)
    answers = tuple(_answer(about, names, whose.digests) for about, names in found.items())
    kept = tuple(f for f in reading.findings if f.place.file not in told or f.code is not Code.FORM_NOT_FOUND)
    if reading.answers:  # a file that is unclear leaves a form that was read as it is
        said = [replace(each, severity=Severity.WARNING) for each in said]
    wrong = any(each.severity is Severity.ERROR for each in (*kept, *said))
    outcome = (Outcome.PARTLY if wrong else Outcome.ACCEPTED) if answers and not reading.answers else reading.outcome
    return replace(reading, answers=(*reading.answers, *answers), findings=(*kept, *said), outcome=outcome)


def _beside(reading: Reading) -> list[FileReading]:
    """The files that are no form and of which nothing is wrong but that."""
    wrong = {f.place.file for f in reading.findings if f.code is not Code.FORM_NOT_FOUND}
    return [file for file in reading.files if file.outcome is Outcome.REJECTED and file.name not in wrong]


def _wanted(file: FileReading, asked: Sequence[AskedFile], text: str, *, alone: bool) -> AskedFile | None:
    """Which of the asked files it is said to be; None where nobody can tell."""
    stem = _ENDING.sub("", file.name)
    lines = text[:LONGEST_TEXT].splitlines()
    if any(word in stem for word in _COVERS):
        return None
    of_it = [line for line in lines if len(comparison_key(stem)) > 1 and comparison_key(stem) in comparison_key(line)]
    here = [line for line in lines if not _NOT_HERE.search(line)] if alone else []
    for words in ([stem], of_it, here):
        named = {one.key: size for one in asked if (size := _named(one, words))}
        best = [one for one in asked if named.get(one.key) == max(named.values(), default=0)]
        if named:
            return best[0] if len(best) == 1 else None
    return None


def _named(one: AskedFile, texts: Iterable[str]) -> int:
    """How many letters of an asked file's wording stand in one of the texts."""
    said = [comparison_key(text) for text in texts]
    return max(
        (len(key) for key in map(comparison_key, (one.label, *one.aliases)) if any(key in t for t in said)), default=0
    )


def _codes(file: FileReading, wanted: AskedFile, whose: Whose, reading: Reading) -> tuple[str, ...]:
    """Whose it is; nothing where nobody can tell."""
    own = tuple(organisation.code for organisation in whose.own)
    if wanted.of == "reporter":
        return own
    stem = _ENDING.sub("", file.name)
    lines = [line for line in whose.text[:LONGEST_TEXT].splitlines() if _named(wanted, [line]) or stem in line]
    for texts in ([stem], lines):
        named = [codes for text in texts for codes in _named_in(text, whose.everyone)]
        if named:
            mine = {tuple(code for code in codes if code in own) for codes in named}
            return next(iter(mine)) if len(mine) == 1 and all(len(codes) == 1 for codes in mine) else ()
    answered = {answer.organisation for answer in reading.answers}
    return own if len(own) == 1 else tuple(answered) if len(answered) == 1 else ()


def _named_in(text: str, everyone: Sequence[Organisation]) -> list[list[str]]:
    """For each name in the text the codes of those who bear it; one that is part of a longer one there is none."""
    said = comparison_key(text)
    for names in (_full_names, _bare_names):
        found = {key: codes for key, codes in names(everyone).items() if key in said}
        longest = [key for key in found if not any(key != other and key in other for other in found)]
        if longest:
            return [found[key] for key in longest]
    return []


def _full_names(everyone: Sequence[Organisation]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for each in everyone:
        for key in {comparison_key(each.official_name), comparison_key(each.short_name)}:
            names.setdefault(key, []).append(each.code)
    return names


def _bare_names(everyone: Sequence[Organisation]) -> dict[str, list[str]]:
    """Names without the type, as ``ประกาศ ห้วยอ้อ.pdf``."""
    names: dict[str, list[str]] = {}
    for each in everyone:
        key = comparison_key(each.short_name.removeprefix(each.type))
        if len(key) >= SHORTEST_BARE:
            names.setdefault(key, []).append(each.code)
    return names


def _kind(file: FileReading) -> str:
    """As a circular names it: ``jpg`` and ``png`` are told apart by their endings, the rest is what the bytes are."""
    ending = file.name.rpartition(".")[2].lower()
    return _IMAGES.get(ending, ending) if file.format == "image" else file.format


def _may_be_asked(file: FileReading, asked: Sequence[AskedFile]) -> bool:
    """Whether a nameless file may be one of those that must come, and is no ornament or covering letter."""
    kinds = {kind for one in asked if one.required for kind in one.kinds}
    ornament = file.format == "image" and file.size < FEWEST_BYTES
    return _kind(file) in kinds and not ornament and not any(word in file.name for word in _COVERS)


def _answer(about: tuple[str, str], names: Sequence[str], digests: Mapping[str, str]) -> Answer:
    """One answer for all files of one organisation: their names, and their digests as evidence."""
    evidence = BETWEEN.join(digests.get(name, "") for name in names)
    return Answer(*about, BETWEEN.join(names), Place(names[0]), evidence)


def _wrong_kind(file: FileReading, wanted: AskedFile) -> Finding:
    fields = {"asked": wanted.label, "kinds": " ".join(wanted.kinds)}
    return finding(Code.ATTACHMENT_KIND, Place(file.name), file.name, about=("", ""), **fields)


def _unclear(file: FileReading, asked: Sequence[AskedFile], *, known: bool) -> Finding:
    """That nobody can tell which of ``asked`` a file is, if any; or, of one that is ``known``, whose."""
    labels = " หรือ ".join(f"“{one.label}”" for one in asked) + (" ของหน่วยงานใด" if known else " หรือไม่")
    whose = " และชื่อ อปท." if any(one.of == "organisation" for one in asked) else ""
    example = asked[0].aliases[0] if asked[0].aliases else asked[0].label
    return finding(Code.ATTACHMENT_UNCLEAR, Place(file.name), file.name, asked=labels, whose=whose, example=example)
