"""Letters as final bytes, parsed back with the standard library as a mail program would."""

import datetime
import email
import email.header
import email.policy
import io
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.config.load import shipped_bureau
from bot.documents.form.excel_form import blank_form
from bot.documents.mail.render import message_id, render
from bot.office.letters.digest import LINES, NAMED, OF_MANY, digest
from bot.office.letters.enclosures import BlankForm, ReadyFile, ReportWorkbook, with_request
from bot.office.letters.findings_listed import MOST_ERRORS
from bot.office.letters.letter import Letter, LetterKind, Quote
from bot.office.letters.receipt_and_correction import Received, answer_letter
from bot.office.letters.waiting_for_staff import subject_line
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.calendar import Calendar
from bot.office.model.circular_standing import Standing, Trouble
from bot.office.model.recorded_answer import Recorded
from bot.office.model.report_draft import Draft
from bot.office.model.roster import Roster
from parsers.findings import Code, Place, finding
from parsers.read import read_file
from parsers.reading import FileRequest, Mail, MailKind
from parsers.thai.text import thai_digits
from tests.documents.conftest import circular_of


def parsed(rendered):
    return email.message_from_bytes(rendered.raw, policy=email.policy.default)


def bodies(rendered):
    """Text and page; a space at which no line ends, of which the page has many, is a space."""
    mail = parsed(rendered)
    page = mail.get_body(("html",)).get_content().replace("&nbsp;", " ")
    return mail.get_body(("plain",)).get_content(), page


def letter(kind, view, **fields):
    standard: dict[str, Any] = {
        "circular": "w5827", "addressee": "long", "occasion": "x", "to": ("long@amphoe.example",), "subject": "เรื่องทดสอบ",
    }  # fmt: skip
    return Letter(kind=kind, view=view, **(standard | fields))


