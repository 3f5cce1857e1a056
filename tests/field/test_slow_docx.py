"""A Word table of tens of thousands of marks and no form: a finding, and work that grows with its length alone."""

import io
import zipfile

import pytest

from bot.config.load import shipped_bureau
from parsers.read import read_file
from parsers.reading import FileRequest
from tests.laws.growth import exponent

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REQUEST = FileRequest(shipped_bureau().catalogue())
WIDE = 20  # columns
CELLS = {
    "marks": lambda at: "x",
    "ticks": lambda at: "✓" if at % 2 else "–",
    "headings": lambda at: ("ชื่อ อปท.", "จัดทำประกาศแล้ว", "ลำดับ")[at % 3],
    "names": lambda at: "อบต.บ้านใหม่" if at % WIDE == 1 else "x",
    "texts": lambda at: f"ข้อ {at}",
}


def document(said, cells: int) -> bytes:
    """A document with one table, as the zip that Word writes."""
    row = "".join
    texts = [f"<w:tc><w:p><w:r><w:t>{said(at)}</w:t></w:r></w:p></w:tc>" for at in range(cells)]
    rows = row(f"<w:tr>{row(texts[at : at + WIDE])}</w:tr>" for at in range(0, cells, WIDE))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>'
        )
    return out.getvalue()


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


# 320 texts are remembered, 2,560 are more than is kept and each is looked at anew: 1.45 to 1.48, once; the square comes to 1.9.
BOUNDED = 1.6


@pytest.mark.parametrize("of", CELLS)
def test_a_long_table_takes_time_as_it_is_long(of):
    def cost(data):
        assert read_file("a.docx", data, REQUEST).findings

    assert exponent(cost, lambda cells: document(CELLS[of], cells), first=40, most=20_480, seen=0.3) <= BOUNDED


def test_a_table_of_marks_far_beyond_any_form_is_told():
    assert read_file("a.docx", document(CELLS["marks"], 60_000), REQUEST).findings
