"""Pages set in Thai: a template and values become a PDF or pictures. The one home of typst.

Text reaches the template as data, never as its source, so nothing that people wrote can be taken for markup; and it comes
cut into pieces, so no Thai word is torn at the end of a line. Only the fonts that lie beside the templates are used.
The same arguments give the same bytes.
"""

import datetime
import functools
import json
from collections.abc import Iterable, Mapping
from typing import Any

import typst

from bot.documents.typography.line_breaks import pieces
from bot.shipped import TEMPLATES

# Twice what screens show at their plain size, so that small letters stay sharp.
PIXELS_PER_INCH = 144
FOLDER = TEMPLATES / "documents"


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER / "fonts"])


def to_pdf(
    template: str, view: Mapping[str, Any], made: datetime.datetime, names: Iterable[str] = (), *, tagged: bool = True
) -> bytes:
    """``template`` (under templates/documents) filled with ``view``, as a PDF that bears the moment ``made`` inside.

    ``view`` holds what JSON can; each of its texts arrives in the template as a list of pieces (``bot.documents.typography.line_breaks``)
    with ``names`` kept whole. ``tagged`` lets it be read aloud, at ten times the size. Raises RuntimeError for a faulty
    template.
    """
    pdf = _compiler(template, view, names).compile(format="pdf", timestamp=int(made.timestamp()), pdf_tags=tagged)
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


def to_pictures(template: str, view: Mapping[str, Any], names: Iterable[str] = ()) -> list[bytes]:
    """The same as PNG pictures, one a page."""
    pages = _compiler(template, view, names).compile(format="png", ppi=PIXELS_PER_INCH)
    return pages if isinstance(pages, list) else [pages] if pages else []


def _compiler(template: str, view: Mapping[str, Any], names: Iterable[str]) -> typst.Compiler:
    cut = json.dumps(_cut(view, frozenset(names)), ensure_ascii=False)
    return typst.Compiler(FOLDER / template, root=FOLDER, font_paths=_fonts(), sys_inputs={"view": cut})


def _cut(value: Any, names: frozenset[str]) -> Any:
    """The same value with every text in pieces."""
    if isinstance(value, str):
        return pieces(value, names)
    if isinstance(value, Mapping):
        return {key: _cut(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(inner, names) for inner in value]
    return value
