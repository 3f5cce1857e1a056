"""What staff write in answer to somebody's words goes on to him, under the office's address, and into the record. Pure."""

import re

from bot.office.decision import Decision, Facts
from bot.office.letters.letter import STAFF, Quote
from bot.office.letters.notice import NOTHING_TO_DO, Notice
from bot.office.letters.word_to_reporter import Reader, word_to
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.ledger import LedgerEntry
from bot.office.model.received_mail import Asker, Verdict
from bot.office.plan.words_to_staff import ANSWERED, LONGEST, told_in
from bot.office.rules.case import Case
from bot.office.rules.changing_wishes import CHANGES
from bot.office.rules.said_back import answered
from bot.office.wishes.grammar import Understood
from bot.office.wishes.wish import Verb
from parsers.reading import Mail
from parsers.thai.text import ascii_digits

_LOOKED_AT = 200  # characters at the beginning
_SHORT = 35  # characters of what asks the desk itself; "ต้องกรอกค่ะ ขอให้ดูคู่มือหน้า 3 ก่อน" answers, though คู่มือ asks for help
# "ตอบ 7 ส่งเป็น PDF ได้ค่ะ", "ตอบ ๗: …": which of several is answered.
_NUMBERED = re.compile(r"ตอบ\s?(?:ข้อความ)?\s?(?:หมายเลข|ที่)?\s?(\d{1,9})(?!\d)\s?[:.]?\s?")

# "อย่าเพิ่งบอกอะไรเขา", "ขอโทรถามกรมก่อน", "เดี๋ยวดูให้": said to the desk or to nobody, and no answer yet.
_NOT_YET = re.compile(
    r"(?:อย่า(?:เพิ่ง|พึ่ง)?|ยังไม่ต้อง|ไม่ต้อง)\s?(?:บอก|ตอบ|แจ้ง|ส่ง)(?:อะไร)?\s?(?:เขา|เค้า|ไป|ใคร|ผู้ถาม|อำเภอ|กลับ|$|\s)"
    r"|(?:ขอ|เดี๋ยว|ต้อง|รอ)\S{0,12}?(?:ถาม|เช็ค|เช็ก|หารือ|ปรึกษา|คุย|ดู|คิด)\S{0,30}?(?:ก่อน|ให้)(?:นะ|ครับ|ค่ะ|คะ|จ้า|\s|$)"
)


def words_answered(mail: Mail, facts: Facts) -> tuple[int, ...]:
    """The mails whose words a staff mail may answer: those of the letter answered, or the one that it names of them."""
    told = next((numbers for letter in facts.answered if (numbers := told_in(letter.occasion))), ())
    named = _NUMBERED.match(ascii_digits(mail.text[:_LOOKED_AT]))
    return tuple(number for number in told if number == int(named[1])) if named else told


def relayed(case: Case) -> Decision | None:
    """A staff mail in answer to a letter that told of somebody's words."""
    told = words_answered(case.mail, case.facts) if case.may_wish and not case.disowned else ()
    named = _NUMBERED.match(ascii_digits(case.mail.text[:_LOOKED_AT]))
    text = case.mail.text[named.end() :].strip() if named else case.mail.text.strip()
    if not told or not text or _is_command(case.understood, text):
        return None
    if not named and _NOT_YET.search(text[:_LOOKED_AT]):
        content = Notice(
            "ยังไม่ได้ส่งข้อความของท่านถึงผู้ถาม เพราะอาจยังไม่ใช่คำตอบ",
            (
                f"หากต้องการให้ระบบส่งข้อความต่อ โปรดตอบใหม่โดยขึ้นต้นว่า ตอบ ตามด้วยหมายเลขและคำตอบ เช่น ตอบ {told[0]} ส่งเป็นไฟล์ Word ได้",
            ),
            todo="หากยังไม่ต้องการตอบ ไม่ต้องทำอะไร ระบบจะรอคำตอบของท่าน",
        )
        return answered(case, "no-answer-yet", content)
    if len(told) > 1:
        content = Notice(
            "ยังไม่ได้ส่งคำตอบของท่าน เพราะจดหมายนั้นมีข้อความของผู้ส่งหลายราย",
            (f"โปรดตอบใหม่โดยขึ้นต้นว่า ตอบ ตามด้วยหมายเลขของข้อความ เช่น ตอบ {told[0]}",),
            todo="โปรดระบุหมายเลข",
        )
        return answered(case, "which-words", content)
    asker = case.facts.asker
    if asker is None or not asker.sender or asker.verdict.startswith(Verdict.FAIL):
        why = "ระบบไม่แน่ใจว่าผู้ส่งเป็นใคร จึงไม่ส่งต่อให้ โปรดตอบผู้ส่งด้วยตนเอง"
        return answered(case, "not-relayed", Notice("ยังไม่ได้ส่งคำตอบของท่าน", (why,), todo="โปรดตอบด้วยตนเอง"))
    return _passed_on(case, asker, text)


def _is_command(found: Understood, text: str) -> bool:
    """Whether the text asks something of the bot and nobody else: whole, plain, and naming what it is about."""
    wish = found.wish
    if wish is None or not found.plain or wish.lacks or found.rest:
        return False
    named = wish.reporters or wish.organisation or wish.address
    telling = wish.verb in {Verb.STATUS, Verb.WHO_OWES, Verb.HELP, Verb.SIGN_IN}
    return (telling and len(text) <= _SHORT) or bool(named and wish.verb in {*CHANGES, Verb.REMIND, Verb.SEND_FORM})


def _passed_on(case: Case, asker: Asker, text: str) -> Decision:
    bureau = case.bureau
    reporter = bureau.roster.by_key.get(asker.reporter)
    salutation = bureau.roster.contact_for(reporter.key).salutation if reporter else "ผู้สอบถาม"
    content = Notice(
        "คำตอบจากเจ้าหน้าที่",
        (f"{bureau.office.name}ขอตอบข้อความที่ท่านส่งมา ดังนี้", text),
        quotes=(Quote("ข้อความของท่าน", asker.why[:LONGEST]),),
    )
    reader = Reader(asker.reporter or asker.sender, salutation, (asker.sender,))
    question = Mail(case.mail.kind, asker.message_id, (), asker.sender, "", (), asker.subject, None, "")
    letter = word_to(reader, bureau.circulars.get(asker.circular), f"{case.key}-answer", content, question)
    told = answered(case, "relayed", Notice(f"ส่งคำตอบของท่านถึง {asker.sender} แล้ว", (), (text,), todo=NOTHING_TO_DO))
    step = LedgerEntry(
        "", STAFF, f"{ANSWERED}{asker.id}", case.now.astimezone(BANGKOK).date(), "sent", case.mail.sender
    )
    return Decision(
        told.state, "relayed", text, circular=asker.circular, letters=(letter, *told.letters), ledger=(step,)
    )
