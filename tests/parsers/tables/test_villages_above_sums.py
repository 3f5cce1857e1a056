"""A line of sums under an organisation's villages is its row where the sums come out; else nothing is taken."""

from parsers.form.form import Form
from parsers.tables.find import find_tables

FORM = Form.model_validate(
    {
        "title": "แบบรายงานบ่อดักไขมัน",
        "question": [
            {"key": "houses", "kind": "integer", "label": "ครัวเรือนทั้งหมด"},
            {"key": "plant", "kind": "tick", "label": "มีระบบบำบัด"},
        ],
    }
)
HEAD = ["ที่", "อปท.", "ครัวเรือนทั้งหมด", "มีระบบบำบัด"]


def block(name, *figures, total, number=1):
    villages = [[None, f"หมู่ที่ {at}", figure, None] for at, figure in enumerate(figures, 1)]
    return [[None, name, None, None], *villages, [number, f"รวม {name}", total, "X"]]


def rows(build, *blocks):
    (table,) = find_tables(build.page([HEAD, *(row for each in blocks for row in each)]).grid(), FORM)
    return [(row.name.text, row.number, row.cells["houses"].text) for row in table.rows], table.totals


def test_the_line_of_sums_is_the_row_of_its_organisation(build):
    last = [[None, "รวมทั้งสิ้น", 22, None]]
    found, totals = rows(build, block("อบต.สรอย", 3, 4, total=7), block("อบต.นาพูน", 5, 10, total=15, number=2), last)
    assert found == [("อบต.สรอย", "1", "7"), ("อบต.นาพูน", "2", "15")]
    assert [(each.since, each.until) for each in totals] == [(0, 2)]


def test_sums_that_do_not_come_out_and_other_names_are_left_as_they_stand(build):
    found, totals = rows(build, block("อบต.สรอย", 3, 4, total=8))
    assert [name for name, _, _ in found] == ["อบต.สรอย", "หมู่ที่ 1", "หมู่ที่ 2"]
    assert len(totals) == 1
    other = block("อบต.สรอย", 3, 4, total=7)
    other[-1][1] = "รวม อบต.นาพูน"
    assert [name for name, _, _ in rows(build, other)[0]] == ["อบต.สรอย", "หมู่ที่ 1", "หมู่ที่ 2"]
