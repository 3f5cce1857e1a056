"""Configuration, circulars and rosters: what is right loads, what is wrong is named with its place and a way out."""

import datetime
import os
import shutil
from pathlib import Path

import pytest

from bot.config.load import (
    ConfigError,
    load_bureau,
    load_circular,
    load_config,
    load_roster,
    office_of,
    shipped,
    shipped_bureau,
)
from bot.office.model.bangkok_time import BANGKOK
from bot.shipped import TEMPLATES
from parsers.form.question import Kind
from parsers.organisations.register import Register
from parsers.thai.text import thai_share

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "config.example.toml"
WASTE = ROOT / "tests" / "circulars" / "waste2568"
W5827 = TEMPLATES / "circulars" / "w5827"
EVERY = Path(__file__).parents[2] / "circulars" / "every2569"
PHRAE = TEMPLATES / "rosters" / "phrae"


class Environment:
    """Variables of the environment for one test, put back afterwards."""

    def __init__(self):
        self.before = {name: value for name, value in os.environ.items() if name.startswith("RUAM_")}

    def set(self, **variables):
        os.environ.update(variables)

    def restore(self):
        for name in [name for name in os.environ if name.startswith("RUAM_")]:
            del os.environ[name]
        os.environ.update(self.before)


@pytest.fixture
def environment():
    it = Environment()
    yield it
    it.restore()


def said(load, *arguments):
    """Every problem of a load that must fail, one line each, without the folder."""
    with pytest.raises(ConfigError) as caught:
        load(*arguments)
    assert caught.value.problems
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    return [f"{Path(p.file).name}: {p.key}: {p.hint}" for p in caught.value.problems]


def the_one(problems):
    assert len(problems) == 1, problems
    return problems[0]


def config_with(tmp_path, *changes):
    """The example configuration with texts replaced, in a folder of its own."""
    return altered(EXAMPLE, tmp_path / "config.toml", *changes)


def altered(source, target, *changes):
    text = source.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    target.write_text(text, encoding="utf-8")
    return target


POSTED = 'requires = "s10_announced"'  # of the question s10_posted


def circular_with(tmp_path, *changes):
    shutil.copytree(W5827, tmp_path, dirs_exist_ok=True)
    altered(W5827 / "circular.toml", tmp_path / "circular.toml", *changes)
    return tmp_path


def roster_with(tmp_path, *changes, rows=()):
    altered(PHRAE / "roster.toml", tmp_path / "roster.toml", *changes)
    altered(PHRAE / "organisations.csv", tmp_path / "organisations.csv", *rows)
    return tmp_path


# What ships


def test_the_example_configuration_loads_as_it_is():
    bureau = load_bureau(load_config(EXAMPLE))
    assert bureau.office.province == "แพร่"
    assert bureau.office.address.endswith(".example")
    assert list(bureau.circulars) == ["w5827"]


def test_without_configuration_the_shipped_circulars_and_roster_are_there():
    circulars, roster = shipped()
    assert "w5827" in circulars
    assert len(roster.organisations) == 84
    assert shipped_bureau().roster == roster


def test_the_circular_says_what_the_letter_says():
    circular = load_circular(W5827)
    assert circular.number == "มท ๐๘๑๐.๗/ว ๕๘๒๗"
    assert circular.dated == datetime.date(2024, 11, 12)
    assert circular.department.to == ("dla0810_7@dla.go.th",)
    assert circular.department.dispatch == "approve"
    assert circular.deadlines.reporters == datetime.datetime(2024, 11, 29, 16, 30, tzinfo=BANGKOK)
    assert circular.deadlines.department.date() == datetime.date(2024, 12, 6)
    assert [q.key for q in circular.form.question] == ["s10_announced", "s10_posted", "s16_ordered", "s16_posted"]
    assert {q.kind for q in circular.form.question} == {Kind.TICK}
    assert [q.requires for q in circular.form.question] == [None, "s10_announced", None, "s16_ordered"]
    assert [remark.key for remark in circular.form.remark] == ["obstacles", "suggestions"]


def test_the_official_forms_mistakes_are_settings_told_to_staff():
    circular = load_circular(W5827)
    assert circular.form.question[0].group == "การจัดทำคำสั่งตามมาตรา 10"
    assert "การจัดทำประกาศตามมาตรา 10" in circular.form.question[0].group_aliases
    assert "X" in circular.form.no
    told = " ".join(circular.wording.remarks_for_staff)
    for oddity in ("X", "การจัดทำคำสั่งตามมาตรา 10", "ว ๔๘๒๙", "bit.ly", "Token Key"):
        assert oddity in told


def test_the_roster_of_phrae_is_84_organisations_each_with_one_reporter():
    roster = load_roster(PHRAE)
    shares = {c.reporter.key: len(c.reporter.organisations) for c in roster.contacts}
    assert shares == {
        "mueang-phrae": 18, "rong-kwang": 10, "long": 11, "sung-men": 13, "den-chai": 7, "song": 9,
        "wang-chin": 8, "nong-muang-khai": 6, "pao": 1, "town": 1,
    }  # fmt: skip
    assert {o.code for o in roster.organisations} == {c for k in roster.contacts for c in k.reporter.organisations}
    addresses = [a for reporter in roster.reporters for a in reporter.addresses]
    assert all(address.endswith(".example") for address in addresses)


def test_an_organisation_that_reports_for_itself_is_known_by_its_own_address_too():
    pao = load_roster(PHRAE).by_key["pao"]
    assert pao.addresses == ("pao@phrae.example", "saraban_02540101@lao.phrae.example")