@pytest.fixture
def views(ticks, office, desk) -> dict[str, tuple[LetterKind, dict[str, Any]]]:
    """A view for each template, with hostile text wherever people's words may stand."""
    nasty = "<script>alert(1)</script>\r\nBcc: x@y.example"
    deadline, now = ticks.deadlines.reporters, desk.now
    spot = Place("แบบ.xlsx", "แบบรายงาน", "C7")
    guess = finding(Code.ORGANISATION_GUESSED, spot, nasty, organisation="เทศบาลตำบลบ้านปิน")
    locked = finding(Code.FILE_ENCRYPTED, Place("ลับ.xlsx"))
    heads = ["ก – ข", "ก – ค"]
    owed = [("ทต.บ้านปิน", heads)]
    receipt = {
        "salutation": "นายอำเภอลอง", "circular": ticks, "received": now, "sender": "clerk@amphoe.example",
        "answered": [("ทต.บ้านปิน", [(heads[0], "✓"), (heads[1], nasty)])], "warnings": [guess], "owed": [],
        "as_of": now.date(), "remarks": [("ปัญหาอุปสรรค", nasty)],
    }  # fmt: skip
    reminder = {
        "salutation": "นายอำเภอลอง", "circular": ticks, "deadline": deadline, "owed": owed, "days_left": 2,
        "organisations_total": 3, "organisations_done": 2,
    }  # fmt: skip
    notice = {
        "headline": "แจ้งเพื่อทราบ", "paragraphs": [nasty], "items": [nasty], "todo": "โปรดตรวจสอบ",
        "quotes": [Quote(nasty, f"{nasty}\r\nสองบรรทัด")],
    }  # fmt: skip
    entry = {
        "circular": ticks, "done": 1, "total": 4, "by_reporter": [("อำเภอลอง", 1, 3, now), ("อำเภอสอง", 0, 1, None)],
        "deadline": deadline, "department_deadline": ticks.deadlines.department, "state_line": "อยู่ระหว่างรับรายงาน",
        "owing": ["ทต.สอง"], "owing_more": 0, "conflicts": ["ทต.สอง"],
    }  # fmt: skip
    return {
        "request": (LetterKind.REQUEST, {
            "salutation": "นายอำเภอลอง", "circular": ticks, "organisations": ["ทต.บ้านปิน"], "deadline": deadline,
            "reporter_name": "อำเภอลอง", "form": "w5827-long.xlsx",
            "listed": with_request(BlankForm(ticks, "long"))}),
        "receipt": (LetterKind.RECEIPT, receipt),
        "correction": (LetterKind.CORRECTION, receipt | {"errors": [("ไฟล์", [locked])], "owed": owed, "rejected": False}),
        "reminder": (LetterKind.REMINDER, reminder),
        "overdue": (LetterKind.REMINDER, reminder),
        "digest": (LetterKind.DIGEST, {
            "circulars": [entry], "first": "โปรดดำเนินการ 1 เรื่อง", "tone": "", "earlier": 0, "waits": [], "troubles": [Trouble(1, now, "held", "x@y.example", nasty, nasty)], "now": now}),
        "draft": (LetterKind.DRAFT, {
            "circular": ticks, "version": 1, "done": 3, "total": 4, "unreported": ["ทต.สอง"],
            "totals": [("ก – ข", "3 แห่ง")], "deadline": ticks.deadlines.department, "reference": "A1B2C3",
            "remarks_for_staff": ["หมายเหตุ ๑ พิมพ์ผิด"]}),
        "report": (LetterKind.REPORT, {
            "circular": ticks, "department": ticks.department, "as_of": now.date(), "done": 3, "total": 4,
            "unreported": ["ทต.สอง"], "office": office}),
        "extension": (LetterKind.EXTENSION, {
            "salutation": "นายอำเภอลอง", "circular": ticks, "before": now, "deadline": deadline, "why": nasty, "owed": owed}),
        "exemption": (LetterKind.EXEMPTION, {
            "salutation": "นายอำเภอลอง", "circular": ticks, "organisation": "เทศบาลตำบลบ้านปิน", "exempted": False,
            "deadline": deadline, "why": nasty, "others": 3}),
        "late": (LetterKind.LATE, {
            "salutation": "นายอำเภอลอง", "circular": ticks, "received": now, "closed": now,
            "sender": "clerk@amphoe.example", "names": [nasty]}),
        "notice": (LetterKind.NOTICE, notice),
        "held": (LetterKind.NOTICE, notice),
        "words": (LetterKind.NOTICE, notice | {"choices": [("อนุมัติ", nasty)]}),
        "heard": (LetterKind.RECEIPT, {
            "salutation": "นายอำเภอลอง", "circular": ticks, "received": now, "sender": "clerk@amphoe.example", "what": "words",
            "owed": owed}),
    }  # fmt: skip


def all_rendered(views, desk):
    return {name: render(letter(kind, view, template=name), desk) for name, (kind, view) in views.items()}


def test_every_letter_begins_with_the_one_thing_to_do_now(views, desk):
    for name, rendered in all_rendered(views, desk).items():
        text, page = bodies(rendered)
        assert re.search("โปรด|ไม่ต้อง|ไม่มี", text.splitlines()[0]), name
        box = re.search(r'<p class="now[^>]*>(.*?)</p>', page, re.DOTALL)
        assert box
        assert page.index(box[0]) < page.index("เรียน"), name
        assert re.search("โปรด|ไม่ต้อง|ไม่มี", box[1]), name


def test_every_letter_says_the_same_in_text_and_html_and_is_signed(views, desk):
    for name, rendered in all_rendered(views, desk).items():
        text, page = bodies(rendered)
        for part in (text, page):
            assert "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดแพร่" in part, name
            assert "ฝ่ายบริหารทั่วไป" in part
            assert "๐๕๔-๕๓๔๑๑๙" in part
            assert "จึงเรียนมาเพื่อ" in part
        first = text.splitlines()[0].strip("= ")
        assert first in re.sub(r"<[^>]+>", "", page), name


def test_peoples_words_are_escaped_and_begin_no_line_of_their_own(views, desk):
    for name, rendered in all_rendered(views, desk).items():
        text, page = bodies(rendered)
        assert "<script>" not in page, name
        if name not in {"notice", "held", "words"}:  # their paragraphs are the office's own words
            assert not any(line.startswith("Bcc:") for line in text.splitlines()), name


