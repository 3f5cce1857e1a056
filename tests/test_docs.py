"""README and docs keep up with the code: every path is there, every key, kind, command, field and word of staff is explained."""

import re
from email.message import EmailMessage
from itertools import chain
from pathlib import Path

import pypdfium2
import pytest
from pydantic import BaseModel
from typer.main import get_command

from bot.cli.check_output import as_json
from bot.cli.main import app
from bot.config.config_toml import BooksSection, CalendarSection, DeskSection, OfficeSection
from bot.config.load import shipped_bureau
from bot.config.roster_folder import OrganisationRow, ReporterEntry, RosterFile
from bot.office.model.circular import (
    Baseline,
    Circular,
    Deadlines,
    Department,
    LetterToDistricts,
    Link,
    Reminders,
    Wording,
)
from bot.office.model.circular_enclosure import EnclosedFile
from bot.office.model.recurring import Recurring
from bot.office.rules import commands
from bot.post.settings import ImapSettings, OAuth2Settings, SmtpSettings
from parsers.form.form import AskedFile, Form
from parsers.form.question import FormRow, Kind, Question, Remark
from parsers.form.question_rules import Condition
from parsers.read import read_message
from parsers.reading import MailKind, Outcome
from tests.documents.round_days import table
from tests.documents.staff_guide import PRINTED, guide_pdf

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
PATH = re.compile(r"(?<![\w/.~-])(?:bot|parsers|tests|templates|docs|\.ci)/[\w./-]*")
LINK = re.compile(r"\]\(([^)#:]+)\)")
# Where the keys of each table of the configuration, a circular and a roster stand.
TABLES: tuple[tuple[str, str, type[BaseModel]], ...] = (
    ("configuration.md", "`[office]`", OfficeSection),
    ("configuration.md", "`[imap]`", ImapSettings),
    ("configuration.md", "`[smtp]`", SmtpSettings),
    ("configuration.md", "`[oauth2]`", OAuth2Settings),
    ("configuration.md", "`[desk]`", DeskSection),
    ("configuration.md", "`[books]`", BooksSection),
    ("configuration.md", "`[calendar]`", CalendarSection),
    ("circulars.md", "The letter that asks", Circular),
    ("circulars.md", "`[department]`", Department),
    ("circulars.md", "`[deadlines]`", Deadlines),
    ("circulars.md", "`[reminders]`", Reminders),
    ("circulars.md", "`[recurring]`", Recurring),
    ("circulars.md", "`[wording]`", Wording),
    ("circulars.md", "`[letter]`", LetterToDistricts),
    ("circulars.md", "`[form]`", Form),
    ("circulars.md", "`[[form.question]]`", Question),
    ("circulars.md", "Questions that hang on others", Condition),
    ("circulars.md", "`[[form.row]]`", FormRow),
    ("circulars.md", "`[[form.remark]]`", Remark),
    ("circulars.md", "`[[enclosure]]`", EnclosedFile),
    ("circulars.md", "`[[link]]`", Link),
    ("circulars.md", "`[[attachment]]`", AskedFile),
    ("circulars.md", "`[baseline]`", Baseline),
    ("rosters.md", "`roster.toml`", RosterFile),
    ("rosters.md", "`roster.toml`", ReporterEntry),
    ("rosters.md", "`organisations.csv`", OrganisationRow),
)


