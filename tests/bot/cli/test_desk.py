"""``ruam desk``: off until it is turned on; then a process that answers on the loopback alone."""

import http.client
import re
import socket
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests.road.conftest import ROOT, OfficeFolder

NOWHERE = 'host = "127.0.0.1"\nport = 1\nsecurity = "none"'


@pytest.fixture
def folder(tmp_path):
    office = OfficeFolder(tmp_path, f'{NOWHERE}\nuser = "u"\npassword = "p"', NOWHERE)
    office.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    return office


def turned_on(office, address):
    with office.config.open("a", encoding="utf-8") as config:
        config.write(f'\n[desk]\naddress = "{address}"\nport = {address.rpartition(":")[2]}\n')


def test_it_is_off_until_it_is_turned_on(folder):
    done = folder.ruam("desk", check=False)
    assert done.returncode == 2
    assert "[desk]" in done.stdout + done.stderr


def test_without_its_libraries_it_says_what_to_install(folder):
    code = "import sys; sys.modules['starlette'] = None; from bot.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "desk", "--config", folder.config], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "pip install 'ruam[desk]'" in done.stderr


@pytest.mark.parametrize("address", ["http://ruam.phrae.example", "ruam.phrae.example", "https://ruam.example/desk"])
def test_an_address_that_keeps_no_secret_is_refused(folder, address):
    with folder.config.open("a", encoding="utf-8") as config:
        config.write(f'\n[desk]\naddress = "{address}"\n')
    done = folder.ruam("desk", check=False)
    assert done.returncode == 2
    assert "desk.address" in done.stdout + done.stderr


def test_the_pages_are_written_without_turning_it_on(folder, tmp_path):
    done = folder.ruam("desk", "--write", str(tmp_path / "copy"))
    assert "10 pages" in done.stdout
    assert "หนังสือเวียน" in (tmp_path / "copy" / "index.html").read_text("utf-8")


def test_it_answers_on_the_loopback_until_it_is_stopped(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    turned_on(folder, f"http://127.0.0.1:{port}")
    command = [sys.executable, "-m", "bot", "desk", "--config", folder.config]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as desk:
        try:
            page = answer(port, "/sign-in")
            assert re.search(r'name="address"', page)
        finally:
            desk.terminate()
            said = desk.communicate(timeout=30)[0]
    assert f"http://127.0.0.1:{port}" in said
    assert "Traceback" not in said


def answer(port, path):
    until = time.monotonic() + 60
    while True:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                connection.request("GET", path)
                return connection.getresponse().read().decode("utf-8")
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.1)
