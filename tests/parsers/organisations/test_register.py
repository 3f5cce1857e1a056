"""Which organisation a written name means: in Phrae, and over every name of the country."""

import csv
import random
import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.organisations.register import Hints, Match, Register, find_district
from parsers.reading import Organisation

NAMES = Path(__file__).parents[1] / "data" / "national_names.csv"


def national():
    provinces = defaultdict(list)
    with NAMES.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            province = row.pop("province")
            provinces[province].append(Organisation(**row))
    return provinces


NATIONAL = national()
PHRAE = NATIONAL["แพร่"]
REGISTER = Register(PHRAE)
SHORT = {o.code: o.short_name for o in PHRAE}
DISTRICTS = tuple(dict.fromkeys(o.district for o in PHRAE))


def own(district):
    return frozenset(o.code for o in PHRAE if o.district == district)


def read(text, **hints):
    match = REGISTER.resolve(text, Hints(**hints))
    return match.how, *(SHORT[code] for code in match.codes)


WRITTEN = {
    "อบต.แม่ยม": [
        *("อบต.แม่ยม", "อบต แม่ยม", "อ.บ.ต. แม่ยม", "อบตแม่ยม", "อ บ ต แม่ยม", "อบต. แม่ ยม", "องค์การบริหารส่วนตำบลแม่ยม"),
        *(
            "องค์การบริหารส่วนตำบล แม่ยม อำเภอเมืองแพร่ จังหวัดแพร่",
            "อบต.แม่ยม จังหวัดแพร่",
            "อบต.แม่ยม อ.เมือง จ.แพร่",
            "อบต.แม่ยม (อ.เมืองแพร่)",
        ),
        *("อบต.แม่ยมอ.เมืองแพร่จ.แพร่", "อบต.แม่ยม ต.แม่ยม อ.เมือง จ.แพร่", "(อบต.) แม่ยม", "แม่ยม (อบต.)", "อบต.(แม่ยม)"),
        *(
            "(ทต./อบต.) แม่ยม",
            "ทต./อบต. แม่ยม",
            "องค์การบริหารส่วนแม่ยม",
            "องค์กรบริหารส่วนตำบลแม่ยม",
            "งค์การบริหารส่วนตำบลแม่ยม",
            "ต.แม่ยม",
            "ตำบลแม่ยม",
        ),
        *(
            "1. อบต.แม่ยม",
            "๒) อบต.แม่ยม",
            "(3) อบต.แม่ยม",
            "๔ อบต.แม่ยม",
            "- อบต.แม่ยม",
            "• แม่ยม",
            "หมู่ 3 อบต.แม่ยม",
            "ลำดับที่ 1 อบต.แม่ยม",
            "12.แม่ยม",
        ),
        *(
            "นายกองค์การบริหารส่วนตำบลแม่ยม",
            "นายก อบต.แม่ยม",
            "ปลัด อบต.แม่ยม",
            "ที่ทำการองค์การบริหารส่วนตำบลแม่ยม",
            "ชื่อหน่วยงาน: อบต.แม่ยม",
        ),
        *(
            "องค์การบริหารส่วนต าบลแม่ยม",
            "อบต.\nแม่ยม",
            "อบต.เเม่ยม",
            "อบต.แม่\u200bยม",
            "“อบต.แม่ยม”",
            "แม่ยม อบต.",
            "แม่ยม",
            "องค์การบริหารส่วนตำบล..........แม่ยม..........",
        ),
    ],
    "ทต.ช่อแฮ": [
        "เทศบาล ต.ช่อแฮ",
        "นายกเทศมนตรีตำบลช่อแฮ",
        "เทศบาลตําบลช่อแฮ",
        "ทต ช่อแฮ",
        "เทศบาลช่อแฮ",
        "สำนักงานเทศบาลตำบลช่อแฮ",
        "นายกเทศมนตรีเทศบาลตำบลช่อแฮ",
    ],
    "ทต.ป่าแมต": ["ทศบาลตำบลป่าแมต"],
    "ทต.แม่คำมี": ["เทศบาลตําบลแม่คํามี", "ทต.แม่คำมี อ.เมือง"],
    "อบต.แม่คำมี": ["แม่คำมี (อบต.)", "แม่คำมี อ.หนองม่วงไข่", "แม่คำมี (หนองม่วงไข่)", "องค์การบริหารส่วนตำบลแม่คำมี"],
    "ทต.บ้านปิน": ["ทต.บ้านปิน อำเภอลอง", "เทศบาลตำบลบ้านปิน"],
    "ทต.สอง": ["สอง", "ทต.สอง (อ.สอง)"],
    "ทม.แพร่": ["ทม.เมืองแพร่", "เทศบาลเมืองแพร่", "เทศบาลแพร่", "นายกเทศมนตรีเมืองแพร่", "เทศบาลเมือง เมืองแพร่"],
    "อบจ.แพร่": [
        "นายองค์การบริหารส่วนจังหวัดแพร่",
        "อบจ แพร่",
        "องค์การบริหารส่วนจังหวัดแพร่",
        "อบจ.แพร่ จ.แพร่",
        "องค์การบริหารส่วนจังหวัดแพร่ อ.เมือง จ.แพร่",
    ],
    "อบต.บ้านกลาง": ["บ้านกลาง", "อบต.บ้านกลาง"],
    "อบต.บ้านกวาง": ["บ้านกวาง", "อบต.บ้านกวาง"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in WRITTEN.items() for text in texts])
