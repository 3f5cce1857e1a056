"""A service account that acts as a mailbox of Google Workspace: a token by its key, and nobody signs in."""

import json

import pytest

from bot.post.exceptions import Permanent, Transient
from bot.post.login.oauth2 import access_token, authorize
from tests.setup.token_server import USER


@pytest.fixture
def by_key(tokens, tmp_path):
    """Settings without any token file yet."""
    key = tokens.delegate(tmp_path)
    return tokens.settings(
        tmp_path, "google", client_id="", client_secret="", service_account_file=str(key), subject=USER
    )


def test_a_token_is_for_the_mailbox_and_kept_for_its_hour(tokens, by_key):
    token = access_token(by_key)
    assert tokens.accepts(USER, token)
    assert access_token(by_key) == token
    assert len(tokens.asked) == 1
    assert [path for path, _ in tokens.asked] == ["/token"], (
        "asked of the token server of the settings, whatever the key says"
    )


def test_a_token_that_was_refused_early_is_asked_for_again(tokens, by_key):
    token = access_token(by_key)
    tokens.expire()
    assert tokens.accepts(USER, access_token(by_key, refused=token))


def test_tokens_of_another_subject_are_not_taken_for_ours(tokens, by_key):
    token = access_token(by_key)
    other = by_key.model_copy(update={"subject": "other@phrae.example"})
    assert access_token(other) != token
    assert tokens.accepts("other@phrae.example", access_token(other))


def test_what_was_not_delegated_is_told_with_a_way_out(tokens, by_key):
    tokens.delegates.clear()
    with pytest.raises(Permanent, match="unauthorized_client") as caught:
        access_token(by_key)
    assert "domain-wide delegation" in caught.value.next_step


def test_a_token_server_that_is_busy_is_waited_for(tokens, by_key):
    tokens.fail(503)
    with pytest.raises(Transient, match="503"):
        access_token(by_key)
    assert access_token(by_key)


@pytest.mark.parametrize("text", [None, "", "[]", '{"type": "service_account", "private_key": "hush"}'])
def test_a_key_that_is_none_is_told_without_what_was_read(by_key, tmp_path, text):
    file = tmp_path / "google-key.json"
    file.unlink() if text is None else file.write_text(text)
    with pytest.raises(Permanent, match=r"google-key\.json") as caught:
        access_token(by_key)
    assert "service_account_file" in caught.value.next_step
    assert "hush" not in str(caught.value)


def test_nobody_signs_in(by_key):
    with pytest.raises(Permanent, match="nobody signs in") as caught:
        authorize(by_key, USER, print, input)
    assert "ruam doctor" in caught.value.next_step


def test_neither_token_nor_key_is_shown(tokens, by_key):
    access_token(by_key)
    shown = f"{by_key} {by_key!r} {json.dumps(by_key.model_dump(mode='json'))}"
    assert not [secret for secret in tokens.secrets if secret in shown]
