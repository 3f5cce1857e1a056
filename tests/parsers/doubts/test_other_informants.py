"""A row whose informant is of another row's organisation is asked; its own people, the district's and strangers are not."""

import pytest

from parsers.doubts.other_informants import other_informants
from parsers.form.form import Form
from parsers.tables.find import find_tables

FORM = Form.model_validate(
    {
        "title": "แบบสำรวจสระว่ายน้ำ",
        "question": [
            {"key": "pools", "kind": "integer", "label": "จำนวนสระว่ายน้ำ"},
            {"key": "users", "kind": "integer", "label": "ผู้ใช้บริการ (คน)"},
        ],
    }
)
NAMES = ("อบต.สรอย", "อบต.แม่พุง", "ทต.วังชิ้น", "อบต.วังชิ้น")


def doubted(informants, build, heading="ผู้ให้ข้อมูล", names=NAMES):
    rows = [["ที่", "อปท.", "จำนวนสระว่ายน้ำ", "ผู้ใช้บริการ (คน)", heading]]
    rows += [[at, name, 3 + at, 100 + at, who] for at, (name, who) in enumerate(zip(names, informants, strict=True), 1)]
    (table,) = find_tables(build.page(rows).grid(), FORM)
    return [(doubt.row - 1, doubt.fields["informant"]) for doubt in other_informants(table, table.readings)]


def test_names_sorted_without_their_answers(build):
    moved = ["ปลัด อบต.แม่พุง", "นายก ทต.วังชิ้น", "ปลัด อบต.วังชิ้น", "ปลัด อบต.สรอย"]
    assert doubted(moved, build) == list(enumerate(moved, 1))
    full = ["ปลัด องค์การบริหารส่วนตำบลแม่พุง", "", "", ""]
    assert doubted(full, build, heading="ชื่อผู้จัดทำ/ตำแหน่ง") == [(1, full[0])]


@pytest.mark.parametrize(
    ("informants", "heading"),
    [
        (["ปลัด อบต.สรอย", "นายก อบต.แม่พุง", "ปลัดเทศบาลตำบลวังชิ้น", "รองปลัด องค์การบริหารส่วนตำบลวังชิ้น"], "ผู้ให้ข้อมูล"),
        (["นายสมชาย ใจดี", "ท้องถิ่นอำเภอวังชิ้น", "-", ""], "ผู้ให้ข้อมูล"),
        (["ปลัด อบต.ป่าสัก", "", "", ""], "ผู้ให้ข้อมูล"),  # of none of these rows: somebody who helps out
        (["ปลัด อบต.สรอย และ ปลัด อบต.แม่พุง", "", "", ""], "ผู้ให้ข้อมูล"),
        (["ใช้สระร่วมกับ อบต.แม่พุง", "", "", ""], "หมายเหตุ"),
    ],
)
def test_others_are_nobodys_business(informants, heading, build):
    assert doubted(informants, build, heading=heading) == []


def test_names_without_their_type(build):
    assert doubted(["ปลัด อบต.สรอย", "ปลัด อบต.แม่พุง"], build, names=("สรอย", "แม่พุง")) == []
    assert doubted(["ปลัด อบต.แม่พุง", ""], build, names=("สรอย", "แม่พุง")) == [(1, "ปลัด อบต.แม่พุง")]
