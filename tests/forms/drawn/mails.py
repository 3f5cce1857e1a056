"""Whole mails: how the form comes with them, and mails that bring none."""

import struct
from typing import Any

from tests.forms.drawing import (
    DENCHAI,
    EXAMPLE,
    FOOT,
    HEAD,
    HEAD_MERGES,
    ONE_ROW,
    WASTE,
    Page,
    book,
    docx,
    full,
    html_table,
    mail,
    marks,
    official,
    rows,
    separated,
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
    return [*_with_files(), *_in_the_body(), *_nothing(), *_versions(), *_of_others(), *_in_words()]


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
    header = "---------- Forwarded message ---------<br>From: เสมียน &lt;clerk@denchai.example&gt;<br>Date: 28 พ.ย. 2567<br><br>"
    passed_on = f"<p>ส่งต่อครับ</p><div class='gmail_quote'><div>{header}</div>{html_table(page)}</div>"
    return [
        _mail("forwarded-table", "a clerk's table forwarded in the body", mail("ส่งต่อครับ", html=passed_on)),
        _mail("pasted-table", "the table pasted into the mail", mail("ส่งรายงานครับ", html=quoted), as_of="2024-11-29"),
        _mail("typed-with-tabs", "the table typed with tabs", mail(f"ส่งรายงานครับ\n\n{wide}\n\nขอบคุณครับ\n")),
        _mail("typed-with-bars", "the table typed with bars", mail(f"ส่งรายงานครับ\n\n{piped}\n\nขอบคุณครับ\n")),
        _mail("typed-with-spaces", "the table typed with spaces", mail(f"ส่งรายงานครับ\n\n{spaced}\n\nขอบคุณครับ\n")),
        _mail("quoted-table", "an older table in the mail answered to is not the sender's word", mail("ส่งตามไฟล์แนบครับ", [("แบบรายงาน.xlsx", FORM, XLSX)], html=answered)),
    ]  # fmt: skip


NAMES = list(DENCHAI)
NONE_DONE = dict.fromkeys(DENCHAI, "NNNN")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _page(answers: dict[str, str], *, title: str = "", name: str = "แบบรายงาน", foot: Any = FOOT) -> Page:
    page = official(rows(answers), foot=foot)
    page.name = name
    if title:
        page.rows[2] = [title]
    return page


def _sent(*pages: Page, name: str = "แบบรายงาน.csv") -> tuple[str, bytes, str]:
    """An attachment; sheets of one file need a workbook."""
    if len(pages) > 1:
        return f"{name.rpartition('.')[0]}.xlsx", book(*pages), XLSX
    return name, separated(pages[0]), "text/csv"


def _of(*names: str) -> dict[str, str]:
    return {name: DENCHAI[name] for name in names}


def _without(*names: str) -> dict[str, str]:
    return {name: said for name, said in DENCHAI.items() if name not in names}


def _versions() -> list[Drawn]:
    """Older and newer forms in one mail: what disagrees is asked, what is called old is set aside and said."""
    six, first = _without("อบต.ห้วยไร่"), NAMES[0]
    each = [
        _sent(table(rows({n: s if n == name else "----" for n, s in DENCHAI.items()})), name=f"{name}.csv")
        for name in NAMES
    ]
    inner = mail("ส่งครับ", [_sent(_page(DENCHAI), name="b.csv")], headers={"From": "clerk@denchai.example"})
    blanked = {**DENCHAI, "ทต.เด่นชัย": "Y-YY"}
    return [
        _mail("zip-of-seven", "one file for each organisation in an archive", mail(HELLO, [("z.zip", zipped([(f"{n}.csv", separated(_page(_of(name)))) for n, name in enumerate(NAMES)]), "application/zip")])),
        _mail("seven-one-filled-each", "seven attachments, each with all names and one row filled", mail(HELLO, each)),
        _mail("corrected-beside-old", "the old form and the corrected one: what differs is asked", mail("ส่งใหม่ แก้ไขแล้ว", [_sent(_page(DENCHAI)), _sent(_page({**DENCHAI, first: "NNNN"}), name="แก้ไข.csv")]), "organisation-duplicated x4", answers=_without(first), outcome="partly"),
        _mail("corrected-leaves-blank", "what one version answers and the other leaves blank is asked too", mail("ส่งใหม่ แก้ไขแล้ว", [_sent(_page(DENCHAI)), _sent(_page(blanked), name="แก้ไข.csv")]), "organisation-duplicated x2", answers={**DENCHAI, "ทต.เด่นชัย": "Y-Y-"}, outcome="partly"),
        _mail("file-called-old", "a file called old beside the form: set aside, and said", mail(HELLO, [_sent(_page(six)), ("แบบเก่า.docx", docx(_page(NONE_DONE)), DOCX)]), "sheet-set-aside", "organisation-missing", answers=six, outcome="partly"),
        _mail("sheet-called-old", "a sheet called old beside the form: set aside, and said", mail(HELLO, [_sent(_page(NONE_DONE, name="เก่า"), _page(DENCHAI))]), "sheet-set-aside"),
        _mail("sheet-called-spare", "a spare sheet before the form", mail(HELLO, [_sent(_page(NONE_DONE, name="สำรอง"), _page(six))]), "sheet-set-aside", "organisation-missing", answers=six, outcome="partly"),
        _mail("sheet-of-examples", "a sheet of examples does not fill in what the form leaves blank", mail(HELLO, [_sent(_page(dict.fromkeys(DENCHAI, "YYYY"), name="ตัวอย่าง"), _page({**DENCHAI, first: "YY--"}))]), "sheet-set-aside", "answer-missing E6", "answer-missing F6", answers={**DENCHAI, first: "YY--"}, outcome="partly"),
        _mail("last-month-and-this", "a sheet for each month: the latest is read, and the other is said", mail(HELLO, [_sent(_page(NONE_DONE, name="ต.ค. 67"), _page(six, name="พ.ย. 67"))]), "sheet-set-aside", "organisation-missing", answers=six, outcome="partly"),
        _mail("last-month-and-blank", "this month's sheet is blank: last month's is no answer", mail(HELLO, [_sent(_page(NONE_DONE, name="ต.ค. 67"), _page(dict.fromkeys(DENCHAI, "----"), name="พ.ย. 67"))]), "sheet-set-aside", "answer-missing x28", answers={}, outcome="rejected"),
        _mail("older-form-below", "an older form in the mail that was forwarded does not fill in a blank", mail(HELLO, [_sent(_page({**DENCHAI, first: "----"})), ("old.eml", inner, "application/octet-stream")]), "answer-missing x4", answers=_without(first), outcome="partly"),
        _mail("same-file-twice", "the same file twice", mail(HELLO, [_sent(_page(DENCHAI)), _sent(_page(DENCHAI))])),
        _mail("file-of-2566", "the files of two years: the older one is set aside, and said", mail(HELLO, [_sent(_page(NONE_DONE), name="รายงานปี2566.csv"), _sent(_page(six), name="รายงานปี2567.csv")]), "period-other", "organisation-missing", answers=six, outcome="partly"),
    ]  # fmt: skip


def _of_others() -> list[Drawn]:
    """Forms of another period or letter."""
    day = [*FOOT[:5], ["ข้อมูล ณ วันที่ 29 พฤศจิกายน 2566"], *FOOT[6:]]
    other = _page(DENCHAI)
    other.rows.append(["รหัสแบบ: w4829:den-chai"])
    token = {"Subject": "Re: [w5827] แบบรายงาน"}
    waste = Page([[q.label for q in WASTE.question]])
    waste.rows = [["ที่", WASTE.organisation_label, *(f"{q.group} {q.label}".strip() for q in WASTE.question)], [1, "ทต.เด่นชัย", *([1] * len(WASTE.question))]]  # fmt: skip
    waste.name = "ขยะ"
    return [
        _mail("title-of-2566", "the title names the year before: asked", mail(HELLO, [_sent(_page(DENCHAI, title="ประจำปีงบประมาณ พ.ศ. ๒๕๖๖"))]), "period-other", answers={}, outcome="rejected"),
        _mail("title-of-fiscal-2566", "the title names the fiscal year before, without พ.ศ.: asked", mail(HELLO, [_sent(_page(DENCHAI, title="แบบรายงาน ปีงบประมาณ 2566"))]), "period-other", answers={}, outcome="rejected"),
        _mail("title-of-2568", "the fiscal year of the circular", mail(HELLO, [_sent(_page(DENCHAI, title="ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"))])),
        _mail("title-of-a-plan", "the years of a plan are no period", mail(HELLO, [_sent(_page(DENCHAI, title="ตามแผนพัฒนารัฐบาลดิจิทัล ปี 2566-2570"))])),
        _mail("title-of-2569", "a later year is a slip: said", mail(HELLO, [_sent(_page(DENCHAI, title="ประจำปี 2569"))]), "period-doubtful", outcome="accepted"),
        _mail("title-of-another-letter", "the number of another letter: said", mail(HELLO, [_sent(_page(DENCHAI, title="ตามหนังสือ ที่ มท ๐๘๑๐.๗/ว ๔๘๒๙"))]), "period-doubtful", outcome="accepted"),
        _mail("code-of-another-letter", "the printed code of a letter nobody knows: not recorded", mail(HELLO, [_sent(other)], headers=token), "form-other", answers={}, outcome="rejected"),
        _mail("two-circulars", "the forms of two circulars in one mail: the second is asked in a mail of its own", mail(HELLO, [_sent(_page(DENCHAI)), _sent(waste, name="ขยะ.csv")], headers=token), "form-other", outcome="partly"),
        _mail("two-circulars-one-book", "the forms of two circulars in one workbook", mail(HELLO, [_sent(_page(DENCHAI), waste)], headers=token), "form-other", outcome="partly"),
        _mail("day-of-last-year", "a day of the data a year before the circular: said, not recorded", mail(HELLO, [_sent(_page(DENCHAI, foot=day))]), "date-doubtful A19", outcome="accepted"),
        _mail("day-of-the-circular", "the day of the circular's own figures, the form's line left blank", mail(HELLO, [_sent(_page(DENCHAI, title="(ข้อมูล ณ วันที่ ๒๙ ตุลาคม ๒๕๖๗)"))])),
    ]  # fmt: skip


def _in_words() -> list[Drawn]:
    """Corrections in the mail beside the attached form. What was read of a row stays; an error on it keeps it unrecorded."""
    form = [_sent(_page(DENCHAI))]
    first = NAMES[0]
    wrong = "\n".join(" | ".join(str(cell) for cell in row) for row in [ONE_ROW, *rows({first: "NNNN"})])
    same = html_table(Page([*HEAD, *BODY], list(HEAD_MERGES)))
    pasted = html_table(table(rows({first: "NNNN"})))
    return [
        _mail("body-contradicts", "a table typed beside the form says otherwise: asked", mail(f"แก้เฉพาะแห่งนี้\n\n{wrong}\n", form), "organisation-duplicated x4", answers=_without(first), outcome="partly"),
        _mail("pasted-contradicts", "a table pasted beside the form says otherwise: asked", mail("", form, html=f"<p>ตามนี้ครับ</p>{pasted}"), "organisation-duplicated x4", answers=_without(first), outcome="partly"),
        _mail("pasted-and-attached", "the same form pasted and attached", mail("ส่งครับ", form, html=f"<p>ส่งครับ</p>{same}")),
        _mail("words-contradict", "the words say that a row is wrong: asked", mail("ทต.แม่จั๊วะ จริงๆ ยังไม่ได้ดำเนินการทุกข้อ ไฟล์แนบกรอกผิด ขออภัย", form), "words-contradict", outcome="partly", answers=_without("ทต.แม่จั๊วะ")),
        _mail("words-except", "all but one, in words", mail("ทุกแห่งตามไฟล์แนบ ยกเว้น อบต.ไทรย้อย ที่ยังไม่ได้ทำ", form), "words-contradict", outcome="partly", answers=_without("อบต.ไทรย้อย")),
        _mail("words-of-a-column", "words about a column: said", mail("ข้อ 2 ผิด ที่ถูกคือ X", form), "words-not-read", outcome="accepted"),
        _mail("words-in-the-subject", "a correction in the subject", mail(HELLO, form, headers={"Subject": "Re: [w5827] แก้ไข ทต.แม่จั๊วะ เป็น X ทุกช่อง"}), "words-contradict", outcome="partly", answers=_without("ทต.แม่จั๊วะ")),
        _mail("words-of-courtesy", "courtesies correct nothing", mail("แก้ไขแล้วครับ ตามไฟล์แนบ\nหากมีข้อผิดพลาดประการใดขออภัยมา ณ ที่นี้\nผู้รับผิดชอบ นายสมชาย ใจดี โทร 054 613 123", form)),
        _mail("no-change", "nothing changed, and nothing attached: asked", mail("ไม่มีการเปลี่ยนแปลงจากครั้งก่อนครับ", headers={"Subject": "Re: [w5827] แบบรายงาน"}), "form-not-found", answers={}, kind="other", outcome="rejected"),
        _mail("answers-in-the-reply", "answers in words, no form: asked", mail("ทต.แม่จั๊วะ ✓ ✓ ✓ ✓\nทต.เด่นชัย ✓ X ✓ X", headers={"Subject": "Re: [w5827] แบบรายงาน"}), "form-not-found", answers={}, kind="other", outcome="rejected"),
        _mail("typed-for-a-blank-form", "the blank form attached, the answers typed", mail(wrong, [_sent(_page({first: "----"}))]), "organisation-missing x6", answers={first: "NNNN"}, outcome="partly"),
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