def text_of(page: Path | str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    """The text below the heading that holds these words, up to the next heading of any level."""
    parts = re.split(r"^(#+ .*)$", text_of(page), flags=re.MULTILINE)
    return next(below for title, below in zip(parts[1::2], parts[2::2], strict=True) if heading in title)


def keys_of(model: type[BaseModel]) -> set[str]:
    """The keys a person writes; a table of its own has its own section."""
    return {str(field.alias or name) for name, field in model.model_fields.items()} - _TABLES


_TABLES = {
    "department",
    "deadlines",
    "reminders",
    "wording",
    "letter",
    "form",
    "enclosure",
    "link",
    "attachment",
    "baseline",
    "recurring",
}
_TABLES |= {"round"}  # of the books; nobody writes it
_TABLES |= {"question", "row", "remark", "reporter"}  # of a form, and of a roster


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_path_and_link_is_there(page):
    said = page.read_text(encoding="utf-8")
    paths = {ROOT / found.rstrip(".") for found in PATH.findall(said)}
    links = {page.parent / found for found in LINK.findall(said)}
    assert [str(path) for path in paths | links if not path.exists()] == []


def test_the_readme_is_short_and_leads_to_every_page():
    said = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(said.splitlines()) <= 130
    assert said.index("make demo") < said.index("make test") < 400
    reached = {(ROOT / found).resolve() for found in LINK.findall(said)}
    index = DOCS / "decisions" / "README.md"
    reached |= {(index.parent / found).resolve() for found in LINK.findall(index.read_text(encoding="utf-8"))}
    assert [page for page in PAGES if page not in reached and page != ROOT / "README.md"] == []


def test_the_readme_has_every_room():
    said = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = [*(ROOT / "parsers").iterdir(), *(ROOT / "bot").iterdir(), *(ROOT / "bot" / "office").iterdir()]
    named = {str(room.relative_to(ROOT)) for room in rooms if (room / "__init__.py").is_file()}
    assert [room for room in named if f"`{room}/`" not in said] == []


@pytest.mark.parametrize(("page", "heading", "model"), TABLES, ids=[f"{table[2].__name__}" for table in TABLES])
def test_every_key_is_explained(page, heading, model):
    below = section(page, heading)
    written = re.compile(r"`(?:\w+\.)?(\w+)`|^(?:\w+\.)?(\w+) =", re.MULTILINE)
    explained = set(chain.from_iterable(written.findall(below)))
    assert keys_of(model) - explained == set()


def test_every_kind_and_setting_of_words_is_explained():
    below = section("circulars.md", "`[[form.question]]`")
    assert [kind.value for kind in Kind if f"| `{kind.value}` |" not in below] == []


def test_the_way_names_functions_that_are():
    """The two lists of the way, and the words of the house in them."""
    said = text_of("way.md").partition("## ")[2]
    named = set(re.findall(r"`([A-Za-z_]+)`", said))
    code = "\n".join(
        path.read_text(encoding="utf-8") for room in ("bot", "parsers") for path in (ROOT / room).rglob("*.py")
    )
    defined = set(re.findall(r"^(?:def|class) (\w+)|^(\w+) =", code, re.MULTILINE))
    assert len(named) > 8
    assert named - set(chain.from_iterable(defined)) == set()


def test_every_command_is_explained():
    said = text_of("operation.md")
    known = get_command(app).list_commands(None)
    assert [name for name in known if f"| `ruam {name}" not in said] == []


def test_every_field_of_the_json_is_explained():
    """Of a mail with a form in it, read as `ruam check` reads it."""
    bureau = shipped_bureau()
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "long@district.phrae.example", "[w5827]"
    mail.set_content("ส่งแบบรายงาน")
    table = "ลำดับ,อปท.,ประกาศ ม.10,ลงระบบ ม.10\n1,ทต.ห้วยอ้อ,?,✓\n"
    mail.add_attachment(table.encode(), maintype="text", subtype="csv", filename="a.csv")
    found = as_json(bureau, read_message(mail.as_bytes(), bureau.catalogue()))
    said = text_of("check-json.md")
    fields = set(found)
    for name in ("answers", "findings", "attachments"):
        assert found[name], f"no {name} to look at"
        fields |= {f"{name}[].{field}" for field in found[name][0]}
    assert [field for field in fields if f"`{field}`" not in said] == []
    assert [value for value in (*MailKind, *Outcome) if f"`{value}`" not in said] == []


def test_the_days_of_the_shipped_round_are_what_the_code_does():
    """Else `make docs` was forgotten. 5 December 2567 is a holiday: nothing goes, and no working day is counted."""
    assert table() in text_of("w5827.md")
    assert "| Thu 5 Dec 2567 | nothing |" in table()


def test_the_printed_guide_says_what_the_page_says():
    """Else `make docs` was forgotten. Texts are compared, not bytes: another typst may set them otherwise."""

    def words(pdf):
        document = pypdfium2.PdfDocument(pdf)
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)

    assert words(PRINTED.read_bytes()) == words(guide_pdf())


def test_every_word_of_staff_is_in_their_guide():
    said = text_of("staff-guide.md")
    thai = [word for word in commands._WORDS if not word.isascii()]
    assert [word for word in thai if f"`{word}" not in said] == []
