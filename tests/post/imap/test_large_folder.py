"""A folder of 50,000 mails on real Dovecot: what a scan fetches, and what it needs of memory."""

import resource
import shutil
import socket
import threading
import tracemalloc

import pytest

from bot.post.imap.mailbox import Mailbox
from tests.setup.real_mail import HOST

MANY = 50_000
MAIL = b"From: long@phrae.example\nSubject: form %d\nMessage-ID: <m%d@long.example>\n\n" + b"x" * 2_000 + b"\n"

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]


class Counted:
    """A wire tap: hands bytes on in both directions and counts what comes from the server."""

    def __init__(self, port):
        self.target, self.received = port, 0
        self.listener = socket.create_server((HOST, 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection((HOST, self.target))
            for source, sink, counts in ((near, far, False), (far, near, True)):
                threading.Thread(target=self._pump, args=(source, sink, counts), daemon=True).start()

    def _pump(self, source, sink, counts):
        try:
            while data := source.recv(1 << 16):
                self.received += len(data) * counts
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        self.listener.close()


@pytest.fixture
def full(real_mail, dovecot):
    """An account whose Maildir was filled directly, and a tap in front of its server."""
    account = dovecot(security="none")
    home = real_mail.root / "mail" / "phrae.example" / account.settings.user.partition("@")[0]
    new = home / "Maildir" / "new"
    for part in ("new", "cur", "tmp"):
        (home / "Maildir" / part).mkdir(parents=True, exist_ok=True)
    for number in range(MANY):
        (new / f"{1_700_000_000 + number}.M{number}.here").write_bytes(MAIL % (number, number))
    for path in (home.parent, home, home / "Maildir", *(home / "Maildir").iterdir()):
        shutil.chown(path, "nobody", "nogroup")
    tap = Counted(account.settings.port)
    yield account.but(port=tap.port, timeout_seconds=60.0), tap
    tap.close()
    shutil.rmtree(home)


def test_the_second_scan_of_a_large_folder_fetches_no_body_and_memory_stays_flat(full):
    """Numbers alone: less than ten bytes a mail, and of memory less than a hundred."""
    settings, tap = full
    tracemalloc.start()
    with Mailbox(settings) as mailbox:
        first = mailbox.uids()
        known = set(first)
        tap.received = 0
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        assert mailbox.scan(known) == []
        after, peak = tracemalloc.get_traced_memory()
        scanned = tap.received
        tap.received = 0
        some = [len(mail.raw) for mail in mailbox.fetch(first[:200])]
        fetched = tap.received
    tracemalloc.stop()
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"\n{MANY} mails of {some[0]} bytes: second scan {scanned} bytes ({scanned / MANY:.1f} a mail), "
        f"peak {(peak - before) / 2**20:.1f} MiB above {before / 2**20:.1f}, kept {(after - before) / 2**10:.0f} KiB; "
        f"200 bodies {fetched} bytes; process {resident} MiB"
    )
    assert len(first) == MANY
    assert scanned < 10 * MANY
    assert peak - before < 16 * 2**20
    assert after - before < 2**20
    assert fetched > 200 * 2_000
