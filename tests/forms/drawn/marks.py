"""Every way to say done and not done in a cell, by glyph, font, word, figure and formula."""

from typing import Any

from tests.forms.drawing import DENCHAI, ONE_ROW, Formula, In, Page, book, font, full, marks, official, rows, table
from tests.forms.drawn.case import Drawn, drawn

NAMES = list(DENCHAI)
FIRST = NAMES[0]


def _all(name: str, why: str, yes: Any, no: Any, *findings: str, **more: Any) -> Drawn:
    """The seven usual answers with these two marks."""
    body = [[n, full(org), *marks(said, {"Y": yes, "N": no})] for n, (org, said) in enumerate(DENCHAI.items(), 1)]
    return drawn(name, book(table(body)), why, *findings, **more)


def _first(name: str, why: str, cells: list[Any], said: str, *findings: str, **more: Any) -> Drawn:
    """The first row with these four cells; the others as usual. Cells stand in C2 to F2."""
    body = rows(DENCHAI)
    body[0][2:] = cells
    answers = {org: letters for org, letters in {**DENCHAI, FIRST: said}.items() if letters.strip("-")}
    return drawn(name, book(table(body)), why, *findings, answers=answers, **more)


def _many(name: str, why: str, seen: list[Any], letter: str, *findings: str) -> Drawn:
    """Up to 28 different marks that all mean the same."""
    wanted = [*seen, *[seen[0]] * (28 - len(seen))]
    body = [[n, full(org), *wanted[4 * n - 4 : 4 * n]] for n, org in enumerate(NAMES, 1)]
    return drawn(name, book(table(body)), why, *findings, answers=dict.fromkeys(NAMES, letter * 4))


def CASES() -> list[Drawn]:  # noqa: N802 - one word for all modules
    """All of them."""
    return [*_glyphs(), *_fonts(), *_words(), *_figures(), *_doubtful(), *_merged()]


def _glyphs() -> list[Drawn]:
    yes = [
        "✓",
        "✔",
        "√",
        "☑",
        "🗸",
        "🗹",
        "✅",
        "/",
        "⁄",
        "∕",
        "／",
        "✔️",
        "✓ ",
        " ✓",
        "(✓)",
        "( / )",
        "[✓]",
        "//",
        "✓✓",
        "/ ",
        "✓.",
        "1",
        "๑",
    ]
    no = [
        "✗",
        "✘",
        "✕",
        "✖",
        "×",
        "x",
        "X",
        "❌",
        "Х",
        "х",
        "ⅹ",
        "0",
        "๐",
        "-",
        "–",
        "—",
        "−",
        "( X )",
        "(-)",
        " x ",
        "--",
        "xx",
        "✖️",
        "X.",
    ]
    return [
        _many("glyphs-yes", "every glyph for done", yes, "Y"),
        _many("glyphs-no", "every glyph for not done", no, "N"),
        _all("slash-and-dash", "slash and dash, as most offices tick", "/", "-"),
        _all("root-and-times", "the root sign for want of a tick", "√", "×"),
        _all("check-and-cross-emoji", "emoji from a telephone", "✅", "❌"),
        _all("boxes-checked", "checked box and crossed button", "☑", "✗"),
        _all("cyrillic-x", "an X from another keyboard", "✓", "Х"),
        _all("thai-one-and-nought", "Thai digits as text", "๑", "๐"),
        _all("line-break-with-tick", "a line break typed after the mark", "✓\n", "X\n"),
        _all("zero-width-with-tick", "marks pasted with invisible characters", "\u200b✓\u200b", "\ufeffX\u00a0"),
    ]


