"""The circular whose questions have rules, and one row of its form filled in."""

import io
from pathlib import Path

import openpyxl

from bot.config.load import load_circular
from parsers.form.form import Form
from parsers.read import read_file
from parsers.reading import Catalogue, FileRequest, Organisation, Reporter

CIRCULAR = load_circular(Path(__file__).parents[1] / "circulars" / "rules2569")
FORM = CIRCULAR.form
CODE = "5540301"
NAMES = {"ทต.": "เทศบาลตำบลบ้านปิน", "อบต.": "องค์การบริหารส่วนตำบลบ้านปิน"}
COMPLETE = {"made": "✓", "villages": 3, "budget": 5000, "spent": 4000.5, "drill": "20 ก.พ. 2569", "partner": "ไม่มี"}


def rules(*more):
    """The form, with further questions."""
    given = FORM.model_dump(by_alias=True)
    return Form.model_validate({**given, "question": [*given["question"], *more]})


def row(**cells):
    """What stands in one row, by key: a complete one but for ``cells``."""
    return {**COMPLETE, **cells}


def catalogue(form=FORM, kind="ทต."):
    one = Organisation(CODE, kind, NAMES[kind], f"{kind}บ้านปิน", "ลอง")
    reporter = Reporter(CODE, one.official_name, (CODE,), ("saraban@lao.example",))
    return Catalogue({"rules": form}, (one,), (reporter,), CIRCULAR.dated)


def workbook(rows, keys=None, form=FORM, kind="ทต."):
    """A workbook with these rows of one organisation, of the columns ``keys`` or all."""
    columns = [q for q in form.column if keys is None or q.key in keys]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([form.number_label, form.organisation_label, *(q.label for q in columns)])
    for number, each in enumerate(rows, 1):
        sheet.append([number, NAMES[kind], *(each.get(q.key) for q in columns)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(rows, keys=None, form=FORM, kind="ทต."):
    """The reading of such a workbook."""
    raw = workbook(rows, keys, form, kind)
    return read_file("แบบ.xlsx", raw, FileRequest(catalogue(form, kind), "rules", CODE))
