"""Letters about the life of a round: a new deadline, an exemption, what comes late, an amended report. For ``mails``."""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING

from bot.office.letters.draft_and_report import draft_letter, report_letter
from bot.office.letters.letter import Letter
from bot.office.letters.request_and_reminder import shown
from bot.office.letters.round_letters import asked_again_letter, exemption_letter, extension_letter
from bot.office.model.circular import Circular
from bot.office.model.effective import effective
from bot.office.model.report_draft import Amendment, Change
from bot.office.model.round_change import ChangeKind, RoundChange
from parsers.form.question import heading
from tests.documents.drawn import rollup_of

if TYPE_CHECKING:
    from tests.documents.mails import Round

WHY = "เกิดอุทกภัยในพื้นที่และเจ้าหน้าที่ผู้รับผิดชอบออกปฏิบัติงานช่วยเหลือผู้ประสบภัย ตามหนังสืออำเภอที่แนบ"
CHANGES = 30  # of an amended report; more than its letter lists


def of_the_round(one: Round) -> dict[str, Letter]:
    """By name."""
    about, before = one.bureau, one.circular
    code = one.mine[0].code
    extended, longer = _changed(one, ChangeKind.EXTENDED, one.contact.reporter.key)
    exempted, without = _changed(one, ChangeKind.EXEMPTED, code)
    again = dataclasses.replace(exempted, kind=ChangeKind.ASKED_AGAIN)
    return {
        "extension": extension_letter(about, (before, longer), one.contact, one.standing, extended),
        "exemption": exemption_letter(about, without, one.contact, exempted),
        "asked-again": asked_again_letter(about, before, one.contact, one.standing, again),
        **_amended(one),
    }


def _changed(one: Round, kind: ChangeKind, whom: str) -> tuple[RoundChange, Circular]:
    """A change of the round, and the circular as it holds then."""
    until = one.circular.deadlines.reporters + datetime.timedelta(days=9)
    change = RoundChange(one.circular.slug, kind, one.office.staff[0], one.now, "x", whom, WHY, until=until)
    return change, effective(one.circular, one.roster, (change,))


def _amended(one: Round) -> dict[str, Letter]:
    """The draft and the letter of an amended report, with what changed from the longest words that people write."""
    questions = {question.key: question for question in one.circular.form.question}
    changes = tuple(
        Change(
            one.roster.by_code[answer.organisation].official_name,
            heading(questions[answer.question]),
            "ยังไม่รายงาน" if number % 3 else "อยู่ระหว่างเสนอผู้บริหารลงนาม",
            shown(questions[answer.question], answer.value),
            dataclasses.replace(answer, words=one.words[0].text) if number % 7 else None,
        )
        for number, answer in enumerate(one.known[:CHANGES])
    )
    amendment = Amendment(1, 1, one.now - datetime.timedelta(days=1), changes)
    rollup = dataclasses.replace(rollup_of(one.circular, one.roster), stand=one.stand, amends=amendment)
    draft = dataclasses.replace(one.draft, version=2)
    return {
        "draft-amended": draft_letter(one.bureau, one.standing, rollup, draft, ()),
        "report-amended": report_letter(one.bureau, one.circular, rollup, one.registered),
    }
