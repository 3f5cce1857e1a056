"""A wish to change one cell: แก้ไข อบต.ไทรย้อย ช่อง จัดทำประกาศแล้ว เป็น ✓. The mail that confirms it is the answer's source. Pure."""

from bot.office.decision import Decision
from bot.office.letters.notice import Notice
from bot.office.letters.request_and_reminder import shown
from bot.office.letters.word_to_reporter import Reader, word_to
from bot.office.model.recorded_answer import Recorded
from bot.office.model.roster import Contact
from bot.office.rounds.instruction import Done, refused
from bot.office.rules.wish_asked import Asked
from parsers.findings import Place
from parsers.form.question import heading
from parsers.reading import Answer

SOURCE = "ข้อความในอีเมล"  # what stands as the file of an answer that was confirmed in words


def answer_wished(asked: Asked) -> Answer:
    """The answer that the wish gives. Raises ValueError when it lacks its value."""
    wish = asked.wish
    if wish.value is None:
        raise ValueError("a wish to correct has its value")
    return Answer(wish.organisation, wish.question, wish.value, Place(SOURCE))


def held(asked: Asked) -> Recorded | None:
    """What the books hold in that cell."""
    cell = (asked.wish.organisation, asked.wish.question)
    return next((each for each in asked.facts.answers if (each.organisation, each.question) == cell), None)


def sentence(asked: Asked) -> str:
    """What is changed from what to what; begins with the verb."""
    question = asked.circular.form.find(asked.wish.question)
    name = asked.bureau.roster.by_code[asked.wish.organisation].printed_short
    before = held(asked)
    from_what = f"จาก {shown(question, before.value)} " if before else "ซึ่งยังไม่มีข้อมูล "
    return f"แก้ไข {name} ช่อง {heading(question)} {from_what}เป็น {shown(question, asked.wish.value)}"


def refusal(asked: Asked) -> str:
    """Why the cell cannot be changed, in Thai; "" when it can."""
    before = held(asked)
    if why := refused(asked.standing):
        return why
    if asked.wish.organisation in asked.circular.exempt:
        return "หน่วยงานนี้ได้รับยกเว้น จึงไม่นับในรายงาน"
    if before is not None and before.value == asked.wish.value:
        return f"ช่องนี้เป็นค่านี้อยู่แล้ว ตามจดหมายของ {before.sender}"
    return ""


def corrected(asked: Asked) -> Done:
    """Staff change the cell: theirs is the last word on it, and its reporter is told."""
    if why := refusal(asked):
        return Done(why)
    said, contact = sentence(asked), reporter_of(asked)
    told = Notice(
        f"เจ้าหน้าที่แก้ไขข้อมูลของท่าน: {asked.circular.wording.subject}",
        (said, *((f"เหตุผล: {asked.word.why}",) if asked.word.why else ())),
        todo="หากไม่ถูกต้อง โปรดตอบกลับอีเมลฉบับนี้",
    )
    reader = Reader(contact.reporter.key, contact.salutation, contact.reporter.addresses)
    letters = (word_to(reader, asked.circular, f"{asked.word.occasion}-corrected", told),) if reader.to else ()
    decision = Decision(
        outcome="corrected", circular=asked.circular.slug, answers=(answer_wished(asked),), letters=letters
    )
    cautions = ("ส่งรายงานให้ส่วนกลางไปแล้ว รายงานที่ส่งไปยังเป็นค่าเดิม",) if asked.standing.dispatched else ()
    return Done(f"{said} และแจ้ง{contact.reporter.name}" if letters else said, decision, cautions)


def reporter_of(asked: Asked) -> Contact:
    """Who answers for the organisation; itself where nobody does."""
    roster, code = asked.bureau.roster, asked.wish.organisation
    return next((c for c in roster.contacts if code in c.reporter.organisations), None) or roster.contact_for(code)
