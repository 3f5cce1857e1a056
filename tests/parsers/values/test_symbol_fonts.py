"""Letters that symbol fonts draw as marks."""

import pytest

from parsers.values.symbol_fonts import translate
from parsers.values.tick_marks import Tick, tick


@pytest.mark.parametrize(
    ("font", "letters", "meanings"),
    [
        ("Wingdings", "üûþo¨pqr", "YES NO YES BLANK BLANK BLANK BLANK BLANK"),
        ("wingdings", "ýx", "GUESSED_NO UNCLEAR"),
        ("Wingdings 2", "POUVR£", "YES NO NO NO YES BLANK"),
        ("Wingdings 2", "QST", "GUESSED_NO GUESSED_NO UNCLEAR"),
        ("Wingdings2", "ÍÓ", "NO NO"),
        ("Webdings", "arc", "YES NO BLANK"),
        ("Marlett", "ar", "YES NO"),
        ("Symbol", "Ö´", "YES NO"),
    ],
)
def test_letters_of_symbol_fonts_are_the_marks_they_are_drawn_as(font, letters, meanings):
    assert [tick(translate(letter, font)).name for letter in letters] == meanings.split()
    private = "".join(chr(0xF000 + ord(letter)) for letter in letters)
    assert translate(private, font) == translate(letters, font)


def test_private_codes_are_understood_without_a_font():
    assert [tick(translate(chr(code), "")).name for code in (0xF0FC, 0xF0FE, 0xF050, 0xF052)] == ["YES"] * 4
    assert [tick(translate(chr(code), "")).name for code in (0xF0FB, 0xF04F)] == ["NO", "NO"]
    assert tick(translate("\uf0fd", "Calibri")) is Tick.GUESSED_NO


def test_a_picture_that_means_nothing_is_never_taken_for_the_letter_behind_it():
    assert tick(translate("1", "Wingdings")) is Tick.UNCLEAR
    assert tick(translate("x", "Webdings")) is Tick.UNCLEAR


def test_ordinary_fonts_and_thai_letters_stay():
    assert translate("P ü มี 1", "TH SarabunPSK") == "P ü มี 1"
    assert translate("มี แล้ว", "Wingdings") == "มี แล้ว"
    assert translate("12", "Symbol") == "12"
