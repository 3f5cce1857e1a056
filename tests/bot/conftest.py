"""An office on the embedded servers, for the tests of the commands and of what goes through the whole house."""

from pathlib import Path

import pytest

from tests.road.conftest import Clerk, OfficeFolder, Running

ROOT = Path(__file__).parent.parent.parent


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
    made.ruam("once", "--at", "2024-11-20T08:30")
    return made
