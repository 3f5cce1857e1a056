"""How organisations are named: variants, namesakes, near misses, and names that are nobody's."""

from typing import Any

from tests.forms.drawing import DENCHAI, ONE_ROW, Page, book, full, marks, rows, table
from tests.forms.drawn.case import Drawn, drawn

NAMES = list(DENCHAI)
RONGKWANG = [
    "ทต.ร้องกวาง",
    "ทต.บ้านเวียง",
    "อบต.ร้องกวาง",
    "อบต.น้ำเลา",
    "อบต.แม่ทราย",
    "อบต.แม่ยางตาล",
    "อบต.แม่ยางร้อง",
    "อบต.ไผ่โทน",
    "อบต.แม่ยางฮ่อ",
    "อบต.ห้วยโรง",
]
SOUNGMEN = [
    "ทต.สูงเม่น",
    "อบต.ดอนมูล",
    "อบต.น้ำชำ",
    "อบต.บ้านกวาง",
    "อบต.บ้านปง",
    "อบต.บ้านเหล่า",
    "อบต.พระหลวง",
    "อบต.ร่องกาศ",
    "อบต.เวียงทอง",
    "อบต.สบสาย",
    "อบต.สูงเม่น",
    "อบต.หัวฝาย",
    "อบต.บ้านกาศ",
]


def _named(name: str, why: str, written: list[str], *findings: str, **more: Any) -> Drawn:
    """The seven of อำเภอเด่นชัย under these names."""
    body = [[n, text, *marks(said)] for n, (text, said) in enumerate(zip(written, DENCHAI.values(), strict=True), 1)]
    return drawn(name, book(table(body)), why, *findings, **more)


def _one(name: str, why: str, written: str | None, *findings: str, found: bool = False, **more: Any) -> Drawn:
    """The first row under this name, in B2; not ``found``: its organisation then has no row."""
    body = rows(DENCHAI)
    body[0][1] = written
    answers = DENCHAI if found else {org: said for org, said in DENCHAI.items() if org != NAMES[0]}
    missing = () if found else ("organisation-missing",)
    return drawn(name, book(table(body)), why, *findings, *missing, answers=more.pop("answers", answers), **more)


def _of(name: str, why: str, reporter: str, pairs: list[tuple[str, str]], *findings: str, **more: Any) -> Drawn:
    """Rows of (name as written, marks) for another reporter."""
    body = [[n, text, *marks(said)] for n, (text, said) in enumerate(pairs, 1)]
    return drawn(name, book(table(body)), why, *findings, reporter=reporter, **more)


def CASES() -> list[Drawn]:  # noqa: N802 - one word for all modules
    """All of them."""
    return [*_variants(), *_namesakes(), *_near(), *_not_found(), *_doubled(), *_together()]


