"""Returned mails of many servers: whom they name, what the server said, which mail came back."""

import pytest

from parsers.mail.message import parse
from parsers.reading import MailKind

OURS = "w5827.request.0123456789abcdef01234567@phrae.example"


def report(*fields, head="", returned=f"Message-ID: <{OURS}>", kind="message/rfc822", words="See below."):
    lines = [
        "From: MAILER-DAEMON@mx.example",
        "Subject: Undelivered Mail Returned to Sender",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        *head.splitlines(),
        "",
        "--b",
        "",
        words,
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example",
        "",
        *fields,
        "",
        "--b",
        f"Content-Type: {kind}",
        "",
        returned,
        "To: long@district.example",
        "",
        "--b--",
        "",
    ]
    return "\r\n".join(lines).encode()


def returned(raw):
    mail = parse(raw).mail
    assert mail.kind is MailKind.BOUNCE
    return mail.returned


FAILED = ("Final-Recipient: rfc822; Long@District.example", "Action: failed", "Status: 5.1.1")


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global"])
def test_the_returned_mail_names_its_message_id_whole_or_by_its_headers(kind):
    said = returned(report(*FAILED, "Diagnostic-Code: smtp; 550 5.1.1 no such user", kind=kind))
    [one] = said.unreached
    assert (one.address, one.words, one.code, one.final) == (
        "long@district.example", "550 5.1.1 no such user", "5.1.1", True,
    )  # fmt: skip
    assert said.identifiers[0] == OURS


@pytest.mark.parametrize(
    ("fields", "final"),
    [
        (("Action: failed", "Status: 5.1.1"), [True]),
        (("Action: failed", "Status: 4.4.7"), [True]),  # given up after days
        (("Action: delayed", "Status: 4.4.1"), [False]),
        (("Action: delivered", "Status: 2.0.0"), []),
        (("Action: relayed", "Status: 2.0.0"), []),
        (("Action: expanded (to list)", "Status: 2.0.0"), []),
        (("Status: 4.2.2",), [False]),
    ],
)
def test_only_what_is_given_up_is_final(fields, final):
    said = returned(report("Final-Recipient: rfc822; long@district.example", *fields))
    assert [one.final for one in said.unreached] == final


def test_an_address_that_was_forwarded_is_named_as_written_and_as_it_ended():
    said = returned(
        report("Original-Recipient: rfc822;long@district.example", *FAILED[1:], "Final-Recipient: rfc822; x@y.example")
    )
    assert [one.address for one in said.unreached] == ["long@district.example", "x@y.example"]


def test_several_recipients_are_told_apart():
    fields = (*FAILED, "", "Final-Recipient: rfc822; song@district.example", "Action: delayed", "Status: 4.0.0")
    said = returned(report(*fields))
    assert [(one.address, one.final) for one in said.unreached] == [
        ("long@district.example", True),
        ("song@district.example", False),
    ]


def test_the_returned_mail_goes_before_what_it_refers_to():
    older = "w5827.receipt.ffffffffffffffffffffffff@phrae.example"
    mail = f"Message-ID: <{OURS}>\r\nReferences: <{older}>\r\nIn-Reply-To: <{older}>"
    said = returned(report(*FAILED, head=f"References: <{older}> <{OURS}>", returned=mail))
    assert said.identifiers == (OURS, older)


QMAIL = f"""From: MAILER-DAEMON@mx.example
Return-Path: <>
Subject: failure notice

Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<long@district.example>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 User unknown

--- Below this line is a copy of the message.

Return-Path: <office@phrae.example>
Message-ID: <{OURS}>
Subject: x
"""
EXIM = f"""From: Mail Delivery System <Mailer-Daemon@mx.example>
X-Failed-Recipients: long@district.example
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

  long@district.example
    SMTP error from remote mail server after RCPT TO:<long@district.example>:
    550 No such user here

------ This is a copy of the message, including all the headers. ------

Message-ID: <{OURS}>
"""
EXCHANGE_THAI = f"""From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@muang.example>
Subject: =?utf-8?B?4LmE4Lih4LmI4Liq4Liy4Lih4Liy4Lij4LiW4Liq4LmI4LiH4LmE4LiU4LmJ?=
In-Reply-To: <{OURS}>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

x
--b
Content-Type: message/delivery-status

Reporting-MTA: dns;mx

Final-recipient: RFC822;long@district.example
Action: failed
Status: 5.1.10
Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found

--b--
"""


