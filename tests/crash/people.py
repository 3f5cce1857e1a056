"""The mails of the crash matrix, and what an onlooker expects of each: its folder, its answer, the values it gives."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime
from functools import cache
from io import BytesIO

import openpyxl

from bot.config.load import shipped_bureau
from bot.documents.form.excel_form import blank_form
from parsers.reading import Reporter

XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STRANGER = "somchai@freemail.example"
KINDS = ("clean",) * 7 + ("faulty", "faulty", "cut", "stranger")
DONE, HELD, UNREADABLE = "Done", "Held", "Unreadable"

Values = dict[tuple[str, str], bool]  # by organisation and question


@dataclass(frozen=True)
class Posted:
    """One mail to the office, with what must become of it."""

    message_id: str
    sender: str
    raw: bytes
    kind: str
    shelf: str
    answered: bool
    values: Values = field(default_factory=dict)


class People:
    """Reporters, organisations that answer for themselves, and a stranger; the same chance gives the same mails."""

    def __init__(self, chance: random.Random, office: str) -> None:
        self._chance = chance
        self._office = office
        bureau = shipped_bureau()
        (self._circular,) = bureau.circulars.values()
        self._roster = bureau.roster
        self._questions = [question.key for question in self._circular.form.question]
        self._names = {name: o.code for o in bureau.roster.organisations for name in (o.official_name, o.short_name)}
        self._declared = [contact.reporter for contact in bureau.roster.contacts]
        self._alone = [reporter for reporter in bureau.roster.reporters if reporter not in self._declared]
        self._form = cache(lambda key: blank_form(self._circular, self._roster, key))

    def mails(self, count: int) -> Iterator[Posted]:
        """``count`` mails in the order in which they are to be delivered."""
        for number in range(count):
            who = self._chance.choice(self._declared if self._chance.random() < 0.4 else self._alone)
            yield self._mail(number, who, self._chance.choice(KINDS))

    def _mail(self, number: int, who: Reporter, kind: str) -> Posted:
        content, values = self._filled(who, faulty=kind == "faulty")
        sender = STRANGER if kind == "stranger" else who.addresses[0]
        if kind == "cut":
            content = content[: len(content) // 2]
        mail = EmailMessage(SMTP)
        mail["From"], mail["To"] = sender, self._office
        mail["Subject"] = f"ส่งแบบรายงาน ครั้งที่ {number + 1}"
        mail["Message-ID"] = f"<crash-{number}@{sender.partition('@')[2]}>"
        mail["Date"] = localtime()
        mail.set_content("เรียน เจ้าหน้าที่\nขอส่งแบบรายงานตามแนบ\n")
        mail.add_attachment(content, maintype="application", subtype=XLSX, filename="แบบรายงาน.xlsx")
        shelf = {"cut": UNREADABLE, "stranger": HELD}.get(kind, DONE)
        counted = values if shelf == DONE else {}
        return Posted(mail["Message-ID"].strip("<>"), sender, mail.as_bytes(), kind, shelf, shelf != HELD, counted)

    def _filled(self, who: Reporter, *, faulty: bool) -> tuple[bytes, Values]:
        """The reporter's form filled in by chance, one cell of it with a question mark when ``faulty``; what it says."""
        book = openpyxl.load_workbook(BytesIO(self._form(who.key)))
        sheet = book.worksheets[0]
        values: Values = {}
        for row in range(1, sheet.max_row + 1):
            code = self._names.get(str(sheet.cell(row, 2).value or ""))
            if code not in who.organisations:
                continue
            done = False
            for at, question in enumerate(self._questions):
                done = self._chance.random() < 0.7 and (done or at % 2 == 0)  # posted online only what was made
                doubtful = faulty and question == self._questions[-1] and code == who.organisations[0]
                sheet.cell(row, 3 + at).value = "?" if doubtful else "✓" if done else "X"
                if not doubtful:
                    values[code, question] = done
        out = BytesIO()
        book.save(out)
        return out.getvalue(), values
