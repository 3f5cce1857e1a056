"""Set the words of the department's letter as the PDF that the request of w5827 encloses; this is no test.

    .venv/bin/python tests/documents/department_letter.py

The words lie beside the PDF; the same words give the same bytes.
"""

import datetime
import json
import sys
import tomllib
from pathlib import Path

import typst

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.documents.typography.line_breaks import pieces  # noqa: E402 - found by the line above when run by hand

FOLDER = ROOT / "templates" / "circulars" / "w5827"
WORDS, LETTER = FOLDER / "department-letter.toml", FOLDER / "w5827-department-letter.pdf"
COPIED = datetime.datetime(2024, 11, 20, tzinfo=datetime.UTC)


def words() -> dict[str, object]:
    """What the letter says."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def letter_pdf() -> bytes:
    """The letter as it is enclosed."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[ROOT / "templates" / "documents" / "fonts"],
    )
    view = json.dumps(_cut(words()), ensure_ascii=False)
    template = Path(__file__).with_suffix(".typ")
    compiler = typst.Compiler(template, root=ROOT, font_paths=fonts, sys_inputs={"view": view})
    pdf = compiler.compile(format="pdf", timestamp=int(COPIED.timestamp()))
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


def _cut(value):
    if isinstance(value, str):
        return pieces(value)
    if isinstance(value, dict):
        return {key: _cut(inner) for key, inner in value.items()}
    return [_cut(inner) for inner in value] if isinstance(value, list) else value


if __name__ == "__main__":
    LETTER.write_bytes(letter_pdf())