def test_every_usual_writing_of_a_name_is_exact(name, text):
    assert read(text) == ("exact", name)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("แม่คำมี", ["ทต.แม่คำมี", "อบต.แม่คำมี"]),
        ("ต.แม่คำมี", ["ทต.แม่คำมี", "อบต.แม่คำมี"]),
        ("(ทต./อบต.) แม่คำมี", ["ทต.แม่คำมี", "อบต.แม่คำมี"]),
        ("บ้านปิน อ.ลอง", ["ทต.บ้านปิน", "อบต.บ้านปิน"]),
        ("แพร่", ["อบจ.แพร่", "ทม.แพร่"]),
        ("ร้องกวาง", ["ทต.ร้องกวาง", "อบต.ร้องกวาง"]),
        ("อบต.แม่คำมี อ.เมืองแพร่", ["อบต.แม่คำมี", "ทต.แม่คำมี"]),  # the type says one, the district the other
    ],
)
def test_namesakes_are_asked_where_all_or_none_are_the_senders(text, candidates):
    for mine in (frozenset(), own("สอง"), frozenset(o.code for o in PHRAE)):
        assert read(text, own=mine) == ("ambiguous", *candidates)


@pytest.mark.parametrize(
    ("text", "district", "mine"),
    [
        ("แม่คำมี", "หนองม่วงไข่", "อบต.แม่คำมี"),
        ("ต.แม่คำมี", "เมืองแพร่", "ทต.แม่คำมี"),
        ("(ทต./อบต.) แม่คำมี", "เมืองแพร่", "ทต.แม่คำมี"),
    ],
)
def test_a_name_that_the_senders_own_hold_once_is_that_one(text, district, mine):
    """81 pairs of namesakes in 32 provinces stand in two districts each: no dead end for either."""
    assert read(text, own=own(district)) == ("exact", mine)


@pytest.mark.parametrize("text", ["อบต.แม่คำมี อ.เมืองแพร่", "บ้านปิน อ.ลอง", "ร้องกวาง"])
def test_what_a_name_says_of_its_place_goes_before_whose_form_it_is(text):
    for mine in (own("หนองม่วงไข่"), own("ลอง"), own("ร้องกวาง")):
        assert read(text, own=mine)[0] == "ambiguous"


@pytest.mark.parametrize(
    "behind",
    [
        "\nผู้ประสาน: ปลัด โทร 054-000000", " (ผู้รายงาน น.ส.ก ข)", " นายสมมติ แสนดี", ", 99/1 หมู่ 4 ถ.สมมติ", "\n054-000-000", " a@b.example",
        " ติดต่อ อบต.สรอย", "\nที่ตั้ง ต.เด่นชัย",
    ],
)  # fmt: skip
def test_who_is_to_be_asked_hides_no_name(behind):
    assert read("ทต.ปงป่าหวาย" + behind) == ("exact", "ทต.ปงป่าหวาย")


