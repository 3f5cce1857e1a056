"""Every kind of mail that the bot writes, about the shipped circular and two invented ones, with the longest that people write.

The letters are made by the office's own functions from a round as in life; enclosures are names with nothing in them, since
none of them is looked at here. For tests and by hand.
"""

import base64
import dataclasses
import datetime
import email
import email.policy
from collections.abc import Iterable, Iterator

from bot.documents.mail.attachments import Desk
from bot.documents.mail.render import render
from bot.documents.mail.templates import TROUBLES
from bot.documents.mail.too_large_letter import without
from bot.office.decision import Decision, Facts
from bot.office.letters.digest import digest
from bot.office.letters.disagreements import sender_lines, staff_lines
from bot.office.letters.draft_and_report import draft_letter, report_letter
from bot.office.letters.enclosures import MarkedCopy, ReadyFile
from bot.office.letters.letter import Letter
from bot.office.letters.morning import Morning
from bot.office.letters.notice import Notice, notice, sent_notice
from bot.office.letters.one_letter import one_for_each
from bot.office.letters.receipt_and_correction import Received, answer_letter, copy_of
from bot.office.letters.request_and_reminder import Known, ReminderStep, reminder, request
from bot.office.letters.yearly_note import effects_view, yearly_note
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.baseline import Stand
from bot.office.model.bureau import Bureau
from bot.office.model.calendar import Calendar
from bot.office.model.circular_standing import Standing, Trouble
from bot.office.model.fiscal_year import begins
from bot.office.model.letter_effects import Effect
from bot.office.model.official_letter import COVER, DISTRICTS, Registered
from bot.office.model.owed import owed_by
from bot.office.model.received_mail import Inboxed, PlainWords, Withheld
from bot.office.model.recorded_answer import Recorded
from bot.office.model.report_draft import Draft
from bot.office.model.sent_letter import LetterFate, LetterState
from bot.office.plan.calendar_warnings import calendar_warnings
from bot.office.plan.calls import Call, Matter, Why, in_lines
from bot.office.plan.district_letter_draft import signing_letter
from bot.office.plan.outage import Health, Outage, outage_due, with_health
from bot.office.plan.words_to_staff import quotes_of, words_due, words_first
from bot.office.rules.case import Case
from bot.office.rules.decide import decide
from bot.office.rules.mail_put_aside import put_aside_notice
from bot.office.rules.not_a_command import DECLINED, GONE, not_understood
from bot.office.rules.refused_letters import account_notice
from bot.office.rules.report_in_doubt import stuck_notice
from bot.office.rules.unfetchable_mail import withheld_due
from parsers.findings import Code, Finding, Place, finding
from parsers.form.question import heading
from parsers.reading import Answer, Mail, MailKind, Outcome, Reading, RemarkText, Value
from parsers.thai.dates import date_example
from tests.documents.drawn import CIRCULARS, OFFICE, circular_named, recorded, rollup_of
from tests.documents.mails_of_round import of_the_round

STAFF = OFFICE.staff[0]

CLERK = "saraban.amphoe.mueang.phrae@district.phrae.example"
STRANGER = "somchai.very-long-name.of-the-municipality@freemail.example"
REPORTER = "mueang-phrae"  # the one with most organisations
FILE = "แบบรายงานสถานะการดำเนินการตามพระราชบัญญัติการปฏิบัติราชการทางอิเล็กทรอนิกส์_อำเภอเมืองแพร่_แก้ไขครั้งที่2_final(1).xlsx"
LONG = (
    "ขอแก้ไขตัวเลขของ อบต.แม่หล่าย จาก 12 เป็น 15 แห่ง\nดูที่ https://drive.example.com/file/d/1QwErTyUiOpAsDfGhJkLzXcVbNm0987654321/view?usp=sharing"
    f"\n\n{'ก' * 90}\n\n-- \nสมศรี ใจดี โทร 054-123456 ต่อ 12"
)


