"""Files asked for beside a form: who owes one, what counts as another report, and how people are told."""

import dataclasses
import datetime

import pytest

from bot.office.letters.disagreements import contradicted
from bot.office.letters.receipt_and_correction import Received, answer_letter
from bot.office.letters.request_and_reminder import owed_lines
from bot.office.model.asked_files import received_lines
from bot.office.model.bureau import Bureau
from bot.office.model.calendar import Calendar
from bot.office.model.owed import owed_by
from bot.office.model.recorded_answer import Recorded, differing
from bot.office.model.rollup import fingerprint, roll_up
from parsers.findings import Place
from parsers.reading import Answer, FileReading, Mail, MailKind, Outcome, Reading
from tests.documents.drawn import OFFICE, circular_named, recorded

EVERY, ROSTER = circular_named("every")
CODES = ROSTER.by_key["long"].organisations
ONE, TWO = CODES[:2]
WHEN = datetime.datetime(2026, 6, 10, 3, tzinfo=datetime.UTC)
BUREAU = Bureau(OFFICE, ROSTER, {EVERY.slug: EVERY}, Calendar())


def copy(code, name="คำสั่ง.pdf", reporter="long", digest="ab12"):
    return Recorded(code, "file:order", name, 9, "a@x.example", WHEN, "", Place(name), reporter, digest)


def table(*files):
    return roll_up(EVERY, ROSTER, [*recorded(EVERY, ROSTER), *files], (), datetime.date(2026, 6, 20))


def test_an_organisation_is_not_complete_without_a_required_file():
    known = [*recorded(EVERY, ROSTER), copy(ONE)]
    assert owed_by(EVERY, ROSTER, known, [ONE, TWO]) == {TWO: ("file:order",)}  # the plan need not be sent
    rolled = table(copy(ONE))
    assert (rolled.unreported, len(rolled.incomplete), ROSTER.by_code[ONE] in rolled.incomplete) == ((), 83, False)


def test_who_owes_all_owes_all_cells_and_the_file():
    lines = dict(owed_lines(BUREAU, EVERY, owed_by(EVERY, ROSTER, (), [ONE, ROSTER.organisations[0].code])))
    assert set(map(tuple, lines.values())) == {("ทุกช่อง", "ไฟล์สำเนาคำสั่งแต่งตั้งคณะทำงาน")}


def test_another_file_is_another_report_and_two_copies_are_no_disagreement():
    first, other = copy(ONE), copy(ONE, "คำสั่งใหม่.pdf", ONE, "cd34")
    assert len({fingerprint(table(*files)) for files in ((), (first,), (other,))}) == 3
    assert contradicted([first], [other]) == ()
    assert differing([first, other]) == ()
    assert differing([dataclasses.replace(each, question="tons") for each in (first, other)]) != ()


@pytest.mark.parametrize(("answered", "subject"), [(False, "ยังขาดบางรายการ"), (True, "ได้รับรายงานครบถ้วนแล้ว")])
def test_a_mail_of_files_alone_is_receipted_with_the_form_where_it_is_still_owed(answered, subject):
    files = [Answer(code, "file:order", f"คำสั่ง {code}.pdf", Place("a.pdf"), "ab12") for code in CODES]
    mail = Mail(MailKind.OTHER, "m@x", (), "long@x.example", "", (), "Re: [every2569]", WHEN, "ส่งคำสั่งค่ะ")
    read = Reading(
        EVERY.slug, ("token",), "long", known=True, answers=tuple(files),
        files=(FileReading("a.pdf", "pdf", 9, Outcome.REJECTED),), outcome=Outcome.ACCEPTED, mail=mail,
    )  # fmt: skip
    known = [*(recorded(EVERY, ROSTER) if answered else ()), *map(copy, CODES)]
    letter = answer_letter(BUREAU, EVERY, Received("k", WHEN, read, ("long@x.example",)), known)
    assert (letter.kind, subject in letter.subject, len(letter.enclosures)) == ("receipt", True, 0 if answered else 1)
    assert (len(letter.view["received_files"]), bool(letter.view["answered"])) == (len(CODES), answered)


def test_a_reporters_one_file_is_named_once():
    files = [Answer(code, "file:plan", "แผน.pdf", Place("แผน.pdf"), "ab12") for code in CODES]
    assert received_lines(EVERY, ROSTER, files) == ["ไฟล์แผนจัดการขยะของอำเภอ: แผน.pdf"]