def test_a_town_before_its_type_is_no_district():
    assert read("เด่นชัย - เทศบาลตำบล") == ("exact", "ทต.เด่นชัย")
    assert read("เด่นชัย - อบต.ไทรย้อย") == ("exact", "อบต.ไทรย้อย")


def test_a_type_or_district_beside_a_name_decides_between_namesakes():
    assert read("แม่คำมี", type="อบต.") == ("exact", "อบต.แม่คำมี")
    assert read("แม่คำมี", type="เทศบาลตำบล") == ("exact", "ทต.แม่คำมี")
    assert read("ต.แม่คำมี", type="ทต.") == ("exact", "ทต.แม่คำมี")
    assert read("แม่คำมี", district="อำเภอหนองม่วงไข่") == ("exact", "อบต.แม่คำมี")
    assert read("บ้านปิน", district="ลอง", type="อบต") == ("exact", "อบต.บ้านปิน")
    assert read("บ้านปิน", district="ลอง")[0] == "ambiguous"


def test_the_type_in_the_text_wins_over_the_one_beside_it():
    assert read("ทต.แม่คำมี", type="อบต.", district="หนองม่วงไข่") == ("exact", "ทต.แม่คำมี")


def test_a_name_of_another_type_is_asked_with_a_suggestion():
    assert read("เทศบาลตำบลแม่ยม", own=own("เมืองแพร่")) == ("unknown", "อบต.แม่ยม")
    assert read("ช่อแฮ", type="อบต.")[0] == "unknown"


@pytest.mark.parametrize(
    ("text", "district", "name"),
    [
        ("อบต.แดนชุมพน", "สอง", "อบต.แดนชุมพล"),
        ("ทต.ปงป่าหวย", "เด่นชัย", "ทต.ปงป่าหวาย"),
        ("อบต.บ้านกว่าง", "สูงเม่น", "อบต.บ้านกวาง"),
        ("อบต.แม่คำมื", "หนองม่วงไข่", "อบต.แม่คำมี"),
        ("เทศบาลตำบลแม่จ๊ว ั ะ", "เด่นชัย", "ทต.แม่จั๊วะ"),
        ("อบต.น้ าช า", "สูงเม่น", "อบต.น้ำชำ"),
        ("อบต.แม่ยม (ยังไม่ส่ง)", "เมืองแพร่", "อบต.แม่ยม"),
        ("อบต.แม่ยม อ.ลอง", "เมืองแพร่", "อบต.แม่ยม"),
    ],
)
def test_a_near_miss_or_damage_among_the_senders_own_is_guessed_and_called_so(text, district, name):
    assert read(text, own=own(district)) == ("guessed", name)


@pytest.mark.parametrize("text", ["อบต.แดนชุมพน", "ทต.ปงป่าหวย", "องค์การบริหารส่วนตำบลแดนชุมพน"])
def test_a_near_miss_is_never_guessed_for_another_sender(text):
    assert read(text)[0] == "unknown"
    assert read(text, own=own("ลอง"))[0] == "unknown"


@pytest.mark.parametrize(
    "text", ["บ้านกราง", "อบต.บ้านกราง", "อบต.บ้านกลวง", "อบต.บ้านกาง", "ทต.บ้านกลาง", "ทต.บ้านกวาง", "อบต.บ้านกลวาง"]
)
@pytest.mark.parametrize("district", ["สอง", "สูงเม่น"])
def test_what_lies_between_ban_klang_and_ban_kwang_is_never_guessed(text, district):
    how, *names = read(text, own=own(district))
    assert how == "unknown"
    assert len(names) <= 3


