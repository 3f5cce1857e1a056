"""The archive of evidence: made of real passes, checked by itself, and tampered with."""

import csv
import email
import io
import json
import re
import zipfile
from hashlib import sha256

import pytest

pytestmark = pytest.mark.timeout(240)
LONG, SONG = "long@amphoe.example", "song@amphoe.example"
AT = ("once", "--at")


def send(post_office, clerk, address, text, *, forged=False):
    letter = post_office.inbox_of(address)[0]
    form = next(part for part in email.message_from_bytes(letter).walk() if part.get_filename()).get_payload(
        decode=True
    )
    person = clerk("who@freemail.example" if forged else address)
    raw = person.reply(letter, text, person.filled(form))
    raw = re.sub(rb"(?m)^In-Reply-To:.*\r\n", b"", raw) if forged else raw
    post_office.deliver(raw, person.address, "office+w5827@phrae.example")
    return raw


@pytest.fixture
def archive(post_office, phrae, clerk, tmp_path):
    """Of a report, its correction, one with a key in it, one that is held; and the first two as they were sent."""
    sent = [send(post_office, clerk, LONG, "ส่งรายงาน")]
    phrae.ruam(*AT, "2024-11-21T09:00")
    sent.append(send(post_office, clerk, LONG, "=ส่งใหม่"))
    send(post_office, clerk, SONG, "token key ของเราคือ A1B2C3D4E5F6G7H")
    send(post_office, clerk, SONG, "ขอส่งแทน", forged=True)
    phrae.ruam(*AT, "2024-11-22T09:00")
    path = tmp_path / "w5827.zip"
    phrae.ruam("evidence", "w5827", "-o", str(path))
    return path, sent


def rows(opened, name):
    return list(csv.DictReader(io.TextIOWrapper(opened.open(name), "utf-8-sig", newline="")))


def test_an_archive_holds_what_stands_behind_the_figures_and_checks_itself(archive, phrae, tmp_path):
    path, sent = archive
    done = phrae.ruam("verify", str(path))
    assert "The archive fits" in done.stdout
    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as opened:
        names = set(opened.namelist())
        assert opened.read("mails/000001.eml").endswith(sent[0])  # below what the server wrote on it
        assert opened.read("mails/000002.eml").endswith(sent[1])
        form = opened.read(next(name for name in names if name.startswith("files/000001/")))
        assert form in (part.get_payload(decode=True) for part in email.message_from_bytes(sent[0]).walk())
        kept = {row["id"]: row["kept"] for row in rows(opened, "mails.csv")}
        assert kept == {"1": "True", "2": "True", "3": "False", "4": "False"}
        assert (
            not {"mails/000003.eml", "mails/000004.eml"} & names
        )  # keys are not given away, nor what nobody looked at
        answers = rows(opened, "answers.csv")
        assert {row["holds"] for row in answers if row["message_id"] == "1"} == {"no"}
        held = [row for row in answers if row["message_id"] == "2"]
        assert {row["holds"] for row in held} == {"yes"}
        assert {row["cell"][0] for row in held} == set("CDEF")
        assert next(each["value"] for each in json.loads(opened.read("answers.json"))) is True
        letters = rows(opened, "letters.csv")
        assert {f"letters/{int(row['id']):06}.eml" for row in letters} <= names
        page = opened.read("index.html").decode()
        assert "วิธีตรวจสอบ" in page
        assert done.stdout.split("seal ")[1].strip() in page
        whole = b"".join(opened.read(name) for name in names)
        assert b"A1B2C3D4E5F6G7H" not in whole
        for line in opened.read("sha256sums.txt").decode().splitlines():
            digest, _, name = line.partition("  ")
            assert sha256(opened.read(name)).hexdigest() == digest
    again = tmp_path / "again.zip"
    phrae.ruam("evidence", "w5827", "-o", str(again))
    assert again.read_bytes() == path.read_bytes()


def rewritten(path, change, *, listed):
    """The archive with ``change`` (name to new content, None: gone) made; ``listed``: with its hashes made to fit."""
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        contents = {name: old.read(name) for name in old.namelist()} | change
        contents = {name: content for name, content in contents.items() if content is not None}
        if listed:
            own = [name for name in contents if name != "sha256sums.txt"]
            contents["sha256sums.txt"] = "".join(f"{sha256(contents[n]).hexdigest()}  {n}\n" for n in own).encode()
        for name, content in contents.items():
            new.writestr(name, content)
    return target


def flipped(content: bytes, at: int = -10) -> bytes:
    at %= len(content)
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.parametrize("listed", [False, True])
def test_a_changed_byte_in_an_archive_is_found_and_named(archive, phrae, listed):
    path, _ = archive
    with zipfile.ZipFile(path) as opened:
        content = {name: opened.read(name) for name in opened.namelist()}
    chain = content["chain.jsonl"].splitlines(keepends=True)
    things = content["things.jsonl"].splitlines(keepends=True)
    at = next(number for number, line in enumerate(things) if line.startswith(b'{"thing": "answers 2"'))
    changed = things[at].replace(b"true", b"false", 1)
    for change, named in (
        ({"mails/000001.eml": flipped(content["mails/000001.eml"])}, "mails/000001.eml"),
        ({"letters/000001.eml": flipped(content["letters/000001.eml"])}, "letters/000001.eml"),
        (
            {"things.jsonl": b"".join([*things[:at], changed, *things[at + 1 :]])},
            "answers 2" if listed else "things.jsonl",
        ),
        ({"chain.jsonl": b"".join([*chain[:3], *chain[4:]])}, "chain: row"),
        ({"chain.jsonl": content["chain.jsonl"].replace(b'"kind": "decided"', b'"kind": "purged"', 1)}, "chain: row"),
    ):
        assert all(content[name] != new for name, new in change.items())
        done = phrae.ruam("verify", str(rewritten(path, change, listed=listed)), check=False)
        assert done.returncode == 1, named
        assert named in done.stdout


def test_what_is_no_archive_is_said(phrae, tmp_path):
    file = tmp_path / "x.zip"
    file.write_bytes(b"PK no")
    assert phrae.ruam("verify", str(file), check=False).returncode == 2
    with zipfile.ZipFile(file, "w") as empty:
        empty.writestr("a", "b")
    assert phrae.ruam("verify", str(file), check=False).returncode == 2
    assert phrae.ruam("verify", str(tmp_path / "none.zip"), check=False).returncode == 2
