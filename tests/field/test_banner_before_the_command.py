"""What servers write above or below a text is not the sender's: commands, nil replies and thanks are heard through it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.rules.commands import Command, command_in
from parsers.mail.message import parse
from parsers.mail.words.banners import without_banners
from tests.field.mails import ALL, form, mail, multipart, read, recorded, said, words

ABOVE = (
    "CAUTION: This email originated from outside of the organization. Do not click links.",
    "CAUTION: This email originated from outside of the organization. Do not click\nlinks or open attachments unless you recognize the sender and know the\ncontent is safe.",
    "CAUTION:\nThis message was sent from outside the company. Please do not click links or open attachments unless you trust the sender.",
    "[EXTERNAL EMAIL] DO NOT CLICK links or attachments unless you recognize the sender and know the content is safe.",
    "[EXTERNAL]",
    "*** EXTERNAL EMAIL ***",
    "EXTERNAL: Do not click links or open attachments if you do not recognize the sender.",
    "External Email - Use caution with links and attachments",
    "⚠️ External sender. Be careful when opening links or attachments.",
    'WARNING: The sender of this email could not be validated and may not match the person in the "From" field.',
    "This message was sent from outside of our network. Please be cautious.",
    "This Message Is From an External Sender\nThis message came from outside your organization.",
    "You don't often get email from den-chai@district.phrae.example. Learn why this is important",
    "Some people who received this message don't often get email from den-chai@district.phrae.example. Learn why this is important <https://aka.example/x>",
    "ATTENTION: This email came from an external source. Do not open attachments or click on links from unknown senders.",
    "Be careful with this message: it may be spam.\nReport suspicious emails to the help desk.",
    "________________________________\nNotice: this e-mail was received from an external address.\n________________________________",
    "อีเมลฉบับนี้ส่งมาจากภายนอกองค์กร โปรดระวังการคลิกลิงก์และเปิดไฟล์แนบ",
    "คำเตือน: อีเมลนี้มาจากภายนอกหน่วยงาน อย่าคลิกลิงก์หรือเปิดไฟล์แนบ เว้นแต่ท่านรู้จักผู้ส่ง",
    "[อีเมลภายนอก]",
    "[ภายนอก] โปรดระวัง: ข้อความนี้ถูกส่งจากนอกองค์กร",
    "ข้อควรระวัง : จดหมายอิเล็กทรอนิกส์ฉบับนี้ส่งจากบุคคลภายนอกองค์กร\nกรุณาตรวจสอบผู้ส่งก่อนเปิดไฟล์แนบ",
    "*** คำเตือน *** อีเมล์ฉบับนี้มีต้นทางจากภายนอก ห้ามคลิกลิงก์ที่น่าสงสัย",
    "คุณไม่ค่อยได้รับอีเมลจาก den-chai@district.phrae.example เรียนรู้ว่าทำไมสิ่งนี้จึงสำคัญ",
    "ผู้ส่งภายนอกองค์กร โปรดใช้ความระมัดระวังในการเปิดลิงก์",
    "ข้อความนี้ผ่านการตรวจสอบไวรัสแล้ว",
    "This message has been scanned for viruses and dangerous content by MailScanner, and is believed to be clean.",
)  # fmt: skip
BELOW = (
    "This email and any attachments are confidential and intended solely for the addressee.\nIf you have received this email in error please notify the sender and delete it.",
    "DISCLAIMER: The information in this message is confidential.\nAny use of it by others is prohibited.",
    "--\nThis message has been scanned for viruses and\ndangerous content by MailScanner, and is\nbelieved to be clean.",
    "Virus-free. www.avast.com",
    "_______________________________________________\nOffice mailing list\nOffice@lists.phrae.example\nhttps://lists.phrae.example/mailman/listinfo/office",
    'You received this message because you are subscribed to the Google Groups "office" group.\nTo unsubscribe from this group, send an email to x@y.example.',
    "Please consider the environment before printing this e-mail.",
    "ข้อความในอีเมลฉบับนี้เป็นความลับและมีเจตนาส่งถึงผู้รับที่ระบุไว้เท่านั้น\nหากท่านได้รับโดยผิดพลาดกรุณาแจ้งผู้ส่งและลบทิ้ง",
    "ข้อจำกัดความรับผิดชอบ: ข้อมูลในอีเมลนี้เป็นของหน่วยงาน ห้ามเผยแพร่",
    "หากท่านไม่ใช่ผู้รับที่ระบุไว้ กรุณาลบอีเมลนี้",
    "ไม่พบไวรัสในข้อความนี้ ตรวจสอบโดยระบบของจังหวัด",
    "กรุณาคำนึงถึงสิ่งแวดล้อมก่อนพิมพ์อีเมลฉบับนี้",
    "ท่านได้รับอีเมลนี้เพราะเป็นสมาชิกกลุ่ม office\nยกเลิกการรับข่าวสารได้ที่ https://x.example",
    "Get Outlook for Android",
    "Sent from my iPhone",
    "ส่งจาก iPhone ของฉัน",
)  # fmt: skip
OWN = (
    "อนุมัติ",
    "รับทราบค่ะ",
    "ขอแก้ไข อบต.ไทรย้อย เป็น X ทุกช่อง",
    "รายงานตามไฟล์แนบครับ",
    "เรียน ท้องถิ่นจังหวัดแพร่\n\nตามหนังสือที่อ้างถึง อำเภอขอส่งแบบรายงานตามสิ่งที่ส่งมาด้วย\n\nจึงเรียนมาเพื่อโปรดทราบ",
    "ข้อมูลของ ทต.เด่นชัย เป็นข้อมูลลับทางราชการหรือไม่",
    "เปิดลิงก์ที่ส่งมาไม่ได้ ขอให้ส่งใหม่",
    "ไม่ได้รับอีเมลของจังหวัดเลย",
    "The link does not open; please send the file again.",
    "We print the form outside office hours.",
    "จะส่งจดหมายให้ภายนอกเวลาราชการ",
    "เครื่องติดไวรัส ขอส่งพรุ่งนี้ครับ",
    "https://drive.example/file/1",
    "- ทต.เด่นชัย ✓\n- อบต.ไทรย้อย ✗",
)
NIL = "ไม่มีข้อมูลที่จะรายงานครับ"


def text_of(plain, *, html=False):
    body = words("".join(f"<div>{line or '<br>'}</div>" for line in plain.split("\n")), "text/html; charset=utf-8")
    return parse(mail(body if html else words(plain))).mail.text


@pytest.mark.parametrize("html", [False, True], ids=["plain", "html"])
@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["paragraph", "line"])
@pytest.mark.parametrize("banner", ABOVE)
def test_a_command_below_a_banner_is_heard(banner, between, html):
    assert command_in(text_of(f"{banner}{between}อนุมัติ", html=html)) is Command.APPROVE


@pytest.mark.parametrize("footer", BELOW)
@pytest.mark.parametrize("banner", ["", *ABOVE[:2]])
def test_of_a_command_between_banner_and_footer_nothing_else_is_left(banner, footer):
    assert text_of(f"{banner}\n\nอนุมัติครับ\n\n{footer}\n") in ("อนุมัติครับ", "อนุมัติครับ\n\n--")


@pytest.mark.parametrize("around", [*((each, "") for each in ABOVE), *(("", each) for each in BELOW)])
def test_a_nil_reply_and_thanks_stay_what_they_are(around):
    above, below = around
    reading = read(mail(words(f"{above}\n\n{NIL}\n\n{below}")), nil=True)
    assert (recorded(reading), said(reading)) == (ALL, ["nil-reply"])
    assert text_of(f"{above}\n\nขอบคุณครับ\n\n{below}").strip("\n-") == "ขอบคุณครับ"


@pytest.mark.parametrize("own", OWN)
def test_words_of_people_stay(own):
    assert without_banners(own) == own
    assert text_of(f"{ABOVE[0]}\n\n{own}\n\n{BELOW[0]}") == own


def test_a_banner_in_one_line_with_the_words():
    assert text_of("[EXTERNAL] อนุมัติ") == "อนุมัติ"
    assert text_of("CAUTION: This email originated from outside. Do not click links. อนุมัติ") == "อนุมัติ"


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>⚠</td><td><b>CAUTION:</b>&nbsp;This&nbsp;email originated&nbsp;from outside of the&nbsp;organization.</td></tr></table><p>อนุมัติ</p>",
        "<div style='border:1px'><span>External</span> <span>e‑mail: do not click&nbsp;links unless you know the&nbsp;sender.</span></div><br>อนุมัติ",
        "<p>You don’t often get email from x@y.example. <a href='https://aka.example'>Learn why this is important</a></p><div>อนุมัติ</div>",
        "<center><font color=red>คำเตือน&nbsp;:&nbsp;อีเมลฉบับนี้มาจากภายนอกองค์กร</font></center><p>&nbsp;</p><p>อนุมัติ</p>",
    ],
)
def test_a_banner_drawn_in_html(page):
    assert command_in(parse(mail(words(page, "text/html; charset=utf-8"))).mail.text) is Command.APPROVE


def test_a_banner_as_a_part_of_its_own():
    banner = words(ABOVE[0], "text/plain; charset=utf-8")
    html = words("<p>อนุมัติ</p>", "text/html; charset=utf-8")
    assert parse(mail(multipart("mixed", banner, html))).mail.text == "อนุมัติ"
    assert parse(mail(multipart("mixed", banner, words("อนุมัติ")))).mail.text == "อนุมัติ"


def test_a_command_in_a_quoted_mail_below_a_banner_is_none():
    assert command_in(text_of(f"{ABOVE[0]}\n\n> อนุมัติ")) is None


def test_a_form_below_a_banner_has_no_finding():
    reading = read(mail(multipart("mixed", words(f"{ABOVE[0]}\n\nส่งครับ\n\n{BELOW[0]}"), form())))
    assert (recorded(reading), said(reading)) == (ALL, [])


@given(st.lists(st.sampled_from([*OWN, ""]), max_size=8))
def test_without_a_banner_nothing_is_taken(lines):
    plain = "\n".join(lines)
    assert without_banners(plain) == plain


@given(st.text(max_size=500))
def test_any_text_is_looked_through(plain):
    assert len(without_banners(plain)) <= len(plain)
