"""``ruam init`` as a new office goes through it: typed at a terminal against servers that answer, and what it leaves behind."""

import configparser
import datetime
import os
import shutil
import subprocess

import openpyxl
import pytest
from typer.testing import CliRunner

from bot.cli.common import opened_house
from bot.cli.main import app
from bot.config.load import load_bureau, load_config
from bot.demo.mail_servers import PostOffice
from bot.office.model.bangkok_time import BANGKOK
from bot.post.imap.mailbox import Mailbox
from bot.post.smtp.sending import Outbox
from bot.service import single_pass
from bot.setup.unit import Service, this_service, unit_text
from bot.setup.words import WORDS
from tests.setup.name_server import NameServer

OFFICE = "ruam@nan.example"
STAFF = "somsri@nan.example"
ZONE = """
nan.example MX 10 mail.nan.example.
nan.example TXT "v=spf1 mx -all"
"""


@pytest.fixture
def post():
    with PostOffice(OFFICE) as office:
        yield office


@pytest.fixture
def names():
    with NameServer(ZONE) as server:
        yield server


class NewOffice:
    """Types answers to ``ruam init``, one line each."""

    def __init__(self, folder, names):
        self.folder, self.names = folder, names

    def typed(self, *lines, lang="en"):
        words = ["init", str(self.folder), "--lang", lang, "--dns", self.names.place]
        return CliRunner().invoke(app, words, input="".join(f"{line}\n" for line in lines), catch_exceptions=False)

    def answered(self, text, lang="en"):
        file = self.folder.parent / "answers.toml"
        file.write_text(text, encoding="utf-8")
        words = ["init", str(self.folder), "--answers", str(file), "--lang", lang, "--dns", self.names.place]
        return CliRunner().invoke(app, words, catch_exceptions=False)


@pytest.fixture
def office(tmp_path, names):
    return NewOffice(tmp_path / "nan", names)


def ruam(*words):
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def test_from_the_first_question_to_the_first_request(office, post):
    imap, smtp = f"127.0.0.1:{post.imap_port}", f"127.0.0.1:{post.smtp_port}"
    done = office.typed("น่าน", OFFICE, imap, post.user, post.password, smtp, STAFF, "", "y")
    assert done.exit_code == 0, done.output
    assert "น่าน: 100 organisations, 17 reporters" in done.output
    assert "the mail to itself came in" in done.output
    assert "SPF of nan.example: v=spf1 mx -all" in done.output
    assert "nan.example has no DMARC" in done.output
    config = office.folder / "config.toml"
    assert config.stat().st_mode & 0o777 == 0o600
    # The workbook is filled in and taken in: the one file that a person writes into.
    workbook = office.folder / "roster.xlsx"
    book = openpyxl.load_workbook(workbook)
    for row in book["ผู้รายงาน"].iter_rows(min_row=4):
        if row[6].value:
            row[3].value = f"{row[6].value}@amphoe.example"
    book.save(workbook)
    assert ruam("roster", "import", workbook, "--yes", "--config", config).exit_code == 0
    settings = load_config(config)
    assert load_bureau(settings).roster.unaddressed == ()
    assert load_bureau(settings).office.slug == "nan"
    # The practice circular opened when it was made; within office hours, whatever hour it is here.
    opens = load_bureau(settings).circulars["practice"].deadlines.opens
    now = datetime.datetime.combine(opens.date() + datetime.timedelta(days=1), datetime.time(10), BANGKOK)
    while not load_bureau(settings).calendar.is_working(now.date()):
        now += datetime.timedelta(days=1)
    with opened_house(settings) as house, Mailbox(settings.imap) as mailbox:
        single_pass.once(house, mailbox, Outbox(settings.smtp), now)
    assert len(post.wait_for("d5505@amphoe.example", 1)) >= 1


