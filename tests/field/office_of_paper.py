"""An office at work on real books, with the reader in this process and no servers: mails in, letters out."""

import dataclasses
import datetime
import email
import email.policy
import functools
import io
import itertools
from email.message import EmailMessage

import openpyxl

from bot.documents.form.excel_form import blank_form
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.received_mail import Arrival
from bot.service import clock_tick, handle_mail
from bot.service.context import House
from bot.store.books import Books
from parsers import read
from parsers.blank_form.as_record import PAPERS
from parsers.child_process import tasks
from parsers.child_process.child import MAILED_ROSTER
from tests.setup.shipped import as_shipped

STAFF, DEN_CHAI, SONG = "somsri@phrae.example", "den-chai@district.phrae.example", "song@district.phrae.example"
OFFICE, DEPARTMENT = "office@phrae.example", "dla0810_7@dla.go.th"
SERVER = "mx.phrae.example"
FAILED = {"Authentication-Results": f"{SERVER}; spf=fail smtp.mailfrom=evil.example; dkim=none; dmarc=fail"}

_BEGUN: list[bytes] = []  # the books once the requests are out: the letters take long to make


class Reader:
    """Reads in this process, and makes no marked copies."""

    children = 0  # each mail is read when its turn comes

    def read_message(self, raw, catalogue, circular=None, reporter=None):
        return read.read_message(raw, catalogue, None, circular, reporter)

    def read_mail_papers(self, raw, naming):
        return PAPERS.validate_json(tasks.read_mail_papers(raw, naming))

    def read_mail_roster(self, raw, request):
        return MAILED_ROSTER.validate_json(tasks.read_mail_roster(raw, request))

    def run(self, *_):
        return None


class Office:
    """The shipped office; every mail is decided at once and the clock then ticks."""

    def __init__(self, folder, *, server: str = SERVER) -> None:
        shipped = as_shipped()
        office = dataclasses.replace(shipped.office, address=OFFICE, staff=(STAFF,))
        self.bureau = dataclasses.replace(shipped, office=office)
        if _BEGUN:
            (folder / "books.db").write_bytes(_BEGUN[0])
        self.books = Books.open(f"sqlite:///{folder}/books.db")
        self.house = House(self.bureau, self.books.office("phrae", "x"), Reader(), server)  # type: ignore[arg-type]  # a fake with the one verb that is used
        self.now = datetime.datetime(2024, 11, 27, 9, 0, tzinfo=BANGKOK)
        self.uid = 0
        self._seen = 0
        if not _BEGUN:
            clock_tick.tick(self.house, self.now)
            self.books.close()
            _BEGUN.append((folder / "books.db").read_bytes())
            self.books = Books.open(f"sqlite:///{folder}/books.db")
            self.house = dataclasses.replace(self.house, books=self.books.office("phrae", "x"))
        # Requests and digest: those of every test but the first come from the same books.
        self.first = [_begun(raw) for raw in self._new()]

    def close(self) -> None:
        self.books.close()

    def later(self, **how) -> list[EmailMessage]:
        """Let time pass and the clock tick; the letters that come of it."""
        self.now += datetime.timedelta(**how)
        clock_tick.tick(self.house, self.now)
        return self.letters()

    def take(self, raw: bytes, **how) -> str:
        """Receive and decide one mail, and what it lets in; its outcome. ``letters`` has what was written."""
        self.now += datetime.timedelta(**(how or {"minutes": 1}))
        self.uid += 1
        self.house.books.receive([Arrival("INBOX", 7, self.uid, raw, self.now, len(raw))])
        decision, *_ = handle_mail.work(self.house, self.now)
        clock_tick.tick(self.house, self.now)
        return decision.outcome

    def letters(self) -> list[EmailMessage]:
        """What was queued since this was last asked."""
        return [_parsed(raw) for raw in self._new()]

    def _new(self) -> list[bytes]:
        every = [raw for _, _, raw in self.house.books.export_letters()]
        new, self._seen = every[self._seen :], len(every)
        return new

    def request_to(self, address: str) -> EmailMessage:
        return next(one for one in self.first if one["X-Ruam-Kind"] == "request" and one["To"] == address)

    def filled(self, reporter: str = "den-chai", mark: str = "✓") -> bytes:
        """The form of a reporter, every answer the same."""
        circular, roster = self.bureau.circulars["w5827"], self.bureau.roster
        shipped = as_shipped()
        if circular is shipped.circulars["w5827"] and roster is shipped.roster:
            return _filled_as_shipped(reporter, mark)
        return _filled(blank_form(circular, roster, reporter), mark)

    def answers_of(self, reporter: str) -> list[object]:
        """The values that count of a reporter's organisations."""
        codes = self.bureau.roster.by_key[reporter].organisations
        return [one.value for one in self.house.books.answers("w5827") if one.organisation in codes]


def _parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


_begun = functools.lru_cache(maxsize=50)(_parsed)  # nobody changes a letter with which the round begins


@functools.cache
def _filled_as_shipped(reporter: str, mark: str) -> bytes:
    return _filled(blank_form(as_shipped().circulars["w5827"], as_shipped().roster, reporter), mark)


def _filled(form: bytes, mark: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_col=3):
        named = str(sheet.cell(row[0].row or 0, 2).value or "").startswith(("เทศบาล", "องค์การ"))
        for cell in row:
            if named and not cell.protection.locked:
                cell.value = mark
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_numbers = itertools.count(1)


def mail(
    sender: str,
    text: str,
    *,
    form: bytes | None = None,
    answers: str = "",
    subject: str = "Re: [w5827] report",
    **heads: str,
) -> bytes:
    """A mail to the office; ``heads`` by their names with ``_`` for ``-``."""
    made = EmailMessage(policy=email.policy.SMTP)
    for name, value in heads.items():
        made[name.replace("_", "-")] = value
    made["To"], made["Subject"] = OFFICE, subject
    made["Message-ID"] = f"<{next(_numbers)}@somewhere.example>"
    if answers:
        made["In-Reply-To"] = answers
    made.set_content(text)
    if form:
        made.add_attachment(form, maintype="application", subtype="octet-stream", filename="แบบรายงาน.xlsx")
    return b"From: " + sender.encode() + b"\r\n" + made.as_bytes()


def said(letter: EmailMessage) -> str:
    """A letter's plain text."""
    return letter.get_body(("plain",)).get_content()


def to(address: str, letters) -> list[EmailMessage]:
    """The letters to an address."""
    return [one for one in letters if address in str(one["To"])]
