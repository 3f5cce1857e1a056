"""Whom staff phone: two letters without an answer after the deadline, nobody reached, never heard from a day before."""

import dataclasses
import datetime

import pytest

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.ledger import LedgerEntry
from bot.office.plan.calls import Why, calls, in_lines


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def sent(*days, key="long"):
    return tuple(
        LedgerEntry("w5827", key, f"step-{day}", datetime.date.fromisoformat(f"2024-{day}"), "sent", "") for day in days
    )


def listed(desk, moment, ledger, heard="", gone=()):
    last = {"long": at(heard)} if heard else {}
    standing = dataclasses.replace(desk.standing(), ledger=ledger, last_mail=last, unreachable=gone)
    return [(call.contact.reporter.key, call.why) for call in calls(desk.bureau, [standing], at(moment))]


TWO, THREE = ("11-20", "11-28"), ("11-20", "11-28", "12-02")


@pytest.mark.parametrize(
    ("moment", "days", "heard", "why"),
    [
        ("2024-11-27 09:00", TWO, "", None),  # two working days left
        ("2024-11-28 09:00", TWO, "", Why.NEVER),
        ("2024-11-28 09:00", TWO, "2024-11-21 10:00", None),
        ("2024-12-02 09:00", TWO[:1], "", None),
        ("2024-12-02 09:00", TWO, "", Why.SILENT),
        ("2024-12-02 09:00", TWO, "2024-11-21 10:00", None),  # one letter since it wrote
        ("2024-12-02 09:00", THREE, "2024-11-21 10:00", Why.SILENT),
    ],
)
def test_who_is_phoned_and_why(moment, days, heard, why, desk):
    assert listed(desk, moment, sent(*days), heard) == ([("long", why)] if why else [])


def test_whom_no_letter_reaches_is_phoned_first_and_the_complete_never(desk):
    addresses = desk.bureau.roster.by_key["song"].addresses
    ledger = sent(*TWO) + sent("11-20", key="song")
    found = listed(desk, "2024-12-02 09:00", ledger, gone=frozenset(addresses))
    assert found == [("song", Why.UNREACHABLE), ("long", Why.SILENT)]
    desk.answer_all()
    assert listed(desk, "2024-12-02 09:00", ledger, gone=frozenset(addresses)) == []


def test_a_call_says_number_what_is_missing_and_what_was_tried(desk):
    bureau = desk.bureau
    contacts = tuple(dataclasses.replace(one, phone="0 5458 1234") for one in bureau.roster.contacts)
    bureau = dataclasses.replace(bureau, roster=dataclasses.replace(bureau.roster, contacts=contacts))
    standing = dataclasses.replace(desk.standing(), ledger=sent(*THREE))
    second = dataclasses.replace(standing, circular=standing.circular.model_copy(update={"slug": "w9"}))
    [call] = calls(bureau, [standing, second], at("2024-12-03 09:00"))
    first, *lines = in_lines(bureau, call)
    assert first == "อำเภอลอง โทร. 0 5458 1234: เลยกำหนดแล้ว และไม่ตอบจดหมายที่ส่งไป"
    assert len(lines) == 2
    assert "ยังขาด 11 แห่ง" in lines[0]
    assert "ส่งจดหมายแล้ว 3 ครั้ง ล่าสุดวันที่ ๒๐ พ.ย. ๒๕๖๗, ๒๘ พ.ย. ๒๕๖๗, ๒ ธ.ค. ๒๕๖๗" in lines[0]
    assert in_lines(bureau, call, 1)[-1] == "- และอีก 1 เรื่อง"


def test_who_has_longer_is_not_phoned_before_his_own_day(desk):
    circular = desk.circular
    longer = dataclasses.replace(
        circular.round, extended={"long": at("2024-12-12 16:30")}, given={"long": at("2024-11-25 09:00")}
    )
    standing = dataclasses.replace(
        desk.standing(), circular=circular.model_copy(update={"round": longer}), ledger=sent(*THREE)
    )
    assert calls(desk.bureau, [standing], at("2024-12-03 09:00")) == ()