def _fonts() -> list[Drawn]:
    bare = "ü"
    mixed = In((("ü", "Wingdings"), (" แล้ว", "TH SarabunPSK")))
    return [
        _all("wingdings", "Wingdings ü and û", font("ü", "Wingdings"), font("û", "Wingdings")),
        _all("wingdings-boxes", "Wingdings checked box and cross", font("þ", "Wingdings"), font("û", "Wingdings")),
        _all("wingdings-2", "Wingdings 2 P and O", font("P", "Wingdings 2"), font("O", "Wingdings 2")),
        _all("wingdings-2-boxes", "Wingdings 2 checked box R, cross O", font("R", "Wingdings 2"), font("O", "Wingdings 2")),
        _all("webdings", "Webdings a and r", font("a", "Webdings"), font("r", "Webdings")),
        _all("marlett", "Marlett a and r", font("a", "Marlett"), font("r", "Marlett")),
        _all("symbol", "the Symbol font's root sign and times", font("Ö", "Symbol"), font("´", "Symbol")),
        _all("private-use", "pasted codes U+F0FC and U+F0FB without their font", "\uf0fc", "\uf0fb"),
        _all("private-use-in-font", "the same in Wingdings 2", font("\uf050", "Wingdings 2"), font("\uf04f", "Wingdings 2")),
        _all("mixed-fonts", "a Wingdings tick and a word in one cell", mixed, "ยัง"),
        _all("wingdings-empty-boxes", "Wingdings empty box for what is not done: nobody said so", font("ü", "Wingdings"), font("o", "Wingdings"), "answer-missing x13", answers={n: s.replace("N", "-") for n, s in DENCHAI.items()}),
        _first("bare-u-umlaut", "a ü that lost its font: asked", [bare, "✓", "✓", "✓"], "-YYY", "answer-unreadable C2"),
        _first("words-in-wingdings", "a word in Wingdings: nobody saw letters", [font("yes", "Wingdings"), "✓", "✓", "✓"], "-YYY", "answer-unreadable C2"),
    ]  # fmt: skip


def _words() -> list[Drawn]:
    yes = [
        "มี",
        "แล้ว",
        "ดำเนินการแล้ว",
        "ใช่",
        "Y",
        "y",
        "TRUE",
        "Yes",
        "มีแล้ว",
        "เรียบร้อย",
        "เรียบร้อยแล้ว",
        "ดำเนินการเรียบร้อยแล้ว",
        "จัดทำแล้ว",
        "ประกาศแล้ว",
        "ลงข้อมูลแล้ว",
        "ลงแล้ว",
        "ทำแล้ว",
        "ดําเนินการเเล้ว",
        "แล้วเสร็จ",
        "✓ ดำเนินการแล้ว",
        "/ แล้ว",
        "จัดทำคำสั่งแล้ว",
        "ลงในระบบแล้ว",
        "เสร็จแล้ว",
    ]
    no = [
        "ไม่มี",
        "ยัง",
        "ไม่ใช่",
        "N",
        "n",
        "FALSE",
        "No",
        "ยังไม่ได้ดำเนินการ",
        "ยังไม่ดำเนินการ",
        "ยังไม่มี",
        "ไม่ได้ดำเนินการ",
        "ยังไม่ได้ทำ",
        "ยังไม่ได้จัดทำ",
        "ยังไม่ได้ลงข้อมูล",
        "ยังไม่แล้วเสร็จ",
        "X ยังไม่ได้ดำเนินการ",
        "- ไม่มี -",
        "ยังไม่ประกาศ",
        "ยังไม่เสร็จ",
        "ยังไม่ลงระบบ",
    ]
    return [
        _many("words-yes", "every word for done", yes, "Y"),
        _many("words-no", "every word for not done", no, "N"),
        _all("words-short", "มี and ไม่มี", "มี", "ไม่มี"),
        _all("under-way", "under way is not done, and said to be a guess", "✓", "อยู่ระหว่างดำเนินการ", "answer-guessed x13"),
        _all("not-yet-reported", "not yet reported is no answer: asked", "✓", "ยังไม่รายงาน", "answer-missing x13", answers={n: s.replace("N", "-") for n, s in DENCHAI.items()}),
        _all("booleans", "TRUE and FALSE as Excel's own", True, False),  # noqa: FBT003 - a cell's value
        _first("date-for-tick", "the day it was done where a tick belongs: asked", ["1 พ.ย. 67", "✓", "✓", "✓"], "-YYY", "answer-unreadable C2"),
        _first("bot-token-for-tick", "a link where a tick belongs: asked", ["✓", "https://info.go.th/abc", "✓", "✓"], "Y-YY", "answer-unreadable D2"),
        _first("question-mark", "a question mark: asked", ["✓", "?", "✓", "✓"], "Y-YY", "answer-unreadable D2"),
        _first("both-marks", "tick and cross in one cell: asked", ["✓", "✓ / X", "✓", "✓"], "Y-YY", "answer-unreadable D2"),
        _first("of-one-year-only", "done of another year alone: asked", ["✓", "✓ (เฉพาะปี 2566)", "✓", "✓"], "Y-YY", "answer-unreadable D2"),
        _first("not-all-done", "partly done: asked", ["✓", "ดำเนินการแล้วบางส่วน", "✓", "✓"], "Y-YY", "answer-unreadable D2"),
        _first("choice-printed", "both printed boxes in the cell, one ticked", ["(✓) มี ( ) ไม่มี", "( ) มี (✓) ไม่มี", "☑ แล้ว ☐ ยัง", "☐ แล้ว ☑ ยัง"], "YNYN"),
    ]  # fmt: skip


