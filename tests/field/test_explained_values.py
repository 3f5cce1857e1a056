"""Figures that are recorded and asked after, by mail: a reason counts as long as the figure stays, and another figure is asked."""

import dataclasses
import datetime
import io

import openpyxl
import pytest

from bot.documents.form.excel_form import blank_form
from bot.office.decision import Decision
from bot.office.model.received_mail import Arrival, Inboxed, MessageState
from bot.office.model.recorded_answer import Explanation
from bot.office.model.roster import Contact
from bot.office.rules.decide import decide
from bot.service.facts_of_mail import case_of
from bot.service.replay_and_recover import replay
from parsers.findings import Place
from parsers.form.form import Form
from parsers.form.question import Kind, Question
from parsers.reading import Answer
from tests.field.office_of_paper import said
from tests.field.small_office import SmallOffice, files_of, kinds, mail_of, one, shipped

LAST_YEAR = datetime.datetime(2023, 11, 20, tzinfo=datetime.UTC)
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
CLERK = "song@district.phrae.example"
FORM = Form(
    title="แบบสำรวจขยะ",
    question=(
        Question(key="tons", kind=Kind.DECIMAL, label="ปริมาณขยะ (ตัน/วัน)", unit="ตัน/วัน"),
        Question(key="budget", kind=Kind.MONEY, label="งบประมาณ (บาท)", expected={"at_most": 1_000_000}),
    ),
)


class Desk(SmallOffice):
    """One district of ten organisations of one type is asked for tons and baht; the circular has not opened, so that no clock runs."""

    def __init__(self, folder, queries="may stand", dispatch="approve", follows=None, form=FORM) -> None:
        super().__init__(folder, department={"dispatch": dispatch})
        roster = shipped().roster
        ten = tuple(each for each in roster.organisations if each.type == "อบต.")[:10]
        contact = roster.contact_for("song")
        mine = dataclasses.replace(contact.reporter, organisations=tuple(each.code for each in ten), addresses=(CLERK,))
        changed = self.bureau.circulars["w5827"].model_copy(
            update={"form": form, "queries": queries, "follows": follows}
        )
        self.bureau = dataclasses.replace(
            self.bureau,
            roster=dataclasses.replace(
                roster, organisations=ten, contacts=(Contact(mine, contact.salutation),), own_addresses={}
            ),
            circulars={"w5827": changed},
        )
        self.house = dataclasses.replace(self.house, bureau=self.bureau)
        self.names = [each.short_name for each in ten]

    def send_form(self, text="ขอส่งแบบรายงาน", *, tons=12.0, budget=200_000, note="", answers=None):
        """The form comes: ordinary figures, but for those of the first organisation. The letter that answers it."""
        made = blank_form(self.bureau.circulars["w5827"], self.bureau.roster, "song")
        book = openpyxl.load_workbook(io.BytesIO(made))
        sheet = book.worksheets[0]
        first = next(row for row in range(1, 40) if str(sheet.cell(row, 2).value or "").startswith("องค์การ"))
        for at in range(10):
            sheet.cell(first + at, 3).value = tons if not at else 8 + at / 2
            sheet.cell(first + at, 4).value = budget if not at else 100_000 + at
        if note:
            sheet.cell(first, 6).value = note
        self.cell = f"C{first}"
        out = io.BytesIO()
        book.save(out)
        return self.mail(text, out.getvalue(), "form.xlsx", answers=answers)

    def mail(self, text, *files, answers=None):
        """A mail of the district; the letter that answers it, and its outcome beside it."""
        self.letters()
        self.outcome = self.take(mail_of(CLERK, text, *files, answers=answers))
        self.others = self.letters()
        return next(each for each in self.others if each["X-Ruam-Kind"] in {"receipt", "correction"})

    def said_before(self, circular, *tons, why=""):
        """What the organisations, the first ones, answered to an earlier circular, which the office does not have any more."""
        [mail] = self.house.books.receive([Arrival("INBOX", 1, 900, b"", at=LAST_YEAR, size=0)])
        answers = tuple(
            Answer(each.code, "tons", figure, Place())
            for each, figure in zip(self.bureau.roster.organisations, tons, strict=False)
        )
        reasons = tuple(Explanation(a.organisation, a.question, a.value, why) for a in answers[:1] if why)
        given = {"answers": answers, "explanations": reasons}
        earlier = Decision(MessageState.DECIDED, "accepted", circular=circular, reporter="song", **given)
        self.house.books.commit(earlier, [], message=mail, now=LAST_YEAR)

    def value(self):
        """What is recorded for the tons of the first organisation."""
        code = self.bureau.roster.organisations[0].code
        known = self.house.books.answers("w5827")
        return next(each.value for each in known if (each.organisation, each.question) == (code, "tons"))

    def reasons(self):
        """The reasons that hold, by question, of the first organisation."""
        code = self.bureau.roster.organisations[0].code
        known = self.house.books.answers("w5827")
        return {each.question: each.explanation for each in known if each.organisation == code and each.explanation}