def test_html_is_small_keeps_its_dark_rules_and_asks_for_nothing_from_outside(views, desk):
    for name, rendered in all_rendered(views, desk).items():
        _, page = bodies(rendered)
        assert len(page.encode()) < 100_000, name
        assert "prefers-color-scheme: dark" in page
        assert not re.search(r"(src|href)=|url\(", page), name


def test_a_large_receipt_stays_small_enough_to_be_shown_whole(views, desk):
    kind, view = views["receipt"]
    rows = [(f"องค์การบริหารส่วนตำบลที่ {n}", [(f"หัวข้อ {q}", "1,234.50") for q in range(12)]) for n in range(100)]
    _, page = bodies(render(letter(kind, view | {"answered": rows}), desk))
    assert len(page.encode()) < 100_000


def test_a_view_that_lacks_a_name_is_a_mistake_and_no_gap_in_the_letter(views, desk):
    kind, view = views["request"]
    del view["deadline"]
    with pytest.raises(Exception, match="deadline"):
        render(letter(kind, view), desk)


def test_headers_say_what_it_is_and_keep_holiday_messages_away(views, desk):
    kind, view = views["request"]
    rendered = render(letter(kind, view, cc=("chief@amphoe.example",)), desk)
    mail = parsed(rendered)
    # The newer parser of the standard library puts spaces between encoded words of a name; the older one is right.
    sender = email.header.decode_header(email.message_from_bytes(rendered.raw)["From"])
    assert str(email.header.make_header(sender)) == f"{desk.office.name} <ruam@phrae.example>"
    assert mail["To"] == "long@amphoe.example"
    assert mail["Cc"] == "chief@amphoe.example"
    assert mail["Reply-To"].addresses[0].addr_spec == "ruam+w5827@phrae.example"
    assert mail["Subject"] == "[w5827] เรื่องทดสอบ"
    assert mail["Date"].datetime == desk.now
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "OOF" in mail["X-Auto-Response-Suppress"]
    assert mail["X-Ruam-Kind"] == "request"
    assert mail["X-Ruam-Circular"] == "w5827"
    assert mail["Precedence"] is None


def test_answers_to_a_mail_belong_to_its_thread(views, desk):
    kind, view = views["receipt"]
    old = tuple(f"{n}@amphoe.example" for n in range(40))
    mail = parsed(render(letter(kind, view, in_reply_to="<mine@amphoe.example>", references=old), desk))
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["In-Reply-To"] == "<mine@amphoe.example>"
    thread = mail["References"].split()
    assert len(thread) == 20
    assert thread[0] == "<0@amphoe.example>"
    assert thread[-2:] == ["<39@amphoe.example>", "<mine@amphoe.example>"]


def test_a_letter_about_no_circular_has_neither_token_nor_plus_address(views, desk):
    kind, view = views["digest"]
    rendered = render(letter(kind, view, circular="", addressee="staff"), desk)
    mail = parsed(rendered)
    assert mail["Subject"] == "เรื่องทดสอบ"
    assert mail["Reply-To"] is None
    assert mail["X-Ruam-Circular"] is None
    assert rendered.message_id.startswith("ruam.digest.")


def test_the_token_is_not_put_in_front_twice(views, desk):
    kind, view = views["request"]
    mail = parsed(render(letter(kind, view, subject="เรื่อง [w5827] ก"), desk))
    assert mail["Subject"] == "เรื่อง [w5827] ก"


def test_the_message_id_is_the_letters_own_and_hangs_on_the_secret(desk):
    key = (LetterKind.REMINDER, "w5827", "long", "before-2")
    identity = message_id(*key, desk)
    assert re.fullmatch(r"w5827\.reminder\.[0-9a-f]{24}@phrae\.example", identity)
    assert message_id(*key, desk) == identity
    others = [
        message_id(*key, replace(desk, secret="another")),
        message_id(*key, replace(desk, office=replace(desk.office, slug="nan"))),
        *(
            message_id(LetterKind.REMINDER, *other, desk)
            for other in [("w5827", "song", "before-2"), ("w5827", "long", "before-1")]
        ),
    ]
    assert len({identity, *others}) == 5