def test_ban_klang_is_itself_even_from_the_district_of_ban_kwang():
    assert read("อบต.บ้านกลาง", own=own("สูงเม่น")) == ("exact", "อบต.บ้านกลาง")
    assert read("อบต.บ้านกวาง", own=own("สอง")) == ("exact", "อบต.บ้านกวาง")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "...........",
        "12",
        "๑.",
        "อบต.",
        "เทศบาลตำบล.........",
        "ทต./อบต.",
        "องค์การบริหารส่วนตำบล",
        "นายก อบต.",
        "-",
        "✓",
        "อำเภอลอง",
        "จังหวัดแพร่",
        "อบต." + "." * 500,
    ],
)
def test_a_text_without_a_name_has_none(text):
    assert read(text) == ("none",)


@pytest.mark.parametrize(
    "text",
    ["รวม", "อบต.แม่ยม จ.น่าน", "ลงชื่อ", "ลอง", "เมืองสอง", "เมืองแพร่", "กรุงเทพมหานคร", "ยม" * 400],
)
def test_what_is_no_organisation_of_the_province_is_unknown(text):
    assert read(text, own=own("เมืองแพร่"))[0] == "unknown"


OTHER_PROVINCES = [province for province in NATIONAL if province != "แพร่"]


@pytest.mark.parametrize("between", [" จ.{}", " จังหวัด{}", "จังหวัด{}", " (จังหวัด{})", " จ. {}", " จว.{}"])
@pytest.mark.parametrize("district", ["", " อ.{}", " อำเภอ{}", " ต.ก อ.{}"])
def test_a_name_with_another_province_is_never_ours_whatever_stands_before_it(between, district):
    for at, organisation in enumerate(PHRAE):
        place = district.format(organisation.district) + between.format(OTHER_PROVINCES[at % len(OTHER_PROVINCES)])
        for name in (organisation.short_name, f"1. {organisation.official_name}", f"นายก{organisation.official_name}"):
            match = REGISTER.resolve(name + place, Hints(own=frozenset({organisation.code})))
            assert match == Match("unknown"), name + place


MARKS = re.compile("[ะัิ-ฺ็-๎]")  # what a PDF loses


def test_a_name_that_lost_a_mark_is_guessed_among_the_senders_own_and_asked_of_its_likes():
    """With its type before it, its type in the column beside it, and behind the head of its office."""
    for organisation in PHRAE:
        bare = organisation.short_name.removeprefix(organisation.type)
        worse = MARKS.sub("", bare, count=1)
        alike = {o.code for o in PHRAE if MARKS.sub("", o.short_name) == MARKS.sub("", organisation.short_name)}
        if worse == bare or len(alike) > 1:
            continue
        head = "ปลัด" if organisation.type == "อบต." else "สำนักงาน"
        for text, kind in (
            (organisation.type + worse, ""),
            (worse, organisation.type),
            (f"{head} {organisation.type}{worse}", ""),
        ):
            match = REGISTER.resolve(text, Hints(kind, own=frozenset({organisation.code})))
            assert match == Match("guessed", (organisation.code,)), text
        others = {o.code for o in PHRAE if MARKS.sub("", o.short_name.removeprefix(o.type)) == MARKS.sub("", bare)}
        match = REGISTER.resolve(worse, Hints(own=frozenset({organisation.code})))
        assert match.how == ("guessed" if len(others) == 1 else "ambiguous"), worse
        assert set(match.codes) == others, worse


@pytest.mark.parametrize(("length", "allowed"), [(3, 0), (4, 1), (7, 1), (8, 2), (12, 2)])
def test_how_many_letters_of_a_name_may_be_wrong(length, allowed):
    name = "กขคงจฉชซฌญฎฏ"[:length]
    register = Register([Organisation("1", "อบต.", f"องค์การบริหารส่วนตำบล{name}", f"อบต.{name}", "ก")])
    for wrong in range(1, 4):
        match = register.resolve(f"อบต.{'ฮ' * wrong}{name[wrong:]}", Hints(own=frozenset({"1"})))
        assert match.how == ("guessed" if wrong <= allowed else "unknown"), wrong


