"""The law of the house: arrows point one way, each outside library has one home, the core is pure.

Modules are read as syntax trees and never imported, so imports inside functions count too. A module may import only
modules named before it; a module that is not named fails, so that each new one declares its place.
"""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("parsers", "bot")

# Inner first, room by room.
ORDER = [
    "parsers",
    "parsers.text",
    "parsers.citizen_numbers",
    "parsers.login_keys",
    "parsers.redaction",
    "parsers.findings",
    "parsers.form",
    "parsers.grid",
    "parsers.reading",
    "parsers.structure",
    "parsers.dates",
    "parsers.period",
    "parsers.inwords",
    "parsers.marks",
    "parsers.naming",
    "parsers.names",
    "parsers.choices",
    "parsers.unitnames",
    "parsers.units",
    "parsers.numbers",
    "parsers.values",
    "parsers.formats",
    "parsers.formats.errors",
    "parsers.formats.book",
    "parsers.formats.numberlooks",
    "parsers.formats.cells",
    "parsers.formats.named",
    "parsers.formats.signatures",
    "parsers.formats.sniff",
    "parsers.formats.sheetlooks",
    "parsers.formats.sheetxml",
    "parsers.formats.sheetstyles",
    "parsers.formats.frame",
    "parsers.formats.package",
    "parsers.formats.sst",
    "parsers.formats.biff",
    "parsers.formats.xls",
    "parsers.formats.xmlssstyles",
    "parsers.formats.xmlss",
    "parsers.formats.odsstyles",
    "parsers.formats.odscell",
    "parsers.formats.ods",
    "parsers.formats.biff12",
    "parsers.formats.xlsb",
    "parsers.formats.lineup",
    "parsers.formats.delimited",
    "parsers.formats.lenient",
    "parsers.formats.xlsx",
    "parsers.formats.flow",
    "parsers.formats.wordlooks",
    "parsers.formats.docx",
    "parsers.formats.html",
    "parsers.formats.mhtml",
    "parsers.formats.pdfletters",
    "parsers.formats.pdf",
    "parsers.formats.typed",
    "parsers.uuencode",
    "parsers.transfer",
    "parsers.links",
    "parsers.formats.unseen",
    "parsers.headers",
    "parsers.parts",
    "parsers.boundary",
    "parsers.flowed",
    "parsers.cleartext",
    "parsers.banners",
    "parsers.body",
    "parsers.mail_secrets",
    "parsers.failure_words",
    "parsers.mailkind",
    "parsers.bounces",
    "parsers.applesingle",
    "parsers.pictures",
    "parsers.smime",
    "parsers.formats.tnef",
    "parsers.disposition",
    "parsers.placeholders",
    "parsers.walk",
    "parsers.message",
    "parsers.attached_file",
    "parsers.formats.container",
    "parsers.nil",
    "parsers.thanks",
    "parsers.headings",
    "parsers.columns",
    "parsers.grouping",
    "parsers.halves",
    "parsers.header",
    "parsers.lines",
    "parsers.tables",
    "parsers.doubts",
    "parsers.veiled",
    "parsers.together",
    "parsers.titles",
    "parsers.labels",
    "parsers.carried",
    "parsers.blocks",
    "parsers.table",
    "parsers.stated",
    "parsers.shared",
    "parsers.check",
    "parsers.totals",
    "parsers.rows",
    "parsers.recognise",
    "parsers.split_secrets",
    "parsers.secrecy",
    "parsers.budget",
    "parsers.files",
    "parsers.provinces",
    "parsers.baseline_slips",
    "parsers.baseline_reading",
    "parsers.baseline_asked",
    "parsers.baseline_days",
    "parsers.baseline_layout",
    "parsers.baseline_marks",
    "parsers.baseline",
    "parsers.beside",
    "parsers.aside",
    "parsers.opened",
    "parsers.around",
    "parsers.read",
    "parsers.confine",
    "parsers.child",
    "parsers.fork_server",
    "parsers.children",
    "parsers.sandbox",
    "bot",
    "bot.office",
    "bot.office.office",
    "bot.office.calendar",
    "bot.office.weblinks",
    "bot.office.enclosure",
    "bot.office.circular",
    "bot.office.roster",
    "bot.office.bureau",
    "bot.office.commands",
    "bot.office.records",
    "bot.office.baseline",
    "bot.office.rollup",
    "bot.office.counting",
    "bot.office.progress",
    "bot.office.letters",
    "bot.office.enclosing",
    "bot.office.decision",
    "bot.office.registry",
    "bot.office.district_letter",
    "bot.office.compose",
    "bot.office.answering",
    "bot.office.conflicts",
    "bot.office.waiting",
    "bot.office.briefing",
    "bot.office.said",
    "bot.office.doubt",
    "bot.office.refused",
    "bot.office.resend",
    "bot.office.bounces",
    "bot.office.manners",
    "bot.office.signing",
    "bot.office.due",
    "bot.office.health",
    "bot.office.cover_number",
    "bot.office.dispatch",
    "bot.office.trust",
    "bot.office.hosts",
    "bot.office.case",
    "bot.office.post_back",
    "bot.office.hearing",
    "bot.office.held",
    "bot.office.settling",
    "bot.office.registering",
    "bot.office.to_staff",
    "bot.office.parking",
    "bot.office.reporting",
    "bot.office.withheld",
    "bot.office.placeholder",
    "bot.office.decide",
    "bot.documents",
    "bot.documents.words",
    "bot.documents.digits",
    "bot.documents.typeset",
    "bot.documents.styles",
    "bot.documents.results",
    "bot.documents.sheet",
    "bot.documents.print_setup",
    "bot.documents.roll",
    "bot.documents.official",
    "bot.documents.guidance",
    "bot.documents.annexes",
    "bot.documents.baseline_sheet",
    "bot.documents.data_sheets",
    "bot.documents.summary",
    "bot.documents.mark",
    "bot.documents.wordfile",
    "bot.documents.sums",
    "bot.documents.form",
    "bot.documents.form_docx",
    "bot.documents.report",
    "bot.documents.report_pdf",
    "bot.documents.cover",
    "bot.documents.district_letter",
    "bot.documents.findings_sheet",
    "bot.documents.marked",
    "bot.documents.wording",
    "bot.documents.chart",
    "bot.documents.enclosures",
    "bot.documents.lighter",
    "bot.documents.mail",
    "bot.store",
    "bot.store.schema",
    "bot.store.holder",
    "bot.store.trouble",
    "bot.store.private",
    "bot.store.database",
    "bot.store.base",
    "bot.store.addresses",
    "bot.store.envelope",
    "bot.store.held",
    "bot.store.registrations",
    "bot.store.inbox",
    "bot.store.sorting",
    "bot.store.claims",
    "bot.store.leases",
    "bot.store.doubt",
    "bot.store.conversation",
    "bot.store.outbox",
    "bot.store.answers",
    "bot.store.registrations",
    "bot.store.reports",
    "bot.store.baselines",
    "bot.store.committing",
    "bot.store.health",
    "bot.store.words",
    "bot.store.upkeep",
    "bot.store.withheld",
    "bot.store.stubs",
    "bot.store.books",
    "bot.store.checkup",
    "bot.store.backup",
    "bot.post",
    "bot.post.errors",
    "bot.post.troubles",
    "bot.post.trust",
    "bot.post.settings",
    "bot.post.grant",
    "bot.post.google",
    "bot.post.microsoft",
    "bot.post.oauth2",
    "bot.post.client",
    "bot.post.connection",
    "bot.post.folders",
    "bot.post.sent",
    "bot.post.waiting",
    "bot.post.mailbox",
    "bot.post.refusals",
    "bot.post.submission",
    "bot.post.outbox",
    "bot.mistakes",
    "bot.load",
    "bot.circular_folder",
    "bot.settings",
    "bot.config",
    "bot.check",
    "bot.show",
    "bot.notify",
    "bot.house",
    "bot.believing",
    "bot.sending",
    "bot.sentbox",
    "bot.manners",
    "bot.intake",
    "bot.service",
    "bot.tenancy",
    "bot.daemon",
    "bot.repair",
    "bot.checks",
    "bot.round_trip",
    "bot.doctor",
    "bot.shell",
    "bot.commands_baseline",
    "bot.commands_health",
    "bot.commands_letters",
    "bot.commands_login",
    "bot.commands_upkeep",
    "bot.demo",
    "bot.demo.servers",
    "bot.demo.robots",
    "bot.demo.cast",
    "bot.demo.story",
    "bot.demo.play",
    "bot.cli",
    "bot.__main__",
]

