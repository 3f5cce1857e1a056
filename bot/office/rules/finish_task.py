"""A staff reply of เสร็จ: a wish of the department is done. Pure.

It answers the notice that told of the wish, or any letter to staff with the wish's number; in answer to the notice other words
of a closed list do as well, where nothing beside them leaves it open: ส่งไฟล์ให้กรมแล้วค่ะ. Forged ones finish nothing.
"""

import re

from bot.office.decision import Decision, Facts
from bot.office.letters.letter import STAFF, as_written
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.model.received_mail import MessageState
from bot.office.model.task import Done, Task
from bot.office.rules.case import Case
from bot.office.rules.commands import done_in
from bot.office.rules.occasions import DEPARTMENT_WORDS
from bot.office.rules.report_in_doubt import disbelieved
from bot.office.wishes.awaited import whole_answer
from bot.office.wishes.awaited_words import POLITE
from bot.office.wishes.lines import own_lines
from bot.office.wishes.spelling import loose_words, loosened, plain
from parsers.mail.words.known_words import is_made_of
from parsers.reading import MACHINE_MADE, Mail

_DONE = loose_words("""
เสร็จแล้ว เรียบร้อย เรียบร้อยแล้ว ดำเนินการแล้ว ดำเนินการให้แล้ว ดำเนินการครบแล้ว ดำเนินการเรียบร้อยแล้ว จัดการแล้ว จัดการให้แล้ว จัดการเรียบร้อยแล้ว ทำแล้ว ทำให้แล้ว
ส่งแล้ว ส่งไปแล้ว ส่งให้แล้ว ส่งไฟล์แล้ว ส่งไฟล์ไปแล้ว ส่งไฟล์ให้แล้ว ส่งกรมแล้ว ส่งกรมไปแล้ว ส่งให้กรมแล้ว ส่งไฟล์ให้กรมแล้ว จัดส่งแล้ว จัดส่งให้แล้ว จัดส่งกรมแล้ว ครบแล้ว ครบถ้วนแล้ว ตอบแล้ว ตอบไปแล้ว ตอบกรมแล้ว
ตอบกรมไปแล้ว แจ้งแล้ว แจ้งไปแล้ว แจ้งกรมแล้ว เรื่องนี้จบ จบแล้ว ถือว่าจบ ถือว่าจบเรื่องนี้ได้ จบเรื่องนี้ได้ ปิดเรื่องนี้ได้ ปิดเรื่องได้ ปิดเรื่องไปได้ ปิดงานได้ done finished
""")
_AROUND = loose_words("""
เรื่องนี้ เรื่องที่กรมขอ ตามที่กรมขอ ตามที่ขอ ที่กรมขอ ที่ขอ กรม ให้กรม ส่ง ส่งไฟล์ ส่งไฟล์แก้ ไฟล์ ไฟล์แก้ ไฟล์แก้ไข ฉบับแก้ไข excel เอกสาร ข้อมูล ทางไลน์กลุ่ม ทางไลน์ ทางเมล ทางอีเมล ไป ให้ ครบ ครบถ้วน แล้ว
เมื่อเช้า เมื่อวาน เมื่อกี้ เมื่อครู่ วันนี้ เช้านี้ บ่ายนี้ ตั้งแต่เช้า พี่ ดำเนินการ จัดการ
""")
_LONGEST = 200  # characters; who writes more tells a story
# "รบกวนด้วยค่ะ", "ที่กรมขอ", "ขอบคุณที่เตือน": say nothing of what is left.
_POLITELY = re.compile(r"รบกวนด้วย(?:นะ|ค่ะ|คะ|ครับ){0,2}|ที่(?:กรม)?ขอ(?:มา)?|ขอบ(?:พระ)?คุณ(?:ที่(?:เตือน|แจ้ง))?")
# Beside such words these say that it is not done, or not all of it.
_LEFT_OPEN = re.compile(
    r"ไม่(?!ต้อง|มีอะไร)|ยัง|แต่(?!ง)|ถ้า|หาก|รอ(?![งบ])|เดี๋ยว|จะ|ก่อน|ไหม|มั้ย|\?|หรือ|ค่อย|พรุ่งนี้|บาง|เหลือ|ขาด|อีก|ขอ(?!บ|ง)|ช่วย|รบกวน|ฝาก|ผิดพลาด|คิดว่า|น่า"
)


def tasks_meant(mail: Mail, facts: Facts) -> tuple[int, ...] | None:
    """The numbers of the tasks that a staff mail says are done, none where it names none; None: it says no such thing."""
    numbers = done_in(mail.text)
    ours = [letter for letter in facts.answered if letter.addressee == STAFF]
    asked = [each.occasioned_by for each in ours if each.occasion.endswith(DEPARTMENT_WORDS) and each.occasioned_by]
    if numbers is None and asked and _says_done(mail):
        numbers = ()
    return numbers or tuple(asked[:1]) if numbers is not None and ours else None


def _says_done(mail: Mail) -> bool:
    """Whether a mail's words say that it is done: all of them, or some between blanks and the rest leaves nothing open."""
    if whole_answer(mail.text, (_AROUND, _DONE), (mail.sender_name,)):
        return True
    said = _POLITELY.sub(" ", plain(" ".join(own_lines(mail.text))))
    outright = any(is_made_of(loosened(part).key, (*_AROUND, *POLITE), _DONE) for part in said.split())
    return outright and len(said) <= _LONGEST and not _LEFT_OPEN.search(said)


def finish_task(case: Case) -> Decision | None:
    """What the reply brings about, and the answer to it."""
    mail, facts = case.mail, case.facts
    meant = tasks_meant(mail, facts) if mail.kind not in MACHINE_MADE else None
    if meant is None or facts.seen_before or case.message.vouched_by:
        return None
    if case.disowned:
        return disbelieved(case.bureau, facts.slug, case.key)
    still = [task for task in facts.tasks if task.done is None]
    letter = notice(case.bureau, facts.slug, case.key, _answer(still, facts, meant), mail)
    outcome = "task-done" if still else "no-task-to-finish"
    done = tuple(Done(task.message, mail.sender) for task in still)
    return Decision(MessageState.DECIDED, outcome, circular=facts.slug, letters=(letter,), done=done)


def _answer(still: list[Task], facts: Facts, meant: tuple[int, ...]) -> Notice:
    """What is done now, what was done before, and numbers that are no task's."""
    known = {task.message: task for task in facts.tasks}
    items = [f"เรื่องที่ {task.message} {line_of(task)}: บันทึกว่าเสร็จแล้ว" for task in still]
    items += [f"เรื่องที่ {task.message}: {task.by} แจ้งว่าเสร็จไปก่อนแล้ว" for task in facts.tasks if task.done is not None]
    items += [f"เรื่องที่ {number}: ไม่มีเรื่องที่ส่วนกลางขอหมายเลขนี้" for number in meant if number not in known]
    if still:
        return Notice(f"บันทึกว่าดำเนินการตามที่ส่วนกลางขอเสร็จแล้ว {len(still)} เรื่อง", (), tuple(items), todo=NOTHING_TO_DO)
    how = "โปรดตอบกลับด้วยคำว่า เสร็จ ตามด้วยหมายเลขของเรื่อง เช่น เสร็จ 17 หมายเลขอยู่ในสรุปประจำวัน"
    return Notice("ยังไม่ได้บันทึกว่าเรื่องใดเสร็จ", (how,), tuple(items))


def line_of(task: Task) -> str:
    """A task in one line: who asked, about what."""
    return f"{task.sender} เรื่อง {as_written(task.subject or 'ไม่มีชื่อเรื่อง')}"
