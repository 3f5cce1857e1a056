"""Two offices in one process and one set of books, on real servers: what floods or breaks one does not delay the other."""

import contextlib
import datetime
import sqlite3
import time
from pathlib import Path

import pytest

from tests.road.conftest import ROOT, Clerk, OfficeFolder, Running
from tests.setup.moved_clock import office_now

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]

FLOOD = 60  # mails
DAY = datetime.timedelta(days=1)
MAILBOXES = {"phrae": "office@phrae.example", "nan": "nan@phrae.example"}
REPORTERS = {"phrae": ("long", "long@amphoe.example"), "nan": ("song", "song@amphoe.example")}


class EveryOffice(Running):
    """``ruam run --every-office`` as a process."""

    words = ("run", "--every-office")


@pytest.fixture
def offices(tmp_path, real_mail):
    """Phrae and Nan, with a district each, in the books of Phrae."""
    made = {}
    for slug, address in MAILBOXES.items():
        real_mail.add_user(address)
        folder = tmp_path / slug
        folder.mkdir()
        imap = f'user = "{address}"\npassword = "{real_mail.password}"\nport = {real_mail.imaps_port}\nsecurity = "tls"'
        tls = f'host = "127.0.0.1"\nca_file = "{real_mail.certificates.ca}"'
        made[slug] = OfficeFolder(
            folder, f"{tls}\n{imap}", f'{tls}\nport = {real_mail.smtp_port}\nsecurity = "starttls"'
        )
        config = made[slug].config.read_text(encoding="utf-8")
        config = config.replace('slug = "phrae"', f'slug = "{slug}"').replace("office@phrae.example", address)
        made[slug].config.write_text(config.replace(f"{folder}/books.db", f"{tmp_path}/books.db"), encoding="utf-8")
        made[slug].keep_only(REPORTERS[slug][0])
        now = office_now()
        moments = {"reporters": now + 9 * DAY, "cutoff": now + 12 * DAY, "department": now + 14 * DAY}
        made[slug].add_circular(
            ROOT / "templates" / "circulars" / "w5827", {"opens": now - datetime.timedelta(hours=1), **moments}
        )
    for address in (*MAILBOXES.values(), *(address for _, address in REPORTERS.values())):
        real_mail.add_user(address)
        real_mail.empty(address)
    return made


def undecided(books: Path, slug: str) -> int:
    """Mails of an office that still wait."""
    query = "select count(*) from message join office on office.id = office_id where slug = ? and state = 'received'"
    with contextlib.closing(sqlite3.connect(f"file:{books}?mode=ro", uri=True, timeout=30)) as opened:
        return opened.execute(query, [slug]).fetchone()[0]


def test_a_flood_for_one_office_does_not_delay_the_others_receipt(tmp_path, real_mail, offices, letters):
    for office in offices.values():
        office.ruam("office", "add")
    listed = offices["nan"].ruam("office", "list").stdout
    assert [line.split()[0] for line in listed.splitlines()] == ["nan", "phrae"]
    with EveryOffice(offices["phrae"]):
        request = {slug: real_mail.wait_for(address, 1, 60)[0] for slug, (_, address) in REPORTERS.items()}
        flooding, waiting = Clerk(REPORTERS["phrae"][1]), Clerk(REPORTERS["nan"][1])
        forms = [flooding.filled(letters.enclosure(request["phrae"]), mark) for mark in ("✓", "X")]
        for number in range(FLOOD):
            raw = flooding.reply(request["phrae"], f"ส่งครั้งที่ {number}", forms[number % 2])
            real_mail.submit(flooding.address, MAILBOXES["phrae"], raw)
        form = waiting.filled(letters.enclosure(request["nan"]))
        real_mail.submit(waiting.address, MAILBOXES["nan"], waiting.reply(request["nan"], "ส่งรายงาน", form))
        assert letters.kinds(real_mail.wait_for(waiting.address, 2, 90)) == ["request", "receipt"]
        left = undecided(tmp_path / "books.db", "phrae")
        assert left > 0, "the flood was over before the other office was answered"
        end = time.monotonic() + 120
        while undecided(tmp_path / "books.db", "phrae") and time.monotonic() < end:
            time.sleep(0.1)
    with sqlite3.connect(tmp_path / "books.db") as books:
        count = (
            "select slug, count(*) from message join office on office.id = office_id where state = 'decided' group by 1"
        )
        assert dict(books.execute(count).fetchall()) == {"phrae": FLOOD, "nan": 1}
        whose = "select slug, addressee from letter join office on office.id = office_id where kind = 'receipt'"
        assert {(slug, to) for slug, to in books.execute(whose)} == {("phrae", "long"), ("nan", "song")}


def test_a_broken_circular_of_one_office_leaves_the_other_at_work(tmp_path, real_mail, offices):
    for office in offices.values():
        office.ruam("office", "add")
    broken = offices["phrae"].folder / "circulars" / "w5827" / "circular.toml"
    whole = broken.read_text(encoding="utf-8")
    broken.write_text(whole.replace("[deadlines]", "[dead lines]"), encoding="utf-8")
    with EveryOffice(offices["nan"]) as running:
        real_mail.wait_for(REPORTERS["nan"][1], 1, 60)
        said = running.log.read_text()
        assert "office not started" in said
        assert "office=phrae" in said
        offices["nan"].ruam("office", "remove", "phrae")
    assert real_mail.mails_of(REPORTERS["phrae"][1]) == []
    assert offices["nan"].ruam("office", "remove", "phrae", check=False).returncode == 2
