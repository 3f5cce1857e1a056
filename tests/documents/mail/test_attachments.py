"""What goes with the request: named in the letter, attached as it is, left out where a server finds it too large."""

import base64
import dataclasses
import datetime
import email
import email.policy
import re

import pypdfium2
import pytest

from bot.documents.mail.attachments import Desk
from bot.documents.mail.render import render
from bot.documents.mail.too_large_letter import LARGE, left_out, without
from bot.office.letters.draft_and_report import draft_letter, report_letter
from bot.office.letters.enclosures import BlankForm, Listed, ReadyFile, attached, files_for, with_request
from bot.office.letters.request_and_reminder import ReminderStep, reminder, request
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.circular import Link
from bot.office.model.circular_enclosure import EnclosedFile
from bot.office.model.circular_standing import Standing
from bot.office.model.report_draft import Draft
from bot.office.model.rollup import roll_up
from bot.shipped import TEMPLATES
from tests.documents import department_letter
from tests.setup.shipped import bureau_at_work

FOLDER = TEMPLATES / "circulars" / "w5827"
SECRET_LINK = base64.b64decode(
    "c2hvcnR1cmwuYXNpYS9ycDZ1Uw=="
).decode()  # of the token keys; it stands nowhere, not even here
LETTER, FORM = "w5827-department-letter.pdf", "w5827-den-chai.xlsx"
PDF = b"%PDF-1.7\n\x00\xff\r\n.\r\n" + bytes(range(256)) * 4
THAI_NAME = "ตัวอย่างประกาศและคำสั่งขององค์กรปกครองส่วนท้องถิ่น.pdf"
NOW = datetime.datetime(2024, 11, 20, 9, tzinfo=BANGKOK)


@pytest.fixture(scope="module")
def bureau():
    return bureau_at_work()


@pytest.fixture(scope="module")
def circular(bureau):
    return bureau.circulars["w5827"]


def contact(bureau):
    return next(one for one in bureau.roster.contacts if one.reporter.key == "den-chai")


def written(bureau, letter, *, now=NOW):
    rendered = render(letter, Desk(bureau.office, bureau.roster, "x", now))
    return email.message_from_bytes(rendered.raw, policy=email.policy.default), rendered.raw


def asked(bureau, circular, **how):
    return written(bureau, request(bureau, circular, contact(bureau)), **how)


def words(mail):
    page = mail.get_body(("html",)).get_content().replace("&nbsp;", " ")
    page = re.sub(r'<span style="white-space:\s?nowrap;?">([^<]*)</span>', r"\1", page)  # words that no line tears
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n"), page


def files(mail):
    return {part.get_filename(): part.get_payload(decode=True) for part in mail.iter_attachments()}


def enclosing(circular, *more, content=PDF, **fields):
    given = {"file": THAI_NAME, "title": "ตัวอย่างประกาศฯ", "copies": "2 ชุด"} | fields
    return circular.model_copy(
        update={"enclosure": (*circular.enclosure, EnclosedFile.model_validate(given).filled(content), *more)}
    )


def test_the_request_lists_the_form_and_the_departments_letter_and_attaches_both(bureau, circular):
    mail, _ = asked(bureau, circular)
    assert list(files(mail)) == [FORM, LETTER]
    assert files(mail)[LETTER] == (FOLDER / LETTER).read_bytes()
    for said in words(mail):
        listed = said.partition("สิ่งที่ส่งมาด้วย")[2]
        assert f"๑. {circular.form.title} จำนวน ๑ ชุด" in listed
        assert "๒. สำเนาหนังสือกรมส่งเสริมการปกครองท้องถิ่น ที่ มท ๐๘๑๐.๗/ว ๕๘๒๗ ลงวันที่ ๑๒ พฤศจิกายน ๒๕๖๗" in listed
        assert "(ถอดความจากต้นฉบับ) จำนวน ๑ ฉบับ" in listed
        assert listed.index(FORM) < listed.index("๒. ") < listed.index(LETTER)
        assert "อ้างถึง" in said.partition("สิ่งที่ส่งมาด้วย")[0]


