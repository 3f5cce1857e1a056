"""The amended report (รายงานแก้ไขเพิ่มเติม): what changed since the report that the department has, and how it is called. Pure."""

from collections.abc import Iterator

from bot.office.letters.request_and_reminder import shown
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.letter_number import numbered
from bot.office.model.office import Office
from bot.office.model.report_draft import Amendment, Change
from bot.office.model.rollup import Line, Rollup
from parsers.form.question import Kind, Question, heading
from parsers.thai.dates import thai_date

REPORT = "report"
NOT_ASKED, NO_WORDS, NO_FILE = "ไม่ต้องรายงาน", "ไม่มีข้อความ", "ยังไม่ได้รับ"


def called(amendment: Amendment | None) -> str:
    """What the report is called before its subject: ``รายงาน`` or ``รายงานแก้ไขเพิ่มเติม ครั้งที่ 1 ``."""
    return f"รายงานแก้ไขเพิ่มเติม ครั้งที่ {amendment.number} " if amendment else "รายงาน"


def occasion(amendment: Amendment | None) -> str:
    """The occasion of the report's letter to the department."""
    return f"{REPORT}-{amendment.number}" if amendment else REPORT


def amended_number(said: str) -> int:
    """Which amended report the letter of an occasion is; 0 for the first report."""
    number = said.removeprefix(f"{REPORT}-")
    return int(number) if number != said and number.isdecimal() else 0


def report_before(office: Office, amendment: Amendment) -> str:
    """Against which report it is: its letter's number and day where staff gave them, else the day on which it went."""
    which = f"รายงานแก้ไขเพิ่มเติม ครั้งที่ {amendment.number - 1}" if amendment.number > 1 else "รายงาน"
    cover = amendment.cover
    if cover and cover.dated:
        return f"หนังสือ{office.area} {numbered(office, cover.number, cover.dated)}"
    return f"{which}ของ{office.area} ฉบับที่ส่งเมื่อวันที่ {_day(office, amendment)}"


def _day(office: Office, amendment: Amendment) -> str:
    return thai_date(amendment.sent.astimezone(BANGKOK).date(), office.digits)


def changes_of(bureau: Bureau, circular: Circular, before: Rollup, now: Rollup) -> tuple[Change, ...]:
    """Every figure, remark and file that differs, in the order of the lines. What we compute follows from the others."""
    return (
        *_figures(circular, before, now),
        *_remarks(bureau, circular, before, now),
        *_files(before, now),
    )


def _figures(circular: Circular, before: Rollup, now: Rollup) -> Iterator[Change]:
    earlier = {line.organisation.code: line for line in before.lines}
    for line in now.lines:
        then = earlier.get(line.organisation.code)
        for question in circular.form.question:
            was = then.values.get(question.key) if then else None
            if question.kind is Kind.COMPUTED or was == line.values.get(question.key):
                continue
            earlier_value = _shown(circular, question, then) if then else shown(question, None)
            said = line.answers.get(question.key)
            name, what = line.organisation.printed_name, heading(question)
            quoted = question.kind is Kind.TEXT
            yield Change(name, what, earlier_value, _shown(circular, question, line), said, quoted=quoted)


def _shown(circular: Circular, question: Question, line: Line) -> str:
    value = line.values.get(question.key)
    unasked = value is None and circular.form.is_asked(question, line.organisation.type, line.values) is False
    return NOT_ASKED if unasked else shown(question, value)


def _remarks(bureau: Bureau, circular: Circular, before: Rollup, now: Rollup) -> Iterator[Change]:
    then, since = ({(r.key, r.reporter): r for r in each.remarks} for each in (before, now))
    labels = {remark.key: remark.label for remark in circular.form.remark}
    for key in dict.fromkeys((*since, *then)):
        was, said = then.get(key), since.get(key)
        earlier, text = (each.text if each else NO_WORDS for each in (was, said))
        if earlier != text:
            reporter = bureau.roster.by_key.get(key[1])
            whose = reporter.name if reporter else key[1]
            yield Change(whose, labels.get(key[0], key[0]), earlier, text, said, quoted=True)


def _files(before: Rollup, now: Rollup) -> Iterator[Change]:
    then = {(line.organisation.code, line.asked.key): line.given for line in before.files}
    for line in now.files:
        was, given = then.get((line.organisation.code, line.asked.key)), line.given
        if (was.evidence if was else "") != (given.evidence if given else ""):
            earlier, name = (str(each.value) if each else NO_FILE for each in (was, given))
            yield Change(line.organisation.printed_name, line.asked.label, earlier, name, given, quoted=True)