def _variants() -> list[Drawn]:
    kind = [name.partition(".")[0] for name in NAMES]
    bare = [name.partition(".")[2] for name in NAMES]
    each = [
        ("official", "full official names", [full(name) for name in NAMES]),
        ("short", "short names", NAMES),
        ("spaced", "a space after the abbreviation", [f"{k}. {b}" for k, b in zip(kind, bare, strict=True)]),
        ("no-dot", "abbreviation without dot", [f"{k} {b}" for k, b in zip(kind, bare, strict=True)]),
        ("no-dot-no-space", "abbreviation without dot and space", [f"{k}{b}" for k, b in zip(kind, bare, strict=True)]),
        ("dotted", "ท.ต. and อ.บ.ต.", [f"{'.'.join(k)}.{b}" for k, b in zip(kind, bare, strict=True)]),
        ("full-spaced", "full words with a space", [full(f"{k}.{b}").replace(b, f" {b}") for k, b in zip(kind, bare, strict=True)]),
        ("with-district", "the district after the name", [f"{name} อ.เด่นชัย" for name in NAMES]),
        ("with-district-and-province", "district and province after the name", [f"{full(name)} อำเภอเด่นชัย จังหวัดแพร่" for name in NAMES]),
        ("with-province", "the province after the name", [f"{name} จ.แพร่" for name in NAMES]),
        ("district-in-brackets", "the district in brackets", [f"{name} (อำเภอเด่นชัย)" for name in NAMES]),
        ("numbered", "a number before each name", [f"{n}. {name}" for n, name in enumerate(NAMES, 1)]),
        ("thai-numbered", "a Thai number in brackets before each name", [f"({'๐๑๒๓๔๕๖๗'[n]}) {name}" for n, name in enumerate(NAMES, 1)]),
        ("item-numbered", "an item number before each name", [f"1.{n} {name}" for n, name in enumerate(NAMES, 1)]),
        ("with-telephone", "a telephone number after each name", [f"{name} โทร. 054-61312{n}" for n, name in enumerate(NAMES)]),
        ("bulleted", "a dash before each name", [f"- {name}" for name in NAMES]),
        ("type-after", "the type after the name", [f"{b} ({k}.)" for k, b in zip(kind, bare, strict=True)]),
        ("office-of", "the office or its head instead", [f"{'สำนักงาน' if k == 'ทต' else 'ที่ทำการ'}{full(f'{k}.{b}')}" for k, b in zip(kind, bare, strict=True)]),
        ("heads", "the head of the office instead", [("นายกเทศมนตรีตำบล" if k == "ทต" else "นายกองค์การบริหารส่วนตำบล") + b for k, b in zip(kind, bare, strict=True)]),
        ("line-break", "a line break in the name", [f"{full(f'{k}.')}\n{b}" for k, b in zip(kind, bare, strict=True)]),
        ("nbsp", "hard and invisible spaces in the name", [f"{k}.\u00a0{b}\u200b" for k, b in zip(kind, bare, strict=True)]),
        ("misspelt-type", "usual slips in the type", [full(name).replace("องค์การ", "องค์กร").replace("เทศบาล", "ทศบาล") for name in NAMES]),
        ("signs-damaged", "marks out of order, e e for ae, as old programs and PDFs leave them", ["ทต.เเม่จ๊ัวะ", "ทต.เดน่ชัย".replace("น่", "่น"), "ทต.ปงป่าหวาย", "อบต.เด่่นชัย", "อบต.แม่จั๊วะ", "อบต.ไทรย้้อย", "อบต.ห้วยไร่"]),
    ]  # fmt: skip
    am = [
        ("องค์การบริหารส่วนตำบลน้ำเลา".replace("ำ", "\u0e4d\u0e32"), "YNYN"),
        *[(name, "YYYY") for name in RONGKWANG if name != "อบต.น้ำเลา"],
    ]
    return [
        *[_named(name, why, written) for name, why, written in each],
        _of("taken-apart-am", "am as two characters, as from PDF", "ร้องกวาง", am, answers={"อบต.น้ำเลา": "YNYN", **{n: "YYYY" for n in RONGKWANG if n != "อบต.น้ำเลา"}}),
        _of("town-doubled", "ทม.เมืองแพร่ for the town", "เทศบาลเมืองแพร่", [("ทม.เมืองแพร่", "YYYN")], answers={"ทม.แพร่": "YYYN"}),
        _of("pao", "the provincial organisation by its head, first letter lost", "อบจ.แพร่", [("นายองค์การบริหารส่วนจังหวัดแพร่", "YNYN")], answers={"อบจ.แพร่": "YNYN"}),
        _of("one-for-itself", "an organisation answers for itself", "อบต.ไทรย้อย", [("อบต.ไทรย้อย", "YYNN")], answers={"อบต.ไทรย้อย": "YYNN"}),
    ]  # fmt: skip


def _namesakes() -> list[Drawn]:
    typed = [
        ["ที่", "ประเภท", "ชื่อ อปท.", *ONE_ROW[2:]],
        *[
            [n, name.partition(".")[0] + ".", name.partition(".")[2], *marks(said)]
            for n, (name, said) in enumerate(DENCHAI.items(), 1)
        ],
    ]
    mine = {org: said for org, said in DENCHAI.items() if org not in ("ทต.แม่จั๊วะ", "อบต.แม่จั๊วะ")}
    bare = rows(DENCHAI)
    bare[0][1] = bare[4][1] = "แม่จั๊วะ"
    khammi = [
        ["ที่", "อำเภอ", "ชื่อ อปท.", *ONE_ROW[2:]],
        [1, "หนองม่วงไข่", "แม่คำมี", *marks("YYYN")],
        [2, "เมืองแพร่", "แม่คำมี", *marks("NNYY")],
    ]
    own = [[1, "แม่คำมี", *marks("YYYY")]]
    return [
        drawn("namesakes-by-type-column", book(Page(typed)), "two pairs of namesakes told apart by the type column"),
        drawn("namesakes-bare", book(table(bare)), "a name without type that two organisations of the district bear: asked, never chosen", "organisation-ambiguous B2", "organisation-ambiguous B6", "organisation-missing x2", answers=mine),
        drawn("namesakes-by-district", book(Page(khammi)), "แม่คำมี told apart by the district column", "organisation-missing x82", reporter=None, answers={"อบต.แม่คำมี": "YYYN", "ทต.แม่คำมี": "NNYY"}, outcome="partly"),
        drawn("namesake-of-ones-own", book(table(own)), "แม่คำมี alone, of which the sender has only one: that one", "organisation-missing x5", reporter="หนองม่วงไข่", answers={"อบต.แม่คำมี": "YYYY"}),
        drawn("bare-but-unique", book(table([[r[0], r[1].replace("องค์การบริหารส่วนตำบล", "") if r[1].endswith(("ไทรย้อย", "ห้วยไร่")) else r[1], *r[2:]] for r in rows(DENCHAI)])), "names without type that only one organisation bears"),
    ]  # fmt: skip