@pytest.mark.parametrize("raw", [QMAIL, EXIM, EXCHANGE_THAI], ids=["qmail", "exim", "exchange"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_servers_with_habits_of_their_own_are_understood(raw, ending):
    said = returned(raw.replace("\n", ending).encode())
    assert [(one.address, one.final) for one in said.unreached] == [("long@district.example", True)]
    assert said.identifiers[0] == OURS
    assert said.unreached[0].words.startswith("5") or "550" in said.unreached[0].words


@pytest.mark.parametrize(
    "raw",
    [b"From: MAILER-DAEMON@x\n\n\xff\xfe\0", report(), report("Final-Recipient:"), b"From: mailer-daemon@x.example\n"],
)
def test_a_report_that_says_nothing_names_nobody(raw):
    assert parse(raw).mail.returned.unreached == ()


PERSON = "From: clerk@x.example"
SHAPES = {
    "Exchange away": ["Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All", "Subject: Automatic reply: x"],
    "Exchange away in Thai": ["Subject: การตอบกลับอัตโนมัติ: แบบรายงาน"],
    "Outlook has read, without its headers": ["Subject: Read: แบบรายงาน ว 5827"],
    "Outlook has read, in Thai": ["Subject: อ่านแล้ว: แบบรายงาน ว 5827"],
    "Exchange away without Auto-Submitted": ["X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent"],
    "Gmail away": ["Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes"],
    "Dovecot Sieve": ["Auto-Submitted: auto-replied (vacation)", "Return-Path: <>"],
    "Zimbra": ["Auto-Submitted: auto-replied (zimbra; vacation)", "Precedence: bulk"],
    "vacation(1)": ["Precedence: junk", "Auto-Submitted: auto-replied"],
    "cPanel": ["X-Autorespond: x", "Precedence: auto_reply"],
    "Plesk": ["X-Autoreply: yes", "Precedence: junk"],
    "qmail-autoresponder": ["Delivered-To: Autoresponder"],
    "Kerio": ["Auto-Submitted: auto-replied", "Return-Path: <>"],
    "MDaemon": ["X-MDaemon-Deliver-To: x", "Return-Path: <>"],
    "FirstClass": ["X-FC-MachineGenerated: true"],
    "POST": ["X-POST-MessageClass: 9; Autoresponder"],
    "a read receipt": ["Content-Type: multipart/report; report-type=disposition-notification; boundary=b"],
    "a complaint report": ["Content-Type: multipart/report; report-type=feedback-report; boundary=b"],
    "only the empty sender": ["Return-Path: <>"],
    "only Thai words": ["Subject: ตอบรับอัตโนมัติ"],
    "away in words": ["Subject: Out of office: x"],
    "on leave": ["Subject: ไม่อยู่ในสำนักงาน ระหว่าง 1-5 ธ.ค."],
}
PEOPLE = {
    "a reply": ["Subject: Re: [w5827]", "Return-Path: <clerk@x.example>"],
    "a forward about leave": ["Subject: ส่งแบบรายงาน (ลาพักร้อนสัปดาห์หน้า)"],
    "an office that is called so": ["Subject: ระบบสำนักงานอัตโนมัติ ของ ทต.ช่อแฮ"],
    "no is no": ["Auto-Submitted: no", "X-Autoreply: no"],
    "Outlook's own header": ["X-Auto-Response-Suppress: DR, OOF, AutoReply"],
    "an answer about a failed delivery": ["Subject: Re: Undelivered Mail Returned to Sender"],
    "one about a returned letter": ["Subject: ส่งอีเมลไม่ได้ ขอที่อยู่ใหม่ครับ"],
    "an empty sender with the form": ["Return-Path: <>", "Content-Type: application/vnd.ms-excel; name=form.xls"],
    "an away subject with the form": ["Subject: Automatic reply: x", "Content-Type: application/x; name=form.xlsx"],
}


def kind(lines):
    return parse("\r\n".join([PERSON, *lines, "", "x"]).encode()).mail.kind


@pytest.mark.parametrize("lines", SHAPES.values(), ids=SHAPES)
def test_automatic_mail_is_known_by_any_of_its_signs(lines):
    assert kind(lines) in {MailKind.AUTO_REPLY, MailKind.LIST}


@pytest.mark.parametrize("lines", PEOPLE.values(), ids=PEOPLE)
def test_in_doubt_a_mail_is_a_persons(lines):
    assert kind(lines) is MailKind.OTHER


@pytest.mark.parametrize(
    "line",
    ["List-Id: <x>", "List-Post: <mailto:x@y>", "Mailing-List: list x", "Precedence: list", "List-Unsubscribe: <x>"],
)
def test_lists_are_known(line):
    assert kind([line]) is MailKind.LIST
