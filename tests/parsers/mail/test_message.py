"""Bytes to message: headers, own words, attachments, whatever the bytes."""

import base64
import datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail import walk_parts
from parsers.mail.message import parse
from parsers.reading import MailKind

THAI = "แบบรายงาน อบต.บ้านกวาง"
CP874 = THAI.encode("cp874")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def mail(*lines, body=b"x"):
    return b"\r\n".join(line.encode() if isinstance(line, str) else line for line in lines) + b"\r\n\r\n" + body


def part(*lines, body):
    return b"--b\r\n" + mail(*lines, body=body) + b"\r\n"


def mixed(*parts, head=("Content-Type: multipart/mixed; boundary=b",)):
    return mail("From: a@b.example", *head, body=b"".join(parts) + b"--b--\r\n")


def names(raw):
    return [attachment.name for attachment in parse(raw).attachments]


def words(body, kind="text/plain; charset=utf-8"):
    return parse(mail(f"Content-Type: {kind}", body=body.encode())).mail.text


def encoded(charset):
    return f"=?{charset}?B?{base64.b64encode(CP874).decode()}?="


@given(st.binary(max_size=2000))
def test_no_bytes_make_it_raise(raw):
    """Any bytes are a mail, if a poor one."""
    assert parse(raw).mail.kind in MailKind


@given(st.lists(st.sampled_from([
    b"From: ", b"To: <", b"Content-Type: multipart/mixed; boundary=b", b"Content-Type: message/rfc822", b"\r\n", b"\r\n\r\n",
    b"--b", b"--b--", b"=?tis-620?B?4ODg?=", b"Content-Disposition: attachment; filename*0*=", b"filename*=x''%E1", b"Subject: \xe1\xba",
    b"Message-ID: <[a@b", b"Content-Transfer-Encoding: base64 ", b"Content-Transfer-Encoding: x-uuencode", b"begin 644 x\r\nMMM",
    b"References: <<<", b"Date: Mon, 99 Foo 2567 99:99:99 +9999", b"PK\x03\x04", b"<table><blockquote>", b"charset=idna", b";", b'"', b"(",
]), max_size=40))  # fmt: skip
def test_no_mixture_of_mail_pieces_makes_it_raise(pieces):
    """Neither do pieces of mails in any order; all texts can be stored."""
    found = parse(b"".join(pieces))
    for said in (found.mail.subject, found.mail.sender, found.mail.sender_name, found.mail.text, found.mail.message_id):
        said.encode()
    for attachment in found.attachments:
        attachment.name.encode()


@pytest.mark.parametrize("charset", ["windows-874", "x-windows-874", "ms874", "TIS-620", "iso-8859-11", "cp874"])
def test_thai_charsets_are_read_in_subject_and_file_name(charset):
    """Whatever Thai programs call their character set."""
    raw = mixed(
        part("Content-Type: text/plain", body=b"x"),
        part(
            "Content-Type: application/x; name=x",
            f'Content-Disposition: attachment; filename="{encoded(charset)}"',
            body=b"x",
        ),
        head=(f"Subject: {encoded(charset)}", "Content-Type: multipart/mixed; boundary=b"),
    )
    assert (parse(raw).mail.subject, names(raw)) == (THAI, [THAI])


@pytest.mark.parametrize(
    "disposition",
    [
        b"attachment; filename*=windows-874''" + b"".join(b"%%%02X" % byte for byte in CP874) + b".xlsx",
        b'attachment; filename="' + CP874 + b'.xlsx"',
        b'attachment; filename="' + THAI.encode() + b'.xlsx"',
        b"attachment;\r\n filename*0*=utf-8''%E0%B9%81%E0%B8%9A%E0%B8%9A;\r\n filename*1*="
        + b"".join(b"%%%02X" % byte for byte in (THAI[3:] + ".xlsx").encode()),
        b'attachment; filename="..\\..\\C:/x/' + THAI.encode() + b'.xlsx"',
    ],
)
def test_file_names_of_every_writing(disposition):
    """RFC 2231 whole and in pieces, raw 8-bit, folders in front."""
    raw = mixed(part("Content-Type: application/x", b"Content-Disposition: " + disposition, body=b"x"))
    assert names(raw) == [f"{THAI}.xlsx"]