def test_a_second_circular_needs_only_its_folder(tmp_path):
    config = config_with(tmp_path, ('circulars = ["w5827"]', f'circulars = ["w5827", "{WASTE}"]'))
    waste = load_bureau(load_config(config)).circulars["waste2568"]
    assert {q.kind for q in waste.form.question} == set(Kind) - {Kind.TICK, Kind.PROGRESS, Kind.CHOICES}
    assert waste.deadlines.department == datetime.datetime(2025, 7, 14, 16, 30, tzinfo=BANGKOK)


# Where values come from


def test_the_environment_overrides_the_file(tmp_path, environment):
    environment.set(
        RUAM_IMAP__PASSWORD="1234", RUAM_IMAP__PORT="993", RUAM_OFFICE__STAFF='["a@b.example", "c@d.example"]',
        RUAM_OFFICE__THAI_DIGITS="false", RUAM_CALENDAR__ADD='["2568-03-26"]',
    )  # fmt: skip
    config = load_config(config_with(tmp_path))
    assert config.imap.password.get_secret_value() == "1234"
    assert config.imap.port == 993
    assert config.imap.user == "ruam@phrae.example"
    assert office_of(config).staff == ("a@b.example", "c@d.example")
    assert office_of(config).thai_digits is False
    assert load_bureau(config).calendar.add == frozenset({datetime.date(2025, 3, 26)})


def test_a_password_may_stand_in_a_file_of_its_own(tmp_path, environment):
    (tmp_path / "imap").write_text("from file\n", encoding="utf-8")
    config = config_with(tmp_path, ('password = "change-me"', 'password_file = "imap"'))
    assert load_config(config).imap.password.get_secret_value() == "from file"
    environment.set(RUAM_IMAP__PASSWORD="from environment")
    assert load_config(config).imap.password.get_secret_value() == "from environment"


def test_no_password_is_ever_shown(tmp_path, environment):
    environment.set(RUAM_BOOKS__URL="postgresql://ruam:hidden-too@db.example/ruam")
    config = load_config(config_with(tmp_path, ("change-me", "hidden-word")))
    assert "hidden" not in repr(config) + str(config) + repr(config.model_dump(exclude={"books"}))
    environment.set(RUAM_SMTP__PASSWORD='["hidden"]', RUAM_SMTP__PASWORD="hidden", RUAM_BOOKS__URL="hidden")
    assert "hidden" not in "".join(said(load_config, config_with(tmp_path, ('"change-me"', "[1, 'hidden']"))))


def test_paths_are_relative_to_the_file_not_to_where_the_bot_was_started(tmp_path):
    shutil.copytree(WASTE, tmp_path / "waste")
    config = load_config(
        config_with(tmp_path, ('["w5827"]', '["waste"]'), ('"sqlite:///ruam.db"', '"sqlite:///a/b.db"'))
    )
    assert config.books.url == f"sqlite:///{tmp_path}/a/b.db"
    assert list(load_bureau(config).circulars) == ["waste2568"]


def test_without_a_word_on_books_they_lie_beside_the_file(tmp_path):
    config = load_config(config_with(tmp_path, ('[books]\nurl = "sqlite:///ruam.db"', "")))
    assert config.books.url == f"sqlite:///{tmp_path}/ruam.db"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:////var/ruam.db", "postgresql+psycopg://u@h.example/d"])
def test_other_database_urls_stay_as_written(tmp_path, url):
    assert load_config(config_with(tmp_path, ("sqlite:///ruam.db", url))).books.url == url


def test_a_byte_order_mark_does_no_harm(tmp_path):
    for name in ("roster.toml", "organisations.csv"):
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + (PHRAE / name).read_bytes().replace(b"\n", b"\r\n"))
    assert load_roster(tmp_path) == load_roster(PHRAE)


@pytest.mark.parametrize("written", ["2024-11-29T16:30:00", '"2567-11-29T16:30:00"', '"2024-11-29T16:30"'])
def test_years_may_be_buddhist_or_common_and_moments_may_stand_in_quotes(tmp_path, written):
    folder = circular_with(tmp_path, ("reporters = 2567-11-29T16:30:00", f"reporters = {written}"))
    assert load_circular(folder) == load_circular(W5827)


def test_a_leap_day_of_a_buddhist_year_is_written_in_quotes(tmp_path):
    assert "in quotes" in the_one(said(load_circular, circular_with(tmp_path, ("2567-11-12", "2567-02-29"))))
    folder = circular_with(tmp_path, ("2567-11-12", '"2567-02-29"'))
    assert load_circular(folder).dated == datetime.date(2024, 2, 29)


# Login by OAuth2

GOOGLE = '[oauth2]\nprovider = "google"\nclient_id = "app"\nclient_secret = "hush-7Q2w"\n'
MICROSOFT = '[oauth2]\nprovider = "microsoft"\nclient_id = "app"\ntenant = "phrae.example"\n'
NO_PASSWORD = ('password = "change-me"', "")


def with_oauth2(tmp_path, section, *changes):
    return config_with(tmp_path, NO_PASSWORD, ("[books]", f"{section}\n[books]"), *changes)


def test_oauth2_takes_the_place_of_the_password(tmp_path):
    config = load_config(with_oauth2(tmp_path, MICROSOFT))
    assert config.imap.oauth2 == config.oauth2
    assert config.oauth2.token_file == str(tmp_path / "oauth2-token.json")
    assert config.smtp.oauth2 is None  # it wants no login
    assert load_config(EXAMPLE).imap.oauth2 is None


@pytest.mark.parametrize(("password", "by_token"), [("", True), ("1234", False)])
def test_an_outgoing_server_with_a_password_of_its_own_keeps_it(tmp_path, password, by_token):
    login = ('user = ""                                     # empty', 'user = "ruam@phrae.example" # empty')
    config = load_config(with_oauth2(tmp_path, GOOGLE, login, ('password = ""', f'password = "{password}"')))
    assert (config.smtp.oauth2 is not None) is by_token
    assert config.smtp.password.get_secret_value() == password


