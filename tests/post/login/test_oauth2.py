"""Tokens: a real token server over HTTPS, and mail servers that take what it gives out, Dovecot among them."""

import datetime
import multiprocessing
import socket
import stat
import threading
from functools import partial

import pytest

from bot.post.exceptions import Permanent, Transient
from bot.post.imap.mailbox import Mailbox
from bot.post.login.oauth2 import access_token, authorize
from bot.post.login.token_file import ROOM, Grant, TokenFile
from bot.post.smtp.sending import Outbox, Outgoing
from tests.post.conftest import imap_settings, smtp_settings
from tests.setup.real_mail import HOST
from tests.setup.scripted import imap_script
from tests.setup.token_server import USER, TokenServer, imap_answers, outgoing

PROVIDERS = ("microsoft", "google")
provider_of = pytest.mark.parametrize("provider", PROVIDERS)


def no_question(text):
    raise AssertionError(f"asked or told: {text}")


# -- tokens ------------------------------------------------------------------------------------------------------


@provider_of
def test_a_token_is_got_once_and_used_until_it_runs_out(tokens, tmp_path, provider):
    settings = tokens.settings(tmp_path, provider)
    first = tokens.sign_in(settings)
    token = access_token(settings)
    assert tokens.accepts(USER, token)
    assert access_token(settings) == token
    (asked,) = tokens.renewals
    assert asked["refresh_token"] == first
    assert asked["client_id"] == settings.client_id
    assert asked.get("client_secret", "") == settings.client_secret.get_secret_value()


def test_each_provider_is_asked_for_mail_alone(tokens, tmp_path):
    """The scopes that IMAP and SMTP need; Google renews what was granted at the sign-in."""
    settings = tokens.settings(tmp_path)
    tokens.sign_in(settings)
    access_token(settings)
    assert set(tokens.renewals[0]["scope"].split()) == {
        "https://outlook.office.com/IMAP.AccessAsUser.All",
        "https://outlook.office.com/SMTP.Send",
        "offline_access",
        "openid",
        "profile",
    }


@provider_of
def test_a_replaced_refresh_token_is_the_next_one_used_and_survives_a_restart(tokens, tmp_path, provider):
    settings = tokens.settings(tmp_path, provider)
    tokens.sign_in(settings)
    tokens.lifetime = 30  # less than the margin: each login needs a new one
    got = [access_token(settings) for _ in range(3)]
    assert len(set(got)) == 3
    used = [asked["refresh_token"] for asked in tokens.renewals]
    assert len(set(used)) == 3
    again = tokens.settings(tmp_path, provider)  # nothing is kept outside the file
    kept = TokenFile(again).read()
    assert kept.access_token == got[-1]
    assert list(tokens.refresh) == [kept.refresh_token]
    assert tokens.accepts(USER, access_token(again))


@provider_of
def test_a_refresh_token_that_is_not_replaced_is_kept(tokens, tmp_path, provider):
    settings = tokens.settings(tmp_path, provider)
    first = tokens.sign_in(settings)
    tokens.rotates = False
    access_token(settings)
    assert TokenFile(settings).read().refresh_token == first


def _in_a_process(settings, barrier, queue):
    barrier.wait(20)
    queue.put(access_token(settings))


def test_two_processes_and_many_threads_at_once_renew_once(tokens, tmp_path):
    settings = tokens.settings(tmp_path, timeout_seconds=20)
    tokens.sign_in(settings)
    spawn = multiprocessing.get_context("spawn")
    barrier, queue = spawn.Barrier(6), spawn.Queue()
    workers = [spawn.Process(target=_in_a_process, args=(settings, barrier, queue)) for _ in range(2)]
    workers += [threading.Thread(target=_in_a_process, args=(settings, barrier, queue)) for _ in range(4)]
    for worker in workers:
        worker.start()
    got = {queue.get(timeout=30) for _ in workers}
    for worker in workers:
        worker.join(10)
    assert len(got) == 1
    assert len(tokens.renewals) == 1


@provider_of
def test_who_is_signed_out_must_sign_in_again(tokens, tmp_path, provider):
    settings = tokens.settings(tmp_path, provider)
    tokens.sign_in(settings)
    tokens.revoke()
    with pytest.raises(Permanent, match="invalid_grant") as caught:
        access_token(settings)
    assert caught.value.next_step == "Sign in again: run `ruam authorize`."


