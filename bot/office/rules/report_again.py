"""ส่งรายงานให้กรมอีกครั้ง: the report that went goes once more as it was, on ยืนยัน. Pure.

A report of which nobody knows whether it went is ``bot.office.rules.report_in_doubt``'s.
"""

from bot.office.decision import Decision
from bot.office.model.sent_letter import LetterState, Resolution
from bot.office.rounds.instruction import Done
from bot.office.rules.wish_asked import Asked

_GOING = frozenset({LetterState.QUEUED, LetterState.DEFERRED, LetterState.SENDING})


def report_again(asked: Asked) -> Done:
    """The newest report goes to the department once more, under its own Message-ID."""
    fate, circular = asked.facts.report, asked.circular
    if fate is None:
        return Done(f"ยังไม่เคยส่งรายงาน{circular.wording.subject} ให้ส่วนกลาง")
    if fate.state in _GOING:
        return Done("รายงานกำลังรอส่งอยู่แล้ว ระบบจะส่งเอง")
    if not fate.kept:
        return Done("เนื้อหาของรายงานถูกลบออกจากระบบแล้ว จึงส่งซ้ำไม่ได้")
    to = ", ".join(fate.recipients)
    again = Resolution(fate.id, again=True, by=asked.word.by, went=fate.state is LetterState.SENT)
    return Done(
        f"ส่งรายงาน{circular.wording.subject} ฉบับเดิมให้{circular.department.name} ({to}) อีกครั้ง",
        Decision(outcome="report-sent-again", circular=circular.slug, resolutions=(again,)),
    )