def test_the_numbers_follow_the_offices_digits(bureau, circular):
    latin = dataclasses.replace(bureau, office=dataclasses.replace(bureau.office, thai_digits=False))
    text, _ = words(asked(latin, enclosing(circular))[0])
    assert "\n3. ตัวอย่างประกาศฯ จำนวน 2 ชุด\n" in text
    assert "\n๓. ตัวอย่างประกาศฯ จำนวน ๒ ชุด\n" in words(asked(bureau, enclosing(circular))[0])[0]


def test_a_single_thing_has_no_number(bureau, circular):
    text, page = words(asked(bureau, circular.model_copy(update={"enclosure": ()}))[0])
    assert f"สิ่งที่ส่งมาด้วย\n{circular.form.title} จำนวน ๑ ชุด\n" in text
    assert "๑. " + circular.form.title not in page


def test_the_offices_own_papers_stand_after_the_form(circular):
    form, own = BlankForm(circular, "den-chai"), Listed("หนังสือจังหวัดแพร่", "๑ ฉบับ", ReadyFile("scan.pdf", PDF))
    listed = with_request(form, (own,))
    assert [one.name for one in listed] == [FORM, "", LETTER]
    assert attached(listed) == (form, own.enclosure, *files_for(circular, "reporters"))


def test_a_thai_name_and_odd_bytes_arrive_as_they_are(bureau, circular):
    mail, raw = asked(bureau, enclosing(circular))
    assert files(mail)[THAI_NAME] == PDF
    assert raw.isascii()
    assert b"filename*" in raw  # RFC 2231
    assert max(map(len, raw.split(b"\r\n"))) < 999


def test_a_picture_goes_as_a_picture(bureau, circular):
    mail, _ = asked(bureau, enclosing(circular, file="a.PNG", content=b"\x89PNG"))
    assert [part.get_content_type() for part in mail.iter_attachments()][-1] == "image/png"


def test_what_is_too_large_goes_as_a_link(bureau, circular):
    address = "https://files.phrae.example/a?b=1&c=2"
    mail, _ = asked(bureau, enclosing(circular, content=b"", address=address))
    text, page = words(mail)
    assert list(files(mail)) == [FORM, LETTER]
    assert f"๓. ตัวอย่างประกาศฯ จำนวน ๒ ชุด\n    ไฟล์มีขนาดใหญ่ ดาวน์โหลดได้ที่ {address}\n" in text
    assert 'href="https://files.phrae.example/a?b=1&amp;c=2"' in page
    text, _ = words(asked(bureau, enclosing(circular, address=address))[0])
    assert f"ไฟล์แนบ {THAI_NAME} หรือที่ {address}\n" in text


def test_each_reader_gets_what_is_meant_for_it(bureau, circular):
    for_staff = EnclosedFile(file="s.pdf", title="วิธีตรวจ", to=("staff",)).filled(b"staff")
    both = EnclosedFile(file="b.pdf", title="หนังสือ", to=("staff", "department")).filled(b"both")
    circular = enclosing(circular, for_staff, both)
    rollup = roll_up(circular, bureau.roster, (), (), NOW.date())
    standing = Standing(circular, (), {}, ())
    draft = draft_letter(bureau, standing, rollup, Draft("w5827", 1, NOW, "r", "f"))
    report = report_letter(bureau, circular, rollup, {})
    assert list(files(asked(bureau, circular)[0])) == [FORM, LETTER, THAI_NAME]
    assert draft.enclosures[-2:] == (ReadyFile("s.pdf", b"staff"), ReadyFile("b.pdf", b"both"))
    assert report.enclosures[1:] == (ReadyFile("b.pdf", b"both"),)


def owing(bureau):
    return dict.fromkeys(contact(bureau).reporter.organisations, ("s10_announced",))


@pytest.mark.parametrize("late", [False, True])
def test_a_reminder_attaches_nothing_again_but_names_the_links(bureau, circular, late):
    step = ReminderStep("r", -2 if late else 2, late=late)
    mail, _ = written(bureau, reminder(bureau, circular, contact(bureau), owing(bureau), step))
    assert list(files(mail)) == [FORM]
    for said in words(mail):
        assert "สิ่งที่ส่งมาด้วย" not in said
        assert all(link.address in said for link in circular.link)


