"""What Microsoft 365 may stumble over in a file, by openxml-audit, beyond what the library that wrote it always does."""

import functools
import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from openxml_audit import FileFormat, OpenXmlValidator


@functools.cache
def _validator() -> OpenXmlValidator:
    return OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=1000)


def audit(content: bytes, ending: str) -> set[str]:
    """The findings in a file, without numbers, each once; of a workbook those alone that openpyxl's smallest has not."""
    found = _found(content, ending)
    return found - _of_the_smallest() if ending == "xlsx" else found


def _found(content: bytes, ending: str) -> set[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"file.{ending}"
        path.write_bytes(content)
        errors = _validator().validate(path).errors
    return {re.sub(r"[0-9]+", "#", f"{error.part_uri} {error.description}") for error in errors}


@functools.cache
def _of_the_smallest() -> frozenset[str]:
    book = openpyxl.Workbook()
    book.active["A1"] = "ก"
    out = io.BytesIO()
    book.save(out)
    return frozenset(_found(out.getvalue(), "xlsx"))