def test_letters_split_between_encoded_words_are_whole():
    """Some programs cut a UTF-8 letter in two words."""
    half = THAI.encode()
    first, second = (base64.b64encode(piece).decode() for piece in (half[:4], half[4:]))
    assert parse(mail(f"Subject: =?utf-8?B?{first}?=\r\n =?utf-8?B?{second}?=")).mail.subject == THAI


def test_base64_with_a_blank_behind_its_name_is_decoded():
    """The library would hand back the letters."""
    raw = mixed(part("Content-Type: application/x; name=a.bin", "Content-Transfer-Encoding: base64 ", body=b"QUJD"))
    assert parse(raw).attachments[0].data == b"ABC"


def test_a_file_without_name_or_disposition_is_an_attachment():
    """By its bytes; and a body is none."""
    raw = mixed(
        part("Content-Type: text/plain", body=b"hello"),
        part("Content-Type: application/octet-stream", "Content-Transfer-Encoding: base64", body=base64.b64encode(PNG)),
    )
    assert (names(raw), parse(raw).mail.text) == (["attachment-1.img"], "hello")


def forwarded(inner):
    return mixed(part("Content-Type: text/plain", body=b"see below"), part("Content-Type: message/rfc822", body=inner))


FORM = mixed(
    part("Content-Type: text/plain", body=b"inner"), part("Content-Type: application/x; name=form.xlsx", body=b"PK")
)


def test_attachments_of_forwarded_mails_are_found():
    """In message/rfc822, also where it was encoded, and in an .eml file; the words stay those of the sender."""
    inner = FORM.replace(b"--b", b"--c").replace(b"boundary=b", b"boundary=c")
    coded = base64.encodebytes(inner).replace(b"\n", b"\r\n")
    as_file = part(
        "Content-Type: application/octet-stream; name=old.eml", "Content-Transfer-Encoding: base64", body=coded
    )
    as_part = part("Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", body=coded)
    assert names(forwarded(inner)) == names(mixed(as_file)) == names(mixed(as_part)) == ["form.xlsx"]
    assert parse(forwarded(inner)).mail.text == "see below"


def test_our_own_mail_coming_back_is_no_attachment():
    """Neither forwarded nor in a delivery report."""
    inner = FORM.replace(b"--b", b"--c").replace(b"boundary=b", b"boundary=c")
    own = forwarded(b"X-Ruam-Kind: request\r\n" + inner)
    report = forwarded(inner).replace(b"multipart/mixed", b"multipart/report", 1)
    assert (names(own), names(report)) == ([], [])
    assert "ours" in parse(own).notes[0]


def test_parts_without_their_boundary_are_found():
    """A boundary that was changed on the way is taken from the body."""
    raw = FORM.replace(b"boundary=b", b"boundary=other").replace(b"--b", b"--really")
    assert names(raw) == ["form.xlsx"]


SECRET = "key: aB3dE5gH7jK9mN1"
WITHIN = mail("From: c@d.example", "Subject: {}", "Content-Type: {}", body=b"{}").decode()