@provider_of
@pytest.mark.parametrize("fault", [500, 503, 429, "hang", "cut"])
def test_a_token_server_in_trouble_is_transient_and_then_recovers(tokens, tmp_path, provider, fault, caplog):
    settings = tokens.settings(tmp_path, provider, timeout_seconds=0.5)
    first = tokens.sign_in(settings)
    tokens.rotates = fault != "cut"  # half an answer with a new refresh token is the one that nobody can save
    tokens.fail(fault)
    with pytest.raises(Transient):
        access_token(settings)
    assert TokenFile(settings).read().refresh_token == first
    assert len(tokens.asked) == 1  # when to try again is for the loops to say
    assert tokens.accepts(USER, access_token(settings))
    assert [secret for secret in tokens.secrets if secret[:60] in caplog.text] == []


@provider_of
def test_a_token_server_that_is_away_is_transient(tokens, tmp_path, provider):
    with socket.socket() as taken:
        taken.bind((HOST, 0))  # nobody listens
        settings = tokens.settings(tmp_path, provider, authority=f"https://{HOST}:{taken.getsockname()[1]}")
        tokens.sign_in(settings)
        with pytest.raises(Transient):
            access_token(settings)


@provider_of
def test_a_token_server_that_cannot_show_who_it_is_gets_no_token(tokens, tmp_path, provider, certificates):
    settings = tokens.settings(tmp_path, provider, ca_file=str(certificates.other_ca))
    tokens.sign_in(settings)
    with pytest.raises(Permanent) as caught:
        access_token(settings)
    assert "ca_file" in caught.value.next_step
    assert tokens.asked == []


@provider_of
def test_a_wrong_application_is_told_to_look_at_the_configuration(tokens, tmp_path, provider):
    settings = tokens.settings(tmp_path, provider, client_id="another")
    tokens.sign_in(settings)
    with pytest.raises(Permanent, match="invalid_client") as caught:
        access_token(settings)
    assert "client_id" in caught.value.next_step


def test_an_unknown_tenant_is_told(tokens, tmp_path):
    settings = tokens.settings(tmp_path, tenant="nobody.example")
    tokens.sign_in(settings)
    with pytest.raises(Permanent, match=r"no tenant nobody\.example"):
        access_token(settings)


# -- the file ----------------------------------------------------------------------------------------------------


def test_only_the_owner_can_read_the_tokens(tokens, tmp_path):
    settings = tokens.settings(tmp_path)
    tokens.sign_in(settings)
    access_token(settings)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tokens.json", "tokens.json.lock"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
    assert (tmp_path / "tokens.json").stat().st_size < ROOM


def test_without_a_sign_in_the_next_step_is_to_sign_in(tokens, tmp_path):
    with pytest.raises(Permanent, match="there is no") as caught:
        access_token(tokens.settings(tmp_path))
    assert caught.value.next_step == "Sign in first: run `ruam authorize`."


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"client": 1', '{"client": "microsoft office-app"}'])
def test_a_damaged_file_is_told_without_what_is_in_it(tokens, tmp_path, content):
    settings = tokens.settings(tmp_path)
    (tmp_path / "tokens.json").write_text(content)
    with pytest.raises(Permanent) as caught:
        access_token(settings)
    assert "ruam authorize" in caught.value.next_step
    assert caught.value.__cause__ is None


def test_the_tokens_of_one_provider_never_go_to_another(tokens, tmp_path):
    tokens.sign_in(tokens.settings(tmp_path, "google"))
    with pytest.raises(Permanent, match="another provider"):
        access_token(tokens.settings(tmp_path, "microsoft"))
    assert tokens.asked == []


def test_no_token_is_asked_for_that_could_not_be_kept(tokens, tmp_path):
    """A refresh token is spent by asking, so the file's new place is taken first."""
    settings = tokens.settings(tmp_path / "gone")
    (tmp_path / "gone").mkdir()
    tokens.sign_in(settings)
    file = TokenFile(settings)
    kept = file.read()
    (tmp_path / "gone").rename(tmp_path / "moved")
    with pytest.raises(Permanent, match="keeping the tokens") as caught, file.replacing():
        raise AssertionError("let in")
    assert "has room" in caught.value.next_step
    (tmp_path / "moved").rename(tmp_path / "gone")
    assert file.read() == kept


def test_what_a_killed_process_left_behind_is_removed(tokens, tmp_path):
    """It may hold tokens."""
    settings = tokens.settings(tmp_path)
    tokens.sign_in(settings)
    (tmp_path / "tokens.json.abc.new").write_text("half a token")
    access_token(settings)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tokens.json", "tokens.json.lock"]


