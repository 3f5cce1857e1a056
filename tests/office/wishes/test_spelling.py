"""Words made ready to be found: what is found is the same in every process."""

from hypothesis import given
from hypothesis import strategies as st

from bot.office.wishes.spelling import longest_first, loose, loose_words

WORDS = ["เมล", "แนบ", "มากับ", "แบบ", "ไฟล์", "ขอ", "", "เมล"]


@given(st.permutations(WORDS))
def test_words_of_one_length_stand_in_one_order(words):
    found = longest_first(words)
    assert found == longest_first(WORDS)
    assert sorted(found) == sorted({*WORDS} - {""})
    assert [*map(len, found)] == sorted(map(len, found), reverse=True)


def test_words_of_a_text_are_made_loose_and_those_with_blanks_stay_whole():
    assert {*loose_words("ค่ะ นะ", "ไม่ ให้")} == {loose("ค่ะ"), loose("นะ"), loose("ไม่ ให้")}