# Rooms that must not know each other although one is written before the other.
STRANGERS = {
    "bot.documents": ("bot.store", "bot.post"),
    "bot.store": ("bot.documents", "bot.post"),
    "bot.post": ("bot.office", "bot.documents", "bot.store", "parsers"),
}

# Each outside library and the only places that may import it.
HOMES = {
    "aiosmtpd": ("bot.demo.servers",),
    "aiosmtplib": ("bot.post.outbox", "bot.post.submission"),
    "alembic": ("bot.store",),
    "apscheduler": ("bot.daemon",),
    "authres": ("bot.post.trust",),
    "css_inline": ("bot.documents.wording",),
    "flufl": ("parsers.bounces",),
    "docx": ("bot.documents",),  # python-docx
    "google": ("bot.post.google",),  # google-auth
    "holidays": ("bot.office.calendar",),
    "imapclient": ("bot.post.client", "bot.post.connection"),
    "jinja2": ("bot.documents.wording",),
    "lxml": ("bot.documents.results", "parsers.body", "parsers.formats"),
    "msal": ("bot.post.microsoft",),
    "openpyxl": (
        "parsers.formats.xlsx",
        "parsers.formats.lenient",
        "bot.documents",
        "bot.demo.robots",
        "bot.demo.cast",
    ),
    "pandas": ("bot.office.rollup",),
    "pdfplumber": ("parsers.formats.pdf",),
    "pdfminer": ("parsers.formats.unseen",),  # comes with pdfplumber and is what it stands on
    "proxyprotocol": ("bot.demo.servers",),  # comes with pymap and is part of its interface
    "py_landlock": ("parsers.confine",),
    "pydantic": (
        "parsers.form",
        "parsers.child",
        "parsers.sandbox",
        "bot.office.enclosure",
        "bot.office.circular",
        "bot.post.settings",
        "bot.mistakes",
        "bot.load",
        "bot.circular_folder",
        "bot.settings",
        "bot.config",
        "bot.demo.play",
    ),
    "pydantic_settings": ("bot.config",),
    "pymap": ("bot.demo.servers",),
    "PIL": ("bot.documents.chart",),
    "pyseccomp": ("parsers.confine",),
    "pypdfium2": ("parsers.formats.pdfletters",),
    "pysasl": ("bot.demo.servers",),  # as proxyprotocol
    "pythainlp": ("bot.documents.words",),
    "rapidfuzz": ("parsers.names", "parsers.headings"),
    "requests": ("bot.post.microsoft",),  # comes with msal and is part of its interface
    "rich": ("bot.cli", "bot.shell", "bot.show", "bot.demo.play"),
    "segno": ("bot.documents.mark",),
    "sqlalchemy": ("bot.store",),
    "structlog": (
        "bot.sentbox",
        "bot.house",
        "bot.intake",
        "bot.sending",
        "bot.service",
        "bot.tenancy",
        "bot.daemon",
        "bot.repair",
        "bot.cli",
    ),
    "tenacity": ("bot.daemon", "bot.sending"),
    "tnefparse": ("parsers.formats.tnef",),
    "typst": ("bot.documents.typeset",),
    "typer": (
        "bot.cli",
        "bot.shell",
        "bot.commands_baseline",
        "bot.commands_health",
        "bot.commands_letters",
        "bot.commands_upkeep",
    ),
    "xlrd": ("parsers.formats.biff", "parsers.formats.xls"),
}

