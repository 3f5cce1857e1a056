"""What staff ask for in words: what only tells is done at once, what changes something is said back. Pure.

What is not said plainly, or lacks something, is asked after; what is not understood gets the nearest words and the list.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.office.decision import Decision
from bot.office.letters.notice import Notice
from bot.office.model.circular import Circular
from bot.office.rules.case import Case
from bot.office.rules.changing_wishes import CHANGES, outcome_of
from bot.office.rules.said_back import answered, asked_by, say_back
from bot.office.rules.sign_in_by_words import link_by_mail
from bot.office.rules.telling_wishes import TELLS, TOLD_OF_SEVERAL, help_with_words, told_of_several
from bot.office.rules.wish_asked import Asked
from bot.office.rules.words_of_staff import EXAMPLES, words_for
from bot.office.wishes.grammar import Understood
from bot.office.wishes.lines import parts_of
from bot.office.wishes.wish import Lack, Verb, Wish
from parsers.form.question import heading

FEWEST = 15  # questions of a form that an answer lists
# Only likely, and told of a state in which the round is not: another thing was meant.
_OF_A_STATE = frozenset(
    {Verb.CLOSE, Verb.REOPEN, Verb.LIFT, Verb.REMIND_AGAIN, Verb.WORK_DAY, Verb.DECLINE, Verb.RESEND}
)
_LACKS = {
    Lack.WHOM: "ไม่ทราบว่าหมายถึงผู้รายงานใด โปรดระบุชื่ออำเภอหรือหน่วยงานตามทะเบียน",
    Lack.ORGANISATION: "ไม่ทราบว่าหมายถึงหน่วยงานใด โปรดระบุชื่อตามทะเบียน เช่น อบต.ไทรย้อย",
    Lack.QUESTION: "ไม่ทราบว่าหมายถึงช่องใด โปรดพิมพ์ชื่อช่องตามแบบรายงาน",
    Lack.VALUE: "อ่านค่าที่จะแก้เป็นไม่ได้ โปรดพิมพ์ค่าตามที่กรอกในแบบรายงาน",
    Lack.UNTIL: "ไม่ทราบว่าเลื่อนถึงวันใด โปรดระบุวันที่ เช่น ถึง ๑๒ ธันวาคม ๒๕๖๗",
    Lack.DAY: "ไม่ทราบว่าหมายถึงวันใด โปรดระบุวันที่ เช่น ๓๐ ธันวาคม ๒๕๖๗",
    Lack.ADDRESS: "ไม่พบที่อยู่อีเมลในข้อความ โปรดพิมพ์ที่อยู่ให้ครบ",
    Lack.NOW: "ระบบส่งจดหมายเตือนได้ทันทีเท่านั้น ยังไม่รับคำสั่งล่วงหน้า โปรดสั่งใหม่เมื่อถึงเวลา หรือสั่งให้เตือนตอนนี้",
    Lack.LIMIT: "คำสั่งนี้กำหนดวันหรือช่วงเวลาไม่ได้ ระบบทำทันทีและคงไว้จนกว่าจะสั่งเป็นอย่างอื่น โปรดสั่งใหม่โดยไม่ระบุวัน",
    Lack.WHY: "โปรดระบุเหตุผล โดยพิมพ์ต่อท้ายว่า เพราะ …",
}


def staff_wish(case: Case) -> Decision | None:
    """A wish of staff that is understood, whether it is plain and whole or not."""
    found = (
        case.understood if case.may_wish and case.as_staff and not case.disowned and not case.reading.answers else None
    )
    wish = found.wish if found else None
    if found is None or wish is None or wish.verb not in {*EXAMPLES, Verb.ACCEPT}:
        return None
    if not found.plain:
        return _all_done(case, found) or _not_plain(case, found.verbs or (wish.verb,))
    return _plain_wish(case, found, wish)


def _plain_wish(case: Case, found: Understood, wish: Wish) -> Decision | None:
    if wish.verb in _WITHOUT_CIRCULAR:
        return _WITHOUT_CIRCULAR[wish.verb](case)
    if wish.verb in TOLD_OF_SEVERAL and case.facts.told and not wish.lacks:
        return told_of_several(case, wish)
    asked = asked_by(case, wish)
    if asked is None:
        return _which_circular(case, wish, several=len(found.called.slugs) > 1 or found.called.every)
    if wish.lacks:
        return _lacking(case, wish, asked.circular)
    if found.likely and wish.verb in _OF_A_STATE and outcome_of(asked).decision is None:
        return None  # what cannot be done was hardly meant
    at_once = wish.verb in TELLS and not (found.likely and wish.verb in CHANGES)
    return TELLS[wish.verb](case, asked) if at_once else say_back(case, asked)


def _all_done(case: Case, found: Understood) -> Decision | None:
    """Several wishes of one mail, each whole: what only tells is told, what changes something said back by itself; all, or none."""
    asked = [asked_by(case, replace(wish, circular=wish.circular or found.called.only)) for wish in found.wishes]
    known = [one for one in asked if one is not None and not one.wish.lacks and one.wish.verb in {*TELLS, *CHANGES}]
    if not known or len(known) < len(found.wishes) or found.called.every:
        return None
    mixed = any(one.wish.verb not in TELLS for one in known)
    if mixed and len(parts_of(case.mail.text)) < len(known):  # in one sentence half of it may be a story
        return None
    decisions = [_one_of_several(_as_part(case, number), one) for number, one in enumerate(known)]
    letters = tuple(letter for each in decisions for letter in each.letters)
    ledger = tuple(entry for each in decisions for entry in each.ledger)
    wishes = tuple(pending for each in decisions for pending in each.wishes)
    return replace(decisions[0], letters=letters, ledger=ledger, wishes=wishes)


def _one_of_several(case: Case, asked: Asked) -> Decision:
    return TELLS[asked.wish.verb](case, asked) if asked.wish.verb in TELLS else say_back(case, asked)


def _as_part(case: Case, number: int) -> Case:
    """The mail as the one of its wishes with this number: its letters have an occasion of their own, its wish a reference."""
    message = replace(case.message, sha256=f"{number}-{case.message.sha256}") if number else case.message
    return replace(case, message=message)


def _not_plain(case: Case, verbs: tuple[Verb, ...]) -> Decision:
    content = Notice(
        "ยังไม่ได้ดำเนินการ เพราะข้อความเป็นคำถาม คำปฏิเสธ มีเงื่อนไข หรือมีหลายคำสั่ง",
        (
            "ระบบทำทีละเรื่อง ไม่ทำคำสั่งที่มีเงื่อนไข และไม่ทำเพียงบางส่วน หากต้องการสั่ง โปรดสั่งใหม่ทีละเรื่องโดยไม่มีเงื่อนไข",
            "คำที่ระบบพบในข้อความคือคำด้านล่าง",
        ),
        template="words",
        choices=words_for(verbs),
        todo="โปรดสั่งใหม่ให้ชัดเจน หากต้องการให้ดำเนินการ",
    )
    return answered(case, "not-plain", content)


def _which_mail(case: Case) -> Decision:
    content = Notice(
        "ยังไม่ได้ดำเนินการ เพราะไม่ทราบว่าหมายถึงจดหมายฉบับใด",
        ("โปรดตอบกลับจดหมายแจ้งเรื่องจดหมายที่ระบบเก็บไว้โดยตรง หรือตอบกลับสรุปประจำวันพร้อมหมายเลข เช่น รับ ๑๗",),
        todo="โปรดตอบด้วยคำว่า รับ รับเสมอ หรือ ไม่รับ",
    )
    return answered(case, "settled-without-mail", content)


def _which_circular(case: Case, wish: Wish, *, several: bool) -> Decision:
    word, _ = EXAMPLES[wish.verb]
    found = [f"{one.wording.subject}: {word} [{slug}]" for slug, one in case.bureau.circulars.items()]
    why = "คำสั่งนี้ทำได้ครั้งละหนึ่งเรื่อง" if several else "ไม่ทราบว่าหมายถึงหนังสือเวียนเรื่องใด"
    content = Notice(
        f"ยังไม่ได้ดำเนินการ เพราะ{why}",
        ("โปรดพิมพ์เลขที่ของหนังสือเวียน เช่น ว ๕๘๒๗ หรือชื่อย่อในวงเล็บไว้ในข้อความ",),
        tuple(found[-FEWEST:]),
        todo="โปรดสั่งใหม่ทีละเรื่อง" if several else "โปรดสั่งใหม่พร้อมระบุเรื่อง",
    )
    return answered(case, "which-circular", content)


def _lacking(case: Case, wish: Wish, circular: Circular) -> Decision:
    lack = wish.lacks[0]
    items: tuple[str, ...] = ()
    if lack in {Lack.QUESTION, Lack.VALUE} and wish.organisation:
        kind = case.bureau.roster.by_code[wish.organisation].type
        asked = circular.form.asked_of(kind, {})
        items = tuple(f"ช่อง {heading(q)}" for q in asked[:FEWEST])
    elif lack in {Lack.WHOM, Lack.ORGANISATION}:
        items = tuple(contact.reporter.name for contact in case.bureau.roster.contacts[:FEWEST])
    content = Notice(
        f"ยังไม่ได้ดำเนินการ: {_LACKS[lack]}", (), items, template="words", choices=words_for((wish.verb,)), todo=""
    )
    return answered(case, "wish-lacks", content)


_WITHOUT_CIRCULAR: Mapping[Verb, Callable[[Case], Decision]] = {
    Verb.HELP: help_with_words,
    Verb.SIGN_IN: link_by_mail,
    Verb.ACCEPT: _which_mail,
}
