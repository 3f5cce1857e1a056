"""What the post room must be told."""

import pytest
from pydantic import ValidationError

from bot.post.settings import ImapSettings, SmtpSettings


@pytest.mark.parametrize(
    ("kind", "security", "port"),
    [
        (ImapSettings, "tls", 993),
        (ImapSettings, "starttls", 143),
        (SmtpSettings, "tls", 465),
        (SmtpSettings, "starttls", 587),
        (SmtpSettings, "none", 25),
    ],
)
def test_without_a_port_the_usual_one_is_taken(kind, security, port):
    login = {"user": "u", "password": "p"}
    assert kind(host="mail.phrae.example", security=security, **login).port == port


@pytest.mark.parametrize(
    "wrong",
    [{"port": 0}, {"port": 70000}, {"security": "ssl"}, {"pasword": "x"}, {"host": ""}, {"idle_renew_seconds": 3600}],
)
def test_what_cannot_be_meant_is_refused(wrong):
    right = {"host": "mail.phrae.example", "user": "u", "password": "p"}
    assert ImapSettings(**right).folder == "INBOX"
    with pytest.raises(ValidationError):
        ImapSettings(**(right | wrong))


def test_the_password_is_not_shown():
    settings = ImapSettings(host="mail.phrae.example", user="u", password="correct-horse")
    assert "correct-horse" not in f"{settings} {settings!r} {settings.model_dump_json()}"
