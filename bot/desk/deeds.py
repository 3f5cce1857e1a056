"""What staff do on the page: the words that they would write in a mail, decided by the very rules that a mail is.

A deed is first shown: what would come of it, and which letters would go. Only then it is done, once, where the same would still come of
it; otherwise it is shown anew. Who did it stands in the ledger. No deed goes that a mail could not bring about.
"""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.desk.look import Look, NotThere
from bot.desk.typed_cell import Cell, on_mail, wish_of, words_of
from bot.office.decision import Decision, Facts
from bot.office.letters.letter import STAFF, Letter, LetterKind, Quote, unmarked
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.ledger import LedgerEntry
from bot.office.model.received_mail import Inboxed
from bot.office.model.sent_letter import SentLetter
from bot.office.plan.words_to_staff import NOTICE
from bot.office.rules.answer_to_asker import relayed
from bot.office.rules.approval import approve
from bot.office.rules.case import Case
from bot.office.rules.changing_wishes import outcome_of, rests_on
from bot.office.rules.held_mail_accepted import settle
from bot.office.rules.resend_command import send_again
from bot.office.rules.said_back import asked_by
from bot.office.rules.wishes_of_staff import staff_wish
from bot.office.wishes.wish import Wish
from bot.service.facts_of_circular import with_circular
from bot.service.facts_of_wish import address_wished
from bot.service.record_decision import record
from parsers.reading import Mail, MailKind, Reading

LASTS = datetime.timedelta(minutes=15)  # so long a deed that was shown may be done
STEP = "desk-"  # before the deed's own name, the step of the ledger that says who did it
LONGEST = 2_000  # letters of what somebody types
SEAL = "deed"


class Kind(StrEnum):
    """What is done."""

    WORDS = "words"  # a wish in words about a circular or the office
    APPROVE = "approve"  # a drafted report
    SETTLE = "settle"  # a held mail is let in or left out
    ANSWER = "answer"  # to somebody's words
    RESEND = "resend"  # a letter that did not arrive
    CORRECT = "correct"  # one cell of a form


@dataclass(frozen=True)
class Wanted:
    """What is asked for: its kind, the circular, the number of mail, letter or version, and the words; of a cell also which."""

    kind: Kind
    slug: str
    number: int
    words: str
    organisation: str = ""  # code
    question: str = ""  # key
    why: str = ""


@dataclass(frozen=True)
class Coming:
    """What would come of a deed. Without a decision nothing would, and ``said`` tells why."""

    said: str
    lines: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    letters: tuple[Letter, ...] = ()  # to others than whoever does it
    decision: Decision | None = None
    rests: str = ""  # a mark of what it rests on

    @property
    def mark(self) -> str:
        """Another one later means that something else would come of it."""
        letters = [(each.kind, each.addressee, each.to, each.cc, each.subject) for each in self.letters]
        stood = (self.said, self.lines, letters, self.rests, self.decision and self.decision.outcome)
        return hashlib.sha256(repr(stood).encode("utf-8", "replace")).hexdigest()


def coming_of(look: Look, wanted: Wanted, name: str) -> Coming:
    """What would come of a deed; ``name`` makes it the only one. Raises NotThere for what is about nothing."""
    return _KINDS[wanted.kind](look, wanted, name)


def do(look: Look, wanted: Wanted, name: str, mark: str) -> tuple[Coming, bool]:
    """Do it, once, if the same would still come of it; what comes, and whether it was done (or had been)."""
    by = look.person.address if look.person else ""
    if look.books.was_taken(wanted.slug, f"{STEP}{name}", STAFF):
        return Coming("เรื่องนี้ดำเนินการไปแล้ว จึงไม่ทำซ้ำ"), True
    coming = coming_of(look, wanted, name)
    if coming.decision is None or coming.mark != mark:
        return coming, False
    today = look.now.astimezone(BANGKOK).date()
    step = LedgerEntry(wanted.slug, STAFF, f"{STEP}{name}", today, wanted.kind.value, f"{by}: {coming.said}")
    state = coming.decision.state if coming.decision.typed else None
    whole = dataclasses.replace(coming.decision, state=state, ledger=(*coming.decision.ledger, step), whole=True)
    record(look.house, whole, None, look.now)
    return coming, True