def test_new_tokens_are_on_the_disk_whole_or_not_at_all(tokens, tmp_path):
    """Whoever fails between asking and keeping leaves the old ones as they were, and nothing else."""
    settings = tokens.settings(tmp_path)
    tokens.sign_in(settings)
    before = (tmp_path / "tokens.json").read_bytes()
    with pytest.raises(Transient), TokenFile(settings).replacing():
        raise Transient("asking", "away", "")
    assert (tmp_path / "tokens.json").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tokens.json", "tokens.json.lock"]


def test_neither_settings_nor_tokens_show_a_secret(tokens, tmp_path):
    settings = tokens.settings(tmp_path, "google")
    grant = Grant("refresh-secret", "access-secret", datetime.datetime.now(datetime.UTC))
    shown = f"{settings} {settings!r} {settings.model_dump_json()} {grant} {grant!r}"
    assert "secret" not in shown.replace("client_secret", "")


# -- the first sign-in -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("polls", [0, 1])
def test_at_microsoft_a_person_enters_a_code(tokens, tmp_path, polls):
    settings = tokens.settings(tmp_path)
    told = []

    def say(text):
        told.append(text)
        tokens.enter(text.rpartition(" ")[2], polls=polls)

    authorize(settings, USER, say, no_question)
    assert f"{tokens.url}/device" in told[0]
    assert tokens.accepts(USER, access_token(settings))
    assert tokens.renewals == []


def test_a_code_that_is_not_taken_signs_nobody_in(tokens, tmp_path):
    settings = tokens.settings(tmp_path)
    with pytest.raises(Permanent, match="invalid_grant") as caught:
        authorize(settings, USER, lambda text: tokens.enter(text.rpartition(" ")[2], user=None), no_question)
    assert "ruam authorize" in caught.value.next_step
    assert not (tmp_path / "tokens.json").exists()


def test_at_google_a_person_copies_the_address_where_the_browser_ended(tokens, tmp_path):
    settings = tokens.settings(tmp_path, "google")
    authorize(settings, USER, no_question, lambda page: f"  {tokens.allow(page)}\n")
    assert tokens.accepts(USER, access_token(settings))
    assert tokens.renewals == []
    (asked,) = tokens.asked
    assert "code_verifier" in asked[1]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda page: page.replace("state=", "state=x"), "not the address of this sign-in"),
        (lambda page: page.replace("code=", "code=x"), "invalid_grant"),
        (lambda page: page.replace("code=", "error=access_denied&x="), "access_denied"),
        (lambda page: "", "not the address of this sign-in"),
        (lambda page: "http://[", "not the address of this sign-in"),
    ],
)
def test_a_wrong_address_signs_nobody_in(tokens, tmp_path, spoil, said):
    settings = tokens.settings(tmp_path, "google")
    with pytest.raises(Permanent, match=said):
        authorize(settings, USER, no_question, lambda page: spoil(tokens.allow(page)))
    assert not (tmp_path / "tokens.json").exists()


# -- IMAP --------------------------------------------------------------------------------------------------------


@pytest.fixture
def gate(tokens, scripted, tmp_path):
    """A scripted IMAP server that asks the token server, and settings for it."""
    server = scripted(partial(imap_script, imap_answers(tokens)))
    oauth2 = tokens.settings(tmp_path)
    tokens.sign_in(oauth2)
    return server, imap_settings(server.port, user=USER, password="").by_token(oauth2)


def test_a_second_login_needs_no_new_token(gate, tokens, opened):
    _, settings = gate
    opened(settings)
    opened(settings)
    assert len(tokens.renewals) == 1


def test_a_token_refused_early_is_renewed_once_on_the_same_connection(gate, tokens, opened):
    server, settings = gate
    opened(settings)
    tokens.expire()
    opened(settings)
    assert len(tokens.renewals) == 2
    assert len(server.wires) == 2
    assert sum(b"AUTHENTICATE" in line for line in server.wires[1].heard) == 2


def test_a_mailbox_that_takes_no_token_of_ours_is_permanent(gate, tokens, opened):
    """Another user's token is good, and lets us in nowhere."""
    _, settings = gate
    with pytest.raises(Permanent, match="Invalid credentials") as caught:
        opened(settings.model_copy(update={"user": "other@phrae.example"}))
    assert "ruam authorize" in caught.value.next_step
    assert len(tokens.renewals) == 2
    assert not [secret for secret in tokens.secrets if secret in f"{caught.value} {caught.value.next_step}"]


def test_a_server_without_xoauth2_gets_no_token(tokens, imap, tmp_path, opened):
    server, settings = imap()
    with pytest.raises(Permanent, match="XOAUTH2"):
        opened(settings.by_token(tokens.settings(tmp_path)))
    assert not any(b"AUTH" in line or b"LOGIN" in line for line in server.heard)