@pytest.fixture
def office(tmp_path):
    made = []

    def make(**how):
        made.append(Desk(tmp_path, **how))
        return made[-1]

    yield make
    for each in made:
        each.close()


ASKED = "หากถูกต้องกรุณาตอบกลับพร้อมเหตุผล หรือแก้ไขแล้วส่งใหม่"
WHY = "ถูกต้อง เพราะรับขยะจากทั้งจังหวัด"


def test_a_far_figure_is_recorded_and_asked_until_its_reason_is_given_and_another_figure_is_asked_anew(office):
    desk = office()
    receipt = desk.send_form(tons=5_000_000)
    assert (desk.outcome, receipt["X-Ruam-Kind"]) == ("accepted", "receipt")
    assert said(receipt).count(ASKED) == 1
    assert "อบต. อื่นในจังหวัดมาก (ค่ากลางของ ๑๐ แห่งคือ ๑๐.๗๕)" in said(receipt)
    assert f"ช่อง {desk.cell} ถูกต้อง เพราะ …" in said(receipt)
    assert desk.value() == "5000000"

    heard = desk.mail(f"ช่อง {desk.cell} {WHY}\nขอบคุณค่ะ", answers=receipt)
    assert desk.outcome == "explained"
    assert WHY in said(heard)
    assert files_of(heard) == {}  # nothing is left to fill in
    assert desk.reasons() == {"tons": WHY}
    assert kinds(desk.others) == ["receipt"]  # and nothing for staff to read

    assert ASKED not in said(desk.send_form("ส่งใหม่อีกครั้ง", tons=5_000_000))
    assert desk.reasons() == {"tons": WHY}
    assert said(desk.send_form("ส่งใหม่อีกครั้ง", tons=6_000_000)).count(ASKED) == 1
    assert desk.reasons() == {}
    assert ASKED not in said(desk.send_form("ส่งกลับเป็นค่าเดิม", tons=5_000_000))  # the reason was for this figure


def test_a_figure_far_from_the_time_before_is_asked_until_its_reason_is_given(office):
    desk = office(follows="w5826")
    desk.said_before("w5826", "1.25", "7.75", "9")
    receipt = desk.send_form(tons=12.6)  # usual among its neighbours, and a slipped point by what it said itself
    assert said(receipt).count(ASKED) == 1
    assert "ซึ่งต่างจากที่เคยรายงานครั้งก่อนมาก (ครั้งก่อนรายงาน ๑.๒๕)" in said(receipt)
    desk.mail(f"ช่อง {desk.cell} {WHY}", answers=receipt)
    assert (desk.outcome, desk.reasons()) == ("explained", {"tons": WHY})
    assert ASKED not in said(desk.send_form("ส่งใหม่อีกครั้ง", tons=12.6))
    assert said(desk.send_form("ส่งใหม่อีกครั้ง", tons=12.7)).count(ASKED) == 1
    assert ASKED not in said(desk.send_form("แก้ไขแล้ว", tons=1.27))


def test_a_figure_that_was_explained_the_time_before_is_no_measure(office):
    desk = office(follows="w5826")
    desk.said_before("w5826", "1200", why="รื้อบ่อขยะเดิม")
    assert ASKED not in said(desk.send_form(tons=12.6))


