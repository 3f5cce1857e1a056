"""What stands beside a mail's own form: a table in the mail's body, forms in mails within the mail, words of correction.

Owns how far each of them counts. What disagrees is never decided here: both sides become entries, and the check of
answers asks.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from parsers.answers.entry import Entry, Gathered
from parsers.answers.row_owners import Against, Names
from parsers.answers.rows import gather
from parsers.circulars.forms_in_files_and_body import Lesser
from parsers.doubts.spoken_of import NOT_DONE, only_spoken_of, spoken_of
from parsers.doubts.withheld import is_unsure_of_what, withheld_lines
from parsers.findings import LAST, Code, Finding, Ordered, Place, finding, shown
from parsers.form.form import Form
from parsers.form.printed_words import is_printed
from parsers.form.question import heading
from parsers.grid import LINE
from parsers.mail.words.nil_return import IN_BODY
from parsers.mail.words.prose_corrections import Words, corrections, figure_that_stands, is_erratum
from parsers.reading import Answer, Mail, Organisation
from parsers.tables.model import Found
from parsers.thai.text import ascii_digits
from parsers.values.decimals import decimal
from parsers.values.units_in_text import stated_units

# "155", "1,204.5".
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Beside a form only what is said of organisations matters: columns and totals of the other tables are nobody's.
_OF_ROWS = frozenset(
    {
        Code.ORGANISATION_UNKNOWN,
        Code.ORGANISATION_AMBIGUOUS,
        Code.ORGANISATION_SEVERAL,
        Code.ORGANISATION_GUESSED,
        Code.ORGANISATION_NOT_YOURS,
    }
)


def gathered(found: Sequence[Found], names: Names, against: Against, lesser: Lesser) -> Gathered:
    """The rows of ``found``. Where a form of the mail's own is there, the others only add to it or contradict it."""
    aside = lesser.body | lesser.inner
    own = [each for each in found if each.sheet.at[0] not in aside]
    if not own or len(own) == len(found):
        return gather(found, names, against)
    out = gather(own, names, against)
    rows = {entry.organisation.code for entry in out.entries}
    values = {entry.about for entry in out.entries if entry.reading.trouble != "missing"}
    second = gather([each for each in found if each.sheet.at[0] in aside], names, against)
    said = [entry for entry in second.entries if entry.reading.trouble != "missing"]
    further = [
        entry
        for entry in said
        # An older form in a mail below must not fill in what this one leaves blank.
        if entry.order[0] in lesser.body or entry.about in values or entry.organisation.code not in rows
    ]
    named = {entry.organisation.code for entry in further}
    out.entries += further
    out.seen |= named
    out.findings = [
        pair
        for pair in out.findings
        if pair[1].code is not Code.ORGANISATION_MISSING or pair[1].organisation not in named
    ]
    out.findings += [pair for pair in second.findings if pair[1].code in _OF_ROWS]
    out.findings += _from_inside([e for e in further if e.order[0] in lesser.inner and e.organisation.code not in rows])
    return out


def _from_inside(entries: Sequence[Entry]) -> list[Ordered]:
    """Rows that stand only in a mail within the mail were recorded, and that is said."""
    names = dict.fromkeys(entry.organisation.printed_short for entry in entries)
    if not names:
        return []
    first = entries[0]
    place = Place(first.place.file)
    return [((first.order[0], LAST, LAST, LAST), finding(Code.INNER_FORM_RECORDED, place, names=" ".join(names)))]


def of_words(
    mail: Mail, names: Names, against: Against, answers: Sequence[Answer], read: Collection[str] = ()
) -> list[Ordered]:
    """What is said of the words of correction in a mail: the rows they plainly contradict are asked again.

    Words that something is not done contradict a row in which all that they speak of is, words that it is done one that says no.
    ``read`` are the lines whose answers were asked already.
    """
    said = _Said(names, against, answers)
    made: list[Ordered] = []
    named: set[str] = set()
    found_lines = corrections(mail.text, mail.subject, names.words)
    held = (line for line in withheld_lines(mail.text, names.words) if is_unsure_of_what(line))
    spoken = {words.line: words for words in (*map(Words, held), *found_lines)}
    for words in spoken.values():
        if words.line in read or said.is_read(words) or is_printed(words.line, against.form):
            continue
        found = said.contradicted_by(words)
        fresh = {code: keys for code, keys in found.items() if code not in named}
        first = (0, 0, 0, 0)
        made += [(first, _contradicted(names.by_code[code], fresh[code], words.line, against.form)) for code in fresh]
        named |= set(found)
        if not found and not words.done:
            made.append((first, finding(Code.WORDS_NOT_READ, IN_BODY, shown(words.line), where="ในอีเมล")))
    return made