@pytest.mark.parametrize(
    ("text", "district"),
    [
        *(
            (text, "ลอง")
            for text in (
                "อำเภอลอง",
                "อ.ลอง",
                "ลอง",
                "ที่ว่าการอำเภอลอง",
                "นายอำเภอลอง",
                "อ ลอง",
                "1. อำเภอลอง (11 แห่ง)",
                "อำเภอ ลอง จังหวัดแพร่",
            )
        ),
        *(
            (text, "เมืองแพร่")
            for text in ("อ.เมือง", "เมือง", "อำเภอเมืองแพร่", "อ.เมืองแพร่ จ.แพร่", "อำเภอเมือง จำนวน 20 แห่ง")
        ),
        *((text, None) for text in ("", "อบต.ลอง", "อำเภอ", "อำเภอปาย", "ทต.บ้านปิน อำเภอลอง", "อ", "ลอง" * 200)),
    ],
)
def test_a_district_is_found_when_it_stands_by_itself(text, district):
    assert find_district(text, DISTRICTS) == district


def test_no_official_or_short_name_in_the_country_means_another_organisation_of_its_province():
    asked = 0
    for organisations in NATIONAL.values():
        register = Register(organisations)
        for organisation in organisations:
            for name in (organisation.official_name, organisation.short_name):
                match = register.resolve(name)
                if match.how == "exact":
                    assert match.codes == (organisation.code,)
                    continue
                asked += 1
                twins = [o for o in organisations if o.short_name == organisation.short_name]
                assert match.how == "ambiguous", name
                assert set(match.codes) == {o.code for o in twins}
                here = [o.code for o in twins if o.district == organisation.district]
                told = register.resolve(name, Hints(district=f"อ.{organisation.district}"))
                assert told == (Match("exact", (organisation.code,)) if len(here) == 1 else match)
    assert asked == 330  # 165 organisations share type and name with another of their province


def written_in_other_ways(organisation, province):
    bare = organisation.short_name.removeprefix(organisation.type)
    yield f"{organisation.official_name} อำเภอ{organisation.district} จังหวัด{province}"
    yield f"1. {organisation.short_name} อ.{organisation.district} จ.{province}"
    yield f"{organisation.short_name}อ.{organisation.district}จ.{province}"
    yield f"{organisation.type.replace('.', '')} {bare}"
    yield f"{bare} ({organisation.type})"
    yield f"นายก{organisation.official_name.replace('เทศบาล', 'เทศมนตรี', 1)}"
    yield organisation.official_name.replace("ำ", "ํา")
    yield organisation.official_name[1:]


def alike(one, other):
    """Whether two organisations have their type and their name in common, which only a district tells apart."""
    return (one.type, one.short_name) == (other.type, other.short_name)


def test_other_writings_of_the_names_of_the_country_mean_nobody_else():
    rng = random.Random(2567)
    for province, organisations in NATIONAL.items():
        register = Register(organisations)
        for organisation in rng.sample(organisations, min(6, len(organisations))):
            for text in written_in_other_ways(organisation, province):
                match = register.resolve(text)
                likes = {o.code for o in organisations if alike(o, organisation)}
                if "อ." in text or "อำเภอ" in text:
                    likes = {o.code for o in organisations if o.code in likes and o.district == organisation.district}
                assert set(match.codes) == likes, (text, match)
                assert match.how == ("exact" if len(likes) == 1 else "ambiguous"), (text, match)


LETTERS = "กขคงจชซดตถทนบปผพมยรลวสหอ่้ั็ีิุูเแา"


def test_one_slip_of_the_finger_never_means_another_organisation():
    rng = random.Random(1)
    guessed = 0
    for organisations in NATIONAL.values():
        register = Register(organisations)
        for organisation in rng.sample(organisations, min(6, len(organisations))):
            mine = frozenset(o.code for o in organisations if o.district == organisation.district)
            for name in (organisation.short_name, organisation.official_name):
                at = rng.randrange(len(name))
                slip = (
                    name[:at] + rng.choice(["", rng.choice(LETTERS), rng.choice(LETTERS) + name[at]]) + name[at + 1 :]
                )
                match = register.resolve(slip, Hints(own=mine))
                guessed += match.how == "guessed"
                assert match.how in ("ambiguous", "unknown", "none") or match.codes == (organisation.code,), (
                    slip,
                    match,
                )
    assert guessed > 300


