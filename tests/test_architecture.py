"""The law of the house: arrows point one way, each outside library has one home, the core is pure.

Modules are read as syntax trees and never imported, so imports inside functions count too. A room is a folder, or a module
that stands straight in a package. A module may take from its own room and from rooms named before it; within a room there
is no circle. A module that stands in no room fails.
"""

import ast
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests import house

ROOT = Path(__file__).parent.parent

# Inner first.
ROOMS = (
    "parsers.thai",
    "parsers.form",
    "parsers.secrets",
    "parsers.findings",
    "parsers.grid",
    "parsers.reading",
    "parsers.organisations",
    "parsers.values",
    "parsers.formats",
    "parsers.tables",
    "parsers.mail.mime",
    "parsers.mail.words",
    "parsers.mail",
    "parsers.doubts",
    "parsers.files",
    "parsers.baseline",
    "parsers.rosters",
    "parsers.blank_form",
    "parsers.circulars",
    "parsers.answers",
    "parsers.read",
    "parsers.child_process",
    "bot.office.model",
    "bot.office.wishes",
    "bot.office.new_circular",
    "bot.office.letters",
    "bot.office.decision",
    "bot.office.plan",
    "bot.office.rounds",
    "bot.office.rules",
    "bot.post.exceptions",
    "bot.post.settings",
    "bot.post.tls",
    "bot.post.error_meanings",
    "bot.post.authentication_results",
    "bot.post.login",
    "bot.post.imap",
    "bot.post.smtp",
    "bot.post.https",
    "bot.post.graph",
    "bot.post.gmail",
    "bot.post.transports",
    "bot.shipped",
    "bot.store",
    "bot.config",
    "bot.documents.typography",
    "bot.documents.marked_copy",
    "bot.documents.report",
    "bot.documents.form",
    "bot.documents.roster",
    "bot.documents.new_circular",
    "bot.documents.evidence",
    "bot.documents.mail",
    "bot.service",
    "bot.doctor",
    "bot.setup",
    "bot.demo",
    "bot.desk",
    "bot.cli",
    "bot.__main__",
)

# Rooms that must not know each other although one is written before the other.
STRANGERS = {
    "bot.documents": ("bot.store", "bot.post"),
    "bot.store": ("bot.documents", "bot.post"),
    "bot.post": ("bot.office", "bot.documents", "bot.store", "parsers"),
}

# Each outside library and the only places that may import it.
HOMES = {
    "aiosmtpd": ("bot.demo.mail_servers",),
    "aiosmtplib": ("bot.post.smtp",),
    "alembic": ("bot.store",),
    "apscheduler": ("bot.service.daemon",),
    "authres": ("bot.post.authentication_results",),
    "css_inline": ("bot.documents.mail.templates",),
    "flufl": ("parsers.mail.delivery_reports",),
    "dns": ("bot.setup.names",),  # dnspython
    "docx": ("bot.documents",),  # python-docx
    "google": ("bot.post.login.google",),  # google-auth
    "holidays": ("bot.office.model.calendar",),
    "imapclient": ("bot.post.imap",),
    "jinja2": ("bot.documents.mail.templates", "bot.desk.render"),
    "itsdangerous": ("bot.desk.desk",),
    "nh3": ("bot.desk.files",),
    "starlette": ("bot.desk",),
    "uvicorn": ("bot.desk.serve",),
    "lxml": ("bot.documents.typography.formula_results", "parsers.mail.words.body_without_quotes", "parsers.formats"),
    "msal": ("bot.post.login.microsoft",),
    "openpyxl": ("parsers.formats.excel", "bot.documents", "bot.demo"),
    "pandas": ("bot.office.model.rollup",),
    "pdfplumber": ("parsers.formats.pdf",),
    "pdfminer": ("parsers.files.secrets_outside_cells",),  # comes with pdfplumber and is what it stands on
    "proxyprotocol": ("bot.demo.mail_servers",),  # comes with pymap and is part of its interface
    "py_landlock": ("parsers.child_process.confine",),
    "pydantic": (
        "parsers.form",
        "parsers.blank_form.as_record",
        "parsers.blank_form.reread",
        "parsers.child_process.child",
        "parsers.child_process.sandbox",
        "bot.office.model",
        "bot.post.settings",
        "bot.config",
        "bot.setup.steps",
        "bot.demo",
    ),
    "pydantic_settings": ("bot.config.environment",),
    "pymap": ("bot.demo.mail_servers",),
    "PIL": ("bot.documents.mail.progress_chart",),
    "pyseccomp": ("parsers.child_process.confine",),
    "pypdfium2": ("parsers.formats.pdf", "bot.documents.typography.joined_pages"),
    "pysasl": ("bot.demo.mail_servers",),  # as proxyprotocol
    "pythainlp": ("parsers.thai.dictionary",),
    "rapidfuzz": ("parsers.organisations.register", "parsers.tables.likeness", "bot.office.wishes"),
    "requests": ("bot.post.login.microsoft", "bot.post.https.client"),  # comes with msal and is part of its interface
    "rich": ("bot.cli", "bot.demo"),
    "segno": ("bot.documents.form.mark_and_qr",),
    "sqlalchemy": ("bot.store",),
    "structlog": ("bot.service", "bot.desk", "bot.cli"),
    "tenacity": ("bot.service",),
    "tnefparse": ("parsers.formats.tnef",),
    "typst": ("bot.documents.typography.typeset",),
    "typer": ("bot.cli",),
    "urllib3": ("bot.post.https.client",),  # what requests stands on, and whose errors tell what went out
    "xlrd": ("parsers.formats.excel",),
}

