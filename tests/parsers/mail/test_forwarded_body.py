"""What a mail passes on in its own body is read; what it answers to, what we wrote and what it only quotes is not."""

from email.message import EmailMessage

import pytest

from parsers.findings import Code
from parsers.form.form import Form
from parsers.mail.words.forwarded_body import forwarded_html, forwarded_lines
from parsers.read import read_message
from parsers.reading import Catalogue, Organisation, Reporter

DOGS = Form.model_validate(
    {
        "title": "แบบสำรวจสุนัข",
        "question": [
            {"key": "dogs", "kind": "integer", "label": "สุนัข (ตัว)", "unit": "ตัว"},
            {"key": "done", "kind": "integer", "label": "ฉีดวัคซีนแล้ว (ตัว)", "unit": "ตัว"},
        ],
    }
)
SROI = Organisation("5540901", "อบต.", "องค์การบริหารส่วนตำบลสรอย", "อบต.สรอย", "วังชิ้น")
OFFICE = "desk@office.example"
TABLE = "<table><tr><td>อปท.</td><td>สุนัข (ตัว)</td><td>ฉีดวัคซีนแล้ว (ตัว)</td></tr><tr><td>อบต.สรอย</td><td>12</td><td>7</td></tr></table>"
OLD = TABLE.replace("12", "99")
HEADER = "From: กองช่าง &lt;chang@sroi.example&gt;<br>Date: จ. 16 ก.พ. 2569<br>Subject: ข้อมูลสุนัข<br>To: saraban@sroi.example<br><br>"
GMAIL = f'<div dir="ltr">ส่งต่อค่ะ<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>{HEADER}</div>{TABLE}</div></div>'
OUTLOOK = f'<div>ส่งต่อค่ะ</div><hr><div id="divRplyFwdMsg">{HEADER.replace("Date", "Sent")}</div><div>{TABLE}</div>'
APPLE = f'<div>ส่งต่อค่ะ</div><blockquote type="cite"><div>Begin forwarded message:</div><div>{HEADER}</div><div>{TABLE}</div></blockquote>'
CHAIN = f"<p>ส่งต่อ</p><p>---------- Forwarded message ---------<br>{HEADER}</p><p>ส่งต่อด้วยค่ะ</p><p>-------- ข้อความที่ส่งต่อ --------<br>{HEADER}</p>{TABLE}"


def read(html, subject="Fwd: ข้อมูลสุนัข [dogs]", plain="ส่งต่อค่ะ"):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "saraban@sroi.example", OFFICE, subject
    message["Date"] = "Mon, 16 Feb 2026 10:00:00 +0700"
    message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html")
    reporter = Reporter("sroi", "อบต.สรอย", (SROI.code,), ("saraban@sroi.example",))
    reading = read_message(message.as_bytes(), Catalogue({"dogs": DOGS}, (SROI,), (reporter,)))
    return {a.question: a.value for a in reading.standing()}, reading


@pytest.mark.parametrize("html", [GMAIL, OUTLOOK, APPLE, CHAIN], ids=["gmail", "outlook", "apple", "chain"])
def test_a_table_in_a_forwarded_mail(html):
    """It was asked for: all below the header was an old mail's."""
    found, reading = read(html)
    assert found == {"dogs": "12", "done": "7"}
    assert not reading.findings


def test_a_forwarded_table_above_what_it_answers_to():
    below = f'<div class="gmail_quote">เมื่อ 15 ก.พ. 2569 อำเภอวังชิ้น เขียนว่า:<blockquote>{OLD}</blockquote></div>'
    assert read(GMAIL.replace("</table>", f"</table>{below}", 1))[0] == {"dogs": "12", "done": "7"}


@pytest.mark.parametrize(
    ("html", "subject"),
    [
        (OUTLOOK, "RE: ข้อมูลสุนัข [dogs]"),
        (OUTLOOK, "RE: FW: ข้อมูลสุนัข [dogs]"),
        (f"<p>รับทราบ</p><p>เมื่อ 15 ก.พ. 2569 อำเภอ เขียนว่า:</p><blockquote>{GMAIL}</blockquote>", "Re: ข้อมูลสุนัข [dogs]"),
        (GMAIL.replace("chang@sroi.example", OFFICE), "Fwd: ข้อมูลสุนัข [dogs]"),
        (GMAIL.replace("<table>", '<table bordercolor="#9AA0A6">'), "Fwd: ข้อมูลสุนัข [dogs]"),
    ],
    ids=["answer", "answer to a forward", "quoted forward", "from us", "our table"],
)
def test_what_is_answered_to_or_ours_is_not_passed_on(html, subject):
    found, reading = read(html, subject)
    assert not found
    assert [each.code for each in reading.findings] == [Code.FORM_NOT_FOUND]


def test_what_the_sender_wrote_goes_before_what_he_passes_on():
    assert read(f"{TABLE}{GMAIL.replace(TABLE, OLD)}")[0]["dogs"] == "12"


def test_forwarded_lines():
    header = "---------- Forwarded message ---------\nจาก: กองช่าง <chang@sroi.example>\nวันที่: 16 ก.พ. 2569\n\n"
    lines = "อบต.สรอย\nสุนัข (ตัว): 12\nฉีดวัคซีนแล้ว (ตัว): 7\n"
    assert read("", plain=f"ส่งต่อค่ะ\n\n{header}{lines}")[0] == {"dogs": "12", "done": "7"}
    assert not read("", plain=f"ส่งต่อค่ะ\n\n{header}{lines}ข้อมูลของ อบต.สรอย เป็นของปีก่อน\n")[0]
    assert not forwarded_lines(f"{header}{lines}".replace("chang@sroi", "desk@office"), "", (OFFICE,))


def test_a_page_that_is_no_page():
    assert forwarded_html("<table", "Fwd:", ()) == forwarded_html("", "Fwd:", ()) == ""
    assert forwarded_lines("---------- Forwarded message ---------", "Fwd:", ()) == ""