def _near() -> list[Drawn]:
    sungmen = dict.fromkeys(SOUNGMEN, "YYYY")
    klang = [("อบต.บ้านกลาง" if name == "อบต.บ้านกวาง" else name, "YYYY") for name in SOUNGMEN]
    return [
        _one("one-letter-wrong", "one letter wrong in the sender's own organisation: read, and said", "ทต.แม่จั๊วัะ".replace("วัะ", "วา"), "organisation-guessed B2", found=True),
        _named("letter-doubled", "a letter typed twice: read, and said", [full(n) for n in NAMES[:2]] + ["เทศบาลตำบลปงป่าหวายย", *[full(n) for n in NAMES[3:]]], "organisation-guessed B4"),
        _named("tone-lost", "tone marks lost: read, and said", [full(n) for n in NAMES[:5]] + ["อบต.ไทรยอย", "อบต.หวยไร"], "organisation-guessed B7", "organisation-guessed B8"),
        _of("klang-for-kwang", "บ้านกลาง of another district where บ้านกวาง belongs: never read as it", "สูงเม่น", klang, "organisation-not-yours B5", "organisation-missing", answers={n: s for n, s in sungmen.items() if n != "อบต.บ้านกวาง"}),
        _of("kwang-and-klang", "both in one list for the province", "", [("อบต.บ้านกวาง", "YNYN"), ("อบต.บ้านกลาง", "NNYY")], "organisation-missing x82", answers={"อบต.บ้านกวาง": "YNYN", "อบต.บ้านกลาง": "NNYY"}, outcome="partly"),
        _of("kang-between", "บ้านกวง, one letter from two: asked", "สูงเม่น", [("อบต.บ้านกวง" if n == "อบต.บ้านกวาง" else n, "YYYY") for n in SOUNGMEN], "organisation-unknown B5", "organisation-missing", answers={n: s for n, s in sungmen.items() if n != "อบต.บ้านกวาง"}),
    ]  # fmt: skip


def _not_found() -> list[Drawn]:
    return [
        _one("unknown", "a name nobody of the province bears", "ทต.กรุงเทพ", "organisation-unknown B2"),
        _one("not-yours", "an organisation of another district", "ทต.สอง", "organisation-not-yours B2"),
        _one("wrong-type", "a type that no organisation of this name has", "ทม.แม่จั๊วะ", "organisation-unknown B2"),
        _one("other-province", "the same name in another province", "ทต.แม่จั๊วะ จ.ลำปาง", "organisation-unknown B2"),
        _one("a-village", "a village, no organisation", "บ้านปางเคาะ หมู่ 3", "organisation-unknown B2"),
        _gone(),
        _of("half-a-district", "only three of seven rows", "เด่นชัย", [(n, DENCHAI[n]) for n in NAMES[:3]], "organisation-missing x4", answers={n: DENCHAI[n] for n in NAMES[:3]}),
        _of("choice-left-in", "the printed choice of types left before the name", "เด่นชัย", [(f"(ทต./อบต.) {n.partition('.')[2]}" if n in NAMES[5:] else n, s) for n, s in DENCHAI.items()], answers=DENCHAI),
    ]  # fmt: skip


def _together() -> list[Drawn]:
    """Two organisations in one cell: neither is chosen."""
    rest = {org: said for org, said in DENCHAI.items() if org not in NAMES[:2]}

    def both(name: str, why: str, text: str) -> Drawn:
        body = [[1, text, *marks("YYYY")], *rows(rest, start=2)]
        return drawn(name, book(table(body)), why, "organisation-several B2", "organisation-missing x2", answers=rest)

    return [
        both("two-by-slash", "two names with a slash", "ทต.แม่จั๊วะ / ทต.เด่นชัย"),
        both("two-by-and", "two names with และ", "ทต.แม่จั๊วะ และ ทต.เด่นชัย"),
        both("two-on-two-lines", "two names on two lines", "เทศบาลตำบลแม่จั๊วะ\nเทศบาลตำบลเด่นชัย"),
        both("two-second-without-type", "the second name without its type", "ทต.แม่จั๊วะ, ทต.เด่นชัย, เด่นชัย"),
    ]


def _gone() -> Drawn:
    body = rows({org: said for org, said in DENCHAI.items() if org != NAMES[0]})
    answers = {org: said for org, said in DENCHAI.items() if org != NAMES[0]}
    return drawn(
        "row-deleted", book(table(body)), "one organisation has no row", "organisation-missing", answers=answers
    )


def _doubled() -> list[Drawn]:
    again = [*rows(DENCHAI), [8, "ทต.แม่จั๊วะ", *marks("YYYY")]]
    other = [*rows(DENCHAI), [8, "ทต.แม่จั๊วะ", *marks("YYNN")]]
    blank = [*rows(DENCHAI), [8, "ทต.แม่จั๊วะ", None, None, None, None]]
    return [
        drawn("twice-agreeing", book(table(again)), "one organisation twice, the same answers"),
        drawn("twice-disagreeing", book(table(other)), "one organisation twice, the rows disagree on section 16", "organisation-duplicated x2", answers={**DENCHAI, NAMES[0]: "YY--"}),
        drawn("twice-once-blank", book(table(blank)), "one organisation twice, the second row blank"),
    ]  # fmt: skip
