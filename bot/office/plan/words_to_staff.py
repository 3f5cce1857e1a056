"""Words that people wrote to the office, as staff get to read them: by the hour, in the draft, before an approval counts. Pure.

Staff get at most one letter an hour with all that was said meanwhile, the first word at once. The ledger is the memory of
it: a step ``words-7`` says that mail 7 waits to be told, ``told-7`` that it was. So nothing is lost, however much comes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.office.decision import Decision
from bot.office.letters.letter import STAFF, Quote, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.ledger import LedgerEntry
from bot.office.model.received_mail import PlainWords
from bot.office.model.recorded_answer import Recorded
from bot.office.model.report_draft import Draft
from parsers.reading import Mail

WAITS, TOLD, SHOWN = "words-", "told-", "shown-"  # steps of the ledger
NOTICE = "-words"  # end of the occasion of the letter to staff
ANSWERED = "answered-"  # the step by which a mail has its answer
HOW_TO_ANSWER = "เพียงตอบกลับอีเมลฉบับนี้ ระบบจะส่งข้อความของท่านต่อไปยังผู้ถามในนามสำนักงาน"
AT_ONCE = 20  # mails in one letter to staff; the others wait for the next
LONGEST = 1_500  # characters of one mail that staff are shown
EMPTY = "(ไม่มีข้อความ)"


def said_in(mail: Mail) -> str:
    """The sender's own words as staff are shown them: secrets masked, cut at a sensible length."""
    text = mail.text.strip() or EMPTY
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} … (ตัดข้อความ โปรดอ่านทั้งฉบับในกล่องจดหมาย)"


def who(bureau: Bureau, mail: Mail) -> str:
    """A mail in one line: who wrote it, when, about what."""
    when = f" เมื่อวันที่ {bureau.moment(mail.date)}" if mail.date else ""
    return f"{mail.sender_name} <{mail.sender}>{when} เรื่อง {as_written(mail.subject)}".strip()


def waiting(message: int, sender: str, now: datetime) -> LedgerEntry:
    """The step of the ledger by which a mail waits to be told."""
    return LedgerEntry("", STAFF, f"{WAITS}{message}", now.astimezone(BANGKOK).date(), "waiting", sender)


def words_due(bureau: Bureau, untold: Sequence[PlainWords], now: datetime) -> Decision | None:
    """The letter with what waits to be told. The caller sees to it that an hour has passed since the last one."""
    told = untold[:AT_ONCE]
    if not told:
        return None
    more = len(untold) - len(told)
    content = Notice(
        f"มีข้อความจากผู้ส่งอีเมล {len(told)} ฉบับ ที่เจ้าหน้าที่ควรอ่าน",
        (
            "ผู้ส่งเขียนเป็นข้อความ ไม่ใช่แบบรายงาน ระบบจึงไม่ได้บันทึกหรือแก้ไขตัวเลขใดตามข้อความ และข้อความเหล่านี้ยังไม่มีผู้ตอบ",
            HOW_TO_ANSWER
            if len(told) == 1
            else f"{HOW_TO_ANSWER} โดยขึ้นต้นว่า ตอบ ตามด้วยหมายเลขของข้อความ เช่น ตอบ {told[0].id} ครั้งละหนึ่งข้อความ",
            *((f"ยังมีอีก {more} ฉบับ ระบบจะแจ้งในชั่วโมงถัดไป",) if more else ()),
        ),
        todo="โปรดอ่านและตอบผู้ส่ง",
        quotes=quotes_of(bureau, told),
    )
    occasion = f"{'+'.join(str(each.id) for each in told)}{NOTICE}"
    today = now.astimezone(BANGKOK).date()
    steps = tuple(LedgerEntry("", STAFF, f"{TOLD}{each.id}", today, "sent", each.sender) for each in told)
    return Decision(outcome="words-told", letters=(notice(bureau, "", occasion, content),), ledger=steps)


