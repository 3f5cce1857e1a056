"""The embedded post office of demo and tests."""

import datetime

import pytest

from bot.demo.mail_servers import PostOffice
from bot.post.imap.mailbox import Mailbox
from bot.post.settings import ImapSettings, SmtpSettings
from bot.post.smtp.sending import Outbox, Outgoing

OFFICE = "office@phrae.example"
RAW = b"From: a@amphoe.example\r\nSubject: x\r\n\r\nbody\r\n"


def outbox(post):
    return Outbox(SmtpSettings(host="127.0.0.1", port=post.smtp_port, security="none"))


def mailbox(post):
    return Mailbox(
        ImapSettings(host="127.0.0.1", port=post.imap_port, security="none", user=post.user, password=post.password)
    )


def test_the_offices_mail_lands_in_its_inbox_and_other_mail_in_lists(post_office):
    letter = Outgoing(1, "a@amphoe.example", (OFFICE, "Office+w5827@phrae.example", "b@amphoe.example"), RAW)
    list(outbox(post_office).deliver([letter]))
    assert post_office.inbox_of("b@amphoe.example") == [RAW]
    assert post_office.inbox_of("c@amphoe.example") == []
    with mailbox(post_office) as box:
        mails = [got.raw for got in box.fetch(box.uids())]
    assert [raw.split(b"\r\n")[1] for raw in mails] == [
        b"Delivered-To: office@phrae.example",
        b"Delivered-To: Office+w5827@phrae.example",
    ]
    assert all(raw.endswith(RAW) for raw in mails)


def test_a_callback_may_send_mail_itself(post_office):
    def answer(recipient, raw):
        if recipient == "b@amphoe.example":
            list(outbox(post_office).deliver([Outgoing(2, recipient, (OFFICE,), RAW)]))

    post_office.on_delivery = answer
    list(outbox(post_office).deliver([Outgoing(1, OFFICE, ("b@amphoe.example",), RAW)]))
    assert post_office.wait_for(OFFICE, 1) == [RAW]


def test_what_a_callback_raises_comes_out_at_the_end():
    def fail(recipient, raw):
        raise LookupError(recipient)

    def play():
        with PostOffice(OFFICE) as post:
            post.on_delivery = fail
            post.deliver(RAW, "", "b@amphoe.example")

    with pytest.raises(LookupError):
        play()


def test_its_clock_dates_the_mails():
    then = datetime.datetime(2024, 11, 20, 9, tzinfo=datetime.UTC)
    with PostOffice(OFFICE, clock=lambda: then) as post:
        post.deliver(RAW, "a@amphoe.example", OFFICE)
        with mailbox(post) as box:
            assert [got.at for got in box.fetch(box.uids())] == [then]


def test_it_closes_cleanly_under_connections_still_open():
    with PostOffice(OFFICE) as post:
        box = mailbox(post)
        box.connect()
    box.close()