def test_the_client_secret_may_stand_in_a_file_or_the_environment_and_is_never_shown(tmp_path, environment):
    (tmp_path / "secret").write_text("from-file\n")
    section = GOOGLE.replace('client_secret = "hush-7Q2w"', 'client_secret_file = "secret"\ntoken_file = "/var/t"')
    config = load_config(with_oauth2(tmp_path, section))
    assert config.oauth2.client_secret.get_secret_value() == "from-file"
    assert config.oauth2.token_file == "/var/t"
    environment.set(RUAM_OAUTH2__CLIENT_SECRET="from-environment")
    config = load_config(with_oauth2(tmp_path, GOOGLE))
    assert config.oauth2.client_secret.get_secret_value() == "from-environment"
    shown = f"{config} {config!r} {config.model_dump()} {config.imap.oauth2}"
    assert "from-environment" not in shown


@pytest.mark.parametrize(
    ("section", "problem"),
    [
        (GOOGLE.replace("google", "yahoo"), "oauth2.provider: \"yahoo\": write one of 'google' or 'microsoft'"),
        (GOOGLE.replace('client_id = "app"', ""), "oauth2: client_id is missing; write that of the application"),
        (GOOGLE.replace('client_secret = "hush-7Q2w"', ""), "oauth2: client_secret is missing; write the one"),
        (GOOGLE.replace("client_secret", "secret"), 'oauth2.secret: is not known here; did you mean "client_secret"?'),
        (GOOGLE.replace('"hush-7Q2w"', "7777"), "oauth2.client_secret: write text in quotes"),
        (GOOGLE.replace('client_secret = "hush-7Q2w"', 'client_secret_file = "no"'), "oauth2.client_secret_file: "),
        (MICROSOFT.replace('tenant = "phrae.example"', ""), "oauth2: tenant is missing; write your Microsoft 365"),
        (f'{MICROSOFT}client_secret = "hush-7Q2w"\n', "oauth2: client_secret is not used with Microsoft; leave it"),
        (f'{MICROSOFT}ca_file = "none"\n', "oauth2.ca_file: there is no file "),
        (f'{MICROSOFT}authority = "http://x"\n', 'oauth2.authority: "http://x": write an address such as "https'),
        (f'{MICROSOFT}[imap.oauth2]\nprovider = "google"\n', "imap.oauth2: is not known here"),
    ],
)
def test_a_mistake_in_oauth2_is_named_with_a_way_out(tmp_path, section, problem):
    found = the_one(said(load_config, with_oauth2(tmp_path, section)))
    assert f"config.toml: {problem}" in found
    assert "hush" not in found
    assert "7777" not in found


def test_a_mailbox_has_a_password_or_oauth2_and_not_both(tmp_path):
    file = config_with(tmp_path, ("[books]", f"{GOOGLE}\n[books]"))
    assert "the mailbox has a password and [oauth2] as well; keep one" in the_one(said(load_config, file))


# Microsoft Graph in the place of IMAP or SMTP

BY_GRAPH = 'kind = "graph"\nuser = "ruam@phrae.example"\n'


def by_graph(tmp_path, imap=BY_GRAPH, smtp=BY_GRAPH, oauth2=MICROSOFT):
    """An office at Microsoft 365: sections that name no server."""
    text = EXAMPLE.read_text(encoding="utf-8")
    file = tmp_path / "config.toml"
    file.write_text(f"{text.partition('[imap]')[0]}[imap]\n{imap}[smtp]\n{smtp}{oauth2}", encoding="utf-8")
    return file


def test_graph_needs_no_server_named_and_keeps_its_own_copies(tmp_path):
    config = load_config(by_graph(tmp_path))
    assert {(one.kind, one.host, one.port, one.audience) for one in (config.imap, config.smtp)} == {
        ("graph", "graph.microsoft.com", 443, "https://graph.microsoft.com")
    }
    assert config.imap.oauth2 == config.smtp.oauth2 == config.oauth2
    assert config.imap.copy_to_sent is False


def test_letters_may_go_by_graph_while_the_mailbox_is_read_by_imap(tmp_path):
    imap = 'host = "outlook.office365.com"\nuser = "ruam@phrae.example"\n'
    config = load_config(by_graph(tmp_path, imap))
    assert (config.imap.kind, config.imap.port, config.imap.audience, config.imap.copy_to_sent) == (
        "imap",
        993,
        "",
        False,
    )
    assert config.smtp.audience == "https://graph.microsoft.com"


@pytest.mark.parametrize(
    ("sections", "problem"),
    [
        ({"smtp": 'kind = "graph"\n'}, "smtp: user is missing; write the mailbox that sends"),
        ({"smtp": f'{BY_GRAPH}password = "x"\n'}, "smtp: password is not used with kind"),
        ({"smtp": f'{BY_GRAPH}security = "none"\n'}, "smtp: security is always"),
        ({"oauth2": GOOGLE}, 'kind = "graph" in [imap] needs [oauth2] with provider = "microsoft"'),
        (
            {"imap": 'kind = "pop"\nhost = "x"\nuser = "x"\n'},
            "imap.kind: \"pop\": write one of 'imap', 'graph' or 'gmail'",
        ),
    ],
)
def test_a_mistake_about_graph_is_named_with_a_way_out(tmp_path, sections, problem):
    assert problem in the_one(said(load_config, by_graph(tmp_path, **sections)))


# The Gmail API in the place of IMAP or SMTP

BY_GMAIL = 'kind = "gmail"\nuser = "ruam@phrae.example"\n'
BY_KEY = '[oauth2]\nprovider = "google"\nservice_account_file = "key.json"\nsubject = "ruam@phrae.example"\n'


