"""A figure far from all others, and a total that its rows do not come to, on real Dovecot and real Postfix.

Asked, explained by a reply, sent again, changed.
"""

import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.setup.moved_clock import office_now

ROOT = Path(__file__).parent.parent.parent
OFFICE, DISTRICT = "office@phrae.example", "sung-men@amphoe.example"  # 12 organisations of one type: enough to compare
QUESTION = "หากถูกต้องกรุณาตอบกลับพร้อมเหตุผล หรือแก้ไขแล้วส่งใหม่"
WHY = "ถูกต้อง เพราะรับขยะจากทั้งจังหวัด"
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]


@pytest.fixture
def phrae(real_mail, real_office):
    """The circular of figures opened an hour ago for one district, on the real servers with TLS."""
    real_mail.add_user(DISTRICT)
    for address in (DISTRICT, OFFICE, "somsri@phrae.example"):
        real_mail.empty(address)
    real_office.keep_only("sung-men")
    now, day = office_now(), datetime.timedelta(days=1)
    real_office.add_circular(
        ROOT / "tests" / "circulars" / "waste2568",
        {"opens": now - day / 24, "reporters": now + 9 * day, "cutoff": now + 12 * day, "department": now + 14 * day},
    )
    return real_office


def filled(form: bytes, tons: float = 12, *, total: int | None = None) -> tuple[bytes, str]:
    """The form with ordinary figures, but for the tons of the last row or the total below it; and that cell."""
    book = openpyxl.load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    named = [
        r for r in range(1, sheet.max_row + 1) if str(sheet.cell(r, 2).value or "").startswith(("เทศบาล", "องค์การ"))
    ]
    for row in named:
        day = datetime.date(2025, 6, 1)
        for column, value in enumerate((3000 + row, row / 4, 50, 100, 200, 300, 400, None, "ฝังกลบ", day), start=3):
            if value is not None:
                sheet.cell(row, column).value = value
    sheet.cell(named[-1], 4).value = tons
    if total is not None:
        sheet.cell(named[-1] + 1, 3).value = total
    out = BytesIO()
    book.save(out)
    return out.getvalue(), f"D{named[-1]}" if total is None else f"C{named[-1] + 1}"


@pytest.fixture
def send(real_mail, clerk, letters):
    """How the district answers a letter: with words and a form; it gives the receipt, and its text."""
    person = clerk(DISTRICT)

    def answered(letter, text, form=None):
        before = real_mail.wait_for(DISTRICT, 1)
        real_mail.submit(DISTRICT, letters.parse(letter)["Reply-To"], person.reply(letter, text, form))
        (raw,) = set(real_mail.wait_for(DISTRICT, len(before) + 1, 60)) - set(before)
        assert letters.kinds([raw]) == ["receipt"]
        return raw, letters.parse(raw).get_body(("plain",)).get_content()

    return answered


def test_a_far_figure_is_asked_until_it_is_explained_and_asked_anew_when_it_changes(
    real_mail, phrae, running, send, letters
):
    with running(phrae):
        (request,) = real_mail.wait_for(DISTRICT, 1, 60)
        form = letters.enclosure(request)
        far, cell = filled(form, 5_000_000)
        receipt, asked = send(request, "ขอส่งแบบสำรวจ", far)
        assert asked.count(QUESTION) == 1
        _, explained = send(receipt, f"ช่อง {cell} {WHY}")
        assert (explained.count(QUESTION), explained.count(WHY)) == (0, 1)
        _, again = send(request, "ขอส่งอีกครั้ง", far)
        assert QUESTION not in again
        _, other = send(request, "ขอส่งฉบับแก้ไข", filled(form, 6_000_000)[0])
        assert other.count(QUESTION) == 1
    assert "6,000,000" in other.translate(ARABIC)


def test_a_total_that_its_rows_do_not_come_to_is_asked_until_it_is_explained_and_asked_anew_when_it_changes(
    real_mail, phrae, running, send, letters
):
    with running(phrae):
        (request,) = real_mail.wait_for(DISTRICT, 1, 60)
        form = letters.enclosure(request)
        wrong, cell = filled(form, total=40_000)
        receipt, asked = send(request, "ขอส่งแบบสำรวจ", wrong)
        assert asked.count(QUESTION) == 1
        _, explained = send(receipt, f"ช่อง {cell} {WHY}")
        assert (explained.count(QUESTION), explained.count(WHY)) == (0, 1)
        _, again = send(request, "ขอส่งอีกครั้ง", wrong)
        assert QUESTION not in again
        _, other = send(request, "ขอส่งฉบับแก้ไข", filled(form, total=41_000)[0])
        assert other.count(QUESTION) == 1
    assert "41000" in other.translate(ARABIC)  # as it stands in the cell
