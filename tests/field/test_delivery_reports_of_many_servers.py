"""Reports of servers that keep to no standard are known as such and name the address; people who write of failures are people."""

import pytest

from parsers.mail.message import parse
from parsers.reading import MailKind

LOST = "saraban@lao.example"
OURS = "w5827.request.0123456789abcdef01234567@phrae.example"
CAME_BACK = f"Message-ID: <{OURS}>\nFrom: office@phrae.example\nTo: {LOST}\nSubject: x\n\nHello\n"


def report(sender, subject, words, *, head="", returned=CAME_BACK):
    """A multipart/mixed report with the returned mail behind its words."""
    return (
        f"From: {sender}\nTo: office@phrae.example\nSubject: {subject}\n{head}"
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{words}\n"
        f"--b\nContent-Type: message/rfc822\n\n{returned}\n--b--\n"
    ).encode()


def bare(sender, subject, words, *, head=""):
    """A report of text alone."""
    return f"From: {sender}\nTo: office@phrae.example\nSubject: {subject}\n{head}\n{words}\n".encode()


UNRAVELLED = f"""This is a MIME-encapsulated message

--x.1/mx.example

The mail came in at Sat, 9 Jun 2018 14:56:08 +0700

   ----- The following addresses had permanent fatal errors -----
<{LOST}>

--x.1/mx.example
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: RFC822; {LOST}
Action: failed
Status: 5.1.1
Diagnostic-Code: SMTP; 550 5.1.1 User unknown

--x.1/mx.example
Content-Type: message/rfc822

{CAME_BACK}"""

REPORTS = {
    "KDDI": report(
        "no-reply@mobile.example", "=?utf-8?b?44Oh44O844Or44Ko44Op44O8?=",
        f"Your mail sent on: Thu, 29 Nov 2024 23:45:22 +0900\n     Could not be delivered to: <{LOST}>\n     As their mailbox is full.",
    ),
    "sendmail whose structure was lost": bare("Mail Delivery Subsystem <MAILER-DAEMON>", "Returned mail: see transcript", UNRAVELLED),
    "James": report(
        "postmaster@mail.example", "Re: circular",
        f"This is the mail server at mail.example.\nI was not able to deliver your message to these addresses:\n\nFailed recipient(s):\n{LOST}\n\nError message:\n550 Requested action not taken: no such user",
    ),
    "InterScan": bare(
        '"InterScan Messaging" <postmaster@gate.example>', "Mail could not be delivered",
        f"Unable to deliver message to <{LOST}>.\n\nSent >>> RCPT TO:<{LOST}>\nReceived <<< 550 5.1.1 <{LOST}>... User unknown\n\n----- Original Message -----\nReceived: from a by b\n{CAME_BACK}",
    ),
    "a filter in Japanese": bare(
        "postmaster@gate.example", "=?utf-8?b?44Oh44OD44K744O844K4?=",
        f"メッセージを配信できません。\nSent <<< RCPT TO:<{LOST}>\nReceived >>> 550 5.1.1 unknown",
    ),
    "McAfee": bare(
        '"Mail Delivery" <admin@gate.example>', "Delivery Status",
        f"--- The following addresses had delivery problems ---\n\n<{LOST}>   (User unknown {LOST})\n\n--- Original message ---\n{CAME_BACK}",
        head="Return-Path: <>\n",
    ),
    "Verizon": bare(
        "post_master@pager.example", "Undeliverable Message",
        f"Error: No valid recipients for this message\nRCPT TO: {LOST}\n",
    ),
    "Notes": bare(
        "Postmaster@notes.example", "Your message could not be sent",
        f"Your message could not be delivered to the following recipients:\n{LOST}\nReason: User unknown",
    ),
    "a system administrator": bare(
        '"System Administrator" <sysadmin@win.example>', "Undeliverable: x",
        f"Your message did not reach the following recipient(s):\n\n{LOST} on Fri, 29 Nov 2024 16:30:00 +0700\n    The recipient name is not recognized",
    ),
    "Thai": bare(
        "no-reply@mail.example", "=?utf-8?b?4LmB4LiI4LmJ4LiH4Lic4Lil?=", f"ไม่สามารถส่งจดหมายของท่านถึงผู้รับ: {LOST}\nกล่องจดหมายเต็ม",
    ),
}  # fmt: skip


@pytest.mark.parametrize("server", REPORTS)
def test_a_report_is_known_and_names_the_address(server):
    mail = parse(REPORTS[server]).mail
    assert mail.kind is MailKind.BOUNCE
    final = [one.address for one in mail.returned.unreached if one.final]
    assert final == [LOST]


@pytest.mark.parametrize("server", ["KDDI", "sendmail whose structure was lost", "James", "InterScan", "McAfee"])
def test_the_letter_that_came_back_is_named(server):
    assert OURS in parse(REPORTS[server]).mail.returned.identifiers


def test_an_address_that_the_server_forwarded_to_is_named_as_the_report_names_it():
    words = "Could not be delivered to: <other@phone.example>\nAs their mailbox is full."
    mail = parse(report("no-reply@mobile.example", "x", words)).mail
    assert [one.address for one in mail.returned.unreached] == ["other@phone.example"]


PEOPLE = {
    "a reporter who tells of a failure": bare(
        "long@district.example", "Re: x", f"ส่งจดหมายไม่ได้ครับ ขึ้นว่า could not be delivered to: {LOST}"
    ),
    "a person who passes a report on": report(
        "นาย ก <long@district.example>", "Fwd: Undeliverable", "ไม่สามารถส่งถึงท่านได้ ดูที่แนบ"
    ),
    "an administrator with a question": bare("Administrator <admin@lao.example>", "ถาม", "ไม่ทราบว่าส่งแบบถึงเมื่อใดครับ"),
    "a machine's note of something else": bare(
        "no-reply@shop.example", "พัสดุ", "พัสดุของท่านจัดส่งแล้ว ติดต่อ help@shop.example"
    ),
    "a postmaster in person": bare("postmaster@lao.example", "Re: x", "ได้รับจดหมายแล้ว ขอบคุณครับ"),
    "a name with delivery in it": bare(
        "Delivery Team <team@lao.example>", "Re: x", "ส่งรายงานแล้วครับ ที่ office@phrae.example"
    ),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_people_are_no_servers(who):
    assert parse(PEOPLE[who]).mail.kind is not MailKind.BOUNCE


def test_a_server_that_still_tries_has_given_nothing_up():
    words = f"Your message could not be delivered to:\n{LOST}\nThe server will keep trying for 2 days."
    mail = parse(bare("postmaster@mail.example", "Warning: delayed", words, head="Return-Path: <>\n")).mail
    assert not [one for one in (mail.returned.unreached if mail.returned else ()) if one.final]