def sealed(look: Look, wanted: Wanted, name: str, mark: str) -> str:
    """A deed that was shown, as the page carries it to be done: by the same person, for a while."""
    by = look.person.address if look.person else ""
    said = {**dataclasses.asdict(wanted), "name": name, "mark": mark, "by": by, "at": look.now.timestamp()}
    return look.desk.sealed(SEAL, json.dumps(said))


def unsealed(look: Look, given: str) -> tuple[Wanted, str, str] | None:
    """The deed, its name and mark; None where nobody sealed it, somebody else was shown it, or that is too long ago."""
    said: Mapping[str, Any] = json.loads(look.desk.unsealed(SEAL, given) or "{}")
    if not said or look.person is None or said["by"] != look.person.address:
        return None
    if not 0 <= look.now.timestamp() - said["at"] <= LASTS.total_seconds():
        return None
    given_then = {each.name: said[each.name] for each in dataclasses.fields(Wanted)}
    return Wanted(**{**given_then, "kind": Kind(said["kind"])}), said["name"], said["mark"]


def _case(look: Look, text: str, facts: Facts, name: str) -> Case:
    """The words as a mail of the person who is signed in would say them, nothing else in it."""
    by = look.person.address if look.person else ""
    mail = Mail(MailKind.COMMAND, "", (), by, "", (), "", look.now, text)
    message = Inboxed(0, b"", hashlib.sha256(name.encode()).hexdigest(), look.now, 0, oversize=False)
    return Case(look.bureau, Reading(mail=mail), facts, message, look.now)


def _of(case: Case, decision: Decision | None, good: frozenset[str], rests: str = "") -> Coming:
    """What a rule decided, as the page shows it; its answer to whoever wrote is what is said here."""
    if decision is None:
        return Coming("ระบบไม่เข้าใจคำสั่งนี้ จึงยังไม่ได้ทำอะไร")
    own = [each for each in decision.letters if each.to == (case.mail.sender,) and each.kind is LetterKind.NOTICE]
    others = tuple(each for each in decision.letters if each not in own)
    view = own[0].view if own else {}
    said = unmarked(str(view.get("headline", ""))) or _APPROVED.get(decision.outcome, decision.outcome)
    lines = tuple(unmarked(str(each)) for each in (*view.get("paragraphs", ()), *view.get("items", ())))
    may = decision if decision.outcome in good else None
    return Coming(said, lines, tuple(view.get("quotes", ())), others, may, rests)


_APPROVED = {
    "approved": "ส่งรายงานตามร่างฉบับนี้ให้ส่วนกลาง",
    "waits-for-number": "อนุมัติร่างฉบับนี้ รายงานจะส่งเมื่อได้รับเลขที่และวันที่ของหนังสือนำส่ง",
    "figures-changed": "ข้อมูลเปลี่ยนไปจากร่าง ระบบจะจัดทำร่างฉบับใหม่ให้ตรวจแทนการส่ง",
    "already-dispatched": "รายงานฉบับนี้ส่งไปแล้ว",
    "old-draft": "มีร่างฉบับใหม่กว่านี้ โปรดตรวจร่างฉบับล่าสุด",
    "nothing-to-amend": "ข้อมูลตรงกับรายงานที่ส่งไปแล้ว ไม่มีสิ่งที่ต้องแก้ไข",
}
_GOES = frozenset({"approved", "waits-for-number", "figures-changed", "words-first", "declined-before"})
_SETTLED = frozenset({"mail-accepted", "address-accepted", "mail-refused"})
_AT_ONCE = frozenset({"reminded-now", "form-sent"})
_NO_VALUE = "อ่านค่าใหม่ไม่ได้ โปรดพิมพ์ค่าตามที่กรอกในแบบรายงาน"


def _facts(look: Look, slug: str) -> Facts:
    """All that the books know of a circular; of none the office's secret alone. Raises NotThere."""
    facts = Facts(about=slug, secret=look.books.secret)
    if slug and slug not in look.bureau.circulars:
        raise NotThere(slug)
    return with_circular(look.house, slug, facts) if slug else facts


