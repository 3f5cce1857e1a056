"""The lists that a workbook offers: written out, of cells, and what is none."""

import io

import openpyxl
from openpyxl.worksheet.datavalidation import DataValidation

from parsers.formats.excel import xlsx
from parsers.formats.office_zip.drop_downs import offered


def book(*rules):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "แบบ 'ก'"
    lists = workbook.create_sheet("ตัวเลือก")
    for row, text in enumerate(("ก", "ข", "ค"), 1):
        lists.cell(row, 1, text)
    sheet["A1"] = "หัว"
    for kind, formula, cells in rules:
        rule = DataValidation(type=kind, formula1=formula)
        rule.add(cells)
        sheet.add_data_validation(rule)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def lists(data):
    return {
        name: [(offer.cells.left, offer.choices) for offer in offers]
        for name, offers in offered(data, xlsx.read(data).grids).items()
        if offers
    }


def test_lists_written_out_and_of_cells():
    data = book(("list", '"มี,ไม่มี"', "B2:B9"), ("list", "ตัวเลือก!$A$1:$A$3", "C2:C9"))
    assert lists(data) == {"แบบ 'ก'": [(2, ("มี", "ไม่มี")), (3, ("ก", "ข", "ค"))]}


def test_what_is_no_list_is_left_out():
    data = book(
        ("whole", "1", "B2"), ("list", "INDIRECT(A1)", "C2"), ("list", '"เดียว"', "D2"), ("list", "ไม่มี!$A$1:$A$3", "E2")
    )
    assert lists(data) == {}


def test_no_workbook_offers_nothing():
    assert offered(b"PK\x03\x04 nonsense", ()) == {}
    assert offered(b"", ()) == {}
