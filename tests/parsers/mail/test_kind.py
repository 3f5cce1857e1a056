"""Invitations, stand-ins of servers and addresses as programs write them."""

import pytest

from parsers.mail import delivery_reports, kind, message, walk_parts
from parsers.mail.message import parse
from parsers.mail.mime import header_fields
from parsers.mail.words import body_without_quotes
from parsers.reading import MACHINE_MADE, MailKind
from tests.field.mails import FORM, HEAD, XLSX, entity, mail, multipart, read, recorded, words


def with_comment(method, line):
    return calendar(method, line=line)


def calendar(method="REQUEST", *, said=True, parameter=True, name="", line=""):
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        *([f"METHOD:{method}"] if said else []),
        "BEGIN:VEVENT",
        "SUMMARY:ประชุม",
        *([line] if line else []),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    kind = (
        "text/calendar; charset=utf-8"
        + (f"; method={method}" if parameter else "")
        + (f"; name={name}" if name else "")
    )
    return entity(
        "\r\n".join(lines).encode(),
        f"Content-Type: {kind}",
        *([f"Content-Disposition: attachment; filename={name}"] if name else []),
    )


def kind_of(entity_, *more):
    return parse(mail(entity_, (*HEAD, *more))).mail.kind


@pytest.mark.parametrize("method", ["REQUEST", "REPLY", "CANCEL", "COUNTER", "request"])
def test_invitations_and_their_answers_are_told(method):
    alone = calendar(method)
    among = multipart("alternative", words(), words("<p>x", "text/html"), alone)
    google = multipart(
        "mixed",
        multipart("alternative", words(), alone, boundary="a"),
        entity(b"x", "Content-Type: application/ics; name=invite.ics"),
    )
    for entity_ in (alone, among, google, calendar(method, parameter=False), calendar(method, said=False)):
        assert kind_of(entity_) is MailKind.INVITATION
    assert parse(mail(google)).attachments == ()


EXCHANGE = ["COMMENT;LANGUAGE=en-US:\\n", "COMMENT:", "SUMMARY;LANGUAGE=th-TH:ตอบรับ: ประชุม"]
SAID = ["COMMENT:มาสายครับ", "comment;LANGUAGE=th-TH:มาสาย\\n", "COMMENT:\r\n มาสาย", "COMMENT:\\n\r\nCOMMENT:late"]


@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "reply"])
def test_a_calendars_answer_is_bare_until_its_owner_comments(method):
    def answered(part):
        return parse(mail(part, HEAD)).mail.reply_to_invitation

    assert answered(calendar(method))
    assert answered(multipart("alternative", words(""), calendar(method)))
    assert all(answered(with_comment(method, line)) for line in EXCHANGE)
    assert not any(answered(with_comment(method, line)) for line in SAID)
    both = multipart("mixed", calendar(method), with_comment(method, SAID[0]))
    assert not answered(both)
    assert not answered(multipart("mixed", with_comment(method, SAID[0]), calendar(method)))
    assert not answered(multipart("mixed", calendar("REQUEST"), calendar(method)))


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "ADD", "PUBLISH"])
def test_what_a_calendar_asks_is_no_answer(method):
    assert not parse(mail(calendar(method), HEAD)).mail.reply_to_invitation


def test_an_exchange_mark_is_one_without_its_part():
    assert kind_of(words(), "Content-Class: urn:content-classes:calendarmessage") is MailKind.INVITATION


def test_a_calendar_file_is_no_invitation():
    card = calendar("PUBLISH", said=False, parameter=False, name="holidays.ics")
    assert kind_of(multipart("mixed", words(), card)) is MailKind.OTHER
    assert kind_of(multipart("mixed", words(), calendar(parameter=False, name="old.ics"))) is MailKind.OTHER


def test_one_within_an_attached_mail_is_no_invitation():
    inner = entity(mail(calendar()), "Content-Type: message/rfc822", "Content-Transfer-Encoding: 8bit")
    assert kind_of(multipart("mixed", words(), inner)) is MailKind.OTHER


def test_an_invitation_is_never_a_report_of_itself():
    form = entity(FORM, f"Content-Type: {XLSX}; name=form.xlsx")
    reading = read(mail(multipart("mixed", multipart("alternative", words(), calendar(), boundary="a"), form)))
    assert reading.mail.kind is MailKind.INVITATION
    assert MailKind.INVITATION not in MACHINE_MADE
    assert recorded(reading)  # what the form says is there for whoever decides
    nil = multipart("alternative", words("ไม่มีข้อมูลที่จะรายงานครับ"), calendar())
    assert not read(mail(nil), nil=True).answers


