"""Replies as districts send them: the real form w5827, filled in. Each differs from every other, none is faulty."""

import random
import re
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime
from io import BytesIO

import openpyxl

from bot.config.load import shipped_bureau
from bot.documents.form.excel_form import blank_form
from bot.office.model.circular import Circular
from bot.office.model.roster import Roster
from parsers.reading import Reporter
from tests.crash.people import XLSX

FIRST_ANSWER = 3  # column, behind number and name


class Filled:
    """The form of one reporter, drawn once; ticks are put into its XML, as filling it in anew is slow."""

    def __init__(self, circular: Circular, roster: Roster, reporter: Reporter) -> None:
        names = {name: o.code for o in roster.organisations for name in (o.official_name, o.short_name)}
        book = openpyxl.load_workbook(BytesIO(blank_form(circular, roster, reporter.key)))
        sheet = book.worksheets[0]
        self._columns = len(circular.form.question)
        rows = [
            row
            for row in range(1, sheet.max_row + 1)
            if names.get(str(sheet.cell(row, 2).value or "")) in reporter.organisations
        ]
        for row in rows:
            for at in range(self._columns):
                sheet.cell(row, FIRST_ANSWER + at).value = f"answer-{row}-{at}"
        out = BytesIO()
        book.save(out)
        with zipfile.ZipFile(out) as packed:
            self._parts = {name: packed.read(name) for name in packed.namelist()}
        self._texts = next(name for name, part in self._parts.items() if b"answer-" in part)
        # The texts that were put in above, to be exchanged for ticks.
        self._between = re.split(r"answer-\d+-\d+", self._parts[self._texts].decode())

    def workbook(self, chance: random.Random) -> bytes:
        """An .xlsx in which each organisation did some of what was asked; posted is only what was made."""
        pieces, done = [self._between[0]], False
        for at, text in enumerate(self._between[1:]):
            done = chance.random() < 0.7 and (done or at % 2 == 0)
            pieces += ["✓" if done else "X", text]
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in self._parts.items():
                packed.writestr(name, "".join(pieces) if name == self._texts else content)
        return out.getvalue()


def replies(count: int, to: str, seed: int = 1) -> Iterator[bytes]:
    """``count`` mails (RFC 5322 bytes) of the districts in turn, some 16 kB each."""
    bureau, chance = shipped_bureau(), random.Random(seed)
    (circular,) = bureau.circulars.values()
    districts = [one.reporter for one in bureau.roster.contacts if len(one.reporter.organisations) > 1]
    forms = [Filled(circular, bureau.roster, one) for one in districts]
    for number in range(count):
        sender = districts[number % len(districts)].addresses[0]
        mail = EmailMessage(SMTP)
        mail["From"], mail["To"] = sender, to
        mail["Subject"] = f"Re: [w5827] ส่งแบบรายงาน ครั้งที่ {number + 1}"
        mail["Message-ID"] = f"<bench-{seed}-{number}@{sender.partition('@')[2]}>"
        mail["Date"] = localtime()
        mail.set_content("เรียน เจ้าหน้าที่\nขอส่งแบบรายงานตามแนบ\n")
        content = forms[number % len(districts)].workbook(chance)
        mail.add_attachment(content, maintype="application", subtype=XLSX, filename="แบบรายงาน.xlsx")
        yield mail.as_bytes()