@given(st.text(), st.text(max_size=12), st.text(max_size=12))
def test_no_text_makes_resolving_raise(text, kind, district):
    for said in (text, f"อบต.{text}", f"({kind}/{district}) {text}", f"แม่ยม อ.{text} จ.{kind}", f"แม่คำมี ({text})"):
        match = REGISTER.resolve(said, Hints(kind, district, own("ลอง")))
        assert (len(match.codes) == 1) if match.how in ("exact", "guessed") else True
        assert match.how != "none" or not match.codes
        assert match.how != "unknown" or len(match.codes) <= 3


def test_a_register_without_organisations_knows_nobody():
    assert Register(()).resolve("อบต.แม่ยม") == Match("unknown")
    assert Register(()).resolve("") == Match("none")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("อ.เด่นชัย ทต.แม่จั๊วะ", ("exact", "5540501")),
        ("เด่นชัย - ทต.แม่จั๊วะ", ("exact", "5540501")),
        ("อำเภอสอง: องค์การบริหารส่วนตำบลเตาปูน", ("exact", "6540603")),
        ("5540501", ("exact", "5540501")),
        ("๕๕๔๐๕๐๑", ("exact", "5540501")),
        ("5540501 ทต.แม่จั๊วะ", ("exact", "5540501")),
        ("เทศบาลตำบลแม่จั๊วะ (5540501)", ("exact", "5540501")),
        ("แม่จั๊วะ 5540501", ("exact", "5540501")),  # the code says which of the two namesakes
    ],
)
def test_a_code_or_a_district_before_the_name_is_understood(text, expected):
    found = REGISTER.resolve(text)
    assert (found.how, *found.codes) == expected


def test_a_code_and_a_name_that_contradict_each_other_are_asked():
    assert REGISTER.resolve("5540501 อบต.หัวทุ่ง").how == "ambiguous"


@pytest.mark.parametrize(
    "text",
    [
        "ทต.แม่จั๊วะ / ทต.เด่นชัย",
        "ทต.แม่จั๊วะ และ ทต.เด่นชัย",
        "ทต.แม่จั๊วะและทต.เด่นชัย",
        "ทต.แม่จั๊วะ ทต.เด่นชัย",
        "ทต.แม่จั๊วะ, ทต.เด่นชัย",
        "เทศบาลตำบลแม่จั๊วะ\nเทศบาลตำบลเด่นชัย",
    ],
)
def test_two_names_in_one_text_are_several_and_neither_is_chosen(text):
    assert read(text) == ("several", "ทต.แม่จั๊วะ", "ทต.เด่นชัย")


@pytest.mark.parametrize(
    "text", ["ทต./อบต.ไทรย้อย", "(ทต./อบต.) ไทรย้อย", "อบต.ไทรย้อย อำเภอเด่นชัย", "สำนักงานปลัด อบต.ไทรย้อย"]
)
def test_a_choice_of_types_or_a_district_beside_a_name_is_no_second_name(text):
    assert read(text) == ("exact", "อบต.ไทรย้อย")


@pytest.mark.parametrize("between", [", ", " และ ", "และ", "/", " / ", "\n", " ", " กับ ", " + ", "; "])
def test_of_a_known_and_an_unknown_name_in_one_text_the_known_one_is_only_suggested(between):
    known, strange = "อบต.ห้วยไร่", "อบต.กขคงจ"
    code = next(o.code for o in PHRAE if o.short_name == known)
    for text in (known + between + strange, strange + between + known):
        assert REGISTER.resolve(text) == Match("unknown", (code,)), text


@pytest.mark.parametrize(
    ("kind", "how"), [("ทต.", "guessed"), ("ทม.", "unknown"), ("", "unknown"), ("เทศบาล", "unknown")]
)
def test_a_near_miss_is_guessed_only_under_its_own_type(kind, how):
    register = Register([Organisation("1", "ทต.", "เทศบาลตำบลกขคงจฉชซ", "ทต.กขคงจฉชซ", "ก")])
    assert register.resolve(f"{kind}ฮขคงจฉชซ", Hints(own=frozenset({"1"}))).how == how
    assert register.resolve("ฮขคงจฉชซ", Hints(kind, own=frozenset({"1"}))).how == how