def _words(look: Look, wanted: Wanted, name: str) -> Coming:
    case = _case(look, wanted.words, _facts(look, wanted.slug), name)
    facts = dataclasses.replace(case.facts, about_address=address_wished(look.house, case.mail, case.facts))
    case = _case(look, wanted.words, facts, name)
    decision = staff_wish(case)
    if decision is None or decision.outcome != "said-back":
        return _of(case, decision, _AT_ONCE)
    return _of_wish(look, case, decision.wishes[0].wish, (wanted.words, name))


def _of_wish(look: Look, case: Case, wish: Wish, said: tuple[str, str]) -> Coming:
    """What a wish that changes something brings about; ``said``: its words and the deed's name. Raises NotThere."""
    asked = asked_by(case, wish)
    if asked is None:
        raise NotThere(case.facts.about)
    done, (words, name) = outcome_of(asked), said
    decision = done.decision
    if decision is not None and decision.answers:
        decision = on_mail(look, decision, words, f"{STEP}{name}")
    return Coming(done.said, done.cautions, (), decision.letters if decision else (), decision, rests_on(asked))


def _correct(look: Look, wanted: Wanted, name: str) -> Coming:
    cell = Cell(wanted.slug, wanted.organisation, wanted.question, wanted.words, wanted.why)
    wish = wish_of(look, cell)
    if wish.value is None:
        return Coming(_NO_VALUE)
    words = words_of(look, cell)
    return _of_wish(look, _case(look, words, _facts(look, wanted.slug), name), wish, (words, name))


def _approve(look: Look, wanted: Wanted, name: str) -> Coming:
    facts = _facts(look, wanted.slug)
    draft = next((one for one in facts.drafts if one.version == wanted.number), None)
    if draft is None:
        raise NotThere(wanted.number)
    bearer = SentLetter(LetterKind.DRAFT.value, wanted.slug, STAFF, f"v{draft.version}", "", ())
    case = _case(look, f"อนุมัติ {wanted.words}".strip(), dataclasses.replace(facts, answered=(bearer,)), name)
    return _of(case, approve(case), _GOES, draft.fingerprint)


def _settle(look: Look, wanted: Wanted, name: str) -> Coming:
    kept = look.books.held_mail(wanted.number)
    if kept is None:
        raise NotThere(wanted.number)
    case = _case(look, wanted.words, dataclasses.replace(_facts(look, ""), kept=kept), name)
    return _of(case, settle(case), _SETTLED, repr(kept))


def _answer(look: Look, wanted: Wanted, name: str) -> Coming:
    asker = look.books.asker(wanted.number)
    if asker is None:
        raise NotThere(wanted.number)
    told = SentLetter(LetterKind.NOTICE.value, "", STAFF, f"{wanted.number}{NOTICE}", "", ())
    case = _case(look, wanted.words, dataclasses.replace(_facts(look, ""), answered=(told,), asker=asker), name)
    before = look.books.answered_by([wanted.number])
    coming = _of(case, relayed(case), frozenset({"relayed"}), repr(before))
    warned = tuple(f"โปรดทราบ: {entry.ground} ตอบข้อความนี้ไปแล้ว" for entry in before.values())
    return dataclasses.replace(coming, lines=(*warned, *coming.lines))


def _resend(look: Look, wanted: Wanted, name: str) -> Coming:
    digest = SentLetter(LetterKind.DIGEST.value, "", STAFF, "", "", ())
    fates = tuple(look.books.fates(numbers=(wanted.number,)))
    facts = dataclasses.replace(_facts(look, ""), answered=(digest,), fates=fates)
    case = _case(look, f"ส่งซ้ำ {wanted.number}", facts, name)
    return _of(case, send_again(case), frozenset({"letters-sent-again"}), repr([(f.id, f.attempt) for f in fates]))


_KINDS: Mapping[Kind, Callable[[Look, Wanted, str], Coming]] = {
    Kind.WORDS: _words,
    Kind.APPROVE: _approve,
    Kind.SETTLE: _settle,
    Kind.ANSWER: _answer,
    Kind.RESEND: _resend,
    Kind.CORRECT: _correct,
}