@pytest.mark.parametrize("oauth2", [GOOGLE, BY_KEY])
def test_gmail_needs_no_server_named_and_keeps_its_own_copies(tmp_path, oauth2):
    config = load_config(by_graph(tmp_path, BY_GMAIL, BY_GMAIL, oauth2))
    assert {(one.kind, one.host, one.port, one.audience) for one in (config.imap, config.smtp)} == {
        ("gmail", "gmail.googleapis.com", 443, "")
    }
    assert config.imap.oauth2 == config.smtp.oauth2 == config.oauth2
    assert config.imap.copy_to_sent is False
    assert config.oauth2.service_account_file in ("", str(tmp_path / "key.json"))


@pytest.mark.parametrize(
    ("sections", "problem"),
    [
        ({"smtp": 'kind = "gmail"\n'}, "smtp: user is missing; write the mailbox that sends"),
        ({"smtp": f'{BY_GMAIL}security = "none"\n'}, 'smtp: security is always "tls" with kind = "gmail"'),
        ({"oauth2": MICROSOFT}, 'kind = "gmail" in [imap] needs [oauth2] with provider = "google"'),
        ({"imap": BY_GRAPH, "oauth2": GOOGLE}, 'kind = "graph" in [imap] needs [oauth2] with provider = "microsoft"'),
        (
            {"oauth2": BY_KEY.replace("google", "microsoft")},
            "oauth2: service_account_file and subject are used with Google",
        ),
        (
            {"oauth2": BY_KEY.replace('subject = "ruam@phrae.example"', "")},
            "oauth2: service_account_file and subject belong",
        ),
        ({"oauth2": f'{BY_KEY}client_id = "app"\n'}, "oauth2: a service account needs no client_id"),
    ],
)
def test_a_mistake_about_gmail_is_named_with_a_way_out(tmp_path, sections, problem):
    given = {"imap": BY_GMAIL, "smtp": BY_GMAIL, "oauth2": GOOGLE} | sections
    file = by_graph(tmp_path, **given)
    assert problem in the_one(said(load_config, file))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('lang = "en"', 'lang = "th"'), encoding="utf-8")
    if sections.keys() == {"oauth2"}:
        assert thai_share(the_one(said(load_config, file)).partition(": ")[2]) > 0.2


# What is wrong in the configuration


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('slug = "phrae"', 'slug = "Phrae 1"', 'office.slug: "Phrae 1": write at most 31 small letters'),
        ('slug = "phrae"', "", 'office.slug: is missing; write slug = "..."'),
        ('staff = ["staff@phrae.example"]', "", 'office.staff: is missing; write staff = ["..."]'),
        ('staff = ["staff@phrae.example"]', 'staff = "x@y.example"', 'office.staff: "x@y.example": write a list'),
        ('staff = ["staff@phrae.example"]', "staff = []", "office.staff: write at least 1 item(s)"),
        (
            '["staff@phrae.example"]',
            '["staff at phrae"]',
            'office.staff[1]: "staff at phrae" is no mail address; write',
        ),
        ('["staff@phrae.example"]', '["ruam@phrae.example"]', "office: staff holds the bot's own address"),
        ("poll_seconds = 60", "pol_seconds = 60", 'imap.pol_seconds: is not known here; did you mean "poll_seconds"?'),
        ("poll_seconds = 60", "poll_seconds = -1", "imap.poll_seconds: -1: write a number greater than 0"),
        ("port = 1143", "port = 70000", "imap.port: 70000: write a number of at most 65535"),
        ("port = 1143", 'port = "mail"', 'imap.port: "mail": write a whole number'),
        ('security = "none"', 'security = "ssl"', "imap.security: \"ssl\": write one of 'tls', 'starttls' or 'none'"),
        ('password = "change-me"', "", "imap.password: is missing; write password = "),
        ("thai_digits = true", 'thai_digits = "perhaps"', 'office.thai_digits: "perhaps": write true or false'),
        ("add = []", "add = [2567-11-99]", "add = [2567-11-99]: there is no such day"),
        ("add = []", 'add = ["soon"]', 'calendar.add[1]: "soon": write a day such as 2567-11-29'),
        ("[calendar]", "[calender]", 'calender: is not known here; did you mean "calendar"?'),
        ("[smtp]", "[smtp", ", [smtp: close the name of the section by a bracket, such as [imap]"),
        ('"sqlite:///ruam.db"', '"ruam.db"', "books.url: write "),
        ('# ca_file = "ca.pem"', 'ca_file = "ca.pem"', "imap.ca_file: there is no file "),
        ('password = "change-me"', 'password_file = "none"', "imap.password_file: "),
        ('password = ""', 'password = ""\npassword_file = "x"', "smtp.password_file: stands beside password; keep one"),
    ],
)
def test_each_mistake_in_the_configuration_names_file_key_and_what_to_write(tmp_path, old, new, problem):
    line = the_one(said(load_config, config_with(tmp_path, (old, new))))
    assert line.startswith("config.toml: ")
    assert problem in line


def test_a_syntax_error_names_its_line(tmp_path):
    assert "line 11" in the_one(said(load_config, config_with(tmp_path, ("province =", "province "))))


