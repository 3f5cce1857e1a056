"""The one vocabulary of types: what the register knows as a name with its type, every room does."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.form import naming
from parsers.organisations.type_patterns import FULL_WORD, _ending, one_of
from parsers.organisations.type_words import words_of

LOCAL = words_of(naming.LOCAL)


@pytest.mark.parametrize(
    "text",
    [
        "ท.ต.บ้านปิน",
        "ท.ต. บ้านปิน",
        "นายก อบต.แม่ยม",
        "นายกองค์การบริหารส่วนตำบลแม่ยม",
        "ปลัดเทศบาลตำบลช่อแฮ",
        "ทศบาลตำบลป่าแมต",
        "องค์กรบริหารส่วนตำบลแม่ยม",
        "องค์การบริหาร\nส่วนตำบลแม่ยม",
        "องค์การบริหารส่วนต าบลแม่ยม",
        "องค์การบริหารส่วนแม่ยม",
        "เทศบาล ต.ช่อแฮ",
        "เทศบาลช่อแฮ",
        "สำนักงานเทศบาลตำบลช่อแฮ",
        "กองช่าง ทต.แม่หล่าย",
        "กองสาธารณสุขและสิ่งแวดล้อม เทศบาลตำบลช่อแฮ",
        "สำนักปลัด อบต.นาจักร",
    ],
)
def test_a_writing_that_was_lost_where_no_heading_stood_is_a_name(text):
    assert LOCAL.named(text)


@pytest.mark.parametrize(
    "text",
    [
        *("อบต.", "เทศบาลตำบล", "เทศบาลเมือง", "ท.ต.", "อบต. 7 แห่ง", "อบต. (แห่ง)", "เทศบาล/อบต.", "ทต./อบต.บ้านปิน"),
        *("องค์การบริหารส่วนท้องถิ่น", "องค์กรปกครองส่วนท้องถิ่น", "เทศบาลทุกแห่ง", "เทศบาลที่ดำเนินการแล้ว", "อปท."),
        *("นายทนงศักดิ์ ใจดี", "ที่ทำการ", "ประเภทต่าง ๆ", "ต.แม่ยม", ""),
    ],
)
def test_a_type_a_heading_or_a_person_is_no_name(text):
    assert not LOCAL.named(text)


def test_names_stand_within_a_title():
    assert LOCAL.names_within("รายงานของเทศบาลตำบลเด่นชัย อำเภอเด่นชัย") == ["เทศบาลตำบลเด่นชัย"]
    assert LOCAL.names_within("แบบรายงาน ท.ต.บ้านปิน และอบต.แม่ยม") == ["ท.ต.บ้านปิน", "อบต.แม่ยม"]
    assert LOCAL.names_within("แยกตามประเภทต่าง ๆ ขององค์การบริหารส่วนท้องถิ่น") == []


def test_a_type_alone_is_told_from_a_name():
    for text in ("อบต.", "ท.ต.", "ประเภท เทศบาลตำบล", "กลุ่ม อบต.", "ทต. จำนวน 6 แห่ง", "1. องค์การบริหารส่วนตำบล (57 แห่ง):"):
        assert LOCAL.is_type_alone(text), text
    for text in ("อบต.แม่ยม", "แทนที่", "เทศบาลตำบลช่อแฮ", "จำนวน 6 แห่ง"):
        assert not LOCAL.is_type_alone(text), text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("อบต", "อบต."), ("ท.ต.", "ทต."), ("ประเภท อบต. จำนวน 7 แห่ง", "อบต."), ("องค์กรบริหารส่วนตำบล", "อบต.")),
        *(("เทศบาล", "ทต./ทน./ทม."), ("เทศบาลตำบล อบต.", ""), ("แทนที่", ""), ("ทั่วไป", "")),
    ],
)
def test_the_type_that_a_column_or_a_heading_row_says(text, kind):
    assert LOCAL.type_of(text) == kind


def test_who_signs_for_an_organisation_is_told_by_his_post():
    for text in ("นายก อบต.แม่ยม", "นายกเทศมนตรีตำบลช่อแฮ", "รองปลัดเทศบาล", "ปลัด อบต."):
        assert LOCAL.is_head_of_office(text), text
    assert not LOCAL.is_head_of_office("อบต.แม่ยม")


BITS = st.sampled_from([*"องค์การบริหารส่วนตำบลจังหวัดเทศเมืนคทม. \n", "ทุก", "ที่", "แห่ง", "ลอง"])


@given(
    st.lists(st.sampled_from([word for word, _ in words_of(naming.LOCAL).ways]), max_size=2),
    st.lists(BITS, max_size=6),
    st.integers(0, 40),
)
def test_words_that_share_their_beginning_match_as_they_do_one_by_one(words, bits, cut):
    """The pattern of all words finds what a plain list of them finds, the longest first."""
    ways = [(word, types) for word, types in words_of(naming.LOCAL).ways if word != "ตำบล"]
    shared, listed = (re.compile(each) for each in (one_of(ways, local=True), plainly(ways)))
    text = "".join([*words, *bits])
    text = text[:cut] + text[cut + len(bits) % 3 :]
    for each in (text, "".join(bits) + text, " ".join(text), ".".join(text)):
        ends = [found and found.end() for found in (shared.match(each), listed.match(each))]
        assert ends[0] == ends[1]


def plainly(ways):
    """Each word by itself, as it may stand in a cell."""
    said = [
        r"[.\s]*+".join(map(re.escape, word))
        if len(word) < FULL_WORD
        else r"\s*+".join(map(re.escape, word)) + _ending(word, types, local=True)
        for word, types in ways
    ]
    return f"(?>{'|'.join(said)})"
