"""The folder of sent mail on real servers: found by its use or name, looked into by Message-ID, given copies; never made."""

import datetime

import pytest

from bot.post.exceptions import Transient
from tests.post.imap.test_mailbox import mail, other_client

AT = datetime.datetime(2024, 11, 20, 9, 0, tzinfo=datetime.UTC)


def letter(number):
    return b"Message-ID: <n%d@district.example>\r\n" % number + mail(number)


@pytest.fixture
def with_sent(account):
    """An account whose mail program has made a folder of sent mail."""
    with other_client(account.settings) as client:
        client.create_folder("Sent")
    return account


def sent_mails(settings, folder="Sent"):
    with other_client(settings) as client:
        client.select_folder(folder, readonly=True)
        return {uid: client.get_flags([uid])[uid] for uid in client.search()}


def test_a_copy_is_kept_as_read_and_found_by_its_message_id(with_sent, opened):
    """What is looked for is the letter's own Message-ID, and the inbox is ours again afterwards."""
    with_sent.deliver(mail(1))
    mailbox = opened(with_sent.settings)
    assert mailbox.find_in_sent("n7@district.example") is False
    assert mailbox.keep_copy(letter(7), AT)
    assert mailbox.find_in_sent("n7@district.example") is True
    assert mailbox.find_in_sent("n1@district.example") is False
    assert len(mailbox.uids()) == 1
    [flags] = sent_mails(with_sent.settings).values()
    assert b"\\Seen" in flags


def test_without_such_a_folder_nothing_is_known_and_none_is_made(account, opened):
    mailbox = opened(account.settings)
    assert mailbox.find_in_sent("n7@district.example") is None
    assert not mailbox.keep_copy(letter(7), AT)
    with other_client(account.settings) as client:
        assert [name for _, _, name in client.list_folders() if "sent" in name.lower()] == []


def test_a_folder_named_in_the_settings_goes_before_the_usual_ones(with_sent, opened):
    with other_client(with_sent.settings) as client:
        client.create_folder("Out")
    mailbox = opened(with_sent.but(sent="Out"))
    assert mailbox.keep_copy(letter(7), AT)
    assert len(sent_mails(with_sent.settings, "Out")) == 1
    assert sent_mails(with_sent.settings) == {}


def test_a_folder_is_known_by_its_special_use_whatever_its_name(imap, opened):
    """RFC 6154; the name alone would mislead here."""
    listed = [b'* LIST () "/" "Sent"', b'* LIST (\\Sent) "/" "Versandt"', b"TAG OK done"]

    def append(wire, tag, rest):
        wire.say(b"+ go on")
        wire.file.read(int(rest.rpartition(b"{")[2].rstrip(b"}")) + 2)
        wire.say(tag + b" OK taken")

    server, settings = imap(LIST=listed, APPEND=append)
    assert opened(settings).keep_copy(letter(7), AT)
    [asked] = [line for line in server.heard if b"APPEND" in line]
    assert b"Versandt" in asked


def test_a_server_that_takes_no_copy_is_no_trouble(imap, opened):
    """A copy is best effort; the connection stands."""
    _, settings = imap(LIST=[b'* LIST (\\Sent) "/" "Versandt"', b"TAG OK done"], APPEND=[b"TAG NO [OVERQUOTA] full"])
    mailbox = opened(settings)
    assert not mailbox.keep_copy(letter(7), AT)
    assert mailbox.find_in_sent("n7@district.example") is None


def test_a_connection_lost_in_the_search_is_transient(imap, opened):
    """Nobody may take that for an answer."""

    def close(wire, tag, rest):
        wire.close()

    _, settings = imap(LIST=[b'* LIST (\\Sent) "/" "Versandt"', b"TAG OK done"], EXAMINE=close)
    mailbox = opened(settings)
    with pytest.raises(Transient):
        mailbox.find_in_sent("n7@district.example")