@pytest.mark.parametrize("place", ["subject", "words", "html", "inner subject", "inner words", "inner html", "nowhere"])
def test_a_secret_is_seen_wherever_it_stands_in_a_mail_or_in_one_within_it(place):
    said = SECRET if place != "nowhere" else "no key"
    kind = "text/html" if place.endswith("html") else "text/plain"
    subject, body = (said, "x") if place.endswith("subject") else ("x", said)
    raw = WITHIN.format(subject, kind, body).encode()
    found = parse(forwarded(raw) if place.startswith("inner") else raw)
    assert found.secret is (place != "nowhere")
    assert "aB3dE5gH7jK9mN1" not in f"{found.mail.subject} {found.mail.text} {found.inner}"


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_several_senders_are_named_and_one_alone_is_not(count):
    """An address written twice is one; nobody reads a list without end."""
    all_of_them = [f"a{number}@b.example" for number in range(count)]
    raw = mail(*(["From: " + ", ".join([*all_of_them, *all_of_them])] if count else []))
    assert parse(raw).mail.named == (tuple(all_of_them[:3]) if count > 1 else ())


def test_recipients_and_references_come_once_each_in_the_order_of_their_headers():
    raw = mail(
        "From: a@b.example", "Cc: c@b.example, d@b.example", "To: e@b.example, c@b.example", "X-Original-To: f@b.example",
        "Delivered-To: g@b.example", "Bcc: h@b.example", "References: <1@x.example> <2@x.example>", "In-Reply-To: <2@x.example>",
    )  # fmt: skip
    read = parse(raw).mail
    assert read.recipients == tuple(f"{letter}@b.example" for letter in "ecdgf")
    assert read.references == ("2@x.example", "1@x.example")


@pytest.mark.parametrize(("length", "kept"), [(1_000, 1_000), (1_001, 1_000)])
def test_a_subject_is_kept_up_to_its_cap(length, kept):
    assert parse(mail("From: a@b.example", f"Subject: {'ก' * length}")).mail.subject == "ก" * kept


def test_nameless_files_are_numbered_by_their_place_and_names_are_no_others():
    """Two files of one name, two without a name: four names."""
    nameless = part("Content-Type: application/x", "Content-Disposition: attachment", body=b"PK\x03\x04")
    raw = mixed(*[part("Content-Type: application/x; name=a.xlsx", body=b"x")] * 2, nameless, nameless)
    found = names(raw)
    assert found[0] == "a.xlsx"
    assert len(set(found)) == 4
    assert [name.partition(".")[0] for name in found[2:]] == ["attachment-3", "attachment-4"]


def test_caps_on_parts_and_nesting_are_said():
    """A made mail ends at the caps, with a note, and quickly."""
    many = parse(mixed(*[part("Content-Type: application/x; name=a", body=b"x")] * (walk_parts.PARTS_CAP + 1)))
    assert len(many.attachments) == walk_parts.ATTACHMENTS_CAP
    assert f"more than {walk_parts.PARTS_CAP} parts" in many.notes
    assert many.incomplete
    deep = parse(b"From: a@b.example\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 30 + b"\r\nx")
    assert (deep.notes, deep.incomplete) == (("nested too deep",), True)
    deeper = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2000))
    deeper = parse(b"From: a@b.example\r\n" + deeper)
    assert (deeper.mail.sender, deeper.incomplete) == ("a@b.example", True)
    assert not parse(FORM).incomplete