def test_the_same_letter_at_the_same_moment_has_the_same_bytes(views, desk, ticks):
    for name, (kind, view) in views.items():
        sent = letter(kind, view, template=name, enclosures=(BlankForm(ticks, "long"),))
        assert render(sent, desk).raw == render(sent, desk).raw, name


def test_lines_end_as_smtp_wants_and_are_short_enough(views, desk, ticks):
    long = "รายงานสถานะการดำเนินการตามพระราชบัญญัติการปฏิบัติราชการทางอิเล็กทรอนิกส์ พ.ศ. ๒๕๖๕ (อำเภอลอง)"
    for name, (kind, view) in views.items():
        sent = letter(kind, view, template=name, subject=long, enclosures=(BlankForm(ticks, "long"),))
        raw = render(sent, desk).raw
        assert b"\n" not in raw.replace(b"\r\n", b"")
        assert b"\r" not in raw.replace(b"\r\n", b"")
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        assert raw.isascii()
        subject = parsed(render(sent, desk))["Subject"]
        assert subject == f"[w5827] {long}"
        old_way = email.message_from_bytes(raw)["Subject"]
        assert (
            str(email.header.make_header(email.header.decode_header(old_way))).replace("\r\n", "") == f"[w5827] {long}"
        )


def test_enclosures_go_along_and_are_kept_for_the_books(views, desk, ticks, rolled):
    kind, view = views["draft"]
    rollup = rolled(ticks, lambda *_: True)
    enclosures = (BlankForm(ticks, "long"), ReportWorkbook(ticks, rollup), ReadyFile("report.pdf", b"%PDF\r\n\n\r"))
    rendered = render(letter(kind, view, enclosures=enclosures), desk)
    assert [file.name for file in rendered.files] == ["w5827-long.xlsx", "w5827-phrae-report.xlsx", "report.pdf"]
    parts = list(parsed(rendered).iter_attachments())
    assert [(part.get_filename(), part.get_content()) for part in parts] == [
        (f.name, f.content) for f in rendered.files
    ]
    assert parts[0].get_content_type() == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert load_workbook(io.BytesIO(parts[0].get_content())).sheetnames == ["แบบรายงาน", "_meta"]


def test_everyone_addressed_is_a_recipient_once(views, desk):
    kind, view = views["request"]
    rendered = render(letter(kind, view, to=("a@x.example", "b@x.example"), cc=("a@x.example", "")), desk)
    assert rendered.recipients == ("a@x.example", "b@x.example")
    assert rendered.sender == "ruam@phrae.example"
    assert rendered.due == desk.now


def test_a_letter_to_nobody_is_a_mistake(views, desk):
    kind, view = views["request"]
    with pytest.raises(ValueError, match="nobody"):
        render(letter(kind, view, to=()), desk)


def test_an_address_that_smuggles_is_refused(views, desk):
    kind, view = views["request"]
    with pytest.raises(ValueError, match="mail address"):
        render(letter(kind, view, to=("a@x.example\r\nBcc: b@x.example",)), desk)


