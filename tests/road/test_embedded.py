"""The road on the embedded servers, each pass a process of its own: ``ruam once --at``, so every step is also a restart."""

import datetime
import re
from collections import Counter
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parent.parent.parent
LONG, PAO, SONG = "long@amphoe.example", "pao@phrae.example", "song@amphoe.example"

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def phrae(embedded_office):
    """An office without any circular yet."""
    return embedded_office


def kinds_of(post_office, letters, address):
    return Counter(letters.kinds(post_office.inbox_of(address)))


def test_reminders_over_restarts(post_office, phrae, clerk, letters):
    """Who has sent everything gets no reminder; who owes gets each once, however often the bot is started anew."""
    phrae.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    phrae.process("once", "--at", "2024-11-20T08:30")
    for address in (LONG, PAO):
        request = post_office.inbox_of(address)[0]
        person = clerk(address)
        raw = person.reply(request, "ส่งรายงาน", person.filled(letters.enclosure(request)))
        post_office.deliver(raw, address, "office+w5827@phrae.example")
    for moment in ("2024-11-21T09:00", "2024-11-22T09:00", "2024-11-22T09:01", "2024-11-27T10:00", "2024-11-27T10:01"):
        phrae.process("once", "--at", moment)
    assert kinds_of(post_office, letters, LONG) == {"request": 1, "receipt": 1}
    assert kinds_of(post_office, letters, PAO) == {"request": 1, "receipt": 1}
    assert kinds_of(post_office, letters, SONG) == {"request": 1, "reminder": 2}
    status = phrae.ruam("status", "w5827").stdout
    assert "12/84" in status