def test_a_whole_missing_section_is_asked_for(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("", encoding="utf-8")
    assert said(load_config, file) == [
        f"config.toml: {name}: is missing; write the section [{name}]" for name in ("office", "imap", "smtp")
    ]


def test_several_mistakes_are_told_at_once(tmp_path):
    changes = [
        ("port = 1143", "port = 0"),
        ('user = "ruam@phrae.example"', ""),
        ("timeout_seconds = 60", 'timeout = "1"'),
    ]
    keys = [line.split(": ")[1] for line in said(load_config, config_with(tmp_path, *changes))]
    assert sorted(keys) == ["imap.port", "imap.user", "smtp.timeout"]


def test_a_file_that_is_not_there_or_not_utf8_is_named(tmp_path):
    assert "No such file" in the_one(said(load_config, tmp_path / "config.toml"))
    assert "Is a directory" in the_one(said(load_config, tmp_path))
    (tmp_path / "config.toml").write_bytes('province = "แพร่"'.encode("cp874"))
    assert "save it as UTF-8" in the_one(said(load_config, tmp_path / "config.toml"))


def test_an_empty_password_file_is_a_mistake(tmp_path):
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    file = config_with(tmp_path, ('password = "change-me"', 'password_file = "empty"'))
    assert "is empty; write the password into it" in the_one(said(load_config, file))


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("RUAM_IMAP__PORT", "x", 'RUAM_IMAP__PORT: "x": write a whole number'),
        ("RUAM_IMPA__PORT", "993", 'RUAM_IMPA__PORT: there is no such section; did you mean "IMAP"?'),
        ("RUAM_IMAP__PORTT", "993", 'RUAM_IMAP__PORTT: is not known here; did you mean "port"?'),
        ("RUAM_OFFICE__STAFF", "a@b.example", "write lists as JSON"),
        ("RUAM_SMTP__PASSWORD_FILE", "nowhere", "RUAM_SMTP__PASSWORD_FILE: "),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(tmp_path, environment, name, value, problem):
    environment.set(**{name: value})
    line = the_one(said(load_config, config_with(tmp_path)))
    assert line.startswith("environment: ")
    assert problem in line


def test_a_folder_that_is_not_there_is_named_with_the_shipped_ones(tmp_path):
    config = load_config(config_with(tmp_path, ('["w5827"]', '["w5872", "no/where"]'), ('"phrae"  ', '"phrae"')))
    lines = said(load_bureau, config)
    assert [line.split(": ")[1] for line in lines] == ["office.circulars"] * 2
    assert all("there is no folder" in line and "w5827" in line for line in lines)
    config = load_config(config_with(tmp_path, ('roster = "phrae"', 'roster = "prae"')))
    assert "office.roster: there is no folder" in the_one(said(load_bureau, config))


def test_two_circulars_with_one_slug_are_refused(tmp_path):
    shutil.copytree(W5827, tmp_path / "copy")
    config = load_config(config_with(tmp_path, ('["w5827"]', '["w5827", "copy"]')))
    assert 'office.circulars: "copy" has the slug "w5827"' in the_one(said(load_bureau, config))


@pytest.mark.parametrize(
    ("only", "hint"),
    [
        ('["ทน."]', 'the roster has nobody of type "ทน."; write some of: อบจ., ทม., ทต., อบต.'),
        ('["อบจ.", "ทม.", "ทต.", "อบต."]', "names every type that the roster has; remove it"),
    ],
)
def test_a_question_is_asked_of_types_that_the_roster_has(tmp_path, only, hint):
    (tmp_path / "mine").mkdir()
    altered(EVERY / "circular.toml", tmp_path / "mine" / "circular.toml", ('only = ["อบจ.", "ทม."]', f"only = {only}"))
    config = load_config(config_with(tmp_path, ('["w5827"]', '["mine"]')))
    assert the_one(said(load_bureau, config)) == f"circular.toml: form.question[transfer].only: {hint}"


def test_the_bot_does_not_write_to_itself(tmp_path):
    config = load_config(config_with(tmp_path, ('address = "ruam@phrae', 'address = "long@district.phrae')))
    assert "is also an address of the roster's reporter long" in the_one(said(load_bureau, config))


def test_mistakes_in_roster_and_circulars_are_told_together(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    circular_with(tmp_path / "a", ("09:00:00", '"nine"'))
    roster_with(tmp_path / "b", ('province = "แพร่"', ""))
    config = load_config(config_with(tmp_path, ('["w5827"]', '["a"]'), ('roster = "phrae"', 'roster = "b"')))
    assert [line.split(": ")[1] for line in said(load_bureau, config)] == ["province", "reminders.at"]


# What is wrong in a circular


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("reporters = 2567-11-29T16:30:00", "reporters = 2567-12-05T16:30:00", "deadlines: the moments must follow"),
        (
            "reporters = 2567-11-29T16:30:00",
            'reporters = "Friday"',
            'deadlines.reporters: "Friday": write a moment such',
        ),
        (
            "reporters = 2567-11-29T16:30:00",
            "",
            "deadlines.reporters: is missing; write reporters = 2567-11-29T16:30:00",
        ),
        ("dated = 2567-11-12", "dated = 2567-11-22", "dated = 2024-11-22 is later than deadlines.opens"),
        ('"dla0810_7@dla.go.th"]', '"dla0810_7.dla.go.th"]', "department.to[1]: "),
        (
            'dispatch = "approve"',
            'dispatch = "later"',
            "department.dispatch: \"later\": write one of 'approve' or 'auto'",
        ),
        (
            'dispatch = "approve"',
            'attachment = "form"',
            'department.attachment: is not known here; write attachments, a list such as ["report"] or ["form"]',
        ),
        ('dispatch = "approve"', 'attachments = ["PDF"]', "department.attachments[1]: \"PDF\": write one of 'report'"),
        ('dispatch = "approve"', "attachments = []", "department.attachments: write at least 1 item(s)"),
        ('dispatch = "approve"', 'attachments = ["form", "report"]', "department: attachments holds report and form"),
        ('dispatch = "approve"', 'attachments = ["pdf", "pdf"]', "department: attachments names one twice"),
        ('dispatch = "approve"', 'attachments = ["report", "cover"]', "write wait_for_number = true beside it"),
        ('dispatch = "approve"', 'dispatch = "auto"\nwait_for_number = true', "wait_for_number needs a person"),
        ("working_days_before = 1 ", "working_days_before = 0 ", "letter: working_days_before = 0 is too late"),
        ("wait = false ", 'wait = "number" ', 'letter.wait: "number": write true or false'),
        (
            "for_districts = ",
            "for_district = ",
            'letter.for_district: is not known here; did you mean "for_districts"?',
        ),
        ("at = 2567-10-29", "", "baseline: national needs the day of its figures; write at = 2567-10-29"),
        ("at = 2567-10-29", "at = 2567-11-21", "baseline.at = 2024-11-21 is later than deadlines.opens"),
        (
            "s16_posted = 73.85",
            "s17_posted = 73.85",
            'baseline.national: "s17_posted" is no tick question that all are asked; write one of: ',
        ),
        (
            "s16_posted = 73.85",
            "s16_posted = 173.85",
            "baseline.national.s16_posted: 173.85: write a number of at most 100",
        ),
        ("at = 2567-10-29", 'at = 2567-10-29\nquestions = ["obstacles"]', 'baseline.questions: "obstacles" is no tick'),
        ("[5, 2, 1]", "[5, 5]", "reminders: working_days_before holds a day twice"),
        ("[5, 2, 1]", "[-1]", "reminders.working_days_before[1]: -1: write a number of at least 0"),
        ('kind = "tick"', 'kind = "tik"', "form.question[s10_announced].kind: \"tik\": write one of 'tick'"),
        ('key = "s10_posted"', 'key = "S10"', 'form.question[S10].key: "S10": write small letters'),
        ('requires = "s10_announced"', 'requires = "s10"', 'form: requires = "s10" in "s10_posted" must name a tick'),
        ('requires = "s10_announced"', 'requires = "s10_posted"', "form.question[s10_posted]: requires itself"),
        (POSTED, 'pattern = "{number}"', "form.question[s10_posted]: write pattern = "),
        (
            'kind = "tick"',
            'kind = "text"\npattern = "{number}"\nexample = "ก"',
            'form.question[s10_announced]: example = "ก" is not written in the form of pattern',
        ),
        (
            'kind = "tick"',
            'kind = "text"\npattern = "{day}"\nexample = "1"',
            "form.question[s10_announced]: pattern: {day} is not known; write {number}",
        ),
        (
            'kind = "tick"',
            'kind = "progress"\nchoices = ["ก", "ข"]',
            'write choices = ["done", "under way", "not done"]',
        ),
        (
            'kind = "tick"',
            'kind = "choice"\nchoices = ["ก", "ข"]\nother = "ก"',
            "other is one of choices; write it once",
        ),
        (
            'kind = "tick"',
            'kind = "choices"\nchoices = ["ก", "ข; ค"]',
            "a colon or semicolon within a choice would part it",
        ),
        (POSTED, 'other = "ก"', 'other belongs to kinds "choice" and "choices" only'),
        (POSTED, 'at_most = "s10_announced"', 'form: at_most = "s10_announced" in "s10_posted" must name another'),
        (POSTED, "not_after = 2567-11-29", 'form.question[s10_posted]: not_before and not_after belong to kind "date"'),
        (POSTED, 'not_after = "now"', "form.question[s10_posted].not_after: write a day such as 2567-11-29"),
        (
            POSTED,
            'asked_if = { question = "obstacles", is = true }',
            'form: asked_if of "s10_posted" names "obstacles", which is no question of kind tick, choice, choices, progress',
        ),
        (
            POSTED,
            'asked_if = { question = "s10_announced", is = "แล้ว" }',
            'form: asked_if of "s10_posted": is = "แล้ว" is no answer to "s10_announced"; write true or false',
        ),
        (
            POSTED,
            'asked_if = { question = "s10_announced", is = 1 }',
            "form.question[s10_posted].asked_if.is: write is = true, is = false or, of a choice",
        ),
        (
            POSTED,
            'asked_if = { question = "s10_announced" }',
            "form.question[s10_posted].asked_if.is: is missing; write is = true",
        ),
        (
            POSTED,
            'asked_if = { question = "s10_posted", is = true }',
            'form: asked_if of "s10_posted" leads in a circle',
        ),
        (
            POSTED,
            'requires = "s10_announced"\nasked_if = { question = "s10_announced", is = true }',
            "form.question[s10_posted]: write asked_if or requires, not both",
        ),
        (
            'key = "s16_posted"',
            'key = "s16_posted"\nonly = "อบต."',
            'baseline.national: "s16_posted" is no tick question that all are asked',
        ),
        ('key = "suggestions"', 'key = "obstacles"', 'form: key "obstacles" stands twice'),
        ('key = "suggestions"', 'keys = "suggestions"', "form.remark[2].key: is missing"),
        ('blank = "missing"', 'blanc = "missing"', 'form.blanc: is not known here; did you mean "blank"?'),
        ('no = ["X"]', 'no = ["/"]', 'form.yes and form.no both hold "/"'),
        ('sheet = "แบบรายงาน"', 'sheet = "แบบ/รายงาน"', "form.sheet must have 1 to 31 characters"),
        ('label = "จัดทำประกาศแล้ว"', 'label = "ลงข้อมูลในระบบ info.go.th"', "two columns are headed"),
    ],
)
def test_each_mistake_in_a_circular_names_file_key_and_what_to_write(tmp_path, old, new, problem):
    lines = said(load_circular, circular_with(tmp_path, (old, new)))
    assert all(line.startswith("circular.toml: ") for line in lines)
    assert any(problem in line for line in lines), lines


