"""Whole mails: how the form comes with them, and mails that bring none."""

import struct
from typing import Any

from tests.forms.drawing import (
    DENCHAI,
    EXAMPLE,
    HEAD,
    HEAD_MERGES,
    ONE_ROW,
    Page,
    book,
    full,
    html_table,
    mail,
    marks,
    official,
    rows,
    table,
    zipped,
)
from tests.forms.drawn.case import Drawn, drawn
from tests.forms.drawn.files import _picture

BODY = rows(DENCHAI)
FORM = book(official([EXAMPLE, *rows(DENCHAI, start=2)]))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HELLO = "เรียน ท้องถิ่นจังหวัดแพร่\n\nขอส่งแบบรายงานตามไฟล์แนบครับ\n"


def _mail(name: str, why: str, raw: bytes, *findings: str, kind: str = "report", **more: Any) -> Drawn:
    return drawn(name, raw, why, *findings, reporter=None, extension="eml", kind=kind, **more)


def CASES() -> list[Drawn]:  # noqa: N802 - one word for all modules
    """All of them."""
    return [*_with_files(), *_in_the_body(), *_nothing()]


def _with_files() -> list[Drawn]:
    attached = [("แบบรายงาน.xlsx", FORM, XLSX)]
    picture = ("logo.png", _picture(), "image/png")
    half = [("เทศบาล.xlsx", book(table(BODY[:3])), XLSX), ("อบต.xlsx", book(table(BODY[3:])), XLSX)]
    inner = mail(HELLO, attached, headers={"From": "clerk@denchai.example", "Message-ID": "<inner@denchai.example>"})
    old = book(table(rows({**DENCHAI, "ทต.แม่จั๊วะ": "NNNN"})))
    return [
        _mail("workbook", "the form attached", mail(HELLO, attached)),
        _mail("unknown-type", "attached as a stream of bytes without an ending", mail(HELLO, [("แบบรายงาน", FORM, "application/octet-stream")])),
        _mail("with-logo", "the form beside the picture of a signature", mail(HELLO, [picture, *attached])),
        _mail("two-workbooks", "municipalities and others in two workbooks", mail(HELLO, half)),
        _mail("two-disagreeing", "two workbooks that disagree on one organisation: asked", mail(HELLO, [*attached, ("แก้ไข.xlsx", old, XLSX)]), "organisation-duplicated x4", answers={n: s for n, s in DENCHAI.items() if n != "ทต.แม่จั๊วะ"}, outcome="partly"),
        _mail("zipped", "the form in a zip file", mail(HELLO, [("ส่ง.zip", zipped([("แบบรายงาน.xlsx", FORM)]), "application/zip")])),
        _mail("forwarded", "a clerk's mail forwarded as an attachment", mail("ส่งต่อครับ", [("mail.eml", inner, "application/octet-stream")])),
        _mail("winmail", "Outlook's winmail.dat", mail(HELLO, [("winmail.dat", _tnef("report.xlsx", FORM), "application/ms-tnef")])),
        _mail("unknown-sender", "from an address nobody knows: read for the whole province", mail(HELLO, attached, headers={"From": "someone@mail.example"}), "organisation-missing x77", outcome="partly"),
        _mail("one-for-itself", "an organisation answers for itself", mail(HELLO, [("r.xlsx", book(table([[1, "อบต.ไทรย้อย", *marks("YYNN")]])), XLSX)], headers={"From": "saraban_06540506@lao.phrae.example"}), answers={"อบต.ไทรย้อย": "YYNN"}),
        _mail("no-blank-form-beside", "last month's unfilled form attached beside the filled one", mail(HELLO, [("แบบเปล่า.xlsx", book(official([EXAMPLE, [2], [3]])), XLSX), *attached])),
        _mail("damaged-beside-good", "a damaged copy beside the good form: worth a look", mail(HELLO, [*attached, ("สำเนา.xlsx", FORM[:2000], XLSX)]), "file-unreadable", outcome="accepted"),
    ]  # fmt: skip