class Round:
    """One circular in the midst of its round: some answers in, some words said, a conflict, a draft."""

    def __init__(self, name: str, *, thai: bool) -> None:
        self.circular, self.roster = circular_named(name)
        self.now = self.circular.deadlines.reporters - datetime.timedelta(days=1, hours=7)
        self.office = dataclasses.replace(OFFICE, thai_digits=thai)
        self.bureau = Bureau(self.office, self.roster, {self.circular.slug: self.circular}, Calendar())
        self.contact = self.roster.contact_for(REPORTER)
        self.known = tuple(
            dataclasses.replace(answer, received=self.now - datetime.timedelta(hours=number % 90))
            for number, answer in enumerate(recorded(self.circular, self.roster, owing=4))
        )
        self.mine = [self.roster.by_code[code] for code in self.contact.reporter.organisations]
        self.owed = owed_by(self.circular, self.roster, self.known, self.contact.reporter.organisations)
        self.disagreements = tuple(
            (dataclasses.replace(answer, reporter="long", sender=STRANGER, value=_other(answer)), answer)
            for answer in self.known[:3]
        )
        self.words = (
            PlainWords(5, self.now, self.now, CLERK, "ขอแก้ไขข้อมูล 2 แห่ง", LONG, self.circular.slug, REPORTER),
            PlainWords(6, self.now, self.now, STRANGER, "", "ขอบคุณครับ", self.circular.slug, ""),
        )
        self.draft = Draft(self.circular.slug, 1, "f", "K7Q2M4XZ5A", self.now)
        day = self.circular.dated - datetime.timedelta(days=9)
        done = {
            (one.code, key): number % 3 > 0
            for number, one in enumerate(self.roster.organisations)
            for key in self.circular.listed
        }
        self.stand = Stand(self.circular.slug, day, done, {})
        self.registered = {
            paper: Registered(self.circular.slug, paper, STAFF, self.now, "พร ๐๐๒๓.๑/ว ๔๗๗๘", self.now.date())
            for paper in (DISTRICTS, COVER)
        }

    @property
    def standing(self) -> Standing:
        """How it stands: one draft to approve, and the requests wait for the number of the letter."""
        return Standing(
            self.circular,
            self.known,
            {REPORTER: self.now, "long": self.now},
            (self.draft,),
            self.disagreements,
            stand=self.stand,
        )

    def reading(self, findings: Iterable[Code] = (), outcome: Outcome = Outcome.ACCEPTED) -> Reading:
        """What was read of a form of the largest district, with these things found in it."""
        codes = {organisation.code for organisation in self.mine}
        answers = tuple(
            Answer(a.organisation, a.question, a.value, a.place) for a in self.known if a.organisation in codes
        )
        remarks = tuple(RemarkText(remark.key, LONG, Place(FILE)) for remark in self.circular.form.remark)
        mail = Mail(MailKind.REPORT, "m@x.example", (), CLERK, "สมศรี ใจดี", (), "Re: แบบรายงาน", self.now, "")
        return Reading(
            circular=self.circular.slug,
            reporter=REPORTER,
            known=True,
            as_of=self.now.date(),
            answers=answers,
            remarks=remarks,
            findings=tuple(self._found(findings)),
            outcome=outcome,
            mail=mail,
        )

    def _found(self, codes: Iterable[Code]) -> Iterator[Finding]:
        form = self.circular.form
        for number, code in enumerate(codes):
            organisation, question = self.mine[number % 3], form.asked[number % len(form.asked)]
            yield finding(
                code,
                Place(FILE, form.sheet, f"C{number + 7}"),
                "12.5.3 (ประมาณ)",
                about=(organisation.code, question.key),
                organisation=organisation.short_name,
                question=heading(question),
                expected="กรุณาใส่ตัวเลขจำนวนเต็ม ตั้งแต่ 0 ถึง 500",
                read="1,250",
                counted="17",
                where="ในอีเมล",
                why="ข้อมูลไม่สอดคล้องกัน",
                example=date_example(self.now.date()),
                hint=" เช่น เทศบาลตำบลทุ่งโฮ้ง",
                reporter=self.contact.reporter.name,
            )

    def letters(self) -> dict[str, Letter]:
        """Those about the circular, by name."""
        about, circular = self.bureau, self.circular
        owed = {code: keys[:1] if number % 2 else keys for number, (code, keys) in enumerate(self.owed.items())}
        soon = ReminderStep("before-2", 2, late=False, escalated=False, known=())
        late = ReminderStep("overdue", -3, late=True, escalated=True, known=())
        rollup = dataclasses.replace(rollup_of(circular, self.roster), stand=self.stand)
        receipt = answer_letter(about, circular, self._received(), self.known)
        found = (
            Code.ORGANISATION_GUESSED,
            Code.ANSWER_GUESSED,
            Code.TOTAL_MISMATCH,
            Code.DATE_UNREADABLE,
            Code.WORDS_NOT_READ,
        )
        noted = self._received(self.reading(found), sender_lines(about, circular, self.disagreements))
        wrong = (Code.ANSWER_UNREADABLE, Code.ANSWER_MISSING, Code.ORGANISATION_UNKNOWN, Code.ANSWER_UNREADABLE)
        bad = self._received(self.reading((*wrong, *found), Outcome.PARTLY))
        rejected = self._received(dataclasses.replace(self.reading(wrong, Outcome.REJECTED), answers=()))
        draft = draft_letter(about, self.standing, rollup, self.draft, quotes_of(about, self.words))
        return {
            "request": request(about, circular, self.contact, Known(self.owed, self.registered, self.stand)),
            "request-alone": request(about, circular, self.contact),
            "reminder": reminder(about, circular, self.contact, self.owed, soon),
            "overdue": reminder(about, circular, self.contact, owed, late),
            "receipt": receipt,
            "receipt-noted": answer_letter(about, circular, noted, self.known),
            "receipt-in-your-name": copy_of(answer_letter(about, circular, noted, self.known), ("boss@x.example",)),
            "correction": answer_letter(about, circular, bad, self.known),
            "correction-rejected": answer_letter(about, circular, rejected, self.known),
            "digest": self._digest(),
            "draft": draft,
            "report": report_letter(about, circular, rollup, self.registered),
            "conflict": notice(about, circular.slug, "c", Notice(
                "มีข้อมูลที่ไม่ตรงกัน", (), tuple(staff_lines(about, circular, self.disagreements)))),
            **{f"stuck-{state.value}": stuck_notice(about, circular, self._fate(state))
               for state in (LetterState.UNKNOWN, LetterState.BOUNCED, LetterState.SENT)},
            "sent": sent_notice(about, circular, STAFF),
            **self.joined(),
        }  # fmt: skip

    def of_the_form(self) -> dict[str, Letter]:
        """Those of them that look otherwise with another form."""
        wanted = ("reminder", "receipt", "receipt-noted", "correction", "digest", "draft", "report")
        return {name: letter for name, letter in self.letters().items() if name in wanted}

    def _received(self, reading: Reading | None = None, conflicts: Iterable[str] = ()) -> Received:
        return Received("k", self.now, reading or self.reading(), (CLERK,), tuple(conflicts))

    def _digest(self) -> Letter:
        kinds = (*TROUBLES, "held")
        troubles = [
            Trouble(number, self.now, kind, STRANGER, FILE if number % 2 else "ขอสอบถาม 2 เรื่อง", LONG[:200])
            for number, kind in enumerate(kinds, 17)
        ]
        health = Health(self.now, self.now, {"held": 2, "received": 1}, {"queued": 3, "unknown": 1}, 1, 1)
        made = Decision(
            outcome="digest", letters=(digest(self.bureau, [self.standing], troubles, self.now, self._morning()),)
        )
        return with_health(made, health, self.now).letters[0]

    def _morning(self) -> Morning:
        """Somebody to phone about two circulars, a doubtful day, and all that came since yesterday."""
        late = self.circular.deadlines.reporters
        tried = tuple(late.date() - datetime.timedelta(days=days) for days in (9, 5, 1))
        matter = Matter(self.circular, late, Why.SILENT, tuple(one.printed_short for one in self.mine), tried)
        call = Call(dataclasses.replace(self.contact, phone="๐ ๕๔๕๘ ๑๒๓๔ ต่อ ๑๒"), (matter, matter))
        warned = calendar_warnings(self.bureau, datetime.datetime(2029, 11, 1, tzinfo=BANGKOK))
        days = tuple(one.line(self.bureau) for one in warned)
        return Morning(self.now - datetime.timedelta(days=1), (in_lines(self.bureau, call),) * 2, days)

    def joined(self) -> dict[str, Letter]:
        """Letters about this circular and one that differs by its name and day alone."""
        about = self.bureau
        words = self.circular.wording.model_copy(
            update={"subject": "ปริมาณขยะมูลฝอยที่เกิดขึ้นและที่นำไปกำจัด ประจำเดือนพฤศจิกายน ๒๕๖๗"}
        )
        later = self.circular.deadlines.model_copy(
            update={"reporters": self.circular.deadlines.reporters + datetime.timedelta(days=3)}
        )
        other = self.circular.model_copy(update={"slug": "w9000-2567-11", "wording": words, "deadlines": later})
        both, known = (self.circular, other), Known(self.owed, self.registered, self.stand)
        late = ReminderStep("overdue", -3, late=True, escalated=True, known=())
        soon = ReminderStep("before-1", 1, late=False)
        requests = [request(about, one, self.contact, known) for one in both]
        reminders = [
            reminder(about, one, self.contact, self.owed, step) for one, step in zip(both, (late, soon), strict=True)
        ]
        [asked], [reminded] = one_for_each(about, requests), one_for_each(about, reminders)
        return {"several-requests": asked, "several-reminders": reminded}

    def _fate(self, state: LetterState) -> LetterFate:
        words = {
            STRANGER: "550 5.1.1 <somebody@example>: Recipient address rejected: User unknown in virtual mailbox table"
        }
        return LetterFate(
            7, self.circular.slug, "report", "m", state, 1, "timed out", words, self.now, unsought=False, kind="report",
            addressee="department", recipients=(STRANGER, CLERK), subject="จังหวัดแพร่ รายงาน",
        )  # fmt: skip


