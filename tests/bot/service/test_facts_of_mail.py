"""What a decision is taken from is fetched by the keys that the mail names: the same is decided as from everything."""

import dataclasses
import hashlib

import pytest

from bot.office.letters.enclosures import BlankForm
from bot.office.model.received_mail import Inboxed
from bot.office.rules.decide import decide
from bot.service import facts_of_mail
from tests.field.office_of_paper import DEN_CHAI, SONG, Office, mail


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    for sender, reporter in ((DEN_CHAI, "den-chai"), (SONG, "song")):
        made.take(mail(sender, "ส่งครับ", form=made.filled(reporter)))
    yield made
    made.close()


def test_the_same_is_decided_from_the_answers_of_those_whom_a_mail_concerns(office, monkeypatch):
    """Forms that change something, say the same, or speak of others' organisations, and mails in words."""
    mails = {
        "changed": mail(DEN_CHAI, "แก้ไขครับ", form=office.filled("den-chai", "x")),
        "same": mail(DEN_CHAI, "ส่งครับ", form=office.filled("den-chai")),
        "others": mail(SONG, "ส่งแทนครับ", form=office.filled("den-chai", "x")),
        "words": mail(SONG, "ขอสอบถามเรื่องแบบรายงานครับ"),
        "thanks": mail(SONG, "ขอบคุณครับ"),
        "nil": mail(DEN_CHAI, "ไม่มีข้อมูลที่จะรายงาน"),
        "stranger": mail("who@freemail.example", "ส่งครับ", form=office.filled("song", "x")),
    }
    read, asked = {}, {}
    answers = type(office.house.books).answers

    def counting(books, *wanted, **more):
        found = answers(books, *wanted, **more)
        asked.setdefault(name, len(found))
        return found

    monkeypatch.setattr(type(office.house.books), "answers", counting)
    for name, raw in mails.items():
        read[name] = decided(office, raw)
    few = dict(asked)
    asked.clear()
    monkeypatch.setattr(facts_of_mail, "_concerned", lambda *_: None)
    for name, raw in mails.items():
        assert decided(office, raw) == read[name], name
    assert few["changed"] < asked["changed"]
    assert read["others"].outcome != read["changed"].outcome


def decided(office, raw):
    """The decision; of the answers given to a form, those that are drawn in it."""
    message = Inboxed(999, raw, hashlib.sha256(raw).hexdigest(), office.now, len(raw), oversize=False)
    decision = decide(facts_of_mail.case_of(office.house, message, office.now))

    def drawn(enclosure):
        if not isinstance(enclosure, BlankForm):
            return enclosure
        codes = office.bureau.roster.by_key[enclosure.reporter].organisations
        answers = tuple(answer for answer in enclosure.answers if answer.organisation in codes)
        return dataclasses.replace(enclosure, answers=answers)

    letters = tuple(
        dataclasses.replace(letter, enclosures=tuple(map(drawn, letter.enclosures))) for letter in decision.letters
    )
    return dataclasses.replace(decision, letters=letters)