def _figures() -> list[Drawn]:
    return [
        _all("one-and-nought", "1 and 0 as numbers", 1, 0),
        _all("one-and-nought-text", "1 and 0 as text", "1", "0"),
        _all("formulas-stored", "formulas whose values are stored", Formula('="✓"', "✓"), Formula('="X"', "X")),
        _all("formulas-boolean", "formulas that gave TRUE and FALSE", Formula("=1=1", stored=True), Formula("=1=2", stored=False)),
        _first("formula-unworked", "formulas that nothing worked out are no answers", [Formula('=IF(H2=1,"✓","X")'), "✓", "✓", "✓"], "-YYY", "not-calculated C2"),
        _first("formula-error", "an error is no blank", [Formula("=VLOOKUP(B2,H:I,2,0)", "#N/A"), "✓", "✓", "✓"], "-YYY", "answer-unreadable C2"),
        _first("error-typed", "an error as text", ["✓", "#REF!", "✓", "✓"], "Y-YY", "answer-unreadable D2"),
        _first("two", "2 is no mark: asked", ["✓", 2, "✓", "✓"], "Y-YY", "answer-unreadable D2"),
        _first("percent-for-tick", "100 % where a tick belongs: asked", ["✓", "100%", "✓", "✓"], "Y-YY", "answer-unreadable D2"),
    ]  # fmt: skip


def _doubtful() -> list[Drawn]:
    return [
        _first("box-with-cross", "☒ may be a tick or a cross: asked", ["☒", "✓", "✓", "✓"], "-YYY", "answer-unreadable C2"),
        _first("letter-v", "v for want of a tick: read, and said", ["v", "V", "✓", "✓"], "YYYY", "answer-guessed C2", "answer-guessed D2"),
        _first("posted-not-made", "entered in the system though not made: asked", ["X", "✓", "✓", "✓"], "--YY", "answer-inconsistent D2"),
        _first("posted-not-made-twice", "the same in both sections", ["X", "✓", "X", "✓"], "----", "answer-inconsistent D2", "answer-inconsistent F2"),
        _first("one-blank", "one cell left blank: asked", ["✓", None, "✓", "✓"], "Y-YY", "answer-missing D2"),
        _first("one-space", "one cell holding a space: asked", ["✓", "   ", "✓", "✓"], "Y-YY", "answer-missing D2"),
    ]  # fmt: skip


def _merged() -> list[Drawn]:
    body = rows({**DENCHAI, FIRST: "Y---"})
    down = rows({**DENCHAI, "ทต.เด่นชัย": "----", FIRST: "YNYN"})
    letters = {**DENCHAI, FIRST: "YYYY"}
    merged = Page([ONE_ROW, *body], [(2, 3, 2, 6)])
    by_section = rows({**DENCHAI, FIRST: "Y-N-"})
    return [
        drawn("merged-across", book(merged), "one tick merged over all four cells of a row", answers=letters),
        drawn("merged-by-section", book(Page([ONE_ROW, *by_section], [(2, 3, 2, 4), (2, 5, 2, 6)])), "one mark merged over both cells of a section", answers={**DENCHAI, FIRST: "YYNN"}),
        drawn("merged-down", book(Page([ONE_ROW, *down], [(2, c, 3, c) for c in range(3, 7)])), "marks merged over two organisations", answers={**DENCHAI, FIRST: "YNYN", "ทต.เด่นชัย": "YNYN"}),
        drawn("official-in-dots", book(official([[n, full(org), *marks(said, {"Y": "..✓..", "N": "..X.."})] for n, (org, said) in enumerate(DENCHAI.items(), 1)])), "marks typed on the printed dots"),
    ]  # fmt: skip
