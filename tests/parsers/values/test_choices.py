"""Which choice a cell names when a word of the heading stands before it."""

from parsers.values.choices import chosen

LEVELS = ("สูง", "ปานกลาง", "ต่ำ")


def test_the_headings_word_before_a_choice_is_no_part_of_it():
    assert [chosen(said, LEVELS) for said in ("ระดับปานกลาง", "ระดับ สูง")] == [("ปานกลาง", False), ("สูง", False)]
    assert chosen("ระดับค่อนข้างสูง", LEVELS)[0] is None