def _other(answer: Recorded) -> Value:
    return not answer.value if isinstance(answer.value, bool) else "999"


def _of_the_desk(one: Round) -> dict[str, Letter]:
    """Those about a mail or about the desk itself, by name."""
    about, now = one.bureau, one.now
    mail = Mail(MailKind.OTHER, "m@x.example", (), CLERK, "สมศรี ใจดี", (), f"Re: {FILE}", now, LONG)
    words = Reading(circular=one.circular.slug, reporter=REPORTER, known=True, mail=mail)
    message = Inboxed(9, b"", "ab" * 32, now, 1000, oversize=False)
    facts = Facts(answers=one.known)

    def decided(reading: Reading) -> Letter:
        return decide(Case(about, reading, facts, message, now)).letters[0]

    stranger = dataclasses.replace(one.reading(), known=False, mail=dataclasses.replace(mail, sender=STRANGER))
    told = words_due(about, one.words * 12, now)
    lost = Withheld(
        1,
        "INBOX",
        7,
        now - datetime.timedelta(hours=2),
        now,
        3,
        0,
        9,
        "",
        1,
        "NO",
        STRANGER,
        FILE,
        taken=False,
        told=None,
    )
    withheld = withheld_due(about, [lost, dataclasses.replace(lost, taken=True)], now)
    away = outage_due(about, now - datetime.timedelta(days=1), (), now, away=Outage(away=True, kind="certificate"))
    if told is None or withheld is None or away is None:
        raise AssertionError("nothing is due")
    return {
        "heard-words": decided(words),
        "heard-empty": decided(dataclasses.replace(words, mail=dataclasses.replace(mail, subject="Re: x", text=""))),
        "held": decided(stranger),
        "held-words": decided(dataclasses.replace(stranger, answers=(), remarks=(), reporter=None)),
        "words": notice(about, "", "a", not_understood(()), mail),
        "words-declined": notice(about, "", "b", DECLINED, mail),
        "words-gone": notice(about, "", "e", GONE, mail),
        "words-first": notice(about, "", "c", words_first(about, one.words)),
        "told": told.letters[0],
        "unreadable": put_aside_notice(about, mail, "ระบบขัดข้องขณะประมวลผลจดหมายนี้ 3 ครั้ง (KeyError: 'sheet1.xml')", now),
        "withheld": withheld[0].letters[0],
        "away": away.letters[0],
        "account": account_notice(
            about, "sender", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "d"
        ),
        "yearly-note": _yearly_note(one),
        "signing": signing_letter(about, one.circular, "secret"),
        "quiet-digest": digest(about, [dataclasses.replace(one.standing, drafts=())], [], now),
        "empty-digest": digest(about, [], [], now),
    }


