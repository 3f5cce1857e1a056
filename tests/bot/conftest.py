"""An office on the embedded servers, for the tests of the commands and of what goes through the whole house."""

import datetime
from pathlib import Path

import pytest

from bot.cli.common import opened_house
from bot.config.load import load_config
from bot.office.model.bangkok_time import BANGKOK
from bot.post.imap.mailbox import Mailbox
from bot.post.smtp.sending import Outbox
from bot.service import single_pass
from tests.road.conftest import Clerk, OfficeFolder, Running

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def _one_server_of_children(shared_children):
    with shared_children():
        yield


@pytest.fixture
def office(tmp_path):
    """Makes an office folder for given server settings."""
    return lambda imap, smtp: OfficeFolder(tmp_path, imap, smtp)


@pytest.fixture
def running():
    """Starts ``ruam run`` for an office."""
    return Running


@pytest.fixture
def clerk():
    """A robot reporter."""
    return Clerk


@pytest.fixture
def phrae(post_office, office):
    """An office on the embedded servers whose requests for w5827 have gone out."""
    made = office(
        f'host = "127.0.0.1"\nport = {post_office.imap_port}\nsecurity = "none"\n'
        f'user = "{post_office.user}"\npassword = "{post_office.password}"',
        f'host = "127.0.0.1"\nport = {post_office.smtp_port}\nsecurity = "none"',
    )
    made.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    # As `ruam once` does; within this process, since a new one takes a second or two for each test.
    settings = load_config(made.config)
    with opened_house(settings) as house, Mailbox(settings.imap) as mailbox:
        mailbox.ensure_folders()
        single_pass.once(house, mailbox, Outbox(settings.smtp), datetime.datetime(2024, 11, 20, 8, 30, tzinfo=BANGKOK))
    return made
