"""A new office in น่าน, begun as README says: ``ruam init`` and a filled workbook, on Dovecot and Postfix, up to the first request and its reply."""

import datetime
import email

import openpyxl
import pytest
from typer.testing import CliRunner

from bot.cli.common import opened_house
from bot.cli.main import app
from bot.config.load import load_bureau, load_config
from bot.office.model.bangkok_time import BANGKOK
from bot.post.imap.mailbox import Mailbox
from bot.post.smtp.sending import Outbox
from bot.service import single_pass
from tests.setup.name_server import NameServer
from tests.setup.real_mail import HOST, PASSWORD, STAFF

OFFICE = "nan.office@phrae.example"  # one of the domains that the servers know
DISTRICT = "nan.pua@amphoe.example"


@pytest.fixture
def nan(real_mail, certificates, monkeypatch):
    """The mailbox of the new office, in use for a while, and that of a district."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.ca))
    for address in (OFFICE, DISTRICT):
        real_mail.empty(address)
        real_mail.add_user(address)
    for number in range(3):
        raw = f"From: {DISTRICT}\r\nTo: {OFFICE}\r\nSubject: old {number}\r\nMessage-ID: <{number}@x.example>\r\n\r\nx\r\n"
        real_mail.submit(DISTRICT, OFFICE, raw.encode())
    real_mail.wait_for(OFFICE, 3)
    return real_mail


def ruam(*words, typed=""):
    done = CliRunner().invoke(app, [str(word) for word in words], input=typed, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_new_office_gets_to_its_first_request_and_old_mails_stay(nan, tmp_path):
    folder = tmp_path / "nan"
    with NameServer("") as names:
        typed = [
            "น่าน",
            OFFICE,
            f"{HOST}:{nan.imaps_port}",
            OFFICE,
            PASSWORD,
            "",
            f"{HOST}:{nan.smtps_port}",
            STAFF[0],
            "",
            "y",
        ]
        told = ruam("init", folder, "--lang", "en", "--dns", names.place, typed="".join(f"{line}\n" for line in typed))
    assert f"{HOST}:{nan.imaps_port} answers (tls)" in told
    assert "3 mails lie in this mailbox" in told
    assert "the mail to itself came in" in told
    config, workbook = folder / "config.toml", folder / "roster.xlsx"
    book = openpyxl.load_workbook(workbook)
    next(row for row in book["ผู้รายงาน"].iter_rows() if row[1].value == "อำเภอปัว")[3].value = DISTRICT
    book.save(workbook)
    assert f"อำเภอปัว: + {DISTRICT}" in ruam("roster", "import", workbook, "--yes", "--config", config)
    settings = load_config(config)
    bureau = load_bureau(settings)
    now = datetime.datetime.combine(bureau.circulars["practice"].deadlines.reporters.date(), datetime.time(10), BANGKOK)
    with opened_house(settings) as house, Mailbox(settings.imap) as mailbox:
        mailbox.ensure_folders()
        single_pass.once(house, mailbox, Outbox(settings.smtp), now)
    (request,) = nan.wait_for(DISTRICT, 1)
    assert email.message_from_bytes(request)["X-Ruam-Kind"] == "request"
    assert len(nan.mails_of(OFFICE)) == 3  # untouched
    kinds = [email.message_from_bytes(raw)["X-Ruam-Kind"] for raw in nan.wait_for(STAFF[0], 1)]
    assert "notice" in kinds  # that sixteen reporters have no address yet