def test_each_answer_is_tried_and_asked_again_with_the_reason(office, post):
    imap, smtp = f"127.0.0.1:{post.imap_port}", f"127.0.0.1:{post.smtp_port}"
    done = office.typed(
        *("นานน", "nan"),
        *("ruam", OFFICE),
        *("127.0.0.1:๗๐๐๐๐", "127.0.0.1:1", imap),
        *("nobody", "wrong", post.user, "wrong", post.user, post.password),
        *("127.0.0.1:x", smtp),
        *(OFFICE, "somsri@", STAFF),
        "",
        *("perhaps", "n"),
    )
    assert done.exit_code == 0, done.output
    for reason in (
        'there is no province "นานน"',
        '"ruam" is no mail address',
        "must be a number from 1 to 65535; usual is 993",
        "127.0.0.1:1 does not answer",
        "the server refuses this user or password",
        "must be a number from 1 to 65535; usual is 465",
        f"{OFFICE} is the bot's own address",
        '"somsri@" is no mail address',
        "answer y or n",
        "There is no circular yet",
    ):
        assert reason in done.output, reason
    assert post.password not in done.output
    assert load_bureau(load_config(office.folder / "config.toml")).circulars == {}


def test_mails_that_lie_in_the_mailbox_are_counted_and_a_day_may_be_named(office, post):
    for _ in range(12):
        post.deliver(b"From: a@b.example\r\nSubject: old\r\n\r\nx\r\n", "a@b.example", OFFICE)
    imap, smtp = f"127.0.0.1:{post.imap_port}", f"127.0.0.1:{post.smtp_port}"
    answers = ("nan", OFFICE, imap, post.user, post.password, "เมื่อวาน", "1 ธ.ค. 2567", smtp, STAFF, "", "")
    done = office.typed(*answers)
    assert done.exit_code == 0, done.output
    assert "12 mails lie in this mailbox. The bot will not touch them" in done.output
    assert '"เมื่อวาน" is no day' in done.output
    assert load_config(office.folder / "config.toml").imap.since == datetime.datetime(2024, 12, 1, tzinfo=BANGKOK)


def test_a_file_of_answers_asks_nobody(office, post):
    text = f"""
province = "nan"
address = "{OFFICE}"
imap = "127.0.0.1:{post.imap_port}"
user = "{post.user}"
password = "{post.password}"
smtp = "127.0.0.1:{post.smtp_port}"
staff = "{STAFF}"
"""
    refused = office.answered(text.replace(post.password, "wrong"))
    assert refused.exit_code == 1
    assert "password: the server refuses this user or password" in refused.output
    assert not office.folder.exists()
    away = office.answered(text.replace(str(post.smtp_port), "1"))
    assert away.exit_code == 3
    assert "smtp: 127.0.0.1:1 does not answer" in away.output
    assert office.answered(text).exit_code == 0
    again = office.answered(text)
    assert again.exit_code == 2
    assert "is there already" in again.output


def test_free_mail_is_told_and_its_domain_not_examined(office, post):
    imap, smtp = f"127.0.0.1:{post.imap_port}", f"127.0.0.1:{post.smtp_port}"
    with PostOffice("nan@gmail.com") as free:
        imap, smtp = f"127.0.0.1:{free.imap_port}", f"127.0.0.1:{free.smtp_port}"
        done = office.typed("nan", "nan@gmail.com", imap, free.user, free.password, smtp, STAFF, "", "", lang="th")
    assert done.exit_code == 0, done.output
    assert "gmail.com เป็นอีเมลฟรี" in done.output
    assert "imap.gmail.com:993" in done.output
    assert office.names.asked == []


def test_every_sentence_is_there_in_both_languages():
    for thai, english in WORDS.values():
        fields = [{part.split("}")[0] for part in text.split("{")[1:]} for text in (thai, english)]
        assert fields[0] == fields[1], english


def test_the_unit_has_absolute_paths_and_one_folder_to_write(tmp_path):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string(unit_text(tmp_path, Service("/opt/ruam/.venv/bin/ruam", "ruam", "ruam")))
    service = unit["Service"]
    assert service["ExecStart"] == f"/opt/ruam/.venv/bin/ruam run --config {tmp_path}/config.toml"
    assert service["ReadWritePaths"] == service["WorkingDirectory"] == str(tmp_path)
    assert service["ProtectSystem"] == "strict"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_nothing_wrong_with_it(tmp_path):
    file = tmp_path / "ruam.service"
    file.write_text(unit_text(tmp_path, Service(os.path.realpath("/bin/true"), "root", "root")), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False)
    assert [line for line in (done.stdout + done.stderr).splitlines() if "ruam.service" in line] == []


def test_the_unit_starts_the_program_that_made_it():
    command = this_service().command.split(" ")[0]
    assert os.access(command, os.X_OK)