@pytest.mark.parametrize(
    ("reply", "own"),
    [
        ("อนุมัติ\n\nเมื่อ วันพฤ. 21 พ.ย. 2024 เวลา 10:30 ท้องถิ่นจังหวัด <a@b.example>\nเขียนว่า:\n\n> ส่งรายงาน", "อนุมัติ"),
        ("ok\n\nOn Thu, 21 Nov 2024 at 10:30, Office <a@b.example>\nwrote:\n> old", "ok"),
        ("รับทราบ\n\nรวม <a@b.example> เขียนเมื่อ 26 พ.ย. 2567 เวลา 08:31:\n\n> ได้รับรายงานแล้ว", "รับทราบ"),
        ("ok\n\nOffice <a@b.example> wrote on 26 Nov 2024 at 08:31:\nold", "ok"),
        ("ตามที่ <a@b.example> เขียนเมื่อวาน ผิด", "ตามที่ <a@b.example> เขียนเมื่อวาน ผิด"),
        ("ok\n\nFrom: a@b.example\nSubject: old\nold words", "ok"),
        ("ok\n\nจาก: รวม <a@b.example>\nถึง: c@d.example\nเรื่อง: เดิม\nเดิม", "ok"),
        ("จาก: อำเภอลอง\nเรื่อง: ขอขยายเวลา", "จาก: อำเภอลอง\nเรื่อง: ขอขยายเวลา"),  # a memorandum's own head
        ("On Thu, 21 Nov 2024 Office wrote:\n> old\n\nอนุมัติ", "อนุมัติ"),
        ("ส่งแล้ว\n\n-----Original Message-----\nFrom: x\nold", "ส่งแล้ว"),
        ("ส่งแล้ว\n\nจาก: สำนักงาน <a@b.example>\nส่ง: 21 พฤศจิกายน 2567\nถึง: x\n\nเดิม", "ส่งแล้ว"),
        ("ส่งแล้ว\n________________________________\nFrom: Office\nSent: Thursday\nTo: x\n\nold", "ส่งแล้ว"),
        ("yes\n-- \nนายก\n", "yes"),
        ("one\r\n> quoted\r\ntwo", "one\ntwo"),
        ("เรียน ท้องถิ่นจังหวัด\n\n\n\nตามที่เขียนว่า: ดีแล้ว", "เรียน ท้องถิ่นจังหวัด\n\nตามที่เขียนว่า: ดีแล้ว"),
    ],
)
def test_only_what_the_sender_wrote_is_kept(reply, own):
    """Without quoted mail and signature, in both languages."""
    assert words(reply) == own


@pytest.mark.parametrize(
    "page",
    [
        "<p>อนุมัติ</p><div class=gmail_quote>On x wrote: <blockquote>old</blockquote></div>",
        "<html><head><style>p{}</style></head><body><div>อนุมัติ<!-- x --></div><div id=appendonsend></div><hr><div>old</div>",
        "<div>อนุมัติ</div><div id=divRplyFwdMsg>From: a</div><div><table><tr><td>old</td></tr></table>tail</div>",
        "<body>อนุมัติ<br><br>-----Original Message-----<br>old",
        '<?xml version="1.0" encoding="utf-8"?><html><body><p>อนุมัติ\x01</p></body></html>',
    ],
)
def test_html_is_read_where_there_is_no_plain_text(page):
    """As text, without what mail programs quote."""
    assert words(page, "text/html; charset=utf-8") == "อนุมัติ"


def test_plain_text_goes_before_html():
    """Both say the same; the plain one needs no guessing."""
    raw = mixed(part("Content-Type: text/plain", body=b"plain"), part("Content-Type: text/html", body=b"<p>html"))
    assert parse(raw).mail.text == "plain"


def test_the_headers_are_read():
    """Addresses in lower case, identifiers without brackets, each once, in order; the date is aware."""
    found = parse(mail(
        f'From: "{encoded("windows-874")}" <Saraban@BanKwang.example>', "To: Office <office+w5827@Phrae.example>, x@y.example",
        "Cc: X@y.example", "Delivered-To: office@phrae.example", "Message-ID: <[abc@exchange.example]>",
        "In-Reply-To: <two@x.example>", "References: <one@x.example>\r\n <two@x.example>", "Date: Thu, 21 Nov 2567 10:00:00 +0700",
    )).mail  # fmt: skip
    assert (found.sender, found.sender_name) == ("saraban@bankwang.example", THAI)
    assert found.recipients == ("office+w5827@phrae.example", "x@y.example", "office@phrae.example")
    assert (found.message_id, found.references) == ("abc@exchange.example", ("two@x.example", "one@x.example"))
    assert found.date == datetime.datetime(2024, 11, 21, 3, tzinfo=datetime.UTC)


