"""Draw every document of all three circulars as pictures, to be looked at by hand; this is no test.

    .venv/bin/python tests/documents/pictures.py FOLDER

Needs LibreOffice. The fonts are ours, in the measures of TH SarabunPSK.
"""

import sys
from pathlib import Path

import pypdfium2

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.documents.drawn import CIRCULARS, documents, font_set_up, to_pdfs

SCALE = 100 / 72  # pixels a point
MOST = 6  # pages of one document


def main(folder: Path) -> None:
    """Write the documents and a picture of each page into ``folder``."""
    folder = folder.resolve()
    conf = font_set_up(folder / "fonts")
    for name in CIRCULARS:
        paths = []
        for file, content in documents(name).items():
            paths.append(folder / file)
            paths[-1].write_bytes(content)
        set_by_office = [path for path in paths if path.suffix != ".pdf"]
        out = folder / "set"
        out.mkdir(exist_ok=True)
        # One workbook and one Word file may have the same stem.
        for kind in (".xlsx", ".docx"):
            to_pdfs("soffice", [path for path in set_by_office if path.suffix == kind], out, conf)
            for pdf in out.glob("*.pdf"):
                _draw(pdf, folder / f"{pdf.stem}{kind}")
                pdf.unlink()
        for path in paths:
            if path.suffix == ".pdf":
                _draw(path, path)


def _draw(pdf: Path, name: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(min(len(document), MOST)):
            document[number].render(scale=SCALE).to_pil().save(f"{name}-{number + 1}.png")
    finally:
        document.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
