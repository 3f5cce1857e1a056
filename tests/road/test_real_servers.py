"""The whole road on real Dovecot and real Postfix: request, reply, receipt, draft, approval, report."""

import datetime
import statistics
import time
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.setup.moved_clock import office_now

ROOT = Path(__file__).parent.parent.parent
REPORTERS = {
    "mueang-phrae@amphoe.example": 18, "rong-kwang@amphoe.example": 10, "long@amphoe.example": 11,
    "sung-men@amphoe.example": 13, "den-chai@amphoe.example": 7, "song@amphoe.example": 9,
    "wang-chin@amphoe.example": 8, "nong-muang-khai@amphoe.example": 6, "pao@phrae.example": 1, "town@phrae.example": 1,
}  # fmt: skip
DEPARTMENT = "dla0810@dla.example"

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]


@pytest.fixture
def phrae(real_mail, real_office):
    """The shipped circular opened an hour ago, on the real servers with TLS."""
    for address in (*REPORTERS, "saraban_02540101@thesaban.example", "saraban_04540102@thesaban.example"):
        real_mail.add_user(address)
    for address in (*REPORTERS, "office@phrae.example", "somsri@phrae.example", DEPARTMENT):
        real_mail.empty(address)
    now = office_now()
    day = datetime.timedelta(days=1)
    real_office.add_circular(
        ROOT / "templates" / "circulars" / "w5827",
        {
            "opens": now - datetime.timedelta(hours=1),
            "reporters": now + 9 * day,
            "cutoff": now + 12 * day,
            "department": now + 14 * day,
        },
    )
    return real_office


def test_from_request_to_report(real_mail, phrae, running, clerk, letters, record_property):
    """Ten reporters answer twice by IDLE alone; each gets its receipt; the report reaches the department once."""
    seconds = []

    def first_of(kind, skip=0):
        for count in range(1, 20):
            found = [raw for raw in real_mail.wait_for(phrae.staff, count) if letters.kinds([raw]) == [kind]]
            if len(found) > skip:
                return found[skip]
        raise AssertionError(kind)

    with running(phrae):
        requests = {address: real_mail.wait_for(address, 1, 60)[0] for address in REPORTERS}
        assert set(letters.kinds(requests.values())) == {"request"}
        for round_, mark in enumerate(("X", "✓"), start=2):
            for address, request in requests.items():
                person = clerk(address)
                reply = person.reply(request, "ขอส่งแบบรายงาน", person.filled(letters.enclosure(request), mark))
                began = time.monotonic()
                real_mail.submit(address, letters.parse(request)["Reply-To"], reply.replace(b"<1.", b"<%d." % round_))
                answer = real_mail.wait_for(address, round_)[-1]
                seconds.append(time.monotonic() - began)
                assert letters.kinds([answer]) == ["receipt"]
        approve(real_mail, phrae, clerk, first_of("draft"))  # the figures changed since: refused, drafted anew
        approve(real_mail, phrae, clerk, first_of("draft", skip=1))
        report = real_mail.wait_for(DEPARTMENT, 1)[0]
        real_mail.wait_for("office@phrae.example", 22, folder=".Ruam.Done")
    assert letters.kinds([report]) == ["report"]
    sheet = openpyxl.load_workbook(BytesIO(letters.enclosure(report))).worksheets[0]
    totals = [cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).endswith("แห่ง")]
    assert totals == ["84 แห่ง"] * 4
    assert len(real_mail.mails_of("office@phrae.example", ".Ruam.Done")) == 22
    assert real_mail.mails_of("office@phrae.example") == []
    assert len(real_mail.mails_of(DEPARTMENT)) == 1
    record_property("receipt_seconds_median", round(statistics.median(seconds), 3))
    record_property("receipt_seconds_max", round(max(seconds), 3))
    print(
        f"\nreply delivered to receipt delivered, {len(seconds)} times: "
        f"median {statistics.median(seconds):.2f} s, max {max(seconds):.2f} s"
    )


def approve(real_mail, office, clerk, draft):
    real_mail.submit(office.staff, "office@phrae.example", clerk(office.staff).reply(draft, "อนุมัติครับ"))


def test_postfix_relays_nowhere(real_mail):
    """A foreign recipient is refused at the door."""
    with pytest.raises(Exception, match="Relay access denied"):
        real_mail.submit("office@phrae.example", "someone@elsewhere.example", b"Subject: x\r\n\r\nx\r\n")