@pytest.mark.parametrize(
    ("units", "problem"),
    [
        ('{ "กก." = 0 }', 'form.question[tons].units: write units = { "กก." = 0.001 }'),
        ('{ "กก." = "0.001" }', 'form.question[tons].units: write units = { "กก." = 0.001 }'),
        ('["กก."]', "form.question[tons].units"),
        ('{ "เข่ง" = 0.02 }', 'form.question[tons].units: "เข่ง" is no unit that is known'),
        ('{ "ตัน" = 1 }', 'form.question[tons].units: "ตัน" is the unit that is asked for; remove it'),
        ('{ "กก." = 0.001, "กิโลกรัม" = 1000 }', 'form.question[tons].units: "กิโลกรัม" stands twice, with two factors'),
    ],
)
def test_each_mistake_in_units_says_what_to_write(tmp_path, units, problem):
    altered(EVERY / "circular.toml", tmp_path / "circular.toml", ('units = { "กก." = 0.001 }', f"units = {units}"))
    assert problem in the_one(said(load_circular, tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            'key = "plan"\nlabel = "แผนจัดการขยะของอำเภอ"',
            'key = "order"\nlabel = "แผน"',
            'attachment: key "order" stands twice',
        ),
        ('aliases = ["คำสั่ง"]', 'aliases = ["แผนจัดการขยะ"]', 'attachment[order]: "แผนจัดการขยะ" also means another one'),
        ('kinds = ["pdf"]', 'kinds = ["gif"]', "attachment[plan].kinds"),
        ('of = "reporter"', 'of = "district"', "attachment[plan].of: \"district\": write one of 'organisation'"),
    ],
)
def test_each_mistake_in_files_says_what_to_write(tmp_path, old, new, problem):
    altered(EVERY / "circular.toml", tmp_path / "circular.toml", (old, new))
    assert problem in the_one(said(load_circular, tmp_path))


