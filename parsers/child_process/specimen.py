"""A mail of our own making with a filled form of each circular: what is read once before any mail is.

Reading keeps what it makes of a form, of a roster's names and of the words that stand in every form; a child that is forked
after this was read has all that, and does not make it anew for its one mail.
"""

from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from itertools import groupby

from parsers.files.mail_shown import mail_shown
from parsers.form.form import Form
from parsers.form.naming import Naming
from parsers.form.question import NUMERIC, Kind, Question
from parsers.formats.excel.specimen import workbook
from parsers.read import read_message
from parsers.reading import Catalogue, Reading

FORMS = 8  # circulars of which a form is read; as many as are open in a busy month
NAMES = 120  # organisations named in the first; a province has up to 334
_NAMED = 12  # in each other
_SENDER = "reader@ruam.example"
_SHEET = [["ลำดับ", "หน่วยงาน", "จำนวน"], ["1", "องค์การบริหารส่วนตำบลตัวอย่าง", "12"]]
_XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def made_of(kept: Catalogue | Naming) -> None:
    """Have all made that reading makes of a catalogue, or showing mails of a naming."""
    if isinstance(kept, Naming):
        mail_shown(_mail(_SENDER, [("แบบรายงาน.xlsx", workbook(_SHEET, {}))]), kept)
    else:
        read_against(kept)


def read_against(catalogue: Catalogue) -> Reading:
    """The specimen's reading, which nobody needs."""
    return read_message(mail(catalogue), catalogue)


def mail(catalogue: Catalogue) -> bytes:
    """A reply with a form of each circular, up to ``FORMS``."""
    sender = next((address for reporter in catalogue.reporters for address in reporter.addresses), _SENDER)
    return _mail(sender, _forms(catalogue))


def _forms(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    for number, (slug, form) in enumerate(list(catalogue.forms.items())[:FORMS]):
        names = [each.official_name for each in catalogue.organisations[: _NAMED if number else NAMES]]
        yield f"แบบรายงาน {slug}.xlsx", workbook(list(_lines(form, names)), {"ruam-form": f"{slug}:"})


def _mail(sender: str, files: Iterable[tuple[str, bytes]]) -> bytes:
    made = EmailMessage(SMTP)
    made["From"], made["To"], made["Subject"] = sender, "office@ruam.example", "Re: ส่งแบบรายงาน"
    made["Message-ID"], made["Date"] = "<specimen@ruam.example>", "Fri, 29 Nov 2024 09:00:00 +0700"
    made.set_content("เรียน เจ้าหน้าที่\nขอส่งแบบรายงานตามแนบ\n")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype=_XLSX, filename=name)
    return made.as_bytes()


def _lines(form: Form, names: list[str]) -> Iterator[list[str]]:
    """The lines of a filled form: its title, headings, one row for each name, its notes."""
    asked = form.table.question
    before = [form.number_label, form.organisation_label, *([form.row_label] if form.row_label else [])]
    yield [form.title]
    yield [*("" for _ in before), *(group for _, same in groupby(asked, _group) for group in _once(list(same)))]
    yield [*before, *(question.label for question in asked)]
    labels = [[row.label] if form.row_label else [] for row in form.rows]
    for number, name in enumerate(names, 1):
        for at, label in enumerate(labels):
            own = ["", ""] if at else [str(number), name]
            yield [*own, *label, *(_answer(question, number) for question in asked)]
    yield [form.as_of_label, "29/11/2567"]
    yield from ([note] for note in form.note)


def _group(question: Question) -> str:
    return question.group


def _once(questions: list[Question]) -> list[str]:
    return [questions[0].group, *("" for _ in questions[1:])]


def _answer(question: Question, number: int) -> str:
    if question.kind is Kind.TICK:
        return "✓" if number % 2 else "X"
    return str(number) if question.kind in NUMERIC else ""
