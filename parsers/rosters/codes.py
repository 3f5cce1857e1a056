"""Codes of organisations as a cell has them: opaque keys, which spreadsheets like to make numbers of."""

import re

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,40}")  # "2550101", "pattaya"
_WHOLE = re.compile(r"(\d{1,20})\.0+")  # "2550101.0"


def code_in(text: str) -> str | None:
    """The code in a cell's text, empty where it holds none or a stroke, None for what cannot be one."""
    said = whole[1] if (whole := _WHOLE.fullmatch(text)) else text
    if said in {"", "-"}:
        return ""
    return said if _CODE.fullmatch(said) else None
