"""Set the Thai guide for staff, ``docs/staff-guide.md``, as the pages that an office prints; this is no test.

    .venv/bin/python tests/documents/staff_guide.py

The same words give the same bytes.
"""

import datetime
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.documents.typography.line_breaks import pieces  # noqa: E402 - found by the line above when run by hand

WORDS, PRINTED = ROOT / "docs" / "staff-guide.md", ROOT / "docs" / "staff-guide.pdf"
MADE = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
STYLES = {"code_inline": "word", "strong": "strong", "text": "plain"}
Block = dict[str, Any]


def guide_pdf() -> bytes:
    """The guide as it is printed. Raises KeyError for markdown that the pages do not know."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[ROOT / "templates" / "documents" / "fonts"],
    )
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(WORDS.read_text(encoding="utf-8")))
    view = json.dumps({"blocks": [_block(node) for node in tree.children]}, ensure_ascii=False)
    compiler = typst.Compiler(
        Path(__file__).with_suffix(".typ"), root=ROOT, font_paths=fonts, sys_inputs={"view": view}
    )
    pdf = compiler.compile(format="pdf", timestamp=int(MADE.timestamp()))
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


def _block(node: SyntaxTreeNode) -> Block:
    if node.type == "heading":
        return {"kind": [node.tag], "runs": list(_runs(node))}
    if node.type == "paragraph":
        return {"kind": ["p"], "runs": list(_runs(node))}
    if node.type in {"bullet_list", "ordered_list"}:
        return {"kind": [node.tag], "items": [list(_runs(item)) for item in node.children]}
    rows = [row for part in node.children for row in part.children]  # of a table: head and body
    return {"kind": ["table"], "rows": [[list(_runs(cell)) for cell in row.children] for row in rows]}


def _runs(node: SyntaxTreeNode, style: str = "plain") -> Iterator[Block]:
    """The text below a node, each run in the style of what holds it."""
    for child in node.children:
        if child.type in {"paragraph", "inline"}:
            yield from _runs(child, style)
        elif child.type == "strong":
            yield from _runs(child, "strong")
        elif child.type == "softbreak":
            yield {"kind": [style], "text": [" "]}
        else:
            # A word that people type is never parted.
            said = re.split("( )", child.content) if child.type == "code_inline" else pieces(child.content)
            yield {"kind": [style if child.type == "text" else STYLES[child.type]], "text": said}


if __name__ == "__main__":
    PRINTED.write_bytes(guide_pdf())
