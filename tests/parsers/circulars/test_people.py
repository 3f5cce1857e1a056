"""A title that names other people than the circular is another form's, though its columns fit."""

import pytest

from parsers.circulars.people import other_people

ASKED = ("ขอให้รายงานการดูแลผู้ป่วยติดเตียง", "แบบรายงานผู้ป่วยติดเตียง")


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("แบบรายงานเงินช่วยเหลือคนพิการ", "คนพิการ"),
        ("สรุปจำนวนเด็กแรกเกิด อำเภอลอง", "เด็กแรกเกิด"),
        ("ผู้สูงอายุ", "ผู้สูงอายุ"),  # a sheet's name
        ("2. ทะเบียน อสม.", "อสม"),
        ("แบบรายงานผู้ป่วยติดเตียงและคนพิการ", None),
        ("แบบรายงานประจำปี", None),
        ("ศูนย์บริการคนพิการอำเภอลอง", None),  # the head of a letter
        ("โรงเรียนผู้สูงอายุตำบลปากกาง", None),
    ],
)
def test_whom_a_title_is_about(title, said):
    assert other_people([title], ASKED) == (said and (said, "ผู้ป่วยติดเตียง"))


def test_where_the_circular_names_nobody_all_titles_are_right():
    assert other_people(["แบบรายงานเงินช่วยเหลือคนพิการ"], ["แบบสำรวจรถบรรทุก"]) is None


def test_one_right_title_is_enough():
    assert other_people(["แบบรายงานคนพิการ", "รายงานผู้ป่วยติดเตียง"], ASKED) is None
