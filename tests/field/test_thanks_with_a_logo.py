"""Pictures within the text are no files; a picture that is all the answer there is, is answered as a picture."""

import pytest

from parsers.mail.message import parse
from tests.field.mails import ALL, entity, files, form, mail, multipart, picture, read, recorded, said, words

NIL = "ไม่มีข้อมูลที่จะรายงานครับ"
LOGO, BANNER, PHOTO, SHOT = (
    picture(120, 60),
    picture(1200, 150, 90_000),
    picture(1600, 1200, 90_000),
    picture(900, 400, 9_000),
)


def jpeg(width, height, size=70_000):
    head = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x11\x08"
    return (head + height.to_bytes(2, "big") + width.to_bytes(2, "big")).ljust(size, b"\1")


def html(source):
    return words(f"<p>{NIL}</p>{source}", "text/html; charset=utf-8")


def image(data=LOGO, *lines, kind="image/png; name=image001.png"):
    return entity(data, f"Content-Type: {kind}", *lines)


CID = "Content-ID: <logo@x>"
WITHIN = {
    "related": multipart("related", html('<img src="cid:logo@x">'), image(LOGO, CID, "Content-Disposition: inline; filename=image001.png")),
    "no quotes": multipart("related", html("<img src=cid:logo@x>"), image(LOGO, CID)),
    "odd case and escapes": multipart("related", html("<IMG SRC='CID:LOGO%40x'>"), image(LOGO, CID)),
    "in a style": multipart("related", html('<td style="background:url(cid:logo@x)">'), image(LOGO, CID)),
    "declared attachment": multipart("mixed", html('<img src="cid:logo@x">'), image(LOGO, CID, "Content-Disposition: attachment; filename=logo.png")),
    "by place": multipart("related", html('<img src="logo.gif">'), image(LOGO, "Content-Location: logo.gif", kind="image/gif")),
    "large banner": multipart("related", html('<img src="cid:logo@x">'), image(BANNER, CID)),
    "not shown, small": multipart("related", html(""), image(LOGO, CID)),
    "inline, plain": multipart("mixed", words(NIL), image(LOGO, "Content-Disposition: inline; filename=logo.png")),
    "with plain": multipart("related", multipart("alternative", words(f"[cid:logo@x]\n{NIL}\n[image: logo.png]"), html('<img src="cid:logo@x">'), boundary="a"), image(LOGO, CID)),
    "octets": multipart("related", html('<img src="cid:logo@x">'), image(LOGO, CID, kind="application/octet-stream; name=image001.png")),
    "svg": multipart("related", html('<img src="cid:logo@x">'), image(b"<svg xmlns='http://www.w3.org/2000/svg'/>", CID, kind="image/svg+xml; name=l.svg")),
    "metafile": multipart("related", html('<img src="cid:logo@x">'), image(b"\1\0\0\0" * 20, CID, kind="image/x-emf; name=image001.emz")),
    "tracker": multipart("related", html('<img src="cid:t">'), image(picture(1, 1, 70), "Content-ID: <t>")),
    "several": multipart("related", html('<img src="cid:logo@x"><img src="cid:b">'), image(LOGO, CID), image(BANNER, "Content-ID: <b>")),
}  # fmt: skip


@pytest.mark.parametrize("entity_", WITHIN.values(), ids=WITHIN)
def test_words_with_a_picture_in_them_are_words(entity_):
    reading = read(mail(entity_), nil=True)
    assert (files(reading), recorded(reading), said(reading)) == ([], ALL, ["nil-reply"])


@pytest.mark.parametrize("data", [PHOTO, SHOT, jpeg(1280, 960)])
def test_a_photographed_form_is_answered_as_a_picture(data):
    """Apple Mail and Outlook put it into the text, under a name and with an id as any logo."""
    for lines in (
        (CID, "Content-Disposition: inline; filename=image001.png"),
        ("Content-Disposition: inline; filename=IMG_1.JPG",),
    ):
        raw = mail(
            multipart("related", words('<img src="cid:logo@x">', "text/html; charset=utf-8"), image(data, *lines))
        )
        reading = read(raw)
        assert [file.format for file in reading.files] == ["image"]
        assert ["รูปภาพ" in found.message for found in reading.findings] == [True]


def test_an_attached_picture_is_a_file_however_small():
    part = image(LOGO, "Content-Disposition: attachment; filename=form.png")
    assert files(read(mail(multipart("mixed", words(), part)))) == ["form.png"]


def test_beside_a_form_pictures_of_the_text_need_no_word():
    text = html('<img src="cid:logo@x">')
    for data in (LOGO, BANNER, PHOTO):
        reading = read(mail(multipart("mixed", multipart("related", text, image(data, CID), boundary="r"), form())))
        assert (recorded(reading), files(reading), said(reading)) == (ALL, ["form.xlsx"], [])


def test_pictures_of_mails_within_the_mail():
    inner = mail(multipart("related", html('<img src="cid:logo@x">'), image(LOGO, CID), boundary="i"))
    part = entity(inner, "Content-Type: message/rfc822", "Content-Transfer-Encoding: 8bit")
    assert parse(mail(multipart("mixed", words(), part))).attachments == ()
