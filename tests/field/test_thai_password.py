"""User and password of other than Latin letters: logged in by AUTHENTICATE PLAIN in UTF-8, else said plainly."""

import base64

import pytest
from pydantic import SecretStr

from bot.post.exceptions import Permanent
from bot.post.imap.mailbox import Mailbox
from tests.field.counter import counter

WORDS = ["รหัสผ่าน๑๒๓", "pässwörd", "пароль", "秘密", "secret😀", 'ก"\\ข {5} %d', "a b ค"]


def plain(users):
    """A server that offers SASL PLAIN and knows these users; what was tried is kept."""
    tried = []

    def authenticate(wire, tag, rest):
        assert rest == b"PLAIN"
        wire.say(b"+ ")
        tried.append(tuple(base64.b64decode(wire.line()).decode().split("\0")))
        good = tried[-1][1:] in users
        wire.say(tag + (b" OK in" if good else b" NO [AUTHENTICATIONFAILED] no"))

    return tried, {
        "AUTHENTICATE": authenticate,
        "CAPABILITY": [b"* CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS AUTH=PLAIN", b"TAG OK done"],
    }


@pytest.mark.parametrize("password", WORDS)
def test_such_a_password_is_given_in_utf8(tmp_path, password):
    tried, answers = plain({("office", password)})
    with counter(tmp_path, settings={"password": password}, **answers) as desk:
        desk.mailbox.connect()
        assert tried == [("", "office", password)]


@pytest.mark.parametrize("login", [{"password": "รหัสผ่าน"}, {"user": "สำนักงาน@phrae.example"}])
def test_where_the_server_takes_only_latin_letters_that_is_said(tmp_path, login):
    with counter(tmp_path, settings=login) as desk:
        with pytest.raises(Permanent) as told:
            desk.mailbox.connect()
        assert "only Latin letters" in told.value.next_step
        assert "Nothing to do" not in told.value.next_step
        assert not any(b"LOGIN" in line for line in desk.server.heard)


def test_a_wrong_one_is_a_wrong_password(tmp_path):
    _, answers = plain(set())
    with counter(tmp_path, settings={"password": "รหัสผิด"}, **answers) as desk:
        with pytest.raises(Permanent) as told:
            desk.mailbox.connect()
        assert told.value.kind == "login"


@pytest.mark.servers
def test_a_real_dovecot_lets_it_in(real_mail, certificates):
    address, password = "thai@phrae.example", "รหัสผ่านลับ"
    (real_mail.root / "accounts" / address).write_text(f"{address}:{{PLAIN}}{password}::::::\n", encoding="utf-8")
    from tests.post.conftest import imap_settings  # noqa: PLC0415 - conftest of another room, for one test

    settings = imap_settings(
        real_mail.imaps_port, security="tls", user=address, ca_file=str(certificates.ca), timeout_seconds=10
    ).model_copy(update={"password": SecretStr(password)})
    with Mailbox(settings) as mailbox:
        assert mailbox.uids() == []
