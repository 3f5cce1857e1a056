"""Reads every file of a folder in the sandbox, and some made killers: ``python tests/corpora.py FOLDER``.

Prints how the readings ended, the slowest files and the peak memory of this process and of its children. Ends with 1 when
an exception escaped. The files may be anything: whole mails are read as mails, the rest as attachments.
"""

import collections
import io
import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bot.config.load import shipped_bureau
from parsers.child_process.sandbox import Sandbox
from parsers.formats.sniff import sniff
from parsers.reading import Catalogue, FileRequest, Reading

NAMED = ("oleloop.xls", "issue_174.xlsx", "Simple.xlsb", "DrawingSizeInPx.xlsx")
SLOWEST = 10
SECRET = "root:"  # what an external entity of these files would bring in


@dataclass(frozen=True)
class Ended:
    """How one file ended."""

    name: str
    how: str
    seconds: float
    said: str
    died: str
    leaked: bool


def main(arguments: list[str]) -> int:
    """Read everything; the exit code."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__)
        return 2
    folder, catalogue = Path(arguments[0]), shipped_bureau().catalogue()
    files = [(str(path.relative_to(folder)), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]
    begun = time.monotonic()
    with Sandbox() as sandbox, ThreadPoolExecutor(2) as threads:
        ended = list(threads.map(lambda pair: _ended(sandbox, catalogue, *pair), [*files, *made()]))
    _print(ended, time.monotonic() - begun)
    return 1 if any(each.how == "EXCEPTION" or each.leaked for each in ended) else 0


def _ended(sandbox: Sandbox, catalogue: Catalogue, name: str, data: bytes) -> Ended:
    begun = time.monotonic()
    try:
        reading = _read(sandbox, catalogue, name, data)
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return Ended(name, "EXCEPTION", time.monotonic() - begun, f"{type(error).__name__}: {error}", "", leaked=False)
    codes = collections.Counter(str(finding.code) for finding in reading.findings)
    formats = ",".join(dict.fromkeys(file.format for file in reading.files)) or "-"
    said = " ".join(f"{code} x{count}" if count > 1 else code for code, count in codes.items())
    died = "; ".join(note for note in reading.notes if note.startswith(("the rest:", "file ")))
    first = next(iter(codes), "no finding")
    leaked = SECRET in repr(reading)
    kind = f"mail, {reading.mail.kind}" if reading.mail else f"file, {formats}"
    how = f"{kind}: {reading.outcome} ({first})"
    return Ended(name, how, time.monotonic() - begun, f"[{formats}] {said}", died, leaked)


def _read(sandbox: Sandbox, catalogue: Catalogue, name: str, data: bytes) -> Reading:
    mail = name.startswith("mail/") or sniff(data) == "eml"
    if mail:
        return sandbox.read_message(data, catalogue)
    return sandbox.read_file(Path(name).name, data, FileRequest(catalogue))


def _print(ended: list[Ended], seconds: float) -> None:
    print(f"{len(ended)} files in {seconds:.0f} s")
    for how, count in collections.Counter(each.how for each in ended).most_common():
        print(f"{count:6}  {how}")
    print("\nslowest:")
    for each in sorted(ended, key=lambda e: -e.seconds)[:SLOWEST]:
        print(f"{each.seconds:8.2f} s  {each.name}  {each.said[:60]}  {each.died[:60]}")
    print("\nnamed and made:")
    for each in ended:
        if each.name.startswith("made/") or Path(each.name).name in NAMED:
            print(f"{each.seconds:8.2f} s  {each.name}  {each.said[:80]}  {each.died[:60]}")
    dead = [each for each in ended if each.died]
    print(f"\nended a child or a reader: {len(dead)}")
    for each in dead:
        print(f"    {each.name}  {each.died[:100]}")
    for who, name in ((resource.RUSAGE_SELF, "this process"), (resource.RUSAGE_CHILDREN, "largest child")):
        print(f"peak memory of {name}: {resource.getrusage(who).ru_maxrss / 1024:.0f} MB")
    print(
        f"exceptions escaped: {sum(each.how == 'EXCEPTION' for each in ended)}, entities leaked: {sum(e.leaked for e in ended)}"
    )


# --- made killers ----------------------------------------------------------------------------------------------------

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{type}" Target="{target}"/></Relationships>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = {
    "file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "web": '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY e "x">]>',
    "laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY e "&l9;">]>',
}


def made() -> Iterator[tuple[str, bytes]]:
    """Files made to kill a careless reader."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield "made/corners.xlsx", _xlsx(cells)
    yield "made/bomb-sheet.xlsx", _xlsx('<row r="1"><c r="A1"><v>1</v></c></row>', padding=400_000_000)
    yield "made/bomb.zip", _zip({"zeros.xlsx": b""}, padding=400_000_000)
    layers = _zip({"zeros.bin": b""}, padding=50_000_000)
    for depth in range(8):
        layers = _zip({f"{depth}-{n}.zip": layers for n in range(6)})
    yield "made/bomb-nested.zip", layers
    yield "made/many-members.zip", _zip({f"{n}.csv": b"" for n in range(20_000)})
    yield (
        "made/merged-everything.xlsx",
        _xlsx(
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
    )
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    yield "made/no-entity.docx", _docx("", "e")  # what the next ones are without their entity
    yield "made/no-entity.ods", _ods("", "e")
    for name, doctype in ENTITIES.items():
        yield f"made/xxe-{name}.xlsx", _xlsx(text, doctype=doctype)
        yield f"made/xxe-{name}.docx", _docx(doctype)
        yield f"made/xxe-{name}.ods", _ods(doctype)
        yield (
            f"made/xxe-{name}.html",
            f"{doctype}<html><body><table><tr><td>&e;</td></tr></table></body></html>".encode(),
        )
    yield "made/deep.html", b"<html><body>" + b"<div><table><tr><td>" * 100_000
    yield "made/deep.eml", b"".join(b"Subject: x\nContent-Type: message/rfc822\n\n" for _ in range(20_000))
    yield "made/one-line.csv", b"a,b,c\n" + b"x," * 5_000_000
    yield "made/rows.csv", b"1,2,3,4,5,6\n" * 2_000_000
    yield (
        "made/loop.pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>",
    )


def _xlsx(rows: str, after: str = "", doctype: str = "", padding: int = 0) -> bytes:
    sheet = f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return _zip(
        {
            "[Content_Types].xml": TYPES.encode(),
            "_rels/.rels": RELATIONS.format(type=f"{RELATION}/officeDocument", target="xl/workbook.xml").encode(),
            "xl/workbook.xml": BOOK.encode(),
            "xl/_rels/workbook.xml.rels": RELATIONS.format(
                type=f"{RELATION}/worksheet", target="worksheets/sheet1.xml"
            ).encode(),
            "xl/worksheets/sheet1.xml": sheet.encode(),
        },
        padding,
    )


def _docx(doctype: str, said: str = "&e;") -> bytes:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{namespace}"><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>'
    types = TYPES.replace("/xl/workbook.xml", "/word/document.xml").replace(
        "spreadsheetml.sheet", "wordprocessingml.document"
    )
    relations = RELATIONS.format(type=f"{RELATION}/officeDocument", target="word/document.xml")
    return _zip(
        {"[Content_Types].xml": types.encode(), "_rels/.rels": relations.encode(), "word/document.xml": body.encode()}
    )


def _ods(doctype: str, said: str = "&e;") -> bytes:
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    body = f'<?xml version="1.0"?>{doctype}<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell><text:p>{said}</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>'
    return _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": body.encode()})


def _zip(members: dict[str, bytes], padding: int = 0) -> bytes:
    """A zip file; the last member goes on with that many spaces, written piece by piece to keep this process small."""
    out = io.BytesIO()
    last = next(reversed(members))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, content in members.items():
            with target.open(name, "w") as member:
                member.write(content)
                for _ in range(padding >> 20 if name == last else 0):
                    member.write(b" " * (1 << 20))
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
