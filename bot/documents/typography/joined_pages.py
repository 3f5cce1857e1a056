"""PDFs of typst joined to one. The same parts give the same bytes."""

import io
import re
from collections.abc import Sequence

import pypdfium2

# The second half of a file's mark, by which pdfium tells each saving from every other (ISO 32000-1, 14.4).
_SAVING = re.compile(rb"<[0-9A-F]{32}>(?=\]>>\s{1,2}startxref)")


def page_count(pdf: bytes) -> int:
    """How many pages it has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def joined(parts: Sequence[bytes]) -> bytes:
    """The pages of all, in order; title, language and dates are those of the first."""
    first, *others = parts
    whole = io.BytesIO()
    with pypdfium2.PdfDocument(first) as document:
        for other in others:
            with pypdfium2.PdfDocument(other) as further:
                document.import_pages(further)
        document.save(whole)
    return _SAVING.sub(b"<" + b"0" * 32 + b">", whole.getvalue())
