"""The office's configuration: one TOML file, which variables of the environment override, and the folders it names.

``RUAM_IMAP__PASSWORD`` overrides ``password`` in ``[imap]``, and so on for every key. Paths are relative to the file's own
folder. Every mistake is a ConfigError that says where it is and what to write instead.
"""

import dataclasses
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.config.circular_folder import CIRCULAR_FILE, load_circular
from bot.config.config_toml import BooksSection, Config
from bot.config.environment import ENVIRONMENT, environment, origin, variable
from bot.config.national_roster import province_files, province_named
from bot.config.organisations_table import OrganisationRow
from bot.config.problems import ConfigError, Problem, attempt, explain
from bot.config.roster_folder import ROSTER_FILE, RosterFile, joined, load_roster, read_roster
from bot.config.thai_problems import in_thai, is_thai
from bot.config.toml_files import read_text, read_toml
from bot.office.model.bureau import Bureau
from bot.office.model.calendar import Calendar
from bot.office.model.circular import Circular
from bot.office.model.office import Office
from bot.office.model.roster import Roster
from bot.post.settings import OAuth2Settings
from bot.shipped import TEMPLATES

__all__ = [
    "Config",
    "ConfigError",
    "Problem",
    "load_bureau",
    "load_circular",
    "load_config",
    "load_roster",
    "office_of",
    "shipped",
    "shipped_bureau",
]

SHIPPED_ROSTER = "phrae"
SERVERS = ("imap", "smtp", "oauth2")  # the sections that may name certificates
SECRETS = {"imap": "password", "smtp": "password", "oauth2": "client_secret"}
PATHS = ("ca_file", "token_file", "service_account_file")
LARGEST_PICTURE = 500_000  # bytes; it goes into every cover letter


def office_of(config: Config) -> Office:
    """The office as the rest of the house knows it."""
    office = config.office.as_office()
    office = dataclasses.replace(office, desk=config.desk.address if config.desk else "")
    return dataclasses.replace(office, emblem=_picture(config)) if config.office.emblem else office


def _picture(config: Config) -> bytes:
    """The emblem's file, PNG or JPEG. Raises ConfigError."""
    path = config.file.parent / config.office.emblem
    try:
        picture = path.read_bytes()
    except OSError as error:
        hint = f"{path} cannot be read ({error.strerror}); mend the path or leave emblem out"
        raise ConfigError([Problem(str(config.file), "office.emblem", hint)]) from None
    if not picture.startswith((b"\x89PNG", b"\xff\xd8\xff")) or len(picture) > LARGEST_PICTURE:
        hint = f"{path} is no PNG or JPEG of at most {LARGEST_PICTURE // 1000} kB; convert it"
        raise ConfigError([Problem(str(config.file), "office.emblem", hint)])
    return picture


def load_config(file: Path) -> Config:
    """The configuration in ``file`` under the environment's overrides. Raises ConfigError, in the file's language."""
    try:
        return _load_config(file)
    except ConfigError as error:
        raise (in_thai(error) if is_thai(file) else error) from None


def load_bureau(config: Config) -> Bureau:
    """The office with the roster and the circulars that its configuration names. Raises ConfigError, in its language."""
    try:
        return _load_bureau(config)
    except ConfigError as error:
        raise (in_thai(error) if config.office.lang == "th" else error) from None


def _load_config(file: Path) -> Config:
    problems: list[Problem] = []
    given = read_toml(file)
    overrides = attempt(problems, environment) or {}
    for source, label in ((given, str(file)), (overrides, ENVIRONMENT)):
        for name in SECRETS:
            if isinstance(source.get(name), dict):
                attempt(problems, partial(_read_secret_file, source[name], name, (label, file.parent)))
    merged = _merged(given, overrides)
    _settle_paths(merged, file.parent)
    try:
        config = Config.model_validate(merged)
    except ValidationError as error:
        found = explain(error, Config, merged)
        problems += [
            Problem(*origin(key, overrides, str(file)), hint) for key, hint in found if not _said(key, problems)
        ]
        raise ConfigError(problems) from None
    problems += [
        Problem(*origin(f"{name}.ca_file", overrides, str(file)), f"there is no file {server.ca_file}; mend the path")
        for name in SERVERS
        if (server := getattr(config, name)) and server.ca_file and not Path(server.ca_file).is_file()
    ]
    if problems:
        raise ConfigError(problems)
    return config.read_from(file)


