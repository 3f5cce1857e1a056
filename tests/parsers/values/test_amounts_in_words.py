"""Numbers spelt out in Thai: each is read back, and words in any other order are no number."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pythainlp.util import num_to_thaiword

from parsers.values.amounts_in_words import spelled

WORDS = ("หนึ่ง", "สอง", "สาม", "ห้า", "เก้า", "ยี่", "เอ็ด", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน", "ล้าน", "ศูนย์")


@settings(max_examples=300)
@given(st.integers(0, 10**12 - 1))
@example(1)
@example(11)
@example(20)
@example(21)
@example(101)
@example(10**6)
@example(10**6 + 1)
@example(11 * 10**6)
def test_every_number_spelt_out_is_read_back(number):
    words = num_to_thaiword(number)
    assert spelled(words) == number
    assert spelled(words.removesuffix("เอ็ด") + "หนึ่ง" if words.endswith("เอ็ด") else words) == number


@settings(max_examples=500)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map("".join))
def test_words_that_nobody_would_write_for_a_number_are_none(words):
    number = spelled(words)
    if number is not None:
        written = num_to_thaiword(int(number))
        loosely = written.replace("เอ็ดล้าน", "หนึ่งล้าน")  # as people say it of millions too
        assert words in (loosely, written, written.removesuffix("เอ็ด") + "หนึ่ง", written.replace("หนึ่งร้อย", "ร้อย"))


@pytest.mark.parametrize(
    "words",
    [
        "ร้อย",
        "พันสอง",
        "สองหนึ่งร้อย",
        "หนึ่งสิบ",
        "สองสิบ",
        "ยี่",
        "ยี่ร้อย",
        "เอ็ด",
        "เอ็ดร้อย",
        "สิบร้อย",
        "ห้าหก",
        "ล้าน",
        "ร้อยพัน",
        "ห้าศูนย์",
        "ห้าสิบสิบ",
    ],
)
def test_these_are_no_numbers(words):
    assert spelled(words) is None
