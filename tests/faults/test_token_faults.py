"""The daemon logging in by OAuth2 when tokens run out, are withdrawn, or cannot be got: it comes back by itself if it can."""

import time

import pytest

from tests.faults.scene import REPORTER, Once, scene
from tests.faults.test_mailbox_faults import MAIL, close, idle_then
from tests.setup.token_server import USER, imap_answers

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def play(tokens, tmp_path, sandbox, capfd):
    """A factory: the scene with a mailbox that takes tokens alone, and whose line breaks once in IDLE.

    No token may stand in what was said meanwhile.
    """

    def make(fault):
        """`fault` happens as the line breaks, so that the daemon meets it at its next login."""

        def broken(wire, tag, rest):
            fault()
            close(wire, tag, rest)

        oauth2 = tokens.settings(tmp_path)
        tokens.sign_in(oauth2)
        answers = {verb: (lambda _, answer=answer: answer) for verb, answer in imap_answers(tokens).items()}
        breaking = []
        answers["IDLE"] = lambda box: breaking.append(Once(idle_then(broken), box.idle)) or breaking[0]
        more = {"user": USER, "password": ""}
        return oauth2, breaking, scene(tmp_path, sandbox, imap=answers, imap_more=more, oauth2=oauth2)

    yield make
    log = "".join(capfd.readouterr())
    assert "action=" in log
    assert [secret for secret in tokens.secrets if secret in log] == []


def refusals(server):
    """Logins that ended with a NO: each is one whose reason was asked for with an empty line."""
    return sum(line == b"" for line in server.heard)


@pytest.mark.parametrize(
    ("name", "lifetime", "refused"),
    [("access token ran out", 60, 0), ("access token withdrawn before its end", 3600, 1)],
)
def test_a_mail_is_collected_after_the_token_ran_out_during_work(play, tokens, table, name, lifetime, refused):
    """One that is known to have run out is renewed before the login, one that is refused after it."""
    tokens.lifetime = lifetime
    _, breaking, scene_ = play(tokens.expire)
    with scene_ as here:
        here.until(lambda: breaking[0].at)
        tokens.lifetime = 3600
        here.box.deliver(MAIL)
        here.until(lambda: here.box.shelves and len(here.answers_to(REPORTER)) == 1)
        table.append((name, "renewed, answered once, put away", time.monotonic() - breaking[0].at))
        assert len(tokens.renewals) == 2
        assert refusals(here.imap) == refused
    assert tokens.renewals[0]["refresh_token"] != tokens.renewals[1]["refresh_token"]


@pytest.mark.parametrize("fault", [500, "hang"])
def test_a_token_server_in_trouble_is_waited_out(play, tokens, table, fault):
    def fail():
        tokens.expire()
        tokens.fail(fault, fault)

    _, breaking, scene_ = play(fail)
    with scene_ as here:
        here.until(lambda: breaking[0].at)
        here.box.deliver(MAIL)
        here.until(lambda: here.box.shelves and len(here.answers_to(REPORTER)) == 1)
        said = "answered once, put away"
        table.append((f"token server: {fault}, twice", said, time.monotonic() - breaking[0].at))
        assert len(tokens.renewals) == 4


def test_who_is_signed_out_goes_on_after_a_new_sign_in_without_a_restart(play, tokens, table):
    oauth2, breaking, scene_ = play(tokens.revoke)
    with scene_ as here:
        here.until(lambda: breaking[0].at)
        here.box.deliver(MAIL)
        here.until(lambda: len(tokens.renewals) >= 3)  # refused, and refused again
        assert here.box.shelves == {}
        tokens.sign_in(oauth2)
        at = time.monotonic()
        here.until(lambda: here.box.shelves and len(here.answers_to(REPORTER)) == 1)
        table.append(("signed out at the provider", "answered once after ruam authorize", time.monotonic() - at))