def test_a_form_without_questions_is_told_how_to_begin_one(tmp_path):
    (tmp_path / "circular.toml").write_text('[form]\ntitle = "แบบ"\n', encoding="utf-8")
    lines = said(load_circular, tmp_path)
    assert "circular.toml: form.question: is missing; write [[form.question]]" in lines
    assert "circular.toml: department: is missing; write the section [department]" in lines


def test_a_folder_without_a_circular_is_named(tmp_path):
    assert "circular.toml: : cannot be read (No such file" in the_one(said(load_circular, tmp_path))


# What is wrong in a roster

LONG = '[[reporter]]\nkey = "long"'


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('key = "long"', 'key = "song"', "reporter[song].key: is used twice"),
        (
            'district = "ลอง"',
            'district = "ลอ"',
            'reporter[long].district: no organisation lies in "ลอ"; did you mean "ลอง"?',
        ),
        ('district = "ลอง"', 'district = "สอง"', "reporter: long and song both answer for เทศบาลตำบลสอง (5540601)"),
        ('district = "ลอง"', 'district = "ลอง"\norganisations = ["5540301"]', "reporter[long]: write either district"),
        ('district = "ลอง"', "", "reporter[long]: write either district"),
        (
            'organisations = ["2540101"]',
            'organisations = ["254"]',
            "reporter[pao].organisations: no organisation has the",
        ),
        (
            'organisations = ["2540101"]',
            'organisations = ["4540102"]',
            "reporter: pao and town both answer for เทศบาลเมือง",
        ),
        ('"long@district.phrae.example"', '"long@district"', 'reporter[long].addresses[1]: "long@district" is no mail'),
        ('"chief.long@district.phrae.example"', '"chief"', "reporter[long].chief: "),
        ('salutation = "นายอำเภอลอง"', "", "reporter[long].salutation: is missing"),
    ],
)
def test_each_mistake_in_a_roster_names_file_key_and_what_to_write(tmp_path, old, new, problem):
    lines = said(load_roster, roster_with(tmp_path, (old, new)))
    assert all(line.startswith("roster.toml: ") for line in lines)
    assert any(problem in line for line in lines), lines


def test_an_organisation_without_a_reporter_is_named_with_the_way_out(tmp_path):
    block = '\n[[reporter]]\nkey = "town"'
    text = (PHRAE / "roster.toml").read_text(encoding="utf-8")
    (tmp_path / "roster.toml").write_text(
        text[: text.index(block)].replace('district = "เมืองแพร่"', 'organisations = ["5540103"]'), encoding="utf-8"
    )
    shutil.copy(PHRAE / "organisations.csv", tmp_path)
    line = the_one(said(load_roster, tmp_path))
    assert "nobody answers for ทม.แพร่, ทต.ทุ่งโฮ้ง, ทต.แม่หล่าย and 15 more; " in line
    assert line.endswith('or a reporter for district "เมืองแพร่"')


@pytest.mark.parametrize(
    ("written", "hint"), [("ลองง", 'did you mean "ลอง"?'), ("น่าน", "write one of: เมืองแพร่, ร้องกวาง")]
)
def test_a_wrong_district_of_a_reporter_is_one_line(tmp_path, written, hint):
    line = the_one(said(load_roster, roster_with(tmp_path, ('district = "ลอง"', f'district = "{written}"'))))
    assert f'reporter[long].district: no organisation lies in "{written}"; {hint}' in line


def test_a_district_that_nobody_answers_for_is_told_beside_another_one_written_wrong(tmp_path):
    block = "\n[[reporter]]" + (PHRAE / "roster.toml").read_text(encoding="utf-8").split("[[reporter]]")[2]
    lines = said(load_roster, roster_with(tmp_path, ('district = "ลอง"', 'district = "ลองง"'), (block, "\n")))
    assert len(lines) == 2
    assert 'a reporter for district "ร้องกวาง"' in lines[1]