def test_a_known_name_beside_an_unknown_one_is_not_taken_for_both():
    assert read("อบต.ห้วยไร่, อบต.กขค")[0] == "unknown"


@pytest.mark.parametrize(("count", "told"), [(2, True), (20, True), (21, False)])
def test_several_names_in_one_text_are_told_up_to_their_limit(count, told):
    organisations = [Organisation(str(n), "อบต.", f"องค์การบริหารส่วนตำบล{n:02}ก", f"อบต.{n:02}ก", "ก") for n in range(21)]
    match = Register(organisations).resolve(",".join(o.short_name for o in organisations[:count]))
    assert match == (Match("several", tuple(o.code for o in organisations[:count])) if told else match)
    assert (match.how == "several") is told


@pytest.mark.parametrize(("length", "known"), [(200, True), (201, False)])
def test_a_text_longer_than_its_limit_is_no_name(length, known):
    text = "อบต.แม่ยม (" + "ก" * (length - 12) + ")"
    assert len(text) == length
    assert read(text) == (("guessed", "อบต.แม่ยม") if known else ("unknown",))


def test_at_most_three_are_suggested_and_the_nearest_first():
    organisations = [
        Organisation(str(n), "อบต.", f"องค์การบริหารส่วนตำบล{name}", f"อบต.{name}", "ก")
        for n, name in enumerate(["กขคงจฉซ", "กขคงจฉช", "กขคงจญช", "กขคงจฉฌ", "กขคงจฉชฎ"])
    ]
    match = Register(organisations).resolve("อบต.กขคงจฉฮ")
    assert match.how == "unknown"
    assert match.codes == ("0", "1", "3")


@pytest.mark.parametrize(("nearer", "how"), [(1, "unknown"), (2, "guessed")])
def test_a_guess_is_nearer_than_every_other_by_its_margin(nearer, how):
    """The other is one or two letters farther off than the one of the sender."""
    names = ["กขคงจฉชซ", {1: "กขคงจฉชฎ", 2: "กขคงจฉฏฎ"}[nearer]]
    register = Register(
        [Organisation(str(n), "อบต.", f"องค์การบริหารส่วนตำบล{name}", f"อบต.{name}", "ก") for n, name in enumerate(names)]
    )
    assert register.resolve("อบต.ฮขคงจฉชซ", Hints(own=frozenset({"0"}))).how == how
    assert register.resolve("อบต.ฮขคงจฉชซ").how == "unknown"


def test_every_namesake_of_the_country_is_found_by_its_own_district():
    """81 pairs of one type and name in 32 provinces, by official, short and bare name; one pair shares its district too."""
    pairs = asked = 0
    for organisations in NATIONAL.values():
        alike = defaultdict(list)
        for each in organisations:
            alike[each.short_name].append(each)
        pairs_here = [twins for twins in alike.values() if len(twins) > 1]
        register = Register(organisations if pairs_here else [])
        pairs += len(pairs_here)
        for twins in pairs_here:
            for each in twins:
                mine = frozenset(o.code for o in organisations if o.district == each.district)
                for text in (each.official_name, each.short_name):
                    match = register.resolve(text, Hints(own=mine))
                    assert match in (Match("exact", (each.code,)), Match("ambiguous", tuple(o.code for o in twins)))
                    asked += match.how == "ambiguous"
    assert (pairs, asked) == (81, 4)


def test_a_row_of_one_name_with_the_data_of_another_is_both():
    given = [
        Organisation("1", "อบต.", "องค์การบริหารส่วนตำบลสรอย", "อบต.สรอย", "วังชิ้น"),
        Organisation("2", "ทต.", "เทศบาลตำบลสรอย", "ทต.สรอย", "วังชิ้น"),
    ]
    register = Register(given)
    assert register.resolve("อบต.สรอย (ข้อมูลของ ทต.สรอย)") == Match("several", ("1", "2"))
    assert register.resolve("อบต.สรอย (ข้อมูลของ อบต.สรอย)") == Match("exact", ("1",))