PURE = ("parsers", "bot.office")
IMPURE_MODULES = {
    "asyncio", "glob", "io.open", "multiprocessing", "os", "pathlib", "random", "requests", "secrets", "shutil", "signal",
    "socket", "sqlite3", "subprocess", "tempfile", "threading", "time", "urllib.request",
}  # fmt: skip
IMPURE_CALLS = {"now", "today", "utcnow", "open"}
# The declared exceptions: they start the reading child, limit it and run in it.
STARTS_CHILDREN = {
    "parsers.child_process.confine",
    "parsers.child_process.child",
    "parsers.child_process.fork_server",
    "parsers.child_process.children",
    "parsers.child_process.sandbox",
}


def modules(root: Path = ROOT) -> dict[str, ast.Module]:
    """Every module of the packages by dotted name; migrations are data of the store, a room's own file is its docstring."""
    files = {name: file for package in house.PACKAGES for name, file in house.modules(root, package).items()}
    inner = {name: file for name, file in files.items() if "migrations" not in file.parts}
    return {name: ast.parse(file.read_text("utf-8")) for name, file in inner.items() if file.name != "__init__.py"}


def imports(tree: ast.Module) -> set[str]:
    """Every imported name in full, wherever it stands; for ``from a import b`` both ``a`` and ``a.b``."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the arrow"
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def under(name: str, rooms: tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def room_of(name: str) -> str:
    """The innermost room that a module stands in; empty where there is none."""
    return max((room for room in ROOMS if under(name, (room,))), key=len, default="")


def faults(trees: dict[str, ast.Module]) -> list[str]:
    """Every breach of the law, one line each."""
    found = [f"{name}: stands in no room" for name in trees if not room_of(name)]
    for name, tree in trees.items():
        found += arrow_faults(name, imports(tree)) + home_faults(name, imports(tree))
        if under(name, PURE) and name not in STARTS_CHILDREN:
            found += purity_faults(name, tree)
    return found + circles(trees)


def arrow_faults(name: str, imported: set[str]) -> list[str]:
    here = room_of(name)
    inner = ROOMS[: ROOMS.index(here) + 1] if here else ROOMS
    ours = {other for other in imported if room_of(other) not in {"", here}}
    turned = [f"{name}: imports {other}, which is further out" for other in ours if room_of(other) not in inner]
    barred = next((rooms for room, rooms in STRANGERS.items() if under(name, (room,))), ())
    return turned + [f"{name}: must not know {other}" for other in ours if under(other, barred)]


def circles(trees: dict[str, ast.Module]) -> list[str]:
    """A circle of modules, within a room or not."""
    graph = {name: {source for source, _ in house.imports(tree, trees)} - {name} for name, tree in trees.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        return [f"a circle: {' <- '.join(circle.args[1])}"]
    return []


def home_faults(name: str, imported: set[str]) -> list[str]:
    libraries = {other.split(".")[0] for other in imported} - set(house.PACKAGES) - sys.stdlib_module_names
    return [
        f"{name}: {library} has its home in {HOMES.get(library, 'no room at all')}"
        for library in libraries
        if not under(name, HOMES.get(library, ()))
    ]


def purity_faults(name: str, tree: ast.Module) -> list[str]:
    found = [f"{name}: imports {module}" for module in imports(tree) & IMPURE_MODULES]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            plain_open = called != "open" or isinstance(node.func, ast.Name)
            if called in IMPURE_CALLS and plain_open:
                found.append(f"{name}:{node.lineno}: calls {called}()")
    return found


def test_the_law_holds():
    """No arrow is turned, no library lives abroad, the core asks for neither time nor files."""
    found = faults(modules())
    assert found == []


def test_every_declared_room_exists():
    """The order names no room that is gone, and every home of a library stands."""
    names = set(modules())
    homes = {home for homes in HOMES.values() for home in homes}
    assert not [
        room for room in (*ROOMS, *homes, *STRANGERS, *STARTS_CHILDREN) if not any(under(n, (room,)) for n in names)
    ]


@pytest.mark.parametrize(
    ("module", "line", "complaint"),
    [
        ("parsers.values.units", "import bot.office.model.circular", "further out"),
        ("parsers.thai.text", "from parsers.grid import Cell", "further out"),
        ("parsers.mail.mime.part_content", "from parsers.mail import walk_parts", "further out"),
        ("bot.office.rules.decide", "def f():\n    from bot.store import books", "further out"),
        ("bot.documents.form.word_form", "import bot.service.handle_mail\nimport bot.post.exceptions", "further out"),
        ("bot.store.books", "from bot.documents.mail import render", "must not know"),
        ("bot.post.smtp.sending", "from parsers.thai import text", "must not know"),
        ("bot.service.handle_mail", "import imapclient", "has its home in"),
        ("bot.service.handle_mail", "import httpx", "no room at all"),
        ("bot.office.plan.due", "import datetime\nx = datetime.datetime.now()", "calls now()"),
        ("parsers.tables.find", "import os", "imports os"),
        ("parsers.tables.find", "x = open('f')", "calls open()"),
        ("bot.surprise", "x = 1", "in no room"),
        ("parsers.surprise", "x = 1", "in no room"),
    ],
)
def test_a_planted_fault_is_found(module, line, complaint):
    """The test itself fails when an arrow is turned round."""
    assert any(complaint in fault for fault in faults({module: ast.parse(line)}))


def test_a_circle_within_a_room_is_found():
    """Two modules of one room that take from each other."""
    pair = {
        "parsers.tables.find": "from parsers.tables.model import Table",
        "parsers.tables.model": "from parsers.tables import find",
    }
    assert any("a circle" in fault for fault in faults({name: ast.parse(line) for name, line in pair.items()}))