def test_a_reporter_may_have_no_address_yet(tmp_path):
    roster = load_roster(roster_with(tmp_path, ('addresses = ["long@district.phrae.example"]\n', "")))
    assert roster.unaddressed == ("อำเภอลอง",)


def test_an_organisation_whose_status_has_changed_keeps_its_key_and_is_known_by_its_present_code_too(tmp_path):
    text = (PHRAE / "organisations.csv").read_text(encoding="utf-8").splitlines()
    rows = [f"{line},{'5540399' if '6540307' in line else ''}" for line in text[1:]]
    (tmp_path / "organisations.csv").write_text("\n".join([text[0] + ",present_code", *rows]), encoding="utf-8")
    shutil.copy(PHRAE / "roster.toml", tmp_path)
    register = Register(load_roster(tmp_path).organisations)
    assert register.resolve("5540399").codes == register.resolve("6540307").codes == ("6540307",)


def test_an_organisation_that_a_reporter_names_leaves_its_district(tmp_path):
    folder = roster_with(tmp_path, ('organisations = ["4540102"]', 'organisations = ["4540102", "5540103"]'))
    shares = {c.reporter.key: c.reporter.organisations for c in load_roster(folder).contacts}
    assert shares["town"] == ("4540102", "5540103")
    assert "5540103" not in shares["mueang-phrae"]


def test_a_district_whose_organisations_all_have_other_reporters_is_a_mistake(tmp_path):
    everyone = [o.code for o in load_roster(PHRAE).organisations if o.district == "ลอง"]
    change = ('["4540102"]', str(["4540102", *everyone]))
    line = the_one(said(load_roster, roster_with(tmp_path, change)))
    assert "roster.toml: reporter[long]: all organisations of its district have other reporters" in line


def test_one_clerk_may_serve_several_reporters(tmp_path):
    change = ('"song@district.phrae.example"', '"long@district.phrae.example"')
    assert load_roster(roster_with(tmp_path, change))


ROW = "ลอง,ทต.,เทศบาลตำบลห้วยอ้อ,ทต.ห้วยอ้อ,5540302,saraban_05540302@lao.phrae.example"


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        (ROW.replace("5540302,", "5540301,"), 'row 33, column code: "5540301" stands in row 32 too; give each'),
        (ROW.replace("ห้วยอ้อ", "บ้านปิน"), 'row 33, column official_name: "เทศบาลตำบลบ้านปิน" stands in row 32 too'),
        (ROW.replace("@lao", " at "), 'row 33, column addresses[1]: "saraban_05540302" is no mail address'),
        (ROW.replace("ทต.,", "อปท.,"), "row 33, column type: \"อปท.\": write one of 'อบจ.'"),
        (ROW.replace("ทต.,", "อบต.,"), "row 33: an official_name of type อบต. begins with องค์การบริหารส่วนตำบล"),
        (ROW.replace("ลอง", "อำเภอลอง"), "row 33: write the district without อำเภอ: ลอง"),
        (ROW.replace("5540302,", ","), "row 33, column code: "),
        (ROW + ",x", "row 33: has 7 cells; write 6"),
        ("ลอง", "row 33: has 1 cells; write 6"),
        (ROW.replace("ทต.ห้วยอ้อ", '"ทต.ห้วยอ้อ'), "this is no table of comma separated values"),
    ],
)
def test_each_mistake_in_the_table_names_row_and_column(tmp_path, new, problem):
    lines = said(load_roster, roster_with(tmp_path, rows=[(ROW, new)]))
    assert all(line.startswith("organisations.csv: ") for line in lines)
    assert any(problem in line for line in lines), lines


def test_the_table_may_have_blank_rows_and_several_addresses_in_a_cell(tmp_path):
    change = (ROW, ",,,,,\n\n" + ROW + " Clerk@free.example;x@y.example")
    roster = load_roster(roster_with(tmp_path, rows=[change]))
    assert roster.own_addresses["5540302"] == (
        "saraban_05540302@lao.phrae.example",
        "clerk@free.example",
        "x@y.example",
    )


def test_an_organisation_may_have_no_address_of_its_own(tmp_path):
    roster = load_roster(roster_with(tmp_path, rows=[(ROW, ROW.partition("saraban")[0])]))
    assert roster.by_key["5540302"].addresses == ()


@pytest.mark.parametrize("header", ["district;type;official_name;short_name;code;addresses", "district,type,name", ""])
def test_a_table_with_other_columns_is_told_the_right_ones(tmp_path, header):
    folder = roster_with(tmp_path, rows=[("district,type,official_name,short_name,code,addresses", header)])
    line = the_one(said(load_roster, folder))
    assert line.startswith("organisations.csv: row 1: has the columns ")
    assert line.endswith("; write district, type, official_name, short_name, code, addresses")


def test_a_table_in_an_old_thai_encoding_is_told_how_to_save_it(tmp_path):
    roster_with(tmp_path)
    (tmp_path / "organisations.csv").write_bytes((PHRAE / "organisations.csv").read_bytes().decode().encode("cp874"))
    assert 'save it as UTF-8 (in Excel: "CSV UTF-8")' in the_one(said(load_roster, tmp_path))


def test_a_table_without_rows_is_a_mistake(tmp_path):
    roster_with(tmp_path)
    (tmp_path / "organisations.csv").write_text(
        "district,type,official_name,short_name,code,addresses\n", encoding="utf-8"
    )
    assert "row 2: is missing" in the_one(said(load_roster, tmp_path))


def test_mistakes_in_both_files_of_a_roster_are_told_together(tmp_path):
    folder = roster_with(tmp_path, ('province = "แพร่"', ""), rows=[(ROW, ROW + ",x")])
    assert [line.split(": ")[0] for line in said(load_roster, folder)] == ["roster.toml", "organisations.csv"]
