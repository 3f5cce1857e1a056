"""One district gets longer in the middle of a round, on the whole road: its letters name the new day, the others' do not."""

import datetime
import email
import email.policy
from io import BytesIO

import openpyxl
import pytest

from bot.cli import round as commands
from tests.road.conftest import BANGKOK, ROOT

LONG, SONG = "long@amphoe.example", "song@amphoe.example"
OLD, NEW = "๒๙ พฤศจิกายน ๒๕๖๗", "๑๒ ธันวาคม ๒๕๖๗"

pytestmark = pytest.mark.timeout(180)


def told(raw):
    """Kind and text of a letter."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    return str(mail["X-Ruam-Kind"]), mail.get_body(("plain",)).get_content()


def deadline_in(form):
    sheet = openpyxl.load_workbook(BytesIO(form)).worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows(max_row=12) for cell in row if cell.value]
    return [day for day in (OLD, NEW) if any(day in text for text in texts)]


def without_one(form):
    """The filled form with one answer left out."""
    book = openpyxl.load_workbook(BytesIO(form))
    next(
        cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "✓" and cell.row > 8
    ).value = None
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_one_district_is_extended_in_the_middle(post_office, embedded_office, clerk, letters, monkeypatch):
    office = embedded_office
    office.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    for moment in ("2024-11-20T08:30", "2024-11-22T09:00"):
        office.ruam("once", "--at", moment)
    given_at = datetime.datetime(2024, 11, 25, 10, 0, tzinfo=BANGKOK)
    monkeypatch.setattr(commands, "bangkok_now", lambda: given_at)
    said = office.ruam("extend", "w5827", "ลอง", "--until", "2567-12-12", "--because", "น้ำท่วม", "--by", "สมศรี").stdout
    assert "กำหนดใหม่เลยกำหนดส่งส่วนกลาง" in said
    days = ("11-25T10:01", "11-27T09:00", "11-28T09:00", "12-02T09:00", "12-03T09:00", "12-04T09:00", "12-09T09:00")
    for day in days:
        office.ruam("once", "--at", f"2024-{day}")
    mine, theirs = ([told(raw) for raw in post_office.inbox_of(address)] for address in (LONG, SONG))
    # 5 and 10 December are holidays: five working days before the 12th is the 4th, two before it the 9th.
    assert [kind for kind, _ in mine] == ["request", "reminder", "extension", "reminder", "reminder"]
    assert [(OLD in text, NEW in text) for _, text in mine] == [(True, False)] * 2 + [(True, True)] + [
        (False, True)
    ] * 2
    assert "น้ำท่วม" in mine[2][1]
    assert not any("เลยกำหนด" in text for _, text in mine)
    assert {kind for kind, _ in theirs} == {"request", "reminder"}
    assert not any(NEW in text for _, text in theirs)
    assert [("เลยกำหนดแล้ว" in text) for _, text in theirs] == [False] * 4 + [True] * 4

    person = clerk(LONG)
    letter = post_office.inbox_of(LONG)[2]
    form = letters.enclosure(letter)
    assert deadline_in(form) == [NEW]
    partly = without_one(person.filled(form))
    post_office.deliver(person.reply(letter, "ส่งรายงาน", partly), LONG, "office+w5827@phrae.example")
    office.ruam("once", "--at", "2024-12-10T09:30")
    kind, text = told(post_office.inbox_of(LONG)[-1])
    assert kind == "correction"
    assert NEW in text
    assert OLD not in text

    digest = next(
        text for kind, text in reversed([told(r) for r in post_office.inbox_of(office.staff)]) if kind == "digest"
    )
    assert "เลื่อนกำหนด: อำเภอลอง ถึง" in digest
    status = office.ruam("status", "w5827").stdout
    assert "drafted" in status
