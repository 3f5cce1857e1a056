"""Mail addresses and telephones as people write them into a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.rosters.addresses import addresses_in, phone_in


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("saraban@x.example", ["saraban@x.example"]),
        (" Saraban_๐๒@X.Example ", ["saraban_02@x.example"]),
        ("mailto:a@b.example", ["a@b.example"]),
        ("สารบรรณกลาง <a@b.example>, นายช่าง <c@d.example>", ["a@b.example", "c@d.example"]),
        ("a@b.example; c@d.example\nA@B.example", ["a@b.example", "c@d.example"]),
        ("a @ b.example", ["a@b.example"]),
        ("a@b. example", ["a@b.example"]),
        ("a@b.example c@d.example", ["a@b.example", "c@d.example"]),
        ("a＠b.example", ["a@b.example"]),
        ("a\u200b@b.example.", ["a@b.example"]),
        ("'a@b.example'", ["a@b.example"]),
        ("E-mail: a@b.example", ["a@b.example"]),
        ("", []),
        ("-", []),
        ("ไม่มี", []),
        ("........", []),
    ],
)
def test_addresses_are_found(text, addresses):
    assert addresses_in(text) == (tuple(addresses), "")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("somchai@", "somchai@"),
        ("a@@b.example", "a@@b.example"),
        ("สารบรรณ@x.example", "สารบรรณ@x.example"),
        ("a@b.exampleครับ", "a@b.exampleครับ"),
        ("a@b", "a@b"),
        ("a..b@c.example", "a..b@c.example"),
        ("054 710 000", "054 710 000"),
        ("a@b.example, c@", "c@"),
    ],
)
def test_what_was_meant_as_one_and_is_none_is_told(text, wrong):
    assert addresses_in(text)[1] == wrong


WORD = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)
HOST = st.from_regex(r"[a-z](-?[a-z0-9]){0,9}", fullmatch=True)


@given(
    st.lists(st.builds("{}@{}.example".format, WORD, HOST), max_size=5), st.sampled_from([", ", "; ", "\n", " ", " , "])
)
def test_any_list_of_addresses_comes_back(addresses, between):
    assert addresses_in(between.join(addresses)) == (tuple(dict.fromkeys(addresses)), "")


@given(st.text(max_size=80))
def test_nothing_is_lost_in_silence(text):
    """What holds a sign of an address gives an address or is told as none."""
    found, wrong = addresses_in(text)
    assert found or wrong or "@" not in text.replace("＠", "@")


@pytest.mark.parametrize(
    ("text", "said"),
    [("๐ ๕๔๗๑ ๐๐๐๐ ต่อ ๑๒", ("0 5471 0000 ต่อ 12", True)), ("-", ("", True)), ("คุณสมชาย", ("คุณสมชาย", False))],
)
def test_a_telephone(text, said):
    assert phone_in(text) == said
