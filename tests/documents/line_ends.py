"""Where lines end when a Thai text is set as our pages are; each end in turn, to be judged, the suspicious ones marked.

    .venv/bin/python tests/documents/line_ends.py FILE [CENTIMETRES ...]

FILE holds paragraphs in UTF-8, one a line: ``prose/fresh.txt`` beside this file was judged before anything was built on it
(at 16, 12 and 9.5 cm), ``prose/seen.txt`` holds what was used before. Each is set in every width (from a letter's to a
cell's). An end is shown as the words before | the words after it. Marked are, by a judge that shares no rule with the
set-up: an end inside a word of another way of cutting (``longest``), inside a name of the roster, between a number and what
it counts or numbers, before ฯ, ๆ or a mark, and after a prefix that is no word by itself. The last line counts ends and
marks; what is truly wrong is for a reader to say, who looks at the others too.
"""

import json
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from pythainlp.tokenize import word_tokenize

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.config.load import shipped_bureau
from bot.documents.report.pdf import roster_names
from bot.documents.typography.line_breaks import KEPT, pieces
from bot.documents.typography.typeset import FOLDER

WIDTHS = (16.0, 12.0, 9.5, 8.5, 7.5)  # centimetres
SHOWN = 22  # characters on either side of an end
TEMPLATE = """
#import "thai.typ": *
#show: sheet.with(margin: 1cm)
#let marked(piece) = box({ set align(left); piece; [#metadata(piece)<piece>] })
#set page(height: auto)
#block(width: WIDTHcm, for piece in view { if piece == " " [ ] else { marked(piece) } })
#context [#metadata(query(<piece>).map(m => str(m.location().position().y.pt())))<places>]
"""
NUMBER = re.compile(r"[0-9๐-๙]$")
COUNTED = re.compile(
    r"^(แห่ง|คน|บาท|วัน|ฉบับ|ตัน|ครัวเรือน|กิโลเมตร|ไร่|หมู่บ้าน|เดือน|ปี|ราย|ครั้ง|น\.|พ\.ศ\.|มกรา|กุมภา|มีนา|เมษา|พฤษ|มิถุ|กรก|สิงหา|กันยา|ตุลา|ธันวา)"
)
NUMBERED = re.compile(r"(วันที่|มาตรา|ข้อ|พ\.ศ\.|ร้อยละ|จำนวน|โทร\.|เวลา|หมู่ที่|ฉบับที่|[มกสตพธเ]\S+คม|\S+ายน|กุมภาพันธ์)$")
PREFIX = re.compile(r"(?:^|[ (“])(การ|ความ|ผู้|นัก|ช่าง|น่า)$")


def ends(paragraph: str, width: float, names: frozenset[str]) -> list[tuple[str, str]]:
    """(text before, text after) of each line end but the last."""
    cut = pieces(paragraph, names)
    with TemporaryDirectory() as folder:
        (Path(folder) / "thai.typ").write_text((FOLDER / "thai.typ").read_text(encoding="utf-8"), encoding="utf-8")
        page = Path(folder) / "page.typ"
        page.write_text(TEMPLATE.replace("WIDTH", str(width)), encoding="utf-8")
        compiler = typst.Compiler(
            page,
            root=folder,
            font_paths=[FOLDER / "fonts"],
            ignore_system_fonts=True,
            sys_inputs={"view": json.dumps(cut, ensure_ascii=False)},
        )
        places = json.loads(compiler.query("<places>", field="value", one=True))
    found, before, last = [], "", None
    solid = [at for at, piece in enumerate(cut) if piece != " "]
    for at, place in zip(solid, places, strict=True):
        if last is not None and place != last:
            before = "".join(cut[:at])
            found.append((before, "".join(cut[at:])))
        last = place
    return found


def suspicion(before: str, after: str, names: frozenset[str]) -> str:
    """What may be wrong with this end; nothing when the judge sees nothing."""
    left, right = before.rstrip(" ").replace(KEPT, " "), after.lstrip(" ").replace(KEPT, " ")
    signs: dict[str, object] = {
        "begins with a mark": re.match("[ฯๆะาำๅ\u0e31\u0e34-\u0e3a\u0e47-\u0e4e.,)”]", right),
        "number | unit": NUMBER.search(left) and COUNTED.match(right),
        "word | number": NUMBERED.search(left) and re.match("[0-9๐-๙]", right),
        "prefix": PREFIX.search(left),
    }
    if before.endswith(" ") or after.startswith(" "):
        signs["prefix"] = None
    elif torn := _torn(before, after, names):
        signs[torn] = True
    return next((why for why, found in signs.items() if found), "")


def _torn(before: str, after: str, names: frozenset[str]) -> str:
    """Whether the end tears a name, or a word as ``longest`` cuts them."""
    run, at = (
        re.split(r"[ \u00a0]", before)[-1] + re.split(r"[ \u00a0]", after)[0],
        len(re.split(r"[ \u00a0]", before)[-1]),
    )
    for name in names:
        start = run.find(name)
        while start >= 0:
            if start < at < start + len(name):
                return f"inside {name}"
            start = run.find(name, start + 1)
    borders, place = set(), 0
    for word in word_tokenize(run, engine="longest", keep_whitespace=True):
        place += len(word)
        borders.add(place)
    return "" if at in borders else "inside a word"


def main(file: Path, widths: tuple[float, ...]) -> None:
    """Prints every end and the counts."""
    names = frozenset(roster_names(shipped_bureau().roster))
    paragraphs = [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    total = marked = 0
    for width in widths:
        for paragraph in paragraphs:
            for before, after in ends(paragraph, width, names):
                total += 1
                why = suspicion(before, after, names)
                marked += bool(why)
                print(f"{total:4} {width:4} {before[-SHOWN:]} | {after[:SHOWN]}{f'   <<< {why}' if why else ''}")
    print(f"{total} line ends, {marked} marked")


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(map(float, sys.argv[2:])) or WIDTHS)