def _load_bureau(config: Config) -> Bureau:
    problems: list[Problem] = []
    roster = attempt(problems, lambda: _roster(config))
    circulars: dict[str, Circular] = {}
    for name in config.office.circulars:
        circular = attempt(problems, partial(_circular, config, name))
        if circular and circular.slug in circulars:
            hint = f'"{name}" has the slug "{circular.slug}" of another circular here; give each a slug of its own'
            problems.append(Problem(str(config.file), "office.circulars", hint))
        elif circular:
            circulars[circular.slug] = circular
            problems += _types(_circular_folder(config, name) / CIRCULAR_FILE, circular, roster) if roster else ()
    office = office_of(config)
    if roster is not None:
        problems += _loops(config, office, roster, circulars)
    if roster is None or problems:
        raise ConfigError(problems)
    naming = roster.naming
    circulars = {slug: c.model_copy(update={"form": c.form.asked_by(naming)}) for slug, c in circulars.items()}
    return Bureau(office, roster, circulars, Calendar(config.calendar.add, config.calendar.remove))


def shipped() -> tuple[dict[str, Circular], Roster]:
    """The circulars (by slug) and the roster that come with Ruam. Raises ConfigError."""
    files = sorted((TEMPLATES / "circulars").glob(f"*/{CIRCULAR_FILE}"))
    circulars = [load_circular(file.parent) for file in files]
    return {c.slug: c for c in circulars}, load_roster(TEMPLATES / "rosters" / SHIPPED_ROSTER)


def shipped_bureau() -> Bureau:
    """A bureau without a mailbox, for looking at files with no configuration. Raises ConfigError."""
    circulars, roster = shipped()
    name = f"สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด{roster.province}"
    office = Office(SHIPPED_ROSTER, name, roster.province, "ruam@office.example", ())
    return Bureau(office, roster, circulars, Calendar())


def _read_secret_file(section: dict[str, Any], name: str, source: tuple[str, Path]) -> None:
    """Put the content of a section's ``password_file`` (or ``client_secret_file``) in its secret's place.

    Raises ConfigError.
    """
    label, folder = source
    secret = SECRETS[name]
    if f"{secret}_file" not in section:
        return
    path = folder / str(section.pop(f"{secret}_file"))
    key = f"{name}.{secret}_file"
    key = variable(key) if label == ENVIRONMENT else key
    if secret in section:
        raise ConfigError([Problem(label, key, f"stands beside {secret}; keep one of the two")])
    try:
        section[secret] = read_text(path).strip("\r\n")
    except ConfigError as error:
        hint = f"{path} {error.problems[0].hint}"
        raise ConfigError([Problem(label, key, hint)]) from None
    if not section[secret]:
        raise ConfigError([Problem(label, key, f"{path} is empty; write the {secret.replace('_', ' ')} into it")])


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Both tables, section by section; where they differ the second wins."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = _merged(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return merged


def _settle_paths(merged: dict[str, Any], folder: Path) -> None:
    """Make the paths of database, certificates and tokens independent of where the bot is started."""
    if isinstance(tokens := merged.get("oauth2"), dict):
        merged["oauth2"] = {"token_file": OAuth2Settings.model_fields["token_file"].default} | tokens
    for name in SERVERS:
        section = merged.get(name)
        given = section if isinstance(section, dict) else {}
        settled = {key: str(folder.absolute() / given[key]) for key in PATHS if _is_path(given.get(key))}
        if settled:
            merged[name] = given | settled
    books = merged.setdefault("books", {})
    if isinstance(books, dict):
        url = books.get("url", BooksSection().url)
        # "sqlite:///ruam.db": a path beside the file of settings; not "sqlite:////var/…" and "sqlite:///:memory:".
        sqlite = re.fullmatch(r"(sqlite[+\w]*):///([^/:].*)", url) if isinstance(url, str) else None
        if sqlite:
            merged["books"] = books | {"url": f"{sqlite[1]}:///{folder.absolute()}/{sqlite[2]}"}