SMUGGLED = st.text(max_size=60) | st.sampled_from(
    ["a\r\nBcc: b@x.example", "a\n b", "\u2028Bcc: x", "\x00", "[w5827]\rX: y"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(subject=SMUGGLED, name=SMUGGLED, reference=SMUGGLED)
def test_no_header_can_be_smuggled_in(views, desk, subject, name, reference):
    kind, view = views["notice"]
    sender = replace(desk, office=replace(desk.office, name=name))
    sent = letter(kind, view, subject=subject, in_reply_to=reference, references=(reference, "ok@x.example"))
    mail = parsed(render(sent, sender))
    assert set(mail.keys()) <= {
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
        "X-Auto-Response-Suppress", "X-Ruam-Kind", "X-Ruam-Circular", "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert mail["To"] == "long@amphoe.example"
    assert mail["From"].addresses[0].addr_spec == "ruam@phrae.example"


def test_digits_are_thai_or_arabic_as_the_office_sets(views, desk):
    kind, view = views["reminder"]
    thai, _ = bodies(render(letter(kind, view), desk))
    arabic, _ = bodies(render(letter(kind, view), replace(desk, office=replace(desk.office, thai_digits=False))))
    assert "๒๙ พฤศจิกายน ๒๕๖๗ เวลา ๑๖.๓๐ น." in thai
    assert "29 พฤศจิกายน 2567 เวลา 16.30 น." in arabic


def test_after_the_deadline_a_correction_asks_for_haste_instead_of_a_day_gone_by(views, desk):
    kind, view = views["correction"]
    later = replace(desk, now=desk.now + datetime.timedelta(days=4))
    assert "โดยด่วน (เลยกำหนด" in bodies(render(letter(kind, view), later))[0].splitlines()[0]
    assert "ภายในวันที่ ๒๙" in bodies(render(letter(kind, view), desk))[0].splitlines()[0]


def test_thai_subjects_keep_their_spaces_and_lines_stay_short(views, desk):
    """Read with the older decoder, which follows RFC 2047 to the letter; the newer folding loses a space now and then."""
    kind, view = views["request"]
    subject = "ขอให้รายงานสถานะการดำเนินการตามพระราชบัญญัติการปฏิบัติราชการทางอิเล็กทรอนิกส์ พ.ศ. ๒๕๖๕ (อำเภอวังชิ้น) ก ข ค ง"
    for cut in range(40, len(subject)):
        rendered = render(replace(letter(kind, view), subject=subject[:cut]), desk)
        head = rendered.raw.split(b"\r\n\r\n")[0].decode("ascii")
        assert max(len(line) for line in head.splitlines()) <= 78
        unfolded = email.message_from_string(head)["Subject"]
        words = email.header.make_header(email.header.decode_header(unfolded))
        assert str(words) == f"[w5827] {subject[:cut]}".rstrip()


def test_a_digest_names_every_circular_it_tells_of(views, desk):
    kind, view = views["digest"]
    rendered = render(letter(kind, view | {"slugs": ["w5827", "waste2568"]}, circular="", addressee="staff"), desk)
    assert parsed(rendered)["X-Ruam-Circular"] == "w5827, waste2568"


DAY = datetime.datetime(2024, 12, 3, 8, 30, tzinfo=BANGKOK)
DRAFT = Draft("w5827", 1, "f", "A1B2C3", DAY - datetime.timedelta(days=1))
HELD = Trouble(17, DAY, "held", "x@y.example", "เรื่อง", "เหตุ")
PUT_OFF = Trouble(0, DAY, "put-off", "2 ฉบับ", "จดหมายของระบบ", "เลื่อน")


def two_say(ticks):
    """Two reporters say different things of two cells of one organisation."""
    said = [
        Recorded("5540101", q.key, "1", 1, "a@x.example", DAY, "", Place(), "long") for q in ticks.form.question[:2]
    ]
    return tuple((replace(each, value="2", reporter="song"), each) for each in said)


@pytest.fixture
def daily(ticks, roster, desk):
    """A function that gives subject, first line and page of a digest, on a day so many days on."""
    bureau = Bureau(desk.office, roster, {"w5827": ticks}, Calendar())

    def made(troubles=(), days=0, **standing):
        now = DAY + datetime.timedelta(days=days)
        one = Standing(ticks, (), {}, **({"drafts": ()} | standing))
        rendered = render(digest(bureau, [one], troubles, now), desk)
        text, page = bodies(rendered)
        return parsed(rendered)["Subject"], text.splitlines()[0].strip("= "), page

    return made


def test_a_digest_counts_at_its_top_all_that_waits(daily, ticks):
    kinds = ("held", "held", "words", "failed", "bounced", "unknown", "unreadable", "withheld")
    troubles = [replace(HELD, id=number, kind=kind) for number, kind in enumerate(kinds)]
    subject, first, page = daily([*troubles, PUT_OFF], drafts=(DRAFT,), disagreements=two_say(ticks))
    assert first == (
        "โปรดดำเนินการ ๑๐ เรื่อง: อนุมัติร่างรายงาน ๑ ฉบับ · สอบถามว่าจดหมายของระบบถึงผู้รับหรือไม่ ๑ ฉบับ · "
        "ตัดสินว่าจะรับจดหมายที่เก็บไว้หรือไม่ ๒ ฉบับ · อ่านและตอบข้อความ ๑ ฉบับ · ดูจดหมายของระบบที่ส่งไม่ถึงผู้รับ ๒ ฉบับ · "
        "เปิดดูจดหมายที่ระบบอ่านไม่ได้ ๒ ฉบับ · ตรวจข้อมูลที่ผู้รายงานตอบไม่ตรงกัน ๑ แห่ง"
    )
    assert subject == "[w5827] มี ๑๐ เรื่องรอท่าน: อนุมัติร่างรายงาน · ครบแล้ว ๐/๔"
    assert 'class="now urgent"' in page
    assert re.search("ตอบไม่ตรงกัน ๑ แห่ง:</b> <span[^>]*>ทต.บ้านปิน<", page)


@pytest.mark.parametrize(
    ("troubles", "drafts", "days", "thing", "tone"),
    [
        ([], (), 0, "ไม่มีเรื่องรอท่าน", "done"),
        ([PUT_OFF], (), 0, "ไม่มีเรื่องรอท่าน", "done"),
        ([], (DRAFT,), 0, "มี ๑ เรื่องรอท่าน: อนุมัติร่างรายงาน", ""),
        ([HELD], (DRAFT,), 6, "มี ๒ เรื่องรอท่าน: อนุมัติร่างรายงานโดยด่วน", "urgent"),
        ([HELD], (), 0, "มี ๑ เรื่องรอท่าน: ตัดสินว่าจะรับจดหมายที่เก็บไว้หรือไม่", "urgent"),
        ([], (replace(DRAFT, dispatched=DAY),), 0, "ไม่มีเรื่องรอท่าน", "done"),
    ],
    ids=["quiet", "by itself", "draft", "late draft", "held", "gone"],
)
def test_a_digests_subject_says_the_days_one_thing(daily, troubles, drafts, days, thing, tone):
    subject, first, page = daily(troubles, days, drafts=drafts)
    assert subject == f"[w5827] {thing} · ครบแล้ว ๐/๔"
    assert first.startswith("ไม่มีเรื่องรอท่าน" if tone == "done" else "โปรดดำเนินการ")
    assert f'class="now {tone}"' in page


def test_a_digest_names_who_owes_and_of_many_how_many_more(daily, ticks, roster, desk):
    page = daily()[2]
    assert "ยังค้าง ๔ แห่ง: ทต.บ้านปิน, อบต.บ้านปิน, อบต.หัวทุ่ง, ทต.สอง" in re.sub("<[^>]+>", "", page)
    assert '<span style="white-space:nowrap">อบต.บ้านปิน</span>' in page  # no program tears it
    many = tuple(replace(roster.organisations[0], code=str(n), short_name=f"ทต.ที่{n}") for n in range(NAMED + 5))
    bureau = Bureau(desk.office, replace(roster, organisations=many, contacts=()), {"w5827": ticks}, Calendar())
    text, page = bodies(render(digest(bureau, [Standing(ticks, (), {}, ())], (), DAY), desk))
    ending = thai_digits(f"ทต.ที่{NAMED - 1} และอีก 5 แห่ง")
    assert ending in text
    assert ending in re.sub("<[^>]+>", "", page)


def test_several_circulars_stand_in_the_subject_with_how_far_they_are():
    stands = [(f"w{number}", number, 84) for number in range(1, 6)]
    assert subject_line((), stands) == "ไม่มีเรื่องรอท่าน · ครบแล้ว w1 1/84, w2 2/84, w3 3/84 และอีก 2 เรื่อง"
    assert subject_line((), ()) == "ไม่มีเรื่องรอท่าน"


def test_a_digest_of_two_hundred_circulars_tells_the_most_pressing_in_full_and_stays_small(desk):
    bureau = replace(shipped_bureau(), office=desk.office)
    circular = bureau.circulars["w5827"]
    standings = []
    for number in range(200):
        until = circular.deadlines.model_copy(
            update={"reporters": DAY + datetime.timedelta(days=1 + (number * 7) % 200)}
        )
        more = circular.model_copy(update={"slug": f"w{number}", "deadlines": until})
        standings.append(Standing(more, (), {}, ()))
    rendered = render(digest(bureau, standings, (), DAY), replace(desk, roster=bureau.roster))
    text, page = bodies(rendered)
    soonest = sorted(standings, key=lambda one: one.circular.deadlines.reporters)
    told = re.findall(r"\[(w\d+)\]", text)
    assert told == [one.circular.slug for one in soonest[: OF_MANY + LINES]]
    assert text.count("ยังค้าง ๘๔ แห่ง") == OF_MANY
    assert thai_digits(f"และอีก {200 - OF_MANY - LINES} เรื่อง") in page
    assert len(rendered.raw) <= 100_000


def test_of_very_many_troubles_a_digest_counts_all_and_lists_the_newest(daily):
    troubles = [replace(HELD, id=number, why="เหตุ " * 60) for number in range(500)]
    subject, _, page = daily(troubles)
    assert "๕๐๐ เรื่องรอท่าน" in subject
    assert "(หมายเลข ๔๙๙)" in page
    assert "และเรื่องก่อนหน้านี้อีก ๔๖๐ เรื่อง" in page
    assert len(page.encode()) < 100_000


@pytest.fixture
def answered_to(roster, desk):
    """A function that gives the text and page of the answer to a form of many columns, filled in by a function of row and column."""
    label = "ประเด็นที่ {} องค์กรปกครองส่วนท้องถิ่นได้ดำเนินการตามมาตรการแล้ว"

    def answer(organisations, columns, filled_with):
        questions = [{"key": f"q{n}", "kind": "tick", "label": label.format(n)} for n in range(columns)]
        circular = circular_of("wide", questions)
        many = tuple(
            replace(roster.organisations[0], code=str(n), official_name=f"เทศบาลตำบลที่{n}", short_name=f"ทต.ที่{n}")
            for n in range(organisations)
        )
        contact = replace(
            roster.contacts[0], reporter=replace(roster.contacts[0].reporter, organisations=tuple(o.code for o in many))
        )
        bureau = Bureau(desk.office, Roster("แพร่", many, (contact,), {}), {"wide": circular}, Calendar())
        book = load_workbook(io.BytesIO(blank_form(circular, bureau.roster, "long")))
        sheet = book.worksheets[0]
        first = next(row for row in range(1, 30) if sheet.cell(row, 1).value == 1)
        for row in range(organisations):
            for column in range(columns):
                sheet.cell(first + row, 3 + column).value = filled_with(row, column)
        filled = io.BytesIO()
        book.save(filled)
        reading = read_file("แบบรายงาน.xlsx", filled.getvalue(), FileRequest(bureau.catalogue(), reporter="long"))
        mail = Mail(MailKind.REPORT, "a@b.example", (), "long@amphoe.example", "", (), "", None, "")
        known = [
            Recorded(a.organisation, a.question, a.value, 1, mail.sender, desk.now, "", a.place, "long")
            for a in reading.standing()
        ]
        made = answer_letter(
            bureau, circular, Received("k", desk.now, replace(reading, mail=mail), (mail.sender,)), known
        )
        return bodies(render(replace(made, enclosures=()), desk))

    return answer


@pytest.mark.parametrize(("organisations", "columns"), [(20, 30), (84, 30), (84, 4)])
@pytest.mark.parametrize(
    "filled_with",
    [
        lambda row, column: "✓",
        lambda row, column: "อะไรนะ",
        lambda row, column: "✓" if column % 2 else None,
        lambda row, column: "รอ" if column % 2 else None if row % 2 else "✓",
    ],
    ids=["good", "bad", "half", "mixed"],
)
def test_an_answer_about_very_many_cells_is_shown_whole(answered_to, organisations, columns, filled_with):
    """Mail programs cut what is longer than 102 kB; what is left out is counted."""
    _, page = answered_to(organisations, columns, filled_with)
    assert len(page.encode()) < 100_000


def test_of_very_many_mistakes_the_rest_is_counted(answered_to):
    text, _ = answered_to(84, 4, lambda row, column: "อะไรนะ" if column < 2 else "✓")
    assert text.count("อะไรนะ") == MOST_ERRORS
    assert "หน่วยงานอีก ๕๔ แห่ง" in text
    assert thai_digits(f"ยังมีส่วนที่ต้องแก้ไขอีก {2 * 54} รายการ") in text