PURE = ("parsers", "bot.office")
IMPURE_MODULES = {
    "asyncio", "glob", "io.open", "multiprocessing", "os", "pathlib", "random", "requests", "secrets", "shutil", "signal",
    "socket", "sqlite3", "subprocess", "tempfile", "threading", "time", "urllib.request",
}  # fmt: skip
IMPURE_CALLS = {"now", "today", "utcnow", "open"}
# The declared exceptions: they start the reading child, limit it and run in it.
STARTS_CHILDREN = {
    "parsers.confine",
    "parsers.child",
    "parsers.fork_server",
    "parsers.children",
    "parsers.sandbox",
}


def modules(root: Path = ROOT) -> dict[str, ast.Module]:
    """Every module of the packages by dotted name; migrations are data of the store."""
    found = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if "migrations" in parts:
                continue
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


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


def faults(trees: dict[str, ast.Module]) -> list[str]:
    """Every breach of the law, one line each."""
    found = [f"{name}: not in ORDER; give it its place" for name in trees if name not in ORDER]
    for name, tree in trees.items():
        if name in ORDER:
            found += arrow_faults(name, imports(tree)) + home_faults(name, imports(tree))
        if under(name, PURE) and name not in STARTS_CHILDREN:
            found += purity_faults(name, tree)
    return found


def arrow_faults(name: str, imported: set[str]) -> list[str]:
    inner = set(ORDER[: ORDER.index(name)])
    ours = {other for other in imported if other in ORDER and other != name}
    turned = [f"{name}: imports {other}, which is further out" for other in ours - inner]
    barred = next((rooms for room, rooms in STRANGERS.items() if under(name, (room,))), ())
    return turned + [f"{name}: must not know {other}" for other in ours if under(other, barred)]


def home_faults(name: str, imported: set[str]) -> list[str]:
    libraries = {other.split(".")[0] for other in imported} - set(PACKAGES) - sys.stdlib_module_names
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


def test_every_declared_module_exists():
    """The order names no module that is gone."""
    assert set(ORDER) - set(modules()) == set()


@pytest.mark.parametrize(
    ("module", "line", "complaint"),
    [
        ("parsers.values", "import bot.office.circular", "further out"),
        ("bot.office.decide", "def f():\n    from bot.store import books", "further out"),
        ("bot.documents.form", "import bot.office.due\nimport bot.post.errors", "further out"),
        ("bot.store.books", "from bot.documents import mail", "must not know"),
        ("bot.post.outbox", "from parsers import text", "must not know"),
        ("bot.service", "import imapclient", "has its home in"),
        ("bot.service", "import httpx", "no room at all"),
        ("bot.office.due", "import datetime\nx = datetime.datetime.now()", "calls now()"),
        ("parsers.table", "import os", "imports os"),
        ("parsers.table", "x = open('f')", "calls open()"),
        ("bot.surprise", "x = 1", "not in ORDER"),
    ],
)
def test_a_planted_fault_is_found(module, line, complaint):
    """The test itself fails when an arrow is turned round."""
    assert any(complaint in fault for fault in faults({module: ast.parse(line)}))
