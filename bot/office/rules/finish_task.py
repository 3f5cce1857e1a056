"""A staff reply of เสร็จ: a wish of the department is done. Pure.

It answers the notice that told of the wish, or any letter to staff with the wish's number; forged ones finish nothing.
"""

from bot.office.decision import Decision, Facts
from bot.office.letters.letter import STAFF, as_written
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.model.received_mail import MessageState
from bot.office.model.task import Done, Task
from bot.office.rules.case import Case
from bot.office.rules.commands import done_in
from bot.office.rules.occasions import DEPARTMENT_WORDS
from bot.office.rules.report_in_doubt import disbelieved
from parsers.reading import MACHINE_MADE, Mail


def tasks_meant(mail: Mail, facts: Facts) -> tuple[int, ...] | None:
    """The numbers of the tasks that a staff mail says are done, none where it names none; None: it says no such thing."""
    numbers = done_in(mail.text)
    ours = [letter for letter in facts.answered if letter.addressee == STAFF]
    if numbers is None or not ours:
        return None
    asked = [each.occasioned_by for each in ours if each.occasion.endswith(DEPARTMENT_WORDS) and each.occasioned_by]
    return numbers or tuple(asked[:1])


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