def test_headers_that_break_typed_ones_are_read_raw():
    """Groups, line ends in addresses, absent and senseless values."""
    found = parse(mail("To: undisclosed-recipients:;", "From: =?utf-8?q?a=0A?= <a@b.example>", "Date: yesterday")).mail
    assert (found.recipients, found.sender, found.date, found.message_id) == ((), "a@b.example", None, "")


DSN = "Content-Type: multipart/report; report-type=delivery-status; boundary=b"


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["X-Ruam-Kind: receipt", "Auto-Submitted: auto-replied"], MailKind.OWN),
        (["X-Ruam-Kind: report", "Auto-Submitted: auto-generated"], MailKind.REPORT),  # to a department's desk
        ([DSN], MailKind.BOUNCE),
        (["From: Mail <MAILER-DAEMON@x.example>"], MailKind.BOUNCE),
        (["From: postmaster@x.example", "Return-Path: <>"], MailKind.BOUNCE),
        (["From: postmaster@x.example", "Return-Path: <postmaster@x.example>"], MailKind.OTHER),
        (["Auto-Submitted: auto-replied (vacation)"], MailKind.AUTO_REPLY),
        (["Auto-Submitted: no"], MailKind.OTHER),
        (["X-Autoreply: yes"], MailKind.AUTO_REPLY),
        (["Precedence: auto_reply"], MailKind.AUTO_REPLY),
        (["Subject: Automatic reply: form"], MailKind.AUTO_REPLY),
        ([f"Subject: =?utf-8?B?{base64.b64encode('ตอบกลับอัตโนมัติ: แบบ'.encode()).decode()}?="], MailKind.AUTO_REPLY),
        (["Subject: Automatic reply: form", "Content-Type: application/x; name=form.xlsx"], MailKind.OTHER),
        (["List-Id: <x>"], MailKind.LIST),
        (["Precedence: bulk"], MailKind.LIST),
        (["X-Auto-Response-Suppress: All"], MailKind.OTHER),
        (["From: clerk@x.example"], MailKind.OTHER),
    ],
)
def test_the_kind_of_mail_is_told_by_its_headers(lines, kind):
    """In doubt it is a person's."""
    assert parse(mail(*lines)).mail.kind is kind


def test_a_mail_of_the_standard_library_comes_through():
    """What Python writes is read back exactly."""
    out = EmailMessage()
    out["From"], out["To"], out["Subject"] = f"{THAI} <a@b.example>", "c@d.example", THAI
    out.set_content(f"{THAI}\n")
    out.add_attachment(PNG, maintype="application", subtype="octet-stream", filename=f"{THAI}.xlsx")
    found = parse(bytes(out))
    assert (found.mail.sender_name, found.mail.subject, found.mail.text) == (THAI, THAI, THAI)
    assert [(each.name, each.data) for each in found.attachments] == [(f"{THAI}.xlsx", PNG)]


def test_a_report_without_parts_and_a_broken_charset_is_still_a_message():
    """Found by fuzzing: the library raises ValueError when it decodes such a body by its declared charset."""
    head = b'From: postmaster@a.example\nContent-Type: multipart/report; report-type=x; charset="us-asc\x00ii"\n\n'
    assert parse(head + b"body \xd4\n").mail.sender == "postmaster@a.example"


@pytest.mark.parametrize("kind", ["text/plain", "multipart/mixed"])
def test_a_nul_in_a_charset_costs_nothing_of_the_mail(kind):
    head = f'From: a@b.example\nContent-Type: {kind}; charset="us-asc\x00ii"\n\n'.encode()
    found = parse(head + "ส่งรายงาน".encode("cp874"))
    assert (found.mail.text, found.notes) == ("ส่งรายงาน", ())


@pytest.mark.parametrize("kind", ["application/zip", "application/pdf", "application/vnd.ms-excel"])
def test_a_nameless_broken_file_is_a_file_all_the_same(kind):
    raw = f"From: a@b.example\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n=A==A=".encode()
    assert [attachment.declared for attachment in parse(raw).attachments] == [kind]
