"""A mailbox at a scripted Gmail API, and the settings for both ways to it."""

import pytest

from bot.post.settings import ImapSettings, SmtpSettings
from tests.setup.gmail_server import GmailServer
from tests.setup.token_server import USER


@pytest.fixture
def gmail(tokens):
    """A running server with an empty mailbox."""
    with GmailServer(tokens) as server:
        yield server


@pytest.fixture
def oauth2(tokens, tmp_path):
    settings = tokens.settings(tmp_path, "google")
    tokens.sign_in(settings)
    return settings


@pytest.fixture
def place(gmail, certificates):
    """What both settings say of the server."""
    return {"kind": "gmail", "host": gmail.host, "port": gmail.port, "user": USER, "ca_file": str(certificates.ca)}


@pytest.fixture
def outgoing(place, oauth2):
    return SmtpSettings(**place, timeout_seconds=2.0).by_token(oauth2)


@pytest.fixture
def incoming(place, oauth2):
    return ImapSettings(**place, timeout_seconds=2.0, poll_seconds=1.0).by_token(oauth2)