@pytest.mark.parametrize("tag", ["[EXTERNAL] ", "[EXT]: ", "(External) ", "[ภายนอก] ", "*EXTERNAL* "])
def test_the_words_of_a_server_before_a_subject_hide_no_kind(tag):
    head = (*HEAD[:2], f"Subject: {tag}Automatic reply: report")
    assert parse(mail(words(), head)).mail.kind is MailKind.AUTO_REPLY


@pytest.mark.parametrize(
    ("subject", "said", "name"),
    [
        ("Retrieval using the IMAP4 protocol failed for the following message: 7", "x", ""),
        ("Retrieval failed", "x", ""),
        ("x", "The server couldn't retrieve the following message:\n\nSubject: form", ""),
        ("x", "x", "ATP Scan In Progress"),
        ("x", "x", "ATP Scan In Progress.eml"),
        ("x", "x", "Safe Attachments Scan In Progress"),
    ],
)
def test_a_stand_in_of_a_server_is_told(subject, said, name):
    parts = [words(said), *([entity(b"wait", f'Content-Type: text/html; name="{name}"')] if name else [])]
    assert parse(mail(multipart("mixed", *parts), (*HEAD[:2], f"Subject: {subject}"))).mail.placeholder


def test_a_usual_mail_is_no_stand_in():
    assert not parse(mail(words("ขอส่งใหม่ retrieval of the form failed"))).mail.placeholder


ONE = "clerk@tambon.example"


@pytest.mark.parametrize(
    "value",
    [
        f"{ONE}", f"<{ONE}>", f"Somchai, Clerk <{ONE}>", f"Somchai [Clerk <{ONE}>", f"Somchai (Clerk <{ONE}>", f'"Somchai <{ONE}>', f'Som"chai <{ONE}>',
        f"Somchai <{ONE}", f"Somchai {ONE}>", f"<<{ONE}>>", f"{ONE},", f"{ONE};", f", {ONE}", f"[{ONE}]", f"<mailto:{ONE}>", f"'{ONE}'", f"Somchai: <{ONE}>",
        f"Dr. Som.chai @ Office <{ONE}>", f"{ONE} <{ONE}>", f'"{ONE}" <{ONE}>', f"ส\\มชาย, <{ONE}>", f"other@x.example <{ONE}>", f'"x@y.example" <{ONE}>',
        f"Somchai <{ONE}> (Clerk)", f"<{ONE.upper()}>", f"Somchai) <{ONE}>", f"a]b <{ONE}>", f"Somchai <{ONE}.>",
    ],
)  # fmt: skip
def test_one_address_is_read_whatever_stands_around_it(value):
    assert parse(f"From: {value}\r\n\r\nx".encode()).mail.sender == ONE


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("สมชาย <ธุรการ@เทศบาล.ไทย>", "ธุรการ@เทศบาล.ไทย"),
        ("ธุรการ@เทศบาล.ไทย", "ธุรการ@เทศบาล.ไทย"),
        ("Office <Clerk@เทศบาล.ไทย>", "clerk@เทศบาล.ไทย"),
        ("JOSE\u0301 <JOSE\u0301@x.example>", "josé@x.example"),
        ("Office <clerk@xn--o3cw4h.example>", "clerk@xn--o3cw4h.example"),
        ("สมชาย, นาย <ธุรการ@เทศบาล.ไทย>", "ธุรการ@เทศบาล.ไทย"),
    ],
)
def test_addresses_in_other_letters(value, address):
    found = parse(f"From: {value}\r\nTo: {value}\r\n\r\nx".encode()).mail
    assert (found.sender, found.recipients) == (address, (address,))


def test_a_name_is_kept_where_something_is_amiss():
    found = parse(f"From: Somchai [Clerk <{ONE}>\r\n\r\nx".encode()).mail
    assert found.sender_name.startswith("Clerk") or found.sender_name.startswith("Somchai")