def told_in(occasion: str) -> tuple[int, ...]:
    """The mails that a letter to staff told of, by its occasion."""
    names = occasion.removesuffix(NOTICE).split("+")
    return (
        tuple(int(name) for name in names if name.isdecimal() and name.isascii()) if occasion.endswith(NOTICE) else ()
    )


def quotes_of(bureau: Bureau, words: Iterable[PlainWords]) -> tuple[Quote, ...]:
    """Mails as staff are shown them, the same words of the same sender once."""
    grouped: dict[tuple[str, str], list[PlainWords]] = {}
    for each in words:
        grouped.setdefault((each.sender, each.text), []).append(each)
    return tuple(_quote(bureau, same) for same in grouped.values())


def _quote(bureau: Bureau, same: Sequence[PlainWords]) -> Quote:
    first = same[0]
    reporter = bureau.roster.by_key.get(first.reporter)
    whose = f"{reporter.name} " if reporter else ""
    again = f" (ข้อความเดียวกัน {len(same)} ฉบับ)" if len(same) > 1 else ""
    numbers = ", ".join(str(each.id) for each in same)
    head = f"หมายเลข {numbers} {whose}<{first.sender or 'ไม่ทราบผู้ส่ง'}> เมื่อวันที่ {bureau.moment(first.received)} เรื่อง {as_written(first.subject or '-')}{again}"
    return Quote(head, first.text)


def unanswered(words: Iterable[PlainWords], known: Iterable[Recorded]) -> tuple[PlainWords, ...]:
    """Words of reporters who have sent no report since: their figures may not be what they mean."""
    latest: dict[str, datetime] = {}
    for answer in known:
        latest[answer.reporter] = max(latest.get(answer.reporter, answer.received), answer.received)
    return tuple(
        each for each in words if each.reporter and not latest.get(each.reporter, each.received) > each.received
    )


def unseen(
    words: Iterable[PlainWords], known: Iterable[Recorded], draft: Draft, seen: frozenset[str]
) -> list[PlainWords]:
    """Words that came after a draft was made and that nobody was shown before approving it."""
    later = (each for each in unanswered(words, known) if each.heard > draft.made)
    return [each for each in later if _shown_step(draft, each) not in seen]


def shown(draft: Draft, words: PlainWords, now: datetime) -> LedgerEntry:
    """The step of the ledger by which staff were shown these words when they approved this draft."""
    today = now.astimezone(BANGKOK).date()
    return LedgerEntry(draft.circular, STAFF, _shown_step(draft, words), today, "sent", words.sender)


def _shown_step(draft: Draft, words: PlainWords) -> str:
    return f"{SHOWN}v{draft.version}-{words.id}"


def words_first(bureau: Bureau, words: Sequence[PlainWords]) -> Notice:
    """Why an approval waits: there are words that its giver may not know. Given once more, it holds."""
    return Notice(
        "ยังไม่ได้ส่งรายงาน เพราะมีข้อความจากผู้รายงานหลังจัดทำร่าง",
        (
            "หลังจากจัดทำร่างที่ท่านอนุมัติ ผู้รายงานส่งข้อความต่อไปนี้มา ข้อความเหล่านี้ไม่มีผลต่อตัวเลขในร่าง",
            "หากอ่านแล้วยังเห็นชอบให้ส่งตามร่างเดิม โปรดตอบกลับจดหมายร่างรายงานด้วยคำว่า อนุมัติ อีกครั้ง",
            "หากต้องแก้ไข โปรดให้ผู้รายงานส่งแบบรายงานที่แก้ไขแล้วเข้ามาใหม่ ระบบจะจัดทำร่างใหม่ให้ตรวจ",
        ),
        todo="โปรดอ่านข้อความด้านล่าง แล้วอนุมัติอีกครั้งหากเห็นชอบ",
        quotes=quotes_of(bureau, words),
    )
