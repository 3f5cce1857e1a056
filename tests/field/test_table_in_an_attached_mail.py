"""A table typed or pasted into a mail is read where that mail comes attached to another: as a part, a file, in an archive."""

import base64

import pytest

from tests.field.mails import ALL, FORM, TABLE, XLSX, entity, files, form, mail, multipart, read, recorded, said, words
from tests.forms.drawing import DENCHAI, ONE_ROW, html_table, rows, separated, table, zipped

NIL = "ไม่มีข้อมูลที่จะรายงานครับ"
INNER = (
    "From: clerk@tambon.example",
    "To: den-chai@district.phrae.example",
    "Subject: แบบรายงานของเรา",
    "Date: Tue, 26 Nov 2024 10:00:00 +0700",
    "MIME-Version: 1.0",
)
TYPED = separated(table(rows(DENCHAI), (ONE_ROW,)), "\t").decode()
HTML = words(f"<p>ส่งครับ</p>{TABLE}", "text/html; charset=utf-8")


def inner(body, head=INNER):
    return mail(body, head)


def as_part(raw):
    return entity(
        raw,
        'Content-Type: message/rfc822; name="mail.eml"',
        "Content-Transfer-Encoding: 8bit",
        "Content-Disposition: attachment",
    )


def as_file(raw):
    return entity(
        raw,
        "Content-Type: application/octet-stream; name=mail.eml",
        "Content-Disposition: attachment; filename=mail.eml",
    )


def coded(raw):
    return entity(base64.encodebytes(raw), "Content-Type: message/rfc822", "Content-Transfer-Encoding: base64")


def in_archive(raw):
    return entity(zipped([("mail.eml", raw)]), "Content-Type: application/zip; name=mails.zip")


@pytest.mark.parametrize("attach", [as_part, as_file, coded, in_archive])
@pytest.mark.parametrize(
    "body",
    [
        HTML,
        words(TYPED),
        multipart("alternative", words("ดูตาราง"), HTML, boundary="i"),
        multipart("mixed", HTML, entity(b"%PDF-1.4 x", "Content-Type: application/pdf; name=letter.pdf"), boundary="i"),
    ],
    ids=["html", "typed", "alternative", "beside a letter"],
)
def test_the_table_is_read(attach, body):
    reading = read(mail(multipart("mixed", words("ส่งต่อครับ"), attach(inner(body)))))
    assert recorded(reading) == ALL
    assert any("แบบรายงานของเรา" in name for name in files(reading))
    assert not [found for found in reading.findings if found.severity == "error"]


def test_it_is_listed_by_its_subject_or_as_attached():
    assert files(read(mail(multipart("mixed", words(), as_part(inner(HTML)))))) == ["แบบรายงานของเรา.eml"]
    assert files(read(mail(multipart("mixed", words(), as_part(inner(HTML, INNER[:2])))))) == ["อีเมลที่แนบ.eml"]


def test_the_mail_in_the_mail_in_the_mail():
    deep = inner(multipart("mixed", words("ต่อ"), as_part(inner(HTML)), boundary="i"))
    assert recorded(read(mail(multipart("mixed", words(), as_part(deep))))) == ALL


def test_several_mails_of_several_organisations():
    """As a district forwards what its organisations wrote to it."""
    one, two = (dict(list(DENCHAI.items())[at]) for at in (slice(0, 3), slice(3, None)))
    parts = [
        as_part(inner(words(html_table(table(rows(each), (ONE_ROW,))), "text/html; charset=utf-8")))
        for each in (one, two)
    ]
    assert recorded(read(mail(multipart("mixed", words(), *parts)))) == ALL


def test_a_form_of_the_mail_itself_goes_before():
    other = dict.fromkeys(DENCHAI, "NNNN")
    part = as_part(inner(words(html_table(table(rows(other), (ONE_ROW,))), "text/html; charset=utf-8")))
    reading = read(mail(multipart("mixed", words(), form(), part)))
    assert "organisation-duplicated" in said(reading)  # both are asked about, neither wins


def test_an_attached_mail_without_a_form_is_named():
    reading = read(mail(multipart("mixed", words("ส่งต่อครับ"), as_part(inner(words("ช่วยดูให้หน่อย"))))))
    assert (files(reading), said(reading)) == (["แบบรายงานของเรา.eml"], ["form-not-found"])
    assert "อีเมลที่แนบมา" in reading.findings[0].message


def test_beside_its_own_form_it_needs_no_word():
    part = as_part(
        inner(multipart("mixed", words("ส่งแบบ"), entity(FORM, f"Content-Type: {XLSX}; name=form.xlsx"), boundary="i"))
    )
    reading = read(mail(multipart("mixed", words(), part)))
    assert (recorded(reading), files(reading)) == (ALL, ["form.xlsx"])


def test_our_own_mail_attached_to_an_answer_is_nobodys():
    own = inner(HTML, (*INNER, "X-Ruam-Kind: request"))
    for attach in (as_part, as_file):
        reading = read(mail(multipart("mixed", words(NIL), attach(own))), nil=True)
        assert said(reading) == ["nil-reply"]