# What a mail's reading is made of, each put out of order once.
HELPERS = [
    (header_fields, "addresses"), (header_fields, "sender"), (header_fields, "words"), (header_fields, "identifiers"), (header_fields, "moment"), (header_fields, "parameter"), (header_fields, "parts"),
    (body_without_quotes, "own_words"), (body_without_quotes, "own_lines"), (body_without_quotes, "own_html"), (body_without_quotes, "from_html"), (delivery_reports, "returned"), (kind, "_is_bounce"),
    (message, "kind_of"), (message, "is_placeholder"), (message, "only_points_to_html"),
    (walk_parts.transfer_encoding, "decoded"), (walk_parts.transfer_encoding, "named"), (walk_parts.boundary, "rebuilt"), (walk_parts.uuencode, "split"), (walk_parts.format_flowed, "unflowed"), (walk_parts.pgp_cleartext, "without_armour"),
    (walk_parts.sender_files, "files"), (walk_parts.sender_files, "lock_of"), (walk_parts.sender_files, "signed_content"), (walk_parts.sender_files, "pointed_at"), (walk_parts.sender_files, "is_added"),
    (walk_parts.applesingle, "data_fork"), (walk_parts, "sniff"), (walk_parts, "calendar_method"), (walk_parts, "type_of"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "name"), HELPERS, ids=[f"{module.__name__}.{name}" for module, name in HELPERS])
@pytest.mark.parametrize("error", [ValueError, RecursionError, MemoryError])
def test_a_helper_out_of_order_costs_its_part_and_not_the_mail(monkeypatch, module, name, error):
    """A patch, since nothing else makes each of them fail; what it costs is noted or left out."""

    def out_of_order(*_, **__):
        raise error("out of order")

    monkeypatch.setattr(module, name, out_of_order)
    inner = entity(mail(words()), "Content-Type: message/rfc822", "Content-Transfer-Encoding: 8bit")
    flowed = words(kind="text/plain; charset=utf-8; format=flowed")
    raw = mail(
        multipart(
            "mixed",
            flowed,
            words("<p>x<table><tr><td>1", "text/html"),
            calendar(),
            entity(FORM, f"Content-Type: {XLSX}; name=form.xlsx"),
            inner,
        )
    )
    for each in (
        raw,
        b"From: mailer-daemon@x.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nx",
    ):
        found = parse(each)
        assert found.mail.kind in MailKind


@pytest.mark.parametrize(
    ("module", "name", "step"),
    [
        *(
            (body_without_quotes, "own_words", "text"),
            (body_without_quotes, "own_lines", "plain"),
            (body_without_quotes, "own_html", "html"),
            (header_fields, "sender", "From"),
        ),
        *((header_fields, "moment", "Date"), (message, "kind_of", "kind"), (message, "is_placeholder", "placeholder")),
    ],
)
def test_the_log_says_which_step_a_helper_out_of_order_cost(monkeypatch, module, name, step):
    def out_of_order(*_, **__):
        raise ValueError("out of order")

    raw = mail(multipart("mixed", words(), words("<p>x<table><tr><td>1", "text/html")))
    assert parse(raw).notes == ()
    monkeypatch.setattr(module, name, out_of_order)
    assert f"{step}: ValueError" in parse(raw).notes


def parts(count):
    return mail(multipart("mixed", *[b"Content-Type: application/x; name=a\r\n\r\nx"] * count))


def test_caps_hold_at_their_number_and_one_above():
    caps = (
        (walk_parts.ATTACHMENTS_CAP, walk_parts.ATTACHMENTS_CAP),
        (walk_parts.ATTACHMENTS_CAP + 1, walk_parts.ATTACHMENTS_CAP),
    )
    for count, taken in caps:
        found = parse(parts(count))
        assert (len(found.attachments), found.incomplete) == (taken, count > taken)
    leaves = [words()] * (walk_parts.PARTS_CAP - 1)  # the multipart itself is one
    assert not parse(mail(multipart("mixed", *leaves))).incomplete
    assert parse(mail(multipart("mixed", *leaves, words()))).incomplete


@pytest.mark.parametrize(("further", "incomplete"), [(0, False), (1, True)])
def test_depth_holds_at_its_number_and_one_above(further, incomplete):
    nested = words()
    for _ in range(walk_parts.MESSAGES_DEEP + further):
        nested = b"Content-Type: message/rfc822\r\n\r\n" + mail(nested)
    assert parse(mail(nested)).incomplete is incomplete
    nested = words()
    for number in range(walk_parts.MULTIPARTS_DEEP + further):
        nested = multipart("mixed", nested, boundary=f"b{number}b")
    assert parse(mail(nested)).incomplete is incomplete