def test_the_figure_of_the_time_before_is_said_as_people_write_it(office):
    desk = office(follows="w5826")
    desk.said_before("w5826", "1200.50")
    assert "(ครั้งก่อนรายงาน ๑,๒๐๐.๕)" in said(desk.send_form(tons=12.6))


def test_a_circular_that_follows_none_asks_nothing_of_the_time_before(office):
    desk = office()
    desk.said_before("w5826", "1.25")
    assert ASKED not in said(desk.send_form(tons=12.6))


def test_what_lies_beyond_expected_is_asked_and_a_reason_in_the_form_answers_it_with_the_same_mail(office):
    desk = office()
    asked = desk.send_form(budget=1_500_000)
    assert "ซึ่งสูงกว่าที่คาดไว้ (ไม่เกิน ๑,๐๐๐,๐๐๐)" in said(asked)
    assert said(asked).count(ASKED) == 1  # far as well, and said once
    receipt = desk.send_form(budget=1_500_000, note="เนื่องจากซื้อรถขยะสองคันในปีนี้")
    assert ASKED not in said(receipt)
    assert "เนื่องจากซื้อรถขยะสองคันในปีนี้" in said(receipt)
    assert desk.reasons() == {"budget": "เนื่องจากซื้อรถขยะสองคันในปีนี้"}
    assert ASKED not in said(desk.send_form("ส่งใหม่อีกครั้ง", budget=1_500_000))
    words = f"ขอส่งแบบรายงาน\nช่อง {desk.cell} ถูกต้อง เนื่องจากมีตลาดนัด"
    assert ASKED not in said(desk.send_form(words, tons=5_000_000, budget=1_500_000))
    assert desk.reasons()["tons"] == "ถูกต้อง เนื่องจากมีตลาดนัด"


def test_asking_is_idempotent(office):
    """The same form says the same again, and asks neither more nor less, whatever was explained beside it."""
    desk = office()
    first = said(desk.send_form(tons=5_000_000, budget=1_500_000))
    assert first.count(ASKED) == 2
    assert said(desk.send_form("อีกครั้ง", tons=5_000_000, budget=1_500_000)).count(ASKED) == 2
    desk.mail(f"{desk.names[0]} งบประมาณ ถูกต้อง เนื่องจากซื้อรถขยะ")
    assert desk.reasons() == {"budget": "ถูกต้อง เนื่องจากซื้อรถขยะ"}
    for text in ("ครั้งที่สาม", "ครั้งที่สี่"):
        assert said(desk.send_form(text, tons=5_000_000, budget=1_500_000)).count(ASKED) == 1
    replay(desk.house, 3, desk.now)
    assert desk.reasons() == {"budget": "ถูกต้อง เนื่องจากซื้อรถขยะ"}


NO_REASONS = (
    "ถูกต้อง เพราะรับขยะจากทั้งจังหวัด",  # of which of the two?
    "{name} ถูกต้อง เพราะรับขยะจากทั้งจังหวัด",
    "{name} ปริมาณขยะ ถูกต้องครับ",  # no reason
    "{name} ปริมาณขยะ ไม่ถูกต้อง เพราะพิมพ์ผิด",
    "{other} ปริมาณขยะ ถูกต้อง เพราะรับขยะจากทั้งจังหวัด",  # nobody asked
    "{name} และ อบต.ไม่มีจริงเลย ปริมาณขยะ ถูกต้อง เพราะรับขยะจากทั้งจังหวัด",
    "ช่อง Z99 ถูกต้อง เพราะรับขยะจากทั้งจังหวัด",
    "เนื่องจากเจ้าหน้าที่ลาป่วย จึงขอส่งส่วนที่เหลือสัปดาห์หน้า",
)


def test_words_that_are_no_sure_reason_for_one_figure_are_read_by_a_person(office):
    desk = office()
    desk.send_form(tons=5_000_000, budget=1_500_000)
    for text in NO_REASONS:
        raw = mail_of(CLERK, text.format(name=desk.names[0], other=desk.names[3]))
        message = Inboxed(99, raw, "f" * 64, desk.now, len(raw), oversize=False)
        decision = decide(case_of(desk.house, message, desk.now))
        # "… จึงขอส่งส่วนที่เหลือสัปดาห์หน้า" asks for time, too: put to staff as such.
        assert decision.outcome in {"words", "put-to-staff"}, text
        assert decision.explanations == (), text
        assert decision.ledger or any(letter.addressee == "staff" for letter in decision.letters), (
            text
        )  # heard by staff