def _yearly_note(one: Round) -> Letter:
    """Of a year with every step, some of it still waiting, and more slow reporters than are named."""
    steps = (
        *("request", "half-way", "before-3", "before-1", "before-0", "overdue-0", "overdue-1", "overdue-3"),
        *("overdue-5", "overdue-9", "extended"),
    )
    day, spring = datetime.timedelta(days=1), begins(2569) + datetime.timedelta(days=70, hours=9)
    effects = []
    for at, slug in enumerate((one.circular.slug, "w1", "w2", "w3")):
        for who, contact in enumerate(one.roster.contacts):
            last = min((who * at + who % 3) % 14, len(steps) - 1)  # the step after which it answers, soon or late
            for number, step in enumerate(steps[: last + 1]):
                sent = spring + number * 3 * day
                came = sent + (day / 8 if (who + at) % 3 else 2 * day) if number == last else None
                effects.append(Effect(slug, contact.reporter.key, step, sent, came))
    view = effects_view(one.bureau, 2569, effects, begins(2570) + datetime.timedelta(hours=9))
    if view is None:
        raise AssertionError("no letters")
    slow = [contact.reporter.name for contact in one.roster.contacts]
    return yearly_note(one.bureau, "what-worked-2569", {**view, "slow": slow, "slow_more": 4, "waiting": 12})


