"""What stands beside a mail's own form: a table in the mail's body, forms in mails within the mail, words of correction.

Owns how far each of them counts. What disagrees is never decided here: both sides become entries, and the check of
answers asks.
"""

from collections.abc import Iterator, Mapping, Sequence

from parsers.answers.entry import Entry, Gathered
from parsers.answers.row_owners import Against, Names
from parsers.answers.rows import gather
from parsers.circulars.forms_in_files_and_body import Lesser
from parsers.doubts.spoken_of import NOT_DONE, only_spoken_of, spoken_of
from parsers.findings import LAST, Code, Finding, Ordered, Place, finding, shown
from parsers.form.form import Form
from parsers.form.question import heading
from parsers.grid import LINE
from parsers.mail.words.nil_return import IN_BODY
from parsers.mail.words.prose_corrections import Words, corrections
from parsers.reading import Answer, Mail, Organisation
from parsers.tables.model import Found

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


def of_words(mail: Mail, names: Names, against: Against, answers: Sequence[Answer]) -> list[Ordered]:
    """What is said of the words of correction in a mail: the rows they plainly contradict are asked again.

    Words that something is not done contradict a row in which all that they speak of is.
    """
    ticks: dict[str, dict[str, bool]] = {}
    for answer in answers:
        if isinstance(answer.value, bool):
            ticks.setdefault(answer.organisation, {})[answer.question] = answer.value
    made: list[Ordered] = []
    named: set[str] = set()
    typed = {answer.organisation for answer in answers if answer.place.cell.startswith(LINE)}
    for words in corrections(mail.text, mail.subject, names.words):
        if words.denied and not words.names and all(names.sure(name, against.own) in typed for name in words.denied):
            continue  # "ทต.สอง ยังไม่ได้จัดทำแผน" was read as the answer it is
        if words.done:
            made += _said_done(words, (names, against), ticks, named)
            continue
        codes = [code for name in words.names if (code := names.sure(name, against.own))]
        denied = (code for name in words.denied if (code := names.sure(name, against.own)) in ticks)
        codes += [
            code for code in denied if all(ticks[code][key] for key in spoken_of(words.line, against.form, ticks[code]))
        ]
        for code in codes:
            if code not in named:
                keys = only_spoken_of(words.line, against.form, against.form.by_key)
                made.append(((0, 0, 0, 0), _contradicted(names.by_code[code], keys, words.line, against.form)))
        named |= set(codes)
        if not codes:
            made.append(((0, 0, 0, 0), finding(Code.WORDS_NOT_READ, IN_BODY, shown(words.line))))
    return made


def _said_done(
    words: Words, whose: tuple[Names, Against], ticks: Mapping[str, Mapping[str, bool]], named: set[str]
) -> Iterator[Ordered]:
    """The rows that say no of what a mail's words say is done."""
    names, against = whose
    for name in words.done:
        code = names.sure(name, against.own)
        if not code or code not in ticks or code in named or NOT_DONE.search(words.line):
            continue
        denied = [key for key in spoken_of(words.line, against.form, ticks[code]) if not ticks[code][key]]
        if denied:
            keys = denied if len(denied) == 1 else ()
            yield (0, 0, 0, 0), _contradicted(names.by_code[code], keys, words.line, against.form)
            named.add(code)


def _contradicted(whose: Organisation, keys: Sequence[str], line: str, form: Form) -> Finding:
    """That a mail's words contradict a row, or the one answer of it that they name."""
    key = keys[0] if keys else ""
    what = f"{whose.printed_name} ช่อง “{heading(form.find(key))}”" if key else whose.printed_name
    return finding(Code.WORDS_CONTRADICT, IN_BODY, shown(line), about=(whose.code, key), organisation=what)
