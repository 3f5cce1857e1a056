"""What a mail's own words ask for: by the grammar, else by likeness, among what such a mail may mean. Pure.

Which letter of ours is answered says most of what an answer may mean: where one word is awaited that nobody should guess, for
a held mail, a wish that waits for ให้, a report in doubt, nothing is looked for by likeness.
"""

from bot.office.decision import Facts
from bot.office.letters.letter import ANSWERS, LetterKind
from bot.office.model.sent_letter import SentLetter
from bot.office.plan.words_to_staff import told_in
from bot.office.rules.occasions import DISPUTED, HELD, STUCK
from bot.office.wishes.awaited import awaited, is_double_edged
from bot.office.wishes.grammar import Speaker, Understood, understand
from bot.office.wishes.reasoned import reasoned
from bot.office.wishes.second_look import second_look
from bot.office.wishes.wish import Verb, WishState
from parsers.mail.kind import is_absence_notice

DRAFTS = frozenset({LetterKind.DRAFT, LetterKind.SIGNING})
_TELLING = frozenset({Verb.STATUS, Verb.WHO_OWES, Verb.HELP, Verb.EVIDENCE, Verb.SEND_FORM, Verb.REMIND, Verb.THANKS})
_CHANGING = frozenset(
    {Verb.EXTEND, Verb.EXEMPT, Verb.LIFT, Verb.CORRECT, Verb.ADD_ADDRESS, Verb.REMOVE_ADDRESS, Verb.NO_REMINDER}
    | {Verb.REMIND_AGAIN, Verb.HOLIDAY, Verb.WORK_DAY, Verb.CLOSE, Verb.REOPEN, Verb.RESEND}
)
_OF_DRAFT = frozenset({Verb.APPROVE, Verb.DECLINE, Verb.STATUS, Verb.WHO_OWES, Verb.HELP, Verb.EVIDENCE})
_REPORTING = frozenset({Verb.FORM, Verb.STATUS, Verb.MORE_TIME, Verb.WITHDRAW, Verb.NEW_ADDRESS, Verb.THANKS})
_NOTHING = frozenset[Verb]()
_ANSWERS = frozenset({Verb.CONFIRM, Verb.CANCEL, Verb.GRANT, Verb.DENY})
_BY_ITS_WORD = frozenset({Verb.NEW_CIRCULAR, Verb.ROSTER})  # what these begin is begun by their own word alone


def words_understood(texts: tuple[str, str], speaker: Speaker, facts: Facts) -> Understood:
    """What the mail's own text and its subject ask for ("" for a subject of another mail)."""
    if is_absence_notice(texts[0]):
        return Understood()
    found = understand(*texts, speaker)
    if (said := _answer(found, texts[0], speaker, facts)) is not None:
        return said
    return second_look(found, texts, speaker, expected(facts, staff=speaker.staff))


def _answer(found: Understood, text: str, speaker: Speaker, facts: Facts) -> Understood | None:
    """What answers a letter that waits for a word, in other words than that one; None where the word itself stands there."""
    pending = facts.wish
    if pending is None or pending.state is not WishState.WAITING:
        return None
    about = pending.wish.verb
    word = found.wish.verb if found.wish and found.wish.verb in _ANSWERS else None
    if word is not None and (word is not Verb.CONFIRM or found.plain):
        return Understood() if word is Verb.CANCEL and is_double_edged(text, about) else None
    put = about in {Verb.MORE_TIME, Verb.NEW_ADDRESS}
    if (put and not speaker.staff) or about in _BY_ITS_WORD:
        return None
    verbs = (Verb.GRANT, Verb.DENY) if put else (Verb.CONFIRM, Verb.CANCEL)
    wish = awaited(text, verbs, speaker, about) or reasoned(text, verbs, speaker, pending.wish)
    return Understood(wish) if wish else None


def approves(text: str, speaker: Speaker, facts: Facts) -> bool:
    """Whether a mail that answers the letter of a draft approves it in other words: ตรวจแล้วเรียบร้อย ส่งได้เลยค่ะ."""
    drafted = any(letter.kind == LetterKind.DRAFT for letter in facts.answered)
    return drafted and awaited(text, {Verb.APPROVE}, speaker) is not None


def expected(facts: Facts, *, staff: bool) -> frozenset[Verb]:
    """What a mail may mean that answers such letters; nothing where only the one word counts."""
    pending = facts.wish
    if pending is not None and pending.state is WishState.WAITING:
        confirms = not staff or pending.wish.verb not in {Verb.MORE_TIME, Verb.NEW_ADDRESS, Verb.NEW_CIRCULAR}
        return frozenset({Verb.CANCEL}) if confirms else _NOTHING
    if not staff:
        receipt = any(letter.kind in ANSWERS for letter in facts.answered)
        return _REPORTING | {Verb.DISPUTE} if receipt else _REPORTING
    if any(letter.kind in DRAFTS for letter in facts.answered):
        return _OF_DRAFT
    return _NOTHING if any(map(_awaits_a_word, facts.answered)) else _TELLING | _CHANGING


def _awaits_a_word(letter: SentLetter) -> bool:
    """Whether a letter to staff waits for a word of its own, or for an answer that goes on to somebody."""
    occasion = letter.occasion
    return bool(occasion.endswith(HELD) or occasion.startswith(STUCK) or DISPUTED in occasion or told_in(occasion))