def test_an_unreadable_mail_and_a_stranger(post_office, phrae, clerk, letters):
    """A broken file is answered and put aside, a stranger is held, staff hear of both; the good mail behind is counted."""
    phrae.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    phrae.ruam("once", "--at", "2024-11-20T08:30")
    request = post_office.inbox_of(SONG)[0]
    form = letters.enclosure(request)
    broken, stranger, good = clerk(SONG), clerk("who@freemail.example"), clerk(LONG)
    post_office.deliver(broken.reply(request, "", form[: len(form) // 2]), SONG, "office@phrae.example")
    # A reply would prove that he has the letter; this one only has the form.
    new = re.sub(rb"(?m)^In-Reply-To:.*\r\n", b"", stranger.reply(request, "", stranger.filled(form)))
    post_office.deliver(new, "who@freemail.example", "office@phrae.example")
    wanted = post_office.inbox_of(LONG)[0]
    post_office.deliver(good.reply(wanted, "", good.filled(letters.enclosure(wanted))), LONG, "office@phrae.example")
    phrae.ruam("once", "--at", "2024-11-21T08:30")
    phrae.ruam("once", "--at", "2024-11-21T09:30")
    assert kinds_of(post_office, letters, SONG) == {"request": 1, "correction": 1}
    assert kinds_of(post_office, letters, LONG) == {"request": 1, "receipt": 1}
    assert post_office.inbox_of("who@freemail.example") == []
    assert kinds_of(post_office, letters, phrae.staff) == {"digest": 2, "notice": 2}
    counts = phrae.ruam("status", "w5827").stdout
    assert "unreadable: 1" in counts
    assert "held: 1" in counts
    assert "11/84" in counts


def test_the_second_circular_works_from_its_folder_alone(post_office, phrae, clerk, letters):
    """Figures, money and a sum column: request, replies, draft, approval, report; totals counted apart."""
    phrae.add_circular(ROOT / "tests" / "circulars" / "waste2568", {})
    phrae.ruam("once", "--at", "2025-06-18T08:30")
    expected: Counter[str] = Counter()
    for address in [a for a in post_office.addresses() if a.endswith(("amphoe.example", "phrae.example"))]:
        if letters.kinds(post_office.inbox_of(address)[:1]) != ["request"]:
            continue
        request = post_office.inbox_of(address)[0]
        raw, sums = figures(letters.enclosure(request))
        expected += sums
        post_office.deliver(clerk(address).reply(request, "ส่งข้อมูล", raw), address, "office+waste2568@phrae.example")
    phrae.ruam("once", "--at", "2025-06-19T10:00")
    draft = next(raw for raw in post_office.inbox_of(phrae.staff) if letters.kinds([raw]) == ["draft"])
    post_office.deliver(clerk(phrae.staff).reply(draft, "อนุมัติ"), phrae.staff, "office@phrae.example")
    phrae.ruam("once", "--at", "2025-06-19T11:00")
    (report,) = post_office.inbox_of("dla0810@dla.example")
    sheet = openpyxl.load_workbook(BytesIO(letters.enclosure(report))).worksheets[0]
    total = next(row for row in sheet.iter_rows() if any("รวมทั้งจังหวัด" in str(cell.value) for cell in row))
    figures_in_total = [Decimal(str(cell.value)) for cell in total if isinstance(cell.value, int | float)]
    assert figures_in_total == [
        expected["population"], expected["tons"], *[expected["money"]] * 4, 4 * expected["money"],
    ]  # fmt: skip


def figures(form: bytes) -> tuple[bytes, Counter]:
    """The form filled with figures that differ by row, and their sums."""
    book = openpyxl.load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    sums: Counter = Counter()
    for row in range(1, sheet.max_row + 1):
        if not str(sheet.cell(row, 2).value or "").startswith(("เทศบาล", "องค์การ")):
            continue
        money = Decimal("1000.25") * row
        values = [
            f"1,{row:03d}",
            Decimal("2.5"),
            50,
            money,
            money,
            money,
            money,
            None,
            "ฝังกลบ",
            datetime.date(2025, 6, 1),
            None,
        ]
        for column, value in enumerate(values, start=3):
            if value is not None:
                sheet.cell(row, column).value = value
        sums += Counter(population=1000 + row, tons=Decimal("2.5"), money=money)
    out = BytesIO()
    book.save(out)
    return out.getvalue(), sums


def test_a_circular_of_several_rows_for_each_organisation(post_office, phrae, clerk, letters):
    """A faulty reply, its correction with a marked copy, the mended one, all others, draft, approval, report."""
    phrae.add_circular(ROOT / "tests" / "circulars" / "streams2569", {})
    phrae.ruam("once", "--at", "2026-02-04T08:30")
    request = post_office.inbox_of(LONG)[0]
    faulty, _ = streams(letters.enclosure(request), faulty=True)
    to = "office+streams2569@phrae.example"
    post_office.deliver(clerk(LONG).reply(request, "ส่งข้อมูล", faulty), LONG, to)
    phrae.ruam("once", "--at", "2026-02-04T09:00")
    correction = post_office.inbox_of(LONG)[-1]
    assert kinds_of(post_office, letters, LONG) == {"request": 1, "correction": 1}
    said = letters.parse(correction).get_body(("plain",)).get_content()
    assert "ปริมาณ (ตัน/วัน) (ขยะอินทรีย์)" in said
    names = [part.get_filename() for part in letters.parse(correction).iter_attachments()]
    assert "streams2569-long-marked.xlsx" in names
    expected: Counter[str] = Counter()
    for address in [a for a in post_office.addresses() if a.endswith(("amphoe.example", "phrae.example"))]:
        if letters.kinds(post_office.inbox_of(address)[:1]) == ["request"]:
            asked = post_office.inbox_of(address)[0]
            raw, sums = streams(letters.enclosure(asked))
            expected += sums
            post_office.deliver(clerk(address).reply(asked, "ส่งข้อมูล", raw), address, to)
    phrae.ruam("once", "--at", "2026-02-05T10:00")
    assert kinds_of(post_office, letters, LONG)["receipt"] == 1
    draft = next(raw for raw in post_office.inbox_of(phrae.staff) if letters.kinds([raw]) == ["draft"])
    endings = sorted(part.get_filename().rsplit(".")[-1] for part in letters.parse(draft).iter_attachments())
    assert endings == ["docx", "pdf", "pdf", "xlsx"]
    post_office.deliver(clerk(phrae.staff).reply(draft, "อนุมัติ"), phrae.staff, "office@phrae.example")
    phrae.ruam("once", "--at", "2026-02-05T11:00")
    (report,) = post_office.inbox_of("dla0810@dla.example")
    sheet = openpyxl.load_workbook(BytesIO(letters.enclosure(report))).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    first = next(at for at, row in enumerate(rows) if "รวมทั้งจังหวัด" in str(row[0]))
    totals = {row[2]: [Decimal(str(value)) for value in row[3:7]] for row in rows[first : first + 4]}
    whole = [Decimal(0)] * 4
    for label in ("ขยะทั่วไป", "ขยะอินทรีย์", "ของเสียอันตรายชุมชน"):
        tons, money = expected[f"{label} tons"], expected[f"{label} money"]
        assert totals[label] == [tons, money, 2 * money, 3 * money]
        whole = [total + part for total, part in zip(whole, totals[label], strict=True)]
    assert totals["รวม"] == whole


def streams(form: bytes, *, faulty: bool = False) -> tuple[bytes, Counter]:
    """The form filled in row by row, and the sums of each label. Faulty: one cell says nothing, one is left blank."""
    book = openpyxl.load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    sums: Counter = Counter()
    labels = ("ขยะทั่วไป", "ขยะอินทรีย์", "ของเสียอันตรายชุมชน")
    rows = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 3).value in labels]
    for row in [row for row in rows if not sheet.cell(row, 4).protection.locked]:
        tons, money = Decimal(row) / 4, Decimal("10.25") * row
        for column, value in ((4, tons), (5, money), (6, 2 * money), (8, "ส่งเอกชน")):
            sheet.cell(row, column).value = value
        label = sheet.cell(row, 3).value
        sums += Counter({f"{label} tons": tons, f"{label} money": money})
    if faulty:
        sheet.cell(rows[1], 4).value = "รอ"
        sheet.cell(rows[2], 8).value = None
    out = BytesIO()
    book.save(out)
    return out.getvalue(), sums


def test_configuration_mistakes_name_the_place(phrae):
    """Exit code 2, the file, the key, and what to write instead."""
    phrae.config.write_text(phrae.config.read_text().replace('province = "แพร่"', 'provinze = "แพร่"'), encoding="utf-8")
    done = phrae.ruam("status", check=False)
    assert done.returncode == 2
    assert "office.provinze" in done.stderr
    assert "province" in done.stderr


def test_a_server_that_is_away_is_exit_code_3(phrae, post_office):
    phrae.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    text = phrae.config.read_text(encoding="utf-8").replace(f"port = {post_office.imap_port}", "port = 1")
    phrae.config.write_text(text, encoding="utf-8")
    assert phrae.ruam("once", "--at", "2024-11-20T08:30", check=False).returncode == 3


def test_the_command_line_approves_once(post_office, phrae, letters, tmp_path):
    """At the cut-off a draft is there; ``approve`` lets it go; a second one is refused; ``rollup`` writes the table."""
    phrae.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    assert phrae.ruam("approve", "w5827", check=False).returncode == 2
    phrae.ruam("once", "--at", "2024-12-04T16:30")
    phrae.ruam("approve", "w5827")
    phrae.ruam("once")
    assert phrae.ruam("approve", "w5827", check=False).returncode == 2
    phrae.ruam("once")
    assert letters.kinds(post_office.inbox_of("dla0810@dla.example")) == ["report"]
    target = tmp_path / "table.xlsx"
    phrae.ruam("rollup", "w5827", "-o", str(target))
    assert openpyxl.load_workbook(target).worksheets[0].max_row > 84
