"""Signatures, keys and cards that programs attach are no files of the sender: no word of them, and no nil reply spoilt."""

import pytest

from parsers.mail.message import parse
from tests.field.mails import ALL, FORM, XLSX, entity, files, form, mail, multipart, read, recorded, said, words

NIL = "ไม่มีข้อมูลที่จะรายงานครับ"
SIGNATURE = bytes.fromhex(
    "308006092a864886f70d010702a0803080020101310b300906052b0e03021a0500308006092a864886f70d01070100003100000000000000"
)
PGP = b"-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAdFiEE\n=abcd\n-----END PGP SIGNATURE-----\n"
KEY = b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:สมชาย ใจดี\r\nTEL:054-511-000\r\nEND:VCARD\r\n".encode()
EVENT = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

ADDED = {
    "smime.p7s": entity(SIGNATURE, 'Content-Type: application/pkcs7-signature; name="smime.p7s"', "Content-Disposition: attachment; filename=smime.p7s"),
    "x-pkcs7": entity(SIGNATURE, 'Content-Type: application/x-pkcs7-signature; name="smime.p7s"'),
    "octets.p7s": entity(SIGNATURE, "Content-Type: application/octet-stream; name=smime.p7s", "Content-Disposition: attachment; filename=smime.p7s"),
    "signature.p7m": entity(SIGNATURE, "Content-Type: application/pkcs7-mime; name=smime.p7m"),
    "noise.p7s": entity(b"\0\1\2", "Content-Type: application/pkcs7-signature; name=smime.p7s"),
    "pgp": entity(PGP, "Content-Type: application/pgp-signature; name=OpenPGP_signature.asc", "Content-Disposition: attachment; filename=OpenPGP_signature.asc"),
    "pgp nameless": entity(PGP, "Content-Type: application/pgp-signature"),
    "pgp as octets": entity(PGP, "Content-Type: application/octet-stream; name=signature.asc"),
    "binary sig": entity(b"\x88\x5d\x04\x00" + b"\7" * 90, "Content-Type: application/octet-stream; name=form.xlsx.sig", "Content-Disposition: attachment; filename=form.xlsx.sig"),
    "newer sig": entity(b"\xc2\x5d\x06\x00" + b"\7" * 90, "Content-Type: application/octet-stream; name=FORM.XLSX.SIG"),
    "armoured sig": entity(PGP, "Content-Type: text/plain; name=form.xlsx.sig", "Content-Disposition: attachment; filename=form.xlsx.sig"),
    "key": entity(KEY, "Content-Type: application/pgp-keys; name=OpenPGP_0x1234.asc", "Content-Disposition: attachment; filename=OpenPGP_0x1234.asc"),
    "key as text": entity(KEY, "Content-Type: text/plain; name=publickey.asc", "Content-Disposition: attachment; filename=publickey.asc"),
    "card": entity(CARD, "Content-Type: text/vcard; charset=utf-8; name=somchai.vcf", "Content-Disposition: attachment; filename=somchai.vcf"),
    "x-card": entity(CARD, "Content-Type: text/x-vcard; name=somchai.vcf"),
    "card as octets": entity(CARD, "Content-Type: application/octet-stream; name=card.VCF", "Content-Disposition: attachment; filename=card.VCF"),
    "event": entity(EVENT, "Content-Type: text/calendar; name=meeting.ics", "Content-Disposition: attachment; filename=meeting.ics"),
    "event as ics": entity(EVENT, "Content-Type: application/ics; name=invite.ics", "Content-Disposition: attachment; filename=invite.ics"),
    "moz": entity(b"You deleted an attachment from this message.", 'Content-Type: text/x-moz-deleted; name="Deleted: old.xlsx"', "Content-Disposition: inline"),
    "theme": entity(b"PK\3\4", "Content-Type: application/vnd.ms-officetheme; name=themedata.thmx", "Content-ID: <t@x>"),
    "mso": entity(b"\x01\x02", "Content-Type: application/x-mso; name=oledata.mso", "Content-ID: <o@x>"),
    "list of files": entity(b"<xml/>", "Content-Type: text/xml; name=filelist.xml", "Content-ID: <f@x>"),
    "head of page": entity(b"<html></html>", "Content-Type: text/html; name=header.htm", "Content-ID: <h@x>"),
    "piece of text": entity(b"\r\n", "Content-Type: text/plain; name=ATT00001.txt", "Content-Disposition: attachment; filename=ATT00001.txt"),
    "piece of page": entity(b"<html><body><br></body></html>", "Content-Type: text/html; name=ATT00002.htm", "Content-Disposition: attachment; filename=ATT00002.htm"),
    "winmail": entity(
        bytes.fromhex("789f3e22010001900600080004000000000001000500") .ljust(6, b"\0")[:6] + b"\x01\x06\x90\x08\x00\x04\x00\x00\x00\x00\x00\x01\x00\x01\x00",
        "Content-Type: application/ms-tnef; name=winmail.dat", "Content-Disposition: attachment; filename=winmail.dat",
    ),
}  # fmt: skip


@pytest.mark.parametrize("part", ADDED.values(), ids=ADDED)
def test_a_form_beside_it_is_accepted_without_a_word(part):
    reading = read(mail(multipart("mixed", words(), form(), part)))
    assert (recorded(reading), files(reading), said(reading)) == (ALL, ["form.xlsx"], [])


@pytest.mark.parametrize("part", ADDED.values(), ids=ADDED)
def test_a_nil_reply_beside_it_stays_one(part):
    reading = read(mail(multipart("mixed", words(NIL), part)), nil=True)
    assert (recorded(reading), files(reading), said(reading)) == (ALL, [], ["nil-reply"])


def test_a_signed_mail_is_its_first_part():
    for parameters, name in (
        ("signed; protocol=application/pkcs7-signature", "smime.p7s"),
        ("signed; protocol=application/pgp-signature", "pgp"),
    ):
        reading = read(mail(multipart(parameters, words(NIL), ADDED[name])), nil=True)
        assert said(reading) == ["nil-reply"]
        inner = multipart("mixed", words(), form(), boundary="=_in")
        assert said(read(mail(multipart(parameters, inner, ADDED[name])))) == []


def test_text_signed_in_place_is_the_text():
    text = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{NIL}\n- --\nสมชาย\n".encode() + PGP
    part = entity(text, "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")
    reading = read(mail(part), nil=True)
    assert (reading.mail.text, said(reading)) == (NIL, ["nil-reply"])


@pytest.mark.parametrize(
    "name", ["form.xlsx", "smime.p7s", "form.sig", "._form.xlsx", "ATT00001.dat", "card.vcf", "oledata.mso"]
)
@pytest.mark.parametrize("disposition", ["inline", "attachment"])
def test_a_real_form_stays_a_file_whatever_its_name_and_place(name, disposition):
    """Apple Mail and Outlook for telephones send forms inline, with a Content-ID, among the pictures of the text."""
    lines = (f"Content-Type: {XLSX}", f"Content-Disposition: {disposition}; filename={name}", "Content-ID: <form@x>")
    for kind in ("mixed", "related"):
        reading = read(mail(multipart(kind, words(), entity(FORM, *lines))))
        assert recorded(reading) == ALL


def test_a_winmail_that_is_cut_is_told():
    """Whatever was in it, nobody knows."""
    whole = bytes.fromhex("789f3e220100") + b"\x02\x02\x90\x06\x00\x0e\x00\x00\x00"
    part = entity(whole, "Content-Type: application/ms-tnef; name=winmail.dat")
    assert [a.name for a in parse(mail(multipart("mixed", words(), part))).attachments] == ["winmail.dat"]