def test_links_say_what_they_are_for_and_until_when(bureau, circular):
    link = Link(
        label="คลิปแนะนำ",
        address="https://files.phrae.example/c",
        purpose="สำหรับผู้กรอก",
        until=datetime.date(2024, 11, 25),
    )
    circular = circular.model_copy(update={"link": (link,)})
    text, page = words(asked(bureau, circular)[0])
    assert "- คลิปแนะนำ สำหรับผู้กรอก (เปิดได้ถึงวันที่ ๒๕ พฤศจิกายน ๒๕๖๗)\n    https://files.phrae.example/c\n" in text
    assert "เปิดได้ถึงวันที่ ๒๕ พฤศจิกายน ๒๕๖๗" in page
    last, after = (datetime.datetime(2024, 11, day, 23, 59, tzinfo=BANGKOK) for day in (25, 26))
    assert link.address in words(asked(bureau, circular, now=last)[0])[0]
    text, page = words(asked(bureau, circular, now=after.astimezone(datetime.UTC))[0])
    assert "ดูเพิ่มเติม" not in text + page


def test_the_shipped_links_are_the_departments_and_mended(bureau, circular):
    addresses = [link.address for link in circular.link]
    assert addresses == [
        "https://bit.ly/4fHYxIQ", "http://opdc.link/MTA2YTY", "https://citly.me/QWctx", "https://citly.me/PDtVU",
    ]  # fmt: skip
    for said in words(asked(bureau, circular)[0]):
        assert all(address in said for address in addresses)
        assert "๔fHYxIQ" not in said
    [told] = [remark for remark in circular.wording.remarks_for_staff if "bit.ly" in remark]
    assert "bit.ly/๔fHYxIQ" in told
    assert "https://bit.ly/4fHYxIQ" in told


def test_the_link_to_the_token_keys_stands_nowhere(bureau, circular):
    secret = SECRET_LINK.rpartition("/")[2]
    for path in TEMPLATES.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path
    said = "".join(pages(FOLDER / LETTER))
    rollup = roll_up(circular, bureau.roster, (), (), NOW.date())
    standing = Standing(circular, (), {}, ())
    step = ReminderStep("r", 2, late=False)
    for letter in (
        request(bureau, circular, contact(bureau)),
        reminder(bureau, circular, contact(bureau), owing(bureau), step),
        draft_letter(bureau, standing, rollup, Draft("w5827", 1, NOW, "r", "f")),
        report_letter(bureau, circular, rollup, {}),
    ):
        said += "".join(words(written(bureau, dataclasses.replace(letter, enclosures=()))[0]))
    assert "citly.me/QWctx" in said
    assert "shorturl" not in said
    assert secret not in said


def pages(path):
    """The text of each page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_the_copy_of_the_departments_letter_is_set_from_the_words_beside_it(circular):
    assert (FOLDER / LETTER).read_bytes() == department_letter.letter_pdf()
    first, second = pages(FOLDER / LETTER)
    assert "www.info.go.th" in first
    assert all(link.address in second for link in circular.link)
    said = department_letter.words()
    assert said["mark"] == "สำเนา"
    assert "ถอดความจากต้นฉบับ" in said["notice"]
    assert "ไม่มีตราและลายมือชื่อ" in said["notice"]


def test_first_the_large_files_are_left_out_then_all(bureau, circular):
    mail, raw = asked(bureau, enclosing(circular, content=PDF + bytes(LARGE)))
    whole = files(mail)
    assert left_out(raw) == (THAI_NAME,)
    lighter = without(raw, left_out(raw))
    once = email.message_from_bytes(lighter, policy=email.policy.default)
    assert files(once) == {name: content for name, content in whole.items() if name != THAI_NAME}
    assert once.items() == mail.items()
    for said in words(once):
        assert f"จึงส่งมาโดยไม่มีไฟล์ {THAI_NAME} " in said
        assert "โปรดตอบกลับจดหมายฉบับนี้" in said
    assert left_out(lighter) == (FORM, LETTER)
    bare = without(lighter, left_out(lighter))
    assert files(email.message_from_bytes(bare, policy=email.policy.default)) == {}
    assert left_out(bare) == ()