class _Said:
    """What a mail's own form says, for its words to be laid beside."""

    def __init__(self, names: Names, against: Against, answers: Sequence[Answer]) -> None:
        self.names, self.against = names, against
        self.ticks: dict[str, dict[str, bool]] = {}
        self.figures: dict[str, dict[str, Decimal]] = {}
        for answer in answers:
            if (figure := decimal(answer.value)) is not None:
                self.figures.setdefault(answer.organisation, {})[answer.question] = figure
            if isinstance(answer.value, bool):
                self.ticks.setdefault(answer.organisation, {})[answer.question] = answer.value
        self.typed = {answer.organisation for answer in answers if answer.place.cell.startswith(LINE)}
        self.converted = any(answer.evidence for answer in answers)
        codes = {answer.organisation for answer in answers}
        self.only = codes.pop() if len(codes) == 1 else ""  # the one organisation that answers

    def is_read(self, words: Words) -> bool:
        """Whether a line was read as the answers it is ("ทต.สอง ยังไม่ได้จัดทำแผน"), or as the unit of figures."""
        if words.names:
            return False
        named = words.denied or self.names.words.names_within(words.line)
        typed = bool(named) and all(code in self.typed for code in self._sure(named))
        return typed or (self.converted and bool(stated_units(words.line)))

    def _sure(self, names: Iterable[str]) -> list[str]:
        return [self.names.sure(name, self.against.own) for name in names]

    def contradicted_by(self, words: Words) -> dict[str, Sequence[str]]:
        """Whom words contradict, and the one question that they name, if it is one."""
        form = self.against.form
        codes = [code for code in self._sure(words.names) if code]
        if self.only and not self.names.words.names_within(words.line) and is_erratum(words.line):
            keys = self._corrected(words.line)
            return {self.only: keys} if keys else {}
        for code in (code for code in self._sure(words.denied) if code in self.ticks):
            spoken = spoken_of(words.line, form, self.ticks[code])
            codes += [code] if all(self.ticks[code][key] for key in spoken) else []
        found: dict[str, Sequence[str]] = {}
        for code in codes:
            found[code] = only_spoken_of(words.line, form, form.by_key) or self._standing(words, code)
        for code in (code for code in self._sure(words.done) if code in self.ticks):
            spoken = [] if NOT_DONE.search(words.line) else spoken_of(words.line, form, self.ticks[code])
            denied = [key for key in spoken if not self.ticks[code][key]]
            if denied:
                found[code] = denied if len(denied) == 1 else ()
        return found

    def _corrected(self, line: str) -> Sequence[str]:
        """The one answer of the only organisation that a line corrects by its words, or by the figure that stands; not one that it bears out."""
        keys = only_spoken_of(line, self.against.form, self.against.form.by_key)
        said = {decimal(figure.replace(",", "")) for figure in _FIGURES.findall(ascii_digits(line))}
        wrong = figure_that_stands(line)
        figures = self.figures.get(self.only, {})
        keys = keys or [key for key, figure in figures.items() if figure == wrong]
        return keys if len(keys) == 1 and (figures.get(keys[0]) not in said or figures[keys[0]] == wrong) else ()

    def _standing(self, words: Words, code: str) -> Sequence[str]:
        """The one answer of a row that has the figure which words of one organisation say to be wrong."""
        wrong = figure_that_stands(words.line) if len(words.names) == 1 else None
        answered = self.figures.get(code, {}).items() if wrong is not None else ()
        keys = [key for key, figure in answered if figure == wrong]
        return keys if len(keys) == 1 else ()


def _contradicted(whose: Organisation, keys: Sequence[str], line: str, form: Form) -> Finding:
    """That a mail's words contradict a row, or the one answer of it that they name."""
    key = keys[0] if keys else ""
    what = f"{whose.printed_name} ช่อง “{heading(form.find(key))}”" if key else whose.printed_name
    return finding(Code.WORDS_CONTRADICT, IN_BODY, shown(line), about=(whose.code, key), organisation=what)