def _is_path(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _said(key: str, problems: list[Problem]) -> bool:
    """Whether a missing secret was already explained by its unreadable file."""
    files = {f"{key}_file", f"{key}.client_secret_file"}
    return any(problem.key in files | {variable(file) for file in files} for problem in problems)


def _roster(config: Config) -> Roster:
    """That of a folder, of a shipped one, or of a province by its name. Raises ConfigError."""
    files, folder = roster_files(config)
    return joined(*files, str(folder / ROSTER_FILE if folder else config.file))


def roster_files(config: Config) -> tuple[tuple[RosterFile, list[OrganisationRow]], Path | None]:
    """What the office's roster is made of, and the folder of its own that it stands in; None for a shipped one. Raises ConfigError."""
    name = config.office.roster
    folder = _known_folder(config, "rosters", name)
    if folder is not None:
        return read_roster(folder), folder if folder.parent != TEMPLATES / "rosters" else None
    if province := province_named(name):
        return province_files(province), None
    hint = f'there is no folder "{config.file.parent / name}"; write a path relative to this file, or the name of a province'
    raise ConfigError([Problem(str(config.file), "office.roster", hint)])


def _circular(config: Config, name: str) -> Circular:
    return load_circular(_circular_folder(config, name))


def _circular_folder(config: Config, name: str) -> Path:
    """The folder of a circular. Raises ConfigError."""
    folder = _known_folder(config, "circulars", name)
    if folder is None:
        known = ", ".join(sorted(each.name for each in (TEMPLATES / "circulars").iterdir()))
        hint = f'there is no folder "{config.file.parent / name}"; write a path relative to this file, or the name of a shipped one: {known}'
        raise ConfigError([Problem(str(config.file), "office.circulars", hint)])
    return folder


def _known_folder(config: Config, shelf: str, name: str) -> Path | None:
    """The folder a configuration names, beside its file or, for a bare name, shipped; None where there is none."""
    beside, on_shelf = config.file.parent / name, TEMPLATES / shelf / name
    if beside.is_dir():
        return beside
    return on_shelf if Path(name).name == name and on_shelf.is_dir() else None


def _types(file: Path, circular: Circular, roster: Roster) -> list[Problem]:
    """Questions that are asked only of a type which the roster has not, or of all that it has."""
    known = dict.fromkeys(organisation.type for organisation in roster.organisations)
    problems = []
    for question in circular.form.column:
        strange = next((kind for kind in question.only if kind not in known), None)
        if strange is not None:
            hint = f'the roster has nobody of type "{strange}"; write some of: {", ".join(known)}'
        elif question.only and known.keys() <= set(question.only):
            hint = "names every type that the roster has; remove it"
        else:
            continue
        problems.append(Problem(str(file), f"form.question[{question.key}].only", hint))
    return problems


def _loops(config: Config, office: Office, roster: Roster, circulars: Mapping[str, Circular]) -> list[Problem]:
    """The bot's own address among those it writes to: it would answer itself."""
    used = [(f"the roster's reporter {r.key}", address) for r in roster.reporters for address in r.addresses]
    used += [(f"the chief of {c.reporter.key}", c.chief) for c in roster.contacts if c.chief]
    for slug, circular in circulars.items():
        used += [(f"the department of {slug}", a) for a in (*circular.department.to, *circular.department.cc)]
    return [
        Problem(
            str(config.file), "office.address", f"{address} is also an address of {who}; write another in one place"
        )
        for who, address in used
        if office.is_own(address)
    ]
