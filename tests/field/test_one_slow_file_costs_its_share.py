"""A mail of many files of which some are slow or kill whoever reads them: the others count, these are named, and it ends."""

import base64
import io
import zipfile
from pathlib import Path

import pytest

from bot.config.load import shipped_bureau
from parsers.child_process.sandbox import Limits, Sandbox, _rejected
from parsers.findings import Code
from parsers.reading import Catalogue, FileRequest

# In the child: as `read_message`, but deadly.
DEADLY = "tests.parsers.deadly:read_message"

NOTHING = Catalogue(forms={}, organisations=(), reporters=())
GOOD = b"a,b\n1,2\n"
ABORT, SPIN, DEAF = (word + b",b\n1,2\n" for word in (b"ABORT", b"SPIN", b"DEAF"))
SECONDS = 2.0


def mail(files):
    """A mail with attachments (name, bytes)."""
    parts = [
        f"--b\r\nContent-Type: application/octet-stream; name={name}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
        + base64.encodebytes(data)
        for name, data in files
    ]
    head = b"From: a@district.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    return head + b"\r\n".join(parts) + b"\r\n--b--\r\n"


def numbered(*contents):
    return [(f"{number}.csv", content) for number, content in enumerate(contents, 1)]


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def cpu_of(sandbox):
    """CPU seconds of all children of a sandbox, which have ended."""
    pid = sandbox._server._process.pid
    while Path(f"/proc/{pid}/task/{pid}/children").read_text():
        pass
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / 100


@pytest.fixture
def sandbox():
    with Sandbox(Limits(cpu_seconds=SECONDS, wall_seconds=100, workers=1)) as made:
        made.run(bytes, 1)
        yield made


def read(sandbox, raw):
    """The reading, and the CPU seconds it took."""
    before = cpu_of(sandbox)
    reading, notes = sandbox._attempts(DEADLY, raw, FileRequest(NOTHING))
    return reading or _rejected("", raw, *notes), cpu_of(sandbox) - before


MAILS = {
    "one kills, eleven are good": (numbered(*[GOOD] * 4, ABORT, *[GOOD] * 7), {"5.csv"}, set()),
    "the first kills": (numbered(ABORT, GOOD, GOOD), {"1.csv"}, set()),
    "the last kills": (numbered(GOOD, GOOD, ABORT), {"3.csv"}, set()),
    "three kill": (numbered(ABORT, GOOD, ABORT, GOOD, ABORT, GOOD), {"1.csv", "3.csv", "5.csv"}, set()),
    "one is slow": (numbered(GOOD, SPIN, GOOD, GOOD), set(), {"2.csv"}),
    "three are slow": (numbered(SPIN, GOOD, SPIN, SPIN, GOOD), set(), {"1.csv", "3.csv", "4.csv"}),
    "one is slow and hears nothing": (numbered(GOOD, DEAF, GOOD), {"2.csv"}, set()),
    "one kills and one is slow": (numbered(SPIN, ABORT, GOOD), {"2.csv"}, {"1.csv"}),
    "in an archive": ([("a.zip", zipped(numbered(GOOD, ABORT, SPIN, GOOD)))], {"a.zip › 2.csv"}, {"a.zip › 3.csv"}),
}


@pytest.mark.parametrize("name", MAILS)
def test_what_can_be_read_is_read_and_the_rest_is_named(sandbox, name):
    """In any order and number; all attempts together cost at most three times a mail's CPU, and what the kernel's own limit lags."""
    files, killing, slow = MAILS[name]
    reading, cpu = read(sandbox, mail(files))
    print(f"\n{name}: {cpu:.1f} s of CPU; {[file.format for file in reading.files]} {reading.notes}")
    named = {
        code: {f.place.file for f in reading.findings if f.code is code}
        for code in (Code.FILE_UNREADABLE, Code.FILE_TOO_SLOW)
    }
    assert named == {Code.FILE_UNREADABLE: killing, Code.FILE_TOO_SLOW: slow}
    assert {file.name for file in reading.files if file.format == "unknown"} == killing | slow
    assert sum(file.format == "csv" for file in reading.files) == (
        2 if "archive" in name else len(files) - len(killing | slow)
    )
    assert cpu < 3 * SECONDS + 3


def test_a_mail_of_killers_alone_ends_within_its_bound(sandbox):
    """After some that killed, those behind them are not tried; what was good before them counts."""
    reading, cpu = read(sandbox, mail(numbered(GOOD, *[ABORT] * 30)))
    named = {code: sum(f.code is code for f in reading.findings) for code in (Code.FILE_UNREADABLE, Code.FILE_TOO_SLOW)}
    assert named == {Code.FILE_UNREADABLE: 4, Code.FILE_TOO_SLOW: 26}
    assert reading.files[0].format == "csv"
    assert cpu < 3 * SECONDS + 3


def test_a_mail_of_slow_files_alone_ends_within_its_bound(sandbox):
    """Each is named, with what to do."""
    reading, cpu = read(sandbox, mail(numbered(*[SPIN] * 5, GOOD, *[SPIN] * 20)))
    slow = [f for f in reading.findings if f.code is Code.FILE_TOO_SLOW]
    assert [f.place.file for f in slow] == [f"{n}.csv" for n in range(1, 27) if n != 6]
    assert all("อีเมลละหนึ่งไฟล์" in f.message and ".xlsx" in f.message for f in slow)
    assert reading.files[5].format == "csv"
    assert cpu < SECONDS + 3


def test_a_good_report_behind_slow_files_is_recorded(sandbox):
    """The circular's own form, filled, behind a file that never ends: its answers stand."""
    bureau = shipped_bureau()
    form = Path(__file__).parents[1] / "parsers" / "data" / "form.xls"
    request = FileRequest(bureau.catalogue(), "w5827", "long")
    files = [("1.csv", SPIN), ("แบบ.xls", form.read_bytes()), ("3.csv", SPIN)]
    alone, _ = sandbox._attempts(DEADLY, mail(files[1:2]), request)
    beside, _ = sandbox._attempts(DEADLY, mail(files), request)
    assert beside.answers == alone.answers
