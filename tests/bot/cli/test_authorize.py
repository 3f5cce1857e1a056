"""``ruam authorize`` as it is typed."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.config.load import load_config
from bot.post.login.oauth2 import access_token
from tests.setup.token_server import CLIENT, TENANT

EXAMPLE = Path(__file__).parents[3] / "config.example.toml"
USER = "ruam@phrae.example"


@pytest.fixture
def config(tmp_path, tokens):
    """An office at Microsoft 365 whose token server is the test's."""
    file = tmp_path / "config.toml"
    section = f'[oauth2]\nprovider = "microsoft"\nclient_id = "{CLIENT}"\ntenant = "{TENANT}"\n'
    section += f'authority = "{tokens.url}"\nca_file = "{tokens.certificates.ca}"\n'
    text = EXAMPLE.read_text(encoding="utf-8").replace('password = "change-me"', "")
    file.write_text(text.replace("[books]", f"{section}\n[books]"), encoding="utf-8")
    return file


def authorize(file):
    return CliRunner().invoke(app, ["authorize", "--config", str(file)])


def test_a_person_is_told_where_to_enter_which_code(config, tokens):
    tokens.enter("CODE1", USER)  # the first that this server gives out
    done = authorize(config)
    assert done.exit_code == 0, done.output
    assert f"Sign in as {USER}." in done.output
    assert f"Open {tokens.url}/device in any browser, sign in, and enter the code CODE1" in done.output
    assert str(config.parent / "oauth2-token.json") in done.output
    assert tokens.accepts(USER, access_token(load_config(config).oauth2))
    assert [secret for secret in tokens.secrets if secret in done.output] == []


def test_a_refused_sign_in_is_exit_code_3(config, tokens):
    tokens.enter("CODE1", None)
    done = authorize(config)
    assert done.exit_code == 3
    assert "Sign in again: run `ruam authorize`." in done.output


def test_without_oauth2_in_the_configuration_that_is_said(config):
    done = authorize(EXAMPLE)
    assert done.exit_code == 2
    assert "no section [oauth2]" in done.output