def _in_the_body() -> list[Drawn]:
    page = Page([*HEAD, *BODY], list(HEAD_MERGES))
    quoted = f"<p>ส่งรายงานครับ</p>{html_table(page)}<p>ข้อมูล ณ วันที่ 29 พ.ย. 2567</p>"
    wide = "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in [ONE_ROW, *BODY])
    piped = "\n".join(" | ".join("-" if cell is None else str(cell) for cell in row) for row in [ONE_ROW, *BODY])
    old = html_table(table(rows(dict.fromkeys(DENCHAI, "NNNN"))))
    answered = f"<p>ส่งตามไฟล์แนบครับ</p><div class='gmail_quote'><blockquote>{old}</blockquote></div>"
    spaced = "\n".join(
        "   ".join("" if cell is None else str(cell) for cell in row)
        for row in [ONE_ROW, *[[n, full(name), *marks(said)] for n, (name, said) in enumerate(DENCHAI.items(), 1)]]
    )
    return [
        _mail("pasted-table", "the table pasted into the mail", mail("ส่งรายงานครับ", html=quoted), as_of="2024-11-29"),
        _mail("typed-with-tabs", "the table typed with tabs", mail(f"ส่งรายงานครับ\n\n{wide}\n\nขอบคุณครับ\n")),
        _mail("typed-with-bars", "the table typed with bars", mail(f"ส่งรายงานครับ\n\n{piped}\n\nขอบคุณครับ\n")),
        _mail("typed-with-spaces", "the table typed with spaces", mail(f"ส่งรายงานครับ\n\n{spaced}\n\nขอบคุณครับ\n")),
        _mail("quoted-table", "an older table in the mail answered to is not the sender's word", mail("ส่งตามไฟล์แนบครับ", [("แบบรายงาน.xlsx", FORM, XLSX)], html=answered)),
    ]  # fmt: skip


def _nothing() -> list[Drawn]:
    none: dict[str, Any] = {"answers": {}, "circular": None}
    token = {"Subject": "Re: [w5827] แบบรายงาน"}
    away = {"Auto-Submitted": "auto-replied", "Subject": "ไม่อยู่ที่สำนักงาน"}
    return [
        _mail("text-only", "only words", mail("รับทราบครับ จะส่งภายในวันศุกร์"), "form-not-found", kind="other", **none),
        _mail("nil-reply", "nothing to report, for a circular that takes no such answer", mail("อำเภอเด่นชัยไม่มีข้อมูลครับ", headers=token), "form-not-found", kind="other", answers={}),
        _mail("photograph", "a photograph of the form", mail("ส่งครับ", [("IMG_2031.png", _picture(), "image/png")], headers=token), "form-not-found", kind="other", answers={}),
        _mail("away", "an absence notice", mail("ขณะนี้ไม่อยู่ที่สำนักงาน", headers=away), "form-not-found", kind="auto-reply", **none),
        _mail("locked-workbook", "a workbook with a password", mail(HELLO, [("a.xlsx", _encrypted(), XLSX)], headers=token), "file-encrypted", kind="other", answers={}),
    ]  # fmt: skip


def _encrypted() -> bytes:
    from tests.forms.drawn.files import _ole  # noqa: PLC0415 - used here only

    return _ole("EncryptedPackage")


def _tnef(name: str, data: bytes) -> bytes:
    """Outlook's own wrapping of one attachment."""

    def attribute(level: int, tag: int, value: bytes) -> bytes:
        return struct.pack("<BII", level, tag, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    rendering = struct.pack("<HIHHI", 1, 0xFFFFFFFF, 0, 0, 0)
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00089006, struct.pack("<I", 0x10000))
        + attribute(2, 0x00069002, rendering)
        + attribute(2, 0x00018010, name.encode() + b"\0")
        + attribute(2, 0x0006800F, data)
    )