def letters(*, thai: bool = True) -> dict[str, tuple[Letter, Desk]]:
    """Every letter by name, with the desk that writes it. ``thai`` are the office's digits."""
    found: dict[str, tuple[Letter, Desk]] = {}
    for name in CIRCULARS:
        one = Round(name, thai=thai)
        made = one.letters() | _of_the_desk(one) | of_the_round(one) if name == "ticks" else one.of_the_form()
        desk = Desk(one.office, one.roster, "a secret of the office", one.now)
        found |= {f"{name}-{kind}": (_with_names_alone(letter), desk) for kind, letter in made.items()}
    return found


def _with_names_alone(letter: Letter) -> Letter:
    """The letter with empty files; copies of the reader's own file stay what they are."""
    files = tuple(
        dataclasses.replace(each, content=b"x") if isinstance(each, MarkedCopy) else ReadyFile(f"{letter.circular}-{REPORTER}{number}.xlsx", b"x")
        for number, each in enumerate(letter.enclosures)
    )  # fmt: skip
    return dataclasses.replace(letter, enclosures=files)


def parts(raw: bytes) -> tuple[str, str]:
    """A mail's text and its page, as they stand in it; pictures are put into the page."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    page = mail.get_body(("html",)).get_content()
    for part in mail.walk():
        if part.get_content_maintype() == "image":
            data = base64.b64encode(part.get_content()).decode()
            page = page.replace(f"cid:{part['Content-ID'].strip('<>')}", f"data:image/png;base64,{data}")
    return mail.get_body(("plain",)).get_content(), page


def all_parts(*, thai: bool = True) -> dict[str, tuple[str, str]]:
    """Text and page of every mail by name."""
    made = {name: render(letter, desk).raw for name, (letter, desk) in letters(thai=thai).items()}
    made["without-files"] = without(made["ticks-request"], ["w5827-mueang-phrae.xlsx"])
    return {name: parts(raw) for name, raw in made.items()}
