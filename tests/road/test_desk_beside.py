"""``ruam run --desk``: one service for mails and page. A page that cannot begin stops no mail; of many offices each has its own."""

import http.client
import re
import socket
import time
from contextlib import closing

import pytest

from bot.cli.common import opened_house
from bot.config.load import load_config
from bot.desk.desk import Desk
from bot.desk.sign_in import link_at_hand
from tests.road.conftest import ROOT, OfficeFolder, Running
from tests.setup.moved_clock import office_now

LONG = "long@amphoe.example"
NOWHERE = 'host = "127.0.0.1"\nport = 1\nsecurity = "none"'
W5827 = ROOT / "templates" / "circulars" / "w5827"
SOON = 90  # seconds

pytestmark = pytest.mark.timeout(240)


class WithPage(Running):
    """``ruam run --desk`` as a process."""

    words = ("run", "--desk")


class EveryPage(Running):
    """The same of all offices."""

    words = ("run", "--every-office", "--desk")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def with_desk(office, port):
    with office.config.open("a", encoding="utf-8") as config:
        config.write(f'\n[desk]\naddress = "http://127.0.0.1:{port}"\nport = {port}\n')


def asked(port, path, method="GET", cookie=""):
    """Ask the page; status, headers and text."""
    until = time.monotonic() + SOON
    while True:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
                own = {"Origin": f"http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin", "Cookie": cookie}
                connection.request(method, path, headers=own)
                answer = connection.getresponse()
                return answer.status, answer.headers, answer.read().decode("utf-8")
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.1)


def test_a_page_that_cannot_begin_stops_no_mail_and_comes_when_it_can(embedded_office, post_office, clerk, letters):
    embedded_office.add_circular(W5827, {})
    embedded_office.keep_only("long")
    port = free_port()
    with_desk(embedded_office, port)
    embedded_office.ruam("once", "--at", "2024-11-20T08:30")
    (request,) = post_office.inbox_of(LONG)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with WithPage(embedded_office) as bot:
            until = time.monotonic() + SOON
            while "page ended" not in bot.log.read_text():
                assert time.monotonic() < until
                time.sleep(0.1)
            person = clerk(LONG)
            raw = person.reply(request, "ส่งรายงาน", person.filled(letters.enclosure(request)))
            post_office.deliver(raw, LONG, "office@phrae.example")
            while len(letters.kinds(post_office.inbox_of(LONG))) < 2:
                assert time.monotonic() < until
                time.sleep(0.1)
            taken.close()
            assert asked(port, "/sign-in")[0] == 200
    said = bot.log.read_text()
    assert re.search(r"page ended.*next_step=.*begun anew in", said)
    with socket.socket() as again:
        assert again.connect_ex(("127.0.0.1", port)) != 0, "the page ended with the bot"


def test_without_the_section_it_says_what_to_write(embedded_office):
    done = embedded_office.ruam("run", "--desk", check=False)
    assert done.returncode == 2
    assert "[desk]" in done.stdout + done.stderr


@pytest.fixture
def offices(tmp_path):
    """Two offices in the same books, whose mailboxes are away."""
    made = {}
    for slug, reporter in (("phrae", "long"), ("nan", "song")):
        (tmp_path / slug).mkdir()
        office = OfficeFolder(tmp_path / slug, f'{NOWHERE}\nuser = "u"\npassword = "p"', NOWHERE)
        config = office.config.read_text("utf-8").replace(f"{office.folder}/books.db", f"{tmp_path}/books.db")
        config = config.replace('slug = "phrae"', f'slug = "{slug}"').replace("จังหวัดแพร่", f"ของ {slug}")
        office.config.write_text(config, encoding="utf-8")
        office.keep_only(reporter)
        office.add_circular(W5827, {})
        with_desk(office, free_port())
        office.ruam("office", "add")
        made[slug] = office
    return made


def come_in(office):
    """By a link made at the machine; the port and the session's cookie."""
    settings = load_config(office.config)
    with opened_house(settings) as house:
        link = link_at_hand(Desk(house, clock=office_now), office.staff)
    status, headers, _ = asked(settings.desk.port, link.partition(str(settings.desk.port))[2], "POST")
    assert status == 303
    return settings.desk.port, headers["Set-Cookie"].partition(";")[0]


def test_each_of_many_offices_has_a_page_and_sees_its_own(offices):
    with EveryPage(offices["phrae"]):
        seen = {}
        for slug, office in offices.items():
            assert asked(load_config(office.config).desk.port, "/sign-in")[0] == 200
            seen[slug] = come_in(office)
        (phrae, phraes), (nan, nans) = seen["phrae"], seen["nan"]
        assert "/reporters/long" in asked(phrae, "/reporters", cookie=phraes)[2]
        assert "/reporters/song" in asked(nan, "/reporters", cookie=nans)[2]
        assert "/reporters/song" not in asked(phrae, "/reporters", cookie=phraes)[2]
        assert asked(phrae, "/reporters/song", cookie=phraes)[0] == 404
        for port, cookie in ((phrae, nans), (nan, phraes), (nan, phraes.replace("phrae", "nan"))):
            status, headers, _ = asked(port, "/", cookie=cookie)
            assert (status, headers["Location"]) == (303, "/sign-in")
