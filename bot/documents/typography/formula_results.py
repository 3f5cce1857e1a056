"""Results beside formulas, as a spreadsheet program stores them.

openpyxl writes formulas alone, and what does not calculate shows their cells empty: a mail program's preview, a telephone,
Excel's protected view, in which attachments open. Programs that calculate do so anew.
"""

import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal

from lxml import etree
from openpyxl.utils.datetime import to_excel

Result = str | int | float | Decimal | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta

ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def with_results(book: bytes, results: Sequence[Mapping[str, Result]]) -> bytes:
    """``book``, as openpyxl wrote it, with the results of its formulas by cell, a mapping for each worksheet in order.

    Cells without a formula stay as they are. ECMA-376, part 1, 18.3.1.4 (c) and 18.18.11 (types of cells).
    """
    parts = {f"xl/worksheets/sheet{number}.xml": found for number, found in enumerate(results, 1) if found}
    if not parts:
        return book
    final = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry, _filled(content, parts[entry.filename]) if entry.filename in parts else content)
    return final.getvalue()


def _filled(sheet: bytes, results: Mapping[str, Result]) -> bytes:
    tree = etree.fromstring(sheet, etree.XMLParser(resolve_entities=False, huge_tree=True))
    for cell in tree.iter(f"{_MAIN}c"):
        result = results.get(cell.get("r", ""))
        value = cell.find(f"{_MAIN}v")
        if result is None or value is None or cell.find(f"{_MAIN}f") is None:
            continue
        kind, value.text = typed(result)
        if kind:
            cell.set("t", kind)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def typed(result: Result) -> tuple[str, str]:
    """Type (``b``, ``e``, ``str``, or nothing for a number) and text of a cell's value."""
    if isinstance(result, bool):
        return "b", str(int(result))
    if isinstance(result, str):
        return ("e" if result in ERRORS else "str"), result
    if isinstance(result, int | float | Decimal):
        return "", str(result)
    return "", str(to_excel(result))  # type: ignore[no-untyped-call]  # the stubs lack its types
