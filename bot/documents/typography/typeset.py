"""Pages set in Thai: a template and values become a PDF or pictures. The one home of typst.

Text reaches the template as data, never as its source, so nothing that people wrote can be taken for markup; and it comes
cut into pieces, so no Thai word is torn at the end of a line. Only the fonts that lie beside the templates are used.
The same arguments give the same bytes.

typst keeps what it laid out until its process ends, some 90 kB for each row of a table. Long documents are therefore set in
children, part by part (``in_child``).
"""

import datetime
import functools
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import typst

from bot.documents.typography.line_breaks import pieces
from bot.shipped import TEMPLATES

# Twice what screens show at their plain size, so that small letters stay sharp.
PIXELS_PER_INCH = 144
FOLDER = TEMPLATES / "documents"
_CHILD = "import sys; sys.path[:] = {path}; from bot.documents.typography import typeset; typeset.work()"


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER / "fonts"])


def to_pdf(template: str, view: Mapping[str, Any], made: datetime.datetime, names: Iterable[str] = ()) -> bytes:
    """``template`` (under templates/documents) filled with ``view``, as a PDF that bears the moment ``made`` inside.

    ``view`` holds what JSON can; each of its texts arrives in the template as a list of pieces (``bot.documents.typography.line_breaks``)
    with ``names`` kept whole. Its tags let it be read aloud, at ten times the size. Raises RuntimeError for a faulty template.
    """
    return _pdf(_compiler(template, cut(view, frozenset(names))), int(made.timestamp()), tagged=True)


def to_pictures(template: str, view: Mapping[str, Any], names: Iterable[str] = ()) -> list[bytes]:
    """The same as PNG pictures, one a page."""
    pages = _compiler(template, cut(view, frozenset(names))).compile(format="png", ppi=PIXELS_PER_INCH)
    return pages if isinstance(pages, list) else [pages] if pages else []


def in_child(template: str, view: Mapping[str, Any], made: datetime.datetime) -> bytes:
    """As ``to_pdf``, without tags, of a ``view`` that is cut already: in a process of its own. Raises RuntimeError."""
    return _asked({"template": template, "view": view, "made": int(made.timestamp())})


def measured_in_child(template: str, view: Mapping[str, Any]) -> Any:
    """The value that ``template`` gives the label ``<measured>``, of a ``view`` that is cut already. Raises RuntimeError."""
    return json.loads(_asked({"template": template, "view": view}))


def _asked(job: Mapping[str, Any]) -> bytes:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-I", "-c", _CHILD.format(path=sys.path)],
        input=json.dumps(job, ensure_ascii=False).encode(),
        capture_output=True,
        check=False,
        env={},
    )
    if done.returncode:
        raise RuntimeError(f"typesetting ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def work() -> None:
    """What such a process does: one job from its input to its output."""
    job = json.load(sys.stdin.buffer)
    compiler = _compiler(job["template"], job["view"])
    if "made" in job:
        sys.stdout.buffer.write(_pdf(compiler, job["made"], tagged=False))
    else:
        sys.stdout.buffer.write(compiler.query("<measured>", field="value", one=True).encode())


def _pdf(compiler: typst.Compiler, made: int, *, tagged: bool) -> bytes:
    pdf = compiler.compile(format="pdf", timestamp=made, pdf_tags=tagged)
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


def _compiler(template: str, view: Mapping[str, Any]) -> typst.Compiler:
    given = json.dumps(view, ensure_ascii=False)
    return typst.Compiler(FOLDER / template, root=FOLDER, font_paths=_fonts(), sys_inputs={"view": given})


def cut(value: Any, names: frozenset[str]) -> Any:
    """``value`` with every text in pieces, ``names`` kept whole. The same text is cut once, and its pieces are shared."""
    return _each_text(value, functools.cache(functools.partial(pieces, names=names)))


def _each_text(value: Any, made: Callable[[str], list[str]]) -> Any:
    if isinstance(value, str):
        return made(value)
    if isinstance(value, Mapping):
        return {key: _each_text(inner, made) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(inner, made) for inner in value]
    return value
