"""Folders of others: names that cannot be read, and answers of the list that are odd, stop nothing."""

import pytest

from parsers.child_process.sandbox import Limits, Sandbox
from tests.faults.scene import Box, scene
from tests.field.counter import counter, mail

REFUSED = ("CREATE", "MOVE")
INBOX = b'* LIST () "/" INBOX'
ODD = {
    "ampersand": [b'* LIST () "/" "R&D"'],
    "ampersand at the end": [b'* LIST () "/" "Q&"'],
    "no base64": [b'* LIST () "/" "&!!!-"'],
    "half a pair": [b'* LIST () "/" "&2D0-"'],
    "eight bits": [b'* LIST () "/" "\xe0\xb9\x80\xe0\xb8\x81\xe0\xb9\x88\xe0\xb8\xb2"', b'* LIST () "/" "\xff\xfe"'],
    "no delimiter": [b"* LIST () NIL Notes"],
    "only a parent": [b'* LIST (\\Noselect \\HasChildren) "/" Projects', b'* LIST (\\NonExistent) "/" Ghost'],
    "a literal": [b'* LIST () "/" {3}', b"R&D", b'* LIST () "/" {5}', b'a"b c'],
    "a number": [b'* LIST () "/" 2024', b'* LIST () "/" 0'],
    "brackets and quotes": [b'* LIST () "/" [Gmail', b'* LIST () "/" "a\\"b"', b'* LIST () "/" "no end'],
    "NIL as a name": [b'* LIST () "/" NIL'],
    "too few parts": [b"* LIST ()", b"* LIST", b'* LIST "/" INBOX'],
    "more parts": [b'* LIST () "/" Shared ("CHILDINFO" ("SUBSCRIBED"))'],
    "nothing at all": [],
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("namespace", [False, True])
def test_mails_are_collected_and_filed_beside_odd_folders(tmp_path, kind, namespace):
    able = b"* CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS" + b" NAMESPACE" * namespace
    with counter(
        tmp_path,
        box := Box(),
        LIST=[INBOX, *ODD[kind], b"TAG OK done"],
        CAPABILITY=[able, b"TAG OK done"],
        NAMESPACE=[b'* NAMESPACE (("" "/")) (("~" "/")) (("R&D" "/"))', b"TAG OK done"],
    ) as desk:
        box.deliver(mail(1))
        desk.scan()
        assert desk.collected() == [1]
        assert list(box.shelves) == ["Ruam/Done"]


@pytest.mark.parametrize(
    "said",
    [
        [b"* NAMESPACE NIL NIL NIL", b"TAG OK done"],
        [b'* NAMESPACE (("" NIL)) NIL NIL', b"TAG OK done"],
        [b'* NAMESPACE (("R&D" "/")) NIL NIL', b"TAG OK done"],
        [b"* NAMESPACE what", b"TAG OK done"],
        [b"TAG NO not here", b""],
        [b"TAG BAD unknown", b""],
    ],
)
def test_a_namespace_that_says_nothing_is_done_without(tmp_path, said):
    able = [b"* CAPABILITY IMAP4rev1 MOVE NAMESPACE", b"TAG OK done"]
    said = [line for line in said if line]
    with counter(tmp_path, box := Box(), NAMESPACE=said, CAPABILITY=able) as desk:
        box.deliver(mail(1))
        desk.scan()
        assert list(box.shelves) == ["Ruam/Done"]


def test_a_list_that_is_refused_is_done_without(tmp_path):
    able = [b"* CAPABILITY IMAP4rev1 MOVE NAMESPACE", b"TAG OK done"]
    personal = [b'* NAMESPACE (("INBOX." ".")) NIL NIL', b"TAG OK done"]
    with counter(
        tmp_path, box := Box(), LIST=[b"TAG NO [SERVERBUG] later"], NAMESPACE=personal, CAPABILITY=able
    ) as desk:
        box.deliver(mail(1))
        desk.scan()
        assert list(box.shelves) == ["INBOX.Ruam.Done"]


def test_a_folder_that_is_gone_is_made_again_before_the_move(tmp_path):
    """The list still shows its name, as that of a parent; the server asks for it to be made (TRYCREATE)."""
    box, made = Box(), []

    def move(wire, tag, rest):
        if not made:
            return wire.say(tag + b" NO [TRYCREATE] Mailbox doesn't exist: Ruam/Done")
        return box.move(wire, tag, rest)

    def create(wire, tag, rest):
        made.append(rest)
        wire.say(tag + b" OK done")

    shown = [INBOX, *(b'* LIST (\\HasChildren) "/" Ruam/%b' % name for name in (b"Done", b"Held", b"Unreadable"))]
    with counter(tmp_path, box, LIST=[*shown, b"TAG OK done"], MOVE=move, CREATE=create) as desk:
        box.deliver(mail(1))
        desk.scan()
        assert made == [b'"Ruam/Done"']
        assert list(box.shelves) == ["Ruam/Done"]


def refusing(box):
    return lambda wire, tag, rest: wire.say(tag + b" NO [NOPERM] not you")


def test_folders_that_cannot_be_made_leave_mails_in_the_inbox_and_stop_no_answer(tmp_path):
    with Sandbox(Limits(workers=1)) as sandbox, scene(tmp_path, sandbox, imap=dict.fromkeys(REFUSED, refusing)) as play:
        play.box.deliver(mail(1))
        play.until(lambda: play.books.known_uids("INBOX", 7, [1]) == {1})
        assert sorted(play.box.mails) == [1]
