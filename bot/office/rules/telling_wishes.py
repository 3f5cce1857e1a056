"""Wishes of staff that change nothing and are answered at once: how it stands, who owes, the words, a form, a reminder or the evidence sent. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.office.decision import Decision
from bot.office.letters.digest import progress
from bot.office.letters.letter import Letter
from bot.office.letters.notice import NOTHING_TO_DO, Notice
from bot.office.model.named_few import named_few
from bot.office.model.owed import owed_by
from bot.office.rules.case import Case
from bot.office.rules.evidence_by_words import send_evidence
from bot.office.rules.said_back import answered, asked_by
from bot.office.rules.sent_at_once import forms, reminders
from bot.office.rules.wish_asked import Asked, merged
from bot.office.rules.words_of_staff import all_words
from bot.office.wishes.wish import Verb, Wish

NAMED = 12  # organisations that a line names


def status(case: Case, asked: Asked) -> Decision:
    """How it stands."""
    return answered(case, "told-status", _status(asked))


def _status(asked: Asked) -> Notice:
    """How many of each reporter's organisations are complete, and the deadline."""
    bureau, circular = asked.bureau, asked.circular
    rows = progress(bureau, asked.standing)
    wanted = {contact.reporter.name for contact in asked.contacts} if asked.wish.reporters else {row[0] for row in rows}
    done, total = sum(row[1] for row in rows), sum(row[2] for row in rows)
    lines = [
        f"{name}: {complete}/{of} แห่ง" + (f" ฉบับล่าสุด {bureau.moment(last)}" if last else " ยังไม่เคยส่ง")
        for name, complete, of, last in rows
        if name in wanted
    ]
    return Notice(
        f"{circular.wording.subject}: ครบแล้ว {done} จาก {total} แห่ง",
        (f"กำหนดส่งของผู้รายงาน {bureau.moment(circular.deadlines.reporters)}", _state(asked)),
        tuple(lines),
        todo=NOTHING_TO_DO,
    )


def _state(asked: Asked) -> str:
    standing = asked.standing
    if asked.circular.closed:
        return f"ปิดรอบแล้วเมื่อวันที่ {asked.bureau.moment(asked.circular.closed)}"
    if standing.dispatched:
        return f"ส่งรายงานให้ส่วนกลางแล้วเมื่อวันที่ {asked.bureau.moment(standing.dispatched)}"
    waits = f"ร่างรายงานฉบับที่ {standing.drafts[-1].version} รอการอนุมัติ" if standing.drafts else "ยังไม่มีร่างรายงาน"
    return f"{waits} กำหนดส่งส่วนกลาง {asked.bureau.moment(asked.circular.deadlines.department)}"


def who_owes(case: Case, asked: Asked) -> Decision:
    """Who still owes something."""
    return answered(case, "told-who-owes", _who_owes(asked))


def _who_owes(asked: Asked) -> Notice:
    """The organisations that still owe something, by who reports for them."""
    bureau, circular = asked.bureau, asked.circular
    owed = owed_by(circular, bureau.roster, asked.standing.known)
    if asked.wish.reporters:
        wanted = {code for contact in asked.contacts for code in contact.reporter.organisations}
        owed = {code: what for code, what in owed.items() if code in wanted}
    lines = []
    for contact in bureau.roster.contacts:
        names = [bureau.roster.by_code[code].printed_short for code in contact.reporter.organisations if code in owed]
        if names:
            lines.append(f"{contact.reporter.name} ({len(names)} แห่ง): {named_few(names, NAMED)}")
    headline = (
        f"{circular.wording.subject}: ยังค้าง {len(owed)} แห่ง" if owed else f"{circular.wording.subject}: ส่งครบทุกแห่งแล้ว"
    )
    todo = "หากต้องการเตือน โปรดพิมพ์ เช่น เตือนอำเภอลองตอนนี้" if owed else NOTHING_TO_DO
    return Notice(headline, (), tuple(lines), todo=todo)


def send_form(case: Case, asked: Asked) -> Decision:
    """The request once more, with its form, in which what is recorded stands already."""
    return _sent(case, asked, "form-sent", forms(asked), "ส่งแบบรายงานอีกครั้งให้")


def remind(case: Case, asked: Asked) -> Decision:
    """A reminder at once to those of them who owe something."""
    letters, steps = reminders(asked)
    return merged(_sent(case, asked, "reminded-now", letters, "ส่งจดหมายเตือนให้"), Decision(ledger=steps))


def _sent(case: Case, asked: Asked, outcome: str, letters: list[Letter], what: str) -> Decision:
    """The letters, and to the writer to whom they go and to whom not."""
    reached = {letter.addressee for letter in letters}
    names = [contact.reporter.name for contact in asked.contacts if contact.reporter.key in reached]
    left = [contact.reporter.name for contact in asked.contacts if contact.reporter.key not in reached]
    owing = outcome == "reminded-now" or asked.wish.owing
    why = "รายงานครบแล้วหรือไม่มีที่อยู่อีเมล" if owing else "ไม่มีที่อยู่อีเมล"
    items = (*(f"ส่งให้ {name}" for name in names), *(f"ไม่ได้ส่งให้ {name} เพราะ{why}" for name in left))
    headline = (
        f"{what}{names[0] if len(names) == 1 else f'ผู้รายงาน {len(names)} ราย'} แล้ว" if names else "ไม่มีจดหมายที่ต้องส่ง"
    )
    told = answered(case, outcome, Notice(headline, (), items, todo=NOTHING_TO_DO))
    return replace(told, letters=(*letters, *told.letters))


def help_with_words(case: Case) -> Decision:
    """The list of the words."""
    content = Notice(
        "คำที่ระบบเข้าใจ",
        ("พิมพ์เป็นประโยคธรรมดาได้ ทั้งในจดหมายใหม่และจดหมายตอบกลับ คำสั่งที่เปลี่ยนแปลงสิ่งใด ระบบจะทวนก่อน และทำเมื่อท่านตอบว่า ยืนยัน",),
        template="words",
        choices=all_words(),
        todo=NOTHING_TO_DO,
    )
    return answered(case, "told-words", content)


TELLS: Mapping[Verb, Callable[[Case, Asked], Decision]] = {
    Verb.STATUS: status,
    Verb.WHO_OWES: who_owes,
    Verb.SEND_FORM: send_form,
    Verb.REMIND: remind,
    Verb.EVIDENCE: send_evidence,
}

TOLD_OF_SEVERAL: Mapping[Verb, Callable[[Asked], Notice]] = {Verb.STATUS: _status, Verb.WHO_OWES: _who_owes}


def told_of_several(case: Case, wish: Wish) -> Decision:
    """The same of each circular that is named, or of all that are open, in one letter."""
    wishes = [replace(wish, circular=slug) for slug in case.facts.told]
    found = [TOLD_OF_SEVERAL[wish.verb](asked) for one in wishes if (asked := asked_by(case, one)) is not None]
    content = Notice(
        " และ ".join(each.headline for each in found),
        tuple(f"{each.headline} {' '.join(each.paragraphs)}".strip() for each in found if each.paragraphs),
        tuple(line for each in found for line in (f"— {each.headline} —", *each.items)),
        todo=next((each.todo for each in found if each.todo != NOTHING_TO_DO), NOTHING_TO_DO),
    )
    return answered(case, f"told-{wish.verb}", content)