def test_no_connection_is_left_when_no_token_can_be_got(gate, tokens):
    server, settings = gate
    tokens.fail(500)
    with pytest.raises(Transient):
        Mailbox(settings).connect()
    server.threads[-1].join(2)
    assert not server.threads[-1].is_alive()  # the script ended: we hung up
    with Mailbox(settings):
        pass


@pytest.fixture
def dovecot_tokens(certificates, real_mail):
    """The token server that Dovecot asks."""
    with TokenServer(certificates, real_mail.token_port) as server:
        yield server


@provider_of
def test_dovecot_takes_the_token_and_refuses_it_when_it_has_run_out(
    dovecot_tokens, dovecot, tmp_path, opened, provider
):
    account = dovecot()
    oauth2 = dovecot_tokens.settings(tmp_path, provider)
    dovecot_tokens.sign_in(oauth2, account.settings.user)
    settings = account.but(password="").by_token(oauth2)
    account.deliver(b"Subject: one\r\n\r\none\r\n")
    assert opened(settings).uids() == [1]
    dovecot_tokens.expire()
    mailbox = opened(settings)
    mailbox.ensure_folders()
    assert "MOVE" in mailbox.capabilities()
    assert len(dovecot_tokens.renewals) == 2
    dovecot_tokens.revoke()
    with pytest.raises(Permanent, match="invalid_grant"):
        opened(settings)


def test_dovecot_lets_nobody_in_with_the_token_of_another(dovecot_tokens, dovecot, tmp_path, opened):
    account = dovecot()
    oauth2 = dovecot_tokens.settings(tmp_path)
    dovecot_tokens.sign_in(oauth2, "somebody@phrae.example")
    with pytest.raises(Permanent, match="logging in"):
        opened(account.but(password="").by_token(oauth2))


def test_a_mailbox_that_cannot_ask_about_tokens_is_transient(tokens, dovecot, tmp_path, opened):
    """Dovecot's own way to the token server is broken: that says nothing of ours."""
    account = dovecot()
    oauth2 = tokens.settings(tmp_path)  # nobody listens where Dovecot asks
    tokens.sign_in(oauth2, account.settings.user)
    with pytest.raises(Transient, match="UNAVAILABLE"):
        opened(account.but(password="").by_token(oauth2))
    assert len(tokens.renewals) == 1


# -- SMTP --------------------------------------------------------------------------------------------------------


@pytest.fixture
def smtp_gate(tokens, certificates, tmp_path):
    """An outgoing server that asks the token server, and settings for it."""
    with outgoing(tokens) as (handler, port):
        oauth2 = tokens.settings(tmp_path)
        tokens.sign_in(oauth2)
        more = {"security": "starttls", "ca_file": str(certificates.ca), "user": USER, "timeout_seconds": 5.0}
        yield handler, smtp_settings(port, **more).by_token(oauth2)


def test_the_outgoing_server_takes_the_same_token_as_the_mailbox(smtp_gate, gate, tokens, opened):
    handler, settings = smtp_gate
    opened(gate[1])
    Outbox(settings).probe()
    assert handler.logins == [True]
    assert [asked["refresh_token"] for asked in tokens.renewals] == [tokens.renewals[0]["refresh_token"]]


def test_a_letter_goes_after_the_token_was_refused_early(smtp_gate, tokens):
    handler, settings = smtp_gate
    Outbox(settings).probe()
    tokens.expire()
    letter = Outgoing(1, USER, ("one@amphoe.example",), b"Subject: x\r\n\r\nx\r\n")
    assert [result.state for _, result in Outbox(settings).deliver([letter])] == ["sent"]
    assert handler.logins == [True, False, True]
    assert len(handler.mails) == 1


def test_an_outgoing_server_that_takes_no_token_of_ours_is_permanent(smtp_gate, tokens):
    handler, settings = smtp_gate
    with pytest.raises(Permanent) as caught:
        Outbox(settings.model_copy(update={"user": "other@phrae.example"})).probe()
    assert "ruam authorize" in caught.value.next_step
    assert handler.logins == [False, False]


def test_an_outgoing_server_without_xoauth2_gets_no_token(keeper, tokens, tmp_path):
    _, settings = keeper("starttls", user=USER)
    with pytest.raises(Permanent, match="XOAUTH2"):
        Outbox(settings.by_token(tokens.settings(tmp_path))).probe()


def test_a_letter_waits_while_the_token_server_is_away(smtp_gate, tokens):
    _, settings = smtp_gate
    tokens.fail(503)
    with pytest.raises(Transient):
        Outbox(settings).probe()
    Outbox(settings).probe()