def test_another_figure_in_words_is_said_back_and_no_reason(office):
    desk = office()
    desk.send_form(tons=5_000_000)
    raw = mail_of(CLERK, f"{desk.names[0]} ปริมาณขยะ ที่ถูกต้องคือ 5 เพราะพิมพ์เกิน")
    decision = decide(case_of(desk.house, Inboxed(99, raw, "f" * 64, desk.now, len(raw), oversize=False), desk.now))
    assert (decision.outcome, decision.explanations, decision.answers) == ("said-back", (), ())


def test_what_else_a_mail_with_a_reason_says_is_put_before_staff(office):
    desk = office()
    desk.send_form(tons=5_000_000)
    desk.mail(f"ช่อง {desk.cell} {WHY}\nและขอเปลี่ยนชื่อผู้ประสานงานเป็นนางสาวใหม่")
    assert (desk.outcome, desk.reasons()) == ("explained", {"tons": WHY})
    assert "ขอเปลี่ยนชื่อผู้ประสานงาน" in said(one("notice", desk.others))


def test_the_draft_lists_what_is_not_explained_and_the_report_shows_each_reason(office):
    desk = office()
    desk.at("2024-11-20 08:30")
    desk.send_form(tons=5_000_000, budget=1_500_000)
    draft = one("draft", desk.others)
    assert "ยังไม่มีคำชี้แจง\n" in said(draft).replace("\r", "")
    desk.mail(f"{desk.names[0]} ปริมาณขยะ {WHY}")
    morning = desk.at("2024-11-21 08:31")
    assert "มีข้อสังเกตที่ยังไม่มีคำชี้แจง ๑ แห่ง" in said(one("digest", morning))
    again = one("draft", morning)  # the reason came after the first draft
    lines = said(again).replace("\r", "")
    without, _, explained = lines.partition("ได้รับคำชี้แจงแล้ว")
    assert "1,500,000" in without.translate(ARABIC)
    assert WHY in explained
    content = files_of(again)["w5827-phrae-report.xlsx"]
    trace = openpyxl.load_workbook(io.BytesIO(content))["ที่มาของข้อมูล"]
    assert [cell.value for row in trace.iter_rows() for cell in row if cell.value == WHY] == [WHY]
    assert desk.at("2024-11-21 11:00") == []  # and no further draft
    desk.reply(again, "อนุมัติ")
    assert "report" in kinds(desk.letters())


def test_where_the_circular_says_so_an_organisation_is_incomplete_until_the_reason_is_there(office):
    desk = office(queries="must be explained")
    desk.at("2024-11-20 08:30")
    receipt = desk.send_form(tons=5_000_000)
    assert kinds(desk.others) == ["receipt"]  # no draft, though every answer is there
    assert "(มีข้อสังเกต โปรดตอบกลับพร้อมเหตุผล หรือแก้ไข)" in said(receipt)
    assert "๙ จาก ๑๐ แห่ง" in said(one("digest", desk.at("2024-11-21 08:31")))
    reminder = one("reminder", desk.at("2024-11-22 09:00"))
    assert f"{desk.names[0]}: ปริมาณขยะ (ตัน/วัน) (มีข้อสังเกต" in said(reminder)
    desk.mail(f"{WHY}", answers=receipt)
    draft = one("draft", desk.others)
    assert "๑๐ จาก ๑๐ แห่ง" in said(draft)
    assert WHY in said(draft)


def test_a_report_that_goes_by_itself_waits_for_a_person_while_a_figure_is_not_explained(office):
    desk = office(dispatch="auto")
    desk.at("2024-11-20 08:30")
    desk.send_form(tons=5_000_000)
    assert kinds(desk.others) == ["receipt", "draft"]
    desk.send_form("แก้ไขแล้ว", tons=9)
    assert "report" in kinds(desk.at("2024-11-20 09:30"))
