"""The form in which something is to be written."""

import pytest

from parsers.thai.written_form import fits, mistake_in


@pytest.mark.parametrize("said", ["123/2567", "๑๒๓/๒๕๖๗", " 1 / 2567", "88/2024", "1/2\u200b567"])
def test_an_order_is_a_number_and_a_year(said):
    assert fits(said, "{number}/{year}")


@pytest.mark.parametrize(
    "said", ["", "123", "123/67", "123-2567", "ที่ 123/2567", "123/2567 ลงวันที่ 1", "1.5/2567", "9" * 300]
)
def test_nothing_more_and_nothing_else(said):
    assert not fits(said, "{number}/{year}")


def test_words_and_signs_stand_for_themselves():
    assert fits("พร 0023.1/ว 45", "พร {number}.{number}/ว {number}")
    assert not fits("พร 0023x1/ว 45", "พร {number}.{number}/ว {number}")
    assert fits("คำสั่งเทศบาลตำบลบ้านปินที่ 5/2568", "คำสั่ง{text}ที่ {number}/{year}")


@pytest.mark.parametrize(
    ("form", "mistake"),
    [
        ("{nomber}/{year}", "{nomber} is not known; did you mean {number}?"),
        ("{}", "{} is not known; write {number}, {year}, {text}"),
        ("{number/{year}", "a brace stands alone"),
        ("{text}/{text}", "{text} stands twice"),
        (" ", 'write such as "{number}/{year}"'),
        ("{number}/{year}", ""),
    ],
)
def test_a_mistake_says_what_to_write(form, mistake):
    assert mistake_in(form).startswith(mistake)
    assert bool(mistake_in(form)) == bool(mistake)
