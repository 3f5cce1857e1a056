"""Lines of known words through and through."""

import pytest

from parsers.mail.words.known_words import is_made_of, reached
from tests.laws.growth import LINEAR, exponent

AROUND, CORES = ("ครับ", "ได้", "ก็"), ("รับ", "รับไว้")


@pytest.mark.parametrize(
    ("key", "made"),
    [
        ("รับ", True),
        ("ก็รับไว้ได้ครับ", True),
        ("รับรับไว้", True),
        ("ได้ครับ", False),  # no core
        ("รับแต่", False),
        ("", False),
    ],
)
def test_every_letter_is_known_and_one_core_stands_there(key, made):
    assert is_made_of(key, AROUND, CORES) is made


def test_one_gets_as_far_as_words_go():
    assert reached("ได้ครับแต่", {0}, AROUND) == {0, len("ได้"), len("ได้ครับ")}


def test_a_long_line_takes_time_as_it_is_long():
    assert exponent(lambda key: is_made_of(key, ("ก", "กก", "กกก"), ("ข",)), lambda size: "ก" * size) < LINEAR
